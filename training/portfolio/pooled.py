"""Heads that read a pooling of the assets in the place of class tokens, fitted on the frozen encoder: is a class token needed to read a portfolio?

`heads.pooled_mean` reads the mean of the asset tokens after the final norm, `heads.pooled_attention` their sum weighed by one learned query,
softmax(x · query / √D); each foretells the log volatility of all horizons. The same losses as the model's own heads, on the training days.
"""

import torch
from torch import Tensor, nn

from features import features
from losses import volatility_loss
from market import Market, targets
from model import Portfolio

KINDS = ("mean", "attention")


class PooledHead(nn.Module):
    def __init__(self, width: int, horizons: int, kind: str):
        super().__init__()
        self.linear = nn.Linear(width, horizons)
        nn.init.zeros_(self.linear.weight)
        self.query = nn.Parameter(torch.zeros(width)) if kind == "attention" else None

    def forward(self, assets: Tensor) -> Tensor:
        """Asset tokens [B, n, D] → [B, horizons]"""
        if self.query is None:
            return self.linear(assets.mean(1))
        weights = (assets @ self.query / assets.shape[-1] ** 0.5).softmax(1)
        return self.linear(torch.einsum("bn,bnd->bd", weights, assets))


@torch.no_grad()
def asset_states(model: Portfolio, market: Market, split: str) -> Tensor:
    """[days, n, D] after the final norm."""
    return torch.cat([model(features(market.window(days))[0])[2][:, model.classes :] for days in market.days[split].split(512)])


def fit_pooled(model: Portfolio, market: Market, horizons: int, rounds: int = 60, decay: float = 1e-3) -> dict[str, Tensor]:
    """Weights of `heads.*`, by L-BFGS with a little weight decay."""
    states, truth = asset_states(model, market, "train"), targets(market.future(market.days["train"]), None)
    weights: dict[str, Tensor] = {}
    for kind in KINDS:
        head = PooledHead(states.shape[-1], horizons, kind)
        optimiser = torch.optim.LBFGS(head.parameters(), lr=1, max_iter=rounds, line_search_fn="strong_wolfe")

        def loss() -> Tensor:
            optimiser.zero_grad()
            value = volatility_loss(head(states), truth) + decay * sum(p.square().sum() for p in head.parameters())
            value.backward()
            return value

        optimiser.step(loss)
        name = f"heads.pooled_{kind}"
        weights |= {f"{name}.weight": head.linear.weight.data, f"{name}.bias": head.linear.bias.data}
        if head.query is not None:
            weights[f"{name}.query"] = head.query.data
    return weights


def read_pooled(stored: dict[str, Tensor], width: int, horizons: int) -> dict[str, PooledHead]:
    heads = {kind: PooledHead(width, horizons, kind) for kind in KINDS}
    for kind, head in heads.items():
        name = f"heads.pooled_{kind}"
        parts = {"linear.weight": stored[f"{name}.weight"], "linear.bias": stored[f"{name}.bias"]}
        head.load_state_dict(parts | ({"query": stored[f"{name}.query"]} if kind == "attention" else {}))
    return heads

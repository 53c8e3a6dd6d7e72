"""A portfolio as a sequence: a class token for each horizon and one for the portfolio, then a token for each asset.

    [CLS_1d][CLS_5d][CLS_21d][CLS_portfolio][assets]

No positions: permuting the assets changes nothing. This project's own type, `clsroom_portfolio`: ViT's names for the layers (Dosovitskiy et al.
2021), `embeddings.cls_tokens` [1, C, D] has a row for each class token, `embeddings.asset_projection` makes a token of an asset's features.
`volatility_heads.i` and `return_heads.i` read class token i; `regime_head` and `pointer_query` read the last one and `pointer_key` the assets
(Vinyals et al. 2015, "Pointer Networks", as a scaled product), all after the final norm. `heads.*` are fitted afterwards (pooled.py).
"""

import math

import torch
from torch import Tensor, nn

from vit_layers import Stack

DROPOUT = 0.15
USUAL_LOG_VOL = -1.8  # where the volatility heads begin


class Portfolio(nn.Module):
    def __init__(self, config: dict, dropout: float = 0.0):
        super().__init__()
        width, horizons = config["hidden_size"], len(config["horizons"])
        self.classes, self.horizons = len(config["cls_tokens"]), config["horizons"]
        self.embeddings = nn.Module()
        self.embeddings.cls_tokens = nn.Parameter(torch.randn(1, self.classes, width) * 0.5)
        self.embeddings.asset_projection = nn.Linear(config["num_features"], width)
        self.encoder = Stack(
            config["num_hidden_layers"], width, config["num_attention_heads"], config["intermediate_size"],
            eps=config["layer_norm_eps"], dropout=dropout,
        )
        self.layernorm = nn.LayerNorm(width, eps=config["layer_norm_eps"])
        self.volatility_heads = nn.ModuleList(nn.Linear(width, 1) for _ in range(horizons))
        self.return_heads = nn.ModuleList(nn.Linear(width, 1) for _ in range(horizons))
        self.regime_head = nn.Linear(width, len(config["regimes"]))
        self.pointer_query, self.pointer_key = nn.Linear(width, width), nn.Linear(width, width)
        for part in self.encoder.modules():
            if isinstance(part, nn.Linear):
                part.reset_parameters()  # PyTorch's own start, as that of the heads
        for head in self.volatility_heads:
            nn.init.constant_(head.bias, USUAL_LOG_VOL)

    def forward(
        self, assets: Tensor, mask: Tensor | None = None, keep: bool = False
    ) -> tuple[dict[str, Tensor], list[Tensor], Tensor]:
        """Answers by head, hidden states, and the last one after the final norm; of features [B, n, F]. `mask` [T, T]: true where a row may look."""
        cls = self.embeddings.cls_tokens.expand(len(assets), -1, -1)
        states = self.encoder(torch.cat([cls, self.embeddings.asset_projection(assets)], 1), mask, keep)
        last = self.layernorm(states[-1])
        of_portfolio, of_assets = last[:, self.classes - 1], last[:, self.classes :]
        of_horizons = lambda heads: torch.cat([head(last[:, i]) for i, head in enumerate(heads)], 1)
        answers = {
            "log_vol": of_horizons(self.volatility_heads),
            "return": of_horizons(self.return_heads),
            "regime": self.regime_head(of_portfolio),
            "pointer": torch.einsum("bd,bnd->bn", self.pointer_query(of_portfolio), self.pointer_key(of_assets))
            / math.sqrt(last.shape[-1]),
        }
        return answers, states, last

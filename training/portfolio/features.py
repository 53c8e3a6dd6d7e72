"""From daily returns to what the model reads of each asset: 52 numbers, all made of the last 126 returns and of nothing after them.

The page computes the same in src/labs/tasks/portfolio/state/features.ts; golden vectors of this file hold it to that.

Legend: B windows, t days, n assets, F features.
"""

import math

import torch
from torch import Tensor

WINDOW = 126  # returns, oldest first
FLOOR = 5e-4  # five basis points: the least daily move that counts, so that logarithms stay finite
TRADING_DAYS = 252
YEAR = math.sqrt(TRADING_DAYS)
LAGS = 21
SPANS = (5, 21, 63, 126)
DECAYS = (0.94, 0.8)  # of RiskMetrics (1996), and a faster one
STILL = 1e-6  # a smaller move is none


def ewma_weights(decay: float, returns: Tensor) -> Tensor:
    """[t], the newest day heaviest; they add up to 1."""
    weights = decay ** torch.arange(returns.shape[1] - 1, -1, -1, dtype=returns.dtype, device=returns.device)
    return weights / weights.sum()


def span_weights(span: int, returns: Tensor) -> Tensor:
    """[t], even over the last `span` days."""
    days = torch.arange(returns.shape[1], device=returns.device)
    return (days >= len(days) - span).to(returns.dtype) / span


def features(returns: Tensor) -> tuple[Tensor, list[str]]:
    """Daily log returns [B, 126, n] → features [B, n, 52], about unit scale by construction, within ±6; and their names."""
    whole = returns.mean(2)  # [B, t], the equal-weight portfolio
    usual = returns[:, -63:].square().mean(1).sqrt().clamp_min(FLOOR)  # [B, n]
    named: dict[str, Tensor] = {}
    for lag in range(1, LAGS + 1):
        named[f"return[-{lag}] / vol63"] = returns[:, -lag] / usual / 1.5
    schemes = {f"{span}d": span_weights(span, returns) for span in SPANS}
    schemes |= {f"ewma{decay}": ewma_weights(decay, returns) for decay in DECAYS}
    for name, weights in schemes.items():
        own = torch.einsum("t,btn->bn", weights, returns.square()).clamp_min(FLOOR**2)
        joint = torch.einsum("t,btn,bt->bn", weights, returns, whole)
        total = torch.einsum("t,bt->b", weights, whole.square()).clamp_min(FLOOR**2)[:, None]
        named[f"log vol {name}"] = ((own.sqrt() * YEAR).log() + 1.3) / 0.5
        # Its mean over the assets is the portfolio's volatility (Euler's allocation of risk).
        named[f"marginal risk {name}"] = (joint / total.sqrt() * YEAR - 0.18) / 0.15
        named[f"beta {name}"] = joint / total - 1
        named[f"correlation {name}"] = (joint / (own * total).sqrt() - 0.5) * 3
    downside = returns[:, -21:].clamp(max=0).square().mean(1).clamp_min(FLOOR**2)
    named["log downside vol 21d"] = ((downside.sqrt() * YEAR).log() + 1.7) / 0.5
    level = returns.cumsum(1)
    named["drawdown 126d"] = (level[:, -1] - level.max(1).values) / (usual * 5) + 1
    for span in (5, 21, 63):
        named[f"momentum {span}d"] = returns[:, -span:].sum(1) / (usual * math.sqrt(span))
    named["largest move 5d"] = returns[:, -5:].abs().max(1).values / usual / 1.5 - 1
    named["days without a move 21d"] = (returns[:, -21:].abs() < STILL).to(returns.dtype).mean(1) * 5
    return torch.stack([value.clamp(-6, 6) for value in named.values()], 2), list(named)

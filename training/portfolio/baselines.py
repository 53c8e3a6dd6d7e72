"""What a forecast of volatility has to beat: EWMA (RiskMetrics 1996) and HAR-RV on logarithms (Corsi 2009, "A Simple Approximate
Long-Memory Model of Realized Volatility"), both fitted on the training days. Their numbers go into config.json: the page computes them, too.

Of a portfolio's daily returns r, oldest first:
  EWMA      log √(252 · Σ wₜ rₜ²) + shift[horizon]
  HAR       c₀ + Σ c_span · log √(252 · mean r² of the last `span` days) + shift[horizon]
"""

import numpy as np
import torch
from torch import Tensor

from features import FLOOR, TRADING_DAYS, WINDOW, YEAR, ewma_weights
from market import Market, targets

DECAY = 0.94
SPANS = (1, 5, 21, 63)


def inputs(whole: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Of a portfolio's returns [B, 126]: HAR's columns [B, 1 + spans], and EWMA's log volatility [B]."""
    whole = whole.double()
    columns = [(whole[:, -span:].square().mean(1).clamp_min(FLOOR**2).sqrt() * YEAR).log() for span in SPANS]
    ewma = ((whole.square() * ewma_weights(DECAY, whole)).sum(1).sqrt() * YEAR).log()
    return torch.stack([torch.ones_like(ewma), *columns], 1).numpy(), ewma.numpy()


def fit(market: Market) -> dict:
    """Both are put right on the training days: for 5 and 21 days without bias in the log, for 1 day in the variance, as QLIKE wants."""
    days = market.days["train"]
    columns, ewma = inputs(market.window(days).mean(2))
    truth = {key: value.double().numpy() for key, value in targets(market.future(days), None).items()}
    coefficients = np.linalg.lstsq(columns, truth["log_vol"], rcond=None)[0]
    fitted = columns @ coefficients
    in_variance = lambda log_vol: 0.5 * np.log((truth["power"][:, 0] * TRADING_DAYS / np.exp(2 * log_vol)).mean())
    shift = (truth["log_vol"] - ewma[:, None]).mean(0)
    shift[0] = in_variance(ewma)
    return {
        "ewma": {"decay": DECAY, "shift": shift.tolist()},
        "har": {"spans": list(SPANS), "coefficients": coefficients.T.tolist(), "shift": [in_variance(fitted[:, 0]), 0.0, 0.0]},
    }


def forecasts(whole: Tensor, fitted: dict) -> dict[str, np.ndarray]:
    """Log volatility [B, horizons] of a portfolio's returns [B, 126], by `fit`."""
    columns, ewma = inputs(whole)
    har = fitted["har"]
    return {
        "EWMA 0.94": ewma[:, None] + np.array(fitted["ewma"]["shift"]),
        "HAR-RV (log)": columns @ np.array(har["coefficients"]).T + np.array(har["shift"]),
    }

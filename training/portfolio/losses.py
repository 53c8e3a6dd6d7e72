"""What training asks for, and how a forecast of volatility is scored."""

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from features import FLOOR, TRADING_DAYS
from market import HORIZONS, USUAL

LARGEST = 1e4  # of a variance ratio


def volatility_loss(log_vol: Tensor, truth: dict[str, Tensor]) -> Tensor:
    """A single day's return has a heavy log: its likelihood (QLIKE, Patton 2011) in the place of the squared error of the log."""
    power = truth["power"][:, 0].clamp_min(FLOOR**2) * TRADING_DAYS
    qlike = (2 * log_vol[:, 0] + power * (-2 * log_vol[:, 0]).exp().clamp(max=LARGEST)).mean() / 2
    return qlike + sum(2 * F.mse_loss(log_vol[:, i], truth["log_vol"][:, i]) for i in range(1, len(HORIZONS)))


def losses(answers: dict[str, Tensor], truth: dict[str, Tensor]) -> dict[str, Tensor]:
    usual = torch.tensor([USUAL * math.sqrt(span) for span in HORIZONS], device=truth["return"].device)
    return {
        "volatility": volatility_loss(answers["log_vol"].float(), truth),
        "regime": 0.5 * F.cross_entropy(answers["regime"].float(), truth["regime"]),
        "pointer": 0.3 * F.cross_entropy(answers["pointer"].float(), truth["contributor"]),
        "return": 0.02 * F.mse_loss(answers["return"].float(), truth["return"] / usual),
    }


def scores(log_vol: np.ndarray, truth: dict[str, Tensor]) -> dict[str, dict[str, float]]:
    """By horizon: QLIKE (lower is better), and R² of the log volatility (higher is better; 0: the mean of the test days)."""
    power, wanted = truth["power"].double().numpy(), truth["log_vol"].double().numpy()
    found = {}
    for i, span in enumerate(HORIZONS):
        ratio = np.maximum(power[:, i], FLOOR**2) * TRADING_DAYS / np.exp(2 * log_vol[:, i])
        error = ((wanted[:, i] - log_vol[:, i]) ** 2).mean()
        found[f"{span}d"] = {
            "qlike": float((ratio - np.log(ratio) - 1).mean()),
            "r2": float(1 - error / wanted[:, i].var()),
        }
    return found

"""Prices of 20 stocks, day by day, split by years with gaps between; and what is to be foretold of a day.

Legend: B days, n assets.
"""

import csv
import lzma
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from features import FLOOR, WINDOW, YEAR

HORIZONS = (1, 5, 21)
AHEAD = max(HORIZONS)
GAP = 63  # days between the splits, so that no window reaches into another's future
USUAL = 0.012  # a usual daily deviation: the unit of the return heads
REGIMES = ["calm", "normal", "stressed"]
QUANTILES = (0.4, 0.8)  # of the training years: where the regimes part


def targets(future: Tensor, thresholds: Tensor | None) -> dict[str, Tensor]:
    """Daily log returns of the next 21 days [B, 21, n] → what is to be foretold of them."""
    whole = future.mean(2)
    powers = torch.stack([whole[:, :span].square().mean(1) for span in HORIZONS], 1)
    truth = {
        "power": powers,
        "log_vol": (powers.clamp_min(FLOOR**2).sqrt() * YEAR).log(),
        "return": torch.stack([whole[:, :span].sum(1) for span in HORIZONS], 1),
        "contributor": torch.einsum("btn,bt->bn", future, whole).argmax(1),
    }
    if thresholds is not None:
        truth["regime"] = torch.bucketize(truth["log_vol"][:, -1].contiguous(), thresholds)
    return truth


class Market:
    """Day t is the last that is known: its window ends with t, its future starts with t + 1."""

    def __init__(self, path: Path, device: str = "cpu"):
        with lzma.open(path, "rt") as file:
            head, *rows = csv.reader(file)
        self.assets, self.dates = head[1:], [row[0] for row in rows[1:]]
        self.rows = rows  # as they stand in the file: row t + 1 is day t
        prices = np.array([[float(price) for price in row[1:]] for row in rows])
        self.returns = torch.tensor(np.diff(np.log(prices), axis=0), dtype=torch.float32, device=device)
        end = {
            "train": (WINDOW, self.day("2005-01-01")),
            "validation": (self.day("2005-01-01") + GAP, self.day("2007-07-01")),
            "test": (self.day("2007-07-01") + GAP, len(self.dates)),
        }
        self.days = {split: torch.arange(start, stop - AHEAD, device=device) for split, (start, stop) in end.items()}
        self.span = {split: (self.dates[start], self.dates[stop - 1]) for split, (start, stop) in end.items()}
        past = targets(self.future(self.days["train"]), None)["log_vol"][:, -1]
        self.thresholds = torch.quantile(past, torch.tensor(QUANTILES, device=device))

    def day(self, date: str) -> int:
        """The first day that is not before the date."""
        return int(np.searchsorted(self.dates, date))

    def split_of(self, day: int) -> str:
        return next((split for split, days in self.days.items() if days[0] <= day <= days[-1]), "gap")

    def window(self, days: Tensor) -> Tensor:
        """[B, 126, n]"""
        return self.returns[days[:, None] + torch.arange(1 - WINDOW, 1, device=days.device)]

    def future(self, days: Tensor) -> Tensor:
        """[B, 21, n]"""
        return self.returns[days[:, None] + torch.arange(1, AHEAD + 1, device=days.device)]

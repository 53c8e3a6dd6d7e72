"""Measure an exported model on the test years, every day of them, on a CPU in F32.

Legend: B days, n assets, T tokens.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from baselines import forecasts
from features import features
from losses import scores
from market import HORIZONS, REGIMES, USUAL, Market, targets
from model import Portfolio
from paths import DATA, MODELS, NAME
from pooled import read_pooled

CHUNK = 512  # days a forward
PAST = 63  # days whose largest contributor is the plain guess
EVERY = 37  # days between those that are permuted


def read_model(directory: Path) -> tuple[Portfolio, dict, dict[str, Tensor]]:
    """The encoder, its config and the heads beside it."""
    config = json.loads((directory / "config.json").read_text())
    stored = {name: value.float() for name, value in load_file(directory / "model.safetensors").items()}
    heads = {name: stored.pop(name) for name in [*stored] if name.startswith("heads.")}
    model = Portfolio(config).eval()
    model.load_state_dict(stored)
    return model, config, heads


class Evaluation:
    def __init__(self, directory: Path, market: Market):
        self.directory, self.market = directory, market
        self.model, self.config, stored = read_model(directory)
        self.heads = read_pooled(stored, self.config["hidden_size"], len(HORIZONS))
        self.thresholds = torch.tensor(self.config["regime_thresholds_log_vol"])
        self.days = market.days["test"]
        self.truth = targets(market.future(self.days), self.thresholds)

    @torch.no_grad()
    def answers(self) -> dict[str, Tensor]:
        parts = []
        for days in self.days.split(CHUNK):
            found, _, last = self.model(features(self.market.window(days))[0], keep=True)
            assets = last[:, self.model.classes :]
            for kind, head in self.heads.items():
                found[f"pooled_{kind}"] = head(assets)
            cls = F.normalize(last[:, : self.model.classes], dim=-1)
            found["cosine"] = cls @ cls.mT
            found["looks"] = self.model.encoder.maps()[-1].mean(1)[:, : self.model.classes]  # [B, C, T], the mean of the heads
            parts.append(found)
        return {key: torch.cat([part[key] for part in parts]) for key in parts[0]}

    def volatility(self, found: dict[str, Tensor]) -> dict:
        plain = forecasts(self.market.window(self.days).mean(2), self.config["clsroom"]["baselines"])
        ours = {NAME: found["log_vol"], "mean of the assets": found["pooled_mean"], "attention over the assets": found["pooled_attention"]}
        return {name: scores(np.asarray(log_vol, dtype=np.float64), self.truth) for name, log_vol in {**ours, **plain}.items()}

    def regimes(self, found: dict[str, Tensor]) -> dict:
        truth, guess = self.truth["regime"], found["regime"].argmax(1)
        har = forecasts(self.market.window(self.days).mean(2), self.config["clsroom"]["baselines"])["HAR-RV (log)"][:, -1]
        return {
            "right": share(guess == truth),
            "right by HAR": share(torch.bucketize(torch.tensor(har).float(), self.thresholds) == truth),
            "most frequent": truth.bincount().max().item() / len(truth),
            "stressed found": share(guess[truth == 2] == 2),
            "shares": {name: share(truth == i) for i, name in enumerate(REGIMES)},
        }

    def contributors(self, found: dict[str, Tensor]) -> dict:
        past = self.market.window(self.days)[:, -PAST:]
        before = torch.einsum("btn,bt->bn", past, past.mean(2)).argmax(1)
        truth, pointer = self.truth["contributor"], found["pointer"]
        return {
            "first": share(pointer.argmax(1) == truth),
            "among three": share((pointer.topk(3).indices == truth[:, None]).any(1)),
            "largest of the last 63 days": share(before == truth),
            "chance": 1 / pointer.shape[1],
        }

    def returns(self, found: dict[str, Tensor]) -> dict[str, float]:
        """R² of the return heads: 0 is what the mean return gives."""
        truth, told = self.truth["return"], found["return"]
        unit = [USUAL * span**0.5 for span in HORIZONS]
        return {
            f"{span}d": float(1 - ((truth[:, i] - told[:, i] * unit[i]) ** 2).mean() / truth[:, i].var())
            for i, span in enumerate(HORIZONS)
        }

    def gaze(self, found: dict[str, Tensor]) -> dict:
        """Of the last layer, by the regime that came: entropy over the assets' share in nats, and the most read asset's share of it."""
        looks = found["looks"][..., self.model.classes :]
        even = looks / looks.sum(-1, keepdim=True)
        entropy, largest = -(even * even.clamp_min(1e-9).log()).sum(-1), even.max(-1).values
        by = lambda value, kind: dict(zip(self.config["cls_tokens"], value[self.truth["regime"] == kind].mean(0).tolist()))
        return {name: {"entropy": by(entropy, i), "most read": by(largest, i)} for i, name in enumerate(REGIMES)}

    @torch.no_grad()
    def permuted(self) -> float:
        """The largest change of any answer when the assets are put in another order."""
        assets = features(self.market.window(self.days[::EVERY]))[0]
        order = torch.randperm(assets.shape[1], generator=torch.Generator().manual_seed(1))
        one, two = self.model(assets)[0], self.model(assets[:, order])[0]
        one["pointer"] = one["pointer"][:, order]
        return max((one[name] - two[name]).abs().max().item() for name in one)

    def look_ahead(self) -> float:
        """The largest change of a day's features when everything after it is replaced by noise."""
        day = self.days[len(self.days) // 2 :][:1]
        changed = self.market.returns.clone()
        changed[int(day) + 1 :] = torch.randn_like(changed[int(day) + 1 :])
        before, kept = features(self.market.window(day))[0], self.market.returns
        self.market.returns = changed
        after = features(self.market.window(day))[0]
        self.market.returns = kept
        return (after - before).abs().max().item()

    def run(self) -> dict:
        found = self.answers()
        return {
            "parameters": sum(value.numel() for value in load_file(self.directory / "model.safetensors").values()),
            "bytes": (self.directory / "model.safetensors").stat().st_size,
            "days": {split: len(days) for split, days in self.market.days.items()},
            "span": self.market.span,
            "volatility": self.volatility(found),
            "regime": self.regimes(found),
            "contributor": self.contributors(found),
            "return r2": self.returns(found),
            "cosine": found["cosine"].mean(0).tolist(),
            "gaze": self.gaze(found),
            "permuted": self.permuted(),
            "look-ahead": self.look_ahead(),
        }


def share(right: Tensor) -> float:
    return right.float().mean().item()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODELS / NAME)
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(json.dumps(Evaluation(options.model, Market(options.data)).run(), indent=2))

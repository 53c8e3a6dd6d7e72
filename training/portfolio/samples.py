"""Write the page's samples, eight short windows of the prices, and what this recipe makes of them, for the tests of the page's own arithmetic.

    python training/portfolio/samples.py
"""

import argparse
import json
import sys
from pathlib import Path

import torch

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from baselines import forecasts
from features import WINDOW, features
from market import AHEAD, Market, targets
from paths import DATA, GOLDEN, MODELS, NAME, SAMPLES

# The last day that is known: calm ones, and those before and in crises; of the training, validation and test years.
MOMENTS = ["1995-06-15", "2005-07-05", "2008-09-12", "2008-10-24", "2011-08-05", "2017-10-10", "2020-02-21", "2020-03-18"]
EXACT = ["2008-10-24", "2017-10-10"]  # whose features are held to every digit
FEW = 3  # assets of a portfolio of smaller parts


def golden_of(returns: torch.Tensor, future: torch.Tensor | None, config: dict) -> dict:
    """What the recipe makes of daily log returns [126, n], in 64 bits; of the 21 days after them [21, n] the truth."""
    rows = features(returns[None])[0][0]
    found = {
        "features": [[round(value, 9) for value in row] for row in rows.tolist()],
        "baselines": {name: log_vol[0].tolist() for name, log_vol in forecasts(returns.mean(1)[None], config["clsroom"]["baselines"]).items()},
    }
    if future is not None:
        truth = targets(future[None], torch.tensor(config["regime_thresholds_log_vol"], dtype=torch.float64))
        found["truth"] = {name: value[0].tolist() for name, value in truth.items()}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--model", type=Path, default=MODELS / NAME)
    options = parser.parse_args()
    market, config = Market(options.data), json.loads((options.model / "config.json").read_text())
    prices = torch.tensor([[float(price) for price in row[1:]] for row in market.rows], dtype=torch.float64)
    returns = prices.log().diff(dim=0)
    SAMPLES.mkdir(parents=True, exist_ok=True)
    windows, golden = [], {}
    for moment in MOMENTS:
        t = market.day(moment)
        assert market.dates[t] == moment, moment
        # A day's price and the 126 before it make its window; what came are 21 more.
        lines = [["Date", *market.assets], *market.rows[t + 1 - WINDOW : t + 2 + AHEAD]]
        (SAMPLES / f"{moment}.csv").write_text("\n".join(",".join(line) for line in lines) + "\n")
        past, future = returns[t + 1 - WINDOW : t + 1], returns[t + 1 : t + 1 + AHEAD]
        windows.append({"day": moment, "split": market.split_of(t)})
        golden[moment] = golden_of(past, future, config)
        if moment not in EXACT:
            del golden[moment]["features"]
    (SAMPLES / "windows.json").write_text(json.dumps(windows, indent=1) + "\n")

    # Floors and clamps: an asset that never moves, one that moves once and far, one with ordinary noise.
    noise = torch.randn(WINDOW, FEW, dtype=torch.float64, generator=torch.Generator().manual_seed(3)) * 0.01
    noise[:, 0], noise[:-2, 1] = 0, 0
    noise[-2, 1] = -0.9
    golden["still and far"] = {"returns": noise.tolist(), **golden_of(noise, None, config)}
    GOLDEN.write_text(json.dumps({"names": config["feature_names"], "windows": golden}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()

"""Train, export and measure clsroom-portfolio, and write its card.

    python training/portfolio/train.py
    python training/portfolio/train.py --smoke     every path, in a minute on a CPU, into --work
    python training/portfolio/train.py --card      no training: measure what is in --output, write its card
    python training/portfolio/train.py --pooled    no training: fit the baselines and the pooled heads to the encoder in --output anew, then --card
"""

import argparse
import json
import math
import sys
import time
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from baselines import fit as fit_baselines
from card import write_card
from evaluate import Evaluation
from features import FLOOR, TRADING_DAYS, WINDOW, features
from losses import losses
from market import HORIZONS, REGIMES, USUAL, Market, targets
from model import DROPOUT, Portfolio
from paths import DATA, MODELS, NAME, WORK
from pooled import KINDS, fit_pooled

SMALLEST_PORTFOLIO = 8  # stocks of a step
SCALES = 0.15  # the deviation of the log of a day's random scale
KEEP = 0.998  # of the average of weights
CHECK = 250  # steps between two looks at the validation years


def config_of(market: Market, baselines: dict) -> dict:
    names = features(market.window(market.days["test"][:1]))[1]
    horizons = [f"{span}d" for span in HORIZONS]
    return {
        "architectures": ["ClsroomPortfolio"],
        "model_type": "clsroom_portfolio",
        "dtype": "float16",
        "hidden_size": 64,
        "num_hidden_layers": 3,
        "num_attention_heads": 4,
        "intermediate_size": 256,
        "hidden_act": "gelu",
        "layer_norm_eps": 1e-6,
        "num_features": len(names),
        "feature_names": names,
        "window_days": WINDOW,
        "horizons": list(HORIZONS),
        "cls_tokens": [*(f"[CLS_{horizon}]" for horizon in horizons), "[CLS_portfolio]"],
        "regimes": REGIMES,
        "regime_thresholds_log_vol": market.thresholds.tolist(),
        "usual_daily_deviation": USUAL,
        "daily_floor": FLOOR,
        "trading_days": TRADING_DAYS,
        "assets": market.assets,
        "clsroom": {
            "heads": {f"pooled_{kind}": {"pooling": kind, "labels": horizons} for kind in KINDS},
            "baselines": baselines,
        },
    }


def lesson(market: Market, batch: int) -> tuple[Tensor, dict[str, Tensor]]:
    """Random days, a random subset of the stocks (one for the batch; the portfolio is that subset's), a random scale a day."""
    device, days, count = market.returns.device, market.days["train"], market.returns.shape[1]
    some = torch.randperm(count, device=device)[: int(torch.randint(SMALLEST_PORTFOLIO, count + 1, ()))]
    chosen = days[torch.randint(len(days), (batch,), device=device)]
    scale = (torch.randn(batch, 1, 1, device=device) * SCALES).exp()
    return features(market.window(chosen)[..., some] * scale)[0], targets(market.future(chosen)[..., some] * scale, market.thresholds)


@torch.no_grad()
def validation_loss(model: Portfolio, market: Market) -> float:
    """Without that of the returns, which are not there to be learned."""
    days = market.days["validation"]
    parts = losses(model(features(market.window(days))[0])[0], targets(market.future(days), market.thresholds))
    return sum(value.item() for name, value in parts.items() if name != "return")


def train(market: Market, config: dict, options: argparse.Namespace) -> dict[str, Tensor]:
    """The averaged weights of the step that is best on the validation years."""
    device = market.returns.device
    model, average = Portfolio(config, DROPOUT).to(device), Portfolio(config).to(device).eval()
    average.load_state_dict(model.state_dict())
    optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, betas=(0.9, 0.98), weight_decay=options.weight_decay)
    best, best_loss, began = average.state_dict(), math.inf, time.time()
    for step in range(1, options.steps + 1):
        for group in optimiser.param_groups:
            group["lr"] = options.rate * min(1, step / 200) * (0.5 + 0.5 * math.cos(math.pi * (step - 1) / options.steps))
        assets, truth = lesson(market, options.batch)
        loss = sum(losses(model(assets)[0], truth).values())
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        with torch.no_grad():
            for kept, new in zip(average.parameters(), model.parameters()):
                kept.lerp_(new, 1 - min(KEEP, step / (step + 10)))
        if step % CHECK == 0 or step == options.steps:
            checked = validation_loss(average, market)
            print(f"step {step} {time.time() - began:.0f} s loss {loss.item():.4f} validation {checked:.4f}", flush=True)
            if checked < best_loss:
                best_loss, best = checked, {name: value.clone() for name, value in average.state_dict().items()}
    return best


def write_model(directory: Path, config: dict, weights: dict[str, Tensor]) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    file = directory / "model.safetensors"
    halves = {name: value.detach().cpu().half().contiguous() for name, value in weights.items()}
    save_file(halves, file, metadata={"format": "pt"})
    file.chmod(0o644)


def add_heads(directory: Path, market: Market) -> None:
    """Fits the pooled heads and the baselines, and puts them beside the encoder."""
    stored = json.loads((directory / "config.json").read_text())
    # The regimes part where they did when the encoder was trained.
    config = config_of(market, fit_baselines(market)) | {"regime_thresholds_log_vol": stored["regime_thresholds_log_vol"]}
    weights = {name: value for name, value in load_file(directory / "model.safetensors").items() if not name.startswith("heads.")}
    model = Portfolio(config).eval()
    model.load_state_dict({name: value.float() for name, value in weights.items()})
    write_model(directory, config, weights | fit_pooled(model, market, len(HORIZONS)))


def add_figures(directory: Path, results: dict) -> None:
    """What the page quotes of the test days goes into config.json."""
    path, horizons = directory / "config.json", [f"{span}d" for span in HORIZONS]
    config = json.loads(path.read_text())
    listed = lambda found, what: [round(found[horizon][what], 4) for horizon in horizons]
    config["clsroom"]["figures"] = {
        "days": results["days"]["test"],
        "from": results["span"]["test"][0],
        "to": results["span"]["test"][1],
        "volatility": {
            name: {"qlike": listed(found, "qlike"), "r2": listed(found, "r2")} for name, found in results["volatility"].items()
        },
        "return_r2": [round(results["return r2"][horizon], 4) for horizon in horizons],
    }
    path.write_text(json.dumps(config, indent=2) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="sp500_dataset.csv.xz: a date a row, a stock a column")
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--output", type=Path, default=MODELS, help="where the model directory is")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--steps", type=int, default=4794)
    parser.add_argument("--batch", type=int, default=256, help="days a step")
    parser.add_argument("--rate", type=float, default=1e-3, help="AdamW's peak rate")
    parser.add_argument("--weight-decay", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--card", action="store_true")
    parser.add_argument("--pooled", action="store_true")
    options = parser.parse_args()
    if options.smoke:
        options.device, options.output, options.steps, options.batch = "cpu", options.work / "smoke", 20, 32

    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    directory, market = options.output / NAME, Market(options.data)
    if not (options.card or options.pooled):
        config = config_of(market, {})
        write_model(directory, config, train(Market(options.data, options.device), config, options))
    if not options.card:
        add_heads(directory, market)
    results = Evaluation(directory, market).run()
    add_figures(directory, results)
    write_card(directory, results, options)


if __name__ == "__main__":
    main()

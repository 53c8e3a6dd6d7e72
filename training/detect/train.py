"""Train, export and measure clsroom-yolos, clsroom-detr or clsroom-vidt, and write its card.

    python training/detect/train.py --model yolos     or detr, or vidt
    python training/detect/train.py --smoke           every path, in a minute on a CPU, into --work
    python training/detect/train.py --card            no training: measure what is in --output, write its card
"""

import argparse
import sys
import time
from pathlib import Path

import torch
from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from card import write_card
from evaluate import Evaluation
from export import export
from loss import SetLoss
from model import NEW, TOKENS, answers, use_train_mode
from muon import Muon
from paths import DATA, MODELS, WORK
from precision import fast
from scenes import TRAIN_VENDORS, Pack, Scenes, normalised
from schedule import rate

STEPS = {"yolos": 4153, "detr": 4584, "vidt": 3543}  # what the runs that made the files came to
FALL = 0.6


def optimisers(model: nn.Module, options: argparse.Namespace) -> list[torch.optim.Optimizer]:
    """Muon for the hidden layers' matrices and filters, AdamW for the rest."""
    hidden, rest = [], []
    for name, parameter in model.named_parameters():
        last = name.endswith(("classifier.weight", "layers.2.weight"))
        first = any(part in name for part in ("embedder", "patch_embeddings", "query_position"))
        (hidden if parameter.ndim in (2, 4) and not first and not last else rest).append(parameter)
    return [
        Muon(hidden, lr=options.matrix_rate, weight_decay=0.02),
        torch.optim.AdamW(rest, lr=options.vector_rate, betas=(0.9, 0.98), weight_decay=1e-4),
    ]


def train(model: nn.Module, scenes: Scenes, loss_of: SetLoss, options: argparse.Namespace) -> None:
    updaters, began = optimisers(model, options), time.time()
    use_train_mode(model)
    for step in range(options.steps):
        images, boxes, labels = scenes.batch(options.batch)
        with fast(scenes.device):
            found = answers(model, normalised(images))
        loss = loss_of(*found, boxes, labels)
        loss.backward()
        norm = nn.utils.clip_grad_norm_(model.parameters(), 1.0 if step > options.warm_up else 0.3)
        for updater in updaters:
            for group in updater.param_groups:
                group["lr"] = group.setdefault("peak", group["lr"]) * rate(step, options.steps, options.warm_up, FALL)
            if norm.isfinite():  # one overflow in bfloat16 must not end the training
                updater.step()
            updater.zero_grad()
        if (step + 1) % 50 == 0 or step + 1 == options.steps:
            print(f"step {step + 1} {time.time() - began:.0f} s loss {loss.item():.4f}", flush=True)


@torch.no_grad()
def settle_norms(model: nn.Module, scenes: Scenes, batches: int, size: int) -> None:
    """The batch norms' statistics for good: the mean over some batches, in float32."""
    norms = [module for module in model.modules() if isinstance(module, nn.BatchNorm2d)]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
        norm.train()
    for _ in range(batches if norms else 0):
        model.model(normalised(scenes.batch(size)[0]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", choices=NEW, default="yolos")
    parser.add_argument("--data", type=Path, default=DATA, help="the pack that prepare.py makes")
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--output", type=Path, help="the model directory; public/models/clsroom-<model> if left out")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--steps", type=int, help=f"{STEPS} if left out")
    parser.add_argument("--batch", type=int, default=512, help="scenes a step")
    parser.add_argument("--matrix-rate", type=float, default=0.012, help="the peak rate of Muon")
    parser.add_argument("--vector-rate", type=float, default=2e-3, help="the peak rate of AdamW")
    parser.add_argument("--warm-up", type=int, default=300, help="steps")
    parser.add_argument("--scenes", type=int, default=1000, help="held-out scenes to measure on, of each kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--card", action="store_true")
    options = parser.parse_args()
    options.steps = options.steps or STEPS[options.model]
    options.output = options.output or MODELS / f"clsroom-{options.model}"
    if options.smoke:
        options.device, options.output = "cpu", options.work / f"smoke-{options.model}"
        options.steps, options.batch, options.warm_up, options.scenes = 20, 8, 20, 60

    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    pack = Pack(options.data)
    if not options.card:
        model = NEW[options.model](pack.classes).to(options.device)
        scenes = Scenes(pack, "train", TRAIN_VENDORS, options.device, options.seed + 100)
        train(model, scenes, SetLoss(len(pack.classes), TOKENS, options.device), options)
        settle_norms(model, scenes, 2 if options.smoke else 40, options.batch)
        export(options.model, model, options.output)
    results = Evaluation(options.model, options.output, pack).run(options.scenes)
    write_card(options.output, results, options)


if __name__ == "__main__":
    main()

"""Train, export and measure clsroom-vit-tasks, with a class token for each task, and its twin with one, and write their cards.

    python training/tasks/train.py
    python training/tasks/train.py --smoke     every path, in a minute on a CPU, into --work
    python training/tasks/train.py --card      no training: measure what is in --output, write its cards
"""

import argparse
import sys
import time
from pathlib import Path

import torch
from torch import Tensor

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from card import write_card
from cifar import MEAN, SIDE, STD, augment, batches, read_archive
from evaluate import Evaluation
from layer_optimisers import optimisers, short_rise, update
from model import TaskViT
from paths import DATA, MODELS, WORK
from picture_files import preprocessor, write_model
from precision import fast
from tasks import config, lesson, loss_of

NAMES = {"clsroom-vit-tasks-single": False, "clsroom-vit-tasks": True}  # whether tasks have class tokens of their own


def twins() -> dict[str, TaskViT]:
    """They start from the same weights, but for the tokens."""
    single, separate = models = [TaskViT(config(separate)) for separate in NAMES.values()]
    alike = {name: value for name, value in single.state_dict().items() if value.shape == separate.state_dict()[name].shape}
    separate.load_state_dict(alike, strict=False)
    return dict(zip(NAMES, models))


def train(models: dict[str, TaskViT], images: Tensor, labels: Tensor, options: argparse.Namespace) -> None:
    """Both, the same batches in the same order, of uint8 images [N, 3, 32, 32]."""
    device = images.device
    generator = torch.Generator(device).manual_seed(options.seed)
    updaters = {
        name: optimisers(model, options.matrix_rate, options.vector_rate, options.weight_decay) for name, model in models.items()
    }
    source, began = batches(len(images), options.batch, generator), time.time()
    for step in range(options.steps):
        index = next(source)
        seen = augment(images[index].float() / 255, generator).clamp(0, 1)
        quarters = torch.randint(4, (len(index),), device=device, generator=generator)
        pixels, truth = lesson(seen, labels[index], quarters)
        losses = []
        for name, model in models.items():
            with fast(device.type):
                logits = model(pixels)[0]
            loss = loss_of(logits, truth)
            update(loss, updaters[name], short_rise(step / options.steps))
            losses.append(loss.item())
        if (step + 1) % 50 == 0 or step + 1 == options.steps:
            print(f"step {step + 1} {time.time() - began:.0f} s loss", *(f"{loss:.4f}" for loss in losses), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="CIFAR-10 as {train,test}/<class>/*.jpg in a .tar.gz")
    parser.add_argument("--work", type=Path, default=WORK, help="cache")
    parser.add_argument("--output", type=Path, default=MODELS, help="where both model directories are")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--steps", type=int, default=2642)
    parser.add_argument("--batch", type=int, default=1024, help="pictures a step")
    parser.add_argument("--matrix-rate", type=float, default=0.02, help="the peak rate of Muon")
    parser.add_argument("--vector-rate", type=float, default=3e-3, help="the peak rate of AdamW")
    parser.add_argument("--weight-decay", type=float, default=0.03, help="of the matrices")
    parser.add_argument("--pictures", type=int, default=1000, help="test pictures to measure on")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--card", action="store_true")
    options = parser.parse_args()
    if options.smoke:
        options.device, options.output = "cpu", options.work / "smoke"
        options.steps, options.batch, options.pictures = 20, 8, 20

    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    data = read_archive(options.data, options.work / "cifar10.pt")
    if not options.card:
        models = {name: model.to(options.device) for name, model in twins().items()}
        train(models, data["train_images"].to(options.device), data["train_labels"].to(options.device), options)
        for name, model in models.items():
            write_model(options.output / name, config(NAMES[name]), preprocessor(SIDE, MEAN, STD), model.state_dict())
    results = {name: Evaluation(options.output / name, data, options.pictures).run() for name in NAMES}
    for name, other in zip(NAMES, reversed(NAMES)):
        write_card(options.output / name, results[name], results[other], options)


if __name__ == "__main__":
    main()

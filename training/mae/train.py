"""Train, export and measure clsroom-mae, and write its card.

    python training/mae/train.py
    python training/mae/train.py --smoke     every path, in a minute on a CPU, into --work
    python training/mae/train.py --card      no training: measure what is in --output, write its card
"""

import argparse
import random
import sys
import time
from pathlib import Path

import torch
from torch import Tensor

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from card import write_card
from cifar import MEAN, SIDE, STD, augment, batches, normalise, read_archive
from evaluate import Evaluation
from layer_optimisers import optimisers, short_rise, update
from masks import training_mask
from model import CONFIG, MAE, hidden_loss
from paths import DATA, MODEL_DIRECTORY, WORK
from picture_files import preprocessor, write_model
from precision import fast


def train(mae: MAE, images: Tensor, options: argparse.Namespace) -> None:
    """On uint8 images [N, 3, 32, 32]."""
    device = images.device
    generator, chances = torch.Generator(device).manual_seed(options.seed), random.Random(options.seed)
    updaters = optimisers(mae, options.matrix_rate, options.vector_rate, options.weight_decay)
    source, began = batches(len(images), options.batch, generator), time.time()
    for step in range(options.steps):
        pixels = normalise(augment(images[next(source)].float() / 255, generator, light=0.05))
        noise, visible = training_mask(len(pixels), chances, generator)
        with fast(device.type):
            run = mae(pixels, noise, visible)
        loss = hidden_loss(run, pixels)
        update(loss, updaters, short_rise(step / options.steps))
        if (step + 1) % 50 == 0 or step + 1 == options.steps:
            print(f"step {step + 1} {time.time() - began:.0f} s loss {loss.item():.4f} ({visible} visible)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="CIFAR-10 as {train,test}/<class>/*.jpg in a .tar.gz")
    parser.add_argument("--work", type=Path, default=WORK, help="cache")
    parser.add_argument("--output", type=Path, default=MODEL_DIRECTORY)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--steps", type=int, default=5035)
    parser.add_argument("--batch", type=int, default=2048, help="pictures a step")
    parser.add_argument("--matrix-rate", type=float, default=0.02, help="the peak rate of Muon")
    parser.add_argument("--vector-rate", type=float, default=2e-3, help="the peak rate of AdamW")
    parser.add_argument("--weight-decay", type=float, default=0.02, help="of the matrices")
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
        mae = MAE().to(options.device)
        train(mae, data["train_images"].to(options.device), options)
        write_model(options.output, CONFIG, preprocessor(SIDE, MEAN, STD), mae.state_dict())
    write_card(options.output, Evaluation(options.output, data, options.pictures).run(), options)


if __name__ == "__main__":
    main()

"""Train, export and measure clsroom-t5, and write its card.

    python training/t5/train.py
    python training/t5/train.py --smoke     every path, in a minute on a CPU, into --work
    python training/t5/train.py --card      no training: measure what is in --output, write its card
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import nn
from transformers import T5ForConditionalGeneration

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from card import write_card
from data import Examples, read_pack, training_examples
from evaluate import Evaluation
from export import export
from model import loss_of, new_model
from paths import DATA, MODEL_DIRECTORY, WORK
from precision import fast
from schedule import batches_of_like_length, optimizer, rate

WARMUP, FALL = 400, 0.6


def training_batches(examples: Examples, size: int, seed: int) -> Iterator[Examples]:
    """Endless batches, each as wide as its longest example."""
    order, lengths = torch.Generator().manual_seed(seed), examples.lengths().cpu()
    while True:
        for rows in reversed(batches_of_like_length(lengths, size, order)):
            yield examples.rows(rows.to(examples.sources.device))


def train(model: T5ForConditionalGeneration, examples: Examples, options: argparse.Namespace) -> None:
    updates = optimizer(model, options.rate, options.weight_decay, betas=(0.9, 0.98))
    batches, began = training_batches(examples, options.batch, options.seed), time.time()
    model.train()
    for step in range(options.steps):
        for group in updates.param_groups:
            group["lr"] = options.rate * rate(step, options.steps, WARMUP, FALL)
        with fast(model.device.type):
            loss = loss_of(model, next(batches))
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        updates.step()
        updates.zero_grad()
        if (step + 1) % 50 == 0 or step + 1 == options.steps:
            print(f"step {step + 1} {time.time() - began:.0f} s loss {loss.item():.4f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="the pack that prepare.py makes")
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--output", type=Path, default=MODEL_DIRECTORY)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--steps", type=int, default=3416)
    parser.add_argument("--examples", type=int, default=320_000)
    parser.add_argument("--batch", type=int, default=512, help="examples a step")
    parser.add_argument("--rate", type=float, default=1.5e-3, help="the peak learning rate")
    parser.add_argument("--weight-decay", type=float, default=0.01)
    parser.add_argument("--dropout", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--card", action="store_true")
    options = parser.parse_args()
    if options.smoke:
        options.device, options.output = "cpu", options.work / "smoke"
        options.steps, options.batch, options.examples = 20, 16, 1000

    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    pack = read_pack(options.data)
    if not options.card:
        examples = training_examples(pack, options.examples, options.seed).to(options.device)
        model = new_model(pack.tokenizer.get_vocab_size(), options.dropout).to(options.device)
        train(model, examples, options)
        export(model, options.data, options.output)
    results = Evaluation(options.output, pack).run(count=12 if options.smoke else 1500)
    write_card(options.output, results, options)


if __name__ == "__main__":
    main()

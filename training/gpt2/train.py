"""Train, export and measure clsroom-gpt2, and write its card.

    python training/gpt2/train.py
    python training/gpt2/train.py --smoke     every path, in a minute on a CPU, into --work
    python training/gpt2/train.py --card      no training: measure what is in --output, write its card
"""

import argparse
import copy
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import nn
from transformers import GPT2LMHeadModel

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from card import write_card
from data import CONTEXT, IGNORE, PADS, Pieces, read_pack, targets_of, without_sentence_ends
from evaluate import Evaluation, held_out_losses
from export import export
from model import new_model, token_losses
from paths import DATA, MODEL_DIRECTORY, WORK
from precision import fast
from schedule import batches_of_like_length, optimizer, rate

WARMUP, FALL = 100, 0.7
WATCH = 150  # steps from one look at the held-out pieces to the next


def training_batches(pieces: Pieces, size: int, seed: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Endless (ids, targets) [B, T], as wide as the longest piece and its PADs."""
    order, ends = torch.Generator().manual_seed(seed), torch.Generator(pieces.ids.device).manual_seed(seed)
    while True:
        for rows in reversed(batches_of_like_length(pieces.lengths.cpu(), size, order)):
            rows = rows.to(pieces.ids.device)
            width = min(CONTEXT, int(pieces.lengths[rows].max()) + PADS)
            ids, lengths = without_sentence_ends(pieces.ids[rows], pieces.lengths[rows], ends)
            yield ids[:, :width], targets_of(ids, lengths, PADS)[:, :width]


def watched_loss(model: GPT2LMHeadModel, held: Pieces) -> float:
    """Mean loss over the tokens of held-out real text."""
    model.eval()
    with torch.no_grad(), fast(model.device.type):
        sums, counts = held_out_losses(model, held)
    model.train()
    return float(sums.sum() / counts.sum())


def train(model: GPT2LMHeadModel, pieces: dict[str, Pieces], options: argparse.Namespace) -> None:
    """Train for `steps`, and leave the state of the second half that was best on held-out real text."""
    updates = optimizer(model, options.rate, options.weight_decay, betas=(0.9, 0.95))
    real = pieces["held"].rows(~pieces["held"].are_generated())
    batches, began = training_batches(pieces["train"], options.batch, options.seed), time.time()
    best, kept = float("inf"), model.state_dict()
    model.train()
    for step in range(options.steps):
        for group in updates.param_groups:
            group["lr"] = options.rate * rate(step, options.steps, WARMUP, FALL)
        ids, targets = next(batches)
        with fast(model.device.type):
            loss = token_losses(model, ids, targets).sum() / (targets != IGNORE).sum()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        updates.step()
        updates.zero_grad()
        if (step + 1) % WATCH == 0 or step + 1 == options.steps:
            held = watched_loss(model, real)
            print(f"step {step + 1} {time.time() - began:.0f} s loss {loss.item():.3f} held-out real text {held:.3f}", flush=True)
            if held < best and step + 1 > options.steps / 2:
                best, kept = held, copy.deepcopy(model.state_dict())
    model.load_state_dict(kept)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="the pack that prepare.py makes")
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--output", type=Path, default=MODEL_DIRECTORY)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--steps", type=int, default=3814)
    parser.add_argument("--batch", type=int, default=128, help="pieces a step")
    parser.add_argument("--rate", type=float, default=2e-3, help="the peak learning rate")
    parser.add_argument("--weight-decay", type=float, default=0.1)
    parser.add_argument("--dropout", type=float, default=0.15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--card", action="store_true")
    options = parser.parse_args()
    if options.smoke:
        options.device, options.steps, options.batch, options.output = "cpu", 20, 4, options.work / "smoke"

    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    pieces = read_pack(options.data)
    if options.smoke:
        pieces["held"] = pieces["held"].rows(torch.arange(0, len(pieces["held"]), 40))
    if not options.card:
        model = new_model(options.dropout).to(options.device)
        train(model, {name: part.to(options.device) for name, part in pieces.items()}, options)
        export(model, options.data, options.output)
    results = Evaluation(options.output, pieces).run(samples=3 if options.smoke else 1000)
    write_card(options.output, results, options, passes=options.steps * options.batch / len(pieces["train"]))


if __name__ == "__main__":
    main()

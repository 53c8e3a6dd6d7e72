"""Train, export and measure clsroom-bert, in three parts.

    python training/text/train.py             from scratch
    python training/text/train.py --part 2    on from there, with more corpora; measures, and writes the card
    python training/text/train.py --part 3    on from there, with other draws, and the mean of both; measures, writes the card
"""

import argparse
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from card import write_card
from corpora import load_corpora
from data import Batch, Corpus, ExampleSource, train_tokenizer, training_batches
from evaluate import Evaluation
from export import export, load_exported
from initial import initialise
from model import MultiTaskBert
from paths import DATA, MODEL_DIRECTORY, WORK
from precision import fast


# What the parts of the training are run with. `share` is that of the result in the weights that are kept; the rest is what the part began
# from (Wortsman et al. 2022, "Model soups": the mean of two good ends is often better than either).
PARTS = [
    {"steps": 2450, "decay": 1000, "rate": 1.2e-3, "share": 1.0},
    {"steps": 3000, "decay": 1800, "rate": 8e-4, "share": 1.0},
    {"steps": 1400, "decay": 1000, "rate": 7e-4, "share": 0.6},
]


def optimizer(model: MultiTaskBert, peak: float) -> torch.optim.Optimizer:
    """AdamW, as BERT was trained; biases and normalisations do not decay."""
    matrices = [p for p in model.parameters() if p.ndim == 2]
    others = [p for p in model.parameters() if p.ndim != 2]
    groups = [{"params": matrices, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=peak, betas=(0.9, 0.98), fused=True)


def rate(step: int, steps: int, decay: int, warmup: int = 300) -> float:
    """Share of the peak learning rate: linear up, flat, linear down to 0 over the last `decay` steps."""
    return min((step + 1) / warmup, 1.0, (steps - step) / decay)


def train(
    model: MultiTaskBert, batches: Iterator[Batch], peak: float, steps: int, decay: int, checkpoint: Path, resume: bool
) -> None:
    """Train to `steps` on the sum of the three losses; write a checkpoint every 250.

    A resumed run passes over the batches it has seen, and so goes on exactly as if it had never stopped; before the
    decay nothing depends on `steps`, so a run can also be made longer or shorter.
    """
    updates, began, done = optimizer(model, peak), time.time(), 0
    if resume:
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"])
        torch.set_rng_state(saved["rng"])
        updates.load_state_dict(saved["optimizer"])
        done = saved["step"]
    model.train()
    sums: dict[str, float] = {}
    for step, batch in islice(zip(range(steps), batches), done, None):
        for group in updates.param_groups:
            group["lr"] = peak * rate(step, steps, decay)
        with fast():
            losses = model.losses(batch)
        sum(losses.values()).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        updates.step()
        updates.zero_grad()
        for name, loss in losses.items():
            sums[name] = sums.get(name, 0.0) + loss.item() / 50
        if (step + 1) % 50 == 0:
            print(f"step {step + 1} {time.time() - began:.0f} s", *(f"{n} {v:.3f}" for n, v in sums.items()), flush=True)
            sums = {}
        if (step + 1) % 250 == 0 or step + 1 == steps:
            state = {"model": model.state_dict(), "optimizer": updates.state_dict()}
            torch.save(state | {"rng": torch.get_rng_state(), "step": step + 1}, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the corpora")
    parser.add_argument("--work", type=Path, default=WORK, help="downloads, checkpoint")
    parser.add_argument("--output", type=Path, default=MODEL_DIRECTORY)
    parser.add_argument("--part", type=int, choices=(1, 2, 3), default=1, help="2 and 3 go on from the model in --output")
    parser.add_argument("--steps", type=int, help="of this part; the defaults are PARTS")
    parser.add_argument("--decay", type=int, help="steps over which the learning rate falls to 0")
    parser.add_argument("--rate", type=float, help="the peak learning rate")
    parser.add_argument("--share", type=float, help="of the result in the weights that are kept")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --work")
    parser.add_argument("--tokens", type=int, default=4096, help="positions a step")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()

    further = options.part > 1
    for name, default in PARTS[options.part - 1].items():
        if getattr(options, name) is None:
            setattr(options, name, default)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    documents, _ = load_corpora(options.data, options.work, options.seed, further)
    if further:
        tokenizer = Tokenizer.from_file(str(options.output / "tokenizer.json"))
        tokenizer.save(str(options.work / "tokenizer.json"))
    elif options.resume:
        tokenizer = Tokenizer.from_file(str(options.work / "tokenizer.json"))
    else:
        tokenizer = train_tokenizer([d for corpus in documents.values() for d in corpus])
        tokenizer.save(str(options.work / "tokenizer.json"))
    corpora = {name: Corpus.encode(corpus, tokenizer) for name, corpus in documents.items()}

    model = MultiTaskBert()
    if further and not options.resume:
        load_exported(model, options.output)
    elif not options.resume:
        initialise(model.bert, corpora)
    # Every part draws its examples by another seed; the documents held out stay those of the first part.
    draws = ExampleSource(corpora, tokenizer, options.seed + options.part - 1)
    batches = training_batches(draws, options.tokens)
    train(model, batches, options.rate, options.steps, options.decay, options.work / "checkpoint.pt", options.resume)

    export(options.work, options.output, options.share)
    if further:
        results = Evaluation(options.output, options.data, options.work, options.seed).run()
        own = {name: getattr(options, name) for name in PARTS[0]}
        parts = [own if part == options.part else PARTS[part - 1] for part in range(1, options.part + 1)]
        write_card(options.output, results, parts, tokens=options.tokens, seed=options.seed)


if __name__ == "__main__":
    main()

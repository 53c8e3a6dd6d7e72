"""Train the memory transformers and their twin without memory from scratch; export them to public/models, measure them, write their cards.

    python training/memory/train.py                  all four
    python training/memory/train.py --model memctrl  one of them
    python training/memory/train.py --card           no training: measures what is in --output and writes the cards
    python training/memory/train.py --smoke          every path on a CPU, in minutes; the result stays in --work

Three tasks at once: masked tokens and sentiment, half of the steps under a window of ±4 between text rows; and recall, always under the
window (data.py).
"""

import argparse
import random
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from card import write_cards
from data import UNLABELLED, Recall, masked, read_pack
from evaluate import Evaluation
from export import CONFIG, NAMES, read, write
from model import PAD, WINDOW, MemoryTransformer, readable
from paths import MODELS, PACK, WORK

# The steps that an equal share of time came to for each, on one H200.
STEPS = {"memtransformer": 2084, "memctrl": 2476, "membottleneck": 1651, "nomemory": 3319}
WARM_UP, DECAY_FROM = 500, 0.4


def rate_at(step: int, steps: int) -> float:
    """Rises for 500 steps, stays, and falls straight to nothing over the last 60 %."""
    return min(1.0, (step + 1) / WARM_UP, max(0.0, 1 - (step + 1) / steps) / (1 - DECAY_FROM))


def optimiser_of(model: nn.Module, options: argparse.Namespace) -> torch.optim.AdamW:
    matrices = [p for p in model.parameters() if p.ndim >= 2]
    vectors = [p for p in model.parameters() if p.ndim < 2]
    groups = [{"params": matrices, "weight_decay": options.weight_decay}, {"params": vectors, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=options.rate, betas=(0.9, 0.98), eps=1e-8)


class Training:
    def __init__(self, model: MemoryTransformer, data: dict, recall: Recall, options: argparse.Namespace, device: str):
        self.model, self.data, self.recall, self.options, self.device = model, data, recall, options, device
        self.generator = torch.Generator(device).manual_seed(options.seed)
        self.numbers = np.random.default_rng(options.seed)
        self.labelled = (data["train"][1] != UNLABELLED).nonzero().flatten()
        self.vocabulary = model.bert["embeddings"].word_embeddings.num_embeddings

    def text_loss(self, step: int) -> torch.Tensor:
        """Masked tokens of all rows; sentiment of those that have a label, which are half of the batch."""
        ids_all, labels_all = self.data["train"]
        half = self.options.batch // 2
        draw = lambda most: torch.randint(most, (half,), device=self.device, generator=self.generator)
        rows = torch.cat([draw(len(ids_all)), self.labelled[draw(len(self.labelled))]])
        ids, labels = ids_all[rows], labels_all[rows]
        ids = ids[:, : int((ids != PAD).sum(1).max())]
        shown, asked = masked(ids, self.vocabulary, self.generator)
        may = readable(shown, self.model.memory, WINDOW if step % 2 else None)
        last = self.model(shown, torch.zeros_like(ids), may)[0][-1]
        words = F.cross_entropy(self.model.token_logits(last[:, self.model.memory :][asked]).float(), ids[asked])
        has = labels != UNLABELLED
        logits = self.model.head_logits("sentiment", F.dropout(last, 0.1)).float()
        return words + 0.5 * F.cross_entropy(logits[has], labels[has], label_smoothing=0.05)

    def recall_loss(self, progress: float) -> torch.Tensor:
        """One fact at first, up to three after a fifth of the steps."""
        facts = int(self.numbers.integers(1, 2 + (progress > 0.08) + (progress > 0.2)))
        gap = int(self.numbers.integers(24, 37))
        ids, segments, place, answer = self.recall.batch(self.options.batch, facts, gap, self.generator)
        last = self.model(ids, segments, readable(ids, self.model.memory, WINDOW))[0][-1]
        return F.cross_entropy(self.model.token_logits(last[:, self.model.memory + place]).float(), answer)

    def run(self, steps: int) -> None:
        optimiser = optimiser_of(self.model, self.options)
        for step in range(steps):
            for group in optimiser.param_groups:
                group["lr"] = self.options.rate * rate_at(step, steps)
            with torch.autocast(self.device, dtype=torch.bfloat16, enabled=self.device == "cuda"):
                loss = self.text_loss(step) + self.recall_loss((step + 1) / steps)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            optimiser.step()
            if step % 100 == 0 or step == steps - 1:
                print(f"step {step:6d}  loss {loss.item():.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, default=PACK)
    parser.add_argument("--output", type=Path, default=MODELS)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--model", choices=NAMES, action="append")
    parser.add_argument("--card", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--rate", type=float, default=1.2e-3)
    parser.add_argument("--weight-decay", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000, help="recall inputs and sentences that are measured")
    options = parser.parse_args()
    from tokenizers import Tokenizer

    device = "cuda" if torch.cuda.is_available() and not options.smoke else "cpu"
    if options.smoke:
        options.output, options.batch, options.count = options.work, 8, 16
    data, meta = read_pack(options.pack, device)
    recall = Recall(Tokenizer.from_file(str(options.pack / "tokenizer.json")), data, meta, device)
    names = options.model or NAMES
    for name in names if not options.card else ():
        torch.manual_seed(options.seed)
        random.seed(options.seed)
        model = MemoryTransformer(CONFIG[name]).to(device)
        Training(model, data, recall, options, device).run(10 if options.smoke else STEPS[name])
        write(model, CONFIG[name], options.pack, options.output / f"clsroom-{name}")
    # Measured on a CPU, as the page may run them.
    data, meta = read_pack(options.pack, "cpu")
    recall = Recall(Tokenizer.from_file(str(options.pack / "tokenizer.json")), data, meta, "cpu")
    results = {
        name: Evaluation(read(options.output / f"clsroom-{name}"), data, recall, options.count).run() for name in names
    }
    write_cards(options.output, results, options, STEPS)


if __name__ == "__main__":
    main()

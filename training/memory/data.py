"""The texts that the memory transformers learn from, and the task that needs memory.

Recall: "tom has the key . mary has the hat . <24 to 36 tokens of other text> [SEP] mary has the [MASK] ." Four layers of ±4 carry 16
tokens; the fact is further away, so that it reaches the question through memory alone.
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from model import CLS, MASK, PAD, SEP

UNLABELLED = 255


def read_pack(pack: Path, device: str) -> tuple[dict, dict]:
    """`prepare.py`'s pack: sentences by split as padded ids and labels; the stream of other text with the starts of its sentences."""
    meta, arrays = json.loads((pack / "meta.json").read_text()), np.load(pack / "sentences.npz")
    data = {}
    for split in ("train", "held", "dev", "test"):
        lengths = arrays[f"{split}.lengths"].astype(np.int64)
        rows = np.full((len(lengths), meta["width"]), PAD)
        rows[np.arange(meta["width"]) < lengths[:, None]] = arrays[f"{split}.ids"]
        labels = arrays[f"{split}.labels"].astype(np.int64)
        data[split] = torch.tensor(rows, device=device), torch.tensor(labels, device=device)
    filler, starts = (torch.tensor(arrays[f"filler.{n}"].astype(np.int64), device=device) for n in ("ids", "starts"))
    cut = int(len(starts) * 0.9)  # the last tenth of the filler is for measuring
    far = starts[starts < len(filler) - 64]
    data["filler"] = {"train": far[:cut], "held": far[cut:], "ids": filler}
    return data, meta


def masked(ids: Tensor, vocabulary: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """BERT's masking: 15 % of the tokens are asked; of these 80 % show [MASK], 10 % a random token, 10 % themselves."""
    draw = lambda: torch.rand(ids.shape, device=ids.device, generator=generator)
    asked = (draw() < 0.15) & (ids > MASK)
    how = draw()
    random = torch.randint(MASK + 1, vocabulary, ids.shape, device=ids.device, generator=generator)
    shown = torch.where(asked & (how < 0.8), MASK, ids)
    return torch.where(asked & (how >= 0.9), random, shown), asked


class Recall:
    """Facts, other text, and a question whose answer is further away than the windows of all layers reach."""

    def __init__(self, tokenizer, data: dict, meta: dict, device: str):
        ids = lambda words: torch.tensor([tokenizer.token_to_id(w) for w in words], device=device)
        self.names, self.items, self.filler, self.device = ids(meta["names"]), ids(meta["items"]), data["filler"], device
        self.has, self.the, self.dot = (tokenizer.token_to_id(w) for w in ("has", "the", "."))

    def batch(
        self, count: int, facts: int, gap: int, generator: torch.Generator, split: str = "train"
    ) -> tuple[Tensor, Tensor, int, Tensor]:
        """ids and segments [B, T], the place of the question's [MASK], the answers [B]"""
        lot = lambda words: torch.rand(count, len(words), device=self.device, generator=generator).argsort(1)[:, :facts]
        names, items = self.names[lot(self.names)], self.items[lot(self.items)]
        same = lambda token, width=1: torch.full((count, width), token, device=self.device)
        lines = torch.stack([names, same(self.has, facts), same(self.the, facts), items, same(self.dot, facts)], 2).flatten(1)
        draw = lambda most, shape: torch.randint(most, shape, device=self.device, generator=generator)
        starts = self.filler[split][draw(len(self.filler[split]), (count,))]
        between = self.filler["ids"][starts[:, None] + torch.arange(gap, device=self.device)]
        asked = draw(facts, (count, 1))
        first = torch.cat([same(CLS), lines, between, same(SEP)], 1)
        question = [names.gather(1, asked), same(self.has), same(self.the), same(MASK), same(self.dot), same(SEP)]
        ids = torch.cat([first, *question], 1)
        segments = torch.zeros_like(ids)
        segments[:, first.shape[1] :] = 1
        return ids, segments, first.shape[1] + 3, items.gather(1, asked)[:, 0]

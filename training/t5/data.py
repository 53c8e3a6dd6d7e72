"""From examples to what the model reads and is to write.

Shapes: N examples, S source tokens, T target tokens.
"""

import gzip
import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

from tasks import SENTINELS, TASKS, Example, Lexicon, make_example

PAD, END, UNK = range(3)
SENTINEL_NAMES = [f"<extra_id_{k}>" for k in range(SENTINELS)]
SHARES = dict(zip(TASKS, (0.25, 0.2, 0.2, 0.2, 0.15)))  # of the training examples


@dataclass
class Pack:
    tokenizer: Tokenizer
    lexicon: Lexicon
    train: list[str]  # sentences to fill
    held: list[str]


def read_pack(folder: Path) -> Pack:
    text = json.loads(gzip.decompress((folder / "text.json.gz").read_bytes()))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return Pack(tokenizer, Lexicon(**text["lexicon"]), **text["sentences"])


@dataclass
class Examples:
    sources: torch.Tensor  # [N, S], END and PAD behind
    targets: torch.Tensor  # [N, T], END and PAD behind

    def __len__(self) -> int:
        return len(self.sources)

    def lengths(self) -> torch.Tensor:
        return (self.sources != PAD).sum(1) + (self.targets != PAD).sum(1)

    def rows(self, chosen: torch.Tensor) -> "Examples":
        """Cut to the longest among them."""
        return Examples(narrow(self.sources[chosen]), narrow(self.targets[chosen]))

    def to(self, device: str) -> "Examples":
        return Examples(self.sources.to(device), self.targets.to(device))


def narrow(ids: torch.Tensor) -> torch.Tensor:
    return ids[:, : int((ids != PAD).sum(1).max())]


def encode(tokenizer: Tokenizer, lines: list[str]) -> torch.Tensor:
    """[N, longest], PAD behind."""
    rows = [encoding.ids for encoding in tokenizer.encode_batch_fast(lines)]
    lengths = np.array(list(map(len, rows)))
    ids = np.full((len(rows), lengths.max()), PAD)
    ids[np.arange(lengths.max()) < lengths[:, None]] = np.concatenate(rows)
    return torch.from_numpy(ids)


def encode_examples(tokenizer: Tokenizer, examples: list[Example]) -> Examples:
    return Examples(encode(tokenizer, [e.source for e in examples]), encode(tokenizer, [e.target for e in examples]))


def training_examples(pack: Pack, count: int, seed: int) -> Examples:
    rng = random.Random(seed)
    tasks = [task for task, share in SHARES.items() for _ in range(int(share * count))]
    return encode_examples(pack.tokenizer, [make_example(task, rng, False, pack.lexicon, pack.train) for task in tasks])


def shifted(targets: torch.Tensor) -> torch.Tensor:
    """What the decoder reads while it writes `targets`: it starts with PAD, as T5 does."""
    return F.pad(targets[:, :-1], (1, 0), value=PAD)

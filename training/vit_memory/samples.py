"""Held-out pictures of the two tasks for the page: a sheet of 10 × 10 for each, a row a class, in public/samples/memory.

    python training/vit_memory/samples.py
"""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from data import LABELS
from paths import MODELS, TASKS

EACH = 10


def sheet(images: np.ndarray, labels: np.ndarray) -> Image.Image:
    """The first pictures of each class, side by side."""
    rows = [np.concatenate(images[labels == label][:EACH], axis=1) for label in range(10)]
    return Image.fromarray(np.concatenate(rows))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path, default=TASKS)
    parser.add_argument("--output", type=Path, default=MODELS.parent / "samples/memory")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    stored = np.load(options.tasks)
    for task in LABELS:
        made = sheet(stored[f"{task}_test_images"], stored[f"{task}_test_labels"])
        made.save(options.output / f"{task}.png", optimize=True)

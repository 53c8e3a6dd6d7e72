"""Measure an exported detector on held-out scenes, on a CPU in F32: `python training/detect/evaluate.py --model yolos`."""

import argparse
import json
from pathlib import Path

import torch
from torch import Tensor

from export import load_exported
from measures import figures, specialisation
from model import NEW, answers
from paths import DATA, MODELS
from scenes import TEST_VENDORS, TRAIN_VENDORS, Pack, Scenes, normalised

CHUNK = 250  # scenes a forward


class Evaluation:
    def __init__(self, kind: str, directory: Path, pack: Pack):
        self.directory, self.pack = directory, pack
        self.model = load_exported(kind, directory)

    def predict(self, images: Tensor) -> tuple[Tensor, Tensor]:
        parts = [answers(self.model, normalised(part)) for part in images.split(CHUNK)]
        return torch.cat([logits[-1] for logits, _ in parts]), torch.cat([boxes[-1] for _, boxes in parts])

    @torch.no_grad()
    def run(self, count: int) -> dict:
        """Drawings of vendors that were met in training and of another; the backgrounds are new in both."""
        classes, found = self.pack.classes, {}
        known, unknown = (
            Scenes(self.pack, "test", vendors, "cpu", seed).batch(count) for vendors, seed in ((TRAIN_VENDORS, 1), (TEST_VENDORS, 2))
        )
        for name, (images, boxes, labels) in (("known", known), ("never seen", unknown)):
            found[name] = figures(*self.predict(images), boxes, labels, classes)
        return found | {
            "bytes": (self.directory / "model.safetensors").stat().st_size,
            "parameters": sum(parameter.numel() for parameter in self.model.parameters()),
            "scenes": count,
            "classes": classes,
            "tokens": specialisation(*self.predict(known[0]), classes),
        }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", choices=NEW, default="yolos")
    parser.add_argument("--directory", type=Path, help="public/models/clsroom-<model> if left out")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--scenes", type=int, default=1000)
    options = parser.parse_args()
    torch.set_num_threads(1)
    directory = options.directory or MODELS / f"clsroom-{options.model}"
    print(json.dumps(Evaluation(options.model, directory, Pack(options.data)).run(options.scenes), indent=2))

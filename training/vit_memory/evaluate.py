"""Measure the exported model on held-out pictures, on a CPU in F32: what the masks keep, and what is lost without them.

Legend: B pictures, T tokens, M memory rows, L layers.
"""

import argparse
import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from cifar import normalise, read_archive
from data import read_tasks
from model import BASE, MemoryViT
from paths import DATA, MODELS, TASKS, WORK

CHUNK = 250  # pictures a forward


def right(logits: Tensor, labels: Tensor) -> float:
    return (logits.argmax(1) == labels).double().mean().item()


@torch.no_grad()
def answers(model: MemoryViT, images: Tensor, names: list[str], open_: bool = False, blind: bool = False, **more) -> dict[str, Tensor]:
    """Logits [B, K] of the base and of the tasks `names`. `open_`: everybody reads everything; `blind`: nobody reads memory."""
    mask = None if open_ else model.mask(names, without_memory=blind).to(images.device)
    parts = [model(normalise(some), names, mask, **more)[0] for some in images.split(CHUNK)]
    return {name: torch.cat([part[name] for part in parts]) for name in parts[0]}


class Evaluation:
    def __init__(self, directory: Path, cifar: dict[str, Tensor], sets: dict[str, dict[str, Tensor]], count: int):
        """`count` held-out pictures of each task, evenly chosen."""
        config = json.loads((directory / "config.json").read_text())
        self.directory, self.model = directory, MemoryViT(config)
        self.stored = load_file(directory / "model.safetensors")
        # The heads of the base's other poolings lie beside it in the file, and are no part of this module.
        own = {name: value.float() for name, value in self.stored.items() if not name.startswith("heads.")}
        self.model.load_state_dict(own)
        self.model.eval()
        every = {"base": cifar, **sets}
        self.held = {
            name: tuple(part[f"test_{kind}"][:: max(1, len(part["test_labels"]) // count)] for kind in ("images", "labels"))
            for name, part in every.items()
        }
        self.names = list(self.model.tasks)

    def base(self) -> dict:
        images, labels = self.held["base"]
        alone, beside = answers(self.model, images, [])[BASE], answers(self.model, images, self.names)[BASE]
        mixed = answers(self.model, images, self.names, open_=True)[BASE]
        return {
            "pictures": len(images),
            "alone": right(alone, labels),
            "masked": right(beside, labels),
            "largest change masked": (beside - alone).abs().max().item(),
            "open": right(mixed, labels),
            "largest change open": (mixed - alone).abs().max().item(),
            "answers changed open": 1 - right(mixed, alone.argmax(1)),
        }

    def task(self, name: str) -> dict:
        images, labels = self.held[name.split("_")[0]]
        needed = [other for other in self.names if other in self.model.tasks[name].reads and other != name] + [name]
        other = next(other for other in self.names if other.split("_")[0] != name.split("_")[0])
        alone, beside = answers(self.model, images, needed)[name], answers(self.model, images, self.names)[name]
        return {
            "pictures": len(images),
            "alone": right(alone, labels),
            "beside": right(beside, labels),
            "largest change beside": (beside - alone).abs().max().item(),
            "blind": right(answers(self.model, images, needed, blind=True)[name], labels),
            "open": right(answers(self.model, images, self.names, open_=True)[name], labels),
            "swapped": right(answers(self.model, images, needed, memories={name: other})[name], labels),
            "parameters": sum(value.numel() for value in self.model.tasks[name].parameters()),
        }

    def run(self) -> dict:
        file = self.directory / "model.safetensors"
        return {
            "bytes": file.stat().st_size,
            "parameters": sum(value.numel() for value in self.stored.values()),
            "base": self.base(),
            "tasks": {name: self.task(name) for name in self.names},
        }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODELS / "clsroom-vit-memory")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--tasks", type=Path, default=TASKS)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--pictures", type=int, default=2000)
    options = parser.parse_args()
    torch.set_num_threads(1)
    cifar = read_archive(options.data, options.work / "cifar10.pt")
    found = Evaluation(options.model, cifar, read_tasks(options.tasks, torch.device("cpu")), options.pictures)
    print(json.dumps(found.run(), indent=2))

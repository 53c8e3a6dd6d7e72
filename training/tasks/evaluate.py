"""Measure an exported model on CIFAR-10's test pictures, on a CPU in F32.

Legend: B pictures, T tokens, C class tokens, H heads, N patches.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from cifar import read_archive
from linear_probe import probe_accuracy
from model import TaskViT
from paths import DATA, MODELS, WORK
from picture_files import read_weights
from tasks import TASKS, lesson

CHUNK = 250  # pictures a forward


def lessons(images: Tensor, labels: Tensor, upright: bool = False) -> Iterator[tuple[Tensor, dict[str, Tensor]]]:
    """Of uint8 images; each is turned by its number modulo 4."""
    quarters = torch.arange(len(images)) % 4 * (not upright)
    for part in torch.arange(len(images)).split(CHUNK):
        yield lesson(images[part].float() / 255, labels[part], quarters[part])


def of_tasks(truths: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    return {task: torch.cat([truth[task] for truth in truths]) for task in TASKS}


class Evaluation:
    def __init__(self, model: Path, data: dict[str, Tensor], count: int, seed: int = 1):
        """`count` of the test pictures, evenly chosen."""
        self.directory, self.data = model, data
        step = len(data["test_images"]) // count
        self.held = data["test_images"][::step], data["test_labels"][::step]
        config = json.loads((model / "config.json").read_text())
        self.model, self.names = read_weights(TaskViT(config), model), config["clsroom"]["cls_tokens"]
        self.cls, self.patches = config["num_cls_tokens"], (config["image_size"] // config["patch_size"]) ** 2
        self.generator = torch.Generator().manual_seed(seed)

    def accuracy(self, mask: Tensor | None = None, upright: bool = False) -> dict[str, float]:
        right = dict.fromkeys(TASKS, 0)
        for pixels, truth in lessons(*self.held, upright):
            logits = self.model(pixels, mask)[0]
            for task in TASKS:
                right[task] += (logits[task].argmax(1) == truth[task]).sum().item()
        return {task: hits / len(self.held[0]) for task, hits in right.items()}

    def most_frequent(self) -> dict[str, float]:
        """Accuracy of the answer that is right most often."""
        truth = of_tasks([truth for _, truth in lessons(*self.held)])
        return {task: (labels.bincount().max() / len(labels)).item() for task, labels in truth.items()}

    def blind_to_one_another(self) -> Tensor:
        """[T, T], a mask under which no class token reads another."""
        mask = torch.ones(self.cls + self.patches, self.cls + self.patches, dtype=torch.bool)
        mask[: self.cls, : self.cls] = torch.eye(self.cls, dtype=torch.bool)
        return mask

    def class_tokens(self, images: Tensor, labels: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        """[B, C, D] after the final norm, and the labels of every task."""
        rows, truths = [], []
        for pixels, truth in lessons(images, labels):
            rows.append(self.model(pixels)[2][:, : self.cls])
            truths.append(truth)
        return torch.cat(rows), of_tasks(truths)

    def knowledge(self, count: int) -> dict[str, dict[str, list[float]]]:
        """By task and class token: the accuracy of the task's own head on it, and of a linear probe fitted on `count` training pictures."""
        chosen = torch.randperm(len(self.data["train_images"]), generator=self.generator)[:count]
        known, labels = self.class_tokens(self.data["train_images"][chosen], self.data["train_labels"][chosen])
        held, truth = self.class_tokens(*self.held)
        on_token = lambda task, row: (self.model.heads[task](held[:, row]).argmax(1) == truth[task]).float().mean().item()
        probe = lambda task, row: probe_accuracy(known[:, row], labels[task], held[:, row], truth[task])
        return {
            task: {"head": [on_token(task, row) for row in range(self.cls)], "probe": [probe(task, row) for row in range(self.cls)]}
            for task in TASKS
        }

    def last_layer(self) -> dict:
        """How far the class tokens differ: cosines after the last layer, the overlap of their attention to patches in it (1: the same
        places), and the share of that attention which each gives the rim."""
        side = int(self.patches ** 0.5)
        rim = F.pad(torch.zeros(side - 2, side - 2), (1, 1, 1, 1), value=1.0).flatten()
        rows, looks = [], []
        for pixels, _ in lessons(*self.held):
            states = self.model(pixels, keep=True)[1]
            maps = self.model.vit.encoder.maps()[-1].mean(1)[:, : self.cls, self.cls :]  # [B, C, N]
            rows.append(F.normalize(states[-1][:, : self.cls], dim=-1))
            looks.append(maps / maps.sum(-1, keepdim=True))
        rows, looks = torch.cat(rows), torch.cat(looks)
        pairs = {f"{self.names[a]}–{self.names[b]}": (a, b) for a, b in combinations(range(self.cls), 2)}
        return {
            "cosine": {name: (rows[:, a] * rows[:, b]).sum(-1).mean().item() for name, (a, b) in pairs.items()},
            "overlap": {name: torch.minimum(looks[:, a], looks[:, b]).sum(-1).mean().item() for name, (a, b) in pairs.items()},
            "rim": dict(zip(self.names, (looks * rim).sum(-1).mean(0).tolist())),
            "even share of the rim": rim.mean().item(),
        }

    @torch.no_grad()
    def run(self) -> dict:
        learned_from = min(len(self.data["train_images"]), 10 * len(self.held[0]))
        return {
            "bytes": (self.directory / "model.safetensors").stat().st_size,
            "parameters": sum(value.numel() for value in self.model.state_dict().values()),
            "class tokens": self.names,
            "pictures": len(self.held[0]),
            "accuracy": self.accuracy(),
            "upright": self.accuracy(upright=True),
            "blind": self.accuracy(self.blind_to_one_another()),
            "most frequent": self.most_frequent(),
            "probe pictures": learned_from,
            "knowledge": self.knowledge(learned_from),
            "last layer": self.last_layer(),
        }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODELS / "clsroom-vit-tasks")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--pictures", type=int, default=1000)
    options = parser.parse_args()
    torch.set_num_threads(1)
    data = read_archive(options.data, options.work / "cifar10.pt")
    print(json.dumps(Evaluation(options.model, data, options.pictures).run(), indent=2))

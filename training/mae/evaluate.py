"""Measure an exported model on CIFAR-10's test pictures, on a CPU in F32.

Legend: B pictures, N patches.
"""

import argparse
import json
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import ViTMAEForPreTraining

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from cifar import normalise, read_archive, to_pixels
from fillings import harmonic_fill, mean_fill, quality
from linear_probe import probe_accuracy
from masks import attention_noise, block_noise, random_noise
from model import GRID, MAE, PATCH, PATCHES, unpatchify
from paths import DATA, MODEL_DIRECTORY, WORK
from picture_files import read_weights

CHUNK = 250  # pictures a forward
RATIOS = (0.25, 0.5, 0.75, 0.9)


def hole_of(hidden: Tensor) -> Tensor:
    """[B, N] → [B, 1, 32, 32]"""
    return hidden.view(-1, 1, GRID, GRID).repeat_interleave(PATCH, 2).repeat_interleave(PATCH, 3)


class Evaluation:
    def __init__(self, model: Path, data: dict[str, Tensor], count: int, seed: int = 1):
        """`count` of the test pictures, evenly chosen."""
        self.directory, self.data, self.step = model, data, len(data["test_images"]) // count
        self.images = data["test_images"][:: self.step]
        self.mae = read_weights(MAE(), model)
        self.generator = torch.Generator().manual_seed(seed)

    def reconstruct(self, images: Tensor, noise: Tensor, visible: int, **options) -> tuple[Tensor, Tensor]:
        """uint8 images → what the model draws, in [0, 1], and the hole."""
        run = self.mae(normalise(images), noise, visible, **options)
        return to_pixels(unpatchify(run.logits)), hole_of(run.hidden)

    def fillings(self, noise: Tensor, ratio: float) -> dict[str, dict[str, float]]:
        """Mean quality of each way to fill what this noise hides."""
        found = {}
        for images, own in zip(self.images.split(CHUNK), noise.split(CHUNK)):
            made, hole = self.reconstruct(images, own, int(PATCHES * (1 - ratio)))
            truth = images.float() / 255
            for who, filled in (("model", made), ("harmonic", harmonic_fill(truth, hole)), ("mean", mean_fill(truth, hole))):
                for name, values in quality(filled, truth, hole).items():
                    found.setdefault(who, {}).setdefault(name, []).append(values)
        return {who: {name: torch.cat(parts).mean().item() for name, parts in part.items()} for who, part in found.items()}

    def reconstructions(self) -> dict[str, dict[float, dict]]:
        """By what is hidden, and by the share of it."""
        looks = attention_noise(self.mae, normalise(self.images))
        count = len(self.images)
        noises = {
            "random": random_noise(count, self.generator),
            "block": block_noise(count, self.generator),
            "attended": looks,
            "unattended": -looks,
        }
        return {kind: {ratio: self.fillings(noise, ratio) for ratio in RATIOS} for kind, noise in noises.items()}

    def other_mask_tokens(self) -> dict[str, float]:
        """Masked error at 75 % random when something else stands for hidden patches: what the mask token is worth."""
        noise, visible, found = random_noise(len(self.images), self.generator), PATCHES // 4, {}
        token = self.mae.decoder.mask_token
        anywhere = F.normalize(torch.randn(token.shape, generator=self.generator), dim=-1) * token.norm()
        for images, own in zip(self.images.split(CHUNK), noise.split(CHUNK)):
            seen = self.mae(normalise(images), own, visible).embedded[:, 1:]
            changes = {
                "learned": {},
                "zero": {"mask_token": torch.zeros_like(token)},
                "random direction same norm": {"mask_token": anywhere},
                "negated": {"mask_token": -token},
                "mean of visible tokens": {"mask_token": seen.mean(1, keepdim=True)},
                "learned without cls in decoder": {"cls": False},
            }
            for name, change in changes.items():
                made, hole = self.reconstruct(images, own, visible, **change)
                found.setdefault(name, []).append(quality(made, images.float() / 255, hole)["mse"])
        return {name: torch.cat(parts).mean().item() for name, parts in found.items()}

    def features(self, images: Tensor) -> dict[str, Tensor]:
        """Of the encoder that sees every patch."""
        rows = torch.cat([self.mae.vit(normalise(some))[1] for some in images.split(CHUNK)])
        return {"cls": rows[:, 0], "mean": rows[:, 1:].mean(1)}

    def probes(self, count: int) -> dict[str, float]:
        """Accuracy of linear probes fitted on `count` training pictures: the model never saw a label."""
        chosen = torch.randperm(len(self.data["train_images"]), generator=self.generator)[:count]
        known, held = self.features(self.data["train_images"][chosen]), self.features(self.images)
        labels, truth = self.data["train_labels"][chosen], self.data["test_labels"][:: self.step]
        return {name: probe_accuracy(known[name], labels, held[name], truth) for name in known}

    def official(self) -> dict:
        """The directory through `transformers`: which weights it missed, how far its logits are from ours."""
        model, info = ViTMAEForPreTraining.from_pretrained(self.directory, dtype=torch.float32, output_loading_info=True)
        pixels, noise = normalise(self.images[:10]), random_noise(10, self.generator)
        theirs, ours = model.eval()(pixels, noise=noise).logits, self.mae(pixels, noise, PATCHES // 4).logits
        return {
            "missing": sorted(info["missing_keys"]),
            "unexpected": sorted(info["unexpected_keys"]),
            "largest logit difference": (theirs - ours).abs().max().item(),
        }

    @torch.no_grad()
    def run(self) -> dict:
        learned_from = min(len(self.data["train_images"]), 10 * len(self.images))
        return {
            "bytes": (self.directory / "model.safetensors").stat().st_size,
            "parameters": sum(value.numel() for value in self.mae.state_dict().values()),
            "pictures": len(self.images),
            "reconstructions": self.reconstructions(),
            "mask tokens": self.other_mask_tokens(),
            "probe pictures": learned_from,
            "probes": self.probes(learned_from),
            "transformers": self.official(),
        }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL_DIRECTORY)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--pictures", type=int, default=1000)
    options = parser.parse_args()
    torch.set_num_threads(1)
    data = read_archive(options.data, options.work / "cifar10.pt")
    print(json.dumps(Evaluation(options.model, data, options.pictures).run(), indent=2))

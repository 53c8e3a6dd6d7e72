"""Measure the exported F16 files on the CIFAR-10 test images and draw where CLS looks: `python evaluate.py`."""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from transformers import ViTForImageClassification

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from cifar import normalise, read_archive
from export import read_model
from vit import ViT, pick, to_patches

ROOT = Path(__file__).resolve().parents[2]
NAMES = ["clsroom-vit", "clsroom-vit-registers", "clsroom-vit-large", "clsroom-vit-large-registers"]
KEPT = [64, 32, 16]


@torch.no_grad()
def accuracies(vit: ViT, images: Tensor, labels: Tensor, kept_patches: int) -> dict[str, float]:
    """Share of images [M, 3, 32, 32] named rightly by each head, a random `kept_patches` of the patches present."""
    generator = torch.Generator().manual_seed(0)
    right = dict.fromkeys(vit.read(torch.zeros(1, vit.shape.width), torch.zeros(1, 1, vit.shape.width)), 0)
    for some, truth in zip(images.split(250), labels.split(250)):
        kept = torch.rand(len(some), vit.shape.grid ** 2, generator=generator).argsort(1)[:, :kept_patches]
        run = vit(pick(to_patches(normalise(some), vit.shape.patch), kept), kept)
        for head, values in run.logits.items():
            right[head] += (values.argmax(1) == truth).sum().item()
    return {head: hits / len(labels) for head, hits in right.items()}


@torch.no_grad()
def norms(vit: ViT, images: Tensor) -> dict[str, float]:
    """How the lengths of the patches after the last layer are spread: outliers (Darcet et al. 2024) are many times the median."""
    everywhere = torch.arange(vit.shape.grid ** 2)
    lengths = torch.cat([
        vit(to_patches(normalise(some), vit.shape.patch), everywhere.expand(len(some), -1)).tokens[-1].norm(dim=2).flatten()
        for some in images.split(250)
    ]).sort().values
    median = lengths[len(lengths) // 2]
    return {
        "largest_by_median": (lengths[-1] / median).item(),
        "99th_percentile_by_median": (lengths[int(0.99 * len(lengths))] / median).item(),
        "share_above_twice_the_median": (lengths > 2 * median).float().mean().item(),
    }


@torch.no_grad()
def official(directory: Path, images: Tensor, labels: Tensor, ours: ViT) -> dict:
    """The directory through `transformers`: which weights it missed, its accuracy, how far its logits are from ours."""
    model, info = ViTForImageClassification.from_pretrained(
        directory, dtype=torch.float32, output_loading_info=True)
    everywhere = torch.arange(ours.shape.grid ** 2)
    right, apart = 0, 0.0
    for some, truth in zip(images.split(250), labels.split(250)):
        pixels = normalise(some)
        logits = model.eval()(pixel_values=pixels).logits
        mine = ours(to_patches(pixels, ours.shape.patch), everywhere.expand(len(some), -1)).logits["classifier"]
        right += (logits.argmax(1) == truth).sum().item()
        apart = max(apart, (logits - mine).abs().max().item())
    return {
        "missing": sorted(info["missing_keys"]),
        "unexpected": sorted(info["unexpected_keys"]),
        "accuracy": right / len(labels),
        "largest_logit_difference": apart,
    }


@torch.no_grad()
def cls_attention(vit: ViT, images: Tensor) -> Tensor:
    """Softmax weights from CLS to the patches of every layer and head, of uint8 images: [L, B, H, N]."""
    everywhere = torch.arange(vit.shape.grid ** 2).expand(len(images), -1)
    return torch.stack(vit(to_patches(normalise(images), vit.shape.patch), everywhere).looks)


def contact_sheet(vit: ViT, images: Tensor, path: Path) -> None:
    """One row per image: the photo, then the heads' mean of the last three layers, then the last layer's heads."""
    maps = cls_attention(vit, images)
    columns = [*maps[-3:].mean(2), *maps[-1].unbind(1)]  # each [B, N]
    grid, side = vit.shape.grid, vit.shape.side * 3
    rows = []
    for number, image in enumerate(images):
        cells = [np.asarray(Image.fromarray(image.permute(1, 2, 0).numpy()).resize((side, side), Image.NEAREST))]
        for column in columns:
            one = column[number].view(grid, grid)
            grey = Image.fromarray((one / one.max() * 255).byte().numpy()).resize((side, side), Image.NEAREST)
            cells.append(np.asarray(grey.convert("RGB")))
        rows.append(np.concatenate(cells, 1))
    Image.fromarray(np.concatenate(rows)).save(path)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--archive", type=Path, required=True)
    arguments.add_argument("--work", type=Path, default=Path("/tmp/clsroom-vision"), help="cache and contact sheets")
    arguments.add_argument("--models", type=Path, default=ROOT / "public" / "models")
    arguments.add_argument("--only", nargs="*", default=NAMES, help="models to measure")
    options = arguments.parse_args()
    data = read_archive(options.archive, options.work / "cifar10.pt")
    images, labels = data["test_images"], data["test_labels"]
    for name in options.only:
        directory = options.models / name
        vit = read_model(directory)
        figures = {"bytes": (directory / "model.safetensors").stat().st_size}
        figures["kept_patches"] = {kept: accuracies(vit, images, labels, kept) for kept in KEPT}
        figures["norms"] = norms(vit, images)
        if not vit.shape.registers:
            figures["transformers"] = official(directory, images, labels, vit)
        print(name, json.dumps(figures, indent=2), flush=True)
        contact_sheet(vit, images[::613][:16], options.work / f"{name}.png")


if __name__ == "__main__":
    main()

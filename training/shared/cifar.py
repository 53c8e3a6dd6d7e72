"""CIFAR-10 as uint8 tensors, and the augmentation that every model of it is trained with.

Legend: B batch, C = 3 channels, 32×32 pixels.
"""

import functools
import io
import math
import tarfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

CLASSES = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
SIDE = 32

# Channel statistics of the CIFAR-10 training images, in [0, 1].
MEAN = [0.4914, 0.4822, 0.4465]
STD = [0.2470, 0.2435, 0.2616]


def read_archive(archive: Path, cache: Path) -> dict[str, Tensor]:
    """The archive's `{train,test}/<class>/*.jpg`, decoded once and kept at `cache`.

    Gives train_images uint8 [50000, 3, 32, 32], train_labels int64 [50000], and the same for test.
    """
    if cache.exists():
        return torch.load(cache)
    found = {"train": [], "test": []}
    with tarfile.open(archive) as tar:
        for member in tar:
            parts = Path(member.name).parts[-3:]
            if not member.isfile() or len(parts) < 3 or parts[0] not in found:
                continue
            image = Image.open(io.BytesIO(tar.extractfile(member).read())).convert("RGB")
            found[parts[0]].append((parts[1], parts[2], np.asarray(image)))
    data = {}
    for split, items in found.items():
        items.sort(key=lambda item: item[:2])  # the archive's own order must not matter
        pixels = np.stack([image for _, _, image in items]).transpose(0, 3, 1, 2)
        data[f"{split}_images"] = torch.from_numpy(np.ascontiguousarray(pixels))
        data[f"{split}_labels"] = torch.tensor([CLASSES.index(name) for name, _, _ in items])
    cache.parent.mkdir(parents=True, exist_ok=True)
    torch.save(data, cache)
    return data


@functools.cache
def statistics(device: torch.device) -> list[Tensor]:
    """Mean and deviation on the device: made once, since every copy to a GPU makes the host wait for it."""
    return [torch.tensor(values, device=device).view(1, 3, 1, 1) for values in (MEAN, STD)]


def normalise(images: Tensor) -> Tensor:
    """uint8, or float in [0, 1], [B, C, H, W] → float32 of the same shape, zero mean and unit deviation per channel."""
    mean, std = statistics(images.device)
    return ((images.float() / 255 if images.dtype == torch.uint8 else images) - mean) / std


def to_pixels(images: Tensor) -> Tensor:
    """The way back, to [0, 1]."""
    mean, std = statistics(images.device)
    return (images.float() * std + mean).clamp(0, 1)


def augment(images: Tensor, generator: torch.Generator, light: float = 0.2) -> Tensor:
    """Flip, shift, zoom and re-light images [B, C, 32, 32], normalised or in [0, 1], on the generator's device.

    Half of the images are moved by whole pixels only (no resampling, as sharp as the test images); the other half
    is also zoomed, for photos in which the object is larger or smaller than CIFAR-10 draws it.
    """
    batch, device = len(images), generator.device

    def uniform(low: float, high: float, *shape: int) -> Tensor:
        return torch.empty(batch, *shape, device=device).uniform_(low, high, generator=generator)

    zoomed = uniform(0, 1) < 0.5
    scale = torch.where(zoomed, torch.exp(uniform(math.log(0.65), math.log(1.25))), torch.ones(batch, device=device))
    stretch = torch.where(zoomed, torch.exp(uniform(-0.15, 0.15)), torch.ones(batch, device=device))
    mirror = torch.where(uniform(0, 1) < 0.5, 1.0, -1.0)
    # affine_grid's unit is half an image: one pixel is 2 / 32.
    shift = uniform(-4.49, 4.49, 2).round() * (2 / SIDE)
    zero = torch.zeros(batch, device=device)
    theta = torch.stack([
        torch.stack([scale * stretch * mirror, zero, shift[:, 0]], 1),
        torch.stack([zero, scale / stretch, shift[:, 1]], 1),
    ], 1)
    grid = F.affine_grid(theta, list(images.shape), align_corners=False)
    images = F.grid_sample(images, grid, mode="bilinear", padding_mode="reflection", align_corners=False)
    contrast = torch.exp(uniform(-light, light, 1, 1, 1))
    brightness = uniform(-light, light, 1, 1, 1)
    return images * contrast + brightness


def batches(count: int, size: int, generator: torch.Generator) -> Iterator[Tensor]:
    """Endless index batches [size] on the generator's device: reshuffled every epoch, the ragged end left out."""
    while True:
        order = torch.randperm(count, generator=generator, device=generator.device)
        yield from order[: count // size * size].view(-1, size)

"""What is hidden, as noise [B, N]: patches of high noise are."""

import random

import torch
from torch import Tensor

from model import GRID, MAE, PATCHES


def random_noise(count: int, generator: torch.Generator) -> Tensor:
    return torch.rand(count, PATCHES, device=generator.device, generator=generator)


def block_noise(count: int, generator: torch.Generator) -> Tensor:
    """One compact block: the patches nearest to a random centre, wide or high."""
    device = generator.device
    line = torch.arange(GRID, device=device, dtype=torch.float)
    centre = torch.rand(count, 2, device=device, generator=generator) * (GRID - 1)
    shape = torch.exp(torch.empty(count, 1, device=device).uniform_(-0.5, 0.5, generator=generator))
    down, along = (line - centre[:, :1]).abs() * shape, (line - centre[:, 1:]).abs() / shape
    far = torch.maximum(down[:, :, None], along[:, None, :]).flatten(1)
    return -far + 0.01 * torch.rand(far.shape, device=device, generator=generator)


@torch.no_grad()
def attention_noise(mae: MAE, pixels: Tensor) -> Tensor:
    """CLS's attention in the encoder's last layer, the whole picture visible, mean over heads."""
    found = []
    for some in pixels.split(500):
        mae.vit(some, keep=True)
        found.append(mae.vit.encoder.layer[-1].maps[:, :, 0, 1:].mean(1))
    return torch.cat(found)


def training_mask(count: int, chances: random.Random, generator: torch.Generator) -> tuple[Tensor, int]:
    """Noise, and how many patches are visible: most steps hide 75 %, and a quarter of all hide a block."""
    visible = 16 if chances.random() < 0.6 else chances.choice((6, 10, 24, 32, 48))
    kind = block_noise if chances.random() < 0.25 else random_noise
    return kind(count, generator), visible

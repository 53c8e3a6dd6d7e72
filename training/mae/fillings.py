"""Pictures with a hole: two ways to fill it that know nothing of pictures, and how far a filling is from the truth (src/viz/reconstruction.ts).

Images [B, 3, H, W] are in [0, 1]; a hole [B, 1, H, W] is 1 where a pixel is hidden.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor

# Sweeps end when no pixel moves by more than a tenth of a grey level of 256, or after so many.
STILL, MOST_SWEEPS = 0.1 / 256, 2000


def mean_fill(images: Tensor, hole: Tensor) -> Tensor:
    """Hidden pixels take the mean colour of the visible ones."""
    mean = (images * (1 - hole)).sum((2, 3), keepdim=True) / (1 - hole).sum((2, 3), keepdim=True)
    return torch.lerp(images, mean.expand_as(images), hole)


def neighbour_sum(x: Tensor) -> Tensor:
    """Of the up to four pixels beside each; there are none beyond the border."""
    ring = F.pad(x, (1, 1, 1, 1))
    return ring[..., :-2, 1:-1] + ring[..., 2:, 1:-1] + ring[..., 1:-1, :-2] + ring[..., 1:-1, 2:]


def harmonic_fill(images: Tensor, hole: Tensor) -> Tensor:
    """Every hidden pixel becomes the mean of its neighbours: Laplace's equation in the hole, by successive over-relaxation, the pixels
    of a chessboard's two colours by turns (Young 1954)."""
    height, width = images.shape[2:]
    x, neighbours = mean_fill(images, hole), neighbour_sum(torch.ones(1, 1, height, width))
    dark = ((torch.arange(height)[:, None] + torch.arange(width)) % 2).float()
    relaxation = 2 / (1 + math.sin(math.pi / max(height, width)))
    for _ in range(MOST_SWEEPS):
        largest = 0.0
        for colour in (dark, 1 - dark):
            step = relaxation * (neighbour_sum(x) / neighbours - x) * hole * colour
            x = x + step
            largest = max(largest, step.abs().max().item())
        if largest < STILL:
            break
    return x


def ssim(a: Tensor, b: Tensor) -> Tensor:
    """[B] structural similarity (Wang et al. 2004; Gaussian window of 11 pixels with a deviation of 1.5)."""
    line = torch.exp(-(torch.arange(11) - 5.0).square() / (2 * 1.5 ** 2))
    window = (line[:, None] * line / line.sum() ** 2).expand(3, 1, 11, 11)
    blur = lambda x: F.conv2d(x, window, groups=3)
    ma, mb = blur(a), blur(b)
    va, vb, ab = blur(a * a) - ma * ma, blur(b * b) - mb * mb, blur(a * b) - ma * mb
    c1, c2 = 0.01 ** 2, 0.03 ** 2
    return ((2 * ma * mb + c1) * (2 * ab + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2))).mean((1, 2, 3))


def quality(made: Tensor, images: Tensor, hole: Tensor) -> dict[str, Tensor]:
    """[B] each: error and signal-to-noise ratio (dB) of the hidden pixels, similarity of the whole with the visible parts pasted in."""
    mse = ((made - images).square() * hole).sum((1, 2, 3)) / (3 * hole.sum((1, 2, 3)))
    return {"mse": mse, "psnr": -10 * torch.log10(mse.clamp(min=1e-6)), "ssim": ssim(torch.lerp(images, made, hole), images)}

"""Endless detection scenes, composed on the device: drawings with known boxes on pieces of photos.

A scene is 64×64 and holds up to four drawings, each scaled, turned, stretched, mirrored and tinted, the later over the earlier.
A box is that of the drawing's whole silhouette inside the frame, hidden parts included; a drawing less than half visible is taken out.
"""

import io
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

SIDE, MOST = 64, 4  # pixels of a scene, drawings in it
LARGEST = (46.0, 46.0, 38.0, 32.0, 28.0)  # longest side of a drawing, by how many there are
SMALLEST = 16.0
PLAIN = 0.12  # share of the backgrounds that are no photos
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
TRAIN_VENDORS, TEST_VENDORS = ["google", "emojione", "fluent"], ["twitter"]


def normalised(images: Tensor) -> Tensor:
    """0…1 to what the models read."""
    mean, std = (torch.tensor(values, device=images.device).view(3, 1, 1) for values in (MEAN, STD))
    return (images - mean) / std


class Pack:
    """The data pack in memory: drawings by vendor, background tiles by part."""

    def __init__(self, folder: Path):
        arrays = np.load(folder / "scenes.npz")
        self.about = json.loads((folder / "about.json").read_text())
        self.classes: list[str] = self.about["classes"]
        drawings = torch.from_numpy(arrays["bank"]).permute(0, 3, 1, 2).float() / 255
        drawings[:, :3] *= drawings[:, 3:]  # premultiplied
        soft = F.interpolate(F.avg_pool2d(drawings, 2), scale_factor=2, mode="bilinear")
        self.drawings = torch.stack([drawings, soft])  # [2, K, 4, 48, 48]: sharp, and for half size and less
        self.labels, self.vendors = (torch.from_numpy(arrays[name].astype(np.int64)) for name in ("labels", "vendors"))
        self.tiles = {}
        for part in ("train", "test"):
            ends = np.cumsum(arrays[f"{part}_lengths"])
            data = arrays[f"{part}_tiles"].tobytes()
            starts = np.concatenate([[0], ends[:-1]])
            tiles = [np.array(Image.open(io.BytesIO(data[a:b])).convert("RGB")) for a, b in zip(starts, ends)]
            self.tiles[part] = torch.from_numpy(np.stack(tiles)).permute(0, 3, 1, 2)


class Scenes:
    """batch(n) → images [n, 3, 64, 64] in 0…1, boxes [n, 4, 4] (centre, size; in 0…1), labels [n, 4] (-1: none)."""

    def __init__(self, pack: Pack, part: str, vendors: list[str], device: str, seed: int):
        which = torch.isin(pack.vendors, torch.tensor([pack.about["vendors"].index(vendor) for vendor in vendors]))
        self.drawings = pack.drawings[:, which].to(device)
        labels = pack.labels[which]
        counts = torch.bincount(labels, minlength=len(pack.classes))
        self.labels, self.chance = labels.to(device), (1 / counts[labels]).to(device)  # every class as often
        self.tiles, self.device = pack.tiles[part].to(device), device
        self.random = torch.Generator(device).manual_seed(seed)

    def uniform(self, low: float, high: float, *shape: int) -> Tensor:
        return torch.rand(shape, generator=self.random, device=self.device) * (high - low) + low

    def chosen(self, chance: float, *shape: int) -> Tensor:
        return self.uniform(0, 1, *shape) < chance

    def tint(self, *shape: int, strength: float = 1.0) -> Tensor:
        """Random colour matrices [*shape, 3, 3]: hue turned about grey, saturation, brightness."""
        angle = self.uniform(-0.35, 0.35, *shape) * strength
        cos, sin = angle.cos()[..., None, None], angle.sin()[..., None, None] / 3**0.5
        grey = torch.full((3, 3), 1 / 3, device=self.device)
        cross = torch.tensor([[0.0, -1, 1], [1, 0, -1], [-1, 1, 0]], device=self.device)
        saturation = self.uniform(1 - 0.4 * strength, 1 + 0.3 * strength, *shape)[..., None, None]
        brightness = self.uniform(1 - 0.3 * strength, 1 + 0.2 * strength, *shape)[..., None, None]
        turned = cos * (torch.eye(3, device=self.device) - grey) + sin * cross
        return brightness * (grey + saturation * turned)

    def backgrounds(self, n: int) -> Tensor:
        """Pieces of photos, tinted; some plain colours and slopes between two colours."""
        tiles = self.tiles[torch.randint(len(self.tiles), (n,), generator=self.random, device=self.device)].float() / 255
        zoom = self.uniform(0.4, 1, n)
        mirror = 1 - 2.0 * self.chosen(0.5, n)
        shift = self.uniform(-1, 1, 2, n) * (1 - zoom)
        zero = torch.zeros_like(zoom)
        place = torch.stack([torch.stack([zoom * mirror, zero, shift[0]], -1), torch.stack([zero, zoom, shift[1]], -1)], 1)
        grid = F.affine_grid(place, [n, 3, SIDE, SIDE], align_corners=False)
        photos = F.grid_sample(tiles, grid, mode="bilinear", padding_mode="reflection", align_corners=False)
        photos = torch.einsum("nij,njhw->nihw", self.tint(n, strength=0.8), photos)
        ramp = torch.linspace(0, 1, SIDE, device=self.device)
        slant = self.uniform(0, 1, n, 1, 1, 1)
        ramp = slant * ramp.view(1, 1, -1, 1) + (1 - slant) * ramp.view(1, 1, 1, -1)
        first = torch.where(self.chosen(0.5, n, 1, 1, 1), self.uniform(0.85, 1, n, 1, 1, 1), self.uniform(0, 1, n, 3, 1, 1))
        second = torch.where(self.chosen(0.5, n, 1, 1, 1), first, self.uniform(0, 1, n, 3, 1, 1))
        return torch.where(self.chosen(PLAIN, n, 1, 1, 1), first.lerp(second, ramp), photos)

    def layout(self, n: int) -> tuple[Tensor, Tensor, Tensor]:
        """How many drawings [n], their sizes [n, 4] and centres [n, 4, 2] in pixels; mostly apart, sometimes not."""
        count = torch.multinomial(torch.tensor([0.04, 0.22, 0.26, 0.25, 0.23], device=self.device), n, True, generator=self.random)
        largest = torch.tensor(LARGEST, device=self.device)[count].unsqueeze(1)
        size = SMALLEST * (largest / SMALLEST) ** self.uniform(0, 1, n, MOST)
        tries = 6
        margin = 0.38 * size[:, None, :, None]
        centre = margin + self.uniform(0, 1, n, tries, MOST, 2) * (SIDE - 2 * margin)
        near = 0.42 * (size[:, None, :, None] + size[:, None, None, :])  # touching
        gap = (centre[:, :, :, None] - centre[:, :, None]).abs()
        overlap = (near.unsqueeze(-1) - gap).clamp(min=0).prod(-1)
        there = torch.arange(MOST, device=self.device) < count[:, None]
        pairs = there[:, None, :, None] & there[:, None, None, :]
        overlap = (overlap * pairs).triu(1).sum((2, 3))
        best = torch.where(self.chosen(0.3, n), 0, overlap.argmin(1))
        return count, size, centre[torch.arange(n, device=self.device), best]

    def drawn(self, size: Tensor, centre: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Which drawings [n, 4], their colours [n, 4, 3, 64, 64], premultiplied, and how opaque they are [n, 4, 64, 64]."""
        n = len(size)
        index = torch.multinomial(self.chance, n * MOST, True, generator=self.random).view(n, MOST)
        angle = self.uniform(-1, 1, n, MOST) * torch.where(self.chosen(0.15, n, MOST), 1.0, 0.35)
        stretch = self.uniform(-0.12, 0.12, n, MOST).exp()
        half = torch.stack([size / SIDE * stretch, size / SIDE / stretch], -1)  # in the frame's -1…1
        half[..., 0] *= 1 - 2.0 * self.chosen(0.5, n, MOST)  # mirrored
        cos, sin = angle.cos(), angle.sin()
        turn = torch.stack([torch.stack([cos, sin], -1), torch.stack([-sin, cos], -1)], -2) / half.unsqueeze(-1)
        middle = (centre / SIDE * 2 - 1).unsqueeze(-1)
        place = torch.cat([turn, -turn @ middle], -1).view(n * MOST, 2, 3)
        soft = (size < 26).long().view(-1)
        textures = self.drawings[soft, index.view(-1)]
        grid = F.affine_grid(place, [n * MOST, 4, SIDE, SIDE], align_corners=False)
        layers = F.grid_sample(textures, grid, mode="bilinear", align_corners=False).view(n, MOST, 4, SIDE, SIDE)
        return index, torch.einsum("nmij,nmjhw->nmihw", self.tint(n, MOST), layers[:, :, :3]), layers[:, :, 3]

    def lit(self, image: Tensor) -> Tensor:
        """Another contrast and brightness, and noise."""
        n = len(image)
        image = image * self.uniform(0.85, 1.15, n, 1, 1, 1) + self.uniform(-0.06, 0.06, n, 1, 1, 1)
        noise = torch.randn(image.shape, generator=self.random, device=self.device)
        return (image + noise * self.uniform(0, 0.03, n, 1, 1, 1)).clamp(0, 1)

    @torch.no_grad()
    def batch(self, n: int) -> tuple[Tensor, Tensor, Tensor]:
        count, size, centre = self.layout(n)
        index, colour, alpha = self.drawn(size, centre)
        there = torch.arange(MOST, device=self.device) < count[:, None]
        alpha = alpha * there[..., None, None]
        there = there & (share_seen(alpha) >= 0.5)
        alpha, colour = alpha * there[..., None, None], colour * there[..., None, None, None]
        image = self.backgrounds(n)
        for m in range(MOST):
            image = image * (1 - alpha[:, m, None]) + colour[:, m]
        image = self.lit(image)
        boxes, solid = boxes_of(alpha)
        there = there & solid
        return image, boxes * there.unsqueeze(-1), torch.where(there, self.labels[index], -1)


def share_seen(alpha: Tensor) -> Tensor:
    """[n, 4] how much of each drawing is not under later ones, of opacities [n, 4, 64, 64]."""
    above, seen = torch.ones_like(alpha[:, 0]), []
    for m in reversed(range(MOST)):
        seen.append((alpha[:, m] * above).sum((1, 2)))
        above = above * (1 - alpha[:, m])
    return torch.stack(seen[::-1], 1) / alpha.sum((2, 3)).clamp(min=1)


def boxes_of(alpha: Tensor) -> tuple[Tensor, Tensor]:
    """Boxes [n, 4, 4] around what is opaque, and where something is [n, 4]."""
    solid = alpha > 0.4
    edges = []
    for axis in (2, 3):  # rows folded away → x, columns folded away → y
        line = solid.any(axis).float()  # [n, 4, 64]
        edges.append((line.argmax(-1), SIDE - line.flip(-1).argmax(-1)))
    (left, right), (top, bottom) = edges
    boxes = torch.stack([left + right, top + bottom, 2 * (right - left), 2 * (bottom - top)], -1) / (2 * SIDE)
    return boxes, solid.flatten(2).any(-1)

"""A small residual convolutional network: it learns CIFAR-10 in minutes and then teaches both transformers."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from cifar import CLASSES, SIDE, augment, batches, normalise
from muon import Muon
from precision import fast


@dataclass(frozen=True)
class TeacherRecipe:
    steps: int = 1600
    batch: int = 250
    matrix_rate: float = 0.05
    vector_rate: float = 4e-3
    warm_up: int = 50
    label_smoothing: float = 0.05
    cutout_side: int = 8


class Conv(nn.Sequential):
    """3×3 convolution, batch norm, gelu: [B, from, H, W] → [B, to, H/stride, W/stride]."""

    def __init__(self, source: int, target: int, stride: int = 1):
        super().__init__(
            nn.Conv2d(source, target, 3, stride=stride, padding=1, bias=False),
            nn.BatchNorm2d(target),
            nn.GELU(),
        )


class Residual(nn.Module):
    """x + two convolutions of x, the shape unchanged."""

    def __init__(self, width: int):
        super().__init__()
        self.body = nn.Sequential(Conv(width, width), Conv(width, width))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)


class Teacher(nn.Module):
    """After ResNet-9 (Page 2018), its first residual block moved to 8×8: that is the students' grid of patches.

    Gives logits [B, 10] and two 8×8 feature maps [B, 64, width], patches in reading order: an early, local one
    (width 128) and the last one (width 192, at 4×4, each cell repeated for the four patches it covers).
    """

    feature_widths = (128, 192)

    def __init__(self):
        super().__init__()
        self.to_16 = nn.Sequential(Conv(3, 32), Conv(32, 64, stride=2))
        self.to_8 = nn.Sequential(Conv(64, 128, stride=2), Residual(128))
        self.to_4 = nn.Sequential(Conv(128, 192, stride=2), Residual(192))
        self.classifier = nn.Linear(192, len(CLASSES))

    def forward(self, images: Tensor) -> tuple[Tensor, list[Tensor]]:
        local = self.to_8(self.to_16(images))
        last = self.to_4(local)
        # Mean and maximum pooling share the classifier: their mean converges faster than either.
        pooled = (last.amax((2, 3)) + last.mean((2, 3))) / 2
        spread = F.interpolate(last, scale_factor=2, mode="nearest")
        return self.classifier(pooled), [grid.flatten(2).transpose(1, 2) for grid in (local, spread)]


def cutout(images: Tensor, side: int, generator: torch.Generator) -> Tensor:
    """Zero one random square per image [B, C, 32, 32] (DeVries & Taylor 2017)."""
    batch = len(images)
    corner = torch.randint(0, SIDE - side + 1, (batch, 2, 1), generator=generator)
    line = torch.arange(SIDE)
    inside = (line >= corner) & (line < corner + side)  # [B, 2, 32]: rows, columns
    hole = inside[:, 0, :, None] & inside[:, 1, None, :]
    return images * ~hole[:, None]


def train_teacher(data: dict[str, Tensor], recipe: TeacherRecipe, seed: int) -> Teacher:
    """Teacher trained on the training images: Muon for its convolutions (as in Jordan 2024, airbench), AdamW for the
    rest, the rate rising shortly and falling straight to nothing."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    teacher = Teacher().to(memory_format=torch.channels_last).train()
    filters = [parameter for parameter in teacher.parameters() if parameter.ndim == 4]
    others = [parameter for parameter in teacher.parameters() if parameter.ndim != 4]
    optimisers = [
        Muon(filters, lr=recipe.matrix_rate, momentum=0.9),
        torch.optim.AdamW(others, lr=recipe.vector_rate, betas=(0.9, 0.98), weight_decay=0.0),
    ]
    images, labels = normalise(data["train_images"]), data["train_labels"]
    source = batches(len(images), recipe.batch, generator)
    for step in range(recipe.steps):
        index = next(source)
        x = cutout(augment(images[index], generator), recipe.cutout_side, generator)
        with fast():
            logits, _ = teacher(x.contiguous(memory_format=torch.channels_last))
        loss = F.cross_entropy(logits.float(), labels[index], label_smoothing=recipe.label_smoothing)
        loss.backward()
        rate = min((step + 1) / recipe.warm_up, 1 - step / recipe.steps)
        for optimiser in optimisers:
            for group in optimiser.param_groups:
                group["lr"] = group.setdefault("peak", group["lr"]) * rate
            optimiser.step()
            optimiser.zero_grad()
        if (step + 1) % 50 == 0:
            print(f"teacher {step + 1}/{recipe.steps} loss {loss.item():.3f}", flush=True)
    return teacher.eval()


@torch.no_grad()
def teacher_accuracy(teacher: Teacher, data: dict[str, Tensor]) -> float:
    """Share of the test images the teacher names rightly."""
    right = 0
    for images, labels in zip(data["test_images"].split(500), data["test_labels"].split(500)):
        with fast():
            logits, _ = teacher(normalise(images).contiguous(memory_format=torch.channels_last))
        right += (logits.argmax(1) == labels).sum().item()
    return right / len(data["test_labels"])

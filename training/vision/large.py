"""Train the twins without a teacher, `clsroom-vit-large` and `-registers`: `python large.py --archive cifar10-jpeg.tar.gz`.

Do registers matter where nothing taught CLS where to look? Darcet et al. 2024 found outlier patches of high norm in large ViTs and
registers that take their place. Twins of 0 and 4 registers start from the same weights and learn from the same batches, by plain
cross-entropy.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from cifar import CLASSES, SIDE, augment, batches, normalise, read_archive
from export import write_model
from vit import Block, Shape, ViT, to_patches

ROOT = Path(__file__).resolve().parents[2]
NAMES = {0: "clsroom-vit-large", 4: "clsroom-vit-large-registers"}  # by number of registers


@dataclass(frozen=True)
class Recipe:
    steps: int = 3420
    batch: int = 512
    peak: float = 1e-3
    weight_decay: float = 0.05
    label_smoothing: float = 0.05
    warm_up: float = 0.04  # share of the steps

    def rate(self, step: int) -> float:
        """A short rise, then a straight fall to nothing."""
        share = step / self.steps
        return min(1.0, share / self.warm_up + 0.02) * (1 - share)


@torch.no_grad()
def plain_start(vit: ViT) -> None:
    """Truncated normals in place of the mimetic start, which is made for short trainings: nothing about attention is given."""
    for block in vit.modules():
        if isinstance(block, Block):
            nn.init.trunc_normal_(block.qkv.weight, std=vit.shape.width ** -0.5)
            nn.init.trunc_normal_(block.out.weight, std=0.02)


def twins() -> dict[int, ViT]:
    """By number of registers; what both have starts equal."""
    models = {registers: ViT(Shape(width=192, layers=8, heads=6, registers=registers, side_heads=False)) for registers in NAMES}
    plain_start(models[0])
    shared = {name: value for name, value in models[0].state_dict().items() if name != "register_tokens"}
    models[4].load_state_dict(shared, strict=False)
    return models


def optimiser(vit: ViT, recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW; only matrices decay."""
    groups = [
        {"params": [p for p in vit.parameters() if (p.ndim == 2) == matrix], "weight_decay": recipe.weight_decay * matrix}
        for matrix in (True, False)
    ]
    return torch.optim.AdamW(groups, lr=recipe.peak, betas=(0.9, 0.99))


def mixed(pixels: Tensor, labels: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """CutMix in half of the batches (Yun et al. 2019): a square of every picture comes from another one. Targets [B, 10]."""
    target = F.one_hot(labels, len(CLASSES)).float()
    chance, part = torch.rand(2, generator=generator).tolist()
    if chance < 0.5:
        return pixels, target
    side = int(SIDE * (1 - part) ** 0.5)
    y, x = torch.randint(0, SIDE - side + 1, (2,), generator=generator).tolist()
    pixels = pixels.clone()
    pixels[:, :, y:y + side, x:x + side] = pixels.roll(1, 0)[:, :, y:y + side, x:x + side]
    gone = side * side / SIDE ** 2
    return pixels, (1 - gone) * target + gone * target.roll(1, 0)


def train(models: dict[int, ViT], data: dict[str, Tensor], recipe: Recipe, seed: int, device: torch.device) -> None:
    """Both twins, the same batches in the same order."""
    generator = torch.Generator().manual_seed(seed)
    images, labels = data["train_images"], data["train_labels"]
    source = batches(len(images), recipe.batch, generator)
    updaters = {registers: optimiser(vit.to(device), recipe) for registers, vit in models.items()}
    for step in range(recipe.steps):
        index = next(source)
        pixels, target = mixed(augment(normalise(images[index]), generator), labels[index], generator)
        patches, target = to_patches(pixels, 4).to(device), target.to(device)
        everywhere = torch.arange(patches.shape[1], device=device).expand(len(patches), -1)
        said = []
        for registers, vit in models.items():
            with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
                logits = vit(patches, everywhere).logits["classifier"]
            loss = F.cross_entropy(logits.float(), target, label_smoothing=recipe.label_smoothing)
            loss.backward()
            for group in updaters[registers].param_groups:
                group["lr"] = recipe.peak * recipe.rate(step)
            updaters[registers].step()
            updaters[registers].zero_grad()
            said.append(loss.item())
        if (step + 1) % 50 == 0:
            print(f"step {step + 1}/{recipe.steps} loss", *(f"{value:.3f}" for value in said), flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--archive", type=Path, required=True, help="CIFAR-10 as {train,test}/<class>/*.jpg in a .tar.gz")
    arguments.add_argument("--work", type=Path, default=Path("/tmp/clsroom-vision"), help="cache")
    arguments.add_argument("--models", type=Path, default=ROOT / "public" / "models")
    arguments.add_argument("--steps", type=int, default=Recipe.steps)
    arguments.add_argument("--seed", type=int, default=0)
    options = arguments.parse_args()
    torch.manual_seed(options.seed)
    data = read_archive(options.archive, options.work / "cifar10.pt")
    models = twins()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    train(models, data, Recipe(steps=options.steps), options.seed, device)
    for registers, vit in models.items():
        write_model(vit.cpu(), options.models / NAMES[registers])


if __name__ == "__main__":
    main()

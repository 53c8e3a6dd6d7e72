"""Train the teacher and both transformers, then write their model directories: `python train.py`."""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from cifar import augment, batches, normalise, read_archive
from export import write_model
from muon import Muon
from precision import fast
from teacher import Teacher, TeacherRecipe, teacher_accuracy, train_teacher
from vit import Shape, ViT, pick, to_patches

ROOT = Path(__file__).resolve().parents[2]
NAMES = {0: "clsroom-vit", 4: "clsroom-vit-registers"}  # by number of registers


@dataclass(frozen=True)
class Recipe:
    shared: int = 5200  # steps of one model, by turns with and without its registers, half of the patches
    apart: int = 1400  # of two copies, one with registers and one without, half of the patches
    whole: int = 250  # of both copies, all patches
    warm_up: int = 100
    gaze: float = 0.3  # weight, once they are apart, of the loss that turns CLS's attention to the object
    batch: int = 160
    kept_patches: int = 32
    tap: int = 3  # the layer (from 1) whose patches follow the teacher's local features
    matrix_rate: float = 0.02
    vector_rate: float = 3e-3
    weight_decay: float = 0.01
    temperature: float = 2.0
    guidance: float = 0.5  # weight of each feature loss
    side_heads: float = 0.3  # weight of the average and the attention head, next to CLS's 1

    @property
    def steps(self) -> int:
        return self.shared + self.apart + self.whole

    def rate(self, step: int) -> float:
        """A short rise, then a straight fall."""
        return min((step + 1) / self.warm_up, 1 - step / self.steps)


@dataclass(frozen=True)
class Lesson:
    """What one step learns from."""

    patches: Tensor  # [B, K, 48]
    kept: Tensor  # [B, K], places on the grid
    labels: Tensor  # [B]
    taught: Tensor  # [B, 10], the teacher's logits
    features: list[Tensor]  # [B, K, width] each, the teacher's features at those places
    seen: Tensor  # [B, K], where the teacher sees what it names; sums to 1


class Student(nn.Module):
    """A transformer and the two linear maps, used in training only, from its patches to the teacher's features."""

    def __init__(self, vit: ViT):
        super().__init__()
        self.vit = vit
        self.guides = nn.ModuleList(nn.Linear(vit.shape.width, width) for width in Teacher.feature_widths)

    def copy(self, registers: int) -> "Student":
        """The same weights, with all of the registers or (0) without."""
        copy = Student(ViT(Shape(registers=registers)))
        weights = self.state_dict()
        weights["vit.register_tokens"] = weights["vit.register_tokens"][:, :registers]
        copy.load_state_dict(weights)
        return copy


def optimisers(student: Student, recipe: Recipe) -> list[torch.optim.Optimizer]:
    """Muon for the matrices of the blocks, AdamW for everything else."""
    matrices, others = [], []
    for name, parameter in student.named_parameters():
        (matrices if ".blocks." in name and parameter.ndim == 2 else others).append(parameter)
    return [
        Muon(matrices, lr=recipe.matrix_rate, weight_decay=recipe.weight_decay, fused=True),
        torch.optim.AdamW(others, lr=recipe.vector_rate, betas=(0.9, 0.98), weight_decay=0.0),
    ]


def standardise(features: Tensor) -> Tensor:
    """Zero mean and unit variance per channel, over batch and places: [B, N, D] → the same."""
    features = features.float()
    return (features - features.mean((0, 1))) / (features.std((0, 1)) + 1e-3)


def head_loss(logits: Tensor, labels: Tensor, taught: Tensor, temperature: float) -> Tensor:
    """Half the true labels, half the teacher's softened opinion (Hinton et al. 2015; DeiT, Touvron et al. 2021)."""
    logits = logits.float()
    soft = F.kl_div((logits / temperature).log_softmax(1), (taught / temperature).softmax(1), reduction="batchmean")
    return 0.5 * F.cross_entropy(logits, labels) + 0.5 * temperature ** 2 * soft


def gaze_loss(looks: Tensor, target: Tensor) -> Tensor:
    """Cross-entropy from where the teacher sees the object [B, K] to where CLS looks on average over heads [B, H, K]
    (attention transfer, Zagoruyko & Komodakis 2017). Only patches count: what CLS gives to itself or a register is free."""
    mean = looks.float().mean(1) + 1e-6
    return -(target * (mean / mean.sum(1, keepdim=True)).log()).sum(1).mean()


def student_loss(student: Student, lesson: Lesson, recipe: Recipe, registers: int, gaze: float) -> Tensor:
    """The three heads' losses plus locality guidance (Li et al. 2022): patches predict the teacher's features there."""
    run = student.vit(lesson.patches, lesson.kept, registers)
    loss = torch.zeros(())
    for name, values in run.logits.items():
        weight = 1.0 if name == "classifier" else recipe.side_heads
        loss = loss + weight * head_loss(values, lesson.labels, lesson.taught, recipe.temperature)
    for guide, tokens, target in zip(student.guides, (run.tokens[recipe.tap - 1], run.last), lesson.features):
        loss = loss + recipe.guidance * F.mse_loss(guide(tokens).float(), target)
    if gaze:
        loss = loss + gaze * sum(gaze_loss(looks, lesson.seen) for looks in run.looks[-2:])
    return loss


def learn(student: Student, updaters: list[torch.optim.Optimizer], lesson: Lesson, recipe: Recipe, step: int,
          registers: int) -> float:
    """One step of one student, that many of its registers in place; gives its loss."""
    with fast():
        loss = student_loss(student, lesson, recipe, registers, gaze=recipe.gaze if step >= recipe.shared else 0.0)
    loss.backward()
    for optimiser in updaters:
        for group in optimiser.param_groups:
            group["lr"] = group.setdefault("peak", group["lr"]) * recipe.rate(step)
        optimiser.step()
        optimiser.zero_grad()
    return loss.item()


def object_map(teacher: Teacher, logits: Tensor, features: list[Tensor]) -> Tensor:
    """Where the teacher sees what it names [B, N]: the evidence of its class at 4×4 (class activation, Zhou et al.
    2016), sharpened by the energy of its local features at 8×8."""
    local, last = (grid.float() for grid in features)
    named = teacher.classifier.weight[logits.argmax(1)]  # [B, width]
    evidence = torch.einsum("bnd,bd->bn", last, named).clamp(min=0)
    return evidence * local.square().sum(2) + 1e-6


@torch.no_grad()
def lessons(data: dict[str, Tensor], teacher: Teacher, recipe: Recipe, seed: int):
    """Lesson of every step, the same whoever learns from it."""
    generator = torch.Generator().manual_seed(seed)
    images, labels = normalise(data["train_images"]), data["train_labels"]
    shape = Shape()
    source = batches(len(images), recipe.batch, generator)
    for step in range(recipe.steps):
        index = next(source)
        x = augment(images[index], generator)
        with fast():
            taught, features = teacher(x.contiguous(memory_format=torch.channels_last))
        order = torch.rand(len(x), shape.grid ** 2, generator=generator).argsort(1)
        kept = order if step >= recipe.shared + recipe.apart else order[:, :recipe.kept_patches]
        seen = object_map(teacher, taught, features).gather(1, kept)
        yield Lesson(
            patches=pick(to_patches(x, shape.patch), kept),
            kept=kept,
            labels=labels[index],
            taught=taught.float(),
            features=[pick(standardise(grid), kept) for grid in features],
            seen=seen / seen.sum(1, keepdim=True),
        )


@torch.no_grad()
def accuracy(vit: ViT, data: dict[str, Tensor], count: int) -> dict[str, float]:
    """Share of `count` test images named rightly, by head, all patches in place."""
    images, labels = data["test_images"][::10000 // count], data["test_labels"][::10000 // count]
    right = {}
    everywhere = torch.arange(vit.shape.grid ** 2)
    for some, truth in zip(images.split(500), labels.split(500)):
        with fast():
            patches = to_patches(normalise(some), vit.shape.patch)
            logits = vit(patches, everywhere.expand(len(some), -1)).logits
        for name, values in logits.items():
            right[name] = right.get(name, 0) + (values.argmax(1) == truth).sum().item()
    return {name: hits / len(labels) for name, hits in right.items()}


def train_students(data: dict[str, Tensor], teacher: Teacher, recipe: Recipe, seed: int, out: Path) -> dict[int, ViT]:
    """Transformers by number of registers.

    They share their first steps: one model learns, every other step without its registers, then two copies go on, one
    with registers and one without, from the same lessons in the same order. All that differs between the two is what
    the registers did.
    """
    torch.manual_seed(seed)
    students = {4: Student(ViT(Shape(registers=4)))}
    updaters = {4: optimisers(students[4], recipe)}
    source = lessons(data, teacher, recipe, seed)
    for step in range(recipe.steps):
        if step == recipe.shared:
            students = {registers: students[4].copy(registers) for registers in (0, 4)}
            # Fresh ones for both: neither copy starts with a momentum the other lacks.
            updaters = {registers: optimisers(student, recipe) for registers, student in students.items()}
        lesson = next(source)
        losses = [
            learn(student, updaters[registers], lesson, recipe, step,
                  registers=registers if len(students) > 1 else registers * (step % 2))
            for registers, student in students.items()
        ]
        if (step + 1) % 50 == 0:
            print(f"step {step + 1}/{recipe.steps} loss", *(f"{value:.3f}" for value in losses), flush=True)
        if (step + 1) % 500 == 0 or step + 1 == recipe.steps:
            for registers, student in students.items():
                print(f"  {registers} registers", accuracy(student.vit, data, 1000), flush=True)
                torch.save(student.vit.state_dict(), out / f"vit-{registers}.pt")
    return {registers: student.vit for registers, student in students.items()}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--archive", type=Path, required=True, help="CIFAR-10 as {train,test}/<class>/*.jpg in a .tar.gz")
    arguments.add_argument("--work", type=Path, default=Path("/tmp/clsroom-vision"), help="cache and checkpoints")
    arguments.add_argument("--models", type=Path, default=ROOT / "public" / "models")
    arguments.add_argument("--seed", type=int, default=0)
    options = arguments.parse_args()
    torch.set_num_threads(1)  # short matrices gain little from more threads
    options.work.mkdir(parents=True, exist_ok=True)

    data = read_archive(options.archive, options.work / "cifar10.pt")
    kept_teacher = options.work / "teacher.pt"
    if kept_teacher.exists():
        teacher = Teacher().to(memory_format=torch.channels_last).eval()
        teacher.load_state_dict(torch.load(kept_teacher))
    else:
        teacher = train_teacher(data, TeacherRecipe(), options.seed)
        torch.save(teacher.state_dict(), kept_teacher)
    print(f"teacher {teacher_accuracy(teacher, data):.4f}", flush=True)
    for registers, vit in train_students(data, teacher, Recipe(), options.seed, options.work).items():
        write_model(vit, options.models / NAMES[registers])


if __name__ == "__main__":
    main()

"""Train the teacher and both transformers, then write their model directories: `python train.py`."""

import argparse
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from data import augment, batches, normalise, read_archive
from export import write_model
from muon import Muon
from teacher import Teacher, TeacherRecipe, teacher_accuracy, train_teacher
from vit import Shape, ViT, pick, to_patches

ROOT = Path(__file__).resolve().parents[2]
NAMES = {0: "clsroom-vit", 4: "clsroom-vit-registers"}  # by number of registers


@dataclass(frozen=True)
class Cycle:
    """Steps from one rise of the learning rate to its fall to zero."""

    shared: int  # steps of one model without registers, half of the patches
    apart: int  # of both copies, with and without registers, half of the patches
    whole: int  # of both copies, all patches
    peak: float  # share of the recipe's learning rates
    gaze: float  # weight of the loss that turns CLS's attention to the object
    warm_up: int = 60

    @property
    def steps(self) -> int:
        return self.shared + self.apart + self.whole

    def rate(self, step: int) -> float:
        """A short rise, then a straight fall."""
        return self.peak * min((step + 1) / self.warm_up, 1 - step / self.steps)


@dataclass(frozen=True)
class Recipe:
    cycles: tuple[Cycle, ...] = (
        Cycle(shared=1300, apart=150, whole=220, peak=1.0, gaze=0.0),
        Cycle(shared=0, apart=180, whole=40, peak=0.4, gaze=0.5),
    )
    batch: int = 160
    kept_patches: int = 32
    tap: int = 3  # the layer (from 1) whose patches follow the teacher's local features
    matrix_rate: float = 0.02
    vector_rate: float = 3e-3
    weight_decay: float = 0.01
    temperature: float = 2.0
    guidance: float = 0.5  # weight of each feature loss
    side_heads: float = 0.3  # weight of the average and the attention head, next to CLS's 1


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

    def with_registers(self, registers: int) -> "Student":
        """A copy with that many registers added, freshly drawn."""
        copy = Student(ViT(Shape(registers=registers)))
        weights = {name: value for name, value in self.state_dict().items() if name != "vit.register_tokens"}
        copy.load_state_dict(weights, strict=False)
        return copy


def optimisers(student: Student, recipe: Recipe) -> list[torch.optim.Optimizer]:
    """Muon for the matrices of the blocks, AdamW for everything else."""
    matrices, others = [], []
    for name, parameter in student.named_parameters():
        (matrices if ".blocks." in name and parameter.ndim == 2 else others).append(parameter)
    return [
        Muon(matrices, lr=recipe.matrix_rate, weight_decay=recipe.weight_decay),
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


def student_loss(student: Student, lesson: Lesson, recipe: Recipe, gaze: float) -> Tensor:
    """The three heads' losses plus locality guidance (Li et al. 2022): patches predict the teacher's features there."""
    run = student.vit(lesson.patches, lesson.kept)
    loss = torch.zeros(())
    for name, values in run.logits.items():
        weight = 1.0 if name == "classifier" else recipe.side_heads
        loss = loss + weight * head_loss(values, lesson.labels, lesson.taught, recipe.temperature)
    for guide, tokens, target in zip(student.guides, (run.tokens[recipe.tap - 1], run.last), lesson.features):
        loss = loss + recipe.guidance * F.mse_loss(guide(tokens).float(), target)
    if gaze:
        loss = loss + gaze * sum(gaze_loss(looks, lesson.seen) for looks in run.looks[-2:])
    return loss


def learn(student: Student, updaters: list[torch.optim.Optimizer], lesson: Lesson, recipe: Recipe, rate: float,
          gaze: float) -> float:
    """One step of one student; gives its loss."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        loss = student_loss(student, lesson, recipe, gaze)
    loss.backward()
    for optimiser in updaters:
        for group in optimiser.param_groups:
            group["lr"] = group.setdefault("peak", group["lr"]) * rate
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
def lessons(data: dict[str, Tensor], teacher: Teacher, recipe: Recipe, cycle: Cycle, seed: int):
    """Lesson of every step of a cycle, the same whoever learns from it."""
    generator = torch.Generator().manual_seed(seed)
    images, labels = normalise(data["train_images"]), data["train_labels"]
    shape = Shape()
    source = batches(len(images), recipe.batch, generator)
    for step in range(cycle.steps):
        index = next(source)
        x = augment(images[index], generator)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            taught, features = teacher(x.contiguous(memory_format=torch.channels_last))
        order = torch.rand(len(x), shape.grid ** 2, generator=generator).argsort(1)
        kept = order if step >= cycle.shared + cycle.apart else order[:, :recipe.kept_patches]
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
        with torch.autocast("cpu", dtype=torch.bfloat16):
            patches = to_patches(normalise(some), vit.shape.patch)
            logits = vit(patches, everywhere.expand(len(some), -1)).logits
        for name, values in logits.items():
            right[name] = right.get(name, 0) + (values.argmax(1) == truth).sum().item()
    return {name: hits / len(labels) for name, hits in right.items()}


def run_cycle(vits: dict[int, ViT], data: dict[str, Tensor], teacher: Teacher, recipe: Recipe, cycle: Cycle, seed: int,
              out: Path) -> dict[int, ViT]:
    """Transformers by number of registers, after the cycle; the copies learn from the same lessons in the same order."""
    students = {registers: Student(vit) for registers, vit in vits.items()}
    updaters = {registers: optimisers(student, recipe) for registers, student in students.items()}
    source = lessons(data, teacher, recipe, cycle, seed)
    with ThreadPoolExecutor(3) as pool:  # the next lesson is prepared, and the copies learn, side by side
        lesson = pool.submit(next, source)
        for step in range(cycle.steps):
            if step == cycle.shared and len(students) == 1:
                students[4] = students[0].with_registers(4)
                # Fresh ones for both: neither copy starts with a momentum the other lacks.
                updaters = {registers: optimisers(student, recipe) for registers, student in students.items()}
            now, lesson = lesson.result(), pool.submit(next, source, None)
            work = [pool.submit(learn, student, updaters[registers], now, recipe, cycle.rate(step), cycle.gaze)
                    for registers, student in students.items()]
            losses = [done.result() for done in work]
            if (step + 1) % 50 == 0:
                print(f"step {step + 1}/{cycle.steps} loss", *(f"{value:.3f}" for value in losses), flush=True)
            if (step + 1) % 250 == 0 or step + 1 == cycle.steps:
                for registers, student in students.items():
                    print(f"  {registers} registers", accuracy(student.vit, data, 1000), flush=True)
                    torch.save(student.vit.state_dict(), out / f"vit-{registers}.pt")
    return {registers: student.vit for registers, student in students.items()}


def train_students(data: dict[str, Tensor], teacher: Teacher, recipe: Recipe, seed: int, out: Path) -> dict[int, ViT]:
    """Transformers by number of registers.

    They share their first steps: one model learns without registers, then two copies go on, one with registers.
    All that differs between the two is what the registers did.
    """
    vits = {}
    for number, cycle in enumerate(recipe.cycles):
        torch.manual_seed(seed + number)
        vits = run_cycle(vits or {0: ViT(Shape())}, data, teacher, recipe, cycle, seed + number, out)
    return vits


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--archive", type=Path, required=True, help="CIFAR-10 as {train,test}/<class>/*.jpg in a .tar.gz")
    arguments.add_argument("--work", type=Path, default=Path("/tmp/clsroom-vision"), help="cache and checkpoints")
    arguments.add_argument("--models", type=Path, default=ROOT / "public" / "models")
    arguments.add_argument("--seed", type=int, default=0)
    options = arguments.parse_args()
    torch.set_num_threads(1)  # students learn side by side instead: short matrices gain little from more threads
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

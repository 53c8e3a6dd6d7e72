"""Teach the shipped, frozen clsroom-vit two more tasks by learnable memory, export and measure the result, and write its card.

    python training/vit_memory/train.py
    python training/vit_memory/train.py --smoke     every path, in a minute on a CPU, into --work
    python training/vit_memory/train.py --card      no training: measure what is in --output, write its card

Because of the masks any number of tasks fits in one pass without touching one another, and that is how they are trained: memories of 0, 1,
2, 4 and 8 rows are tasks side by side, learned from the same batches; so are a linear head on the base's class token and a full copy.
"""

import argparse
import copy
import json
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from card import write_card
from cifar import MEAN, SIDE, STD, batches, normalise, read_archive
from data import LABELS, read_tasks
from evaluate import CHUNK, Evaluation, answers, right
from layer_optimisers import short_rise, update
from model import INPUTS, MemoryViT
from paths import DATA, MODELS, TASKS, WORK
from picture_files import preprocessor, write_model
from precision import fast

NAME = "clsroom-vit-memory"
SIZES, SHIPPED = (0, 1, 2, 4, 8), 4
KEPT = {"fashion": f"fashion_{SHIPPED}", "digits": f"digits_{SHIPPED}", "digits_extension": "digits_extension"}


def frozen(base: Path) -> tuple[MemoryViT, dict[str, Tensor], dict]:
    """The base without a task, its weights as they are stored, and its config."""
    stored, config = load_file(base / "model.safetensors"), json.loads((base / "config.json").read_text())
    config["clsroom"]["tasks"] = {}
    model = MemoryViT(config)
    model.load_state_dict({name: value.float() for name, value in stored.items() if not name.startswith("heads.")})
    return model.requires_grad_(False), stored, config


def shift(images: Tensor, generator: torch.Generator, mirrored: bool, most: int = 2) -> Tensor:
    """uint8 images [B, 3, S, S] → float in [0, 1], each moved by up to `most` pixels, half of them mirrored where asked."""
    padded = F.pad(images, (most,) * 4)
    size, count = images.shape[-1], len(images)
    down, right_ = (torch.randint(2 * most + 1, (count,), generator=generator, device=images.device) for _ in range(2))
    places = torch.arange(size, device=images.device)
    rows, columns = (down[:, None] + places)[:, :, None], (right_[:, None] + places)[:, None]
    moved = padded.permute(0, 2, 3, 1)[torch.arange(count, device=images.device)[:, None, None], rows, columns].permute(0, 3, 1, 2)
    turned = torch.rand(count, generator=generator, device=images.device) < 0.5 * mirrored
    return torch.where(turned[:, None, None, None], moved.flip(3), moved).float() / 255


def learn(model: MemoryViT, task: str, data: dict[str, Tensor], names: list[str], steps: int, options: argparse.Namespace) -> dict:
    """All of `names` side by side; gives the accuracy and the parameters of each way, and the full copy under `tuned`."""
    device, generator = options.device, torch.Generator(options.device).manual_seed(options.seed)
    learned = nn.ModuleDict({name: model.tasks[name] for name in names})
    present = sorted({other for name in names for other in model.tasks[name].reads if other in model.tasks} - set(names)) + names
    mask = model.mask(present).to(device)
    head = nn.Linear(model.classifier.in_features, len(LABELS[task])).to(device)
    full, full_head = copy.deepcopy(model.vit).requires_grad_(True), copy.deepcopy(head)
    heads = [value for name, value in learned.named_parameters() if "classifier" in name] + list(head.parameters())
    tokens = [value for name, value in learned.named_parameters() if "classifier" not in name and value.numel()]
    few = [torch.optim.AdamW([{"params": heads, "lr": 5e-3}, {"params": tokens, "lr": 2e-2}], betas=(0.9, 0.98), weight_decay=0.0)]
    every = [torch.optim.AdamW([*full.parameters(), *full_head.parameters()], lr=1e-3, weight_decay=0.05)]
    source, began = batches(len(data["train_images"]), options.batch, generator), time.time()
    for step in range(steps):
        index = next(source)
        pixels = normalise(shift(data["train_images"][index], generator, mirrored=task == "fashion"))
        labels = data["train_labels"][index]
        with fast(device.type):
            logits, _, last = model(pixels, present, mask)
            logits = {**{name: logits[name] for name in names}, "head": head(last[:, 0].detach())}
            own = full_head(full(pixels)[1][:, 0])
        losses = {name: F.cross_entropy(value.float(), labels) for name, value in logits.items()}
        factor = short_rise(step / steps)
        update(sum(losses.values()), few, factor)
        update(F.cross_entropy(own.float(), labels), every, factor)
        if (step + 1) % 100 == 0 or step + 1 == steps:
            print(f"{task} step {step + 1} {time.time() - began:.0f} s", {name: round(value.item(), 3) for name, value in losses.items()}, flush=True)
    return {"methods": measure(model, task, data, names, present, head, full, full_head), "tuned": full}


@torch.no_grad()
def measure(model: MemoryViT, task: str, data: dict[str, Tensor], names: list[str], present: list[str], head, full, full_head) -> dict:
    images, labels = data["test_images"], data["test_labels"]
    count = lambda *parts: sum(value.numel() for part in parts for value in part.parameters())
    base = torch.cat([model(normalise(some), [], None)[2][:, 0] for some in images.split(CHUNK)])
    tuned = torch.cat([full(normalise(some))[1][:, 0] for some in images.split(CHUNK)])
    found = answers(model, images, present)
    result = {"head_only": {"accuracy": right(head(base), labels), "parameters": count(head)}}
    for name in names:
        result[name.removeprefix(task + "_")] = {"accuracy": right(found[name], labels), "parameters": count(model.tasks[name])}
    return result | {"full_fine_tuning": {"accuracy": right(full_head(tuned), labels), "parameters": count(full, full_head)}}


def train(model: MemoryViT, sets: dict, cifar: dict[str, Tensor], options: argparse.Namespace) -> dict:
    """Adds the tasks that ship to `model`; gives what methods.json holds."""
    methods = {}
    for task, steps in (("fashion", options.clothes_steps), ("digits", options.digits_steps)):
        names = [f"{task}_{size}" for size in SIZES]
        for name, size in zip(names, SIZES):
            model.add(name, size, LABELS[task], [INPUTS])
        older = [INPUTS, "base"] + ([KEPT["fashion"]] if task == "digits" else [])
        model.add(f"{task}_extension", SHIPPED, LABELS[task], older)
        names.append(f"{task}_extension")
        result = learn(model.to(options.device), task, sets[task], names, steps, options)
        for name in names:
            model.tasks[name].requires_grad_(False)
        with torch.no_grad():
            images, labels = cifar["test_images"], cifar["test_labels"]
            logits = [model.classifier(result["tuned"](normalise(some.to(options.device)))[1][:, 0]).cpu() for some in images.split(CHUNK)]
        methods[task] = {**result["methods"], "steps": steps, "old_head_after_full_fine_tuning": right(torch.cat(logits), labels)}
    model.tasks = nn.ModuleDict({name: model.tasks[old] for name, old in KEPT.items()})
    model.tasks["digits_extension"].reads = [INPUTS, "base", "fashion"]
    return methods


def export(directory: Path, model: MemoryViT, stored: dict[str, Tensor], config: dict, methods: dict) -> None:
    tasks = {
        name: {"labels": task.labels, "reads": [*task.reads, name], "memory_tokens": task.rows} for name, task in model.tasks.items()
    }
    config |= {"architectures": ["ClsroomViTMemory"], "model_type": "clsroom_vit_memory"}
    config["clsroom"] |= {"num_memory_tokens": SHIPPED, "tasks": tasks}
    own = {name: value for name, value in model.state_dict().items() if name.startswith("tasks.")}
    write_model(directory, config, preprocessor(SIDE, MEAN, STD), {**stored, **own})
    (directory / "methods.json").write_text(json.dumps(methods, indent=2) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="CIFAR-10 as {train,test}/<class>/*.jpg in a .tar.gz")
    parser.add_argument("--tasks", type=Path, default=TASKS, help="what data.py makes")
    parser.add_argument("--base", type=Path, default=MODELS / "clsroom-vit")
    parser.add_argument("--work", type=Path, default=WORK, help="cache")
    parser.add_argument("--output", type=Path, default=MODELS)
    parser.add_argument("--device", type=torch.device, default=torch.device("cuda" if torch.cuda.is_available() else "cpu"))
    parser.add_argument("--clothes-steps", type=int, default=1896)
    parser.add_argument("--digits-steps", type=int, default=2314)
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--pictures", type=int, default=2000, help="held-out pictures of each task to measure on")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--card", action="store_true")
    options = parser.parse_args()
    if options.smoke:
        options.device, options.output = torch.device("cpu"), options.work / "smoke"
        options.clothes_steps = options.digits_steps = 5
        options.batch, options.pictures = 16, 20

    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    cifar = read_archive(options.data, options.work / "cifar10.pt")
    directory = options.output / NAME
    if not options.card:
        model, stored, config = frozen(options.base)
        sets = read_tasks(options.tasks, options.device, every=100 if options.smoke else 1)
        few = {name: value[::100] if options.smoke else value for name, value in cifar.items()}
        methods = train(model, sets, few, options)
        export(directory, model.cpu(), stored, config, methods)
    results = Evaluation(directory, cifar, read_tasks(options.tasks, torch.device("cpu")), options.pictures).run()
    write_card(directory, results, json.loads((directory / "methods.json").read_text()))


if __name__ == "__main__":
    main()

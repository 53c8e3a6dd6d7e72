"""Write the model cards: fixed words, measured figures."""

import sys
from argparse import Namespace
from pathlib import Path
from string import Template

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))
from card_tables import percent, table

CARD = Template((Path(__file__).resolve().parent / "card_template.md").read_text("utf-8"))
WHAT = {
    "memtransformer": "MemTransformer: every row reads every row, memory and text with one set of weights.",
    "memctrl": "MemCtrl: memory rows have attention and feed-forward weights of their own (`bert.encoder.memory_layer`); both read memory and text.",
    "membottleneck": "MemBottleneck: first the memory reads memory and text (`bert.encoder.memory_layer`), then every text row reads the new memory and nothing else.",
    "nomemory": "The twin without memory of the memory transformers: the same recipe with 0 memory rows.",
}


def write_cards(output: Path, results: dict[str, dict], recipe: Namespace, steps: dict[str, int]) -> None:
    """`results` is what `Evaluation.run` gives for each model, `recipe` what the training was run with."""
    compared = figures_table(results)
    for name, found in results.items():
        folder = output / f"clsroom-{name}"
        told = {
            "name": folder.name,
            "what": WHAT[name],
            "parameters": f"{found['parameters']:,}",
            "bytes": f"{(folder / 'model.safetensors').stat().st_size:,}",
            "memory": found["memory"],
            "reads": "the mean of the memory rows" if found["memory"] else "[CLS]",
            "count": f"{found['count']:,}",
            "compared": compared,
            "hidden": memory_lines(found),
            "steps": f"{steps[name]:,}",
            "batch": recipe.batch,
            "rate": recipe.rate,
            "weight_decay": recipe.weight_decay,
            "seed": recipe.seed,
        }
        (folder / "README.md").write_text(CARD.substitute(told), "utf-8")


def figures_table(results: dict[str, dict]) -> str:
    part = lambda shares, window: percent(shares[window]) if window in shares else "–"
    columns = ("model", "tokens, no window", "tokens, window", "SST-2, no window", "SST-2, window", "recall of 1", "of 2", "of 3 facts")
    rows = [
        (
            f"clsroom-{name}",
            *(part(found[what], window) for what in ("tokens", "sentiment") for window in ("no window", "window")),
            *map(percent, found["recall"]),
        )
        for name, found in results.items()
    ]
    return table(columns, rows)


def memory_lines(found: dict) -> str:
    if not found["memory"]:
        return "Without memory nothing carries the fact: recall is what guessing among the items gives."
    unread = ", ".join(map(percent, found["recall, memory unread"]))
    looks = ", ".join(map(percent, found["looks"]))
    return (
        f"Where text may not read memory, recall of 1, 2 and 3 facts is {unread}.\n"
        f"The question's `[MASK]` reads memory, by layer: {looks}. Mean cosine between the memory rows of the last layer: {found['alike']:.2f}."
    )

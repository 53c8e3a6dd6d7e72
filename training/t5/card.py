"""Write the model card: fixed words, measured figures."""

from argparse import Namespace
from pathlib import Path
from string import Template

from card_tables import percent, table

CARD = Template((Path(__file__).resolve().parent / "card_template.md").read_text("utf-8"))


def write_card(output: Path, results: dict, recipe: Namespace) -> None:
    """`results` is what `Evaluation.run` gives, `recipe` what the training was run with."""
    exact = results["exact"] | {"reverse": results["reverse"]["exact"]}
    by_length = results["reverse"]["by length"]
    figures = {
        "parameters": f"{results['parameters'] / 1e6:.2f}",
        "vocabulary": f"{results['vocabulary']:,}",
        "count": f"{results['count']:,}",
        "exact_table": table(("task", "exact match"), [(f"`{task}:`", percent(found)) for task, found in exact.items()]),
        "small": percent(results["numbers below 1,000"]),
        "length_table": table(("words", *map(str, by_length)), [("exact match", *map(percent, by_length.values()))]),
        "sentinels": percent(results["fill"]["sentinels"]),
        "first_word": percent(results["fill"]["first word"]),
        "fill_exact": percent(results["fill"]["exact"]),
        "alignment_table": alignment_table(results["alignment"]),
        "shown": table(("input", "answer"), [(f"`{source}`", f"`{answer}`") for source, answer in results["shown"].items()]),
    }
    names = ("steps", "batch", "rate", "weight_decay", "dropout", "seed")
    told = {name: getattr(recipe, name) for name in names} | {"examples": f"{recipe.examples:,}"}
    (output / "README.md").write_text(CARD.substitute(figures, **told), "utf-8")


def alignment_table(found: dict[str, dict]) -> str:
    rows = []
    for task, measured in found.items():
        best, means = measured["best head"], measured["mean of heads by layer"]
        head = f"{percent(best['share'])} (head {best['head'] + 1} of layer {best['layer'] + 1})"
        rows.append((f"`{task}:`", f"{measured['digits']:,}", head, *map(percent, means)))
    layers = [f"heads of layer {layer + 1}" for layer in range(len(rows[0]) - 3)]
    return table(("task", "digits", "best single head", *layers), rows)

"""Write the model card: fixed words, measured figures."""

from pathlib import Path
from string import Template

CARD = Template((Path(__file__).resolve().parent / "card_template.md").read_text("utf-8"))


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ("---",) * len(head), *rows])


def write_card(output: Path, results: dict, recipe: dict[str, float]) -> None:
    """`results` is what `Evaluation.run` gives, `recipe` the numbers of both parts of the training."""
    masked, examples = results["masked"], results["examples"]
    rule, all_mask = masked["80/10/10"], masked["all [MASK]"]
    figures = {
        "masked_table": table(
            ("held-out documents of", "top-5, 80/10/10", "top-1, 80/10/10", "top-5, all `[MASK]`", "top-1, all `[MASK]`", "tokens"),
            [
                (
                    f"**{name}**" if name == "overall" else name,
                    percent(rule[name]["top5"]),
                    percent(rule[name]["top1"]),
                    percent(all_mask[name]["top5"]),
                    percent(all_mask[name]["top1"]),
                    f"{rule[name]['tokens']:,}",
                )
                for name in rule
            ],
        ),
        "far": percent(masked["positions 256 to 511"]["top5"]),
        "pair_table": table(("pairs", "accuracy"), [(name, percent(share)) for name, share in results["pairs"].items()]),
        "sentiment_table": table(("sentences", "accuracy"), [(name, percent(share)) for name, share in results["sentiment"].items()]),
        "separator_table": table(
            ("layer", *(f"head {h + 1}" for h in range(len(results["separator"][0])))),
            [(str(layer + 1), *map(percent, shares)) for layer, shares in enumerate(results["separator"])],
        ),
        "predictions": table(
            ("sentence", "five likeliest"),
            [(f"`{s}`", ", ".join(f"{word} {percent(p)}" for word, p in best)) for s, best in examples["masked"].items()],
        ),
        "verdicts": table(("text", "positive"), [(text, percent(p)) for text, p in examples["verdicts"].items()]),
        "followers": table(("first, second", "is next"), [(text.replace("|", "→"), percent(p)) for text, p in examples["pairs"].items()]),
    }
    read = round((recipe["first_steps"] + recipe["further_steps"]) * recipe["tokens"] / 1e6)
    (output / "README.md").write_text(CARD.substitute(figures, read=read, **recipe), "utf-8")

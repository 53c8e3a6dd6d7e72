"""Write the model card: fixed words, measured figures."""

from pathlib import Path
from string import Template

from card_tables import percent, table

CARD = Template((Path(__file__).resolve().parent / "card_template.md").read_text("utf-8"))


def write_card(output: Path, results: dict, parts: list[dict[str, float]], tokens: int, seed: int) -> None:
    """`results` is what `Evaluation.run` gives, `parts` what the parts of the training were run with."""
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
    read = round(sum(part["steps"] for part in parts) * tokens / 1e6)
    told = "; then ".join(part_told(part, tokens, first=i == 0) for i, part in enumerate(parts))
    commands = "\n".join(f"    python training/text/train.py --data ../shared/data --part {i + 1}" for i in range(len(parts)))
    recipe = {"read": read, "parts": told, "commands": commands, "number": len(parts), "seed": seed}
    (output / "README.md").write_text(CARD.substitute(figures, **recipe), "utf-8")


def part_told(part: dict[str, float], tokens: int, first: bool) -> str:
    steps, rate, decay, share = (part[name] for name in ("steps", "rate", "decay", "share"))
    what = f"{steps} steps of {tokens} positions" if first else f"{steps} more from the result, by other draws and with two more corpora,"
    kept = "" if share == 1 else f"; kept is {share:.0%} of the result and {1 - share:.0%} of what it began from"
    return f"{what} at {rate:g}, the last {decay} with a falling rate{kept}"

"""Write the model card: fixed words, measured figures."""

from argparse import Namespace
from pathlib import Path
from string import Template

from card_tables import percent, table
from data import GENERATED
from evaluate import COMPARED

CARD = Template((Path(__file__).resolve().parent / "card_template.md").read_text("utf-8"))


def write_card(output: Path, results: dict, recipe: Namespace, passes: float) -> None:
    """`results` is what `Evaluation.run` gives, `recipe` what the training was run with, `passes` how often it read every piece."""
    ends, every_end, attention = results["ends"], results["ends of all"], results["attention on bos"]
    figures = {
        "parameters": f"{results['parameters'] / 1e6:.2f}",
        "generated": percent(results["generated share"]),
        "tokens": f"{results['tokens']:,}",
        "perplexities": perplexities(results["perplexity"]),
        "with_bos": f"{results['with and without bos'][0]:.1f}",
        "without_bos": f"{results['with and without bos'][1]:.1f}",
        "samples": f"{results['samples']:,}",
        "compared": COMPARED,
        "sample_table": sample_table(results),
        "held_distinct": f"{results['distinct-2 of held-out text']:.2f}",
        "decisions": f"{ends['decisions']:,}",
        "predicted": percent(ends["predicted"]),
        "happened": percent(ends["happened"]),
        "error": percent(ends["calibration error"]),
        "brier": f"{ends['brier']:.3f}",
        "brier_constant": f"{ends['brier of a constant']:.3f}",
        "brier_all": f"{every_end['brier']:.3f}",
        "brier_all_constant": f"{every_end['brier of a constant']:.3f}",
        "pad": percent(results["pad after eos"]),
        "attention_table": table(
            ("layer", *(f"head {h + 1}" for h in range(len(attention[0][0])))),
            [(str(layer + 1), *map(percent, shares)) for layer, shares in enumerate(attention[0])],
        ),
        "even": percent(attention[1]),
        "prompts": table(("beginning", "how it goes on"), [(begun, in_one_line(text)) for begun, text in results["prompts"].items()]),
    }
    names = ("steps", "batch", "rate", "weight_decay", "dropout", "seed")
    told = {name: getattr(recipe, name) for name in names}
    (output / "README.md").write_text(CARD.substitute(figures, passes=f"{passes:.1f}", **told), "utf-8")


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def perplexities(measured: dict[str, float]) -> str:
    named = {"real text": "**real text**"} | {name: f"{name} (generated)" for name in GENERATED}
    rows = [(named.get(name, name), f"{value:.2f}") for name, value in measured.items()]
    return table(("held-out pieces of", "perplexity"), rows)


def sample_table(results: dict) -> str:
    rows = []
    for temperature in ("0.8", "1.0"):
        found = results[f"at {temperature}"]
        shares = [percent(found[name]) for name in ("ended", "ended after <eosent>", "copied")]
        rows.append((temperature, *shares, f"{found['mean tokens']:.1f}", f"{found['distinct-2']:.2f}"))
    shares = ("end by `<eos>`", "end by `<eosent>`, `<eos>`", "are a training piece word for word")
    return table(("temperature", *shares, "mean tokens", "distinct-2"), rows)

"""Write the model card: fixed words, measured figures."""

from argparse import Namespace
from pathlib import Path
from string import Template

from card_tables import percent, table
from market import GAP, HORIZONS

CARD = Template((Path(__file__).resolve().parent / "card_template.md").read_text("utf-8"))


def write_card(output: Path, results: dict, recipe: Namespace) -> None:
    """`results` is what `Evaluation.run` gives, `recipe` what the model was trained with."""
    days, span, regime, who = (results[key] for key in ("days", "span", "regime", "contributor"))
    horizons = [f"{span}d" for span in HORIZONS]
    figures = {
        "name": output.name,
        "parameters": f"{results['parameters']:,}",
        "bytes": f"{results['bytes']:,}",
        "test_days": f"{days['test']:,}",
        "test_from": span["test"][0],
        "test_to": span["test"][1],
        "train_days": f"{days['train']:,}",
        "train_from": span["train"][0],
        "train_to": span["train"][1],
        "gap": GAP,
        "volatility_table": table(
            ("", *(f"QLIKE {h}" for h in horizons), *(f"R² {h}" for h in horizons[1:])),
            [
                (name, *(f"{found[h]['qlike']:.3f}" for h in horizons), *(f"{found[h]['r2']:.3f}" for h in horizons[1:]))
                for name, found in results["volatility"].items()
            ],
        ),
        "regime": percent(regime["right"]),
        "regime_har": percent(regime["right by HAR"]),
        "regime_most": percent(regime["most frequent"]),
        "stressed": percent(regime["stressed found"]),
        "first": percent(who["first"]),
        "three": percent(who["among three"]),
        "past": percent(who["largest of the last 63 days"]),
        "chance": percent(who["chance"]),
        "returns": ", ".join(f"{h} {results['return r2'][h]:.3f}" for h in horizons),
        "gaze_table": table(
            ("what came", *results["gaze"]["calm"]["most read"]),
            [
                (name, *(f"{percent(found['most read'][token])} / {found['entropy'][token]:.2f}" for token in found["entropy"]))
                for name, found in results["gaze"].items()
            ],
        ),
        "permuted": f"{results['permuted']:.0e}",
        "look_ahead": f"{results['look-ahead']:.0f}",
        "steps": f"{recipe.steps:,}",
    }
    told = {name: getattr(recipe, name) for name in ("batch", "rate", "weight_decay", "seed")}
    (output / "README.md").write_text(CARD.substitute(figures, **told), "utf-8")

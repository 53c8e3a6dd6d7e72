"""Write the model card: fixed words, measured figures."""

from argparse import Namespace
from pathlib import Path
from string import Template

from card_tables import percent, table
from tasks import TASKS

CARD = Template((Path(__file__).resolve().parent / "card_template.md").read_text("utf-8"))
TOKENS = {True: "a class token for each of three tasks", False: "one class token for three tasks"}


def write_card(output: Path, results: dict, twin: dict, recipe: Namespace) -> None:
    """`results` and `twin` are what `Evaluation.run` gives of this model and of the other, `recipe` what both were trained with."""
    names = results["class tokens"]
    figures = {
        "name": output.name,
        "tokens": TOKENS[len(names) > 1],
        "parameters": f"{results['parameters']:,}",
        "bytes": f"{results['bytes']:,}",
        "count": len(names),
        "pictures": f"{results['pictures']:,}",
        "accuracy_table": table(
            ("pictures", *TASKS),
            [
                (title, *(percent(found[task]) for task in TASKS))
                for title, found in (
                    ("turned by all four quarters", results["accuracy"]),
                    ("upright", results["upright"]),
                    ("turned, class tokens blind to one another", results["blind"]),
                    ("turned, the twin", twin["accuracy"]),
                    ("turned, the most frequent answer", results["most frequent"]),
                )
            ],
        ),
        "probe_pictures": f"{results['probe pictures']:,}",
        "knowledge_table": table(
            ("task", *(f"CLS {name}" for name in names)),
            [
                (task, *(f"{percent(head)} / {percent(probe)}" for head, probe in zip(found["head"], found["probe"])))
                for task, found in results["knowledge"].items()
            ],
        ),
        "last_layer": last_layer(results["last layer"]),
        "steps": f"{recipe.steps:,}",
    }
    told = {name: getattr(recipe, name) for name in ("batch", "matrix_rate", "vector_rate", "weight_decay", "seed")}
    (output / "README.md").write_text(CARD.substitute(figures, **told), "utf-8")


def last_layer(found: dict) -> str:
    rim = table(("class token", "share of its patch attention on the rim"), [(name, percent(share)) for name, share in found["rim"].items()])
    told = f"In the last layer (an even share of the rim would be {percent(found['even share of the rim'])}):\n\n{rim}"
    if not found["cosine"]:
        return told
    pairs = [(pair, f"{cosine:.2f}", f"{found['overlap'][pair]:.2f}") for pair, cosine in found["cosine"].items()]
    return f"{told}\n\n{table(('class tokens', 'cosine', 'overlap of their attention to patches (1: the same places)'), pairs)}"

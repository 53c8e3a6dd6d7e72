"""Write the model card: fixed words, measured figures."""

from pathlib import Path
from string import Template

from card_tables import percent, table

CARD = Template((Path(__file__).resolve().parent / "card_template.md").read_text("utf-8"))
WAYS = {
    "head_only": "a head alone",
    **{str(rows): f"{rows} memory rows a layer" for rows in (0, 2, 4, 8)},
    "1": "1 memory row a layer",
    "extension": "4 memory rows a layer, extension",
    "full_fine_tuning": "everything",
}
ORDER = ("head_only", "0", "1", "2", "4", "8", "extension", "full_fine_tuning")


def write_card(output: Path, results: dict, methods: dict) -> None:
    """`results` is what `Evaluation.run` gives, `methods` what the training run measured of every way to learn the tasks."""
    base, tasks = results["base"], results["tasks"]
    forgotten = {task: percent(found["old_head_after_full_fine_tuning"]) for task, found in methods.items()}
    figures = {
        "name": output.name,
        "parameters": f"{results['parameters']:,}",
        "bytes": f"{results['bytes']:,}",
        "task_parameters": f"{tasks['fashion']['parameters']:,}",
        "base_pictures": f"{base['pictures']:,}",
        "task_pictures": f"{tasks['fashion']['pictures']:,}",
        "base_table": table(
            ("the base's answers", "accuracy", "largest change of a logit"),
            [
                ("alone", percent(base["alone"]), ""),
                ("beside three tasks, under the mask", percent(base["masked"]), f"{base['largest change masked']:g}"),
                ("beside them, everybody reads everything", percent(base["open"]), f"{base['largest change open']:.1f}"),
            ],
        ),
        "changed": percent(base["answers changed open"]),
        "tasks_table": table(
            ("task", "alone", "beside the others", "memory masked", "another task's memory", "everybody reads everything"),
            [
                (f"`{name}`", *(percent(found[kind]) for kind in ("alone", "beside", "blind", "swapped", "open")))
                for name, found in tasks.items()
            ],
        ),
        "task_change": f"{max(found['largest change beside'] for found in tasks.values()):.0e}",
        "methods_table": table(
            ("what is learned", "parameters", "clothes", "digits"),
            [
                (
                    WAYS[way],
                    f"{methods['fashion'][way]['parameters']:,}",
                    *(percent(methods[task][way]["accuracy"]) for task in ("fashion", "digits")),
                )
                for way in ORDER
            ],
        ),
        "forgotten": f"{forgotten['fashion']} after clothes, {forgotten['digits']} after digits",
        "steps": f"{methods['fashion']['steps']:,} steps for clothes and {methods['digits']['steps']:,} for digits",
    }
    (output / "README.md").write_text(CARD.substitute(figures), "utf-8")

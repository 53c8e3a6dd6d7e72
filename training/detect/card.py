"""Write the model card: fixed words, measured figures."""

from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from string import Template

from card_tables import table
from model import TOKENS
from scenes import SIDE

CARD = Template((Path(__file__).resolve().parent / "card_template.md").read_text("utf-8"))
DRAWINGS = {"known": "known (Google, EmojiOne, Fluent)", "never seen": "never seen (Twitter)"}


@dataclass(frozen=True)
class About:
    what: str
    library: str
    tokens: str
    losses: str
    limits: str = ""


ABOUT = {
    "yolos": About(
        "YOLOS: DET tokens after the patches of a plain vision transformer, trained from scratch (the paper starts from a ViT trained on ImageNet).",
        "transformers",
        "DET tokens",
        "No auxiliary losses, as in the paper.",
    ),
    "detr": About(
        "DETR: a small ResNet (stride 8, an 8×8 map), 2 encoder and 3 decoder layers, trained from scratch (the paper's backbone is trained on ImageNet).",
        "transformers",
        "object queries",
        "Auxiliary losses after every decoder layer. Batch norms were trained as such, their statistics settled at the end and frozen.",
    ),
    "vidt": About(
        "ViDT, reduced: patches attend in windows of 4×4 (shifted in every second layer), DET tokens attend to everything, then a neck of 2 decoder layers.",
        "pytorch",
        "DET tokens",
        "Auxiliary losses on the body's DET tokens and after each layer of the neck.",
        "- Left out of the paper: Swin's stages and relative positions, deformable attention, box refinement, distillation. DET looks at PATCH\n"
        "  in every layer, in the paper only in the last stage.\n",
    ),
}


def write_card(output: Path, results: dict, recipe: Namespace) -> None:
    """`results` is what `Evaluation.run` gives, `recipe` what the training was run with."""
    about = ABOUT[recipe.model]
    figures = {
        "kind": recipe.model,
        "what": about.what,
        "library": about.library,
        "tokens": f"{TOKENS} {about.tokens}",
        "losses": about.losses,
        "limits": about.limits,
        "parameters": f"{results['parameters']:,}",
        "bytes": f"{results['bytes']:,}",
        "classes": ", ".join(results["classes"]),
        "side": SIDE,
        "scenes": f"{results['scenes']:,}",
        "figure_table": figure_table(results),
        "token_table": token_table(results),
        "steps": f"{recipe.steps:,}",
        "warm_up": recipe.warm_up,
    }
    told = {name: getattr(recipe, name) for name in ("batch", "matrix_rate", "vector_rate", "seed")}
    (output / "README.md").write_text(CARD.substitute(figures, **told).rstrip() + "\n", "utf-8")


def figure_table(results: dict) -> str:
    head = ("drawings", "AP50", "AP50:95", "IoU of the matched", "recall, precision (score > 0.5)", "duplicates, false boxes per image")
    groups = (
        ("ap50",),
        ("ap50_95",),
        ("mean_iou_of_matched",),
        ("recall_at_score_0.5", "precision_at_score_0.5"),
        ("duplicates_per_image", "false_boxes_per_image"),
    )
    rows = [(title, *(", ".join(f"{results[name][one]:.3f}" for one in group) for group in groups)) for name, title in DRAWINGS.items()]
    return table(head, rows)


def token_table(results: dict) -> str:
    """Where each token's boxes are, in shares of the picture, and which class it names most often."""
    rows = []
    for number, found in enumerate(results["tokens"]):
        x, y = found["centre"]
        width, height = found["size"]
        counts = found["classes"]
        rows.append((
            str(number),
            f"{found['share_of_images']:.2f}",
            f"{x:.2f}, {y:.2f}",
            f"{width:.2f} × {height:.2f}",
            max(counts, key=counts.get) if any(counts.values()) else "none",
        ))
    return table(("token", "speaks in", "mean centre", "mean size", "most often"), rows)

"""Write the model card: fixed words, measured figures."""

from argparse import Namespace
from pathlib import Path
from string import Template

from card_tables import percent, table
from model import DECODER_HEADS, DECODER_LAYERS, DECODER_WIDTH, HEADS, LAYERS, WIDTH

CARD = Template((Path(__file__).resolve().parent / "card_template.md").read_text("utf-8"))


def write_card(output: Path, results: dict, recipe: Namespace) -> None:
    """`results` is what `Evaluation.run` gives, `recipe` what the training was run with."""
    official = results["transformers"]
    figures = {
        "encoder": f"encoder {LAYERS} layers × {WIDTH}, {HEADS} heads",
        "decoder": f"decoder {DECODER_LAYERS} × {DECODER_WIDTH}, {DECODER_HEADS} heads",
        "parameters": f"{results['parameters']:,}",
        "bytes": f"{results['bytes']:,}",
        "pictures": f"{results['pictures']:,}",
        "reconstruction_table": reconstruction_table(results["reconstructions"]),
        "token_table": table(
            ("in place of the mask token", "masked error"),
            [(name, f"{error:.4f}") for name, error in results["mask tokens"].items()],
        ),
        "probe_pictures": f"{results['probe pictures']:,}",
        "cls_probe": percent(results["probes"]["cls"]),
        "mean_probe": percent(results["probes"]["mean"]),
        "missing": len(official["missing"]),
        "apart": f"{max(official['largest logit difference'], 1e-6):.0e}",
        "steps": f"{recipe.steps:,}",
    }
    names = ("batch", "matrix_rate", "vector_rate", "weight_decay", "seed")
    told = {name: getattr(recipe, name) for name in names}
    (output / "README.md").write_text(CARD.substitute(figures, **told), "utf-8")


def reconstruction_table(found: dict[str, dict[float, dict]]) -> str:
    rows = [
        (kind, f"{ratio:.0%}", *(f"{part['mse']:.4f} / {part['psnr']:.1f} / {part['ssim']:.3f}" for part in fillings.values()))
        for kind, by_ratio in found.items()
        for ratio, fillings in by_ratio.items()
    ]
    return table(("hidden", "share", "model", "harmonic", "mean"), rows)

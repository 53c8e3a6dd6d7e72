"""The models of bench/peers.mjs as ONNX: `python bench/peers/export.py <folder> [name …]`.

Two files a model, of one sequence length: `<name>.onnx` gives the logits that the page shows, `<name>-maps.onnx` the attention of
every layer [L, H, T, T] beside them. Those that do not come with the page are made from a seed, and lie in `<folder>/<name>/`
as a model directory for the page to load. Needs torch, transformers, onnx and onnxscript.
"""

import sys
from pathlib import Path

import torch
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertForPreTraining,
    ViTConfig,
    ViTForImageClassification,
)

SHIPPED = Path(__file__).resolve().parents[2] / "public" / "models"


def bert(layers, width, heads, inner):
    return BertConfig(
        vocab_size=1000,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=inner,
        architectures=["BertForMaskedLM"],
    )


VIT_S = ViTConfig(hidden_size=384, num_hidden_layers=12, num_attention_heads=6, intermediate_size=1536, num_labels=10)

# name: (class, config of a model from a seed or None, tokens or the side of a picture)
MODELS = {
    "clsroom-bert": (BertForPreTraining, None, 64),
    "clsroom-vit": (ViTForImageClassification, None, 32),
    "minilm": (BertForMaskedLM, bert(6, 384, 12, 1536), 128),
    "vit-s": (ViTForImageClassification, VIT_S, 224),
    "bert-base": (BertForMaskedLM, bert(12, 768, 12, 3072), 128),
}


class Exported(torch.nn.Module):
    """A model with what the page reads of it, in one order."""

    def __init__(self, model, maps: bool):
        super().__init__()
        self.model = model
        self.maps = maps

    def forward(self, *inputs):
        names = ["pixel_values"] if len(inputs) == 1 else ["input_ids", "token_type_ids"]
        out = self.model(**dict(zip(names, inputs)), output_attentions=self.maps)
        logits = out.prediction_logits if "prediction_logits" in out else out.logits
        return (logits, torch.cat(out.attentions)) if self.maps else (logits,)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or MODELS:
        kind, config, size = MODELS[name]
        torch.manual_seed(7)
        if config is None:
            model = kind.from_pretrained(SHIPPED / name, dtype=torch.float32, attn_implementation="eager")
        else:
            config._attn_implementation = "eager"
            model = kind(config)
            model.save_pretrained(folder / name)
        text = kind is not ViTForImageClassification
        ids = torch.randint(5, 1000, (1, size))
        inputs = (ids, torch.zeros_like(ids)) if text else (torch.randn(1, 3, size, size),)
        takes = ["ids", "segments"] if text else ["pixels"]
        for maps in (False, True):
            program = torch.onnx.export(
                Exported(model.eval(), maps),
                inputs,
                dynamo=True,
                input_names=takes,
                output_names=["logits"] + ["attentions"] * maps,
            )
            program.save(folder / f"{name}{'-maps' if maps else ''}.onnx", external_data=False)


if __name__ == "__main__":
    main()

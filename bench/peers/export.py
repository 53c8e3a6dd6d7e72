"""The shipped models as ONNX, for bench/peers.mjs: `python bench/peers/export.py <folder>`.

Two files a model, of one sequence length: `<id>.onnx` gives the logits that the page shows, `<id>-maps.onnx` the attention of
every layer [L, H, T, T] beside them. Needs torch, transformers, onnx and onnxscript.
"""

import sys
from pathlib import Path

import torch
from transformers import BertForPreTraining, ViTForImageClassification

MODELS = Path(__file__).resolve().parents[2] / "public" / "models"
TOKENS = 64


class Bert(torch.nn.Module):
    def __init__(self, maps: bool):
        super().__init__()
        self.maps = maps
        self.model = BertForPreTraining.from_pretrained(
            MODELS / "clsroom-bert", dtype=torch.float32, attn_implementation="eager"
        ).eval()

    def forward(self, ids, segments):
        out = self.model(input_ids=ids, token_type_ids=segments, output_attentions=self.maps)
        logits = (out.prediction_logits, out.seq_relationship_logits)
        return (*logits, torch.cat(out.attentions)) if self.maps else logits


class Vit(torch.nn.Module):
    def __init__(self, maps: bool):
        super().__init__()
        self.maps = maps
        self.model = ViTForImageClassification.from_pretrained(
            MODELS / "clsroom-vit", dtype=torch.float32, attn_implementation="eager"
        ).eval()

    def forward(self, pixels):
        out = self.model(pixel_values=pixels, output_attentions=self.maps)
        return (out.logits, torch.cat(out.attentions)) if self.maps else (out.logits,)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(5, 8000, (1, TOKENS))
    cases = {
        "clsroom-bert": (Bert, (ids, torch.zeros_like(ids)), ["ids", "segments"], ["mlm", "nsp"]),
        "clsroom-vit": (Vit, (torch.randn(1, 3, 32, 32),), ["pixels"], ["classifier"]),
    }
    for name, (wrapper, inputs, takes, gives) in cases.items():
        for maps in (False, True):
            file = folder / f"{name}{'-maps' if maps else ''}.onnx"
            program = torch.onnx.export(
                wrapper(maps).eval(), inputs, dynamo=True, input_names=takes, output_names=gives + ["attentions"] * maps
            )
            program.save(file, external_data=False)


if __name__ == "__main__":
    main()

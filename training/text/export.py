"""Write a trained checkpoint as a Hugging Face model directory with F16 weights.

`python training/text/export.py --work …` exports the last checkpoint of a run, also while it is still training.
"""

import argparse
import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import BertForPreTraining

from model import MultiTaskBert, bert_config
from paths import MODEL_DIRECTORY, WORK

SPECIAL_TOKENS = {f"{name}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep", "mask")}


def export(work: Path, output: Path, share: float = 1.0) -> None:
    """`work/{checkpoint.pt, tokenizer.json}` → `output/{config, tokenizer, tokenizer_config}.json, model.safetensors`.

    `share`: of the checkpoint in the weights that are written; the rest is the model that is in `output`.
    """
    output.mkdir(parents=True, exist_ok=True)
    tensors = {}
    for name, tensor in torch.load(work / "checkpoint.pt", weights_only=True)["model"].items():
        if name.startswith("sentiment."):
            tensors[f"heads.{name}"] = tensor.half()
        elif not name.startswith("bert.cls.predictions.decoder."):  # tied to the word embeddings and cls.predictions.bias
            tensors[name.removeprefix("bert.")] = tensor.half()
    if share < 1:
        began = load_file(output / "model.safetensors")
        tensors = {name: torch.lerp(began[name].float(), tensor.float(), share).half() for name, tensor in tensors.items()}
    save_file(tensors, output / "model.safetensors", metadata={"format": "pt"})
    (output / "model.safetensors").chmod(0o644)

    config = bert_config().to_diff_dict() | {
        "architectures": ["BertForPreTraining"],
        "model_type": "bert",
        "torch_dtype": "float16",
        "position_embedding_type": "absolute",
        "pad_token_id": 0,
        "clsroom": {"heads": {"sentiment": {"pooling": "pooler", "labels": ["negative", "positive"]}}},
    }
    for key in ("dtype", "attn_implementation", "_attn_implementation"):
        config.pop(key, None)
    write_json(output / "config.json", config)
    write_json(
        output / "tokenizer_config.json",
        {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "strip_accents": True, "model_max_length": 512} | SPECIAL_TOKENS,
    )
    shutil.copy(work / "tokenizer.json", output / "tokenizer.json")


def load_exported(model: MultiTaskBert, directory: Path) -> None:
    """Put the weights of an exported directory back into the module that is trained."""
    model.bert = BertForPreTraining.from_pretrained(directory, dtype=torch.float32, attn_implementation="eager")
    heads = load_file(directory / "model.safetensors")
    for name, parameter in model.sentiment.named_parameters():
        parameter.data.copy_(heads[f"heads.sentiment.{name}"])


def write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--output", type=Path, default=MODEL_DIRECTORY)
    options = parser.parse_args()
    export(options.work, options.output)

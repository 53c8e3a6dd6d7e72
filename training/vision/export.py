"""Write a trained transformer as a Hugging Face `ViTForImageClassification` directory, weights in F16."""

import argparse
import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

sys.path.append(str(Path(__file__).resolve().parents[1] / "shared"))

from cifar import CLASSES, MEAN, SIDE, STD
from vit import Shape, ViT


SIDE_HEADS = {
    "average": {"pooling": "mean", "labels": CLASSES},
    "attention": {"pooling": "attention", "labels": CLASSES},
}


def config(shape: Shape) -> dict:
    """config.json, with what ours adds to a ViTConfig under `clsroom`."""
    return {
        "architectures": ["ViTForImageClassification"],
        "model_type": "vit",
        "torch_dtype": "float16",
        "image_size": shape.side,
        "patch_size": shape.patch,
        "num_channels": 3,
        "hidden_size": shape.width,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.mlp_ratio * shape.width,
        "hidden_act": "gelu",
        "layer_norm_eps": 1e-12,
        "qkv_bias": True,
        "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0,
        "initializer_range": 0.02,
        "encoder_stride": shape.patch,
        "id2label": {str(number): name for number, name in enumerate(CLASSES)},
        "label2id": {name: number for number, name in enumerate(CLASSES)},
        "clsroom": {
            "num_register_tokens": shape.registers,
            **({"heads": SIDE_HEADS} if shape.side_heads else {}),
        },
    }


PREPROCESSOR = {
    "image_processor_type": "ViTImageProcessor",
    "do_resize": True,
    "size": {"height": SIDE, "width": SIDE},
    "resample": 2,
    "do_rescale": True,
    "rescale_factor": 1 / 255,
    "do_normalize": True,
    "image_mean": MEAN,
    "image_std": STD,
}


# A block's modules, by our name, under the file's name of the layer.
LAYER_PARTS = {
    "out": "attention.output.dense",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm_before": "layernorm_before",
    "norm_after": "layernorm_after",
}


def weights(vit: ViT) -> dict[str, Tensor]:
    """The transformer's weights under the classic names of `transformers`; heads of ours under `heads.`."""
    shape = vit.shape
    out = {
        "vit.embeddings.cls_token": vit.cls_token,
        "vit.embeddings.position_embeddings": torch.cat([vit.cls_position, vit.positions], 1),
        "vit.embeddings.patch_embeddings.projection.weight":
            vit.embed.weight.view(shape.width, 3, shape.patch, shape.patch),
        "vit.embeddings.patch_embeddings.projection.bias": vit.embed.bias,
    }
    if shape.registers:
        out["vit.embeddings.register_tokens"] = vit.register_tokens

    def layer(name: str, module: torch.nn.Module) -> None:
        out[f"{name}.weight"], out[f"{name}.bias"] = module.weight, module.bias

    for number, block in enumerate(vit.blocks):
        name = f"vit.encoder.layer.{number}"
        for part, weight, bias in zip(("query", "key", "value"), block.qkv.weight.chunk(3), block.qkv.bias.chunk(3)):
            out[f"{name}.attention.attention.{part}.weight"] = weight
            out[f"{name}.attention.attention.{part}.bias"] = bias
        for ours, theirs in LAYER_PARTS.items():
            layer(f"{name}.{theirs}", getattr(block, ours))
    layer("vit.layernorm", vit.norm)
    layer("classifier", vit.classifier)
    if shape.side_heads:
        layer("heads.average", vit.average)
        layer("heads.attention", vit.attention)
        out["heads.attention.query"] = vit.query
    return {name: value.detach().half().contiguous() for name, value in out.items()}


def write_model(vit: ViT, directory: Path) -> None:
    """config.json, preprocessor_config.json and model.safetensors into `directory`."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, content in (("config.json", config(vit.shape)), ("preprocessor_config.json", PREPROCESSOR)):
        (directory / name).write_text(json.dumps(content, indent=2) + "\n")
    file = directory / "model.safetensors"
    save_file(weights(vit), file, metadata={"format": "pt"})
    file.chmod(0o644)


def read_model(directory: Path) -> ViT:
    """The transformer of an exported directory, its F16 weights widened to F32."""
    stored = json.loads((directory / "config.json").read_text())
    files = load_file(directory / "model.safetensors")
    shape = Shape(
        width=stored["hidden_size"],
        layers=stored["num_hidden_layers"],
        heads=stored["num_attention_heads"],
        registers=stored["clsroom"]["num_register_tokens"],
        side_heads="heads" in stored["clsroom"],
    )
    vit = ViT(shape).eval()
    state = {}
    positions = files["vit.embeddings.position_embeddings"]
    state["cls_position"], state["positions"] = positions[:, :1], positions[:, 1:]
    state["cls_token"] = files["vit.embeddings.cls_token"]
    state["register_tokens"] = files.get("vit.embeddings.register_tokens", vit.register_tokens.detach())
    modules = {"norm": "vit.layernorm", "classifier": "classifier"}
    if shape.side_heads:
        state["query"] = files["heads.attention.query"]
        modules |= {"average": "heads.average", "attention": "heads.attention"}
    for kind in ("weight", "bias"):
        projection = files[f"vit.embeddings.patch_embeddings.projection.{kind}"]
        state[f"embed.{kind}"] = projection.flatten(1) if kind == "weight" else projection
        for ours, theirs in modules.items():
            state[f"{ours}.{kind}"] = files[f"{theirs}.{kind}"]
        for number in range(vit.shape.layers):
            name = f"vit.encoder.layer.{number}"
            state[f"blocks.{number}.qkv.{kind}"] = torch.cat(
                [files[f"{name}.attention.attention.{part}.{kind}"] for part in ("query", "key", "value")])
            for ours, theirs in LAYER_PARTS.items():
                state[f"blocks.{number}.{ours}.{kind}"] = files[f"{name}.{theirs}.{kind}"]
    vit.load_state_dict({name: value.float() for name, value in state.items()})
    return vit


def main() -> None:
    arguments = argparse.ArgumentParser(description="Export a checkpoint of train.py before its run has ended.")
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("directory", type=Path)
    options = arguments.parse_args()
    state = torch.load(options.checkpoint)
    vit = ViT(Shape(registers=state["register_tokens"].shape[1]))
    vit.load_state_dict(state)
    write_model(vit, options.directory)


if __name__ == "__main__":
    main()

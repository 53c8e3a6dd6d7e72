"""Write a trained detector as a Hugging Face directory with F16 weights, and read it back."""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn
from transformers import DetrForObjectDetection, YolosForObjectDetection

from model import frozen_norms
from scenes import MEAN, SIDE, STD
from vidt import ViDT

CLASSES = {"yolos": YolosForObjectDetection, "detr": DetrForObjectDetection, "vidt": ViDT}
PROCESSORS = {"yolos": "YolosImageProcessor", "detr": "DetrImageProcessor", "vidt": "YolosImageProcessor"}


def export(kind: str, model: nn.Module, output: Path) -> None:
    """`output/{config, preprocessor_config}.json, model.safetensors`"""
    output.mkdir(parents=True, exist_ok=True)
    model = model.cpu().eval()
    if kind == "vidt":
        write_json(output / "config.json", model.config)
        halves = {name: value.half().contiguous() for name, value in model.state_dict().items()}
        save_file(halves, output / "model.safetensors", {"format": "pt"})
    else:
        (frozen_norms(model) if kind == "detr" else model).half().save_pretrained(output)
    write_json(output / "preprocessor_config.json", preprocessor(kind))


def preprocessor(kind: str) -> dict:
    return {
        "image_processor_type": PROCESSORS[kind],
        "format": "coco_detection",
        "do_resize": True,
        "size": {"height": SIDE, "width": SIDE},
        "resample": 2,
        "do_rescale": True,
        "rescale_factor": 1 / 255,
        "do_normalize": True,
        "image_mean": MEAN,
        "image_std": STD,
        "do_pad": False,
    }


def write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n")


def load_exported(kind: str, directory: Path) -> nn.Module:
    """In F32; an error where a weight is missing or too many."""
    if kind == "vidt":
        return ViDT.from_pretrained(directory)
    model, report = CLASSES[kind].from_pretrained(directory, dtype=torch.float32, output_loading_info=True)
    assert not report["missing_keys"] and not report["unexpected_keys"], report
    return model.eval()

"""Model directories of pictures' models: written in F16, read back as F32."""

import json
from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import Tensor, nn


def preprocessor(side: int, mean: list[float], std: list[float]) -> dict:
    """A ViTImageProcessor's settings."""
    return {
        "image_processor_type": "ViTImageProcessor",
        "do_resize": True,
        "size": {"height": side, "width": side},
        "resample": 2,
        "do_rescale": True,
        "rescale_factor": 1 / 255,
        "do_normalize": True,
        "image_mean": mean,
        "image_std": std,
    }


def write_model(directory: Path, config: dict, settings: dict, weights: dict[str, Tensor]) -> None:
    """`directory/{config, preprocessor_config}.json, model.safetensors`"""
    directory.mkdir(parents=True, exist_ok=True)
    for name, content in (("config.json", config), ("preprocessor_config.json", settings)):
        (directory / name).write_text(json.dumps(content, indent=2) + "\n")
    file = directory / "model.safetensors"
    halves = {name: value.detach().cpu().half().contiguous() for name, value in weights.items()}
    save_file(halves, file, metadata={"format": "pt"})
    file.chmod(0o644)


def read_weights(model: nn.Module, directory: Path) -> nn.Module:
    """The directory's weights, widened, in `model`."""
    stored = load_file(directory / "model.safetensors")
    model.load_state_dict({name: value.float() for name, value in stored.items()})
    return model.float().eval()

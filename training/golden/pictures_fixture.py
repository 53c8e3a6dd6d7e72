"""Writes what transformers' image processors make of pictures with Pillow, for every processor and setting that CLSroom repeats.

    python training/golden/pictures_fixture.py        (needs transformers, pillow, numpy and torch)

src/loaders/fixtures/pictures.json:

  configs   the preprocessor_config.json of each case, as its file has it
  cases     [config, width, height, grey, made width, made height, hash, bytes, values]: the picture is drawn by a linear congruential
            generator that the test runs too; `hash` is the FNV-1a hash of the 8-bit pixels after resize and crop, row by row, RGB;
            `bytes` are PROBES of these, evenly spaced, and `values` the same of pixel_values, channels first
  refused   settings for which transformers raises an error
  answers   the shipped models' logits for a picture: {model, width, height, logits}
"""

import json
import pathlib

import numpy as np
import torch
import transformers
from PIL import Image
from transformers import ViTForImageClassification
from transformers.models.bit.image_processing_pil_bit import BitImageProcessorPil
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.deit.image_processing_pil_deit import DeiTImageProcessorPil
from transformers.models.vit.image_processing_pil_vit import ViTImageProcessorPil

ROOT = pathlib.Path(__file__).parents[2]
OUT = ROOT / "src/loaders/fixtures/pictures.json"
PROBES = 6
PROCESSORS = {
    "ViTImageProcessor": ViTImageProcessorPil,
    "DeiTImageProcessor": DeiTImageProcessorPil,
    "CLIPImageProcessor": CLIPImageProcessorPil,
    "BitImageProcessor": BitImageProcessorPil,
}

SIZES = [(1, 1), (1, 9), (9, 1), (2, 3), (17, 33), (33, 17), (100, 7), (7, 100), (64, 64), (131, 97), (300, 41), (2, 400)]
VIT, DEIT, CLIP, BIT = ({"image_processor_type": kind} for kind in PROCESSORS)
IMAGENET = {"image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}

CONFIGS = [
    *({**VIT, "size": {"height": 24, "width": 24}, "resample": filter} for filter in range(6)),
    *({**VIT, "size": [31, 7], "resample": filter, **IMAGENET} for filter in range(6)),
    *({**VIT, "size": {"height": 200, "width": 150}, "resample": filter} for filter in range(6)),
    # A part larger than the resized picture is filled up with black, also where only one side is.
    *({**CLIP, "size": {"shortest_edge": edge}, "crop_size": crop} for edge, crop in [(20, 20), (20, 13), (20, 29), (21, [30, 11])]),
    *({**BIT, "size": {"shortest_edge": edge, "longest_edge": 50}, "crop_size": 48} for edge in (10, 40, 50)),
    {**CLIP, "size": 26, "crop_size": 24},
    {**DEIT, "size": 28, "crop_size": 24},
    {**DEIT, "size": {"height": 20, "width": 44}, "crop_size": {"height": 31, "width": 24}, "resample": 1},
    {"feature_extractor_type": "ViTFeatureExtractor", "size": 16, "crop_size": None, "resample": None},
    {"feature_extractor_type": "DeiTFeatureExtractor", "size": 18, "crop_size": 16, "image_mean": None},
    {"image_processor_type": "CLIPImageProcessorFast", "size": {"shortest_edge": 16}, "crop_size": 16},
    {"size": 12, "do_center_crop": True, "crop_size": 15},
    {**VIT, "do_resize": False},
    {**VIT, "do_resize": False, "do_center_crop": True, "crop_size": [16, 40]},
    {**VIT, "size": 8, "do_rescale": False},
    {**VIT, "size": 8, "do_normalize": False},
    {**VIT, "size": 8, "do_rescale": False, "do_normalize": False},
    {**VIT, "size": 8, "rescale_factor": 1 / 127.5, "image_mean": [1, 1, 1], "image_std": [1, 1, 1]},
    {**VIT, "size": 8, "image_mean": 0.25, "image_std": 0.125},
]  # fmt: skip

# The defaults' own sizes are large: one picture each.
DEFAULTS = [VIT, DEIT, CLIP, BIT, {}]

REFUSED = [
    {**VIT, "size": {"height": 0, "width": 8}},
    {**VIT, "size": {"height": -4, "width": 8}},
    {**VIT, "size": {"longest_edge": 40}},
    {**VIT, "size": 8, "do_center_crop": True},
    {**VIT, "size": 8, "image_mean": [0.5, 0.5]},
    {**VIT, "size": "large"},
]


def drawn(width: int, height: int, grey: bool) -> Image.Image:
    """The test draws the same: `drawn` in pictures_golden.test.ts. Noise on a slope: nothing that a filter passes unchanged."""
    state = width * 1009 + height

    def draw(below: int) -> int:
        nonlocal state
        state = (state * 1664525 + 1013904223) % 2**32
        return (state >> 8) % below

    channels = 1 if grey else 3
    pixels = np.zeros((height, width, channels), np.uint8)
    for y in range(height):
        for x in range(width):
            for c in range(channels):
                pixels[y, x, c] = min(255, (x * 5 + y * 3 + c * 60) % 200 + draw(90))
    # Pipelines convert first: ViT's and DeiT's processors take RGB alone.
    return Image.fromarray(pixels[..., 0] if grey else pixels).convert("RGB")


def processor(config: dict):
    named = config.get("image_processor_type") or config.get("feature_extractor_type") or "ViTImageProcessor"
    kind = PROCESSORS[named.removesuffix("Fast").replace("FeatureExtractor", "ImageProcessor")]
    # null is "my default" in files of older releases; transformers 5 takes it for a missing value in some places.
    return kind.from_dict({k: v for k, v in config.items() if v is not None and not k.endswith("_type")})


def fnv1a(data: bytes) -> int:
    value = 0x811C9DC5
    for byte in data:
        value = ((value ^ byte) * 0x01000193) % 2**32
    return value


def probes(flat: np.ndarray) -> list:
    return [flat[i * (flat.size - 1) // (PROBES - 1)].item() for i in range(PROBES)]


def case(config: dict, width: int, height: int, grey: bool) -> list | None:
    picture, made = drawn(width, height, grey), processor(config)
    try:
        values = made(picture)["pixel_values"][0]
    except ValueError as error:
        if "height and width must be > 0" in str(error):  # a strip of less than half a pixel
            return None
        raise
    pixels = made(picture, do_rescale=False, do_normalize=False)["pixel_values"][0].transpose(1, 2, 0)
    assert pixels.dtype == np.uint8
    return [
        width, height, int(grey), pixels.shape[1], pixels.shape[0], f"{fnv1a(pixels.tobytes()):08x}",
        probes(pixels.reshape(-1)), [float(f"{value:.8g}") for value in probes(values.reshape(-1).astype(np.float64))],
    ]  # fmt: skip


def refuses(config: dict) -> bool:
    try:
        processor(config)(drawn(9, 7, False))
    except Exception:
        return True
    return False


def answer(name: str, width: int, height: int) -> dict:
    folder = ROOT / "public/models" / name
    config = json.loads((folder / "preprocessor_config.json").read_text())
    model = ViTForImageClassification.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    pixels = torch.from_numpy(processor(config)(drawn(width, height, False))["pixel_values"][0])
    with torch.no_grad():
        logits = model(pixels[None]).logits[0]
    return {"model": name, "width": width, "height": height, "logits": [float(f"{value:.7g}") for value in logits.tolist()]}


def main() -> None:
    configs = CONFIGS + DEFAULTS
    cases = []
    for index, config in enumerate(configs):
        sizes = SIZES if index < len(CONFIGS) else [(131, 97)]
        for n, (width, height) in enumerate(sizes):
            made = case(config, width, height, grey=n % 5 == 4)
            if made:
                cases.append([index, *made])
    not_refused = [config for config in REFUSED if not refuses(config)]
    assert not not_refused, not_refused
    names = ("clsroom-vit", "clsroom-vit-large")
    answers = [answer(name, *size) for name in names for size in ((131, 97), (33, 17), (7, 100))]
    versions = {"transformers": transformers.__version__, "pillow": Image.__version__}
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in cases)
    head = json.dumps({**versions, "configs": configs, "refused": REFUSED, "answers": answers}, separators=(",", ":"))
    OUT.write_text(f'{head[:-1]},"cases":[\n{lines}\n]}}\n')
    print(len(cases), "cases,", OUT.stat().st_size, "bytes")


main()

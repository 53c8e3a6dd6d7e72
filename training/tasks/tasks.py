"""Three tasks on CIFAR-10's pictures, chosen to need different evidence.

  object    what is it: shape and texture, mostly in the middle
  border    the mean colour of the outermost 4 pixels: colour of the rim alone
  rotation  by how many degrees was the picture turned: layout (Gidaris et al. 2018, arXiv 1803.07728)
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from cifar import CLASSES, SIDE, normalise

TASKS = {
    "object": CLASSES,
    "border": ["dark", "grey", "white", "warm", "green", "blue"],
    "rotation": ["0", "90", "180", "270"],
}
DARK, GREY, WHITE, WARM, GREEN, BLUE = range(6)
RIM = 4  # pixels: the outermost ring of patches
LABEL_SMOOTHING = 0.05


def config(separate: bool) -> dict:
    """Of the model with a class token for each task, or with one for all."""
    heads = {
        task: {"pooling": "cls", "token": number if separate else 0, "labels": labels}
        for number, (task, labels) in enumerate(TASKS.items())
    }
    return {
        "architectures": ["ClsroomViTTasks"],
        "model_type": "clsroom_vit_tasks",
        "dtype": "float16",
        "image_size": SIDE,
        "patch_size": 4,
        "num_channels": 3,
        "hidden_size": 128,
        "num_hidden_layers": 6,
        "num_attention_heads": 4,
        "intermediate_size": 512,
        "hidden_act": "gelu",
        "layer_norm_eps": 1e-12,
        "qkv_bias": True,
        "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0,
        "num_cls_tokens": len(TASKS) if separate else 1,
        "clsroom": {"cls_tokens": list(TASKS) if separate else ["all"], "heads": heads},
    }


def border_label(pixels: Tensor) -> Tensor:
    """[B], the bin of the rim's mean colour, of pixels [B, 3, 32, 32] in [0, 1]."""
    rim = pixels.sum((2, 3)) - pixels[:, :, RIM:-RIM, RIM:-RIM].sum((2, 3))
    red, green, blue = (rim / (SIDE ** 2 - (SIDE - 2 * RIM) ** 2)).unbind(1)
    high, low = torch.maximum(torch.maximum(red, green), blue), torch.minimum(torch.minimum(red, green), blue)
    pale = (high - low) / high.clamp(min=1e-3) < 0.12
    label = torch.full_like(red, WARM, dtype=torch.long)  # red leads
    rules = {
        GREEN: (green >= red) & (green >= blue),
        BLUE: (blue > green) & (blue > red),
        GREY: pale,
        WHITE: pale & (high > 0.7),
        DARK: high < 0.33,
    }
    for number, where in rules.items():  # a later rule over an earlier one
        label = label.masked_fill(where, number)
    return label


def turn(images: Tensor, quarters: Tensor) -> Tensor:
    """Every image turned anticlockwise by its number of quarters [B]."""
    turned = torch.stack([images.rot90(number, (2, 3)) for number in range(4)])
    return turned[quarters, torch.arange(len(images), device=images.device)]


def lesson(images: Tensor, labels: Tensor, quarters: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
    """Images in [0, 1] → turned and normalised ones, and the labels of every task."""
    pixels = turn(images, quarters)
    return normalise(pixels), {"object": labels, "border": border_label(pixels), "rotation": quarters}


def loss_of(logits: dict[str, Tensor], truth: dict[str, Tensor]) -> Tensor:
    return sum(F.cross_entropy(logits[task].float(), truth[task], label_smoothing=LABEL_SMOOTHING) for task in TASKS)

"""The three detectors, with 8 tokens each.

  yolos  YOLOS (Fang et al. 2021, arXiv 2106.00666): DET tokens in a plain ViT; transformers' YolosForObjectDetection
  detr   DETR (Carion et al. 2020, arXiv 2005.12872): object queries in a decoder; transformers' DetrForObjectDetection
  vidt   ViDT (Song et al. 2021, arXiv 2110.03921), reduced: vidt.py
"""

import math

import torch
from torch import Tensor, nn
from transformers import DetrConfig, DetrForObjectDetection, ResNetConfig, YolosConfig, YolosForObjectDetection

from scenes import SIDE
from vidt import ViDT

TOKENS, WIDTH, HEADS, PATCH = 8, 128, 4, 8
FROZEN = "DetrFrozenBatchNorm2d"


def sine_grid(side: int, width: int) -> Tensor:
    """Fixed sines and cosines of row and column, to start learned positions from."""
    place = torch.arange(side).float()[:, None] * (math.pi / side * 2 ** torch.linspace(-1, 2, width // 4))
    line = torch.cat([place.sin(), place.cos()], 1)
    return torch.cat([line[:, None].expand(-1, side, -1), line[None].expand(side, -1, -1)], -1).flatten(0, 1)


@torch.no_grad()
def start_tokens(embeddings: nn.Module, first: int) -> None:
    """transformers starts these at zero, where all DET tokens would be the same for ever. `first` is the first patch's position."""
    grid = SIDE // PATCH
    nn.init.normal_(embeddings.detection_tokens, std=0.3)
    nn.init.normal_(embeddings.position_embeddings, std=0.02)
    embeddings.position_embeddings[0, first : first + grid * grid] += 0.2 * sine_grid(grid, WIDTH)


def names_of(classes: list[str]) -> dict:
    return {"id2label": dict(enumerate(classes)), "label2id": {name: number for number, name in enumerate(classes)}}


def new_yolos(classes: list[str]) -> YolosForObjectDetection:
    model = YolosForObjectDetection(
        YolosConfig(
            hidden_size=WIDTH,
            num_hidden_layers=6,
            num_attention_heads=HEADS,
            intermediate_size=4 * WIDTH,
            image_size=[SIDE, SIDE],
            patch_size=PATCH,
            num_detection_tokens=TOKENS,
            use_mid_position_embeddings=False,
            **names_of(classes),
        )
    )
    start_tokens(model.vit.embeddings, first=1)
    nn.init.normal_(model.vit.embeddings.cls_token, std=0.02)
    return model


def new_detr(classes: list[str]) -> DetrForObjectDetection:
    """With batch norms that learn; `frozen_norms` gives transformers' back."""
    backbone = ResNetConfig(
        embedding_size=48, hidden_sizes=[48, 96], depths=[2, 3], layer_type="basic", out_features=["stage2"]  # stride 8
    )
    model = DetrForObjectDetection(
        DetrConfig(
            backbone_config=backbone,
            use_timm_backbone=False,
            use_pretrained_backbone=False,
            backbone=None,
            num_queries=TOKENS,
            d_model=WIDTH,
            encoder_layers=2,
            decoder_layers=3,
            encoder_attention_heads=HEADS,
            decoder_attention_heads=HEADS,
            encoder_ffn_dim=3 * WIDTH,
            decoder_ffn_dim=3 * WIDTH,
            dropout=0.0,
            auxiliary_loss=True,
            **names_of(classes),
        )
    )
    for parameter in model.parameters():
        parameter.requires_grad_(True)  # transformers freezes the first stages
    return swap_norms(model, FROZEN, nn.BatchNorm2d)


def new_vidt(classes: list[str]) -> ViDT:
    model = ViDT({
        "architectures": ["ClsroomViDT"],
        "model_type": "clsroom_vidt",
        "torch_dtype": "float16",
        "hidden_size": WIDTH,
        "num_hidden_layers": 6,
        "num_attention_heads": HEADS,
        "intermediate_size": 4 * WIDTH,
        "hidden_act": "gelu",
        "layer_norm_eps": 1e-12,
        "image_size": [SIDE, SIDE],
        "patch_size": PATCH,
        "num_channels": 3,
        "qkv_bias": True,
        "num_detection_tokens": TOKENS,
        "window_size": 4,
        "shift_size": 2,
        "det_patch_layers": [0, 1, 2, 3, 4, 5],
        "decoder_layers": 2,
        "decoder_ffn_dim": 2 * WIDTH,
        "activation_function": "relu",
        **names_of(classes),
    })
    for module in model.modules():
        if isinstance(module, nn.Linear):
            nn.init.trunc_normal_(module.weight, std=0.02)
            nn.init.zeros_(module.bias)
    start_tokens(model.vit.embeddings, first=0)
    return model


NEW = {"yolos": new_yolos, "detr": new_detr, "vidt": new_vidt}


@torch.no_grad()
def swap_norms(model: nn.Module, old: str, new: type) -> nn.Module:
    """Norms of one kind against those of another, with their weights and statistics."""
    for module in list(model.modules()):
        for name, child in list(module.named_children()):
            if type(child).__name__ == old:
                fresh = new(len(child.weight)).to(child.weight.device)
                for part in ("weight", "bias", "running_mean", "running_var"):
                    getattr(fresh, part).copy_(getattr(child, part))
                setattr(module, name, fresh)
    return model


def frozen_norms(model: DetrForObjectDetection) -> DetrForObjectDetection:
    """As transformers has them."""
    frozen = next(type(module) for module in DetrForObjectDetection(model.config).modules() if type(module).__name__ == FROZEN)
    return swap_norms(model, "BatchNorm2d", frozen)


def use_train_mode(model: nn.Module) -> None:
    """There is no dropout: only ViDT's auxiliary answers and the batch norms care (and DETR, in training mode, waits for the device)."""
    model.train(isinstance(model, ViDT))
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.train()


def answers(model: nn.Module, pixels: Tensor) -> tuple[Tensor, Tensor]:
    """Logits and boxes [layers that answer, B, TOKENS, …]; the last is the model's answer."""
    if isinstance(model, ViDT):
        found = model(pixels)
        return found["logits"], found["pred_boxes"]
    if isinstance(model, YolosForObjectDetection):
        states = model.vit(pixels).last_hidden_state[None, :, -TOKENS:]
    else:
        states = model.model(pixels).intermediate_hidden_states
        states = states if torch.is_tensor(states) else torch.stack(tuple(states))
    with torch.autocast(states.device.type, enabled=False):  # a box to a quarter of a pixel needs more than bfloat16
        return model.class_labels_classifier(states.float()), model.bbox_predictor(states.float()).sigmoid()

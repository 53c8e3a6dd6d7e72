"""Muon for the matrices of the layers, AdamW for the rest, and their common rate."""

import torch
from torch import Tensor, nn

from muon import Muon


def optimisers(model: nn.Module, matrix_rate: float, vector_rate: float, decay: float) -> list[torch.optim.Optimizer]:
    """For everything that learns."""
    matrices, others = [], []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            (matrices if "layer" in name and parameter.ndim == 2 else others).append(parameter)
    return [
        Muon(matrices, lr=matrix_rate, weight_decay=decay),
        torch.optim.AdamW(others, lr=vector_rate, betas=(0.9, 0.98), weight_decay=0.0),
    ]


def short_rise(share: float, warm_up: float = 0.04) -> float:
    """Share of the peak rates after this share of the steps: a short rise, then a straight fall to nothing."""
    return min(1.0, share / warm_up + 0.02) * (1 - share)


def update(loss: Tensor, optimisers: list[torch.optim.Optimizer], factor: float) -> None:
    """One step of all at `factor` times their peak rates."""
    loss.backward()
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["lr"] = group.setdefault("peak", group["lr"]) * factor
        optimiser.step()
        optimiser.zero_grad()

"""What a run of the writing models is made of: the optimiser, its rate, and batches of like length."""

import torch
from torch import nn


def optimizer(model: nn.Module, peak: float, decay: float, betas: tuple[float, float]) -> torch.optim.Optimizer:
    """AdamW (Loshchilov & Hutter 2019); biases and normalisations do not decay."""
    matrices = [p for p in model.parameters() if p.ndim >= 2]
    vectors = [p for p in model.parameters() if p.ndim < 2]
    groups = [{"params": matrices, "weight_decay": decay}, {"params": vectors, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=peak, betas=betas)


def rate(step: int, steps: int, warmup: int, fall: float) -> float:
    """Share of the peak learning rate: linear up, flat, linear down to 0 over the last share `fall` of the steps."""
    return min((step + 1) / warmup, 1.0, (1 - (step + 1) / steps) / fall)


def batches_of_like_length(lengths: torch.Tensor, size: int, generator: torch.Generator) -> list[torch.Tensor]:
    """One pass over rows of these lengths [N]: row numbers by batch, shuffled; 16 batches are sorted by length at a time."""
    order = torch.randperm(len(lengths), generator=generator)
    batches = [batch for block in order.split(size * 16) for batch in block[lengths[block].argsort()].split(size)]
    return [batches[i] for i in torch.randperm(len(batches), generator=generator)]

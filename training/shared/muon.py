"""Muon: momentum, orthogonalised, for the matrices of the hidden layers (Jordan et al. 2024)."""

from collections import defaultdict

import torch
from torch import Tensor

from precision import MATRIX_UNITS


def orthogonalise(stack: Tensor) -> Tensor:
    """Nearest semi-orthogonal matrices to stack [M, rows, columns], by five quintic Newton–Schulz steps."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = stack.bfloat16() if stack.is_cuda or MATRIX_UNITS else stack
    tall = x.shape[1] > x.shape[2]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(5):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.mT if tall else x).to(stack.dtype)


class Muon(torch.optim.Optimizer):
    """Matrices of one shape are orthogonalised as one batch; a convolution [to, from, 3, 3] counts as the matrix [to, from·9],
    and, where there are such, a `fused` query-key-value [3·D, D] as three."""

    def __init__(self, parameters, lr: float, momentum: float = 0.95, weight_decay: float = 0.0, fused: bool = False):
        self.fused = fused
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            alike = defaultdict(list)
            for parameter in group["params"]:
                if parameter.grad is not None:
                    alike[parameter.shape].append(parameter)
            for shape, parameters in alike.items():
                rows, columns = shape[0], shape[1:].numel()
                updates = []
                for parameter in parameters:
                    state = self.state[parameter]
                    average = state.setdefault("momentum", torch.zeros_like(parameter))
                    average.lerp_(parameter.grad, 1 - group["momentum"])
                    updates.append(parameter.grad.lerp(average, group["momentum"]))  # Nesterov
                parts = 3 if self.fused and rows == 3 * columns else 1
                stack = torch.stack(updates).reshape(len(updates) * parts, rows // parts, columns)
                scale = max(1.0, rows / parts / columns) ** 0.5
                stack = orthogonalise(stack).reshape(len(updates), *shape)
                for parameter, update in zip(parameters, stack):
                    parameter.mul_(1 - group["lr"] * group["weight_decay"])
                    parameter.sub_(update, alpha=group["lr"] * scale)

"""A vision transformer (Dosovitskiy et al. 2021) with optional registers (Darcet et al. 2024) and up to three read-outs.

Legend: B batch, K patches kept of N = 64, R registers, T = 1 + R + K tokens, D width, H heads, L layers, C classes.
"""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class Shape:
    width: int = 96
    layers: int = 6
    heads: int = 3
    mlp_ratio: int = 4
    side: int = 32
    patch: int = 4
    classes: int = 10
    registers: int = 0
    side_heads: bool = True  # read-outs beside CLS's

    @property
    def grid(self) -> int:
        return self.side // self.patch


@dataclass(frozen=True)
class Run:
    """What a forward gives."""

    logits: dict[str, Tensor]  # [B, C] by head
    tokens: list[Tensor]  # [B, K, D], the patches after every layer
    last: Tensor  # [B, K, D], the patches after the final norm
    looks: list[Tensor]  # [B, H, K], CLS's attention to the patches in every layer


def to_patches(images: Tensor, patch: int) -> Tensor:
    """[B, 3, S, S] → [B, N, 3·P·P], patches in reading order, each laid out as a convolution's weight is."""
    return F.unfold(images, patch, stride=patch).transpose(1, 2)


def pick(tokens: Tensor, kept: Tensor) -> Tensor:
    """Rows `kept` [B, K] of tokens [B, N, D] → [B, K, D]."""
    return tokens.gather(1, kept.unsqueeze(-1).expand(-1, -1, tokens.shape[-1]))


def sine_positions(grid: int, width: int) -> Tensor:
    """2-D sine and cosine table [N, D]: the first half encodes the row, the second the column."""
    frequency = 10000 ** -(torch.arange(width // 4) / (width // 4))
    angle = torch.arange(grid)[:, None] * frequency
    line = torch.cat([angle.sin(), angle.cos()], 1)  # [grid, D/2]
    rows = line[:, None].expand(-1, grid, -1)
    columns = line[None].expand(grid, -1, -1)
    return torch.cat([rows, columns], 2).flatten(0, 1)


def halves(product: Tensor, rank: int) -> tuple[Tensor, Tensor]:
    """A, B [rank, D] with Aᵀ·B the best approximation of `product` [D, D] of that rank."""
    u, s, v = torch.linalg.svd(product)
    root = s[:rank].sqrt()[:, None]
    return root * u.T[:rank], root * v[:rank]


class Block(nn.Module):
    """x + attention(norm(x)), then x + mlp(norm(x)): [B, T, D] → [B, T, D], and the attention [B, H, T, T]."""

    def __init__(self, shape: Shape):
        super().__init__()
        width = shape.width
        self.heads = shape.heads
        self.norm_before = nn.LayerNorm(width, eps=1e-12)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm_after = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, shape.mlp_ratio * width)
        self.down = nn.Linear(shape.mlp_ratio * width, width)
        self.initialise()

    @torch.no_grad()
    def initialise(self) -> None:
        """Mimetic initialisation (Trockman & Kolter 2023): queries·keys start near the identity, so that a patch
        looks at its like and its neighbours, and values·output near minus the identity."""
        width = self.out.in_features
        per_head = width // self.heads
        eye = torch.eye(width)
        for layer in (self.qkv, self.out, self.up, self.down):
            nn.init.trunc_normal_(layer.weight, std=0.02)
            nn.init.zeros_(layer.bias)
        for head in range(self.heads):
            noise = torch.randn(width, width) / math.sqrt(per_head)
            query, key = halves(0.7 * noise + 0.7 * eye, per_head)
            rows = slice(head * per_head, (head + 1) * per_head)
            self.qkv.weight[:width][rows] = query
            self.qkv.weight[width:2 * width][rows] = key
        noise = torch.randn(width, width) / math.sqrt(width)
        value, out = halves(0.4 * noise - 0.4 * eye, width)
        self.qkv.weight[2 * width:] = value
        self.out.weight.copy_(out.T)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        batch, tokens, width = x.shape
        qkv = self.qkv(self.norm_before(x)).view(batch, tokens, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)  # each [B, H, T, D/H]
        # Written out: for sequences this short, seven times faster on a CPU than the fused kernel and its backward.
        scores = (q / math.sqrt(width // self.heads)) @ k.mT  # [B, H, T, T]
        attention = scores.softmax(-1)
        mixed = (attention @ v).transpose(1, 2).reshape(batch, tokens, width)
        x = x + self.out(mixed)
        return x + self.down(F.gelu(self.up(self.norm_after(x)))), attention


class ViT(nn.Module):
    """Sequence [CLS][REG × R][patches]; registers carry no position."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        width = shape.width
        self.cls_token = nn.Parameter(torch.randn(1, 1, width) * 0.02)
        self.register_tokens = nn.Parameter(torch.randn(1, shape.registers, width) * 0.02)
        self.cls_position = nn.Parameter(torch.zeros(1, 1, width))
        self.positions = nn.Parameter(sine_positions(shape.grid, width)[None] * 0.5)
        self.embed = nn.Linear(3 * shape.patch ** 2, width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.classifier = nn.Linear(width, shape.classes)
        if shape.side_heads:
            self.average = nn.Linear(width, shape.classes)
            self.attention = nn.Linear(width, shape.classes)
            self.query = nn.Parameter(torch.zeros(width))

    def forward(self, patches: Tensor, kept: Tensor, registers: int | None = None) -> Run:
        """patches [B, K, 3·P·P] at the grid's places kept [B, K]; the first `registers` of the registers, or all."""
        batch = len(patches)
        positions = self.positions.expand(batch, -1, -1)
        present = self.register_tokens[:, :registers]
        x = torch.cat([
            (self.cls_token + self.cls_position).expand(batch, -1, -1),
            present.expand(batch, -1, -1),
            self.embed(patches) + pick(positions, kept),
        ], 1)
        if torch.is_autocast_enabled("cpu"):
            x = x.bfloat16()  # the whole residual stream: half the memory traffic
        first = 1 + present.shape[1]
        tokens, looks = [], []
        for block in self.blocks:
            x, attention = block(x)
            tokens.append(x[:, first:])
            looks.append(attention[:, :, 0, first:])
        h = self.norm(x)
        return Run(self.read(h[:, 0], h[:, first:]), tokens, h[:, first:], looks)

    def read(self, cls: Tensor, h: Tensor) -> dict[str, Tensor]:
        """CLS [B, D] and patch tokens [B, K, D], both final-layernormed → logits [B, C] by head."""
        if not self.shape.side_heads:
            return {"classifier": self.classifier(cls)}
        weights = (h @ self.query.to(h.dtype) / math.sqrt(h.shape[-1])).softmax(1)  # [B, K]
        return {
            "classifier": self.classifier(cls),
            "average": self.average(h.mean(1)),
            "attention": self.attention((weights.unsqueeze(1) @ h).squeeze(1)),
        }

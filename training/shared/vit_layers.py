"""A vision transformer with the names of `transformers`' ViTModel, so that its weights are saved as they are.

Legend: B batch, T tokens, M memory rows, D width, H heads, N patches, C class tokens.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Layer(nn.Module):
    """x + attention(norm(x)), then x + mlp(norm(x)): [B, T, D] → the same."""

    def __init__(self, width: int, heads: int, hidden: int, eps: float = 1e-12):
        super().__init__()
        self.heads, self.maps = heads, None
        self.layernorm_before = nn.LayerNorm(width, eps=eps)
        self.attention = nn.ModuleDict({
            "attention": nn.ModuleDict({name: nn.Linear(width, width) for name in ("query", "key", "value")}),
            "output": nn.ModuleDict({"dense": nn.Linear(width, width)}),
        })
        self.layernorm_after = nn.LayerNorm(width, eps=eps)
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(width, hidden)})
        self.output = nn.ModuleDict({"dense": nn.Linear(hidden, width)})
        for name, part in self.named_modules():
            if isinstance(part, nn.Linear):
                nn.init.trunc_normal_(part.weight, std=0.02 if "dense" in name else width ** -0.5)
                nn.init.zeros_(part.bias)

    def forward(self, x: Tensor, mask: Tensor | None = None, keep: bool = False, memory: Tensor | None = None) -> Tensor:
        """`memory` [B, M, D] are more rows to read, gone after this layer. `mask` [T, T + M] is true where a row may look. With `keep`,
        the attention [B, H, T, T + M] stays in `self.maps`."""
        source = self.layernorm_before(x)
        read = source if memory is None else torch.cat([source, self.layernorm_before(memory)], 1)
        parts = self.attention["attention"]
        q, k, v = (self.by_head(parts[name](rows)) for name, rows in (("query", source), ("key", read), ("value", read)))
        if keep:
            scores = (q / math.sqrt(q.shape[-1])) @ k.mT
            self.maps = (scores if mask is None else scores.masked_fill(~mask, -torch.inf)).softmax(-1)
            mixed = self.maps @ v
        else:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = x + self.attention["output"]["dense"](mixed.transpose(1, 2).flatten(2))
        return x + self.output["dense"](F.gelu(self.intermediate["dense"](self.layernorm_after(x))))

    def by_head(self, rows: Tensor) -> Tensor:
        """[B, T, D] → [B, H, T, D / H]"""
        return rows.unflatten(-1, (self.heads, -1)).transpose(1, 2)


class Stack(nn.Module):
    """`layer.0` … `layer.n`, as ViT's encoder is named."""

    def __init__(self, layers: int, width: int, heads: int, hidden: int):
        super().__init__()
        self.layer = nn.ModuleList(Layer(width, heads, hidden) for _ in range(layers))

    def forward(self, x: Tensor, mask: Tensor | None = None, keep: bool = False) -> list[Tensor]:
        """Hidden states: the input, then after every layer."""
        states = [x]
        for layer in self.layer:
            states.append(layer(states[-1], mask, keep))
        return states

    def maps(self) -> list[Tensor]:
        return [layer.maps for layer in self.layer]


def sine_positions(width: int, grid: int) -> Tensor:
    """2-D sine and cosine table [N, D]: the first half encodes the column, the second the row (MAE's order)."""
    frequency = 10000 ** -(torch.arange(width // 4) / (width // 4))
    angle = torch.arange(grid)[:, None] * frequency
    line = torch.cat([angle.sin(), angle.cos()], 1)
    columns, rows = line[None].expand(grid, -1, -1), line[:, None].expand(-1, grid, -1)
    return torch.cat([columns, rows], 2).flatten(0, 1)


class ViT(nn.Module):
    """[CLS × C][patches], learned positions."""

    def __init__(self, width: int, layers: int, heads: int, hidden: int, side: int, patch: int, cls: int = 1):
        super().__init__()
        self.cls = cls
        positions = torch.cat([torch.zeros(cls, width), 0.5 * sine_positions(width, side // patch)])
        self.embeddings = nn.Module()
        self.embeddings.cls_token = nn.Parameter(torch.randn(1, cls, width) * 0.02)
        self.embeddings.position_embeddings = nn.Parameter(positions[None])
        self.embeddings.patch_embeddings = nn.ModuleDict({"projection": nn.Conv2d(3, width, patch, patch)})
        self.encoder = Stack(layers, width, heads, hidden)
        self.layernorm = nn.LayerNorm(width, eps=1e-12)

    def forward(
        self, pixels: Tensor, kept: Tensor | None = None, mask: Tensor | None = None, keep: bool = False
    ) -> tuple[list[Tensor], Tensor]:
        """Hidden states, and the last one after the final norm; of pixels [B, 3, S, S]. `kept` [B, K]: only these patches are there."""
        inside = self.embeddings
        patches = inside.patch_embeddings["projection"](pixels).flatten(2).transpose(1, 2)
        patches = patches + inside.position_embeddings[:, self.cls :]
        if kept is not None:
            patches = patches.gather(1, kept[..., None].expand(-1, -1, patches.shape[-1]))
        cls = (inside.cls_token + inside.position_embeddings[:, : self.cls]).expand(len(pixels), -1, -1)
        states = self.encoder(torch.cat([cls, patches], 1), mask, keep)
        return states, self.layernorm(states[-1])

"""A frozen ViT with learnable memory for more tasks (Sandler, Zhmoginov, Vladymyrov, Jackson, 'Fine-tuning Image Transformers using
Learnable Memory', CVPR 2022, arXiv 2203.15243).

    rows     [CLS][patches][CLS of each task], which go from layer to layer
    memory   [MEM of each task], fresh in every layer: layer-normed with the others, read as keys and values, then gone

The base never reads a task, so its answers stay as they were. What a task's class token reads beside its own rows is its `reads`: the patches
(tasks learned apart can be put side by side: concatenation), or also the base's class token and older tasks (extension). This project's
own type, `clsroom_vit_memory`: ViT's names, and for each task `tasks.<name>.cls_token` [1, 1, D], `.memory_tokens` [L, M, D], `.classifier`.

Legend: B batch, T tokens, M memory rows, L layers, D width.
"""

import torch
from torch import Tensor, nn

from vit_layers import ViT

BASE, INPUTS = "base", "inputs"


class Task(nn.Module):
    def __init__(self, layers: int, width: int, rows: int, labels: list[str], reads: list[str]):
        super().__init__()
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        self.memory_tokens = nn.Parameter(torch.randn(layers, rows, width))
        self.classifier = nn.Linear(width, len(labels))
        nn.init.trunc_normal_(self.classifier.weight, std=0.02)
        self.labels, self.reads = labels, reads

    @property
    def rows(self) -> int:
        return self.memory_tokens.shape[1]


class MemoryViT(nn.Module):
    def __init__(self, config: dict):
        super().__init__()
        width, layers = config["hidden_size"], config["num_hidden_layers"]
        shape = (config["num_attention_heads"], config["intermediate_size"], config["image_size"], config["patch_size"])
        self.vit = ViT(width, layers, *shape)
        self.patches = (config["image_size"] // config["patch_size"]) ** 2
        self.classifier = nn.Linear(width, len(config["id2label"]))
        self.tasks = nn.ModuleDict({
            name: Task(layers, width, task["memory_tokens"], task["labels"], task["reads"])
            for name, task in config["clsroom"]["tasks"].items()
        })

    def add(self, name: str, rows: int, labels: list[str], reads: list[str]) -> None:
        """A task whose class token starts as the base's: what it reads first is then sensible."""
        inside = self.vit.embeddings
        task = Task(len(self.vit.encoder.layer), inside.cls_token.shape[-1], rows, labels, reads)
        task.cls_token.data = (inside.cls_token + inside.position_embeddings[:, :1]).detach().clone()
        self.tasks[name] = task

    def mask(self, names: list[str], without_memory: bool = False) -> Tensor:
        """bool [T, T + M], true where a row may look: the paper's Table 1 for these tasks side by side."""
        rows = [BASE, *[INPUTS] * self.patches, *names]
        columns = [(name, False) for name in rows] + [(name, True) for name in names for _ in range(self.tasks[name].rows)]
        reads = {BASE: {BASE, INPUTS}, INPUTS: {BASE, INPUTS}, **{name: {*self.tasks[name].reads, name} for name in names}}
        readable = lambda row, name, memory: name in reads[row] and not (memory and without_memory)
        return torch.tensor([[readable(row, *column) for column in columns] for row in rows])

    def forward(
        self,
        pixels: Tensor,
        names: list[str],
        mask: Tensor | None,
        keep: bool = False,
        memories: dict[str, str] | None = None,
    ) -> tuple[dict[str, Tensor], list[Tensor], Tensor]:
        """Logits of the base and of the tasks `names`, hidden states, and the last one after the final norm; of normalised pixels
        [B, 3, S, S]. `mask` None: everybody reads everything. `memories`: another task's memory in place of one's own."""
        inside = self.vit.embeddings
        patches = inside.patch_embeddings["projection"](pixels).flatten(2).transpose(1, 2)
        rows = [inside.cls_token + inside.position_embeddings[:, :1], patches + inside.position_embeddings[:, 1:]]
        rows += [self.tasks[name].cls_token for name in names]
        states = [torch.cat([row.expand(len(pixels), -1, -1) for row in rows], 1)]
        for number, layer in enumerate(self.vit.encoder.layer):
            stored = [self.tasks[(memories or {}).get(name, name)].memory_tokens[number] for name in names]
            memory = torch.cat(stored).expand(len(pixels), -1, -1) if stored else None
            states.append(layer(states[-1], mask, keep, memory))
        tokens = self.vit.layernorm(states[-1])
        first = tokens.shape[1] - len(names)
        logits = {BASE: self.classifier(tokens[:, 0])}
        logits |= {name: self.tasks[name].classifier(tokens[:, first + place]) for place, name in enumerate(names)}
        return logits, states, tokens

"""The figures of a model card, measured on the exported file on a CPU."""

import torch
from torch import Tensor
from torch.nn import functional as F

from data import Recall, masked
from model import WINDOW, MemoryTransformer, readable

GAP, BATCH, SEED = 30, 128, 77


class Evaluation:
    """@param count recall inputs, and sentences of each kind, that are measured"""

    def __init__(self, model: MemoryTransformer, data: dict, recall: Recall, count: int):
        self.model, self.data, self.recall, self.count = model, data, recall, count
        # Text of a bottleneck reads no text: a window is nothing to it.
        bottleneck = model.variant == "membottleneck"
        self.windows = {"window": WINDOW} if bottleneck else {"no window": None, "window": WINDOW}

    @torch.no_grad()
    def run(self) -> dict:
        return {
            "parameters": sum(p.numel() for p in self.model.parameters()),
            "memory": self.model.memory,
            "count": self.count,
            "tokens": {name: self.token_share(window) for name, window in self.windows.items()},
            "sentiment": {name: self.sentiment_share(window) for name, window in self.windows.items()},
            "recall": [self.recall_share(facts) for facts in (1, 2, 3)],
            "recall, memory unread": [self.recall_share(facts, False) for facts in (1, 2, 3)] if self.model.memory else None,
            **(self.memory_figures() if self.model.memory else {}),
        }

    def last(self, ids: Tensor, segments: Tensor, **rules) -> Tensor:
        return self.model(ids, segments, readable(ids, self.model.memory, **rules))[0][-1]

    def token_share(self, window: int | None) -> float:
        """Masked tokens of held-out sentences that are among the five best, 80/10/10."""
        held = self.data["held"][0]
        ids = held[:: max(1, len(held) // self.count)][: self.count]
        generator = torch.Generator().manual_seed(SEED)
        shown, asked = masked(ids, self.model.bert["embeddings"].word_embeddings.num_embeddings, generator)
        hits = []
        for part, ask, true in zip(shown.split(BATCH), asked.split(BATCH), ids.split(BATCH)):
            rows = self.last(part, torch.zeros_like(part), window=window)[:, self.model.memory :][ask]
            hits.append((self.model.token_logits(rows).topk(5, -1).indices == true[ask][:, None]).any(1))
        return torch.cat(hits).float().mean().item()

    def sentiment_share(self, window: int | None) -> float:
        """SST-2's dev sentences."""
        ids, labels = self.data["dev"]
        answers = [
            self.model.head_logits("sentiment", self.last(part, torch.zeros_like(part), window=window)).argmax(-1)
            for part in ids.split(BATCH)
        ]
        return (torch.cat(answers) == labels).float().mean().item()

    def recall_share(self, facts: int, text_reads_memory: bool = True) -> float:
        """The item exactly right among the whole vocabulary."""
        generator = torch.Generator().manual_seed(SEED + facts)
        ids, segments, place, answer = self.recall.batch(self.count, facts, GAP, generator, "held")
        answers = [
            self.model.token_logits(
                self.last(part, both, window=WINDOW, text_reads_memory=text_reads_memory)[:, self.model.memory + place]
            ).argmax(-1)
            for part, both in zip(ids.split(BATCH), segments.split(BATCH))
        ]
        return (torch.cat(answers) == answer).float().mean().item()

    def memory_figures(self) -> dict:
        """What the question's [MASK] reads of memory by layer, and how alike the memory rows of the last layer are."""
        m = self.model.memory
        generator = torch.Generator().manual_seed(SEED)
        ids, segments, place, _ = self.recall.batch(BATCH, 1, GAP, generator, "held")
        hidden, maps = self.model(ids, segments, readable(ids, m, WINDOW), keep=True)
        rows = F.normalize(hidden[-1][:, :m], dim=-1)
        alike = ((rows @ rows.mT).sum((1, 2)).mean().item() - m) / max(1, m * (m - 1))
        return {"looks": [w[:, :, m + place, :m].sum(-1).mean().item() for w in maps], "alike": alike}

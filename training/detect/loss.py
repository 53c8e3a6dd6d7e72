"""DETR's loss (Carion et al. 2020): every object to one token, cross-entropy, L1 and generalised IoU.

Legend: A layers that answer, B scenes, Q tokens, M = 4 objects at most, K classes.
"""

from itertools import permutations

import torch
import torch.nn.functional as F
from torch import Tensor

from measures import corners, overlaps
from scenes import MOST


class SetLoss:
    """With the best assignment, found by trying all: 8·7·6·5 = 1680 for a scene, as one sum on the device."""

    def __init__(self, classes: int, tokens: int, device: str):
        self.ways = torch.tensor(list(permutations(range(tokens), MOST)), device=device)
        self.weights = torch.ones(classes + 1, device=device)
        self.weights[-1] = 0.1
        self.none = classes

    def match(self, logits: Tensor, l1: Tensor, giou: Tensor, labels: Tensor) -> Tensor:
        """The token [B, M] of each object, of costs [B, Q, M]; what a missing object gets does not matter, as it costs nothing."""
        chance = logits.softmax(-1).gather(2, labels.clamp(min=0)[:, None].expand(-1, logits.shape[1], -1))
        cost = (5 * l1 - 2 * giou - chance) * (labels >= 0)[:, None]
        total = sum(cost[:, :, m].index_select(1, self.ways[:, m]) for m in range(MOST))
        return self.ways[total.argmin(1)]

    def __call__(self, logits: Tensor, boxes: Tensor, true_boxes: Tensor, labels: Tensor) -> Tensor:
        """Of logits [A, B, Q, K + 1] and boxes [A, B, Q, 4]; true_boxes [B, M, 4], labels [B, M] (-1: none)."""
        layers = len(logits)
        logits, boxes = logits.float().flatten(0, 1), boxes.float().flatten(0, 1)
        true_boxes, labels = true_boxes.repeat(layers, 1, 1), labels.repeat(layers, 1)
        l1 = (boxes[:, :, None] - true_boxes[:, None]).abs().sum(-1)
        giou = overlaps(corners(boxes)[:, :, None], corners(true_boxes)[:, None])[1]
        with torch.no_grad():
            token = self.match(logits, l1, giou, labels)
        there = labels >= 0
        target = torch.full(logits.shape[:2], self.none, device=logits.device)
        target.scatter_(1, token, torch.where(there, labels, self.none))
        naming = F.cross_entropy(logits.mT, target, self.weights)
        l1, giou = (pairs.gather(1, token[:, None])[:, 0] for pairs in (l1, giou))
        placing = ((5 * l1 + 2 * (1 - giou)) * there).sum() / there.sum().clamp(min=1)
        return (naming + placing) * layers

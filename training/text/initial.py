"""Starting values that spare a short training its long plateaus.

A BERT started at random spends its first thousands of steps on finding word frequencies, which words resemble each
other, and that near words matter more than far ones. All three can be computed or drawn beforehand.

Shapes: V vocabulary, D width, P positions.
"""

import math

import numpy as np
import torch
from transformers import BertForPreTraining

from data import VOCABULARY, Corpus

SCALE = 0.05  # of the embeddings' entries
WINDOW = 4


def token_stream(corpora: dict[str, Corpus]) -> np.ndarray:
    """All tokens, with WINDOW gaps (-1) between documents."""
    gap = [-1] * WINDOW
    return np.concatenate([np.array([t for s in d for t in s] + gap) for c in corpora.values() for d in c.documents])


def log_frequencies(stream: np.ndarray) -> torch.Tensor:
    """[V] log of the smoothed share of each token; special tokens get the smallest."""
    counts = np.bincount(stream[stream >= 0], minlength=VOCABULARY) + 0.5
    return torch.from_numpy(np.log(counts / counts.sum())).float()


def word_vectors(stream: np.ndarray, width: int) -> torch.Tensor:
    """[V, D] from the positive pointwise mutual information of tokens at most WINDOW apart.

    A truncated singular value decomposition UΣVᵀ of the matrix gives UΣ^½ (Levy, Goldberg & Dagan 2015), whose
    products approximate the information: the sum of its context's vectors already points at a masked word.
    """
    pairs = np.zeros(VOCABULARY * VOCABULARY, np.float32)
    for distance in range(1, WINDOW + 1):
        left, right = stream[:-distance], stream[distance:]
        inside = (left >= 0) & (right >= 0)
        pairs += np.bincount(left[inside] * VOCABULARY + right[inside], minlength=len(pairs)).astype(np.float32) / distance
    counts = torch.from_numpy(pairs).view(VOCABULARY, VOCABULARY)
    counts = counts + counts.T
    share = counts.sum(1).clamp(min=1e-9)
    context = share**0.75  # smoothing, so that rare contexts do not win
    information = (counts * context.sum() / (share[:, None] * context)).clamp(min=1).log_()
    u, sigma, _ = torch.svd_lowrank(information, q=width + 16, niter=3)
    vectors = u[:, :width] * sigma[:width].sqrt()
    norms = vectors.norm(dim=1, keepdim=True)
    vectors = torch.where(norms > 1e-3, vectors / norms.clamp(min=1e-3), torch.randn_like(vectors) / math.sqrt(width))
    return vectors * SCALE * math.sqrt(width)


def sinusoids(positions: int, width: int) -> torch.Tensor:
    """[P, D] sin/cos (Vaswani et al. 2017, 3.5). The table is trained; high positions profit from what low ones learn."""
    angle = torch.arange(positions)[:, None] / 10000 ** (torch.arange(0, width, 2) / width)
    return SCALE * math.sqrt(2) * torch.cat([angle.sin(), angle.cos()], dim=1)


@torch.no_grad()
def initialise(bert: BertForPreTraining, corpora: dict[str, Corpus]) -> None:
    """Set the embeddings and the masked-token head; make each head start by looking at what is like itself, and near.

    Equal query and key projections do that (after Trockman & Kolter 2023), as near sinusoids are alike.
    """
    stream, config = token_stream(corpora), bert.config
    embeddings, head = bert.bert.embeddings, bert.cls.predictions
    embeddings.word_embeddings.weight.copy_(word_vectors(stream, config.hidden_size))
    embeddings.position_embeddings.weight.copy_(sinusoids(config.max_position_embeddings, config.hidden_size))
    head.bias.copy_(log_frequencies(stream))
    head.transform.dense.weight.copy_(torch.eye(config.hidden_size))
    for layer in bert.bert.encoder.layer:
        attention = layer.attention.self
        attention.query.weight.normal_(std=0.06)
        attention.key.weight.copy_(attention.query.weight)

"""From the pack to what the model reads and is to answer.

Shapes: N pieces, T tokens. Special tokens, all trained:
  <bos>     stands before every piece, so that position 0 is always readable; attention sinks may settle there
            (Xiao et al. 2023, arXiv 2309.17453)
  <eosent>  ends every sentence; a share WITHOUT_ENDS of the pieces seen in training has none, so that the model can also do without
  <eos>     ends the text, right after the last <eosent>: "this sentence is over" and "all is said" are two decisions
  <pad>     comes only after <eos>, up to PADS times with loss: after the end the model says <pad>. It is not <eos>.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

VOCABULARY, CONTEXT = 4096, 128
PAD, BOS, EOS, EOSENT = range(4)
IGNORE = -100
GENERATED = ("everyday", "small_tale")  # by rules: what they are held out for flatters the model
WITHOUT_ENDS = 0.05
PADS = 3


@dataclass
class Pieces:
    ids: torch.Tensor  # [N, T], PAD behind
    lengths: torch.Tensor  # [N], of the pieces with <bos> and <eos>
    sources: list[str]  # [N]

    def __len__(self) -> int:
        return len(self.lengths)

    def rows(self, chosen: torch.Tensor) -> "Pieces":
        """Those of a mask [N] or of row numbers."""
        kept = torch.arange(len(self))[chosen.cpu()].tolist()
        return Pieces(self.ids[kept], self.lengths[kept], [self.sources[row] for row in kept])

    def are_generated(self) -> torch.Tensor:
        """[N]"""
        return torch.tensor([source in GENERATED for source in self.sources])

    def to(self, device: str) -> "Pieces":
        return Pieces(self.ids.to(device), self.lengths.to(device), self.sources)


def read_pack(pack: Path) -> dict[str, Pieces]:
    """`train` and `held` pieces."""
    names = json.loads((pack / "meta.json").read_text())["sources"]
    arrays, parts = np.load(pack / "pieces.npz"), {}
    for part in ("train", "held"):
        lengths = arrays[f"{part}.lengths"].astype(np.int64)
        ids = np.full((len(lengths), CONTEXT), PAD)
        ids[np.arange(CONTEXT) < lengths[:, None]] = arrays[f"{part}.ids"]
        sources = [names[number] for number in arrays[f"{part}.sources"]]
        parts[part] = Pieces(torch.from_numpy(ids), torch.from_numpy(lengths), sources)
    return parts


def targets_of(ids: torch.Tensor, lengths: torch.Tensor, pads: int) -> torch.Tensor:
    """[N, T] what each position is to predict: the next token, and PAD at most `pads` times after EOS."""
    after = torch.arange(1, ids.shape[1] + 1, device=ids.device)
    following = F.pad(ids[:, 1:], (0, 1), value=PAD)
    return following.masked_fill(after >= lengths[:, None] + pads, IGNORE)


def without_sentence_ends(
    ids: torch.Tensor, lengths: torch.Tensor, generator: torch.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """In a share WITHOUT_ENDS of the rows every EOSENT is taken out and the row closes up."""
    chosen = torch.rand(len(ids), device=ids.device, generator=generator) < WITHOUT_ENDS
    keep = (ids != EOSENT) | ~chosen[:, None]
    order = torch.sort((~keep).to(torch.int8), dim=1, stable=True)[1]
    return ids.masked_fill(~keep, PAD).gather(1, order), lengths - (~keep).sum(1)

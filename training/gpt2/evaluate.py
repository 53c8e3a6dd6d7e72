"""Measure an exported model on held-out pieces, through the official `transformers` GPT2LMHeadModel.

Shapes: N pieces, T tokens, L layers, H heads.
"""

import argparse
import json
import math
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional as F
from transformers import GPT2LMHeadModel

from data import BOS, CONTEXT, EOS, EOSENT, IGNORE, PAD, Pieces, read_pack, targets_of
from model import token_losses
from paths import DATA, MODEL_DIRECTORY

CHUNK = 100  # pieces a forward
BINS = 10
COMPARED = 200  # texts: more of them have fewer different pairs of words
PROMPTS = [
    "The cat sat on the",
    "Once upon a time there was a",
    "A dog is",
    "The capital of France is",
    "She opened the",
    "One day",
]


def held_out_losses(model: GPT2LMHeadModel, pieces: Pieces) -> tuple[torch.Tensor, torch.Tensor]:
    """([N] summed losses, [N] tokens): EOSENT and EOS among them, PAD not."""
    sums, counts = [], []
    for ids, lengths in zip(pieces.ids.split(CHUNK), pieces.lengths.split(CHUNK)):
        targets = targets_of(ids, lengths, pads=0)
        sums.append(token_losses(model, ids, targets).sum(1))
        counts.append((targets != IGNORE).sum(1))
    return torch.cat(sums), torch.cat(counts)


def perplexity(sums: torch.Tensor, counts: torch.Tensor) -> float:
    return math.exp(float(sums.sum() / counts.sum()))


def distinct_pairs(texts: list[str]) -> float:
    """Distinct-2 (Li et al. 2016): the share of different pairs of neighbouring words among all of COMPARED texts."""
    pairs = [pair for text in texts[:COMPARED] for words in [text.lower().split()] for pair in zip(words, words[1:])]
    return len(set(pairs)) / max(1, len(pairs))


class Evaluation:
    def __init__(self, model: Path, pieces: dict[str, Pieces]):
        self.gpt2 = GPT2LMHeadModel.from_pretrained(model, dtype=torch.float32).eval()
        self.tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self.train, self.held = pieces["train"], pieces["held"]
        self.real = self.held.rows(~self.held.are_generated())

    def text(self, ids: list[int]) -> str:
        return self.tokenizer.decode([token for token in ids if token > EOSENT])

    def texts(self, pieces: Pieces) -> list[str]:
        return [self.text(ids) for ids in pieces.ids.tolist()]

    def generated_share(self) -> float:
        """Of the tokens of the training pieces."""
        return float(self.train.lengths[self.train.are_generated()].sum() / self.train.lengths.sum())

    def perplexities(self) -> dict[str, float]:
        """Per token, of real text and of each source."""
        sums, counts = held_out_losses(self.gpt2, self.held)
        groups = {"real text": ~self.held.are_generated()}
        groups |= {name: torch.tensor([s == name for s in self.held.sources]) for name in sorted(set(self.held.sources))}
        return {name: perplexity(sums[rows], counts[rows]) for name, rows in groups.items()}

    def without_bos(self) -> tuple[float, float]:
        """Perplexity of real text with and without `<bos>`; the first token after it is given in both, and counts in neither."""
        ids, lengths = self.real.ids, self.real.lengths
        with_bos = targets_of(ids, lengths, pads=0)
        with_bos[:, 0] = IGNORE
        shifted = F.pad(ids[:, 1:], (0, 1), value=PAD)
        without = targets_of(shifted, lengths - 1, pads=0)
        measured = []
        for inputs, targets in ((ids, with_bos), (shifted, without)):
            losses = [token_losses(self.gpt2, i, t).sum() for i, t in zip(inputs.split(CHUNK), targets.split(CHUNK))]
            measured.append(perplexity(torch.stack(losses), (targets != IGNORE).sum()))
        return measured[0], measured[1]

    def sample(self, count: int, prompt: list[int], temperature: float) -> list[list[int]]:
        """`count` continuations by ancestral sampling, each cut after EOS or where the context is full."""
        drawn = self.gpt2.generate(
            torch.tensor([prompt] * count),
            attention_mask=torch.ones(count, len(prompt), dtype=torch.long),
            do_sample=True,
            temperature=temperature,
            top_k=0,
            top_p=1.0,
            max_length=CONTEXT,
        ).tolist()
        return [row[: row.index(EOS) + 1] if EOS in row else row for row in drawn]

    def samples(self, count: int, temperature: float, known: set[str]) -> dict[str, float]:
        """What is true of samples from `<bos>` alone; `known` are the texts of the training pieces."""
        drawn = self.sample(count, [BOS], temperature)
        texts, share = list(map(self.text, drawn)), lambda chosen: sum(chosen) / count
        return {
            "ended": share(ids[-1] == EOS for ids in drawn),
            "ended after <eosent>": share(ids[-2:] == [EOSENT, EOS] for ids in drawn),
            "mean tokens": sum(map(len, drawn)) / count,
            "distinct-2": distinct_pairs(texts),
            "copied": share(text in known for text in texts),
        }

    def prompts(self) -> dict[str, str]:
        """How each of PROMPTS goes on at temperature 0.7, to read."""
        begun = {prompt: [BOS, *self.tokenizer.encode(prompt, add_special_tokens=False).ids] for prompt in PROMPTS}
        return {prompt: self.text(self.sample(1, ids, temperature=0.7)[0]) for prompt, ids in begun.items()}

    def ends(self, pieces: Pieces) -> dict[str, float]:
        """At every `<eosent>`: is the text over? P(`<eos>`) against what happened.

        Expected calibration error over BINS (Guo et al. 2017) and the Brier score.
        """
        chances, happened = [], []
        for ids, lengths in zip(pieces.ids.split(CHUNK), pieces.lengths.split(CHUNK)):
            probability = self.gpt2(input_ids=ids, attention_mask=torch.ones_like(ids)).logits.softmax(-1)[..., EOS]
            inside = torch.arange(CONTEXT) < lengths[:, None] - 1
            asked = (ids == EOSENT) & inside
            chances.append(probability[asked])
            happened.append((F.pad(ids[:, 1:], (0, 1), value=PAD)[asked] == EOS).float())
        said, was = torch.cat(chances), torch.cat(happened)
        bins = (said * BINS).long().clamp(max=BINS - 1)
        shares = [((bins == b).float().mean(), said[bins == b].mean(), was[bins == b].mean()) for b in bins.unique()]
        return {
            "decisions": len(said),
            "predicted": said.mean().item(),
            "happened": was.mean().item(),
            "calibration error": float(sum(share * (p - q).abs() for share, p, q in shares)),
            "brier": (said - was).square().mean().item(),
            "brier of a constant": (was.mean() * (1 - was.mean())).item(),
        }

    def attention_on_bos(self, count: int = 256, first: int = 8) -> tuple[list[list[float]], float]:
        """([L][H] attention that positions from `first` on give to position 0, what an even share would be)"""
        ids, lengths = self.held.ids[:count], self.held.lengths[:count]
        places = torch.arange(CONTEXT)
        queries = (places < lengths[:, None]) & (places >= first)
        self.gpt2.set_attn_implementation("eager")
        sums = torch.zeros(self.gpt2.config.n_layer, self.gpt2.config.n_head)
        for part, asked in zip(ids.split(CHUNK), queries.split(CHUNK)):
            maps = torch.stack(self.gpt2(input_ids=part, attention_mask=torch.ones_like(part), output_attentions=True).attentions)
            sums += (maps[..., 0] * asked[:, None]).sum((1, 3))  # [L, N, H, T] → [L, H]
        even = (1 / (places + 1)).expand(queries.shape)[queries].mean().item()
        return (sums / queries.sum()).tolist(), even

    def pad_after_eos(self) -> float:
        """P(`<pad>`) after the `<eos>` of a sentence."""
        sentence = self.tokenizer.encode("The sky is blue.", add_special_tokens=False).ids
        ids = torch.tensor([[BOS, *sentence, EOSENT, EOS]])
        logits = self.gpt2(input_ids=ids, attention_mask=torch.ones_like(ids)).logits
        return logits[0, -1].softmax(-1)[PAD].item()

    @torch.inference_mode()
    def run(self, samples: int = 1000, seed: int = 11) -> dict:
        torch.manual_seed(seed)
        known = set(self.texts(self.train))
        return {
            "parameters": sum(p.numel() for p in self.gpt2.parameters()),
            "generated share": self.generated_share(),
            "perplexity": self.perplexities(),
            "tokens": int((self.real.lengths - 1).sum()),
            "with and without bos": self.without_bos(),
            "samples": samples,
            "at 0.8": self.samples(samples, 0.8, known),
            "at 1.0": self.samples(samples, 1.0, known),
            "distinct-2 of held-out text": distinct_pairs(self.texts(self.real)),
            "ends": self.ends(self.real),
            "ends of all": self.ends(self.held),
            "pad after eos": self.pad_after_eos(),
            "prompts": self.prompts(),
            "attention on bos": self.attention_on_bos(),
        }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL_DIRECTORY)
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(json.dumps(Evaluation(options.model, read_pack(options.data)).run(), indent=2))

"""Measure an exported model on held-out inputs, through the official `transformers` T5ForConditionalGeneration.

Shapes: N examples, L layers, H heads, T target tokens, S source tokens.
"""

import argparse
import json
import random
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional as F
from transformers import T5ForConditionalGeneration

from data import END, PAD, SENTINEL_NAMES, Examples, Pack, encode, encode_examples, read_pack, shifted
from paths import DATA, MODEL_DIRECTORY
from tasks import TASKS, Example, make_example, spelled

CHUNK = 500  # examples a forward
LONGEST = 40  # tokens of an answer
SHOWN = [
    "date: 27 November 2026",
    "date: Friday, the 3rd of May, 1998",
    "date: viernes, 27 de noviembre de 2026",
    "number: three hundred and forty two",
    "number: nine hundred thousand and seven",
    "words: 342",
    "words: 70019",
    "reverse: cat dog sun",
    "fill: the <extra_id_0> sat on the <extra_id_1>.",
    "fill: paris is the <extra_id_0> of <extra_id_1>.",
]


def overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def origin_mask(tokenizer: Tokenizer, example: Example, shape: torch.Size) -> torch.Tensor:
    """[T, S] where a target token, a digit, is read from a source token; by the tokens' characters."""
    source, target = tokenizer.encode(example.source), tokenizer.encode(example.target)
    mask = torch.zeros(shape, dtype=torch.bool)
    for t, written in enumerate(target.offsets):
        if not target.tokens[t].isdigit():
            continue
        spans = [span for at, found in example.origin.items() if overlap(written, (at, at + 1)) for span in found]
        for s, read in enumerate(source.offsets):
            mask[t, s] = source.tokens[s] != "▁" and any(overlap(read, span) for span in spans)
    return mask


def share(right: torch.Tensor) -> float:
    return right.float().mean().item()


class Evaluation:
    def __init__(self, model: Path, pack: Pack):
        self.pack, self.tokenizer = pack, Tokenizer.from_file(str(model / "tokenizer.json"))
        self.t5 = T5ForConditionalGeneration.from_pretrained(model, dtype=torch.float32, attn_implementation="eager").eval()
        self.sentinels = torch.tensor([self.tokenizer.token_to_id(name) for name in SENTINEL_NAMES])

    def answers(self, sources: torch.Tensor) -> torch.Tensor:
        """[N, LONGEST] greedy, PAD behind."""
        written = [
            self.t5.generate(part, attention_mask=(part != PAD).long(), max_new_tokens=LONGEST, do_sample=False, use_cache=True)
            for part in sources.split(CHUNK)
        ]
        return torch.cat([F.pad(ids[:, 1:], (0, LONGEST - ids.shape[1] + 1), value=PAD) for ids in written])

    def right(self, examples: Examples, answers: torch.Tensor) -> torch.Tensor:
        """[N] whose answer is the target from beginning to end."""
        targets = F.pad(examples.targets, (0, LONGEST - examples.targets.shape[1]), value=PAD)
        return (answers == targets).all(1)

    def exact(self, examples: Examples) -> float:
        return share(self.right(examples, self.answers(examples.sources)))

    def reversals(self, made: list[Example], examples: Examples) -> dict:
        """Exact matches, of all and by the number of words."""
        right = self.right(examples, self.answers(examples.sources))
        lengths = torch.tensor([len(example.target.split()) for example in made])
        return {"exact": share(right), "by length": {n: share(right[lengths == n]) for n in lengths.unique().tolist()}}

    def fillings(self, examples: Examples) -> dict[str, float]:
        """Many answers are right: how often are the sentinels in order, and the first hidden word the one that stood there?"""
        answers = self.answers(examples.sources)
        in_order = [
            a[torch.isin(a, self.sentinels)].equal(t[torch.isin(t, self.sentinels)])
            for a, t in zip(answers, examples.targets)
        ]
        return {
            "exact": share(self.right(examples, answers)),
            "sentinels": share(torch.tensor(in_order)),
            "first word": share(answers[:, 1] == examples.targets[:, 1]),
        }

    def alignment(self, made: list[Example], examples: Examples) -> dict:
        """When a digit is about to be written: is the source token with the largest cross-attention one that it is read from?"""
        shape = torch.Size([examples.targets.shape[1], examples.sources.shape[1]])
        origins = torch.stack([origin_mask(self.tokenizer, example, shape) for example in made])
        asked, hits = origins.any(-1), torch.zeros(())
        for at in range(0, len(made), CHUNK):
            sources, targets, origin = (x[at : at + CHUNK] for x in (examples.sources, examples.targets, origins))
            maps = torch.stack(self.cross_attentions(sources, targets))  # [L, N, H, T, S]
            maps = torch.cat([maps, maps.mean(2, keepdim=True)], 2)  # and the mean of the heads, as one more
            best = origin[None, :, None].expand(maps.shape).gather(-1, maps.argmax(-1, keepdim=True))[..., 0]
            hits = hits + (best & asked[at : at + CHUNK][None, :, None]).sum((1, 3))
        found = hits / asked.sum()
        heads = found[:, :-1]
        layer, head = divmod(int(heads.argmax()), heads.shape[1])
        return {
            "digits": int(asked.sum()),
            "best head": {"layer": layer, "head": head, "share": heads[layer, head].item()},
            "mean of heads by layer": found[:, -1].tolist(),
        }

    def cross_attentions(self, sources: torch.Tensor, targets: torch.Tensor) -> tuple[torch.Tensor, ...]:
        return self.t5(
            input_ids=sources,
            attention_mask=(sources != PAD).long(),
            decoder_input_ids=shifted(targets),
            use_cache=False,
            output_attentions=True,
        ).cross_attentions

    def plain(self, ids: list[int]) -> str:
        text = self.tokenizer.decode([token for token in ids if token not in (PAD, END)], skip_special_tokens=False)
        return " ".join(text.replace("<extra", " <extra").split())

    def shown(self) -> dict[str, str]:
        """Answers to read."""
        answers = self.answers(encode(self.tokenizer, SHOWN))
        return {source: self.plain(ids) for source, ids in zip(SHOWN, answers.tolist())}

    @torch.inference_mode()
    def run(self, count: int = 1500, seed: int = 99) -> dict:
        rng, made = random.Random(seed), {}
        for task in TASKS:
            made[task] = [make_example(task, rng, True, self.pack.lexicon, self.pack.held) for _ in range(count)]
        encoded = {task: encode_examples(self.tokenizer, examples) for task, examples in made.items()}
        small = [Example("number: " + spelled(n), str(n)) for n in range(1000)]
        return {
            "parameters": sum(p.numel() for p in self.t5.parameters()),
            "vocabulary": self.tokenizer.get_vocab_size(),
            "count": count,
            "exact": {task: self.exact(encoded[task]) for task in ("date", "number", "words")},
            "numbers below 1,000": self.exact(encode_examples(self.tokenizer, small)),
            "reverse": self.reversals(made["reverse"], encoded["reverse"]),
            "fill": self.fillings(encoded["fill"]),
            "alignment": {task: self.alignment(made[task], encoded[task]) for task in ("date", "number")},
            "shown": self.shown(),
        }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL_DIRECTORY)
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(json.dumps(Evaluation(options.model, read_pack(options.data)).run(), indent=2))

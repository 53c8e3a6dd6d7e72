"""Measure an exported model on held-out documents, through the official `transformers` BertForPreTraining.

Shapes: B examples, T tokens, D width, V vocabulary, M masked tokens.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import BertForPreTraining

from corpora import Document, load_corpora, sst2
from data import IGNORE, SHARES, Batch, Corpus, Example, ExampleSource, collate
from paths import DATA, MODEL_DIRECTORY, WORK

MASKED_SENTENCES = [
    "the cat sat on the [MASK]",
    "paris is the capital of [MASK]",
    "i went to the store to [MASK] some milk",
    "the sky is [MASK]",
    "she opened the [MASK] and went into the house.",
    "the film was [MASK] and the actors were great.",
    "a [MASK] is an animal that barks",
    "he was so tired that he went to [MASK]",
    "the president of the united [MASK]",
    "once upon a [MASK] there was a king",
]
VERDICTS = [
    "The movie was excellent",
    "the film was a dull mess",
    "i loved every minute of it",
    "i want my money back",
    "not a good movie",
]
PAIRS = [
    ("i went to the store to buy some milk.", "the store was closed."),
    ("i went to the store to buy some milk.", "berlin is the capital of germany."),
    ("the plot makes no sense at all.", "the actors are not much better."),
    ("the plot makes no sense at all.", "a frog is an animal that lives in the pond."),
]
SEPARATED = [
    ("The movie was excellent.", None),
    ("the cat sat on the [MASK]", None),
    ("i went to the store to buy some milk.", "the store was closed."),
]


class Evaluation:
    def __init__(self, model: Path, data: Path, work: Path, seed: int):
        self.data, self.seed = data, seed
        self.bert = BertForPreTraining.from_pretrained(model, dtype=torch.float32).eval()
        self.sentiment_head = {n: t.float() for n, t in load_file(model / "model.safetensors").items() if n.startswith("heads.")}
        self.tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        _, held_out = load_corpora(data, work, seed)
        self.corpora = {name: Corpus.encode(documents, self.tokenizer) for name, documents in held_out.items()}

    def source(self, one_sentence_pair: float = 0.4) -> ExampleSource:
        return ExampleSource(self.corpora, self.tokenizer, self.seed, one_sentence_pair)

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """→ hidden [B, T, D], pooled [B, D]"""
        return self.bert.bert(batch.input_ids, batch.attention_mask, batch.token_type_ids)[:2]

    def batches(self, examples: list[Example], **masking):
        """Batches of 32 of like length, padded to the longest."""
        rng, examples = np.random.default_rng(self.seed), sorted(examples, key=len)
        for at in range(0, len(examples), 32):
            part = examples[at : at + 32]
            yield collate(part, max(map(len, part)), rng, **masking)

    def masked_hits(self, examples: list[Example], mask_only: bool) -> tuple[float, float, int]:
        """(top-1, top-5, number of masked tokens)"""
        hits = []
        for batch in self.batches(examples, rate=0.15, mask_only=mask_only, unknown=0.0):
            asked = batch.targets != IGNORE
            best = self.bert.cls.predictions(self.forward(batch)[0][asked]).topk(5).indices
            hits.append(best == batch.targets[asked][:, None])
        hit = torch.cat(hits).float()
        return hit[:, 0].mean().item(), hit.sum(1).mean().item(), len(hit)

    def masked(self, examples_each: int) -> dict:
        """Masked-token accuracy by corpus; `overall` weighs the corpora as the training mixture does."""
        weights = np.array([SHARES[name] for name in self.corpora])
        results: dict = {"positions 256 to 511": self.long_range(examples_each // 10)}
        for rule, mask_only in (("80/10/10", False), ("all [MASK]", True)):
            source, rows = self.source(), {}
            for name in self.corpora:
                examples = [source.draw_from(name, 128) for _ in range(examples_each)]
                top1, top5, count = self.masked_hits(examples, mask_only)
                rows[name] = {"top1": top1, "top5": top5, "tokens": count}
            overall = {k: float(np.average([r[k] for r in rows.values()], weights=weights)) for k in ("top1", "top5")}
            results[rule] = {"overall": overall | {"tokens": sum(r["tokens"] for r in rows.values())}} | rows
        return results

    def long_range(self, count: int) -> dict:
        """Top-5 of [MASK]s at positions 256 to 511 of 512-token film reviews."""
        source, examples = self.source(), []
        while len(examples) < count:
            example = source.draw_from("movie_reviews", 512)
            examples += [example] if len(example) > 500 else []
        hits = []
        for batch in self.batches(examples, rate=0.15, mask_only=True, unknown=0.0):
            asked = batch.targets != IGNORE
            asked[:, :256] = False
            best = self.bert.cls.predictions(self.forward(batch)[0][asked]).topk(5).indices
            hits.append((best == batch.targets[asked][:, None]).any(1))
        hit = torch.cat(hits).float()
        return {"top5": hit.mean().item(), "tokens": len(hit)}

    def pairs(self, count: int) -> dict:
        """Next-sentence accuracy on unmasked pairs, half of them unrelated (chance: 50 %)."""
        results = {}
        for length, one_sentence in (("segments", 0.0), ("single sentences", 1.0)):
            for origin, same_corpus in (("any document", 0.0), ("same corpus", 1.0)):
                source, examples = self.source(one_sentence), []
                while len(examples) < count:
                    example = source.draw_from(source.corpus_name(source.paired), 128, same_corpus)
                    examples += [example] if example.second else []
                right = [
                    self.bert.cls.seq_relationship(self.forward(batch)[1]).argmax(1) == batch.unrelated
                    for batch in self.batches(examples, rate=0.0, unknown=0.0)
                ]
                results[f"{length}, unrelated from {origin}"] = torch.cat(right).float().mean().item()
        return results

    def sentiment_logits(self, batch: Batch) -> torch.Tensor:
        pooled = self.forward(batch)[1]
        return pooled @ self.sentiment_head["heads.sentiment.weight"].T + self.sentiment_head["heads.sentiment.bias"]

    def sentiment(self, documents: list[Document]) -> float:
        corpus = Corpus.encode(documents, self.tokenizer)
        examples = [Example(d[0], [], IGNORE, label) for d, label in zip(corpus.documents, corpus.sentiments)]
        right = [self.sentiment_logits(b).argmax(1) == b.sentiment for b in self.batches(examples, rate=0.0, unknown=0.0)]
        return torch.cat(right).float().mean().item()

    def typed(self, first: str, second: str | None = None) -> Batch:
        """A typed text as the app would feed it."""
        encoding = self.tokenizer.encode(first, second)
        ids, segments = torch.tensor([encoding.ids]), torch.tensor([encoding.type_ids])
        return Batch(ids, torch.ones_like(ids), segments, torch.full_like(ids, IGNORE), torch.tensor([0]), torch.tensor([0]))

    def separator_shares(self) -> list[list[float]]:
        """[L][H] share of attention on [SEP], one or both of them: mean over the queries of a text, then over `SEPARATED`."""
        shares, separator = [], self.tokenizer.token_to_id("[SEP]")
        self.bert.set_attn_implementation("eager")
        for first, second in SEPARATED:
            batch = self.typed(first, second)
            maps = self.bert.bert(batch.input_ids, token_type_ids=batch.token_type_ids, output_attentions=True).attentions
            on = batch.input_ids[0] == separator
            shares.append(torch.cat(maps)[..., on].sum(-1).mean(-1))  # [L, H]
        return torch.stack(shares).mean(0).tolist()

    def examples(self) -> dict:
        """Top-5 at each [MASK], P(positive) of verdicts and P(next) of pairs, to read."""
        predictions = {}
        for sentence in MASKED_SENTENCES:
            batch = self.typed(sentence)
            at = batch.input_ids[0].tolist().index(self.tokenizer.token_to_id("[MASK]"))
            odds = self.bert.cls.predictions(self.forward(batch)[0][0, at]).softmax(0).topk(5)
            predictions[sentence] = [[self.tokenizer.id_to_token(i), p] for p, i in zip(odds.values.tolist(), odds.indices.tolist())]
        verdicts = {v: self.sentiment_logits(self.typed(v)).softmax(1)[0, 1].item() for v in VERDICTS}
        pairs = {
            f"{a} | {b}": self.bert.cls.seq_relationship(self.forward(self.typed(a, b))[1]).softmax(1)[0, 0].item() for a, b in PAIRS
        }
        return {"masked": predictions, "verdicts": verdicts, "pairs": pairs}

    @torch.inference_mode()
    def run(self, examples_each: int = 150, pairs: int = 600) -> dict:
        return {
            "masked": self.masked(examples_each),
            "pairs": self.pairs(pairs),
            "sentiment": {
                "SST-2 dev (872)": self.sentiment(sst2(self.data / "text", "dev")),
                "SST-2 test (1,821)": self.sentiment(sst2(self.data / "text", "test")),
            },
            "separator": self.separator_shares(),
            "examples": self.examples(),
        }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL_DIRECTORY)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--seed", type=int, default=0, help="the seed of training, which chose the held-out documents")
    options = parser.parse_args()
    torch.set_num_threads(1)
    results = Evaluation(options.model, options.data, options.work, options.seed).run()
    print(json.dumps(results, indent=2))

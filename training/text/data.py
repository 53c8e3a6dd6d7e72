"""From sentences to batches: tokenizer, sentence pairs, masking.

Shapes: B examples, T tokens, M predicted tokens.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from corpora import Document

VOCABULARY = 8192
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PAD, UNK, CLS, SEP, MASK = range(5)
IGNORE = -100

# Share of the training examples by corpus, of those that are read: modern prose first, old novels and tales last.
SHARES = {
    "movie_reviews": 0.30,
    "wordnet": 0.25,
    "sentence_polarity": 0.10,
    "subjectivity": 0.08,
    "everyday": 0.08,
    "austen": 0.07,
    "comparative": 0.04,
    "state_union": 0.04,
    "grimm": 0.04,
    "stories": 0.14,
    "bible": 0.04,
}
LONG_DOCUMENTS = {"movie_reviews", "austen", "state_union", "grimm", "stories", "bible"}  # enough text for 256 and 512 tokens

# (largest example, its share of the batches): mostly short for speed, some to the last position.
LENGTHS = {64: 0.50, 128: 0.36, 256: 0.06, 512: 0.08}
BUCKETS = (32, 48, 64, 96, 128, 256, 512)

SINGLE_SEGMENT = 0.15  # of the examples that could be pairs
ONE_SENTENCE_PAIR = 0.40  # of the pairs: one sentence each
SAME_CORPUS_NEGATIVE = 0.20  # of the unrelated segments: from the same corpus, so that style does not give them away
OPEN_END = 0.30  # of the segments lose their final punctuation, as typed sentences often do
MASKED = 0.20  # of the tokens are predicted in training: more to learn from each step than 15 % (Wettig et al. 2023)
UNKNOWN = 0.01  # a further share is read as [UNK], and predicted


def train_tokenizer(documents: list[Document]) -> Tokenizer:
    """Uncased WordPiece with BERT's normaliser, pre-tokeniser and `[CLS] A [SEP] B [SEP]` template."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(vocab_size=VOCABULARY, special_tokens=SPECIAL, limit_alphabet=120)
    tokenizer.train_from_iterator((s for d in documents for s in d.sentences), trainer)
    # The trainer breaks ties at random; sorted ids are the same in every run.
    pieces = SPECIAL + sorted(set(tokenizer.get_vocab()) - set(SPECIAL))
    tokenizer.model = models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS]:0 $A:0 [SEP]:0",
        pair="[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1",
        special_tokens=[("[CLS]", CLS), ("[SEP]", SEP)],
    )
    return tokenizer


@dataclass
class Corpus:
    """Token ids by document and sentence; documents are drawn in proportion to their length."""

    documents: list[list[list[int]]]
    sentiments: list[int]
    cumulative: np.ndarray  # of document lengths, scaled to 1
    has_pairs: bool

    @classmethod
    def encode(cls, documents: list[Document], tokenizer: Tokenizer) -> "Corpus":
        flat = tokenizer.encode_batch([s for d in documents for s in d.sentences], add_special_tokens=False)
        ids = iter(encoding.ids for encoding in flat)
        encoded = [[next(ids) for _ in d.sentences] for d in documents]
        lengths = np.array([sum(map(len, d)) for d in encoded], float)
        has_pairs = any(len(d) > 1 for d in encoded)
        return cls(encoded, [d.sentiment for d in documents], lengths.cumsum() / lengths.sum(), has_pairs)

    def draw(self, rng: np.random.Generator) -> int:
        return int(np.searchsorted(self.cumulative, rng.random()).clip(0, len(self.documents) - 1))


@dataclass
class Example:
    first: list[int]
    second: list[int]  # empty: one segment
    unrelated: int  # BERT's label: 0 = the next segment, 1 = from another document, IGNORE = one segment
    sentiment: int

    def __len__(self) -> int:
        return len(self.first) + len(self.second) + (3 if self.second else 2)


def gather(sentences: list[list[int]], start: int, budget: int) -> tuple[list[int], int]:
    """Whole sentences from `start` until `budget` tokens are reached; (their tokens, the sentence after)."""
    tokens: list[int] = []
    while start < len(sentences) and (not tokens or len(tokens) + len(sentences[start]) <= budget):
        tokens = tokens + sentences[start]
        start += 1
    return tokens, start


class ExampleSource:
    """Draws BERT's segment pairs (Devlin et al. 2019, A.2) from several corpora by share."""

    def __init__(self, corpora: dict[str, Corpus], tokenizer: Tokenizer, seed: int, one_sentence_pair: float = ONE_SENTENCE_PAIR):
        self.corpora = corpora
        self.paired = [name for name in corpora if corpora[name].has_pairs]
        self.end_marks = {tokenizer.token_to_id(mark) for mark in ".!?"}
        self.one_sentence_pair = one_sentence_pair
        self.rng = np.random.default_rng(seed)

    def corpus_name(self, among: list[str]) -> str:
        shares = np.array([SHARES[name] for name in among])
        return among[self.rng.choice(len(among), p=shares / shares.sum())]

    def draw(self, longest: int) -> Example:
        """One example of the mixture."""
        names = [name for name in self.corpora if longest <= 128 or name in LONG_DOCUMENTS]
        return self.draw_from(self.corpus_name(names), longest)

    def draw_from(self, name: str, longest: int, same_corpus: float = SAME_CORPUS_NEGATIVE) -> Example:
        """One example of at most `longest` tokens whose first segment comes from corpus `name`."""
        rng, corpus, budget = self.rng, self.corpora[name], longest - 3
        at = corpus.draw(rng)
        sentences, sentiment = corpus.documents[at], corpus.sentiments[at]
        if len(sentences) < 2 or rng.random() < SINGLE_SEGMENT:
            tokens, _ = gather(sentences, rng.integers(len(sentences)), budget)
            return Example(self.open_end(tokens)[: budget + 1], [], IGNORE, sentiment)

        one_each = longest <= 128 and rng.random() < self.one_sentence_pair
        start = int(rng.integers(len(sentences) - 1))
        share = 0 if one_each else int(budget * rng.uniform(0.2, 0.8))
        first, after = gather(sentences[:-1], start, share)
        unrelated = int(rng.random() < 0.5)
        if unrelated:
            name = name if rng.random() < same_corpus else self.corpus_name(self.paired)
            corpus, other = self.corpora[name], at
            while corpus is self.corpora[name] and other == at:
                other = corpus.draw(rng)
            sentences = corpus.documents[other]
            after = int(rng.integers(len(sentences)))
        second, _ = gather(sentences, after, 0 if one_each else budget - min(len(first), budget // 2))
        # Cut far from the border between the two, the longer one first.
        spare = max(budget - len(second), budget // 2)
        first = self.open_end(first[-spare:])
        second = self.open_end(second[: budget - len(first)])
        return Example(first, second, unrelated, sentiment if not unrelated else IGNORE)

    def open_end(self, tokens: list[int]) -> list[int]:
        """Now and then drop the final `.`, `!` or `?`."""
        if len(tokens) > 2 and tokens[-1] in self.end_marks and self.rng.random() < OPEN_END:
            return tokens[:-1]
        return tokens


@dataclass
class Batch:
    """One forward pass; all but the last two are [B, T]."""

    input_ids: torch.Tensor
    attention_mask: torch.Tensor  # 1 = readable; [PAD] is not
    token_type_ids: torch.Tensor  # 0 up to the first [SEP], then 1
    targets: torch.Tensor  # the token to predict, IGNORE elsewhere
    unrelated: torch.Tensor  # [B]
    sentiment: torch.Tensor  # [B]


def collate(examples: list[Example], width: int, rng: np.random.Generator, **masking) -> Batch:
    """Pad to `width` and mask."""
    ids = np.full((len(examples), width), PAD)
    segments = np.zeros_like(ids)
    for row, e in enumerate(examples):
        tokens = [CLS, *e.first, SEP] + ([*e.second, SEP] if e.second else [])
        ids[row, : len(tokens)] = tokens
        segments[row, len(e.first) + 2 : len(tokens)] = 1
    inputs, targets = mask(ids, rng, **masking)
    return Batch(
        torch.from_numpy(inputs),
        torch.from_numpy((ids != PAD).astype(np.int64)),
        torch.from_numpy(segments),
        torch.from_numpy(targets),
        torch.tensor([e.unrelated for e in examples]),
        torch.tensor([e.sentiment for e in examples]),
    )


def mask(
    ids: np.ndarray, rng: np.random.Generator, rate: float = MASKED, unknown: float = UNKNOWN, mask_only: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """Choose a share `rate` of the content tokens: 80 % become [MASK], 10 % a random token, 10 % stay.

    `mask_only` makes all of the chosen [MASK]. A further share `unknown` becomes [UNK] and is predicted too,
    so that [UNK] is a trained token that stands for a word the model has to guess.
    """
    content = ids >= len(SPECIAL)
    lot, fate = rng.random(ids.shape), rng.random(ids.shape)
    chosen = content & (lot < rate)
    hidden = content & (lot >= rate) & (lot < rate + unknown)
    targets = np.where(chosen | hidden, ids, IGNORE)
    inputs = np.where(chosen & (fate < (1.0 if mask_only else 0.8)), MASK, ids)
    if not mask_only:
        randomised = chosen & (fate >= 0.8) & (fate < 0.9)
        inputs = np.where(randomised, rng.integers(len(SPECIAL), VOCABULARY, ids.shape), inputs)
    return np.where(hidden, UNK, inputs), targets


def training_batches(source: ExampleSource, tokens: int) -> Iterator[Batch]:
    """Endless batches of `tokens` positions; examples wait in the bucket of their length, so little is padding."""
    rng, waiting = source.rng, {width: [] for width in BUCKETS}
    lengths = np.array(list(LENGTHS))
    odds = np.array(list(LENGTHS.values())) / lengths  # shares count positions, not examples
    while True:
        example = source.draw(int(rng.choice(lengths, p=odds / odds.sum())))
        width = next(w for w in BUCKETS if w >= len(example))
        waiting[width].append(example)
        if len(waiting[width]) == tokens // width:
            yield collate(waiting[width], width, rng)
            waiting[width] = []

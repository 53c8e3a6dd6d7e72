"""Make the pack that clsroom-gpt2 is trained on: short, simple English pieces with clear ends, and a byte-level BPE.

    python training/gpt2/prepare.py

Writes `tokenizer.json`, `pieces.npz` and `meta.json`. Five per cent of the pieces of every source are held out.
"""

import argparse
import json
import random
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers

sys.path.append(str(Path(__file__).resolve().parents[1] / "text"))

import sources
from corpora import debian_files
from data import BOS, CONTEXT, EOS, EOSENT, GENERATED, VOCABULARY
from paths import CORPORA, DATA, WORK
from small_tale import small_tale
from sources import Piece, size, words

SEED = 7
SPECIAL = ["<pad>", "<bos>", "<eos>", "<eosent>"]
BLOCK = 20  # neighbouring pieces of running text, held out together

PLAIN = re.compile(r"[A-Za-z0-9 ,.;:!?'\"()\-]+")
OPENS = re.compile(r"[\"A-Z]")
ENDS = re.compile(r"[.!?][\"')]?$")
LOUD = re.compile(r"[A-Z]{4,}|\d{3}")
SINGLE_QUOTES = re.compile(r"(?<![A-Za-z])'|'(?![A-Za-z])")  # of dialogue
OTHER_BOOK = re.compile(r"\bHaidee|Danglars|Monte Cristo|Villefort")  # in the file of the Wizard of Oz


def plain(sentence: str) -> str:
    """Dashes and spaces as a keyboard has them; no space inside a quotation mark at either end."""
    sentence = sentence.replace("—", " - ").replace("–", "-").replace("\u00a0", " ")
    return re.sub(r'^" | "$', '"', re.sub(r"\s+", " ", sentence).strip())


def is_simple(piece: Piece) -> bool:
    """Whole sentences of moderate length, plain characters, balanced quotes and brackets."""
    text = " ".join(piece)
    return (
        all(PLAIN.fullmatch(s) and ENDS.search(s) and words(s) >= 2 and OPENS.match(s) for s in piece)
        and text.count('"') % 2 == 0
        and text.count("(") == text.count(")")
        and not any(pattern.search(text) for pattern in (LOUD, SINGLE_QUOTES, OTHER_BOOK))
        and 6 <= size(piece) <= 85
        and max(map(words, piece)) <= 45
        and size(piece) / len(piece) <= 26
    )


def cleaned(pieces: list[Piece]) -> list[Piece]:
    """The simple ones, in plain typography."""
    typed = [[plain(sentence) for sentence in piece] for piece in pieces]
    return [piece for piece in typed if piece and is_simple(piece)]


def different(pieces: list[Piece]) -> list[Piece]:
    """Each once, in the order they come."""
    return list(map(list, dict.fromkeys(map(tuple, pieces))))


def read_sources(corpora: Path, work: Path, rng: random.Random) -> dict[str, list[Piece]]:
    repositories = work / "repositories"
    pieces = {
        "grimm": sources.grimm(corpora),
        "andersen": sources.andersen(repositories),
        "children": sources.children(repositories),
        "fables": sources.fables(repositories),
        "everyday": sources.everyday_scenes(SEED, 7000),
        "small_tale": different([small_tale(rng) for _ in range(4500)]),
    }
    kept = {name: cleaned(found) for name, found in pieces.items()}
    return kept | {"wordnet": cleaned(sources.wordnet(debian_files(work) / "usr/share/wordnet", common_words(kept)))}


def common_words(kept: dict[str, list[Piece]]) -> set[str]:
    """Words that stand in the tales and scenes three times or more."""
    counts = Counter(
        word for pieces in kept.values() for piece in pieces for s in piece for word in re.findall(r"[a-z]+", s.lower())
    )
    return {word for word, count in counts.items() if count >= 3}


def split(name: str, pieces: list[Piece], rng: random.Random) -> tuple[list[Piece], list[Piece]]:
    """(training, held-out) pieces. Of running text whole blocks are held out, so that no neighbour gives a paragraph away."""
    if name in (*GENERATED, "wordnet"):
        rng.shuffle(pieces)
        count = len(pieces) // 20
        return pieces[count:], pieces[:count]
    train, held = [], []
    for number, start in enumerate(range(0, len(pieces), BLOCK)):
        is_held = number % 20 == 7 or (len(pieces) < 400 and number % 10 == 7)
        (held if is_held else train).extend(pieces[start : start + BLOCK])
    return train, held


def train_tokenizer(texts: list[str]) -> Tokenizer:
    """Byte-level BPE as GPT-2's (Radford et al. 2019): all bytes are in the vocabulary, nothing is unknown. `<bos>` goes in front."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=SPECIAL, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<bos> $A", pair="<bos> $A $B", special_tokens=[("<bos>", BOS)]
    )
    return tokenizer


def encode(piece: Piece, tokenizer: Tokenizer) -> list[int]:
    """`<bos>`, each sentence and `<eosent>`, `<eos>`."""
    ids = [BOS]
    for number, sentence in enumerate(piece):
        ids += tokenizer.encode(" " * (number > 0) + sentence, add_special_tokens=False).ids + [EOSENT]
    return [*ids, EOS]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="folder of the corpora, Grimm's tales among them")
    parser.add_argument("--work", type=Path, default=WORK, help="clones and downloads")
    parser.add_argument("--output", type=Path, default=DATA)
    options = parser.parse_args()

    rng = random.Random(SEED)
    pieces = read_sources(options.corpora, options.work, rng)
    parts = {name: split(name, different(found), rng) for name, found in pieces.items()}
    tokenizer = train_tokenizer([" ".join(piece) for train, _ in parts.values() for piece in train])
    names, arrays = sorted(pieces), {}
    for at, part in enumerate(("train", "held")):
        rows = [(names.index(name), encode(piece, tokenizer)) for name, both in parts.items() for piece in both[at]]
        rows = [(source, ids) for source, ids in rows if len(ids) <= CONTEXT]
        arrays[f"{part}.ids"] = np.concatenate([np.array(ids, np.uint16) for _, ids in rows])
        arrays[f"{part}.lengths"] = np.array([len(ids) for _, ids in rows], np.uint16)
        arrays[f"{part}.sources"] = np.array([source for source, _ in rows], np.uint8)
        print(part, len(rows), "pieces", len(arrays[f"{part}.ids"]), "tokens")

    options.output.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(options.output / "tokenizer.json"))
    np.savez_compressed(options.output / "pieces.npz", **arrays)
    (options.output / "meta.json").write_text(json.dumps({"sources": names}) + "\n")


if __name__ == "__main__":
    main()

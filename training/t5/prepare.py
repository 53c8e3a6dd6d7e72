"""Make the pack that clsroom-t5 is trained on: a small Unigram tokenizer, words, and sentences of clsroom-gpt2's pieces.

    python training/t5/prepare.py

Writes `tokenizer.json` and `text.json.gz`. What clsroom-gpt2 holds out stays held out.
"""

import argparse
import gzip
import json
import math
import random
import re
from collections import Counter
from pathlib import Path

import numpy as np
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

import tasks
from data import END, SENTINEL_NAMES, UNK
from paths import DATA, GPT2_DATA

WORDS, PARTS = 1300, 350  # frequent words, and parts of words, in the vocabulary
SENTENCES = 30_000
HELD_RARE = 200
SEED = 5
GPT2_SENTENCE_END = 3  # the ids up to this one are special
SENTENCE = re.compile(r"[a-z][a-z ,']*[.!?]")

TASK_WORDS = {name for table in (tasks.MONTHS, tasks.WEEKDAYS) for names in table.values() for name in names}
TASK_WORDS |= {word for word in (*tasks.ONES, *tasks.TENS.values(), *tasks.ORDINALS) if word}
TASK_WORDS |= {"thirtieth", "hundred", "thousand", "and", "of", "the", "den", "am", "le", "el", "il", "de", *tasks.TASKS}
CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789▁.,:;!?'-/éûèìíáóúäößç"
# Log probabilities of what is left when a word is not in the vocabulary: so small that a known word is never cut.
PART_SCORE, BARE_SCORE, CHARACTER_SCORE, UNKNOWN_SCORE = -13.0, -12.0, -16.0, -30.0


def sentences(pieces: Path, part: str) -> list[str]:
    """Different sentences of 4 to 13 words and no more punctuation than commas and an end."""
    tokenizer, arrays = Tokenizer.from_file(str(pieces / "tokenizer.json")), np.load(pieces / "pieces.npz")
    found: dict[str, None] = {}
    for row in np.split(arrays[f"{part}.ids"], np.cumsum(arrays[f"{part}.lengths"])[:-1]):
        for ids in np.split(row[1:], np.flatnonzero(row[1:] == GPT2_SENTENCE_END) + 1):
            text = tokenizer.decode([int(token) for token in ids if token > GPT2_SENTENCE_END]).strip().lower()
            if 4 <= len(text.split()) <= 13 and SENTENCE.fullmatch(text):
                found[text] = None
    return list(found)


def splitter() -> pre_tokenizers.PreTokenizer:
    """T5's Metaspace; punctuation and each digit stand alone."""
    metaspace = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    return pre_tokenizers.Sequence([metaspace, pre_tokenizers.Punctuation(), pre_tokenizers.Digits(individual_digits=True)])


def parts_of_words(counts: Counter) -> list[str]:
    """Likeliest first, as a Unigram trainer (Kudo 2018) finds them in the words."""
    rough = Tokenizer(models.Unigram())
    rough.pre_tokenizer = splitter()
    trainer = trainers.UnigramTrainer(
        vocab_size=1200, special_tokens=["<unk>"], unk_token="<unk>", max_piece_length=6, show_progress=False
    )
    rough.train_from_iterator([word for word, count in counts.items() for _ in range(min(count, 5))], trainer)
    return sorted((part for part in rough.get_vocab() if len(part) > 1 and part != "<unk>"), key=rough.token_to_id)


def vocabulary(counts: Counter) -> list[tuple[str, float]]:
    """Pieces with their log probabilities: whole words first, those of the tasks and the frequent ones; then parts and characters."""
    frequent = [word for word, _ in counts.most_common(WORDS) if len(word) > 1]
    total = sum(counts.values())
    whole = {f"▁{word}": math.log((counts[word] + 20) / total) for word in [*sorted(TASK_WORDS), *frequent]}
    pieces = {"<pad>": 0.0, "</s>": 0.0, "<unk>": UNKNOWN_SCORE}
    pieces |= dict(sorted(whole.items(), key=lambda pair: -pair[1]))
    pieces |= {part: PART_SCORE for part in [part for part in parts_of_words(counts) if part not in whole][:PARTS]}
    after_hyphen = sorted({word for word in tasks.ORDINALS + tasks.ONES if word})  # where there is no ▁
    for score, more in ((BARE_SCORE, after_hyphen), (CHARACTER_SCORE, sorted(CHARACTERS))):
        pieces |= {piece: score for piece in more if piece not in pieces}
    return list(pieces.items())


def make_tokenizer(counts: Counter) -> Tokenizer:
    """As T5's: `</s>` behind, `<extra_id_0>` last in the vocabulary."""
    tokenizer = Tokenizer(models.Unigram(vocabulary(counts), unk_id=UNK, byte_fallback=False))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizers.Lowercase(), splitter()
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.add_special_tokens(
        [AddedToken(name, lstrip=True, rstrip=True, normalized=False, special=True) for name in reversed(SENTINEL_NAMES)]
    )
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", END)])
    return tokenizer


def make_lexicon(counts: Counter, tokenizer: Tokenizer, rng: random.Random) -> dict[str, list[str]]:
    """Words to reverse: one token each, and rarer ones of up to three."""
    whole = tokenizer.get_vocab()
    known = [word for word, count in counts.most_common() if count >= 3 and len(word) > 1 and f"▁{word}" in whole]
    rare = [
        word
        for word, count in counts.most_common()
        if count >= 2 and 3 < len(word) < 9 and f"▁{word}" not in whole
        and len(tokenizer.encode(word, add_special_tokens=False).ids) <= 3
    ]  # fmt: skip
    rng.shuffle(rare)
    return {"known": known, "rare": rare[HELD_RARE:3000], "held_rare": rare[:HELD_RARE]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pieces", type=Path, default=GPT2_DATA, help="the pack of clsroom-gpt2")
    parser.add_argument("--output", type=Path, default=DATA)
    options = parser.parse_args()

    rng = random.Random(SEED)
    train = sentences(options.pieces, "train")
    seen = set(train)
    held = [sentence for sentence in sentences(options.pieces, "held") if sentence not in seen]
    counts = Counter(word for sentence in train for word in re.findall(r"[a-z]+", sentence))
    tokenizer = make_tokenizer(counts)
    lexicon = make_lexicon(counts, tokenizer, rng)
    text = {"train": rng.sample(train, min(SENTENCES, len(train))), "held": held}

    options.output.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(options.output / "tokenizer.json"))
    with gzip.GzipFile(options.output / "text.json.gz", "wb", mtime=0) as file:
        file.write(json.dumps({"lexicon": lexicon, "sentences": text}).encode())
    print(tokenizer.get_vocab_size(), "tokens;", {name: len(found) for name, found in (lexicon | text).items()})


if __name__ == "__main__":
    main()

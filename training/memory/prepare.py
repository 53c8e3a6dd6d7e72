"""Makes the pack that `train.py` reads: a WordPiece tokenizer of 3,072 pieces, sentences, and the other text of the recall task.

    python training/memory/prepare.py             → <work>/pack (needs the corpora, and clsroom-gpt2's pack)
    python training/memory/prepare.py --samples   → public/samples/recall.json, what the page draws its recall inputs from

Sentiment: sentence_polarity (Pang & Lee 2005, CC BY 4.0) without any sentence that SST-2's dev or test split holds, and generated
opinions. SST-2 dev and test (Socher et al. 2013) are in the pack to measure on. Other sentences: clsroom-gpt2's pack (tales in the public
domain, WordNet examples, generated scenes); its held-out pieces stay held out.
"""

import argparse
import json
import random
import sys
from pathlib import Path

import numpy as np
from paths import CORPORA, GPT2_PACK, PACK, SAMPLES, TRAINING

sys.path.insert(0, str(TRAINING / "text"))
from everyday import everyday_documents, opinion  # noqa: E402

VOCABULARY, WIDTH, UNLABELLED = 3072, 64, 255
SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
NAMES = "tom mary anna john peter david paul james jack henry bob mark sarah lucy emma jane lisa alice maria susan".split()
ITEMS = "key hat ball book cup box bell ring coat lamp map stone bag boat flower cake letter phone apple coin dress card egg fish".split()
SAMPLES_SEED, SAMPLES_COUNT = 2026, 400


def other_text(seed: int, documents: int) -> list[str]:
    """Everyday sentences in which nobody has anything, and no number stands."""
    return [
        sentence
        for document, label in everyday_documents(seed, documents)
        for sentence in document
        if label == -100 and " has " not in sentence and not any(c.isdigit() for c in sentence)
    ]


def stories(pack: Path, split: str) -> list[str]:
    """Runs of sentences of clsroom-gpt2's pieces, 6 to 40 words."""
    from tokenizers import Tokenizer

    decoder, arrays = Tokenizer.from_file(str(pack / "tokenizer.json")), np.load(pack / "pieces.npz")
    out = []
    for row in np.split(arrays[f"{split}.ids"], np.cumsum(arrays[f"{split}.lengths"])[:-1]):
        run = ""
        for part in np.split(row[1:], np.flatnonzero(row[1:] == 3) + 1):
            sentence = decoder.decode([int(i) for i in part if i > 3]).strip()
            if run and len((run + " " + sentence).split()) > 36:
                out.append(run)
                run = ""
            run = f"{run} {sentence}".strip()
        if len(run.split()) >= 5:
            out.append(run)
    return [text for text in dict.fromkeys(out) if len(text.split()) <= 40]


def train_tokenizer(texts: list[str]):
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(vocab_size=VOCABULARY, special_tokens=SPECIALS, show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return tokenizer


def make_pack(corpora: Path, gpt2: Path, pack: Path) -> None:
    from corpora import SstFilter, sentence_polarity, sst2

    rng = random.Random(3)
    sst = SstFilter(corpora)
    polarity = [(d.sentences[0], d.sentiment) for d in sentence_polarity(corpora) if not sst.matches(d.sentences[0])]
    rng.shuffle(polarity)
    cut = len(polarity) // 20
    opinions = list(dict.fromkeys((" ".join(s), label) for s, label in (opinion(rng) for _ in range(2500))))
    opinions = [(s, label) for s, label in opinions if not sst.matches(s)]
    train = polarity[cut:] + opinions + [(s, UNLABELLED) for s in stories(gpt2, "train") if not sst.matches(s)]
    held = polarity[:cut] + [(s, UNLABELLED) for s in stories(gpt2, "held")]
    measured = {split: [(d.sentences[0], d.sentiment) for d in sst2(corpora, split)] for split in ("dev", "test")}
    filler = other_text(9, 9000)
    facts = [f"{name} has the {item} ." for name in NAMES for item in ITEMS] * 3
    tokenizer = train_tokenizer([s for s, _ in train] + filler[:6000] + facts)

    pack.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(pack / "tokenizer.json"))
    arrays = {}
    for name, rows in {"train": train, "held": held, **measured}.items():
        ids = [e.ids for e in tokenizer.encode_batch([s for s, _ in rows])]
        ids = [i if len(i) <= WIDTH else i[: WIDTH - 1] + [3] for i in ids]
        arrays[f"{name}.ids"] = np.concatenate([np.array(i, np.uint16) for i in ids])
        arrays[f"{name}.lengths"] = np.array([len(i) for i in ids], np.uint8)
        arrays[f"{name}.labels"] = np.array([label for _, label in rows], np.uint8)
    rng.shuffle(filler)
    stream, starts = [], []
    for encoded in tokenizer.encode_batch(filler[:14000], add_special_tokens=False):
        starts.append(len(stream))
        stream += encoded.ids
    arrays |= {"filler.ids": np.array(stream, np.uint16), "filler.starts": np.array(starts, np.uint32)}
    np.savez_compressed(pack / "sentences.npz", **arrays)
    meta = {"vocabulary": tokenizer.get_vocab_size(), "width": WIDTH, "names": NAMES, "items": ITEMS}
    (pack / "meta.json").write_text(json.dumps(meta))


def make_samples(target: Path) -> None:
    """Of the recall task what the page needs: sentences drawn with another seed than the pack's."""
    known = set(other_text(9, 9000))
    fresh = [s for s in dict.fromkeys(other_text(SAMPLES_SEED, 3000)) if s not in known][:SAMPLES_COUNT]
    target.write_text(json.dumps({"names": NAMES, "items": ITEMS, "other": fresh}, indent=1) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--gpt2", type=Path, default=GPT2_PACK)
    parser.add_argument("--pack", type=Path, default=PACK)
    parser.add_argument("--samples", action="store_true")
    options = parser.parse_args()
    if options.samples:
        make_samples(SAMPLES)
    else:
        make_pack(options.corpora, options.gpt2, options.pack)

"""Writes what the trainers of Hugging Face's `tokenizers` make of five small corpora, and what its decoders and its parsing of special
tokens answer.

    python training/golden/trainers_fixture.py        (needs tokenizers and numpy)

src/tokenizers/fixtures/trainers.json.gz: {corpora: {name: [line …]}, cases: [{corpus, kind, size, file}], scored: [{corpus, size, merges}],
decoders: [{config, tokens, answers}], parsed: [{name, digests}]}

  cases     `file` is the whole tokenizer.json as trained. WordPiece gives letters within words their ids in the order of a hash table,
            which differs from run to run and breaks ties: here they come in Unicode's order, which is one of the orders it takes.
  scored    merges by count(ab) / (count(a) · count(b)), naively, with the first letters' ids as above and of equals the smaller ids first
  decoders  decoded lists of tokens
  parsed    ids of the 4,000 texts of src/loaders/fixtures/tokenizers.json.gz by its tokenizers, special tokens in texts parsed
"""

import gzip
import itertools
import json
import pathlib
import random
import sys

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "training" / folder) for folder in ("text", "gpt2", "t5")]

from small_tale import small_tale

OUT = ROOT / "src/tokenizers/fixtures/trainers.json.gz"
TEXTS = ROOT / "src/loaders/fixtures/tokenizers.json.gz"
N, P, D = normalizers, pre_tokenizers, decoders
BLOCK = 8

# The first article of the Universal Declaration of Human Rights.
ARTICLE = [
    "All human beings are born free and equal in dignity and rights.",
    "Все люди рождаются свободными и равными в своем достоинстве и правах.",
    "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.",
    "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق.",
    "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.",
    "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।",
    "人人生而自由，在尊严和权利上一律平等。",
    "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。",
    "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
    "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ",
]


def corpora() -> dict[str, list[str]]:
    rng = random.Random(7)
    tales = [" ".join(small_tale(rng)) for _ in range(120)]
    code = "\n".join(p.read_text() for p in sorted((ROOT / "src/core").glob("*.ts")) if not p.name.endswith(".test.ts"))[:16000].split("\n")
    ties = ["".join(rng.choice("ab") for _ in range(rng.randint(1, 9))) + " " + "aaa" * rng.randint(1, 3) for _ in range(150)]
    ties += [" ".join(str(rng.randint(0, 1999)) for _ in range(4)) for _ in range(60)]
    scripts = ARTICLE + [" ".join(pair) for pair in itertools.permutations(ARTICLE[:6], 2)] + ["naïve Ｃａｆé №5 ﬁne 𠮷野家 𝔘𝔫𝔦 👩‍👩‍👧 🇩🇪 half½ Ⅷ"] * 2
    counted = [" ".join(w * (1 + i % 3) for i, w in enumerate("low lower newest widest lowest new wide hug pug hugs bun pun".split())) for _ in range(5)] + ["hug hug pug hugs"] * 7
    return {"tales": tales, "code": code, "ties": ties, "scripts": scripts, "counted": counted}


# As src/tokenizers/recipe.ts makes them.
STRIP = [N.NFD(), N.StripAccents()]
NORMALISERS = {"none": None, "all": N.Sequence([N.NFKC(), N.Lowercase(), *STRIP, N.BertNormalizer(clean_text=False, handle_chinese_chars=True, strip_accents=False, lowercase=False)])}
SPLITS = {"bert": P.BertPreTokenizer(), "metaspace": P.Sequence([P.Metaspace(), P.Digits(True)]), "bytes": P.ByteLevel(add_prefix_space=False), "whitespace": P.Whitespace()}
UNK = "[UNK]"
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]


def words_of(lines, normaliser, split) -> dict[str, int]:
    counts = {}
    for line in lines:
        text = normaliser.normalize_str(line) if normaliser else line
        for word, _ in split.pre_tokenize_str(text):
            counts[word] = counts.get(word, 0) + 1
    return counts


def trained(kind, lines, size, normaliser, split, with_bytes) -> dict:
    quiet = {"show_progress": False, "vocab_size": size}
    alphabet = {"initial_alphabet": P.ByteLevel.alphabet()} if split is SPLITS["bytes"] else {}
    specials = [UNK, *(BYTES if with_bytes else [])]
    if kind == "WordLevel":
        made, trainer = Tokenizer(models.WordLevel(unk_token=UNK)), trainers.WordLevelTrainer(special_tokens=specials, **quiet)
    elif kind == "WordPiece":
        counts = words_of(lines, normaliser, split)
        letters = sorted({c for word in counts for c in word} | set(alphabet.get("initial_alphabet", [])))
        within = sorted({"##" + c for word in counts for c in word[1:]})
        specials = [*specials, *letters, *within]
        made, trainer = Tokenizer(models.WordPiece(unk_token=UNK)), trainers.WordPieceTrainer(special_tokens=specials, **quiet)
    elif kind == "BPE":
        made, trainer = Tokenizer(models.BPE(unk_token=UNK)), trainers.BpeTrainer(special_tokens=specials, **alphabet, **quiet)
    else:
        made, trainer = Tokenizer(models.Unigram()), trainers.UnigramTrainer(special_tokens=specials, unk_token=UNK, **alphabet, **quiet)
    if normaliser is not None:
        made.normalizer = normaliser
    made.pre_tokenizer = split
    made.train_from_iterator(lines, trainer)
    file = json.loads(made.to_str())
    file["added_tokens"] = [token for token in file["added_tokens"] if token["content"] == UNK]
    if with_bytes:
        file["model"]["byte_fallback"] = True
    return file


CASES = [
    *(("tales", kind, size, "none", "bert", False) for kind in ("WordLevel", "WordPiece", "BPE", "Unigram") for size in (64, 300, 1000)),
    *(("code", kind, 700, "none", "whitespace", False) for kind in ("WordLevel", "WordPiece", "BPE", "Unigram")),
    *(("code", "Unigram", size, "none", "whitespace", False) for size in (150, 300)),
    *(("ties", kind, 150, "none", "bert", False) for kind in ("WordLevel", "WordPiece", "BPE", "Unigram")),
    *(("scripts", kind, 900, "all", "metaspace", False) for kind in ("WordLevel", "WordPiece", "BPE", "Unigram")),
    *(("scripts", kind, 8192, "none", "bytes", False) for kind in ("WordPiece", "BPE", "Unigram")),
    *(("scripts", kind, 700, "none", "metaspace", True) for kind in ("BPE", "Unigram")),
    *(("counted", kind, 64, "none", "bert", False) for kind in ("WordLevel", "WordPiece", "BPE", "Unigram")),
]  # fmt: skip


def scored(counts: dict[str, int], size: int) -> list[list[str]]:
    """As Hugging Face's course trains WordPiece ("WordPiece tokenization"), with ties by id."""
    letters = sorted({c for word in counts for c in word})
    vocab = {token: i for i, token in enumerate([UNK, *letters, *sorted({"##" + c for word in counts for c in word[1:]})])}
    splits = {word: [c if i == 0 else "##" + c for i, c in enumerate(word)] for word in counts}
    merges = []
    while len(vocab) < size:
        singles, pairs = {}, {}
        for word, count in counts.items():
            for token in splits[word]:
                singles[token] = singles.get(token, 0) + count
            for pair in zip(splits[word], splits[word][1:]):
                pairs[pair] = pairs.get(pair, 0) + count
        if not pairs:
            break
        best = min(pairs, key=lambda p: (-(pairs[p] / (singles[p[0]] * singles[p[1]])), vocab[p[0]], vocab[p[1]]))
        merged = best[0] + best[1].removeprefix("##")
        vocab.setdefault(merged, len(vocab))
        merges.append(list(best))
        for word, split in splits.items():
            i = 0
            while i < len(split) - 1:
                if (split[i], split[i + 1]) == best:
                    split[i : i + 2] = [merged]
                i += 1
    return merges


DECODERS = [
    D.WordPiece(), D.WordPiece(prefix="##", cleanup=False), D.ByteLevel(), D.Metaspace(), D.Metaspace(prepend_scheme="never"), D.BPEDecoder(),
    D.Sequence([D.ByteFallback(), D.Fuse(), D.Metaspace()]), D.Sequence([D.Replace("▁", " "), D.ByteFallback(), D.Fuse(), D.Strip(" ", 1, 0)]),
    D.Sequence([D.Replace(Regex("^##"), ""), D.Fuse(), D.Metaspace()]), D.Sequence([D.Replace(Regex("^##"), ""), D.ByteLevel()]), D.CTC(), D.Strip("a", 1, 0),
]  # fmt: skip
TOKENS = "▁the ▁ ▁▁ cat ##s ##a a aa [UNK] ▁a▁b . , ! ? 'm n't 's do not do un able</w> </w> Ġhe Ċ ĠÃ© Ã © ðŁĻ Ĥ <0xF0> <0x9F> <0x99> <0x82> <0x0A> <0xFF> <0x41> é 中 <pad> | h h e".split(" ")


def decoder_cases() -> list[dict]:
    rng = random.Random(3)
    lists = [[], *[[rng.choice(TOKENS) for _ in range(rng.randint(1, 9))] for _ in range(150)]]
    shell = Tokenizer(models.WordLevel({"a": 0}, unk_token="a"))
    cases = []
    for decoder in DECODERS:
        shell.decoder = decoder
        cases.append({"config": json.loads(shell.to_str())["decoder"], "tokens": lists, "answers": [decoder.decode(tokens) for tokens in lists]})
    return cases


def parsed() -> list[dict]:
    fixture = json.loads(gzip.decompress(TEXTS.read_bytes()))
    drawn = texts(fixture["alphabet"], fixture["texts"])
    kinds = []
    for kind in fixture["kinds"]:
        if kind["part"] == "tokenizer":
            made = Tokenizer.from_str(json.dumps(kind["config"]))
            answers = [" ".join(map(str, made.encode(text, add_special_tokens=False).ids)) for text in drawn]
            kinds.append({"name": kind["name"], "digests": digests(answers)})
    return kinds


def texts(alphabet: list[str], count: int) -> list[str]:
    """As in tokenizers_fixture.py."""
    state = 1

    def draw(below: int) -> int:
        nonlocal state
        state = (state * 1664525 + 1013904223) % 2**32
        return (state >> 8) % below

    def text() -> str:
        length, near, start = draw(24), draw(2), draw(len(alphabet))
        width = 40 if near else len(alphabet)
        return "".join(alphabet[(start + draw(width)) % len(alphabet)] + (" " if draw(8) == 0 else "") for _ in range(length))

    return [text() for _ in range(count)]


def fnv1a(text: str) -> int:
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) % 2**32
    return value


def digests(answers: list[str]) -> str:
    return "".join(f"{fnv1a(chr(10).join(answers[i : i + BLOCK])):08x}" for i in range(0, len(answers), BLOCK))


def main() -> None:
    lines = corpora()
    cases = []
    for corpus, kind, size, normaliser, split, with_bytes in CASES:
        file = trained(kind, lines[corpus], size, NORMALISERS[normaliser], SPLITS[split], with_bytes)
        cases.append({"corpus": corpus, "kind": kind, "size": size, "normaliser": normaliser, "words": split, "bytes": with_bytes, "file": file})
    by_score = [{"corpus": c, "size": size, "merges": scored(words_of(lines[c], None, SPLITS["bert"]), size)} for c, size in (("tales", 300), ("ties", 150), ("counted", 64))]
    content = json.dumps({"corpora": lines, "cases": cases, "scored": by_score, "decoders": decoder_cases(), "parsed": parsed()}, ensure_ascii=False, separators=(",", ":"))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_bytes(gzip.compress(content.encode(), 9, mtime=0))
    print(f"{len(cases)} cases, {OUT.stat().st_size} bytes")


main()

"""Writes what Hugging Face's `tokenizers` makes of 4,000 texts of mixed scripts, for every kind of part that CLSroom runs and for the shipped
tokenizers.

    python training/golden/tokenizers_fixture.py        (needs tokenizers and numpy)

src/loaders/fixtures/tokenizers.json.gz: {alphabet, kinds: [{part, config, digests}]}. The texts are drawn from the alphabet by a
linear congruential generator that the test runs too. A digest is the FNV-1a hash of eight answers, one a line:

  normalizer      the normalised text
  pre_tokenizer   word@start:end … in code points, words apart by U+0001
  tokenizer       id …; typed special tokens are text, so in the model asked here they are called otherwise
  and `spans`     start:end … of these; left out where a normaliser takes marks or spaces away: CLSroom's spans cover them
  shipped         as tokenizer, of public/models/<name>/tokenizer.json, which has no config here; and `written`: {texts, digests} of texts
                  as the model reads them, its special tokens among them
"""

import gzip
import json
import pathlib
import random
import sys

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "training" / folder) for folder in ("text", "gpt2", "t5")]

from everyday import everyday_documents
from small_tale import small_tale
from tasks import TASKS, Lexicon, make_example

OUT = ROOT / "src/loaders/fixtures/tokenizers.json.gz"
SHIPPED = ROOT / "public/models"
TEXTS, BLOCK = 4000, 8

ALPHABET = [
    *"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    *[" "] * 30, *"0123456789", *"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    *"the cat sat on it's don't we're I'll they've".split(" "), "unaffable", "Transformers", "tokenization",
    *"àéîõüñçßøåÆŒıİſŁǅ", *"ÀÉÎÕÜÑÇẞ", *"привет мирЁёЙйЩщЪ", "Привет", "мир", *"αβγσςΣΩάώΐΆϐ", "ΣΟΦΟΣ", "ὈΔΥΣΣΕΎΣ",
    *"مرحباآأؤلا", "َ", "ّ", "٣", "؟", *"שלוםבּ", "ְ", *"नमस्तेक्षि", "०", "।", *"สวัสดีครับำ", "๓",
    *"中文漢字日本語", *"ひらがなカタカナ", "ｶﾞ", "ﾊﾟ", "が", "か\u3099", *"한국어", "ᄒ", "ᅡ", "ᆫ", "가", *"𠮷𠀀𪜀𫝀𫠠", "丽", "豈", "㐀",
    "。", "、", "「", "」", "！", "？", "Ａ", "１", "～",
    "👩‍👩‍👧", "👍🏽", "❤️", "🇩🇪", "🦄", "😀", "☺", "™", "©", "€", "₽", "→", "∑", "½", "²", "Ⅷ", "①", "ﬁ", "ŉ", "…", "—", "–", "“", "”", "‘", "’", "«", "»", "¿", "¡", "·", "‿", "§",
    "\u0301", "\u0308", "\u0323", "\u0327", "\u0345", "\u20dd", "\u302e", "\u093e", "\u1e9b\u0323",
    "\u0000", "\u0001", "\u0007", "\u001f", "\u007f", "\u0085", "\u009f", "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u2060", "\ufeff", "\ufffd", "\ue000", "\u0378",
    "\t", "\n", "\r", "\r\n", "\u000b", "\u000c", "\u00a0", "\u1680", "\u2003", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "  ", "   ", "\n\n",
    "[CLS]", "[SEP]", "[MASK]", "[UNK]", "<s>", "</s>", "<unk>", "<mask>", "<|endoftext|>", "<extra_id_0>", "##", "▁", "Ġ", "<0x0A>", "Covid-19",
    "x" * 120, "ab" * 60, "é" * 101,
]  # fmt: skip


def texts() -> list[str]:
    """The test draws the same: `draw` in tokenizers_golden.ts."""
    state = 1

    def draw(below: int) -> int:
        nonlocal state
        state = (state * 1664525 + 1013904223) % 2**32
        return (state >> 8) % below

    def text() -> str:
        # Half of the texts stay within one neighbourhood of the alphabet: words of one script.
        length, near, start = draw(24), draw(2), draw(len(ALPHABET))
        width = 40 if near else len(ALPHABET)
        return "".join(ALPHABET[(start + draw(width)) % len(ALPHABET)] + (" " if draw(8) == 0 else "") for _ in range(length))

    return [text() for _ in range(TEXTS)]


def fnv1a(text: str) -> int:
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) % 2**32
    return value


def digests(answers: list[str]) -> str:
    return "".join(f"{fnv1a(chr(10).join(answers[i : i + BLOCK])):08x}" for i in range(0, len(answers), BLOCK))


def config_of(part: str, value) -> dict:
    shell = Tokenizer(models.WordLevel({"a": 0}, unk_token="a"))
    setattr(shell, part, value)
    return json.loads(shell.to_str())[part]


GPT4 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
O200K = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
BLOOM = r" ?[^(\s|[.,!?…。，、।۔،])]+"
CLIP = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
N, P = normalizers, pre_tokenizers
BEHAVIORS = ["removed", "isolated", "merged_with_previous", "merged_with_next", "contiguous"]


def charsmap() -> str:
    """A precompiled table of SentencePiece's layout: NFKC of letters and pairs, spaces and control characters."""
    import base64
    import struct
    import unicodedata

    entries = {" ": " "}
    for code in [*range(1, 32), 0x7F]:
        entries[chr(code)] = " " if chr(code) in "\t\n\r\x0b\x0c" else ""
    for char in [c for item in ALPHABET for c in item] + [chr(c) for c in (*range(0xA0, 0x180), *range(0x2000, 0x2010), *range(0xFF00, 0xFF60))]:
        plain = unicodedata.normalize("NFKC", char)
        if plain != char:
            entries[char] = plain
    entries |= {"e\u0301": "é", "a\u0308": "ä", "\u3000": " ", "\u200b": " ", "\ufeff": "", "が": "が"}
    entries.pop("\x00", None)
    replacements, offsets = b"", {}
    for text in sorted(set(entries.values())):
        offsets[text] = len(replacements)
        replacements += text.encode() + b"\0"
    trie = darts({key.encode(): offsets[value] for key, value in entries.items()})
    return base64.b64encode(struct.pack("<I", len(trie) * 4) + struct.pack(f"<{len(trie)}I", *trie) + replacements).decode()


def darts(entries: dict[bytes, int]) -> list[int]:
    """A double array (darts-clone's units): a node's children lie at its offset xor their byte; a value lies at byte 0."""
    units, used, offsets = [0] * 256, {0}, {}

    def grow(size: int) -> None:
        units.extend([0] * (-(-size // 256) * 256 - len(units)))

    def place(node: int, prefix: bytes) -> None:
        keys = [k for k in entries if k.startswith(prefix)]
        labels = sorted({k[len(prefix)] for k in keys if len(k) > len(prefix)} | ({0} if prefix in entries else set()))
        base = next(b for b in range(1, 2**21) if b not in offsets.values() and all(b ^ label not in used for label in labels))
        offsets[node] = base
        grow((base | 255) + 1)
        used.update(base ^ label for label in labels)
        relative = node ^ base
        assert relative < 2**21
        units[node] |= relative << 10 | (256 if 0 in labels else 0)
        for label in labels:
            if label == 0:
                units[base] = entries[prefix] | 2**31
            else:
                units[base ^ label] = label
        for label in labels:
            if label:
                place(base ^ label, prefix + bytes([label]))

    place(0, b"")
    return units


def normalizer_kinds():
    for clean in (True, False):
        for chinese in (True, False):
            for strip in (None, True, False):
                for lower in (True, False):
                    yield N.BertNormalizer(clean_text=clean, handle_chinese_chars=chinese, strip_accents=strip, lowercase=lower)
    yield from (N.NFC(), N.NFD(), N.NFKC(), N.NFKD(), N.Lowercase(), N.StripAccents())
    yield from (N.Strip(), N.Strip(left=True, right=False), N.Strip(left=False, right=True), N.Prepend("▁"), N.Prepend("ab "))
    yield from (N.Replace(" ", "▁"), N.Replace("e", "$&\\1"), N.Replace(Regex(" {2,}"), " "), N.Replace(Regex(r"[\p{P}\s]+"), "·"), N.Replace(Regex(r"\s*$"), ""))
    yield N.Sequence([N.NFD(), N.Lowercase(), N.StripAccents()])
    yield N.Sequence([N.NFKD(), N.StripAccents(), N.Strip(), N.Replace(Regex(r"\s+"), " "), N.Prepend("▁")])
    yield N.Precompiled(__import__("base64").b64decode(charsmap()))


def pre_tokenizer_kinds():
    yield from (P.BertPreTokenizer(), P.Whitespace(), P.WhitespaceSplit(), P.Digits(True), P.Digits(False))
    for behavior in BEHAVIORS:
        yield P.Punctuation(behavior)
        yield P.Split(" ", behavior)
        yield P.Split(Regex(r"\p{L}+|\d"), behavior)
        yield P.Split(Regex(r"\p{L}+|\d"), behavior, invert=True)
    yield from (P.Split(Regex(r), "isolated") for r in (GPT4, O200K, BLOOM, CLIP, r"\w+|[^\w\s]", r"\s", r"\S+"))
    yield from (P.ByteLevel(prefix, use_regex=regex) for prefix in (True, False) for regex in (True, False))
    yield from (P.Metaspace(prepend_scheme=scheme, split=split) for scheme in ("always", "never", "first") for split in (True, False))
    yield P.Metaspace(replacement="_")
    yield P.Sequence([P.WhitespaceSplit(), P.Metaspace(prepend_scheme="first")])
    yield P.Sequence([P.Whitespace(), P.Punctuation(), P.Digits(True)])
    yield P.Sequence([P.Split(Regex(GPT4), "isolated"), P.ByteLevel(False, use_regex=False)])
    yield P.Sequence([P.Digits(True), P.ByteLevel(True)])


BERT = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
ROBERTA = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
T5 = ["<pad>", "</s>", "<unk>", "<extra_id_0>"]


EXACT_SPANS = ["gpt2", "roberta", "llama 3", "llama", "clsroom-gpt2"]


def trained(model, trainer, corpus, normalizer=None, pre=None, words=()) -> Tokenizer:
    made = Tokenizer(model)
    if normalizer is not None:
        made.normalizer = normalizer
    if pre is not None:
        made.pre_tokenizer = pre
    made.train_from_iterator(corpus, trainer)
    made.add_tokens(list(words))
    return made


def tokenizer_kinds(corpus: list[str]):
    """The shapes of published families, trained small."""
    quiet = {"show_progress": False}
    bert, piece = N.BertNormalizer(), lambda **more: trainers.WordPieceTrainer(vocab_size=700, special_tokens=BERT, **quiet, **more)
    yield "bert-uncased", trained(models.WordPiece(unk_token="[UNK]"), piece(), corpus, bert, P.BertPreTokenizer())
    yield "bert-cased, added words", trained(
        models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=20), piece(), corpus, N.BertNormalizer(lowercase=False), P.BertPreTokenizer(),
        [AddedToken("Covid-19"), AddedToken("cat", single_word=True), AddedToken("🦄", lstrip=True, rstrip=True, normalized=False)],
    )  # fmt: skip
    yield "word level", trained(models.WordLevel(unk_token="[UNK]"), trainers.WordLevelTrainer(vocab_size=300, special_tokens=BERT, **quiet), corpus, N.NFC(), P.Whitespace())
    pairs = lambda specials, **more: trainers.BpeTrainer(vocab_size=900, special_tokens=specials, **quiet, **more)
    alphabet = {"initial_alphabet": P.ByteLevel.alphabet()}
    yield "gpt2", trained(models.BPE(), pairs(["<|endoftext|>"], **alphabet), corpus, None, P.ByteLevel(add_prefix_space=False))
    yield "roberta", trained(models.BPE(), pairs(ROBERTA, **alphabet), corpus, None, P.ByteLevel(add_prefix_space=True))
    yield "llama 3", trained(models.BPE(ignore_merges=True), pairs(["<|endoftext|>"], **alphabet), corpus, None, P.Sequence([P.Split(Regex(GPT4), "isolated"), P.ByteLevel(False, use_regex=False)]))
    yield "openai-gpt", trained(models.BPE(unk_token="<unk>", end_of_word_suffix="</w>"), pairs(["<unk>"], end_of_word_suffix="</w>"), corpus, bert, P.BertPreTokenizer())
    yield "bpe, prefix and fused", trained(models.BPE(unk_token="[UNK]", continuing_subword_prefix="##", fuse_unk=True), pairs(BERT, continuing_subword_prefix="##", limit_alphabet=80), corpus, N.NFKC(), P.Whitespace())
    yield "bpe without unknown", trained(models.BPE(), pairs([], limit_alphabet=60), corpus, N.NFC(), P.WhitespaceSplit())
    spaces = N.Sequence([N.Prepend("▁"), N.Replace(" ", "▁")])
    fallback = [f"<0x{byte:02X}>" for byte in range(256)]
    yield "llama", trained(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True), pairs(["<unk>", "<s>", "</s>"], limit_alphabet=100), corpus, spaces, None, [])
    unigram = lambda specials, unk, **more: trainers.UnigramTrainer(vocab_size=600, special_tokens=specials, unk_token=unk, **quiet, **more)
    table = N.Precompiled(__import__("base64").b64decode(charsmap()))
    yield "t5", trained(models.Unigram(), unigram(T5, "<unk>"), corpus, table, P.Sequence([P.WhitespaceSplit(), P.Metaspace(prepend_scheme="always")]))
    yield "xlm-roberta", trained(models.Unigram(), unigram(ROBERTA, "<unk>"), corpus, N.Sequence([table, N.Replace(Regex(" {2,}"), " ")]), P.Metaspace(prepend_scheme="always"))
    yield "albert", trained(models.Unigram(), unigram(["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"], "<unk>"), corpus, N.Sequence([N.Replace("``", '"'), N.Replace("''", '"'), N.NFKD(), N.StripAccents(), N.Lowercase(), table]), P.Metaspace(prepend_scheme="always"))
    yield "unigram with bytes", with_bytes(trained(models.Unigram(), unigram(["<unk>", *fallback], "<unk>"), corpus, N.NFKC(), P.Metaspace()))
    yield "llama with bytes", with_bytes(trained(models.BPE(unk_token="<unk>", fuse_unk=True), pairs(["<unk>", "<s>", "</s>", *fallback], limit_alphabet=100), corpus, spaces))


def with_bytes(made: Tokenizer) -> Tokenizer:
    """Byte tokens are of the model and no special tokens; trainers know them as special alone."""
    file = json.loads(made.to_str())
    file["model"]["byte_fallback"] = True
    file["added_tokens"] = [token for token in file["added_tokens"] if not token["content"].startswith("<0x")]
    return Tokenizer.from_str(json.dumps(file))


def without_specials(file: dict) -> Tokenizer:
    """The same with special tokens that no text can hold: CLSroom reads a typed special token as text."""
    file = json.loads(json.dumps(file))
    model = file["model"]
    unk = model.get("unk_token") or (model["vocab"][model["unk_id"]][0] if model.get("unk_id") is not None else None)
    specials = [token["content"] for token in file["added_tokens"] if token["special"]]
    file["added_tokens"] = [token for token in file["added_tokens"] if not token["special"]]
    names = {name: f"\U0010fffe{i}" for i, name in enumerate(specials) if name != unk}
    if model["type"] == "Unigram":
        model["vocab"] = [[names.get(token, token), score] for token, score in model["vocab"]]
    else:
        model["vocab"] = {names.get(token, token): id for token, id in model["vocab"].items()}
    if model["type"] == "BPE":
        prefix = model.get("continuing_subword_prefix") or ""
        joined = lambda left, right: left + (right[len(prefix) :] if right.startswith(prefix) else right)
        model["merges"] = [[a, b] for a, b in model["merges"] if not {a, b, joined(a, b)} & names.keys()]
    return Tokenizer.from_str(json.dumps(file))


def tales(count: int) -> list[str]:
    """As clsroom-gpt2 reads them: `<bos>`, every sentence and `<eosent>`, `<eos>`."""
    rng = random.Random(1)
    told = [small_tale(rng) for _ in range(count // 2)] + [sentences for sentences, _ in everyday_documents(1, count - count // 2)]
    return ["<bos>" + " ".join(f"{sentence}<eosent>" for sentence in sentences) + "<eos>" for sentences in told]


def errands(count: int) -> list[str]:
    """What clsroom-t5 reads and writes: of each task as many, `fill:` and its answers with sentinels."""
    rng, sentences = random.Random(2), [s for document, _ in everyday_documents(2, 300) for s in document if len(s.split()) > 3]
    words = sorted({word for sentence in sentences for word in sentence.strip(".!").split()})
    lexicon = Lexicon(known=words, rare=words, held_rare=words)
    examples = [make_example(task, rng, False, lexicon, sentences) for task in TASKS for _ in range(count // len(TASKS) // 2)]
    return [text for example in examples for text in (example.source, example.target)]


def shipped_kinds():
    """(name, texts as the model reads them)"""
    yield "clsroom-bert", []
    yield "clsroom-gpt2", tales(200)
    yield "clsroom-t5", errands(200)


def main() -> None:
    drawn = texts()
    kinds = []

    def add(part, name, config, answers, spans=None):
        kinds.append({"part": part, "name": name, "config": config, "digests": digests(answers)} | ({"spans": digests(spans)} if spans else {}))
        if "--show" in sys.argv:
            shown.append({"part": part, "name": name, "answers": answers})

    shown = []
    for value in normalizer_kinds():
        config = config_of("normalizer", value)
        add("normalizer", json.dumps(config, ensure_ascii=False)[:150], config, [value.normalize_str(text) for text in drawn])
    for value in pre_tokenizer_kinds():
        config = config_of("pre_tokenizer", value)
        answers = ["\x01".join(f"{word}@{a}:{b}" for word, (a, b) in value.pre_tokenize_str(text)) for text in drawn]
        add("pre_tokenizer", json.dumps(config, ensure_ascii=False)[:150], config, answers)
    for name, made in tokenizer_kinds(drawn[:1500]):
        file = json.loads(made.to_str())
        if file["model"]["type"] == "Unigram":
            # Sums of these are exact, so that ways of equal score stay equal however the numbers are read.
            file["model"]["vocab"] = [[token, round(score * 1024) / 1024] for token, score in file["model"]["vocab"]]
        plain = without_specials(file)
        encoded = [plain.encode(text, add_special_tokens=False) for text in drawn]
        spans = [" ".join(f"{a}:{b}" for a, b in e.offsets) for e in encoded]
        add("tokenizer", name, file, [" ".join(map(str, e.ids)) for e in encoded], spans if name in EXACT_SPANS else None)
    for name, written in shipped_kinds():
        file = json.loads((SHIPPED / name / "tokenizer.json").read_text())
        plain = without_specials(file)
        encoded = [plain.encode(text, add_special_tokens=False) for text in drawn]
        spans = [" ".join(f"{a}:{b}" for a, b in e.offsets) for e in encoded]
        kind = {"part": "shipped", "name": name, "digests": digests([" ".join(map(str, e.ids)) for e in encoded])}
        made = Tokenizer.from_file(str(SHIPPED / name / "tokenizer.json"))
        ids = [made.encode(text, add_special_tokens=False).ids for text in written]
        kind["written"] = {"texts": written, "digests": digests([" ".join(map(str, row)) for row in ids])}
        kinds.append(kind | ({"spans": digests(spans)} if name in EXACT_SPANS else {}))
    content = json.dumps({"alphabet": ALPHABET, "texts": TEXTS, "block": BLOCK, "kinds": kinds}, ensure_ascii=False, separators=(",", ":"))
    OUT.write_bytes(gzip.compress(content.encode(), 9, mtime=0))
    print(f"{len(kinds)} kinds, {OUT.stat().st_size} bytes")
    if "--show" in sys.argv:
        pathlib.Path(sys.argv[sys.argv.index("--show") + 1]).write_text(json.dumps({"texts": drawn, "kinds": shown}))


main()

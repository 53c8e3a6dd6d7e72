"""Readers of the training corpora: every one becomes a list of `Document`s, each a list of sentences.

Held-out documents are set apart here, once and by seed, and every sentence of SST-2's dev and test
splits is removed here, from every corpus, before anything is trained or measured.
"""

import csv
import json
import lzma
import random
import re
import struct
import subprocess
import zipfile
import zlib
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from everyday import everyday_documents

NEGATIVE, POSITIVE, UNLABELLED = 0, 1, -100

DEBIAN_PACKAGES = ("wordnet-base", "r-cran-janeaustenr")


@dataclass
class Document:
    sentences: list[str]
    sentiment: int = UNLABELLED


def tidy(text: str) -> str:
    """Undo Penn-Treebank spacing (`do n't` → `don't`) and typographic quotes, squeeze white space."""
    text = text.translate(str.maketrans("’‘“”", "''\"\"")).replace("--", " - ").replace("_", "")
    text = re.sub(r" (n't|'(?:s|re|ve|ll|d|m))\b", r"\1", text)
    return re.sub(r"\s+", " ", text).strip()


ABBREVIATION = re.compile(r"\b(Mr|Mrs|Ms|Dr|St|Messrs|Col|Gen|Capt|No)\. ")


def split_sentences(prose: str) -> list[str]:
    """Cut after `.`, `!` or `?` (and a closing quote) before a capital or a quote, but not after a title."""
    prose = ABBREVIATION.sub("\\1.\u00a0", re.sub(r" +", " ", prose))
    parts = re.split(r"(?:(?<=[.!?])|(?<=[.!?][\"'”’])) (?=[\"'“‘A-Z])", prose)
    return [tidy(part) for part in parts if len(part) > 2]


def zip_texts(path: Path, pattern: str) -> dict[str, str]:
    """name → text of the members of a zip whose name matches `pattern`."""
    with zipfile.ZipFile(path) as archive:
        return {
            name: archive.read(name).decode("latin-1")
            for name in sorted(archive.namelist())
            if re.search(pattern, name)
        }


def movie_reviews(text: Path) -> list[Document]:
    """2,000 film reviews, one sentence a line; the label is that of the whole review (Pang & Lee 2004)."""
    return [
        Document([tidy(line) for line in body.splitlines() if line.strip()], POSITIVE if "/pos/" in name else NEGATIVE)
        for name, body in zip_texts(text / "movie_reviews.zip", r"\.txt$").items()
        if "README" not in name
    ]


def sentence_polarity(text: Path) -> list[Document]:
    """10,662 labelled sentences, each a document of its own (Pang & Lee 2005)."""
    return [
        Document([tidy(line)], POSITIVE if name.endswith("pos") else NEGATIVE)
        for name, body in zip_texts(text / "sentence_polarity.zip", r"polarity\.").items()
        for line in body.splitlines()
        if line.strip()
    ]


def subjectivity(text: Path) -> list[Document]:
    """10,000 sentences from plot summaries and reviews (Pang & Lee 2004); the labels are not used."""
    return [
        Document([tidy(line)])
        for body in zip_texts(text / "subjectivity.zip", r"\.tok\.").values()
        for line in body.splitlines()
        if line.strip()
    ]


def comparative_sentences(text: Path) -> list[Document]:
    """Product reviews (Jindal & Liu 2006), in runs of 40 lines; tags and annotation lines are dropped."""
    body = "".join(zip_texts(text / "comparative_sentences.zip", "labeledSentences").values())
    body = body[body.index("*****") :]
    lines = [tidy(line) for line in body.splitlines()]
    lines = [line for line in lines if re.search(r"[a-z]{2}", line) and not re.match(r"\*|<|\d[_$]", line)]
    return [Document(lines[i : i + 40]) for i in range(0, len(lines), 40)]


def state_union(text: Path) -> list[Document]:
    """Addresses of United States presidents, 1945-2006; the title and date lines are dropped."""
    return [
        Document([s for paragraph in body.splitlines()[3:] for s in split_sentences(paragraph)])
        for body in zip_texts(text / "state_union.zip", r"\d{4}-.*\.txt$").values()
    ]


def grimm(text: Path) -> list[Document]:
    """Grimm's tales, cut at their capital titles; Gutenberg's frame and the front matter are dropped."""
    body = (text / "grimm_tales.txt").read_text("utf-8")
    body = body[body.index("*** START") : body.index("*** END")]
    body = re.sub(r"\[Illustration.*?\]", "", body, flags=re.S)
    tales = re.split(r"\n\n+ *([A-Z][A-Z ,;’\-\n]{6,})\n\n", body)[2::2]
    tales = [[s for p in re.split(r"\n\s*\n", tale) for s in split_sentences(" ".join(p.split()))] for tale in tales]
    return [Document(tale) for tale in tales if len(tale) > 20]


def wordnet(root: Path) -> list[Document]:
    """WordNet 3.0: per synset a sentence that defines its first word, then its example sentences.

    A document is a run of 8 neighbouring synsets of one file; neighbours are usually related.
    """
    documents = []
    for part in ("noun", "verb", "adj", "adv"):
        entries = []
        for line in (root / f"data.{part}").read_text("latin-1").splitlines():
            if line.startswith("  "):  # the licence at the head of each file
                continue
            fields, gloss = line.split(" | ", 1)
            word = re.sub(r"\(.*\)", "", fields.split()[4]).replace("_", " ")
            entries.append(gloss_sentences(word, part, gloss))
        documents += [Document(sum(entries[i : i + 8], [])) for i in range(0, len(entries), 8)]
    return documents


def gloss_sentences(word: str, part: str, gloss: str) -> list[str]:
    """`dog`, `a member of …; "the dog barked"` → [`a dog is a member of … .`, `the dog barked.`]"""
    definition = re.split(r'[;:,]? *"', gloss)[0].strip(" ;:")
    examples = [tidy(example) for example in re.findall(r'"([^"]+)"', gloss)]
    if part == "noun" and word[0].isupper() and re.match("an? |the ", definition):
        definition = f"{word} is {definition}"
    elif part == "noun" and re.match("an? ", definition):
        definition = f"{'an' if word[0] in 'aeiou' else 'a'} {word} is {definition}"
    elif part == "verb":
        definition = f"to {word} is to {definition}"
    else:
        definition = f"{word}: {definition}"
    return [s if s[-1:] in ".!?" else s + "." for s in [tidy(definition)] + examples if s]


def austen(rdb: Path) -> list[Document]:
    """Jane Austen's six novels by chapter, from the R package `janeaustenr`.

    The file is a row of (big-endian length, zlib stream); in R's XDR serialisation a string is
    the flags 0x00040009, a big-endian length and the bytes (R Internals, 1.8).
    """
    data, documents = rdb.read_bytes(), []
    while data:
        stream = zlib.decompressobj()
        raw, data = stream.decompress(data[4:]), stream.unused_data
        lines, at = [], raw.find(b"\0\4\0\x09")
        while at >= 0:
            (size,) = struct.unpack(">I", raw[at + 4 : at + 8])
            lines.append(raw[at + 8 : at + 8 + size].decode("utf-8", "replace"))
            at = raw.find(b"\0\4\0\x09", at + 8 + size)
        for chapter in re.split(r"\n *chapter .*\n", "\n".join(lines), flags=re.I)[1:]:
            paragraphs = re.split(r"\n\s*\n", chapter)
            documents.append(Document([s for p in paragraphs for s in split_sentences(" ".join(p.split()))]))
    return [document for document in documents if len(document.sentences) > 20]


def stories(root: Path) -> list[Document]:
    """1,293 stories for children (free licences; see the folder's NOTE.txt); Grimm's, which are a corpus of their own, left out."""
    with lzma.open(root / "stories.jsonl.xz", "rt", encoding="utf-8") as lines:
        told = [story for story in map(json.loads, lines) if "grimm" not in story["source"]]
    return [Document([s for p in story["text"].splitlines() for s in split_sentences(" ".join(p.split()))]) for story in told]


def bible(root: Path) -> list[Document]:
    """The World English Bible (public domain), a chapter a document."""
    with lzma.open(root / "bible_parallel.tsv.xz", "rt", encoding="utf-8") as lines:
        verses = [(row["ref"].rsplit(":", 1)[0], row["web_modern"]) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    chapters = [[verse for _, verse in chapter] for _, chapter in groupby(verses, key=lambda verse: verse[0])]
    return [Document(split_sentences(" ".join(chapter))) for chapter in chapters if len(chapter) > 2]


def sst2(text: Path, split: str) -> list[Document]:
    """SST-2 sentences (Socher et al. 2013): to measure on, never to train on."""
    rows = [line.rsplit("\t", 1) for line in (text / "sst2" / f"{split}.tsv").read_text("utf-8").splitlines()]
    return [Document([tidy(sentence)], int(label)) for sentence, label in rows]


class SstFilter:
    """Recognises sentences of SST-2 dev and test, also inside longer ones or with other punctuation.

    A sentence is removed when its ASCII letters and digits equal those of an SST sentence, when one
    contains the other (LONG characters or more), or when the two share 7 words in a row.
    """

    RUN = 7
    LONG = 16

    def __init__(self, text: Path):
        sentences = [d.sentences[0] for split in ("dev", "test") for d in sst2(text, split)]
        self.keys = {self.key(s) for s in sentences}
        self.runs = {run for s in sentences for run in self.word_runs(s)}
        self.long_keys = "\n".join(key for key in self.keys if len(key) >= self.LONG)
        # Only a sentence shorter than a run of words can hide in a longer one without sharing a run.
        self.short_keys = [k for s in sentences if len(k := self.key(s)) >= self.LONG and not self.word_runs(s)]

    @staticmethod
    def words(sentence: str) -> list[str]:
        """ASCII words; SST-2 spells brackets `lrb` and `rrb` and drops accented letters."""
        return [w for w in re.findall(r"[a-z0-9]+", sentence.lower()) if w not in ("lrb", "rrb")]

    @staticmethod
    def key(sentence: str) -> str:
        return "".join(SstFilter.words(sentence))

    def word_runs(self, sentence: str) -> list[tuple[str, ...]]:
        words = self.words(sentence)
        return [tuple(words[i : i + self.RUN]) for i in range(len(words) - self.RUN + 1)]

    def matches(self, sentence: str) -> bool:
        key = self.key(sentence)
        return (
            key in self.keys
            or (len(key) >= self.LONG and key in self.long_keys)
            or any(run in self.runs for run in self.word_runs(sentence))
            or any(short in key for short in self.short_keys)
        )


def debian_files(work: Path) -> Path:
    """Download and unpack (not install) the Debian packages the corpora come from; return their root."""
    root = work / "debian"
    if not root.exists():
        root.mkdir(parents=True)
        subprocess.run(["apt-get", "download", *DEBIAN_PACKAGES], cwd=root, check=True)
        for package in root.glob("*.deb"):
            subprocess.run(["dpkg", "-x", package, root], check=True)
    return root


def load_corpora(
    data: Path, work: Path, seed: int, further: bool = True
) -> tuple[dict[str, list[Document]], dict[str, list[Document]]]:
    """(training, held-out) documents by corpus. 5 % of each corpus, at least 2 documents, is held out.

    `further`: also the corpora that only the later parts of the training read.
    The generated everyday sentences are never held out: scores on them would flatter the model.
    """
    text, debian = data / "text", debian_files(work)
    corpora = {
        "movie_reviews": movie_reviews(text),
        "sentence_polarity": sentence_polarity(text),
        "subjectivity": subjectivity(text),
        "comparative": comparative_sentences(text),
        "wordnet": wordnet(debian / "usr/share/wordnet"),
        "state_union": state_union(text),
        "austen": austen(debian / "usr/lib/R/site-library/janeaustenr/data/Rdata.rdb"),
        "grimm": grimm(text),
    }
    if further:
        corpora |= {"stories": stories(data / "stories"), "bible": bible(data / "bible-parallel")}
    sst, train, held_out = SstFilter(text), {}, {}
    for name, documents in corpora.items():
        before = sum(len(d.sentences) for d in documents)
        documents = [Document([s for s in d.sentences if not sst.matches(s)], d.sentiment) for d in documents]
        documents = [d for d in documents if d.sentences]
        after = sum(len(d.sentences) for d in documents)
        random.Random(seed).shuffle(documents)
        count = max(2, len(documents) // 20)
        held_out[name], train[name] = documents[:count], documents[count:]
        print(f"{name:18s} {len(documents):6d} documents {after:7d} sentences, {before - after} removed as SST-2 dev/test")
    train["everyday"] = [Document(*d) for d in everyday_documents(seed)]
    return train, held_out

"""Readers of the sources: every one becomes a list of pieces, each some sentences that end where a paragraph or a fable ends.

Old tales are cloned from GitHub, Grimm's lie among the corpora, WordNet comes from a Debian package, everyday scenes are
generated. The model card has the terms.
"""

import bz2
import json
import re
import struct
import subprocess
from pathlib import Path

import everyday
from corpora import gloss_sentences, split_sentences

SHORTEST, LONGEST = 25, 75  # words of a piece of running text
WHOLE = 85  # words of a fable that is not cut

Piece = list[str]


def words(text: str) -> int:
    return len(text.split())


def size(sentences: list[str]) -> int:
    return sum(map(words, sentences))


def cloned_file(repositories: Path, name: str) -> bytes:
    """`owner/repository/path`; the repository is cloned when it is first asked for."""
    owner, repository, path = name.split("/", 2)
    clone = repositories / owner / repository
    if not clone.exists():
        address = f"https://github.com/{owner}/{repository}"
        subprocess.run(["git", "clone", "--quiet", "--depth", "1", address, str(clone)], check=True)
    return (clone / path).read_bytes()


def blank_separated(text: str) -> list[str]:
    return [paragraph for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]


def pieces_of(paragraphs: list[str]) -> list[Piece]:
    """Neighbouring paragraphs are joined until a piece has SHORTEST words; long paragraphs are cut between sentences."""
    pieces, piece = [], []
    for paragraph in paragraphs:
        sentences = split_sentences(" ".join(paragraph.split()))
        if piece and size(piece) + size(sentences) > LONGEST:
            pieces.append(piece)
            piece = []
        if size(sentences) > LONGEST:
            pieces += cut(sentences)
        else:
            piece += sentences
            if size(piece) >= SHORTEST:
                pieces.append(piece)
                piece = []
    return pieces + ([piece] if piece else [])


def cut(sentences: list[str]) -> list[Piece]:
    """A long paragraph in parts of about equal length."""
    left, parts = size(sentences), -(-size(sentences) // LONGEST)
    pieces, part = [], []
    for sentence in sentences:
        part.append(sentence)
        if size(part) >= left / parts and size(part) >= SHORTEST:
            pieces.append(part)
            left, parts, part = left - size(part), max(1, parts - 1), []
    return pieces + ([part] if part else [])


def grimm(corpora: Path) -> list[Piece]:
    """Project Gutenberg 2591; its frame and the captions of pictures are dropped."""
    body = (corpora / "text/grimm_tales.txt").read_text("utf-8")
    body = body[body.index("*** START") : body.index("*** END")]
    return pieces_of(blank_separated(re.sub(r"\[Illustration.*?\]", "", body, flags=re.S)))


def andersen(repositories: Path) -> list[Piece]:
    """The tales as H. P. Paull told them in 1872, from the R package `hcandersenr`.

    The file is R's XDR serialisation of a data frame, compressed by bzip2; its first column, a vector of strings (type 0x10),
    holds the lines. A string is flags, a big-endian length (−1: missing) and the bytes (R Internals, 1.8).
    """
    raw = bz2.decompress(cloned_file(repositories, "EmilHvitfeldt/hcandersenr/data/hcandersen_en.rda"))
    at = raw.index(b"\0\0\0\x10", raw.index(b"hcandersen_en"))
    (count,) = struct.unpack(">I", raw[at + 4 : at + 8])
    at, lines = at + 8, []
    for _ in range(count):
        (length,) = struct.unpack(">i", raw[at + 4 : at + 8])
        end = at + 8 + max(length, 0)
        lines.append(raw[at + 8 : end].decode("utf-8", "replace"))
        at = end
    return pieces_of(blank_separated("\n".join(lines)))


def untreebank(line: str) -> str:
    """Penn Treebank spacing undone: `` Mother , I ca n't '' → "Mother, I can't" """
    line = re.sub(r"^'' ?(?=I'|[A-Z])", '"', line).replace("`` ", '"').replace("``", '"').replace(" ''", '"').replace("''", '"')
    line = re.sub(r" ([,.;:!?)])", r"\1", line).replace("( ", "(")
    line = re.sub(r"\b(I|you|we|they|he|she|it|that|there|what|who)' (m|ll|ve|re|s|d)\b", r"\1'\2", line, flags=re.I)
    return re.sub(r" (n't|'(?:s|re|ve|ll|d|m)\b)", r"\1", line)


def gutenberg_selection(repositories: Path) -> list[Piece]:
    """Bryant, Burgess and Carroll as NLTK's Gutenberg selection has them: no paragraphs, so cut where no quotation is open."""
    pieces = []
    for name in ("bryant-stories", "burgess-busterbrown", "carroll-alice"):
        book = cloned_file(repositories, f"juletx/corpus-linguistics/data/gutenberg/{name}.txt")
        run: list[str] = []
        for line in map(untreebank, book.decode("utf-8", "replace").splitlines()):
            title = re.match(r"((?:[A-Z][A-Z'\-,]+ ?){2,})(?=[A-Z]|$)", line)
            line = line[title.end() :].strip() if title else line
            if not line.strip():
                continue
            run.append(line)
            text = " ".join(run)
            if title or (words(text) >= 45 and text.count('"') % 2 == 0):
                pieces.append(split_sentences(text))
                run = []
    return pieces


def children(repositories: Path) -> list[Piece]:
    """NLTK's selection, the Wizard of Oz (the file goes on with other books) and Wilde's fairy tales."""
    pieces = gutenberg_selection(repositories)
    oz = cloned_file(repositories, "sachinrcz/llmatoz/data/tinystories.txt").decode("utf-8")
    pieces += pieces_of([oz[: oz.rindex("Dorothy")]])
    for tale in ("happy_prince", "nightingale_and_the_rose", "selfish_giant", "devoted_friend", "remarkable_rocket"):
        story = json.loads(cloned_file(repositories, f"xenotaur/LCATS/corpora/wilde_happy_prince/{tale}/story.json"))
        pieces += pieces_of(blank_separated(story["body"]))
    return pieces


def fables(repositories: Path) -> list[Piece]:
    """The Aesop for Children: short fables whole, with the moral as last sentence; longer ones in parts."""
    pieces = []
    for fable in json.loads(cloned_file(repositories, "emorynlp/data-collection/aesops_fables/dat/aesop4children.json")):
        body, moral = split_sentences(fable["fable"]), split_sentences(fable.get("lesson") or "")
        if size(body + moral) <= WHOLE:
            pieces.append(body + moral)
        else:
            parts = pieces_of([fable["fable"]])
            if size(parts[-1] + moral) <= WHOLE:
                parts[-1] = parts[-1] + moral
            pieces += parts
    return pieces


def sentence_case(text: str) -> str:
    return re.sub(r"\bi\b", "I", text[0].upper() + text[1:])


STARTS = re.compile(r"(he|she|they|the|it|we|i|this|his|her|my|our|their|you|there|a|an) ", re.I)


def wordnet(root: Path, common: set[str]) -> list[Piece]:
    """`A dog is an animal that …` and up to two example sentences, where every word is in `common`."""

    def is_simple(sentence: str) -> bool:
        return all(word in common for word in re.findall(r"[a-z]+", sentence.lower())) and not re.search(r"[();:\d]", sentence)

    pieces = []
    for part in ("noun", "verb", "adj", "adv"):
        for line in (root / f"data.{part}").read_text("latin-1").splitlines():
            if line.startswith("  "):  # the licence at the head of each file
                continue
            fields, gloss = line.split(" | ", 1)
            word = re.sub(r"\(.*\)", "", fields.split()[4]).replace("_", " ")
            definition, *examples = gloss_sentences(word, part, gloss)
            defines = part in ("noun", "verb") and re.match("an? |to ", definition) and 5 <= words(definition) <= 16
            shown = [e for e in examples if STARTS.match(e) and 4 <= words(e) <= 14 and is_simple(e)][:2]
            piece = ([definition] if defines and is_simple(definition) else []) + shown
            if piece:
                pieces.append([sentence_case(sentence) for sentence in piece])
    return pieces


PROPER = {word for table in (everyday.CAPITALS, everyday.LANGUAGES) for pair in table.items() for word in pair}
PROPER |= {*everyday.DAYS, *everyday.MONTHS}
PROPER |= {name for name in everyday.NAMES_SHE + everyday.NAMES_HE if " " not in name}
COMMON_TOO = {"may", "march", "turkey", "china"}  # names of a month or a country only after `in`
PROPER_WORD = re.compile(rf"\b({'|'.join(sorted(PROPER - COMMON_TOO))}|(?<=in )(?:may|march|turkey|china))\b")


def everyday_scenes(seed: int, count: int) -> list[Piece]:
    """`count` different scenes with capitals, none with digits."""
    pieces: dict[tuple[str, ...], None] = {}
    for sentences, _ in everyday.everyday_documents(seed, count * 2):
        piece = [sentence_case(PROPER_WORD.sub(lambda found: found[0].title(), sentence)) for sentence in sentences]
        if not re.search(r"\d", " ".join(piece)):
            pieces[tuple(piece)] = None
    return list(map(list, pieces))[:count]

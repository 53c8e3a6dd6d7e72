"""Five tasks whose alignment can be checked by eye; each makes examples by rule, most of them without data.

  date: Friday, 27 November 2026          → 2026-11-27            English, German, French, Spanish, Italian; d/m/y is day first
  number: three hundred and forty two     → 342                   0 … 999,999
  words: 342                              → three hundred and forty two
  reverse: cat dog sun                    → sun dog cat           2 … 8 words
  fill: the <extra_id_0> sat on the <extra_id_1> .  → <extra_id_0> cat <extra_id_1> mat <extra_id_2>      span corruption

A tenth of all calendar days and of all numbers from 1,000 up, 200 rare words and the held-out sentences never occur in training.
"""

import calendar
import datetime
import functools
import re
import zlib
from dataclasses import dataclass, field
from random import Random

TASKS = ("date", "number", "words", "reverse", "fill")
SENTINELS = 10

MONTHS = {
    "en": [month.lower() for month in calendar.month_name[1:]],
    "en short": "jan feb mar apr may jun jul aug sep oct nov dec".split(),
    "de": "januar februar märz april mai juni juli august september oktober november dezember".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
}
WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday".split(),
    "en short": "mon tue wed thu fri sat sun".split(),
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag".split(),
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    "es": "lunes martes miércoles jueves viernes sábado domingo".split(),
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica".split(),
}
# W weekday, D day, DD two-digit day, O 27th, S twenty-seventh, M month's name, N month's number, NN two-digit, Y year
FORMATS = {
    "en": [
        "D M Y", "D M Y", "O M Y", "O of M Y", "the O of M, Y", "M D, Y", "M D, Y", "M O, Y", "M the O, Y", "W, D M Y", "W D M Y",
        "W, M D, Y", "W the O of M Y", "S of M Y", "the S of M, Y", "M S, Y", "W, the S of M Y",
    ],
    "en short": ["D M Y", "M D Y", "M D, Y", "O M Y", "D M. Y", "W, D M Y", "W D M Y", "D-M-Y"],
    "de": ["D. M Y", "W, D. M Y", "W, den D. M Y", "am D. M Y"],
    "fr": ["D M Y", "le D M Y", "W D M Y", "W, le D M Y"],
    "es": ["D de M de Y", "el D de M de Y", "W, D de M de Y", "W D de M de Y"],
    "it": ["D M Y", "W D M Y", "il D M Y"],
    "digits": ["DD/NN/Y", "D/N/Y", "DD.NN.Y", "D.N.Y", "DD-NN-Y", "Y/NN/DD", "Y-NN-DD", "Y.NN.DD"],
}  # fmt: skip
FORMAT_WEIGHTS = [10, 5, 3, 3, 3, 2, 5]
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = dict(enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2))
ORDINALS = ["", *(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth"
).split()]  # fmt: skip

Span = tuple[int, int]


@dataclass
class Example:
    source: str
    target: str
    # For a character of the target: the characters of the source it is read from, as (from, to).
    origin: dict[int, list[Span]] = field(default_factory=dict)


@dataclass
class Lexicon:
    """Words to reverse: whole in the vocabulary, or cut into pieces; some of these are held out."""

    known: list[str]
    rare: list[str]
    held_rare: list[str]


class SourceText:
    """A text under way that remembers which of its parts mean what."""

    def __init__(self, text: str):
        self.text = text
        self.parts: list[tuple[int, Span]] = []

    def add(self, text: str, *meanings: int) -> "SourceText":
        self.parts += [(meaning, (len(self.text), len(self.text) + len(text))) for meaning in meanings]
        self.text += text
        return self

    def add_digits(self, text: str, *meanings: int) -> None:
        for character, meaning in zip(text, meanings):
            self.add(character, meaning)

    def where(self, meaning: int) -> list[Span]:
        return [span for found, span in self.parts if found == meaning]


def is_held(kind: str, value: object) -> bool:
    return zlib.crc32(f"{kind} {value}".encode()) % 10 == 0


# Where the parts of yyyy-mm-dd stand: what the digits of a date are read for.
YEAR, MONTH, DAY = (0, 1, 2, 3), (5, 6), (8, 9)


def date_example(rng: Random, held: bool) -> Example:
    day = some_day(rng, held)
    style = rng.choices(list(FORMATS), FORMAT_WEIGHTS)[0]
    text = SourceText("date: ")
    for part in format_parts(rng.choice(FORMATS[style])):
        add_date_part(text, part, day, style, rng)
    origin = {at: text.where(at) for at in (*YEAR, *MONTH, *DAY) if text.where(at)}
    return Example(text.text, f"{day.year}-{day.month:02}-{day.day:02}", origin)


def some_day(rng: Random, held: bool) -> datetime.date:
    while True:
        year = rng.randint(1930, 2050) if rng.random() < 0.6 else rng.randint(1000, 2999)
        month = rng.randint(1, 12)
        day = rng.randint(1, calendar.monthrange(year, month)[1])
        if is_held("date", (year, month, day)) == held:
            return datetime.date(year, month, day)


@functools.cache
def format_parts(pattern: str) -> list[str]:
    """`O of M` → `O`, ` of `, `M`"""
    return re.findall(r"DD|NN|[WDOSMNY](?![a-z])|(?:(?![WDOSMNY](?![a-z])).)+", pattern)


def add_date_part(text: SourceText, part: str, day: datetime.date, style: str, rng: Random) -> None:
    if part == "W":
        text.add(WEEKDAYS[style][day.weekday()])
    elif part in ("D", "DD", "O"):
        number = f"{day.day:02}" if part == "DD" else str(day.day)
        text.add_digits(number, *DAY[-len(number) :])
        text.add(ordinal_ending(day.day) if part == "O" else "er" if style == "fr" and day.day == 1 else "")
    elif part == "S":
        add_spelled_day(text, day.day, rng)
    elif part == "M":
        text.add(MONTHS[style][day.month - 1], *MONTH)
    elif part in ("N", "NN"):
        number = f"{day.month:02}" if part == "NN" else str(day.month)
        text.add_digits(number, *MONTH[-len(number) :])
    elif part == "Y":
        text.add_digits(str(day.year), *YEAR)
    else:
        text.add(part)


def ordinal_ending(day: int) -> str:
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def add_spelled_day(text: SourceText, day: int, rng: Random) -> None:
    """`twenty-seventh`: the first word says the first digit, the second the second; one word says both."""
    tens, ones = DAY
    if day <= 20:
        text.add(ORDINALS[day], tens, ones)
    elif day % 10 == 0:
        text.add("thirtieth", tens, ones)
    else:
        text.add(TENS[day // 10], tens).add(rng.choice("- ")).add(ORDINALS[day % 10], ones)


Word = tuple[str, tuple[int, ...]]  # with the places (powers of ten) of the digits that it says


def below_thousand(n: int, place: int, with_and: bool, hyphen: str) -> list[Word]:
    words: list[Word] = []
    if n >= 100:
        words += [(ONES[n // 100], (place + 2,)), ("hundred", ())]
        if n % 100 and with_and:
            words.append(("and", ()))
    rest = n % 100
    if rest >= 20:
        words.append((TENS[rest // 10] + (hyphen if rest % 10 and hyphen == "-" else ""), (place + 1,)))
        if rest % 10:
            words.append((ONES[rest % 10], (place,)))
    elif rest:
        words.append((ONES[rest], (place + 1, place) if rest >= 10 else (place,)))
    return words


def number_words(n: int, with_and: bool = True, hyphen: str = " ") -> list[Word]:
    if n == 0:
        return [(ONES[0], (0,))]
    words = below_thousand(n // 1000, 3, with_and, hyphen) + [("thousand", ())] if n >= 1000 else []
    if n >= 1000 and 0 < n % 1000 < 100 and with_and:
        words.append(("and", ()))
    return words + below_thousand(n % 1000, 0, with_and, hyphen)


def spelled(n: int) -> str:
    return " ".join(word for word, _ in number_words(n))


def some_number(rng: Random, held: bool) -> int:
    while True:
        n = rng.randrange(10 ** rng.choices((1, 2, 3, 4, 5, 6), (1, 2, 4, 4, 4, 5))[0])
        if (n >= 1000 and is_held("number", n)) == held:
            return n


def number_example(rng: Random, held: bool) -> Example:
    n = some_number(rng, held)
    digits, text, glue = str(n), SourceText("number:"), " "
    for word, places in number_words(n, rng.random() < 0.6, rng.choice(" -")):
        text.add(glue).add(word, *places)
        glue = "" if word.endswith("-") else " "
    origins = {at: text.where(len(digits) - 1 - at) for at in range(len(digits))}
    return Example(text.text, digits, {at: spans for at, spans in origins.items() if spans})


def words_example(rng: Random, held: bool) -> Example:
    n = some_number(rng, held)
    return Example("words: " + (f"{n:,}" if rng.random() < 0.3 else str(n)), spelled(n))


def reverse_example(rng: Random, held: bool, lexicon: Lexicon) -> Example:
    def word() -> str:
        if rng.random() >= 0.12:
            return rng.choice(lexicon.known)
        return rng.choice(lexicon.held_rare if held and rng.random() < 0.5 else lexicon.rare)

    words = [word() for _ in range(rng.randint(2, 8))]
    return Example("reverse: " + " ".join(words), " ".join(reversed(words)))


def fill_example(rng: Random, sentences: list[str]) -> Example:
    """T5's span corruption (Raffel et al. 2020, 3.1.4), by words: 1 … 10 spans of 1 … 3 words, never side by side."""
    words = re.findall(r"[a-z']+|[.,!?]", rng.choice(sentences))
    content = len(words) - 1
    spans = min(rng.choices(range(1, SENTINELS + 1), (30, 30, 16, 8, 5, 4, 3, 2, 1, 1))[0], (content + 1) // 2)
    starts = sorted(rng.sample(range(content - spans + 1), spans))
    starts = [start + i for i, start in enumerate(starts)]  # at least one word between two starts
    source, target, at = ["fill:"], [], 0
    for k, (start, following) in enumerate(zip(starts, [*starts[1:], content + 1])):
        length = max(1, min(rng.choices((1, 2, 3), (6, 3, 1))[0], following - 1 - start))
        source += [*words[at:start], f"<extra_id_{k}>"]
        target += [f"<extra_id_{k}>", *words[start : start + length]]
        at = start + length
    source += words[at:]
    if spans < SENTINELS:
        target.append(f"<extra_id_{spans}>")
    line = " ".join(source)
    return Example(line if rng.random() < 0.3 else re.sub(r" (?=[.,!?])", "", line), " ".join(target))


def make_example(task: str, rng: Random, held: bool, lexicon: Lexicon, sentences: list[str]) -> Example:
    by_rule = {"date": date_example, "number": number_example, "words": words_example}
    if task in by_rule:
        return by_rule[task](rng, held)
    return reverse_example(rng, held, lexicon) if task == "reverse" else fill_example(rng, sentences)

"""News that nobody wrote: texts cut out of words and marks, to try what reads texts.

    texts = random_texts(random.Random(1), 1000)

Words come from the bundled sample, from a list of what decides something in khabar (names, titles,
verbs of saying, months, numbers) and from chance; marks from everything that has ever stood in a
scraped page. Most texts are a line or two, some are empty, some repeat an earlier one, a few are
very long or one endless word.
"""

import random
import string
from functools import cache

import pandas as pd

import khabar as kb

TELLING = (
    "قال وأضاف أن إن لافروف موسكو سوريا الوزير الأسد بحسب وفقا نقلت عن البيان السفير الروسي"
    " في من الخارجية وزير رئيس الحكومة السورية القاعدة وزيرا والتركي الثاني عبد الله بن"
    " المتحدث باسم وزيري وكالة مصدر مسؤول وأوضح مشيرا إلى أكد صرح لوكالة السابق المنتخب أبو"
    " محمد دي ميستورا الخميس نيسان أبريل أبريل/نيسان يناير/كانون المصدر: تاس RT CNN أمس اليوم"
    " الماضي المقبل الجاري ل و http://a.b www.b.com/x?y=1 a@b.org #سوريا_الآن &nbsp; &#1587;"
    " <b> ماي عام هـ م شباط رمضان محرم 23 2015 ١٢ 1436 ۱۲۳ 23/04/2015 2015-04-23 31/02/2015"
    " 10:30 3.5% 1,000,000 99999999999999999999"
).split()
MONTHS_AND_DAYS = (
    "الخميس الأحد يوم والاثنين أبريل نيسان أبريل/نيسان يناير كانون_الثاني ماي شباط رمضان محرم"
    " ذي_الحجة ابريلل الأول من شهر April Thursday Apr of 1 2 3 23 29 30 31 32 00 ١٢ ٣٠ ۲۹ 2015"
    " 2016 1999 2031 1436 1500 9999 ٢٠١٥ 20150423 2015-04-23 23/04/2015 04.23.2015 12/11/2015"
    " م ه هـ ميلادية الموافق ل عام سنة أمس اليوم غدا الماضي المقبل الجاري قبل بعد حتى منذ"
    " بحلول ذكرى طبع العدد سيعقد لافروف وزير الأسد داعش كلينتون 10:30 GMT +0300 T Z ( ) . ، /"
    " -"
).split()
MARKS = [
    *" .,:;!?؟،؛٪٫٬«»“”„‹›\"'()[]{}-–—/\\#_*&<>|@\n\n\t\r\v\f\0\u0085\u2028\u2029\u00a0\u00ad",
    *"\u0640\u064b\u0651\u0670\u0654\u06dd\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202e",
    *"\u2066\u2067\u2069\ufeff\ufffd\ufdfa\ufdf2\ufefb\ufee1ﷲﺳیکپچگھۀٱآ\U0001f600\U0010ffffßİſΩж漢",
    "ا\u0654", "...", "--", "لا", "ال", "«" * 30, "»" * 30, "(" * 50, "\u0651" * 60, "ـ" * 80,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\r\n\r\n", ". " * 20, "\n" * 30,
]  # fmt: skip
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ"
# How telling words, words of the sample and marks are mixed, and what stands between them.
_MIXES = [
    (6, 6, 1, " "), (3, 10, 0, " "), (10, 1, 1, " "), (6, 2, 6, ""), (2, 2, 8, ""), (8, 2, 2, "\n"),
    (0, 0, 1, ""), (6, 6, 1, "\u200f "), (8, 0, 2, "_"),
]  # fmt: skip
_SUPPLY = 20_000  # characters of each mix, of which the texts of one call are cut


@cache
def sample_words() -> list[str]:
    """Return the words of the bundled sample, each as often as it is written."""
    return " ".join(kb.load_corpus()["text"]).split()


def random_texts(chance: random.Random, n: int) -> pd.Series:
    """Make `n` texts, indexed by `d0`, `d1`, ..."""
    supplies = [_supply(chance, *mix) for mix in _MIXES]
    texts: list[str] = []
    for _ in range(n):
        kind = chance.random()
        if kind < 0.02:
            texts.append(chance.choice(["", " ", "\n\n", "\0", "\u200f", ".", "«", "\ufeff"]))
        elif kind < 0.05 and texts:
            texts.append(chance.choice(texts))
        else:
            texts.append("".join(_piece(chance, supplies) for _ in range(chance.randrange(1, 4))))
    if chance.random() < 0.2:
        texts[chance.randrange(n)] = _extreme(chance, supplies)
    return pd.Series(texts, [f"d{i}" for i in range(n)], dtype="str")


def short_texts(chance: random.Random, n: int) -> pd.Series:
    """Make `n` texts of at most thirty characters, most of which are marks."""
    supply = "".join(chance.choices([*MARKS, *LETTERS, *LETTERS, *TELLING], k=_SUPPLY))
    begins = chance.choices(range(len(supply)), k=n)
    lengths = chance.choices(range(31), k=n)
    return pd.Series([supply[b : b + m] for b, m in zip(begins, lengths, strict=True)], dtype="str")


def _supply(chance: random.Random, telling: int, sample: int, marks: int, between: str) -> str:
    words = [*chance.choices(sample_words(), k=400), *_random_words(chance, 50)]
    weights = [telling / len(TELLING)] * len(TELLING) + [sample / len(words)] * len(words)
    weights += [marks / len(MARKS)] * len(MARKS)
    pieces = chance.choices([*TELLING, *words, *MARKS], weights, k=_SUPPLY // 4)
    return between.join(pieces)[:_SUPPLY]


def _random_words(chance: random.Random, n: int) -> list[str]:
    letters = LETTERS + string.ascii_letters + string.digits
    return ["".join(chance.choices(letters, k=chance.randrange(1, 12))) for _ in range(n)]


def _piece(chance: random.Random, supplies: list[str]) -> str:
    supply = chance.choice(supplies)
    begin = chance.randrange(len(supply))
    return supply[begin : begin + int(chance.expovariate(1 / 120))]


def _extreme(chance: random.Random, supplies: list[str]) -> str:
    """One text such as should never come: very long, one word, nothing but marks, deep nesting."""
    n = chance.randrange(5_000, 60_000)
    shape = chance.randrange(6)
    if shape == 0:
        return "".join(supplies)[:n]
    if shape == 1:
        return "".join(chance.choices(LETTERS, k=n))
    if shape == 2:
        return "".join(chance.choices(MARKS, k=n))
    if shape == 3:
        return "«قال " * (n // 10) + "» " * (n // 20)
    if shape == 4:
        return (chance.choice(TELLING) + chance.choice(MARKS)) * (n // 10)
    return chance.choice(LETTERS + "\u0651ـ0 ") * n

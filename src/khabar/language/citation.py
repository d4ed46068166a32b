"""Citation forms: an Arabic word without the clitics written onto it.

Arabic writes conjunctions, prepositions, the article and pronouns onto the next word: وللأمم is "and
to the nations". Whether a first و belongs to the word (وزير) or stands before it (ورئيس) is weighed
with the word frequencies of wordfreq, by one argument: **a preposition or the article is only ever
followed by a whole word**. لبوتين and الوزير are attested, so بوتين and وزير are whole; لبسوريا is
not, so بسوريا is ب and سوريا. Against that stands how well the remainder is attested by itself.

Frequencies are in centibels as in wordfreq, 100 to a power of ten: -300 is one word in a thousand.
"""

import gzip
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import msgpack
import numpy as np

from khabar.language.orthography import normalize

# Rarer words are a fourth of the list, cost as much time to load, and decide next to nothing.
_RAREST = -775
_UNSEEN = -800

# The least evidence that strips a letter. Set on one half of the sentences of three treebanks and
# of a list of names, checked on the other half: see benchmarks/citation_quality.py.
_PROCLITICS = {"و": 400, "ف": 510, "ب": 460, "ل": 460, "ك": 530, "س": 520}
# Each letter of the remainder makes it less likely that it is a word by chance.
_PER_LETTER = 40
_FEWEST_LETTERS, _LETTERS_THAT_COUNT = 2, 6

# What can stand before a whole word, but not before this letter used as a clitic. That ل + لX and
# ال + X + ... are written alike is why ل has a shorter list.
_BEFORE_WHOLE = {
    "و": ("ال", "بال", "لل", "ب", "ل", "ك", "و", "ف"),
    "ف": ("ال", "بال", "لل", "ب", "ل", "ك", "و", "ف"),
    "ب": ("ال", "بال", "لل", "ب", "ل", "ك", "وب", "ول"),
    "ك": ("ال", "بال", "لل", "ب", "ل", "ك", "وب", "ول"),
    "ل": ("ال", "بال", "وال", "ب", "ك", "وب"),
    "س": ("ال", "بال", "لل", "ب", "ل", "ك", "ول"),
}
_IMPERFECT = ("ي", "ت", "ن", "أ")
_ALEFS = "اأإآ"
# The spelling without hamza, or with another, is on average this much rarer.
_MISSPELT = -100

_PRONOUNS = ("هما", "ها", "هم", "هن", "كم", "نا", "ه")
# How a stem ends by itself that ends so before a pronoun: حكومتها, زملائه, مستواه, استقبلوه.
_ENDS_ALONE = {"ت": "ة", "ئ": "ء", "ؤ": "ء", "ا": "ى", "و": "وا"}


def citation_form(word: str) -> str:
    """Return the word without conjunctions, prepositions, the article and pronouns.

    Parameters
    ----------
    word : str
        One word as published.

    Returns
    -------
    str
        Spelt as `normalize` leaves it, hamzas as given.

    Notes
    -----
    Number, gender and tense stay: ورؤسائهم gives رؤساء, not رئيس. A word whose parts are not
    attested comes back whole.

    Examples
    --------
    >>> [citation_form(word) for word in ["وبوغدانوف", "بسوريا", "للأمم", "وكالات", "حكومتها"]]
    ['بوغدانوف', 'سوريا', 'أمم', 'وكالات', 'حكومة']
    """
    return _citation_form(normalize(word))


def citation_forms(types: Iterable[str]) -> np.ndarray:
    """Return the citation form of each type, in the same order.

    >>> citation_forms(["والوزير", "للوزير"]).tolist()
    ['وزير', 'وزير']
    """
    words = normalize("\n".join(types)).split("\n")
    return np.array([_citation_form(word) for word in words], dtype=object)


@cache
def _citation_form(word: str) -> str:
    shorter = {strip(word) for strip in (_strip_proclitic, _strip_article, _strip_pronoun)} - {word}
    # Where two can go, as in واتهم and وفاتهم, the one that leaves the commoner word goes first.
    return (
        _citation_form(max(shorter, key=lambda form: (_centibels(form), form))) if shorter else word
    )


def _strip_proclitic(word: str) -> str:
    if word.startswith("لل") and len(word) > 2:
        # No word begins with لل: it is ل + ال + X, or ل before a word in ل as in للبنان.
        return max("ا" + word[1:], word[1:], key=_centibels)
    threshold, rest = _PROCLITICS.get(word[:1]), word[1:]
    if threshold is None or len(rest) < _FEWEST_LETTERS:
        return word
    if word[0] == "س" and not rest.startswith(_IMPERFECT):
        return word
    if word[0] in "وف":
        possible = rest[0] not in "وف" or _strip_proclitic(rest) == rest
    else:
        possible = _is_whole(rest)
    return rest if possible and _evidence(word) >= threshold else word


def _is_whole(word: str) -> bool:
    """Whether no conjunction or preposition is seen in what follows a preposition or the article."""
    return word.startswith("ال") or _strip_proclitic(word) == word


def _evidence(word: str) -> float:
    letter, rest = word[0], word[1:]
    attested = _attested(rest)
    if attested == _UNSEEN and letter != "و":
        return attested
    whole = max(_centibels(word, before) for before in _BEFORE_WHOLE[letter])
    letters = _PER_LETTER * min(len(rest), _LETTERS_THAT_COUNT)
    return attested + letters - _centibels(word) / 2 - whole * 3 / 4


def _attested(word: str) -> int:
    """Centibels of a word, or 100 less than those of the word in it after ال or before a pronoun."""
    forms = [word[2:]] if word.startswith("ال") and len(word) > 4 else _before_pronoun(word)
    return max(_centibels(word), *(_centibels(form) - 100 for form in forms), _UNSEEN)


def _before_pronoun(word: str) -> list[str]:
    stem = word.removesuffix(_pronoun(word))
    return _alone(stem) if _FEWEST_LETTERS < len(stem) < len(word) else []


def _pronoun(word: str) -> str:
    return next((ending for ending in _PRONOUNS if word.endswith(ending)), "")


def _strip_article(word: str) -> str:
    rest = word[2:]
    if not word.startswith("ال") or len(rest) < _FEWEST_LETTERS or not _is_whole(rest):
        return word
    # لل stands before words with the article, لال before those that only begin so, as ألمانيا.
    if _centibels(word, "ل") > _centibels(rest, "لل"):
        return word
    if len(rest) == 2 and _centibels(rest, "لل") < _centibels(word) - 250:
        return word
    return rest if _centibels(rest) >= max(_centibels(word) - 170, _RAREST) else word


def _strip_pronoun(word: str) -> str:
    pronoun = _pronoun(word)
    base = word.removesuffix(pronoun)
    # A word has the article or a pronoun, never both.
    if not pronoun or word.startswith(("ال", "لل")) or len(base) < _FEWEST_LETTERS:
        return word
    alone = max(_alone(base), key=_centibels)
    sister = max(_centibels(base + other) for other in _PRONOUNS if other != pronoun)
    # In موجها the ه is of the word, and ا its accusative: الموجه is attested.
    wholes = [word, word[:-1]] if pronoun == "ها" else [word]
    whole = max(_centibels(form, article) for form in wholes for article in ("ال", "لل", "بال"))
    threshold = (300 if len(base) == 2 else 0) + (100 if pronoun == "نا" else 0)
    evidence = _centibels(alone) + sister - _centibels(word) - whole
    return alone if _centibels(alone) > _UNSEEN and evidence >= threshold else word


def _alone(stem: str) -> list[str]:
    ending = _ENDS_ALONE.get(stem[-1])
    return [stem, stem[:-1] + ending] if ending else [stem]


def _centibels(word: str, before: str = "") -> int:
    """How often the word is attested after `before`, by itself or under another spelling."""
    table = _table()
    attested = table.get(before + word, _UNSEEN)
    for i in (0, 2) if word.startswith("ال") else (0,):
        if word[i : i + 1] in _ALEFS:
            others = (
                table.get(before + word[:i] + alef + word[i + 1 :], _UNSEEN) for alef in _ALEFS
            )
            attested = max(attested, *(other + _MISSPELT for other in others))
    if word.endswith("ى"):
        attested = max(attested, table.get(before + word[:-1] + "ي", _UNSEEN) + _MISSPELT)
    return attested


@cache
def _table() -> dict[str, int]:
    """Centibels of the words of wordfreq's large Arabic list.

    The file is read as `wordfreq.read_cBpack` does, but without importing wordfreq, whose import
    takes as long as all of this.
    """
    folder = Path(find_spec("wordfreq").origin).parent / "data"
    _header, *buckets = msgpack.loads(
        gzip.decompress((folder / "large_ar.msgpack.gz").read_bytes())
    )
    table: dict[str, int] = {}
    for rarity, words in enumerate(buckets[: 1 - _RAREST]):
        table.update(dict.fromkeys(words, -rarity))
    return table

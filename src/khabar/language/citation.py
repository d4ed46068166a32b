"""Citation forms: an Arabic word without the clitics written onto it.

Arabic writes conjunctions, prepositions, the article and pronouns onto the next word: وللأمم is
"and to the nations". Whether a first و belongs to the word (وزير) or stands before it (ورئيس) is
weighed with the word frequencies of wordfreq, by one argument: **a preposition and the article
stand before a whole word only**. لبوتين and الوزير are attested, so بوتين and وزير are whole;
لبسوريا is not, so بسوريا is ب and سوريا. Against that stands how well the remainder is attested.

Frequencies are in centibels as in wordfreq, 100 to a power of ten: -300 is one word in a thousand.
"""

import gzip
import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import msgpack
import numpy as np

from khabar.language.orthography import normalize
from khabar.language.words import WORD

_BETWEEN_NAMES = re.compile(r"[\[\]{}:,\n]")
_TITLES = frozenset(
    "رئيس الرئيس رئيسة الرئيسة وزير الوزير وزيرة الوزيرة ملك الملك ملكة الملكة أمير "
    "الأمير سلطان السلطان ولي نائب مبعوث المبعوث مبعوثة المبعوثة ممثل الممثل ممثلة "
    "منسق المنسق منسقة المنسقة أمين الأمين مفوض المفوض مفوضة المفوضة سفير السفير "
    "متحدث المتحدث ناطق الناطق قائد القائد مدير المدير مديرة المديرة مستشار المستشار "
    "المستشارة زعيم الزعيم حاكم محافظ شيخ الشيخ بابا البابا بطريرك البطريرك "
    "الإمبراطور الجنرال اللواء العماد العميد العقيد المشير الفريق المقدم النقيب المارشال الأميرة "
    "الشيخة العاهل الداعية النائب الكاردينال الأسقف القنصل الكاتب الصحفي الصحافي الإعلامي "
    "الناشط المحامي المعارض الطفل الجاسوس المفتي الجهادي الأكاديمي الدكتور الفنان مفتي مسؤول "
    "خبير قاضي مؤسس مساعد عقيلة".split()
)
_LEDGER_FILES = ("persons.yaml", "states.yaml")

# The rarest words of the list stand at -800.
_UNSEEN = -810

# The least evidence that strips a letter. Fitted on half of the sentences of three treebanks and of
# a list of names; benchmarks/citation_quality.py scores both halves, and names written later.
_PROCLITICS = {"و": 400, "ف": 510, "ب": 460, "ل": 460, "ك": 530, "س": 520}
# Each letter of the remainder makes it less likely that it is a word by chance.
_PER_LETTER = 40
_FEWEST_LETTERS, _LETTERS_THAT_COUNT = 2, 6
_MOST_LETTERS = 40  # a longer word is a cry (ووووو), or several that were glued together

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

# A noun stands without the article at least this often: 0.02 times as often as with it.
_WITHOUT_ARTICLE = -170

_PRONOUNS = ("هما", "ها", "هم", "هن", "كم", "نا", "ه")
# How a stem ends by itself that ends so before a pronoun: حكومتها, زملائه, مستواه, لديه, استقبلوه.
_ENDS_ALONE = {"ت": "ة", "ئ": "ء", "ؤ": "ء", "ا": "ى", "ي": "ى", "و": "وا"}


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
    """Return the citation form of each type of a corpus, in the same order.

    Notes
    -----
    The types are evidence too. A name too new for the frequency list, as in بقزمولاي, is recognised
    once قزمولاي stands among them.

    Examples
    --------
    >>> citation_forms(["والوزير", "للوزير", "بقزمولاي", "قزمولاي"]).tolist()
    ['وزير', 'وزير', 'قزمولاي', 'قزمولاي']
    """
    return np.array(_forms_of_joined("\n".join(types)), dtype=object)


def citation_forms_among(types: Iterable[str], known: Collection[str]) -> list[str]:
    """Return the citation form of each normalized type where all of `known` are attested.

    >>> citation_forms_among(["بقزمولاي"], {"قزمولاي"})
    ['قزمولاي']
    """
    return [_citation_form_among(word, known) for word in types]


# One corpus is counted, compared and searched again and again: its types are worked through once.
@lru_cache(maxsize=8)
def _forms_of_joined(joined: str) -> tuple[str, ...]:
    words = normalize(joined).split("\n") if joined else []
    return tuple(citation_forms_among(words, set(words)))


def _citation_form_among(word: str, known: Collection[str]) -> str:
    form = _citation_form(word)
    if len(form) > _MOST_LETTERS:
        return form
    if _centibels(form) == _UNSEEN and form[:1] in _PROCLITICS and form[1:] in known:
        return _citation_form_among(form[1:], known)
    return form


@cache
def _citation_form(word: str) -> str:
    if word in _names():
        return word
    shorter = {strip(word) for strip in (_strip_proclitic, _strip_article, _strip_pronoun)} - {word}
    if not shorter:
        return word
    # Where two can go, as in واتهم and وفاتهم, the one that leaves the commoner word goes first.
    return _citation_form(max(shorter, key=lambda form: (_centibels(form), form)))


def _strip_proclitic(word: str) -> str:
    letter, rest = word[:1], word[1:]
    if letter not in _PROCLITICS or not _FEWEST_LETTERS <= len(rest) < _MOST_LETTERS:
        return word
    if word.startswith("لل"):
        # No word begins with لل: it is ل + ال + X, or ل before a word in ل as in للبنان. But لله.
        return max("ا" + rest, rest, key=_centibels) if len(word) > 3 else word
    if letter != "س" and _centibels(word) == _UNSEEN and rest in _names():
        return rest
    return rest if _fits(letter, rest) and _evidence(word) >= _PROCLITICS[letter] else word


@cache
def _names() -> frozenset[str]:
    """The words of the names in the bundled ledger: each is whole, however rare.

    Names with a title before them are passed over, for titles are of words that take clitics; and
    titles themselves, though families are called by some (الوزير).
    """
    ledger = files("khabar.data") / "ledger"
    texts = [(ledger / name).read_text(encoding="utf-8") for name in _LEDGER_FILES]
    names = [WORD.findall(part) for text in texts for part in _BETWEEN_NAMES.split(text)]
    return frozenset(
        word
        for words in names
        if words and words[0] not in _TITLES
        for word in words
        if word[2:] and word not in _TITLES
    )


def _fits(letter: str, rest: str) -> bool:
    """Whether grammar lets the rest follow the clitic letter."""
    if letter == "س":
        return rest.startswith(_IMPERFECT)
    if letter in "وف" and rest[0] not in "وف":
        return True
    return _is_whole(rest)


def _is_whole(word: str) -> bool:
    """Whether the word starts with no conjunction or preposition."""
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
    """Centibels of a word, or 100 less than those of what is left without article or pronoun."""
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
    # لل stands before words with the article, لال before those that only begin so, as المانيا.
    if _centibels(word, "ل") > _centibels(rest, "لل"):
        return word
    # Two letters are a word by chance too often: التي, الذي, الله. Of a noun there is لل as well.
    if len(rest) == 2 and _centibels(rest, "لل") < _centibels(word) - 250:
        return word
    attested = _centibels(rest)
    return rest if attested > _UNSEEN and attested >= _centibels(word) + _WITHOUT_ARTICLE else word


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
    # Two letters are a stem by chance, and نا ends many names: سولانا, فيينا.
    threshold = (300 if len(base) == 2 else 0) + (100 if pronoun == "نا" else 0)
    evidence = _centibels(alone) + sister - _centibels(word) - whole
    return alone if _centibels(alone) > _UNSEEN and evidence >= threshold else word


def _alone(stem: str) -> list[str]:
    ending = _ENDS_ALONE.get(stem[-1])
    return [stem, stem[:-1] + ending] if ending else [stem]


def attested(word: str) -> int:
    """Return how often news and the web use a word as it stands: centibels, at least -810.

    >>> attested("قال") > attested("لافروف") > attested("غغغ")
    True
    """
    return _centibels(word)


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


def attested_words() -> dict[str, int]:
    """Return the words of wordfreq's large Arabic list with their frequency, in centibels.

    >>> attested_words()["في"] > attested_words()["موسكو"]
    True
    """
    return _table()


@cache
def _table() -> dict[str, int]:
    """Centibels of the words of wordfreq's large Arabic list.

    The file is read as `wordfreq.read_cBpack` does, but without importing wordfreq, whose import
    takes as long as all of this.
    """
    folder = Path(find_spec("wordfreq").origin).parent / "data"
    packed = gzip.decompress((folder / "large_ar.msgpack.gz").read_bytes())
    _header, *buckets = msgpack.loads(packed)
    return {word: -rarity for rarity, words in enumerate(buckets) for word in words}

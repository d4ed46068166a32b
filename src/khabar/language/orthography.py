"""Arabic orthography as small verbs, each `str -> str` and idempotent.

Two levels are built from them:

- `normalize`: what a careful typist would have written. Readable, shown to people.
- `counting_key` and `name_key`: what is compared. Never shown.

Folding is kept to what merges spellings of one word in news: hamza-carrying alefs, and the final
dotless yeh in names. Folding teh marbuta or the hamza seats merges next to nothing and makes a
quarter of the keys look misspelt, so it is not done.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

_COMPOSED = {
    "ا\u0653": "آ",
    "ا\u0654": "أ",
    "ا\u0655": "إ",
    "و\u0654": "ؤ",
    "ي\u0654": "ئ",
    "ى\u0654": "ئ",
}
_DECOMPOSED_HAMZA = re.compile("|".join(_COMPOSED))


_BLOCKS = ((0x0600, 0x06FF), (0x0750, 0x077F), (0x0870, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
_CHARACTERS = [chr(point) for first, last in _BLOCKS for point in range(first, last + 1)]
_SMALL_LETTERS = "\u06e5\u06e6\u08c9"  # Quranic, written over the line


def _unfolded(character: str) -> str:
    """Return the letters that a shaped letter or ligature stands for, without its marks."""
    letters = unicodedata.normalize("NFKC", character)
    return "".join(c for c in letters if c != KASHIDA and not unicodedata.combining(c)).strip()


KASHIDA = "\u0640"
CONTROLS = "".join(
    map(chr, [0x00AD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F)])
) + "".join(map(chr, [*range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF]))
# A shaped mark stands on nothing; a shaped pious phrase is no word.
PRESENTATION_FORMS = {
    ord(character): _unfolded(character)
    for character in _CHARACTERS
    if unicodedata.category(character) == "Lo" and _unfolded(character) != character
}
MARKS = _SMALL_LETTERS + "".join(
    character
    for character in _CHARACTERS
    if unicodedata.category(character) == "Mn" or PRESENTATION_FORMS.get(ord(character)) == ""
)
LETTERS = "".join(
    character
    for character in _CHARACTERS
    if unicodedata.category(character) == "Lo"
    and character not in MARKS
    and " " not in PRESENTATION_FORMS.get(ord(character), "")
)

_NOTHING_TO_DO = re.compile("[\u0000-\u007fء-غف-ي]*")
_MARKS = dict.fromkeys(map(ord, MARKS))
_CONTROLS = dict.fromkeys(map(ord, CONTROLS))
_KASHIDA = {ord(KASHIDA): None}
_FOREIGN_LETTERS = str.maketrans("یېۍےکڪګھہەۀۃ", "ييييكككههههة")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
# Where the alphabet, though not the code table, puts letters that are variants of another.
_ALPHABETICAL = str.maketrans({"ء": "ا", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و"}) | (
    str.maketrans({"ئ": "ي", "ى": "ي", "ة": "ت"})
)
_ALEF = re.compile("[أإآٱ]")
_FINAL_YEH = re.compile(r"ى\b")


def remove_marks(text: str) -> str:
    """Delete vowel marks, shadda, tanwin and the Quranic signs.

    >>> remove_marks("سيُقدّم")
    'سيقدم'
    """
    return text.translate(_MARKS)


def remove_kashida(text: str) -> str:
    """Delete the stretching character.

    >>> remove_kashida("إمـــكانية")
    'إمكانية'
    """
    return text.translate(_KASHIDA)


def remove_controls(text: str) -> str:
    r"""Delete bidirectional, zero-width and byte-order controls.

    >>> remove_controls("سو\u200dريا\u200f")
    'سوريا'
    """
    return text.translate(_CONTROLS)


def compose_hamza(text: str) -> str:
    r"""Join a letter and a separate hamza or madda above or below it into one letter.

    >>> compose_hamza("ا\u0654كد")
    'أكد'
    """
    return _DECOMPOSED_HAMZA.sub(lambda match: _COMPOSED[match[0]], text)


def unfold_presentation_forms(text: str) -> str:
    r"""Replace shaped letters and ligatures (as pasted from PDF) by plain letters.

    >>> unfold_presentation_forms("\ufeb3\ufeee\ufead\ufef3\ufe8e \ufdf2")
    'سوريا الله'
    """
    return text.translate(PRESENTATION_FORMS)


def normalize_letters(text: str) -> str:
    """Replace Persian, Urdu and Kurdish look-alikes by the Arabic letters meant.

    >>> normalize_letters("سوریا کیری")
    'سوريا كيري'
    """
    return text.translate(_FOREIGN_LETTERS)


def normalize_digits(text: str) -> str:
    """Write Arabic-Indic and Persian digits as 0 to 9.

    >>> normalize_digits("٢٠١٥ و۲۰۱۶")
    '2015 و2016'
    """
    return text.translate(_DIGITS)


def normalize_alef(text: str) -> str:
    """Fold the hamza-carrying and madda alefs to bare alef.

    >>> normalize_alef("أحمد إلى آسيا")
    'احمد الى اسيا'
    """
    return _ALEF.sub("ا", text)


def normalize_final_yeh(text: str) -> str:
    """Write a final dotless yeh with its dots; right for names, wrong for words such as على.

    >>> normalize_final_yeh("دى ميستورا")
    'دي ميستورا'
    """
    return _FINAL_YEH.sub("ي", text)


def normalize(text: str) -> str:
    """Repair how a text is encoded and stretched, not how it is spelt.

    Hamzas are composed, shaped and foreign letters unified, kashida, marks and controls removed,
    digits made Western. The result is readable and is what people are shown for a type.

    >>> normalize("إمـــكانية سیُقدّم ٢٠١٥")
    'إمكانية سيقدم 2015'
    """
    if _NOTHING_TO_DO.fullmatch(text):
        return text
    for step in (
        remove_controls,
        remove_kashida,
        unfold_presentation_forms,
        normalize_letters,
        compose_hamza,
        remove_marks,
        normalize_digits,
    ):
        text = step(text)
    return text


def counting_key(text: str) -> str:
    """Return the key under which spellings of one word are counted together.

    >>> counting_key("الأسلحة") == counting_key("الاسلحة")
    True
    """
    return normalize_alef(normalize(text))


def counting_keys(words: Iterable[str]) -> list[str]:
    """Return the counting key of each word, all in one go: a call for each would take seconds.

    >>> counting_keys(["أمس", "امـس"])
    ['امس', 'امس']
    """
    return _each(counting_key, words)


def keys_of_types(types: Iterable[str]) -> list[str]:
    """Return the counting key of each type; types are normalized already.

    >>> keys_of_types(["أمس", "امس"])
    ['امس', 'امس']
    """
    return _each(normalize_alef, types)


def _each(verb: Callable[[str], str], words: Iterable[str]) -> list[str]:
    joined = "\n".join(words)
    return verb(joined).split("\n") if joined else []


def name_key(text: str) -> str:
    """Return the key under which spellings of one name are compared.

    >>> name_key("دى ميستورا") == name_key("دي ميستورا")
    True
    """
    return normalize_final_yeh(counting_key(text))


def alphabetical_key(text: str) -> str:
    """Return what words are compared by to stand in the order of the Arabic alphabet.

    >>> sorted(["وفد", "مؤتمر", "مدينة", "مهمة"], key=alphabetical_key)
    ['مدينة', 'مهمة', 'مؤتمر', 'وفد']
    """
    return normalize(text).translate(_ALPHABETICAL)

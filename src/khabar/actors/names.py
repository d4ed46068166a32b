"""Where a text may name somebody: by title, by the shape of the name, or beside a word of speech.

Each word is one letter (`class_of`, small where a clitic stands before it) and what stands before
it another character, so that a document is a short string, and a rule a regular expression over it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from khabar.actors.name_words import class_of, class_of_rare
from khabar.language.citation import attested
from khabar.language.tokens import Tokens

# What stands before a word: a comma, a mark, a bracket, a stop, or nothing to speak of.
_GAPS = {",": "،,؛:", '"': '"«»“”', "(": "(", ")": ")", ".": ".\n!؟?…"}
_GAP_OF = np.full(0x10000, ord(" "), np.uint8)
for _letter, _characters in _GAPS.items():
    _GAP_OF[[ord(character) for character in _characters]] = ord(_letter)

_REST, _NEXT = r"(?:(?<=[Gg])(?: Y)?|(?<=[Pp]) [GNASYX])", r"(?: [GN]| P [GNASYXFO]){0,3}"
_PERSON = re.compile(
    rf"[Gg] [JAS](?! [AJO])|[GgPp]{_REST}{_NEXT}(?: [ASOY](?! [AJ]))?|[Nn]{_NEXT}(?: [SO])?|[Ss]"
)
_TITLE_BEFORE = re.compile(r"[Tt](?:[ ,][AJSTBDXNG]){0,4}[ ,]$")
_TITLE_BESIDE = re.compile(r"[Tt](?: J){0,2} $")
_TITLE_AFTER = re.compile(r"[,(][Tt]")
_SPEECH_BEFORE = re.compile(r"[Cc] $")
_PLACE_BEFORE = re.compile(r"[Ll] $")
# "وقالت هالة المنذري، الباحثة": any two words between a word of speech and an apposition.
_SPEAKER = re.compile(r"(?<=[Cc] )[XY] [SANY](?=[,(][Tt])")
_BODY = re.compile(
    r"(?<![Tt] )(?:[Bb](?: [ABDSNGPY]){1,3}(?: J){0,2}|[Dd](?: J){1,3})(?: [abdj](?: J)?)?"
)
_QUOTED_NAME = re.compile(r"(?<=[Bb])\"[A-Z](?: [A-Z]){0,3}(?=\")")
_ACRONYM = re.compile(r"(?<=\()[NXS](?=\))")
_LONGEST = 7  # words of a body's name


class NameFound(NamedTuple):
    """A run of words that may be a name, and what speaks for it."""

    document: int
    first: int  # token
    last: int
    kind: str  # person or body
    clue: str


def find_names(tokens: Tokens, *, least: int = 2) -> Iterator[NameFound]:
    """Yield the runs of words that may name a person or a body.

    Parameters
    ----------
    tokens : Tokens
    least : int
        Words that stand less often are looked up in the lists only, which saves most of the time.

    Yields
    ------
    NameFound
        `document`, `first` and `last` (tokens), `kind` (person or body), `clue`: title, speech,
        apposition, patronymic, place (a preposition of place stands before it) or shape for
        people, head, quoted or acronym for bodies.
    """
    letters = np.array([ord(letter) for letter in _letters(tokens, least)], np.uint8)
    gaps = _gaps_before(tokens)
    spelt = np.empty(2 * len(tokens), np.uint8)
    if len(tokens):
        spelt[0::2], spelt[1::2] = gaps, letters[tokens.codes]
    whole = spelt.tobytes().decode("ascii")
    offsets = tokens.offsets.tolist()
    for document in range(len(tokens.texts)):
        begin, end = offsets[document], offsets[document + 1]
        yield from _in_document(whole[2 * begin : 2 * end], document, begin)


def _in_document(spelt: str, document: int, begin: int) -> Iterator[NameFound]:
    for match in _PERSON.finditer(spelt):
        clue = _clue(spelt, match)
        if clue:
            first, last = begin + match.start() // 2, begin + (match.end() - 1) // 2
            yield NameFound(document, first, last, "person", clue)
    for match in _SPEAKER.finditer(spelt):
        first = begin + match.start() // 2
        yield NameFound(document, first, first + 1, "person", "speech")
    for pattern, clue in ((_BODY, "head"), (_QUOTED_NAME, "quoted"), (_ACRONYM, "acronym")):
        for match in pattern.finditer(spelt):
            first = begin + (match.start() + (match[0][0] == '"')) // 2
            last = begin + (match.end() - 1) // 2
            if last - first < _LONGEST and (clue != "head" or last > first):
                yield NameFound(document, first, last, "body", clue)


def _clue(spelt: str, match: re.Match[str]) -> str:
    before = spelt[max(match.start() - 14, 0) : match.start()]
    if len(match[0]) == 1 and match[0] in "Ss":
        return "title" if _TITLE_BESIDE.search(before) else _speech_or_place(before)
    if _TITLE_BEFORE.search(before):
        return "title"
    if _SPEECH_BEFORE.search(before):
        return "speech"
    if _TITLE_AFTER.match(spelt, match.end()):
        return "apposition"
    if _PLACE_BEFORE.search(before):
        return "place"
    if "P" in match[0] or "p" in match[0]:
        return "patronymic"
    return "shape"


def _speech_or_place(before: str) -> str:
    if _SPEECH_BEFORE.search(before):
        return "speech"
    return "place" if _PLACE_BEFORE.search(before) else "shape"


def _gaps_before(tokens: Tokens) -> np.ndarray:
    """Return for each word what stands before it, as a character code."""
    gaps = np.full(len(tokens), ord(" "), np.uint8)
    for document, text in enumerate(tokens.texts):
        begin, end = tokens.offsets[document], tokens.offsets[document + 1]
        if begin == end:
            continue
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        kinds = _GAP_OF[np.minimum(points, 0xFFFF)]
        gaps[begin] = ord(".")
        after = kinds[tokens.ends[begin : end - 1]]
        before = kinds[tokens.starts[begin + 1 : end] - 1]
        gaps[begin + 1 : end] = np.where(after != ord(" "), after, before)
    return gaps


def _letters(tokens: Tokens, least: int) -> list[str]:
    """Return the letter of each type, small if a clitic stands before the word."""
    counts = np.bincount(tokens.codes, minlength=len(tokens.vocabulary))
    frequency = dict(zip(tokens.vocabulary, counts.tolist(), strict=True))
    letters = [_letter(word, frequency, least) for word in tokens.vocabulary]
    # Where ى is written ي, علي is the preposition.
    if frequency.get("على", 0) < frequency.get("علي", 0):
        letters[tokens.vocabulary.get_loc("علي")] = "F"
    return letters


def _letter(word: str, frequency: dict[str, int], least: int) -> str:
    # What stands once is part of nothing that stands twice, unless it has a clitic.
    own = class_of(word) if frequency[word] >= least else class_of_rare(word)
    if own not in "XNF" or (rest := without_clitic(word, frequency)) == word:
        return own
    return class_of(rest).lower()


def without_clitic(word: str, frequency: dict[str, int]) -> str:
    """Return a name without و, ف, ب, ل or ك, if the corpus has it without as well.

    >>> without_clitic("وبلير", {"بلير": 3, "وبلير": 1}), without_clitic("وليد", {"ليد": 1})
    ('بلير', 'وليد')
    """
    for n_letters in (1, 2):
        clitic, rest = word[:n_letters], word[n_letters:]
        if len(rest) < 3 or clitic not in _CLITICS:
            continue
        if rest.startswith("ل") and clitic in {"ل", "ول"}:
            rest = "ا" + word[n_letters:]
        known = class_of(rest)
        if known in "GTBD" or ("لل" in word[:3] and known in "AJS"):
            return rest
        if (
            known in "NSACJ"
            and frequency.get(rest, 0) >= frequency.get(word, 0)
            and attested(word) <= attested(rest)
        ):
            return rest
    return word


_CLITICS = frozenset(("و", "ف", "ب", "ل", "ك", "وب", "ول", "فل", "وك"))

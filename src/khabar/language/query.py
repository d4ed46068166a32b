"""Queries: which tokens a word, a wildcard or a phrase means, whatever its spelling.

Words are compared once per type. Citation forms are costly, so they are made only of the types that
hold the letters which no clitic and no repair of an ending can touch.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from khabar.errors import KhabarError
from khabar.language.citation import citation_forms_among
from khabar.language.orthography import keys_of_types, normalize
from khabar.language.stopwords import bundled_keys
from khabar.language.tokens import Tokens
from khabar.language.words import LATIN_WORD, NUMBER, SENTENCE_END, WORD

MATCHES = ("citation", "clitics", "surface")

_PIECE = re.compile(rf"(?:{WORD.pattern}|\*)+|{NUMBER.pattern}|{LATIN_WORD.pattern}")
_ARABIC = re.compile(r"[ء-ۿ]")
# What is often written for what at the end of a word.
_OTHER_ENDINGS = {"ه": "ة", "ى": "ي", "ي": "ى"}
# A spelling this many times as common is the one that was meant.
_MUCH_COMMONER = 10
_CONJUNCTIONS, _PREPOSITIONS = ("", "و", "ف"), ("", "ب", "ل", "ك", "س")


@dataclass(frozen=True, eq=False)
class Occurrences:
    """Where a query was found: the positions of the first and the last token of each place."""

    first: np.ndarray
    last: np.ndarray

    def at(self, rows: np.ndarray) -> "Occurrences":
        """Keep the occurrences at these positions, in their order, or where a mask is true."""
        return Occurrences(self.first[rows], self.last[rows])


def find_query(tokens: Tokens, query: str, *, match: str = "citation") -> Occurrences:
    """Find a word, wildcard or phrase.

    Parameters
    ----------
    tokens : Tokens
    query : str
        One or more words. `*` in a word stands for any letters, alone for any word. A phrase lies
        within one sentence.
    match : {'citation', 'clitics', 'surface'}
        What a word finds: every form of its citation form; itself and what و ف ب ل ك س make of it;
        or only itself. In any case in every spelling of marks, kashida and hamza.

    Notes
    -----
    Forms that are stop words by themselves (بشكل, of شكل) are found only if a stop word is asked
    for: so a term is found as often as it is counted. A word written with ه for ة, or ى for ي,
    finds the other spelling too if that is ten times as common here.

    Examples
    --------
    >>> import pandas as pd
    >>> from khabar.language.tokens import tokenize
    >>> tokens = tokenize(pd.Series(["زار وزير الخارجية سوريا. ووزير آخر بسوريا"]))
    >>> find_query(tokens, "سور*").first.tolist(), find_query(tokens, "وزير الخارجيه").last.tolist()
    ([3, 6], [2])
    """
    return find_queries(tokens, [query], match=match)[0]


def find_queries(
    tokens: Tokens, queries: Iterable[str], *, match: str = "citation"
) -> list[Occurrences]:
    """Find several queries, each as `find_query` does; what they share is prepared once."""
    frequency = np.bincount(tokens.codes, minlength=len(tokens.vocabulary))
    return find_meant(tokens, types_meant(tokens.vocabulary, frequency, queries, match=match))


def types_meant(
    types: pd.Index, frequency: np.ndarray, queries: Iterable[str], *, match: str = "citation"
) -> list[list[np.ndarray]]:
    """Tell for each word of each query which of the types of a corpus it means, as masks.

    `frequency` is how often each type occurs in the whole corpus.
    """
    if match not in MATCHES:
        raise KhabarError(f"match must be 'citation', 'clitics' or 'surface', not {match!r}")
    vocabulary = _Vocabulary(types, frequency)
    meant = []
    for words in map(_words, queries):
        known = vocabulary.known | set(words)
        meant.append([vocabulary.matching(word, match, known) for word in words])
    return meant


def find_meant(tokens: Tokens, meant: list[list[np.ndarray]]) -> list[Occurrences]:
    """Find the queries whose words mean these types, masks over the vocabulary of `tokens`."""
    return [_find(tokens, words) for words in meant]


def _words(query: str) -> list[str]:
    if not isinstance(query, str):
        raise KhabarError(f"query must be a text, not {type(query).__name__}")
    words = [normalize(piece) for piece in _PIECE.findall(query)]
    if not any(_ARABIC.search(word) for word in words):
        raise KhabarError(f"query must hold at least one Arabic word, not {query!r}")
    return words


def _find(tokens: Tokens, matching: list[np.ndarray]) -> Occurrences:
    first = np.flatnonzero(matching[0][tokens.codes[: max(len(tokens) - len(matching) + 1, 0)]])
    for distance, of_type in enumerate(matching[1:], start=1):
        first = first[of_type[tokens.codes[first + distance]]]
    last = first + len(matching) - 1
    if len(matching) > 1:
        within = _within_a_sentence(tokens, first, last)
        first, last = first[within], last[within]
    return Occurrences(first, last)


def documents_of(tokens: Tokens, positions: np.ndarray) -> np.ndarray:
    """Return for each token position the position of its document."""
    return np.searchsorted(tokens.offsets, positions, side="right") - 1


def _within_a_sentence(tokens: Tokens, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    rows = documents_of(tokens, first)
    within = rows == documents_of(tokens, last)
    texts = dict(zip(rows.tolist(), tokens.texts.iloc[rows], strict=True))
    reach = zip(
        rows.tolist(), tokens.ends[first].tolist(), tokens.starts[last].tolist(), strict=True
    )
    ends = [SENTENCE_END.search(texts[row], start, end) for row, start, end in reach]
    return within & np.array([end is None for end in ends], bool)


class _Vocabulary:
    """The types of a corpus as one string of keys, a line each: searched far faster than a list."""

    def __init__(self, types: pd.Index, frequency: np.ndarray) -> None:
        self.types = types.to_numpy(object)
        self.keys = np.array(keys_of_types(self.types), dtype=object)
        self.joined = "\n".join(self.keys)
        self.begins = np.cumsum([0, *(n + 1 for n in map(len, self.keys))])
        self.frequency = frequency
        self.known = set(self.types)

    def matching(self, word: str, match: str, known: set[str]) -> np.ndarray:
        """Tell for each type whether it is meant by the word of a query."""
        if word.strip("*") == "":
            return np.ones(len(self.types), bool)
        if not _ARABIC.search(word):
            return self._exactly(word)
        found = self._meant(word, match, known)
        other = word[:-1] + _OTHER_ENDINGS.get(word[-1], word[-1])
        if other != word and keys_of_types([other])[0] not in bundled_keys():
            spelt = self._meant(other, match, known)
            if self._count(spelt) >= _MUCH_COMMONER * self._count(found):
                found = found | spelt
        return found

    def _count(self, found: np.ndarray) -> int:
        return int(self.frequency[found].sum())

    def _exactly(self, word: str) -> np.ndarray:
        found = self.types == word
        if not found.any():
            raise KhabarError(
                f"query: {word!r} is no token of these texts; numbers and Latin words are tokens "
                "after tokenize(..., numbers=True, latin=True)"
            )
        return found

    def _meant(self, word: str, match: str, known: set[str]) -> np.ndarray:
        key = keys_of_types([word])[0]
        lemma = keys_of_types(citation_forms_among([word], known))[0]
        candidates = self._holding(_core(key if "*" in key else lemma))
        keys = self.keys[candidates]
        if "*" in key:
            meant = _like(key, keys)
            if match == "citation":
                meant |= _like(key, self._lemmas(candidates, known))
        elif match == "surface":
            meant = keys == key
        else:
            meant = self._lemmas(candidates, known) == lemma
        if match == "clitics":
            meant = _like(key, keys, clitics=True) & (meant | ("*" in key))
        elif match == "citation" and "*" not in key and key not in bundled_keys():
            meant &= np.array([k not in bundled_keys() for k in keys], bool)
        found = np.zeros(len(self.types), bool)
        found[candidates[meant]] = True
        return found

    def _lemmas(self, candidates: np.ndarray, known: set[str]) -> np.ndarray:
        forms = citation_forms_among(self.types[candidates], known)
        return np.array(keys_of_types(forms), dtype=object)

    def _holding(self, letters: str) -> np.ndarray:
        """Return the types whose key holds the letters."""
        if not letters:
            return np.arange(len(self.types))
        places = [match.start() for match in re.finditer(re.escape(letters), self.joined)]
        return np.unique(np.searchsorted(self.begins, places, side="right") - 1).astype(np.int64)


def _core(key: str) -> str:
    """Return letters that stand in every form of a citation form: ال and endings may change."""
    parts = key.split("*")
    parts[0] = parts[0].removeprefix("ال")
    parts[-1] = parts[-1][:-1]
    return max(parts, key=len)


def _like(key: str, keys: np.ndarray, *, clitics: bool = False) -> np.ndarray:
    pattern = re.escape(key).replace(r"\*", ".*")
    matches = re.compile(_with_clitics(pattern) if clitics else pattern).fullmatch
    return np.array([matches(k) is not None for k in keys], bool)


def _with_clitics(pattern: str) -> str:
    before = f"(?:{'|'.join(_CONJUNCTIONS)})"
    plain = f"{before}(?:{'|'.join(_PREPOSITIONS)}){pattern}"
    if pattern.startswith("ال"):
        # ل and the article ال are written لل.
        return f"{plain}|{before}لل{pattern.removeprefix('ال')}"
    return plain

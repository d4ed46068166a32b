"""Tokens: a corpus as integers, with positions in the text as published."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd

from khabar.language.orthography import CONTROLS, KASHIDA, MARKS, normalize
from khabar.progress import progress

_LETTER = "ء-غف-يٱ-ٴٹ-ۃیېےۀەﭐ-ﷁﷰ-ﷻﹰ-ﻼ"
_INSIDE = re.escape(MARKS + CONTROLS + KASHIDA)
_WORD = rf"[{_LETTER}](?:[{_INSIDE}]*[{_LETTER}])*[{re.escape(MARKS + KASHIDA)}]*"
# What looks like words and is none comes first, so that its letters are consumed with it.
_NOT_WORDS = (
    r"(?:https?://|www\.)\S+|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+|&\#?[A-Za-z0-9]{2,8};"
)
_NUMBER, _LATIN_WORD = r"[0-9٠-٩۰-۹]+", r"[A-Za-zÀ-ÖØ-öø-ÿ]+"


@dataclass(frozen=True, eq=False, repr=False)
class Tokens:
    """The tokens of a corpus as integer codes.

    Attributes
    ----------
    codes : ndarray of int32, shape (n_tokens,)
        Position of each token's type in `vocabulary`.
    offsets : ndarray of int64, shape (n_documents + 1,)
        The tokens of document `i` are `codes[offsets[i]:offsets[i + 1]]`.
    starts, ends : ndarray of int32, shape (n_tokens,)
        Character positions of each token in its text as published, end exclusive.
    vocabulary : Index of str
        The types, spelt as `normalize` leaves them.
    texts : Series of str
        The texts that were tokenized, indexed by document.
    """

    codes: np.ndarray
    offsets: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    vocabulary: pd.Index
    texts: pd.Series

    def __repr__(self) -> str:
        n_types = len(np.unique(self.codes))
        return f"<Tokens: {len(self.texts)} documents, {len(self)} tokens, {n_types} types>"

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def document_ids(self) -> pd.Index:
        """The documents, in the order of `offsets`."""
        return self.texts.index

    @property
    def lengths(self) -> pd.Series:
        """Number of tokens of each document."""
        return pd.Series(np.diff(self.offsets), index=self.document_ids, name="tokens")

    @property
    def document_positions(self) -> np.ndarray:
        """For each token the position of its document, shape (n_tokens,)."""
        return np.repeat(np.arange(len(self.texts)), np.diff(self.offsets))

    def document_of(self, token: int) -> int:
        """Return the position of the document that holds the token."""
        return int(np.searchsorted(self.offsets, token, side="right")) - 1

    def forms(self, position: int) -> list[str]:
        """Return the tokens of the document at `position` as they were printed."""
        text = self.texts.iloc[position]
        inside = slice(self.offsets[position], self.offsets[position + 1])
        return [text[s:e] for s, e in zip(self.starts[inside], self.ends[inside], strict=True)]

    def select(self, words: Iterable[str] | Callable[[str], bool]) -> "Tokens":
        """Keep the tokens whose type is among `words`, or for whose type `words` holds."""
        return self._keep(self._types_among(words)[self.codes])

    def remove(self, words: Iterable[str] | Callable[[str], bool]) -> "Tokens":
        """Drop the tokens whose type is among `words`, or for whose type `words` holds."""
        return self._keep(~self._types_among(words)[self.codes])

    def _types_among(self, words: Iterable[str] | Callable[[str], bool]) -> np.ndarray:
        if callable(words):
            return np.fromiter((words(t) for t in self.vocabulary), bool, len(self.vocabulary))
        return self.vocabulary.isin({normalize(word) for word in words})

    def _keep(self, kept: np.ndarray) -> "Tokens":
        before = np.concatenate([[0], np.cumsum(kept)])
        return replace(
            self,
            codes=self.codes[kept],
            offsets=before[self.offsets],
            starts=self.starts[kept],
            ends=self.ends[kept],
        )


def tokenize(texts: pd.Series, *, numbers: bool = False, latin: bool = False) -> Tokens:
    """Cut texts into Arabic words, keeping where each one stands.

    A word is a run of Arabic letters with the marks, kashida and controls inside it. Web and mail
    addresses and HTML entities are no words; a full stop, a hyphen or an underscore glued between
    two words separates them.

    Parameters
    ----------
    texts : Series of str
        Indexed by `document_id`; a missing text counts as empty.
    numbers, latin : bool
        Whether runs of digits, and words in Latin letters, are tokens too.

    Returns
    -------
    Tokens

    Examples
    --------
    >>> tokens = tokenize(pd.Series({"a": "زار الوزيرُ موســـكو.وعاد"}))
    >>> tokens
    <Tokens: 1 documents, 4 tokens, 4 types>
    >>> list(tokens.vocabulary), tokens.forms(0)[2]
    (['زار', 'الوزير', 'موسكو', 'وعاد'], 'موســـكو')
    """
    if not isinstance(texts, pd.Series):
        raise TypeError(f"texts must be a Series of str, not {type(texts).__name__}")
    texts = texts.fillna("")
    pattern = _token_pattern(numbers=numbers, latin=latin)
    codes, starts, ends, counts = [], [], [], []
    types: dict[str, int] = {}
    code_of: dict[str, int] = {}
    for text in progress(texts, "tokenize"):
        n_before = len(codes)
        for form, start, end in _words(text, pattern):
            code = code_of.get(form)
            if code is None:
                code = code_of[form] = types.setdefault(normalize(form), len(types))
            codes.append(code)
            starts.append(start)
            ends.append(end)
        counts.append(len(codes) - n_before)
    return Tokens(
        codes=np.array(codes, np.int32),
        offsets=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]),
        starts=np.array(starts, np.int32),
        ends=np.array(ends, np.int32),
        vocabulary=pd.Index(list(types), dtype=object),
        texts=texts,
    )


@cache
def _token_pattern(*, numbers: bool, latin: bool) -> re.Pattern[str]:
    kinds = [_WORD, *[_NUMBER] * numbers, *[_LATIN_WORD] * latin]
    return re.compile(f"{_NOT_WORDS}|({'|'.join(kinds)})")


def _words(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    for match in pattern.finditer(text):
        if match[1]:
            yield match[1], match.start(1), match.end(1)

"""Tokens: a corpus as integers, with positions in the text as published."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from khabar.language.encoding import encode
from khabar.language.orthography import normalize
from khabar.language.words import LATIN_WORD, NUMBER, blank_addresses
from khabar.progress import progress


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
    codes, offsets, starts, ends, types = encode(progress(texts, "tokenize"))
    tokens = Tokens(codes, offsets, starts, ends, pd.Index(types, dtype=object), texts)
    for wanted, pattern in ((numbers, NUMBER), (latin, LATIN_WORD)):
        if wanted:
            tokens = _with_matches(tokens, pattern)
    return tokens


def _with_matches(tokens: Tokens, pattern: re.Pattern[str]) -> Tokens:
    """Add what else matches a pattern, in its place between the words."""
    types = {form: code for code, form in enumerate(tokens.vocabulary)}
    found = [
        (document, types.setdefault(normalize(match[0]), len(types)), *match.span())
        for document, text in enumerate(tokens.texts)
        for match in pattern.finditer(blank_addresses(text))
    ]
    documents, *columns = np.array(found, np.int64).reshape(-1, 4).T
    documents = np.concatenate([tokens.document_positions, documents])
    columns = zip((tokens.codes, tokens.starts, tokens.ends), columns, strict=True)
    codes, starts, ends = (np.concatenate(pair).astype(np.int32) for pair in columns)
    order = np.lexsort([starts, documents])
    return replace(
        tokens,
        codes=codes[order],
        offsets=np.searchsorted(documents[order], np.arange(len(tokens.texts) + 1)),
        starts=starts[order],
        ends=ends[order],
        vocabulary=pd.Index(list(types), dtype=object),
    )

"""Tokens: a corpus as integers, with positions in the text as published."""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from khabar.errors import KhabarError
from khabar.language.encoding import encode
from khabar.language.orthography import normalize
from khabar.language.words import LATIN_WORD, NUMBER, SENTENCE_ENDS, blank_addresses
from khabar.progress import progress

_SENTENCE_BLOCK = 2000  # documents
_ENDS_A_SENTENCE = np.zeros(1 << 16, bool)
_ENDS_A_SENTENCE[list(map(ord, SENTENCE_ENDS))] = True


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
        """Drop the tokens whose type is among `words`, or for whose type `words` holds.

        >>> tokens = tokenize(pd.Series(["قال لافروف في موسكو"])).remove(["فى", "في", "قال"])
        >>> tokens.forms(0)
        ['لافروف', 'موسكو']
        """
        return self._keep(~self._types_among(words)[self.codes])

    def subset(self, documents: Iterable[Hashable]) -> "Tokens":
        """Keep the named documents, in the order in which they are named."""
        rows = self.document_ids.get_indexer(pd.Index(list(documents)))
        if (rows < 0).any():
            missing = list(documents)[int(np.argmin(rows))]
            raise KhabarError(f"documents must be among the tokenized ones; {missing!r} is not")
        return self._take(rows)

    def __getitem__(self, documents: slice) -> "Tokens":
        """Keep a slice of the documents, by position."""
        if not isinstance(documents, slice):
            raise TypeError(f"tokens are sliced by document, as in tokens[:10], not {documents!r}")
        return self._take(np.arange(len(self.texts))[documents])

    def ngrams(self, n: int) -> "Tokens":
        """Return the runs of `n` tokens as tokens, from the first's start to the last's end.

        A run lies within one sentence: no full stop, question or exclamation mark, semicolon or
        line end stands in it. After `remove`, tokens are neighbours if what stood between is gone.

        >>> bigrams = tokenize(pd.Series(["قال لافروف. زار موسكو"])).ngrams(2)
        >>> list(bigrams.vocabulary), bigrams.forms(0)[1]
        (['قال لافروف', 'زار موسكو'], 'زار موسكو')
        """
        if n < 1:
            raise KhabarError(f"n must be 1 or more, not {n!r}")
        sentence = self.sentences
        first = np.arange(max(len(self) - n + 1, 0))
        first = first[sentence[first] == sentence[first + n - 1]]
        codes = np.zeros(len(first), np.int64)
        for distance in range(n):
            longer = codes * len(self.vocabulary) + self.codes[first + distance]
            codes = pd.factorize(longer)[0]
        _, example = np.unique(codes, return_index=True)
        words = [self.vocabulary[self.codes[first[example] + d]] for d in range(n)]
        return replace(
            self,
            codes=codes.astype(np.int32),
            offsets=np.searchsorted(first, self.offsets),
            starts=self.starts[first],
            ends=self.ends[first + n - 1],
            vocabulary=pd.Index([" ".join(run) for run in zip(*words, strict=True)], dtype=object),
        )

    def __eq__(self, other: object) -> bool:
        """Whether the same texts hold the same types at the same places."""
        return (
            isinstance(other, Tokens)
            and self.texts.equals(other.texts)
            and all(
                np.array_equal(getattr(self, name), getattr(other, name))
                for name in ("offsets", "starts", "ends")
            )
            and np.array_equal(self.vocabulary[self.codes], other.vocabulary[other.codes])
        )

    __hash__ = None

    def save(self, path: str | Path) -> None:
        """Write tokens and texts to one `.npz` file, which holds arrays and no code."""
        ids = self.document_ids
        np.savez_compressed(
            path,
            codes=self.codes,
            offsets=self.offsets,
            starts=self.starts,
            ends=self.ends,
            vocabulary=_packed(self.vocabulary),
            texts=_packed(self.texts),
            document_ids=_packed(ids.astype("str")),
            document_id_dtype=str(ids.dtype),
            document_id_name=str(ids.name or ""),
        )

    @classmethod
    def load(cls, path: str | Path) -> "Tokens":
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as file:
            saved = {name: file[name] for name in file.files}
        ids = pd.Index(_unpacked(saved.pop("document_ids")))
        ids = ids.astype(str(saved.pop("document_id_dtype")))
        ids.name = str(saved.pop("document_id_name")) or None
        texts = pd.Series(_unpacked(saved.pop("texts")), ids, dtype="str")
        vocabulary = pd.Index(_unpacked(saved.pop("vocabulary")), dtype=object)
        return cls(**saved, vocabulary=vocabulary, texts=texts)

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

    def _take(self, rows: np.ndarray) -> "Tokens":
        n_tokens = np.diff(self.offsets)[rows]
        offsets = np.concatenate([[0], np.cumsum(n_tokens)])
        place = np.arange(offsets[-1]) + np.repeat(self.offsets[rows] - offsets[:-1], n_tokens)
        return replace(
            self,
            codes=self.codes[place],
            offsets=offsets,
            starts=self.starts[place],
            ends=self.ends[place],
            texts=self.texts.iloc[rows],
        )

    @cached_property
    def sentences(self) -> np.ndarray:
        """For each token the number of its sentence, counted through all documents."""
        numbers = [np.zeros(0, np.int64)]
        before = 0
        for first in range(0, len(self.texts), _SENTENCE_BLOCK):
            rows = slice(first, min(first + _SENTENCE_BLOCK, len(self.texts)))
            found, n_sentences = self._sentences_of(rows)
            numbers.append(found + before)
            before += n_sentences
        return np.concatenate(numbers)

    def _sentences_of(self, rows: slice) -> tuple[np.ndarray, int]:
        """Number the sentences of a few documents: a running count of the marks that end one."""
        texts = self.texts.iloc[rows].tolist()
        joined = "\n".join([*texts, ""])
        characters = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), "<u2")
        if len(characters) > len(joined):  # an emoji takes two
            characters = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4")
            characters = np.minimum(characters, len(_ENDS_A_SENTENCE) - 1)
        ends = np.cumsum(_ENDS_A_SENTENCE[characters], dtype=np.int32)
        # One more character for the line end that follows each text.
        begins = np.concatenate([[0], np.cumsum([len(text) + 1 for text in texts])])
        offsets = self.offsets[rows.start : rows.stop + 1]
        place = np.repeat(begins[:-1], np.diff(offsets))
        return ends[place + self.starts[offsets[0] : offsets[-1]]], int(ends[-1])


def _packed(strings: Iterable[str]) -> np.ndarray:
    """Write strings as one array of bytes: their lengths, then their UTF-8."""
    encoded = [string.encode("utf-8", "surrogatepass") for string in strings]
    lengths = np.array([len(encoded), *map(len, encoded)], "<i8")
    return np.frombuffer(lengths.tobytes() + b"".join(encoded), np.uint8)


def _unpacked(array: np.ndarray) -> list[str]:
    data = array.tobytes()
    n_strings = int.from_bytes(data[:8], "little")
    lengths = np.frombuffer(data, "<i8", n_strings, offset=8)
    ends = 8 * (n_strings + 1) + np.cumsum(lengths)
    spans = zip(ends - lengths, ends, strict=True)
    return [data[start:end].decode("utf-8", "surrogatepass") for start, end in spans]


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
    patterns = [p.pattern for p, wanted in ((NUMBER, numbers), (LATIN_WORD, latin)) if wanted]
    return _with_matches(tokens, re.compile("|".join(patterns))) if patterns else tokens


def _with_matches(tokens: Tokens, pattern: re.Pattern[str]) -> Tokens:
    """Add what else matches a pattern, in its place between the words."""
    forms: dict[str, int] = {}
    found = [
        (document, forms.setdefault(match[0], len(forms)), *match.span())
        for document, text in enumerate(tokens.texts.tolist())
        for match in pattern.finditer(blank_addresses(text))
    ]
    types: dict[str, int] = {}
    n_words = len(tokens.vocabulary)
    code_of = [n_words + types.setdefault(normalize(form), len(types)) for form in forms]
    documents, *columns = np.array(found, np.int64).reshape(-1, 4).T
    columns[0] = np.array(code_of, np.int64)[columns[0]]
    places = np.searchsorted(
        _place(tokens.document_positions, tokens.starts), _place(documents, columns[1])
    )
    codes, starts, ends = (
        np.insert(old, places, new)
        for old, new in zip((tokens.codes, tokens.starts, tokens.ends), columns, strict=True)
    )
    return replace(
        tokens,
        codes=codes,
        offsets=tokens.offsets + np.searchsorted(documents, np.arange(len(tokens.texts) + 1)),
        starts=starts,
        ends=ends,
        vocabulary=pd.Index([*tokens.vocabulary.tolist(), *types], dtype=object),
    )


def _place(documents: np.ndarray, starts: np.ndarray) -> np.ndarray:
    return (documents.astype(np.int64) << 32) + starts

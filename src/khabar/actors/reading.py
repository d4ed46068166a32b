"""A block of texts as the rules of this package read it: keys, neighbours, what stands between."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from khabar.language.tokens import Tokens


@dataclass(eq=False)
class Reading:
    """Tokens with what rules ask of them; every question is answered once per type."""

    tokens: Tokens
    _among: dict[frozenset, np.ndarray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._texts: list[str | None] = [None] * len(self.tokens.texts)
        self._is_read = np.zeros(len(self._texts), bool)

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def keys(self) -> list[str]:
        """The `name_key` of each type."""
        return name_keys(self.tokens.vocabulary)

    def keys_of(self, types: np.ndarray) -> list[str]:
        """Return the `name_key` of some types, without keying all the others."""
        return name_keys(self.tokens.vocabulary[types])

    @cached_property
    def _numbers(self) -> tuple[dict[str, int], np.ndarray]:
        """A number for each distinct key, and that of each type."""
        number = {key: i for i, key in enumerate(dict.fromkeys(self.keys))}
        of_type = np.fromiter(map(number.__getitem__, self.keys), np.int64, len(self.keys))
        return number, of_type

    def told_of(self, words: Mapping[str, int]) -> np.ndarray:
        """Return what `words` tells of the key of each type, a number; -1 of all others."""
        number, of_type = self._numbers
        told = np.full(len(number), -1)
        for word in number.keys() & words.keys():
            told[number[word]] = words[word]
        return told[of_type]

    @cached_property
    def document(self) -> np.ndarray:
        """The document of each token."""
        return self.tokens.document_positions

    def texts_of(self, documents: np.ndarray) -> list[str | None]:
        """Return the texts as published, by position; only those of `documents` are surely there.

        Arrow's strings become Python's but once, and only where one is asked for.
        """
        if self._is_read[documents].all():
            return self._texts
        new = np.unique(documents[~self._is_read[documents]])
        for document, text in zip(new.tolist(), self.tokens.texts.iloc[new].tolist(), strict=True):
            self._texts[document] = text
        self._is_read[new] = True
        return self._texts

    def gaps(self, first: np.ndarray) -> list[str]:
        """Return what stands between each of these tokens and the next one.

        At the edge of a document that is two line ends.
        """
        tokens, document = self.tokens, self.document[first]
        texts = self.texts_of(document)
        following = np.minimum(first + 1, len(self) - 1)
        within = (document == self.document[following]) & (following > first)
        columns = (document, tokens.ends[first], tokens.starts[following], within)
        spans = zip(*(column.tolist() for column in columns), strict=True)
        return [texts[of][a:b] if inside else "\n\n" for of, a, b, inside in spans]

    def gaps_match(self, first: np.ndarray, allowed: "GapTest") -> np.ndarray:
        """Tell for each of these tokens whether `allowed` holds for what follows it."""
        return np.fromiter((allowed[gap] for gap in self.gaps(first)), bool, len(first))

    def among(self, words: frozenset[str]) -> np.ndarray:
        """Tell for each type whether its key is one of `words`."""
        if words not in self._among:
            number, of_type = self._numbers
            found = np.zeros(len(number), bool)
            found[[number[word] for word in words if word in number]] = True
            self._among[words] = found[of_type]
        return self._among[words]

    def are(self, positions: np.ndarray, words: frozenset[str], document: np.ndarray) -> np.ndarray:
        """Tell for each position whether the token there is one of `words`, in that document."""
        inside = (positions >= 0) & (positions < len(self))
        at = np.where(inside, positions, 0)
        return inside & self.among(words)[self.tokens.codes[at]] & (self.document[at] == document)

    def keys_at(self, positions: np.ndarray, document: np.ndarray) -> list[str]:
        """Return the key of each token, or nothing where another document begins."""
        inside = (positions >= 0) & (positions < len(self))
        at = np.where(inside, positions, 0)
        same = inside & (self.document[at] == document)
        pairs = zip(self.tokens.codes[at].tolist(), same.tolist(), strict=True)
        return [self.keys[code] if within else "" for code, within in pairs]


class GapTest(dict[str, bool]):
    """Whether a pattern matches a gap, remembered per distinct gap."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern

    def __missing__(self, gap: str) -> bool:
        self[gap] = self._pattern.fullmatch(gap) is not None
        return self[gap]


# Between two words of one phrase; the second also where a quotation or bracket opens between them.
SPACE = GapTest(re.compile(r"[ \t\u00a0_#]{1,3}"))
SPACE_OR_OPENING = GapTest(re.compile(r"[ \t\u00a0_#\"“«(]{1,3}"))


def name_keys(types: Iterable[str]) -> list[str]:
    """Return the name key of each type, all in one go; types are normalized already.

    >>> name_keys(["دى", "أمريكا"])
    ['دي', 'امريكا']
    """
    joined = "\n".join(types.tolist() if isinstance(types, pd.Index) else types)
    for alef in "أإآٱ":
        joined = joined.replace(alef, "ا")
    joined = joined.replace("ى\n", "ي\n")
    if joined.endswith("ى"):
        joined = joined[:-1] + "ي"
    return joined.split("\n") if joined else []


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Hold strings as Python objects, which rules that go row by row read ten times faster."""
    strings = frame.columns[[dtype == "str" for dtype in frame.dtypes]]
    return frame.astype(dict.fromkeys(strings, object))

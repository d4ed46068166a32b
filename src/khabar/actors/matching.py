"""Find names in tokens that are integers already: by the first word, then word for word.

An alias matches whole words. Proclitics are added to the alias, never stripped from the text: a
name may carry و or ف, then ب, ل or ك; a name with the article also لل. Every match is found,
overlapping ones too; which of them count is decided elsewhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, repeat

import numpy as np
import pandas as pd

from khabar.actors.reading import GapTest, Reading, name_keys
from khabar.language.orthography import CONTROLS, KASHIDA, MARKS, normalize
from khabar.language.tokens import Tokens

# What may stand between the words of one name: a space, a hyphen, an underscore, quotation marks.
LINK = GapTest(re.compile(r"[ \t\u00a0_\-–ـ\"'«»“”()#]{1,4}"))
_ALIAS_WORD = re.compile(r"[^\W\d_]+|\d+")
_TRANSPARENT = set(MARKS + CONTROLS + KASHIDA)
_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ل", "ك")
CLITICS = [c + p for c in _CONJUNCTIONS for p in (*_PREPOSITIONS, "لل")]
_CLITIC_CODE = {clitic: code for code, clitic in enumerate(CLITICS)}
_LETTERS_OF = np.array([len(clitic) for clitic in CLITICS])
SEVERAL = len(CLITICS)
_N_CLITICS = 2 * SEVERAL
_PREFIXES = [c + p for c in _CONJUNCTIONS for p in _PREPOSITIONS]
_BEFORE_AN_ARTICLE = [c + p for c in _CONJUNCTIONS for p in _PREPOSITIONS if p != "ل"]

_GLUED_TO_NEXT = frozenset("عبد ابو ابا ابي ال دي دو فان بن ام نور سيف".split())
_GLUED_TO_LAST = frozenset("الله الدين".split())


@dataclass(frozen=True, eq=False)
class Matcher:
    """Aliases as a tree of words, and the forms in which each first word is written."""

    words: dict[str, int]
    forms: dict[str, tuple[int, ...]]  # form -> node after the first word and clitic, in one
    edges: np.ndarray  # sorted: node * n_words + word
    children: np.ndarray
    ends: list[list[int]]  # node -> aliases that end there

    def find(self, reading: Reading) -> pd.DataFrame:
        """Return every match: `first`, `last` (tokens), `alias` (position), `clitic` (code)."""
        first, node, clitic = self._beginnings(reading)
        word = self._words_of_types(reading)
        ends_at = np.array([len(aliases) for aliases in self.ends])
        last, found = first, []
        while len(first):
            done = np.flatnonzero(ends_at[node])
            found.append((first[done], last[done], node[done], clitic[done]))
            go = np.flatnonzero(last + 1 < len(reading))
            key = node[go] * len(self.words) + word[reading.tokens.codes[last[go] + 1]]
            edge = np.searchsorted(self.edges, key)
            edge = np.minimum(edge, len(self.edges) - 1)
            known = (self.edges[edge] == key) & (word[reading.tokens.codes[last[go] + 1]] >= 0)
            go, edge = go[known], edge[known]
            linked = reading.gaps_match(last[go], LINK)
            go, edge = go[linked], edge[linked]
            first, last, clitic, node = first[go], last[go] + 1, clitic[go], self.children[edge]
        return self._table(found)

    def _beginnings(self, reading: Reading) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return token, node and clitic wherever an alias could begin."""
        known = [(i, forms) for i, forms in enumerate(map(self.forms.get, reading.keys)) if forms]
        n_forms = np.zeros(len(reading.keys), np.int64)
        n_forms[[i for i, _ in known]] = [len(forms) for _, forms in known]
        flat = np.array([form for _, forms in known for form in forms], np.int64)
        nodes, clitics = np.divmod(flat, _N_CLITICS)
        begin = np.cumsum(n_forms) - n_forms
        n = n_forms[reading.tokens.codes]
        tokens = np.flatnonzero(n)
        n = n[tokens]
        rank = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
        entry = np.repeat(begin[reading.tokens.codes[tokens]], n) + rank
        return np.repeat(tokens, n), nodes[entry], clitics[entry]

    def _words_of_types(self, reading: Reading) -> np.ndarray:
        return np.array([*map(self.words.get, reading.keys, repeat(-1))], np.int64)

    def _table(self, found: list[tuple[np.ndarray, ...]]) -> pd.DataFrame:
        columns = zip(*found, strict=True) if found else [[np.zeros(0, np.int64)]] * 4
        first, last, node, clitic = map(np.concatenate, columns)
        n = np.array([len(aliases) for aliases in self.ends])[node]
        flat = [alias for aliases in self.ends for alias in aliases]
        begin = np.cumsum([len(aliases) for aliases in self.ends])
        begin = begin - [len(aliases) for aliases in self.ends]
        rank = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
        table = {
            "first": np.repeat(first, n),
            "last": np.repeat(last, n),
            "alias": np.array(flat, np.int64)[np.repeat(begin[node], n) + rank],
            "clitic": np.repeat(clitic, n),
        }
        return pd.DataFrame(table)


def find_aliases(tokens: Tokens, aliases: pd.Series) -> pd.DataFrame:
    """Find every occurrence of every alias in tokens, overlapping ones included.

    Parameters
    ----------
    tokens : Tokens
    aliases : Series of str
        Indexed by whatever is to be told apart, such as the actor; the index may repeat.

    Returns
    -------
    DataFrame
        One row per occurrence, by position: `document_id`, `start`, `end` (characters, proclitics
        outside), `actor` (index of the alias), `alias`.

    Examples
    --------
    >>> from khabar.language.tokens import tokenize
    >>> tokens = tokenize(pd.Series({"a": "قال لافروف وبوغدانوف"}))
    >>> found = find_aliases(tokens, pd.Series({"bogdanov": "بوغدانوف"}))
    >>> found[["start", "actor"]].values.tolist()
    [[12, 'bogdanov']]
    """
    reading = Reading(tokens)
    matcher = build_matcher([[words] for words in cut_aliases(aliases)])
    found = matcher.find(reading).sort_values(["first", "last", "alias"], ignore_index=True)
    return pd.DataFrame(
        {
            "document_id": tokens.document_ids[reading.document[found["first"]]],
            "start": name_starts(reading, found["first"].to_numpy(), found["clitic"].to_numpy()),
            "end": tokens.ends[found["last"]],
            "actor": aliases.index[found["alias"]],
            "alias": aliases.to_numpy()[found["alias"]],
        }
    )


def cut_aliases(aliases: Iterable[str]) -> list[tuple[str, ...]]:
    """Cut aliases into keys as the texts are cut."""
    cut = [_ALIAS_WORD.findall(line) for line in normalize("\n".join(aliases)).split("\n")]
    keys = iter(name_keys(word for words in cut for word in words))
    return [tuple(islice(keys, len(words))) for words in cut]


def build_matcher(
    spellings: list[Iterable[tuple[str, ...]]], several: dict[str, list[str]] | None = None
) -> Matcher:
    """Build the tree of all spellings of each alias, given as words.

    `several` are the dual and plural forms of a first word; they get a code of their own, from
    `SEVERAL` on, instead of a proclitic's.
    """
    words: dict[str, int] = {}
    tree: dict[tuple[int, int], int] = {}
    ends: list[list[int]] = [[]]
    for alias, ways in enumerate(spellings):
        for way in ways:
            node = 0
            for word in way:
                step = (node, words.setdefault(word, len(words)))
                if step not in tree:
                    tree[step] = len(ends)
                    ends.append([])
                node = tree[step]
            if node and alias not in ends[node]:
                ends[node].append(alias)
    forms: dict[str, tuple[int, ...]] = {}
    spelt = list(words)
    for (parent, word), node in tree.items():
        if parent == 0:
            first = spelt[word]
            heads = [(0, first), *((SEVERAL, form) for form in (several or {}).get(first, []))]
            for number, head in heads:
                at = node * _N_CLITICS + number
                for form, clitic in written_with_proclitics(head):
                    forms[form] = (*forms.get(form, ()), at + _CLITIC_CODE[clitic])
    steps = np.array([parent * len(words) + word for parent, word in tree], np.int64)
    order = np.argsort(steps)
    children = np.fromiter(tree.values(), np.int64, len(tree))
    return Matcher(words, forms, steps[order], children[order], ends)


def written_with_proclitics(word: str) -> list[tuple[str, str]]:
    """Return the forms in which a name is written, each with its proclitic."""
    if not word.startswith("ال"):
        return [(clitic + word, clitic) for clitic in _PREFIXES]
    # The article loses its alef: لل; a word that begins with ل gets no third one.
    rest = word[2:].removeprefix("ل")
    with_to = [(f"{c}لل{rest}", f"{c}لل") for c in _CONJUNCTIONS]
    return [(clitic + word, clitic) for clitic in _BEFORE_AN_ARTICLE] + with_to


def spellings_of(words: tuple[str, ...], *, foreign: bool = False) -> list[tuple[str, ...]]:
    """Return the ways in which the press spells a name: glued, split, with ه for ة, ي for ئ.

    Parameters
    ----------
    words : tuple of str
        Keys.
    foreign : bool
        Whether a g may be written غ or ج, as in names from other scripts.

    Examples
    --------
    >>> spellings_of(("عبد", "الله"))
    [('عبد', 'الله'), ('عبدالله',)]
    >>> spellings_of(("غاتيلوف",), foreign=True)
    [('غاتيلوف',), ('جاتيلوف',)]
    """
    ways = dict.fromkeys([words])
    for verb in (_glued, _split, _with_heh, _without_hamza_seat, *([_other_g] if foreign else [])):
        ways |= dict.fromkeys([verb(way) for way in ways])
    return list(ways)


def _glued(words: tuple[str, ...]) -> tuple[str, ...]:
    result = list(words[:1])
    for word in words[1:]:
        if result[-1] in _GLUED_TO_NEXT or word in _GLUED_TO_LAST:
            result[-1] += word
        else:
            result.append(word)
    return tuple(result)


def _split(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for word in words for part in _parts(word))


def _parts(word: str) -> list[str]:
    if word.startswith("عبدال") and len(word) > 6:
        return ["عبد", word[3:]]
    for last in _GLUED_TO_LAST:
        if word.endswith(last) and len(word) > len(last) + 1:
            return [word[: -len(last)], last]
    return [word]


def _with_heh(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w[:-1] + "ه" if w.endswith("ة") and len(w) > 3 else w for w in words)


def _without_hamza_seat(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.replace("ئ", "ي") if len(word) > 4 else word for word in words)


def _other_g(words: tuple[str, ...]) -> tuple[str, ...]:
    if len(words) == 1 and (len(words[0]) < 5 or words[0].startswith("ال")):
        return words
    swapped = [w.replace("غ", "ج") if "غ" in w else w.replace("ج", "غ") for w in words]
    return tuple(swapped)


def name_starts(reading: Reading, first: np.ndarray, clitic: np.ndarray) -> np.ndarray:
    """Return where the name itself begins in its text, after the letters of its proclitic."""
    tokens = reading.tokens
    n_letters = _LETTERS_OF[clitic % SEVERAL]
    starts = tokens.starts[first] + n_letters
    # Marks and kashida are no letters: where a word holds any, the letters are counted one by one.
    lengths = np.fromiter(map(len, tokens.vocabulary), np.int64, len(tokens.vocabulary))
    plain = tokens.ends[first] - tokens.starts[first] == lengths[tokens.codes[first]]
    for i in np.flatnonzero((n_letters > 0) & ~plain).tolist():
        text = tokens.texts.iloc[reading.document[first[i]]]
        starts[i] = _after_letters(text, int(tokens.starts[first[i]]), int(n_letters[i]))
    return starts


def _after_letters(text: str, position: int, n_letters: int) -> int:
    while n_letters or text[position] in _TRANSPARENT:
        n_letters -= text[position] not in _TRANSPARENT
        position += 1
    return position

"""Find names in tokens that are integers already: by the first word, then word for word.

An alias matches whole words. Proclitics are added to the alias, never stripped from the text: a
name may carry و or ف, then ب, ل or ك; a name with the article also لل. Every match is found,
overlapping ones too; which of them count is decided elsewhere.
"""

import re
from collections import defaultdict
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
_LETTERS_OF = np.array([len(clitic) for clitic in CLITICS])
SEVERAL = len(CLITICS)
_N_CLITICS = 2 * SEVERAL
_NOT_ASKED = -2
_HALF = 32  # bits: two numbers are written into one
_SKETCHED = 8  # letters
_WHOLE = np.array([(1 << 8 * n) - 1 for n in range(_SKETCHED + 1)], np.uint64)
_BYTE_OF = (np.arange(1 << 16) & 0xFF).astype(np.uint8)
_BYTE_OF[list(map(ord, "أإآٱ"))] = ord("ا") & 0xFF
_BYTE_OF[ord("ى")] = ord("ي") & 0xFF

_GLUED_TO_NEXT = frozenset("عبد ابو ابا ابي ال دي دو فان بن ام نور سيف".split())
_GLUED_TO_LAST = frozenset("الله الدين".split())
_SERVANT = frozenset(["عبد"])


@dataclass(frozen=True, eq=False)
class Matcher:
    """Aliases as a tree of words, entered by the first word without its proclitic."""

    words: dict[str, int]
    heads: dict[str, list[int]]  # first word -> node after it * _N_CLITICS, plus `SEVERAL` if it is
    sketches: np.ndarray  # of the heads
    edges: np.ndarray  # sorted: node and word in one integer
    children: np.ndarray
    is_inner: np.ndarray  # node -> whether words follow
    n_ends: np.ndarray  # node -> how many aliases end there
    ends: np.ndarray  # these aliases, node after node

    def find(self, reading: Reading) -> pd.DataFrame:
        """Return every match: `first`, `last` (tokens), `alias` (position), `clitic` (code)."""
        codes = reading.tokens.codes
        first, node, clitic = self._beginnings(reading)
        word = np.full(len(reading.tokens.vocabulary), _NOT_ASKED)
        last, found = first, []
        while len(first):
            done = np.flatnonzero(self.n_ends[node])
            found.append((first[done], last[done], node[done], clitic[done]))
            go = np.flatnonzero(self.is_inner[node] & (last + 1 < len(reading)))
            following = codes[last[go] + 1]
            self._look_up(following, word, reading)
            key = (node[go] << _HALF) + word[following]
            edge = np.minimum(np.searchsorted(self.edges, key), len(self.edges) - 1)
            known = (self.edges[edge] == key) & (word[following] >= 0)
            go, edge = go[known], edge[known]
            linked = reading.gaps_match(last[go], LINK)
            go, edge = go[linked], edge[linked]
            first, last, clitic, node = first[go], last[go] + 1, clitic[go], self.children[edge]
        return self._table(found)

    def _beginnings(self, reading: Reading) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return token, node and clitic wherever an alias could begin."""
        types, entries = self._first_words(reading)
        n_types = len(reading.tokens.vocabulary)
        n_entries = np.bincount(types, minlength=n_types)
        begin = np.cumsum(n_entries) - n_entries
        tokens = np.flatnonzero((n_entries > 0)[reading.tokens.codes])
        codes = reading.tokens.codes[tokens]
        n = n_entries[codes]
        rank = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
        nodes, clitics = np.divmod(entries[np.repeat(begin[codes], n) + rank], _N_CLITICS)
        return np.repeat(tokens, n), nodes, clitics

    def _first_words(self, reading: Reading) -> tuple[np.ndarray, np.ndarray]:
        """Return the types that begin an alias, in order, each with its node and clitic in one."""
        types, clitics = _suspects(reading.tokens.vocabulary, self.sketches)
        found = []
        keys = reading.keys_of(types)
        for of, key, code in zip(types.tolist(), keys, clitics.tolist(), strict=True):
            for head in _without_proclitic(key, CLITICS[code]):
                found += [(of, entry + code) for entry in self.heads.get(head, ())]
        table = np.array(sorted(found), np.int64).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    def _look_up(self, codes: np.ndarray, word: np.ndarray, reading: Reading) -> None:
        """Write down the number of each of these types among the words of aliases, or -1."""
        new = pd.unique(codes[word[codes] == _NOT_ASKED])
        word[new] = [*map(self.words.get, reading.keys_of(new), repeat(-1))]

    def _table(self, found: list[tuple[np.ndarray, ...]]) -> pd.DataFrame:
        columns = zip(*found, strict=True) if found else [[np.zeros(0, np.int64)]] * 4
        first, last, node, clitic = map(np.concatenate, columns)
        n = self.n_ends[node]
        begin = np.cumsum(self.n_ends) - self.n_ends
        rank = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
        table = {
            "first": np.repeat(first, n),
            "last": np.repeat(last, n),
            "alias": self.ends[np.repeat(begin[node], n) + rank],
            "clitic": np.repeat(clitic, n),
        }
        return pd.DataFrame(table)


def _suspects(types: Iterable[str], sketches: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return type and clitic (code) wherever what follows the clitic could be one of the heads.

    A sketch of a word is its first eight letters, a byte each; only types with the sketch of a
    head are spelt out, a few of many.
    """
    letters, begins, lengths = _letters_of(types)
    windows = np.lib.stride_tricks.sliding_window_view(letters, _SKETCHED)
    start = _sketch(windows, begins, lengths)
    found = []
    for code, clitic in enumerate(CLITICS):
        n = len(clitic)
        rows = np.flatnonzero((start & _WHOLE[n]) == _spelt(clitic))
        for article in ("ال", "الل") if clitic.endswith("لل") else ("",):
            m = len(article)
            sketch = _sketch(windows, begins[rows] + (n - m), lengths[rows] - (n - m))
            sketch = (sketch & ~_WHOLE[m]) | _spelt(article)
            known = rows[pd.Series(sketch).isin(sketches).to_numpy()]
            found.append((known, np.full(len(known), code)))
    types_of, clitics = map(np.concatenate, zip(*found, strict=True))
    pairs = np.unique(types_of * len(CLITICS) + clitics)
    return np.divmod(pairs, len(CLITICS))


def _letters_of(words: Iterable[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Write words one after the other, a byte a letter; return also where each begins, its length.

    Letters that a key does not tell apart have one byte; others may share theirs.
    """
    joined = "\n" * _SKETCHED + "\n".join(words) + "\n"
    characters = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    edges = np.flatnonzero(characters == ord("\n"))[_SKETCHED - 1 :]
    letters = _BYTE_OF.take(characters, mode="clip")
    padding = np.zeros(_SKETCHED, np.uint8)
    return np.concatenate([letters, padding]), edges[:-1] + 1, np.diff(edges) - 1


def _sketch(windows: np.ndarray, begins: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    return windows[begins].view("<u8").ravel() & _WHOLE.take(lengths, mode="clip")


def _spelt(letters: str) -> np.uint64:
    return np.uint64(sum(int(_BYTE_OF[ord(letter)]) << 8 * i for i, letter in enumerate(letters)))


def _without_proclitic(key: str, clitic: str) -> list[str]:
    """Return what a key may be without this proclitic: the article loses its alef in لل.

    A word that begins with ل gets no third one. The alef of لألمانيا is not that of an article.
    """
    rest = key[len(clitic) :]
    if not key.startswith(clitic):
        return []
    if clitic.endswith("لل"):
        return [f"الل{rest}"] if rest.startswith("ل") else [f"ال{rest}", f"الل{rest}"]
    return [rest]


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
    matcher = build_matcher([[words] for words in cut_aliases(aliases.tolist())])
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
    # One by one: a single mark would send all of them joined through every step of `normalize`.
    cut = [_ALIAS_WORD.findall(normalize(alias)) for alias in aliases]
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
    tree: dict[int, int] = {}
    found = []
    for alias, ways in enumerate(spellings):
        for way in ways:
            node = 0
            for word in way:
                step = node << _HALF | words.setdefault(word, len(words))
                node = tree.setdefault(step, len(tree) + 1)
            if node:
                found.append(node << _HALF | alias)
    steps = np.fromiter(tree, np.int64, len(tree))
    ends = np.unique(np.array(found, np.int64))
    heads: dict[str, list[int]] = defaultdict(list)
    spelt = list(words)
    # Steps from the root are words; nodes are numbered from 1 in the order of steps.
    for node in (np.flatnonzero(steps < 1 << _HALF) + 1).tolist():
        first = spelt[steps[node - 1]]
        heads[first].append(node * _N_CLITICS)
        for form in (several or {}).get(first, []):
            heads[form].append(node * _N_CLITICS + SEVERAL)
    letters, begins, lengths = _letters_of(heads)
    windows = np.lib.stride_tricks.sliding_window_view(letters, _SKETCHED)
    order = np.argsort(steps)
    is_inner = np.zeros(len(tree) + 1, bool)
    is_inner[steps >> _HALF] = True
    return Matcher(
        words,
        dict(heads),
        np.unique(_sketch(windows, begins, lengths)[: len(heads)]),
        steps[order],
        order + 1,
        is_inner,
        np.bincount(ends >> _HALF, minlength=len(tree) + 1),
        ends & ((1 << _HALF) - 1),
    )


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
    verbs = [_servant_glued, _glued, _split, _with_heh, _without_hamza_seat]
    for verb in [*verbs, _other_g] if foreign else verbs:
        ways |= dict.fromkeys([verb(way) for way in ways])
    return list(ways)


def _servant_glued(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return عبدالعزيز بن عبدالله for عبد العزيز بن عبد الله: بن stays a word."""
    return _joined(words, _SERVANT)


def _glued(words: tuple[str, ...]) -> tuple[str, ...]:
    return _joined(words, _GLUED_TO_NEXT)


def _joined(words: tuple[str, ...], to_next: frozenset[str]) -> tuple[str, ...]:
    result = list(words[:1])
    for word in words[1:]:
        if result[-1] in to_next or word in _GLUED_TO_LAST:
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
    rows = np.flatnonzero(n_letters)
    # Marks and kashida are no letters: where a word holds any, the letters are counted one by one.
    codes = tokens.codes[first[rows]]
    lengths = np.fromiter(map(len, tokens.vocabulary[codes]), np.int64, len(codes))
    marked = tokens.ends[first[rows]] - tokens.starts[first[rows]] != lengths
    for i in rows[marked].tolist():
        text = tokens.texts.iloc[reading.document[first[i]]]
        starts[i] = _after_letters(text, int(tokens.starts[first[i]]), int(n_letters[i]))
    return starts


def _after_letters(text: str, position: int, n_letters: int) -> int:
    while n_letters or text[position] in _TRANSPARENT:
        n_letters -= text[position] not in _TRANSPARENT
        position += 1
    return position

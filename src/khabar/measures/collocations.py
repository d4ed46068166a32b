"""Which words stand near one another more often than chance would have it."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy import sparse

from khabar.checks import require_type
from khabar.errors import KhabarError
from khabar.language.matrix import TermColumns, term_columns
from khabar.language.query import Occurrences, documents_of, find_query
from khabar.language.tokens import Tokens
from khabar.measures.association import log_dice, signed_g2
from khabar.measures.concordance import context_lines
from khabar.measures.groups import in_each_group

_CONTEXT = 8  # words of context beside both
_SIDES = {"both": (-1, 1), "before": (-1,), "after": (1,)}


def collocations(
    tokens: Tokens,
    query: str,
    *,
    window: int = 5,
    direction: str = "both",
    match: str = "citation",
    min_frequency: int = 3,
    by: pd.Series | None = None,
) -> pd.DataFrame:
    """Find the terms that stand near a word or phrase.

    Parameters
    ----------
    tokens : Tokens
    query : str
        The node: a word, wildcard or phrase, as for `concordance`.
    window : int
        Running words on a side, function words counted; 1 is adjacent. A window ends with the
        sentence.
    direction : {'both', 'before', 'after'}
        On which side of the node, in the order of reading.
    match : {'citation', 'clitics', 'surface'}
        As for `concordance`.
    min_frequency : int
        Fewest times together.
    by : Series, optional
        The group of each document; each group is looked at by itself.

    Returns
    -------
    DataFrame
        One row per term, by falling `log_dice`: the name of `by` (if given), `node`, `collocate`,
        `together` (times the two stand within the window), `before` and `after` (of those, the
        collocate stands before or after the node), `documents` (in which they do),
        `node_frequency`, `frequency` (of the collocate), `log_dice` (at most 14 for neighbours;
        comparable between corpora), `g2` (signed; how sure), `pmi` (binary; how much more often
        than chance; favours rare words).

    Notes
    -----
    A node has `window` places on each side that is looked at, so that by chance the two would meet
    node_frequency x frequency x places / words times; `g2` and `pmi` compare with that, over the
    four cells of all places. Collocates are terms as `term_frequency` counts them, without stop
    words and without the node itself.

    References
    ----------
    S. Evert (2008), Corpora and collocations, in: Corpus Linguistics, vol. 2. P. Rychlý (2008) and
    T. Dunning (1993): see `khabar.measures.association`. K. W. Church, P. Hanks (1990), CL 16(1).

    Examples
    --------
    >>> from khabar.language.tokens import tokenize
    >>> tokens = tokenize(pd.Series(["وقف إطلاق النار. وقف إطلاق النار", "إطلاق سراح"]))
    >>> table = collocations(tokens, "إطلاق", window=1, min_frequency=1)
    >>> table[["collocate", "together", "before", "after"]].values.tolist()
    [['النار', 2, 0, 2], ['وقف', 2, 2, 0], ['سراح', 1, 0, 1]]
    """
    require_type("tokens", tokens, Tokens)
    _check_window(window)
    _check_direction(direction)
    columns = term_columns(tokens)
    found = find_query(tokens, query, match=match)
    column = columns.of_type[tokens.codes]
    near = _neighbours(tokens, column, found, window, _SIDES[direction])
    row_of_node = documents_of(tokens, found.first)

    def of_group(rows: np.ndarray) -> pd.DataFrame:
        chosen = np.isin(np.arange(len(tokens.texts)), rows)
        table = _together(near[chosen[near["row"]]], min_frequency)
        table["node_frequency"] = int(chosen[row_of_node].sum())
        table["frequency"] = _frequency(tokens, column, chosen, columns)[table["term"]]
        places = window * len(_SIDES[direction])
        table = _scored(table, int(np.diff(tokens.offsets)[chosen].sum()), places)
        # Terms are numbered by spelling, which settles ties.
        table = table.sort_values(["log_dice", "term"], ascending=[False, True], ignore_index=True)
        table.insert(0, "node", query)
        table.insert(1, "collocate", columns.terms.take(table.pop("term")))
        return table

    return in_each_group(by, tokens.document_ids, of_group)


def collocation_lines(
    tokens: Tokens,
    query: str,
    collocates: Iterable[str],
    *,
    window: int = 5,
    direction: str = "both",
    match: str = "citation",
) -> pd.DataFrame:
    """Find the lines in which collocates stand near a word or phrase.

    Parameters
    ----------
    tokens : Tokens
    query : str
        The node, as for `collocations`.
    collocates : iterable of str
        Such as the column `collocate` of `collocations`.
    window, direction, match
        As they were for `collocations`.

    Returns
    -------
    DataFrame
        One row each time the two stand together, as `concordance` returns lines, with `node` and
        `collocate`; `keyword` goes from one to the other.

    Examples
    --------
    >>> from khabar.language.tokens import tokenize
    >>> tokens = tokenize(pd.Series(["بدأ وقف إطلاق النار أمس"]))
    >>> lines = collocation_lines(tokens, "إطلاق", ["وقف", "النار"])
    >>> lines[["collocate", "keyword"]].values.tolist()
    [['وقف', 'وقف إطلاق'], ['النار', 'إطلاق النار']]
    """
    require_type("tokens", tokens, Tokens)
    _check_window(window)
    _check_direction(direction)
    columns = term_columns(tokens)
    found = find_query(tokens, query, match=match)
    near = _neighbours(tokens, columns.of_type[tokens.codes], found, window, _SIDES[direction])
    near["collocate"] = columns.terms.take(near["term"])
    near = near[near["collocate"].isin(list(collocates))].sort_values(["first", "last"])
    spans = Occurrences(near["first"].to_numpy(), near["last"].to_numpy())
    lines = context_lines(tokens, spans, _CONTEXT)
    return lines.assign(node=query, collocate=near["collocate"].array)


def word_pairs(
    tokens: Tokens, *, window: int = 1, min_frequency: int = 3, by: pd.Series | None = None
) -> pd.DataFrame:
    """Find the pairs of terms that stand together, in the order in which they are written.

    Parameters
    ----------
    tokens : Tokens
    window : int
        How many running words the second may stand after the first, within the sentence; 1 is
        adjacent.
    min_frequency : int
        Fewest times together.
    by : Series, optional
        The group of each document; each group is looked at by itself.

    Returns
    -------
    DataFrame
        One row per pair, by falling `g2`: the name of `by` (if given), `node` (the first term),
        `collocate` (the second), `together`, `documents`, `node_frequency`, `frequency`,
        `log_dice`, `g2`, `pmi`, as `collocations` returns them.

    Examples
    --------
    >>> from khabar.language.tokens import tokenize
    >>> tokens = tokenize(pd.Series(["إطلاق النار", "النار", "إطلاق النار"]))
    >>> word_pairs(tokens, min_frequency=2)[["node", "collocate", "together"]].values.tolist()
    [['إطلاق', 'النار', 2]]
    """
    require_type("tokens", tokens, Tokens)
    _check_window(window)
    columns = term_columns(tokens)
    column = columns.of_type[tokens.codes]
    n_terms = len(columns.terms)
    pairs = _pairs(tokens, column, n_terms, window)

    def of_group(rows: np.ndarray) -> pd.DataFrame:
        chosen = np.isin(np.arange(len(tokens.texts)), rows)
        inside = pairs if by is None else pairs[chosen[pairs["row"]]]
        table = _together(inside, min_frequency).drop(columns=["before", "after"])
        first, second = np.divmod(table["term"].to_numpy(), max(n_terms, 1))
        frequency = _frequency(tokens, column, chosen, columns)
        table = table.assign(node_frequency=frequency[first], frequency=frequency[second])
        table = _scored(table, int(np.diff(tokens.offsets)[chosen].sum()), window)
        table = table.sort_values(["g2", "term"], ascending=[False, True], ignore_index=True)
        first, second = np.divmod(table.pop("term").to_numpy(), max(n_terms, 1))
        table.insert(0, "node", columns.terms.take(first))
        table.insert(1, "collocate", columns.terms.take(second))
        return table

    return in_each_group(by, tokens.document_ids, of_group)


def _check_window(window: int) -> None:
    if window < 1:
        raise KhabarError(f"window must be a number of words, 1 or more, not {window!r}")


def _check_direction(direction: str) -> None:
    if direction not in _SIDES:
        raise KhabarError(f"direction must be 'both', 'before' or 'after', not {direction!r}")


def _neighbours(
    tokens: Tokens, column: np.ndarray, node: Occurrences, window: int, sides: tuple[int, ...]
) -> pd.DataFrame:
    """List the terms near each node.

    Row (of the document), term, side (-1 before, 1 after), first and last (tokens of both and of
    what is between).
    """
    is_node = np.zeros(len(tokens) + 1, np.int8)
    np.add.at(is_node, node.first, 1)
    np.add.at(is_node, node.last + 1, -1)
    is_node = np.cumsum(is_node) > 0
    row, sentence = documents_of(tokens, node.first), tokens.sentences
    found = []
    for side in sides:
        edge = node.first if side < 0 else node.last
        for distance in range(1, window + 1):
            place = edge + side * distance
            near = np.flatnonzero((place >= 0) & (place < len(tokens)))
            near = near[sentence[place[near]] == sentence[edge[near]]]
            near = near[(column[place[near]] >= 0) & ~is_node[place[near]]]
            first = np.minimum(place, node.first)[near]
            last = np.maximum(place, node.last)[near]
            sides_of = np.full(len(near), side)
            found.append((row[near], column[place[near]], sides_of, first, last))
    parts = (np.concatenate(part) for part in zip(*found, strict=True))
    return pd.DataFrame(dict(zip(("row", "term", "side", "first", "last"), parts, strict=True)))


def _pairs(tokens: Tokens, column: np.ndarray, n_terms: int, window: int) -> pd.DataFrame:
    """List the pairs: row (of the document), term (one number for both), side (always after)."""
    held, sentence = np.flatnonzero(column >= 0), tokens.sentences
    row = np.repeat(np.arange(len(tokens.texts), dtype=np.int32), np.diff(tokens.offsets))
    found = []
    for distance in range(1, window + 1):
        first = held[held < len(column) - distance]
        first = first[column[first + distance] >= 0]
        first = first[sentence[first] == sentence[first + distance]]
        pair = column[first].astype(np.int64) * n_terms + column[first + distance]
        found.append((row[first], pair))
    rows, pairs = (np.concatenate(part) for part in zip(*found, strict=True))
    return pd.DataFrame({"row": rows, "term": pairs, "side": np.int8(1)})


def _together(near: pd.DataFrame, min_frequency: int) -> pd.DataFrame:
    """Count each term of `near`: together, before, after, documents."""
    code, terms = pd.factorize(near["term"].to_numpy())
    together = np.bincount(code, minlength=len(terms))
    kept = np.flatnonzero(together >= min_frequency)
    after = np.bincount(code, near["side"].to_numpy() > 0, len(terms)).astype(np.int64)
    row = near["row"].to_numpy()
    often = together[code] >= min_frequency
    shape = (int(row.max(initial=0)) + 1, len(terms))
    held = sparse.coo_array((np.ones(often.sum(), bool), (row[often], code[often])), shape).tocsr()
    documents = np.bincount(held.indices, minlength=len(terms))
    table = pd.DataFrame({"term": terms[kept], "together": together[kept]})
    table = table.assign(before=(together - after)[kept], after=after[kept])
    return table.assign(documents=documents[kept])


def _frequency(
    tokens: Tokens, column: np.ndarray, chosen: np.ndarray, columns: TermColumns
) -> np.ndarray:
    """Count each term in the chosen documents."""
    inside = column if chosen.all() else column[np.repeat(chosen, np.diff(tokens.offsets))]
    return np.bincount(inside[inside >= 0], minlength=len(columns.terms))


def _scored(table: pd.DataFrame, n_words: int, places: int) -> pd.DataFrame:
    together = table["together"].to_numpy()
    first, second = table["node_frequency"].to_numpy(), table["frequency"].to_numpy()
    inside, everywhere = first * places, n_words * places
    g2 = signed_g2(together, inside, second * places - together, everywhere - inside)
    return table.assign(
        log_dice=log_dice(together, first, second),
        g2=g2,
        pmi=np.log2(together * n_words / (first * second * places)),
    )

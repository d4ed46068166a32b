"""How rich the vocabulary is, and how frequencies fall with rank."""

import numpy as np
import pandas as pd

from khabar.checks import require_type
from khabar.errors import KhabarError
from khabar.language.matrix import DocumentTermMatrix, document_term_matrix, term_columns
from khabar.language.tokens import Tokens
from khabar.measures.frequency import term_frequency
from khabar.measures.groups import in_each_group


def lexical_diversity(
    tokens: Tokens,
    *,
    by: pd.Series | None = None,
    window: int = 100,
    terms: str = "citation",
) -> pd.DataFrame:
    """Number of different words, and their share in stretches of equal length.

    Parameters
    ----------
    tokens : Tokens
    by : Series, optional
        The group of each document.
    window : int
        Running words of a stretch.
    terms : {'citation', 'surface'}
        What counts as the same word: clitic variants, or only spellings of one written form.

    Returns
    -------
    DataFrame
        One row (per group, its name in the first column): `documents`, `tokens` (running words,
        function words included), `types` (different ones), `ttr` (types / tokens), `mattr` (mean
        share of different words in all stretches of `window` words; missing if no document is that
        long), `measured` (documents of at least `window` words: those that `mattr` rests on).

    Notes
    -----
    The plain ratio falls the more text there is, so groups of different size cannot be compared by
    it. The moving average can: every stretch has the same length, and lies in one document.

    References
    ----------
    M. A. Covington, J. D. McFall (2010), Cutting the Gordian knot: the moving-average type-token
    ratio (MATTR), Journal of Quantitative Linguistics 17(2), 94-100.

    Examples
    --------
    >>> from khabar.language.tokens import tokenize
    >>> tokens = tokenize(pd.Series(["موسكو وموسكو دمشق جنيف"]))
    >>> lexical_diversity(tokens, window=2)[["types", "ttr", "mattr"]].round(3).values.tolist()
    [[3.0, 0.75, 0.833]]
    """
    require_type("tokens", tokens, Tokens)
    if window < 1:
        raise KhabarError(f"window must be a number of words, 1 or more, not {window!r}")
    columns = term_columns(tokens, terms=terms, stop_words=None)
    codes = columns.of_type[tokens.codes]
    lengths = np.diff(tokens.offsets)
    n_windows = np.maximum(lengths - window + 1, 0)
    sums = _types_in_windows(codes, tokens.offsets, window)

    def of_group(rows: np.ndarray) -> pd.DataFrame:
        inside = np.repeat(np.isin(np.arange(len(lengths)), rows), lengths)
        n_tokens, n_types = int(lengths[rows].sum()), len(np.unique(codes[inside]))
        stretches = int(n_windows[rows].sum())
        row = {
            "documents": len(rows),
            "tokens": n_tokens,
            "types": n_types,
            "ttr": n_types / (n_tokens or np.nan),
            "mattr": sums[rows].sum() / (stretches or np.nan) / window,
            "measured": int((n_windows[rows] > 0).sum()),
        }
        return pd.DataFrame([row])

    return in_each_group(by, tokens.document_ids, of_group)


def _types_in_windows(codes: np.ndarray, offsets: np.ndarray, window: int) -> np.ndarray:
    """Return for each document the types of all its windows, added up.

    A token adds one to each window in which it is the first of its type: those that hold it and
    begin after the previous token of the type.
    """
    lengths = np.diff(offsets)
    document = np.repeat(np.arange(len(lengths)), lengths)
    place = np.arange(len(codes))
    order = np.argsort(codes, kind="stable")
    previous = np.full(len(codes), -1)
    same = codes[order][1:] == codes[order][:-1]
    previous[order[1:][same]] = order[:-1][same]
    earliest = np.maximum(np.maximum(place - window, previous) + 1, offsets[document])
    latest = np.minimum(place, offsets[document + 1] - window)
    added = np.maximum(latest - earliest + 1, 0)
    return np.bincount(document, added, len(lengths))


def zipf(tokens: Tokens | DocumentTermMatrix, *, by: pd.Series | None = None) -> pd.DataFrame:
    """Frequency by rank, beside what Zipf's law expects.

    Parameters
    ----------
    tokens : Tokens or DocumentTermMatrix
        Of tokens all written forms are ranked, function words included.
    by : Series, optional
        The group of each document.

    Returns
    -------
    DataFrame
        One row per term, the most frequent first: the name of `by` (if given), `rank` (from 1;
        equal frequencies in the order of spelling), `term`, `frequency`, `per_million`, `expected`
        (per million: that of the first rank divided by the rank).

    Examples
    --------
    >>> from khabar.language.tokens import tokenize
    >>> table = zipf(tokenize(pd.Series(["في موسكو في دمشق"])))
    >>> table[["rank", "term", "expected"]].head(2).values.tolist()
    [[1, 'في', 500000.0], [2, 'دمشق', 250000.0]]
    """
    require_type("tokens", tokens, Tokens, DocumentTermMatrix)
    if isinstance(tokens, Tokens):
        tokens = document_term_matrix(tokens, terms="surface", stop_words=None)
    table = term_frequency(tokens, by=by)
    groups = table.groupby(table.columns[0], sort=False, observed=True) if by is not None else None
    rank = (groups.cumcount() if groups is not None else pd.RangeIndex(len(table))) + 1
    first = (
        groups["per_million"].transform("first")
        if groups is not None
        else (table["per_million"].iloc[:1].sum())
    )
    table = table.assign(expected=first / rank)
    table.insert(table.columns.get_loc("term"), "rank", rank)
    return table.drop(
        columns=["document_frequency", "rate_low", "rate_high", "share", "low", "high"]
    )

"""Counts and places of words of one's own choice."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from khabar.checks import require_type
from khabar.language.query import Occurrences, documents_of, find_queries
from khabar.language.tokens import Tokens
from khabar.measures.concordance import context_lines
from khabar.measures.groups import group_name, group_of_documents, in_each_group
from khabar.measures.intervals import ALL_WORDS, occurrence_sums, rate_interval, wilson_interval


def query_counts(
    tokens: Tokens,
    queries: str | Iterable[str],
    *,
    match: str = "citation",
    by: pd.Series | None = None,
) -> pd.DataFrame:
    """Count words, wildcards or phrases of one's own choice, overall or in each group.

    Parameters
    ----------
    tokens : Tokens
    queries : str or iterable of str
        As for `concordance`.
    match : {'citation', 'clitics', 'surface'}
        As for `concordance`.
    by : Series, optional
        The group of each document. Over time, `periods(documents, freq="M")`.

    Returns
    -------
    DataFrame
        One row per group (if `by` is given, its name is the first column) and query, those that do
        not occur included: `query`, `frequency` (occurrences), `document_frequency` (documents),
        `documents` and `words` (of the group: the denominators), `per_million` (occurrences per
        million running words) with `rate_low` and `rate_high`, `share` (of the documents, 0 to 1)
        with `low` and `high` (95 % intervals). Rates of a group without documents are missing.

    Notes
    -----
    `frequency` is the number of rows of the query's concordance.

    Examples
    --------
    >>> from khabar.language.tokens import tokenize
    >>> tokens = tokenize(pd.Series(["زار لافروف سوريا", "وزير سوري في سوريا"]))
    >>> query_counts(tokens, ["سور*", "لافروف"])[["query", "frequency", "share"]].values.tolist()
    [['سور*', 3, 1.0], ['لافروف', 1, 0.5]]
    """
    require_type("tokens", tokens, Tokens)
    queries = [queries] if isinstance(queries, str) else list(queries)
    counts = occurrences_by_document(tokens, find_queries(tokens, queries, match=match))
    lengths = np.diff(tokens.offsets)

    def of_group(rows: np.ndarray) -> pd.DataFrame:
        return counts_table(occurrence_sums(counts[rows], lengths[rows]), queries)

    return in_each_group(by, tokens.document_ids, of_group, empty=True)


def occurrences_by_document(tokens: Tokens, found: list[Occurrences]) -> np.ndarray:
    """Count the occurrences of each query in each document, shape (n_documents, n_queries)."""
    counts = np.zeros((len(tokens.document_ids), len(found)), np.int64)
    for column, occurrences in enumerate(found):
        rows = documents_of(tokens, occurrences.first)
        counts[:, column] = np.bincount(rows, minlength=len(counts))
    return counts


def query_positions(
    tokens: Tokens,
    queries: str | Iterable[str],
    *,
    match: str = "citation",
    order: pd.Series | None = None,
    by: pd.Series | None = None,
) -> pd.DataFrame:
    """Where in the running words of the corpus each occurrence stands.

    Parameters
    ----------
    tokens : Tokens
    queries : str or iterable of str
        As for `concordance`.
    match : {'citation', 'clitics', 'surface'}
        As for `concordance`.
    order : Series, optional
        By what the documents are put in order, such as `documents["published"]`; those without a
        value come last. Otherwise they stand as they were tokenized.
    by : Series, optional
        The group of each document.

    Returns
    -------
    DataFrame
        One row per occurrence, by group, query and place: the name of `by` (if given), `query`,
        `place` (running words before it in its group), `words` (of the group), `document_id`,
        `line` (the occurrence with four words on either side). A query that does not occur in a
        group has one row, with `place` missing.

    Examples
    --------
    >>> from khabar.language.tokens import tokenize
    >>> tokens = tokenize(pd.Series(["زار لافروف موسكو", "عاد لافروف"]))
    >>> query_positions(tokens, "لافروف")[["place", "words"]].values.tolist()
    [[1.0, 5.0], [4.0, 5.0]]
    """
    require_type("tokens", tokens, Tokens)
    queries = [queries] if isinstance(queries, str) else list(queries)
    if order is not None:
        ranked = order.reindex(tokens.document_ids).sort_values(kind="stable", na_position="last")
        tokens = tokens.subset(ranked.index)
    group, groups = group_of_documents(by, tokens.document_ids)
    before, words = _running_words(np.diff(tokens.offsets), group, len(groups))
    tables = [_nowhere(len(groups), queries, words)]
    for number, found in enumerate(find_queries(tokens, queries, match=match)):
        found = found.at(group[documents_of(tokens, found.first)] >= 0)
        row = documents_of(tokens, found.first)
        lines = context_lines(tokens, found, 4)
        table = pd.DataFrame({"group": group[row], "query": number})
        table["place"] = before[row] + found.first - tokens.offsets[row]
        table["words"] = words[group[row]]
        table["document_id"] = lines["document_id"]
        table["line"] = lines["left"] + lines["keyword"] + lines["right"]
        tables.append(table)
    table = pd.concat(tables, ignore_index=True)
    found = table.groupby(["group", "query"])["place"].transform("count") > 0
    table = table[table["place"].notna() | ~found].sort_values(["group", "query", "place"])
    table["query"] = pd.array(queries, "str").take(table["query"])
    if by is None:
        table = table.drop(columns="group")
    else:
        table["group"] = groups.take(table["group"])
        table = table.rename(columns={"group": group_name(by)})
    return table.reset_index(drop=True)


def _running_words(
    lengths: np.ndarray, group: np.ndarray, n_groups: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return for each document the words of its group before it, and the words of each group."""
    before = np.zeros(len(lengths), np.int64)
    for i in range(n_groups):
        inside = lengths[group == i]
        before[group == i] = np.cumsum(inside) - inside
    return before, np.bincount(group[group >= 0], lengths[group >= 0], n_groups).astype(np.int64)


def _nowhere(n_groups: int, queries: list[str], words: np.ndarray) -> pd.DataFrame:
    """Return a row without a place for each group and query: it stays where nothing was found."""
    group, query = np.divmod(np.arange(n_groups * len(queries)), len(queries))
    table = pd.DataFrame({"group": group, "query": query, "place": np.nan})
    return table.assign(words=words[group], document_id=None, line="")


def counts_table(sums: pd.DataFrame, queries: list[str]) -> pd.DataFrame:
    """Make the table of `query_counts` from the `occurrence_sums` of one group of documents."""
    sums = sums.reindex([ALL_WORDS, *range(len(queries))], fill_value=0)
    n_words, n_documents = sums.loc[ALL_WORDS, ["frequency", "documents"]]
    rate_low, rate_high = rate_interval(sums)
    frequency, naming = sums.drop(index=ALL_WORDS)[["frequency", "documents"]].to_numpy().T
    low, high = wilson_interval(naming, np.full(len(naming), n_documents))
    return pd.DataFrame(
        {
            "query": pd.Series(queries, dtype="str"),
            "frequency": frequency,
            "document_frequency": naming,
            "documents": n_documents,
            "words": n_words,
            "per_million": frequency / (n_words or np.nan) * 1e6,
            "rate_low": rate_low * 1e6,
            "rate_high": rate_high * 1e6,
            "share": naming / (n_documents or np.nan),
            "low": low,
            "high": high,
        }
    )

"""How often terms occur."""

import numpy as np
import pandas as pd

from khabar.checks import require_documents, require_type
from khabar.language.matrix import DocumentTermMatrix, document_term_matrix
from khabar.language.tokens import Tokens
from khabar.measures.intervals import wilson_interval


def term_frequency(
    tokens: Tokens | DocumentTermMatrix, *, by: pd.Series | None = None
) -> pd.DataFrame:
    """Frequency of each term, overall or in each group of documents.

    Parameters
    ----------
    tokens : Tokens or DocumentTermMatrix
        Tokens are counted as `document_term_matrix` does by default: citation forms, without stop
        words. Give a matrix to count otherwise.
    by : Series, optional
        The group of each document, indexed by `document_id`.

    Returns
    -------
    DataFrame
        One row per term that occurs (in the group), the most frequent first: the name of `by`
        (if given), `term`, `frequency` (occurrences), `document_frequency` (documents that hold
        it), `per_million` (occurrences per million running words, stop words included), `share`
        (of the documents, 0 to 1) with `low` and `high`, its 95 % Wilson interval.

    Notes
    -----
    Compare outlets or periods by `per_million` or `share`, never by `frequency`: groups differ in
    size.

    Examples
    --------
    >>> from khabar.language.tokens import tokenize
    >>> terms = term_frequency(tokenize(pd.Series(["زيارة موسكو", "من موسكو وموسكو"])))
    >>> terms[["term", "frequency", "document_frequency", "share"]].values.tolist()
    [['موسكو', 3, 2, 1.0], ['زيارة', 1, 1, 0.5]]
    """
    require_type("tokens", tokens, Tokens, DocumentTermMatrix)
    dtm = tokens if isinstance(tokens, DocumentTermMatrix) else document_term_matrix(tokens)
    if by is None:
        return _frequency_table(dtm)
    require_documents("by", by, dtm.document_ids)
    groups = by.reindex(dtm.document_ids)
    name = by.name or "group"
    tables = {
        value: _frequency_table(_subset(dtm, (groups == value).to_numpy(bool, na_value=False)))
        for value in sorted(groups.dropna().unique())
    }
    if not tables:
        return _frequency_table(_subset(dtm, np.zeros(len(groups), bool))).assign(**{name: []})
    return pd.concat(tables, names=[name]).reset_index(level=0).reset_index(drop=True)


def _subset(dtm: DocumentTermMatrix, rows: np.ndarray) -> DocumentTermMatrix:
    return DocumentTermMatrix(
        dtm.counts[rows], dtm.terms, dtm.document_ids[rows], dtm.lengths[rows]
    )


def _frequency_table(dtm: DocumentTermMatrix) -> pd.DataFrame:
    n_documents, n_words = len(dtm.document_ids), int(dtm.lengths.sum())
    table = pd.DataFrame(
        {
            "term": dtm.terms.to_numpy(),
            "frequency": dtm.counts.sum(axis=0),
            "document_frequency": dtm.document_frequency,
        }
    )
    table = table[table["frequency"] > 0]
    table["per_million"] = table["frequency"] / max(n_words, 1) * 1e6
    table["share"] = table["document_frequency"] / max(n_documents, 1)
    low, high = wilson_interval(table["document_frequency"], np.full(len(table), n_documents))
    table = table.assign(low=low, high=high)
    return table.sort_values(["frequency", "term"], ascending=[False, True], ignore_index=True)

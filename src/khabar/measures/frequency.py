"""How often terms occur."""

import numpy as np
import pandas as pd

from khabar.checks import require_type
from khabar.language.matrix import DocumentTermMatrix, document_term_matrix
from khabar.language.tokens import Tokens
from khabar.measures.groups import documents_at, in_each_group
from khabar.measures.intervals import rate_interval, wilson_interval


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
        The group of each document, indexed by `document_id`; those without one are left out. A
        categorical keeps the order of its categories.

    Returns
    -------
    DataFrame
        One row per term that occurs (in the group), the most frequent first: the name of `by`
        (if given), `term`, `frequency` (occurrences), `document_frequency` (documents that hold
        it), `per_million` (occurrences per million running words, stop words included) with
        `rate_low` and `rate_high`, its 95 % interval when documents are drawn again, `share` (of
        the documents, 0 to 1) with `low` and `high`, its 95 % Wilson interval.

    Notes
    -----
    Compare outlets or periods by `per_million` or `share`, never by `frequency`: groups differ in
    size. Over time, group by `periods(documents, "M")`. Runs of words are counted with
    `tokens.ngrams(2)`; their rate is per million such runs, and those that begin or end with a
    stop word are left out.

    Examples
    --------
    >>> from khabar.language.tokens import tokenize
    >>> terms = term_frequency(tokenize(pd.Series(["زيارة موسكو", "من موسكو وموسكو"])))
    >>> terms[["term", "frequency", "document_frequency", "share"]].values.tolist()
    [['موسكو', 3, 2, 1.0], ['زيارة', 1, 1, 0.5]]
    """
    require_type("tokens", tokens, Tokens, DocumentTermMatrix)
    dtm = tokens if isinstance(tokens, DocumentTermMatrix) else document_term_matrix(tokens)
    return in_each_group(
        by, dtm.document_ids, lambda rows: _frequency_table(documents_at(dtm, rows))
    )


def _frequency_table(dtm: DocumentTermMatrix) -> pd.DataFrame:
    n_documents, n_words = len(dtm.document_ids), int(dtm.lengths.sum())
    low, high = rate_interval(dtm.counts, dtm.lengths)
    table = pd.DataFrame(
        {
            "term": dtm.terms.to_numpy(),
            "frequency": dtm.counts.sum(axis=0),
            "document_frequency": dtm.document_frequency,
            "rate_low": low * 1e6,
            "rate_high": high * 1e6,
        }
    )
    table = table[table["frequency"] > 0]
    table["per_million"] = table["frequency"] / max(n_words, 1) * 1e6
    table["share"] = table["document_frequency"] / max(n_documents, 1)
    low, high = wilson_interval(table["document_frequency"], np.full(len(table), n_documents))
    table = table.assign(low=low, high=high)
    order = ["term", "frequency", "document_frequency", "per_million", "rate_low", "rate_high"]
    table = table[[*order, "share", "low", "high"]]
    return table.sort_values(["frequency", "term"], ascending=[False, True], ignore_index=True)

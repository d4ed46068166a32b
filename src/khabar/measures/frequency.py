"""How often terms occur."""

import numpy as np
import pandas as pd

from khabar.checks import require_type
from khabar.errors import KhabarError
from khabar.language.matrix import DocumentTermMatrix, document_term_matrix
from khabar.language.tokens import Tokens
from khabar.measures.groups import in_each_group
from khabar.measures.intervals import ALL_WORDS, occurrence_sums, rate_interval, wilson_interval


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
    if dtm.counts.dtype.kind == "f":
        raise KhabarError("tokens must hold occurrences; give the matrix before .tfidf()")

    def of_group(rows: np.ndarray) -> pd.DataFrame:
        return frequency_table(occurrence_sums(dtm.counts[rows], dtm.lengths[rows]), dtm.terms)

    return in_each_group(by, dtm.document_ids, of_group)


def frequency_table(sums: pd.DataFrame, terms: pd.Index) -> pd.DataFrame:
    """Make the table of `term_frequency` from the `occurrence_sums` of one group of documents."""
    n_words, n_documents = sums.loc[ALL_WORDS, ["frequency", "documents"]]
    rate_low, rate_high = rate_interval(sums)
    sums = sums.drop(index=ALL_WORDS)
    low, high = wilson_interval(sums["documents"], np.full(len(sums), n_documents))
    table = pd.DataFrame(
        {
            "term": terms.to_numpy()[sums.index],
            "frequency": sums["frequency"].to_numpy(),
            "document_frequency": sums["documents"].to_numpy(),
            "per_million": sums["frequency"].to_numpy() / max(n_words, 1) * 1e6,
            "rate_low": rate_low * 1e6,
            "rate_high": rate_high * 1e6,
            "share": sums["documents"].to_numpy() / max(n_documents, 1),
            "low": low,
            "high": high,
        }
    )
    return table.sort_values(["frequency", "term"], ascending=[False, True], ignore_index=True)

"""How evenly terms are spread over the documents."""

import numpy as np
import pandas as pd
from scipy import sparse

from khabar.checks import require_type
from khabar.language.matrix import DocumentTermMatrix, document_term_matrix
from khabar.language.tokens import Tokens
from khabar.measures.groups import documents_at, in_each_group


def dispersion(tokens: Tokens | DocumentTermMatrix, *, by: pd.Series | None = None) -> pd.DataFrame:
    """Tell how evenly each term is spread over the documents.

    Parameters
    ----------
    tokens : Tokens or DocumentTermMatrix
        As for `term_frequency`. The parts that are compared are the rows: documents, or with
        `dtm.group(documents["outlet"])` outlets.
    by : Series, optional
        The group of each document; each group is looked at by itself.

    Returns
    -------
    DataFrame
        One row per term that occurs (in the group), the most frequent first: the name of `by`
        (if given), `term`, `frequency`, `range` (documents that hold it), `range_share` (0 to 1),
        `juilland_d` (1: the same rate everywhere, 0: all in one document), `dp` (0: spread as the
        words are, towards 1: all in a small part) and `dp_norm` (the same, 1 being reached).
        `juilland_d` and `dp_norm` are missing for a single document.

    Notes
    -----
    Documents without words are no parts. Juilland's D is 1 - V / sqrt(n - 1), V the variation of
    the term's rates in the n documents. Gries's DP is half the sum of |v - s|, v the share of the
    term's occurrences and s that of the words that a document has; DPnorm is DP / (1 - min s).
    The shorter the documents, the larger DP of any rare term: compare terms of like frequency.

    References
    ----------
    S. Th. Gries (2008), Dispersions and adjusted frequencies in corpora, IJCL 13(4), 403-437.
    J. Lijffijt, S. Th. Gries (2012), Correction, IJCL 17(1), 147-149.

    Examples
    --------
    >>> from khabar.language.tokens import tokenize
    >>> table = dispersion(tokenize(pd.Series(["موسكو دمشق", "موسكو جنيف"]))).set_index("term")
    >>> table.loc[["موسكو", "جنيف"], ["range", "juilland_d", "dp", "dp_norm"]].values.tolist()
    [[2.0, 1.0, 0.0, 0.0], [1.0, 0.0, 0.5, 1.0]]
    """
    require_type("tokens", tokens, Tokens, DocumentTermMatrix)
    dtm = tokens if isinstance(tokens, DocumentTermMatrix) else document_term_matrix(tokens)
    return in_each_group(
        by, dtm.document_ids, lambda rows: _dispersion_table(documents_at(dtm, rows))
    )


def _dispersion_table(dtm: DocumentTermMatrix) -> pd.DataFrame:
    parts = np.flatnonzero(dtm.lengths > 0)
    counts, lengths = sparse.csr_array(dtm.counts[parts]), dtm.lengths[parts]
    frequency = np.asarray(counts.sum(axis=0)).ravel()
    occurring = np.flatnonzero(frequency)
    counts, frequency = counts[:, occurring].tocoo(), frequency[occurring]
    n_documents, n_terms = len(parts), len(occurring)
    row, column = counts.coords
    held = np.bincount(column, minlength=n_terms)

    rate = counts.data / lengths[row]
    mean = np.bincount(column, rate, n_terms) / max(n_documents, 1)
    deviation = np.bincount(column, (rate - mean[column]) ** 2, n_terms)
    deviation = deviation + (n_documents - held) * mean**2
    share = lengths / max(lengths.sum(), 1)
    apart = np.abs(counts.data / frequency[column] - share[row])
    elsewhere = 1 - np.bincount(column, share[row], n_terms)
    dp = (np.bincount(column, apart, n_terms) + elsewhere) / 2
    several = n_documents > 1
    variation = np.sqrt(deviation / max(n_documents, 1)) / mean
    table = pd.DataFrame(
        {
            "term": dtm.terms.to_numpy()[occurring],
            "frequency": frequency,
            "range": held,
            "range_share": held / max(n_documents, 1),
            "juilland_d": 1 - variation / np.sqrt(n_documents - 1) if several else np.nan,
            "dp": dp,
            "dp_norm": dp / (1 - share.min()) if several else np.nan,
        }
    )
    return table.sort_values(["frequency", "term"], ascending=[False, True], ignore_index=True)

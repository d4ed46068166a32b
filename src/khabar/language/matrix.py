"""The document-term matrix: how often each term occurs in each document."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import sparse

from khabar.checks import require_documents, require_type
from khabar.errors import KhabarError
from khabar.language.citation import citation_forms
from khabar.language.orthography import keys_of_types
from khabar.language.stopwords import bundled_keys
from khabar.language.tokens import Tokens


@dataclass(frozen=True, eq=False, repr=False)
class DocumentTermMatrix:
    """Counts of terms in documents, sparse throughout.

    Attributes
    ----------
    counts : csr_array, shape (n_documents, n_terms)
        Occurrences; weights after `tfidf`.
    terms : Index of str
        The columns, as shown to people.
    document_ids : Index
        The rows.
    lengths : ndarray of int64, shape (n_documents,)
        Running words of each document, those that are no term included: the base of rates.
    """

    counts: sparse.csr_array
    terms: pd.Index
    document_ids: pd.Index
    lengths: np.ndarray

    def __repr__(self) -> str:
        n_documents, n_terms = self.counts.shape
        return f"<DocumentTermMatrix: {n_documents} documents, {n_terms} terms>"

    @property
    def document_frequency(self) -> np.ndarray:
        """For each term the number of documents that hold it."""
        return self.counts.astype(bool).sum(axis=0)

    def trim(
        self, *, min_df: int = 1, max_df: float = 1.0, max_terms: int | None = None
    ) -> "DocumentTermMatrix":
        """Keep the terms of at least `min_df` documents and at most a share `max_df` of them.

        Parameters
        ----------
        min_df : int
            Documents.
        max_df : float
            Share of the documents, 0 to 1.
        max_terms : int, optional
            Of those left, the ones in the most documents; ties go by spelling.
        """
        if not 0 <= max_df <= 1:
            raise KhabarError(f"max_df must be a share between 0 and 1, not {max_df!r}")
        df = self.document_frequency
        kept = np.flatnonzero((df >= min_df) & (df <= max_df * len(self.document_ids)))
        if max_terms is not None and len(kept) > max_terms:
            order = np.lexsort([self.terms[kept], -df[kept]])
            kept = np.sort(kept[order[:max_terms]])
        return replace(self, counts=self.counts[:, kept], terms=self.terms[kept])

    def group(self, by: pd.Series) -> "DocumentTermMatrix":
        """Add up the documents of each value of `by`, a Series indexed by document.

        Documents whose value is missing are left out.
        """
        require_documents("by", by, self.document_ids)
        values = by.reindex(self.document_ids)
        position, groups = pd.factorize(values, sort=True)
        known = np.flatnonzero(position >= 0)
        shape = (len(groups), len(self.document_ids))
        sums = sparse.csr_array((np.ones(len(known), int), (position[known], known)), shape)
        return replace(
            self,
            counts=sparse.csr_array(sums @ self.counts),
            document_ids=pd.Index(groups, name=by.name),
            lengths=sums @ self.lengths,
        )

    def tfidf(self) -> "DocumentTermMatrix":
        """Weigh each count by log(1 + count) * (ln((1 + n) / (1 + df)) + 1), rows of length 1.

        The damped frequency keeps one repetitive article from owning a term; the smoothed inverse
        document frequency is the one of scikit-learn's `TfidfTransformer`. A document without
        terms stays a row of zeros.
        """
        return replace(self, counts=tfidf_weights(self.counts))


def tfidf_weights(
    counts: sparse.csr_array, document_frequency: np.ndarray | None = None, n: int | None = None
) -> sparse.csr_array:
    """Weigh a matrix of counts as `DocumentTermMatrix.tfidf` says.

    New documents are weighed by the `document_frequency` of the `n` documents known before.
    """
    if document_frequency is None:
        document_frequency, n = counts.astype(bool).sum(axis=0), counts.shape[0]
    idf = np.log((1 + n) / (1 + document_frequency)) + 1
    weights = counts.astype(np.float32)
    weights.data = np.log1p(weights.data) * idf.astype(np.float32)[weights.indices]
    norms = np.sqrt(weights.multiply(weights).sum(axis=1))
    weights.data /= np.repeat(norms, np.diff(weights.indptr))
    return weights


def document_term_matrix(
    tokens: Tokens, *, terms: str = "citation", stop_words: pd.DataFrame | str | None = "bundled"
) -> DocumentTermMatrix:
    """Count the terms of each document.

    Parameters
    ----------
    tokens : Tokens
    terms : {'citation', 'surface'}
        What falls together: clitic variants of a word (`والسعودية`, `للسعودية`), or only spellings
        of one written form.
    stop_words : DataFrame or None, optional
        What is left out: a table as `stop_words` makes it, with words added or removed; None for
        nothing. By default the bundled list, and words of one letter.

    Returns
    -------
    DocumentTermMatrix
        `terms` holds for each group its commonest written form: with or without the article, but
        never with a conjunction or preposition attached, and never a folded key.

    Examples
    --------
    >>> from khabar.language.tokens import tokenize
    >>> tokens = tokenize(pd.Series(["موسكو وموسكو والأزمة", "في موسكو"]))
    >>> dtm = document_term_matrix(tokens)
    >>> dtm
    <DocumentTermMatrix: 2 documents, 2 terms>
    >>> list(dtm.terms), dtm.counts.toarray().tolist()
    (['أزمة', 'موسكو'], [[1, 2], [0, 1]])
    """
    require_type("tokens", tokens, Tokens)
    if terms not in {"citation", "surface"}:
        raise KhabarError(f"terms must be 'citation' or 'surface', not {terms!r}")
    groups = _group_types(tokens, citation=terms == "citation", stop_keys=_stop_keys(stop_words))
    position = np.full(len(tokens.vocabulary), -1, np.int32)
    position[groups["type"]] = groups["position"]
    column = position[tokens.codes]
    held = column >= 0
    shown = groups.drop_duplicates("position").sort_values("position")["term"]
    rows = tokens.document_positions[held].astype(np.int32)
    counts = sparse.coo_array(
        (np.ones(len(rows), np.int32), (rows, column[held])),
        shape=(len(tokens.document_ids), len(shown)),
    ).tocsr()
    counts.sum_duplicates()
    names = pd.Index(shown, dtype=object, name="term")
    return DocumentTermMatrix(counts, names, tokens.document_ids, np.diff(tokens.offsets))


def _stop_keys(stop_words: pd.DataFrame | str | None) -> Collection[str]:
    if stop_words is None:
        return frozenset()
    if isinstance(stop_words, pd.DataFrame) and "key" in stop_words:
        return frozenset(stop_words["key"])
    if not (isinstance(stop_words, str) and stop_words == "bundled"):
        raise KhabarError("stop_words must be None or a table that kb.stop_words() returned")
    return bundled_keys()


def _group_types(tokens: Tokens, *, citation: bool, stop_keys: Collection[str]) -> pd.DataFrame:
    """Assign each type that counts to a group: type, key, term, position (of the column)."""
    frequency = np.bincount(tokens.codes, minlength=len(tokens.vocabulary))
    used = np.flatnonzero(frequency)
    # By spelling, so that the order of the documents decides nothing.
    used = np.array(sorted(used, key=tokens.vocabulary.to_numpy().__getitem__), np.int64)
    form = tokens.vocabulary[used].to_numpy()
    types = pd.DataFrame({"type": used, "form": form, "frequency": frequency[used]})
    types["form_key"] = keys_of_types(form)
    if stop_keys:
        kept = ~types["form_key"].isin(stop_keys) & (types["form"].str.len() > 1)
        types = types[kept.to_numpy(bool)].copy()
    types["lemma"] = citation_forms(types["form"]) if citation else types["form"]
    types["key"] = keys_of_types(types["lemma"]) if citation else types["form_key"]
    types["term"] = types["key"].map(_shown_forms(types))
    position = {term: i for i, term in enumerate(sorted(set(types["term"])))}
    types["position"] = types["term"].map(position)
    return types


def _shown_forms(types: pd.DataFrame) -> pd.Series:
    """Return for each key its commonest form, bare or with the article; else its citation form."""
    with_article = np.array("ال", dtype=object) + types["key"].to_numpy(object)
    plain = (types["form_key"] == types["key"]) | (types["form_key"] == with_article)
    shown = types["form"].where(plain, types["lemma"])
    ranked = np.lexsort([-types["frequency"], ~plain])
    table = pd.DataFrame({"key": types["key"], "shown": shown}).iloc[ranked]
    return table.drop_duplicates("key").set_index("key")["shown"]

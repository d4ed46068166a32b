"""The document-term matrix: how often each term occurs in each document."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

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
        kept = kept_terms(
            self.terms,
            self.document_frequency,
            len(self.document_ids),
            min_df=min_df,
            max_df=max_df,
            max_terms=max_terms,
        )
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


def kept_terms(
    terms: pd.Index,
    document_frequency: np.ndarray,
    n_documents: int,
    *,
    min_df: int = 1,
    max_df: float = 1.0,
    max_terms: int | None = None,
) -> np.ndarray:
    """Return the positions of the terms that `DocumentTermMatrix.trim`, which see, keeps."""
    if not 0 <= max_df <= 1:
        raise KhabarError(f"max_df must be a share between 0 and 1, not {max_df!r}")
    df = document_frequency
    kept = np.flatnonzero((df >= min_df) & (df <= max_df * n_documents))
    if max_terms is not None and len(kept) > max_terms:
        order = np.lexsort([terms[kept], -df[kept]])
        kept = np.sort(kept[order[:max_terms]])
    return kept


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
    return count_terms(tokens, term_columns(tokens, terms=terms, stop_words=stop_words))


@dataclass(frozen=True, eq=False)
class TermColumns:
    """Which types of a corpus are counted as which term.

    Attributes
    ----------
    of_type : ndarray of int32, shape (n_types,)
        For each type the position of its term, -1 for a type that is not counted.
    terms : Index of str
        The terms, as shown to people.
    """

    of_type: np.ndarray
    terms: pd.Index


def term_columns(
    tokens: Tokens, *, terms: str = "citation", stop_words: pd.DataFrame | str | None = "bundled"
) -> TermColumns:
    """Group types into terms as `document_term_matrix` does, which see.

    >>> from khabar.language.tokens import tokenize
    >>> columns = term_columns(tokenize(pd.Series(["موسكو وموسكو في أزمة"])))
    >>> columns.of_type.tolist(), list(columns.terms)
    ([1, 1, -1, 0], ['أزمة', 'موسكو'])
    """
    require_type("tokens", tokens, Tokens)
    frequency = np.bincount(tokens.codes, minlength=len(tokens.vocabulary))
    return columns_of_types(tokens.vocabulary, frequency, terms=terms, stop_words=stop_words)


def columns_of_types(
    types: Iterable[str],
    frequency: np.ndarray,
    *,
    terms: str = "citation",
    stop_words: pd.DataFrame | str | None = "bundled",
) -> TermColumns:
    """Group the types of a corpus into terms, given how often each one occurs in all of it.

    Which types fall together, and how their term is shown, depends on the whole corpus; which
    documents they stand in does not matter. So a corpus in blocks is gone through twice: once to
    add up the types, once to count the terms.

    >>> columns = columns_of_types(["موسكو", "وموسكو", "في"], np.array([1, 1, 1]))
    >>> columns.of_type.tolist(), list(columns.terms)
    ([0, 0, -1], ['موسكو'])
    """
    if terms not in {"citation", "surface"}:
        raise KhabarError(f"terms must be 'citation' or 'surface', not {terms!r}")
    frequencies = np.asarray(frequency, np.int64).tobytes()
    return _columns_of("\n".join(types), frequencies, terms == "citation", _stop_keys(stop_words))


def count_terms(tokens: Tokens, columns: TermColumns) -> DocumentTermMatrix:
    """Count the terms of each document, given which type is counted as which."""
    column = columns.of_type[tokens.codes]
    held = column >= 0
    rows = np.repeat(np.arange(len(tokens.texts), dtype=np.int32), np.diff(tokens.offsets))[held]
    counts = sparse.coo_array(
        (np.ones(len(rows), np.int32), (rows, column[held])),
        shape=(len(tokens.document_ids), len(columns.terms)),
    ).tocsr()
    counts.sum_duplicates()
    return DocumentTermMatrix(counts, columns.terms, tokens.document_ids, np.diff(tokens.offsets))


# An analyst asks one corpus many questions: its types are grouped once.
@lru_cache(maxsize=4)
def _columns_of(
    joined: str, frequencies: bytes, citation: bool, stop_keys: frozenset[str]
) -> TermColumns:
    """Group the types, one a line, that occur as often as the bytes of int64 say."""
    frequency = np.frombuffer(frequencies, np.int64)
    spelt = np.array(joined.split("\n"), dtype=object)
    # By spelling, so that the order of the documents decides nothing.
    used = np.array(sorted(np.flatnonzero(frequency), key=spelt.__getitem__), np.int64)
    form_key = np.array(keys_of_types(spelt[used]), dtype=object)
    if stop_keys:
        kept = np.array([not _is_stopped(key, stop_keys) for key in form_key], bool)
        used, form_key = used[kept], form_key[kept]
    form = spelt[used]
    lemma = _word_by_word(form) if citation else form
    key = np.array(keys_of_types(lemma), dtype=object) if citation else form_key
    shown = _shown_forms(form, form_key, lemma, key, frequency[used], stop_keys)
    term = [shown[k] for k in key]
    terms = pd.Index(sorted(set(term)), dtype=object, name="term")
    of_type = np.full(len(frequency), -1, np.int32)
    of_type[used] = terms.get_indexer(pd.Index(term, dtype=object))
    of_type.flags.writeable = False
    return TermColumns(of_type, terms)


def _stop_keys(stop_words: pd.DataFrame | str | None) -> frozenset[str]:
    if stop_words is None:
        return frozenset()
    if isinstance(stop_words, pd.DataFrame) and "key" in stop_words:
        return frozenset(stop_words["key"])
    if not (isinstance(stop_words, str) and stop_words == "bundled"):
        raise KhabarError("stop_words must be None or a table that kb.stop_words() returned")
    return bundled_keys()


def _is_stopped(key: str, stop_keys: Collection[str]) -> bool:
    """Tell whether it is a stop word or a single letter; an n-gram, by its first and last word.

    >>> [_is_stopped(key, {"من"}) for key in ["من", "من موسكو", "وفد من موسكو"]]
    [True, True, False]
    """
    if " " not in key:
        return key in stop_keys or len(key) < 2
    words = key.split(" ")
    return _is_stopped(words[0], stop_keys) or _is_stopped(words[-1], stop_keys)


def _word_by_word(forms: np.ndarray) -> np.ndarray:
    """Return the citation form of each type, of an n-gram that of each of its words."""
    if not any(" " in form for form in forms):
        return citation_forms(forms)
    words = sorted({word for form in forms for word in form.split(" ")})
    citation = dict(zip(words, citation_forms(words), strict=True))
    joined = [" ".join(citation[word] for word in form.split(" ")) for form in forms]
    return np.array(joined, dtype=object)


def _shown_forms(
    form: np.ndarray,
    form_key: np.ndarray,
    lemma: np.ndarray,
    key: np.ndarray,
    frequency: np.ndarray,
    stop_keys: Collection[str],
) -> dict[str, str]:
    """Return for each key its commonest form, bare or with the article; else its citation form.

    Of an n-gram the first word tells: الأمم المتحدة is shown, never بالأمم المتحدة. Where the
    citation form is a stop word, as of لعامها, that is not what was counted, and the commonest form
    that was is shown.
    """
    plain = np.array([_is_plain(f, k) for f, k in zip(form_key, key, strict=True)], bool)
    shown: dict[str, str] = {}
    for i in np.lexsort([-frequency, ~plain]).tolist():
        counted = plain[i] or key[i] in stop_keys
        shown.setdefault(key[i], form[i] if counted else lemma[i])
    return shown


def _is_plain(form_key: str, key: str) -> bool:
    first_form, first = form_key.partition(" ")[0], key.partition(" ")[0]
    return first_form in (first, "ال" + first)

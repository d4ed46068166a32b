"""Words counted a block at a time; the tables are those of the functions of the same names."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy import sparse

from khabar.blocks.groups import Groups
from khabar.blocks.table import Table
from khabar.checks import require_type
from khabar.language.matrix import DocumentTermMatrix, columns_of_types, count_terms, kept_terms
from khabar.language.query import find_meant, types_meant
from khabar.language.tokens import Tokens, tokenize
from khabar.measures.frequency import frequency_table
from khabar.measures.groups import under_one_another
from khabar.measures.intervals import add_sums, occurrence_sums
from khabar.measures.queries import counts_table, occurrences_by_document
from khabar.progress import progress


def term_frequency(corpus: Table, *, by: str | pd.Series | None = None) -> pd.DataFrame:
    """Frequency of each term of a corpus of any size, overall or in each group of documents.

    Parameters
    ----------
    corpus : Table
        As `open_corpus` gives it.
    by : str or Series, optional
        The column with the group of each document, or the groups as for `kb.term_frequency`.

    Returns
    -------
    DataFrame
        As `kb.term_frequency` returns it for the same documents, to the last digit.

    Notes
    -----
    The texts are gone through twice: which words fall together depends on all of them. Memory
    holds a block, the different words (some 500 bytes each) and the terms of each group.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from khabar.blocks.table import open_corpus
    >>> path = Path(tempfile.mkdtemp())
    >>> texts = {"a": "وصل لافروف. وقال: «نأمل خيرا في موسكو»", "b": "عاد لافروف إلى موسكو"}
    >>> documents = pd.DataFrame({"document_id": texts.keys(), "text": texts.values()})
    >>> documents.assign(story_id=["a", "b"]).to_parquet(path / "corpus.parquet")
    >>> corpus = open_corpus(path / "corpus.parquet")
    >>> term_frequency(corpus)[["term", "frequency"]].head(2).values.tolist()
    [['لافروف', 2], ['موسكو', 2]]
    """
    require_type("corpus", corpus, Table)
    corpus.require("text", *Groups(by).columns)
    types, frequency = _types_of(corpus)
    columns = columns_of_types(types, frequency)
    sums = _sums_by_group(corpus, by, lambda tokens: count_terms(tokens, columns).counts)
    tables = {group: frequency_table(total, columns.terms) for group, total in sums.items()}
    return _joined(tables, by, frequency_table(_no_sums(), columns.terms))


def query_counts(
    corpus: Table,
    queries: str | Iterable[str],
    *,
    match: str = "citation",
    by: str | pd.Series | None = None,
) -> pd.DataFrame:
    """Count words, wildcards or phrases in a corpus of any size, overall or in each group.

    Parameters
    ----------
    corpus : Table
        As `open_corpus` gives it.
    queries : str or iterable of str
        As for `kb.query_counts`.
    match : {'citation', 'clitics', 'surface'}
        As for `kb.query_counts`.
    by : str or Series, optional
        As for `term_frequency`.

    Returns
    -------
    DataFrame
        As `kb.query_counts` returns it for the same documents, to the last digit.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from khabar.blocks.table import open_corpus
    >>> path = Path(tempfile.mkdtemp())
    >>> texts = {"a": "وصل لافروف. وقال: «نأمل خيرا في موسكو»", "b": "عاد لافروف إلى موسكو"}
    >>> documents = pd.DataFrame({"document_id": texts.keys(), "text": texts.values()})
    >>> documents.assign(story_id=["a", "b"]).to_parquet(path / "corpus.parquet")
    >>> corpus = open_corpus(path / "corpus.parquet")
    >>> query_counts(corpus, ["لافروف", "خير"])[["query", "frequency"]].values.tolist()
    [['لافروف', 2], ['خير', 0]]
    """
    require_type("corpus", corpus, Table)
    corpus.require("text", *Groups(by).columns)
    queries = [queries] if isinstance(queries, str) else list(queries)
    meant = types_meant(*_types_of(corpus), queries, match=match)

    def counts_of(tokens: Tokens) -> np.ndarray:
        return occurrences_by_document(tokens, find_meant(tokens, meant))

    sums = _sums_by_group(corpus, by, counts_of, empty=True)
    tables = {group: counts_table(total, queries) for group, total in sums.items()}
    return _joined(tables, by, counts_table(_no_sums(), queries))


def document_term_matrix(
    corpus: Table,
    *,
    terms: str = "citation",
    stop_words: pd.DataFrame | str | None = "bundled",
    min_df: int = 1,
    max_df: float = 1.0,
    max_terms: int | None = None,
) -> DocumentTermMatrix:
    """Count the terms of each document of a corpus whose texts do not fit into memory.

    Parameters
    ----------
    corpus : Table
        As `open_corpus` gives it.
    terms : {'citation', 'surface'}
        As for `kb.document_term_matrix`.
    stop_words : DataFrame or None, optional
        As for `kb.document_term_matrix`.
    min_df, max_df, max_terms
        As for `DocumentTermMatrix.trim`.

    Returns
    -------
    DocumentTermMatrix
        The same that `kb.document_term_matrix` and then `.trim` make of the same documents.

    Notes
    -----
    The matrix itself is held in memory: eight bytes for each term of each document, about a
    kilobyte a document. Trimmed here, the rest is never held.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from khabar.blocks.table import open_corpus
    >>> path = Path(tempfile.mkdtemp())
    >>> texts = {"a": "وصل لافروف. وقال: «نأمل خيرا في موسكو»", "b": "عاد لافروف إلى موسكو"}
    >>> documents = pd.DataFrame({"document_id": texts.keys(), "text": texts.values()})
    >>> documents.assign(story_id=["a", "b"]).to_parquet(path / "corpus.parquet")
    >>> corpus = open_corpus(path / "corpus.parquet")
    >>> document_term_matrix(corpus, min_df=2)
    <DocumentTermMatrix: 2 documents, 2 terms>
    """
    require_type("corpus", corpus, Table)
    types, frequency = _types_of(corpus)
    columns = columns_of_types(types, frequency, terms=terms, stop_words=stop_words)
    kept = np.arange(len(columns.terms))
    if (min_df, max_df, max_terms) != (1, 1.0, None):
        df = np.zeros(len(columns.terms), np.int64)
        for _, tokens in _tokens_of(corpus, types):
            df += count_terms(tokens, columns).document_frequency
        kept = kept_terms(
            columns.terms, df, len(corpus), min_df=min_df, max_df=max_df, max_terms=max_terms
        )
    counts, ids, lengths = [], [], []
    for block, tokens in _tokens_of(corpus, types):
        counts.append(count_terms(tokens, columns).counts[:, kept])
        ids.append(block.index)
        lengths.append(np.diff(tokens.offsets))
    return DocumentTermMatrix(
        sparse.csr_array(sparse.vstack(counts, "csr")),
        columns.terms[kept],
        ids[0].append(ids[1:]),
        np.concatenate(lengths),
    )


# An analyst asks one corpus many questions: its words are collected once.
@lru_cache(maxsize=1)
def _types_of(corpus: Table) -> tuple[pd.Index, np.ndarray]:
    """Return the types of a corpus and how often each one occurs."""
    counts: Counter[str] = Counter()
    for block in progress(corpus.blocks(["text"]), "collect words", total=corpus.n_blocks):
        tokens = tokenize(block["text"])
        frequency = np.bincount(tokens.codes, minlength=len(tokens.vocabulary))
        counts.update(dict(zip(tokens.vocabulary, frequency.tolist(), strict=True)))
    return pd.Index(counts, dtype=object), np.fromiter(counts.values(), np.int64, len(counts))


def _tokens_of(
    corpus: Table, types: pd.Index, columns: Iterable[str] = ()
) -> Iterator[tuple[pd.DataFrame, Tokens]]:
    """Yield each block, and its tokens as codes of the types of the whole corpus."""
    blocks = corpus.blocks(["text", *columns])
    for block in progress(blocks, "count", total=corpus.n_blocks):
        tokens = tokenize(block["text"])
        code = types.get_indexer(tokens.vocabulary).astype(np.int32)
        yield block, replace(tokens, codes=code[tokens.codes], vocabulary=types)


def _sums_by_group(
    corpus: Table,
    by: str | pd.Series | None,
    counts_of: Callable[[Tokens], sparse.csr_array | np.ndarray],
    *,
    empty: bool = False,
) -> dict[Hashable, pd.DataFrame]:
    """Add up the `occurrence_sums` of each group, the groups in their order."""
    groups = Groups(by)
    sums: dict[Hashable, pd.DataFrame] = {}
    for block, tokens in _tokens_of(corpus, _types_of(corpus)[0], groups.columns):
        counts, lengths = counts_of(tokens), np.diff(tokens.offsets)
        for group, rows in groups.rows(block):
            of_group = occurrence_sums(counts[rows], lengths[rows])
            sums[group] = add_sums([sums[group], of_group]) if group in sums else of_group
    if empty:
        sums |= {group: _no_sums() for group in groups.categories if group not in sums}
    return {group: sums[group] for group in groups.in_order(sums)}


def _joined(
    tables: dict[Hashable, pd.DataFrame], by: str | pd.Series | None, nothing: pd.DataFrame
) -> pd.DataFrame:
    if by is None:
        return next(iter(tables.values()), nothing)
    return under_one_another(tables, Groups(by).name, nothing)


def _no_sums() -> pd.DataFrame:
    return occurrence_sums(np.zeros((0, 0), np.int64), np.zeros(0, np.int64))

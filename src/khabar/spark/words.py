"""Terms of a table of documents: how often they occur, and as vectors for Spark ML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from khabar.errors import KhabarError
from khabar.language.matrix import (
    DocumentTermMatrix,
    TermColumns,
    columns_of_types,
    count_terms,
    kept_terms,
)
from khabar.language.tokens import tokenize
from khabar.measures.frequency import frequency_table
from khabar.measures.groups import under_one_another
from khabar.measures.intervals import ALL_WORDS, occurrence_sums
from khabar.spark.table import require_columns, typed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_SUMS = ["frequency", "documents", "squares", "by_length"]


def term_frequency(documents: DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """Frequency of each term, overall or in each group of documents.

    Parameters
    ----------
    documents : Spark DataFrame
        With `document_id` and `text`.
    by : str, optional
        The column that holds the group of each document; those without one are left out.

    Returns
    -------
    DataFrame
        Of pandas, to the last digit as `khabar.term_frequency` returns it. It has a row for every
        term, so that it, and the types of the corpus, must find room in the driver.

    Notes
    -----
    Every text is cut into words twice: once to see which types there are and how they fall
    together, once to count.
    """
    require_columns(documents, ["document_id", "text", *([by] if by else [])])
    types, columns = corpus_terms(documents)
    sums = _sums(documents, columns_of(types, columns), len(columns.terms), by)
    nothing = occurrence_sums(np.zeros((0, len(columns.terms)), int), np.zeros(0, int))
    if by is None:
        every = sums.drop(columns="group").set_index("term") if len(sums) else nothing
        return frequency_table(every, columns.terms)
    tables = {
        group: frequency_table(part.set_index("term")[_SUMS], columns.terms)
        for group, part in sums.groupby("group", sort=True)
    }
    return under_one_another(tables, by, frequency_table(nothing, columns.terms))


def document_term_matrix(
    documents: DataFrame,
    *,
    min_df: int = 1,
    max_df: float = 1.0,
    max_terms: int | None = None,
) -> tuple[DataFrame, pd.Index]:
    """Count the terms of each document, as vectors for Spark ML.

    Parameters
    ----------
    documents : Spark DataFrame
        With `document_id` and `text`.
    min_df, max_df, max_terms
        Which terms are kept, as for `DocumentTermMatrix.trim`.

    Returns
    -------
    matrix : Spark DataFrame
        `document_id`, `length` (running words) and `counts` (sparse vector of occurrences), which
        `CountVectorizerModel` makes from citation forms: what `IDF`, `KMeans` and the other
        estimators of Spark ML take.
    terms : Index of str
        What the places in a vector stand for, as shown to people.
    """
    from pyspark.ml.feature import CountVectorizerModel

    require_columns(documents, ["document_id", "text"])
    types, columns = corpus_terms(documents)
    sums = _sums(documents, columns_of(types, columns), len(columns.terms), None).set_index("term")
    n_documents = int(sums["documents"].get(ALL_WORDS, 0))
    df = sums["documents"].reindex(np.arange(len(columns.terms)), fill_value=0).to_numpy()
    limits = {"min_df": min_df, "max_df": max_df, "max_terms": max_terms}
    kept = kept_terms(columns.terms, df, n_documents, **limits)
    if not len(kept):
        raise KhabarError(f"none of {len(columns.terms)} terms is kept with {limits}")
    terms = columns.terms[kept]
    count = counter(columns_of(types, columns, kept), len(kept))

    def spell(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        spelt = terms.to_numpy()
        for batch in batches:
            dtm = count(batch)
            places = np.repeat(dtm.counts.indices, dtm.counts.data)
            ends = np.cumsum(dtm.counts.sum(axis=1))[:-1]
            held = np.split(spelt[places], ends) if len(batch) else []
            table = {"document_id": dtm.document_ids, "length": dtm.lengths}
            yield pd.DataFrame(table | {"terms": pd.Series(held, dtype=object)})

    schema = f"{typed(documents)}, length long, terms array<string>"
    spelt = documents.select("document_id", "text").mapInPandas(spell, schema)
    model = CountVectorizerModel.from_vocabulary(terms.tolist(), "terms", "counts")
    return model.transform(spelt).drop("terms"), terms


def corpus_terms(documents: DataFrame) -> tuple[list[str], TermColumns]:
    """Return the types of the corpus, and which of them are counted as which term."""

    def count(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            tokens = tokenize(batch["text"])
            frequency = np.bincount(tokens.codes, minlength=len(tokens.vocabulary))
            yield pd.DataFrame({"type": tokens.vocabulary, "frequency": frequency})

    found = documents.select("text").mapInPandas(count, "type string, frequency long")
    table = found.groupBy("type").sum("frequency").toPandas()
    types = table["type"].tolist()
    return types, columns_of_types(types, table["sum(frequency)"].to_numpy(np.int64))


def columns_of(
    types: list[str], columns: TermColumns, kept: np.ndarray | None = None
) -> dict[str, int]:
    """Return the column of each type that is counted, or that is counted as a term kept."""
    place = np.arange(len(columns.terms)) if kept is None else np.full(len(columns.terms), -1)
    if kept is not None:
        place[kept] = np.arange(len(kept))
    column = np.where(columns.of_type >= 0, place[columns.of_type], -1).tolist()
    return {spelt: c for spelt, c in zip(types, column, strict=True) if c >= 0}


def counter(column: dict[str, int], n_terms: int) -> Callable[[pd.DataFrame], DocumentTermMatrix]:
    """Return what counts the terms of a part of the corpus; they bear numbers."""

    def count(batch: pd.DataFrame) -> DocumentTermMatrix:
        tokens = tokenize(batch.set_index("document_id")["text"])
        of_type = [column.get(spelt, -1) for spelt in tokens.vocabulary]
        return count_terms(tokens, TermColumns(np.array(of_type, np.int32), pd.RangeIndex(n_terms)))

    return count


def _sums(
    documents: DataFrame, column: dict[str, int], n_terms: int, by: str | None
) -> pd.DataFrame:
    """Return the `occurrence_sums` of each group; without groups, of all as the group 0."""
    from pyspark.sql import functions as F

    count = counter(column, n_terms)
    group = F.lit(0) if by is None else F.col(by)
    asked = documents.select("document_id", "text", group.alias("group"))
    asked = asked.where(F.col("group").isNotNull())

    def add_up(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            dtm = count(batch)
            for name, rows in batch.groupby("group").indices.items():
                sums = occurrence_sums(dtm.counts[rows], dtm.lengths[rows])
                yield sums.rename_axis("term").reset_index().assign(group=name)

    numbers = ", ".join(f"{name} long" for name in _SUMS)
    schema = f"term int, {numbers}, {typed(asked, 'group')}"
    parts = asked.mapInPandas(add_up, schema).groupBy("group", "term")
    return parts.agg(*(F.sum(name).alias(name) for name in _SUMS)).toPandas()

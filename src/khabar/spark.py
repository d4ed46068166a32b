"""The same tables from Spark, for corpora that outgrow one machine.

A corpus is a table of documents wherever Spark reads: Parquet on a disk, on s3a or on hdfs, with
the columns that `load_corpus` returns (`document_id`, `text`, and where they are asked for
`published`, `story_id` and those to group by). khabar's own functions run on its parts, inside
`mapInPandas`; Spark adds up what they return. Results are those of one process, whatever the parts.

    documents = kb.load_corpus("articles/")
    documents.drop(columns="raw").reset_index().to_parquet("documents.parquet")
    spark = kb.spark.session()
    kb.spark.term_frequency(spark.read.parquet("documents.parquet"), by="outlet")

PySpark is imported where it is used, so that this module can say what is missing. The workers of a
cluster need khabar, PySpark and their packages in the versions of the driver.
"""

from __future__ import annotations

import pickle
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from os import environ
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from khabar.actors import mentions as in_process
from khabar.actors.counts import counts_table, require_sense
from khabar.actors.ledger import Ledger
from khabar.charts.wording import say
from khabar.checks import require_type
from khabar.corpus.timeline import period_of, require_freq, warn_of_undated
from khabar.errors import KhabarError
from khabar.language.matrix import (
    DocumentTermMatrix,
    TermColumns,
    columns_of_types,
    count_terms,
    kept_terms,
)
from khabar.language.tokens import tokenize
from khabar.measures import topics as one_machine
from khabar.measures.frequency import frequency_table
from khabar.measures.groups import under_one_another
from khabar.measures.intervals import ALL_WORDS, occurrence_sums
from khabar.measures.partition import MOST_SEEN

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_TRUNCATED_TO = {"W": "week", "M": "month", "Y": "year"}
_SUMS = ["frequency", "documents", "squares", "by_length"]


def missing(master: str = "local[*]") -> str | None:
    """Say in the reader's language what is missing to reach Spark; None if nothing is.

    A Spark Connect server has its own Java.
    """
    remote = _is_url(master)
    if find_spec("pyspark") is None or (remote and find_spec("grpc") is None):
        lacking = "PySpark (pip install 'khabar[spark]')"
    elif not remote and shutil.which("java") is None and "JAVA_HOME" not in environ:
        lacking = "Java 17+"
    else:
        return None
    return say("{engine} is not used here: {missing} is missing.", engine="Spark", missing=lacking)


def session(master: str = "local[*]") -> SparkSession:
    """Open Spark, or return the session that is open.

    Parameters
    ----------
    master : str
        `local[*]` for all cores of this machine, `local[2]` for two; a cluster (`yarn`,
        `spark://host:7077`, `k8s://...`); or the URL of a Spark Connect server (`sc://host:15002`).

    Returns
    -------
    SparkSession
        On this machine alone it listens to nobody else, and its workers run this very Python. Any
        other session of one's own will do as well: khabar's functions ask for none of its settings.
        End it with `.stop()`: a script that leaves a session of Spark Connect open may not end.

    Raises
    ------
    KhabarError
        If PySpark or Java is missing; see `missing`.
    """
    if told := missing(master):
        raise KhabarError(told)
    from pyspark.sql import SparkSession

    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    if _is_url(master):
        return SparkSession.builder.remote(master).getOrCreate()
    settings = {
        "spark.executorEnv.TQDM_DISABLE": "1",  # a worker's progress bar is seen by nobody
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    if master.startswith("local"):
        environ.setdefault("PYSPARK_PYTHON", sys.executable)  # Spark knows no setting for it
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.ui.enabled": "false",
        }
    return SparkSession.builder.master(master).config(map=settings).getOrCreate()


def _is_url(master: str) -> bool:
    return master.startswith("sc://")


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
    _require_columns(documents, ["document_id", "text", *([by] if by else [])])
    types, columns = _term_columns(documents)
    sums = _sums(documents, _held(types, columns), len(columns.terms), by)
    nothing = occurrence_sums(np.zeros((0, len(columns.terms)), int), np.zeros(0, int))
    if by is None:
        every = sums.drop(columns="group").set_index("term") if len(sums) else nothing
        return frequency_table(every, columns.terms)
    tables = {
        group: frequency_table(part.set_index("term")[_SUMS], columns.terms)
        for group, part in sums.groupby("group", sort=True)
    }
    return under_one_another(tables, by, frequency_table(nothing, columns.terms))


def find_mentions(documents: DataFrame, ledger: Ledger) -> DataFrame:
    """Every place where an actor of the ledger is named.

    Parameters
    ----------
    documents : Spark DataFrame
        With `document_id` and `text`; and `published`, if offices are to be resolved to who held
        them on the day.
    ledger : Ledger

    Returns
    -------
    Spark DataFrame
        The rows of `khabar.find_mentions`, in no order. Nothing is computed before it is written or
        counted: whoever asks it more than one question caches it, or writes it as Parquet.
    """
    _require_columns(documents, ["document_id", "text"])
    require_type("ledger", ledger, Ledger)
    wanted = ["document_id", "text", *(["published"] if "published" in documents.columns else [])]
    pickled = pickle.dumps(ledger)

    def find(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            batch = batch.set_index("document_id")
            days = pd.to_datetime(batch["published"]) if "published" in batch else None
            yield in_process.find_mentions(batch["text"], _ledger_of(pickled), dates=days)

    words = ["surface", "actor", "kind", "form", "sense", "rule", "sense_rule"]
    told = ["start int", "end int", *(f"{word} string" for word in words)]
    return documents.select(wanted).mapInPandas(find, f"{_typed(documents)}, {', '.join(told)}")


def mention_counts(
    mentions: DataFrame,
    documents: DataFrame,
    *,
    by: str | None = None,
    freq: str | None = None,
    sense: str | None = None,
) -> pd.DataFrame:
    """How often and in how many documents each actor is named, per period and group.

    Parameters
    ----------
    mentions : Spark DataFrame
        As `find_mentions` returns them.
    documents : Spark DataFrame
        The documents searched, each once, with `document_id`, `published` and `story_id`.
    by : str, optional
        The column of `documents` that holds the group; documents without a group are left out.
    freq, sense
        As for `khabar.mention_counts`.

    Returns
    -------
    DataFrame
        Of pandas, as `khabar.mention_counts` returns it.
    """
    from pyspark.sql import functions as F

    require_sense(sense)
    _require_columns(mentions, ["document_id", "actor", "sense"], "mentions")
    asked = ["document_id", "story_id", *(["published"] if freq else []), *([by] if by else [])]
    _require_columns(documents, asked)
    keys = ["period", *(["group"] if by else [])]
    cells = documents.select(
        "document_id",
        F.col("story_id").alias("story"),
        _first_day(freq).alias("period"),
        *([F.col(by).alias("group")] if by else []),
        F.lit(True).alias("is_known"),
    )
    published = cells.groupBy(keys).agg(F.count("*").alias("published")).toPandas()
    if sense is not None:
        mentions = mentions.where(F.col("sense") == sense)
    counted = mentions.select("document_id", "actor").join(cells, "document_id", "left")
    sums = counted.groupBy("is_known", *keys, "actor").agg(
        F.count("*").alias("mentions"),
        F.countDistinct("document_id").alias("documents"),
        F.countDistinct("story").alias("stories"),
    )
    sums = sums.toPandas()
    if unknown := int(sums.loc[sums.pop("is_known").isna(), "documents"].sum()):
        raise KhabarError(f"mentions of {unknown} documents that are not among documents")
    if freq is not None:
        undated = published.loc[published["period"].isna(), "published"].sum()
        warn_of_undated(int(undated), int(published["published"].sum()))
    sums, published = (_dated(table, keys, freq) for table in (sums, published))
    return counts_table(sums.set_index([*keys, "actor"]), published.set_index(keys), freq=freq)


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

    _require_columns(documents, ["document_id", "text"])
    types, columns = _term_columns(documents)
    sums = _sums(documents, _held(types, columns), len(columns.terms), None).set_index("term")
    n_documents = int(sums["documents"].get(ALL_WORDS, 0))
    df = sums["documents"].reindex(np.arange(len(columns.terms)), fill_value=0).to_numpy()
    limits = {"min_df": min_df, "max_df": max_df, "max_terms": max_terms}
    kept = kept_terms(columns.terms, df, n_documents, **limits)
    if not len(kept):
        raise KhabarError(f"none of {len(columns.terms)} terms is kept with {limits}")
    terms = columns.terms[kept]
    count = _counter(_held(types, columns, kept), len(kept))

    def spell(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        spelt = terms.to_numpy()
        for batch in batches:
            dtm = count(batch)
            places = np.repeat(dtm.counts.indices, dtm.counts.data)
            ends = np.cumsum(dtm.counts.sum(axis=1))[:-1]
            held = np.split(spelt[places], ends) if len(batch) else []
            table = {"document_id": dtm.document_ids, "length": dtm.lengths}
            yield pd.DataFrame(table | {"terms": pd.Series(held, dtype=object)})

    schema = f"{_typed(documents)}, length long, terms array<string>"
    spelt = documents.select("document_id", "text").mapInPandas(spell, schema)
    model = CountVectorizerModel.from_vocabulary(terms.tolist(), "terms", "counts")
    return model.transform(spelt).drop("terms"), terms


def cluster_documents(
    documents: DataFrame, n_clusters: int = 5, *, random_state: int = 0
) -> tuple[one_machine.Topics, DataFrame]:
    """Group documents that share vocabulary.

    Parameters
    ----------
    documents : Spark DataFrame
        With `document_id` and `text`.
    n_clusters, random_state
        As for `khabar.cluster_documents`.

    Returns
    -------
    topics : Topics
        Of a sample of up to 6,000 documents, in the driver: every table and chart of topics takes
        it.
    assigned : Spark DataFrame
        Of all documents `document_id`, `cluster` (-1 if no term is known) and `similarity`, as
        `Topics.assign` tells them. A document of the sample stays where it is in `topics`.

    Notes
    -----
    Of more than 6,000 documents `khabar.cluster_documents`, too, sees a sample and lets a
    classifier assign the rest. Here the sample is drawn by a hash of `document_id`, so that it
    hangs neither on the order of the documents nor on their parts, and terms are chosen by it.
    `benchmarks/spark.py` compares this with k-means of Spark ML on TF-IDF of all documents.
    """
    from pyspark.sql import functions as F

    _require_columns(documents, ["document_id", "text"])
    types, columns = _term_columns(documents)
    drawn = F.xxhash64(F.col("document_id"), F.lit(int(random_state)))
    texts = documents.select("document_id", "text")
    sample = texts.orderBy(drawn, "document_id").limit(MOST_SEEN).toPandas()
    sample = sample.sort_values("document_id", key=lambda ids: ids.astype("str"))
    dtm = _counter(_held(types, columns), len(columns.terms))(sample)
    dtm = DocumentTermMatrix(dtm.counts, columns.terms, dtm.document_ids, dtm.lengths)
    topics = one_machine.cluster_documents(dtm, n_clusters, random_state=random_state)
    kept = columns.terms.get_indexer(topics.dtm.terms)
    count = _counter(_held(types, columns, kept), len(kept))

    def assign(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            dtm = count(batch)
            dtm = DocumentTermMatrix(dtm.counts, topics.dtm.terms, dtm.document_ids, dtm.lengths)
            table = topics.assign(dtm)
            seen = topics.labels.reindex(table.index)
            table["cluster"] = seen.fillna(table["cluster"]).astype("int64")
            yield table.reset_index()[["document_id", "cluster", "similarity"]]

    schema = f"{_typed(documents)}, cluster int, similarity double"
    return topics, texts.mapInPandas(assign, schema)


def _term_columns(documents: DataFrame) -> tuple[list[str], TermColumns]:
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


def _held(types: list[str], columns: TermColumns, kept: np.ndarray | None = None) -> dict[str, int]:
    """Return the column of each type that is counted, or that is counted as a term kept."""
    place = np.arange(len(columns.terms)) if kept is None else np.full(len(columns.terms), -1)
    if kept is not None:
        place[kept] = np.arange(len(kept))
    column = np.where(columns.of_type >= 0, place[columns.of_type], -1).tolist()
    return {spelt: c for spelt, c in zip(types, column, strict=True) if c >= 0}


def _counter(column: dict[str, int], n_terms: int) -> Callable[[pd.DataFrame], DocumentTermMatrix]:
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

    count = _counter(column, n_terms)
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
    schema = f"term int, {numbers}, {_typed(asked, 'group')}"
    parts = asked.mapInPandas(add_up, schema).groupBy("group", "term")
    return parts.agg(*(F.sum(name).alias(name) for name in _SUMS)).toPandas()


def _first_day(freq: str | None) -> object:
    """Return the column of the first day of each document's period."""
    from pyspark.sql import functions as F

    if freq is None:
        return F.lit(None).cast("date")
    require_freq(freq)
    day = F.col("published").cast("date")
    return day if freq == "D" else F.trunc(day, _TRUNCATED_TO[freq])


def _dated(table: pd.DataFrame, keys: list[str], freq: str | None) -> pd.DataFrame:
    """Give periods their type, and leave out what is in no period or group."""
    period = pd.to_datetime(table["period"]).astype("datetime64[us]")
    if freq is None:
        return table.assign(period=period).dropna(subset=keys[1:])
    return table.assign(period=period_of(period, freq)).dropna(subset=keys)


@lru_cache(maxsize=2)
def _ledger_of(pickled: bytes) -> Ledger:
    """Unpack a ledger once in each process, for its names are prepared for matching once."""
    return pickle.loads(pickled)


def _typed(table: DataFrame, column: str = "document_id") -> str:
    return f"`{column}` {table.schema[column].dataType.simpleString()}"


def _require_columns(table: DataFrame, columns: list[str], name: str = "documents") -> None:
    if not hasattr(table, "mapInPandas"):
        raise KhabarError(f"{name} must be a Spark DataFrame, not {type(table).__name__}")
    absent = [column for column in columns if column not in table.columns]
    if absent:
        raise KhabarError(
            f"{name} must have the columns {', '.join(columns)}; {absent[0]!r} is missing"
        )

"""Mentions of actors in a table of documents, and their counts."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from khabar.actors import mentions as in_process
from khabar.actors.counts import counts_table, require_sense
from khabar.actors.ledger import Ledger
from khabar.actors.reading import plain
from khabar.checks import require_type
from khabar.corpus.timeline import period_of, require_freq, warn_of_undated
from khabar.errors import KhabarError
from khabar.spark.table import require_columns, typed

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

_TRUNCATED_TO = {"W": "week", "M": "month", "Y": "year"}


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
    require_columns(documents, ["document_id", "text"])
    require_type("ledger", ledger, Ledger)
    wanted = ["document_id", "text", *(["published"] if "published" in documents.columns else [])]
    pickled = pickle.dumps(ledger)

    def find(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            batch = batch.set_index("document_id")
            days = pd.to_datetime(batch["published"]) if "published" in batch else None
            found = in_process.find_mentions(batch["text"], _ledger_of(pickled), dates=days)
            yield plain(found)  # Spark takes no column of Arrow that lies in several pieces

    words = ["surface", "actor", "kind", "form", "sense", "rule", "sense_rule"]
    told = ["start bigint", "end bigint", *(f"{word} string" for word in words)]
    return documents.select(wanted).mapInPandas(find, f"{typed(documents)}, {', '.join(told)}")


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
    require_columns(mentions, ["document_id", "actor", "sense"], "mentions")
    asked = ["document_id", "story_id", *(["published"] if freq else []), *([by] if by else [])]
    require_columns(documents, asked)
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


def _first_day(freq: str | None) -> Column:
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

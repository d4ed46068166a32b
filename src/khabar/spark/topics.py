"""Topics of a table of documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from khabar.language.matrix import DocumentTermMatrix
from khabar.measures import topics as in_process
from khabar.measures.partition import MOST_SEEN
from khabar.spark.table import require_columns, typed
from khabar.spark.words import columns_of, corpus_terms, counter

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def cluster_documents(
    documents: DataFrame, n_clusters: int = 5, *, random_state: int = 0
) -> tuple[in_process.Topics, DataFrame]:
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

    require_columns(documents, ["document_id", "text"])
    types, columns = corpus_terms(documents)
    drawn = F.xxhash64(F.col("document_id"), F.lit(int(random_state)))
    texts = documents.select("document_id", "text")
    sample = texts.orderBy(drawn, "document_id").limit(MOST_SEEN).toPandas()
    sample = sample.sort_values("document_id", key=lambda ids: ids.astype("str"))
    dtm = counter(columns_of(types, columns), len(columns.terms))(sample)
    dtm = DocumentTermMatrix(dtm.counts, columns.terms, dtm.document_ids, dtm.lengths)
    topics = in_process.cluster_documents(dtm, n_clusters, random_state=random_state)
    kept = columns.terms.get_indexer(topics.dtm.terms)
    count = counter(columns_of(types, columns, kept), len(kept))

    def assign(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            dtm = count(batch)
            dtm = DocumentTermMatrix(dtm.counts, topics.dtm.terms, dtm.document_ids, dtm.lengths)
            table = topics.assign(dtm)
            seen = topics.labels.reindex(table.index)
            table["cluster"] = seen.fillna(table["cluster"]).astype("int64")
            yield table.reset_index()[["document_id", "cluster", "similarity"]]

    schema = f"{typed(documents)}, cluster int, similarity double"
    return topics, texts.mapInPandas(assign, schema)

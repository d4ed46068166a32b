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

from khabar.spark.actors import find_mentions, mention_counts
from khabar.spark.engine import missing, session
from khabar.spark.topics import cluster_documents
from khabar.spark.words import document_term_matrix, term_frequency

__all__ = [
    "cluster_documents",
    "document_term_matrix",
    "find_mentions",
    "mention_counts",
    "missing",
    "session",
    "term_frequency",
]

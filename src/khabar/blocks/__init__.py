"""Corpora larger than memory: the same tables, made a block of documents at a time.

`save_corpus` cleans a folder of any size into a folder of Parquet parts, `open_corpus` opens it,
and the other functions do what those of the same names in `khabar` do, in about a gigabyte. Work
that was interrupted goes on where it stood when the same is run again.
"""

from khabar.blocks.actors import find_mentions, find_quotations, mention_counts
from khabar.blocks.clean import save_corpus
from khabar.blocks.table import Table, open_corpus, open_table
from khabar.blocks.words import document_term_matrix, query_counts, term_frequency

__all__ = [
    "Table",
    "document_term_matrix",
    "find_mentions",
    "find_quotations",
    "mention_counts",
    "open_corpus",
    "open_table",
    "query_counts",
    "save_corpus",
    "term_frequency",
]

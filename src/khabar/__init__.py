"""Explore corpora of Arabic news: words, topics, and how often each actor is named."""

from khabar.actors.counts import mention_counts
from khabar.actors.dating import parse_date
from khabar.actors.decisions import save_decisions
from khabar.actors.discovery import suggest_actors
from khabar.actors.evidence import mention_lines, suggestion_lines
from khabar.actors.ledger import Ledger, check_ledger, load_ledger
from khabar.actors.mentions import find_mentions
from khabar.actors.spellings import suggest_spellings
from khabar.actors.voice_share import voice_share
from khabar.actors.voices import find_quotations
from khabar.charts.actors import plot_mention_counts
from khabar.charts.corpus import plot_documents_over_time
from khabar.charts.frequency import plot_term_frequency
from khabar.charts.table import show, show_lines
from khabar.charts.topics import plot_n_clusters, plot_topic_terms, plot_topics_over_time
from khabar.charts.voices import (
    plot_heard_and_named,
    plot_voices_by_group,
    plot_voices_over_time,
)
from khabar.corpus.clean import clean_articles
from khabar.corpus.dates import ParsedDate
from khabar.corpus.duplicates import near_duplicates, story_ids
from khabar.corpus.read import read_articles
from khabar.corpus.report import CorpusReport, corpus_report
from khabar.corpus.timeline import documents_over_time
from khabar.errors import KhabarError, KhabarWarning
from khabar.language.citation import citation_form
from khabar.language.matrix import DocumentTermMatrix, document_term_matrix
from khabar.language.stopwords import stop_words
from khabar.language.tokens import Tokens, tokenize
from khabar.load import load_corpus
from khabar.measures.concordance import concordance
from khabar.measures.frequency import term_frequency
from khabar.measures.n_clusters import choose_n_clusters, recommend_n_clusters
from khabar.measures.topics import Topics, cluster_documents, topics_over_time

__version__ = "0.1.0"

__all__ = [
    "CorpusReport",
    "DocumentTermMatrix",
    "KhabarError",
    "KhabarWarning",
    "Ledger",
    "ParsedDate",
    "Tokens",
    "Topics",
    "check_ledger",
    "choose_n_clusters",
    "citation_form",
    "clean_articles",
    "cluster_documents",
    "concordance",
    "corpus_report",
    "document_term_matrix",
    "documents_over_time",
    "find_mentions",
    "find_quotations",
    "load_corpus",
    "load_ledger",
    "mention_counts",
    "mention_lines",
    "near_duplicates",
    "parse_date",
    "plot_documents_over_time",
    "plot_heard_and_named",
    "plot_mention_counts",
    "plot_n_clusters",
    "plot_term_frequency",
    "plot_topic_terms",
    "plot_topics_over_time",
    "plot_voices_by_group",
    "plot_voices_over_time",
    "read_articles",
    "recommend_n_clusters",
    "save_decisions",
    "show",
    "show_lines",
    "stop_words",
    "story_ids",
    "suggest_actors",
    "suggest_spellings",
    "suggestion_lines",
    "term_frequency",
    "tokenize",
    "topics_over_time",
    "voice_share",
]

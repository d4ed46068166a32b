"""Explore corpora of Arabic news: words, topics, and how often each actor is named."""

from khabar import blocks, spark
from khabar.actors.checking import check_ledger
from khabar.actors.counts import mention_counts, rank_actors, rising_actors
from khabar.actors.dating import parse_date
from khabar.actors.decisions import save_decisions
from khabar.actors.discovery import suggest_actors
from khabar.actors.evidence import mention_lines, suggestion_lines
from khabar.actors.explain import explain
from khabar.actors.ledger import Ledger, load_ledger
from khabar.actors.matching import find_aliases
from khabar.actors.mentions import find_mentions
from khabar.actors.network import cooccurrence, cooccurrence_lines
from khabar.actors.spellings import suggest_spellings
from khabar.actors.voice_share import voice_share
from khabar.actors.voices import find_quotations
from khabar.charts.actors import plot_mention_counts, plot_two_groups
from khabar.charts.cards import show_topic_cards
from khabar.charts.collocations import plot_collocations
from khabar.charts.concordance import show_concordance
from khabar.charts.corpus import name_source, plot_documents_over_time
from khabar.charts.evidence import Evidence, with_evidence
from khabar.charts.frequency import plot_term_frequency
from khabar.charts.keyness import plot_keyness
from khabar.charts.network import plot_cooccurrence
from khabar.charts.queries import plot_query_counts, plot_query_positions
from khabar.charts.table import show, show_lines
from khabar.charts.topics import (
    plot_document_map,
    plot_n_clusters,
    plot_topic_terms,
    plot_topics_by_actor,
    plot_topics_by_outlet,
    plot_topics_over_time,
)
from khabar.charts.vocabulary import plot_dispersion, plot_lexical_diversity, plot_zipf
from khabar.charts.voices import (
    plot_heard_and_named,
    plot_voices_by_group,
    plot_voices_over_time,
)
from khabar.charts.wording import reader_names
from khabar.corpus.clean import clean_articles
from khabar.corpus.dates import ParsedDate
from khabar.corpus.duplicates import near_duplicates, story_ids
from khabar.corpus.read import read_articles
from khabar.corpus.report import CorpusReport, corpus_report
from khabar.corpus.timeline import documents_over_time, periods
from khabar.errors import KhabarError, KhabarWarning
from khabar.export import to_csv
from khabar.language.citation import citation_form
from khabar.language.matrix import DocumentTermMatrix, document_term_matrix
from khabar.language.stopwords import stop_words
from khabar.language.tokens import Tokens, tokenize
from khabar.load import load_corpus
from khabar.measures.collocations import collocation_lines, collocations, word_pairs
from khabar.measures.concordance import concordance, term_lines
from khabar.measures.dispersion import dispersion
from khabar.measures.frequency import term_frequency
from khabar.measures.keyness import keyness
from khabar.measures.n_clusters import choose_n_clusters, recommend_n_clusters
from khabar.measures.queries import query_counts, query_positions
from khabar.measures.topic_views import (
    borderline_documents,
    document_map,
    nearest_documents,
    topic_cards,
    topics_by_actor,
    topics_by_outlet,
    topics_over_time,
)
from khabar.measures.topics import Topics, cluster_documents, load_topics, topic_terms
from khabar.measures.vocabulary import lexical_diversity, zipf
from khabar.teaching.checking import check_answer, expected_answer

__version__ = "0.1.0"

__all__ = [
    "CorpusReport",
    "DocumentTermMatrix",
    "Evidence",
    "KhabarError",
    "KhabarWarning",
    "Ledger",
    "ParsedDate",
    "Tokens",
    "Topics",
    "blocks",
    "borderline_documents",
    "check_answer",
    "check_ledger",
    "choose_n_clusters",
    "citation_form",
    "clean_articles",
    "cluster_documents",
    "collocation_lines",
    "collocations",
    "concordance",
    "cooccurrence",
    "cooccurrence_lines",
    "corpus_report",
    "dispersion",
    "document_map",
    "document_term_matrix",
    "documents_over_time",
    "expected_answer",
    "explain",
    "find_aliases",
    "find_mentions",
    "find_quotations",
    "keyness",
    "lexical_diversity",
    "load_corpus",
    "load_ledger",
    "load_topics",
    "mention_counts",
    "mention_lines",
    "name_source",
    "near_duplicates",
    "nearest_documents",
    "parse_date",
    "periods",
    "plot_collocations",
    "plot_cooccurrence",
    "plot_dispersion",
    "plot_document_map",
    "plot_documents_over_time",
    "plot_heard_and_named",
    "plot_keyness",
    "plot_lexical_diversity",
    "plot_mention_counts",
    "plot_n_clusters",
    "plot_query_counts",
    "plot_query_positions",
    "plot_term_frequency",
    "plot_topic_terms",
    "plot_topics_by_actor",
    "plot_topics_by_outlet",
    "plot_topics_over_time",
    "plot_two_groups",
    "plot_voices_by_group",
    "plot_voices_over_time",
    "plot_zipf",
    "query_counts",
    "query_positions",
    "rank_actors",
    "read_articles",
    "reader_names",
    "recommend_n_clusters",
    "rising_actors",
    "save_decisions",
    "show",
    "show_concordance",
    "show_lines",
    "show_topic_cards",
    "spark",
    "stop_words",
    "story_ids",
    "suggest_actors",
    "suggest_spellings",
    "suggestion_lines",
    "term_frequency",
    "term_lines",
    "to_csv",
    "tokenize",
    "topic_cards",
    "topic_terms",
    "topics_by_actor",
    "topics_by_outlet",
    "topics_over_time",
    "voice_share",
    "with_evidence",
    "word_pairs",
    "zipf",
]

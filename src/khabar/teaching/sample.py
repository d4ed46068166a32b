"""The bundled sample as the exercises need it, read once in a process."""

import warnings
from functools import cache
from importlib.resources import files

import pandas as pd

from khabar.actors.discovery import suggest_actors
from khabar.actors.ledger import load_ledger
from khabar.actors.mentions import find_mentions
from khabar.actors.voice_share import voice_share
from khabar.actors.voices import find_quotations
from khabar.errors import KhabarWarning
from khabar.language.matrix import DocumentTermMatrix, document_term_matrix
from khabar.language.tokens import Tokens, tokenize
from khabar.load import load_corpus
from khabar.measures.n_clusters import choose_n_clusters
from khabar.measures.topics import Topics, cluster_documents

_TOPICS = 6  # `start_with` of notebook 03


@cache
def documents(*, clean: bool = True) -> pd.DataFrame:
    """Return the documents; the notebook around the exercise has told their warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", KhabarWarning)
        return load_corpus(clean=clean)


@cache
def stories() -> pd.DataFrame:
    """Return the documents, of copies the first alone."""
    return documents()[~documents()["story_id"].duplicated()]


@cache
def true_days() -> pd.Series:
    """Return the day of each document, as the answer key beside the sample has it."""
    with files("khabar.data").joinpath("sample", "truth.csv").open(encoding="utf-8") as file:
        return pd.read_csv(file, index_col="document", parse_dates=["date"])["date"]


@cache
def tokens() -> Tokens:
    """Return the words of the documents."""
    return tokenize(documents()["text"])


@cache
def names(language: str) -> pd.Series:
    """Return what the ledger calls each actor."""
    return load_ledger().names(language)


@cache
def mentions() -> pd.DataFrame:
    """Return the mentions in all documents."""
    found = documents()
    return find_mentions(found["text"], load_ledger(), dates=found["published"])


@cache
def quotations() -> pd.DataFrame:
    """Return what is said in all documents."""
    return find_quotations(documents()["text"], mentions())


@cache
def voices() -> pd.DataFrame:
    """Return how often each actor is named and heard."""
    return voice_share(quotations(), mentions(), documents())


@cache
def suggestions(least: int = 2) -> pd.DataFrame:
    """Return the actors that the texts suggest."""
    found = documents()
    return suggest_actors(found["text"], mentions(), dates=found["published"], least=least)


@cache
def story_tokens() -> Tokens:
    """Return the words of the stories."""
    return tokenize(stories()["text"])


@cache
def story_matrix() -> DocumentTermMatrix:
    """Return the terms of each story."""
    return document_term_matrix(story_tokens())


@cache
def choices() -> pd.DataFrame:
    """Return what each number of topics is worth."""
    return choose_n_clusters(story_matrix(), random_state=0)


@cache
def topics(random_state: int = 0) -> Topics:
    """Return the topics of notebook 03, or of another start of chance."""
    return cluster_documents(story_matrix(), _TOPICS, random_state=random_state)

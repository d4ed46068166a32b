"""The tables of a corpus as files, for a spreadsheet or R, and its main charts as pictures."""

from pathlib import Path

import pandas as pd
import plotly.graph_objects as go

from khabar.actors.counts import mention_counts
from khabar.actors.voice_share import voice_share
from khabar.actors.voices import find_quotations
from khabar.charts.actors import plot_mention_counts
from khabar.charts.corpus import name_source, plot_documents_over_time
from khabar.charts.frequency import plot_term_frequency
from khabar.charts.topics import plot_topic_terms
from khabar.charts.voices import plot_heard_and_named
from khabar.charts.wording import reader_names
from khabar.corpus.timeline import documents_over_time
from khabar.errors import KhabarError
from khabar.export import to_csv, with_index_as_columns
from khabar.language.matrix import document_term_matrix
from khabar.language.tokens import tokenize
from khabar.measures.frequency import term_frequency
from khabar.measures.n_clusters import choose_n_clusters, recommend_n_clusters
from khabar.measures.topics import cluster_documents
from khabar.publish.front import Read

_TOPICS_WHERE_NO_NUMBER_IS_CLEAR = 5


def corpus_tables(read: Read, *, texts: bool = False) -> dict[str, pd.DataFrame]:
    """Return the tables of a corpus, by name.

    Parameters
    ----------
    read : Read
        As `front.read_corpus` returns it.
    texts : bool
        Whether the documents keep their `text` and `raw`, which only who may pass them on should
        say.

    Returns
    -------
    dict
        `documents`, `documents_over_time`, `terms`, `terms_by_outlet`, `topics` (of each
        document), `topic_terms`, `actors` (their names), `mentions`, `mention_counts`,
        `mention_counts_by_outlet`, `mention_counts_over_time`, `quotations`, `voices`: each as the
        function of that name returns it.
    """
    documents, mentions = read.documents, read.mentions
    outlets = documents["outlet"].fillna("unknown")
    tokens = tokenize(documents["text"])
    dtm = document_term_matrix(tokens)
    number, _reason = recommend_n_clusters(choose_n_clusters(dtm, random_state=0))
    topics = cluster_documents(dtm, number or _TOPICS_WHERE_NO_NUMBER_IS_CLEAR, random_state=0)
    quotations = find_quotations(documents["text"], mentions)
    return {
        "documents": documents if texts else documents.drop(columns=["text", "raw"]),
        "documents_over_time": documents_over_time(documents, freq=read.freq),
        "terms": term_frequency(dtm),
        "terms_by_outlet": term_frequency(dtm, by=outlets),
        "topics": topics.documents,
        "topic_terms": topics.terms,
        "actors": _names(read),
        "mentions": mentions,
        "mention_counts": mention_counts(mentions, documents),
        "mention_counts_by_outlet": mention_counts(mentions, documents, by=outlets),
        "mention_counts_over_time": mention_counts(mentions, documents, freq=read.freq),
        "quotations": quotations,
        "voices": voice_share(quotations, mentions, documents),
    }


def _names(read: Read) -> pd.DataFrame:
    """Return what each actor of the mentions is called, and what it is."""
    kinds = read.mentions.drop_duplicates("actor").set_index("actor")["kind"].sort_index()
    names = {spoken: read.ledger.names(spoken).reindex(kinds.index) for spoken in ("ar", "en")}
    return pd.DataFrame({"kind": kinds, **names})


def make_folder(folder: Path) -> None:
    """Make the folder for the files, if need be: before the long work, not after it."""
    if folder.exists() and not folder.is_dir():
        raise KhabarError(f"{str(folder)!r} is a file; name a folder for the tables")
    folder.mkdir(parents=True, exist_ok=True)


def write_tables(tables: dict[str, pd.DataFrame], folder: Path, form: str) -> list[Path]:
    """Write each table as `csv` or `parquet` into a folder; return the files."""
    files = []
    for name, table in tables.items():
        files.append(folder / f"{name}.{form}")
        if form == "csv":
            to_csv(table, files[-1])
        else:
            with_index_as_columns(table).to_parquet(files[-1], index=False)
    return files


def corpus_charts(read: Read, tables: dict[str, pd.DataFrame]) -> dict[str, go.Figure]:
    """Return the main charts of a corpus, by name, from what `corpus_tables` returns."""
    source, names = name_source(read.documents), reader_names(read.ledger)
    return {
        "documents": plot_documents_over_time(tables["documents_over_time"], source=source),
        "terms": plot_term_frequency(tables["terms"], source=source),
        "topics": plot_topic_terms(tables["topic_terms"], source=source),
        "actors": plot_mention_counts(tables["mention_counts"], names=names, source=source),
        "actors_over_time": plot_mention_counts(
            tables["mention_counts_over_time"], names=names, source=source
        ),
        "voices": plot_heard_and_named(tables["voices"], names=names, source=source),
    }


def write_charts(charts: dict[str, go.Figure], folder: Path, form: str) -> list[Path]:
    """Draw each chart as `png` or `svg` into a folder with the browser at hand; return the files.

    Raises
    ------
    KhabarError
        Without a browser, or without the package that drives it.
    """
    try:
        import kaleido
        from kaleido.errors import ChromeNotFoundError
    except ImportError as error:
        raise KhabarError("it takes the package kaleido: pip install 'khabar[images]'") from error
    files = {name: folder / f"{name}.{form}" for name in charts}
    wanted = [
        {
            "fig": chart,
            "path": files[name],
            "opts": {"format": form, "width": 900, "height": chart.layout.height, "scale": 2},
        }
        for name, chart in charts.items()
    ]
    try:
        # MathJax would be asked of a content network.
        kaleido.write_fig_from_object_sync(wanted, kopts={"mathjax": False})
    except ChromeNotFoundError as error:
        raise KhabarError("it takes Chrome or Chromium, and none was found here") from error
    return list(files.values())

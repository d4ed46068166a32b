"""The front page: what corpus this is, in ten seconds, and the four charts that matter."""

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pandas as pd

import khabar
from khabar.actors.counts import mention_counts
from khabar.actors.evidence import mention_lines
from khabar.actors.ledger import Ledger, load_ledger
from khabar.actors.mentions import find_mentions
from khabar.charts.actors import plot_mention_counts
from khabar.charts.corpus import name_source, plot_documents_over_time
from khabar.charts.evidence import Evidence, with_evidence
from khabar.charts.frequency import plot_term_frequency
from khabar.charts.table import ShownTable, clean
from khabar.charts.wording import reader_names, say
from khabar.corpus.timeline import documents_over_time
from khabar.language.tokens import tokenize
from khabar.measures.concordance import term_lines
from khabar.measures.frequency import term_frequency
from khabar.publish.articles import write_articles

_LEADS_TO = {"actors": "04_actors", "words": "02_term_frequency", "corpus": "01_corpus"}


def front_notebook(
    pages: list[tuple[str, str, str]], title: str, articles: Path | None
) -> nbformat.NotebookNode:
    """Write the front page as a notebook, in the reader's language.

    `pages` are the name, title and question of each page of the site; `articles` is the folder for
    a page of each article, if the site is to have them.
    """
    known = {name for name, _, _ in pages}
    cells = [
        _prose(f"# {as_markdown(title)}"),
        _hidden("from khabar.publish import front"),
        _hidden("corpus = None", "parameters"),
    ]
    cells += [_hidden("read = front.read_corpus(corpus)"), _chart("front.facts(read)")]
    for heading, call, leads_to in (
        (say("Who is named most"), "actors_named", "actors"),
        (say("When they are named"), "actors_over_time", "actors"),
        (say("How much there is to read"), "documents_collected", "corpus"),
        (say("Which words return"), "words", "words"),
    ):
        cells += [_prose(f"## {heading}"), _chart(f"front.{call}(read)")]
        if _LEADS_TO[leads_to] in known:
            cells.append(_prose(f"[{say('More on this')}]({_LEADS_TO[leads_to]}.ipynb)"))
    if articles is not None:
        cells.append(_hidden(f"front.write_pages(read, {str(articles)!r}, {title!r})"))
    cells.append(_prose(_where_to_go(pages, articles is not None)))
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def _where_to_go(pages: list[tuple[str, str, str]], has_articles: bool) -> str:
    entries = [f"- [{title}]({name}.ipynb): {question}" for name, title, question in pages]
    if has_articles:
        entries.append(f'- <a href="articles/index.html">{say("All articles")}</a>')
    toctree = "\n".join(["```{toctree}", ":hidden:", "", *(name for name, _, _ in pages), "```"])
    return f"## {say('Where to go on')}\n\n" + "\n".join(entries) + f"\n\n{toctree}\n"


def as_markdown(text: str) -> str:
    r"""Write a text so that markdown takes nothing in it for its own.

    >>> as_markdown("A <b> *c*")
    'A \\<b\\> \\*c\\*'
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def _prose(text: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(text)


def _hidden(source: str, *tags: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(source, metadata={"tags": ["remove-cell", *tags]})


def _chart(source: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(source, metadata={"tags": ["remove-input"]})


@dataclass(frozen=True)
class Read:
    """A corpus as the front page needs it."""

    documents: pd.DataFrame
    ledger: Ledger
    mentions: pd.DataFrame

    def __repr__(self) -> str:
        return f"<Read: {len(self.documents):,} documents, {len(self.mentions):,} mentions>"

    @property
    def freq(self) -> str:
        """A length of period that makes a handful of points of the time the corpus spans."""
        days = self.documents["published"]
        span = (days.max() - days.min()).days if days.notna().any() else 0
        return "D" if span < 21 else "W" if span < 150 else "M" if span < 900 else "Y"


def read_corpus(corpus: str | Path | None) -> Read:
    """Read a corpus and find the mentions in it."""
    documents, ledger = khabar.load_corpus(corpus), load_ledger()
    mentions = find_mentions(documents["text"], ledger, dates=documents["published"])
    return Read(documents, ledger, mentions)


def facts(read: Read) -> ShownTable:
    """Say how many articles there are, by whom, from when to when."""
    documents = read.documents
    days = documents["published"].dropna()
    outlets = documents["outlet"].value_counts(sort=False).sort_index()
    outlets = outlets.sort_values(ascending=False, kind="stable")
    named = " · ".join(f"<bdi>{clean(name)}</bdi> {n:,}" for name, n in outlets[:8].items())
    rows = [
        (say("Articles"), f"{len(documents):,}"),
        (say("Different stories (copies counted once)"), f"{documents['story_id'].nunique():,}"),
        (say("From when to when"), _span(days) if len(days) else say("no document has a date")),
        (say("Without a date"), f"{documents['published'].isna().sum():,}"),
        (say("By whom"), named + (" …" if len(outlets) > 8 else "")),
        (say("Actors named"), f"{read.mentions['actor'].nunique():,}"),
    ]
    items = "".join(f"<div><dt>{what}</dt><dd>{told}</dd></div>" for what, told in rows)
    return ShownTable(f'<dl class="khabar-facts">{items}</dl>')


def _span(days: pd.Series) -> str:
    return f"<bdi>{days.min():%Y-%m-%d}</bdi> – <bdi>{days.max():%Y-%m-%d}</bdi>"


def actors_named(read: Read) -> Evidence:
    """Draw the actors named most often, with their lines."""
    counts = mention_counts(read.mentions, read.documents, sense="actor")
    return _with_mentions(read, counts, value="mentions", top=12)


def actors_over_time(read: Read) -> Evidence:
    """Draw when they are named, with their lines."""
    dated = read.documents[read.documents["published"].notna()]
    mentions = read.mentions[read.mentions["document_id"].isin(dated.index)]
    counts = mention_counts(mentions, dated, freq=read.freq, sense="actor")
    return _with_mentions(read, counts, value="mentions", top=5, rows=5)


def _with_mentions(
    read: Read, counts: pd.DataFrame, *, value: str, top: int, rows: int = 20
) -> Evidence:
    source = name_source(read.documents)
    names = reader_names(read.ledger)
    figure = plot_mention_counts(counts, names=names, value=value, top=top, source=source)
    acting = read.mentions[read.mentions["sense"] == "actor"]
    ranked = counts.groupby("actor")["mentions"].sum().sort_index()
    ranked = ranked.sort_values(ascending=False, kind="stable").index[:top]
    lines = mention_lines(acting[acting["actor"].isin(ranked)], read.documents["text"])
    return with_evidence(figure, lines, read.documents, rows=rows)


def documents_collected(read: Read) -> Evidence:
    """Draw the documents of each period, with their headlines."""
    counts = documents_over_time(read.documents, freq=read.freq)
    figure = plot_documents_over_time(counts, source=name_source(read.documents))
    return with_evidence(figure, read.documents.reset_index()[["document_id"]], read.documents)


def words(read: Read) -> Evidence:
    """Draw the commonest words without stop words, with their lines."""
    tokens = tokenize(read.documents["text"])
    terms = term_frequency(tokens).head(15)
    figure = plot_term_frequency(terms, top=15, source=name_source(read.documents))
    return with_evidence(figure, term_lines(tokens, terms["term"]), read.documents, rows=10)


def write_pages(read: Read, folder: str, title: str) -> None:
    """Write a page of each article."""
    names = reader_names(read.ledger)
    write_articles(read.documents, read.mentions, names, Path(folder), title)

"""From a folder to the documents table, in one call."""

import warnings
from collections.abc import Hashable
from pathlib import Path

import pandas as pd

from khabar.actors.dating import narrow_by_offices
from khabar.actors.ledger import load_ledger
from khabar.corpus.clean import clean_articles
from khabar.corpus.dates import ParsedDate
from khabar.corpus.duplicates import story_ids
from khabar.corpus.publication import narrow_by_corpus, publication_dates
from khabar.corpus.read import read_articles
from khabar.errors import KhabarWarning

# Lines that clean_articles takes off the body and that may hold the day of the article.
_DATED_LINES = ("dateline", "publication line")


def load_corpus(
    folder: str | Path | None = None,
    *,
    columns: dict[str, str] | None = None,
    clean: bool = True,
) -> pd.DataFrame:
    """Read, clean and date a folder of articles, and find the copies among them.

    Parameters
    ----------
    folder : str or Path, optional
        As for `read_articles`. Without it, the bundled sample of invented outlets.
    columns : dict, optional
        Names of columns of one's own, as for `read_articles`.
    clean : bool
        Whether what is no article is taken away; see `clean_articles`.

    Returns
    -------
    DataFrame
        Index `document_id`. Columns `title`, `text` (the body, as published), `outlet`,
        `published` (datetime, missing if not known), `published_grade` (certain, likely, ambiguous
        or unknown), `published_reason`, `url`, `story_id` (copies share it), `path`, `raw` (the
        file or record, as read).

    Warns
    -----
    KhabarWarning
        With counts, if files could not be read or documents have no date.

    Notes
    -----
    A document is dated by the given field, else by the day near the top of its body or under the
    headline; a missing year by its weekday, the latest day told as past, the offices of those
    named, and the years of the documents that are dated with certainty. Documents without a date
    stay in the table.

    See Also
    --------
    read_articles : tells what could not be read.
    clean_articles : tells what was taken away, and by which rule.
    parse_date : reads one date.
    """
    articles, unreadable = read_articles(folder, columns=columns)
    warn_of_unreadable(unreadable)
    documents = _dated(*clean_articles(articles, clean=clean))
    warn_of_unknown_days(int(documents["published"].isna().sum()), len(documents))
    return documents


def _dated(documents: pd.DataFrame, removed: pd.DataFrame) -> pd.DataFrame:
    parsed = narrow_by_corpus(days_of(documents, removed))
    return in_columns(documents, parsed, story_ids(documents["text"]))


def days_of(
    documents: pd.DataFrame, removed: pd.DataFrame, *, orders: dict[Hashable, str] | None = None
) -> list[ParsedDate]:
    """Date documents by what they say and whom they name.

    `orders` tells of a larger corpus which outlets write the day first.
    """
    told = documents.assign(text=_with_dated_lines(documents["text"], removed))
    parsed = publication_dates(told, orders=orders)
    return narrow_by_offices(parsed, documents["text"], load_ledger())


def in_columns(
    documents: pd.DataFrame, parsed: list[ParsedDate], stories: pd.Series | pd.Index
) -> pd.DataFrame:
    """Put together the columns of `load_corpus`."""
    documents = documents.assign(
        published=pd.to_datetime([p.date for p in parsed]).astype("datetime64[us]"),
        published_grade=[p.grade for p in parsed],
        published_reason=[p.reason for p in parsed],
        story_id=stories,
    )
    order = ["title", "text", "outlet", "published", "published_grade", "published_reason"]
    return documents[[*order, "url", "story_id", "path", "raw"]]


def _with_dated_lines(texts: pd.Series, removed: pd.DataFrame) -> pd.Series:
    """Put back before each body the lines that may tell its day."""
    lines = removed[removed["rule"].isin(_DATED_LINES)].groupby("document_id")["text"]
    before = (lines.agg("\n".join) + "\n").reindex(texts.index).fillna("").astype("str")
    return before + texts


def warn_of_unreadable(unreadable: pd.DataFrame) -> None:
    """Warn of what could not be read, with its number and the first."""
    if len(unreadable):
        first = unreadable.iloc[0]
        warnings.warn(
            f"{len(unreadable)} of the files or rows could not be read, the "
            f"first: {first['path']}: {first['reason']} (read_articles lists all)",
            KhabarWarning,
            stacklevel=3,
        )


def warn_of_unknown_days(n_undated: int, n_documents: int) -> None:
    """Warn that so many documents have no date."""
    if n_undated:
        warnings.warn(
            f"{n_undated} of {n_documents} documents have no certain or likely date; they stay, "
            "with the reason in published_reason",
            KhabarWarning,
            stacklevel=3,
        )

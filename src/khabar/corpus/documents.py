"""From a folder to the documents table, in one call."""

import warnings
from pathlib import Path

import pandas as pd

from khabar.corpus.clean import clean_articles
from khabar.corpus.dates import ParsedDate, parse_date
from khabar.corpus.duplicates import story_ids
from khabar.corpus.read import read_articles
from khabar.errors import KhabarWarning

_DATELINE = 600  # characters of the body in which the day of an article is looked for


def load_corpus(folder: str | Path | None = None) -> pd.DataFrame:
    """Read, clean and date a folder of articles, and find the copies among them.

    Parameters
    ----------
    folder : str or Path, optional
        As for `read_articles`. Without it, the bundled sample of invented outlets.

    Returns
    -------
    DataFrame
        Index `document_id`. Columns `title`, `text` (the body, as published), `outlet`,
        `published` (datetime, missing if not known), `published_grade`, `published_reason`, `url`,
        `story_id` (copies share it), `path`, `raw` (the file or record, as read).

    Warns
    -----
    KhabarWarning
        With counts, if files could not be read or documents have no date.

    See Also
    --------
    read_articles : tells what could not be read.
    clean_articles : tells what was taken away, and by which rule.
    """
    articles, unreadable = read_articles(folder)
    if len(unreadable):
        first = unreadable.iloc[0]
        warnings.warn(
            f"{len(unreadable)} of the files or rows could not be read, the "
            f"first: {first['path']}: {first['reason']} (read_articles lists all)",
            KhabarWarning,
            stacklevel=2,
        )
    documents, _ = clean_articles(articles)
    return _describe(documents)


def _describe(documents: pd.DataFrame) -> pd.DataFrame:
    parsed = [
        _publication_date(given, text)
        for given, text in zip(documents["published"], documents["text"], strict=True)
    ]
    documents = documents.assign(
        published=pd.to_datetime([p.date for p in parsed]).astype("datetime64[us]"),
        published_grade=[p.grade for p in parsed],
        published_reason=[p.reason for p in parsed],
        story_id=story_ids(documents["text"]),
    )
    order = ["title", "text", "outlet", "published", "published_grade", "published_reason"]
    return documents[[*order, "url", "story_id", "path", "raw"]]


def _publication_date(given: str | None, text: str) -> ParsedDate:
    """Believe the record; else the first dated weekday near the top of the body."""
    if not pd.isna(given):
        return parse_date(given)
    return parse_date(text[:_DATELINE])

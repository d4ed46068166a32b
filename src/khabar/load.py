"""From a folder to the documents table, in one call."""

import warnings
from pathlib import Path

import pandas as pd

from khabar.actors.dating import narrow_by_offices
from khabar.actors.ledger import load_ledger
from khabar.corpus.clean import clean_articles
from khabar.corpus.duplicates import story_ids
from khabar.corpus.publication import publication_dates
from khabar.corpus.read import read_articles
from khabar.errors import KhabarWarning


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
        `published` (datetime, missing if not known), `published_grade` (certain, likely, ambiguous
        or unknown), `published_reason`, `url`, `story_id` (copies share it), `path`, `raw` (the
        file or record, as read).

    Warns
    -----
    KhabarWarning
        With counts, if files could not be read or documents have no date.

    Notes
    -----
    A document is dated by the given field, else by the day near the top of its body; a missing
    year by its weekday, the latest day told as past, and the offices of those named. Documents
    without a date stay in the table.

    See Also
    --------
    read_articles : tells what could not be read.
    clean_articles : tells what was taken away, and by which rule.
    parse_date : reads one date.
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
    documents = _dated(documents)
    undated = int(documents["published"].isna().sum())
    if undated:
        warnings.warn(
            f"{undated} of {len(documents)} documents have no certain or likely date; they stay, "
            "with the reason in published_reason",
            KhabarWarning,
            stacklevel=2,
        )
    return documents


def _dated(documents: pd.DataFrame) -> pd.DataFrame:
    parsed = narrow_by_offices(publication_dates(documents), documents["text"], load_ledger())
    documents = documents.assign(
        published=pd.to_datetime([p.date for p in parsed]).astype("datetime64[us]"),
        published_grade=[p.grade for p in parsed],
        published_reason=[p.reason for p in parsed],
        story_id=story_ids(documents["text"]),
    )
    order = ["title", "text", "outlet", "published", "published_grade", "published_reason"]
    return documents[[*order, "url", "story_id", "path", "raw"]]

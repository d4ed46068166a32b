"""What a corpus holds, and what cleaning took away: read it before counting anything."""

from dataclasses import dataclass

import pandas as pd

from khabar.corpus.timeline import documents_over_time
from khabar.errors import KhabarError

_NEEDED = ("raw", "text", "outlet", "published", "story_id")


@dataclass(frozen=True)
class CorpusReport:
    """The tables of `corpus_report`.

    Attributes
    ----------
    overview : DataFrame
        `what`, `n`, `share`: documents; those without outlet, date or text; those that repeat an
        earlier one; lines and characters taken away. Shares are of documents (of the characters
        read, for characters; missing for lines).
    outlets : DataFrame
        One row per outlet ('unknown' where missing), largest first: `outlet`, `documents`,
        `share`, `undated`, `copies` (documents), `first_day`, `last_day`, `median_words`,
        `shortest`, `longest` (words between blanks in `text`).
    months : DataFrame
        As `documents_over_time`: `period` (first day; missing for undated documents), `outlet`,
        `documents`.
    rules : DataFrame
        One row per rule, commonest first: `rule`, `lines` (or parts of lines), `documents`,
        `share` (of documents), `example` (the commonest text it took).
    """

    overview: pd.DataFrame
    outlets: pd.DataFrame
    months: pd.DataFrame
    rules: pd.DataFrame

    def __repr__(self) -> str:
        n = self.overview.set_index("what")["n"]
        return (
            f"<CorpusReport: {n['documents']:,} documents of {len(self.outlets):,} outlets, "
            f"{n['without a date']:,} undated, {n['copies']:,} copies, "
            f"{n['lines taken away']:,} lines taken away by {len(self.rules):,} rules>"
        )


def corpus_report(documents: pd.DataFrame, removed: pd.DataFrame) -> CorpusReport:
    """Count what a corpus holds and what was taken away.

    Parameters
    ----------
    documents : DataFrame
        As `load_corpus` returns them.
    removed : DataFrame
        As `clean_articles` returns it.

    Returns
    -------
    CorpusReport
        With the tables `overview`, `outlets`, `months` and `rules`.

    Notes
    -----
    Copies are the documents of a story but the one it is named after: a wire report in three
    outlets has two.
    """
    missing = [name for name in _NEEDED if name not in documents]
    if missing:
        raise KhabarError(f"documents must have the columns of load_corpus; missing: {missing}")
    documents = documents.assign(
        outlet=documents["outlet"].fillna("unknown"),
        undated=documents["published"].isna(),
        copy=documents["story_id"] != documents.index,
        words=documents["text"].str.count(r"\S+"),
    )
    return CorpusReport(
        overview=_overview(documents, removed),
        outlets=_outlets(documents),
        months=documents_over_time(documents, freq="M"),
        rules=_rules(removed, len(documents)),
    )


def _overview(documents: pd.DataFrame, removed: pd.DataFrame) -> pd.DataFrame:
    counts = {
        "documents": len(documents),
        "without an outlet": (documents["outlet"] == "unknown").sum(),
        "without a date": documents["undated"].sum(),
        "without text": (documents["words"] == 0).sum(),
        "copies": documents["copy"].sum(),
    }
    table = pd.DataFrame({"what": counts.keys(), "n": [int(n) for n in counts.values()]})
    table["share"] = table["n"] / max(len(documents), 1)
    read = documents["raw"].str.len().sum()
    characters = removed["text"].str.len().sum()
    table.loc[len(table)] = ["lines taken away", len(removed), None]
    table.loc[len(table)] = ["characters taken away", int(characters), characters / max(read, 1)]
    return table


def _outlets(documents: pd.DataFrame) -> pd.DataFrame:
    table = documents.groupby("outlet", as_index=False).agg(
        documents=("text", "size"),
        undated=("undated", "sum"),
        copies=("copy", "sum"),
        first_day=("published", "min"),
        last_day=("published", "max"),
        median_words=("words", "median"),
        shortest=("words", "min"),
        longest=("words", "max"),
    )
    table.insert(2, "share", table["documents"] / max(len(documents), 1))
    return table.sort_values(["documents", "outlet"], ascending=[False, True], ignore_index=True)


def _rules(removed: pd.DataFrame, n_documents: int) -> pd.DataFrame:
    table = removed.groupby("rule", as_index=False).agg(
        lines=("text", "size"), documents=("document_id", "nunique")
    )
    table["share"] = table["documents"] / max(n_documents, 1)
    texts = removed.assign(text=removed["text"].str.strip()).groupby(["rule", "text"]).size()
    commonest = texts.reset_index(name="n").sort_values(["n", "text"], ascending=[False, True])
    examples = commonest.drop_duplicates("rule").set_index("rule")["text"]
    table["example"] = table["rule"].map(examples)
    return table.sort_values(["lines", "rule"], ascending=[False, True], ignore_index=True)

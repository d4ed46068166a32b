"""Being named is not being heard: who speaks where they are spoken about."""

import pandas as pd

from khabar.checks import require_columns, require_documents
from khabar.corpus.timeline import dated_periods
from khabar.errors import KhabarError
from khabar.measures.intervals import wilson_interval

VOICE_COLUMNS = [
    "period", "group", "actor", "named", "heard", "share", "low", "high", "quoted", "direct",
    "indirect", "of_speech", "stories", "published",
]  # fmt: skip


def voice_share(
    quotations: pd.DataFrame,
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    by: pd.Series | None = None,
    freq: str | None = None,
) -> pd.DataFrame:
    """In how many of the documents that name an actor the actor is heard, too.

    Parameters
    ----------
    quotations : DataFrame
        As `find_quotations` returns them.
    mentions : DataFrame
        As `find_mentions` returns them for the same texts.
    documents : DataFrame
        The documents searched, indexed by `document_id`, with `published` and `story_id`.
    by : Series, optional
        A group for each document, such as `documents["outlet"]`; without it, all are one.
    freq : {'D', 'W', 'M', 'Y'}, optional
        Length of a period; without it, all documents are one period.

    Returns
    -------
    DataFrame
        One row per period, group and actor named there: `period` (first day; missing if there is
        one), `group` (missing if there is one), `actor`; `named` (documents that name the actor,
        as one who acts), `heard` (those of them in which the actor speaks), `share` (heard /
        named, 0 to 1), `low`, `high` (its 95 % Wilson interval); `quoted` (documents with words
        of the actor in quotation marks), `direct` and `indirect` (quotations and sentences);
        `of_speech` (0 to 1: of all that anybody says in the group and period, the unlisted and
        the unknown included, the part of this actor), `stories` (like `heard`, near-copies counted
        once), `published` (documents of the group and period). Those most often named come first.

    Notes
    -----
    `named` holds every document in which the actor is heard, also one that names them by a word
    that is no mention. Those who only speak through an institution are not counted with it.

    Examples
    --------
    >>> documents = pd.DataFrame({"story_id": ["a", "b"]}, index=["a", "b"])
    >>> mentions = pd.DataFrame({"document_id": ["a", "b"], "actor": "un", "sense": "actor"})
    >>> said = {"document_id": ["a"], "start": 0, "kind": "direct", "speaker": "un"}
    >>> shares = voice_share(pd.DataFrame(said), mentions, documents)
    >>> shares[["named", "heard", "share", "of_speech"]].values.tolist()
    [[2.0, 1.0, 0.5, 1.0]]
    """
    require_columns("quotations", quotations, ["document_id", "start", "kind", "speaker"])
    require_columns("mentions", mentions, ["document_id", "actor", "sense"])
    require_columns("documents", documents, ["story_id", *(["published"] if freq else [])])
    if by is not None:
        require_documents("by", by, documents.index)
    if unknown := set(quotations["document_id"]) - set(documents.index):
        raise KhabarError(f"quotations of {len(unknown)} documents that are not among documents")
    place = pd.DataFrame({"period": dated_periods(documents, freq)})
    place["group"] = None if by is None else by.reindex(place.index)
    published = place.groupby(["period", "group"], dropna=False).size()
    speech = _placed(quotations.drop_duplicates(["document_id", "start", "speaker"]), place)
    total = speech.drop_duplicates(["document_id", "start"]).groupby(_CELL, dropna=False).size()
    spoken = speech.dropna(subset=["speaker"]).rename(columns={"speaker": "actor"})
    acting = mentions[mentions["sense"] == "actor"]
    named = pd.concat([_placed(acting, place), spoken])[["document_id", *_CELL, "actor"]]
    table = named.groupby([*_CELL, "actor"], dropna=False).agg(named=("document_id", "nunique"))
    table = table.join(_said(spoken, documents))
    counts = ["heard", "quoted", "direct", "indirect", "stories"]
    table[counts] = table[counts].fillna(0).astype(int)
    table = table.reset_index()
    table["share"] = table["heard"] / table["named"]
    table["low"], table["high"] = wilson_interval(table["heard"], table["named"])
    cells = pd.MultiIndex.from_frame(table[_CELL])
    table["published"] = published.reindex(cells).to_numpy()
    said = table["direct"] + table["indirect"]
    table["of_speech"] = (said / total.reindex(cells).to_numpy()).where(said > 0, 0.0)
    order = ["period", "group", "named", "heard", "actor"]
    table = table.sort_values(order, ascending=[True, True, False, False, True], ignore_index=True)
    return table[VOICE_COLUMNS]


_CELL = ["period", "group"]


def _placed(table: pd.DataFrame, place: pd.DataFrame) -> pd.DataFrame:
    """Give each row the period and group of its document; those without a period are left out."""
    return table.merge(place, left_on="document_id", right_index=True)


def _said(spoken: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    direct = spoken["kind"] == "direct"
    said = spoken.assign(
        direct=direct,
        indirect=~direct,
        quoted=spoken["document_id"].where(direct),
        story=documents["story_id"].reindex(spoken["document_id"]).to_numpy(),
    )
    return said.groupby([*_CELL, "actor"], dropna=False).agg(
        heard=("document_id", "nunique"),
        quoted=("quoted", "nunique"),
        direct=("direct", "sum"),
        indirect=("indirect", "sum"),
        stories=("story", "nunique"),
    )

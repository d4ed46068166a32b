"""How often each actor is named, with the denominator."""

import warnings

import pandas as pd

from khabar.checks import require_columns
from khabar.corpus.timeline import all_periods, period_of
from khabar.errors import KhabarError, KhabarWarning
from khabar.measures.intervals import wilson_interval


def mention_counts(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    freq: str | None = None,
    sense: str | None = None,
) -> pd.DataFrame:
    """How often and in how many documents each actor is named, per period.

    Parameters
    ----------
    mentions : DataFrame
        As `find_mentions` returns them.
    documents : DataFrame
        The documents searched, indexed by `document_id`, with `published` and `story_id`. They
        are the denominator, so give the same ones that were searched.
    freq : {'D', 'W', 'M', 'Y'}, optional
        Length of a period: day, week (Monday to Sunday), month or year. Without it, all documents
        are one period.
    sense : {'actor', 'place'}, optional
        Count only mentions in this sense; without it both.

    Returns
    -------
    DataFrame
        One row per period and actor, empty periods included: `period` (first day; missing if there
        is one period), `actor`, `mentions`, `documents` (that name the actor), `published`
        (documents of the period), `share` (documents / published, 0 to 1; missing if nothing was
        published), `low`, `high` (95 % Wilson interval of the share), `stories` (like `documents`,
        near-copies counted once). Within a period the most often named come first.

    Notes
    -----
    A document counts once in `documents` however often it names the actor. Documents without a
    date belong to no period; their number is warned of.

    Examples
    --------
    >>> documents = pd.DataFrame({"story_id": ["a", "a"]}, index=["a", "b"])
    >>> mentions = pd.DataFrame({"document_id": ["a", "a", "b"], "actor": "un", "sense": "actor"})
    >>> mention_counts(mentions, documents)[["mentions", "documents", "stories"]].values.tolist()
    [[3, 2, 1]]
    """
    if sense not in {None, "actor", "place"}:
        raise KhabarError(f"sense must be 'actor', 'place' or None, not {sense!r}")
    require_columns("mentions", mentions, ["document_id", "actor", "sense"])
    require_columns("documents", documents, ["story_id", *(["published"] if freq else [])])
    if unknown := set(mentions["document_id"]) - set(documents.index):
        raise KhabarError(f"mentions of {len(unknown)} documents that are not among documents")
    if sense is not None:
        mentions = mentions[mentions["sense"] == sense]
    period = _periods(documents, freq)
    counted = mentions.assign(
        period=period.reindex(mentions["document_id"]).to_numpy(),
        story=documents["story_id"].reindex(mentions["document_id"]).to_numpy(),
    )
    counted = counted[counted["document_id"].isin(period.index)]
    actors = sorted(counted["actor"].unique())
    n_published = _published(period, freq)
    rows = pd.MultiIndex.from_product([n_published.index, actors], names=["period", "actor"])
    groups = counted.groupby(["period", "actor"], dropna=False)
    table = groups.agg(
        mentions=("document_id", "size"),
        documents=("document_id", "nunique"),
        stories=("story", "nunique"),
    )
    table = table.reindex(rows, fill_value=0).reset_index()
    table["published"] = n_published.reindex(table["period"]).to_numpy()
    table["share"] = table["documents"] / table["published"].where(table["published"] > 0)
    low, high = wilson_interval(table["documents"], table["published"])
    table = table.assign(low=low, high=high)
    table = table.sort_values(
        ["period", "mentions", "actor"], ascending=[True, False, True], ignore_index=True
    )
    columns = ["period", "actor", "mentions", "documents", "published", "share", "low", "high"]
    return table[[*columns, "stories"]]


def _periods(documents: pd.DataFrame, freq: str | None) -> pd.Series:
    """Return the first day of each dated document's period."""
    if freq is None:
        return pd.Series(pd.NaT, index=documents.index)
    dated = period_of(documents["published"], freq).dropna()
    if missing := len(documents) - len(dated):
        warnings.warn(
            f"{missing} of {len(documents)} documents have no date and belong to no period",
            KhabarWarning,
            stacklevel=3,
        )
    return dated


def _published(period: pd.Series, freq: str | None) -> pd.Series:
    """Return the number of documents of each period, empty ones between included."""
    if freq is None:
        return pd.Series([len(period)], index=pd.DatetimeIndex([pd.NaT]))
    return period.value_counts().reindex(all_periods(period, freq), fill_value=0)

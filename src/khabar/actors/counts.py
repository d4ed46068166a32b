"""How often each actor is named, with the denominator."""

import numpy as np
import pandas as pd

from khabar.checks import require_columns
from khabar.corpus.timeline import all_periods, periods_of_dated, warn_of_undated
from khabar.errors import KhabarError
from khabar.measures.intervals import wilson_interval

_NO_PERIOD = pd.DatetimeIndex([pd.NaT], dtype="datetime64[us]")


def mention_counts(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    by: pd.Series | None = None,
    freq: str | None = None,
    sense: str | None = None,
) -> pd.DataFrame:
    """How often and in how many documents each actor is named, per period and group.

    Parameters
    ----------
    mentions : DataFrame
        As `find_mentions` returns them.
    documents : DataFrame
        The documents searched, indexed by `document_id`, with `published` and `story_id`. They
        are the denominator, so give the same ones that were searched.
    by : Series, optional
        Group of each document, such as `documents["outlet"]` or `topics.labels`, indexed by
        `document_id`; documents without a group are left out.
    freq : {'D', 'W', 'M', 'Y'}, optional
        Length of a period: day, week (Monday to Sunday), month or year. Without it, all documents
        are one period.
    sense : {'actor', 'place'}, optional
        Count only mentions in this sense; without it both.

    Returns
    -------
    DataFrame
        One row per period, group and actor, empty ones included: `period` (first day; missing if
        there is one period), `group` (only with `by`), `actor`, `mentions`, `documents` (that name
        the actor), `published` (documents of the period and group), `share` (documents /
        published, 0 to 1; missing if nothing was published), `low`, `high` (95 % Wilson interval
        of the share), `stories` (like `documents`, near-copies counted once). Within a period and
        group the most often named come first.

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
    sums, published = mention_sums(mentions, documents, by=by, freq=freq, sense=sense)
    if freq is not None:
        warn_of_undated(int(documents["published"].isna().sum()), len(documents))
    return counts_table(stories_counted(sums), published, freq=freq)


def mention_sums(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    by: pd.Series | None = None,
    freq: str | None = None,
    sense: str | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sum up what `mention_counts` is made from.

    The sums of two sets of documents, added with `khabar.measures.intervals.add_sums`, are those
    of both together: a corpus may be counted in blocks, in any order.

    Returns
    -------
    sums : DataFrame
        Index `period`, `group` (only with `by`), `actor` and `story`; columns `mentions` and
        `documents`. One row per actor and story: so a story counts once, whichever blocks its
        copies are in.
    published : DataFrame
        Index `period` and `group` (only with `by`); column `published` (documents).
    """
    require_sense(sense)
    require_columns("mentions", mentions, ["document_id", "actor", "sense"])
    require_columns("documents", documents, ["story_id", *(["published"] if freq else [])])
    if unknown := set(mentions["document_id"]) - set(documents.index):
        raise KhabarError(f"mentions of {len(unknown)} documents that are not among documents")
    if sense is not None:
        mentions = mentions[mentions["sense"] == sense]
    cells = pd.DataFrame({"period": periods_of_dated(documents, freq)})
    if by is not None:
        cells = cells.assign(group=by.reindex(cells.index)).dropna(subset="group")
    keys = list(cells.columns)
    counted = mentions[["document_id", "actor"]].join(cells, on="document_id", how="inner")
    counted["story"] = documents["story_id"].reindex(counted["document_id"]).to_numpy()
    sums = counted.groupby([*keys, "actor", "story"], dropna=False, observed=True).agg(
        mentions=("document_id", "size"), documents=("document_id", "nunique")
    )
    published = cells.groupby(keys, dropna=False, observed=True).size().rename("published")
    return sums, published.to_frame()


def require_sense(sense: str | None) -> None:
    """Refuse what is no sense of a mention."""
    if sense not in {None, "actor", "place"}:
        raise KhabarError(f"sense must be 'actor', 'place' or None, not {sense!r}")


def stories_counted(sums: pd.DataFrame) -> pd.DataFrame:
    """Put the stories of each actor into one row: `mentions`, `documents`, `stories`.

    These too can be added up, for stories all documents of which are in them.
    """
    keys = [name for name in sums.index.names if name != "story"]
    return (
        sums.reset_index("story")
        .groupby(keys, dropna=False, observed=True)
        .agg(
            mentions=("mentions", "sum"), documents=("documents", "sum"), stories=("story", "count")
        )
    )


def counts_table(sums: pd.DataFrame, published: pd.DataFrame, *, freq: str | None) -> pd.DataFrame:
    """Make the table of `mention_counts` from its sums, the stories counted."""
    published = _every_cell(published.reset_index(), freq)
    keys = [key for key in ("period", "group") if key in published]
    actors = pd.Series(sorted(sums.index.unique("actor")), name="actor")
    table = published.merge(actors, how="cross").merge(
        sums.reset_index(), on=[*keys, "actor"], how="left"
    )
    counts = ["mentions", "documents", "stories"]
    table[counts] = table[counts].fillna(0).astype("int64")
    table["share"] = table["documents"] / table["published"].where(table["published"] > 0)
    low, high = wilson_interval(table["documents"], table["published"])
    table = table.assign(low=low, high=high)
    order = [True] * len(keys) + [False, True]
    table = table.sort_values([*keys, "mentions", "actor"], ascending=order, ignore_index=True)
    columns = ["actor", "mentions", "documents", "published", "share", "low", "high", "stories"]
    return table[[*keys, *columns]]


def _every_cell(published: pd.DataFrame, freq: str | None) -> pd.DataFrame:
    """Add the periods and groups between the first and the last in which nothing was published."""
    periods = _NO_PERIOD if freq is None else all_periods(published["period"], freq)
    every = pd.DataFrame({"period": periods})
    if "group" in published:
        groups = pd.Series(sorted(published["group"].unique()), name="group")
        every = every.merge(groups, how="cross")
    every = every.merge(published, on=[c for c in published if c != "published"], how="left")
    return every.assign(published=every["published"].fillna(0).astype("int64"))


def rank_actors(
    mentions: pd.DataFrame, documents: pd.DataFrame, *, sense: str | None = None
) -> pd.DataFrame:
    """Rank the actors by mentions, and say how and from when to when they are named.

    Parameters
    ----------
    mentions : DataFrame
        As `find_mentions` returns them.
    documents : DataFrame
        The documents searched, with `published` and `story_id`.
    sense : {'actor', 'place'}, optional
        Count only mentions in this sense; without it both.

    Returns
    -------
    DataFrame
        One row per actor: `rank` (ties share the better one), the columns of `mention_counts`
        without `period`, then `by_name`, `by_role`, `by_metonym`, `by_adjective` (mentions of each
        form), `first` and `last` (days of the first and last dated document that names the actor).

    Examples
    --------
    >>> documents = pd.DataFrame(
    ...     {"story_id": ["a", "b"], "published": pd.to_datetime(["2015-04-23", "2015-04-25"])},
    ...     index=["a", "b"],
    ... )
    >>> mentions = pd.DataFrame({"document_id": ["a", "b"], "actor": "un", "sense": "actor",
    ...                          "form": ["name", "role"]})
    >>> rank_actors(mentions, documents)[["rank", "by_role"]].values.tolist()
    [[1, 1]]
    """
    require_columns("mentions", mentions, ["document_id", "actor", "sense", "form"])
    table = mention_counts(mentions, documents, sense=sense).drop(columns="period")
    if sense is not None:
        mentions = mentions[mentions["sense"] == sense]
    forms = pd.crosstab(mentions["actor"], mentions["form"])
    forms = forms.reindex(columns=["name", "role", "metonym", "adjective"], fill_value=0)
    table = table.join(forms.add_prefix("by_").rename_axis(columns=None), on="actor")
    days = documents["published"].reindex(mentions["document_id"]).set_axis(mentions.index)
    span = days.groupby(mentions["actor"]).agg(first="min", last="max")
    rank = table["mentions"].rank(method="min", ascending=False).astype("int64")
    table.insert(0, "rank", rank)
    return table.join(span, on="actor")


def rising_actors(
    mentions: pd.DataFrame, documents: pd.DataFrame, *, since: object, sense: str | None = None
) -> pd.DataFrame:
    """Compare the share of documents that name each actor since a day with that before it.

    Parameters
    ----------
    mentions : DataFrame
        As `find_mentions` returns them.
    documents : DataFrame
        The documents searched, with `published` and `story_id`; undated ones are left out.
    since : date or str
        The first day of the later part.
    sense : {'actor', 'place'}, optional
        Count only mentions in this sense; without it both.

    Returns
    -------
    DataFrame
        One row per actor: `actor`, `before` and `after` (documents that name the actor),
        `share_before`, `share_after` (0 to 1), `change` (their difference), `low`, `high` (95 %
        interval of the change, after Newcombe 1998, method 10), `rising` (the whole interval lies
        above zero). The greatest change comes first.

    Notes
    -----
    Of a hundred actors that did not change, two or three are called rising by chance.
    """
    require_columns("documents", documents, ["published", "story_id"])
    day = pd.Timestamp(since)
    dated = documents[documents["published"].notna()]
    part = dated["published"].ge(day).map({False: "before", True: "after"})
    if part.nunique() < 2:
        raise KhabarError(f"since must leave dated documents on both sides of it; {since} does not")
    inside = mentions[mentions["document_id"].isin(dated.index)]
    counts = mention_counts(inside, dated, by=part, sense=sense)
    values = ["documents", "share", "low", "high"]
    wide = counts.pivot_table(index="actor", columns="group", values=values)
    share, low, high = wide["share"], wide["low"], wide["high"]
    change = share["after"] - share["before"]
    down = np.hypot(share["after"] - low["after"], high["before"] - share["before"])
    up = np.hypot(high["after"] - share["after"], share["before"] - low["before"])
    table = pd.DataFrame(
        {
            "before": wide["documents"]["before"].astype("int64"),
            "after": wide["documents"]["after"].astype("int64"),
            "share_before": share["before"],
            "share_after": share["after"],
            "change": change,
            "low": change - down,
            "high": change + up,
            "rising": change - down > 0,
        }
    ).reset_index()
    return table.sort_values(["change", "actor"], ascending=[False, True], ignore_index=True)

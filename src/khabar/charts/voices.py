"""Charts of who is heard, and who is only named."""

import pandas as pd
import plotly.graph_objects as go

from khabar.charts.display import isolate, label, number, percent
from khabar.charts.template import (
    COLOURS,
    TEMPLATE,
    as_ranking,
    figure,
    heading,
    point_id,
    points_at,
    say_empty,
    with_legend,
)
from khabar.charts.wording import say
from khabar.checks import require_columns
from khabar.errors import KhabarError


def plot_heard_and_named(
    shares: pd.DataFrame,
    *,
    names: pd.Series | None = None,
    top: int = 12,
    source: str = "",
) -> go.Figure:
    """Draw in how many documents actors are heard against in how many they are named.

    On the dashed line are those who speak wherever they are named; the lower, the more is said
    about them and the less by them. The numbers follow the count of documents that name them.

    Parameters
    ----------
    shares : DataFrame
        As `voice_share` returns it, of one period and without groups.
    names : Series, optional
        What to call each actor, such as `ledger.names()`; ids otherwise.
    top : int
        Number of actors: those named in the most documents.
    source : str
        For the line under the title.
    """
    _require_periods("plot_heard_and_named", shares, several=False)
    if shares.empty:
        return say_empty(figure(say("Heard and named"), source), say("nobody is named"))
    rows = shares[shares["actor"].isin(_ranked(shares, top))]
    called = _called(rows["actor"].unique(), names)
    fig = figure(
        say("Heard and named"),
        source,
        say("{n} documents", n=f"{int(rows['published'].max()):,}"),
        height=620,
    )
    most, loudest = int(rows["named"].max()), int(rows["heard"].max())
    fig.add_trace(
        go.Scatter(
            x=[0, most], y=[0, most], mode="lines", name=say("heard wherever named"),
            line={"color": "#888", "dash": "dash"}, hoverinfo="skip",
        )
    )  # fmt: skip
    # Names beside dots run into one another, so a dot has a number and the legend the name.
    for number_, row in enumerate(rows.itertuples(), start=1):
        fig.add_trace(_numbered_dot(number_, row, called[row.actor]))
    fig.update_xaxes(title=say("documents: named"), range=[0, most * 1.08])
    fig.update_yaxes(title=say("documents: heard"), range=[0, loudest * 1.3 + 1])
    return points_at(with_legend(fig), "actor")


def plot_voices_by_group(
    shares: pd.DataFrame,
    *,
    names: pd.Series | None = None,
    top: int = 12,
    source: str = "",
) -> go.Figure:
    """Draw how often each group, such as an outlet, lets those speak whom it names.

    Parameters
    ----------
    shares : DataFrame
        As `voice_share` returns it with `by`, of one period.
    names : Series, optional
        What to call each actor, such as `ledger.names()`; ids otherwise.
    top : int
        Number of actors: those named in the most documents.
    source : str
        For the line under the title. A dot is as large as the number of documents it rests on.
    """
    _require_periods("plot_voices_by_group", shares, several=False)
    if shares.empty:
        return say_empty(figure(say("Whom each group lets speak"), source), say("nobody is named"))
    ranked = _ranked(shares, top)
    rows = shares[shares["actor"].isin(ranked)]
    called = _called(ranked, names)
    published = int(shares.drop_duplicates("group")["published"].sum())
    numbers = say("{n} documents", n=f"{published:,}")
    fig = figure(say("Whom each group lets speak"), source, numbers)
    for position, (group, part) in enumerate(rows.groupby("group", sort=True)):
        fig.add_trace(_dots(part, called, COLOURS[position % len(COLOURS)], group))
    fig = as_ranking(fig, len(ranked), say("share heard of named"), shares=True)
    fig.update_yaxes(
        categoryorder="array", categoryarray=[label(called[actor]) for actor in ranked]
    )
    return points_at(with_legend(fig), "actor", "group")


def plot_voices_over_time(
    shares: pd.DataFrame,
    *,
    names: pd.Series | None = None,
    top: int = 4,
    source: str = "",
) -> go.Figure:
    """Draw how often actors are heard where they are named, period by period.

    Parameters
    ----------
    shares : DataFrame
        As `voice_share` returns it, of several periods and without groups.
    names : Series, optional
        What to call each actor, such as `ledger.names()`; ids otherwise.
    top : int
        Number of actors, those named in the most documents: one small chart each.
    source : str
        For the line under the title.
    """
    _require_periods("plot_voices_over_time", shares, several=True)
    if shares.empty:
        return say_empty(figure(say("Heard and named over time"), source), say("nobody is named"))
    ranked = _ranked(shares, top)
    called = _called(ranked, names)
    fig = go.Figure()
    for row, actor in enumerate(ranked):
        part = shares[shares["actor"] == actor].sort_values("period")
        axis = "" if row == 0 else str(row + 1)
        _layers(fig, part, called[actor], axis, first=row == 0)
        high = 1 - row / len(ranked)
        low = high - 0.72 / len(ranked)
        fig.update_layout({f"yaxis{axis}": {"domain": [low, high - 0.05], "rangemode": "tozero"}})
        fig.add_annotation(
            text=f"<b>{isolate(called[actor])}</b>", x=1, y=high, xref="paper", yref="paper",
            xanchor="right", yanchor="top", showarrow=False,
        )  # fmt: skip
    dated = int(shares.drop_duplicates(["period", "group"])["published"].sum())
    numbers = say("{n} dated documents", n=f"{dated:,}")
    title = heading(say("Heard and named over time"), source, numbers)
    fig.update_layout(
        template=TEMPLATE, title=title, height=120 + 150 * len(ranked), barmode="overlay"
    )
    fig.update_xaxes(title=say("first day of the period"), anchor=f"y{axis}")
    return points_at(with_legend(fig), "period", "actor")


def _require_periods(name: str, shares: pd.DataFrame, *, several: bool) -> None:
    require_columns("shares", shares, ["period", "group", "actor", "named", "heard", "share"])
    found = shares["period"].notna().any()
    if found and not several:
        raise KhabarError(f"{name} draws shares of one period: make them without freq")
    if several and len(shares) and not found:
        raise KhabarError(f"{name} draws shares of several periods: make them with freq='M' or 'Y'")


def _ranked(shares: pd.DataFrame, top: int) -> pd.Index:
    """Return the actors named in the most documents."""
    totals = shares.groupby("actor")["named"].sum()
    return totals.sort_index().sort_values(ascending=False, kind="stable").index[:top]


def _called(actors: pd.Index, names: pd.Series | None) -> dict[str, str]:
    if names is None:
        return dict(zip(actors, actors, strict=True))
    return names.reindex(actors).fillna(pd.Series(actors, actors)).to_dict()


def _numbered_dot(place: int, row: tuple, name: str) -> go.Scatter:
    return go.Scatter(
        x=[row.named],
        y=[row.heard],
        mode="markers+text",
        name=f"{place}  {isolate(name)}",
        text=[str(place)],
        textfont={"color": "white", "size": 11},
        marker={"size": 20, "color": COLOURS[0], "line": {"color": "white", "width": 1}},
        ids=[point_id(row.actor)],
        customdata=[_told(row, name)],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _dots(rows: pd.DataFrame, called: dict[str, str], colour: str, group: object) -> go.Scatter:
    return go.Scatter(
        x=rows["share"],
        y=[label(called[actor]) for actor in rows["actor"]],
        mode="markers",
        cliponaxis=False,
        name=isolate(group),
        marker={"color": colour, "opacity": 0.75, "size": 6 + 3 * rows["named"] ** 0.5},
        ids=[point_id(actor, group) for actor in rows["actor"]],
        customdata=[_told(row, called[row.actor]) for row in rows.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _layers(fig: go.Figure, rows: pd.DataFrame, name: str, axis: str, *, first: bool) -> None:
    for column, told, colour in (
        ("named", say("documents: named"), "#c9c9c9"),
        ("heard", say("documents: heard"), COLOURS[0]),
    ):
        fig.add_trace(
            go.Bar(
                x=rows["period"], y=rows[column], name=told,
                legendgroup=column, showlegend=first, marker_color=colour,
                xaxis="x", yaxis=f"y{axis}",
                # What is heard is the number that has lines behind it.
                ids=[point_id(row.period, row.actor) for row in rows.itertuples()]
                if column == "heard"
                else None,
                customdata=[
                    f"{_told(row, name)}<br>{row.period:%Y-%m-%d}" for row in rows.itertuples()
                ],
                hovertemplate="%{customdata}<extra></extra>",
            )
        )  # fmt: skip


def _told(row: tuple, name: str) -> str:
    told = say(
        "{name}: heard in {heard} of {named} documents",
        name=isolate(name),
        heard=number(row.heard),
        named=number(row.named),
    )
    reach = say("95 %: {low} to {high}", low=percent(row.low), high=percent(row.high))
    return f"{told}, {percent(row.share)} ({reach})"

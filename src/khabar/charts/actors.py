"""Charts of how often each actor is named."""

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from khabar.charts.display import isolate, label, number, percent
from khabar.charts.template import (
    COLOURS,
    TEMPLATE,
    as_ranking,
    figure,
    heading,
    interval,
    point_id,
    points_at,
    ranked_bars,
    say_empty,
    with_legend,
)
from khabar.charts.wording import say


def plot_mention_counts(
    counts: pd.DataFrame,
    *,
    names: pd.Series | None = None,
    value: str = "share",
    top: int | None = None,
    source: str = "",
) -> go.Figure:
    """Draw how often actors are named: bars for one period, small charts for several.

    Counts of several groups become a heat map of actors and groups.

    Parameters
    ----------
    counts : DataFrame
        As `mention_counts` returns it.
    names : Series, optional
        What to call each actor, such as `ledger.names()`; ids otherwise.
    value : {'share', 'mentions', 'documents', 'stories'}
        What is drawn; shares carry their 95 % interval.
    top : int, optional
        Number of actors, those with the most mentions overall; 20 as bars or in a heat map, 6 as
        small charts.
    source : str
        For the line under the title.
    """
    _require_value(value)
    if counts.empty:
        return say_empty(
            figure(say("Actors"), source), say("no mentions, or no document with a date")
        )
    if "group" in counts:
        if len(counts["period"].unique()) > 1:
            raise ValueError("counts of several periods and groups cannot be drawn in one chart")
        return _heat_map(counts, _named(counts, names, top or 20), value, source)
    one_period = len(counts["period"].unique()) <= 1
    draw = _bars if one_period else _small_charts
    named = _named(counts, names, top or (20 if one_period else 6))
    return draw(counts[counts["actor"].isin(named)], named, value, source)


def _require_value(value: str) -> None:
    if value not in {"share", "mentions", "documents", "stories"}:
        raise ValueError(f"value must be share, mentions, documents or stories; not {value!r}")


def _named(counts: pd.DataFrame, names: pd.Series | None, top: int) -> dict[str, str]:
    """Return what the actors named most often are called, in that order."""
    totals = counts.groupby("actor")["mentions"].sum()
    ranked = totals.sort_index().sort_values(ascending=False, kind="stable").index[:top]
    called = names.reindex(ranked).fillna(pd.Series(ranked, ranked)) if names is not None else None
    return dict(zip(ranked, ranked if called is None else called, strict=True))


def _bars(counts: pd.DataFrame, named: dict[str, str], value: str, source: str) -> go.Figure:
    rows = counts.sort_values([value, "mentions", "actor"], ascending=[False, False, True])
    published = int(rows["published"].max())
    fig = figure(say("Actors named most often"), source, say("{n} documents", n=f"{published:,}"))
    hover = [_told(row, named[row.actor]) for row in rows.itertuples()]
    reach = interval(rows) if value == "share" else None
    labels = [label(named[actor]) for actor in rows["actor"]]
    bars = ranked_bars(labels, list(rows[value]), hover=hover, reach=reach)
    fig.add_trace(bars.update(ids=[*map(point_id, rows["actor"])]))
    return points_at(as_ranking(fig, len(rows), _unit(value), shares=value == "share"), "actor")


def _small_charts(
    counts: pd.DataFrame, named: dict[str, str], value: str, source: str
) -> go.Figure:
    """One small chart per actor, all to one scale, so that no line hides another.

    Under them stand the documents they rest on. A period without documents is a gap.
    """
    n_charts = len(named)
    fig = make_subplots(
        n_charts + 1,
        1,
        shared_xaxes=True,
        vertical_spacing=0.35 / (n_charts + 1),
        subplot_titles=[*map(isolate, named.values()), say("documents")],
    )
    highest = float(counts["high" if value == "share" else value].max() or 1)
    for row, (actor, name) in enumerate(named.items(), start=1):
        rows = counts[counts["actor"] == actor].sort_values("period")
        drawn = rows[value].where(rows["published"] > 0)
        if value == "share":
            fig.add_trace(_band(rows), row=row, col=1)
        fig.add_trace(
            go.Scatter(
                x=rows["period"],
                y=drawn,
                name=isolate(name),
                mode="lines+markers",
                line_color=COLOURS[0],
                ids=[point_id(told.period, actor) for told in rows.itertuples()],
                customdata=[
                    f"{_told(told, name)}<br>{told.period:%Y-%m-%d}" for told in rows.itertuples()
                ],
                hovertemplate="%{customdata}<extra></extra>",
            ),
            row=row,
            col=1,
        )
        tickformat = ".0%" if value == "share" else ","
        fig.update_yaxes(range=[0, highest * 1.05], tickformat=tickformat, nticks=4, row=row, col=1)
    published = counts.drop_duplicates("period").sort_values("period")
    fig.add_trace(
        go.Bar(
            x=published["period"],
            y=published["published"],
            name=say("documents"),
            marker_color="#bbb",
            hovertemplate="%{y:,}<br>%{x|%Y-%m-%d}<extra></extra>",
        ),
        row=n_charts + 1,
        col=1,
    )
    numbers = say("{n} dated documents", n=f"{published['published'].sum():,}")
    title = heading(say("Actors over time"), _unit(value), source, numbers)
    fig.update_layout(
        template=TEMPLATE, title=title, height=170 + 110 * (n_charts + 1), showlegend=False
    )
    fig.update_yaxes(nticks=3, row=n_charts + 1, col=1)
    fig.update_xaxes(title=say("first day of the period"), row=n_charts + 1, col=1)
    return points_at(fig, "period", "actor")


def _band(rows: pd.DataFrame) -> go.Scatter:
    """Draw the 95 % interval as a band behind the line, with a gap where nothing was published."""
    known = rows["published"] > 0
    xs, ys = [], []
    for _, run in rows[known].groupby((~known).cumsum()[known]):
        xs += [*run["period"], *run["period"][::-1], None]
        ys += [*run["high"], *run["low"][::-1], None]
    return go.Scatter(
        x=xs,
        y=ys,
        fill="toself",
        fillcolor="rgba(0,114,178,0.15)",
        line_width=0,
        mode="lines",
        hoverinfo="skip",
    )


def _heat_map(counts: pd.DataFrame, named: dict[str, str], value: str, source: str) -> go.Figure:
    """Actors down, groups across; the darker, the more often named."""
    rows = counts[counts["actor"].isin(named)]
    groups = rows.drop_duplicates("group").sort_values(["published", "group"], ascending=False)
    grid = rows.set_index(["actor", "group"])
    told = [
        [
            f"{_told(grid.loc[(actor, group)], name)}<br>{isolate(group)}"
            for group in groups["group"]
        ]
        for actor, name in named.items()
    ]
    numbers = say("{n} documents", n=f"{groups['published'].sum():,}")
    fig = figure(say("Who names whom"), _unit(value), source, numbers)
    fig.add_trace(
        go.Heatmap(
            z=[[grid.loc[(actor, group), value] for group in groups["group"]] for actor in named],
            x=[label(f"{g.group} ({g.published:,})", width=16) for g in groups.itertuples()],
            y=[label(name) for name in named.values()],
            ids=[[point_id(actor, group) for group in groups["group"]] for actor in named],
            customdata=told,
            hovertemplate="%{customdata}<extra></extra>",
            colorscale=[[0, "#f7fbff"], [1, "#08306b"]],
            zmin=0,
            xgap=1,
            ygap=1,
            showscale=False,
            texttemplate="%{z:.0%}" if value == "share" else "%{z:,}",
            textfont_size=11,
        )
    )
    fig.update_layout(height=220 + 28 * len(named))
    fig.update_xaxes(autorange="reversed", tickangle=-90, showgrid=False)
    fig.update_yaxes(autorange="reversed", side="right", showgrid=False, ticklabelstandoff=6)
    return points_at(fig, "actor", "group")


def plot_two_groups(
    counts: pd.DataFrame,
    groups: tuple[str, str],
    *,
    names: pd.Series | None = None,
    top: int = 15,
    source: str = "",
) -> go.Figure:
    """Draw the shares of two groups side by side, with their intervals.

    Parameters
    ----------
    counts : DataFrame
        As `mention_counts(..., by=...)` returns it.
    groups : pair of str
        The two groups, such as two outlets.
    names : Series, optional
        What to call each actor, such as `ledger.names()`; ids otherwise.
    top : int
        Number of actors, those with the most mentions in both groups together.
    source : str
        For the line under the title.
    """
    if missing := set(groups) - set(counts["group"]):
        raise ValueError(f"groups must be two of the groups of counts; {missing.pop()!r} is not")
    rows = counts[counts["group"].isin(groups)]
    named = _named(rows, names, top)
    published = rows.drop_duplicates("group").set_index("group")["published"]
    numbers = [
        say("{name}: {n} documents", name=group, n=f"{published[group]:,}") for group in groups
    ]
    fig = figure(say("Two groups side by side"), source, *numbers)
    fig.update_layout(barmode="group")
    for position, group in enumerate(groups):
        of_group = rows[rows["group"] == group].set_index("actor").reindex(list(named))
        told = [_told(row, named[row.Index]) for row in of_group.itertuples()]
        labels = [label(name) for name in named.values()]
        bars = ranked_bars(labels, list(of_group["share"]), hover=told, reach=interval(of_group))
        ids = [point_id(actor, group) for actor in named]
        fig.add_trace(bars.update(ids=ids, name=isolate(group), marker_color=COLOURS[position]))
    fig = as_ranking(fig, 2 * len(named), _unit("share"), shares=True)
    return points_at(with_legend(fig), "actor", "group")


def _unit(value: str) -> str:
    return {
        "share": say("share of documents"),
        "stories": say("stories (copies counted once)"),
        "mentions": say("mentions"),
        "documents": say("documents"),
    }[value]


def _told(row: tuple, name: str) -> str:
    share = "" if pd.isna(row.share) else f" ({percent(row.share)})"
    told = say(
        "{name}: {mentions} mentions in {documents} of {published} documents",
        name=isolate(name),
        mentions=number(row.mentions),
        documents=number(row.documents),
        published=number(row.published),
    )
    return told + share

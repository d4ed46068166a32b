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
    ranked_bars,
    say_empty,
    with_legend,
)


def plot_mention_counts(
    counts: pd.DataFrame,
    *,
    names: pd.Series | None = None,
    value: str = "share",
    top: int | None = None,
    source: str = "",
) -> go.Figure:
    """Draw how often actors are named: ranked bars for one period, lines for several.

    Parameters
    ----------
    counts : DataFrame
        As `mention_counts` returns it.
    names : Series, optional
        What to call each actor, such as `ledger.names()`; ids otherwise.
    value : {'share', 'mentions', 'documents', 'stories'}
        What is drawn; shares carry their 95 % interval.
    top : int, optional
        Number of actors, those with the most mentions overall; 20 as bars, 6 as lines.
    source : str
        For the line under the title.
    """
    if value not in {"share", "mentions", "documents", "stories"}:
        raise ValueError(f"value must be share, mentions, documents or stories; not {value!r}")
    if counts.empty:
        return say_empty(figure("Actors", source), "no mentions, or no document with a date")
    one_period = len(counts["period"].unique()) <= 1
    draw = _bars if one_period else _lines
    top = top or (20 if one_period else 6)
    totals = counts.groupby("actor")["mentions"].sum()
    ranked = totals.sort_index().sort_values(ascending=False, kind="stable").index[:top]
    called = names.reindex(ranked).fillna(pd.Series(ranked, ranked)) if names is not None else None
    named = dict(zip(ranked, ranked if called is None else called, strict=True))
    return draw(counts[counts["actor"].isin(ranked)], named, value, source)


def _bars(counts: pd.DataFrame, named: dict[str, str], value: str, source: str) -> go.Figure:
    rows = counts.sort_values([value, "mentions", "actor"], ascending=[False, False, True])
    published = int(rows["published"].max())
    fig = figure("Actors named most often", source, f"{published:,} documents")
    hover = [_told(row, named[row.actor]) for row in rows.itertuples()]
    reach = interval(rows) if value == "share" else None
    labels = [label(named[actor]) for actor in rows["actor"]]
    fig.add_trace(ranked_bars(labels, list(rows[value]), hover=hover, reach=reach))
    return as_ranking(fig, len(rows), _unit(value), shares=value == "share")


def _lines(counts: pd.DataFrame, named: dict[str, str], value: str, source: str) -> go.Figure:
    """Lines above, and under them the documents they rest on."""
    fig = make_subplots(2, 1, shared_xaxes=True, row_heights=[0.78, 0.22], vertical_spacing=0.06)
    for position, (actor, name) in enumerate(named.items()):
        rows = counts[counts["actor"] == actor].sort_values("period")
        fig.add_trace(
            go.Scatter(
                x=rows["period"],
                y=rows[value],
                name=isolate(name),
                mode="lines+markers",
                line_color=COLOURS[position % len(COLOURS)],
                customdata=[_told(row, name) for row in rows.itertuples()],
                hovertemplate="%{customdata}<br>%{x|%Y-%m-%d}<extra></extra>",
            ),
            row=1,
            col=1,
        )
    published = counts.drop_duplicates("period").sort_values("period")
    fig.add_trace(
        go.Bar(
            x=published["period"],
            y=published["published"],
            marker_color="#bbb",
            showlegend=False,
            hovertemplate="%{y:,} documents<br>%{x|%Y-%m-%d}<extra></extra>",
        ),
        row=2,
        col=1,
    )
    numbers = f"{published['published'].sum():,} dated documents"
    title = heading("How often actors are named", source, numbers)
    fig.update_layout(template=TEMPLATE, title=title, height=520)
    fig.update_yaxes(title=_unit(value), rangemode="tozero", row=1, col=1)
    if value == "share":
        fig.update_yaxes(tickformat=".0%", row=1, col=1)
    fig.update_yaxes(title="documents", row=2, col=1)
    fig.update_xaxes(title="first day of the period", row=2, col=1)
    return with_legend(fig)


def _unit(value: str) -> str:
    return {"share": "share of documents", "stories": "stories (copies counted once)"}.get(
        value, value
    )


def _told(row: tuple, name: str) -> str:
    share = "" if pd.isna(row.share) else f" ({percent(row.share)})"
    return (
        f"{isolate(name)}: {number(row.mentions)} mentions in {number(row.documents)} of "
        f"{number(row.published)} documents{share}"
    )

"""Charts of evenness and richness: dispersion, type-token measures, Zipf."""

import pandas as pd
import plotly.graph_objects as go

from khabar.charts.display import isolate, label, number, percent
from khabar.charts.template import (
    COLOURS,
    as_ranking,
    figure,
    point_id,
    points_at,
    ranked_bars,
    say_empty,
    with_legend,
)
from khabar.charts.wording import say


def plot_dispersion(table: pd.DataFrame, *, top: int = 20, source: str = "") -> go.Figure:
    """Draw the most frequent terms by how unevenly they are spread, the clumsiest first.

    Parameters
    ----------
    table : DataFrame
        As `dispersion` returns it, for one group.
    top : int
        Number of terms, those with the most occurrences.
    source : str
        For the line under the title.
    """
    if table["term"].duplicated().any():
        raise ValueError("table must be cut down to one group; now terms stand in it twice")
    shown = table.nlargest(top, "frequency").sort_values("dp_norm", ascending=False)
    fig = figure(
        say("Spread or clumped?"), source, say("the {n} most frequent terms", n=len(shown))
    )
    if shown.empty or shown["dp_norm"].isna().all():
        return say_empty(fig, say("evenness takes two documents at least"))
    hover = [
        f"{isolate(row.term)}: DPnorm {number(row.dp_norm, 2)}, Juilland's D "
        f"{number(row.juilland_d, 2)}<br>"
        + say(
            "{n} times in {documents} documents ({share})",
            n=number(row.frequency),
            documents=number(row.range),
            share=percent(row.range_share),
        )
        for row in shown.itertuples()
    ]
    labels = [label(term) for term in shown["term"]]
    bars = ranked_bars(labels, list(shown["dp_norm"]), hover=hover)
    fig.add_trace(bars.update(ids=[*map(point_id, shown["term"])]))
    as_ranking(fig, len(shown), say("DPnorm (0: even, 1: all in one place)"))
    fig.update_xaxes(range=[1, 0], autorange=False, tickformat=".1f")
    return points_at(fig, "term")


def plot_lexical_diversity(table: pd.DataFrame, *, source: str = "") -> go.Figure:
    """Draw the share of different words in stretches of equal length, of each group.

    Parameters
    ----------
    table : DataFrame
        As `lexical_diversity` returns it.
    source : str
        For the line under the title.
    """
    grouped = table.columns[0] != "documents"
    shown = table.sort_values("mattr", ascending=False)
    numbers = say("{n} documents", n=f"{table['documents'].sum():,}")
    fig = figure(say("How varied is the vocabulary?"), source, numbers)
    if shown["mattr"].isna().all():
        return say_empty(fig, say("no document is as long as the window"))
    names = shown.iloc[:, 0] if grouped else [say("all documents")] * len(shown)
    hover = [
        say(
            "MATTR {mattr}, plain ratio {ttr}<br>{types} types of {tokens} tokens<br>"
            "measured in {measured} of {documents} documents",
            mattr=number(row.mattr, 3),
            ttr=number(row.ttr, 3),
            types=number(row.types),
            tokens=number(row.tokens),
            measured=number(row.measured),
            documents=number(row.documents),
        )
        for row in shown.itertuples()
    ]
    labels = [label(name) for name in names]
    fig.add_trace(ranked_bars(labels, list(shown["mattr"]), hover=hover))
    as_ranking(fig, len(shown), say("share of different words in a stretch (MATTR)"))
    return fig.update_xaxes(tickformat=".2f")


def plot_zipf(table: pd.DataFrame, *, source: str = "") -> go.Figure:
    """Draw frequency against rank on two logarithmic axes, beside what Zipf's law expects.

    Parameters
    ----------
    table : DataFrame
        As `zipf` returns it.
    source : str
        For the line under the title.
    """
    fig = figure(
        say("Frequency by rank"), source, say("{n} forms", n=f"{len(table):,}"), height=440
    )
    if table.empty:
        return say_empty(fig, say("no words"))
    grouped = table.columns[0] != "rank"
    parts = table.groupby(table.columns[0], sort=False, observed=True) if grouped else [("", table)]
    for position, (group, rows) in enumerate(parts):
        hover = [
            f"{number(row.rank)}. {isolate(row.term)}: {say('{n} times', n=number(row.frequency))}"
            for row in rows.itertuples()
        ]
        fig.add_trace(
            go.Scattergl(
                x=rows["rank"],
                y=rows["per_million"],
                name=isolate(group) if grouped else say("counted"),
                mode="lines+markers",
                marker_size=4,
                line={"color": COLOURS[position % len(COLOURS)], "width": 1},
                customdata=hover,
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
        fig.add_trace(
            go.Scattergl(
                x=rows["rank"],
                y=rows["expected"],
                name=say("Zipf's law"),
                mode="lines",
                showlegend=position == 0,
                line={"color": "#888", "dash": "dash", "width": 1},
                hoverinfo="skip",
            )
        )
    fig.update_xaxes(type="log", title=say("rank"), dtick=1)
    fig.update_yaxes(type="log", title=say("per million words"), dtick=1, exponentformat="none")
    return with_legend(fig)

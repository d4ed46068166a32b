"""Charts of evenness and richness: dispersion, type-token measures, Zipf."""

import pandas as pd
import plotly.graph_objects as go

from khabar.charts.display import isolate, label, number, percent
from khabar.charts.template import COLOURS, as_ranking, figure, ranked_bars, say_empty, with_legend


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
    fig = figure("Spread or clumped?", source, f"the {len(shown)} most frequent terms")
    if shown.empty or shown["dp_norm"].isna().all():
        return say_empty(fig, "evenness takes two documents at least")
    hover = [
        f"{isolate(row.term)}: DPnorm {number(row.dp_norm, 2)}, Juilland's D "
        f"{number(row.juilland_d, 2)}<br>{number(row.frequency)} times in {number(row.range)} "
        f"documents ({percent(row.range_share)})"
        for row in shown.itertuples()
    ]
    labels = [label(term) for term in shown["term"]]
    fig.add_trace(ranked_bars(labels, list(shown["dp_norm"]), hover=hover))
    as_ranking(fig, len(shown), "DPnorm (0: even, 1: all in one place)")
    return fig.update_xaxes(range=[1, 0], autorange=False, tickformat=".1f")


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
    fig = figure("How varied is the vocabulary?", source, f"{table['documents'].sum():,} documents")
    if shown["mattr"].isna().all():
        return say_empty(fig, "no document is as long as the window")
    names = shown.iloc[:, 0] if grouped else ["all documents"] * len(shown)
    hover = [
        f"MATTR {number(row.mattr, 3)}, plain ratio {number(row.ttr, 3)}<br>"
        f"{number(row.types)} types of {number(row.tokens)} tokens; measured in "
        f"{number(row.measured)} of {number(row.documents)} documents"
        for row in shown.itertuples()
    ]
    labels = [label(name) for name in names]
    fig.add_trace(ranked_bars(labels, list(shown["mattr"]), hover=hover))
    as_ranking(fig, len(shown), "share of different words in a stretch (MATTR)")
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
    fig = figure("Frequency by rank", source, f"{len(table):,} forms", height=440)
    if table.empty:
        return say_empty(fig, "no words")
    grouped = table.columns[0] != "rank"
    parts = table.groupby(table.columns[0], sort=False, observed=True) if grouped else [("", table)]
    for position, (group, rows) in enumerate(parts):
        hover = [
            f"{number(row.rank)}. {isolate(row.term)}: {number(row.frequency)} times"
            for row in rows.itertuples()
        ]
        fig.add_trace(
            go.Scattergl(
                x=rows["rank"],
                y=rows["per_million"],
                name=isolate(group) if grouped else "counted",
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
                name="Zipf's law",
                mode="lines",
                showlegend=position == 0,
                line={"color": "#888", "dash": "dash", "width": 1},
                hoverinfo="skip",
            )
        )
    fig.update_xaxes(type="log", title="rank", dtick=1)
    fig.update_yaxes(type="log", title="per million words", dtick=1, exponentformat="none")
    return with_legend(fig)

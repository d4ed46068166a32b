"""Charts of topics."""

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from khabar.charts.display import isolate, label, number, percent
from khabar.charts.template import COLOURS, TEMPLATE, figure, heading, say_empty, with_legend


def plot_n_clusters(choices: pd.DataFrame, *, source: str = "") -> go.Figure:
    """Draw silhouette, beside that of chance, and agreement against the number of clusters.

    Parameters
    ----------
    choices : DataFrame
        As `choose_n_clusters` returns it.
    source : str
        For the line under the title.
    """
    fig = make_subplots(2, 1, shared_xaxes=True, vertical_spacing=0.08)
    fig.update_layout(template=TEMPLATE, title=heading("How many topics?", source), height=440)
    if choices.empty:
        return say_empty(fig, "too few documents for more than one topic")
    for row, column, name, colour in (
        (1, "silhouette", "silhouette", COLOURS[0]),
        (1, "chance", "silhouette of shuffled words", COLOURS[6]),
        (2, "agreement", "agreement between seeds", COLOURS[1]),
    ):
        fig.add_trace(
            go.Scatter(
                x=choices["n_clusters"],
                y=choices[column],
                name=name,
                mode="lines+markers",
                line_color=colour,
                hovertemplate="%{x} clusters: %{y:.3f}<extra>" + name + "</extra>",
            ),
            row=row,
            col=1,
        )
    fig.update_xaxes(title="number of clusters", dtick=1, row=2, col=1)
    fig.update_yaxes(title="silhouette", row=1, col=1)
    fig.update_yaxes(title="agreement", range=[0, 1.05], row=2, col=1)
    return with_legend(fig)


def plot_topic_terms(
    terms: pd.DataFrame, *, names: dict[int, str] | None = None, source: str = ""
) -> go.Figure:
    """Draw each cluster's distinctive terms, by the share of its documents that hold them.

    Parameters
    ----------
    terms : DataFrame
        `Topics.terms`.
    names : dict, optional
        The reader's names for clusters.
    source : str
        For the line under the title.
    """
    clusters = list(terms["cluster"].unique())
    n_columns = 2 if len(clusters) > 1 else 1
    n_rows = -(-len(clusters) // n_columns)
    titles = [isolate((names or {}).get(c, f"topic {c}")) for c in clusters]
    fig = make_subplots(
        n_rows,
        n_columns,
        subplot_titles=titles,
        horizontal_spacing=0.24,
        vertical_spacing=0.32 / n_rows,
    )
    for position, cluster in enumerate(clusters):
        rows = terms[terms["cluster"] == cluster]
        hover = [
            f"{isolate(row.term)}: {percent(row.share)} of the documents here, "
            f"{percent(row.share_elsewhere)} elsewhere"
            for row in rows.itertuples()
        ]
        fig.add_trace(
            go.Bar(
                x=rows["share"],
                y=[label(term) for term in rows["term"]],
                orientation="h",
                marker_color=COLOURS[position % len(COLOURS)],
                customdata=hover,
                hovertemplate="%{customdata}<extra></extra>",
            ),
            row=position // n_columns + 1,
            col=position % n_columns + 1,
        )
    title = heading("Distinctive terms of each topic", source)
    fig.update_layout(template=TEMPLATE, title=title, showlegend=False)
    fig.update_layout(height=140 + 330 * n_rows, margin={"t": 120})
    fig.update_yaxes(autorange="reversed", side="right", showgrid=False, ticklabelstandoff=6)
    fig.update_xaxes(range=[1, 0], tickformat=".0%", tickvals=[0, 0.5, 1], tickangle=0)
    fig.update_xaxes(title={"text": "share of documents", "font_size": 12})
    return fig


def plot_topics_over_time(
    shares: pd.DataFrame, *, names: dict[int, str] | None = None, source: str = ""
) -> go.Figure:
    """Draw the share of each topic in the documents of each period.

    Parameters
    ----------
    shares : DataFrame
        As `topics_over_time` returns it.
    names : dict, optional
        The reader's names for clusters.
    source : str
        For the line under the title.
    """
    fig = figure("Topics over time", source, barmode="stack", height=420)
    if shares.empty:
        return say_empty(fig, "no document has a date")
    for position, (cluster, rows) in enumerate(shares.groupby("cluster")):
        name = isolate((names or {}).get(cluster, f"topic {cluster}"))
        hover = [
            f"{name}, {row.period:%Y-%m-%d}: {number(row.documents)} of "
            f"{number(row.published)} documents ({percent(row.share)})"
            for row in rows.itertuples()
        ]
        fig.add_trace(
            go.Bar(
                x=rows["period"],
                y=rows["share"],
                name=name,
                marker_color=COLOURS[position % len(COLOURS)],
                customdata=hover,
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
    fig.update_xaxes(title="first day of the period")
    fig.update_yaxes(title="share of the period's documents", tickformat=".0%", range=[0, 1])
    return with_legend(fig)

"""Charts of the corpus itself."""

import pandas as pd
import plotly.graph_objects as go

from khabar.charts.display import isolate, number
from khabar.charts.template import COLOURS, figure, say_empty, with_legend


def plot_documents_over_time(counts: pd.DataFrame, *, source: str = "") -> go.Figure:
    """Draw the number of documents of each period, stacked by outlet.

    Parameters
    ----------
    counts : DataFrame
        As `documents_over_time` returns it.
    source : str
        For the line under the title.
    """
    dated = counts[counts["period"].notna()]
    undated = int(counts.loc[counts["period"].isna(), "documents"].sum())
    numbers = f"{dated['documents'].sum():,} dated documents, {undated:,} without a date"
    fig = figure("Documents over time", source, numbers, barmode="stack", height=420)
    if dated.empty:
        return say_empty(fig, "no document has a date")
    for position, (outlet, rows) in enumerate(dated.groupby("outlet", sort=True)):
        hover = [
            f"{isolate(outlet)}, {row.period:%Y-%m-%d}: {number(row.documents)} documents"
            for row in rows.itertuples()
        ]
        fig.add_trace(
            go.Bar(
                x=rows["period"],
                y=rows["documents"],
                name=isolate(outlet),
                marker_color=COLOURS[position % len(COLOURS)],
                customdata=hover,
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
    fig.update_xaxes(title="first day of the period")
    fig.update_yaxes(title="documents", rangemode="tozero")
    return with_legend(fig)

"""Charts of the corpus itself."""

import pandas as pd
import plotly.graph_objects as go

from khabar.charts.display import isolate, number
from khabar.charts.template import (
    COLOURS,
    figure,
    point_id,
    points_at,
    say_empty,
    with_legend,
)
from khabar.charts.wording import say


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
    numbers = say(
        "{dated} dated documents, {undated} without a date",
        dated=f"{dated['documents'].sum():,}",
        undated=f"{undated:,}",
    )
    fig = figure(say("Documents over time"), source, numbers, barmode="stack", height=420)
    if dated.empty:
        return say_empty(fig, say("no document has a date"))
    for position, (outlet, rows) in enumerate(dated.groupby("outlet", sort=True)):
        hover = [
            say(
                "{name}, {day}: {n} documents",
                name=isolate(outlet),
                day=f"{row.period:%Y-%m-%d}",
                n=number(row.documents),
            )
            for row in rows.itertuples()
        ]
        fig.add_trace(
            go.Bar(
                x=rows["period"],
                y=rows["documents"],
                name=isolate(outlet),
                marker_color=COLOURS[position % len(COLOURS)],
                ids=[point_id(row.period, row.outlet) for row in rows.itertuples()],
                customdata=hover,
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
    fig.update_xaxes(title=say("first day of the period"))
    fig.update_yaxes(title=say("documents"), rangemode="tozero")
    return points_at(with_legend(fig), "period", "outlet")


def name_source(documents: pd.DataFrame) -> str:
    """Name what a chart rests on, for the line under its title.

    Parameters
    ----------
    documents : DataFrame
        As `load_corpus` returns them.

    Returns
    -------
    str
        Of whom the documents are (the three largest outlets, and how many more) and from when to
        when (years, or days of one year).

    Examples
    --------
    >>> documents = pd.DataFrame({"outlet": ["A", "B"], "published": pd.to_datetime(["2015"] * 2)})
    >>> name_source(documents)
    'A, B; 2015-01-01 to 2015-01-01'
    """
    outlets = documents["outlet"].value_counts(sort=False).sort_index()
    largest = outlets.sort_values(ascending=False, kind="stable").index
    more = say("and {n} more", n=len(largest) - 3) if len(largest) > 3 else ""
    days = documents["published"].dropna()
    parts = (say(", ").join(largest[:3]), more, _span(days) if len(days) else "")
    return "; ".join(part for part in parts if part)


def _span(days: pd.Series) -> str:
    """Say from when to when: in years, or in days if all is of one year."""
    precision = "%Y-%m-%d" if days.min().year == days.max().year else "%Y"
    first, last = (day.strftime(precision) for day in (days.min(), days.max()))
    return say("{first} to {last}", first=first, last=last)

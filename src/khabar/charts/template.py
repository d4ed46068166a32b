"""The look that all charts share, and the pieces they are built from."""

import html

import pandas as pd
import plotly.graph_objects as go

from khabar.charts.display import is_sentence, isolate, row_of
from khabar.charts.wording import language

# Okabe and Ito's palette, told apart by readers with every kind of colour vision.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F7F7F")
_FONT = '"Noto Sans", "Noto Sans Arabic", "Segoe UI", Tahoma, Arial, sans-serif'

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": _FONT, "size": 14, "color": "#222"},
        "title": {
            "x": 0.01,
            "xanchor": "left",
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 22},
        },
        "colorway": COLOURS,
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "margin": {"l": 20, "r": 20, "t": 112, "b": 60},
        "xaxis": {"automargin": True, "gridcolor": "#e6e6e6", "linecolor": "#888"},
        "yaxis": {"automargin": True, "gridcolor": "#e6e6e6", "linecolor": "#888"},
        "hoverlabel": {"namelength": -1, "font": {"family": _FONT}},
        "legend": {"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom", "x": 0},
        "modebar": {"orientation": "v"},
    }
)


def heading(title: str, *notes: str) -> dict[str, object]:
    """Return a plotly title: the title, and under it the source and the numbers it rests on.

    The title is isolated, unless it is made of isolated parts by `in_a_sentence`.
    """
    title = title if is_sentence(title) else isolate(title)
    note = row_of(part for given in notes for part in given.split("; "))
    side = {"x": 0.99, "xanchor": "right"} if language() == "ar" else {}
    return {"text": f"{title}<br><sup>{note}</sup>", **side}


def figure(title: str, *notes: str, **layout: object) -> go.Figure:
    """Return an empty figure with its heading."""
    return go.Figure(layout=go.Layout(template=TEMPLATE, title=heading(title, *notes), **layout))


def with_legend(fig: go.Figure) -> go.Figure:
    """Give the legend room below the chart; on a phone two names fit into a row."""
    if language() == "ar":
        fig.update_layout(legend={"x": 1, "xanchor": "right"})
    n_rows = -(-sum(trace.showlegend is not False for trace in fig.data) // 2)
    room = 24 * n_rows
    return fig.update_layout(
        showlegend=True,
        legend_traceorder="normal",
        height=fig.layout.height + room,
        margin_b=70 + room,
    )


def say_empty(fig: go.Figure, reason: str) -> go.Figure:
    """Show in words why there is nothing to draw, instead of empty axes."""
    fig.add_annotation(
        text=isolate(reason),
        showarrow=False,
        xref="paper",
        yref="paper",
        x=0.5,
        y=0.5,
        font_size=16,
    )
    fig.update_layout(height=240, meta={"points_at": []})
    fig.update_xaxes(visible=False)
    return fig.update_yaxes(visible=False)


def ranked_bars(
    labels: list[str], values: list[float], *, hover: list[str], reach: dict | None = None
) -> go.Bar:
    """Return horizontal bars, the first on top, with right-to-left names beside them.

    `reach` is a plotly `error_x`, for the interval of each value.
    """
    return go.Bar(
        x=values,
        y=labels,
        orientation="h",
        customdata=hover,
        hovertemplate="%{customdata}<extra></extra>",
        error_x=reach,
        marker_color=COLOURS[0],
    )


def interval(
    rows: pd.DataFrame, value: str = "share", low: str = "low", high: str = "high"
) -> dict:
    """Return the plotly error bars from `low` to `high` round a value."""
    above, below = rows[high] - rows[value], rows[value] - rows[low]
    return {"array": list(above), "arrayminus": list(below), "color": "#888"}


def as_ranking(fig: go.Figure, n_bars: int, axis_title: str, *, shares: bool = False) -> go.Figure:
    """Lay a figure out for `ranked_bars`: names on the right, bars growing to the left."""
    fig.update_layout(height=172 + 30 * n_bars, showlegend=False, bargap=0.35)
    fig.update_yaxes(autorange="reversed", side="right", ticklabelstandoff=6, showgrid=False)
    fig.update_xaxes(
        autorange="reversed",
        title=axis_title,
        tickformat=".0%" if shares else ",",
        rangemode="tozero",
    )
    return fig


def points_at(fig: go.Figure, *columns: str) -> go.Figure:
    """Name the columns that the `ids` of the points are made of, for `with_evidence`."""
    return fig.update_layout(meta={"points_at": list(columns)})


def point_id(*values: object) -> str:
    """Name a point of a chart by what it counts: an actor, a period and an actor, ...

    >>> point_id(pd.Timestamp("2015-04-23"), "un")
    '2015-04-23|un'
    """
    parts = (f"{v:%Y-%m-%d}" if isinstance(v, pd.Timestamp) else str(v) for v in values)
    return html.escape("|".join(parts))

"""What a chart says to who does not see it: a sentence, and the numbers it draws as a table."""

import base64
import datetime
import html

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from khabar.charts.display import percent, strip_controls


def describe_chart(figure: go.Figure) -> str:
    """Say what a chart is, what it rests on and what its axes show.

    >>> describe_chart(go.Figure(layout_title_text="Actors<br><sup>40 documents</sup>"))
    'Actors. 40 documents'
    """
    title, _, notes = str(figure.layout.title.text or "").partition("<br><sup>")
    axes = [axis.title.text for axis in (*figure.select_xaxes(), *figure.select_yaxes())]
    told = [title, notes, *dict.fromkeys(text for text in axes if text)]
    return ". ".join(filter(None, map(_plain, told)))


def chart_table(figure: go.Figure) -> pd.DataFrame:
    """Return the numbers that a chart draws.

    Parameters
    ----------
    figure : Figure
        Bars, lines, points and heat maps are read; other shapes have no rows.

    Returns
    -------
    DataFrame
        One row per point, as drawn: `series` (where several are drawn), `at` (name or day), `value`
        (a number, or its percentage in words) and `unit` (the title of the axis).

    Examples
    --------
    >>> chart_table(go.Figure(go.Bar(x=["a", "b"], y=[1, 2])))[["at", "value"]].values.tolist()
    [['a', 1], ['b', 2]]
    """
    rows = [row for trace in figure.data for row in _rows(figure, trace)]
    table = pd.DataFrame(rows, columns=["series", "at", "value", "unit"], dtype="object")
    empty = [name for name in ("series", "unit") if not table[name].astype(bool).any()]
    return table.drop(columns=empty)


def _rows(figure: go.Figure, trace: go.Bar) -> list[tuple]:
    if trace.hoverinfo == "skip":
        return []
    if trace.type == "heatmap" and trace.z is not None:
        unit = _plain(trace.colorbar.title.text)
        return [
            (_plain(row), _plain(column), value, unit)
            for row, values in zip(trace.y, _numbers(trace.z), strict=True)
            for column, value in zip(trace.x, values, strict=True)
        ]
    if trace.type not in ("bar", "scatter") or trace.x is None or trace.y is None:
        return []
    sideways = trace.type == "bar" and trace.orientation == "h"
    at, values = (trace.y, trace.x) if sideways else (trace.x, trace.y)
    letter, name = ("x", trace.xaxis) if sideways else ("y", trace.yaxis)
    axis = figure.layout[(name or letter).replace(letter, f"{letter}axis")]
    share = "%" in (axis.tickformat or "")
    unit, series = _plain(axis.title.text), _plain(trace.name)
    return [
        (series, _place(where), strip_controls(percent(value)) if share else value, unit)
        for where, value in zip(_numbers(at), _numbers(values), strict=True)
        if not pd.isna(value)
    ]


def _numbers(values: object) -> object:
    """Return an array as one: a figure that was written out packs its numbers into text."""
    if not isinstance(values, dict):
        return values
    array = np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"])
    return array.reshape([int(n) for n in values.get("shape", "-1").split(",")])


def _place(where: object) -> object:
    if isinstance(where, np.datetime64 | datetime.date):
        return pd.Timestamp(where)
    return _plain(where) if isinstance(where, str) else where


def _plain(text: str | None) -> str:
    """Return a chart's text as a reader sees it."""
    lines = str(text or "").replace("<br>", " ").replace("</sup>", "").replace("<sup>", "")
    return html.unescape(strip_controls(lines))

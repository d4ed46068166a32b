"""Charts of words of one's own choice: how often, when, and where in the corpus."""

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from khabar.charts.display import isolate, label, number, percent
from khabar.charts.frequency import INTERVALS
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

_VALUES = ("per_million", "share")


def plot_query_counts(
    counts: pd.DataFrame, *, value: str = "per_million", source: str = ""
) -> go.Figure:
    """Draw how often queries occur: bars, bars of each group, or lines over time.

    Parameters
    ----------
    counts : DataFrame
        As `query_counts` returns it. Counted by `periods`, it is drawn as lines over the number of
        documents on which they rest.
    value : {'per_million', 'share'}
        What is drawn, with its 95 % interval (of lines, on hovering).
    source : str
        For the line under the title.
    """
    if value not in _VALUES:
        raise ValueError(f"value must be one of {', '.join(_VALUES)}; not {value!r}")
    if counts.empty:
        return say_empty(figure(say("Words"), source), say("no query, or no document in a group"))
    by = counts.columns[0]
    if by == "query":
        return _bars(counts, value, source)
    if pd.api.types.is_datetime64_any_dtype(counts[by]):
        return _lines(counts, value, source)
    return _grouped_bars(counts, value, source)


def _bars(counts: pd.DataFrame, value: str, source: str) -> go.Figure:
    rows = counts.sort_values([value, "query"], ascending=[False, True])
    numbers = say("{n} documents", n=f"{counts['documents'].iloc[0]:,}")
    fig = figure(say("How often words occur"), source, numbers)
    hover = [_told(row, row.query) for row in rows.itertuples()]
    labels = [label(query) for query in rows["query"]]
    reach = interval(rows, value, *INTERVALS[value])
    bars = ranked_bars(labels, list(rows[value]), hover=hover, reach=reach)
    fig.add_trace(bars.update(ids=[*map(point_id, rows["query"])]))
    return points_at(as_ranking(fig, len(rows), _unit(value), shares=value == "share"), "term")


def _grouped_bars(counts: pd.DataFrame, value: str, source: str) -> go.Figure:
    by = counts.columns[0]
    groups = counts.drop_duplicates(by)
    numbers = say("{n} documents", n=f"{groups['documents'].sum():,}")
    fig = figure(say("How often words occur"), source, numbers)
    for position, (query, rows) in enumerate(counts.groupby("query", sort=False)):
        hover = [_told(row, query, row[1]) for row in rows.itertuples()]
        bars = ranked_bars(
            [label(group) for group in rows[by]],
            list(rows[value]),
            hover=hover,
            reach=interval(rows, value, *INTERVALS[value]),
        )
        ids = [point_id(group, query) for group in rows[by]]
        colour = COLOURS[position % len(COLOURS)]
        fig.add_trace(bars.update(ids=ids, name=isolate(query), marker_color=colour))
    n_bars = len(groups) * max(0.7 * counts["query"].nunique(), 1)
    as_ranking(fig, round(n_bars), _unit(value), shares=value == "share")
    return points_at(with_legend(fig.update_layout(bargap=0.2)), by, "term")


def _lines(counts: pd.DataFrame, value: str, source: str) -> go.Figure:
    by = counts.columns[0]
    fig = make_subplots(2, 1, shared_xaxes=True, row_heights=[0.78, 0.22], vertical_spacing=0.06)
    for position, (query, rows) in enumerate(counts.groupby("query", sort=False)):
        fig.add_trace(
            go.Scatter(
                x=rows[by],
                y=rows[value],
                name=isolate(query),
                mode="lines+markers",
                line_color=COLOURS[position % len(COLOURS)],
                ids=[point_id(period, query) for period in rows[by]],
                customdata=[_told(row, query, f"{row[1]:%Y-%m-%d}") for row in rows.itertuples()],
                hovertemplate="%{customdata}<extra></extra>",
            ),
            row=1,
            col=1,
        )
    published = counts.drop_duplicates(by)
    fig.add_trace(
        go.Bar(
            x=published[by],
            y=published["documents"],
            marker_color="#bbb",
            showlegend=False,
            name=say("documents"),
            hovertemplate="%{y:,}<br>%{x|%Y-%m-%d}<extra></extra>",
        ),
        row=2,
        col=1,
    )
    numbers = say("{n} dated documents", n=f"{published['documents'].sum():,}")
    title = heading(say("How often words occur over time"), source, numbers)
    fig.update_layout(template=TEMPLATE, title=title, height=520)
    fig.update_yaxes(title=_unit(value), rangemode="tozero", row=1, col=1)
    if value == "share":
        fig.update_yaxes(tickformat=".0%", row=1, col=1)
    fig.update_yaxes(title=say("documents"), row=2, col=1)
    fig.update_xaxes(title=say("first day of the period"), row=2, col=1)
    return points_at(with_legend(fig), "period", "term")


def _told(row: tuple, query: str, group: object = None) -> str:
    where = "" if group is None else f", {isolate(str(group))}"
    if not row.documents:
        return f"{isolate(query)}{where}: {say('no documents')}"
    times = say(
        "{n} times in {documents} of {all} documents",
        n=number(row.frequency),
        documents=number(row.document_frequency),
        all=number(row.documents),
    )
    share = _with_reach(percent(row.share), percent(row.low), percent(row.high))
    rate = say("{rate} per million words", rate=number(row.per_million))
    if not pd.isna(row.rate_low):
        rate = _with_reach(rate, number(row.rate_low), number(row.rate_high))
    return f"{isolate(query)}{where}: {times}<br>{share}<br>{rate}"


def _with_reach(value: str, low: str, high: str) -> str:
    return f"{value} ({say('95 %: {low} to {high}', low=low, high=high)})"


def _unit(value: str) -> str:
    return {
        "per_million": say("occurrences per million words"),
        "share": say("share of documents"),
    }[value]


def plot_query_positions(positions: pd.DataFrame, *, source: str = "") -> go.Figure:
    """Draw a strip for each query and group: a tick where in the running words it stands.

    The strip is read from the left, as time is; each is as long as its group has words.

    Parameters
    ----------
    positions : DataFrame
        As `query_positions` returns it.
    source : str
        For the line under the title.
    """
    found = positions[positions["place"].notna()]
    fig = figure(
        say("Where words stand in the corpus"),
        source,
        say("{n} occurrences", n=f"{len(found):,}"),
    )
    if found.empty:
        return say_empty(fig, say("none of the words occurs"))
    by = positions.columns[0]
    several = positions["query"].nunique() > 1
    names = [
        (row[1], row.query) if by != "query" and several else (row[1],)
        for row in positions.itertuples()
    ]
    strip = pd.Series([" · ".join(map(str, name)) for name in names], positions.index)
    order = list(dict.fromkeys(strip))
    row_of = {name: i for i, name in enumerate(order)}
    colours = {
        query: COLOURS[i % len(COLOURS)] for i, query in enumerate(positions["query"].unique())
    }
    ends = positions.assign(strip=strip).drop_duplicates("strip")
    for end in ends.itertuples():
        y = row_of[end.strip]
        fig.add_shape(
            type="rect",
            x0=0,
            x1=end.words,
            y0=y - 0.36,
            y1=y + 0.36,
            line_width=0,
            fillcolor="#eee",
            layer="below",
        )
    for query in colours:
        rows = found[found["query"] == query]
        fig.add_trace(
            go.Scattergl(
                x=rows["place"],
                y=[row_of[name] for name in strip[rows.index]],
                mode="markers",
                marker={
                    "symbol": "line-ns",
                    "size": 17,
                    "opacity": 0.7,
                    "line": {"width": 1.2, "color": colours[query]},
                },
                ids=[point_id(row.document_id, query) for row in rows.itertuples()],
                customdata=[
                    f"{isolate(row.document_id)}<br>{label(row.line, width=50)}"
                    for row in rows.itertuples()
                ],
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
    fig.update_layout(height=160 + 34 * len(order), showlegend=False)
    fig.update_yaxes(
        tickvals=list(range(len(order))),
        ticktext=[label(name) for name in order],
        side="right",
        range=[len(order) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        ticklabelstandoff=6,
    )
    fig.update_xaxes(title=say("running words"), rangemode="tozero", tickformat=",")
    return points_at(fig, "document_id", "term")

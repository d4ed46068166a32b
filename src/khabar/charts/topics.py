"""Charts of topics. What each topic is called stands in the tables: see `Topics.rename`."""

from collections.abc import Iterable

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from khabar.charts.display import isolate, label, number, percent
from khabar.charts.template import (
    COLOURS,
    TEMPLATE,
    figure,
    heading,
    point_id,
    points_at,
    say_empty,
    with_legend,
)
from khabar.charts.wording import say

# Colours come back after seven groups, with another symbol or pattern.
_SYMBOLS = ("circle", "diamond", "square", "triangle-up", "x", "star")
_PATTERNS = ("", "/", "x", ".", "-", "+")


def plot_n_clusters(choices: pd.DataFrame, *, source: str = "") -> go.Figure:
    """Draw silhouette, beside that of chance, and how far the topics come back, by their number.

    Parameters
    ----------
    choices : DataFrame
        As `choose_n_clusters` returns it.
    source : str
        For the line under the title.
    """
    fig = make_subplots(2, 1, shared_xaxes=True, vertical_spacing=0.08)
    fig.update_layout(template=TEMPLATE, title=heading(say("How many topics?"), source), height=480)
    if choices.empty:
        return say_empty(fig, say("too few documents for more than one topic"))
    for row, column, name, colour in (
        (1, "silhouette", say("silhouette"), COLOURS[0]),
        (1, "chance", say("silhouette of shuffled words"), COLOURS[6]),
        (2, "seeds", say("agreement of random starts"), COLOURS[3]),
        (2, "resamples", say("agreement of resamples"), COLOURS[2]),
        (2, "jaccard", say("what comes back of a topic"), COLOURS[1]),
    ):
        fig.add_trace(
            go.Scatter(
                x=choices["n_clusters"],
                y=choices[column],
                name=name,
                mode="lines+markers",
                line_color=colour,
                hovertemplate="%{x}: %{y:.3f}<extra>" + name + "</extra>",
            ),
            row=row,
            col=1,
        )
    for low, high in ((0.6, 0.75), (0.75, 0.85), (0.85, 1)):
        fig.add_hrect(low, high, fillcolor=COLOURS[1], opacity=0.06, line_width=0, row=2, col=1)
    fig.update_xaxes(title=say("number of topics"), dtick=max(1, len(choices) // 12), row=2, col=1)
    fig.update_yaxes(title=say("silhouette"), row=1, col=1)
    fig.update_yaxes(title=say("agreement"), range=[0, 1.05], tickvals=[0, 0.6, 0.75, 0.85, 1])
    fig.update_yaxes(title=say("silhouette"), range=None, tickvals=None, row=1, col=1)
    return with_legend(fig)


def plot_topic_terms(terms: pd.DataFrame, *, source: str = "") -> go.Figure:
    """Draw each topic's terms, by the share of its documents that hold them.

    Parameters
    ----------
    terms : DataFrame
        `Topics.terms`, or as `topic_terms` returns it.
    source : str
        For the line under the title.
    """
    topics = _topics(terms)
    n_columns = 2 if len(topics) > 1 else 1
    n_rows = -(-len(topics) // n_columns)
    fig = make_subplots(
        n_rows,
        n_columns,
        subplot_titles=[label(name, width=24) for name in topics.values()],
        horizontal_spacing=0.24,
        vertical_spacing=0.34 / n_rows,
    )
    for position, (cluster, name) in enumerate(topics.items()):
        rows = terms[terms["cluster"] == cluster]
        hover = [
            say(
                "{term}: {share} of the documents of {topic}, {elsewhere} elsewhere; {n} times",
                term=isolate(row.term),
                share=percent(row.share),
                topic=isolate(name),
                elsewhere=percent(row.share_elsewhere),
                n=number(row.frequency),
            )
            for row in rows.itertuples()
        ]
        labels = [label(term) for term in rows["term"]]
        bars = _bar(rows["share"], labels, name, hover, cluster).update(orientation="h")
        bars.update(ids=[point_id(cluster, term) for term in rows["term"]])
        fig.add_trace(bars, row=position // n_columns + 1, col=position % n_columns + 1)
    fig.update_layout(template=TEMPLATE, title=heading(say("Terms of each topic"), source))
    fig.update_layout(showlegend=False, height=150 + 340 * n_rows, margin={"t": 120})
    fig.update_yaxes(autorange="reversed", side="right", showgrid=False, ticklabelstandoff=6)
    fig.update_xaxes(range=[1, 0], tickformat=".0%", tickvals=[0, 0.5, 1], tickangle=0)
    fig.update_xaxes(title={"text": say("share of documents"), "font_size": 12})
    return points_at(fig, "cluster", "term")


def plot_topics_over_time(shares: pd.DataFrame, *, source: str = "") -> go.Figure:
    """Draw the share of each topic in the documents of each period, over their number.

    Parameters
    ----------
    shares : DataFrame
        As `topics_over_time` returns it.
    source : str
        For the line under the title.
    """
    if shares.empty:
        return say_empty(figure(say("Topics over time"), source), say("no document has a date"))
    fig = make_subplots(2, 1, shared_xaxes=True, row_heights=[0.78, 0.22], vertical_spacing=0.06)
    for cluster, name in _topics(shares).items():
        rows = shares[shares["cluster"] == cluster]
        hover = [
            f"{isolate(name)}, {row.period:%Y-%m-%d}: {_of(row, row.published)}"
            for row in rows.itertuples()
        ]
        bars = _bar(rows["period"], rows["share"], name, hover, cluster)
        bars.update(ids=[point_id(row.period, row.cluster) for row in rows.itertuples()])
        fig.add_trace(bars, row=1, col=1)
    published = shares.drop_duplicates("period")
    fig.add_trace(
        go.Bar(
            x=published["period"],
            y=published["published"],
            marker_color="#bbb",
            showlegend=False,
            name=say("documents"),
            hovertemplate="%{y:,}<br>%{x|%Y-%m-%d}<extra></extra>",
        ),
        row=2,
        col=1,
    )
    dated = say("{n} dated documents", n=f"{published['published'].sum():,}")
    title = heading(say("Topics over time"), source, dated)
    fig.update_layout(template=TEMPLATE, title=title, barmode="stack", height=500)
    fig.update_yaxes(title=say("share"), tickformat=".0%", range=[0, 1], row=1, col=1)
    fig.update_yaxes(title=say("documents"), rangemode="tozero", row=2, col=1)
    fig.update_xaxes(title=say("first day of the period"), row=2, col=1)
    return points_at(with_legend(fig), "period", "cluster")


def plot_topics_by_outlet(shares: pd.DataFrame, *, source: str = "") -> go.Figure:
    """Draw what each outlet's documents are about.

    Parameters
    ----------
    shares : DataFrame
        As `topics_by_outlet` returns it.
    source : str
        For the line under the title.
    """
    if shares.empty:
        return say_empty(
            figure(say("Topics of each outlet"), source), say("no document has a topic")
        )
    outlets = shares.drop_duplicates("outlet")
    numbers = say("{n} documents", n=f"{outlets['total'].sum():,}")
    fig = figure(say("Topics of each outlet"), source, numbers, barmode="stack", bargap=0.35)
    names = {
        row.outlet: label(row.outlet, width=18)
        + f"<br>{isolate(say('{n} documents', n=f'{row.total:,}'))}"
        for row in outlets.itertuples()
    }
    for cluster, name in _topics(shares).items():
        rows = shares[shares["cluster"] == cluster]
        hover = [
            f"{isolate(row.outlet)}, {isolate(name)}: {_of(row, row.total)}"
            for row in rows.itertuples()
        ]
        bar = _bar(rows["share"], rows["outlet"].map(names), name, hover, cluster)
        ids = [point_id(row.cluster, row.outlet) for row in rows.itertuples()]
        fig.add_trace(bar.update(orientation="h", ids=ids))
    fig.update_layout(height=170 + 60 * len(outlets))
    points_at(fig, "cluster", "outlet")
    fig.update_xaxes(title=say("share of the outlet's documents"), tickformat=".0%", range=[1, 0])
    fig.update_yaxes(autorange="reversed", side="right", ticklabelstandoff=6, showgrid=False)
    return with_legend(fig)


def plot_topics_by_actor(
    shares: pd.DataFrame, *, names: pd.Series | None = None, source: str = ""
) -> go.Figure:
    """Draw who is named in the documents of each topic.

    Parameters
    ----------
    shares : DataFrame
        As `topics_by_actor` returns it.
    names : Series, optional
        What to call each actor, such as `ledger.names()`; ids otherwise.
    source : str
        For the line under the title.
    """
    title = say("Who is named in each topic")
    if shares.empty:
        return say_empty(figure(title, source), say("no document with a topic names an actor"))
    actors = pd.Series(shares["actor"].unique(), shares["actor"].unique())
    called = actors if names is None else names.reindex(actors).fillna(actors)
    fig = figure(title, source)
    for position, (cluster, name) in enumerate(_topics(shares).items()):
        rows = shares[shares["cluster"] == cluster]
        hover = [
            say(
                "{actor} in {topic}: {documents}, 95 % interval {low} to {high}",
                actor=isolate(called[row.actor]),
                topic=isolate(name),
                documents=_of(row, row.total),
                low=percent(row.low),
                high=percent(row.high),
            )
            for row in rows.itertuples()
        ]
        labels = [label(called[actor], width=18) for actor in rows["actor"]]
        points = _points(rows["share"], labels, name, hover, position, size=11)
        fig.add_trace(points.update(ids=[point_id(cluster, actor) for actor in rows["actor"]]))
    fig.update_layout(height=170 + 36 * len(actors))
    fig.update_xaxes(
        title=say("share of the topic's documents"), tickformat=".0%", autorange="reversed"
    )
    fig.update_yaxes(autorange="reversed", side="right", ticklabelstandoff=6)
    return points_at(with_legend(fig), "cluster", "actor")


def plot_document_map(
    placed: pd.DataFrame, *, colour: str = "topic", source: str = ""
) -> go.Figure:
    """Draw the documents on a plane; a point tells its headline.

    Parameters
    ----------
    placed : DataFrame
        As `document_map` returns it.
    colour : {'topic', 'outlet'}
        What the colours stand for.
    source : str
        For the line under the title.
    """
    if colour not in {"topic", "outlet"}:
        raise ValueError(f"colour must be topic or outlet; not {colour!r}")
    fig = figure(
        say("Map of the documents"), source, say("{n} documents", n=f"{len(placed):,}"), height=560
    )
    placed = placed.assign(outlet=placed["outlet"].fillna("unknown"))
    groups = _topics(placed) if colour == "topic" else None
    groups = groups or {outlet: outlet for outlet in sorted(placed["outlet"].unique())}
    column = "cluster" if colour == "topic" else "outlet"
    for position, (value, name) in enumerate(groups.items()):
        rows = placed[placed[column] == value]
        hover = [
            f"{_headline(row.title, row.Index)}<br>{isolate(row.outlet)}<br>{isolate(row.topic)}"
            for row in rows.itertuples()
        ]
        size = 8 if len(placed) < 500 else 5
        points = _points(rows["x"], rows["y"], name, hover, position, size=size)
        fig.add_trace(points.update(ids=[*map(point_id, rows.index)]))
    fig.update_xaxes(
        title=say("near means alike; the axes have no unit"), showticklabels=False, zeroline=False
    )
    fig.update_yaxes(showticklabels=False, zeroline=False)
    return points_at(with_legend(fig), "document_id")


def _topics(table: pd.DataFrame) -> dict[int, str]:
    """Return the name of each cluster, in order."""
    named = table.drop_duplicates("cluster").sort_values("cluster")
    return dict(zip(named["cluster"], named["topic"], strict=True))


def _of(row: tuple, total: int) -> str:
    share = "" if pd.isna(row.share) else f" ({percent(row.share)})"
    told = say("{n} of {all} documents", n=number(row.documents), all=number(total))
    return told + share


def _headline(title: object, document_id: object) -> str:
    return label(document_id if pd.isna(title) else title, width=44)


def _bar(
    x: Iterable[object], y: Iterable[object], name: str, hover: list[str], cluster: int
) -> go.Bar:
    pattern = _PATTERNS[cluster // len(COLOURS) % len(_PATTERNS)]
    return go.Bar(
        x=x,
        y=y,
        name=label(name, width=24),
        marker={"color": COLOURS[cluster % len(COLOURS)], "pattern_shape": pattern},
        customdata=hover,
        hovertemplate="%{customdata}<extra></extra>",
    )


def _points(
    x: Iterable[object],
    y: Iterable[object],
    name: str,
    hover: list[str],
    position: int,
    *,
    size: int,
) -> go.Scatter:
    return go.Scatter(
        x=list(x),
        y=list(y),
        name=label(name, width=24),
        mode="markers",
        marker={
            "color": COLOURS[position % len(COLOURS)],
            "symbol": _SYMBOLS[position // len(COLOURS) % len(_SYMBOLS)],
            "size": size,
            "opacity": 0.8,
        },
        customdata=hover,
        hovertemplate="%{customdata}<extra></extra>",
    )

"""The chart of who is named together."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from khabar.charts.display import isolate, label, number
from khabar.charts.template import COLOURS, figure, point_id, points_at, say_empty
from khabar.charts.wording import say


def plot_cooccurrence(
    pairs: pd.DataFrame,
    *,
    names: pd.Series | None = None,
    top: int = 60,
    source: str = "",
) -> go.Figure:
    """Draw who is named together: the backbone of the network.

    Parameters
    ----------
    pairs : DataFrame
        As `cooccurrence` returns it.
    names : Series, optional
        What to call each actor, such as `ledger.names()`; ids otherwise.
    top : int
        Greatest number of links drawn, the heaviest first.
    source : str
        For the line under the title.

    Notes
    -----
    Where a point stands means nothing but that linked actors are drawn near each other. All links
    of the backbone are drawn, or the heaviest `top`; if there is no backbone, the heaviest pairs.
    The grey point on a link opens its lines, where `with_evidence` is given `cooccurrence_lines`.
    """
    if pairs.empty:
        return say_empty(
            figure(say("Named together"), source), say("no two actors are named together")
        )
    links = pairs[pairs["backbone"]] if pairs["backbone"].any() else pairs
    links = links.head(top)
    actors = sorted({*links["a"], *links["b"]})
    called = pd.Series(actors, actors) if names is None else names.reindex(actors).fillna("")
    places = _layout(links, actors)
    numbers = say("{actors} actors, {links} links", actors=len(actors), links=len(links))
    fig = figure(say("Named together"), source, numbers)
    heaviest = links["together"].max()
    for link in links.itertuples():
        (x0, y0), (x1, y1) = places[link.a], places[link.b]
        fig.add_shape(
            type="line",
            x0=x0, y0=y0, x1=x1, y1=y1,
            line={"color": "#bbb", "width": 1 + 5 * link.together / heaviest},
            layer="below",
        )  # fmt: skip
    named = {**dict(zip(links["a"], links["of_a"], strict=True)),
             **dict(zip(links["b"], links["of_b"], strict=True))}  # fmt: skip
    most = max(named.values())
    fig.add_trace(
        go.Scatter(
            x=[places[actor][0] for actor in actors],
            y=[places[actor][1] for actor in actors],
            mode="markers+text",
            text=[label(called[actor], width=16) for actor in actors],
            textposition="top center",
            textfont_size=12,
            marker={
                "size": [8 + 22 * (named[actor] / most) ** 0.5 for actor in actors],
                "color": COLOURS[0],
            },
            customdata=[_linked(actor, links, called) for actor in actors],
            hovertemplate="%{customdata}<extra></extra>",
            cliponaxis=False,
        )
    )
    fig.add_trace(_middles(links, places, called))
    fig.update_layout(height=320 + 24 * len(actors), showlegend=False)
    fig.update_xaxes(visible=False, range=[-0.2, 1.2])
    return points_at(fig.update_yaxes(visible=False), "a", "b")


def _middles(links: pd.DataFrame, places: dict, called: pd.Series) -> go.Scatter:
    """Put a point on the middle of each link: a line of the background cannot be clicked."""
    ends = [(np.array(places[link.a]), np.array(places[link.b])) for link in links.itertuples()]
    middles = [(a + b) / 2 for a, b in ends]
    return go.Scatter(
        x=[middle[0] for middle in middles],
        y=[middle[1] for middle in middles],
        mode="markers",
        marker={"size": 9, "color": "#999"},
        ids=[point_id(link.a, link.b) for link in links.itertuples()],
        customdata=[
            f"{isolate(called[link.a])} · {isolate(called[link.b])}: {number(link.together)}"
            for link in links.itertuples()
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _linked(actor: str, links: pd.DataFrame, called: pd.Series) -> str:
    """Say with whom an actor is named, and how often."""
    own = links[(links["a"] == actor) | (links["b"] == actor)].head(8)
    lines = [
        f"{isolate(called[row.b if row.a == actor else row.a])}: {number(row.together)}"
        for row in own.itertuples()
    ]
    return f"<b>{isolate(called[actor])}</b><br>" + "<br>".join(lines)


def _layout(links: pd.DataFrame, actors: list[str]) -> dict[str, tuple[float, float]]:
    """Place each group of linked actors in a band of its own, one above the other."""
    places: dict[str, tuple[float, float]] = {}
    floor = 0.0
    for group in sorted(_linked_groups(links, actors), key=lambda group: (len(group), group)):
        inside = links[links["a"].isin(group)]
        height = len(group) ** 0.7
        for actor, (x, y) in zip(group, _spring(inside, group), strict=True):
            places[actor] = (x, floor + y * height)
        floor += height + 0.8
    return places


def _linked_groups(links: pd.DataFrame, actors: list[str]) -> list[list[str]]:
    group = {actor: actor for actor in actors}
    for a, b in zip(links["a"], links["b"], strict=True):
        joined, other = sorted((group[a], group[b]))
        group = {actor: joined if g == other else g for actor, g in group.items()}
    return [[x for x in actors if group[x] == name] for name in sorted(set(group.values()))]


def _spring(links: pd.DataFrame, actors: list[str]) -> np.ndarray:
    """Pull linked actors together and push all apart, from a circle on, into a unit square."""
    n = len(actors)
    turn = 2 * np.pi * np.arange(n) / n
    place = np.column_stack([np.cos(turn), np.sin(turn)])
    position = {actor: i for i, actor in enumerate(actors)}
    a, b = links["a"].map(position).to_numpy(), links["b"].map(position).to_numpy()
    apart = 2 / np.sqrt(n)
    for step in range(300):
        away = place[:, None] - place[None]
        distance = np.maximum(np.linalg.norm(away, axis=2), 0.01)
        push = (away * (apart**2 / distance**2)[..., None]).sum(axis=1)
        pull = place[b] - place[a]
        pull = pull * (np.linalg.norm(pull, axis=1) / apart)[:, None]
        np.add.at(push, a, pull)
        np.add.at(push, b, -pull)
        length = np.maximum(np.linalg.norm(push, axis=1), 1e-9)[:, None]
        place = place + push / length * np.minimum(length, 0.1 * (1 - step / 300))
    low, high = place.min(axis=0), place.max(axis=0)
    return (place - low) / np.maximum(high - low, 1e-9)

"""The chart of what stands near a word."""

import pandas as pd
import plotly.graph_objects as go

from khabar.charts.display import in_a_sentence, isolate, label, number
from khabar.charts.template import (
    as_ranking,
    figure,
    point_id,
    points_at,
    ranked_bars,
    say_empty,
)
from khabar.charts.wording import say

_VALUES = ("log_dice", "g2", "pmi", "together")


def plot_collocations(
    table: pd.DataFrame, *, value: str = "log_dice", top: int = 20, source: str = ""
) -> go.Figure:
    """Draw the strongest collocates of a word, or the strongest pairs, as ranked bars.

    Parameters
    ----------
    table : DataFrame
        As `collocations` or `word_pairs` returns it, for one group.
    value : {'log_dice', 'g2', 'pmi', 'together'}
        What the bars show.
    top : int
        Number of bars.
    source : str
        For the line under the title.
    """
    if value not in _VALUES:
        raise ValueError(f"value must be one of {', '.join(_VALUES)}; not {value!r}")
    if table.duplicated(["node", "collocate"]).any():
        raise ValueError("table must be cut down to one group; now pairs stand in it twice")
    nodes = table["node"].unique()
    title = say("Words that stand together")
    if len(nodes) == 1:
        title = in_a_sentence(say("What stands near {word}", word=isolate(nodes[0])))
    shown = table.nlargest(top, value)
    fig = figure(
        title, source, say("{shown} of {all} pairs", shown=len(shown), all=f"{len(table):,}")
    )
    if shown.empty:
        return say_empty(fig, say("no two words stand together often enough"))
    labels = [
        label(row.collocate if len(nodes) == 1 else f"{row.node} {row.collocate}")
        for row in shown.itertuples()
    ]
    hover = [_told(row) for row in shown.itertuples()]
    ids = [point_id(row.node, row.collocate) for row in shown.itertuples()]
    fig.add_trace(ranked_bars(labels, list(shown[value]), hover=hover).update(ids=ids))
    return points_at(as_ranking(fig, len(shown), _unit(value)), "node", "collocate")


def _told(row: tuple) -> str:
    sides = ""
    if hasattr(row, "before"):
        sides = say(
            "<br>{before} before, {after} after",
            before=number(row.before),
            after=number(row.after),
        )
    together = say(
        "{word} with {node}: {n} times, in {documents} documents",
        word=isolate(row.collocate),
        node=isolate(row.node),
        n=number(row.together),
        documents=number(row.documents),
    )
    alone = say(
        "by themselves {word} and {node} times",
        word=number(row.frequency),
        node=number(row.node_frequency),
    )
    strength = f"logDice {number(row.log_dice, 1)}, G2 {number(row.g2)}, PMI {number(row.pmi, 1)}"
    return f"{together}{sides}<br>{strength}<br>{alone}"


def _unit(value: str) -> str:
    return {
        "log_dice": "logDice",
        "g2": say("G2 (signed)"),
        "pmi": say("pointwise mutual information (bits)"),
        "together": say("times together"),
    }[value]

"""The chart of what stands near a word."""

import pandas as pd
import plotly.graph_objects as go

from khabar.charts.display import english, isolate, label, number
from khabar.charts.template import as_ranking, figure, ranked_bars, say_empty

_UNITS = {
    "log_dice": "logDice",
    "g2": "G2 (signed)",
    "pmi": "pointwise mutual information (bits)",
    "together": "times together",
}


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
    if value not in _UNITS:
        raise ValueError(f"value must be one of {', '.join(_UNITS)}; not {value!r}")
    if table.duplicated(["node", "collocate"]).any():
        raise ValueError("table must be cut down to one group; now pairs stand in it twice")
    nodes = table["node"].unique()
    title = "Words that stand together"
    if len(nodes) == 1:
        title = english(f"What stands near {isolate(nodes[0])}")
    shown = table.nlargest(top, value)
    fig = figure(title, source, f"{len(shown)} of {len(table):,} pairs")
    if shown.empty:
        return say_empty(fig, "no two words stand together often enough")
    labels = [
        label(row.collocate if len(nodes) == 1 else f"{row.node} {row.collocate}")
        for row in shown.itertuples()
    ]
    hover = [_told(row) for row in shown.itertuples()]
    fig.add_trace(ranked_bars(labels, list(shown[value]), hover=hover))
    return as_ranking(fig, len(shown), _UNITS[value])


def _told(row: tuple) -> str:
    sides = ""
    if hasattr(row, "before"):
        sides = f" ({number(row.before)} before, {number(row.after)} after)"
    return (
        f"{isolate(row.collocate)} with {isolate(row.node)}: {number(row.together)} times{sides}, "
        f"in {number(row.documents)} documents<br>logDice {number(row.log_dice, 1)}, "
        f"G2 {number(row.g2)}, PMI {number(row.pmi, 1)}; by themselves {number(row.frequency)} and "
        f"{number(row.node_frequency)} times"
    )

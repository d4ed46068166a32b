"""Charts of word frequency."""

import pandas as pd
import plotly.graph_objects as go

from khabar.charts.display import isolate, label, number, percent
from khabar.charts.template import as_ranking, figure, interval, point_id, points_at, ranked_bars
from khabar.charts.wording import say

INTERVALS = {"share": ("low", "high"), "per_million": ("rate_low", "rate_high")}
_VALUES = ("frequency", "document_frequency", "per_million", "share")


def plot_term_frequency(
    terms: pd.DataFrame, *, value: str = "frequency", top: int = 20, source: str = ""
) -> go.Figure:
    """Draw the most frequent terms as ranked bars.

    Parameters
    ----------
    terms : DataFrame
        As `term_frequency` returns it, without `by` or cut down to one group.
    value : {'frequency', 'document_frequency', 'per_million', 'share'}
        What the bars show; rates and shares carry their 95 % interval.
    top : int
        Number of terms.
    source : str
        Where the texts come from, for the line under the title.
    """
    if value not in _VALUES:
        raise ValueError(f"value must be one of {', '.join(_VALUES)}; not {value!r}")
    if terms["term"].duplicated().any():
        raise ValueError("terms must be cut down to one group; now terms stand in it twice")
    shown = terms.nlargest(top, value, keep="first")
    hover = [
        say(
            "{term}: {n} occurrences in {documents} documents ({share}), {rate} per million words",
            term=isolate(row.term),
            n=number(row.frequency),
            documents=number(row.document_frequency),
            share=percent(row.share),
            rate=number(row.per_million),
        )
        for row in shown.itertuples()
    ]
    reach = interval(shown, value, *INTERVALS[value]) if value in INTERVALS else None
    numbers = say("{shown} of {all} terms", shown=len(shown), all=f"{len(terms):,}")
    fig = figure(say("Most frequent terms"), source, numbers)
    labels = [label(term) for term in shown["term"]]
    bars = ranked_bars(labels, list(shown[value]), hover=hover, reach=reach)
    fig.add_trace(bars.update(ids=[*map(point_id, shown["term"])]))
    fig = as_ranking(fig, len(shown), _unit(value), shares=value == "share")
    return points_at(fig, "term")


def _unit(value: str) -> str:
    return {
        "frequency": say("occurrences"),
        "document_frequency": say("documents"),
        "per_million": say("occurrences per million words"),
        "share": say("share of documents"),
    }[value]

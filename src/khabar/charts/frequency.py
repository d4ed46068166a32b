"""Charts of word frequency."""

import pandas as pd
import plotly.graph_objects as go

from khabar.charts.display import isolate, label, number, percent
from khabar.charts.template import as_ranking, figure, interval, ranked_bars

INTERVALS = {"share": ("low", "high"), "per_million": ("rate_low", "rate_high")}
_UNITS = {
    "frequency": "occurrences",
    "document_frequency": "documents",
    "per_million": "occurrences per million words",
    "share": "share of documents",
}


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
    if value not in _UNITS:
        raise ValueError(f"value must be one of {', '.join(_UNITS)}; not {value!r}")
    if terms["term"].duplicated().any():
        raise ValueError("terms must be cut down to one group; now terms stand in it twice")
    shown = terms.nlargest(top, value, keep="first")
    hover = [
        f"{isolate(row.term)}: {number(row.frequency)} occurrences in "
        f"{number(row.document_frequency)} documents ({percent(row.share)}), "
        f"{number(row.per_million)} per million words"
        for row in shown.itertuples()
    ]
    reach = interval(shown, value, *INTERVALS[value]) if value in INTERVALS else None
    numbers = f"{len(shown)} of {len(terms):,} terms"
    fig = figure("Most frequent terms", source, numbers)
    labels = [label(term) for term in shown["term"]]
    fig.add_trace(ranked_bars(labels, list(shown[value]), hover=hover, reach=reach))
    return as_ranking(fig, len(shown), _UNITS[value], shares=value == "share")

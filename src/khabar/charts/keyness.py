"""The chart of two sides: what marks one group, and what marks the other."""

import pandas as pd
import plotly.graph_objects as go

from khabar.charts.display import in_a_sentence, isolate, label, number, percent
from khabar.charts.template import COLOURS, figure, point_id, points_at, say_empty
from khabar.charts.wording import say, say_if_known

_VALUES = ("z", "g2", "log_ratio", "log_odds")
# Room for the words beyond the longest bar, as a multiple of it.
_ROOM = 1.75


def plot_keyness(
    table: pd.DataFrame, *, value: str = "z", top: int = 15, source: str = ""
) -> go.Figure:
    """Draw the terms that mark a target to the right, and those of the reference to the left.

    Each row holds one term of either side, written at the end of its bar, so no two labels meet.

    Parameters
    ----------
    table : DataFrame
        As `keyness` returns it, for one target.
    value : {'z', 'g2', 'log_ratio', 'log_odds'}
        What the bars show.
    top : int
        Terms of each side.
    source : str
        For the line under the title.

    Notes
    -----
    For `with_evidence`, give the documents a column `side`: the target, or the `reference` of the
    table. A bar then opens the lines of its own side.
    """
    if value not in _VALUES:
        raise ValueError(f"value must be one of {', '.join(_VALUES)}; not {value!r}")
    if table["term"].duplicated().any():
        raise ValueError("table must be cut down to one target; now terms stand in it twice")
    grouped = table.columns[0] != "reference"
    target = str(table.iloc[0, 0]) if grouped and len(table) else "texts"
    reference = str(table["reference"].iloc[0]) if len(table) else ""
    sides = (
        (target, table[table[value] > 0].nlargest(top, value), COLOURS[0]),
        (reference, table[table[value] < 0].nsmallest(top, value), COLOURS[1]),
    )
    target, reference = say_if_known(target), say_if_known(reference)
    numbers = say("{n} terms compared", n=f"{len(table):,}")
    fig = figure(
        in_a_sentence(
            say(
                "{target} against {reference}", target=isolate(target), reference=isolate(reference)
            )
        ),
        source,
        numbers,
    )
    n_rows = max(len(rows) for _, rows, _ in sides)
    if not n_rows:
        return say_empty(fig, say("no term is commoner on either side"))
    for side, rows, colour in sides:
        fig.add_trace(
            go.Bar(
                x=rows[value],
                y=list(range(len(rows))),
                orientation="h",
                name=isolate(say_if_known(side)),
                marker_color=colour,
                text=[label(term, width=16) for term in rows["term"]],
                textposition="outside",
                textangle=0,
                textfont_size=14,
                cliponaxis=False,
                constraintext="none",
                ids=[point_id(term, side) if grouped else point_id(term) for term in rows["term"]],
                customdata=[_told(row, target, reference) for row in rows.itertuples()],
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
    longest = max(rows[value].abs().max() for _, rows, _ in sides if len(rows)) * _ROOM
    fig.update_layout(height=170 + 28 * n_rows, barmode="overlay", bargap=0.3, showlegend=False)
    fig.update_yaxes(visible=False, autorange="reversed")
    fig.update_xaxes(title=_unit(value), range=[-longest, longest], zerolinecolor="#888")
    for (side, _, colour), x, anchor in zip(sides, (1, 0), ("right", "left"), strict=True):
        name = isolate(say_if_known(side))
        fig.add_annotation(
            text=f"<b>{in_a_sentence(say('more in {name}', name=name))}</b>",
            showarrow=False,
            xref="paper",
            yref="paper",
            x=x,
            xanchor=anchor,
            y=1,
            yanchor="bottom",
            font={"color": colour, "size": 14},
        )
    return points_at(fig, "term", "side") if grouped else points_at(fig, "term")


def _told(row: tuple, target: str, reference: str) -> str:
    here = _rate(target, row.per_million, row.frequency, row.share)
    there = _rate(
        reference, row.reference_per_million, row.reference_frequency, row.reference_share
    )
    ratio = say("log ratio {ratio}, z {z}", ratio=number(row.log_ratio, 1), z=number(row.z, 1))
    return f"{isolate(row.term)}<br>{here}<br>{there}<br>{ratio}"


def _rate(group: str, per_million: float, n: int, share: float) -> str:
    told = say(
        "{group}: {rate} per million ({n} times)",
        group=isolate(group),
        rate=number(per_million),
        n=number(n),
    )
    if pd.isna(share):
        return told
    return f"{told}<br>{say('{share} of its documents', share=percent(share))}"


def _unit(value: str) -> str:
    return {
        "z": say("z-score of the weighted log-odds"),
        "g2": say("G2 (signed)"),
        "log_ratio": say("log ratio (1: twice as often)"),
        "log_odds": say("weighted log-odds"),
    }[value]

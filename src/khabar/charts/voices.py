"""Charts of who is heard, and who is only named."""

import pandas as pd
import plotly.graph_objects as go

from khabar.charts.display import isolate, label, number, percent
from khabar.charts.template import COLOURS, TEMPLATE, figure, heading, say_empty, with_legend
from khabar.errors import KhabarError


def plot_heard_and_named(
    shares: pd.DataFrame,
    *,
    names: pd.Series | None = None,
    top: int = 12,
    source: str = "",
) -> go.Figure:
    """Draw in how many documents actors are heard against in how many they are named.

    On the dashed line are those who speak wherever they are named; the lower, the more is said
    about them and the less by them.

    Parameters
    ----------
    shares : DataFrame
        As `voice_share` returns it, of one period: with groups each has its colour.
    names : Series, optional
        What to call each actor, such as `ledger.names()`; ids otherwise.
    top : int
        Number of actors: those named in the most documents.
    source : str
        For the line under the title.
    """
    _require_periods("plot_heard_and_named", shares, several=False)
    if shares.empty:
        return say_empty(figure("Heard and named", source), "nobody of the ledger is named")
    totals = shares.groupby("actor")["named"].sum()
    ranked = totals.sort_index().sort_values(ascending=False, kind="stable").index[:top]
    rows = shares[shares["actor"].isin(ranked)]
    called = _called(ranked, names)
    published = int(shares.drop_duplicates("group")["published"].sum())
    fig = figure("Heard and named", source, f"{published:,} documents", height=560)
    most = int(rows["named"].max())
    fig.add_trace(
        go.Scatter(
            x=[0, most], y=[0, most], mode="lines", name="heard wherever named",
            line={"color": "#888", "dash": "dash"}, hoverinfo="skip",
        )
    )  # fmt: skip
    grouped = bool(rows["group"].notna().any())
    for position, (group, part) in enumerate(rows.groupby("group", dropna=False, sort=True)):
        fig.add_trace(_dots(part, called, COLOURS[position % len(COLOURS)], group, grouped))
    if not grouped:
        _write_names(fig, rows, called, most)
    fig.update_xaxes(title="documents that name the actor", rangemode="tozero", automargin=True)
    fig.update_yaxes(title="documents in which the actor speaks", rangemode="tozero")
    return with_legend(fig)


def plot_voices_over_time(
    shares: pd.DataFrame,
    *,
    names: pd.Series | None = None,
    top: int = 4,
    source: str = "",
) -> go.Figure:
    """Draw how often actors are heard where they are named, period by period.

    Parameters
    ----------
    shares : DataFrame
        As `voice_share` returns it, of several periods and without groups.
    names : Series, optional
        What to call each actor, such as `ledger.names()`; ids otherwise.
    top : int
        Number of actors, those named in the most documents: one small chart each.
    source : str
        For the line under the title.
    """
    _require_periods("plot_voices_over_time", shares, several=True)
    if shares.empty:
        return say_empty(figure("Heard and named over time", source), "nobody is named")
    totals = shares.groupby("actor")["named"].sum()
    ranked = totals.sort_index().sort_values(ascending=False, kind="stable").index[:top]
    called = _called(ranked, names)
    fig = go.Figure()
    for row, actor in enumerate(ranked):
        part = shares[shares["actor"] == actor].sort_values("period")
        axis = "" if row == 0 else str(row + 1)
        _layers(fig, part, called[actor], axis, first=row == 0)
        high = 1 - row / len(ranked)
        low = high - 0.72 / len(ranked)
        fig.update_layout({f"yaxis{axis}": {"domain": [low, high - 0.05], "rangemode": "tozero"}})
        fig.add_annotation(
            text=f"<b>{isolate(called[actor])}</b>", x=1, y=high, xref="paper", yref="paper",
            xanchor="right", yanchor="top", showarrow=False,
        )  # fmt: skip
    dated = int(shares.drop_duplicates(["period", "group"])["published"].sum())
    title = heading("Heard and named over time", source, f"{dated:,} dated documents")
    fig.update_layout(
        template=TEMPLATE, title=title, height=120 + 150 * len(ranked), barmode="overlay"
    )
    fig.update_xaxes(title="first day of the period")
    return with_legend(fig)


def _require_periods(name: str, shares: pd.DataFrame, *, several: bool) -> None:
    found = shares["period"].notna().any()
    if found and not several:
        raise KhabarError(f"{name} draws shares of one period: make them without freq")
    if several and len(shares) and not found:
        raise KhabarError(f"{name} draws shares of several periods: make them with freq='M' or 'Y'")


def _called(actors: pd.Index, names: pd.Series | None) -> dict[str, str]:
    if names is None:
        return dict(zip(actors, actors, strict=True))
    return names.reindex(actors).fillna(pd.Series(actors, actors)).to_dict()


def _dots(
    rows: pd.DataFrame, called: dict[str, str], colour: str, group: object, grouped: bool
) -> go.Scatter:
    return go.Scatter(
        x=rows["named"],
        y=rows["heard"],
        mode="markers",
        name=isolate(group) if grouped else "an actor",
        showlegend=grouped,
        marker={"size": 11, "color": colour, "opacity": 0.8},
        customdata=[_told(row, called[row.actor]) for row in rows.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _write_names(fig: go.Figure, rows: pd.DataFrame, called: dict[str, str], most: int) -> None:
    """Write each name beside its dot, and on the other side or not at all if one is in the way."""
    taken: list[tuple[float, float]] = []
    for row in rows.sort_values(["named", "heard"], ascending=False).itertuples():
        x, y = row.named / most, row.heard / most
        if any(abs(x - a) < 0.3 and abs(y - b) < 0.055 for a, b in taken):
            continue
        taken.append((x, y))
        left = x > 0.5
        fig.add_annotation(
            x=row.named, y=row.heard, text=label(called[row.actor], width=24), showarrow=False,
            xanchor="right" if left else "left", xshift=-10 if left else 10, font_size=12,
        )  # fmt: skip


def _layers(fig: go.Figure, rows: pd.DataFrame, name: str, axis: str, *, first: bool) -> None:
    for column, told, colour in (("named", "named", "#c9c9c9"), ("heard", "heard", COLOURS[0])):
        fig.add_trace(
            go.Bar(
                x=rows["period"], y=rows[column], name=f"documents in which {told}",
                legendgroup=column, showlegend=first, marker_color=colour,
                xaxis="x", yaxis=f"y{axis}",
                customdata=[_told(row, name) for row in rows.itertuples()],
                hovertemplate="%{customdata}<br>%{x|%Y-%m-%d}<extra></extra>",
            )
        )  # fmt: skip


def _told(row: tuple, name: str) -> str:
    share = f"{percent(row.share)}, between {percent(row.low)} and {percent(row.high)}"
    return (
        f"{isolate(name)}: heard in {number(row.heard)} of {number(row.named)} documents ({share})"
    )

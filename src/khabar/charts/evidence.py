"""A chart with its evidence: a click on a bar, a cell or a point opens the lines behind it."""

import hashlib
import os
import re

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from IPython.display import HTML, display

from khabar.charts.display import strip_controls
from khabar.charts.table import clean, marked_line
from khabar.charts.template import point_id
from khabar.charts.wording import direction, language, say, say_reason
from khabar.checks import require_columns, require_type
from khabar.errors import KhabarError

_STYLE = (
    ".khabar-evidence{margin:.2em 0 1.5em}.khabar-evidence details{margin:.15em 0}"
    ".khabar-evidence details details{margin-inline-start:1.2em}"
    ".khabar-evidence summary{cursor:pointer;text-align:start}"
    ".khabar-evidence ol{direction:rtl;padding-inline-start:2.2em;margin:.4em 0}"
    ".khabar-evidence li{margin:.45em 0;text-align:start;overflow-wrap:break-word}"
    ".khabar-evidence p{margin:0;text-align:start}"
    ".khabar-evidence mark{background:#ffe08a;color:#222}"
    ".khabar-evidence small{display:block;text-align:start;color:inherit}"
    ".khabar-evidence time{white-space:nowrap}"
)
# The chart calls by the id of its block, wherever on a page the two may stand.
_SCRIPT = """(()=>{const box=document.getElementById("%s");let n=0;const hook=()=>{
const g=[...document.querySelectorAll(".js-plotly-plot")].find(g=>g.layout?.meta?.evidence==box.id);
if(!g||!g.on){if(n++<600)setTimeout(hook,100);return}
g.on("plotly_click",e=>{const p=e.points[0],at=p.pointNumber,ids=p.data.ids;if(!ids)return;
const id=Array.isArray(at)?ids[at[0]][at[1]]:ids[at];
const d=[...box.querySelectorAll("details")].find(d=>d.dataset.point==id);if(!d)return;
box.open=d.open=true;setTimeout(()=>{d.firstElementChild.focus();
d.scrollIntoView({block:"nearest"})})})};hook()})()"""


class Evidence:
    """A figure with the lines behind each of its points; made by `with_evidence`."""

    def __init__(self, figure: go.Figure, fragment: str) -> None:
        self.figure = figure
        self.fragment = fragment

    def __repr__(self) -> str:
        n_lines, n_points = self.fragment.count("<li>"), self.fragment.count("data-point=")
        return f"<Evidence: {n_lines:,} lines behind {n_points:,} points>"

    def _ipython_display_(self) -> None:
        display(self.figure)
        display(HTML(self.fragment))


def with_evidence(
    figure: go.Figure,
    lines: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    rows: int = 20,
    random_state: int = 0,
) -> Evidence:
    """Put the lines behind each point of a chart under it, folded; a click on the point opens them.

    Parameters
    ----------
    figure : Figure
        Of a `plot_` function whose points say what they count.
    lines : DataFrame
        What the chart counts, one row each, with `document_id`: `mention_lines`, `concordance`, or
        documents alone, of which the headline is shown.
    documents : DataFrame
        As `load_corpus` returns them: headline, outlet, day and link of each line.
    rows : int
        Lines shown of a point; of more than that a sample, and the summary says of how many.
    random_state : int
        Seed of the sample.

    Returns
    -------
    Evidence
        Displays as the figure and the folded lists; `figure` and `fragment` (HTML) hold the parts.

    Notes
    -----
    Lines find their point by the columns that the chart names (an actor, a period and an actor),
    taken from `lines` or else from `documents`; the period is the one in which the document was
    published. A link leads to our page of the article where the site has one, else to the outlet.
    """
    require_type("figure", figure, go.Figure)
    require_columns("lines", lines, ["document_id"])
    require_columns("documents", documents, ["title", "outlet", "published", "url"])
    columns = (figure.layout.meta or {}).get("points_at")
    if columns == []:  # a chart of nothing
        return Evidence(figure, "")
    if not columns:
        raise KhabarError("figure must be of a plot_ function whose points say what they count")
    told = dict(_points(figure))
    ids = _ids_of_lines(lines, documents, columns, figure)
    groups = {point: group for point, group in lines.groupby(ids, sort=False) if point in told}
    what = f"{figure.layout.title.text}{told}{len(lines)}"
    name = f"lines-{hashlib.sha256(what.encode()).hexdigest()[:12]}"
    parts = []
    for point in told:
        if point in groups:
            summary, shown = told[point], _sample(groups[point], rows, random_state)
            parts.append(_group(name, point, summary, shown, len(groups[point]), documents))
    return Evidence(_calling(figure, name), _block(name, "".join(parts)))


def _points(figure: go.Figure) -> list[tuple[str, str]]:
    """Return the id of each point and what the chart tells of it when one points at it."""
    found = []
    for trace in figure.data:
        if trace.ids is not None:
            texts = trace.ids if trace.customdata is None else trace.customdata
            found += [*zip(_flat(trace.ids), _flat(texts), strict=True)]
    return found


def _flat(values: object) -> list[str]:
    """Return the points of a row, or of a grid row by row."""
    return [v for part in values for v in ([part] if isinstance(part, str) else part)]


def _ids_of_lines(
    lines: pd.DataFrame, documents: pd.DataFrame, columns: list[str], figure: go.Figure
) -> list[str]:
    """Name for each line the point it stands behind."""
    of_line = documents.reindex(lines["document_id"])
    parts = []
    for column in columns:
        if column in lines:
            parts.append(lines[column])
        elif column == "period":
            parts.append(_periods(of_line["published"], figure))
        elif column in of_line:
            parts.append(of_line[column].fillna("unknown"))
        else:
            raise KhabarError(f"lines must have the column {column!r}, by which the chart counts")
    return [point_id(*values) for values in zip(*parts, strict=True)]


def _periods(days: pd.Series, figure: go.Figure) -> pd.Series:
    """Return for each day the period of the chart that it lies in."""
    drawn = pd.DatetimeIndex(
        sorted({day for trace in figure.data if trace.ids is not None for day in trace.x})
    )
    place = drawn.searchsorted(days.to_numpy(), side="right") - 1
    known = days.notna().to_numpy() & (place >= 0)
    return pd.Series(drawn[place.clip(0)], index=days.index).where(known)


def _sample(lines: pd.DataFrame, rows: int, seed: int) -> pd.DataFrame:
    if len(lines) <= rows:
        return lines
    chosen = np.random.default_rng(seed).choice(len(lines), rows, replace=False)
    return lines.iloc[np.sort(chosen)]


def _group(
    name: str, point: str, told: str, shown: pd.DataFrame, n_lines: int, documents: pd.DataFrame
) -> str:
    """Write the lines of a point as a folded list; of those of one chart one is open at a time."""
    count = say("{shown} of {all} lines", shown=f"{len(shown):,}", all=f"{n_lines:,}")
    of_line = documents.reindex(shown["document_id"])
    items = [
        f"<li>{_item(line, document)}</li>"
        for line, document in zip(shown.itertuples(), of_line.itertuples(), strict=True)
    ]
    summary = f"<bdi>{strip_controls(told)}</bdi> (<bdi>{count}</bdi>)"
    return (
        f'<details name="{name}" data-point="{clean(point)}"><summary>{summary}</summary>'
        f"<ol>{''.join(items)}</ol></details>"
    )


def _item(line: tuple, document: tuple) -> str:
    text = f"<p>{marked_line(line)}</p>" if hasattr(line, "left") else ""
    headline = clean(document.title) if isinstance(document.title, str) else clean(line.document_id)
    address = _address(line, document)
    parts = [f'<a href="{clean(address)}">{headline}</a>' if address else headline]
    if isinstance(document.outlet, str):
        parts.append(clean(document.outlet))
    if pd.notna(document.published):
        parts.append(f"<time>{document.published:%Y-%m-%d}</time>")
    parts += [
        clean(say_reason(getattr(line, name))) for name in ("rule", "sense") if hasattr(line, name)
    ]
    return f"{text}<small>{' · '.join(f'<bdi>{part}</bdi>' for part in parts)}</small>"


def _address(line: tuple, document: tuple) -> str:
    """Return where the article is: our page of it, at the match, or the outlet's."""
    folder = os.environ.get("KHABAR_ARTICLES")
    if folder:
        place = f"#m{line.start}" if hasattr(line, "start") else ""
        return f"{folder}/{article_page(line.document_id)}{place}"
    web = isinstance(document.url, str) and re.match(r"https?://", document.url)
    return document.url if web else ""


def article_page(document_id: object) -> str:
    """Return the name of our page of an article: safe on every system, the same in every run.

    >>> article_page("الرواق/rq-0001")
    'a66d05971612.html'
    """
    return f"a{hashlib.sha256(str(document_id).encode()).hexdigest()[:11]}.html"


def _calling(figure: go.Figure, name: str) -> go.Figure:
    figure = go.Figure(figure)
    return figure.update_layout(meta={**figure.layout.meta, "evidence": name})


def _block(name: str, groups: str) -> str:
    title = say("The lines behind each number")
    return (
        f'<style>{_STYLE}</style><div class="khabar-evidence" dir="{direction()}" '
        f'lang="{language()}"><details id="{name}"><summary>{title}</summary>{groups}</details>'
        f"</div><script>{_SCRIPT % name}</script>"
    )

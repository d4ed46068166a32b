"""Show a table with Arabic in it: escaped, each cell in its own direction."""

import html
from collections.abc import Iterable

import pandas as pd

_STYLE = (
    ".khabar-table{overflow-x:auto;margin:.5em 0}"
    ".khabar-table table{border-collapse:collapse;font-size:.95em;direction:ltr}"
    ".khabar-table :is(td,th){padding:.3em .7em;border-bottom:1px solid #ddd;text-align:start;"
    "vertical-align:top;max-width:34em;overflow-wrap:anywhere;white-space:normal}"
    ".khabar-table td.n{text-align:right;direction:ltr;font-variant-numeric:tabular-nums}"
    ".khabar-table caption{caption-side:bottom;text-align:left;font-size:.85em;color:#555}"
)


class ShownTable:
    """A table ready for a notebook; made by `show`."""

    def __init__(self, fragment: str) -> None:
        self._fragment = fragment

    def _repr_html_(self) -> str:
        return self._fragment


def show(table: pd.DataFrame, *, rows: int = 10, width: int = 160) -> ShownTable:
    """Show the first rows of a table, Arabic right to left and numbers left to right.

    Nothing in a cell is read as HTML, so a hostile headline stays text.

    Parameters
    ----------
    table : DataFrame
    rows : int
        How many rows; the caption says out of how many.
    width : int
        Characters of a cell before it is cut with an ellipsis.
    """
    shown = table.head(rows)
    if not isinstance(table.index, pd.RangeIndex):
        shown = shown.reset_index()
    head = "".join(f"<th>{html.escape(str(column))}</th>" for column in shown.columns)
    body = "".join(f"<tr>{_cells(row, width)}</tr>" for row in shown.itertuples(index=False))
    caption = f"{len(shown):,} of {len(table):,} rows"
    return ShownTable(
        f'<style>{_STYLE}</style><div class="khabar-table"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(row: Iterable[object], width: int) -> str:
    return "".join(_cell(value, width) for value in row)


def _cell(value: object, width: int) -> str:
    if pd.isna(value):
        return "<td></td>"
    if isinstance(value, pd.Timestamp):
        return f'<td class="n">{value:%Y-%m-%d}</td>'
    if isinstance(value, float):
        return (
            f'<td class="n">{value:,.3g}</td>'
            if abs(value) < 1000
            else f'<td class="n">{value:,.0f}</td>'
        )
    if isinstance(value, int) or hasattr(value, "dtype"):
        return f'<td class="n">{value:,}</td>'
    text = str(value)
    cut = text if len(text) <= width else text[:width].rstrip() + "…"
    return f'<td dir="auto">{html.escape(cut)}</td>'

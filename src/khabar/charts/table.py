"""Show a table with Arabic in it: escaped, each cell in its own direction."""

import html
import re
from collections.abc import Iterable

import pandas as pd

_STYLE = (
    ".khabar-table{overflow-x:auto;margin:.5em 0}"
    ".khabar-table table{border-collapse:collapse;font-size:.95em;direction:ltr}"
    ".khabar-table :is(td,th){padding:.3em .7em;border-bottom:1px solid #8884;text-align:start;"
    "vertical-align:top;max-width:34em;white-space:normal;overflow-wrap:break-word}"
    ".khabar-table td.n{text-align:right;direction:ltr;font-variant-numeric:tabular-nums;"
    "white-space:nowrap}.khabar-table td.s{white-space:nowrap}.khabar-table td.l{min-width:15em}"
    ".khabar-table caption{caption-side:bottom;text-align:left;font-size:.85em;opacity:.8}"
    ".khabar-lines{direction:rtl;text-align:right;padding-inline-start:2.2em;margin:.5em 0}"
    ".khabar-lines li{margin:.35em 0}.khabar-lines mark{background:#ffe08a;color:#222}"
    ".khabar-lines small{display:block;direction:ltr;text-align:right;opacity:.8}"
)
_PATH = re.compile(r"\S.*/.*\.\w{2,5}(?::\d+)?(?: \(\d+\))?")


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
    if table.index.name is not None or not pd.api.types.is_integer_dtype(table.index):
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
    if _PATH.fullmatch(text):
        return f'<td dir="ltr">{_path(text)}</td>'
    cut = text if len(text) <= width else text[:width].rstrip() + "…"
    width_class = "s" if len(cut) < 25 else "l" if len(cut) > 40 else "m"
    return f'<td dir="auto" class="{width_class}">{html.escape(cut)}</td>'


def _path(text: str) -> str:
    """Write a path left to right, each of its parts in its own direction."""
    return "/".join(f"<bdi>{html.escape(part)}</bdi>" for part in text.split("/"))


def show_lines(lines: pd.DataFrame, *, rows: int = 10) -> ShownTable:
    """Show concordance lines as an Arabic reader reads them, the match marked.

    Parameters
    ----------
    lines : DataFrame
        As `concordance` or `mention_lines` returns them.
    rows : int
        How many lines; the last line says out of how many.
    """
    match = "surface" if "surface" in lines else "keyword"
    items = [_line(row, getattr(row, match)) for row in lines.head(rows).itertuples()]
    count = f"{min(rows, len(lines)):,} of {len(lines):,} lines"
    return ShownTable(
        f'<style>{_STYLE}</style><ol class="khabar-lines">{"".join(items)}</ol><p>{count}</p>'
    )


def _line(row: tuple, match: str) -> str:
    # Particles written onto the match are marked with it: the letters stay joined.
    before, space, attached = re.fullmatch(r"(.*?)(\s?)(\S*)", row.left, re.DOTALL).groups()
    told = [_path(row.document_id)]
    told += [html.escape(getattr(row, name)) for name in ("rule", "sense") if hasattr(row, name)]
    return (
        f"<li>{html.escape(before + space)}<mark>{html.escape(attached + match)}</mark>"
        f"{html.escape(row.right)}<small>{' · '.join(told)}</small></li>"
    )

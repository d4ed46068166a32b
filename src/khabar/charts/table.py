"""Show a table with Arabic in it: escaped, each cell in its own direction."""

import html
import re
from collections.abc import Iterable
from numbers import Integral, Real

import numpy as np
import pandas as pd

from khabar.charts.wording import direction, say, say_if_known, say_reason
from khabar.language.orthography import remove_controls

_STYLE = (
    ".khabar-table{overflow-x:auto;margin:.5em 0}"
    ".khabar-table table{border-collapse:collapse;font-size:.95em}"
    ".khabar-table :is(td,th){padding:.3em .7em;border-bottom:1px solid #8884;text-align:start;"
    "vertical-align:top;max-width:34em;white-space:normal;overflow-wrap:break-word}"
    ".khabar-table td.n{text-align:right;direction:ltr;font-variant-numeric:tabular-nums;"
    "white-space:nowrap}.khabar-table td.s{white-space:nowrap}.khabar-table td.m{min-width:9em}"
    ".khabar-table td.l{min-width:15em}"
    ".khabar-table caption{caption-side:bottom;text-align:start;font-size:.85em;color:inherit}"
    ".khabar-lines{direction:rtl;text-align:right;padding-inline-start:2.2em;margin:.5em 0}"
    ".khabar-lines li{margin:.35em 0}.khabar-lines mark{background:#ffe08a;color:#222}"
    ".khabar-lines small{display:block;text-align:right;opacity:.8}"
)
_IDS = ("document_id", "path", "story_id")
# Columns whose values are words of ours, not of the corpus.
_OURS = ("published_grade", "published_reason", "kind", "form", "sense", "rule", "sense_rule")
_OURS += ("reason", "what", "verdict", "decision", "clues")
_ARABIC_LETTER, _LATIN_LETTER = re.compile("[\u0620-\u06ff]"), re.compile("[A-Za-z]")
_PROCLITICS = re.compile("[وف]?(?:لل|[بلك])?")


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
    head = "".join(_head(str(column), shown.dtypes.iloc[i]) for i, column in enumerate(shown))
    body = "".join(
        f"<tr>{_cells(row, shown.columns, width)}</tr>" for row in shown.itertuples(index=False)
    )
    caption = say("{shown} of {all} rows", shown=f"{len(shown):,}", all=f"{len(table):,}")
    return ShownTable(
        f'<style>{_STYLE}</style><div class="khabar-table" tabindex="0" role="region" '
        f'aria-label="{caption}"><table dir="{direction()}"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def clean(text: object) -> str:
    """Escape a text and take the foreign controls of direction out of it."""
    return html.escape(remove_controls(str(text)))


def _head(column: str, dtype: object) -> str:
    """Write a column's name in the reader's language, its name in code where one points at it."""
    # A day in the corpus; in the tables of counts, the number of documents of a period or group.
    counts = column == "published" and pd.api.types.is_numeric_dtype(dtype)
    told = say("documents published") if counts else say_if_known(column)
    return f'<th scope="col" title="{clean(column)}">{clean(told)}</th>'


def _cells(row: Iterable[object], columns: Iterable[str], width: int) -> str:
    pairs = zip(columns, row, strict=True)
    return "".join(
        _cell(
            _said(column, value) if column in _OURS and isinstance(value, str) else value,
            width,
            is_id=column in _IDS,
        )
        for column, value in pairs
    )


def _said(column: str, value: str) -> str:
    if column == "clues":  # a list, such as "title 4, speech 2"
        return say(", ").join(map(say_reason, value.split(", ")))
    return say_reason(value)


def _cell(value: object, width: int, *, is_id: bool) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return "<td></td>"
    if isinstance(value, pd.Timestamp):
        return f'<td class="n">{value:%Y-%m-%d}</td>'
    if isinstance(value, Real) and not isinstance(value, bool | np.bool_):
        whole = isinstance(value, Integral) or abs(value) >= 1000
        return f'<td class="n">{value:,.0f}</td>' if whole else f'<td class="n">{value:,.3g}</td>'
    text = str(value)
    if is_id:
        return f'<td dir="ltr" class="{_width(text)}">{clean_path(text)}</td>'
    cut = text if len(text) <= width else text[:width].rstrip() + "…"
    return f'<td dir="{_direction(cut)}" class="{_width(cut)}">{clean(cut)}</td>'


def _width(text: str) -> str:
    """Return the class of a cell: short, medium or long."""
    return "s" if len(text) < 25 else "l" if len(text) > 40 else "m"


def _direction(text: str) -> str:
    """Tell by most of the letters, not the first: a headline may begin with a Latin name."""
    is_arabic = len(_ARABIC_LETTER.findall(text)) > len(_LATIN_LETTER.findall(text))
    return "rtl" if is_arabic else "ltr"


def clean_path(text: object) -> str:
    """Write a path or id left to right, each of its parts in its own direction."""
    folders, slash, name = str(text).rpartition("/")
    stem, dot, ending = name.rpartition(".")
    parts = [*folders.split("/"), stem + dot] if slash else [stem + dot]
    return "/".join(f"<bdi>{clean(part)}</bdi>" for part in parts) + clean(ending)


def show_lines(lines: pd.DataFrame, *, rows: int = 10) -> ShownTable:
    """Show concordance lines as an Arabic reader reads them, the match marked.

    Parameters
    ----------
    lines : DataFrame
        As `concordance` or `mention_lines` returns them.
    rows : int
        How many lines: of more than that, a sample spread over all of them, always the same. The
        last line says out of how many.
    """
    shown = spread(lines, rows)
    items = [
        f'<li>{marked_line(row)}<small dir="{direction()}">{_told(row)}</small></li>'
        for row in shown.itertuples()
    ]
    count = say("{shown} of {all} lines", shown=f"{len(shown):,}", all=f"{len(lines):,}")
    return ShownTable(
        f'<style>{_STYLE}</style><ol class="khabar-lines" dir="rtl">{"".join(items)}</ol>'
        f"<p>{count}</p>"
    )


def spread(lines: pd.DataFrame, rows: int) -> pd.DataFrame:
    """Return so many lines, spread over all of them, always the same."""
    places = np.unique(np.linspace(0, max(len(lines) - 1, 0), rows).round().astype(int))
    return lines.iloc[places[: len(lines)]]


def marked_line(row: tuple) -> str:
    """Write a line of `concordance` or `mention_lines`, the match marked."""
    match = row.surface if hasattr(row, "surface") else row.keyword
    # Particles written onto the match are marked with it: the letters stay joined.
    before, attached = re.fullmatch(r"(.*?)(\w*)", row.left, re.DOTALL).groups()
    if not _PROCLITICS.fullmatch(attached):
        before, attached = row.left, ""
    return f"{clean(before)}<mark>{clean(attached + match)}</mark>{clean(row.right)}"


def _told(row: tuple) -> str:
    told = [clean_path(row.document_id)]
    told += [
        clean(say_reason(getattr(row, name))) for name in ("rule", "sense") if hasattr(row, name)
    ]
    return " · ".join(f"<bdi>{part}</bdi>" for part in told)

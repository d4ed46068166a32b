"""The concordance as a table: right to left, aligned on the keyword, the article a click away."""

import html
import os
import re

import pandas as pd

from khabar.charts.table import ShownTable, clean, clean_path, spread
from khabar.charts.wording import say

# The words nearest to the keyword must stay in sight, so the text before it is laid into a box that
# begins at the keyword and overflows away from it; within, its own direction is kept.
_STYLE = (
    ".khabar-kwic{overflow-x:auto;margin:.5em 0}"
    ".khabar-kwic table{direction:rtl;width:100%;border-collapse:collapse;margin:0}"
    ".khabar-kwic td{padding:.15em .35em;border:0;vertical-align:baseline;background:none}"
    ".khabar-kwic .b,.khabar-kwic .a{width:45%;max-width:0;overflow:hidden;white-space:nowrap}"
    ".khabar-kwic .b{direction:ltr;text-align:left}"
    ".khabar-kwic .a{direction:rtl;text-align:right}"
    ".khabar-kwic .k{white-space:nowrap;text-align:center}"
    ".khabar-kwic mark{background:#ffe08a;color:#222;padding:0 .15em}"
    ".khabar-kwic .d{border-bottom:1px solid #8884;padding-bottom:.45em;text-align:right;"
    "white-space:normal;font-size:.85em;opacity:.85}"
    ".khabar-kwic summary{cursor:pointer}.khabar-kwic .n{white-space:nowrap}"
    ".khabar-kwic .t{white-space:pre-line;padding:.6em 1em;line-height:1.7;text-align:right}"
    ".khabar-kwic p{font-size:.85em;text-align:start}"
    "@media(max-width:640px){.khabar-kwic tr{display:block}"
    ".khabar-kwic :is(.b,.k,.a){display:inline;white-space:normal;padding:0;direction:rtl}"
    ".khabar-kwic .d{display:block}}"
)
_OWN = ("document_id", "left", "keyword", "right", "start", "end", "url")
_LINK = re.compile(r"https?://[^\s\"'<>]+")


def show_concordance(
    lines: pd.DataFrame, *, documents: pd.DataFrame | None = None, rows: int = 20
) -> ShownTable:
    """Show concordance lines under one another, the keywords in one column.

    Parameters
    ----------
    lines : DataFrame
        As `concordance` returns it. Under each line stand its `title`, `outlet`, day and group, if
        they were joined, else the document.
    documents : DataFrame, optional
        With `text`, and perhaps `url`: a click on what stands under a line then opens the article
        on the spot, the keyword marked, and links to its page.
    rows : int
        How many lines: of more than that, a sample spread over all of them, always the same. The
        last line says out of how many.

    Notes
    -----
    Nothing in a text is read as HTML. Before and after are isolated from one another, so a Latin
    name or a number at the edge of the keyword stays on its side.
    """
    shown = spread(lines, rows)
    names = [name for name in lines.columns if name not in _OWN]
    body = "".join(_row(line, names, documents) for line in shown.to_dict("records"))
    count = say("{shown} of {all} lines", shown=f"{len(shown):,}", all=f"{len(lines):,}")
    return ShownTable(
        f'<style>{_STYLE}</style><div class="khabar-kwic" dir="rtl"><table><tbody>{body}</tbody>'
        f"</table><p>{count}</p></div>"
    )


def _row(line: dict, names: list[str], documents: pd.DataFrame | None) -> str:
    told = [_told(line[name]) for name in names]
    told = [part for part in told if part] or [clean_path(line["document_id"])]
    source = f"<span>{' · '.join(told)}</span>"
    # A site that has no pages of articles republishes no whole text here either.
    may_show = os.environ.get("KHABAR_ARTICLES") != ""
    if documents is not None and line["document_id"] in documents.index and may_show:
        article = documents.loc[line["document_id"]]
        source = f"<details><summary>{source}</summary>{_article(article, line)}</details>"
    return (
        f'<tr><td class="b"><bdi dir="rtl">{clean(line["left"])}</bdi></td>'
        f'<td class="k"><mark><bdi dir="rtl">{clean(line["keyword"])}</bdi></mark></td>'
        f'<td class="a"><bdi dir="rtl">{clean(line["right"])}</bdi></td></tr>'
        f'<tr><td class="d" colspan="3">{source}</td></tr>'
    )


def _told(value: object) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f'<bdi class="n">{value:%Y-%m-%d}</bdi>'
    return f"<bdi>{clean(value)}</bdi>"


def _article(article: pd.Series, line: dict) -> str:
    """Return the text with the keyword marked, and a link to the page if it has an address."""
    text, start, end = str(article["text"]), int(line["start"]), int(line["end"])
    marked = f"{clean(text[:start])}<mark>{clean(text[start:end])}</mark>{clean(text[end:])}"
    address = str(article.get("url") or "")
    link = ""
    if _LINK.fullmatch(address):
        link = (
            f'<a href="{html.escape(address)}" target="_blank" rel="noopener noreferrer" dir="ltr">'
            f"{clean(address)}</a>"
        )
    return f'<div class="t" dir="rtl">{marked}</div>{link}'

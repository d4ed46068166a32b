"""Quotation marks: which passages of a text stand between them.

Newspapers mix « », “ ”, " and parentheses, put them the wrong way round and forget to close them.
So whether a mark opens or closes is read from what it touches: an opening mark has a space or an
attached particle before it, a closing one a space or punctuation behind it.
"""

import re
from typing import NamedTuple

_MARK = re.compile('["«»“”„‟()\n]')
_OPENS, _CLOSES = "«“„", "»”"
_PARTICLES = re.compile(r"(?:^|[^\w])[وف]?[بلك]?ال?ـ*$|(?:^|[^\w])[وف]?(?:[بلك]|لل)ـ*$")
# No passage that somebody forgot to close is searched for farther than a paragraph.


class Quoted(NamedTuple):
    """A passage between marks; `start` and `end` leave the marks out."""

    start: int
    end: int
    depth: int  # 0 outside all other marks
    marks: str  # "quotes" or "parentheses"
    closed: bool


def quoted_passages(text: str) -> list[Quoted]:
    """Find what stands between quotation marks, in time that grows with the text and no faster.

    Marks do not reach beyond their line: one that is not closed there is given up to the end of
    the line, with `closed` false.

    Examples
    --------
    >>> text = 'قال: "أعلن "داعش" قيامه" (اليوم) و«عاد'
    >>> [(text[q.start : q.end], q.depth, q.closed) for q in quoted_passages(text)]
    [('أعلن "داعش" قيامه', 0, True), ('داعش', 1, True), ('اليوم', 0, True), ('عاد', 0, False)]
    """
    found: list[Quoted] = []
    quotes: list[int] = []
    parentheses: list[int] = []

    def close(opened: list[int], end: int, marks: str, *, closed: bool = True) -> None:
        start = opened.pop() + 1
        found.append(Quoted(start, end, len(opened), marks, closed))

    for match in _MARK.finditer(text):
        at, mark = match.start(), match[0]
        if mark == "\n":
            _give_up(found, quotes, parentheses, at)
        elif mark == "(":
            parentheses.append(at)
        elif mark == ")":
            if parentheses:
                close(parentheses, at, "parentheses")
        elif _is_opening(text, at, mark, bool(quotes)):
            quotes.append(at)
        elif quotes:
            close(quotes, at, "quotes")
    _give_up(found, quotes, parentheses, len(text))
    return sorted(q for q in found if text[q.start : q.end].strip())


def _give_up(found: list[Quoted], quotes: list[int], parentheses: list[int], end: int) -> None:
    """Close at the end of a line the outermost mark that is still open, and forget the others."""
    if quotes:
        found.append(Quoted(quotes[0] + 1, end, 0, "quotes", closed=False))
    quotes.clear()
    parentheses.clear()


def _is_opening(text: str, at: int, mark: str, inside: bool) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    free_before = not before or before.isspace() or before in "([:،,-–ـ#."
    free_after = not after or after.isspace() or after in ".،,؛;:!?؟)]-–…"
    if free_before != free_after:
        return free_before
    if not free_before and _PARTICLES.search(text, max(0, at - 6), at):
        return True
    # It touches words on both sides, or on neither: its shape decides, or whether one is open.
    return mark in _OPENS or (mark not in _CLOSES and not inside)

"""What a learner is told about an answer, in the language of the reader."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from khabar.charts.table import clean
from khabar.charts.wording import direction, language, say

_COLOURS = {"right": "#1a7f37", "nearly": "#9a6700", "not yet": "#57606a"}
_STYLE = "border-inline-start:4px solid {colour};padding:.4em .9em;margin:.5em 0"


@dataclass(frozen=True, repr=False)
class Verdict:
    """What is said of an answer.

    Attributes
    ----------
    grade : str
        `right`, `nearly`, `not yet`, `not answered`, or `sample only`: the corpus is another.
    told : str
        The reason, as HTML.
    """

    grade: str
    told: str

    def __repr__(self) -> str:
        told = html.unescape(re.sub("<[^>]*>", "", self.told))
        return f"<{_heading(self.grade)} {told}>"

    def _repr_html_(self) -> str:
        style = _STYLE.format(colour=_COLOURS.get(self.grade, "#0969da"))
        return (
            f'<div class="khabar-verdict" data-grade="{self.grade}" lang="{language()}" '
            f'dir="{direction()}" style="{style}"><strong>{_heading(self.grade)}</strong> '
            f"{self.told}</div>"
        )


def _heading(grade: str) -> str:
    return {
        "right": say("Right."),
        "nearly": say("Nearly."),
        "not yet": say("Not yet."),
        "not answered": say("Not answered yet."),
        "sample only": say("For the sample only."),
    }[grade]


def right(told: str) -> Verdict:
    """Accept an answer, and say what it teaches."""
    return Verdict("right", told)


def nearly(told: str) -> Verdict:
    """Say what an answer still lacks."""
    return Verdict("nearly", told)


def not_yet(told: str) -> Verdict:
    """Say where to look."""
    return Verdict("not yet", told)


def code(text: str) -> str:
    """Write a piece of code, left to right.

    >>> code("text")
    '<code dir="ltr">text</code>'
    """
    return f'<code dir="ltr">{clean(text)}</code>'


def quoted(text: object) -> str:
    """Write a name or word of the corpus in its own direction.

    >>> quoted("<b>")
    '<bdi>&lt;b&gt;</bdi>'
    """
    return f"<bdi>{clean(text)}</bdi>"


def listed(texts: Iterable[object]) -> str:
    """Write several of them in a row."""
    return ("، " if language() == "ar" else ", ").join(map(quoted, texts))


def percent(share: float) -> str:
    """Write a share as a percentage, left to right."""
    return f'<bdi dir="ltr">{share:.0%}</bdi>'

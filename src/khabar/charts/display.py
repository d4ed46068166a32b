"""Text at the display edge: corpus text is data, and Arabic has a direction."""

import html
import re
import textwrap
from collections.abc import Iterable

from khabar.charts.wording import language, say

_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_RIGHT_TO_LEFT, _LEFT_TO_RIGHT, _END = "\u2067", "\u2066", "\u2069"


def isolate(text: str) -> str:
    r"""Make a string safe to show anywhere: escaped, without foreign controls, its own direction.

    Strings with Arabic are isolated right to left, so that a final full stop or a Latin word stays
    where a reader expects it, and a day in them left to right, or its parts would change places.
    SVG text knows no direction of its own.

    >>> isolate("<b>خبر</b>") == "\u2067&lt;b&gt;خبر&lt;/b&gt;\u2069"
    True
    """
    clean = html.escape(_BIDI_CONTROLS.sub("", str(text)), quote=False)
    if not _ARABIC.search(clean):
        return clean
    days_safe = _DAY.sub(lambda day: f"{_LEFT_TO_RIGHT}{day[0]}{_END}", clean)
    return f"{_RIGHT_TO_LEFT}{days_safe}{_END}"


def row_of(parts: Iterable[str], *, width: int = 46) -> str:
    """Return several texts in a row, each in its own direction, wrapped between them for a chart.

    >>> row_of(["40 documents", "", "places left out"])
    '40 documents; places left out'
    """
    lines: list[list[str]] = [[]]
    for part in filter(None, parts):
        if lines[-1] and len("; ".join([*lines[-1], part])) > width:
            lines.append([])
        lines[-1].append(part)
    return "<br>".join(_one_line(line, width) for line in lines)


def _one_line(parts: list[str], width: int) -> str:
    if len(parts) < 2:
        return label("".join(parts), width=width)
    text = say("; ").join(isolate(part) for part in parts)
    return f"{_RIGHT_TO_LEFT}{text}{_END}" if language() == "ar" else text


def in_a_sentence(text: str) -> str:
    r"""Let a sentence of ours that quotes isolated names run as the reader's language does.

    >>> in_a_sentence(f"near {isolate('خبر')}") == "\u2066near \u2067خبر\u2069\u2069"
    True
    """
    return f"{_RIGHT_TO_LEFT if language() == 'ar' else _LEFT_TO_RIGHT}{text}{_END}"


def is_sentence(text: str) -> bool:
    """Whether `in_a_sentence` made the text, so that it is safe already."""
    return text.startswith((_LEFT_TO_RIGHT, _RIGHT_TO_LEFT))


def label(text: str, *, width: int = 28) -> str:
    """Return `text` wrapped for a chart: each line is isolated, for each is its own paragraph.

    >>> label("الأمم المتحدة ومجلس الأمن", width=14).count("<br>")
    1
    """
    lines = textwrap.wrap(_BIDI_CONTROLS.sub("", str(text)), width) or [""]
    return "<br>".join(isolate(line) for line in lines)


def number(value: float, digits: int = 0) -> str:
    r"""Write a number with a true minus sign, isolated left to right.

    >>> number(-1234.5, 1) == "\u2066\u22121,234.5\u2069"
    True
    """
    return f"{_LEFT_TO_RIGHT}{value:,.{digits}f}{_END}".replace("-", "\u2212")


def percent(share: float) -> str:
    r"""Write a share as a percentage, isolated left to right.

    >>> percent(0.256) == "\u206626%\u2069"
    True
    """
    return f"{_LEFT_TO_RIGHT}{share:.0%}{_END}"


def strip_controls(text: str) -> str:
    """Take the controls of direction out of a text that was made for a chart: HTML has its own.

    >>> strip_controls(number(5))
    '5'
    """
    return _BIDI_CONTROLS.sub("", text)

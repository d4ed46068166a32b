"""Text at the display edge: corpus text is data, and Arabic has a direction."""

import html
import re
import textwrap

_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_RIGHT_TO_LEFT, _LEFT_TO_RIGHT, _END = "\u2067", "\u2066", "\u2069"


def isolate(text: str) -> str:
    r"""Make a string safe to show anywhere: escaped, without foreign controls, its own direction.

    Strings with Arabic are isolated right to left, so that a final full stop or a Latin word stays
    where a reader expects it. SVG text knows no direction of its own.

    >>> isolate("<b>خبر</b>") == "\u2067&lt;b&gt;خبر&lt;/b&gt;\u2069"
    True
    """
    clean = html.escape(_BIDI_CONTROLS.sub("", str(text)), quote=False)
    return f"{_RIGHT_TO_LEFT}{clean}{_END}" if _ARABIC.search(clean) else clean


def english(text: str) -> str:
    r"""Let an English sentence that quotes isolated Arabic run left to right as a whole.

    >>> english(f"near {isolate('خبر')}") == "\u2066near \u2067خبر\u2069\u2069"
    True
    """
    return f"{_LEFT_TO_RIGHT}{text}{_END}"


def is_english(text: str) -> bool:
    """Whether `english` made the text."""
    return text.startswith(_LEFT_TO_RIGHT)


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

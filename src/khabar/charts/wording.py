"""The words of charts, tables and pages, in the language of the reader.

Each stands once, English beside Arabic, in `data/wording.tsv`; the English is the key. Numbers and
names enter at `{name}`. The Arabic avoids counted nouns, whose form hangs on the number.
"""

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files

from khabar.errors import KhabarError

LANGUAGES = ("ar", "en")


def language() -> str:
    """Return the language of charts, tables and pages: the environment's KHABAR_LANG, or `en`."""
    chosen = os.environ.get("KHABAR_LANG") or "en"
    if chosen not in LANGUAGES:
        raise KhabarError(f"KHABAR_LANG must be 'ar' or 'en', not {chosen!r}")
    return chosen


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Let this process speak a language for a while.

    >>> with speaking("ar"):
    ...     direction()
    'rtl'
    """
    before = os.environ.get("KHABAR_LANG")
    os.environ["KHABAR_LANG"] = chosen
    try:
        yield
    finally:
        os.environ.pop("KHABAR_LANG")
        if before is not None:
            os.environ["KHABAR_LANG"] = before


def direction() -> str:
    """Return the side from which the reader's language is read: `rtl` or `ltr`."""
    return "rtl" if language() == "ar" else "ltr"


def say(text: str, **parts: object) -> str:
    """Say an English text of the catalogue in the reader's language.

    >>> say("{shown} of {all} rows", shown=5, all=9)
    '5 of 9 rows'
    """
    told = text if language() == "en" else catalogue()[text]
    return told.format(**parts)


def say_if_known(text: str) -> str:
    """Say a text in the reader's language if the catalogue has it, as it is otherwise."""
    return catalogue().get(text, text) if language() == "ar" else text


@cache
def catalogue() -> dict[str, str]:
    """Return the Arabic of each English text."""
    source = files("khabar.data") / "wording.tsv"
    rows = csv.DictReader(
        source.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    return {row["en"]: row["ar"] for row in rows}

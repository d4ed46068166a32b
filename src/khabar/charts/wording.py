"""The words of charts, tables and pages, in the language of the reader.

Each stands once, English beside Arabic, in `data/wording.tsv`; the English is the key. Numbers and
names enter at `{name}`. The Arabic avoids counted nouns, whose form hangs on the number. Rows of
the kind `reason` are what the tables give as rules and reasons: there the English is a pattern.
"""

import csv
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files

import pandas as pd

from khabar.actors.ledger import Ledger, load_ledger
from khabar.errors import KhabarError

LANGUAGES = ("ar", "en")
# What may stand at a place of a reason; anything at other places.
_DAY = r"\d{4}-\d\d(?:-\d\d)?"
_PLACES = {
    "day": _DAY,
    "first": _DAY,
    "last": _DAY,
    "years": r"\d{4}(?:, \d{4})*|\d+ years",
    "weekday": r"\w+day",
    "n": r"[\d,]+",
    "all": r"[\d,]+",
    "word": r"\S+",
    "actor": r"\w+",
    "actors": r"\w+(?:, \w+)*",
}


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


def reader_names(ledger: Ledger) -> pd.Series:
    """Return what to call each actor in the language of charts and tables.

    Parameters
    ----------
    ledger : Ledger
        As `load_ledger` returns it.

    Returns
    -------
    Series
        Names by the id of the actor: English, or Arabic where the environment says KHABAR_LANG=ar.

    Examples
    --------
    >>> reader_names(load_ledger())["lavrov"]
    'Sergey Lavrov'
    """
    return ledger.names(language())


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


def say_reason(text: str) -> str:
    """Say a rule or reason of a table, part by part; a part that is not known stays English.

    >>> say_reason("office held on 2015-04-23; of the state this document is about")
    'office held on 2015-04-23; of the state this document is about'
    """
    if language() == "en":
        return text
    if text in catalogue():
        return catalogue()[text]
    for pattern, arabic in _reasons():
        if match := pattern.fullmatch(text):
            return arabic.format(**{k: _said_at(k, v) for k, v in match.groupdict().items()})
    return text


def _said_at(place: str, text: str) -> str:
    if place in {"actor", "actors"}:
        names = reader_names(load_ledger())
        return say(", ").join(names.get(actor, actor) for actor in text.split(", "))
    return text if place == "words" else say_reason(text)


@cache
def _reasons() -> list[tuple[re.Pattern, str]]:
    """Return the pattern of each reason with its Arabic, in the order of the catalogue."""
    return [
        (re.compile(_pattern(row["en"])), row["ar"]) for row in _rows() if row["kind"] == "reason"
    ]


def _pattern(english: str) -> str:
    r"""Return the expression that a text of the catalogue stands for.

    >>> _pattern("office held on {day}")
    'office\\ held\\ on\\ (?P<day>\\d{4}-\\d\\d(?:-\\d\\d)?)'
    """
    place = re.compile(r"\\{(\w+)\\}")
    return place.sub(lambda m: f"(?P<{m[1]}>{_PLACES.get(m[1], '.+?')})", re.escape(english))


@cache
def catalogue() -> dict[str, str]:
    """Return the Arabic of each English text."""
    return {row["en"]: row["ar"] for row in _rows()}


@cache
def _rows() -> list[dict[str, str]]:
    source = files("khabar.data") / "wording.tsv"
    lines = source.read_text(encoding="utf-8").splitlines()
    return [*csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]

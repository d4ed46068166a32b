"""Dates in Arabic news, with a grade and a reason."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from khabar.language.orthography import counting_key

# Gregorian months under their Egyptian and Gulf, Levantine and Maghrebi names; keys are folded.
_MONTHS = (
    "يناير|كانون الثاني|جانفي",
    "فبراير|شباط|فيفري",
    "مارس|اذار",
    "ابريل|نيسان|افريل|ابرايل",
    "مايو|ايار|ماي",
    "يونيو|حزيران|جوان|يونيه",
    "يوليو|تموز|جويلية|يوليوز|يوليه",
    "اغسطس|اب|اوت|غشت",
    "سبتمبر|ايلول|شتنبر",
    "اكتوبر|تشرين الاول",
    "نوفمبر|تشرين الثاني|نونبر",
    "ديسمبر|كانون الاول|دجنبر",
)
_WEEKDAYS = ("الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعة", "السبت", "الاحد")

_MONTH_NUMBER = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_MONTH = "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)).replace(" ", r"\s+")
_WRITTEN = re.compile(
    rf"""(?<!\w)(?:[وف]?(?P<weekday>{"|".join(_WEEKDAYS)})\s*[،,]?\s*(?:في|الموافق)?\s*)?
    (?:ب?ال|[بل])?(?P<day>\d{{1,2}})(?!\d)\s*[-ـ]?\s*(?:من\s+)?(?:شهر\s+)?
    (?P<month>{_MONTH})(?!\w)(?:\s*[/\\(\-]\s*(?P<twin>{_MONTH})(?!\w)\s*\)?)?
    (?:\s*[-،,/]?\s*(?:من\s+)?(?:عام\s+|سنة\s+|العام\s+)?(?P<year>(?:19|20)\d\d)(?!\d))?""",
    re.VERBOSE,
)
_ISO = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?!\d)")
_NUMERIC = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>(?:19|20)\d\d)(?!\d)"
)
_FIRST, _LAST = date(2000, 1, 1), date(2030, 12, 31)


@dataclass(frozen=True)
class ParsedDate:
    """What a text says about a day.

    Attributes
    ----------
    date : date or None
        The day, if only one is possible.
    candidates : tuple of date
        All days the text allows.
    grade : {'stated', 'inferred', 'contradictory', 'ambiguous', 'none'}
        Stated with its year; year inferred; weekday and date disagree (the date is kept); several
        years possible; no date found.
    reason : str
        In words.
    """

    date: date | None
    candidates: tuple[date, ...]
    grade: str
    reason: str


def parse_date(text: str, *, after: date | None = None, before: date | None = None) -> ParsedDate:
    """Read the first date in a text.

    Understood are `الخميس 23 أبريل/نيسان 2015` in its usual variants (either month family or both,
    with or without weekday and year, any digits), ISO dates and day/month/year.

    Parameters
    ----------
    text : str
    after, before : date, optional
        The days between which a missing year is looked for, both included; 2000 to 2030 if not
        given. A stated year is believed as it stands.

    Returns
    -------
    ParsedDate

    Notes
    -----
    A missing year is inferred only from the weekday, and only if a single year between the bounds
    fits; a weekday returns every five, six or eleven years.

    Examples
    --------
    >>> parse_date("الخميس 23 أبريل/نيسان", after=date(2012, 1, 1), before=date(2016, 1, 1)).date
    datetime.date(2015, 4, 23)
    >>> parsed = parse_date("الخميس 23 أبريل/نيسان")
    >>> parsed.grade, [day.year for day in parsed.candidates]
    ('ambiguous', [2009, 2015, 2020, 2026])
    """
    found = [
        m for pattern in (_WRITTEN, _ISO, _NUMERIC) if (m := pattern.search(counting_key(text)))
    ]
    if not found:
        return ParsedDate(None, (), "none", "no date found")
    match = min(found, key=lambda m: m.start())
    parts = match.groupdict()
    month = _month_number(parts["month"])
    weekday = _WEEKDAYS.index(parts["weekday"]) if parts.get("weekday") else None
    twin = _month_number(parts.get("twin") or parts["month"])
    if twin != month:
        return ParsedDate(None, (), "none", f"two different months in {match[0].strip()!r}")
    if parts["year"]:
        return _stated(int(parts["year"]), month, int(parts["day"]), weekday, match[0].strip())
    return _inferred(month, int(parts["day"]), weekday, after or _FIRST, before or _LAST)


def _stated(year: int, month: int, day: int, weekday: int | None, written: str) -> ParsedDate:
    stated = _day(year, month, day)
    if stated is None:
        return ParsedDate(None, (), "none", f"no such day: {written!r}")
    if weekday is not None and stated.weekday() != weekday:
        reason = f"{written!r}: that day was a {stated:%A}"
        return ParsedDate(stated, (stated,), "contradictory", reason)
    return ParsedDate(stated, (stated,), "stated", f"stated: {written!r}")


def _inferred(month: int, day: int, weekday: int | None, first: date, last: date) -> ParsedDate:
    years = range(first.year, last.year + 1)
    days = [d for year in years if (d := _day(year, month, day)) and first <= d <= last]
    fitting = tuple(d for d in days if weekday is None or d.weekday() == weekday)
    between = f"between {first.isoformat()} and {last.isoformat()}"
    clue = "no weekday" if weekday is None else f"weekday {_name_of(weekday)}"
    if len(fitting) == 1:
        return ParsedDate(fitting[0], fitting, "inferred", f"{clue}: one year fits {between}")
    if not fitting:
        return ParsedDate(None, (), "none", f"{clue}: no year fits {between}")
    return ParsedDate(None, fitting, "ambiguous", f"{clue}: {len(fitting)} years fit {between}")


def _month_number(written: str) -> int:
    return int(written) if written.isdigit() else _MONTH_NUMBER[" ".join(written.split())]


def _name_of(weekday: int) -> str:
    return f"{date(2024, 1, 1) + timedelta(days=weekday):%A}"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""Read the day a text is of: the first one written that is believed, or told from a known day."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from khabar.corpus.dates import FIRST_DAY, LAST_DAY, ParsedDate, narrowed, resolve, unknown
from khabar.corpus.month_names import MONTH, WEEKDAY, month_number, weekday_number
from khabar.corpus.written_dates import (
    AHEAD,
    PAST,
    PRINTED,
    SPACE,
    THIS_MONTH,
    TO_COME,
    TURN_AHEAD,
    WrittenDate,
    find_dates,
    search_key,
)
from khabar.errors import KhabarError

_COMPACT = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}\w*)?\s*")
_RELATIVE = re.compile(
    rf"""(?<!\w)[وف]?(?:
    (?:(?P<two_ago>اول\s+(?:من\s+)?امس|امس\s+الاول|قبل\s+امس)|(?P<yesterday>امس|البارحة|yesterday)
    |(?P<after_next>بعد\s+غد)|(?P<tomorrow>غدا|غد|الغد|tomorrow)|(?P<today>اليوم|today))
    (?:\s+(?P<weekday>{WEEKDAY}))?
    |(?:يوم\s+|last\s+)?(?P<alone>{WEEKDAY})(?:\s+ال(?P<turn>ماضي|فائت|منصرم|مقبل|قادم))?)(?!\w)""",
    re.VERBOSE,
)
_MONTH_OF_YEAR = re.compile(
    rf"(?<![\w])(?:[وفبل]?(?:ال)?)(?P<month>{MONTH})(?!\w)(?:{SPACE}[/(]?{SPACE}(?:{MONTH})\)?)?"
    rf"{SPACE}(?:من{SPACE})?(?:عام{SPACE}|سنة{SPACE})?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_YEAR_ALONE = re.compile(
    r"(?<!\w)(?P<what>[وفبل]?(?:ال)?(?:عام|سنة|موسم))\s+(?:(?:19|20)\d\d\s*[-–/]\s*)?"
    r"(?P<year>(?:19|20)\d\d)(?!\d)"
)
# News names the months behind it; the same weekday returns after five years.
_RECENT = timedelta(days=366)
# What is told may also be a few weeks ahead, without saying so.
_SOON = timedelta(days=60)
_STEPS = {"two_ago": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "after_next": 2}

_PLANNED = re.compile(
    r"(?<!\w)[وفبل]?(?:مطلع|بحلول|حتى|منتصف|نهاية|قبل|رؤية|خطة|بداية|اواخر|كاس|مونديال|موازنة"
    r"|ميزانية|انتخابات)(?!\w)"
)
_BEHIND = re.compile(
    r"(?<!\w)[وف]?(?:منذ|يعود|تعود|كان|كانت|كانوا|سبق|خسر|خسارة|خسارتها|خسارته|فاز|فازت|اندلعت?|توفي|ولد"
    r"|انضمت?|تاسست?|احرزت?|احرزها|احرزه|بداء?ت?|اخر)(?!\w)"
)


def read_date(
    text: str,
    *,
    after: date | None = None,
    before: date | None = None,
    reference: date | None = None,
) -> ParsedDate:
    """Read the first date that a text gives for itself; see `khabar.parse_date`."""
    after, before, reference = map(_plain_day, (after, before, reference))
    if after and before and after > before:
        raise KhabarError(f"after must not be later than before; {after} is later than {before}")
    if compact := _COMPACT.fullmatch(text):
        text = "-".join(compact.groups())
    key = search_key(text)
    written = find_dates(key)
    # Beside a known day, "next" and "last" tell which one is meant.
    turned = {PAST, TO_COME} if reference else set()
    believed = [w for w in written if not w.not_believed or w.not_believed in turned]
    if believed:
        return _read_one(_plainest(believed), written, key, after, before, reference)
    if written:
        return unknown(f"{written[0].text!r} is not the day of the text: {written[0].not_believed}")
    if relative := _RELATIVE.search(key):
        return _beside(relative, reference)
    return unknown("no date found")


def _plain_day(day: date | None) -> date | None:
    return day.date() if isinstance(day, datetime) else day


def _plainest(believed: list[WrittenDate]) -> WrittenDate:
    """Return the first; but news tells its own day with the weekday, if it tells any so."""
    first = believed[0]
    if first.full or first.weekday is not None:
        return first
    return next((w for w in believed if w.weekday is not None), first)


def _read_one(
    first: WrittenDate,
    written: list[WrittenDate],
    key: str,
    after: date | None,
    before: date | None,
    reference: date | None,
) -> ParsedDate:
    if first.full or not reference:
        parsed = resolve(first, after, before)
        return narrow_by_past(parsed, key, [w for w in written if w is not first])
    reach = {PAST: (-366, 0), TO_COME: (0, 366)}
    back, ahead = reach.get(first.not_believed, (-183, 182))
    days = timedelta(back), timedelta(ahead)
    parsed = resolve(first, reference + days[0], reference + days[1])
    return replace(parsed, reason=f"{parsed.reason}, the year round {reference}")


def narrow_by_past(parsed: ParsedDate, key: str, others: list[WrittenDate]) -> ParsedDate:
    """Leave out the years before the latest day or month that the text tells as past.

    If only one day is left within weeks before or a year after the latest day or month named with
    its year, and the next is years away, that one is taken.
    """
    if parsed.grade != "ambiguous" or parsed.candidates[0].year == parsed.candidates[-1].year:
        return parsed
    named = [d for w in others if (d := _past_day(w))]
    named += [
        date(int(m["year"]), month_number(m["month"]), 1)
        for m in _MONTH_OF_YEAR.finditer(key)
        if not _is_ahead(key, m)
    ]
    years = [date(int(m["year"]), 1, 1) for m in _YEAR_ALONE.finditer(key) if _is_behind(key, m)]
    past = max([*named, *years], default=None)
    if past is None:
        return parsed
    left = tuple(d for d in parsed.candidates if d >= past - _SOON)
    parsed = narrowed(parsed, left, f"not before {past}, of which the text tells")
    near = [d for d in left if named and d - max(named) <= _RECENT]
    if len(left) > 1 and len(near) == 1 and left[1] - left[0] > 2 * _RECENT:
        why = f"within a year of {max(named):%Y-%m}, the latest month named with its year"
        return narrowed(parsed, (near[0],), why)
    return parsed


def days_of_this_month(key: str) -> ParsedDate:
    """Read from "11 أبريل الجاري" that the text is of an April: every day of it, in every year."""
    this = next((w for w in find_dates(key) if THIS_MONTH.match(key, w.end)), None)
    if this is None or this.hijri or this.problem:
        return unknown("no day told as the day of the report")
    month = this.readings[0][1]
    span = range((LAST_DAY - FIRST_DAY).days + 1)
    days = tuple(d for n in span if (d := FIRST_DAY + timedelta(n)).month == month)
    reason = f"some day of the month of {this.text!r}, which is told as the present one"
    return ParsedDate(None, days, "ambiguous", reason)


def _past_day(written: WrittenDate) -> date | None:
    if not written.full or written.problem or len(written.readings) > 1:
        return None
    if written.not_believed in {TO_COME, PRINTED}:
        return None
    return resolve(written).date


def _is_ahead(key: str, match: re.Match[str]) -> bool:
    """Whether a month or year is named as a limit, a plan or a vision."""
    before = re.split(r"[.؛!؟\n]", key[max(0, match.start() - 45) : match.start()])[-1]
    return bool(AHEAD.search(before + " ") or _PLANNED.search(before)) or bool(
        TURN_AHEAD.match(key, match.end())
        or re.match(r"\s+موعدا", key[match.end() : match.end() + 12])
    )


def _is_behind(key: str, match: re.Match[str]) -> bool:
    """Whether a year alone is told as past; so little said, it must be plain."""
    sentence = re.split(r"[.؛!؟\n]", key[max(0, match.start() - 80) : match.start()])[-1]
    return bool(_BEHIND.search(sentence)) and not _PLANNED.search(sentence)


def _beside(match: re.Match[str], reference: date | None) -> ParsedDate:
    """Read a word such as `أمس`, or a weekday alone, from a known day."""
    word = match[0].strip()
    if reference is None:
        return unknown(f"{word!r} is told from a day that is not known")
    if match["alone"]:
        return _nearest_weekday(match, reference)
    step = next(days for name, days in _STEPS.items() if match[name])
    day = reference + timedelta(days=step)
    if match["weekday"] and weekday_number(match["weekday"]) != day.weekday():
        return unknown(f"{word!r} contradicts itself: seen from {reference} it is a {day:%A}")
    return ParsedDate(day, (day,), "certain", f"{word!r} seen from {reference}")


def _nearest_weekday(match: re.Match[str], reference: date) -> ParsedDate:
    weekday, turn = weekday_number(match["alone"]), match["turn"]
    if turn in {"مقبل", "قادم"}:
        day = reference + timedelta(days=(weekday - reference.weekday() - 1) % 7 + 1)
    else:
        latest = reference - timedelta(days=1) if turn else reference
        day = latest - timedelta(days=(latest.weekday() - weekday) % 7)
    return ParsedDate(day, (day,), "likely", f"{match[0].strip()!r} seen from {reference}")

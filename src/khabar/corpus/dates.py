"""Which days a written date may be: graded, with the reason in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Hijri

from khabar.corpus.written_dates import WrittenDate

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2030, 12, 31)
# How far the Umm al-Qura calendar may be from a month that began when the moon was seen.
_MOON = timedelta(days=1)


@dataclass(frozen=True)
class ParsedDate:
    """What a text says about a day.

    Attributes
    ----------
    date : date or None
        The day, if only one is left.
    candidates : tuple of date
        All days the text allows.
    grade : {'certain', 'likely', 'ambiguous', 'unknown'}
        Written in full and contradicted by nothing; one day left after inference; several left;
        none found, or what was found contradicts itself.
    reason : str
        In words.
    """

    date: date | None
    candidates: tuple[date, ...]
    grade: str
    reason: str


def unknown(reason: str) -> ParsedDate:
    """Return that no date is known, and why."""
    return ParsedDate(None, (), "unknown", reason)


def resolve(
    written: WrittenDate, after: date | None = None, before: date | None = None
) -> ParsedDate:
    """Tell which days a written date may be, between two days."""
    first, last = after or FIRST_DAY, before or LAST_DAY
    between = f"between {first} and {last}"
    if written.problem:
        return unknown(f"{written.problem} in {written.text!r}")
    days = sorted({d for reading in written.readings for d in _days(reading, written, first, last)})
    if not days:
        return unknown(f"no such day: {written.text!r}")
    inside = tuple(d for d in days if not written.full or _in(d, after, before))
    fitting = tuple(d for day in inside for d in _on_weekday(day, written))
    fitting = tuple(dict.fromkeys(fitting))
    if written.full and not inside:
        return unknown(f"{written.text!r} is not {between}")
    if not fitting:
        return unknown(_contradiction(written, inside, between))
    if written.full:
        return _stated(written, days, inside, fitting)
    return _inferred(written, fitting, between)


def _days(
    reading: tuple[int | None, int, int], written: WrittenDate, first: date, last: date
) -> Iterator[date]:
    """Yield the Gregorian days of a reading, in every year from first to last if none is stated."""
    year, month, day = reading
    if year is not None:
        years = range(year, year + 1)
    elif written.hijri:
        years = range(_hijri_year(first), _hijri_year(last) + 1)
    else:
        years = range(first.year, last.year + 1)
    for y in years:
        try:
            found = Hijri(y, month, day).to_gregorian() if written.hijri else date(y, month, day)
        except (ValueError, OverflowError):
            continue
        if year is not None or first <= found <= last:
            yield date(found.year, found.month, found.day)


def _hijri_year(day: date) -> int:
    """Return the Hijri year in which the day lies, or the one before: 33 make 32 of ours."""
    return (day.year - 622) * 33 // 32


def _in(day: date, after: date | None, before: date | None) -> bool:
    return (after is None or after <= day) and (before is None or day <= before)


def _on_weekday(day: date, written: WrittenDate) -> Iterator[date]:
    """Yield the day if its weekday and its other calendar agree; a Hijri day may be one off."""
    near = (
        (day, day - _MOON, day + _MOON) if written.hijri and written.weekday is not None else (day,)
    )
    for d in near:
        if written.weekday in (None, d.weekday()) and _agrees(d, written.same_day):
            yield d
            return


def _agrees(day: date, other: WrittenDate | None) -> bool:
    if other is None:
        return True
    window = day - timedelta(days=3), day + timedelta(days=3)
    days = [d for reading in other.readings for d in _days(reading, other, *window)]
    return any(abs(d - day) <= _MOON for d in days)


def _contradiction(written: WrittenDate, days: tuple[date, ...], between: str) -> str:
    if written.weekday is not None and not written.full:
        return f"{written.text!r}: {_weekday_name(written.weekday)} fits no year {between}"
    if written.weekday is not None and all(d.weekday() != written.weekday for d in days):
        return f"{written.text!r} contradicts itself: that day was a {days[0]:%A}"
    return f"{written.text!r} contradicts itself: the two calendars are days apart"


def _stated(
    written: WrittenDate, days: list[date], inside: tuple[date, ...], fitting: tuple[date, ...]
) -> ParsedDate:
    text = repr(written.text)
    if len(fitting) > 1:
        return ParsedDate(None, fitting, "ambiguous", f"{text}: day and month may be exchanged")
    if written.hijri and written.weekday is None:
        reason = (
            f"{text} by the Umm al-Qura calendar; where the moon is sighted it may be a day off"
        )
        return ParsedDate(fitting[0], fitting, "likely", reason)
    if fitting[0] not in days:
        reason = f"{text}: the weekday is a day off the Umm al-Qura calendar, and is believed"
        return ParsedDate(fitting[0], fitting, "likely", reason)
    if len(inside) < len(days):
        reason = f"{text}: the other order of day and month is outside the given days"
        return ParsedDate(fitting[0], fitting, "likely", reason)
    return ParsedDate(fitting[0], fitting, "certain", f"written in full: {text}")


def _inferred(written: WrittenDate, fitting: tuple[date, ...], between: str) -> ParsedDate:
    clue = "no weekday" if written.weekday is None else _weekday_name(written.weekday)
    if len(fitting) == 1:
        reason = f"{written.text!r} without a year; {clue}: one year fits {between}"
        return ParsedDate(fitting[0], fitting, "likely", reason)
    reason = f"{written.text!r} without a year; {clue}: {_years(fitting)} fit {between}"
    return ParsedDate(None, fitting, "ambiguous", reason)


def _years(days: tuple[date, ...]) -> str:
    years = sorted({day.year for day in days})
    return f"{len(years)} years" if len(years) > 6 else ", ".join(map(str, years))


def _weekday_name(weekday: int) -> str:
    return f"{date(2024, 1, 1) + timedelta(days=weekday):%A}"


def narrowed(parsed: ParsedDate, candidates: tuple[date, ...], why: str) -> ParsedDate:
    """Return the date with fewer candidates, and the added reason; the same if none went."""
    if len(candidates) == len(parsed.candidates):
        return parsed
    reason = f"{parsed.reason}; {why}"
    if len(candidates) == 1:
        return ParsedDate(candidates[0], candidates, "likely", reason)
    if not candidates:
        return unknown(f"{reason}, which none does")
    return ParsedDate(None, candidates, "ambiguous", f"{reason}: {_years(candidates)}")

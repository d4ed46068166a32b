"""Dates in Arabic news: found as they are written, read with a grade and a reason.

Two steps: `find_dates` tells where a text writes a day and why it may not be the day the text is
of (printed, crawled, told of in passing); `read_date` reads the first one that is believed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from hijridate import Hijri

from khabar.corpus.month_names import (
    HIJRI_MONTH,
    MISSPELT_MONTH,
    MONTH,
    ORDINAL,
    WEEKDAY,
    day_number,
    hijri_month_number,
    month_number,
    weekday_number,
)
from khabar.errors import KhabarError
from khabar.language.citation import citation_form
from khabar.language.orthography import counting_key

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2030, 12, 31)
# How far the Umm al-Qura calendar may be from a month that began when the moon was seen.
_MOON = timedelta(days=1)

_SPACE = r"[^\S\n]*"
_WEEKDAY = rf"""[وف]?[بل]?(?:يوم{_SPACE})?(?P<weekday>{WEEKDAY})(?!\w){_SPACE}[،,:]?{_SPACE}
    (?:\(|في{_SPACE}|الموافق{_SPACE}|بتاريخ{_SPACE}|يوم{_SPACE}|of{_SPACE})?"""
_YEAR = rf"""(?:{_SPACE}[-/.(]?{_SPACE}(?:من{_SPACE})?(?:[لا]?ل?عام{_SPACE}|[لا]?ل?سنة{_SPACE})?
    (?P<year>(?:1[34]|19|20)\d\d)(?!\d|\.\d)|
    {_SPACE}[،,]{_SPACE}(?P<year_after_comma>(?:1[34]|19|20)\d\d)(?!\d|\.\d|{_SPACE}[ء-ي]{{3}}))
    (?:{_SPACE}(?P<era>ه|هجرية?|م|ميلادية?)(?!\w))?"""


def _day_before(month: str, twin: str, year_is: str = "?") -> re.Pattern[str]:
    """Compile the usual order: weekday, day, month, perhaps its twin name, perhaps year."""
    return re.compile(
        rf"""(?<![\w/.])(?:{_WEEKDAY})?
        (?:[بل]?(?:ال)?(?P<day>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?{_SPACE}[-/،,]?{_SPACE}
        (?:من{_SPACE}|of{_SPACE})?|[بلو]?(?P<ordinal>{ORDINAL}){_SPACE}من{_SPACE})
        (?:شهر{_SPACE})?
        (?P<month>{month})(?!\w)(?P<link>{_SPACE}[/\\(|\-]?{_SPACE})(?:{twin}(?!\w)\s*\)?)?
        (?:{_YEAR}){year_is}""",
        re.VERBOSE,
    )


_PATTERNS = (
    _day_before(MONTH, rf"(?P<twin>{MONTH})"),
    # Without its year a Hijri month is a man's name (رجب) or the nil of a score (صفر).
    _day_before(HIJRI_MONTH, "(?P<twin>$^)", year_is=""),
    re.compile(
        rf"""(?<!\w)(?:{_WEEKDAY})?(?P<month>{MONTH})\.?[^\S\n]+(?P<day>\d{{1,2}})(?!\d)
        (?:st|nd|rd|th)?(?:{_YEAR})""",
        re.VERBOSE,
    ),
    re.compile(
        rf"""(?<![\d/.-])(?:{_WEEKDAY})?(?P<year>(?:1[34]|19|20)\d\d)(?P<link>[-/.])
        (?P<month>\d{{1,2}})(?P=link)(?P<day>\d{{1,2}})(?!\d)(?:{_SPACE}(?P<era>ه|م)(?!\w))?""",
        re.VERBOSE,
    ),
    re.compile(
        rf"""(?<![\d/.-])(?:{_WEEKDAY})?(?P<first>\d{{1,2}}){_SPACE}(?P<link>[-/.]){_SPACE}
        (?P<second>\d{{1,2}}){_SPACE}(?P=link){_SPACE}(?P<year>(?:1[34]|19|20)\d\d)(?!\d)
        (?:{_SPACE}(?P<era>ه|م)(?!\w))?""",
        re.VERBOSE,
    ),
    re.compile(
        rf"""(?<!\w){_WEEKDAY}(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})(?![\d/])""", re.VERBOSE
    ),
)
# A word that is nearly a month is one only beside something else of a date.
_MISSPELT = _day_before(rf"(?!(?:{MONTH})(?!\w)){MISSPELT_MONTH}", f"(?P<twin>{MONTH})")
_ANCHOR = re.compile(rf"\d+|(?:{ORDINAL})\s+من\s")
_REACH = 60  # characters of a date before and after its day
_OF_A_DATE = re.compile(rf"{_SPACE}(?:$|ال(?:جاري|حالي|مقبل|قادم|ماضي|فائت|منصرم))")
_COMPACT = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}\w*)?\s*")
_SAME_DAY = re.compile(r"[\s،,()/=\-هم]*(?:ال)?(?:موافق[ةه]?)?\s*ل?")
_RELATIVE = re.compile(
    rf"""(?<!\w)[وف]?(?:
    (?:(?P<two_ago>اول\s+(?:من\s+)?امس|امس\s+الاول|قبل\s+امس)|(?P<yesterday>امس|البارحة|yesterday)
    |(?P<after_next>بعد\s+غد)|(?P<tomorrow>غدا|غد|الغد|tomorrow)|(?P<today>اليوم|today))
    (?:\s+(?P<weekday>{WEEKDAY}))?
    |(?:يوم\s+|last\s+)?(?P<alone>{WEEKDAY})(?:\s+ال(?P<turn>ماضي|فائت|منصرم|مقبل|قادم))?)(?!\w)""",
    re.VERBOSE,
)
# Why a written day is not the day the text is of.
PRINTED = "a day of printing, issue or retrieval"
TO_COME = "told as still to come"
PAST = "told as past"
MENTIONED = "mentioned as the day of something else"

_MONTH_OF_YEAR = re.compile(
    rf"(?<![\w])(?:[وفبل]?(?:ال)?)(?P<month>{MONTH})(?!\w)(?:{_SPACE}[/(]?{_SPACE}(?:{MONTH})\)?)?"
    rf"{_SPACE}(?:من{_SPACE})?(?:عام{_SPACE}|سنة{_SPACE})?(?P<year>(?:19|20)\d\d)(?!\d)"
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

_PRINTED = re.compile(
    r"طباع[ةه]|طبعت?\s+(?:في|بتاريخ)|العدد\s*:?\s*\(?\d+|[اآ]خر\s+تحديث|تم\s+التحديث|تحميل"
    r"|ا?رشفة|اطلع\s+عليه|تاريخ\s+(?:الزيارة|الدخول)|retrieved|printed|accessed|issue|crawled"
)
_OCCASION = re.compile(r"(?<!\w)[وفبلك]?(?:ال)?ل?ذكرى|ذكراه")
_DOCUMENT = re.compile(
    r"(?<!\w)[وفبلك]*(?:ال|لل)?(?:بيان|قرار|اتفاق|اتفاقية|اعلان|وثيقة|مذكرة|معاهدة|تفاهم|مرسوم|قانون"
    r"|هجمات|هجوم|احداث|ثورة|انقلاب|حرب|زلزال|مجزرة|استفتاء|انتخابات|مواليد|ولد|توفي)(?!\w)"
)
_DIRECTLY = r"\s+(?:من\s+|يوم\s+|تاريخ\s+|مساء\s+|فجر\s+)*$"
_AFTER_EVENT = re.compile(
    rf"(?<!\w)[وف]?(?:منذ|بعد|غداة|عقب|هجمات|هجوم|احداث|زلزال|ثورة|اعتداءات){_DIRECTLY}"
)
_AHEAD = re.compile(
    rf"(?<!\w)[وف]?(?:بحلول|حتى|قبل|قبيل|عشية|موعدا?|موعده|المقررة?|مقررا?|اعتبارا|ابتداء|بداية|بدءا|انطلاقا"
    rf"|لغاية|غاية|الى|غدا?|برنامج|تاريخ){_DIRECTLY}"
    r"|(?<!\w)(?:المقررة?|المزمع|المبرمجة?|من\s+المتوقع|من\s+المنتظر|تمتد|يمتد|التالي[ةه]?|كالتالي)(?!\w)"
)
# "سيعقد": future, if what follows the first letter is a verb; سيرغي and سياسة are not.
_MAY_BE_FUTURE = re.compile(r"(?<!\w)[وف]?(س[يتن]\w{3,})")
# A sentence that begins in the imperfect announces: "تدور الأحد 7 ماي مباريات ...".
_ANNOUNCES = re.compile(
    r"\s*(?:تدور|تنطلق|ينطلق|تنظم|ينظم|تجرى|يجرى|يؤدي|تؤدي|تقام|يقام|تلتقي|يلتقي|يواجه|تواجه|تشهد|يكون)"
    r"(?!\w)"
)
_TIMETABLE = re.compile(r"\s*[:،,-]?\s*(?:على\s+|من\s+|بداية\s+من\s+)*الساعة\s+\d")
_PLANNED = re.compile(
    r"(?<!\w)[وفبل]?(?:مطلع|بحلول|حتى|منتصف|نهاية|قبل|رؤية|خطة|بداية|اواخر|كاس|مونديال|موازنة"
    r"|ميزانية|انتخابات)(?!\w)"
)
_BEHIND = re.compile(
    r"(?<!\w)[وف]?(?:منذ|يعود|تعود|كان|كانت|كانوا|سبق|خسر|خسارة|خسارتها|خسارته|فاز|فازت|اندلعت?|توفي|ولد"
    r"|انضمت?|تاسست?|احرزت?|احرزها|احرزه|بداء?ت?|اخر)(?!\w)"
)
_TURN_AHEAD = re.compile(r"\s*\)?\s*ال(?:مقبل|قادم|اتي)")
_THIS_MONTH = re.compile(r"\s*\)?\s*(?:من\s+الشهر\s+)?ال(?:جاري|حالي)")
_TURN_BACK = re.compile(r"\s*\)?\s*ال(?:ماضي|فائت|منصرم|سابق)|\s*(?:من\s+)?العام\s+الماضي")


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


@dataclass(frozen=True)
class WrittenDate:
    """A day as written in a text, before anything is inferred.

    Attributes
    ----------
    start, end : int
        Where it stands in the searched key.
    text : str
        The words.
    readings : tuple of (year or None, month, day)
        More than one where day and month may be exchanged.
    weekday : int or None
        0 for Monday.
    hijri : bool
        Whether the readings are of the Hijri calendar.
    same_day : WrittenDate or None
        The day again, in the other calendar.
    problem : str
        Why nothing can be read from it; mostly empty.
    not_believed : str
        Why it is not the day the text is of; empty if it may be.
    """

    start: int
    end: int
    text: str
    readings: tuple[tuple[int | None, int, int], ...]
    weekday: int | None = None
    hijri: bool = False
    same_day: "WrittenDate | None" = None
    problem: str = ""
    not_believed: str = ""

    @property
    def full(self) -> bool:
        """Whether the year is stated."""
        return self.readings[0][0] is not None


def search_key(text: str) -> str:
    """Return the text as it is searched for dates: letters folded, digits Western."""
    return counting_key(text).lower()


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
        return _read_first(believed[0], written, key, after, before, reference)
    if written:
        return unknown(f"{written[0].text!r} is not the day of the text: {written[0].not_believed}")
    if relative := _RELATIVE.search(key):
        return _beside(relative, reference)
    return unknown("no date found")


def unknown(reason: str) -> ParsedDate:
    """Return that no date is known, and why."""
    return ParsedDate(None, (), "unknown", reason)


def _plain_day(day: date | None) -> date | None:
    return day.date() if isinstance(day, datetime) else day


def _read_first(
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


def find_dates(key: str) -> list[WrittenDate]:
    """Return every day written in a searched key, in order, without overlaps."""
    matches = []
    for start, end in _near_days(key):
        matches += [m for pattern in _PATTERNS for m in pattern.finditer(key, start, end)]
        matches += [m for m in _MISSPELT.finditer(key, start, end) if _is_misspelt_date(m)]
    matches.sort(key=lambda m: (m.start(), -m.end()))
    written: list[WrittenDate] = []
    for match in matches:
        if written and match.start() < written[-1].end:
            continue
        found = _written(match)
        if written and _is_same_day(written[-1], found, key):
            written[-1] = _joined(written[-1], found)
        else:
            written.append(replace(found, not_believed=_why_not_believed(key, found)))
    return written


def _near_days(key: str) -> list[tuple[int, int]]:
    """Return the stretches of text round numbers: to search all of it would be slow."""
    stretches: list[tuple[int, int]] = []
    for match in _ANCHOR.finditer(key):
        start, end = max(0, match.start() - _REACH), match.end() + _REACH
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return stretches


def _is_misspelt_date(match: re.Match[str]) -> bool:
    parts = match.groupdict()
    beside = parts["weekday"] or parts["twin"] or parts["year"] or parts["year_after_comma"]
    known = month_number(parts["month"]) is not None
    return known and bool(beside or _OF_A_DATE.match(match.string, match.end()))


def _written(match: re.Match[str]) -> WrittenDate:
    parts = {name: value for name, value in match.groupdict().items() if value}
    stated = parts.get("year") or parts.get("year_after_comma")
    year = int(stated) if stated else None
    name = parts.get("month", "")
    hijri_month = None if name.isdigit() or not name else hijri_month_number(name)
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        readings = {(year, second, first), (year, first, second)}
    else:
        month = int(name) if name.isdigit() else hijri_month or month_number(name)
        readings = {(year, month, day_number(parts.get("day") or parts["ordinal"]))}
    weekday = weekday_number(parts["weekday"]) if "weekday" in parts else None
    return WrittenDate(
        match.start(),
        match.end(),
        match[0].strip(),
        tuple(sorted(readings, key=lambda r: r[1:])),
        weekday,
        bool(hijri_month or (year and year < 1900) or parts.get("era", "م")[0] == "ه"),
        problem=_twin_problem(parts),
    )


def _twin_problem(parts: dict[str, str]) -> str:
    if "twin" not in parts or month_number(parts["twin"]) == month_number(parts["month"]):
        return ""
    return "two different months"


def _is_same_day(first: WrittenDate, second: WrittenDate, key: str) -> bool:
    return first.hijri != second.hijri and bool(_SAME_DAY.fullmatch(key, first.end, second.start))


def _joined(first: WrittenDate, second: WrittenDate) -> WrittenDate:
    """Make one of a day told in both calendars: the Gregorian, with the Hijri to check it."""
    gregorian, hijri = (second, first) if first.hijri else (first, second)
    return replace(
        gregorian,
        start=first.start,
        end=second.end,
        text=f"{first.text} {second.text}",
        weekday=first.weekday if second.weekday is None else second.weekday,
        same_day=hijri,
        not_believed=first.not_believed,
    )


def _why_not_believed(key: str, written: WrittenDate) -> str:
    """Tell from the words beside a date why it is not the day the text is of."""
    line = key.rfind("\n", 0, written.start) + 1
    before = key[max(line, written.start - 60) : written.start]
    clause = re.split(r"[.؛!؟]", before[-45:])[-1]
    if _PRINTED.search(before):
        return PRINTED
    if _is_to_come(clause, key, written.end):
        return TO_COME
    if _TURN_BACK.match(key, written.end):
        return PAST
    if _OCCASION.search(clause) or _AFTER_EVENT.search(clause):
        return MENTIONED
    if written.weekday is None and _DOCUMENT.search(clause):
        return MENTIONED
    return ""


def _is_to_come(clause: str, key: str, end: int) -> bool:
    """Whether a day is announced by the clause before it, or by what stands after it."""
    return bool(
        _TURN_AHEAD.match(key, end)
        or _TIMETABLE.match(key, end)
        or _AHEAD.search(clause[-28:])
        or _ANNOUNCES.match(clause)
        or any(citation_form(verb) == verb[1:] for verb in _MAY_BE_FUTURE.findall(clause))
    )


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
    this = next((w for w in find_dates(key) if _THIS_MONTH.match(key, w.end)), None)
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
    return bool(_AHEAD.search(before + " ") or _PLANNED.search(before)) or bool(
        _TURN_AHEAD.match(key, match.end())
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

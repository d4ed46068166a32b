"""Days as they are written in Arabic news: where they stand, and which are not the text's own."""

import re
from dataclasses import dataclass, replace

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
from khabar.language.citation import citation_form
from khabar.language.orthography import counting_key

SPACE = r"[^\S\n]*"
_WEEKDAY = rf"""[وف]?[بل]?(?:يوم{SPACE})?(?P<weekday>{WEEKDAY})(?!\w){SPACE}[،,:]?{SPACE}
    (?:\(|في{SPACE}|الموافق{SPACE}|بتاريخ{SPACE}|يوم{SPACE}|of{SPACE})?"""
_YEAR = rf"""(?:{SPACE}[-/.(]?{SPACE}(?:من{SPACE})?(?:[لا]?ل?عام{SPACE}|[لا]?ل?سنة{SPACE})?
    (?P<year>(?:1[34]|19|20)\d\d)(?!\d|\.\d)|
    {SPACE}[،,]{SPACE}(?P<year_after_comma>(?:1[34]|19|20)\d\d)(?!\d|\.\d|{SPACE}[ء-ي]{{3}}))
    (?:{SPACE}(?P<era>ه|هجرية?|م|ميلادية?)(?!\w))?"""


def _day_before(month: str, twin: str, year_is: str = "?") -> re.Pattern[str]:
    """Compile the usual order: weekday, day, month, perhaps its twin name, perhaps year."""
    return re.compile(
        rf"""(?<![\w/.])(?:{_WEEKDAY})?
        (?:[بل]?(?:ال)?(?P<day>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?{SPACE}[-/،,]?{SPACE}
        (?:من{SPACE}|of{SPACE})?|[بلو]?(?P<ordinal>{ORDINAL}){SPACE}من{SPACE})
        (?:شهر{SPACE})?
        (?P<month>{month})(?!\w)(?P<link>{SPACE}[/\\(|\-]?{SPACE})(?:{twin}(?!\w)\s*\)?)?
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
        (?P<month>\d{{1,2}})(?P=link)(?P<day>\d{{1,2}})(?!\d)(?:{SPACE}(?P<era>ه|م)(?!\w))?""",
        re.VERBOSE,
    ),
    re.compile(
        rf"""(?<![\d/.-])(?:{_WEEKDAY})?(?P<first>\d{{1,2}}){SPACE}(?P<link>[-/.]){SPACE}
        (?P<second>\d{{1,2}}){SPACE}(?P=link){SPACE}(?P<year>(?:1[34]|19|20)\d\d)(?!\d)
        (?:{SPACE}(?P<era>ه|م)(?!\w))?""",
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
_OF_A_DATE = re.compile(rf"{SPACE}(?:$|ال(?:جاري|حالي|مقبل|قادم|ماضي|فائت|منصرم))")
_SAME_DAY = re.compile(r"[\s،,()/=\-هم]*(?:ال)?(?:موافق[ةه]?)?\s*ل?")
# Why a written day is not the day the text is of.
PRINTED = "a day of printing, issue or retrieval"
TO_COME = "told as still to come"
PAST = "told as past"
MENTIONED = "mentioned as the day of something else"

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
AHEAD = re.compile(
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
TURN_AHEAD = re.compile(r"\s*\)?\s*ال(?:مقبل|قادم|اتي)")
THIS_MONTH = re.compile(r"\s*\)?\s*(?:من\s+الشهر\s+)?ال(?:جاري|حالي)")
_TURN_BACK = re.compile(r"\s*\)?\s*ال(?:ماضي|فائت|منصرم|سابق)|\s*(?:من\s+)?العام\s+الماضي")


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
        TURN_AHEAD.match(key, end)
        or _TIMETABLE.match(key, end)
        or AHEAD.search(clause[-28:])
        or _ANNOUNCES.match(clause)
        or any(citation_form(verb) == verb[1:] for verb in _MAY_BE_FUTURE.findall(clause))
    )

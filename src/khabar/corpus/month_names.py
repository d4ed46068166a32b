"""Names of months, weekdays and days of the month in Arabic and English news.

All names are counting keys in lower case, as the texts are when they are searched: bare alefs, no
kashida (`هـ` is `ه`), Western digits.
"""

import re
from itertools import product

# Under their Egyptian and Gulf, Levantine, Maghrebi and English names, in that order.
_GREGORIAN = (
    "يناير|كانون الثاني|كانون ثاني|كانون ثان|جانفي|january|jan",
    "فبراير|شباط|فيفري|february|feb",
    "مارس|اذار|march|mar",
    "ابريل|نيسان|افريل|april|apr",
    "مايو|ايار|ماي|may",
    "يونيو|يونيه|حزيران|جوان|june|jun",
    "يوليو|يوليه|تموز|جويلية|يوليوز|july|jul",
    "اغسطس|اب|اوت|غشت|august|aug",
    "سبتمبر|ايلول|شتنبر|september|sept|sep",
    "اكتوبر|تشرين الاول|تشرين اول|october|oct",
    "نوفمبر|تشرين الثاني|تشرين ثاني|تشرين ثان|نونبر|november|nov",
    "ديسمبر|كانون الاول|كانون اول|دجنبر|december|dec",
)
_HIJRI = (
    "محرم|المحرم",
    "صفر",
    "ربيع الاول|ربيع اول",
    "ربيع الثاني|ربيع الاخر|ربيع ثاني",
    "جمادى الاولى|جمادي الاولى|جمادى الاول|جماد الاول|جمادى اولى",
    "جمادى الاخرة|جمادي الاخرة|جمادى الثانية|جماد الثاني|جمادى الاخر|جماد الاخر",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة|ذي القعدة|ذوالقعدة|ذي قعدة",
    "ذو الحجة|ذي الحجة|ذوالحجة|ذي حجة",
)
_WEEKDAYS = (
    "الاثنين|الاتنين|monday|mon",
    "الثلاثاء|الثلثاء|tuesday|tues|tue",
    "الاربعاء|wednesday|wed",
    "الخميس|thursday|thurs|thu",
    "الجمعة|الجمعه|friday|fri",
    "السبت|saturday|sat",
    "الاحد|sunday|sun",
)
_UNITS = "الحادي|الثاني|الثالث|الرابع|الخامس|السادس|السابع|الثامن|التاسع".split("|")
_SHORTEST_MISSPELT = 5


def _numbered(rows: tuple[str, ...], first: int) -> dict[str, int]:
    return {name: n for n, names in enumerate(rows, first) for name in names.split("|")}


def _ordinals() -> dict[str, int]:
    days = {"الاول": 1} | {unit: n for n, unit in enumerate(_UNITS[1:], 2)} | {"العاشر": 10}
    days |= {f"{unit} عشر": n for n, unit in enumerate(_UNITS, 11)}
    for (ten, n), ending in product({"العشر": 20, "الثلاث": 30}.items(), ("ين", "ون")):
        days[ten + ending] = n
        days |= {f"{unit} و{ten}{ending}": n + i for i, unit in enumerate(_UNITS, 1) if n + i < 32}
    return days


def _any_of(names: dict[str, int]) -> str:
    """Return a pattern for the names, the longest first."""
    return "|".join(sorted(names, key=len, reverse=True)).replace(" ", r"[^\S\n]+")


_MONTH_NUMBER = _numbered(_GREGORIAN, 1)
_HIJRI_NUMBER = _numbered(_HIJRI, 1)
_WEEKDAY_NUMBER = _numbered(_WEEKDAYS, 0)
_ORDINAL = _ordinals()
_CORRECTABLE = {n: i for n, i in _MONTH_NUMBER.items() if len(n) >= _SHORTEST_MISSPELT}

MONTH = _any_of(_MONTH_NUMBER)
HIJRI_MONTH = _any_of(_HIJRI_NUMBER)
WEEKDAY = _any_of(_WEEKDAY_NUMBER)
ORDINAL = _any_of(_ORDINAL)
MISSPELT_MONTH = rf"[ء-ي]{{{_SHORTEST_MISSPELT},9}}"


def month_number(name: str) -> int | None:
    """Return 1 to 12 for a Gregorian month, with at most one letter wrong in a long name.

    One letter may be missing, too many or another, or two neighbours may have changed places. The
    months that are short words are not corrected: everyday words are as near to them.

    >>> month_number("نيسان"), month_number("ابرايل"), month_number("مارسي")
    (4, 4, None)
    """
    name = " ".join(name.split())
    if name in _MONTH_NUMBER:
        return _MONTH_NUMBER[name]
    near = {number for known, number in _CORRECTABLE.items() if _one_slip(name, known)}
    return near.pop() if len(near) == 1 else None


def hijri_month_number(name: str) -> int | None:
    """Return 1 to 12 for a month of the Hijri calendar."""
    return _HIJRI_NUMBER.get(" ".join(name.split()))


def weekday_number(name: str) -> int:
    """Return 0 for Monday to 6 for Sunday."""
    return _WEEKDAY_NUMBER[name]


def day_number(written: str) -> int:
    """Return the day of the month, written in digits or as an ordinal.

    >>> day_number("30"), day_number("الحادي والعشرين")
    (30, 21)
    """
    return int(written) if written.isdigit() else _ORDINAL[re.sub(r"\s+", " ", written)]


def _one_slip(written: str, meant: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours tells two words apart."""
    if abs(len(written) - len(meant)) > 1 or written == meant:
        return False
    i = next((i for i, (a, b) in enumerate(zip(written, meant, strict=False)) if a != b), None)
    if i is None:
        return True
    rest, meant_rest = written[i:], meant[i:]
    return (
        rest[1:] == meant_rest[1:]
        or rest[1:] == meant_rest
        or rest == meant_rest[1:]
        or (rest[:2] == meant_rest[1::-1] and rest[2:] == meant_rest[2:])
    )

"""The day a document was published, from what the document says itself."""

import re
from collections.abc import Hashable
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from khabar.corpus.dates import ParsedDate, narrowed, resolve, unknown
from khabar.corpus.read_dates import days_of_this_month, narrow_by_past, read_date
from khabar.corpus.written_dates import PRINTED, WrittenDate, find_dates, search_key
from khabar.progress import progress

_TOP = 700  # characters of the body in which a dateline is looked for
_CORPUS, _YEAR = 20, timedelta(days=366)
_START = 60  # characters by which the body is found in the page
_NEAR = timedelta(days=10)  # from what is told to its publication
_ORDER_IS_SHOWN_BY = 3  # dates of an outlet
# Announcements reach months ahead; a dateline further ahead of the given day contradicts it.
_AHEAD = timedelta(days=366)
# "موسكو 23 أبريل (تاس) -": a place or nothing before the day, a mark or nothing after it.
_PLACE = re.compile(r"[\s(]*(?:[ء-ي]+[\s،,:/(–-]*){0,3}")
_MARK = re.compile(r"\s*(?:[-–—:(|،]|/|\n|$|ه\s*[-–]|م\s*[-–])")
_NO_PLACE = re.compile(r"(?<!\w)[وف]?(?:في|من|منذ|عام|بعد|قبل|حتى|الى|يوم|ليلة|بين|حدث|مثل)(?!\w)")
_EARLIER = re.compile(r"(?<!\w)[وف]?(?:كان|كانت|كانوا|سبق|سبقت)(?!\w)")
_YESTERDAY = re.compile(r"(?<!\w)(?:(?P<two>اول\s+(?:من\s+)?)?امس)\s*[،,(]?\s*$")
_DIGIT = re.compile(r"\d")
_THIS = re.compile(r"\d[^\n.]{3,30}ال(?:جاري|حالي)(?!\w)")
_STATED_YEAR = re.compile(r"[12١٢۱۲][0-9٠-٩۰-۹]{3}")


def publication_dates(
    documents: pd.DataFrame, *, orders: dict[Hashable, str] | None = None
) -> list[ParsedDate]:
    """Date each document by its own words.

    The given field goes first, then the dateline of the body, then a stamp under the headline.

    Parameters
    ----------
    documents : DataFrame
        `published` (as given, missing if not), `title`, `text` (the body), `raw` and `outlet`.
    orders : dict, optional
        As `outlet_orders` tells of a larger corpus.

    Returns
    -------
    list of ParsedDate
        In the order of the documents.

    Notes
    -----
    01/05/2024 is read in the order of day and month that all plain dates of the outlet have, if at
    least three show one. Days of printing and retrieval only bound the year from above.
    """
    given = [None if pd.isna(g) else read_date(g) for g in documents["published"]]
    if orders is None:
        orders = outlet_orders(_order_shown(given, documents))
    columns = (documents[c] for c in ("published", "title", "text", "raw", "outlet"))
    rows = zip(given, *columns, strict=True)
    return [
        _publication_date(parsed, field, title, text, raw, orders.get(outlet))
        for parsed, field, title, text, raw, outlet in progress(rows, "date", total=len(documents))
    ]


def narrow_by_corpus(parsed: list[ParsedDate]) -> list[ParsedDate]:
    """Leave out the years in which the corpus has no documents.

    Where at least twenty documents are dated with certainty, one of several possible years must lie
    within a year of the first and the last of them; if none does, all stay.
    """
    return narrow_to_days(parsed, [p.date for p in parsed if p.grade == "certain"])


def narrow_to_days(parsed: list[ParsedDate], certain: list[date]) -> list[ParsedDate]:
    """Narrow as `narrow_by_corpus` does, by the certain days of a larger corpus.

    Of these, any twenty will do if the first and the last are among them: see `few_days`.
    """
    if len(certain) < _CORPUS:
        return parsed
    first, last = min(certain), max(certain)
    why = f"within a year of the documents dated with certainty, {first} to {last}"
    return [_within(p, first - _YEAR, last + _YEAR, why) for p in parsed]


def few_days(certain: list[date]) -> list[date]:
    """Keep of the certain days of a corpus what `narrow_to_days` has to know."""
    days = sorted(certain)
    return days if len(days) <= _CORPUS else [*days[: _CORPUS - 1], days[-1]]


def _within(parsed: ParsedDate, first: date, last: date, why: str) -> ParsedDate:
    days = parsed.candidates
    if parsed.grade != "ambiguous" or days[0].year == days[-1].year:
        return parsed
    left = tuple(day for day in days if first <= day <= last)
    return narrowed(parsed, left, why) if left else parsed


def order_shown(documents: pd.DataFrame) -> pd.DataFrame:
    """Count the plain dates that show whether an outlet writes the day or the month first.

    Those of two sets of documents, added with `khabar.measures.intervals.add_sums`, are those of
    both together.

    Returns
    -------
    DataFrame
        Index `outlet`; columns `day_first` and `dates`.
    """
    given = [None if pd.isna(g) else read_date(g) for g in documents["published"]]
    return _order_shown(given, documents)


def _order_shown(given: list[ParsedDate | None], documents: pd.DataFrame) -> pd.DataFrame:
    fields = documents["published"]
    first = fields.str.extract(r"^\D*(\d{1,2})[-/.]\d{1,2}[-/.]", expand=False).astype("float")
    days = [p.date.day if p and p.grade == "certain" else None for p in given]
    shown = pd.DataFrame({"first": first.to_numpy(), "day": days})
    shown["outlet"] = documents["outlet"].to_numpy()
    shown = shown.dropna()
    by_outlet = (shown["first"] == shown["day"]).groupby(shown["outlet"])
    return by_outlet.agg(day_first="sum", dates="size")


def outlet_orders(shown: pd.DataFrame) -> dict[Hashable, str]:
    """Return 'day' or 'month', whichever comes first in all of an outlet's dates that show it."""
    always, never = shown["day_first"] == shown["dates"], shown["day_first"] == 0
    agreed = shown[(always | never) & (shown["dates"] >= _ORDER_IS_SHOWN_BY)]
    return {outlet: "day" if n else "month" for outlet, n in agreed["day_first"].items()}


def _publication_date(
    given: ParsedDate | None, field: str | None, title: str, text: str, raw: str, order: str | None
) -> ParsedDate:
    if given is None:
        return _stamped(dateline(text, raw), _stamp(title, text, raw))
    if given.date is None and given.candidates and order:
        given = _in_order(given, field, order)
    if given.date is not None:
        return _checked(given, text)
    found = dateline(text, raw)
    if not given.candidates or (found.date and found.date not in given.candidates):
        return replace(found, reason=f"given date not used ({given.reason}); {found.reason}")
    return (
        narrowed(given, tuple(c for c in given.candidates if c == found.date), found.reason)
        if (found.date)
        else given
    )


def _in_order(given: ParsedDate, field: str, order: str) -> ParsedDate:
    """Read a day and month that may be exchanged as the outlet writes them elsewhere."""
    number = int(re.search(r"\d+", search_key(field))[0])
    fitting = tuple(c for c in given.candidates if getattr(c, order) == number)
    return narrowed(given, fitting, f"the outlet writes the {order} first")


def _stamp(title: str, text: str, raw: str) -> ParsedDate:
    """Read a day between headline and body; above the headline stands the day of the visit."""
    none = unknown("no stamp under the headline")
    if not (title and text):
        return none
    head, body, _ = raw.partition(text[:_START].split("\n")[0])
    _, headline, below = head.rpartition(title)
    if not (body and headline and _DIGIT.search(below)):
        return none
    written = find_dates(search_key(below))
    stamp = next((w for w in written if not w.not_believed and w.full), None)
    return resolve(stamp) if stamp else none


def _stamped(told: ParsedDate, stamp: ParsedDate) -> ParsedDate:
    """Take the day of the stamp where the body tells none, and its year where it tells no year."""
    if stamp.date is None or told.date is not None:
        return told
    if not told.candidates:
        return replace(stamp, grade="likely", reason=f"under the headline: {stamp.reason}")
    near = tuple(d for d in told.candidates if abs(d - stamp.date) <= _NEAR)
    return narrowed(told, near, f"near {stamp.date} under the headline") if near else told


def _checked(given: ParsedDate, text: str) -> ParsedDate:
    """Return the given day, unless the body is dated well after it."""
    if not _STATED_YEAR.search(text, 0, _TOP):
        return given
    told = _dateline_of(search_key(text[:_TOP]))
    day = resolve(told).date if told and told.full and told.weekday is not None else None
    if day is None or day - given.date <= _AHEAD:
        return given
    reason = f"given as {given.date}, but the body is dated {day} ({told.text!r})"
    return ParsedDate(None, (given.date, day), "ambiguous", reason)


def dateline(text: str, raw: str = "") -> ParsedDate:
    """Read the day from near the top of a body.

    Parameters
    ----------
    text : str
        The body.
    raw : str
        The page, for its day of printing.

    Returns
    -------
    ParsedDate
        The day of what is reported, which is the day of publication or the one before it.

    Examples
    --------
    >>> dateline("أعلنت الوزارة الخميس 23 أبريل 2015 أن اللقاء انتهى").date
    datetime.date(2015, 4, 23)
    """
    if not _DIGIT.search(text):
        return unknown("no day in the text")
    key = search_key(text[:_TOP])
    written = find_dates(key)
    told = _first_dateline(written, key)
    if told is None:
        return _without_dateline(written, text)
    parsed = resolve(told)
    if parsed.grade == "ambiguous":
        parsed = _narrowed_by_text(parsed, told, text, raw)
    if parsed.grade == "certain" and told.weekday is None:
        parsed = replace(parsed, grade="likely", reason=f"{parsed.reason}, without its weekday")
    return _day_after_yesterday(parsed, key, told)


def _without_dateline(written: list[WrittenDate], text: str) -> ParsedDate:
    """Tell at least the month, if the text names one as the present one; else why there is none."""
    if _THIS.search(text) and (parsed := days_of_this_month(search_key(text))).candidates:
        return parsed
    if not written:
        return unknown("no day near the top of the text")
    why = written[0].not_believed or "mentioned, not told as the day of the report"
    return unknown(f"{written[0].text!r} near the top of the text: {why}")


def _dateline_of(key: str) -> WrittenDate | None:
    return _first_dateline(find_dates(key), key)


def _first_dateline(written: list[WrittenDate], key: str) -> WrittenDate | None:
    return next((w for w in written if not w.not_believed and _is_dateline(w, key)), None)


def _is_dateline(written: WrittenDate, key: str) -> bool:
    """Whether a day is told as the day of the report: by its weekday or a place before it."""
    sentence = re.split(r"[.؛!؟\n]", key[: written.start])[-1]
    if _EARLIER.search(sentence):
        return False
    if written.weekday is not None:
        return True
    line = key[key.rfind("\n", 0, written.start) + 1 : written.start]
    return bool(
        _PLACE.fullmatch(line) and not _NO_PLACE.search(line) and _MARK.match(key, written.end)
    )


def _narrowed_by_text(parsed: ParsedDate, told: WrittenDate, text: str, raw: str) -> ParsedDate:
    key = search_key(text)
    others = [w for w in find_dates(key) if w.start != told.start]
    parsed = narrow_by_past(parsed, key, others)
    printed = [
        day
        for w in find_dates(search_key(raw))
        if w.not_believed == PRINTED and (day := resolve(w).date)
    ]
    if parsed.grade != "ambiguous" or not printed:
        return parsed
    left = tuple(d for d in parsed.candidates if d <= min(printed))
    return narrowed(parsed, left, f"not after {min(printed)}, when the page was printed")


def _day_after_yesterday(parsed: ParsedDate, key: str, told: WrittenDate) -> ParsedDate:
    """Move to the day of publication what the text calls yesterday."""
    yesterday = _YESTERDAY.search(key[: told.start])
    if not yesterday or not parsed.candidates:
        return parsed
    step = timedelta(days=2 if yesterday["two"] else 1)
    days = tuple(d + step for d in parsed.candidates)
    grade = "ambiguous" if parsed.date is None else "likely"
    day: date | None = None if parsed.date is None else days[0]
    return ParsedDate(day, days, grade, f"{parsed.reason}; told as {yesterday[0].strip()!r}")

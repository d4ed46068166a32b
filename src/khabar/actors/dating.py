"""Dating by who held which office, and which bodies acted, when the text was written."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from khabar.actors.ledger import Ledger, load_ledger
from khabar.actors.mentions import find_mentions
from khabar.corpus.dates import ParsedDate, narrowed
from khabar.corpus.read_dates import read_date
from khabar.language.orthography import name_key

_BESIDE = 70  # characters round a name in which its title is looked for
_BETWEEN = ' \n،,:-–()«»"“”'
# "the former", "the late", "the deposed", "the president-elect"
_NOT_IN_OFFICE = frozenset(map(name_key, ("السابق", "الأسبق", "الراحل", "المخلوع", "المنتخب")))


def parse_date(
    text: str,
    *,
    after: date | None = None,
    before: date | None = None,
    reference: date | None = None,
) -> ParsedDate:
    """Read the day that a text is of.

    Understood are `الخميس 23 أبريل/نيسان 2015` in its usual variants (any family of month names or
    two together, with or without weekday and year, any digits, one letter wrong in a long name),
    the Hijri calendar, ISO, RFC 2822, day/month/year, and English names.

    Parameters
    ----------
    text : str
        A date, or a passage with one; the first that is believed is read, one with its weekday
        before one without weekday and year.
    after, before : date, optional
        The days between which the day must lie, both included; a missing year is looked for
        between 2000 and 2030 if not given.
    reference : date, optional
        The day on which the text speaks, for `أمس`, `الخميس الماضي` and days without a year.

    Returns
    -------
    ParsedDate
        `date`, `candidates`, `grade` (certain, likely, ambiguous, unknown) and `reason`.

    Notes
    -----
    A missing year is inferred from the weekday, the bounds, the latest day told as past, and the
    offices of the bundled ledger held by those named in the text; never certain. Days of printing
    and issue, of documents and anniversaries, and days still to come are not believed. A weekday
    that contradicts its date gives no date. The day counts as printed, in whatever time zone.

    Examples
    --------
    >>> parse_date("الخميس 23 أبريل/نيسان", after=date(2012, 1, 1), before=date(2016, 1, 1)).date
    datetime.date(2015, 4, 23)
    >>> parsed = parse_date("الخميس 23 أبريل/نيسان")
    >>> parsed.grade, [day.year for day in parsed.candidates]
    ('ambiguous', [2009, 2015, 2020, 2026])
    >>> parse_date("قال دي ميستورا، الخميس 23 أبريل/نيسان، إنه متفائل").date
    datetime.date(2015, 4, 23)
    """
    parsed = read_date(text, after=after, before=before, reference=reference)
    if _years_are_open(parsed):
        return narrow_by_offices([parsed], pd.Series([text], dtype="str"), load_ledger())[0]
    return parsed


def narrow_by_offices(
    parsed: list[ParsedDate], texts: pd.Series, ledger: Ledger
) -> list[ParsedDate]:
    """Leave out the years in which those named in the text did not hold office or did not act.

    Parameters
    ----------
    parsed : list of ParsedDate
        One for each text.
    texts : Series of str
    ledger : Ledger

    Returns
    -------
    list of ParsedDate
        The same, but where several years were possible fewer are, with the reason.

    Notes
    -----
    A person named with a title must have held that office, a person named without any title some
    office (with the title of another one they decide nothing); an
    organisation must have been active. A day
    found so is `likely`, never certain: texts also tell of people before and after their time.
    Where no year suits all who are named with a title, or none suits all, those are not asked.
    """
    known = _known_times(ledger)
    open_ = [
        i for i, p in enumerate(parsed) if _years_are_open(p) and known.may_be_in(texts.iloc[i])
    ]
    if not open_:
        return parsed
    asked = pd.Series([texts.iloc[i] for i in open_], index=pd.Index(open_), dtype="str")
    mentions = find_mentions(asked, ledger)
    named = mentions[(mentions["form"] == "name") & mentions["actor"].isin(known.terms["actor"])]
    result = list(parsed)
    for i, in_text in named.groupby("document_id"):
        result[i] = _narrow(parsed[i], asked[i], in_text, known)
    return result


@dataclass(frozen=True, eq=False)
class _KnownTimes:
    """What a ledger tells of who was something when.

    Attributes
    ----------
    terms : DataFrame
        `actor`, `office` (empty for an organisation), `start` and `end`.
    last_words : set of str
        The last words of the names of these actors, as keys: to find mentions takes long however
        short the text, and a text without any of these words names none of them.
    titles : dict
        The ways of writing each office that somebody is known to have held.
    heads : set of str
        The first words of all titles, without the article.
    """

    terms: pd.DataFrame
    last_words: frozenset[str]
    titles: dict[str, list[str]]
    heads: frozenset[str]

    def may_be_in(self, text: str) -> bool:
        """Whether a text can name anybody of known time."""
        return any(word in self.last_words for word in re.findall(r"\w+", name_key(text)))


@lru_cache(maxsize=4)
def _known_times(ledger: Ledger) -> _KnownTimes:
    """Prepare a ledger for dating, once."""
    terms = _dated(ledger)
    aliases = ledger.aliases[ledger.aliases["actor"].isin(terms["actor"])]["alias"]
    last_words = frozenset(key.split()[-1] for key in map(name_key, aliases) if key.split())
    return _KnownTimes(terms, last_words, _titles(ledger), _heads_of_titles(ledger))


def _dated(ledger: Ledger) -> pd.DataFrame:
    """Return who was something when: terms of office, and organisations while they were active."""
    active = ledger.actors[ledger.actors["start"].notna() | ledger.actors["end"].notna()]
    spans = active[["start", "end"]].reset_index().assign(office="")
    return pd.concat([ledger.offices[["office", "actor", "start", "end"]], spans])


def _years_are_open(parsed: ParsedDate) -> bool:
    days = parsed.candidates
    return parsed.grade == "ambiguous" and days[0].year != days[-1].year


def _titles(ledger: Ledger) -> dict[str, list[str]]:
    offices = ledger.offices["office"].unique()
    held = ledger.aliases.loc[ledger.aliases["actor"].isin(offices), ["alias", "actor"]]
    made = ledger.generated.reindex(offices)["office"].rename_axis("actor").reset_index()
    without_state = ledger.heads.merge(made, on="office")[["alias", "actor"]]
    ways = pd.concat([held, without_state])
    return ways["alias"].map(name_key).groupby(ways["actor"]).agg(list).to_dict()


def _heads_of_titles(ledger: Ledger) -> frozenset[str]:
    roles = ledger.aliases.loc[ledger.aliases["form"] == "role", "alias"]
    return frozenset(name_key(alias).split()[0].removeprefix("ال") for alias in roles)


def _narrow(parsed: ParsedDate, text: str, named: pd.DataFrame, known: _KnownTimes) -> ParsedDate:
    with_title, bare = {}, {}
    for person, mentions in named.groupby("actor"):
        terms = known.terms[known.terms["actor"] == person]
        sides = [_sides(text, m.start, m.end) for m in mentions.itertuples()]
        if any(_out_of_office(before, after) for before, after in sides):
            continue
        beside = [
            o for o in terms["office"].unique() if _stands_beside(known.titles.get(o, []), sides)
        ]
        if beside:
            with_title[person] = _spans(terms[terms["office"].isin(beside)])
        elif not any(_has_title(before, known.heads) for before, _ in sides):
            bare[person] = _spans(terms)
    for people in ({**with_title, **bare}, with_title):
        # By months: on the day of a change both holders are named, and either may be the news.
        months = {
            (day.year, day.month)
            for day in parsed.candidates
            if all(_in_office(spans, day) for spans in people.values())
        }
        left = tuple(day for day in parsed.candidates if (day.year, day.month) in months)
        if left:
            asked = _who_decides(people, parsed.candidates)
            return narrowed(parsed, left, f"the time of {asked}")
    return parsed


def _sides(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a name, as titles are compared."""
    before, after = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
    return name_key(before).rstrip(_BETWEEN), name_key(after).lstrip(_BETWEEN)


def _out_of_office(before: str, after: str) -> bool:
    return not _NOT_IN_OFFICE.isdisjoint(before.split()[-2:] + after.split()[:6])


def _stands_beside(titles: list[str], sides: list[tuple[str, str]]) -> bool:
    return any(
        before.removesuffix(" السيد").endswith(title) or after.startswith(title)
        for title in titles
        for before, after in sides
    )


def _has_title(before: str, heads: frozenset[str]) -> bool:
    """Whether a title stands before a name: of another office than the ledger knows them in."""
    words = before.split()[-4:]
    return any(
        form.removeprefix("ال") in heads for w in words for form in (w, re.sub("^[وفبل]", "", w))
    )


def _spans(terms: pd.DataFrame) -> list[tuple[date, date]]:
    starts = terms["start"].fillna(pd.Timestamp.min).dt.date
    return list(zip(starts, terms["end"].fillna(pd.Timestamp(2200, 1, 1)).dt.date, strict=True))


def _in_office(spans: list[tuple[date, date]], day: date) -> bool:
    return any(start <= day <= end for start, end in spans)


def _who_decides(people: dict[str, list[tuple[date, date]]], days: tuple[date, ...]) -> str:
    """Name those who were not in office on all of the days."""
    return ", ".join(
        person
        for person, spans in people.items()
        if not all(_in_office(spans, day) for day in days)
    )

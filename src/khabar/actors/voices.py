"""Who is heard: quotations and reported speech, with the one who speaks."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pandas as pd

from khabar.actors.laid_out import Mention, Reading
from khabar.actors.marks import Quoted, quoted_passages
from khabar.actors.quoted import LONGEST_NAME, names_something
from khabar.actors.speakers import (
    RELATIVE,
    THAT,
    Found,
    History,
    Speaker,
    as_speaker,
    find_speakers,
)
from khabar.actors.speech import Cue, cue_of, is_saying
from khabar.actors.titles import BODIES, TITLES
from khabar.checks import require_columns, require_type
from khabar.errors import KhabarError
from khabar.language.orthography import keys_of_types
from khabar.language.tokens import tokenize
from khabar.progress import progress

QUOTATION_COLUMNS = [
    "document_id", "start", "end", "kind", "cue", "speaker", "speaker_start", "speaker_surface",
    "surface", "rule",
]  # fmt: skip
_WITHIN = 24  # words after a verb in which its complement begins
_NEAR = 14  # the same, where the complement is a preposition
_HEADLINE = 18  # words
_NO_WORDS = re.compile("[0-9A-Za-z]")
_AS_TOLD = frozenset(("حسبما", "وحسبما", "مثلما"))
_LABELS = frozenset("المصدر مصدر للمزيد شاهد شاهدوا اقرا تحديث عاجل فيديو صور تقرير".split())
_COLON = Cue(":", "verb", "", "s", ())
_COLON_LINE = re.compile(r"^[ \t]*([^:\n]{2,80}?):(?!//)([^\n]*[^\n.\s])[ \t]*$", re.MULTILINE)
_FIRST_PERSON = frozenset("نحن انا لن لنا علينا لدينا اننا انني".split())


def find_quotations(texts: pd.Series, mentions: pd.DataFrame) -> pd.DataFrame:
    """Every passage in which somebody is quoted, and every sentence that reports what they said.

    Parameters
    ----------
    texts : Series of str, indexed by document
    mentions : DataFrame
        As `find_mentions` returns them for the same texts: those who may speak.

    Returns
    -------
    DataFrame
        One row per quotation and speaker, in order of document and position: `document_id`;
        `start`, `end` (characters, end exclusive: of a direct quotation what stands between the
        marks, of reported speech its sentence); `kind` (direct or indirect); `cue` (headword of
        the reporting word, ":" in a headline, missing if none); `speaker` (an actor of the
        ledger, missing if not known); `speaker_start` (character where the speaker is named, -1
        if nowhere); `speaker_surface` (who speaks, as published; for "وأضاف:" where they were
        last named); `surface` (the passage as published); `rule` (how the speaker was found).

    Notes
    -----
    A quotation with two speakers gives two rows. Words in marks that name a thing, or that nobody
    is said to have spoken, are no speech. Quotations inside quotations belong to the outer one.
    The first line of a text, if short, may be a headline such as "لافروف: ..."; where titles
    stand apart, search them too.

    Examples
    --------
    >>> from khabar.actors.ledger import load_ledger
    >>> from khabar.actors.mentions import find_mentions
    >>> texts = pd.Series({"a": "وصل لافروف. وقال: «نأمل خيرا»، مشيرا إلى أن الحوار مستمر."})
    >>> quotations = find_quotations(texts, find_mentions(texts, load_ledger()))
    >>> quotations[["kind", "cue", "speaker"]].values.tolist()
    [['indirect', 'أشار', 'lavrov'], ['direct', 'قال', 'lavrov']]
    """
    require_type("texts", texts, pd.Series)
    require_columns(
        "mentions", mentions, ["document_id", "start", "end", "actor", "kind", "form", "sense"]
    )
    if unknown := set(mentions["document_id"]) - set(texts.index):
        raise KhabarError(f"mentions of {len(unknown)} documents that are not among texts")
    rows = [
        (document_id, *row)
        for document_id, reading in progress(
            _readings(texts, mentions), "find quotations", total=len(texts)
        )
        for row in _rows(reading)
    ]
    table = pd.DataFrame(rows, columns=QUOTATION_COLUMNS)
    return table.astype({"start": int, "end": int, "speaker_start": int})


def _readings(texts: pd.Series, mentions: pd.DataFrame) -> Iterator[tuple[object, Reading]]:
    tokens = tokenize(texts)
    keys = keys_of_types(tokens.vocabulary)
    cues = [cue_of(form) for form in tokens.vocabulary]
    is_cue = np.fromiter((cue is not None for cue in cues), bool, len(cues))
    named = _mentions_by_document(mentions)
    for position, document_id in enumerate(tokens.document_ids):
        text = tokens.texts.iloc[position]
        inside = slice(tokens.offsets[position], tokens.offsets[position + 1])
        codes = tokens.codes[inside]
        where = np.flatnonzero(is_cue[codes])
        yield (
            document_id,
            Reading(
                text,
                [keys[code] for code in codes.tolist()],
                tokens.starts[inside].tolist(),
                tokens.ends[inside].tolist(),
                [(number, cues[codes[number]]) for number in where.tolist()],
                _with_clitics(named.get(document_id, []), text),
                quoted_passages(text),
            ),
        )


def _mentions_by_document(mentions: pd.DataFrame) -> dict[object, list[tuple]]:
    columns = ["start", "end", "actor", "kind", "form", "sense"]
    named = defaultdict(list)
    rows = zip(*(mentions[column].tolist() for column in ["document_id", *columns]), strict=True)
    for document_id, *row in rows:
        named[document_id].append(row)
    return named


def _with_clitics(rows: list[tuple], text: str) -> list[Mention]:
    found = []
    for start, end, *rest in sorted(rows, key=lambda row: row[:2]):
        first = start
        while first and text[first - 1].isalpha() and start - first < 4:
            first -= 1
        found.append(Mention(start, end, *rest, text[first:start].strip("ـ")))
    return found


def _rows(reading: Reading) -> list[tuple]:
    spoken = list(_passages_that_may_be_speech(reading))
    history = History()
    reports, direct = [], []
    cues = _cues_at_work(reading, spoken)
    found_at: dict[int, Found] = {}
    numbers = [number for number, cue in cues if cue.sort == "verb"]
    headlines = list(_headlines(reading))
    reports += headlines
    for number, cue in cues:
        while headlines and headlines[0][0] <= reading.starts[number]:
            start, _, _, found = headlines.pop(0)
            history.add(start, found, _COLON)
        found = find_speakers(reading, number, cue, history)
        if not found.rule:
            continue
        found_at[number] = found
        start, end = reading.sentence_of(reading.starts[number])
        history.add(start, found, cue)
        if _reports_more_than_quotes(reading, number, cue, end, spoken, numbers):
            reports.append((start, end, cue.verb, found))
    direct = list(_direct(reading, spoken, dict(cues), found_at))
    rows = [("indirect", *report) for report in _one_per_speaker(reports)]
    rows += [("direct", *quotation) for quotation in direct]
    rows.sort(key=lambda row: (row[1], -row[2]))
    return [out for row in rows for out in _table_rows(reading, *row)]


def _table_rows(
    reading: Reading, kind: str, start: int, end: int, cue: str | None, found: Found
) -> Iterator[tuple]:
    for speaker in found.speakers or (Speaker(None, -1, -1, "", ""),):
        named = reading.text[speaker.start : speaker.end] if speaker.start >= 0 else None
        surface = reading.text[start:end]
        yield start, end, kind, cue, speaker.actor, speaker.start, named, surface, found.rule


def _one_per_speaker(reports: list[tuple]) -> Iterator[tuple]:
    """Leave out the second report of the same speaker in one sentence: "مشيرا إلى" after "قال"."""
    told = set()
    for start, end, cue, found in reports:
        names = tuple(speaker.actor or speaker.start for speaker in found.speakers)
        if (start, names) not in told:
            told.add((start, names))
            yield start, end, cue, found


def _passages_that_may_be_speech(reading: Reading) -> Iterator[Quoted]:
    """Yield the outermost passages between marks that are not names."""
    in_parentheses = _speaks_in_parentheses(reading)
    covered = -1
    for passage in reading.passages:
        if passage.start < covered:
            continue
        if passage.marks == "parentheses" and not in_parentheses:
            continue
        inside = reading.words_between(passage.start, passage.end)
        sentence, _ = reading.sentence_of(passage.start)
        first = inside.start
        begin = max(reading.words_between(sentence, passage.start).start, first - 6)
        if passage.marks == "parentheses" and len(inside) < 3:
            continue
        if len(inside) <= 2 and _NO_WORDS.search(reading.text, passage.start, passage.end):
            continue
        if len(inside) <= LONGEST_NAME:
            words, before = reading.keys[first : inside.stop], reading.keys[begin:first]
            if _all_named(reading, passage) or names_something(words, before):
                continue
        if not passage.closed and not _introduced(reading, passage):
            continue
        covered = passage.end
        yield passage


def _all_named(reading: Reading, passage: Quoted) -> bool:
    words = reading.words_between(passage.start, passage.end)
    named = {
        word
        for mention in reading.mentions_between(passage.start, passage.end)
        for word in range(reading.word_at(mention.start), reading.word_at(mention.end - 1) + 1)
    }
    return bool(named) and len(words) - len(named) <= (len(words) > 2)


def _introduced(reading: Reading, passage: Quoted) -> bool:
    """Whether a colon or a word of speech stands right before a passage."""
    return reading.text[max(0, passage.start - 4) : passage.start - 1].rstrip(" .").endswith(":")


def _speaks_in_parentheses(reading: Reading) -> bool:
    """Whether a text uses parentheses as quotation marks: one stands where speech begins."""
    for passage in reading.passages:
        if passage.marks == "parentheses":
            words = reading.words_between(passage.start, passage.end)
            before = reading.keys[words.start - 1] if words.start else ""
            if len(words) >= 4 and (_introduced(reading, passage) or before in THAT):
                return True
    return False


def _cues_at_work(reading: Reading, spoken: list[Quoted]) -> list[tuple[int, Cue]]:
    """Return the cues that report speech: their complement follows, and nobody quotes them."""
    at_work = []
    for place, (number, cue) in enumerate(reading.cues):
        position = reading.starts[number]
        i = bisect_right(spoken, position, key=lambda passage: passage.start) - 1
        if i >= 0 and position < spoken[i].end:
            continue
        following = reading.cues[place + 1][0] if place + 1 < len(reading.cues) else None
        if _complement_follows(reading, number, cue, following):
            at_work.append((number, cue))
    return at_work


def _complement_follows(reading: Reading, number: int, cue: Cue, following: int | None) -> bool:
    if not cue.needs or reading.keys[number - 1] in _AS_TOLD:
        return True
    _, end = reading.sentence_of(reading.starts[number])
    last = min(number + _WITHIN, len(reading.keys) - 1)
    if number > 1 and reading.keys[number - 1] == "ما" and number - 2 in reading.cue_numbers:
        return True
    serves = is_saying(cue) or "ان" in cue.needs
    for word in range(number + 1, last + 1):
        between = reading.text[reading.ends[word - 1] : reading.starts[word]]
        if serves and (":" in between or any(mark in between for mark in '"«“')):
            return True
        if reading.starts[word] >= end:
            return False
        near = word - number <= _NEAR
        if any(_is_complement(reading.keys[word], n) for n in cue.needs if near or n == "ان"):
            return True
        if word == following and reading.keys[word - 1] not in RELATIVE:
            return False
    return False


def _is_complement(key: str, needed: str) -> bool:
    if needed == "ان":
        return key in THAT
    if needed in {"ب", "ل"}:
        return key == needed or (key.startswith(needed) and len(key) > 3)
    return key == needed or (needed in {"الي", "عن", "علي", "من"} and key[:3] == needed)


def _reports_more_than_quotes(
    reading: Reading, number: int, cue: Cue, end: int, spoken: list[Quoted], others: list[int]
) -> bool:
    """Whether a cue reports in the writer's words, not only before words in marks."""
    after = reading.ends[number]
    i = bisect_left(spoken, after, key=lambda passage: passage.start)
    if i == len(spoken) or spoken[i].start > end or not is_saying(cue) or cue.sort == "source":
        return True
    words = reading.words_between(after, spoken[i].start)
    if bisect_left(others, words.start) < bisect_left(others, words.stop):
        return True
    said = [i for i in words if reading.keys[i] in THAT]
    return bool(said) and not (said[0] == words[-1] and reading.keys[said[0]] == "ان")


def _direct(
    reading: Reading,
    spoken: list[Quoted],
    cues: dict[int, Cue],
    found_at: dict[int, Found],
) -> Iterator[tuple]:
    numbers = sorted(found_at)
    previous: tuple | None = None
    for passage in spoken:
        cue = _cue_of_passage(reading, passage, numbers)
        start, end = _trimmed(reading.text, passage)
        n_words = len(reading.words_between(passage.start, passage.end))
        if cue is not None:
            previous = (passage.end, found_at[cue], cues[cue].verb)
            yield start, end, cues[cue].verb, found_at[cue]
        elif previous is not None and _goes_on(reading, previous[0], passage):
            found = Found(previous[1].speakers, "continued: quotation goes on")
            previous = (passage.end, found, previous[2])
            yield start, end, previous[2], found
        elif n_words >= 3 and reading.sentence_of(passage.start)[0] == 0 and _is_headline(reading):
            yield start, end, None, Found((), "headline, nobody named")


def _trimmed(text: str, passage: Quoted) -> tuple[int, int]:
    start, end = passage.start, passage.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _cue_of_passage(reading: Reading, passage: Quoted, numbers: list[int]) -> int | None:
    """Return the cue that a quotation belongs to: the last one before, else the first one after."""
    start, end = reading.sentence_of(passage.start)
    i = bisect_left(numbers, reading.words_between(0, passage.start).stop)
    if i and reading.starts[numbers[i - 1]] >= start:
        return numbers[i - 1]
    if i < len(numbers) and reading.starts[numbers[i]] < end:
        between = reading.words_between(passage.end, reading.starts[numbers[i]])
        if len(between) <= 6:
            return numbers[i]
    return None


def _goes_on(reading: Reading, end: int, passage: Quoted) -> bool:
    """Whether a passage follows a quotation with nothing but punctuation between."""
    return not reading.text[end : passage.start].strip(' \n.،,"«»“”()')


def _is_headline(reading: Reading) -> bool:
    line = reading.text.partition("\n")[0]
    return "\n" in reading.text and len(line.split()) <= _HEADLINE and not line.endswith(".")


def _headlines(reading: Reading) -> Iterator[tuple[int, int, str, Found]]:
    """Yield the short lines that begin with a speaker and a colon: "لافروف: الجميع مهتم"."""
    for match in _COLON_LINE.finditer(reading.text):
        start, colon, end = match.start(1), match.end(1), match.end(2)
        before = reading.words_between(start, colon)
        after = reading.words_between(colon, end)
        if len(before) + len(after) > _HEADLINE or not 1 <= len(before) <= 7 or not after:
            continue
        speaker = _of_headline(reading, before, after)
        if speaker is not None:
            yield start, end, ":", Found((speaker,), "before the colon of a headline")


def _of_headline(reading: Reading, before: range, after: range) -> Speaker | None:
    first = reading.starts[before[0]]
    if reading.keys[before[0]] in _LABELS:
        return None
    mentions = reading.mentions_between(first, reading.ends[before[-1]])
    head = [m for m in mentions if reading.word_at(m.start) == before[0]]
    person = [m for m in mentions if m.kind == "person"]
    titled = reading.keys[before[0]] in TITLES | BODIES
    for mention in head or (person if titled else []):
        # A state before a colon is mostly where the news is from; a capital speaks.
        words = {reading.keys[i] for i in after}
        if mention.kind != "state" or mention.form == "metonym" or _FIRST_PERSON & words:
            return as_speaker(mention)
    if titled and not mentions:
        last = reading.ends[before[-1]]
        return Speaker(None, first, last, "person", reading.keys[before[0]])
    return None

"""Who is heard: quotations and reported speech, with the one who speaks."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pandas as pd

from khabar.actors.complements import cues_at_work, reports_more_than_quotes
from khabar.actors.headline_speech import headlines, is_headline
from khabar.actors.laid_out import Mention, Reading
from khabar.actors.marks import Quoted, quoted_passages
from khabar.actors.quoted import passages_that_may_be_speech
from khabar.actors.speakers import find_speakers
from khabar.actors.speech import Cue, cue_of
from khabar.actors.spoken import BY_THE_WAY, Found, History, Speaker
from khabar.checks import require_columns, require_type
from khabar.errors import KhabarError
from khabar.language.orthography import keys_of_types
from khabar.language.tokens import tokenize
from khabar.progress import progress

QUOTATION_COLUMNS = [
    "document_id", "start", "end", "kind", "cue", "speaker", "speaker_start", "speaker_surface",
    "surface", "rule",
]  # fmt: skip
_CUES = 6  # words of speech that may stand between a verb and its quotation
_COLON = Cue(":", "verb", "", "s", ())


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
    spoken = list(passages_that_may_be_speech(reading))
    history = History()
    reports, direct = [], []
    cues = cues_at_work(reading, spoken)
    found_at: dict[int, Found] = {}
    numbers = [number for number, cue in cues if cue.sort == "verb"]
    lines = list(headlines(reading))
    reports += lines
    for number, cue in cues:
        while lines and lines[0][0] <= reading.starts[number]:
            start, _, _, found = lines.pop(0)
            history.add(start, found, _COLON)
        found = find_speakers(reading, number, cue, history)
        if not found.rule:
            continue
        found_at[number] = found
        start, end = reading.sentence_of(reading.starts[number])
        history.add(start, found, cue)
        named_until = max((speaker.end for speaker in found.speakers), default=-1)
        if reports_more_than_quotes(reading, number, cue, named_until, spoken, numbers):
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


def _direct(
    reading: Reading,
    spoken: list[Quoted],
    cues: dict[int, Cue],
    found_at: dict[int, Found],
) -> Iterator[tuple]:
    numbers = sorted(found_at)
    previous: tuple | None = None
    for passage in spoken:
        cue = _cue_of_passage(reading, passage, numbers, found_at)
        start, end = _trimmed(reading.text, passage)
        n_words = len(reading.words_between(passage.start, passage.end))
        if cue is not None:
            previous = (passage.end, found_at[cue], cues[cue].verb)
            yield start, end, cues[cue].verb, found_at[cue]
        elif previous is not None and _goes_on(reading, previous[0], passage):
            found = Found(previous[1].speakers, "continued: quotation goes on")
            previous = (passage.end, found, previous[2])
            yield start, end, previous[2], found
        elif n_words >= 3 and reading.sentence_of(passage.start)[0] == 0 and is_headline(reading):
            yield start, end, None, Found((), "headline, nobody named")


def _trimmed(text: str, passage: Quoted) -> tuple[int, int]:
    start, end = passage.start, passage.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _cue_of_passage(
    reading: Reading, passage: Quoted, numbers: list[int], found_at: dict[int, Found]
) -> int | None:
    """Return the cue that a quotation belongs to: the last one before, else the first one after."""
    start, end = reading.sentence_of(passage.start)
    i = bisect_left(numbers, reading.words_between(0, passage.start).stop)
    before = [n for n in numbers[max(i - _CUES, 0) : i] if reading.starts[n] >= start]
    if before:
        spoken = [n for n in before if found_at[n].rule != BY_THE_WAY]
        return (spoken or before)[-1]
    if i < len(numbers) and reading.starts[numbers[i]] < end:
        between = reading.words_between(passage.end, reading.starts[numbers[i]])
        if len(between) <= 6:
            return numbers[i]
    return None


def _goes_on(reading: Reading, end: int, passage: Quoted) -> bool:
    """Whether a passage follows a quotation with nothing but punctuation between."""
    return not reading.text[end : passage.start].strip(' \n.،,"«»“”()')

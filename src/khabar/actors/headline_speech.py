"""Headlines that say who speaks before a colon: "لافروف: الجميع مهتم"."""

import re
from collections.abc import Iterator

from khabar.actors.laid_out import Reading
from khabar.actors.spoken import Found, Speaker, as_speaker
from khabar.actors.titles import BODIES, TITLES

_HEADLINE = 18  # words
_LABELS = frozenset("المصدر مصدر للمزيد شاهد شاهدوا اقرا تحديث عاجل فيديو صور تقرير".split())
_COLON_LINE = re.compile(r"^[ \t]*([^:\n]{2,80}?):(?!//)([^\n]*[^\n.\s])[ \t]*$", re.MULTILINE)
_FIRST_PERSON = frozenset("نحن انا لن لنا علينا لدينا اننا انني".split())


def headlines(reading: Reading) -> Iterator[tuple[int, int, str, Found]]:
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


def is_headline(reading: Reading) -> bool:
    """Whether the first line of a text is short enough to be its headline."""
    line = reading.text.partition("\n")[0]
    return "\n" in reading.text and len(line.split()) <= _HEADLINE and not line.endswith(".")

"""Who spoke: the one named by or before a word of speech, or the one who spoke last.

An Arabic verb comes before its subject ("قال لافروف"), may follow it in headlines and clauses
("لافروف يحذر"), and may have none ("وأضاف:"). A speaker need not be in the ledger: then the words
that name them are kept, and the actor is missing.
"""

from khabar.actors.back_references import named_until
from khabar.actors.before_verbs import named_before, subject_of_sentence, topic_of
from khabar.actors.laid_out import Reading
from khabar.actors.particles import keys_of
from khabar.actors.speech import Cue
from khabar.actors.spoken import Found, History, Speaker, as_speaker
from khabar.actors.strangers import unlisted
from khabar.actors.subjects import FAR, named_after, subject_range
from khabar.actors.titles import BODIES, TITLES

_STATEMENTS = keys_of("بيان تقرير تصريح تصريحات بيانات أرقام إحصاءات رواية مصادر مصدر ما قاله")


def find_speakers(reading: Reading, number: int, cue: Cue, history: History) -> Found:
    """Return who speaks at a cue.

    Parameters
    ----------
    reading : Reading
    number : int
        Of the word that is the cue.
    cue : Cue
    history : History
        Those who spoke before it.
    """
    start, end = reading.sentence_of(reading.starts[number])
    if cue.sort == "passive":
        return Found((), "passive, nobody named")
    if cue.sort == "participle":
        return _of_the_sentence(reading, number, start, cue, history)
    first, last = subject_range(reading, number, end)
    if cue.sort == "relay":
        return _relayed(reading, first, last, cue, history) or Found((), "")
    if cue.sort == "source":
        return _source(reading, first, last, cue, history) or Found((), "")
    topic = topic_of(reading, number, start, cue, history)
    if topic is not None:
        return topic
    after = named_after(reading, first, last, cue, history)
    if after or cue.sort in {"source", "noun"}:
        return after or Found((), "")
    return (
        named_before(reading, number, start, cue, history)
        or subject_of_sentence(reading, number, start, cue, history)
        or _carried_on(start, cue, history)
        or _continued(reading, number, cue, history)
    )


def _source(reading: Reading, first: int, last: int, cue: Cue, history: History) -> Found | None:
    """Return who is the source in "بحسب المرصد" and "وفقا لبيان الخارجية"."""
    if first >= last:
        return None
    named = reading.named_by(first)
    bare = reading.keys[first].removeprefix("ل").removeprefix("ل")
    if not named and bare in _STATEMENTS and first + 1 < last:
        named = [m for m in reading.named_by(first + 1) if not m.attached]
    if named:
        return Found((as_speaker(named[0]),), "source")
    if bare in TITLES or bare in BODIES or f"ال{bare}" in TITLES | BODIES:
        found = named_after(reading, first, last, cue, history)
        return found or Found((unlisted(reading, first, last, history),), "source")
    return None


def _relayed(reading: Reading, first: int, last: int, cue: Cue, history: History) -> Found | None:
    """Return who speaks in "نقلت رويترز عن الوزير قوله": the one behind عن."""
    for word in range(first, min(first + FAR, len(reading.keys))):
        if reading.keys[word] == "عن":
            start, stop = subject_range(reading, word, reading.ends[-1])
            return named_after(reading, start, stop, cue, history)
    return None


def _of_the_sentence(
    reading: Reading, number: int, start: int, cue: Cue, history: History
) -> Found:
    """Return who speaks at "مشيرا": the speaker, else the subject of the sentence it belongs to."""
    earlier = history.speaker_of_sentence.get(start)
    if earlier is not None:
        return earlier
    return subject_of_sentence(reading, number, start, cue, history) or _continued(
        reading, number, cue, history
    )


def _carried_on(start: int, cue: Cue, history: History) -> Found | None:
    """Return the speaker of the verb before in the same sentence: "قال لافروف ... وأكد"."""
    earlier = history.speaker_of_sentence.get(start)
    if earlier is None:
        return None
    if not history.fits(earlier.speakers, cue):
        return None
    return Found(earlier.speakers, "continued in the sentence")


def _continued(reading: Reading, number: int, cue: Cue, history: History) -> Found:
    """Return who spoke last, or failing that who was named last."""
    before = _subject_of_sentence_before(reading, number, history)
    if before is not None and cue.gender != "f":
        return Found((before,), "continued: subject of the sentence before")
    last = history.last(cue)
    if last:
        return Found(last, "continued: last speaker")
    named = [m for m in named_until(reading, number) if m.sense == "actor"]
    people = [m for m in named if m.kind == "person"]
    if people or named:
        return Found((as_speaker((people or named)[-1]),), "continued: last actor named")
    return Found((), "nobody named")


def _subject_of_sentence_before(reading: Reading, number: int, history: History) -> Speaker | None:
    """Return the person of whom the sentence before tells, if nobody spoke in it."""
    start, _ = reading.sentence_of(reading.starts[number])
    before, _ = reading.sentence_of(max(start - 2, 0))
    if before == start or before in history.speaker_of_sentence:
        return None
    word = reading.word_at(before)
    named = reading.mentions_between(before, reading.ends[min(word + 6, len(reading.ends) - 1)])
    if named and named[0].kind == "person" and not named[0].attached and named[0].end < start:
        return as_speaker(named[0])
    return None

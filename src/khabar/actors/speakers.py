"""Who spoke: the one named by or before a word of speech, or the one who spoke last.

An Arabic verb comes before its subject ("قال لافروف"), may follow it in headlines and clauses
("لافروف يحذر"), and may have none ("وأضاف:"). A speaker need not be in the ledger: then the words
that name them are kept, and the actor is missing.
"""

from bisect import bisect_left

from khabar.actors.back_references import named_until, referred_to
from khabar.actors.before_verbs import is_pronoun, named_before, subject_of_sentence, topic_of
from khabar.actors.complements import AS_TOLD
from khabar.actors.laid_out import Reading
from khabar.actors.papers import STATEMENTS, owner, paper_told
from khabar.actors.particles import RELATIVE, keys_of
from khabar.actors.speech import Cue
from khabar.actors.spoken import BY_THE_WAY, Found, History, Speaker, as_speaker
from khabar.actors.strangers import TAKE_OBJECTS, is_name, unlisted
from khabar.actors.subjects import FAR, named_after, subject_after, subject_range
from khabar.actors.titles import heads_title

_TOLD = AS_TOLD | keys_of("كما ما لما بما مما عما")
_NEWS = keys_of("تقارير تقريرا أنباء معلومات أخبارا خبر صورا مشاهد")
_TO_PASSAGE = 2  # words between a quotation and the verb behind it
_SOURCES = STATEMENTS | keys_of("مصادر مصدر قاله")


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
    if cue.sort == "verb":
        return _of_verb(reading, number, start, cue, history)
    if cue.sort == "paper":
        return _of_paper(reading, number, start, cue, history)
    first, last = subject_range(reading, number, end)
    if cue.sort == "source":
        return _source(reading, first, last, cue, history) or Found((), "")
    if cue.sort == "relay" and (relayed := _relayed(reading, first, last, cue, history)):
        return relayed
    if cue.sort == "relay" and reading.keys[number - 1] not in _TOLD:
        return Found((), "")
    found = subject_after(reading, number, cue, history, told=cue.sort != "noun")
    if found and cue.sort != "noun":
        return Found(found.speakers, BY_THE_WAY)
    return found or Found((), "")


def _of_verb(reading: Reading, number: int, start: int, cue: Cue, history: History) -> Found:
    """Return the subject of a verb, else of the sentence, else whoever spoke last."""
    before = reading.keys[number - 1] if number else ""
    told = before in _TOLD or _stands_behind_quotation(reading, number)
    found = None
    if not told:
        found = topic_of(reading, number, start, cue, history)
    if found is None and not is_pronoun(reading, number):
        own = before in RELATIVE and cue.verb in TAKE_OBJECTS and not cue.has_object
        if cue.number not in "dp" and not own:
            found = subject_after(reading, number, cue, history, told=told)
        if found is None and not (cue.has_object and before in RELATIVE):
            found = named_before(reading, number, start, cue, history)
    return (
        found
        or (cue.number == "p" and _of_verb_before(reading, number, start, history))
        or subject_of_sentence(reading, number, start, cue, history)
        or _carried_on(start, cue, history)
        or _continued(reading, number, cue, history)
    )


def _stands_behind_quotation(reading: Reading, number: int) -> bool:
    i = bisect_left(reading.passage_starts, reading.starts[number]) - 1
    if i < 0 or not reading.starts[number] > reading.passages[i].end:
        return False
    start, _ = reading.sentence_of(reading.starts[number])
    passage = reading.passages[i]
    between = reading.words_between(passage.end, reading.starts[number])
    first = reading.words_between(0, start).stop
    return len(between) <= _TO_PASSAGE and reading.words_between(0, passage.start).stop == first


def _of_paper(reading: Reading, number: int, start: int, cue: Cue, history: History) -> Found:
    """Return who speaks in "جاء في بيان للوزارة" and in "نشر تغريدة جاء فيها"."""
    word = paper_told(reading, number)
    last = min(word + FAR, len(reading.keys))
    whose = owner(reading, word, last, history)
    if whose is not None:
        return Found((whose,), "whose statement it is")
    found = referred_to(reading, word, last, cue, history)
    return found or _of_the_sentence(reading, number, start, cue, history)


def _source(reading: Reading, first: int, last: int, cue: Cue, history: History) -> Found | None:
    """Return who is the source in "بحسب المرصد" and "وفقا لبيان الخارجية"."""
    if first >= last:
        return None
    named = reading.named_by(first)
    bare = reading.keys[first].removeprefix("ل").removeprefix("ل")
    whose = owner(reading, first, last, history) if bare in _SOURCES else None
    if whose or named:
        return Found((whose or as_speaker(named[0]),), BY_THE_WAY)
    if heads_title(bare) or heads_title(f"ال{bare}") or is_name(reading, first, last):
        found = named_after(reading, first, last, cue, history)
        speakers = found.speakers if found else (unlisted(reading, first, last, history),)
        return Found(speakers, BY_THE_WAY)
    return None


def _relayed(reading: Reading, first: int, last: int, cue: Cue, history: History) -> Found | None:
    """Return who speaks in "نقلت رويترز عن الوزير قوله": the one behind عن."""
    for word in range(first, min(first + FAR, len(reading.keys))):
        if reading.keys[word] == "عن" and reading.keys[word - 1] not in _NEWS:
            start, stop = subject_range(reading, word, reading.ends[-1])
            return named_after(reading, start, stop, cue, history)
    return None


def _of_the_sentence(
    reading: Reading, number: int, start: int, cue: Cue, history: History
) -> Found:
    """Return who speaks at "مشيرا": the speaker, else the subject of the sentence it belongs to."""
    nearest = _of_verb_before(reading, number, start, history)
    earlier = history.speaker_of_sentence.get(start)
    if earlier is not None:
        # "وهو ما رد عليه لافروف قائلا": who stands right before speaks.
        right_before = nearest and reading.word_at(nearest.speakers[-1].end - 1) == number - 1
        return nearest if right_before else earlier
    return (
        nearest
        or subject_of_sentence(reading, number, start, cue, history)
        or _continued(reading, number, cue, history)
    )


def _of_verb_before(reading: Reading, number: int, start: int, history: History) -> Found | None:
    """Return the subject of the verb of speech before "قائلا": "رد لافروف على البيان، قائلا"."""
    i = bisect_left(reading.cues, number, key=lambda cue: cue[0]) - 1
    if i < 0 or reading.starts[reading.cues[i][0]] < start or reading.cues[i][1].sort != "verb":
        return None
    if reading.cues[i][1].verb == "عبر":
        return None
    found = subject_after(reading, *reading.cues[i], history)
    return found and Found(found.speakers, "subject of the sentence")


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

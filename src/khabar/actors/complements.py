"""Which words of speech report: their complement follows, and nobody quotes them."""

from bisect import bisect_left, bisect_right

from khabar.actors.laid_out import Reading
from khabar.actors.marks import Quoted
from khabar.actors.papers import paper_told
from khabar.actors.particles import RELATIVE, THAT, keys_of
from khabar.actors.speech import Cue, is_saying
from khabar.actors.titles import ADVERBS, heads_title

_WITHIN = 24  # words after a verb in which its complement begins
_NEARER = 4
_NEAR = 14  # the same, where the complement is a preposition
AS_TOLD = keys_of("حسبما وحسبما مثلما هكذا")
_ASK = keys_of("كيف هل ماذا بماذا")  # whom they ask is no speaker of the text
_ANNOUNCE = frozenset(("أعلن", "أكد"))
_INTERRUPT = frozenset(("verb", "participle", "relay"))  # sorts of cues
_WHAT = keys_of("ما لما")
_IMPERSONAL = keys_of("يذكر يتوقع يعتقد يرجح يقدر تبين يتبين")


def cues_at_work(reading: Reading, spoken: list[Quoted]) -> list[tuple[int, Cue]]:
    """Return the cues that report speech: their complement follows, and nobody quotes them."""
    at_work = []
    for place, (number, cue) in enumerate(reading.cues):
        position = reading.starts[number]
        i = bisect_right(spoken, position, key=lambda passage: passage.start) - 1
        if i >= 0 and position < spoken[i].end:
            continue
        further = (n for n, cue in reading.cues[place + 1 : place + 4] if cue.sort in _INTERRUPT)
        following = next(further, None)
        if _complement_follows(reading, number, cue, following):
            at_work.append((number, cue))
    return at_work


def _complement_follows(reading: Reading, number: int, cue: Cue, following: int | None) -> bool:
    before = reading.keys[number - 1] if number else ""
    if cue.sort == "paper":
        return paper_told(reading, number) is not None
    if before in AS_TOLD or (before in _WHAT and number - 2 in reading.cue_numbers):
        return True
    if cue.sort == "published" or before in _ASK or _is_impersonal(reading, number):
        return False
    if before == "ان" and reading.text[reading.starts[number - 1]] == "إ":
        return False  # a noun: "إن ذكر الوزير للقضية"
    if not cue.needs:
        return True
    _, end = reading.sentence_of(reading.starts[number])
    last = min(number + _WITHIN, len(reading.keys) - 1)
    apart = cue.verb == "عبر" and not _is_somebody(reading, last, number + 1)
    reach = _NEARER if apart else _NEAR
    serves = is_saying(cue) or "ان" in cue.needs
    for word in range(number + 1, last + 1):
        between = reading.text[reading.ends[word - 1] : reading.starts[word]]
        if serves and (":" in between or any(mark in between for mark in '"«“')):
            return True
        if reading.starts[word] >= end:
            return False
        near = word - number <= reach
        if any(_is_complement(reading.keys[word], n) for n in cue.needs if near or n == "ان"):
            return True
        if word == following and reading.keys[word - 1] not in RELATIVE:
            return False
    return False


def _is_somebody(reading: Reading, last: int, word: int) -> bool:
    """Whether a word names who speaks, so that عبر before it is no preposition."""
    return word <= last and (bool(reading.named_by(word)) or heads_title(reading.keys[word]))


def _is_impersonal(reading: Reading, number: int) -> bool:
    """Whether a sentence begins with "it is expected that", of which nobody is the subject."""
    key = reading.keys[number]
    if key not in _IMPERSONAL and key[1:] not in _IMPERSONAL:
        return False
    start, _ = reading.sentence_of(reading.starts[number])
    follows = reading.keys[number + 1] if number + 1 < len(reading.keys) else ""
    return follows == "ان" and reading.words_between(0, start).stop == number


def _is_complement(key: str, needed: str) -> bool:
    if needed == "ان":
        return key in THAT
    if needed in {"ب", "ل"}:
        return key == needed or (key.startswith(needed) and len(key) > 3)
    return key == needed or (needed in {"الي", "عن", "علي", "من"} and key[:3] == needed)


def reports_more_than_quotes(
    reading: Reading,
    number: int,
    cue: Cue,
    named_until: int,
    spoken: list[Quoted],
    others: list[int],
) -> bool:
    """Whether a cue reports in the writer's words, not only before words in marks.

    `named_until` is where the name of the speaker ends, if it stands behind the cue.
    """
    _, end = reading.sentence_of(reading.starts[number])
    after = reading.ends[number]
    i = bisect_left(spoken, after, key=lambda passage: passage.start)
    if i == len(spoken) or spoken[i].start > end or not is_saying(cue) or cue.sort == "source":
        return True
    words = reading.words_between(after, spoken[i].start)
    if bisect_left(others, words.start) < bisect_left(others, words.stop):
        return True
    said = [i for i in words if reading.keys[i] in THAT]
    if not said and cue.verb in _ANNOUNCE:
        return _has_object(reading, max(after, named_until), spoken[i])
    return bool(said) and not (said[0] == words[-1] and reading.keys[said[0]] == "ان")


def _has_object(reading: Reading, after: int, passage: Quoted) -> bool:
    """Whether something is announced before the quotation: "أعلن لافروف الانسحاب من «الاتفاق»"."""
    words = reading.words_between(after, passage.start)
    if len(words) < 2 or ":" in reading.text[after : passage.start]:
        return False
    key, gap = reading.keys[words[0]], reading.text[after : reading.starts[words[0]]]
    first = key == "عن" or (key.startswith("ال") and not gap.strip(' "»”'))
    return first and key not in ADVERBS | RELATIVE

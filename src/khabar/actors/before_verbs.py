"""The subject that stands before a word of speech, or at the head of its sentence."""

from khabar.actors.laid_out import Mention, Reading
from khabar.actors.name_words import class_of
from khabar.actors.papers import STATEMENTS, owner
from khabar.actors.particles import PREPOSITIONS, RELATIVE, keys_of
from khabar.actors.speech import Cue
from khabar.actors.spoken import MEMORY, Found, History, Speaker, as_speaker
from khabar.actors.strangers import unlisted
from khabar.actors.subjects import FAR, named_after
from khabar.actors.titles import SOME, TITLES, heads_title

_BETWEEN = keys_of("قد لم لا لن سوف كان كانت أيضا ما ولم وقد ولا فقد كانا هو هي هم أيضا وهو وهي")
_TOPIC = keys_of("أما وأما")
_WAS = keys_of("كان وكان كانت وكانت كانا وكانا")
_ALREADY = keys_of("قد لقد")
# With these a clause begins, with or without a subject of its own.
_OPENERS = keys_of("أن إن بأن لأن فإن لكن ولكن بينما فيما وأن وإن")
_SUBORDINATE = keys_of("حين عندما بعدما حيث كما حسبما إذا لو ما إذ هكذا")
_PRONOUNS = keys_of(
    "إنه أنه إنها أنها إنهم أنهم إنهما أنهما بأنه بأنها بأنهم لأنه لأنها لكنه لكنها لكنهم "
    "ولكنه ولكنها فإنه فإنها وأنه وأنها"
)
_BEFORE_VERBS = _ALREADY | _WAS | keys_of("وقد ولقد لم ولم لا ولا لن ولن ما كما وكما ثم")
_SHORT = 3  # words of a subject that is no title: "ولكن منتقديه يرون"
_APPOSITION = 2  # words between a name and its relative clause
_INTRODUCTION = 6  # words before the comma of "من جهته،"


def named_before(
    reading: Reading, number: int, start: int, cue: Cue, history: History
) -> Found | None:
    """Return the subject that stands before the verb in its sentence."""
    begin = reading.words_between(start, reading.starts[number]).start
    if number == begin:
        return None
    place = number - 1
    while place > begin and reading.keys[place] in _BETWEEN | RELATIVE:
        place -= 1
    joined = reading.keys[number][0] in "وف"
    candidates = [
        m
        for m in reading.mentions_before(reading.starts[number], MEMORY)
        if m.start >= start and not m.attached.endswith(("ل", "ب", "ك")) and m.sense == "actor"
    ]
    whose = None if joined else _whose_paper(reading, begin, place, history)
    if whose:
        return Found((whose,), "subject before the verb")
    near = [m for m in candidates if reading.word_at(m.end - 1) == place]
    if near and not joined:
        both = _before_too(reading, near[-1], candidates) if cue.number in "dp" else ()
        return Found(both or tuple(map(as_speaker, near)), "subject before the verb")
    if candidates and reading.word_at(candidates[0].start) == begin and not joined:
        return Found((as_speaker(candidates[0]),), "subject at the head of the sentence")
    if (
        reading.keys[place + 1] in RELATIVE
        and candidates
        and _is_antecedent(reading, candidates[-1], place)
    ):
        return Found((as_speaker(candidates[-1]),), "antecedent of a relative clause")
    if reading.keys[begin] in _WAS and number - begin > 2:
        found = named_after(reading, begin + 1, number, cue, history)
        if found:
            return Found(found.speakers, "subject before the verb")
    if heads_title(reading.keys[begin]) and number - begin < FAR:
        found = named_after(reading, begin, number, cue, history)
        return found and Found(found.speakers, "subject before the verb")
    return None


def _is_antecedent(reading: Reading, mention: Mention, place: int) -> bool:
    """Whether a relative clause after the word `place` can be about somebody named before it."""
    return place - reading.word_at(mention.end - 1) <= _APPOSITION


def _whose_paper(reading: Reading, begin: int, place: int, history: History) -> Speaker | None:
    """Return the owner of the statement of which a verb is told: "بيان للوزارة يؤكد"."""
    for word in range(place - 1, max(begin, place - _INTRODUCTION) - 1, -1):
        if reading.keys[word] in STATEMENTS:
            whose = owner(reading, word, place + 1, history)
            near = whose is not None and reading.word_at(whose.end - 1) == place
            return whose if near else None
    return None


def topic_of(reading: Reading, number: int, start: int, cue: Cue, history: History) -> Found | None:
    """Return the subject that must stand first: "كانت روسيا قد أخبرت", "إن إسرائيل تدعو إيران"."""
    begin = reading.words_between(start, reading.starts[number]).start
    if begin == number or cue.sort != "verb":
        return None
    first = _after_was(reading, begin, number) or _clause(reading, begin, number, cue)
    if first is None:
        return None
    found = named_after(reading, first, number, cue, history)
    if found is None and cue.number == "p" and number - first <= _SHORT:
        found = Found((unlisted(reading, first, number, history),), "")
    return found and Found(found.speakers, "subject before the verb")


def _after_was(reading: Reading, begin: int, number: int) -> int | None:
    """Return where the subject begins in "كانت روسيا قد أخبرت" and "أما سفير فرنسا فقال"."""
    if reading.keys[begin] in _TOPIC and number - begin <= FAR:
        return begin + 1
    if reading.keys[number - 1] not in _ALREADY:
        return None
    words = range(number - 2, max(begin, number - FAR) - 1, -1)
    return next((word + 1 for word in words if reading.keys[word] in _WAS), None)


def _clause(reading: Reading, begin: int, number: int, cue: Cue) -> int | None:
    """Return where a clause begins with a subject, if nothing but the subject precedes the verb."""
    if reading.keys[number][0] in "وف":
        return None
    first, opened = begin, False
    for word in range(number - 1, max(begin, number - FAR) - 1, -1):
        if word in reading.cue_numbers and not reading.named_by(word):
            return None
        if reading.keys[word] in RELATIVE | _SUBORDINATE:
            return None
        between = reading.text[reading.ends[word] : reading.starts[word + 1]]
        if reading.keys[word] in _OPENERS or ":" in between:
            first, opened = word + 1, True
            break
    if first == number or number - first > FAR:
        return None
    head = [m for m in reading.named_by(first) if m.start == reading.starts[first]]
    touching = bool(head) and reading.word_at(head[0].end - 1) == number - 1
    titled = heads_title(reading.keys[first]) or reading.keys[first] in SOME
    if touching and (opened or reading.keys[number][0] in "يت"):
        return first
    if opened and cue.number == "p":
        return first
    return first if (head or titled) and (opened or cue.number in "dp") else None


def _before_too(
    reading: Reading, mention: Mention, candidates: list[Mention]
) -> tuple[Speaker, ...]:
    """Return the two of "غاتيلوف ورمزي أكدا"."""
    others = [m for m in candidates if m.end <= mention.start and m.kind == mention.kind]
    joined = mention.attached == "و" or reading.text[mention.start - 1] == "و"
    if others and joined:
        return (as_speaker(others[-1]), as_speaker(mention))
    return ()


def subject_of_sentence(
    reading: Reading, number: int, start: int, cue: Cue, history: History
) -> Found | None:
    """Return the subject of the verb with which the sentence begins: "أجرى ترامب اتصالا وأكد"."""
    begin = _behind_introduction(reading, start, number)
    if begin is None or number - begin <= 2 or start in history.speaker_of_sentence:
        return None
    stop = min(begin + FAR, number)
    found = named_after(reading, begin + 1, stop, cue, history)
    if reading.keys[begin - 1] in _WAS and begin and heads_title(reading.keys[begin]):
        found = named_after(reading, begin, stop, cue, history) or found
    if found and any(s.actor or _is_person(s.head) for s in found.speakers):
        return Found(found.speakers, "subject of the sentence")
    return None


def _is_person(head: str) -> bool:
    return head in TITLES | SOME or class_of(head) in {"G", "N"}


def _behind_introduction(reading: Reading, start: int, number: int) -> int | None:
    """Return the word of the first verb of a sentence: after "من جهته،" and "كما لم"."""
    begin = reading.words_between(start, reading.starts[number]).start
    if reading.passage_from(reading.starts[begin]) is not None:
        return None
    if reading.keys[begin].removeprefix("و") in PREPOSITIONS:
        for word in range(begin, min(begin + _INTRODUCTION, number)):
            if "،" in reading.text[reading.ends[word] : reading.starts[word + 1]]:
                begin = word + 1
                break
    while begin < number and reading.keys[begin] in _BEFORE_VERBS:
        begin += 1
    return begin


def is_pronoun(reading: Reading, number: int) -> bool:
    """Whether the subject of a verb is a pronoun before it: "إنها تدعو الحكومة"."""
    word = number - 1
    while word > 0 and reading.keys[word] in _BETWEEN:
        word -= 1
    return word >= 0 and reading.keys[word] in _PRONOUNS

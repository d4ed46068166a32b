"""The subject that stands before a word of speech, or at the head of its sentence."""

from khabar.actors.laid_out import Mention, Reading
from khabar.actors.particles import RELATIVE, keys_of
from khabar.actors.speech import Cue
from khabar.actors.spoken import MEMORY, Found, History, Speaker, as_speaker
from khabar.actors.subjects import FAR, named_after
from khabar.actors.titles import SOME, TITLES, heads_title

_BETWEEN = keys_of("قد لم لا لن سوف كان كانت أيضا ما ولم وقد ولا فقد كانا هو هي هم أيضا وهو وهي")
_TOPIC = keys_of("أما وأما")
_WAS = keys_of("كان وكان كانت وكانت كانا وكانا")


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
    candidates = [
        m
        for m in reading.mentions_before(reading.starts[number], MEMORY)
        if m.start >= start and not m.attached.endswith(("ل", "ب", "ك")) and m.sense == "actor"
    ]
    near = [m for m in candidates if reading.word_at(m.end - 1) == place]
    joined = reading.keys[number][0] in "وف"
    if near and not joined:
        both = _before_too(reading, near[-1], candidates) if cue.number in "dp" else ()
        return Found(both or tuple(map(as_speaker, near)), "subject before the verb")
    if candidates and reading.word_at(candidates[0].start) == begin and not joined:
        return Found((as_speaker(candidates[0]),), "subject at the head of the sentence")
    if reading.keys[place + 1] in RELATIVE and candidates:
        return Found((as_speaker(candidates[-1]),), "antecedent of a relative clause")
    if reading.keys[begin] in _WAS and number - begin > 2:
        found = named_after(reading, begin + 1, number, cue, history)
        if found:
            return Found(found.speakers, "subject before the verb")
    if heads_title(reading.keys[begin]) and number - begin < FAR:
        found = named_after(reading, begin, number, cue, history)
        return found and Found(found.speakers, "subject before the verb")
    return None


def topic_of(reading: Reading, number: int, start: int, cue: Cue, history: History) -> Found | None:
    """Return the subject that stands first: "كانت روسيا قد أخبرت", "أما سفير فرنسا فقال"."""
    begin = reading.words_between(start, reading.starts[number]).start
    if begin == number or cue.sort != "verb" or number - begin > FAR:
        return None
    key, before = reading.keys[begin], reading.keys[number - 1]
    if key in _TOPIC or (key in _WAS and before in {"قد", "لقد"}):
        found = named_after(reading, begin + 1, number, cue, history)
        return found and Found(found.speakers, "subject before the verb")
    if reading.keys[number][0] in "وف" or not reading.keys[number].startswith(("ي", "ت")):
        return None
    head = [m for m in reading.named_by(begin) if reading.word_at(m.end - 1) == number - 1]
    if head and head[0].start - reading.starts[begin] == 0:
        return Found(tuple(map(as_speaker, head)), "subject before the verb")
    return None


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
    begin = reading.words_between(start, reading.starts[number]).start
    if number - begin <= 2 or start in history.speaker_of_sentence:
        return None
    found = named_after(reading, begin + 1, min(begin + FAR, number), cue, history)
    if found and any(s.actor or s.head in TITLES | SOME for s in found.speakers):
        return Found(found.speakers, "subject of the sentence")
    return None

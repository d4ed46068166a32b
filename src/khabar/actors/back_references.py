"""Whom a noun refers back to: "الوزير", "التنظيم", "البيان", "الجانبان"."""

from khabar.actors.laid_out import Mention, Reading
from khabar.actors.particles import PREPOSITIONS, keys_of
from khabar.actors.speech import Cue
from khabar.actors.spoken import BODY_KINDS, MEMORY, Found, History, Speaker, as_speaker
from khabar.actors.titles import (
    ADVERBS,
    BODIES,
    PAPERS,
    REFERS_TO_ANYBODY,
    REFERS_TO_BODY,
    REFERS_TO_PERSON,
    REFERS_TO_SEVERAL,
    bare_title,
    heads_title,
)

_ADJECTIVES = 2  # more of them make a name: "الهيئة الوطنية العليا المستقلة"
_SOURCES = keys_of("المصدر المصادر")
_ITSELF = keys_of("نفسه نفسها ذاته ذاتها")


def referred_to(
    reading: Reading, first: int, last: int, cue: Cue, history: History
) -> Found | None:
    """Return whom "الوزير", "التنظيم", "البيان" or "الجانبان" refers back to."""
    key = reading.keys[first]
    if key in REFERS_TO_SEVERAL:
        pair = next((s for s in reversed(history.spoken) if len(s) == 2), None)
        pair = pair or _last_two(reading, reading.starts[first])
        return Found(pair, "continued: two named before") if pair else None
    is_person, is_body = key in REFERS_TO_PERSON, key in REFERS_TO_BODY
    if not (is_person or is_body) or not _refers_back(reading, first, last):
        return None
    fitting = [said for said in history.spoken if history.fits(said, cue)]
    same = [s for said in fitting for s in said if s.head == key.removeprefix("ال")]
    if same:
        return Found((same[-1],), "continued: same noun")
    wanted = {"person"} if is_person else {"body", "media", "state"}
    before = tuple(s for said in fitting for s in said if s.kind in wanted)
    if key in PAPERS and history.spoken:
        return Found((before or history.spoken[-1])[-1:], "continued: its statement")
    if key in _SOURCES:
        return None
    mention = _same_head(reading, key, reading.starts[first])
    if mention is not None:
        return Found((as_speaker(mention),), "continued: named before by that noun")
    if is_body:
        named = [m for m in named_until(reading, first) if m.kind in BODY_KINDS]
        if named:
            return Found((as_speaker(named[-1]),), "continued: last body named")
    if is_person and key not in REFERS_TO_ANYBODY:
        return None
    if before:
        return Found((before[-1],), "continued: last of that kind")
    named = [m for m in named_until(reading, first) if m.kind == "person"]
    if is_person and named:
        return Found((as_speaker(named[-1]),), "continued: last person named")
    return None


def named_until(reading: Reading, word: int) -> list[Mention]:
    """Return the last mentions before a word."""
    return reading.mentions_before(reading.starts[word], MEMORY)


def _same_head(reading: Reading, key: str, until: int) -> Mention | None:
    """Return the last mention that stands behind the noun, or begins with it."""
    bare = key.removeprefix("ال")
    for mention in reversed(reading.mentions_before(until, MEMORY)):
        word = reading.word_at(mention.start)
        last = reading.word_at(mention.end - 1)
        near = [bare_title(k).removeprefix("ال") for k in reading.keys[max(word - 1, 0) : last + 1]]
        if bare in (near if mention.kind in BODY_KINDS else near[:2]) and mention.kind != "state":
            return mention
    return None


def _refers_back(reading: Reading, first: int, last: int) -> bool:
    """Whether only adjectives stand beside the noun: no name, and no office of its own."""
    word = first + 1
    while word < min(last, first + _ADJECTIVES + 2):
        between = reading.text[reading.ends[word - 1] : reading.starts[word]]
        key = reading.keys[word]
        if between.strip() or key in ADVERBS or key in _ITSELF:
            return True
        if key in PREPOSITIONS:
            return not any(reading.named_by(i) for i in range(word + 1, min(word + 3, last)))
        if not key.startswith("ال"):
            return key.startswith(("ل", "ب", "و", "ف")) and not _is_own_office(key)
        word += 1
    return word == last


def _is_own_office(key: str) -> bool:
    """Whether a word goes on with the office of a title: "باسم", "لشؤون", "للمنتخب"."""
    definite = key.startswith("لل") and heads_title("ال" + key[2:])
    return definite or key[1:] in BODIES or key == "باسم" or key.startswith(("لشؤون", "لشوون"))


def _last_two(reading: Reading, until: int) -> tuple[Speaker, ...]:
    people = [m for m in reading.mentions_before(until, MEMORY) if m.kind == "person"]
    chosen: dict[str, Speaker] = {}
    for mention in reversed(people):
        chosen.setdefault(mention.actor, as_speaker(mention))
        if len(chosen) == 2:
            return tuple(reversed(chosen.values()))
    return ()

"""Speakers whom the ledger does not know: the words that name them are kept."""

from khabar.actors.laid_out import Reading
from khabar.actors.particles import PREPOSITIONS, RELATIVE, THAT, WHAT_WAS_SAID, keys_of
from khabar.actors.speech import Cue
from khabar.actors.spoken import History, Speaker
from khabar.actors.titles import ADVERBS, BODIES, SOME, heads_title

_THESE = keys_of("هذه هذا تلك ذلك هؤلاء ذاك")


def can_be_unlisted(reading: Reading, first: int, last: int, cue: Cue) -> bool:
    """Whether words after a verb are its subject and not its object."""
    key = reading.keys[first]
    if heads_title(key) or key in SOME:
        return True
    if cue.sort in {"source", "noun"} or _is_adverbial(key) or key in _THESE:
        return False
    if key[0] in cue.needs or key in THAT or key.startswith(("بال", "لل")):
        return False
    following = reading.keys[last] if last < len(reading.keys) else ""
    gap = reading.text[reading.ends[last - 1] : reading.starts[last]] if following else ""
    clause = following in WHAT_WAS_SAID or ":" in gap or bool(set(gap) & set('"«“”('))
    tail = reading.keys[first + 1 : last]
    to_or_on = any(k in PREPOSITIONS or k.startswith("لل") for k in tail[:4])
    return clause or (to_or_on and bool(cue.needs))


def _is_adverbial(key: str) -> bool:
    """Whether a word says in what manner one speaks: "موجها", "باسم"."""
    return key.startswith("باسم") or (key[0] == "م" and key[-1] == "ا" and 5 <= len(key) <= 7)


def unlisted(reading: Reading, first: int, last: int, history: History) -> Speaker:
    """Return a speaker whom the ledger does not know, as far as their name goes."""
    end = first + 1
    while end < last:
        between = reading.text[reading.ends[end - 1] : reading.starts[end]]
        key = reading.keys[end]
        if between.strip(' \u00a0_#"«»“”') or key in ADVERBS or len(key) == 1:
            break
        if key in PREPOSITIONS - {"من", "في"} or key in RELATIVE:
            break
        if key.startswith("لل") and end > first + 1 and not heads_title(reading.keys[first]):
            break
        end += 1
    while end > first + 1 and reading.keys[end - 1] in PREPOSITIONS:
        end -= 1
    head = reading.keys[first].removeprefix("ال")
    kind = "body" if head in BODIES else "person"
    # "الزعتري" is who was introduced as "علي الزعتري".
    name = reading.keys[end - 1]
    for said in reversed(history.spoken):
        for s in said:
            words = [k for k in reading.keys[slice(*_span(reading, s))]]
            if s.actor is None and name in words and end - first <= len(words):
                return Speaker(None, reading.starts[first], reading.ends[end - 1], s.kind, s.head)
    return Speaker(None, reading.starts[first], reading.ends[end - 1], kind, head)


def _span(reading: Reading, speaker: Speaker) -> tuple[int, int]:
    words = reading.words_between(speaker.start, speaker.end)
    return words.start, words.stop

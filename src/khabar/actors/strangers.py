"""Speakers whom the ledger does not know: the words that name them are kept."""

from khabar.actors.laid_out import Reading
from khabar.actors.name_words import class_of
from khabar.actors.particles import PREPOSITIONS, RELATIVE, THAT, WHAT_WAS_SAID, keys_of
from khabar.actors.speech import Cue
from khabar.actors.spoken import History, Speaker
from khabar.actors.titles import ADVERBS, BODIES, SOME, heads_title

# Verbs of speech whose object is a person, a body or a thing: it may follow them at once.
TAKE_OBJECTS = frozenset(
    "وصف اعتبر دعا طالب ناشد حث حض نصح اتهم كذب حمل استنكر استهجن أدان انتقد هاجم هدد توعد هنأ عزى "
    "شكر أبلغ أخبر أطلع طمأن حذر نفى اقترح توقع قدر رجح استبعد".split()
)
_WITH_PREPOSITION = frozenset(("أعرب", "رحب", "ندد", "تعهد"))
_THESE = keys_of("هذه هذا تلك ذلك هؤلاء ذاك")
_ITSELF = keys_of("نفسه نفسها أنفسهم ذاته ذاتها بعضهم")
_MEN = keys_of("خليفة داعية علامة الداعية العلامة الخليفة")
_MASCULINE_STATES = keys_of("لبنان العراق اليمن الأردن السودان المغرب الاتحاد")
_DEFINITE_MEN = keys_of("الرئيس الوزير السفير الملك الأمير الزعيم المسؤول المبعوث المرشد البابا")
_NAMES, _MAY_BE_NAMES = frozenset("GNSP"), frozenset("GNSPY")  # of `class_of`
_LONG = 8  # letters from which الـ...ين is a plural in the accusative, and no name


def can_be_unlisted(reading: Reading, first: int, last: int, cue: Cue, told: bool) -> bool:
    """Whether words after a verb are its subject and not its object.

    `told` says that the verb follows what was said, so that only the subject can follow the verb.
    """
    key = reading.keys[first]
    if heads_title(key) or key in SOME:
        return True
    if cue.sort in {"source", "noun"} or _is_adverbial(key) or key in _THESE:
        return False
    if key[0] in cue.needs or key in THAT or key.startswith(("بال", "لل")):
        return False
    sure = is_name(reading, first, last)
    takes_object = cue.verb in TAKE_OBJECTS and not cue.has_object
    if takes_object or sure:
        return sure
    may_be = class_of(key) in _MAY_BE_NAMES
    if told or cue.has_object or cue.sort == "relay":
        return may_be or (cue.sort == "relay" and _clause_follows(reading, last))
    tail = reading.keys[first + 1 : last]
    to_or_on = any(k in PREPOSITIONS or k.startswith("لل") for k in tail[:4])
    definite = key.startswith("ال") or may_be
    with_preposition = bool(cue.needs) or cue.verb in _WITH_PREPOSITION
    return _clause_follows(reading, last) or (to_or_on and definite and with_preposition)


def is_name(reading: Reading, first: int, last: int) -> bool:
    """Whether a person's name begins with a word: "سامر", "المصرية نجلاء"."""
    kind = class_of(reading.keys[first])
    if kind == "J" and first + 1 < last:
        kind = class_of(reading.keys[first + 1])
        return kind in _NAMES - {"S"}
    return kind in _NAMES


def _clause_follows(reading: Reading, last: int) -> bool:
    """Whether what was said begins at a word."""
    if last >= len(reading.keys):
        return False
    gap = reading.text[reading.ends[last - 1] : reading.starts[last]]
    return reading.keys[last] in WHAT_WAS_SAID or bool(set(gap) & set(':"«“('))


def _is_adverbial(key: str) -> bool:
    """Whether a word says in what manner one speaks: "موجها", "باسم"."""
    return key.startswith("باسم") or (key[0] == "م" and key[-1] == "ا" and 5 <= len(key) <= 7)


def is_object(reading: Reading, first: int, cue: Cue) -> bool:
    """Whether the word after a verb cannot be its subject: "وصف نفسه", "دعا الفلسطينيين"."""
    key = reading.keys[first]
    takes_object = cue.verb in TAKE_OBJECTS and not cue.has_object
    if takes_object and not _agrees(reading, first, cue):
        return True
    if reading.named_by(first):
        return False
    if key in _ITSELF or "ً" in reading.text[reading.starts[first] : reading.ends[first]]:
        return True
    if key.endswith("ين") and key.startswith("ال") and len(key) >= _LONG:
        return True
    own = key.endswith(("هم", "ها", "ته")) and len(key) > 4
    return own and not heads_title(key)


def _agrees(reading: Reading, first: int, cue: Cue) -> bool:
    """Whether a verb has the gender of the noun after it: "دعا الحكومة" has another subject."""
    key = reading.keys[first]
    if cue.gender == "m":
        if any(m.kind == "state" for m in reading.named_by(first)):
            return key in _MASCULINE_STATES
        return not key.endswith("ة") or class_of(key) in {"G", "N", "S"} or key in _MEN
    return cue.gender != "f" or key not in _DEFINITE_MEN


def unlisted(reading: Reading, first: int, last: int, history: History) -> Speaker:
    """Return a speaker whom the ledger does not know, as far as their name goes."""
    end, inside = first + 1, -1
    while end < last:
        between = reading.text[reading.ends[end - 1] : reading.starts[end]]
        key = reading.keys[end]
        if reading.starts[end] < inside:
            end += 1
            continue
        if opened := reading.passage_from(reading.starts[end]):
            inside = opened.end if opened.closed else inside
        if between.strip(' \u00a0_#"«»“”') or key in ADVERBS or len(key) == 1:
            break
        if any(m.kind == "media" and m.attached == "ل" for m in reading.named_by(end)):
            break
        if key in PREPOSITIONS - {"من", "في"} or key in RELATIVE:
            break
        if _cannot_own(reading.keys[end - 1]) and key.startswith("ال"):
            break
        if key.startswith("لل") and end > first + 1 and not heads_title(reading.keys[first]):
            break
        end += 1
    while end > first + 1 and reading.keys[end - 1] in PREPOSITIONS:
        end -= 1
    head = reading.keys[first].removeprefix("ال")
    kind = "body" if head in BODIES else "person"
    if kind == "person":
        end = _name_behind_comma(reading, end, last)
    # "الزعتري" is who was introduced as "علي الزعتري".
    name = reading.keys[end - 1]
    for said in reversed(history.spoken):
        for s in said:
            words = [k for k in reading.keys[slice(*_span(reading, s))]]
            if s.actor is None and name in words and end - first <= len(words):
                return Speaker(None, reading.starts[first], reading.ends[end - 1], s.kind, s.head)
    return Speaker(None, reading.starts[first], reading.ends[end - 1], kind, head)


def _cannot_own(key: str) -> bool:
    """Whether a noun is a plural that no genitive follows: "رفض ناشطون القرار"."""
    return key.endswith("ون") and not key.startswith("ال")


def _name_behind_comma(reading: Reading, end: int, last: int) -> int:
    """Return where the name ends that a comma parts from its title: "مدير المركز، سامر الحلاق"."""
    if end >= last or reading.text[reading.ends[end - 1] : reading.starts[end]].strip() != "،":
        return end
    if class_of(reading.keys[end]) not in {"G", "N"}:
        return end
    for word in range(end + 1, min(end + 5, last + 1)):
        if word == last or reading.keys[word] in PREPOSITIONS | THAT | ADVERBS:
            return word
        if reading.text[reading.ends[word - 1] : reading.starts[word]].strip():
            return word
    return end


def _span(reading: Reading, speaker: Speaker) -> tuple[int, int]:
    words = reading.words_between(speaker.start, speaker.end)
    return words.start, words.stop

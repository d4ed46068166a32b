"""The subject that stands after a word of speech: "وقال المتحدث باسم الكرملين دميتري بيسكوف"."""

from khabar.actors.back_references import referred_to
from khabar.actors.laid_out import Mention, Reading
from khabar.actors.papers import STATEMENTS, owner
from khabar.actors.particles import ENDS, PREPOSITIONS, RELATIVE, keys_of
from khabar.actors.speech import Cue
from khabar.actors.spoken import Found, History, Speaker, as_speaker
from khabar.actors.strangers import can_be_unlisted, is_object, unlisted
from khabar.actors.titles import ADVERBS, BODIES, OWN, TITLES, heads_title
from khabar.language.orthography import counting_key

FAR = 16  # words between a verb and the name of its subject, behind long titles
_OF_OFFICE = keys_of("في لدى إلى")
_OF_PRESS = keys_of("صحفية صحافية صحفي صحافي")  # "تصريحات صحفية"
_TO_SOMEBODY = keys_of("لي له لها لهم لنا لك عليه عليها عليهم إليه إليها فيه فيها")
# Titles without the article that stand beside the name of their holder.
_BESIDE_NAMES = keys_of("دكتور سيناتور سير لورد جنرال لواء عميد عقيد فريق ولد ابن سيد شيخ")
_APART = keys_of("على عن من حول بقضية بشأن ضد") - keys_of("بشأن")


def subject_after(
    reading: Reading, number: int, cue: Cue, history: History, *, told: bool = False
) -> Found | None:
    """Return the subject that stands behind a verb, and not its object.

    `told` says that the verb follows what was said: "هكذا علق لافروف".
    """
    _, end = reading.sentence_of(reading.starts[number])
    first, last = subject_range(reading, number, end)
    first = _behind_addressee(reading, first, last)
    if first < last and is_object(reading, first, cue):
        return None
    if first < last and cue.sort == "noun" and reading.keys[first] in _OF_PRESS:
        return None
    return named_after(reading, first, last, cue, history, told=told)


def subject_range(reading: Reading, number: int, end: int) -> tuple[int, int]:
    """Return the words among which the subject of a verb is looked for: first, and one past."""
    first = number + 1
    last = min(first + FAR, len(reading.keys))
    while first < last and _is_adverb(reading, first):
        first += 1
    if first + 1 < last and reading.keys[first] == "من":
        first += 2 * reading.keys[first + 1].startswith(("جهت", "جانب", "ناحيت"))
    word = first
    while word < last and reading.starts[word] < end:
        between = reading.text[reading.ends[word - 1] : reading.starts[word]]
        if ":" in between or "…" in between or _opens_speech(reading, word, between):
            break
        if reading.keys[word] in ENDS or (
            word in reading.cue_numbers and not reading.named_by(word)
        ):
            break
        word += 1
    return first, word


def _is_adverb(reading: Reading, word: int) -> bool:
    between = reading.text[reading.ends[word - 1] : reading.starts[word]]
    return reading.keys[word] in ADVERBS and not set(between) & set(':"«“')


def _opens_speech(reading: Reading, word: int, between: str) -> bool:
    """Whether a quotation of more than a name begins before the word."""
    if not set(between) & set('"«“”»('):
        return False
    passage = reading.passage_from(reading.starts[word])
    return passage is not None and len(reading.words_between(passage.start, passage.end)) > 4


def named_after(
    reading: Reading, first: int, last: int, cue: Cue, history: History, *, told: bool = False
) -> Found | None:
    """Return the subject among the words from `first` to before `last`, if they begin with one."""
    first = _behind_addressee(reading, first, last)
    if first + 1 < last and reading.keys[first] == "كل" and reading.keys[first + 1] == "من":
        first += 2
    if first >= last or reading.keys[first] in PREPOSITIONS | RELATIVE:
        return None
    person = _first_person(reading, first, last)
    head = [m for m in reading.named_by(first) if not m.attached.endswith(("ل", "ب", "ك"))]
    key = reading.keys[first]
    head = _named_behind_office(reading, head, last) or head
    if head and (head[0].kind == "person" or person is None or not heads_title(key)):
        return Found(_with_others(reading, head, last), "subject after the verb")
    if person is not None:
        return Found(_with_others(reading, [person], last), "subject after the verb, by title")
    several = referred_to(reading, first, last, cue, history)
    if several:
        return several
    if key in STATEMENTS and (whose := owner(reading, first, last, history)):
        return Found((whose,), "subject after the verb: whose statement it is")
    if can_be_unlisted(reading, first, last, cue, told):
        speaker = unlisted(reading, first, last, history)
        return Found((speaker,), "subject after the verb, not in the ledger")
    return None


def _named_behind_office(reading: Reading, head: list[Mention], last: int) -> list[Mention]:
    """Return the name behind an office that goes on: "سفيرة أمريكا في الأمم المتحدة نيكي هيلي"."""
    if not head or head[0].form != "role":
        return []
    after = reading.word_at(head[0].end - 1) + 1
    if after >= last or reading.keys[after] not in _OF_OFFICE:
        return []
    behind = reading.mentions_between(reading.starts[after], reading.ends[last - 1])
    people = [m for m in behind if m.kind == "person" and m.form == "name" and not m.attached]
    return people[:1]


def _behind_addressee(reading: Reading, first: int, last: int) -> int:
    while first < last and (to := _addressed(reading, first)):
        first += to
    return first


def _addressed(reading: Reading, word: int) -> int:
    """Return how many words say to whom somebody spoke: "للصحفيين", "لوكالة رويترز"."""
    key = reading.keys[word]
    if key in _TO_SOMEBODY:
        return 1
    named = reading.named_by(word)
    apart = key == "ل" and word + 1 < len(reading.keys)
    to_somebody = key.startswith("لل") or (key[0] == "ل" and key[1:] in BODIES | TITLES)
    if not (apart or to_somebody or (named and named[0].attached.endswith("ل"))):
        return 0
    if (apart or not named) and word + 1 < len(reading.keys):
        named = reading.named_by(word + 1)
    if named:
        return reading.word_at(named[-1].end - 1) + 1 - word
    passage = reading.passage_from(reading.starts[word + 1]) if apart else None
    if passage is not None:
        return 1 + len(reading.words_between(passage.start, passage.end))
    return 1 + apart


def _first_person(reading: Reading, first: int, last: int) -> Mention | None:
    """Return the first person who can be the subject."""
    if last <= first:
        return None
    stop = reading.ends[last - 1]
    for mention in reading.mentions_between(reading.starts[first], stop):
        if mention.kind != "person" or mention.attached.endswith(("ل", "ب", "ك")):
            continue
        word = reading.word_at(mention.start)
        if word == first:
            return mention
        if (_APART | OWN) & set(reading.keys[first + 1 : word]):
            return None
        # Behind a title only: a verb's object stands behind a whole subject.
        if not heads_title(reading.keys[first]):
            return None
        before = reading.text[reading.ends[word - 1] : mention.start]
        if mention.attached == "و" and "،" not in before:
            return None
        if mention.form == "name" and not before.strip() and _is_owned(reading.keys[word - 1]):
            continue
        return mention
    return None


def _is_owned(key: str) -> bool:
    """Whether a noun right before a name means another: "محامي ترامب", "حملة السيسي"."""
    return not key.startswith("ال") and key not in _BESIDE_NAMES and key in TITLES | BODIES


def _with_others(reading: Reading, heads: list[Mention], last: int) -> tuple[Speaker, ...]:
    """Return the speakers of a subject: those of one name, and those joined to them by و."""
    speakers = {head.actor: as_speaker(head) for head in heads}
    end, kind = heads[0].end, heads[0].kind
    stop = reading.ends[last - 1] if last else end
    for mention in reading.mentions_between(end, stop):
        gap = reading.text[end : mention.start]
        n_words = len(reading.words_between(end, mention.start)) - bool(mention.attached)
        joined = mention.attached == "و" or _is_joined(gap)
        if mention.sense == "place" and mention.attached != "و":
            continue
        if kind == "person" and mention.kind != "person":
            if n_words > 4:
                break
            continue
        if not joined or n_words > 5 or (kind != "person" and n_words):
            break
        speakers[mention.actor] = as_speaker(mention)
        end = mention.end
    return tuple(speakers.values())


def _is_joined(gap: str) -> bool:
    """Whether the words between two names begin with "and": not with وزير."""
    word = counting_key(gap.strip(' ،()"«»“”').partition(" ")[0])
    return word.startswith("و") and word not in TITLES | BODIES

"""Who spoke: the one named by or before a word of speech, or the one who spoke last.

An Arabic verb comes before its subject ("قال لافروف"), may follow it in headlines and clauses
("لافروف يحذر"), and may have none ("وأضاف:"). A speaker need not be in the ledger: then the words
that name them are kept, and the actor is missing.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from khabar.actors.laid_out import Mention, Reading
from khabar.actors.speech import Cue
from khabar.actors.titles import (
    ADVERBS,
    BODIES,
    PAPERS,
    REFERS_TO_ANYBODY,
    REFERS_TO_BODY,
    REFERS_TO_PERSON,
    REFERS_TO_SEVERAL,
    SOME,
    TITLES,
)
from khabar.language.orthography import counting_key

_FAR = 16  # words between a verb and the name of its subject, behind long titles
_MEMORY = 40  # speakers and mentions to which a text still refers back


_EMBEDDED = frozenset(("subject before the verb", "antecedent of a relative clause"))
_BODY_KINDS = frozenset(("org", "institution", "group", "media"))


class Speaker(NamedTuple):
    """One who speaks; `actor` is missing if the ledger does not know them."""

    actor: str | None
    start: int
    end: int
    kind: str  # person, body or state
    head: str  # first word of what they are called, without the article


class Found(NamedTuple):
    """The speakers of one word of speech, and by what rule they are known."""

    speakers: tuple[Speaker, ...]
    rule: str


@dataclass
class History:
    """Who spoke so far in a document, the latest last, and of which gender the verbs made them."""

    spoken: list[tuple[Speaker, ...]] = field(default_factory=list)
    genders: dict[str, str] = field(default_factory=dict)
    speaker_of_sentence: dict[int, Found] = field(default_factory=dict)

    def add(self, sentence: int, found: Found, cue: Cue) -> None:
        """Remember who spoke in a sentence."""
        if not found.speakers:
            return
        if sentence in self.speaker_of_sentence and found.rule in _EMBEDDED:
            # "قال لافروف إن بوغدانوف أكد": what follows goes on with Lavrov.
            self.spoken.insert(len(self.spoken) - 1, found.speakers)
        else:
            self.spoken.append(found.speakers)
            self.speaker_of_sentence[sentence] = found
        del self.spoken[:-_MEMORY]
        if cue.gender and not found.rule.startswith("continued"):
            for speaker in found.speakers:
                self.genders[_name(speaker)] = cue.gender

    def last(self, cue: Cue) -> tuple[Speaker, ...]:
        """Return who spoke last, of those whom the form of the verb fits."""
        recent = list(self.spoken)[:-5:-1]
        if cue.gender == "f":
            for speakers in recent:
                if all(self.genders.get(_name(s)) == "f" for s in speakers):
                    return speakers
        for speakers in reversed(self.spoken):
            if (cue.number != "d" or len(speakers) == 2) and self.fits(speakers, cue):
                return speakers
        return ()

    def fits(self, speakers: tuple[Speaker, ...], cue: Cue) -> bool:
        """Whether the gender of the verb, if it has one, is that of the speakers, if known."""
        known = {self.genders.get(_name(speaker), "") for speaker in speakers}
        return not cue.gender or known <= {"", cue.gender}


def _name(speaker: Speaker) -> str:
    return speaker.actor or speaker.head


def _words(text: str) -> frozenset[str]:
    return frozenset(map(counting_key, text.split()))


# The complement begins: what follows is what was said.
THAT = _words(
    "أن إن أنه إنه أنها إنها أنهم إنهم أننا إننا أني إني أنهما إنهما بأن بأنه بأنها بأنهم بأنهما "
    "أنني إنني لأن كأن فإن فإنه ألا بألا لو ما إذا عما"
)
_WHAT_WAS_SAID = THAT - _words("ما لو")
# After these no subject of the verb can come.
_ENDS = THAT | _words(
    "خلال بعد قبل أمام مع عقب إثر منذ أثناء حول لكن لكنه ولكن فيما حيث الذي التي الذين اللذين كما "
    "بينما حين عندما بسبب ضد رغم قائلا قائلة غداة عشية وذلك إذا بهدف والتي والذي وسط ردا نقلا"
)
_PREPOSITIONS = _words(
    "إلى على عن من في لدى عبر حتى بين تجاه إزاء بشأن لأجل كل جميع كافة أي عدم ضرورة وجود"
)
RELATIVE = _words("الذي التي الذين اللذين اللذان فيه فيها والتي والذي به بها عنه عنها")
_BETWEEN = _words("قد لم لا لن سوف كان كانت أيضا ما ولم وقد ولا فقد كانا هو هي هم أيضا وهو وهي")
_APART = _words("على عن من حول بقضية بشأن ضد") - _words("بشأن")
_SOURCES = _words("المصدر المصادر")
_OF_OFFICE = _words("في لدى إلى")
_THESE = _words("هذه هذا تلك ذلك هؤلاء ذاك")
_ITSELF = _words("نفسه نفسها ذاته ذاتها")
_STATEMENTS = _words("بيان تقرير تصريح تصريحات بيانات أرقام إحصاءات رواية مصادر مصدر ما قاله")
_TOPIC = _words("أما وأما")
_WAS = _words("كان وكان كانت وكانت كانا وكانا")


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
    first, last = _subject_range(reading, number, end)
    if cue.sort == "relay":
        return _relayed(reading, first, last, cue, history) or Found((), "")
    if cue.sort == "source":
        return _source(reading, first, last, cue, history) or Found((), "")
    topic = _topic(reading, number, start, cue, history)
    if topic is not None:
        return topic
    after = _named_after(reading, first, last, cue, history)
    if after or cue.sort in {"source", "noun"}:
        return after or Found((), "")
    return (
        _named_before(reading, number, start, cue, history)
        or _subject_of_sentence(reading, number, start, cue, history)
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
        found = _named_after(reading, first, last, cue, history)
        return found or Found((_unlisted(reading, first, last, history),), "source")
    return None


def _relayed(reading: Reading, first: int, last: int, cue: Cue, history: History) -> Found | None:
    """Return who speaks in "نقلت رويترز عن الوزير قوله": the one behind عن."""
    for word in range(first, min(first + _FAR, len(reading.keys))):
        if reading.keys[word] == "عن":
            start, stop = _subject_range(reading, word, reading.ends[-1])
            return _named_after(reading, start, stop, cue, history)
    return None


def _subject_range(reading: Reading, number: int, end: int) -> tuple[int, int]:
    """Return the words among which the subject of a verb is looked for: first, and one past."""
    first = number + 1
    last = min(first + _FAR, len(reading.keys))
    while first < last and _is_adverb(reading, first):
        first += 1
    if first + 1 < last and reading.keys[first] == "من":
        first += 2 * reading.keys[first + 1].startswith(("جهت", "جانب", "ناحيت"))
    word = first
    while word < last and reading.starts[word] < end:
        between = reading.text[reading.ends[word - 1] : reading.starts[word]]
        if ":" in between or "…" in between or _opens_speech(reading, word, between):
            break
        if reading.keys[word] in _ENDS or (
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


def _named_after(
    reading: Reading, first: int, last: int, cue: Cue, history: History
) -> Found | None:
    if first >= last:
        return None
    while first < last and (to := _addressed(reading, first)):
        first += to
    if first >= last or reading.keys[first] in _PREPOSITIONS | RELATIVE:
        return None
    person = _first_person(reading, first, last)
    head = [m for m in reading.named_by(first) if not m.attached.endswith(("ل", "ب", "ك"))]
    key = reading.keys[first]
    head = _named_behind_office(reading, head, last) or head
    if head and (head[0].kind == "person" or person is None or not _heads_title(key)):
        return Found(_with_others(reading, head, last), "subject after the verb")
    if person is not None:
        return Found(_with_others(reading, [person], last), "subject after the verb, by title")
    several = _referred_to(reading, first, last, cue, history)
    if several:
        return several
    if _can_be_unlisted(reading, first, last, cue):
        speaker = _unlisted(reading, first, last, history)
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


def _heads_title(key: str) -> bool:
    return _bare(key) in TITLES or _bare(key) in BODIES


def _bare(key: str) -> str:
    return key[1:] if key[:1] in "وف" and key[1:] in TITLES | BODIES else key


def _addressed(reading: Reading, word: int) -> int:
    """Return how many words say to whom somebody spoke: "للصحفيين", "لوكالة رويترز"."""
    key = reading.keys[word]
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
        if _APART & set(reading.keys[first:word]):
            return None
        # Behind a title only: a verb's object stands behind a whole subject.
        if not _heads_title(reading.keys[first]):
            return None
        before = reading.text[reading.ends[word - 1] : mention.start]
        if mention.attached == "و" and "،" not in before:
            return None
        return mention
    return None


def as_speaker(mention: Mention) -> Speaker:
    """Return the one a mention names."""
    kind = {"person": "person", "state": "state"}.get(mention.kind, "body")
    return Speaker(mention.actor, mention.start, mention.end, kind, mention.actor)


def _with_others(reading: Reading, heads: list[Mention], last: int) -> tuple[Speaker, ...]:
    """Return the speakers of a subject: those of one name, and those joined to them by و."""
    speakers = {head.actor: as_speaker(head) for head in heads}
    end, kind = heads[0].end, heads[0].kind
    stop = reading.ends[last - 1] if last else end
    for mention in reading.mentions_between(end, stop):
        gap = reading.text[end : mention.start]
        n_words = len(reading.words_between(end, mention.start)) - bool(mention.attached)
        joined = mention.attached == "و" or gap.lstrip(' ،)"»”').startswith("و")
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


def _referred_to(
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
    wanted = {"person"} if is_person else {"body", "state"}
    before = tuple(s for said in fitting for s in said if s.kind in wanted)
    if key in PAPERS and history.spoken:
        return Found((before or history.spoken[-1])[-1:], "continued: its statement")
    if key in _SOURCES:
        return None
    mention = _same_head(reading, key, reading.starts[first])
    if mention is not None:
        return Found((as_speaker(mention),), "continued: named before by that noun")
    if is_body:
        named = [m for m in _named_until(reading, first) if m.kind in _BODY_KINDS]
        if named:
            return Found((as_speaker(named[-1]),), "continued: last body named")
    if is_person and key not in REFERS_TO_ANYBODY:
        return None
    if before:
        return Found((before[-1],), "continued: last of that kind")
    named = [m for m in _named_until(reading, first) if m.kind == "person"]
    if is_person and named:
        return Found((as_speaker(named[-1]),), "continued: last person named")
    return None


def _named_until(reading: Reading, word: int) -> list[Mention]:
    return reading.mentions_before(reading.starts[word], _MEMORY)


def _same_head(reading: Reading, key: str, until: int) -> Mention | None:
    """Return the last mention that stands behind the noun, or begins with it."""
    bare = key.removeprefix("ال")
    for mention in reversed(reading.mentions_before(until, _MEMORY)):
        word = reading.word_at(mention.start)
        last = reading.word_at(mention.end - 1)
        near = [_bare(k).removeprefix("ال") for k in reading.keys[max(word - 1, 0) : last + 1]]
        if bare in (near if mention.kind in _BODY_KINDS else near[:2]) and mention.kind != "state":
            return mention
    return None


def _refers_back(reading: Reading, first: int, last: int) -> bool:
    """Whether only adjectives stand beside the noun: no name, and no office of its own."""
    word = first + 1
    while word < last:
        between = reading.text[reading.ends[word - 1] : reading.starts[word]]
        key = reading.keys[word]
        if between.strip() or key in ADVERBS or key in _ITSELF:
            return True
        if key in _PREPOSITIONS:
            return not any(reading.named_by(i) for i in range(word + 1, min(word + 3, last)))
        if not key.startswith("ال"):
            own_office = key == "باسم" or key[1:] in BODIES or key.startswith(("لشؤون", "لشوون"))
            return not own_office and key.startswith(("ل", "ب", "و", "ف"))
        word += 1
    return True


def _last_two(reading: Reading, until: int) -> tuple[Speaker, ...]:
    people = [m for m in reading.mentions_before(until, _MEMORY) if m.kind == "person"]
    chosen: dict[str, Speaker] = {}
    for mention in reversed(people):
        chosen.setdefault(mention.actor, as_speaker(mention))
        if len(chosen) == 2:
            return tuple(reversed(chosen.values()))
    return ()


def _can_be_unlisted(reading: Reading, first: int, last: int, cue: Cue) -> bool:
    """Whether words after a verb are its subject and not its object."""
    key = reading.keys[first]
    if _heads_title(key) or key in SOME:
        return True
    if cue.sort in {"source", "noun"} or _is_adverbial(key) or key in _THESE:
        return False
    if key[0] in cue.needs or key in THAT or key.startswith(("بال", "لل")):
        return False
    following = reading.keys[last] if last < len(reading.keys) else ""
    gap = reading.text[reading.ends[last - 1] : reading.starts[last]] if following else ""
    clause = following in _WHAT_WAS_SAID or ":" in gap or bool(set(gap) & set('"«“”('))
    tail = reading.keys[first + 1 : last]
    to_or_on = any(k in _PREPOSITIONS or k.startswith("لل") for k in tail[:4])
    return clause or (to_or_on and bool(cue.needs))


def _is_adverbial(key: str) -> bool:
    """Whether a word says in what manner one speaks: "موجها", "باسم"."""
    return key.startswith("باسم") or (key[0] == "م" and key[-1] == "ا" and 5 <= len(key) <= 7)


def _unlisted(reading: Reading, first: int, last: int, history: History) -> Speaker:
    """Return a speaker whom the ledger does not know, as far as their name goes."""
    end = first + 1
    while end < last:
        between = reading.text[reading.ends[end - 1] : reading.starts[end]]
        key = reading.keys[end]
        if between.strip(' \u00a0_#"«»“”') or key in ADVERBS or len(key) == 1:
            break
        if key in _PREPOSITIONS - {"من", "في"} or key in RELATIVE:
            break
        if key.startswith("لل") and end > first + 1 and not _heads_title(reading.keys[first]):
            break
        end += 1
    while end > first + 1 and reading.keys[end - 1] in _PREPOSITIONS:
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


def _named_before(
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
        for m in reading.mentions_before(reading.starts[number], _MEMORY)
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
        found = _named_after(reading, begin + 1, number, cue, history)
        if found:
            return Found(found.speakers, "subject before the verb")
    if _heads_title(reading.keys[begin]) and number - begin < _FAR:
        found = _named_after(reading, begin, number, cue, history)
        return found and Found(found.speakers, "subject before the verb")
    return None


def _topic(reading: Reading, number: int, start: int, cue: Cue, history: History) -> Found | None:
    """Return the subject that stands first: "كانت روسيا قد أخبرت", "أما سفير فرنسا فقال"."""
    begin = reading.words_between(start, reading.starts[number]).start
    if begin == number or cue.sort != "verb" or number - begin > _FAR:
        return None
    key, before = reading.keys[begin], reading.keys[number - 1]
    if key in _TOPIC or (key in _WAS and before in {"قد", "لقد"}):
        found = _named_after(reading, begin + 1, number, cue, history)
        return found and Found(found.speakers, "subject before the verb")
    if reading.keys[number][0] in "وف" or not reading.keys[number].startswith(("ي", "ت")):
        return None
    head = [m for m in reading.named_by(begin) if reading.word_at(m.end - 1) == number - 1]
    if head and head[0].start - reading.starts[begin] == 0:
        return Found(tuple(map(as_speaker, head)), "subject before the verb")
    return None


def _of_the_sentence(
    reading: Reading, number: int, start: int, cue: Cue, history: History
) -> Found:
    """Return who speaks at "مشيرا": the speaker, else the subject of the sentence it belongs to."""
    earlier = history.speaker_of_sentence.get(start)
    if earlier is not None:
        return earlier
    return _subject_of_sentence(reading, number, start, cue, history) or _continued(
        reading, number, cue, history
    )


def _subject_of_sentence(
    reading: Reading, number: int, start: int, cue: Cue, history: History
) -> Found | None:
    """Return the subject of the verb with which the sentence begins: "أجرى ترامب اتصالا وأكد"."""
    begin = reading.words_between(start, reading.starts[number]).start
    if number - begin <= 2 or start in history.speaker_of_sentence:
        return None
    found = _named_after(reading, begin + 1, min(begin + _FAR, number), cue, history)
    if found and any(s.actor or s.head in TITLES | SOME for s in found.speakers):
        return Found(found.speakers, "subject of the sentence")
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
    named = [m for m in _named_until(reading, number) if m.sense == "actor"]
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

"""Those who speak, and the memory of who spoke so far in a document."""

from dataclasses import dataclass, field
from typing import NamedTuple

from khabar.actors.laid_out import Mention
from khabar.actors.speech import Cue

MEMORY = 40  # speakers and mentions to which a text still refers back
_EMBEDDED = frozenset(("subject before the verb", "antecedent of a relative clause"))
BY_THE_WAY = "source"  # the rule by which those are found who published what others said
BODY_KINDS = frozenset(("org", "institution", "group", "media"))


class Speaker(NamedTuple):
    """One who speaks; `actor` is missing if the ledger does not know them."""

    actor: str | None
    start: int
    end: int
    kind: str  # person, body, media or state
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
        embedded = found.rule in _EMBEDDED or found.rule == BY_THE_WAY
        if sentence in self.speaker_of_sentence and embedded:
            # "قال لافروف إن بوغدانوف أكد", "قال لافروف، بحسب رويترز": Lavrov goes on.
            self.spoken.insert(len(self.spoken) - 1, found.speakers)
        else:
            self.spoken.append(found.speakers)
            self.speaker_of_sentence[sentence] = found
        del self.spoken[:-MEMORY]
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
        known = {self.genders.get(_name(speaker), _gender(speaker)) for speaker in speakers}
        return not cue.gender or known <= {"", cue.gender}


def _gender(speaker: Speaker) -> str:
    """Return the gender of whom no verb has told it: agencies and papers are feminine."""
    is_body = speaker.kind == "body" and speaker.actor is None
    return "f" if speaker.kind == "media" or (is_body and speaker.head.endswith("ة")) else ""


def _name(speaker: Speaker) -> str:
    return speaker.actor or speaker.head


def as_speaker(mention: Mention) -> Speaker:
    """Return the one a mention names."""
    kind = mention.kind if mention.kind in {"person", "state", "media"} else "body"
    return Speaker(mention.actor, mention.start, mention.end, kind, mention.actor)

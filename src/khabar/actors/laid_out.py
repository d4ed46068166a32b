"""One document laid out for the search for speech: words, sentences, quotations, mentions."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from khabar.actors.marks import Quoted
from khabar.actors.speech import Cue

# A full stop ends a sentence before a space; in "3.5" and "..." it does not.
_SENTENCE_END = re.compile(r"\n|(?<![.\d])[.](?![.\w])|(?<=\d)\.(?!\w)|[!?؟](?![!?؟])")


class Mention(NamedTuple):
    """A mention as `find_mentions` found it, without what speech does not ask."""

    start: int
    end: int
    actor: str
    kind: str
    form: str
    sense: str
    attached: str  # the proclitic before it


@dataclass
class Reading:
    """A text, its words as counting keys, and what was found in it so far.

    Attributes
    ----------
    text : str
    keys, starts, ends : list
        Of each word its counting key and where it stands.
    cues : list of (int, Cue)
        Words that may report speech, by number.
    mentions : list of Mention
    passages : list of Quoted
        What stands between marks.
    """

    text: str
    keys: list[str]
    starts: list[int]
    ends: list[int]
    cues: list[tuple[int, Cue]]
    mentions: list[Mention]
    passages: list[Quoted]
    stops: list[int] = field(init=False)
    mention_starts: list[int] = field(init=False)
    passage_starts: list[int] = field(init=False)
    cue_numbers: set[int] = field(init=False)

    def __post_init__(self) -> None:
        marked = [(q.start, q.end) for q in self.passages if q.depth == 0 and q.closed]
        self.stops = sentence_ends(self.text, marked)
        self.cue_numbers = {number for number, _ in self.cues}
        self.passage_starts = [passage.start for passage in self.passages]
        self.mention_starts = [mention.start for mention in self.mentions]

    def sentence_of(self, position: int) -> tuple[int, int]:
        """Return where the sentence round a position begins and ends."""
        i = bisect_left(self.stops, position)
        start = self.stops[i - 1] + 1 if i else 0
        end = self.stops[i] if i < len(self.stops) else len(self.text)
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] == "."):
            end -= 1
        return start, end

    def words_between(self, start: int, end: int) -> range:
        """Return the numbers of the words that begin between two positions."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def mentions_between(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that begin between two positions."""
        return self.mentions[
            bisect_left(self.mention_starts, start) : bisect_left(self.mention_starts, end)
        ]

    def mentions_before(self, position: int, most: int) -> list[Mention]:
        """Return the last mentions that begin before a position."""
        stop = bisect_left(self.mention_starts, position)
        return self.mentions[max(stop - most, 0) : stop]

    def passage_from(self, position: int) -> Quoted | None:
        """Return the passage whose first word begins at the position."""
        i = bisect_right(self.passage_starts, position) - 1
        if i >= 0 and position - self.passages[i].start < 3 and position < self.passages[i].end:
            return self.passages[i]
        return None

    def named_by(self, word: int) -> list[Mention]:
        """Return the mentions that begin inside a word."""
        return self.mentions_between(self.starts[word], self.ends[word])

    def word_at(self, position: int) -> int:
        """Return the number of the word that holds a position."""
        return bisect_right(self.starts, position) - 1


def sentence_ends(text: str, inside: list[tuple[int, int]]) -> list[int]:
    """Return where sentences end; full stops in the passages `inside`, which are sorted, end none.

    >>> text = "قال «نعم. لا» ومضى. عاد"
    >>> sentence_ends(text, [(5, 12)]), text[18]
    ([18], '.')
    """
    starts = [start for start, _ in inside]
    ends = []
    for match in _SENTENCE_END.finditer(text):
        at = match.start()
        i = bisect_right(starts, at) - 1
        if match[0] == "\n" or i < 0 or at >= inside[i][1]:
            ends.append(at)
    return ends

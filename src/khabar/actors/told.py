"""What each document tells of its persons, institutions and states, for rules that look back."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from khabar.actors.held import Held
from khabar.actors.ledger import Ledger
from khabar.actors.reading import Reading
from khabar.actors.sense import AT_A_BORDER, IN_A_TITLE, PLACE
from khabar.actors.support import SAYING, nationality_tokens
from khabar.actors.word_sets import words

REGIMES = words("النظام")
_AND = "و"
_TOGETHER = 9  # words from one of a pair to the other
# A document is about the state where things happen rather than about those who act there.
_IF_PLACE = 3
_AS_A_PERSON = 0.5


@dataclass
class Document:
    """What a document has told so far, by position."""

    people: list[tuple[int, str, frozenset, bool]] = field(default_factory=list)
    pairs: list[tuple[int, str, str]] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    institutions: list[tuple[int, str, str]] = field(default_factory=list)
    places: list[tuple[int, str]] = field(default_factory=list)
    located: dict[int, str] = field(default_factory=dict)  # capitals too
    adjectives: list[tuple[int, str]] = field(default_factory=list)
    states: Counter = field(default_factory=Counter)


def read_documents(
    names: pd.DataFrame,
    titles: pd.DataFrame,
    beside: np.ndarray,
    reading: Reading,
    ledger: Ledger,
    held: Held,
    days: list[pd.Timestamp],
) -> dict[int, Document]:
    """Collect what the documents tell about persons, institutions and states.

    `beside` gives each title the row among the persons of `names` that it stands beside, or -1.
    """
    documents: dict[int, Document] = defaultdict(Document)
    people = names[names["kind"] == "person"]
    for head in names[names["is_head"]].itertuples():
        if head.key not in REGIMES:
            documents[head.document].heads.add(head.office)
    _tell_people(documents, people, titles, beside, reading, held, days)
    _tell_states(documents, names)
    _count_those_who_serve(names, people, documents, ledger, held)
    for token, document, state in zip(*nationality_tokens(reading, ledger), strict=True):
        documents[document].states[state] += 1
        documents[document].adjectives.append((token, state))
    for title in titles[titles["state"].notna() & titles["office"].notna()].itertuples():
        documents[title.document].states[title.state] += 1
        documents[title.document].institutions.append((title.first, title.state, title.office))
    for document in documents.values():
        document.institutions.sort()
    return documents


def _tell_people(
    documents: dict[int, Document],
    people: pd.DataFrame,
    titles: pd.DataFrame,
    beside: np.ndarray,
    reading: Reading,
    held: Held,
    days: list[pd.Timestamp],
) -> None:
    """Tell who is named where, in which offices, whether speaking, and with whom."""
    with_title: dict[int, list] = defaultdict(list)
    speaking, joined = set(), set()
    for title, row in zip(titles.itertuples(), beside.tolist(), strict=True):
        if row < 0:
            continue
        if isinstance(title.office, str):
            with_title[row].append((title.state, title.office))
        if title.spoken:
            speaking.add(row)
        if title.clitic == _AND:
            joined.add(row)
    speaks = reading.are(people["first"].to_numpy() - 1, SAYING, people["document"].to_numpy())
    known: dict[tuple[int, str], frozenset] = {}
    for row, (person, says) in enumerate(zip(people.itertuples(), speaks.tolist(), strict=True)):
        key = (person.document, person.actor)
        offices = known.get(key) or held.by(person.actor, days[person.document])
        known[key] = offices = offices | frozenset(with_title.get(row, ()))
        told = documents[person.document]
        is_joined = person.clitic == _AND or row in joined
        if told.people and is_joined and person.first - told.people[-1][0] < _TOGETHER:
            told.pairs.append((person.first, told.people[-1][1], person.actor))
        told.people.append((person.first, person.actor, offices, says or row in speaking))


def _tell_states(documents: dict[int, Document], names: pd.DataFrame) -> None:
    columns = ["document", "first", "form", "state", "office", "sense", "sense_rule"]
    for row in names.loc[names["state"].notna(), columns].itertuples():
        document = documents[row.document]
        there = row.sense == PLACE and row.sense_rule not in (IN_A_TITLE, AT_A_BORDER)
        document.states[row.state] += _IF_PLACE if there else 1
        if there:
            document.located[row.first] = row.state
        if there and row.form == "name":
            document.places.append((row.first, row.state))
        if isinstance(row.office, str):
            document.institutions.append((row.first, row.state, row.office))


def _count_those_who_serve(
    names: pd.DataFrame,
    people: pd.DataFrame,
    documents: dict[int, Document],
    ledger: Ledger,
    held: Held,
) -> None:
    """Let groups and persons speak for the state they are of, each once in a document."""
    of = ledger.actors["of"].dropna()
    of = of[of.isin(ledger.actors.index[ledger.actors["kind"] == "state"])].to_dict()
    pairs = zip(names["document"], names["actor"], strict=True)
    for document, actor in dict.fromkeys(pairs):
        if actor in of:
            documents[document].states[of[actor]] += _IF_PLACE
    for document, actor in dict.fromkeys(zip(people["document"], people["actor"], strict=True)):
        for state in {state for state, _ in held.by_person.get(actor, ()) if state}:
            documents[document].states[state] += _AS_A_PERSON

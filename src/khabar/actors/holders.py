"""Whom a title that stands alone names."""

import numpy as np
import pandas as pd

from khabar.actors.beside import FORMER, stand_alone, strangers_after
from khabar.actors.heads import state_of_head
from khabar.actors.held import Held
from khabar.actors.ledger import Ledger
from khabar.actors.lexicon import Lexicon
from khabar.actors.reading import Reading, name_keys
from khabar.actors.told import Document

Answer = list[tuple[str, str]]  # actors, each with the rule by which it is named


def with_holders(
    titles: pd.DataFrame,
    documents: dict[int, Document],
    reading: Reading,
    ledger: Ledger,
    lexicon: Lexicon,
    held: Held,
    days: list[pd.Timestamp],
) -> pd.DataFrame:
    """Give each title that stands alone the person it names, or the office."""
    titles = titles.sort_values(["document", "first", "last"], kind="stable")
    document, last = titles["document"].to_numpy(), titles["last"].to_numpy()
    former = reading.are(last + 1, FORMER, document).tolist()
    alone = stand_alone(last, document, reading, lexicon)
    strangers = strangers_after(titles, reading, lexicon)
    names = ledger.actors["ar"]
    answers: list[Answer] = []
    for title, was, ends, stranger in zip(
        titles.itertuples(), former, alone, strangers, strict=True
    ):
        told, day = documents[title.document], days[title.document]
        answer = _whom(title, told, held, lexicon.offices, day, former=was, alone=ends)
        if stranger and answer and not title.is_head and isinstance(title.state, str):
            # Before a name that is not in the ledger: the holder only if the first name is his.
            first_name = names.get(answer[0][0], "").partition(" ")[0]
            if name_keys([first_name]) != [stranger]:
                answer = [(title.actor, "office of a person who is not in the ledger")]
        for actor, _ in answer:
            offices = held.by(actor, day)
            if isinstance(title.office, str) and isinstance(title.state, str):
                offices |= {(title.state, title.office)}
            told.people.append((title.first, actor, offices, bool(title.spoken)))
        answers.append(answer)
    titles = titles.iloc[np.repeat(np.arange(len(titles)), [len(answer) for answer in answers])]
    given = [pair for answer in answers for pair in answer]
    return titles.assign(actor=[actor for actor, _ in given], rule=[why for _, why in given])


def _whom(
    title: tuple,
    told: Document,
    held: Held,
    office_of: dict[tuple[str, str], str],
    day: pd.Timestamp,
    *,
    former: bool,
    alone: bool,
) -> Answer:
    """Return whom one title names in its document, nobody if that is not clear."""
    named = {actor for _, actor, *_ in told.people}
    if title.form == "name" or (title.is_head and not isinstance(title.office, str)):
        return _institution(title, told, office_of)
    if title.is_head:
        return _without_state(title, told, held, office_of, day) if alone and not former else []
    if isinstance(title.office, str) and title.office in held.classes:
        answer = _antecedents(title, told, held, title.state, 1)
        if not answer and title.office not in _NO_OFFICE:
            return [(title.actor, "office, holder not certain")]
        return answer
    if former:
        holders = {actor for actor, *_ in held.terms.get(title.actor, ())} & named
        known = isinstance(title.office, str) and len(holders) == 1
        return [(holders.pop(), "a former holder named in the document")] if known else []
    holder, why = held.on(title.actor, day, named)
    if holder == title.actor and isinstance(title.state, str) and isinstance(title.office, str):
        for _, actor, offices, _ in told.people:
            if (title.state, title.office) in offices and actor != title.actor:
                return [(actor, "named with this title in the document")]
    return [(holder, why)]


def _without_state(
    title: tuple,
    told: Document,
    held: Held,
    office_of: dict[tuple[str, str], str],
    day: pd.Timestamp,
) -> Answer:
    """الوزير, الرئيس: whoever was named with it before, else of the state the document is about."""
    answer = _antecedents(title, told, held, None, 2 if title.several else 1)
    guessed = title.office not in _ONLY_NAMED_BEFORE and title.office not in held.classes
    if answer or title.several or not guessed:
        return answer
    state, why = state_of_head(title, told, strict=False)
    if not state or (state, title.office) not in office_of:
        return _only_one_of_the_kind(title, told, held)
    named = {actor for _, actor, *_ in told.people}
    actor, held_why = held.on(office_of[state, title.office], day, named)
    return [(actor, f"{held_why}; {why}")]


# Whoever is called so and was not named before may be anybody.
_NO_OFFICE = frozenset({"diplomat", "leader"})
_ONLY_NAMED_BEFORE = frozenset(
    "president king ambassador representative chancellor delegation_head".split()
)


def _only_one_of_the_kind(title: tuple, told: Document, held: Held) -> list[tuple[str, str]]:
    """Return the one person of the document who has this title, also if named only later."""
    able = {a for _, a, offices, _ in told.people if held.has(offices, title.office, None)}
    return [(able.pop(), "office, its holder named in the document")] if len(able) == 1 else []


def _institution(title: tuple, told: Document, office_of: dict) -> list[tuple[str, str]]:
    """Embassies and delegations are matched with the titles; they name themselves."""
    if not title.is_head:
        return [(title.actor, title.rule)]
    before = [state for at, state, what in told.institutions
              if what == title.office and at < title.first]  # fmt: skip
    if not before:
        return []
    return [
        (office_of[before[-1], title.office], f"{title.rule} without its state; as named before")
    ]


def _antecedents(
    title: tuple, told: Document, held: Held, state: str | None, n: int
) -> list[tuple[str, str]]:
    """Return the last persons before a title who have it: first those who were speaking."""
    before = [
        (at, actor, says)
        for at, actor, offices, says in sorted(told.people, key=lambda p: p[0])
        if at < title.first and held.has(offices, title.office, state)
    ]
    if n > 1:
        able = {actor for _, actor, _ in before}
        pairs = [pair for at, *pair in told.pairs if at < title.first and set(pair) <= able]
        if pairs:
            return [(actor, "title of the two named together before") for actor in pairs[-1]]
        recent = list(dict.fromkeys(actor for _, actor, _ in reversed(before)))[:n]
        return (
            [(actor, "title of the two named before") for actor in recent]
            if len(recent) == n
            else []
        )
    speaking = [actor for _, actor, says in before if says]
    if speaking:
        return [(speaking[-1], "title of the one who was speaking")]
    return [(before[-1][1], "title of the one named before")] if before else []

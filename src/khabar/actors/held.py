"""Who held which office of whom, and when."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from khabar.actors.ledger import Ledger

_OF_EVERY_KIND = frozenset({"minister", "ministry", "envoy"})


class Held:
    """Who holds which office of whom."""

    def __init__(self, ledger: Ledger) -> None:
        offices = ledger.offices
        made = ledger.generated.reindex(offices["office"])
        state = made["state"].where(made["state"].notna(), "").to_numpy()
        office = made["office"].where(made["office"].notna(), offices["office"].to_numpy())
        self.by_person: dict[str, set] = defaultdict(set)
        for person, of, what in zip(offices["actor"], state, office, strict=True):
            self.by_person[person].add((of, what))
        self.terms = {
            office: list(zip(terms["actor"], terms["start"], terms["end"], strict=True))
            for office, terms in offices.groupby("office")
        }
        self._spans: dict[str, list] = defaultdict(list)
        for person, pair, start, end in zip(
            offices["actor"], zip(state, office, strict=True), offices["start"], offices["end"],
            strict=True,
        ):  # fmt: skip
            self._spans[person].append((pair, start, end))
        self.classes = ledger.rules["classes"]
        self._asked: dict[tuple, tuple[str, str]] = {}

    def has(self, offices: Iterable[tuple[str, str]], wanted: str, state: str | None) -> bool:
        """Whether one of these offices is of the class, and of the state if one is asked for."""
        return any(
            self._is(office, wanted) and (state is None or of == state) for of, office in offices
        )

    def _is(self, office: str, wanted: str) -> bool:
        return any(
            office == kind or (kind in _OF_EVERY_KIND and _suffix(office, kind))
            for kind in self.classes.get(wanted, [wanted])
        )

    def by(self, person: str, day: pd.Timestamp) -> frozenset[tuple[str, str]]:
        """Return the offices of a person on a day; all of them if the day is not known."""
        return frozenset(
            office
            for office, start, end in self._spans.get(person, ())
            if day is pd.NaT
            or ((start is pd.NaT or start <= day) and (end is pd.NaT or day <= end))
        )

    def on(self, office: str, day: pd.Timestamp, named: set[str]) -> tuple[str, str]:
        """Return whom an office stands for on a day, and why."""
        terms = self.terms.get(office)
        if terms is None:
            return office, "office, holder not in the ledger"
        if day is not pd.NaT:
            if (office, day) not in self._asked:
                self._asked[office, day] = self._on_day(office, terms, day)
            holder, why = self._asked[office, day]
            if holder:
                return holder, why
        holders = sorted({actor for actor, *_ in terms} & named)
        if len(holders) == 1:
            return holders[0], "office, its holder named in the document"
        return office, "office, holder not certain"

    @staticmethod
    def _on_day(office: str, terms: list[tuple], day: pd.Timestamp) -> tuple[str, str]:
        holders = {
            actor
            for actor, start, end in terms
            if (start is pd.NaT or start <= day) and (end is pd.NaT or day <= end)
        }
        if len(holders) != 1:
            return "", ""
        return holders.pop(), f"office held on {day:%Y-%m-%d}"


@lru_cache(maxsize=4)
def held_in(ledger: Ledger) -> Held:
    """Prepare the terms of office of a ledger, once."""
    return Held(ledger)


def _suffix(office: str, kind: str) -> bool:
    return (f"_{kind}" in office) and not office.startswith(("prime_", "deputy_"))

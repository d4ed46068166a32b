"""One head said of several states: القوات الروسية والسورية, سفيرا بريطانيا وأستراليا."""

import numpy as np
import pandas as pd

from khabar.actors.ledger import Ledger
from khabar.actors.reading import SPACE, Reading, name_keys

_AND = "و"
_COMMAS = ("، ", ", ")


def with_second(heads: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Add the second state's own; heads in the dual share one span."""
    if second.empty:
        return heads
    ends = second[second["several"]].groupby("at")["end"].max().reindex(heads.index)
    heads = heads.assign(end=ends.fillna(heads["end"]).astype(np.int64))
    return pd.concat([heads, second.drop(columns="at")], ignore_index=True)


def said_of_another_state(
    heads: pd.DataFrame,
    names: pd.DataFrame,
    reading: Reading,
    ledger: Ledger,
    office_of: dict[tuple[str, str], str],
) -> pd.DataFrame:
    """Return a row for every further state of a head; `at` is the row of the head."""
    shared = heads["office"].notna() | heads["several"] | (heads["form"] == "adjective")
    heads = heads[heads["state"].notna() & shared]
    if heads.empty:
        return heads.assign(at=pd.Series(dtype=int))
    following = _Following(names, reading, ledger)
    heads = heads[following.begin_after(heads["last"].to_numpy()) | heads["several"].to_numpy()]
    rows = []
    for head in heads.itertuples():
        states = following.states_of(head)
        for state, last in states:
            actor = office_of.get((state, head.office)) if isinstance(head.office, str) else state
            if actor is None:
                continue
            row = head._asdict() | {"actor": actor, "state": state, "at": head.Index}
            row |= {"rule": f"{head.form}; one head said of several states"}
            if head.several:
                end = states[-1][1]
                rows.append(row | {"last": end, "end": int(reading.tokens.ends[end])})
                continue
            start, end = int(reading.tokens.starts[last]), int(reading.tokens.ends[last])
            form = head.form if head.is_title else "adjective"
            row |= {"first": last, "last": last, "start": start + len(_AND), "end": end}
            rows.append(row | {"form": form})
    return pd.DataFrame(rows, columns=["Index", *heads.columns, "at"]).drop(columns="Index")


class _Following:
    """States joined to a head: by an adjective with و, after a dual also by their names."""

    def __init__(self, names: pd.DataFrame, reading: Reading, ledger: Ledger) -> None:
        self._reading = reading
        words = [_AND + key for key in name_keys(ledger.nationalities.index)]
        # The last of equal words counts.
        self._row_of_type = reading.told_of({word: row for row, word in enumerate(words)})
        self._state_of_row = ledger.nationalities.tolist()
        of_state = (names["kind"] == "state") & names["office"].isna()
        named = names.loc[of_state & (names["clitic"] == _AND), ["first", "last", "actor"]]
        self._named = {row.first: (row.actor, row.last) for row in named.itertuples()}

    def begin_after(self, last: np.ndarray) -> np.ndarray:
        """Tell after which tokens a further adjective of nationality stands."""
        after = np.minimum(last + 1, len(self._reading) - 1)
        return self._row_of_type[self._reading.tokens.codes[after]] >= 0

    def states_of(self, head: tuple) -> list[tuple[str, int]]:
        """Return the further states of a head, each with its last token."""
        reading, last, states = self._reading, head.last, []
        while last + 1 < len(reading) and reading.document[last + 1] == head.document:
            gap = reading.gaps(np.array([last]))[0]
            nationality = self._row_of_type[reading.tokens.codes[last + 1]]
            state, last = (self._state_of_row[nationality] if nationality >= 0 else None), last + 1
            if state is None and head.several:
                state, last = self._named.get(last, (None, last))
            if not (SPACE[gap] or gap in _COMMAS) or state in (None, head.state):
                break
            states.append((state, last))
        return states

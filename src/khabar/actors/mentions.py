"""Find where actors are named.

In this order: every alias is found with its proclitics (`matching`); the longest wins; ambiguous
names must be supported by their document; titles stand for who held the office, and heads without
a state for the state the document is about (`roles`); states are told from places (`sense`).
A name inside a longer name is not counted again, but a state inside a person's title is.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from khabar.actors.ledger import Ledger
from khabar.actors.lexicon import Lexicon, lexicon_of
from khabar.actors.matching import CLITICS, SEVERAL, name_starts
from khabar.actors.reading import Reading, plain
from khabar.actors.roles import resolve
from khabar.actors.sense import ACTOR, ALWAYS_ACTS, PLACE, place_or_actor
from khabar.actors.support import supported
from khabar.actors.word_sets import words
from khabar.checks import require_type
from khabar.errors import KhabarError
from khabar.language.tokens import tokenize
from khabar.progress import progress

MENTION_COLUMNS = [
    "document_id", "start", "end", "surface", "actor", "kind", "form", "sense", "rule",
    "sense_rule",
]  # fmt: skip
_STRINGS = ["surface", "actor", "kind", "form", "sense", "rule", "sense_rule"]
_BLOCK = 4_000_000  # characters; what is found in a block is all that stays of it


def find_mentions(
    texts: pd.Series, ledger: Ledger, *, dates: pd.Series | None = None
) -> pd.DataFrame:
    """Every place where an actor of the ledger is named.

    Parameters
    ----------
    texts : Series of str, indexed by document
    ledger : Ledger
    dates : Series of datetime, optional
        Day of each document, by which an office is resolved to its holder.

    Returns
    -------
    DataFrame
        One row per mention, in order of document and position: `document_id`, `start`, `end`
        (characters in the text, end exclusive, proclitics outside), `surface` (as published),
        `actor`, `kind`, `form` (name, role, metonym, adjective), `sense` (actor or place), `rule`
        (why it was counted), `sense_rule` (why it is a place, or acts). `explain` says a row in a
        sentence.

    Notes
    -----
    A title beside the name of a person is part of that mention, not a second one. A title alone
    names the holder of the office on the document's date; without a date, the one holder named in
    the document; failing both, the office itself is the actor. A title without its state (الوزير)
    stands for whoever was named with it before, a government or army without its state for that
    of the state the document is about; where neither is clear, it is not counted.

    Examples
    --------
    >>> from khabar.actors.ledger import load_ledger
    >>> texts = pd.Series({"a": "قال لافروف وبوغدانوف في موسكو"})
    >>> find_mentions(texts, load_ledger())[["surface", "actor", "sense"]].values.tolist()
    [['لافروف', 'lavrov', 'actor'], ['بوغدانوف', 'bogdanov', 'actor'], ['موسكو', 'russia', 'place']]
    """
    require_type("texts", texts, pd.Series)
    require_type("ledger", ledger, Ledger)
    if dates is not None:
        _require_dates(dates, texts.index)
        dates = dates[~dates.index.duplicated()].reindex(texts.index)
    lexicon = lexicon_of(ledger)
    found = [
        _mentions_of(texts.iloc[rows], ledger, lexicon, None if dates is None else dates.iloc[rows])
        for rows in progress(list(_blocks(texts)), "find mentions")
    ]
    found = [block for block in found if len(block)]
    table = pd.concat(found or [pd.DataFrame(columns=MENTION_COLUMNS)], ignore_index=True)
    return table.astype({"start": "int64", "end": "int64", **dict.fromkeys(_STRINGS, "str")})


def _require_dates(dates: pd.Series, documents: pd.Index) -> None:
    require_type("dates", dates, pd.Series)
    if not documents.isin(dates.index).all():
        raise KhabarError("dates must hold every document of texts; some are missing")
    if not pd.api.types.is_datetime64_dtype(dates):
        raise KhabarError(
            f"dates must be days of type datetime without time zone, as pd.to_datetime makes, "
            f"not {dates.dtype}"
        )


def _blocks(texts: pd.Series) -> Iterator[slice]:
    """Cut the documents into runs of so many characters."""
    lengths = texts.str.len().fillna(0).to_numpy(dtype=np.int64)
    block = np.cumsum(lengths) // _BLOCK
    edges = np.flatnonzero(np.diff(block)) + 1
    bounds = [0, *edges.tolist(), len(texts)]
    yield from (slice(a, b) for a, b in pairwise(bounds) if a < b)


def _mentions_of(
    texts: pd.Series, ledger: Ledger, lexicon: Lexicon, dates: pd.Series | None
) -> pd.DataFrame:
    reading = Reading(tokenize(texts, numbers=True, latin=True))
    found = _matches(reading, lexicon)
    if found.empty:
        return pd.DataFrame(columns=MENTION_COLUMNS)
    names, titles = found[~found["is_title"]], found[found["is_title"]]
    names, titles = _with_persons_inside(_longest(names), names), _longest(titles)
    names = names[~_part_of_a_title(names, titles, reading)]
    if names.empty and titles.empty:
        return pd.DataFrame(columns=MENTION_COLUMNS)
    names = supported(names, titles, reading, ledger, lexicon)
    names["sense"], names["sense_rule"] = place_or_actor(names, reading)
    titles = plain(titles[~titles["is_other"]])
    found = resolve(plain(names), titles, reading, ledger, lexicon, dates)
    found = found.sort_values(["document", "start", "end", "actor"], ignore_index=True)
    found = found.drop_duplicates(["document", "start", "end", "actor"], ignore_index=True)
    # A capital that is a place stands for no government: there it is a name like others.
    by_place = (found["form"] == "metonym") & (found["sense"] == PLACE)
    spans = zip(found["document"], found["start"], found["end"], strict=True)
    published = reading.tokens.texts.tolist()
    return pd.DataFrame(
        {
            "document_id": reading.tokens.document_ids[found["document"]],
            "start": found["start"],
            "end": found["end"],
            "surface": [published[document][start:end] for document, start, end in spans],
            "actor": found["actor"],
            "kind": ledger.actors["kind"].reindex(found["actor"]).to_numpy(),
            "form": np.where(by_place, "name", found["form"]),
            "sense": found["sense"].astype(object).fillna(ACTOR),
            "rule": found["rule"],
            "sense_rule": found["sense_rule"].astype(object).fillna(ALWAYS_ACTS),
        }
    )


def _matches(reading: Reading, lexicon: Lexicon) -> pd.DataFrame:
    """Every match of every alias, overlapping ones included, with what its alias stands for."""
    found = lexicon.matcher.find(reading)
    told = lexicon.aliases.iloc[found["alias"]].reset_index(drop=True)
    several = found["clitic"].to_numpy() >= SEVERAL
    # Only an office or institution of a state is said of two states at once; a head without its
    # state only in the dual, for الوزراء are everybody.
    dual = [reading.keys[code].endswith(("ان", "ين")) for code in
            reading.tokens.codes[found["first"].to_numpy()[several]].tolist()]  # fmt: skip
    sensible = ~several | told["state"].notna().to_numpy()
    sensible[several] |= told["is_head"].to_numpy()[several] & np.array(dual, bool)
    found, told, several = found[sensible], told[sensible], several[sensible]
    first, clitic = found["first"].to_numpy(), found["clitic"].to_numpy()
    attached = np.array(CLITICS, dtype=object)[clitic % SEVERAL]
    form = told["form"].to_numpy()
    return told.assign(
        first=first,
        last=found["last"].to_numpy(),
        document=reading.document[first],
        start=name_starts(reading, first, clitic),
        end=reading.tokens.ends[found["last"]],
        clitic=attached,
        several=several,
        rule=np.where(attached == "", form, form + " after " + attached),
    ).reset_index(drop=True)


def _longest(found: pd.DataFrame) -> pd.DataFrame:
    """Of matches that overlap keep the longest; of equals the one with the shorter proclitic."""
    found = found.sort_values(["first", "last"], kind="stable", ignore_index=True)
    first, last = found["first"].to_numpy(), found["last"].to_numpy()
    if not len(found):
        return found
    reach = np.maximum.accumulate(last)
    begins = np.concatenate([[True], first[1:] > reach[:-1]])
    cluster = np.cumsum(begins) - 1
    crowded = np.bincount(cluster)[cluster] > 1
    kept = ~crowded
    rows = np.flatnonzero(crowded)
    letters = found["clitic"].str.len().to_numpy()
    doubtful = found["weak"].to_numpy() + 2 * found["is_head"].to_numpy()
    order = rows[np.lexsort([first[rows], doubtful[rows], letters[rows], (first - last)[rows]])]
    taken: dict[int, tuple[int, int, int]] = {}
    spans = zip(first.tolist(), last.tolist(), letters.tolist(), strict=True)
    spans = list(spans)
    for row in order.tolist():
        span = spans[row]
        inside = range(span[0], span[1] + 1)
        # A second actor under the very same words stays: an alias may name two.
        if all(taken.get(token, span) == span for token in inside):
            taken.update(dict.fromkeys(inside, span))
            kept[row] = True
    return found[kept].reset_index(drop=True)


def _with_persons_inside(kept: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Add the person whose office, forces or government a name tells of: مكتب دي ميستورا."""
    around = kept[kept["key"].str.split(" ", n=1).str[0].isin(_OF_A_PERSON)]
    persons = found[found["kind"] == "person"]
    inside = _longest(persons[_covered(persons, around)])
    return pd.concat([kept, inside]).sort_values(
        ["first", "last"], kind="stable", ignore_index=True
    )


def _part_of_a_title(names: pd.DataFrame, titles: pd.DataFrame, reading: Reading) -> np.ndarray:
    """Tell which institutions only say of what somebody is the head; a spokesperson speaks for his.

    Heads without a state are part of the title in either case.
    """
    before = names["first"].to_numpy() - 1
    spoken_for = reading.are(before, _IN_THE_NAME_OF, names["document"].to_numpy())
    of_state = names["office"].notna().to_numpy() & ~spoken_for
    return _covered(names, titles) & (of_state | names["is_head"].to_numpy())


_IN_THE_NAME_OF = words("باسم")
_OF_A_PERSON = words("مكتب قوات نظام حكومة إدارة")


def _covered(found: pd.DataFrame, by: pd.DataFrame) -> np.ndarray:
    """Tell which matches lie inside one of `by`, and are shorter."""
    starts = by["first"].to_numpy()
    at = np.searchsorted(starts, found["first"].to_numpy(), side="right") - 1
    inside = at >= 0
    holder = np.maximum(at, 0)
    if not len(by):
        return np.zeros(len(found), bool)
    ends = by["last"].to_numpy()[holder]
    longer = (ends - starts[holder]) > (found["last"] - found["first"]).to_numpy()
    return inside & longer & (found["last"].to_numpy() <= ends)

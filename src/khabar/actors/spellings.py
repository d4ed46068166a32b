"""Other spellings of known actors, shown for confirmation and never counted by themselves."""

import re
from collections import defaultdict
from difflib import SequenceMatcher

import pandas as pd

from khabar.actors.ledger import Ledger
from khabar.checks import require_columns, require_type
from khabar.language.orthography import counting_key, name_key
from khabar.language.words import WORD

_ALIKE = 0.72
_WORD_BEFORE = re.compile(rf"({WORD.pattern})[\s_]+$")
_VOWELS = re.compile("(?<!^)[اويى]")
_LINES = 3
SPELLING_COLUMNS = ["actor", "known", "written", "mentions", "documents", "places"]


def suggest_spellings(
    texts: pd.Series, mentions: pd.DataFrame, suggestions: pd.DataFrame, ledger: Ledger
) -> pd.DataFrame:
    """Names in the texts that may be known persons, spelt as the ledger does not spell them.

    Parameters
    ----------
    texts : Series of str, indexed by document
    mentions : DataFrame
        As `find_mentions` returns them for the texts.
    suggestions : DataFrame
        As `suggest_actors` returns them.
    ledger : Ledger

    Returns
    -------
    DataFrame
        One row per actor and spelling: `actor`, `known` (the spelling of the ledger that comes
        nearest), `written` (the new one), `mentions`, `documents`, `places` (list of up to three
        (document_id, start, end), for `suggestion_lines`). The most frequent come first.

    Notes
    -----
    Two ways are looked at: a first name before a known last name ("سيفان دي ميستورا"), and a
    suggested name that differs from a known one in a letter or in its long vowels. Brothers and
    namesakes look the same: nothing is merged before somebody has confirmed it.

    Examples
    --------
    >>> from khabar.actors.ledger import load_ledger
    >>> from khabar.actors.mentions import find_mentions
    >>> texts, ledger = pd.Series(["قال سرجيه لافروف إن", "وصل سيرغي لافروف"]), load_ledger()
    >>> mentions = find_mentions(texts, ledger)
    >>> nobody = pd.DataFrame(columns=["name", "aliases", "mentions", "documents", "places"])
    >>> suggest_spellings(texts, mentions, nobody, ledger)[["actor", "written"]].values.tolist()
    [['lavrov', 'سرجيه لافروف']]
    """
    require_type("texts", texts, pd.Series)
    require_type("ledger", ledger, Ledger)
    require_columns("mentions", mentions, ["document_id", "start", "end", "actor", "form"])
    require_columns("suggestions", suggestions, ["name", "mentions", "documents", "places"])
    rows = [*_before_last_names(texts, mentions, ledger), *_near_known(suggestions, ledger)]
    table = pd.DataFrame(rows, columns=SPELLING_COLUMNS)
    table = table.drop_duplicates(["actor", "written"])
    order = ["mentions", "actor", "written"]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)


def _persons(ledger: Ledger) -> pd.DataFrame:
    persons = ledger.actors.index[ledger.actors["kind"] == "person"]
    aliases = ledger.aliases
    return aliases[aliases["actor"].isin(persons) & (aliases["form"] == "name")]


def _before_last_names(texts: pd.Series, mentions: pd.DataFrame, ledger: Ledger) -> list[tuple]:
    """Return the first names before known last names that are nearly the one of the ledger."""
    aliases = _persons(ledger)
    full = defaultdict(list)
    for alias, actor in zip(aliases["alias"], aliases["actor"], strict=True):
        if " " in alias:
            full[actor].append(alias)
    found = defaultdict(list)
    named = mentions[(mentions["form"] == "name") & mentions["actor"].isin(full.keys())]
    columns = (named[name].tolist() for name in ("document_id", "start", "end", "actor"))
    for document, start, end, actor in zip(*columns, strict=True):
        text = texts.loc[document]
        before = _WORD_BEFORE.search(text, max(0, start - 24), start)
        if before is None:
            continue
        last, first = name_key(text[start:end]), counting_key(before[1])
        for alias in full[actor]:
            known_first, _, known_last = name_key(alias).partition(" ")
            if known_last == last and first != known_first and alike(first, known_first):
                written = f"{before[1]} {text[start:end]}"
                found[actor, alias, written].append((document, before.start(1), end))
                break
    return [
        (*key, len(places), len({place[0] for place in places}), places[:_LINES])
        for key, places in found.items()
    ]


def _near_known(suggestions: pd.DataFrame, ledger: Ledger) -> list[tuple]:
    """Return the suggested names that nearly are a known full name."""
    by_skeleton = defaultdict(list)
    for alias, actor in zip(*(_persons(ledger)[c] for c in ("alias", "actor")), strict=True):
        words = name_key(alias).split()
        if len(words) > 1:
            for word in words:
                by_skeleton[_skeleton(word)].append((words, alias, actor))
    rows = []
    for row in suggestions.itertuples():
        words = name_key(row.name).split()
        near = [
            (alias, actor)
            for word in words
            for known, alias, actor in by_skeleton[_skeleton(word)]
            if len(known) == len(words) > 1
            and known != words
            and all(a == b or alike(a, b) for a, b in zip(known, words, strict=True))
        ]
        for alias, actor in near[:1]:
            rows.append((actor, alias, row.name, row.mentions, row.documents, row.places))
    return rows


def _skeleton(word: str) -> str:
    return _VOWELS.sub("", word)


def alike(a: str, b: str) -> bool:
    """Whether two names may be one, differently spelt.

    >>> alike("ستافان", "ستيفان"), alike("سيفان", "ستيفان"), alike("بشار", "ماهر")
    (True, True, False)
    """
    if min(len(a), len(b)) < 4 or a[0] != b[0] or abs(len(a) - len(b)) > 2:
        return False
    folded = [_skeleton(word).replace("ج", "غ") for word in (a, b)]
    return folded[0] == folded[1] or SequenceMatcher(None, a, b).ratio() >= _ALIKE

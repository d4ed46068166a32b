"""The ledger as the matching needs it: every alias cut, spelt in all ways, with its conditions."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from khabar.actors.ledger import Ledger
from khabar.actors.matching import Matcher, build_matcher, cut_aliases, spellings_of
from khabar.actors.reading import name_keys, plain
from khabar.collection import no_collection
from khabar.language.stopwords import stop_words


@dataclass(frozen=True, eq=False)
class Lexicon:
    """A matcher, and what each of its aliases stands for.

    Attributes
    ----------
    matcher : Matcher
    aliases : DataFrame
        The columns of `Ledger.aliases`, and `kind`, `state` and `office` (missing unless generated
        or itself a state), `is_title` (matched beside the names, not against them), `is_head` (said
        without a state), `is_other` (no actor at all), `n_words`, `key` (its words).
    given_names : frozenset of str
        First names of the persons: before another surname they make another person.
    offices : dict
        The actor of each (state, office).
    """

    matcher: Matcher
    aliases: pd.DataFrame
    given_names: frozenset[str]
    offices: dict[tuple[str, str], str]


@lru_cache(maxsize=4)
@no_collection()
def lexicon_of(ledger: Ledger) -> Lexicon:
    """Prepare a ledger for matching, once."""
    aliases = _every_alias(ledger)
    words = [tuple(key.split(" ")) if key else () for key in aliases["key"].tolist()]
    several = {
        key: name_keys(forms)
        for head, forms in ledger.rules["several"].items()
        if head != "line"
        for key in name_keys([head])
    }
    written = aliases["source"].to_numpy() == "file"
    foreign = (aliases["kind"] == "person").to_numpy() & written
    spellings = [
        spellings_of(way, foreign=bool(f)) if w else [way]
        for way, w, f in zip(words, written, foreign, strict=True)
    ]
    own = {way for ways in spellings for way in ways[:1]}
    # A spelling nobody told us of gives way to a name that is in the ledger.
    spellings = [[ways[0], *(w for w in ways[1:] if w not in own)] for ways in spellings]
    aliases = aliases.assign(n_words=[len(way) for way in words])
    names = [way for way, person in zip(words, foreign, strict=True) if person and len(way) > 1]
    given = {way[0] for way in names} - set(name_keys(stop_words()["key"]))
    return Lexicon(
        build_matcher(spellings, several), plain(aliases), frozenset(given), _offices_of(ledger)
    )


def _offices_of(ledger: Ledger) -> dict[tuple[str, str], str]:
    generated = ledger.generated
    pairs = zip(generated["state"], generated["office"], strict=True)
    return dict(zip(pairs, generated.index, strict=True))


def _every_alias(ledger: Ledger) -> pd.DataFrame:
    named = ledger.aliases
    made = ledger.generated.reindex(named["actor"])
    kind = ledger.actors["kind"].reindex(named["actor"]).to_numpy()
    generated = made["office"].notna().to_numpy()
    titles = {"embassy", "delegation"}
    table = named.assign(
        kind=kind,
        state=np.where(generated, made["state"], np.where(kind == "state", named["actor"], None)),
        office=made["office"].to_numpy(),
        is_title=(named["form"] == "role").to_numpy() | made["office"].isin(titles).to_numpy(),
        is_head=False,
        is_other=False,
        source=np.where(
            generated & ledger.actors["file"].reindex(named["actor"]).isna(), "", "file"
        ),
    )
    of_persons = (ledger.heads["form"] == "role") & (ledger.heads["office"] != "ministry")
    heads = ledger.heads.assign(is_title=of_persons, is_head=True)
    others = pd.DataFrame({"alias": ledger.rules["other_names"], "is_other": True, "form": "name"})
    table = pd.concat([table, heads, others], ignore_index=True)
    defaults = {"weak": False, "is_title": False, "is_head": False, "is_other": False}
    for column, value in defaults.items():
        table[column] = (
            table[column].astype(object).where(table[column].notna(), value).astype(bool)
        )
    return _with_needs(table, ledger)


def _with_needs(table: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Add the conditions that `contexts.yaml` puts on ambiguous names."""
    needs = {_key(name): actor for name, actor in ledger.rules["needs"].items() if name != "line"}
    cut = cut_aliases(table["alias"].tolist())
    keys = pd.Series([" ".join(words) for words in cut], table.index)
    wanted = keys.map(needs).where(table["actor"].notna() & table["needs"].isna())
    head_keys = set(keys[table["is_head"]])
    # What a head without a state means the document tells; a row for one state would guess.
    guessed = keys.isin(head_keys) & ~table["is_head"] & table["needs"].notna()
    needs = table["needs"].where(wanted.isna(), wanted)
    return table.assign(needs=needs, key=keys)[~guessed].reset_index(drop=True)


def _key(name: str) -> str:
    return " ".join(cut_aliases([name])[0])

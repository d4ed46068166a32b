"""Offices and institutions that every state has, filled from templates."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

# Generated actors are part of none, have no time of their own, and stand on no line of a file.
_NOWHERE = (None, None, None, None, None)


class Made(NamedTuple):
    """An office or institution with everything it is called."""

    actor: tuple
    aliases: list[tuple]
    state: str
    office: str


def every_office(templates: dict) -> list[dict]:
    """List the templates, ministers and ministries of every field among them."""
    ministries = []
    for ministry in templates["ministries"]:
        words = [ministry["noun"], *ministry.get("also", [])]
        if ministry.get("minister", True):
            ministries.append(_for_ministry(templates["minister"], "minister", ministry, words))
        ministries.append(_for_ministry(templates["ministry"], "ministry", ministry, words))
    return [*templates["state_offices"], *templates["state_institutions"], *ministries]


def _for_ministry(template: dict, suffix: str, ministry: dict, words: list[str]) -> dict:
    patterns = template["patterns"] + (template.get("short", []) if ministry.get("short") else [])
    bare = template["bare"]
    return {
        "id": f"{ministry['id']}_{suffix}",
        "single": template.get("single", False),
        "kind": "person" if suffix == "minister" else "institution",
        "names": {
            "ar": _with_noun(template["names"]["ar"], words[0]),
            "en": template["names"]["en"].replace("{E}", ministry["en"]),
        },
        "patterns": [_with_noun(pattern, word) for pattern in patterns for word in words],
        "bare": [_with_noun(pattern, word) for pattern in bare for word in words]
        + (ministry.get("only_bare", []) if suffix == "ministry" else []),
    }


def _with_noun(pattern: str, noun: str) -> str:
    without = " ".join(word.removeprefix("ال") for word in noun.split())
    return pattern.replace("{N}", noun).replace("{n}", without)


def made_for(state: dict, template: dict) -> Made:
    """Fill the template of an office or institution for one state."""
    id_ = template.get("id_of", {}).get(state["id"], f"{state['id']}_{template['id']}")
    kind = template.get("kind", "person")
    form = "role" if kind == "person" else "name"
    ways = [alias for pattern in template["patterns"] for alias in _fill(pattern, state)]
    name = [*_fill(template["names"]["ar"], state), *ways, state["names"]["ar"]][0]
    english = template["names"]["en"].replace("{name}", state["names"]["en"])
    actor = (id_, kind, name, english, f"generated for {state['id']}", *_NOWHERE)
    aliases = [(alias, id_, form, None, False) for alias in ways]
    return Made(actor, aliases, state["id"], template["id"])


def made_of_organisation(office: dict) -> Made:
    """Return the office of an organisation."""
    names = office["names"]
    actor = (office["id"], "person", names["ar"], names["en"], "an office", *_NOWHERE)
    patterns = [p for pattern in office["patterns"] for p in _spellings_of_syria(pattern)]
    return Made(actor, [(p, office["id"], "role", None, False) for p in patterns], "", office["id"])


def said_by_adjective(state: dict, templates: dict) -> list[tuple]:
    """Return the aliases of a state that consist of an adjective, such as الجانب الروسي."""
    filled = [a for pattern in templates["state_adjectives"] for a in _fill(pattern, state)]
    return [(alias, state["id"], "adjective", None, False) for alias in filled]


def heads(offices: Iterable[dict]) -> list[tuple]:
    """Return what offices and institutions are called without their state."""
    return [
        (alias, office["id"], "role" if _is_role(office) else "name")
        for office in offices
        for alias in office.get("bare", [])
    ]


def _is_role(office: dict) -> bool:
    """A head that tells no office (الوزارة) is a role, like all titles of persons."""
    return office.get("kind", "person") == "person" or "class" in office


def nationalities(states: Iterable[dict]) -> pd.Series:
    """Return the state of each adjective of nationality, indexed by the word with its article."""
    pairs = [
        (form, state["id"])
        for state in states
        for adjective in state.get("adjective", [])
        if " " not in adjective
        for form in (f"ال{adjective}", f"ال{adjective}ة")
    ]
    words, ids = zip(*pairs, strict=True) if pairs else ((), ())
    series = pd.Series(ids, index=pd.Index(words, dtype=object), dtype=object)
    return series[~series.index.duplicated()]


def _fill(pattern: str, state: dict) -> list[str]:
    """Fill a template, in no way if the state has no adjective; `text:state` is that state's."""
    text, _, only = pattern.partition(":")
    if only and only != state["id"]:
        return []
    names = [state["names"]["ar"], *state.get("aliases", [])] if "{name}" in text else [""]
    adjectives = state.get("adjective", []) if "{m}" in text or "{f}" in text else [""]
    filled = [
        text.replace("{name}", name)
        .replace("{m}", " ".join(f"ال{word}" for word in adjective.split()))
        .replace("{f}", " ".join(f"ال{word}ة" for word in adjective.split()))
        for name in names
        for adjective in adjectives
    ]
    # The article loses its alef after ل: المبعوث الأممي للسودان.
    filled = [text.replace(" لال", " لل") for text in filled]
    return [spelling for f in filled for spelling in _spellings_of_syria(f)]


def _spellings_of_syria(pattern: str) -> list[str]:
    """Syria is part of many titles, and half of the Arabic press spells it with teh marbuta."""
    return list(dict.fromkeys([pattern, pattern.replace("سوريا", "سورية")]))

"""The ledger: whom khabar knows, under which names, in which office, when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from reprlib import repr as brief  # a list may hold itself, or another a million times over

import pandas as pd
import yaml

from khabar.actors.offices import (
    every_office,
    heads,
    made_for,
    made_of_organisation,
    nationalities,
    said_by_adjective,
)
from khabar.actors.reading import name_keys
from khabar.collection import no_collection
from khabar.errors import KhabarError
from khabar.language.orthography import normalize

_ALIAS_COLUMNS = ["alias", "actor", "form", "needs", "weak"]
_ACTOR_COLUMNS = ["actor", "kind", "ar", "en", "source", "of", "start", "end", "file", "line"]
KINDS = ("person", "state", "org", "institution", "group", "media")
_FIELDS = frozenset(
    (
        "id kind names aliases weak aliases_when_named adjective capital offices active of source"
        " line"
    ).split()
)
_FOLDER = files("khabar.data") / "ledger"
_BUNDLED = {
    "states.yaml": "state",
    "persons.yaml": "person",
    "organisations.yaml": None,
}


@dataclass(frozen=True, eq=False, repr=False)
class Ledger:
    """The actors, every way of naming them, and who held which office.

    Attributes
    ----------
    actors : DataFrame, indexed by actor
        `kind` (person, state, org, institution, group or media), `ar` and `en` (names), `source`;
        `of` (the actor it is part of; missing if none or generated); `start` and `end` of the time
        in which it acted (missing if open or not known); `file` and `line` (where it is written;
        missing if generated).
    aliases : DataFrame
        `alias`, `actor`, `form` (name, metonym, role or adjective), `needs` (another actor that
        must be named in the same document for the alias to count; missing if none) and `weak`
        (the same actor must be named by a stronger alias there).
    offices : DataFrame
        `office` (an actor of the ledger, such as `russia_foreign_minister`), `actor` (the holder),
        `start` and `end` (missing while in office), `single` (one holder at a time).
    generated : DataFrame, indexed by actor
        Offices and institutions that every state has: `state` and `office` (`foreign_minister`).
    heads : DataFrame
        Offices and institutions said without their state, as in الحكومة: `alias`, `office`, `form`.
    nationalities : Series
        The state of each adjective of nationality, masculine and feminine, indexed by the word.
    rules : dict
        Words that decide between two readings, as `offices.yaml` and `contexts.yaml` list them.
    """

    actors: pd.DataFrame
    aliases: pd.DataFrame
    offices: pd.DataFrame
    generated: pd.DataFrame
    heads: pd.DataFrame
    nationalities: pd.Series
    rules: dict

    def __repr__(self) -> str:
        return (
            f"<Ledger: {len(self.actors)} actors, {len(self.aliases)} aliases, "
            f"{len(self.offices)} terms of office>"
        )

    def names(self, language: str = "ar") -> pd.Series:
        """Return the name of each actor in Arabic (`ar`) or English (`en`)."""
        if language not in {"ar", "en"}:
            raise KhabarError(f"language must be 'ar' or 'en', not {language!r}")
        return self.actors[language]


def load_ledger(path: str | Path | None = None, *, extend: bool = True) -> Ledger:
    """Load the bundled ledger, and a file of one's own over it.

    Parameters
    ----------
    path : str or Path, optional
        A YAML list of actors, each with `id`, `kind`, `names: {ar, en}`, `aliases`; for
        persons `offices: [{office, of, from, to}]`, for others `active: {from, to}`; see the
        bundled files for every field.
    extend : bool
        Whether the actors of `path` come on top of the bundled ones (same `id`: replace them), or
        stand alone.

    Returns
    -------
    Ledger
        The bundled one is built once and handed out again: it is to be read, not written.

    Raises
    ------
    KhabarError
        Names the file, the line and what is wrong with it.

    Examples
    --------
    >>> load_ledger().actors.loc["lavrov", ["kind", "en"]].tolist()
    ['person', 'Sergey Lavrov']
    """
    if path is None:
        return _bundled_ledger()
    file = Path(path)
    if not file.is_file():
        raise KhabarError(f"no such ledger file: {str(path)!r}")
    rows = _bundled_rows() if extend else {}
    return _build(rows | {row["id"]: row for row in _actor_rows(file, None)})


@cache
def _bundled_ledger() -> Ledger:
    return _build(_bundled_rows())


@cache
@no_collection()
def _bundled_rows() -> dict[str, dict]:
    return {
        row["id"]: row
        for name, kind in _BUNDLED.items()
        for row in _actor_rows(_FOLDER / name, kind)
    }


_DEEPEST = 50
# What yaml's own readers of single values raise: at 2015-02-30, at `!!bool x`, at `!!int ""`.
_UNREADABLE_VALUE = (ValueError, AttributeError, KeyError, IndexError, TypeError)


class _LineLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Keep the line on which each mapping begins, and name that of a value that is none."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:
        try:
            return super().construct_object(node, deep=deep)
        except _UNREADABLE_VALUE as error:
            kind = node.tag.rpartition(":")[2]
            told = f"{brief(node.value)} cannot be read as {kind}: {error}"
            raise yaml.constructor.ConstructorError(None, None, told, node.start_mark) from error


def _mapping_with_line(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict:
    return {**loader.construct_mapping(node, deep=True), "line": node.start_mark.line + 1}


_LineLoader.add_constructor("tag:yaml.org,2002:map", _mapping_with_line)


def _read_yaml(text: str, name: str) -> list | dict:
    try:
        return yaml.load(text, Loader=_LineLoader)
    except yaml.YAMLError as error:
        raise KhabarError(f"{name} is not valid YAML: {error}") from error


def _check_depth(text: str, name: str) -> None:
    """Refuse what is nested so deeply that libyaml, which recurs, would end the process."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_LineLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise KhabarError(
                    f"{name}: nested deeper than {_DEEPEST} levels, no list of actors"
                )
    except yaml.YAMLError:
        return  # `_read_yaml` tells why


def _actor_rows(file: Traversable | Path, kind: str | None) -> Iterator[dict]:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise KhabarError(f"{file.name} is not UTF-8: {error}") from error
    _check_depth(text, file.name)
    content = _read_yaml(text, file.name)
    if not isinstance(content, list):
        raise KhabarError(f"{file.name}: expected a list of actors, each with an id")
    for row in content:
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            line = f", line {row['line']}" if isinstance(row, dict) else ""
            raise KhabarError(f"{file.name}{line}: an actor needs an id (lower-case English)")
        row.setdefault("kind", kind)
        if fault := next(_faults(row), None):
            raise KhabarError(f"{file.name}, line {row['line']}: {row['id']}: {fault}")
        yield {**row, "file": file.name}


def _faults(row: dict) -> Iterator[str]:
    """Yield what in a row is not as it must be."""
    if unknown := sorted(map(str, set(row) - _FIELDS)):
        yield f"unknown field {unknown[0]!r}; known are {', '.join(sorted(_FIELDS - {'line'}))}"
    if row["kind"] not in KINDS:
        yield f"kind must be one of {', '.join(KINDS)}, not {brief(row['kind'])}"
    names = row.get("names")
    if not (isinstance(names, dict) and all(_is_text(names.get(key)) for key in ("ar", "en"))):
        yield "needs names: {ar: ..., en: ...}, both of them text"
    conditional = row.get("aliases_when_named", {"actor": "x", "aliases": []})
    if not (isinstance(conditional, dict) and _is_text(conditional.get("actor"))):
        yield "aliases_when_named must be {actor: ..., aliases: [...]}"
        return
    for field in ("aliases", "weak", "adjective"):
        if not _is_list_of_text(row.get(field, [])):
            yield f"{field} must be a list of texts, as in [one, two]"
    if not _is_list_of_text(conditional.get("aliases")):
        yield "aliases_when_named: aliases must be a list of texts, as in [one, two]"
    terms = row.get("offices", [])
    if not (isinstance(terms, list) and all(isinstance(term, dict) for term in terms)):
        yield "offices must be a list of {office: ..., of: ..., from: ..., to: ...}"
        return
    for term in terms:
        if not (_is_text(term.get("office")) and _is_text(term.get("of"))):
            yield "an office needs office: and of:"
        yield from _faults_of_span(term)
    capital = row.get("capital", {"ar": "x"})
    if not (isinstance(capital, dict) and _is_text(capital.get("ar"))):
        yield "capital must be {ar: ..., en: ..., aliases: [...]}"
        return
    if not _is_list_of_text(capital.get("aliases", [])):
        yield "capital: aliases must be a list of texts, as in [one, two]"
    if not _is_text(row.get("of", "x")):
        yield f"of must be the id of another actor, not {brief(row['of'])}"
    if not isinstance(row.get("active", {}), dict):
        yield "active must be {from: ..., to: ...}"
        return
    yield from _faults_of_span(row.get("active", {}))


def _faults_of_span(span: dict) -> Iterator[str]:
    for field in ("from", "to"):
        day = span.get(field)
        if not isinstance(day, date | None) or isinstance(day, datetime):
            yield f"{field}: must be a day such as 2015-04-23, not {brief(day)}"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


@no_collection()
def _build(by_id: dict[str, dict]) -> Ledger:
    rows = list(by_id.values())
    templates, contexts = (
        _read_yaml((_FOLDER / name).read_text(encoding="utf-8"), name)
        for name in ("offices.yaml", "contexts.yaml")
    )
    states = [row for row in rows if row["kind"] == "state"]
    offices = every_office(templates)
    made = [
        made_for(state, office)
        for state in states
        for office in offices
        if state["id"] in office.get("states", [state["id"]])
    ]
    made += [made_of_organisation(office) for office in templates["offices"]]
    actors = [_actor(row) for row in rows]
    # A row of the files goes before the office or institution generated under the same id.
    table = pd.DataFrame([*actors, *(office.actor for office in made)], columns=_ACTOR_COLUMNS)
    table = _with_days(table.drop_duplicates("actor").set_index("actor"))
    aliases = [alias for row in rows for alias in _row_aliases(row)]
    generated = [alias for office in made for alias in office.aliases]
    generated += [alias for state in states for alias in said_by_adjective(state, templates)]
    aliases += _not_among(generated, aliases)
    bare = [*offices, *templates["bare_titles"]]
    of_states = [(o.actor[0], o.state, o.office) for o in made if o.state]
    return Ledger(
        table,
        pd.DataFrame(aliases, columns=_ALIAS_COLUMNS).drop_duplicates(ignore_index=True),
        _terms_of_office(rows, table.index, _shared_offices(offices, templates)),
        pd.DataFrame(of_states, columns=["actor", "state", "office"]).set_index("actor"),
        pd.DataFrame(heads(bare), columns=["alias", "office", "form"]).drop_duplicates("alias"),
        nationalities(states),
        {
            **contexts,
            "several": templates["several"],
            "classes": {o["id"]: o["class"] for o in bare if "class" in o},
        },
    )


def _not_among(generated: list[tuple], written: list[tuple]) -> list[tuple]:
    """Leave out generated aliases that the files give to an actor of their own."""
    taken = set(name_keys(normalize(alias) for alias, *_ in written))
    keys = name_keys(normalize(alias) for alias, *_ in generated)
    return [alias for alias, key in zip(generated, keys, strict=True) if key not in taken]


def _actor(row: dict) -> tuple:
    names = row["names"]
    active = row.get("active", {})
    told = (row["id"], row["kind"], names["ar"], names["en"], row.get("source", ""), row.get("of"))
    return (*told, active.get("from"), active.get("to"), row["file"], row["line"])


def _with_days(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(start=pd.to_datetime(table["start"]), end=pd.to_datetime(table["end"]))


def _row_aliases(row: dict) -> Iterator[tuple]:
    """Yield the ways a row of the files names its own actor."""
    for alias in dict.fromkeys([row["names"]["ar"], *row.get("aliases", [])]):
        for case in _cases(alias) if row["kind"] == "person" else [alias]:
            yield (case, row["id"], "name", None, False)
    for alias in row.get("weak", []):
        yield (alias, row["id"], "name", None, True)
    conditional = row.get("aliases_when_named", {})
    for alias in conditional.get("aliases", []):
        yield (alias, row["id"], "name", conditional["actor"], False)
    capital = row.get("capital", {})
    for alias in [capital["ar"], *capital.get("aliases", [])] if capital else []:
        yield (alias, row["id"], "metonym", None, False)


def _cases(name: str) -> list[str]:
    """Return a name in its three cases: أبو محمد, أبي محمد, أبا محمد."""
    first, _, rest = name.partition(" ")
    return [name, f"أبي {rest}", f"أبا {rest}"] if first in {"أبو", "ابو"} and rest else [name]


def _shared_offices(offices: list[dict], templates: dict) -> set[str]:
    """Offices that several people hold at once."""
    return {o["id"] for o in [*offices, *templates["offices"]] if not o.get("single", False)}


def _terms_of_office(rows: list[dict], known: pd.Index, shared: set[str]) -> pd.DataFrame:
    terms = []
    for row in rows:
        for term in row.get("offices", []):
            generated = f"{term['of']}_{term['office']}"
            office = generated if generated in known else term["office"]
            place = f"{row['file']}, line {term['line']}: {row['id']}"
            if term["of"] not in known:
                raise KhabarError(f"{place} holds an office of the unknown state {term['of']!r}")
            if office not in known:
                raise KhabarError(
                    f"{place} holds an unknown office {term['office']!r} of {term['of']!r}"
                )
            single = term["office"] not in shared
            terms.append((office, row["id"], term.get("from"), term.get("to"), single))
    table = pd.DataFrame(terms, columns=["office", "actor", "start", "end", "single"])
    return _with_days(table)

"""What the analyst decides about suggested actors, as a ledger file that the next run loads."""

from pathlib import Path

import pandas as pd
import yaml

from khabar.actors.ledger import Ledger, load_ledger
from khabar.checks import require_columns
from khabar.errors import KhabarError
from khabar.language.orthography import normalize

DECISIONS = ("accept", "merge", "reject", "")
_LATIN = dict(
    zip("ءآأؤإئابتثجحخدذرزسشصضطظعغفقكلمنهويىة", [
        "", "a", "a", "u", "i", "i", "a", "b", "t", "th", "j", "h", "kh", "d", "dh", "r", "z",
        "s", "sh", "s", "d", "t", "z", "a", "gh", "f", "q", "k", "l", "m", "n", "h", "w", "i",
        "a", "a",
    ], strict=True)
)  # fmt: skip


def save_decisions(decisions: pd.DataFrame, path: str | Path, ledger: Ledger) -> pd.DataFrame:
    """Write the accepted and merged suggestions as a ledger file.

    Parameters
    ----------
    decisions : DataFrame
        Suggestions, or some of them, with `name`, `kind`, `aliases` and `decision`: "accept" (a
        new actor), "merge" (another way to write the actor named in the column `into`), "reject"
        or "" (nothing is written). Columns `id` and `en`, where given and not missing, are the id
        and English name of a new actor; a transliteration serves otherwise.
    path : str or Path
        Of the YAML file. What it holds already stays, unless it has the same id.
    ledger : Ledger
        The one that was searched with. A merged actor is copied from it, for a row of the file
        replaces the bundled one.

    Returns
    -------
    DataFrame
        What was written, one row per actor: `id`, `name`, `decision`, `aliases`, `weak` (lists).

    Notes
    -----
    A last name alone becomes a weak alias: it counts only in documents with a fuller name.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> row = {"name": "سامر الحلاق", "kind": "person", "aliases": ["الحلاق"], "decision": "accept"}
    >>> with TemporaryDirectory() as folder:
    ...     written = save_decisions(pd.DataFrame([row]), f"{folder}/my.yaml", load_ledger())
    ...     load_ledger(f"{folder}/my.yaml").names("ar")["samr_alhlaq"]
    'سامر الحلاق'
    """
    require_columns("decisions", decisions, ["name", "kind", "aliases", "decision"])
    if wrong := set(decisions["decision"].fillna("")) - set(DECISIONS):
        raise KhabarError(
            f"decision must be one of 'accept', 'merge', 'reject' or ''; not {sorted(wrong)[0]!r}"
        )
    path = Path(path)
    rows = {row["id"]: row for row in _already_in(path)}
    written = []
    for decision in decisions.itertuples(index=False):
        if decision.decision == "accept":
            row = _new(decision, rows, ledger)
        elif decision.decision == "merge":
            row = _merged(decision, ledger, rows)
        else:
            continue
        rows[row["id"]] = row
        told = (row["id"], decision.name, decision.decision, row["aliases"], row.get("weak", []))
        written.append(told)
    text = yaml.safe_dump(
        list(rows.values()), allow_unicode=True, sort_keys=False, width=96, default_flow_style=None
    )
    path.write_text(text, encoding="utf-8")
    return pd.DataFrame(written, columns=["id", "name", "decision", "aliases", "weak"])


def _already_in(path: Path) -> list[dict]:
    if not path.exists():
        return []
    load_ledger(path)  # so that a broken file is told of, and not written over
    return yaml.safe_load(path.read_text(encoding="utf-8")) or []


def _new(decision: tuple, rows: dict[str, dict], ledger: Ledger) -> dict:
    """Return the row of a new actor; one accepted again keeps the id it got before."""
    before = [id_ for id_, row in rows.items() if row["names"]["ar"] == decision.name]
    taken = {*rows, *ledger.actors.index}
    named = getattr(decision, "en", None)
    english = named if isinstance(named, str) and named.strip() else transliterate(decision.name)
    given = getattr(decision, "id", None)
    id_ = given if isinstance(given, str) and given.strip() else None
    id_ = id_ or (before[0] if before else _free(_slug(english), taken))
    aliases, weak = _split(decision.name, decision.aliases)
    row = {
        "id": id_,
        "kind": decision.kind,
        "names": {"ar": decision.name, "en": english},
        "aliases": aliases,
        "source": "suggested by khabar, accepted by the analyst",
    }
    return {**row, "weak": weak} if weak else row


def _merged(decision: tuple, ledger: Ledger, rows: dict[str, dict]) -> dict:
    into = getattr(decision, "into", None)
    if into not in ledger.actors.index and into not in rows:
        raise KhabarError(f"into must be an actor of the ledger to merge {decision.name}: {into!r}")
    row = rows.get(into) or _copied(into, ledger)
    if row["kind"] == "state":
        raise KhabarError(f"into must be no state, for its offices hang on its row: {into!r}")
    aliases, weak = _split(decision.name, decision.aliases)
    known = {row["names"]["ar"], *row["aliases"], *row.get("weak", [])}
    row = {
        **row,
        "aliases": row["aliases"] + [a for a in [decision.name, *aliases] if a not in known],
    }
    weak = row.get("weak", []) + [a for a in weak if a not in known]
    return {**row, "weak": weak} if weak else row


def _copied(actor: str, ledger: Ledger) -> dict:
    """Return the row of a file that an actor of the ledger could come from."""
    told = ledger.actors.loc[actor]
    own = ledger.aliases[(ledger.aliases["actor"] == actor) & (ledger.aliases["form"] == "name")]
    plain = own[own["needs"].isna()]
    row = {
        "id": actor,
        "kind": told["kind"],
        "names": {"ar": told["ar"], "en": told["en"]},
        "aliases": plain.loc[
            ~plain["weak"].astype(bool) & (plain["alias"] != told["ar"]), "alias"
        ].tolist(),
    }
    if weak := plain.loc[plain["weak"].astype(bool), "alias"].tolist():
        row["weak"] = weak
    for needed, aliases in own.dropna(subset=["needs"]).groupby("needs"):
        row["aliases_when_named"] = {"actor": needed, "aliases": aliases["alias"].tolist()}
    terms = ledger.offices[ledger.offices["actor"] == actor]
    if len(terms):
        row["offices"] = [_term(term, ledger) for term in terms.itertuples()]
    if span := _span(told):
        row["active"] = span
    row["source"] = "copied from the ledger, with spellings confirmed by the analyst"
    return row


def _term(term: tuple, ledger: Ledger) -> dict:
    states = ledger.actors.index[ledger.actors["kind"] == "state"]
    owners = [state for state in states if term.office.startswith(f"{state}_")]
    state = max(owners, key=len, default=term.office)
    return {"office": term.office.removeprefix(f"{state}_"), "of": state, **_span(term._asdict())}


def _span(told: pd.Series | dict) -> dict:
    named = (("from", told["start"]), ("to", told["end"]))
    return {key: day.date() for key, day in named if not pd.isna(day)}


def _split(name: str, aliases: list[str]) -> tuple[list[str], list[str]]:
    """Return the aliases that stand for themselves, and those that are part of the name only."""
    part = set(name.split())
    weak = [alias for alias in aliases if " " not in alias and alias in part]
    return [alias for alias in aliases if alias not in weak], weak


def transliterate(name: str) -> str:
    """Write an Arabic name in Latin letters, without the vowels that Arabic leaves out.

    >>> transliterate("لافروف")
    'Lafrwf'
    """
    latin = "".join(_LATIN.get(letter, letter) for letter in normalize(name))
    return " ".join(word.capitalize() for word in latin.split())


def _slug(english: str) -> str:
    letters = "".join(c if c.isascii() and c.isalnum() else "_" for c in english.lower())
    return "_".join(filter(None, letters.split("_"))) or "actor"


def _free(slug: str, taken: set[str]) -> str:
    numbered = (slug if n == 1 else f"{slug}_{n}" for n in range(1, len(taken) + 2))
    return next(name for name in numbered if name not in taken)

"""Find where actors are named.

An alias matches whole words. Proclitics are added to the alias, never stripped from the text: a
name may carry و or ف, then ب, ل or ك; a name with the article also لل. The longest alias wins; a
name inside a longer name is not counted again, but a state inside a person's title is.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from khabar.actors.ledger import Ledger
from khabar.actors.sense import place_or_actor
from khabar.checks import require_type
from khabar.errors import KhabarError
from khabar.language.orthography import CONTROLS, KASHIDA, MARKS, counting_key, name_key
from khabar.language.tokens import Tokens, tokenize

MENTION_COLUMNS = [
    "document_id", "start", "end", "surface", "actor", "kind", "form", "sense", "rule",
]  # fmt: skip
_LINK = re.compile(r"[ \t\u00a0_\-–ـ\"'«»“”()#]{0,4}")
# Between a title and the name: punctuation, and perhaps a form of address.
_BESIDE = re.compile(
    r"[\s،,\-–()«»\"“”:#]{0,4}"
    r"(?:ال(?:سيد|سيدة|ملك|أمير|شيخ|دكتور|رئيس|وزير|سفير|فريق|لواء|جنرال|عماد|سلطان)\s)?"
)
_DEPUTIES = frozenset(
    counting_key(article + word)
    for word in [
        "نائب",
        "نائبة",
        "ممثل",
        "ممثلة",
        "مبعوث",
        "مبعوثة",
        "مستشار",
        "مستشارة",
        "مساعد",
        "مساعدة",
        "معاون",
        "وكيل",
    ]
    for article in ("", "ال", "وال", "و")
)
_TRANSPARENT = set(MARKS + CONTROLS + KASHIDA)


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
        (why it was counted).

    Notes
    -----
    A title beside the name of a person is part of that mention, not a second one. A title alone
    names the holder of the office on the document's date; without a date, the one holder named in
    the document; failing both, the office itself is the actor.

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
    tokens = tokenize(texts, numbers=True, latin=True)
    found = _occurrences(tokens, ledger)
    if found.empty:
        return pd.DataFrame(columns=MENTION_COLUMNS)
    roles = found["form"] == "role"
    found = pd.concat([_longest(found[~roles]), _longest(found[roles])])
    found = _with_condition_met(found)
    found = _resolve_roles(found, tokens, ledger, dates)
    found = found.assign(kind=ledger.actors["kind"].reindex(found["actor"]).to_numpy())
    found = found.sort_values(["document", "start", "end", "actor"], ignore_index=True)
    found["sense"] = place_or_actor(found, tokens)
    found["document_id"] = tokens.document_ids[found["document"]]
    found["surface"] = [
        tokens.texts.iloc[d][s:e]
        for d, s, e in zip(found["document"], found["start"], found["end"], strict=True)
    ]
    return found[MENTION_COLUMNS]


def _require_dates(dates: pd.Series, documents: pd.Index) -> None:
    require_type("dates", dates, pd.Series)
    if not documents.isin(dates.index).all():
        raise KhabarError("dates must hold every document of texts; some are missing")
    if not pd.api.types.is_datetime64_dtype(dates):
        raise KhabarError(
            f"dates must be days of type datetime without time zone, as pd.to_datetime makes, "
            f"not {dates.dtype}"
        )


def _occurrences(tokens: Tokens, ledger: Ledger) -> pd.DataFrame:
    """Every match of every alias, overlapping ones included: one row each, columns below."""
    keys = [name_key(form) for form in tokens.vocabulary]
    key_code, _ = pd.factorize(np.array(keys, dtype=object))
    code_of = dict(zip(keys, key_code, strict=True))
    words = key_code[tokens.codes] if len(tokens) else np.zeros(0, int)
    where = _positions_by_key(words)
    document = tokens.document_positions
    rows = []
    for alias in _alias_words(ledger).itertuples(index=False):
        rest = [code_of.get(word, -1) for word in alias.words[1:]]
        if -1 in rest:
            continue
        for written, n_letters, clitic in _with_proclitics(alias.words[0]):
            if written not in code_of:
                continue
            rule = f"{alias.form} after {clitic}" if clitic else alias.form
            told = (rule, n_letters, alias.actor, alias.form, alias.needs, alias.weak)
            for first in _followed_by(words, where[code_of[written]], rest):
                last = first + len(rest)
                if document[first] == document[last] and _linked(tokens, first, last):
                    start = _after_letters(tokens, first, n_letters)
                    rows.append((document[first], first, last, start, tokens.ends[last], *told))
    columns = ["document", "first", "last", "start", "end"]
    columns += ["rule", "clitic", "actor", "form", "needs", "weak"]
    return pd.DataFrame(rows, columns=columns)


def _followed_by(words: np.ndarray, first: np.ndarray, rest: list[int]) -> np.ndarray:
    """Return the positions among `first` after which the words of `rest` stand."""
    for distance, code in enumerate(rest, start=1):
        first = first[first + distance < len(words)]
        first = first[words[first + distance] == code]
    return first


def _alias_words(ledger: Ledger) -> pd.DataFrame:
    """The aliases, cut into keys as the texts are: the columns of `Ledger.aliases` and `words`."""
    cut = tokenize(ledger.aliases["alias"], numbers=True, latin=True)
    keys = [name_key(form) for form in cut.vocabulary]
    codes, offsets = cut.codes.tolist(), cut.offsets.tolist()
    words = [tuple(keys[c] for c in codes[a:b]) for a, b in pairwise(offsets)]
    table = ledger.aliases.assign(words=words)
    return table[table["words"].map(len) > 0].drop_duplicates(["words", "actor", "form"])


def _positions_by_key(words: np.ndarray) -> list[np.ndarray]:
    order = np.argsort(words, kind="stable")
    return np.split(order, np.cumsum(np.bincount(words))[:-1]) if len(words) else []


def _with_proclitics(word: str) -> Iterator[tuple[str, int, str]]:
    """Yield the forms in which a name is written: form, letters before the name, the proclitic."""
    for conjunction in ("", "و", "ف"):
        for preposition in ("", "ب", "ل", "ك"):
            clitic = conjunction + preposition
            if preposition == "ل" and word.startswith("ال"):
                # The article loses its alef: لل; a word that begins with ل gets no third one.
                rest = word[2:].removeprefix("ل")
                yield conjunction + "لل" + rest, len(conjunction) + 2, conjunction + "لل"
            else:
                yield clitic + word, len(clitic), clitic


def _linked(tokens: Tokens, first: int, last: int) -> bool:
    """Whether only a space, hyphen, underscore or quotation mark stands between the words."""
    text = tokens.texts.iloc[tokens.document_of(first)]
    return all(
        _LINK.fullmatch(text, tokens.ends[i], tokens.starts[i + 1]) for i in range(first, last)
    )


def _after_letters(tokens: Tokens, token: int, n_letters: int) -> int:
    """Return where the token's letter after the first `n_letters` stands in the text."""
    text = tokens.texts.iloc[tokens.document_of(token)]
    position = tokens.starts[token]
    while n_letters or text[position] in _TRANSPARENT:
        n_letters -= text[position] not in _TRANSPARENT
        position += 1
    return int(position)


def _longest(found: pd.DataFrame) -> pd.DataFrame:
    """Of matches that overlap keep the longest; of equals the one with the shorter proclitic."""
    order = found.assign(length=found["last"] - found["first"])
    order = order.sort_values(
        ["length", "clitic", "weak", "first", "actor"], ascending=[False, True, True, True, True]
    )
    taken: dict[int, tuple[int, int, int]] = {}
    kept = []
    for row in order.itertuples():
        span = (row.first, row.last, row.clitic)
        inside = range(row.first, row.last + 1)
        # A second actor under the very same words stays: an alias may name two.
        if all(taken.get(token, span) == span for token in inside):
            taken.update(dict.fromkeys(inside, span))
            kept.append(row.Index)
    return found.loc[sorted(kept)]


def _with_condition_met(found: pd.DataFrame) -> pd.DataFrame:
    """Drop weak aliases without a strong one, and those that need another actor not named."""
    strong = found[~found["weak"] & found["needs"].isna()]
    named: dict[int, set[str]] = defaultdict(set)
    for document, actor in zip(strong["document"], strong["actor"], strict=True):
        named[document].add(actor)
    kept = []
    for row in found.itertuples():
        needed = row.actor if row.weak else row.needs
        kept.append(pd.isna(needed) or any(_is_part(a, needed) for a in named[row.document]))
    return found[np.array(kept, dtype=bool)]


def _is_part(actor: str, needed: str) -> bool:
    """An actor is named also by its institutions: `syria` by `syria_government`."""
    return actor == needed or actor.startswith(f"{needed}_")


def _resolve_roles(
    found: pd.DataFrame, tokens: Tokens, ledger: Ledger, dates: pd.Series | None
) -> pd.DataFrame:
    is_role = found["form"] == "role"
    names = found[~is_role]
    people = names[names["actor"].map(ledger.actors["kind"]) == "person"]
    beside = defaultdict(list)
    for row in people.itertuples():
        beside[row.document].append((row.start, row.end))
    roles = found[is_role]
    alone = [
        not _beside_a_name(row, beside[row.document], tokens) and not _inside_a_title(row, tokens)
        for row in roles.itertuples()
    ]
    roles = roles[np.array(alone, dtype=bool)]
    named = people.groupby("document")["actor"].agg(set).to_dict()
    terms = dict(list(ledger.offices.groupby("office")))
    days = None if dates is None else dates.reindex(tokens.document_ids)
    resolved = [
        _holder(
            terms.get(row.actor),
            row.actor,
            pd.NaT if days is None else days.iloc[row.document],
            named.get(row.document, set()),
        )
        for row in roles.itertuples()
    ]
    actor, rule = zip(*resolved, strict=True) if resolved else ((), ())
    return pd.concat([names, roles.assign(actor=list(actor), rule=list(rule))])


def _beside_a_name(role: tuple, names: list[tuple[int, int]], tokens: Tokens) -> bool:
    text = tokens.texts.iloc[role.document]
    return any(
        (0 <= start - role.end <= 14 and _BESIDE.fullmatch(text, role.end, start))
        or (0 <= role.start - end <= 14 and _BESIDE.fullmatch(text, end, role.start))
        for start, end in names
    )


def _inside_a_title(role: tuple, tokens: Tokens) -> bool:
    """Whether the office is part of somebody else's: "الممثل الخاص للرئيس الروسي"."""
    start = tokens.offsets[role.document]
    before = tokens.codes[max(start, role.first - 2) : role.first]
    keys = {counting_key(tokens.vocabulary[code]) for code in before}
    return bool(keys & _DEPUTIES)


def _holder(
    terms: pd.DataFrame | None, office: str, day: pd.Timestamp, named: set[str]
) -> tuple[str, str]:
    """Return whom an office stands for, and why."""
    if terms is None:
        return office, "office, holder not in the ledger"
    if not pd.isna(day):
        terms = terms[(terms["start"].isna() | (terms["start"] <= day))
                      & (terms["end"].isna() | (day <= terms["end"]))]  # fmt: skip
        holders = terms["actor"].unique()
        if len(holders) == 1:
            return holders[0], f"office held on {day:%Y-%m-%d}"
    holders = sorted(set(terms["actor"]) & named)
    if len(holders) == 1:
        return holders[0], "office, its holder named in the document"
    return office, "office, holder not certain"

"""Actors that the ledger lacks: who else is named, with what speaks for each."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from khabar.actors.name_words import GIVEN
from khabar.actors.names import NameFound, find_names, without_clitic
from khabar.checks import require_columns, require_type
from khabar.errors import KhabarError
from khabar.language.orthography import name_key
from khabar.language.tokens import Tokens, tokenize

SUGGESTION_COLUMNS = [
    "name", "kind", "aliases", "score", "mentions", "documents", "clues", "burst", "places",
]  # fmt: skip
# What a clue says for a name. A preposition of place speaks against a person.
_WEIGHTS = {
    "title": 1.0, "speech": 1.0, "apposition": 1.0, "patronymic": 0.7, "shape": 0.2,
    "place": -0.7, "head": 0.5, "quoted": 0.8, "acronym": 0.6,
}  # fmt: skip
_LINES = 3
_LEAST = 0.12  # mean weight of the clues, below which a word is no name
_PLACES = 0.12  # share of occurrences behind a preposition of place, above which it is one
_VOWELS = re.compile("(?<!^)[اوي]")


@dataclass
class _Candidate:
    """The occurrences of one name."""

    spellings: Counter = field(default_factory=Counter)
    clues: Counter = field(default_factory=Counter)
    documents: set = field(default_factory=set)
    places: list = field(default_factory=list)
    kinds: Counter = field(default_factory=Counter)

    def add(self, other: "_Candidate") -> None:
        self.spellings.update(other.spellings)
        self.clues.update(other.clues)
        self.documents |= other.documents
        self.places += other.places
        self.kinds.update(other.kinds)

    @property
    def weight(self) -> float:
        """Mean weight of the clues; a name that is spoken of in three ways is surer than in one."""
        total = sum(self.clues.values())
        return sum(_WEIGHTS[clue] * n for clue, n in self.clues.items()) / total


def suggest_actors(
    texts: pd.Series,
    mentions: pd.DataFrame,
    *,
    dates: pd.Series | None = None,
    least: int = 2,
) -> pd.DataFrame:
    """Who is named in a corpus and stands in no ledger, likely actors first.

    Parameters
    ----------
    texts : Series of str, indexed by document
    mentions : DataFrame
        As `find_mentions` returns them for the same texts: what is known already.
    dates : Series of datetime, optional
        Day of each document; names that come in bursts are then told.
    least : int
        Mentions below which nothing is suggested.

    Returns
    -------
    DataFrame
        One row per suggestion: `name` (commonest full spelling), `kind` (person or org),
        `aliases` (list: other spellings, and the last name alone), `score` (higher is likelier),
        `mentions`, `documents`, `clues` (why: "title 4, speech 2"), `burst` (documents in its
        busiest week over those in a mean week between its first and last; missing without dates),
        `places` (list of up to three (document_id, start, end), for `suggestion_lines`).

    Notes
    -----
    No model decides. Clues are a title before or after a name, a word of speech before it, the
    shape of names (بن, أبو, a given name, a word that is never inflected), a noun that heads a
    body (حزب, شركة), and brackets or quotation marks. Places and works look like people to them.

    Examples
    --------
    >>> texts = pd.Series(["قال الخبير سامر الحلاق إن", "وأضاف الخبير سامر الحلاق أن"])
    >>> nothing = pd.DataFrame(columns=["document_id", "start", "end"])
    >>> suggest_actors(texts, nothing)[["name", "mentions"]].values.tolist()
    [['سامر الحلاق', 2]]
    """
    require_type("texts", texts, pd.Series)
    require_columns("mentions", mentions, ["document_id", "start", "end"])
    if least < 1:
        raise KhabarError(f"least must be 1 or more, not {least!r}")
    tokens = tokenize(texts)
    candidates = _candidates(tokens, mentions, least)
    candidates = _last_names_merged(_spellings_merged(candidates))
    rows = [
        _row(candidate, dates)
        for candidate in candidates.values()
        if _size(candidate) >= least and candidate.weight >= _LEAST and not _is_place(candidate)
    ]
    table = pd.DataFrame(rows, columns=SUGGESTION_COLUMNS)
    return table.sort_values(
        ["score", "mentions", "name"], ascending=[False, False, True]
    ).reset_index(drop=True)


def _candidates(
    tokens: Tokens, mentions: pd.DataFrame, least: int
) -> dict[tuple[str, ...], _Candidate]:
    known = _known_words(tokens, mentions)
    counts = np.bincount(tokens.codes, minlength=len(tokens.vocabulary))
    frequency = dict(zip(tokens.vocabulary, counts.tolist(), strict=True))
    candidates: dict[tuple[str, ...], _Candidate] = defaultdict(_Candidate)
    for found in find_names(tokens, least=least):
        if known[found.first : found.last + 1].any():
            continue
        words = [tokens.vocabulary[code] for code in tokens.codes[found.first : found.last + 1]]
        whole = words[0]
        words[0] = without_clitic(whole, frequency)
        _count(candidates[tuple(map(name_key, words))], found, words, whole, tokens)
    return dict(candidates)


def _known_words(tokens: Tokens, mentions: pd.DataFrame) -> np.ndarray:
    """Tell for each word whether an actor of the ledger is named by it."""
    known = np.zeros(len(tokens), bool)
    position = pd.Series(range(len(tokens.texts)), tokens.document_ids)
    for document, start, end in zip(
        position.reindex(mentions["document_id"]).tolist(),
        mentions["start"].tolist(),
        mentions["end"].tolist(),
        strict=True,
    ):
        begin, stop = tokens.offsets[document], tokens.offsets[document + 1]
        inside = tokens.starts[begin:stop]
        first = np.searchsorted(tokens.ends[begin:stop], start, side="right")
        known[begin + first : begin + np.searchsorted(inside, end)] = True
    return known


def _count(
    candidate: _Candidate, found: NameFound, words: list[str], whole: str, tokens: Tokens
) -> None:
    candidate.spellings[" ".join(words)] += 1
    candidate.clues[found.clue] += 1
    candidate.kinds[found.kind] += 1
    candidate.documents.add(tokens.document_ids[found.document])
    if len(candidate.places) < 3 * _LINES:
        start = int(tokens.starts[found.first]) + max(len(whole) - len(words[0]), 0)
        document = tokens.document_ids[found.document]
        candidate.places.append((document, start, int(tokens.ends[found.last])))


def _spellings_merged(
    candidates: dict[tuple[str, ...], _Candidate],
) -> dict[tuple[str, ...], _Candidate]:
    """Merge names that differ as transliterations do: كوندوليزا, كونداليزا."""
    groups = defaultdict(list)
    for key in candidates:
        groups["".join(map(_skeleton, key))].append(key)
    return {
        max(keys, key=lambda k: (sum(candidates[k].spellings.values()), k)): _together(
            keys, candidates
        )
        for keys in groups.values()
    }


def _together(
    keys: list[tuple[str, ...]], candidates: dict[tuple[str, ...], _Candidate]
) -> _Candidate:
    merged = _Candidate()
    for key in sorted(keys):
        merged.add(candidates[key])
    return merged


def _skeleton(word: str) -> str:
    """Fold what transliterations differ in; Arabic given names differ in just that, and stay."""
    if word in GIVEN or len(word) < 5 or word.startswith("ال"):
        return word
    return _VOWELS.sub("", word).replace("ج", "غ")


def _last_names_merged(
    candidates: dict[tuple[str, ...], _Candidate],
) -> dict[tuple[str, ...], _Candidate]:
    """Count "بلير" with "توني بلير", where one full name ends so or is much the commonest.

    The first words of a long name are that name too: "حمد بن خليفة" before "آل ثاني".
    """
    full = defaultdict(set)
    for key, candidate in candidates.items():
        if candidate.kinds.most_common(1)[0][0] == "person":
            for n in range(1, len(key)):
                full[key[n:]].add(key)
                if n > 1:
                    full[key[:n]].add(key)
    merged = dict(candidates)
    for key in sorted(candidates, key=len):
        owners = sorted(full[key] & set(merged), key=lambda k: (-_size(merged[k]), k))
        if not owners or (len(key) == 1 and key[0] in GIVEN) or _is_place(candidates[key]):
            continue
        sizes = [_size(candidates[k]) for k in owners]
        if sizes[0] >= 0.6 * sum(sizes):
            merged[owners[0]].add(merged.pop(key))
    return merged


def _is_place(candidate: _Candidate) -> bool:
    return candidate.clues["place"] > _PLACES * _size(candidate)


def _size(candidate: _Candidate) -> int:
    return sum(candidate.spellings.values())


def _row(candidate: _Candidate, dates: pd.Series | None) -> tuple:
    n_mentions = sum(candidate.spellings.values())
    spellings = sorted(candidate.spellings, key=lambda s: (-candidate.spellings[s], s))
    longest = max(len(s.split()) for s in spellings)
    name = next(s for s in spellings if len(s.split()) >= min(longest, 2))
    clues = ", ".join(f"{clue} {n}" for clue, n in candidate.clues.most_common())
    n_kinds = sum(clue not in {"place", "shape"} for clue in candidate.clues)
    full = len(name.split()) > 1
    sure = 0.6 if name_key(name) in GIVEN else 1 + 0.25 * n_kinds + 0.5 * full
    score = np.log2(1 + n_mentions) * candidate.weight * sure
    person = candidate.kinds.most_common(1)[0][0] == "person"
    last = name.split()[-1]
    alone = name_key(last) not in GIVEN and last != "الله"
    if person and full and alone and last not in spellings:
        spellings.append(last)
    return (
        name,
        "person" if person else "org",
        [s for s in spellings if s != name],
        round(float(score), 3),
        n_mentions,
        len(candidate.documents),
        clues,
        _burst(candidate.documents, dates),
        _spread(candidate.places),
    )


def _spread(places: list[tuple]) -> list[tuple]:
    """Return three places, of different documents if there are."""
    by_document = {place[0]: place for place in reversed(places)}
    chosen = list(reversed(by_document.values()))
    return (chosen + [place for place in places if place not in chosen])[:_LINES]


def _burst(documents: set, dates: pd.Series | None) -> float:
    if dates is None:
        return float("nan")
    days = dates.reindex(list(documents)).dropna()
    if len(days) < 2:
        return float("nan")
    weeks = days.dt.to_period("W-SUN").astype("int64")
    counts = Counter(weeks)
    return round(max(counts.values()) * (weeks.max() - weeks.min() + 1) / len(days), 2)

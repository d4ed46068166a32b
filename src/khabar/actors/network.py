"""Who is named together with whom."""

import numpy as np
import pandas as pd

from khabar.actors.evidence import mention_lines
from khabar.checks import require_columns
from khabar.errors import KhabarError
from khabar.language.words import SENTENCE_END

_COLUMNS = ["a", "b", "together", "of_a", "of_b", "log_dice", "chance", "backbone"]


def cooccurrence(
    mentions: pd.DataFrame,
    *,
    texts: pd.Series | None = None,
    sense: str | None = "actor",
    at_least: int = 2,
) -> pd.DataFrame:
    """Count how often two actors are named in one document, or in one sentence.

    Parameters
    ----------
    mentions : DataFrame
        As `find_mentions` returns them.
    texts : Series of str, optional
        The texts that were searched; with them, two actors must stand in one sentence.
    sense : {'actor', 'place'} or None
        Count only mentions in this sense; None counts both.
    at_least : int
        Smallest number of documents or sentences that name both.

    Returns
    -------
    DataFrame
        One row per pair: `a`, `b`, `together` (documents or sentences that name both), `of_a`,
        `of_b` (that name each), `log_dice` (14 + log2 of the Dice coefficient; 14 if they are
        always named together, one less is half as often), `chance` (of so heavy a link if an
        actor spread its links evenly; the smaller of both ends), `backbone` (`chance` below 0.05).
        The heaviest pairs come first.

    Notes
    -----
    logDice: P. Rychlý, A lexicographer-friendly association score (2008). Backbone: M. A. Serrano,
    M. Boguñá, A. Vespignani, Extracting the multiscale backbone of complex weighted networks
    (2009): `(1 - weight / strength) ** (links - 1)`. An actor with one link keeps it only if the
    other end does.

    Examples
    --------
    >>> mentions = pd.DataFrame({"document_id": ["a", "a", "b", "b"], "sense": "actor",
    ...                          "actor": ["un", "russia", "un", "russia"]})
    >>> cooccurrence(mentions)[["a", "b", "together", "log_dice"]].values.tolist()
    [['russia', 'un', 2, 14.0]]
    """
    units = _units(mentions, texts, sense)[["document_id", "sentence", "actor"]]
    pairs = _named_together(units)
    together = pairs.groupby(["a", "b"]).size()
    table = together[together >= at_least].rename("together").reset_index()
    alone = units["actor"].value_counts()
    table = table.assign(
        of_a=alone.reindex(table["a"]).to_numpy(), of_b=alone.reindex(table["b"]).to_numpy()
    )
    dice = 2 * table["together"] / (table["of_a"] + table["of_b"])
    chance = _chance(table)
    table = table.assign(log_dice=14 + np.log2(dice), chance=chance, backbone=chance < 0.05)
    order = ["together", "log_dice", "a", "b"]
    ascending = [False, False, True, True]
    return table.sort_values(order, ascending=ascending, ignore_index=True)[_COLUMNS]


def cooccurrence_lines(
    pairs: pd.DataFrame,
    mentions: pd.DataFrame,
    texts: pd.Series,
    *,
    sense: str | None = "actor",
    window: int = 8,
) -> pd.DataFrame:
    """Find the sentences that name both actors of a pair.

    Parameters
    ----------
    pairs : DataFrame
        As `cooccurrence` returns it, or some rows of it.
    mentions : DataFrame
        As `find_mentions` returns them.
    texts : Series of str, indexed by document
        The texts that were searched.
    sense : {'actor', 'place'} or None
        As it was for `cooccurrence`.
    window : int
        Words of context on each side.

    Returns
    -------
    DataFrame
        One row per pair and sentence: `document_id`, `start`, `end`, `surface` (from one name to
        the other, the first mention of each), `a`, `b`, `left` and `right`.

    Examples
    --------
    >>> texts = pd.Series({"a": "التقى لافروف وكيري في جنيف"})
    >>> mentions = pd.DataFrame({"document_id": "a", "sense": "actor", "start": [6, 14],
    ...                          "end": [12, 18], "actor": ["lavrov", "kerry"]})
    >>> pairs = cooccurrence(mentions, texts=texts, at_least=1)
    >>> cooccurrence_lines(pairs, mentions, texts)[["surface", "a", "b"]].values.tolist()
    [['لافروف وكيري', 'kerry', 'lavrov']]
    """
    require_columns("pairs", pairs, ["a", "b"])
    units = _units(mentions, texts, sense)
    columns = ["document_id", "sentence", "actor", "start", "end"]
    both = _named_together(units[columns]).merge(pairs[["a", "b"]])
    both = both.assign(
        start=both[["start_a", "start_b"]].min(axis=1), end=both[["end_a", "end_b"]].max(axis=1)
    )
    both = both.sort_values(["document_id", "start", "end", "a", "b"], ignore_index=True)
    spans = zip(both["document_id"], both["start"], both["end"], strict=True)
    both["surface"] = [texts.loc[document][start:end] for document, start, end in spans]
    columns = ["document_id", "start", "end", "surface", "a", "b"]
    return mention_lines(both[columns], texts, window=window)


def _units(mentions: pd.DataFrame, texts: pd.Series | None, sense: str | None) -> pd.DataFrame:
    """Keep the first mention of each actor in each sentence, or document without texts."""
    require_columns("mentions", mentions, ["document_id", "actor", "sense"])
    if sense not in {None, "actor", "place"}:
        raise KhabarError(f"sense must be 'actor', 'place' or None, not {sense!r}")
    if sense is not None:
        mentions = mentions[mentions["sense"] == sense]
    sentence: np.ndarray | int = 0
    if texts is not None:
        require_columns("mentions", mentions, ["start"])
        sentence = _sentences(mentions, texts)
    units = mentions.assign(sentence=sentence)
    return units.drop_duplicates(["document_id", "sentence", "actor"])


def _named_together(units: pd.DataFrame) -> pd.DataFrame:
    """Join each two actors of a sentence: `a`, `b`, and the other columns of both."""
    pairs = units.merge(units, on=["document_id", "sentence"], suffixes=("_a", "_b"))
    pairs = pairs[pairs["actor_a"] < pairs["actor_b"]]
    return pairs.rename(columns={"actor_a": "a", "actor_b": "b"})


def _sentences(mentions: pd.DataFrame, texts: pd.Series) -> np.ndarray:
    """Number the sentence of each mention within its document."""
    number = np.zeros(len(mentions), np.int64)
    rows = pd.Series(np.arange(len(mentions)))
    starts = mentions["start"].to_numpy()
    for document, inside in rows.groupby(mentions["document_id"].to_numpy()):
        ends = [match.start() for match in SENTENCE_END.finditer(texts.loc[document])]
        number[inside] = np.searchsorted(ends, starts[inside])
    return number


def _chance(table: pd.DataFrame) -> np.ndarray:
    """Return the disparity filter's probability of each link, the smaller of both ends."""
    ends = pd.concat([table["a"], table["b"]], ignore_index=True)
    weights = pd.concat([table["together"], table["together"]], ignore_index=True)
    strength = weights.groupby(ends).sum()
    links = ends.value_counts()
    chances = [
        (1 - table["together"].to_numpy() / strength.reindex(table[end]).to_numpy())
        ** (links.reindex(table[end]).to_numpy() - 1)
        for end in ("a", "b")
    ]
    return np.minimum(*chances)

"""Who is named together with whom."""

import numpy as np
import pandas as pd

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
    require_columns("mentions", mentions, ["document_id", "actor", "sense"])
    if sense not in {None, "actor", "place"}:
        raise KhabarError(f"sense must be 'actor', 'place' or None, not {sense!r}")
    if sense is not None:
        mentions = mentions[mentions["sense"] == sense]
    units = mentions[["document_id", "actor"]]
    if texts is not None:
        require_columns("mentions", mentions, ["start"])
        units = units.assign(sentence=_sentences(mentions, texts))
    units = units.drop_duplicates()
    shared = [column for column in units if column != "actor"]
    pairs = units.merge(units, on=shared, suffixes=("_a", "_b"))
    pairs = pairs[pairs["actor_a"] < pairs["actor_b"]]
    together = pairs.groupby(["actor_a", "actor_b"]).size()
    together = together[together >= at_least]
    table = together.rename_axis(["a", "b"]).rename("together").reset_index()
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

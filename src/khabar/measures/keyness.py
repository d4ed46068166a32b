"""Which words mark one group of documents against others."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import chi2, false_discovery_control

from khabar.checks import require_type
from khabar.errors import KhabarError
from khabar.language.matrix import DocumentTermMatrix, document_term_matrix
from khabar.language.reference import N_REFERENCE_WORDS, reference_frequency
from khabar.language.tokens import Tokens
from khabar.measures.association import log_ratio, signed_g2, weighted_log_odds
from khabar.measures.groups import group_name, group_of_documents

THE_REST = "the rest"
GENERAL_ARABIC = "wordfreq"


def keyness(
    tokens: Tokens | DocumentTermMatrix,
    *,
    by: pd.Series | None = None,
    target: object = None,
    reference: object = None,
    prior: float = 0.2,
) -> pd.DataFrame:
    """Compare the words of each group with those of the other groups, or of another one.

    Parameters
    ----------
    tokens : Tokens or DocumentTermMatrix
        As for `term_frequency`; `dtm.trim(min_df=3)` leaves out what stands in one or two
        documents.
    by : Series, optional
        The group of each document; groups without words are left out. Without `by`, and if there
        is one group only, the comparison is with general Arabic, as wordfreq knows it.
    target : optional
        One group; without it each group is a target in turn.
    reference : optional
        The group to compare with; without it all documents of the other groups ("the rest").
    prior : float
        Size of the prior of the log-odds, as a share of the smaller side.

    Returns
    -------
    DataFrame
        One row per target and term that occurs on either side, by falling `z`: the target's name
        under the name of `by` (if given), `reference` (what it is compared with), `term`,
        `frequency` and `reference_frequency` (occurrences), `per_million` and
        `reference_per_million` (of the running words), `share` and `reference_share` (of the
        documents that hold it, 0 to 1; unknown of wordfreq), `g2` (signed: negative where rarer in
        the target), `q` (of G2, see below), `log_ratio` (binary: 1 is twice as often), `log_odds`
        (weighted, natural) and `z` (its standard score). Of columns about sides, the first is the
        target's.

    Notes
    -----
    `g2` and `z` say how sure it is that the rates differ, `log_ratio` and `log_odds` by how much.
    `log_odds` and `z` shrink what rests on few occurrences: to both sides a text is added in which
    words are as frequent as in both sides together. Thousands of words are compared at once, so
    some differ by chance alone: `q` is the p-value of G2 after Benjamini and Hochberg, and among
    the terms with `q` below 0.05 about one in twenty may be such. Even so words are counted as if
    each came by itself, but an article repeats its words, so `q` is too small: look at
    `share`, whether the term is one of many articles or of one.

    wordfreq counts the web, books and subtitles as they were until 2021. Its rates are taken as
    those of 100 million words, in which its rarest word occurs once.

    References
    ----------
    T. Dunning (1993); A. Hardie (2014); B. L. Monroe, M. P. Colaresi, K. M. Quinn (2008): see
    `khabar.measures.association`. Y. Benjamini, Y. Hochberg (1995), JRSS B 57(1), 289-300.

    Examples
    --------
    >>> from khabar.language.tokens import tokenize
    >>> tokens = tokenize(pd.Series(["موسكو موسكو دمشق", "دمشق جنيف جنيف"]))
    >>> table = keyness(tokens, by=pd.Series(["x", "y"], name="outlet"), target="x")
    >>> table[["term", "frequency", "reference_frequency", "log_ratio"]].values.tolist()
    [['موسكو', 2, 0, 2.0], ['دمشق', 1, 1, 0.0], ['جنيف', 0, 2, -2.0]]
    """
    require_type("tokens", tokens, Tokens, DocumentTermMatrix)
    if not prior > 0:
        raise KhabarError(f"prior must be more than 0, a share of the smaller side; not {prior!r}")
    dtm = tokens if isinstance(tokens, DocumentTermMatrix) else document_term_matrix(tokens)
    if by is None:
        if target is not None or reference is not None:
            raise KhabarError("target and reference are groups; say with by what groups there are")
        everything = _side(dtm, np.arange(len(dtm.lengths)))
        return _compared(everything, _general_arabic(dtm), GENERAL_ARABIC, dtm, prior)
    sides = _sides(dtm, by)
    _check_groups(sides, target, reference)
    targets = [
        group for group in sides if group == target or (target is None and group != reference)
    ]
    tables = {
        group: _compared(sides[group], *_opposite(sides, group, reference, dtm), dtm, prior)
        for group in targets
    }
    if not tables:
        nothing = _side(dtm, np.zeros(0, np.int64))
        tables = {None: _compared(nothing, nothing, "", dtm, prior)}
    table = pd.concat(tables, names=[group_name(by)]).reset_index(level=0)
    return table.reset_index(drop=True)


@dataclass(frozen=True, eq=False)
class _Side:
    """Counts of all terms in some documents: occurrences and documents, out of how many."""

    frequency: np.ndarray
    words: float
    holding: np.ndarray
    documents: float


def _side(dtm: DocumentTermMatrix, rows: np.ndarray) -> _Side:
    counts = dtm.counts[rows]
    held = np.bincount(counts.indices, minlength=counts.shape[1])
    return _Side(counts.sum(axis=0), int(dtm.lengths[rows].sum()), held, len(rows))


def _sides(dtm: DocumentTermMatrix, by: pd.Series) -> dict[object, _Side]:
    position, groups = group_of_documents(by, dtm.document_ids)
    return {
        group: _side(dtm, np.flatnonzero(position == i))
        for i, group in enumerate(groups)
        if dtm.lengths[position == i].any()
    }


def _all_but(sides: dict[object, _Side], group: object) -> _Side:
    others = [side for name, side in sides.items() if name != group]
    columns = zip(*((s.frequency, s.words, s.holding, s.documents) for s in others), strict=True)
    return _Side(*map(sum, columns))


def _general_arabic(dtm: DocumentTermMatrix) -> _Side:
    unknown = np.full(len(dtm.terms), np.nan)
    return _Side(reference_frequency(dtm.terms), N_REFERENCE_WORDS, unknown, np.nan)


def _check_groups(sides: dict[object, _Side], target: object, reference: object) -> None:
    for name, value in (("target", target), ("reference", reference)):
        if sides and value is not None and value not in sides:
            named = ", ".join(map(str, list(sides)[:8]))
            raise KhabarError(f"{name} must be one of the groups ({named}), not {value!r}")
    if target is not None and target == reference:
        raise KhabarError(f"target and reference must be two groups, not both {target!r}")


def _opposite(
    sides: dict[object, _Side], group: object, reference: object, dtm: DocumentTermMatrix
) -> tuple[_Side, object]:
    """Return what a group is compared with, and what that is called."""
    if len(sides) == 1:
        return _general_arabic(dtm), GENERAL_ARABIC
    if reference is not None:
        return sides[reference], reference
    return _all_but(sides, group), THE_REST


def _compared(
    target: _Side, reference: _Side, called: object, dtm: DocumentTermMatrix, prior: float
) -> pd.DataFrame:
    """Compare two sides by the terms that occur on either, the most distinctive first."""
    sizes = max(target.words, 1), max(reference.words, 1)
    # Of an n-gram in general Arabic nothing is known: it compares as missing and is left out.
    term = np.flatnonzero(target.frequency + reference.frequency > 0)
    inside, elsewhere = target.frequency[term], reference.frequency[term]
    n_prior = prior * min(sizes)
    background = (inside + elsewhere) / sum(sizes) * n_prior
    g2 = signed_g2(inside, sizes[0], elsewhere, sizes[1])
    log_odds, z = weighted_log_odds(
        inside, sizes[0], elsewhere, sizes[1], prior=background, n_prior=n_prior
    )
    table = pd.DataFrame(
        {
            "reference": called,
            "term": dtm.terms.to_numpy()[term],
            "frequency": inside,
            "reference_frequency": elsewhere,
            "per_million": inside / sizes[0] * 1e6,
            "reference_per_million": elsewhere / sizes[1] * 1e6,
            "share": target.holding[term] / max(target.documents, 1),
            "reference_share": reference.holding[term] / max(reference.documents, 1),
            "g2": g2,
            "q": false_discovery_control(chi2.sf(np.abs(g2), df=1)) if len(term) else g2,
            "log_ratio": log_ratio(inside, sizes[0], elsewhere, sizes[1]),
            "log_odds": log_odds,
            "z": z,
        }
    )
    return table.sort_values(["z", "term"], ascending=[False, True], ignore_index=True)

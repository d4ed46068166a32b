"""What stands round the articles on news pages: known furniture, and lines that recur."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations

import numpy as np
import pandas as pd

PARAGRAPH = 100  # characters; from here on a line is running text
_LONGEST = 200  # characters; disclaimers are the longest furniture
_SHORT = 60  # characters; a longer line may be a sentence of the news
_TOP, _END, _AT_EDGE = 3, 4, 0.8


@dataclass(frozen=True)
class Rule:
    """A rule for known furniture.

    Attributes
    ----------
    name : str
    where : {'any', 'edge', 'start', 'end'}
        Any line; a line above the first or below the last paragraph; the beginning or the end of
        the body, as a part of a line.
    pattern : re.Pattern
        What has to match; a group `outlet` names the outlet.
    """

    name: str
    where: str
    pattern: re.Pattern[str]


@cache
def furniture_rules() -> tuple[Rule, ...]:
    """Return the bundled rules in order: of several that match a line the first one counts.

    Rows of the file whose `where` is 'name' are lists of words for the patterns below them.
    """
    table = files("khabar.data").joinpath("furniture.tsv").read_text(encoding="utf-8")
    words, rules = {}, []
    for name, where, pattern in (line.split("\t") for line in table.splitlines()[1:]):
        if where == "name":
            words[f"{{{name}}}"] = pattern
            continue
        for placeholder, alternatives in words.items():
            pattern = pattern.replace(placeholder, alternatives)
        ends = r"\s*\Z" if where == "end" else ""
        rules.append(Rule(name, where, re.compile(f"(?:{pattern}){ends}")))
    return tuple(rules)


@cache
def _any_rule() -> re.Pattern[str]:
    """Return the rules for whole lines as one pattern; its groups carry their positions."""
    parts = [
        f"(?P<r{i}>{re.sub('[(][?]P<outlet>', '(?:', rule.pattern.pattern)})"
        for i, rule in enumerate(furniture_rules())
        if rule.where in ("any", "edge")
    ]
    return re.compile("|".join(parts))


def _known(line: str) -> Rule | None:
    match = _any_rule().fullmatch(line)
    return furniture_rules()[int(match.lastgroup[1:])] if match else None


@dataclass(frozen=True)
class LineTable:
    """The short lines of all documents, once each, and where they stand.

    Attributes
    ----------
    rules : dict of str to Rule
        The lines that are known furniture.
    lines : list of str
        The other short lines.
    places : DataFrame
        One row per document and line of `lines`: `document` (position), `line` (position),
        `first` (nothing but furniture above), `at_edge` (among the first or last few lines).
    bodies : ndarray of int64
        A number per document, by its two longest lines: copies have the same.
    """

    rules: dict[str, Rule]
    lines: list[str]
    places: pd.DataFrame
    bodies: np.ndarray

    def __repr__(self) -> str:
        return (
            f"<LineTable: {len(self.bodies)} documents, {len(self.lines)} short lines, "
            f"{len(self.rules)} known as furniture>"
        )


def line_table(raws: pd.Series) -> LineTable:
    """Look at every short line of every document once.

    Parameters
    ----------
    raws : Series of str
    """
    rules: dict[str, Rule | None] = {}
    codes: dict[str, int] = {}
    places, bodies = [], np.zeros(len(raws), np.int64)
    for document, raw in enumerate(raws):
        left = []
        lines = list(map(str.strip, raw.splitlines()))
        for line in lines:
            if len(line) > _LONGEST:
                left.append(None)
                continue
            if line not in rules:
                rules[line] = _known(line) if line else None
            if line and rules[line] is None:
                left.append(line)
        bodies[document] = hash(tuple(sorted(lines, key=len)[-2:]))
        places += [
            (
                document,
                codes.setdefault(line, len(codes)),
                i == 0,
                i < _TOP or i >= len(left) - _END,
            )
            for i, line in enumerate(left)
            if line is not None
        ]
    found = {line: rule for line, rule in rules.items() if rule}
    kinds = {"document": np.int64, "line": np.int64, "first": bool, "at_edge": bool}
    table = pd.DataFrame(places, columns=list(kinds)).astype(kinds)
    return LineTable(found, list(codes), table, bodies)


def recurring_lines(
    table: LineTable, outlets: pd.Series, raws: pd.Series
) -> dict[str, frozenset[str]]:
    """Find the lines that stand at the edges of many documents of one outlet.

    A line of up to 60 characters has to stand in three documents and one in a thousand of the
    outlet; a longer one in five and two in a thousand, and in documents that share few other words
    (a sentence of background recurs too, but in reports of one affair). Always at the beginning or
    never: the first paragraph of one article may be the teaser under another. Copies count once.

    Parameters
    ----------
    table : LineTable
    outlets : Series of str
        Missing ones are taken for one outlet.
    raws : Series of str

    Returns
    -------
    dict of str to frozenset of str
        Outlet ('' where missing) to its lines.
    """
    outlet, names = pd.factorize(outlets.fillna(""))
    bodies = pd.factorize(table.bodies)[0]
    size = pd.Series(bodies).groupby(outlet).nunique().to_numpy()
    counts = _count_places(table.places, outlet, bodies, raws.rank(method="first").to_numpy())
    length = np.array([len(table.lines[line]) for line in counts["line"]], dtype=np.int64)
    share = counts["documents"] / size[counts["outlet"]]
    often = np.where(
        length <= _SHORT,
        (counts["documents"] >= 3) & (share >= 0.001),
        (counts["documents"] >= 5) & (share >= 0.002),
    )
    steady = (counts["first"] == 0) | (counts["first"] >= _AT_EDGE)
    candidates = counts[often & steady & (counts["at_edge"] >= _AT_EDGE)]
    found = defaultdict(set)
    for row in candidates.itertuples():
        line = table.lines[row.line]
        if len(line) <= _SHORT or _are_unrelated(line, raws.iloc[row.where]):
            found[names[row.outlet]].add(line)
    return {name: frozenset(lines) for name, lines in found.items()}


def _count_places(
    places: pd.DataFrame, outlet: np.ndarray, bodies: np.ndarray, rank: np.ndarray
) -> pd.DataFrame:
    """Count, for lines in three places or more: outlet, line, documents, first, at_edge, where.

    For the copies of an article speaks the one of the first `rank`.
    """
    often = np.bincount(places["line"]) >= 3 if len(places) else np.zeros(0, bool)
    places = places[often[places["line"]]]
    document = places["document"].to_numpy()
    places = places.assign(outlet=outlet[document], body=bodies[document], rank=rank[document])
    return (
        places.sort_values("rank", kind="stable")
        .drop_duplicates(["outlet", "line", "body"])
        .groupby(["outlet", "line"], as_index=False)
        .agg(
            documents=("body", "size"),
            first=("first", "mean"),
            at_edge=("at_edge", "mean"),
            where=("document", list),
        )
    )


def _are_unrelated(line: str, raws: pd.Series, *, n: int = 8, shared: float = 0.2) -> bool:
    """Tell whether documents have, but for one line, few words in common."""
    words = [set(raw.replace(line, " ").split()) for raw in sorted(raws)[:n]]
    overlaps = [len(a & b) / max(min(len(a), len(b)), 1) for a, b in combinations(words, 2)]
    return float(np.mean(overlaps)) < shared

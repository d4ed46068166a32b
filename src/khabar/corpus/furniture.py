"""What stands round the articles on news pages: known furniture, and lines that recur."""

import re
from collections import defaultdict
from collections.abc import Callable
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
_ASKED = 8  # documents in which a sentence recurs


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
    """The short lines of some documents, and where they stand.

    Attributes
    ----------
    rules : dict of str to Rule
        The lines that are known furniture.
    numbers : dict of str to int
        The other short lines, each with a number that it has in every corpus.
    places : DataFrame
        One row per document and other short line: `document` (position), `line` (its number),
        `length` (characters), `first` (nothing but furniture above), `at_edge` (among the first
        or last few lines).
    documents : DataFrame
        `body` (a number, by the two longest lines: copies have the same) and `order` (a number
        by the whole text, in the order of which documents are asked).
    """

    rules: dict[str, Rule]
    numbers: dict[str, int]
    places: pd.DataFrame
    documents: pd.DataFrame

    def __repr__(self) -> str:
        return (
            f"<LineTable: {len(self.documents)} documents, {len(self.numbers)} short lines, "
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
    places, bodies = [], []
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
        bodies.append("\n".join(sorted(lines, key=len)[-2:]))
        places += [
            (
                document,
                codes.setdefault(line, len(codes)),
                len(line),
                i == 0,
                i < _TOP or i >= len(left) - _END,
            )
            for i, line in enumerate(left)
            if line is not None
        ]
    found = {line: rule for line, rule in rules.items() if rule}
    numbers = _numbers(list(codes))
    table = pd.DataFrame(places, columns=list(PLACES)).astype(PLACES)
    table["line"] = numbers[table["line"]]
    documents = pd.DataFrame({"body": _numbers(bodies), "order": _numbers(raws.tolist())})
    return LineTable(found, dict(zip(codes, numbers.tolist(), strict=True)), table, documents)


PLACES = {
    "document": np.int64,
    "line": np.int64,
    "length": np.int64,
    "first": bool,
    "at_edge": bool,
}


def _numbers(texts: list[str]) -> np.ndarray:
    """Number texts, equal ones alike, in the same way at any time and on any machine."""
    objects = np.array(texts, dtype=object)
    return pd.util.hash_array(objects, categorize=False).view(np.int64)


def recurring_lines(
    places: pd.DataFrame,
    documents: pd.DataFrame,
    raws_of: Callable[[list[list[int]]], list[list[str]]],
) -> dict[str, set[int]]:
    """Find the lines that stand at the edges of many documents of one outlet.

    A line of up to 60 characters has to stand in three documents and one in a thousand of the
    outlet; a longer one in five and two in a thousand, and in documents that share few other words
    (a sentence of background recurs too, but in reports of one affair). Always at the beginning or
    never: the first paragraph of one article may be the teaser under another. Copies count once.

    Parameters
    ----------
    places : DataFrame
        Those of `line_table`; all of a line, but not all lines need be there.
    documents : DataFrame
        Those of `line_table`, of the whole corpus, with `outlet` ('' where missing).
    raws_of : callable
        From positions of documents, in lists, to the texts as read.

    Returns
    -------
    dict of str to set of int
        Outlet to the numbers of its lines.
    """
    outlet, names = pd.factorize(documents["outlet"])
    bodies = documents["body"].to_numpy()
    size = documents.drop_duplicates(["outlet", "body"])["outlet"].value_counts()
    size = size.reindex(names).to_numpy()
    counts = _count_places(places, outlet, bodies, documents["order"].to_numpy())
    share = counts["documents"] / size[counts["outlet"]]
    often = np.where(
        counts["length"] <= _SHORT,
        (counts["documents"] >= 3) & (share >= 0.001),
        (counts["documents"] >= 5) & (share >= 0.002),
    )
    steady = (counts["first"] == 0) | (counts["first"] >= _AT_EDGE)
    candidates = counts[often & steady & (counts["at_edge"] >= _AT_EDGE)]
    is_short = candidates["length"] <= _SHORT
    long = candidates[~is_short]
    texts = raws_of([where[:_ASKED] for where in long["where"]])
    unrelated = [_are_unrelated(line, of) for line, of in zip(long["line"], texts, strict=True)]
    found = defaultdict(set)
    for row in pd.concat([candidates[is_short], long[unrelated]]).itertuples():
        found[names[row.outlet]].add(row.line)
    return dict(found)


def _count_places(
    places: pd.DataFrame, outlet: np.ndarray, bodies: np.ndarray, order: np.ndarray
) -> pd.DataFrame:
    """Count, for lines in three places or more: outlet, line, documents, first, at_edge, where.

    For the copies of an article speaks the first of them in order.
    """
    code = pd.factorize(places["line"])[0]
    places = places[np.bincount(code)[code] >= 3] if len(places) else places
    document = places["document"].to_numpy()
    places = places.assign(outlet=outlet[document], body=bodies[document], order=order[document])
    return (
        places.sort_values("order", kind="stable")
        .drop_duplicates(["outlet", "line", "body"])
        .groupby(["outlet", "line"], as_index=False)
        .agg(
            length=("length", "first"),
            documents=("body", "size"),
            first=("first", "mean"),
            at_edge=("at_edge", "mean"),
            where=("document", list),
        )
    )


def _are_unrelated(number: int, raws: list[str], *, shared: float = 0.2) -> bool:
    """Tell whether documents have, but for one line, few words in common."""
    lines = [
        line for line in map(str.strip, raws[0].splitlines()) if _SHORT < len(line) <= _LONGEST
    ]
    line = lines[_numbers(lines).tolist().index(number)]
    words = [set(raw.replace(line, " ").split()) for raw in raws]
    overlaps = [len(a & b) / max(min(len(a), len(b)), 1) for a, b in combinations(words, 2)]
    return float(np.mean(overlaps)) < shared

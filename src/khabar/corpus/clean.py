"""Tell the article from the page: title, body, and what was furniture."""

import re
from functools import cache
from importlib.resources import files

import pandas as pd

from khabar.language.orthography import counting_key
from khabar.progress import progress

_LONGEST_FURNITURE = 100
_RECURS_IN_DOCUMENTS, _RECURS_IN_SHARE = 3, 0.2


def clean_articles(articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Separate headline and body from what web pages put round them.

    Lines go for one of two kinds of reason: a rule for known furniture (live badges, cookie
    notices, print lines, ...; the bundled list `furniture.tsv`), or because a short line recurs in
    at least three documents and a fifth of an outlet's documents.

    Parameters
    ----------
    articles : DataFrame
        As `read_articles` returns them.

    Returns
    -------
    documents : DataFrame
        The articles with `title` (as given, else the first line left) and `text`, the body: the
        lines left, as published, joined by line ends.
    removed : DataFrame
        One row per line taken away: `document_id`, `line` (1-based, in `raw`), `text`, `rule`.
    """
    recurring = _recurring_lines(articles)
    titles, bodies, removed = [], [], []
    columns = ("raw", "title", "outlet")
    rows = zip(articles.index, *(articles[c] for c in columns), strict=True)
    for document_id, raw, title, outlet in progress(rows, "clean", total=len(articles)):
        lines = raw.splitlines()
        rules = [_rule(line, outlet, recurring) for line in lines]
        if pd.isna(title):
            first = next((i for i, rule in enumerate(rules) if rule is None), None)
            title = "" if first is None or len(_left(rules)) == 1 else lines[first].strip()
        rules = _mark_headlines(lines, rules, title)
        titles.append(title)
        bodies.append("\n".join(lines[i] for i in _left(rules)))
        removed += [
            (document_id, i + 1, line, rule)
            for i, (line, rule) in enumerate(zip(lines, rules, strict=True))
            if rule not in (None, "blank")
        ]
    documents = articles.assign(title=titles, text=bodies)
    return documents, pd.DataFrame(removed, columns=["document_id", "line", "text", "rule"])


@cache
def furniture_rules() -> dict[str, re.Pattern[str]]:
    """Return the bundled rules, name to the pattern a whole line has to match."""
    table = files("khabar.data").joinpath("furniture.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines()[1:]]
    return {name: re.compile(pattern) for name, pattern in rows}


def _rule(line: str, outlet: str, recurring: set[tuple[str, str]]) -> str | None:
    """Return the name of the rule that takes the line away, or None."""
    text = line.strip()
    if not text:
        return "blank"
    if len(text) <= 3 * _LONGEST_FURNITURE:
        for name, pattern in furniture_rules().items():
            if pattern.fullmatch(text):
                return name
    return "recurs in the outlet" if (outlet, text) in recurring else None


def _mark_headlines(lines: list[str], rules: list[str | None], title: str) -> list[str | None]:
    """Mark the headline, and its repetitions among the first lines left, as no body."""
    marked, seen = list(rules), False
    for i in _left(rules)[:4]:
        if title and counting_key(lines[i].strip()) == counting_key(title.strip()):
            marked[i] = "repeated headline" if seen else "headline"
            seen = True
    return marked


def _left(rules: list[str | None]) -> list[int]:
    return [i for i, rule in enumerate(rules) if rule is None]


def _recurring_lines(articles: pd.DataFrame) -> set[tuple[str, str]]:
    """Short lines that stand in many documents of one outlet: (outlet, line)."""
    lines = articles["raw"].map(lambda raw: list({line.strip() for line in raw.splitlines()}))
    table = pd.DataFrame({"outlet": articles["outlet"], "line": lines}).explode("line")
    table = table[table["line"].str.len().between(1, _LONGEST_FURNITURE)]
    documents = table.groupby(["outlet", "line"]).size()
    n_articles = articles.groupby("outlet").size().reindex(documents.index, level="outlet")
    often = (documents >= _RECURS_IN_DOCUMENTS) & (documents >= _RECURS_IN_SHARE * n_articles)
    return set(documents.index[often])

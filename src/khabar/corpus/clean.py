"""Tell the article from the page: title, body, outlet, and what was furniture."""

import re

import pandas as pd

from khabar.corpus.datelines import find_datelines, source_parts, tail_start, without_doubtful
from khabar.corpus.furniture import PARAGRAPH, LineTable, Rule, line_table, recurring_lines
from khabar.corpus.outlets import find_outlets, outlet_names, with_hosts_named
from khabar.language.orthography import counting_key
from khabar.progress import progress

_LONGEST_HEADLINE = 200  # characters
_HEADLINES_WITHIN = 4  # lines
_LONGEST_CAPTION = 40  # characters; a deck under the headline is longer
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # where str.splitlines splits
_REMOVED = ["document_id", "line", "text", "rule"]


def clean_articles(
    articles: pd.DataFrame, *, clean: bool = True
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Separate headline, outlet and body from what web pages put round them.

    Lines go for one of two kinds of reason: a rule for known furniture (live badges, cookie
    notices, print lines, rights, ...; the bundled list `furniture.tsv`), or because the line
    recurs at the edges of an outlet's documents that are no copies of each other. From the first
    paragraph the dateline is cut.

    Parameters
    ----------
    articles : DataFrame
        As `read_articles` returns them.
    clean : bool
        If False nothing is taken away: `text` is `raw`, titles and outlets are as given.

    Returns
    -------
    documents : DataFrame
        The articles with `title` (as given, else the first line left), `text` (the body:
        characters of `raw`, in order), `outlet` (as given, else as the page names it, else
        missing) and `outlet_rule`: 'given', or the rule by which the page told.
    removed : DataFrame
        What was taken away: `document_id`, `line` (1-based, in `raw`), `text`, `rule`. A dateline
        may be only the beginning of its line, a link glued to the last line only its end; every
        other row is a whole line. Blank lines are not listed.

    Notes
    -----
    When in doubt a line stays. An article that was published ten times recurs as a whole, so
    copies count once before a line is called recurring.
    """
    if not clean:
        return _as_published(articles), pd.DataFrame(columns=_REMOVED)
    lines = line_table(articles["raw"])
    outlets = find_outlets(articles, lines.rules)
    outlets = with_hosts_named(outlets, outlet_names(outlets))
    told = lines.documents.assign(outlet=outlets["outlet"].fillna("").to_numpy())
    recurring = recurring_lines(
        lines.places, told, lambda where: [articles["raw"].iloc[of].tolist() for of in where]
    )
    bodies, removed = without_furniture(articles.assign(**outlets), lines, recurring)
    ends, parts = find_datelines(bodies["text"].tolist(), bodies["outlet"])
    ends = without_doubtful(ends, parts, source_parts(parts))
    return cut_ends(bodies, removed, ends)


def without_furniture(
    articles: pd.DataFrame, lines: LineTable, recurring: dict[str, set[int]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take whole lines away.

    Parameters
    ----------
    articles : DataFrame
        As `read_articles` returns them, `outlet` completed.
    lines : LineTable
        Of the same articles.
    recurring : dict of str to set of int
        As `recurring_lines` finds them in the whole corpus.

    Returns
    -------
    bodies : DataFrame
        The articles with `title` and `text`; `first_line` and `last_line` of the text in `raw`
        (1-based).
    removed : DataFrame
        The lines taken away.
    """
    here = set(articles["outlet"].fillna(""))
    found = {
        outlet: frozenset(line for line, number in lines.numbers.items() if number in numbers)
        for outlet, numbers in recurring.items()
        if outlet in here
    }
    titles, bodies, spans, removed = [], [], [], []
    columns = (articles["raw"], articles["title"], articles["outlet"].fillna(""))
    rows = zip(articles.index, *columns, strict=True)
    for document_id, raw, title, outlet in progress(rows, "clean", total=len(articles)):
        of_raw = raw.splitlines(keepends=True)
        rules = _rules([line.strip() for line in of_raw], lines.rules, found.get(outlet, ()))
        title = _headline(of_raw, rules) if pd.isna(title) else title
        _mark_headlines(of_raw, rules, title)
        _mark_captions(of_raw, rules)
        left = _left(rules)
        titles.append(title)
        bodies.append("".join(of_raw[i] for i in left))
        spans.append((left[0] + 1, left[-1] + 1) if left else (0, 0))
        removed += [
            (document_id, i + 1, _without_line_end(of_raw[i]), rule)
            for i, rule in enumerate(rules)
            if rule and rule != "blank"
        ]
    first, last = zip(*spans, strict=True) if spans else ((), ())
    # Texts go on being cut: as Python's strings until they are done.
    texts = pd.Series(bodies, articles.index, dtype=object)
    bodies = articles.assign(title=titles, text=texts, first_line=first, last_line=last)
    return bodies, pd.DataFrame(removed, columns=_REMOVED)


def cut_ends(
    bodies: pd.DataFrame, removed: pd.DataFrame, ends: list[int]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cut datelines, and what is glued to the last line: the documents, and all that was removed.

    `ends` says how many characters of each body are its dateline.
    """
    texts, parts = [], []
    columns = ("text", "first_line", "last_line")
    rows = zip(bodies.index, ends, *(bodies[c] for c in columns), strict=True)
    for document_id, end, body, first, last in rows:
        if end:
            parts.append((document_id, first, _without_line_end(body[:end]), "dateline"))
        body = _without_line_end(body[end:])
        start, rule = tail_start(body)
        if rule:
            parts.append((document_id, last, body[start:], rule))
        texts.append(_without_line_end(body[:start]))
    removed = pd.concat([removed, pd.DataFrame(parts, columns=_REMOVED)], ignore_index=True)
    documents = bodies.drop(columns=["first_line", "last_line"]).assign(text=texts)
    return documents, _in_reading_order(removed, bodies.index)


def _as_published(articles: pd.DataFrame) -> pd.DataFrame:
    given = articles["outlet"].notna().map({True: "given", False: None}).astype("str")
    title = articles["title"].fillna("")
    return articles.assign(title=title, text=articles["raw"], outlet_rule=given)


def _rules(lines: list[str], known: dict[str, Rule], recurring: frozenset[str]) -> list[str | None]:
    """Return for each line the name of the rule that takes it away, or None."""
    running = [i for i, line in enumerate(lines) if len(line) >= PARAGRAPH and line not in known]
    first, last = (running[0], running[-1]) if running else (len(lines), -1)
    rules: list[str | None] = []
    for i, line in enumerate(lines):
        rule = known.get(line)
        if not line:
            rules.append("blank")
        elif rule and (rule.where == "any" or not first < i < last):
            rules.append(rule.name)
        else:
            rules.append("recurs in the outlet" if line in recurring else None)
    return rules


def _headline(lines: list[str], rules: list[str | None]) -> str:
    """Return the first line left, unless it is a paragraph or all there is."""
    left = _left(rules)
    line = lines[left[0]].strip() if len(left) > 1 else ""
    return line if len(line) <= _LONGEST_HEADLINE else ""


def _mark_headlines(lines: list[str], rules: list[str | None], title: str) -> None:
    """Mark the headline, and its repetitions among the first lines left, as no body."""
    title = title.strip()
    if not title:
        return
    key, seen = counting_key(title), False
    for i in _left(rules)[:_HEADLINES_WITHIN]:
        line = lines[i].strip()
        # Marks and kashida are all that a key drops: a line much longer is another one.
        if len(line) <= 2 * len(title) and counting_key(line) == key:
            rules[i] = "repeated headline" if seen else "headline"
            seen = True


def _mark_captions(lines: list[str], rules: list[str | None]) -> None:
    """Mark the few words that stand between the headline and furniture below it."""
    headlines = [i for i, rule in enumerate(rules) if rule in ("headline", "repeated headline")]
    running = (i for i, line in enumerate(lines) if len(line.strip()) >= PARAGRAPH)
    top = range(headlines[-1] + 1 if headlines else 0, next(running, 0))
    furniture = [i for i in top if rules[i] not in (None, "blank")]
    for i in range(top.start, furniture[-1] if furniture else 0):
        line = lines[i].strip()
        if rules[i] is None and len(line) <= _LONGEST_CAPTION and not re.search(r"\d", line):
            rules[i] = "picture caption"


def _left(rules: list[str | None]) -> list[int]:
    return [i for i, rule in enumerate(rules) if rule is None]


def _without_line_end(text: str) -> str:
    return text.rstrip(_LINE_ENDS)


def _in_reading_order(removed: pd.DataFrame, index: pd.Index) -> pd.DataFrame:
    place = pd.Series(range(len(index)), index=index)
    order = removed.assign(place=removed["document_id"].map(place)).sort_values(["place", "line"])
    return removed.loc[order.index].reset_index(drop=True)

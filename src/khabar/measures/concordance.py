"""Words in their context, as published."""

import numpy as np
import pandas as pd

from khabar.checks import require_columns, require_type
from khabar.errors import KhabarError
from khabar.language.orthography import alphabetical_key
from khabar.language.query import Occurrences, documents_of, find_query
from khabar.language.tokens import Tokens
from khabar.measures.groups import group_name, group_of_documents

_SORTS = ("text", "before", "after", "keyword")
_TOLD = ("title", "outlet", "published", "url")
_WORDS_SORTED_BY = 3


def concordance(
    tokens: Tokens,
    query: str,
    *,
    window: int = 8,
    match: str = "citation",
    sort: str = "text",
    sample: int | None = None,
    random_state: int = 0,
    documents: pd.DataFrame | None = None,
    by: pd.Series | None = None,
) -> pd.DataFrame:
    """Every occurrence of a word or phrase, with the words around it.

    Parameters
    ----------
    tokens : Tokens
    query : str
        One or more words; `*` stands for any letters of a word (`سور*`), alone for any word.
    window : int
        Words of context on each side, as far as the document reaches.
    match : {'citation', 'clitics', 'surface'}
        What a word finds: every form of the same citation form, as they are counted together
        (`لافروف` also finds `ولافروف`, and `المعارضة` finds `معارضة`); the word as written and with
        و ف ب ل ك س before it; or only the word as written. Spellings that differ in marks, kashida
        or the hamza of an alef are always one, and `الحكومه` finds `الحكومة`.
    sort : {'text', 'before', 'after', 'keyword'}
        By document and position, or alphabetically: by the words before the keyword (from the
        nearest backwards), by those after it, or by the keyword as written.
    sample : int, optional
        At most so many lines, drawn at random.
    random_state : int
        The only source of chance.
    documents : DataFrame, optional
        Indexed by document; its `title`, `outlet`, `published` and `url`, those it has, are joined.
    by : Series, optional
        The group of each document, joined too; lines of documents without one are left out.

    Returns
    -------
    DataFrame
        One row per occurrence: `document_id`, `left` (the text before; it stands on the right when
        Arabic is displayed), `keyword`, `right` (the text after), `start`, `end` (characters in
        the text, end exclusive); then what was joined. All text is as published.

    Notes
    -----
    There are as many rows as `query_counts` counts. A phrase lies within one sentence. Forms that
    are stop words by themselves (بشكل) are not found as forms of another word (شكل).

    Examples
    --------
    >>> from khabar.language.tokens import tokenize
    >>> tokens = tokenize(pd.Series({"a": "قال لافروف أمس، ولافروف وزير."}))
    >>> concordance(tokens, "لافروف", window=1)[["left", "keyword", "right"]].values.tolist()
    [['قال ', 'لافروف', ' أمس'], ['أمس، ', 'ولافروف', ' وزير']]
    """
    require_type("tokens", tokens, Tokens)
    if window < 0:
        raise KhabarError(f"window must be a number of words, 0 or more, not {window!r}")
    if sort not in _SORTS:
        raise KhabarError(f"sort must be one of {', '.join(map(repr, _SORTS))}; not {sort!r}")
    found = find_query(tokens, query, match=match)
    position, groups = group_of_documents(by, tokens.document_ids)
    found = found.at(position[documents_of(tokens, found.first)] >= 0)
    if sample is not None and sample < len(found.first):
        drawn = np.random.default_rng(random_state).choice(len(found.first), sample, replace=False)
        found = found.at(np.sort(drawn))
    found = found.at(_order(tokens, found, sort))
    table = context_lines(tokens, found, window)
    if documents is not None:
        require_columns("documents", documents, [])
        told = [name for name in _TOLD if name in documents]
        rows = documents[told].reindex(table["document_id"])
        table = table.assign(**{name: rows[name].array for name in told})
    if by is not None:
        of_line = position[documents_of(tokens, found.first)]
        table[group_name(by)] = groups.take(of_line)
    return table


def context_lines(tokens: Tokens, found: Occurrences, window: int) -> pd.DataFrame:
    """Return `document_id`, `left`, `keyword`, `right`, `start` and `end` of each occurrence."""
    first, last = found.first, found.last
    row = documents_of(tokens, first)
    left = np.maximum(first - window, tokens.offsets[row])
    right = np.minimum(last + window, tokens.offsets[row + 1] - 1)
    start, end = tokens.starts[first], tokens.ends[last]
    # Each text is fetched once, however many lines it has.
    used, of_line = np.unique(row, return_inverse=True)
    texts = tokens.texts.iloc[used].tolist()
    spans = zip(of_line, tokens.starts[left], start, end, tokens.ends[right], strict=True)
    lines = [(texts[i][a:b], texts[i][b:c], texts[i][c:d]) for i, a, b, c, d in spans]
    table = pd.DataFrame(lines, columns=["left", "keyword", "right"], dtype="str")
    table.insert(0, "document_id", tokens.document_ids[row])
    return table.assign(start=start, end=end)


def _order(tokens: Tokens, found: Occurrences, sort: str) -> np.ndarray:
    """Return the order of lines; equal ones stay in the order of the text."""
    if sort == "text":
        return np.arange(len(found.first))
    if sort == "keyword":
        length = int((found.last - found.first).max(initial=0)) + 1
        places = [found.first + step for step in range(length)]
    elif sort == "after":
        places = [found.last + step for step in range(1, _WORDS_SORTED_BY + 1)]
    else:
        places = [found.first - step for step in range(1, _WORDS_SORTED_BY + 1)]
    row = documents_of(tokens, found.first)
    within = [(p >= tokens.offsets[row]) & (p < tokens.offsets[row + 1]) for p in places]
    codes = [
        np.where(inside, tokens.codes[np.where(inside, place, 0)], -1)
        for inside, place in zip(within, places, strict=True)
    ]
    rank = _alphabetical_rank(tokens, np.unique(np.concatenate(codes)))
    return np.lexsort([rank[code] for code in reversed(codes)])


def _alphabetical_rank(tokens: Tokens, used: np.ndarray) -> np.ndarray:
    """Return for each used type its place in the alphabet; the last entry is for no word at all."""
    used = used[used >= 0]
    forms = tokens.vocabulary[used]
    order = sorted(range(len(used)), key=lambda i: (alphabetical_key(forms[i]), forms[i]))
    rank = np.zeros(len(tokens.vocabulary) + 1, np.int64)
    rank[used[order]] = np.arange(1, len(used) + 1)
    return rank


def term_lines(tokens: Tokens, terms: pd.Series, *, window: int = 8) -> pd.DataFrame:
    """Every occurrence of several terms, for the evidence of a chart of them.

    Parameters
    ----------
    tokens : Tokens
    terms : Series of str
        Such as the column `term` of `term_frequency`.
    window : int
        Words of context on each side.

    Returns
    -------
    DataFrame
        The rows of `concordance` for one term after another, with `term`.

    Examples
    --------
    >>> from khabar.language.tokens import tokenize
    >>> tokens = tokenize(pd.Series({"a": "قال لافروف أمس، ولافروف وزير."}))
    >>> term_lines(tokens, pd.Series(["وزير", "لافروف"]))["term"].tolist()
    ['وزير', 'لافروف', 'لافروف']
    """
    found = [concordance(tokens, term, window=window).assign(term=term) for term in terms]
    columns = ["document_id", "left", "keyword", "right", "start", "end", "term"]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=columns)

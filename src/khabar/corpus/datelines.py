"""Where datelines ("Cairo - Reuters:") end, and where what is glued to the last line begins."""

import re

import numpy as np
import pandas as pd

from khabar.corpus.furniture import furniture_rules

_JOINT = re.compile(r"[-–—ـ/|]+|:(?=\s*[«\"“])")
_ROUND_A_PART = ' \xa0()«»"“”\u202b\u200f\u200b'
_END = 300  # characters
_LONGEST = 90  # characters
_RECURS = 3  # documents
_LONGEST_PART = 4  # words


def find_datelines(texts: list[str], outlets: pd.Series) -> tuple[list[int], pd.DataFrame]:
    """Look for what may be a dateline at the beginning of each text.

    A dateline is a place and a source in brackets, or parts joined by dashes, ended by a colon or
    by the line's end.

    Parameters
    ----------
    texts : list of str
    outlets : Series of str

    Returns
    -------
    ends : list of int
        How many characters it has, 0 if there is none.
    parts : DataFrame
        The parts of those that have yet to be judged: `document` (position), `outlet` ('' where
        missing), `part`, `text` (a number that equal texts share).
    """
    found = [_candidate(text) for text in texts]
    rows = [
        (document, outlet, part)
        for document, (outlet, (_, parts)) in enumerate(
            zip(outlets.fillna("").tolist(), found, strict=True)
        )
        for part in parts
    ]
    table = pd.DataFrame(rows, columns=["document", "outlet", "part"])
    told = np.array([texts[document] for document in table["document"]], dtype=object)
    table["text"] = pd.util.hash_array(told, categorize=False)
    return [end for end, _ in found], table


def source_parts(parts: pd.DataFrame) -> set[tuple[str, str]]:
    """Return outlet and part of those that begin at least three different documents of an outlet.

    Of the `parts` of a whole corpus: all, or of each outlet and part any three with other texts.
    """
    documents = parts.drop_duplicates(["outlet", "part", "text"]).groupby(["outlet", "part"]).size()
    return set(documents.index[documents >= _RECURS])


def few_of_each(parts: pd.DataFrame) -> pd.DataFrame:
    """Keep of the `parts` no more than `source_parts` has to know."""
    different = parts.drop_duplicates(["outlet", "part", "text"])
    return different.groupby(["outlet", "part"]).head(_RECURS)


def without_doubtful(
    ends: list[int], parts: pd.DataFrame, sources: set[tuple[str, str]]
) -> list[int]:
    """Return the ends of the datelines, 0 for those no part of which is a source.

    That is a news agency, the outlet itself, or one of the `source_parts` of the corpus.
    """
    rows = zip(parts["document"], parts["outlet"], parts["part"], strict=True)
    is_sure = {document: False for document in parts["document"]}
    for document, outlet, part in rows:
        if not is_sure[document]:
            is_sure[document] = part == outlet or (outlet, part) in sources or _is_source(part)
    return [end if is_sure.get(document, True) else 0 for document, end in enumerate(ends)]


def _candidate(text: str) -> tuple[int, list[str]]:
    """Return where the dateline would end, and its parts if they have yet to be judged."""
    head = text[: 2 * _LONGEST]
    for rule in furniture_rules():
        match = rule.pattern.match(head) if rule.where == "start" else None
        if match is None or match.end() > _LONGEST:
            continue
        written = match.groupdict().get("parts")
        if written is None:
            return match.end(), []
        parts = [part.strip(_ROUND_A_PART) for part in _JOINT.split(written.strip())]
        if len(parts) > 1 and all(0 < len(part.split()) <= _LONGEST_PART for part in parts):
            return match.end(), parts
    return 0, []


def _is_source(part: str) -> bool:
    return any(
        rule.pattern.fullmatch(part)
        for rule in furniture_rules()
        if rule.name == "agency signature"
    )


def tail_start(text: str) -> tuple[int, str]:
    """Return where furniture glued to the end of a text begins, and its rule.

    Nothing there: the length of the text, and ''.
    """
    offset = max(len(text) - _END, 0)
    found = [
        (match.start(), rule.name)
        for rule in furniture_rules()
        if rule.where == "end" and (match := rule.pattern.search(text, offset))
    ]
    return min(found, default=(len(text), ""))

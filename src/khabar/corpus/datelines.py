"""Where datelines ("Cairo - Reuters:") end, and where what is glued to the last line begins."""

import re
from collections import defaultdict

import pandas as pd

from khabar.corpus.furniture import furniture_rules

_JOINT = re.compile(r"[-–—ـ/|]+|:(?=\s*[«\"“])")
_ROUND_A_PART = ' \xa0()«»"“”\u202b\u200f\u200b'
_END = 300  # characters
_LONGEST = 90  # characters
_RECURS = 3  # documents
_LONGEST_PART = 4  # words


def dateline_ends(texts: list[str], outlets: pd.Series) -> list[int]:
    """Say how many characters at the beginning of each text are its dateline.

    A dateline is a place and a source in brackets, or parts joined by dashes, ended by a colon or
    by the line's end. One of the parts has to be a source: a news agency, the outlet itself, or a
    part that begins at least three documents of the outlet.

    Parameters
    ----------
    texts : list of str
    outlets : Series of str

    Returns
    -------
    list of int
    """
    outlets = outlets.fillna("").tolist()
    found = [_candidate(text) for text in texts]
    documents = defaultdict(set)
    for outlet, text, (_, parts) in zip(outlets, texts, found, strict=True):
        for part in parts:
            documents[outlet, part].add(text)
    return [
        end
        if not parts
        or any(
            _is_source(part) or part == outlet or len(documents[outlet, part]) >= _RECURS
            for part in parts
        )
        else 0
        for outlet, (end, parts) in zip(outlets, found, strict=True)
    ]


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

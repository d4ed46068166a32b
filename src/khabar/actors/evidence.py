"""From a number back to the lines behind it."""

import re

import pandas as pd


def mention_lines(mentions: pd.DataFrame, texts: pd.Series, *, window: int = 8) -> pd.DataFrame:
    """Put each mention back into its sentence.

    Parameters
    ----------
    mentions : DataFrame
        As `find_mentions` returns them.
    texts : Series of str, indexed by document
        The texts that were searched.
    window : int
        Words of context on each side.

    Returns
    -------
    DataFrame
        The rows of `mentions` with `left` and `right`, the text before and after as published.

    Examples
    --------
    >>> mentions = pd.DataFrame({"document_id": ["a"], "start": [4], "end": [10]})
    >>> lines = mention_lines(mentions, pd.Series({"a": "قال لافروف في موسكو"}), window=1)
    >>> lines[["left", "right"]].values.tolist()
    [['قال ', ' في']]
    """
    before = re.compile(rf"(?:\S+\s+){{0,{window}}}\S*$")
    after = re.compile(rf"\S*(?:\s+\S+){{0,{window}}}")
    spans = zip(mentions["document_id"], mentions["start"], mentions["end"], strict=True)
    contexts = []
    for document, start, end in spans:
        text = texts.loc[document]
        reach = 20 * (window + 1)
        left = before.search(text[max(0, start - reach) : start])
        right = after.match(text[end : end + reach])
        contexts.append((left[0] if left else "", right[0] if right else ""))
    left, right = zip(*contexts, strict=True) if contexts else ((), ())
    return mentions.assign(left=list(left), right=list(right))

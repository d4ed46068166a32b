"""Words in their context, as published."""

import numpy as np
import pandas as pd

from khabar.checks import require_type
from khabar.errors import KhabarError
from khabar.language.citation import citation_forms
from khabar.language.orthography import keys_of_types
from khabar.language.tokens import Tokens, tokenize


def concordance(tokens: Tokens, query: str, *, window: int = 8) -> pd.DataFrame:
    """Every occurrence of a word or phrase, with the words around it.

    Parameters
    ----------
    tokens : Tokens
    query : str
        One or more words. A word finds every form of the same citation form, as they are counted
        together: `لافروف` also finds `ولافروف`, and `المعارضة` finds `معارضة`.
    window : int
        Words of context on each side, as far as the document reaches.

    Returns
    -------
    DataFrame
        One row per occurrence, in order of document and position: `document_id`, `left` (the text
        before; it stands on the right when Arabic is displayed), `keyword`, `right` (the text
        after), `start`, `end` (characters in the text, end exclusive). All text is as published.

    Examples
    --------
    >>> tokens = tokenize(pd.Series({"a": "قال لافروف أمس، ولافروف وزير."}))
    >>> concordance(tokens, "لافروف", window=1)[["left", "keyword", "right"]].values.tolist()
    [['قال ', 'لافروف', ' أمس'], ['أمس، ', 'ولافروف', ' وزير']]
    """
    require_type("tokens", tokens, Tokens)
    words = tokenize(pd.Series([query])).forms(0)
    if not words:
        raise KhabarError(f"query must hold at least one Arabic word, not {query!r}")
    if window < 0:
        raise KhabarError(f"window must be a number of words, 0 or more, not {window!r}")
    document = tokens.document_positions
    first = _occurrences(tokens, words)
    last = first + len(words) - 1
    row = document[first]
    left = np.maximum(first - window, tokens.offsets[row])
    right = np.minimum(last + window, tokens.offsets[row + 1] - 1)
    start, end = tokens.starts[first], tokens.ends[last]
    reach = zip(tokens.starts[left], start, end, tokens.ends[right], strict=True)
    lines = [
        (text[a:b], text[b:c], text[c:d])
        for text, (a, b, c, d) in zip(tokens.texts.iloc[row], reach, strict=True)
    ]
    table = pd.DataFrame(lines, columns=["left", "keyword", "right"], dtype="str")
    table.insert(0, "document_id", tokens.document_ids[row])
    return table.assign(start=start, end=end)


def _occurrences(tokens: Tokens, words: list[str]) -> np.ndarray:
    """Return the positions of the tokens at which the phrase begins, within one document."""
    document = tokens.document_positions
    keys = np.array(keys_of_types(citation_forms([*tokens.vocabulary, *words])), dtype=object)
    of_type, of_word = keys[: len(tokens.vocabulary)], keys[len(tokens.vocabulary) :]
    found = np.arange(max(len(tokens) - len(words) + 1, 0))
    for distance, key in enumerate(of_word):
        found = found[(of_type == key)[tokens.codes[found + distance]]]
    return found[document[found] == document[found + len(words) - 1]]

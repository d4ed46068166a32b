"""From a number back to the lines behind it."""

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
    spans = zip(mentions["document_id"], mentions["start"], mentions["end"], strict=True)
    contexts = [_context(texts.loc[document], s, e, window) for document, s, e in spans]
    left, right = zip(*contexts, strict=True) if contexts else ((), ())
    return mentions.assign(left=list(left), right=list(right))


def _context(text: str, start: int, end: int, window: int) -> tuple[str, str]:
    """Return `window` words before and after; words this long are rarely longer than 20 letters."""
    reach = 20 * (window + 1)
    left, right = text[max(0, start - reach) : start], text[end : end + reach]
    # What is written onto the mention is no word of the context.
    n_left = window + (not left[-1:].isspace())
    n_right = window + (not right[:1].isspace())
    before, after = left.rsplit(None, n_left), right.split(None, n_right)
    if len(before) > n_left:
        left = left[len(before[0]) :].lstrip()
    if len(after) > n_right:
        right = right[: -len(after[-1])].rstrip()
    return left, right


def suggestion_lines(
    suggestions: pd.DataFrame, texts: pd.Series, *, window: int = 8
) -> pd.DataFrame:
    """Put suggested names back into the sentences they come from, up to three for each.

    Parameters
    ----------
    suggestions : DataFrame
        As `suggest_actors` or `suggest_spellings` returns them, or some rows of it.
    texts : Series of str, indexed by document
        The texts that were searched.
    window : int
        Words of context on each side.

    Returns
    -------
    DataFrame
        One row per line, as `mention_lines` returns them: `document_id`, `start`, `end`,
        `surface`, `rule` (the suggested name), `left` and `right`.

    Examples
    --------
    >>> found = pd.DataFrame({"name": ["سامر"], "places": [[("a", 4, 8)]]})
    >>> suggestion_lines(found, pd.Series({"a": "قال سامر نعم"}))["surface"].tolist()
    ['سامر']
    """
    name = "name" if "name" in suggestions else "written"
    rows = [
        (*place, texts.loc[place[0]][place[1] : place[2]], called)
        for places, called in zip(suggestions["places"], suggestions[name], strict=True)
        for place in places
    ]
    columns = ["document_id", "start", "end", "surface", "rule"]
    return mention_lines(pd.DataFrame(rows, columns=columns), texts, window=window)

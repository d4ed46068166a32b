"""Sets of words that rules ask for: written as text, compared as name keys."""

from khabar.actors.reading import name_keys

CONJUNCTIONS = ("", "و", "ف")
PREPOSITIONS = ("", "و", "ب", "ل")


def words(text: str, proclitics: tuple[str, ...] = ("",)) -> frozenset[str]:
    """Return the keys of the words of a text, each behind each proclitic.

    >>> sorted(words("إلى حتى", ("", "و")))
    ['الي', 'حتي', 'والي', 'وحتي']
    """
    return frozenset(clitic + word for word in name_keys(text.split()) for clitic in proclitics)


def with_clitics(text: str) -> frozenset[str]:
    """Return the keys of the words of a text behind every conjunction and preposition.

    >>> "وللجيش" in with_clitics("الجيش")
    True
    """
    both = tuple(c + p for c in CONJUNCTIONS for p in ("", "ب", "ل", "ك"))
    definite = (word.removeprefix("ال") for word in text.split() if word.startswith("ال"))
    return words(text, both) | words(" ".join(definite), ("لل", "ولل"))

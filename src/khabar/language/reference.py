"""How common words are in Arabic at large, by wordfreq: the reference where there is no other."""

from functools import cache
from itertools import product

import numpy as np
import pandas as pd

from khabar.language.citation import attested_words, citation_forms, citation_forms_among
from khabar.language.orthography import keys_of_types
from khabar.language.stopwords import bundled_keys

# The rarest words of wordfreq's list are one in so many, so each of them stands for one occurrence.
N_REFERENCE_WORDS = 100_000_000

_CONJUNCTIONS, _PREPOSITIONS = ("", "و", "ف"), ("", "ب", "ل", "ك")
_ARTICLES = ("ال", "بال", "لل", "كال")
_PRONOUNS = ("ه", "ها", "هم", "نا")
_BARE = tuple(map("".join, product(_CONJUNCTIONS, _PREPOSITIONS)))
_DEFINITE = tuple(map("".join, product(_CONJUNCTIONS, _ARTICLES)))


def reference_frequency(terms: pd.Index) -> np.ndarray:
    """Return how often each term would occur in 100 million words of general Arabic.

    All forms that are counted as the term are added up: with the article, with a conjunction or
    preposition before it, with a pronoun after it; forms that are stop words are not, unless the
    term is one. Of an n-gram nothing is known: missing.

    >>> often, seldom = reference_frequency(pd.Index(["رئيس", "ميستورا"]))
    >>> bool(often > 100 * seldom > 0)
    True
    """
    terms = np.asarray(terms, dtype=object)
    keys = keys_of_types(citation_forms(terms))
    stopped = [key in bundled_keys() for key in keys_of_types(terms)]
    spelt = _spelt()
    made = [
        (term, word, often)
        for term, key in enumerate(keys)
        for form in _forms(key)
        if form in spelt and (stopped[term] or form not in bundled_keys())
        for word, often in spelt[form]
    ]
    term, word, often = (
        (np.array(column) for column in zip(*made, strict=True))
        if made
        else (np.zeros(0, int),) * 3
    )
    # A form that only looks so belongs to another word: ولد is no لد.
    lemma = np.array(keys_of_types(citation_forms_among(word.tolist(), ())), dtype=object)
    counted = lemma == np.array(keys, dtype=object)[term]
    frequency = np.bincount(term[counted], often[counted].astype(float), len(terms))
    return np.where([" " in term for term in terms], np.nan, frequency)


def _forms(key: str) -> set[str]:
    """Return what can be made of a citation form."""
    stem = key[:-1] + "ت" if key.endswith("ة") else key
    forms = {before + key for before in (*_BARE, *_DEFINITE)}
    return forms | {before + stem + after for before in _BARE for after in _PRONOUNS}


@cache
def _spelt() -> dict[str, list[tuple[str, float]]]:
    """Return for each counting key the words so spelt, with their occurrences."""
    words = attested_words()
    spelt: dict[str, list[tuple[str, float]]] = {}
    for (word, centibels), key in zip(words.items(), keys_of_types(words), strict=True):
        often = 10 ** (centibels / 100) * N_REFERENCE_WORDS
        spelt.setdefault(key, []).append((word, often))
    return spelt

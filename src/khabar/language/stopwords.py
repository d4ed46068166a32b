"""Stop words of Arabic news: what stands in every article and tells none apart.

Two lists make one. arabic-stopwords holds the function words of Arabic with everything that is
written onto them. Ours, `data/stopwords/news.tsv`, adds what news repeats: reporting verbs, months,
weekdays, and the spellings without hamza. `data/stopwords/protected.tsv` names what must stay.

A word is compared as written, never by its citation form: وبعد and منها are listed as such, and a
guess about clitics cannot make a name disappear.
"""

import re
import warnings
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import product

import pandas as pd

from khabar.errors import KhabarError
from khabar.language.orthography import counting_key, counting_keys, normalize

_DATA = files("khabar") / "data" / "stopwords"
_CONJUNCTIONS = ("", "و", "ف")
# What is written before and after a listed word.
_PREPOSITIONS = ("", "ب", "ل", "ك")
_PREFIXES = tuple(map("".join, product(_CONJUNCTIONS, _PREPOSITIONS)))
_FORMS = {
    "past": (_CONJUNCTIONS, ("", "ت", "ا", "وا", "ه", "ها", "ته", "تها")),
    "present": (
        tuple(map("".join, product(_CONJUNCTIONS, ("", "س", "ل"), "يت"))),
        ("", "ون", "وا", "ه", "ها", "هم", "كم", "نا"),
    ),
    "participle": (_CONJUNCTIONS, ("ا", "ة", "ين")),
    "particle": (_CONJUNCTIONS, ("",)),
    "noun": (_PREFIXES, ("",)),
    "quantifier": (_PREFIXES, ("", "ه", "ها", "هم", "هما", "هن", "نا", "كم")),
}


def stop_words(*, add: Iterable[str] = (), remove: Iterable[str] = ()) -> pd.DataFrame:
    """List the stop words and where each comes from.

    Parameters
    ----------
    add, remove : iterable of str
        Words to drop as well, words to keep after all, in any spelling; with و, ف, ب, ل, ك and the
        article before them too.

    Returns
    -------
    DataFrame
        One row per key: `word`, `key` (what is compared), `base` (the word it is a form of),
        `source` ('arabic-stopwords', 'news' or 'user') and `category`.

    Notes
    -----
    Names and content words that arabic-stopwords holds (علي, أبو, شمال) are not in the table.

    Examples
    --------
    >>> table = stop_words(add=["مجلس"], remove=["عام"]).set_index("word")
    >>> table.loc[["للمجلس", "وأكدت", "ولكن"], ["base", "source"]]
               base            source
    word
    للمجلس     مجلس              user
    وأكدت       أكد              news
    ولكن        لكن  arabic-stopwords
    >>> "العام" in table.index
    False
    """
    for name, words in (("add", add), ("remove", remove)):
        if isinstance(words, str):
            raise KhabarError(f"{name} must be a list of words, not one string")
    table = pd.concat([_inflect(_nouns(add), "user"), _bundled()]).drop_duplicates("key")
    return table[~table["key"].isin(_inflect(_nouns(remove), "user")["key"])].reset_index(drop=True)


def is_stop_word(word: str) -> bool:
    """Whether the word as written, hamzas aside, is among the bundled stop words.

    >>> [is_stop_word(word) for word in ["ولكن", "الى", "وأضافت", "علي", "مليون"]]
    [True, True, True, False, False]
    """
    return counting_key(word) in bundled_keys()


@cache
def bundled_keys() -> frozenset[str]:
    """Return the keys of the bundled stop words."""
    return frozenset(_bundled()["key"])


@cache
def _bundled() -> pd.DataFrame:
    protected = pd.read_csv(_DATA / "protected.tsv", sep="\t")
    kept = _inflect(_nouns(protected["word"]), "protected")["key"]
    news = _inflect(pd.read_csv(_DATA / "news.tsv", sep="\t"), "news")
    function_words = _function_words()
    function_words = function_words[~function_words["base"].isin(protected["word"])]
    table = pd.concat([news, function_words]).drop_duplicates("key")
    return table[~table["key"].isin(kept)]


def _function_words() -> pd.DataFrame:
    """Return the forms of arabic-stopwords, without those that a reader takes for something else.

    With ال a function word is a noun (الأمام is spelt like الإمام), with ي an adjective or a name
    (شهري, علي), with the أ of questions another word (أمن, أهم).
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyarabic, which it imports, has invalid escapes
        from arabicstopwords.arabicstopwords import stop_stem, stopwords_list

    forms = stopwords_list()
    table = pd.DataFrame({"word": forms, "base": [stop_stem(form) for form in forms]}, dtype=object)
    form, base = table["word"].str, table["base"].str
    misread = (
        (form.startswith("ال") & ~base.startswith("ال"))
        | (form.endswith("ي") & ~base.endswith("ي"))
        | (form.startswith("أ") & (form[:2] != base[:2]))
    )
    table = table[~misread].assign(source="arabic-stopwords", category="function word")
    return _with_keys(table)


def _nouns(words: Iterable[str]) -> pd.DataFrame:
    return pd.DataFrame({"word": list(words), "forms": "noun", "category": ""}, dtype=object)


def _inflect(words: pd.DataFrame, source: str) -> pd.DataFrame:
    """Write out the forms of each word; `words` has columns `word`, `forms` and `category`."""
    rows = [
        (form, word, source, category)
        for word, forms, category in words[["word", "forms", "category"]].itertuples(index=False)
        for form in _forms(normalize(word), forms)
    ]
    return _with_keys(
        pd.DataFrame(rows, columns=["word", "base", "source", "category"], dtype=object)
    )


def _forms(word: str, forms: str) -> list[str]:
    before, after = _FORMS[forms]
    stems = [word.removeprefix("ي")] if forms == "present" else [word]
    if forms in {"noun", "quantifier"} and not word.startswith("ال"):
        stems.append("ال" + word)
    written = (prefix + stem + suffix for stem in stems for prefix in before for suffix in after)
    # ل and the article ال are written لل.
    return [re.sub("^([وف]?)لال", r"\1لل", form) for form in written]


def _with_keys(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(key=counting_keys(table["word"]))[
        ["word", "key", "base", "source", "category"]
    ]

"""Matching on codes finds what a naive search finds."""

from collections import Counter

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

import khabar as kb
from khabar.language.orthography import name_key

# Few letters, so that words share beginnings, hold clitics and articles, and fold into each other.
_WORD = st.text("اللوبفكسىيأة", min_size=1, max_size=11)
_NAME = st.lists(_WORD, min_size=1, max_size=3).map(" ".join)


def forms_of(word: str) -> set[str]:
    """Every way of writing a name: the article loses its alef after ل, ألمانيا does not."""
    forms = set()
    for conjunction in ("", "و", "ف"):
        for preposition in ("", "ب", "ل", "ك"):
            forms.add(conjunction + preposition + word)
        if word.startswith("ال"):
            forms.add(f"{conjunction}لل{word[2:].removeprefix('ل')}")
    return forms


def naive(text: list[str], alias: str) -> int:
    """Count the places where the words of an alias stand, whatever is written onto the first."""
    first, *rest = map(name_key, alias.split())
    words = [name_key(word) for word in text]
    return sum(
        words[at] in forms_of(first) and words[at + 1 : at + 1 + len(rest)] == rest
        for at in range(len(words))
    )


@given(st.lists(st.lists(_WORD, max_size=12), min_size=1, max_size=4), st.data())
def test_every_match_of_a_naive_search_is_found_and_no_other(documents, data):
    said = [" ".join(words[at:]) for words in documents for at in range(len(words))]
    names = st.one_of(_NAME, st.sampled_from(said)) if said else _NAME
    aliases = pd.Series(data.draw(st.lists(names, min_size=1, max_size=5)))
    texts = pd.Series([" ".join(words) for words in documents])
    found = kb.find_aliases(kb.tokenize(texts), aliases)
    counts = Counter(zip(found["document_id"], found["actor"], strict=True))
    for number, words in enumerate(documents):
        for actor, alias in aliases.items():
            assert naive(words, alias) == counts[number, actor]


def test_words_with_the_same_first_letters_are_told_apart():
    aliases = pd.Series({"short": "المستشار", "long": "المستشارية", "gulf": "اللجنة"})
    texts = pd.Series(["والمستشارون للمستشارية وللجنة المستشار للجنه"])
    found = kb.find_aliases(kb.tokenize(texts), aliases)
    assert found["actor"].tolist() == ["long", "gulf", "short"]


def test_a_name_that_begins_with_hamza_and_lam_keeps_its_alef_after_a_preposition():
    found = kb.find_aliases(kb.tokenize(pd.Series(["لألمانيا ولألبانيا"])), pd.Series(["ألمانيا"]))
    assert found["start"].tolist() == [1]


def test_names_with_abd_are_found_glued_beside_bin():
    ledger = kb.load_ledger()
    texts = pd.Series({"a": "قال سعود بن عبدالله المعجب", "b": "زار عبدالله بن خليفة آل ثاني"})
    found = kb.find_mentions(texts, ledger)
    assert found["actor"].tolist() == ["saud_al_mojeb", "abdullah_bin_khalifa_qatar"]


def test_no_aliases_and_no_words_are_no_fault():
    nothing = pd.Series([], dtype="str")
    assert kb.find_aliases(kb.tokenize(pd.Series(["قال"])), nothing).empty
    assert kb.find_aliases(kb.tokenize(pd.Series([""])), pd.Series({"a": "قال"})).empty
    assert kb.find_aliases(kb.tokenize(pd.Series([""])), nothing).empty

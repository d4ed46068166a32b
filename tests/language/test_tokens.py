import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import khabar as kb
from khabar.language.orthography import CONTROLS, KASHIDA, MARKS

WORDS = st.sampled_from(["موسكو", "سُوريّا", "الأزمــة", "قال", "و", "لافروف"])
# Hamza and madda above or below make another letter of the one before them.
DIRT = sorted(set(MARKS + KASHIDA + CONTROLS) - set("\u0653\u0654\u0655"))
TEXTS = st.lists(st.lists(WORDS, max_size=8).map(" ".join), min_size=1, max_size=5)


def forms(text: str) -> list[str]:
    return kb.tokenize(pd.Series([text])).forms(0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سيُقدّم، غداً.", ["سيُقدّم", "غداً"]),
        ("إمـــكانية", ["إمـــكانية"]),
        ("موسكو.وعاد", ["موسكو", "وعاد"]),
        ("#سوريا_الآن", ["سوريا", "الآن"]),
        ("الرابطhttps://ar.rt.com/hoiu انتهى", ["الرابط", "انتهى"]),
        ("http://www.example.net/ar/خبر-عاجل.html ثم", ["ثم"]),
        ("راسلوا news@example.org الآن", ["راسلوا", "الآن"]),
        ("روسيا&nbsp;وسوريا", ["روسيا", "وسوريا"]),
        ("جنيف3 و CNN", ["جنيف", "و"]),
        ("السوري-السوري «القاعدة»", ["السوري", "السوري", "القاعدة"]),
        ("سوریا", ["سوریا"]),
        ("", []),
    ],
)
def test_words_are_cut_as_printed(text, expected):
    assert forms(text) == expected


def test_numbers_and_latin_words_are_kept_on_request():
    text = pd.Series(["قناة روسيا ٢٤ و CNN في جنيف3"])
    assert kb.tokenize(text, numbers=True).forms(0) == [
        "قناة",
        "روسيا",
        "٢٤",
        "و",
        "في",
        "جنيف",
        "3",
    ]
    assert "CNN" in kb.tokenize(text, latin=True).forms(0)


def test_a_missing_text_is_empty():
    assert len(kb.tokenize(pd.Series(["قال", None]))) == 1


def test_anything_but_a_series_is_refused_by_name():
    with pytest.raises(TypeError, match="texts must be a Series of str, not list"):
        kb.tokenize(["قال"])


@given(TEXTS)
def test_every_token_is_the_slice_of_the_text_it_points_to(contents):
    tokens = kb.tokenize(pd.Series(contents))
    assert [tokens.forms(i) for i in range(len(contents))] == [text.split() for text in contents]


@given(TEXTS)
def test_documents_joined_count_as_their_sum(contents):
    apart = kb.tokenize(pd.Series(contents))
    joined = kb.tokenize(pd.Series([" ".join(contents)]))
    assert len(apart) == len(joined)
    assert sorted(apart.vocabulary) == sorted(joined.vocabulary)


@given(TEXTS, st.data())
def test_marks_kashida_and_controls_inside_words_change_no_type(contents, data):
    dirt = data.draw(st.sampled_from(DIRT))
    dirty = [" ".join(w[0] + dirt + w[1:] for w in text.split()) for text in contents]
    clean, soiled = kb.tokenize(pd.Series(contents)), kb.tokenize(pd.Series(dirty))
    assert list(clean.vocabulary[clean.codes]) == list(soiled.vocabulary[soiled.codes])


def test_select_and_remove_split_the_tokens_in_two(texts):
    tokens = kb.tokenize(texts("قال لافروف في موسكو", "في موسكو"))
    kept, dropped = tokens.select(["موســكو"]), tokens.remove(["موسكو"])
    assert kept.lengths.tolist() == [1, 1]
    assert dropped.lengths.tolist() == [3, 1]
    assert dropped.forms(1) == ["في"]


def test_a_token_costs_twelve_bytes(texts):
    tokens = kb.tokenize(texts("قال لافروف في موسكو"))
    assert (tokens.codes.nbytes + tokens.starts.nbytes + tokens.ends.nbytes) / len(tokens) == 12


def test_no_arabic_letter_of_real_dirty_lines_is_lost(shared):
    lines = shared("data/dirt-real-lines/lines.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    # Letters of an address are no words.
    found = [row["text"] for row in rows if row["kind"] != "url_or_email"]
    tokens = kb.tokenize(pd.Series(found))
    for position, text in enumerate(found):
        covered = np.zeros(len(text) + 1, dtype=bool)
        inside = slice(tokens.offsets[position], tokens.offsets[position + 1])
        for start, end in zip(tokens.starts[inside], tokens.ends[inside], strict=True):
            covered[start:end] = True
        lost = [c for i, c in enumerate(text) if "ء" <= c <= "ي" and c != "ـ" and not covered[i]]
        lost = [c for c in lost if c not in MARKS]
        assert not lost or "http" in text or "www" in text, text


@pytest.fixture
def tokens(texts):
    return kb.tokenize(texts("قال لافروف في موسكو", "", "زار موسكو. وعاد"))


def test_a_subset_of_documents_keeps_their_tokens_in_the_order_asked_for(tokens):
    part = tokens.subset(["c", "a"])
    assert [part.forms(0), part.forms(1)] == [tokens.forms(2), tokens.forms(0)]
    assert list(part.document_ids) == ["c", "a"]


def test_a_slice_takes_documents_by_position(tokens):
    assert tokens[1:] == tokens.subset(["b", "c"])


def test_an_unknown_document_is_named(tokens):
    with pytest.raises(kb.KhabarError, match="'z' is not"):
        tokens.subset(["a", "z"])


def test_ngrams_cross_neither_sentence_nor_document(tokens):
    bigrams = tokens.ngrams(2)
    assert [bigrams.forms(i) for i in range(3)] == [
        ["قال لافروف", "لافروف في", "في موسكو"],
        [],
        ["زار موسكو"],
    ]
    assert len(tokens.ngrams(5)) == 0


def test_ngrams_of_one_are_the_tokens(tokens):
    assert tokens.ngrams(1) == tokens


@given(TEXTS, st.integers(1, 4))
def test_a_text_of_m_words_in_one_sentence_has_m_minus_n_plus_1_ngrams(contents, n):
    lengths = kb.tokenize(pd.Series(contents)).ngrams(n).lengths
    assert lengths.tolist() == [max(len(text.split()) - n + 1, 0) for text in contents]


def test_tokens_are_equal_if_texts_types_and_places_are(tokens, texts):
    assert tokens == kb.tokenize(tokens.texts)
    assert tokens != tokens.remove(["في"])
    assert tokens != kb.tokenize(texts("قال"))


@pytest.mark.parametrize("ids", [list("abc"), [3, 1, 2]])
def test_saved_tokens_come_back_whole(tokens, tmp_path, ids):
    tokens = kb.tokenize(tokens.texts.set_axis(pd.Index(ids, name="document_id")))
    tokens.save(tmp_path / "tokens.npz")
    loaded = kb.Tokens.load(tmp_path / "tokens.npz")
    assert loaded == tokens
    assert loaded.document_ids.equals(tokens.document_ids)
    assert loaded.document_ids.name == "document_id"


@given(st.lists(st.integers(0, 9999), max_size=5))
def test_the_style_of_digits_changes_no_type(numbers):
    western = " ".join(map(str, numbers))
    styles = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]
    types = [
        list(
            kb.tokenize(
                pd.Series([western.translate(str.maketrans(styles[0], s))]), numbers=True
            ).vocabulary
        )
        for s in styles
    ]
    assert types[0] == types[1] == types[2]


def test_sentences_are_numbered_through_documents_with_emoji_too(texts):
    tokens = kb.tokenize(texts("زار موسكو. وعاد؟ نعم", "😀 خبر! 😀 آخر", "", "سطر\nسطر؛ سطر…سطر"))
    numbers = tokens.sentences
    ends = (np.diff(numbers) > 0).tolist()
    # زار موسكو | وعاد | نعم | خبر | آخر | سطر | سطر | سطر | سطر
    assert ends == [False, True, True, True, True, True, True, True, True]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.language import orthography
from khabar.language.orthography import counting_key, name_key, normalize

VERBS = [
    orthography.remove_marks,
    orthography.remove_kashida,
    orthography.remove_controls,
    orthography.compose_hamza,
    orthography.unfold_presentation_forms,
    orthography.normalize_letters,
    orthography.normalize_digits,
    orthography.normalize_alef,
    orthography.normalize_final_yeh,
    normalize,
    counting_key,
    name_key,
]

arabic = st.text(
    st.characters(min_codepoint=0x0600, max_codepoint=0x06FF)
    | st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF)
    | st.sampled_from(" \u200d\u200f\u202e\u2067a1.،")
)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
@given(text=arabic)
def test_every_verb_done_twice_is_done_once(verb, text):
    assert verb(verb(text)) == verb(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سُوريّا", "سوريا"),
        ("مؤتمـــــــــــر", "مؤتمر"),
        ("ﺳﻮﺭﻳﺎ", "سوريا"),
        ("ﻻجئ", "لاجئ"),
        ("سوریا کیری", "سوريا كيري"),
        ("سو\u200dريا\u200f", "سوريا"),
        ("ا\u0654كد", "أكد"),
        ("هيي\u0654ة", "هيئة"),
        ("٢٠١٥", "2015"),
        ("مؤتمر الأمم", "مؤتمر الأمم"),
    ],
)
def test_normalize_repairs_encoding_and_keeps_spelling(text, expected):
    assert normalize(text) == expected


def test_the_counting_key_folds_alefs_but_neither_teh_marbuta_nor_hamza_seats():
    assert counting_key("الأزمة") == "الازمة"
    assert counting_key("مسؤول") == "مسؤول"


def test_only_the_name_key_folds_a_final_dotless_yeh():
    assert name_key("دى") == name_key("دي")
    assert counting_key("على") != counting_key("علي")

"""The vectorised encoder against the plain definition: one regexp match after another."""

import gzip
import itertools
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.language import encoding, words
from khabar.language.encoding import encode
from khabar.language.orthography import LETTERS, MARKS, normalize


def by_definition(texts):
    """Return (type, start, end) of the words of each text."""
    return [
        [
            (normalize(match[1]), *match.span())
            for match in words._WORD_OR_ADDRESS.finditer(text)
            if match[1]
        ]
        for text in texts
    ]


def encoded(texts):
    codes, offsets, starts, ends, vocabulary = encode(iter(texts))
    assert codes.dtype == starts.dtype == ends.dtype == np.int32
    rows = list(zip([vocabulary[c] for c in codes], starts.tolist(), ends.tolist(), strict=True))
    return [rows[a:b] for a, b in itertools.pairwise(offsets.tolist())]


PIECES = [
    *"اأإبتسوريى",
    *"کیگڤﻻﺳﷺﷲ",
    *"\ufe70\ufc5e\u06cd\u064b\u0651\u0640\u0653\u0654\u06e5\u06dd\u200d\u200f\u202b\ufeff\u00ad",
    *" \n\t.-_،؟/:0٣۴a@&;w+\U0001f600\ud83d\uffff\x00\u2028",
    *["http://", "www.", "&amp;", "x@y.z"],
]
NASTY = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=400)
@given(st.lists(NASTY, max_size=4), st.sampled_from([1, 7, 1 << 19]))
def test_the_encoder_finds_the_words_of_the_definition_whatever_the_block(texts, block):
    default, encoding._BLOCK = encoding._BLOCK, block
    try:
        assert encoded(texts) == by_definition(texts)
    finally:
        encoding._BLOCK = default


def test_every_character_is_treated_as_defined_in_every_place_of_a_word():
    plane = [chr(point) for point in range(0x10000)]
    texts = [f"{c}سو{c}ريا{c} {c}{c}و{c}\u064e{c}ا{c}\u0654" for c in plane]
    assert encoded(texts) == by_definition(texts)


def test_no_two_words_share_a_key():
    pairs = ["".join(pair) for pair in itertools.product(LETTERS[::3], repeat=2)]
    lengths = [letter * n for letter in encoding._ALPHABET for n in range(1, 15)]
    *_, vocabulary = encode([" ".join(pairs + lengths)])
    assert sorted(vocabulary) == sorted({normalize(word) for word in pairs + lengths})


def test_types_are_numbered_by_first_appearance():
    codes, _, _, _, vocabulary = encode(["زار موسكو", "وزار موسكو"])
    assert (codes.tolist(), vocabulary) == ([0, 1, 2, 1], ["زار", "موسكو", "وزار"])


def test_marks_alone_make_no_word():
    assert encoded([MARKS, " ".join(MARKS)]) == [[], []]


@pytest.mark.parametrize("name", ["dirt-real-lines/lines.jsonl", "ant-jawhara/articles.jsonl.gz"])
def test_real_texts_are_encoded_as_defined(shared, name):
    path = shared(f"data/{name}")
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in itertools.islice(file, 1500)]
    assert encoded(texts) == by_definition(texts)


def test_a_long_run_of_latin_letters_takes_no_quadratic_time():
    texts = ["a" * 200_000 + "@ b" * 3]
    assert encoded(texts) == [[]]

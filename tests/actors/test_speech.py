import pytest

from khabar.actors.speech import cue_of


@pytest.mark.parametrize(
    ("word", "verb", "sort"),
    [
        ("قال", "قال", "verb"),
        ("وقالت", "قال", "verb"),
        ("فقال", "قال", "verb"),
        ("وسيقول", "قال", "verb"),
        ("واضاف", "أضاف", "verb"),
        ("يطالبان", "طالب", "verb"),
        ("أكدا", "أكد", "verb"),
        ("أعلنوا", "أعلن", "verb"),
        ("نفت", "نفى", "verb"),
        ("يدعو", "دعا", "verb"),
        ("أبلغه", "أبلغ", "verb"),
        ("مشيراً", "أشار", "participle"),
        ("مؤكدة", "أكد", "participle"),
        ("قولها", "قال", "participle"),
        ("إعلان", "أعلن", "noun"),
        ("ووفقاً", "وفقا", "source"),
        ("ونقلت", "نقل", "relay"),
        ("وصف", "وصف", "verb"),
    ],
)
def test_inflections_and_clitics_lead_to_the_headword(word, verb, sort):
    cue = cue_of(word)
    assert (cue.verb, cue.sort) == (verb, sort)


@pytest.mark.parametrize("word", ["بين", "هنا", "مدينة", "طالبان", "عمل", "وزير", "متهمة", "يعد"])
def test_words_spelt_like_words_of_speech_are_none(word):
    assert cue_of(word) is None

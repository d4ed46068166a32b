import importlib.util
import time

import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

import khabar as kb


@pytest.fixture
def said(ledger):
    """Return a function from a text to (kind, speaker, words) of what is said in it."""

    def rows(text):
        texts = pd.Series({"a": text})
        found = kb.find_quotations(texts, kb.find_mentions(texts, ledger))
        speaker = found["speaker"].where(found["speaker"].notna(), found["speaker_surface"])
        return list(zip(found["kind"], speaker, found["surface"], strict=True))

    return rows


def direct(rows):
    return [(speaker, words) for kind, speaker, words in rows if kind == "direct"]


def reported(rows):
    return [speaker for kind, speaker, _ in rows if kind == "indirect"]


def test_the_subject_after_the_verb_speaks(said):
    assert direct(said("وقال سيرغي لافروف: «نأمل خيرا».")) == [("lavrov", "نأمل خيرا")]


def test_a_name_behind_a_long_title_speaks(said):
    text = "وقال المبعوث الخاص للأمين العام للأمم المتحدة إلى سوريا ستيفان دي ميستورا إن الوقت حان."
    assert reported(said(text)) == ["de_mistura"]


def test_the_addressee_does_not_speak(said):
    assert reported(said('وقال لـ"رويترز" سيرغي لافروف إن الوقت حان.')) == ["lavrov"]


def test_the_subject_before_the_verb_speaks_in_a_headline(said):
    assert reported(said("لافروف يحذر من التصعيد في المنطقة")) == ["lavrov"]


def test_a_speaker_before_the_colon_of_a_headline_is_found(said):
    assert reported(said("لافروف: الجميع مهتم بالتسوية\nوصل الوفد أمس.")) == ["lavrov"]


def test_a_state_before_a_colon_is_where_the_news_is_from(said):
    assert reported(said("سوريا: تساؤلات حول مصير المدينة\nوصل الوفد أمس.")) == []


def test_a_verb_without_subject_goes_on_with_the_last_speaker(said):
    rows = said("قال لافروف إن الوقت حان.\nوأضاف: «لا بديل للحوار اليوم».\nوتابع أن الوضع صعب.")
    assert direct(rows) == [("lavrov", "لا بديل للحوار اليوم")]
    assert reported(rows) == ["lavrov", "lavrov"]


def test_the_gender_of_the_verb_chooses_among_those_who_spoke(said):
    text = (
        "قالت تيريزا ماي إن الوقت حان.\nوقال إيمانويل ماكرون إن الوضع صعب.\nوأضافت أنها ستعود غدا."
    )
    assert reported(said(text)) == ["may", "macron", "may"]


def test_a_participle_belongs_to_the_speaker_of_its_sentence(said):
    rows = said("أعلن لافروف بدء المحادثات، مشيرا إلى أن الوضع «يتحسن ببطء شديد».")
    assert direct(rows) == [("lavrov", "يتحسن ببطء شديد")]


def test_who_is_behind_the_colon_after_a_relay_speaks_and_not_the_agency(said):
    rows = said('ونقلت وكالة "رويترز" عن لافروف قوله: «لا بديل للحوار اليوم».')
    assert direct(rows) == [("lavrov", "لا بديل للحوار اليوم")]


def test_a_source_is_a_speaker(said):
    assert reported(said("قتل عشرون شخصا، بحسب المرصد السوري لحقوق الإنسان.")) == ["sohr"]


def test_two_speakers_give_two_rows(said):
    assert reported(said("وأكد لافروف وكيري أن الحل سياسي.")) == ["lavrov", "kerry"]


def test_one_whom_the_ledger_lacks_is_told_as_published(said):
    rows = said("وقال الخبير سامر الحلاق: «لا بديل للحوار اليوم».")
    assert direct(rows) == [("الخبير سامر الحلاق", "لا بديل للحوار اليوم")]


@pytest.mark.parametrize(
    "text",
    [
        'وصل مقاتلو تنظيم "داعش" إلى المدينة.',
        'قال لافروف إن تنظيم "الدولة الإسلامية" خسر المدينة.',
        'قال لافروف إن ما يسمى "الخلافة" انتهى.',
        'شاهد الجمهور مسرحية "بيت الورد القديم" أمس.',
        "قال لافروف إن الوفد (وهو من أربعة أعضاء) وصل.",
    ],
)
def test_quoted_names_irony_and_brackets_are_no_speech(said, text):
    assert direct(said(text)) == []


def test_parentheses_are_quotation_marks_where_speech_begins_with_one(said):
    rows = said(
        "وأضاف لافروف: (لدينا جميعا مصلحة مشتركة) مشيرا إلى أنه يتطلب (اهتماما أكثر إلحاحا)."
    )
    assert [words for _, words in direct(rows)] == [
        "لدينا جميعا مصلحة مشتركة",
        "اهتماما أكثر إلحاحا",
    ]


def test_words_after_the_quotation_may_name_the_speaker(said):
    rows = said("«لا بديل للحوار اليوم»، قال لافروف.")
    assert direct(rows) == [("lavrov", "لا بديل للحوار اليوم")]


def test_positions_are_those_of_the_text_as_published(said, ledger):
    texts = pd.Series({"a": "وقـــال لافروفُ: «نأملُ خيراً اليوم»."})
    found = kb.find_quotations(texts, kb.find_mentions(texts, ledger))
    row = found[found["kind"] == "direct"].iloc[0]
    assert texts["a"][row["start"] : row["end"]] == row["surface"] == "نأملُ خيراً اليوم"
    assert texts["a"][row["speaker_start"] :].startswith("لافروف")


def test_documents_do_not_share_their_speakers(ledger):
    texts = pd.Series({"a": "قال لافروف إن الوقت حان.", "b": "وأضاف: «لا بديل للحوار اليوم»."})
    found = kb.find_quotations(texts, kb.find_mentions(texts, ledger))
    assert found.loc[found["document_id"] == "b", "speaker"].isna().all()


@pytest.mark.parametrize(
    "text", ["", " \n ", '"', "«»", "قال", 'قال "', ": ", "قال:", "(((", "بحسب"]
)
def test_fragments_are_survived(said, text):
    assert direct(said(text)) == []


WORDS = ["قال", "لافروف", "وأضاف", "أن", ":", '"', "«", "»", ".", "\n", "الوزير", "بحسب", "(", ")"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_order_of_words_and_marks_gives_rows_within_the_text(words):
    texts = pd.Series({"a": " ".join(words)})
    place = texts["a"].find("لافروف")
    rows = [] if place < 0 else [("a", place, place + 6, "lavrov", "person", "name", "actor")]
    columns = ["document_id", "start", "end", "actor", "kind", "form", "sense"]
    found = kb.find_quotations(texts, pd.DataFrame(rows, columns=columns))
    assert ((found["start"] >= 0) & (found["end"] <= len(texts["a"]))).all()
    assert (found["start"] < found["end"]).all()


def test_the_order_of_documents_changes_no_row(sample, ledger):
    texts = sample["text"].head(30)
    mentions = kb.find_mentions(texts, ledger)
    forwards = kb.find_quotations(texts, mentions)
    backwards = kb.find_quotations(texts.iloc[::-1], mentions.sample(frac=1, random_state=1))
    order = ["document_id", "start", "end", "speaker_start"]
    pd.testing.assert_frame_equal(
        forwards.sort_values(order, ignore_index=True),
        backwards.sort_values(order, ignore_index=True),
    )


def test_mentions_of_other_documents_are_refused(ledger):
    mentions = kb.find_mentions(pd.Series({"x": "لافروف"}), ledger)
    with pytest.raises(kb.KhabarError, match="1 documents that are not among texts"):
        kb.find_quotations(pd.Series({"a": "نص"}), mentions)


def test_ten_times_the_quotation_marks_take_nothing_like_a_hundred_times_as_long(ledger):
    def seconds(n):
        texts = pd.Series(['قال لافروف "نعم" وأكد "لا" ثم ' * n])
        mentions = kb.find_mentions(texts, ledger)
        started = time.process_time()
        kb.find_quotations(texts, mentions)
        return time.process_time() - started

    seconds(100)
    assert seconds(2500) < 40 * max(seconds(250), 0.02)  # 10,000 quotation marks


@pytest.fixture(scope="module")
def benchmark():
    path = ROOT / "benchmarks" / "voices.py"
    spec = importlib.util.spec_from_file_location("voices_benchmark", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_gold_quotations_and_their_speakers_are_found_on_both_halves(benchmark, shared, ledger):
    shared("gold/quotes_syria2018.json")
    scores = benchmark.scores_of_gold(shared("gold").parent, ledger).set_index("kind")
    spoken, retold = scores.loc["direct"], scores.loc["indirect"]
    assert (spoken[["precision", "recall"]] >= 0.95).all(axis=None)
    assert (spoken["speaker"] >= 0.9).all()
    assert (retold["f1"] >= 0.85).all()
    assert (retold["speaker"] >= 0.85).all()


def test_people_of_anercorp_are_suggested_to_an_empty_ledger(benchmark, shared):
    shared("data/ner-anercorp/train.spans.jsonl")
    scores = benchmark.scores_of_discovery(shared("gold").parent)
    assert scores["people, name or alias"] >= 0.7
    assert scores["first hundred right"] >= 0.6

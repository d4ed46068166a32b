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


@pytest.mark.parametrize(
    "text",
    [
        'قال لافروف لـ"صوت الشمال" إن الوقت حان.',
        "لافروف يؤكد لـ«الفجر الجديد» قرب الحل.",
        'أعلنت "كريستال لاينز" أن لافروف سيزور مصنعها.',
        'زار لافروف المصنع، بحسب وكالة الأنباء المحلية "نور".',
        'قال ماكرون إن شركات مثل "بروميكس" تربح كثيرا.',
    ],
)
def test_names_of_media_addressees_and_firms_in_marks_are_no_speech(said, text):
    assert direct(said(text)) == []


def test_what_they_called_something_is_speech_of_many(said):
    rows = said("رفض ناشطون القرار الذي وصفوه بأنه «ضربة قاسية للحريات».")
    assert direct(rows) == [("ناشطون", "ضربة قاسية للحريات")]
    rows = said("تحدث ماكرون عما وصفه بـ«خيبة كبيرة لأوروبا».")
    assert direct(rows) == [("macron", "خيبة كبيرة لأوروبا")]


def test_in_these_words_names_the_speaker_behind_the_quotation(said):
    rows = said("«الحوار خيارنا الوحيد»... هكذا علق لافروف على الزيارة.")
    assert direct(rows) == [("lavrov", "الحوار خيارنا الوحيد")]


def test_as_she_says_names_a_stranger_behind_the_quotation(said):
    rows = said("«المدينة لم تعد تشبه نفسها»، كما تقول نجلاء الحلاق، وهي معلمة.")
    assert direct(rows) == [("نجلاء الحلاق", "المدينة لم تعد تشبه نفسها")]


def test_statements_to_the_press_are_no_speaker(said):
    text = "وأضاف دميتري بيسكوف، المتحدث باسم الكرملين في تصريحات صحفية، إن الوقت حان."
    assert reported(said(text)) == ["peskov"]


@pytest.mark.parametrize(
    "text",
    [
        "كان لافروف قد وصف الموقف الأمريكي بـ«الخطأ الجسيم جدا».",
        "وفي وقت سابق، كان لافروف قد وصف الموقف الأمريكي بـ«الخطأ الجسيم جدا».",
        "قال لافروف إنه يدعو الأمريكيين إلى «نسيان الخلافات كلها».",
        "اتهم لافروف مساعده سامر الحلاق بأنه «أفسد المحادثات كلها».",
        "وصل لافروف أمس. ووصف نفسه بأنه «متفائل رغم كل شيء».",
    ],
)
def test_the_object_of_a_verb_does_not_speak(said, text):
    assert [speaker for speaker, _ in direct(said(text))] == ["lavrov"]


def test_the_gender_of_a_verb_tells_object_from_subject(said):
    rows = said("وصل لافروف أمس. ودعا الحكومة السورية إلى الحوار.")
    assert reported(rows) == ["lavrov"]


def test_whoever_stands_first_in_a_clause_speaks_and_not_whom_they_address(said):
    text = "قال لافروف إن تركيا تدعو إيران إلى «وقف القتال فورا»."
    assert direct(said(text)) == [("turkey", "وقف القتال فورا")]
    assert reported(said("قمة جديدة: ماكرون يصف ميركل بأنها صديقة.")) == ["macron"]


def test_a_pronoun_before_the_verb_is_the_speaker_of_the_sentence(said):
    rows = said("زار لافروف القاهرة، لكنه حذر من أن الوضع صعب.")
    assert reported(rows) == ["lavrov"]


def test_whom_an_agency_relays_speaks_and_goes_on(said):
    rows = said(
        "نقلت وكالة رويترز أن القاضي سامر الحلاق قال إن التحقيق بدأ.\n"
        "وأضاف: «سنعلن النتائج خلال أسبوع»."
    )
    assert reported(rows) == ["القاضي سامر الحلاق"]
    assert direct(rows) == [("القاضي سامر الحلاق", "سنعلن النتائج خلال أسبوع")]


def test_an_agency_named_as_source_does_not_go_on(said):
    rows = said("قال لافروف، بحسب وكالة رويترز، إن الوقت حان.\nوأضاف: «لا بديل للحوار اليوم».")
    assert direct(rows) == [("lavrov", "لا بديل للحوار اليوم")]


def test_words_published_by_an_agency_belong_to_who_spoke_them(said):
    rows = said("قال لافروف، وفقا لما نقلته وكالة رويترز: «لا بديل للحوار اليوم».")
    assert direct(rows) == [("lavrov", "لا بديل للحوار اليوم")]


@pytest.mark.parametrize(
    "text",
    [
        "وجاء في بيان صادر عن وزارة الخارجية الروسية أن المحادثات بدأت.",
        "وقال بيان لوزارة الخارجية الروسية إن المحادثات بدأت.",
        "بدأت المحادثات، وفقا لبيان صادر عن وزارة الخارجية الروسية.",
        "نشر الموقع نص بيان لوزارة الخارجية الروسية يؤكد أن المحادثات بدأت.",
    ],
)
def test_whose_statement_it_is_speaks(said, text):
    assert reported(said(text)) == ["russia_foreign_ministry"]


def test_the_statement_goes_on_with_its_owner(said):
    rows = said("جاء في بيان من وزارة الخارجية الروسية أن الوفد وصل.\nوأوضح البيان أن الوضع صعب.")
    assert reported(rows) == ["russia_foreign_ministry"] * 2


def test_whose_lawyer_or_campaign_speaks_does_not_speak(said):
    assert reported(said("وقال محامي ترامب إن الوقت حان.")) == ["محامي ترامب"]


def test_the_name_behind_a_title_and_a_comma_is_told(said):
    rows = said("وقالت مديرة المركز، نجلاء الحلاق، إن الوقت حان.")
    assert reported(rows) == ["مديرة المركز، نجلاء الحلاق"]


def test_a_minister_after_a_comma_is_not_joined_to_the_subject(said):
    text = "اتهم الرئيس دونالد ترامب، وزير الخارجية جون كيري، بالتقصير."
    assert reported(said(text)) == ["trump"]


def test_marks_may_stand_inside_the_name_of_who_speaks(said):
    rows = said("وكانت جمعية «بيت على البحر» الخيرية أعلنت أن الوضع صعب.")
    assert reported(rows) == ["جمعية «بيت على البحر» الخيرية"]


def test_a_plural_verb_has_its_subject_before_it(said):
    text = "زار لافروف المدينة، لكن منتقديه يرون أن الزيارة تأخرت."
    assert reported(said(text)) == ["منتقديه"]


def test_who_stands_right_before_saying_speaks_and_not_who_spoke_earlier(said):
    text = "قال ماكرون إن الوقت حان، وهو ما رد عليه لافروف قائلا: «لا بديل للحوار اليوم»."
    assert direct(said(text)) == [("lavrov", "لا بديل للحوار اليوم")]


def test_a_stranger_who_does_something_goes_on_to_speak(said):
    rows = said("احتج سامر الحلاق على القرار، ووصفه بأنه «ضربة قاسية للحريات».")
    assert direct(rows) == [("سامر الحلاق", "ضربة قاسية للحريات")]


def test_the_people_voice_their_anger(said):
    assert reported(said("أعربت الجماهير عن غضبها.")) == ["الجماهير"]


@pytest.mark.parametrize(
    "text",
    [
        "ويذكر أن لافروف ولد عام 1950.",
        "أعتقد أن لافروف لن يعود.",
        "سافر لافروف ردا على «دعوة كريمة جدا».",
        "وصل الوفد عبر طريق طويل جدا يمتد من الشمال إلى الجنوب عن يمين النهر.",
        "كيف تصف لقاء لافروف الأخير؟",
    ],
)
def test_nobody_speaks_in_impersonal_verbs_questions_and_words_spelt_alike(said, text):
    assert said(text) == []


def test_a_noun_spelt_as_a_verb_has_no_speaker(said):
    text = "قال لافروف إن ذكر ماكرون في التقرير «أمر لا يعنيني مطلقا»."
    assert direct(said(text)) == [("lavrov", "أمر لا يعنيني مطلقا")]


def test_what_is_announced_before_a_quotation_is_reported_as_well(said):
    rows = said("ماكرون يعلن الانسحاب من الاتفاق «خلال أيام قليلة جدا».")
    assert reported(rows) == ["macron"]
    assert len(direct(rows)) == 1


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


def test_a_preposition_alone_at_the_end_addresses_nobody(said):
    assert reported(said("وقال ل")) == [None]

import json
from collections import Counter

import pandas as pd
import pytest

import khabar as kb


@pytest.fixture
def find(ledger):
    """Return a function from a text (and its day) to (surface, actor) pairs."""

    def pairs(text: str, day: str | None = None) -> list[tuple[str, str]]:
        series = pd.Series({"a": text})
        dates = None if day is None else pd.Series({"a": pd.Timestamp(day)})
        mentions = kb.find_mentions(series, ledger, dates=dates)
        return list(zip(mentions["surface"], mentions["actor"], strict=True))

    return pairs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ولافروف", [("لافروف", "lavrov")]),
        ("وبوغدانوف", [("بوغدانوف", "bogdanov")]),
        ("بسوريا", [("سوريا", "syria")]),
        ("لسورية", [("سورية", "syria")]),
        ("وبسوريا", [("سوريا", "syria")]),
        ("للأمم المتحدة", [("أمم المتحدة", "un")]),
        ("وللأمم المتحدة", [("أمم المتحدة", "un")]),
        ("بالأمم المتحدة", [("الأمم المتحدة", "un")]),
        ("والولايات المتحدة", [("الولايات المتحدة", "usa")]),
    ],
)
def test_proclitics_do_not_hide_a_name_and_stay_outside_it(find, text, expected):
    assert find(f"جرى {text} أمس") == expected


@pytest.mark.parametrize("text", ["السورية", "تاسعة", "روسياتي", "لبنانيون"])
def test_a_name_inside_a_longer_word_is_no_mention(find, text):
    assert find(f"جرى {text} أمس") == []


def test_marks_kashida_and_hamza_do_not_hide_a_name(find):
    assert [actor for _, actor in find("قال لافـــروف إن الامم المتحدة وسُوريّا ودى ميستورا")] == [
        "lavrov", "un", "syria", "de_mistura",
    ]  # fmt: skip


def test_the_surface_is_what_stands_in_the_text(find):
    assert find("زار موســـكو") == [("موســـكو", "russia")]


def test_longest_alias_wins(find):
    assert find("قال سيرغي لافروف") == [("سيرغي لافروف", "lavrov")]
    assert find("دعا مجلس الأمن الدولي") == [("مجلس الأمن الدولي", "un_security_council")]


def test_no_match_spans_a_full_stop_or_two_documents(ledger):
    texts = pd.Series({"a": "زار الأمم", "b": "المتحدة", "c": "الأمم. المتحدة"})
    assert kb.find_mentions(texts, ledger).empty


def test_words_joined_by_an_underscore_or_hyphen_are_one_name(find):
    assert find("#الأمم_المتحدة") == [("الأمم_المتحدة", "un")]


def test_a_title_beside_a_name_is_one_mention(find):
    assert find("قال وزير الخارجية الروسي سيرغي لافروف") == [("سيرغي لافروف", "lavrov")]
    assert find("قال سيرغي لافروف، وزير الخارجية الروسي") == [("سيرغي لافروف", "lavrov")]


def test_a_title_alone_names_who_held_the_office_that_day(find):
    assert find("قال وزير الخارجية الأمريكي", "2015-07-01")[0][1] == "kerry"
    assert find("قال وزير الخارجية الأمريكي", "2018-07-01")[0][1] == "pompeo"
    assert find("دعا المبعوث الأممي إلى سوريا", "2013-07-01")[0][1] == "brahimi"


def test_a_title_without_a_date_names_its_holder_named_in_the_text(find):
    pairs = find("التقى لافروف نظيره. وقال وزير الخارجية الروسي كذا")
    assert pairs[1] == ("وزير الخارجية الروسي", "lavrov")


def test_a_title_that_cannot_be_resolved_counts_for_the_office(find):
    assert find("قال وزير الخارجية الروسي")[0][1] == "russia_foreign_minister"


def test_an_office_of_a_state_without_known_holders_is_still_found(find):
    assert ("وزير الخارجية النرويجي", "norway_foreign_minister") in find(
        "قال وزير الخارجية النرويجي"
    )


def test_a_title_inside_a_title_is_not_its_holder(find):
    actors = [actor for _, actor in find("قال نائب وزير الخارجية الروسي أمس", "2015-07-01")]
    assert "lavrov" not in actors
    assert find("الممثل الخاص للرئيس الروسي", "2015-07-01") == []


def test_the_country_in_a_title_is_a_mention_of_its_own(find):
    assert ("سوريا", "syria") in find("دعا المبعوث الأممي إلى سوريا ستيفان دي ميستورا")


def test_the_opposition_is_the_syrian_one_where_syria_is_named(find):
    assert ("المعارضة", "syrian_opposition") in find("دعت المعارضة في سوريا")
    assert find("دعت المعارضة في البرلمان") == []


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("جرى في موسكو", "place"),
        ("وصل إلى موسكو", "place"),
        ("مؤتمر بموسكو", "place"),
        ("في سوريا والعراق", "place"),
        ("موسكو تدعو", "actor"),
        ("قالت روسيا", "actor"),
        ("روسيا والولايات المتحدة", "actor"),
        ("الوضع حول سوريا", "place"),
    ],
)
def test_a_state_is_told_from_a_place(ledger, text, sense):
    mentions = kb.find_mentions(pd.Series({"a": text}), ledger)
    assert set(mentions["sense"]) == {sense}


def test_every_mention_says_why_it_was_counted(ledger):
    texts = pd.Series({"a": "قال لافروف في موسكو وبوغدانوف"})
    assert kb.find_mentions(texts, ledger)["rule"].tolist() == [
        "name", "metonym", "name after و",
    ]  # fmt: skip


def test_shuffled_documents_give_the_same_mentions(ledger, sample):
    texts = sample["text"].head(8)
    forwards = kb.find_mentions(texts, ledger)
    backwards = kb.find_mentions(texts.iloc[::-1], ledger)
    order = ["document_id", "start", "end", "actor"]
    pd.testing.assert_frame_equal(
        forwards.sort_values(order, ignore_index=True),
        backwards.sort_values(order, ignore_index=True),
    )


def test_dates_that_miss_a_document_are_refused(ledger, texts):
    with pytest.raises(kb.KhabarError, match="dates must hold every document"):
        kb.find_mentions(texts("خبر"), ledger, dates=pd.Series(dtype="datetime64[us]"))


def test_no_texts_give_an_empty_table(ledger):
    assert kb.find_mentions(pd.Series([], dtype="str"), ledger).empty


def test_the_actors_of_the_seeds_are_counted_with_their_clitics(shared, ledger):
    """Against the hand annotation of the whole pages, names of each actor."""
    gold, texts = Counter(), {}
    wanted = "lavrov de_mistura bogdanov gatilov ramzy russia syria un syrian_opposition".split()
    for line in shared("gold/mentions_seeds.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts[row["doc"]] = shared("seeds").joinpath(row["doc"]).read_bytes().decode()
        gold[row["actor"]] += row["form"] in {"name", "metonym"}
    mentions = kb.find_mentions(pd.Series(texts), ledger)
    found = Counter(mentions[mentions["form"].isin(["name", "metonym"])]["actor"])
    assert {actor: found[actor] for actor in wanted} == pytest.approx(
        {actor: gold[actor] for actor in wanted}, abs=1
    )

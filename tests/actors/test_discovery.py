from dataclasses import replace

import pandas as pd
import pytest
import yaml

import khabar as kb

NOBODY = pd.DataFrame(columns=["document_id", "start", "end"])


def suggested(*texts, least=2):
    found = kb.suggest_actors(pd.Series(texts), NOBODY, least=least)
    return dict(zip(found["name"], found["mentions"], strict=True))


def test_a_name_behind_a_title_is_suggested():
    assert suggested("زار الخبير سامر شاكيروف البلدة", "التقى الوزير سامر شاكيروف وفدا") == {
        "سامر شاكيروف": 2
    }


def test_particles_written_onto_a_name_are_no_part_of_it():
    assert "سامر شاكيروف" in suggested("قال سامر شاكيروف إن", "زار المدير وسامر شاكيروف البلدة")


def test_the_last_name_alone_is_an_alias():
    texts = pd.Series(["قال سامر شاكيروف إن", "وأضاف سامر شاكيروف أن", "وقال شاكيروف إن"])
    found = kb.suggest_actors(texts, NOBODY)
    assert found[["name", "aliases", "mentions"]].values.tolist() == [
        ["سامر شاكيروف", ["شاكيروف"], 3]
    ]


def test_a_body_is_known_by_the_noun_that_heads_it():
    texts = pd.Series(["أعلن مركز سدرة للدراسات ذلك", "في تقرير لمركز سدرة للدراسات أمس"])
    found = kb.suggest_actors(texts, NOBODY)
    assert found[["name", "kind"]].values.tolist() == [["مركز سدرة للدراسات", "org"]]


def test_who_is_in_the_ledger_is_not_suggested(ledger):
    texts = pd.Series(["قال سيرغي لافروف إن", "قال سيرغي لافروف إن"])
    assert len(kb.suggest_actors(texts, kb.find_mentions(texts, ledger))) == 0


def test_what_stands_once_is_not_suggested_unless_asked_for():
    assert suggested("قال الخبير سامر شاكيروف إن") == {}
    assert suggested("قال الخبير سامر شاكيروف إن", least=1) == {"سامر شاكيروف": 1}


def test_words_behind_prepositions_of_place_are_no_people():
    assert suggested(*["وصل الوفد إلى شاكيروف أمس"] * 3) == {}


def test_a_burst_is_told_where_there_are_dates():
    texts = pd.Series(["قال الخبير سامر شاكيروف إن"] * 4)
    days = pd.Series(pd.to_datetime(["2015-01-05", "2015-01-06", "2015-01-07", "2015-01-26"]))
    # Three of four documents in the first of four weeks.
    assert kb.suggest_actors(texts, NOBODY, dates=days)["burst"].tolist() == [3.0]


def test_every_suggestion_opens_its_lines():
    texts = pd.Series(["قال الخبير سامر شاكيروف إن الوقت حان"] * 5)
    found = kb.suggest_actors(texts, NOBODY)
    lines = kb.suggestion_lines(found, texts)
    assert lines["surface"].tolist() == ["سامر شاكيروف"] * 3
    assert lines["document_id"].nunique() == 3


def test_an_empty_corpus_suggests_nobody():
    assert len(kb.suggest_actors(pd.Series([], dtype="str"), NOBODY)) == 0
    assert len(kb.suggest_actors(pd.Series([""]), NOBODY)) == 0


def test_the_order_of_documents_changes_no_suggestion(sample, ledger):
    texts = sample["text"].head(60)
    mentions = kb.find_mentions(texts, ledger)
    columns = ["name", "score", "mentions", "documents"]
    forwards = kb.suggest_actors(texts, mentions)[columns]
    backwards = kb.suggest_actors(texts.iloc[::-1], mentions)[columns]
    pd.testing.assert_frame_equal(forwards, backwards)


@pytest.mark.parametrize("first", ["ستافان", "سيفان", "ستفان"])
def test_another_spelling_of_a_known_first_name_is_shown_and_not_merged(first, ledger):
    texts = pd.Series([f"قال {first} دي ميستورا إن الوقت حان"])
    others = ledger.aliases[~ledger.aliases["alias"].str.startswith(first)]
    ledger_without = replace(ledger, aliases=others)
    mentions = kb.find_mentions(texts, ledger_without)
    found = kb.suggest_spellings(
        texts, mentions, kb.suggest_actors(texts, mentions), ledger_without
    )
    assert ("de_mistura", f"{first} دي ميستورا") in set(
        zip(found["actor"], found["written"], strict=True)
    )


def test_brothers_are_not_taken_for_one(ledger):
    texts = pd.Series(["قال ماهر الأسد إن", "قال بشار الأسد إن"])
    mentions = kb.find_mentions(texts, ledger)
    assert kb.suggest_spellings(texts, mentions, kb.suggest_actors(texts, mentions), ledger).empty


def decision(name, decided, **more):
    return {"name": name, "kind": "person", "aliases": [], "decision": decided, **more}


def test_an_accepted_actor_is_found_in_the_next_run(tmp_path, ledger):
    path = tmp_path / "my_actors.yaml"
    row = decision("سامر شاكيروف", "accept") | {"aliases": ["شاكيروف", "سمير شاكيروف"]}
    written = kb.save_decisions(pd.DataFrame([row]), path, ledger)
    again = kb.find_mentions(pd.Series(["زار سامر شاكيروف البلدة"]), kb.load_ledger(path))
    assert again["actor"].tolist() == written["id"].tolist()
    assert written[["aliases", "weak"]].values.tolist() == [[["سمير شاكيروف"], ["شاكيروف"]]]


def test_a_merged_actor_keeps_names_and_offices(tmp_path, ledger):
    path = tmp_path / "my_actors.yaml"
    rows = pd.DataFrame([decision("سرغيه لافروفف", "merge", into="lavrov")])
    kb.save_decisions(rows, path, ledger)
    merged = kb.load_ledger(path)
    before, after = (
        set(x.aliases.loc[x.aliases["actor"] == "lavrov", "alias"]) for x in (ledger, merged)
    )
    assert after == before | {"سرغيه لافروفف"}
    columns = ["office", "start", "end"]
    terms = [x.offices.loc[x.offices["actor"] == "lavrov", columns] for x in (ledger, merged)]
    assert terms[0].values.tolist() == terms[1].values.tolist()


def test_rejected_and_undecided_ones_are_not_written(tmp_path, ledger):
    path = tmp_path / "my_actors.yaml"
    rows = pd.DataFrame([decision("سامر", "reject"), decision("شاكر", "")])
    assert kb.save_decisions(rows, path, ledger).empty
    assert yaml.safe_load(path.read_text(encoding="utf-8")) == []


def test_saving_twice_writes_an_actor_once(tmp_path, ledger):
    path = tmp_path / "my_actors.yaml"
    kb.save_decisions(pd.DataFrame([decision("سامر شاكيروف", "accept")]), path, ledger)
    kb.save_decisions(pd.DataFrame([decision("سامر شاكيروف", "accept")]), path, ledger)
    kb.save_decisions(pd.DataFrame([decision("هالة المنذري", "accept")]), path, ledger)
    assert len(yaml.safe_load(path.read_text(encoding="utf-8"))) == 2


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (decision("سامر", "yes"), "decision must be one of"),
        (decision("سامر", "merge", into="nobody_known"), "into must be an actor"),
        (decision("سامر", "merge", into="syria"), "into must be no state"),
    ],
)
def test_a_decision_that_cannot_be_written_is_refused(row, told, tmp_path, ledger):
    with pytest.raises(kb.KhabarError, match=told):
        kb.save_decisions(pd.DataFrame([row]), tmp_path / "my.yaml", ledger)
    assert not (tmp_path / "my.yaml").exists()

"""Every word of charts, tables and pages stands once, in both languages."""

import ast
import re

import pandas as pd
import pytest
from conftest import ROOT

import khabar as kb
from khabar.charts.wording import (
    catalogue,
    direction,
    language,
    say,
    say_if_known,
    say_reason,
    speaking,
)

ARABIC = re.compile("[\u0620-\u064a]")
ROWS = [
    line.split("\t")
    for line in (ROOT / "src/khabar/data/wording.tsv").read_text(encoding="utf-8").splitlines()[1:]
]


def said() -> set[str]:
    """Return every text that the package says."""
    texts = set()
    for file in (ROOT / "src/khabar").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                assert isinstance(node.args[0], ast.Constant), f"{file.name}: {ast.unparse(node)}"
                texts.add(node.args[0].value)
    return texts


def test_every_text_the_package_says_is_in_the_catalogue_and_nothing_else():
    assert {english for kind, english, _ in ROWS if kind == "sentence"} == said()


def test_a_text_stands_once_in_both_languages():
    assert len({english for _, english, _ in ROWS}) == len(ROWS)
    assert all(len(row) == 3 and all(row) for row in ROWS)
    assert {kind for kind, *_ in ROWS} == {"sentence", "column", "value", "reason"}


def test_both_languages_name_the_same_numbers_and_names():
    for _, english, arabic in ROWS:
        assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", arabic))


def test_the_arabic_is_arabic():
    for _, english, arabic in ROWS:
        rest = re.sub(r"{\w+}|<br>|G2|MATTR|DPnorm", "", arabic)
        assert not re.search("[a-z]", re.sub(r"{\w+}", "", english)) or ARABIC.search(rest), english
        assert not re.search("[A-Za-z]", rest), arabic


def test_the_environment_chooses_the_language(monkeypatch):
    monkeypatch.delenv("KHABAR_LANG", raising=False)
    assert (language(), direction()) == ("en", "ltr")
    monkeypatch.setenv("KHABAR_LANG", "ar")
    assert (language(), direction()) == ("ar", "rtl")
    assert say("All articles") == catalogue()["All articles"]
    monkeypatch.setenv("KHABAR_LANG", "fr")
    with pytest.raises(kb.KhabarError, match="KHABAR_LANG must be 'ar' or 'en', not 'fr'"):
        language()


def test_what_is_not_ours_is_left_as_it_is():
    with speaking("ar"):
        assert say_if_known("a column of one's own") == "a column of one's own"
    assert say_if_known("outlet") == "outlet"


def test_a_reason_is_said_part_by_part_with_the_names_of_actors():
    reason = "name after و without its state; syria named here too; a rule of one's own"
    with speaking("ar"):
        told = say_reason(reason)
    assert told == "الاسم مسبوقًا بـ«و» بلا ذكر دولته؛ مع ذكر سوريا في النص؛ a rule of one's own"
    assert say_reason(reason) == reason


@pytest.mark.parametrize(
    "values",
    [
        {"silhouette": 0.0},
        {"silhouette": [0.1, 0.3, 0.2]},
        {"jaccard": 0.1, "resamples": [0.9, 0.9, 0.1]},
        {"jaccard": 0.1, "resamples": 0.1},
        {"n_clusters": 2},
    ],
)
def test_why_a_number_of_topics_is_recommended_is_said_in_arabic(values):
    choices = pd.DataFrame({"n_clusters": [2, 3, 4]})
    figures = {"silhouette": 0.9, "chance": 0.05, "jaccard": 0.9, "resamples": 0.9}
    _, reason = kb.recommend_n_clusters(choices.assign(**{**figures, **values}))
    with speaking("ar"):
        assert not re.search("[A-Za-z]", say_reason(reason))


def test_every_rule_and_reason_of_the_sample_has_its_arabic(sample, ledger):
    mentions = kb.find_mentions(sample["text"], ledger, dates=sample["published"])
    quotations = kb.find_quotations(sample["text"], mentions)
    _, removed = kb.clean_articles(kb.read_articles()[0])
    columns = [mentions["rule"], mentions["sense_rule"], sample["published_reason"]]
    columns += [quotations["rule"], removed["rule"]]
    suggestions = kb.suggest_actors(sample["text"], mentions, dates=sample["published"])
    columns += [suggestions["clues"].str.split(", ").explode()]
    with speaking("ar"):
        told = {say_reason(text) for column in columns for text in column.unique()}
    ours = {re.sub("'[^']*'", "", text) for text in told}  # without what is quoted
    assert [text for text in ours if re.search("[A-Za-z]", text)] == []

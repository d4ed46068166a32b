import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import khabar as kb

# The actors of the five seed articles, as this ledger calls them.
SEED_ACTORS = """
    lavrov bogdanov gatilov ryabkov de_mistura ramzy kerry mammadyarov shoukry al_rassi
    russia syria usa iran ukraine saudi_arabia belarus un un_security_council issg isis nusra
    al_qaeda pyd opcw syrian_opposition etilaf the_west unsc_p5 russia_foreign_ministry
    syria_government de_mistura_office rt sputnik tass almotamar_net donbas
""".split()

ROW = "- {id: x, kind: person, names: {ar: س, en: S}"


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_the_bundled_ledger_knows_every_actor_of_the_seeds(ledger):
    assert set(SEED_ACTORS) <= set(ledger.actors.index)


def test_the_bundled_ledger_has_no_problems(ledger):
    assert kb.check_ledger(ledger).values.tolist() == []


def test_offices_and_institutions_are_generated_for_every_state(ledger):
    aliases = ledger.aliases.set_index("alias")["actor"]
    assert aliases["وزارة الخارجية الأوكرانية"] == "ukraine_foreign_ministry"
    assert aliases["وزير الخارجية التركي"] == "turkey_foreign_minister"
    assert aliases["رئيس وزراء العراق"] == "iraq_prime_minister"


def test_a_file_of_ones_own_extends_the_ledger(tmp_path, ledger):
    own = write(
        tmp_path / "mine.yaml",
        """
- id: khabar_team
  kind: org
  names: {ar: فريق خبر, en: Khabar team}
  aliases: [جماعة خبر]
""",
    )
    extended = kb.load_ledger(own)
    assert len(extended.actors) == len(ledger.actors) + 1
    assert extended.actors.loc["khabar_team", "ar"] == "فريق خبر"


def test_a_file_of_ones_own_can_stand_alone(tmp_path):
    own = write(tmp_path / "mine.yaml", "- {id: x, kind: org, names: {ar: فريق, en: X}}")
    assert kb.load_ledger(own, extend=False).actors.index[0] == "x"


def test_an_actor_of_ones_own_replaces_the_bundled_one(tmp_path):
    own = write(tmp_path / "mine.yaml", "- {id: lavrov, kind: person, names: {ar: س, en: S}}")
    ledger = kb.load_ledger(own)
    assert ledger.aliases.query("actor == 'lavrov'")["alias"].tolist() == ["س"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- kind: org", "mine.yaml, line 1: an actor needs an id"),
        ("\n- {id: x, kind: band}", "mine.yaml, line 2: x: kind must be one of person"),
        ("- {id: x, kind: org}", "mine.yaml, line 1: x: needs names"),
        ("- {id: x, kind: org, names: {ar: 1, en: X}}", "needs names: {ar: ..., en: ...}, both"),
        (f"{ROW}, aliases: واحد}}", "x: aliases must be a list of texts"),
        (f"{ROW}, aliases: }}", "x: aliases must be a list of texts"),
        (f"{ROW}, alias: [واحد]}}", "x: unknown field 'alias'"),
        (f"{ROW}, offices: [{{office: president}}]}}", "an office needs office: and of:"),
        (
            f"{ROW}, offices: [{{office: president, of: usa, from: 2015}}]}}",
            "from: must be a day such as 2015-04-23, not 2015",
        ),
        ("id: x", "expected a list of actors"),
        ("- {id: [", "mine.yaml is not valid YAML"),
        (f"{ROW},\n  active: {{from: 2015-02-30}}}}", "'2015-02-30' cannot be read as timestamp"),
        (f"{ROW},\n  active: {{from: 2015-02-30}}}}", "line 2, column 18"),
        (f"{ROW}, active: {{from: !!timestamp noon}}}}", "'noon' cannot be read as timestamp"),
        (f"{ROW}, source: !!bool maybe}}", "'maybe' cannot be read as bool"),
        (f"{ROW}, source: !!int ''}}", "'' cannot be read as int"),
        (
            f"{ROW}, active: {{from: 2015-04-23T10:00:00Z}}}}",
            "from: must be a day such as 2015-04-23, not datetime",
        ),
        (f"{ROW}, capital: {{en: C}}}}", "capital must be {ar: ..., en: ..., aliases: [...]}"),
        (f"{ROW}, capital: {{ar: س, aliases: س}}}}", "capital: aliases must be a list of texts"),
        (f"{ROW}, of: [y]}}", "of must be the id of another actor, not ['y']"),
        (f"{ROW}, 1: a, b: c}}", "x: unknown field '1'"),
        ("- " * 60 + "x", "mine.yaml: nested deeper than 50 levels"),
        (
            "- {id: x, kind: person, names: {ar: س, en: S}, offices: [{office: boss, of: mars}]}",
            "mine.yaml, line 1: x holds an office of the unknown state 'mars'",
        ),
        (
            "- {id: x, kind: person, names: {ar: س, en: S}, offices: [{office: boss, of: usa}]}",
            "mine.yaml, line 1: x holds an unknown office 'boss' of 'usa'",
        ),
    ],
)
def test_a_faulty_file_is_refused_with_file_and_line(tmp_path, text, message):
    with pytest.raises(kb.KhabarError) as error:
        kb.load_ledger(write(tmp_path / "mine.yaml", text))
    assert message in str(error.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(kb.KhabarError, match=r"no such ledger file: '.*none\.yaml'"):
        kb.load_ledger(tmp_path / "none.yaml")


def test_check_ledger_finds_shared_aliases_and_overlapping_terms(tmp_path):
    own = write(
        tmp_path / "mine.yaml",
        """
- {id: atlantis, kind: state, names: {ar: أطلنطس, en: Atlantis}, adjective: [أطلنطي]}
- id: one
  kind: person
  names: {ar: زمردي, en: One}
  aliases: [الشبح]
  offices: [{office: president, of: atlantis, from: 2010-01-01, to: 2014-01-01}]
- id: two
  kind: person
  names: {ar: ياقوتي, en: Two}
  aliases: [الشبح]
  offices: [{office: president, of: atlantis, from: 2013-01-01}]
""",
    )
    problems = kb.check_ledger(kb.load_ledger(own, extend=False))
    assert problems.values.tolist() == [
        ["alias of two actors", "الشبح: one, two", "mine.yaml", 8],
        ["terms of office overlap", "atlantis_president: one, two", "mine.yaml", 8],
    ]


def test_a_ledger_without_offices_of_one_holder_can_be_checked(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("- {id: b, kind: group, names: {ar: بلد, en: B}}", encoding="utf-8")
    assert kb.check_ledger(kb.load_ledger(file, extend=False)).empty


def test_check_ledger_finds_names_that_are_common_words(tmp_path):
    own = write(tmp_path / "mine.yaml", "- {id: x, kind: org, names: {ar: منذ, en: Since}}")
    problems = kb.check_ledger(kb.load_ledger(own))
    assert problems[["problem", "file", "line"]].values.tolist() == [
        ["alias is a common word", "mine.yaml", 1]
    ]


def test_arabic_and_english_names_are_given(ledger):
    assert ledger.names("ar")["un"] == "الأمم المتحدة"
    assert ledger.names("en")["un"] == "United Nations"


def test_gold_actors_other_than_local_ones_are_in_the_ledger(shared, ledger):
    lines = shared("gold/mentions_seeds.jsonl").read_text(encoding="utf-8").splitlines()
    persons = {row["actor"] for row in map(json.loads, lines) if row["kind"] == "person"}
    roles = {"russian_president", "un_secretary_general", "un_spokesperson"}
    assert persons - roles <= set(ledger.actors.index)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "- {id: x, kind: state, names: {ar: س, en: S}",
                ", capital: ",
                ", aliases: ",
                ", active: ",
                ", offices: ",
                ", adjective: ",
                ", source: ",
                "{ar: ص}",
                "{from: ",
                "2015-02-30",
                "2015-04-23",
                "!!int ",
                "!!timestamp ",
                "[ع",
                "[",
                "]",
                "{",
                "}",
                "}\n",
                "&a ",
                "*a",
                "office: minister",
                ", of: x",
                "0b_",
                ": ",
                "- ",
                "\n  ",
                "1",
            ]
        ),
        max_size=14,
    ).map("".join)
)
def test_any_ledger_is_loaded_or_refused_with_its_file(tmp_path, text):
    file = write(tmp_path / "mine.yaml", text)
    try:
        kb.check_ledger(kb.load_ledger(file, extend=False))
    except kb.KhabarError as error:
        assert "mine.yaml" in str(error)  # noqa: PT017 (either will do)

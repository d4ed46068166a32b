"""Citation forms: hand-made cases, properties, and floors on the shared treebanks."""

import importlib.util
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.language.citation import citation_form, citation_forms
from khabar.language.orthography import counting_key, normalize

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "citation_quality.py"
ARABIC = st.text(alphabet="ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي", min_size=1, max_size=10)

WHOLE = """
بوتين لندن كلينتون وليد فيينا كييف لافروف كيري واشنطن سليماني بايدن نبيل
وزير وكالة وقف وفد فريق بنك بحث لجنة لقاء كتاب سلطة ألمانيا المانيا إلهام الله لله موجها سينا
"""


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("وبوغدانوف", "بوغدانوف"),
        ("فموسكو", "موسكو"),
        ("بسوريا", "سوريا"),
        ("لواشنطن", "واشنطن"),
        ("كروسيا", "روسيا"),
        ("وبالعراق", "العراق"),  # عراق is next to never written without the article
        ("للأمم", "أمم"),
        ("وللمعارضة", "معارضة"),
        ("للبنان", "لبنان"),
        ("للقاء", "لقاء"),
        ("سيلتقي", "يلتقي"),
        ("حكومتها", "حكومة"),
        ("زملائه", "زملاء"),
        ("مستواه", "مستوى"),
        ("استقبلوه", "استقبلوا"),
        ("عليها", "على"),
        ("لديهم", "لدى"),
        ("محاميه", "محامي"),
        ("وفاتهم", "وفاة"),
        ("واتهم", "اتهم"),
        ("بشكل", "شكل"),
        ("والرد", "رد"),
    ],
)
def test_clitics_are_taken_off(word, expected):
    assert citation_form(word) == expected


@pytest.mark.parametrize(
    "word",
    WHOLE.split(),
)
def test_a_letter_of_the_word_itself_stays(word):
    assert citation_form(word) == word


@pytest.mark.parametrize("name", ["يمن", "سعودية", "قاعدة", "رقة", "إمارات", "وزير", "أمم"])
def test_all_variants_of_a_word_with_the_article_fall_together(name):
    variants = [f"ال{name}", f"وال{name}", f"بال{name}", f"لل{name}", f"كال{name}", f"ولل{name}"]
    assert len({citation_form(word) for word in variants}) == 1


@pytest.mark.parametrize("name", ["روسيا", "لافروف", "واشنطن", "ميستورا", "بوتين", "ليبيا"])
def test_all_variants_of_a_name_fall_together(name):
    assert {citation_form(before + name) for before in ("", "و", "ب", "ل", "وب", "ول")} == {name}


@pytest.mark.parametrize(("word", "bare"), [("واضاف", "وأضاف"), ("الاسلحة", "الأسلحة")])
def test_a_missing_hamza_makes_no_difference(word, bare):
    assert counting_key(citation_form(word)) == counting_key(citation_form(bare))


def test_an_unattested_word_comes_back_whole():
    assert citation_form("ظظظغغغ") == "ظظظغغغ"


def test_marks_and_kashida_are_removed_and_hamzas_kept():
    assert citation_form("وَأَســـلحة") == "أسلحة"


def test_forms_come_in_the_order_of_the_types():
    assert citation_forms(["والوزير", "بسوريا"]).tolist() == ["وزير", "سوريا"]


@given(ARABIC)
def test_a_citation_form_is_its_own_citation_form(word):
    form = citation_form(word)
    assert citation_form(form) == form


def test_the_types_of_a_corpus_are_evidence_for_names_that_the_list_lacks():
    assert citation_form("بقزمولاي") == "بقزمولاي"
    assert citation_forms(["بقزمولاي", "ولقزمولاي", "قزمولاي"]).tolist() == ["قزمولاي"] * 3


@given(ARABIC)
def test_a_word_alone_is_no_evidence_for_itself(word):
    assert citation_forms([word]).tolist() == [citation_form(word)]


@given(ARABIC)
def test_a_citation_form_is_no_longer_than_the_word_and_normalized(word):
    form = citation_form(word)
    assert form
    assert len(form) <= len(normalize(word))
    assert form == normalize(form)


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("citation_quality", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def scores(benchmark):
    if not benchmark.DATA.is_dir():
        pytest.skip(f"the shared gold is not at {benchmark.DATA}")
    sets = benchmark.gold_sets(benchmark.DATA)
    return pd.concat({name: benchmark.score(table) for name, table in sets.items()})["right"]


@pytest.mark.parametrize(
    ("gold", "kind", "floor"),
    [
        ("UD PUD", "all", 0.98),
        ("UD PUD", "name bare", 0.98),
        ("UD PUD", "name with proclitic", 0.93),
        ("UD PUD", "word with proclitic", 0.96),
        ("UD PADT", "all", 0.98),
        ("Wikinews", "all", 0.98),
        ("territories", "all", 0.97),
        ("second names", "all", 0.89),
    ],
)
def test_gold_is_met(scores, gold, kind, floor):
    assert scores[gold, kind] >= floor


@pytest.mark.parametrize(("kind", "floor"), [("name bare", 0.95), ("name with proclitic", 0.9)])
def test_names_that_begin_like_a_clitic_survive(benchmark, kind, floor):
    names = benchmark.gold_names(benchmark.TRAP_NAMES, ("", "و", "ب", "ل"))
    assert benchmark.score(names)["right"][kind] >= floor


@pytest.mark.parametrize("name", ["بوغدانوف", "بيدرسن", "لودريان", "فيدان", "بلينكن"])
def test_a_name_of_the_ledger_is_whole_and_found_behind_proclitics(name):
    assert citation_form(name) == name
    assert citation_form("و" + name) == name


@pytest.mark.parametrize("letters", ["و", "ب", "ل", "ال", "وال", "لل", "ها", "سي"])
def test_a_word_without_end_comes_back_whole(letters):
    assert citation_form(letters * 5000) == letters * 5000
    cries = [letters * n for n in range(1, 1500)]
    assert len(citation_forms(cries)) == len(cries)

import pandas as pd

import khabar as kb
from khabar.charts.wording import speaking

HOSTILE = "<script>window.PWN=1</script><img src=x onerror=alert(1)>"


def html(table: pd.DataFrame, **options) -> str:
    return kb.show(table, **options)._repr_html_()


def test_nothing_in_a_cell_header_or_index_is_markup():
    table = pd.DataFrame({HOSTILE: [HOSTILE]}, index=pd.Index([HOSTILE], name=f"{HOSTILE}2"))
    assert "<script" not in html(table)
    assert "<img" not in html(table)


def test_nothing_in_a_line_is_markup():
    line = {"document_id": HOSTILE, "left": HOSTILE, "keyword": HOSTILE, "right": HOSTILE}
    shown = kb.show_lines(pd.DataFrame([line]))._repr_html_()
    assert "<script" not in shown
    assert "<img" not in shown


def test_text_takes_its_own_direction_and_numbers_go_left_to_right():
    shown = html(pd.DataFrame({"title": ["خبر"], "n": [12345]}))
    assert '<td dir="rtl" class="s">خبر</td>' in shown
    assert '<td class="n">12,345</td>' in shown


def test_the_caption_tells_how_many_rows_there_are():
    assert "2 of 5 rows" in html(pd.DataFrame({"n": range(5)}), rows=2)


def test_missing_values_are_empty_cells_and_dates_are_days():
    shown = html(pd.DataFrame({"day": pd.to_datetime(["2015-04-23", None])}))
    assert "<td></td>" in shown
    assert "2015-04-23<" in shown


def test_a_long_text_is_cut_with_an_ellipsis():
    assert "خبر خبر…" in html(pd.DataFrame({"text": ["خبر " * 50]}), width=8)


def test_a_path_is_written_left_to_right_part_by_part():
    shown = html(pd.DataFrame({"path": ["شرفة نيوز/001.txt"]}))
    assert '<td dir="ltr" class="s"><bdi>شرفة نيوز</bdi>/<bdi>001.</bdi>txt</td>' in shown


def test_particles_written_onto_the_match_are_marked_with_it():
    lines = pd.DataFrame([{"document_id": "a", "left": "دعا لل", "surface": "أمم", "right": " "}])
    assert "دعا <mark>للأمم</mark>" in kb.show_lines(lines)._repr_html_()


def test_letters_before_the_match_that_are_no_particle_are_not_marked():
    lines = pd.DataFrame(
        [{"document_id": 1, "left": "القوات الأمريكية.", "keyword": "ترامب", "right": ""}]
    )
    assert "الأمريكية.<mark>ترامب</mark>" in kb.show_lines(lines)._repr_html_()


def test_a_sample_of_many_lines_is_spread_over_all_of_them():
    lines = pd.DataFrame({"document_id": range(90), "left": "", "keyword": "خبر", "right": ""})
    shown = kb.show_lines(lines, rows=3)._repr_html_()
    assert shown.count("<li>") == 3
    assert "3 of 90 lines" in shown
    assert "<bdi></bdi>89<" in shown


def test_a_direction_override_in_a_text_does_not_reach_the_page():
    assert "\u202e" not in html(pd.DataFrame({"title": ["خبر \u202etxt"]}))


def test_truth_values_and_lists_are_shown_as_they_are():
    shown = html(pd.DataFrame({"single": [True], "parts": [["a", "b"]]}))
    assert ">True</td>" in shown
    assert "[&#x27;a&#x27;, &#x27;b&#x27;]" in shown


def test_most_of_the_letters_decide_the_direction_of_a_cell():
    shown = html(pd.DataFrame({"a": ["CNN: الأمم المتحدة تدعو"], "b": ["'الخميس' without a year"]}))
    assert '<td dir="rtl" class="s">CNN' in shown
    assert '<td dir="ltr" class="s">&#x27;الخميس' in shown


def test_published_is_a_day_in_a_corpus_and_a_number_of_documents_in_a_count():
    days, counts = pd.DataFrame({"published": [pd.Timestamp("2015-04-23")]}), {"published": [3]}
    with speaking("ar"):
        assert ">تاريخ النشر</th>" in html(days)
        assert ">المقالات المنشورة</th>" in html(pd.DataFrame(counts))
    assert 'title="published">documents published</th>' in html(pd.DataFrame(counts))


def test_clues_are_told_one_by_one_in_the_language_of_the_reader():
    clues = pd.DataFrame({"clues": ["speech 2, title 13"]})
    with speaking("ar"):
        assert ">لفظ نقل 2، صفة 13</td>" in html(clues)
    assert ">speech 2, title 13</td>" in html(clues)

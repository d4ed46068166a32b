import pandas as pd

import khabar as kb

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
    assert '<td dir="auto" class="s">خبر</td>' in shown
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
    assert '<td dir="ltr"><bdi>شرفة نيوز</bdi>/<bdi>001.txt</bdi></td>' in shown


def test_particles_written_onto_the_match_are_marked_with_it():
    lines = pd.DataFrame([{"document_id": "a", "left": "دعا لل", "surface": "أمم", "right": " "}])
    assert "دعا <mark>للأمم</mark>" in kb.show_lines(lines)._repr_html_()

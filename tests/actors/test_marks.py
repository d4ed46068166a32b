import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.actors.marks import quoted_passages


def passages(text):
    return [text[q.start : q.end] for q in quoted_passages(text)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("قال: «نعم»", ["نعم"]),
        ("قال: “نعم”", ["نعم"]),
        ("قال: ”نعم“", ["نعم"]),
        ('قال: "نعم"', ["نعم"]),
        ("قال (نعم)", ["نعم"]),
        ('وصفها بـ"كارثة" كبيرة', ["كارثة"]),
        ('ووصف ل"رويترز" ذلك', ["رويترز"]),
        ('قال: "هذا "كلام" فارغ"', ['هذا "كلام" فارغ', "كلام"]),
        ('قال: "لم يغلق', ["لم يغلق"]),
        ('أغلق" وانتهى', []),
        ('قال: "أول\nوقال: "ثان"', ["أول", "ثان"]),
    ],
)
def test_marks_of_every_kind_nested_and_unbalanced_are_survived(text, inside):
    assert passages(text) == inside


def test_a_mark_that_is_not_closed_does_not_reach_beyond_its_line():
    (first, _) = quoted_passages('قال: "أول\nوقال: "ثان"')
    assert (first.closed, first.end) == (False, 9)


@given(st.text(alphabet='اب "«»“”().\n', max_size=60))
def test_any_string_gives_passages_within_it(text):
    for passage in quoted_passages(text):
        assert 0 <= passage.start < passage.end <= len(text)
        assert "\n" not in text[passage.start : passage.end]


@pytest.mark.parametrize("unit", ['قال "', "(", 'قال "لا" ثم '])
def test_ten_times_the_marks_take_not_much_more_than_ten_times_as_long(unit):
    def seconds(n):
        started = time.process_time()
        quoted_passages(unit * n)
        return time.process_time() - started

    seconds(2000)
    assert seconds(20_000) < 60 * max(seconds(2000), 0.002)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.charts.display import isolate, label, number, percent

RLI, LRI, PDI = "\u2067", "\u2066", "\u2069"


def test_arabic_is_isolated_right_to_left_and_latin_is_left_alone():
    assert isolate("خبر 25%.") == f"{RLI}خبر 25%.{PDI}"
    assert isolate("CNN") == "CNN"


@given(st.text())
def test_no_markup_and_no_unclosed_direction_survives(text):
    shown = isolate(text)
    assert "<" not in shown
    assert shown.count(RLI) + shown.count(LRI) == shown.count(PDI)
    assert "\u202e" not in shown


def test_every_line_of_a_wrapped_label_is_isolated_by_itself():
    lines = label("مجلس الأمن الدولي التابع للأمم المتحدة", width=20).split("<br>")
    assert len(lines) == 2
    assert all(line.startswith(RLI) and line.endswith(PDI) for line in lines)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (number(1234), f"{LRI}1,234{PDI}"),
        (number(-3.25, 1), f"{LRI}\u22123.2{PDI}"),
        (percent(0.5), f"{LRI}50%{PDI}"),
    ],
)
def test_numbers_are_isolated_left_to_right_with_a_true_minus(shown, expected):
    assert shown == expected

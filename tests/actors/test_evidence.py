import pandas as pd
import pytest

import khabar as kb

TEXT = "أكد الوزير أمس أن للأمم المتحدة، كما قال، دورا في ذلك"


@pytest.fixture
def lines():
    """Return a function from a window to the context of the UN in `TEXT`."""
    start = TEXT.index("أمم")
    mention = {"document_id": "a", "start": start, "end": start + len("أمم المتحدة")}

    def context(window: int) -> list[str]:
        table = kb.mention_lines(pd.DataFrame([mention]), pd.Series({"a": TEXT}), window=window)
        return table[["left", "right"]].iloc[0].tolist()

    return context


def test_the_window_counts_words_and_leaves_out_what_is_written_onto_the_mention(lines):
    assert lines(1) == ["أن لل", "، كما"]
    assert lines(2) == ["أمس أن لل", "، كما قال،"]


def test_the_context_ends_with_the_text(lines):
    left, right = lines(50)
    assert left + "أمم المتحدة" + right == TEXT


def test_no_mentions_give_no_lines():
    empty = pd.DataFrame({"document_id": [], "start": [], "end": []})
    assert kb.mention_lines(empty, pd.Series({"a": TEXT})).empty

import pandas as pd
import pytest

import khabar as kb


@pytest.fixture
def documents():
    published = pd.to_datetime(["2015-04-20", "2015-04-26", "2015-06-01", None])
    return pd.DataFrame({"published": published, "outlet": ["x", "x", "y", None]})


def test_documents_without_a_date_or_outlet_are_counted_too(documents):
    counts = kb.documents_over_time(documents, freq="M")
    assert counts["documents"].sum() == 4
    assert counts[counts["period"].isna()]["outlet"].tolist() == ["unknown"]


def test_a_week_runs_from_monday_to_sunday(documents):
    counts = kb.documents_over_time(documents, freq="W")
    first = counts[counts["outlet"] == "x"].iloc[0]
    assert first[["period", "documents"]].tolist() == [pd.Timestamp("2015-04-20"), 2]


def test_periods_without_documents_are_rows_of_zero(documents):
    counts = kb.documents_over_time(documents, freq="M")
    may = counts[counts["period"] == pd.Timestamp("2015-05-01")]
    assert set(may["documents"]) == {0}


def test_an_unknown_period_is_refused_by_name(documents):
    with pytest.raises(
        kb.KhabarError, match="freq must be one of 'D', 'W', 'M' or 'Y'; not 'weekly'"
    ):
        kb.documents_over_time(documents, freq="weekly")

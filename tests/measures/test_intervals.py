import numpy as np
import pytest

from khabar.measures.intervals import wilson_interval


def test_the_interval_is_that_of_the_published_formula():
    from scipy.stats import binomtest

    for k, n in [(0, 5), (3, 20), (50, 50)]:
        expected = binomtest(k, n).proportion_ci(method="wilson")
        low, high = wilson_interval([k], [n])
        assert (low[0], high[0]) == pytest.approx((expected.low, expected.high), abs=1e-6)


def test_without_trials_the_interval_is_missing():
    low, high = wilson_interval([0], [0])
    assert np.isnan([low[0], high[0]]).all()

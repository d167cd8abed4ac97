"""The guard of the hostile tests stops what does not end: a check that could not fail would be none."""

import itertools

import pytest

from bounds import bounded


def test_work_without_end_is_stopped() -> None:
    with pytest.raises(pytest.fail.Exception, match="processor time"), bounded(0.05):
        for _ in itertools.count():
            pass


def test_work_within_the_bound_goes_on() -> None:
    with bounded(5):
        assert sum(range(1000)) == 499_500

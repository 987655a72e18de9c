"""Hits are compared by where the words stand, how often, and how new they are."""

from datetime import UTC, datetime, timedelta

from mailbot_server.core.search.score import Counted, scores

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NOWHERE = (0, 0, 0, 0, 0)


def hit(*counts: tuple[int, ...], days: float = 0) -> Counted:
    return Counted(counts, NOW - timedelta(days=days))


def test_no_hits_have_no_scores():
    assert scores([]) == []


def test_a_subject_counts_for_more_than_a_body_and_often_for_more_than_once():
    once, often, subject = scores(
        [hit((1, 0, 0, 0, 0)), hit((5, 0, 0, 0, 0)), hit((0, 1, 0, 0, 0))]
    )
    assert once < often < subject


def test_of_equal_hits_the_newer_is_better():
    new, old, oldest = scores(
        [hit((1, 0, 0, 0, 0), days=days) for days in (0, 30, 300)]
    )
    assert new > old > oldest > 0


def test_a_rare_word_counts_for_more_than_a_common_one():
    body = (1, 0, 0, 0, 0)
    common = [hit(body, NOWHERE) for _ in range(9)]
    *rest, rare = scores([*common, hit(NOWHERE, body)])
    assert all(rare > each for each in rest)


def test_without_words_only_newness_counts():
    assert scores([hit(), hit(days=30)]) == [1.5, 1.25]


def test_more_than_fifty_are_not_told_apart():
    many, more = scores([hit((50, 0, 0, 0, 0)), hit((5000, 0, 0, 0, 0))])
    assert many == more

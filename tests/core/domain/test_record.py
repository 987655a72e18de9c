"""What was found is told in few words, and an outage forgets nothing."""

from mailbot_server.core.domain import record
from mailbot_server.core.domain.record import Finding, RecordState


def test_an_outage_keeps_what_was_known():
    before = record.ok(["x"]).after(None)
    during = record.UNREACHABLE.after(before)
    assert (during.state, during.known) == (RecordState.UNREACHABLE, RecordState.OK)
    assert during.is_known_ok
    after = record.missing("gone").after(during)
    assert (after.known, after.is_known_ok) == (RecordState.MISSING, False)


def test_an_outage_before_the_first_answer_leaves_all_unknown():
    assert record.UNREACHABLE.after(None).known is RecordState.PENDING


def test_what_was_found_is_bounded_and_acts_on_no_terminal():
    found = record.shown(["\x1b[31mred", "x" * 1000, *map(str, range(50))])
    assert found[0] == "\ufffd[31mred"
    assert len(found[1]) == record.FOUND_LENGTH_MAX
    assert len(found) == record.FOUND_MAX


def test_bytes_that_are_no_text_are_shown_too():
    assert record.text_of(b"v=spf1 \xff") == "v=spf1 \ufffd"


def test_a_record_is_told_from_others_of_its_domain():
    spf = record.Record(purpose=record.Purpose.SPF, name="example.com", value="x")
    assert spf.key == "spf:example.com"
    assert Finding() == record.PENDING

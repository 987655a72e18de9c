from mailbot_server.core import errors
from mailbot_server.core.mail.violation import Violation


def test_plain_violation_is_a_bad_field():
    found = Violation(field="to", description="name somebody")
    assert found.reason == errors.InvalidInput.of([found]).reason == "FIELD_INVALID"


def test_errors_take_the_very_same_violations():
    assert errors.Violation is Violation

"""Names of Windows are names of zones that exist."""

from zoneinfo import ZoneInfo

from mailbot_server.core.mail.calendar.windows import NAMES, SHOWN


def test_names_are_in_lower_case_and_lead_to_zones():
    assert all(name == name.lower() for name in NAMES | SHOWN)
    for zone in [*NAMES.values(), *SHOWN.values()]:
        assert ZoneInfo(zone).key == zone

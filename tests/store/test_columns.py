"""What is written in a column comes back, and sorts in between."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.store import columns

INSTANTS = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(9998, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(INSTANTS)
def test_instants_come_back_to_the_microsecond(moment: datetime) -> None:
    assert columns.read_time(columns.write_time(moment)) == moment


@given(INSTANTS, INSTANTS)
def test_instants_sort_as_their_numbers(one: datetime, two: datetime) -> None:
    assert (one < two) == (columns.write_time(one) < columns.write_time(two))


def test_instants_of_other_zones_are_written_in_utc() -> None:
    east = datetime(2026, 3, 2, 14, tzinfo=timezone(timedelta(hours=2)))
    read = columns.read_time(columns.write_time(east))
    assert read == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert read.tzinfo is UTC


def test_no_instant_stays_none() -> None:
    assert columns.write_time(None) is None
    assert columns.read_time(None) is None


@given(st.lists(st.text()))
def test_lists_come_back_in_order(values: list[str]) -> None:
    assert columns.read_list(columns.write_list(values)) == tuple(values)


@given(st.dictionaries(st.text(), st.text()))
def test_mappings_come_back(values: dict[str, str]) -> None:
    assert columns.read_mapping(columns.write_mapping(values)) == values


def test_empty_lists_and_mappings_take_no_room() -> None:
    assert columns.write_list([]) == ""
    assert columns.write_mapping({}) == ""


def test_equal_mappings_are_written_alike() -> None:
    one = columns.write_mapping({"b": "2", "a": "ä"})
    assert one == columns.write_mapping({"a": "ä", "b": "2"}) == '{"a":"ä","b":"2"}'

"""Every word of lists and rules has its number, and back."""

import pytest

from mailbot.v1 import messages_pb2
from mailbot_server.api.convert import screening as convert
from mailbot_server.core.errors import InvalidInput
from mailbot_server.core.message import Kind
from mailbot_server.core.screening.address_list import Action, Decision, Direction


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_number(kind):
    name = messages_pb2.MessageKind.Name(convert.KIND[kind])
    assert name == f"MESSAGE_KIND_{kind.name}"


def test_directions_and_actions_go_there_and_back():
    assert {convert.direction_of(n, "x") for n in (1, 2)} == set(Direction)
    assert {convert.action_of(n, "x") for n in (1, 2)} == set(Action)
    assert convert.optional_direction_of(0) is None


@pytest.mark.parametrize("read", [convert.direction_of, convert.action_of])
def test_unspecified_is_refused(read):
    with pytest.raises(InvalidInput, match="here: is required"):
        read(0, "here")


def test_a_decision_without_an_entry_leaves_it_unset():
    shown = convert.decision_to_proto(Decision(action=Action.ALLOW))
    assert not shown.HasField("entry")

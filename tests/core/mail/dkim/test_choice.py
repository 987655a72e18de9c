import pytest

from mailbot_server.core.mail.dkim import choice


def fields(*names: bytes) -> dict[bytes, list[bytes]]:
    found: dict[bytes, list[bytes]] = {}
    for number, name in enumerate(names):
        found.setdefault(name, []).append(name + b":%d" % number)
    return found


@pytest.mark.parametrize("name", choice.OVERSIGNED)
def test_no_field_that_matters_can_be_added_or_doubled(name):
    assert choice.choose(fields()).count(name) == 1
    assert choice.choose(fields(name)).count(name) == 2
    assert choice.choose(fields(name, name)).count(name) == 3


@pytest.mark.parametrize("name", choice.SIGNED)
def test_what_others_may_add_is_signed_where_it_is(name):
    assert name not in choice.choose(fields())
    assert choice.choose(fields(name, name)).count(name) == 2


@pytest.mark.parametrize(
    "name", [b"received", b"return-path", b"bcc", b"dkim-signature", b"x-mailer"]
)
def test_what_changes_on_the_way_is_not_signed(name):
    assert name not in choice.choose(fields(name))


def test_from_is_always_signed_rfc6376_5_4():
    assert choice.choose({})[0] == b"from"


def test_the_lowest_of_several_fields_is_signed_first_rfc6376_5_4_2():
    several = fields(b"to", b"from", b"to")
    text = choice.signed_text(several, [b"to", b"from", b"to", b"to", b"cc"])
    assert text == b"to:2\r\nfrom:1\r\nto:0\r\n"


def test_choosing_takes_nothing_away():
    several = fields(b"to", b"to")
    choice.signed_text(several, [b"to", b"to"])
    assert several == fields(b"to", b"to")

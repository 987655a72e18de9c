import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.quote.card import find, find_notice

BODY = ["Hello,", "", "the goods left us on Friday.", ""]
CARD = ["Sales Manager", "Lee Ltd", "T: +1 202 555 0143", "www.lee.example"]
SECRET = (
    "This e-mail is confidential and meant only for its intended recipient. "
    "Should you have it in error, delete it."
)


def cut(lines):
    return lines[find(lines, len(lines)) :]


def cut_notice(lines):
    return lines[find_notice(lines, len(lines)) :]


@pytest.mark.parametrize(
    ("above", "card"),
    [
        pytest.param(["Best regards,", "Ann Lee"], CARD, id="closed"),
        pytest.param(["Best regards,", "Ann Lee", ""], CARD, id="apart"),
        pytest.param(["Best regards,", "", "Ann Lee", ""], CARD, id="name-apart"),
        pytest.param(["Best, Ann", ""], ["Ann Lee", *CARD], id="name-on-its-line"),
        pytest.param(["Gruß / Regards", "Ann"], CARD, id="two-languages"),
        pytest.param(["With my very best wishes", "Ann"], CARD, id="last-word"),
        pytest.param(["Thanks,", "Ann"], ["ann@example.com"], id="an-address"),
        pytest.param(["Thanks,", "Ann"], ["Head of Sales"], id="a-trade"),
        pytest.param(["Thanks,", "Ann"], ["Lee GmbH"], id="a-company"),
        pytest.param(
            ["Thanks,"], ["Ann Lee | Lee Ltd | 555-010-0143"], id="in-one-line"
        ),
        pytest.param(
            ["Thanks,", "Ann", ""],
            ["Manager", "", "[cid:a@b]", "", "Lee Ltd<https://lee.example/a>"],
            id="pictures",
        ),
        pytest.param(["Ann", ""], ["Ann Lee", "Lee Ltd", "1 High Street"], id="again"),
        pytest.param([], ["Ann Lee", *CARD], id="unclosed"),
        pytest.param([], ["Ann van Lee", "", *CARD], id="unclosed-name-apart"),
        pytest.param([], ["Ann Lee, PhD", "ann@example.com", *CARD], id="title"),
    ],
)
def test_cards(above, card):
    assert cut([*BODY, *above, *card]) == card


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(["Thanks,", "Ann"], id="a-name"),
        pytest.param(["Thanks,"], id="a-closing"),
        pytest.param(["Thanks,", "Ann", "", "https://example.com/x"], id="a-link"),
        pytest.param(["Thanks,", "Ann", "[cid:plan.png@01D8A1B2]"], id="a-picture"),
        pytest.param(["Thanks,", "Ann", "PS: call +1 202 555 0143"], id="postscript"),
        pytest.param(["Thanks,", "Ann", "1. Open ann@example.com"], id="a-list"),
        pytest.param(["Thanks,", "Ann", "Login: ann@example.com"], id="a-form"),
        pytest.param(["Thanks,", "Ann", "Is it ann@example.com?"], id="a-question"),
        pytest.param(
            ["Thanks,", "the manager is away", "ann@example.com"], id="a-closing-inside"
        ),
        pytest.param(
            ["Thanks,", "Ann", *CARD, "", "We meet you on Monday at the gate."],
            id="text-below-it",
        ),
        pytest.param(["Ann Lee", "Manager", "", "She comes on Monday."], id="amid"),
        pytest.param(["Call her:", "", "Ann Lee", *CARD], id="announced"),
        pytest.param(["Please contact her.", "", "Ann Lee", *CARD], id="to-contact"),
        pytest.param(["For this one", "", "Ann Lee", *CARD], id="no-sentence-above"),
        pytest.param(["Ann Lee", "1 Oak Lane", "+1 202 555 0143"], id="no-trade"),
        pytest.param(["Our order is here.", "", "Ann Lee", *CARD], id="of-an-order"),
        pytest.param(
            ["Thanks", "Ann", "a@example.com", "", "Bob", "b@example.com"], id="several"
        ),
        pytest.param(["the list", *CARD], id="no-name"),
        pytest.param(["Name: Ann", *CARD], id="fields"),
    ],
)
def test_what_is_no_card(below):
    assert cut([*BODY, *below]) == []


def test_a_message_is_not_all_card():
    assert cut(["Ann Lee", *CARD]) == []
    assert cut(["x" * 101, "Ann Lee", *CARD]) == []


@pytest.mark.parametrize(
    "notice",
    [
        pytest.param([SECRET], id="one-line"),
        pytest.param(SECRET.split(". "), id="lines"),
        pytest.param(["", SECRET], id="apart"),
        pytest.param([SECRET, "", "Lee Ltd, Bath", "", SECRET], id="several"),
        pytest.param(["Disclaimer:", "", SECRET], id="heading"),
        pytest.param(["-----", "", SECRET], id="rule"),
        pytest.param([SECRET, "", "----------"], id="rule-below"),
        pytest.param(["Please think before printing."], id="environment"),
    ],
)
def test_notices(notice):
    written = notice[notice.index("") + 1 :] if not notice[0] else notice
    assert cut_notice([*BODY, "Ann", *notice])[-len(written) :] == written
    assert cut_notice([*BODY, *notice]) == written


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(["This e-mail is only to say hello to you all."], id="harmless"),
        pytest.param(
            ["The report is confidential: delete it."], id="of-something-else"
        ),
        pytest.param([f'Does "{SECRET}" bind anybody?'], id="a-question"),
        pytest.param(
            [SECRET, "", "We meet you at the gate on Monday."], id="above-text"
        ),
        pytest.param(["Registered in England: " + "x" * 400], id="long"),
        pytest.param([SECRET * 40], id="endless"),
    ],
)
def test_what_is_no_notice(below):
    assert cut_notice([*BODY, *below]) == []


def test_a_message_is_not_all_notice():
    assert cut_notice([SECRET]) == []
    assert cut_notice(["", SECRET]) == [SECRET]


@given(
    st.lists(
        st.sampled_from(
            [*CARD, SECRET, "Thanks,", "Ann Lee", "", "-----", "> x", "a."]
        ),
        max_size=50,
    )
)
def test_never_fails_and_never_takes_all(lines):
    for begin in (find(lines, len(lines)), find_notice(lines, len(lines))):
        assert begin <= len(lines)
        assert begin > 0 or not lines

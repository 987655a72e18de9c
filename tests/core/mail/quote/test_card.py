import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.quote.card import find

BODY = ["Hello,", "", "the goods left us on Friday.", ""]
CARD = ["Sales Manager", "Lee Ltd", "T: +1 202 555 0143", "www.lee.example"]


def cut(lines):
    return lines[find(lines, len(lines)) :]


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
        pytest.param(["Ann", ""], ["Ann van Lee", "", *CARD], id="again-apart"),
        pytest.param(["Thanks,", "Ann Lee, PhD"], CARD, id="title"),
        pytest.param(["Thanks,", "Ann", ""], ["T: 020 555 0143"], id="a-label"),
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
        # Without a closing nothing tells the sender from whom they write about.
        pytest.param(["Ann Lee", *CARD], id="unclosed"),
        pytest.param(["Ann van Lee", "", *CARD], id="unclosed-name-apart"),
        pytest.param(["My deputy takes over.", "", "Ann Lee", *CARD], id="deputy"),
        pytest.param(["The talk!", "", "University Hall", "www.a.example"], id="venue"),
    ],
)
def test_what_is_no_card(below):
    assert cut([*BODY, *below]) == []


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(
            ["Bob Miller +1 202 555 0143", "Eve King +1 202 555 0144"], id="numbers"
        ),
        pytest.param(["Bob, +1 202 555 0143", "Eve, +1 202 555 0144"], id="deputies"),
        pytest.param(["bob@example.com", "eve@example.com"], id="addresses"),
        pytest.param(["bob.miller@example.com"], id="an-address"),
        pytest.param(["Dr. Bob Miller", "City Hospital", *CARD], id="somebody-else"),
        pytest.param(["Name | Phone | Role", "Bob | 202-555-0143 | clerk"], id="table"),
        pytest.param(["Sales 12 14", "Partners 1 2"], id="figures"),
        pytest.param(["Order 114-5550143-2233445", "Total 25.98"], id="order"),
        pytest.param(["Invoice 20240143", "Lee Ltd", "Total 1,200.00"], id="invoice"),
        pytest.param(["9400 1000 0000 0000 0000 00"], id="parcel"),
        pytest.param(["DE89 3704 0044 0532 0130 00"], id="iban"),
        pytest.param(["12345678", "12345679"], id="serial-numbers"),
        pytest.param(["2024-11-20", "2024-11-21"], id="dates"),
        pytest.param(["SAS 1422 CPH", "KLM 1175 OSL"], id="flights"),
        pytest.param(["https://a.example/1", "https://b.example/2"], id="articles"),
        pytest.param(["Sales", "https://a.example/1", "https://b.example"], id="links"),
        pytest.param(
            ["curl https://a.example", "git clone git@a.example:b"], id="code"
        ),
        pytest.param(
            ["Zoom Meeting", "https://a.example", "+1 202 555 0143"], id="call"
        ),
        pytest.param(["The Royal Oak", "1 High Street", "www.a.example"], id="a-pub"),
        pytest.param(["soup", "chef salad", "fish"], id="menu"),
        pytest.param(["Neue Nummer von Karl +49 30 5550143"], id="german"),
        pytest.param(["Le numéro de Paul est 01 55 50 14 30"], id="french"),
        pytest.param(["Il numero di Paolo è 06 5550143 22"], id="italian"),
        pytest.param(["Телефон Петра +7 495 555 01 43"], id="russian"),
        pytest.param(["Het nummer van Piet is 020 555 0143"], id="dutch"),
        pytest.param(["Jane Roe", "Manager"], id="an-answer"),
    ],
)
def test_what_stands_apart_may_be_the_message(below):
    assert cut([*BODY, "Thanks,", "Ann", "", *below]) == []


@pytest.mark.parametrize(
    "above", ["My new address.", "Sure, here it is", "The ranking:", "Wie folgend."]
)
def test_what_is_led_up_to_is_the_message(above):
    assert cut(["Hello,", above, "", "Thanks,", "Ann", "+1 202 555 0143"]) == []


def test_a_message_is_not_all_card():
    assert cut(["Ann Lee", *CARD]) == []
    assert cut(["x" * 101, "Ann Lee", *CARD]) == []


@given(
    st.lists(
        st.sampled_from([*CARD, "Thanks,", "Ann Lee", "", "-----", "> x", "a."]),
        max_size=50,
    )
)
def test_never_fails_and_never_takes_all(lines):
    begin = find(lines, len(lines))
    assert begin <= len(lines)
    assert begin > 0 or not lines

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


@pytest.mark.parametrize(
    "words",
    [
        "This message is confidential, delete it: I resign on Friday.",
        "This email was sent by mistake, please delete it. The right one follows.",
        "diese E-Mail ging irrtümlich an Sie, bitte löschen. Die richtige folgt.",
        "Ce message vous a été envoyé par erreur, merci de le supprimer. Désolé !",
        "This email reached me by mistake, I am not the intended recipient.",
        "By this email I request that you delete all confidential data you hold.",
        "This mail came in error. Delete my address, notify who sold it.",
        "our registered office moved to 2 Low Street.",
        "unsere USt-ID lautet DE123456789, die der Lee GmbH ist eine andere.",
        "please state our VAT no GB123456789 for Lee Ltd on the invoice",
        "ons KvK nummer is 12345678",
        "Please check the proof before printing.",
        "All files are scanned for viruses and clean now.",
    ],
)
def test_what_people_say_is_no_notice(words):
    assert cut_notice([*BODY, words]) == []


@pytest.mark.parametrize(
    "above", ["Use this in all mails:", "What about this wording?", "Als Fußzeile."]
)
def test_a_notice_that_is_spoken_of_stays(above):
    assert cut_notice([*BODY, above, "", SECRET]) == []


@pytest.mark.parametrize("greeting", ["Hi", "Dear Ann,", "Sehr geehrte Frau Lee"])
def test_below_a_greeting_alone_is_the_message(greeting):
    assert cut_notice([greeting, "", SECRET]) == []
    assert cut_notice([greeting, "", "Fine.", "", SECRET]) == [SECRET]


@pytest.mark.parametrize(
    "words",
    [
        "Lee Ltd, registered in England, VAT no GB123456789",
        "Lee GmbH, Sitz der Gesellschaft: Bonn, Amtsgericht Bonn HRB 1",
    ],
)
def test_papers_of_a_company_are_a_notice(words):
    assert cut_notice([*BODY, "Ann", "", words]) == [words]


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

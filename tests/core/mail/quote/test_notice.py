import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.quote.notice import find

BODY = ["Hello,", "", "the goods left us on Friday.", ""]
SECRET = (
    "This e-mail is confidential and meant only for its intended recipient. "
    "Should you have it in error, delete it."
)


def cut(lines):
    return lines[find(lines, len(lines)) :]


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
    assert cut([*BODY, "Ann", *notice])[-len(written) :] == written
    assert cut([*BODY, *notice]) == written


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
    assert cut([*BODY, *below]) == []


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
    assert cut([*BODY, words]) == []


@pytest.mark.parametrize(
    "above", ["Use this in all mails:", "What about this wording?", "Als Fußzeile."]
)
def test_a_notice_that_is_spoken_of_stays(above):
    assert cut([*BODY, above, "", SECRET]) == []


@pytest.mark.parametrize("greeting", ["Hi", "Dear Ann,", "Sehr geehrte Frau Lee"])
def test_below_a_greeting_alone_is_the_message(greeting):
    assert cut([greeting, "", SECRET]) == []
    assert cut([greeting, "", "Fine.", "", SECRET]) == [SECRET]


@pytest.mark.parametrize(
    "words",
    [
        "Lee Ltd, registered in England, VAT no GB123456789",
        "Lee GmbH, Sitz der Gesellschaft: Bonn, Amtsgericht Bonn HRB 1",
    ],
)
def test_papers_of_a_company_are_a_notice(words):
    assert cut([*BODY, "Ann", "", words]) == [words]


def test_a_message_is_not_all_notice():
    assert cut([SECRET]) == []
    assert cut(["", SECRET]) == [SECRET]


@given(
    st.lists(
        st.sampled_from([SECRET, "Thanks,", "Ann Lee", "", "-----", "> x", "a."]),
        max_size=50,
    )
)
def test_never_fails_and_never_takes_all(lines):
    begin = find(lines, len(lines))
    assert begin <= len(lines)
    assert begin > 0 or not lines

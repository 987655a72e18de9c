import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.html import to_text
from mailbot_server.core.mail.parse import parse
from mailbot_server.core.mail.quote import Split, extract, split
from mailbot_server.core.mail.quote.mark import Method
from tests import corpora

WROTE = "On Mon, Apr 2, 2012 at 6:26 PM, Ann Lee <ann@example.com> wrote:"


@pytest.mark.parametrize(
    ("text", "new", "signature", "method"),
    [
        pytest.param("", "", "", Method.NONE, id="empty"),
        pytest.param("Hello\n", "Hello", "", Method.NONE, id="no-quotation"),
        pytest.param(
            f"Hello\n\n{WROTE}\n\n> Hi\n> there\n",
            "Hello",
            "",
            Method.ATTRIBUTION,
            id="above",
        ),
        pytest.param(
            f"{WROTE}\n> Hi\n\nHello\n", "Hello", "", Method.ATTRIBUTION, id="below"
        ),
        pytest.param(
            f"Hi!\n\n{WROTE}\n> One?\n\nYes.\n\n> Two?\n\nNo.\n\n> Three",
            "Hi!\n\n> One?\n\nYes.\n\n> Two?\n\nNo.",
            "",
            Method.ATTRIBUTION,
            id="between",
        ),
        pytest.param(
            f"Hello\n{WROTE}\nHi there\n",
            "Hello",
            "",
            Method.ATTRIBUTION,
            id="unmarked",
        ),
        pytest.param(
            "reply On Wed, Apr 4, 2012 at 3:59 PM, Ann wrote:\n> Hi",
            "reply",
            "",
            Method.ATTRIBUTION,
            id="shared-line",
        ),
        pytest.param(
            f"Hello\n\n{WROTE}   Hi there: now\nor never\n",
            "Hello",
            "",
            Method.ATTRIBUTION,
            id="quoted-on-the-line",
        ),
        pytest.param(
            f"Hello\n\n{WROTE}", "Hello", "", Method.ATTRIBUTION, id="nothing-behind"
        ),
        pytest.param(
            "Hello\n\nAnn wrote:\n> Hi",
            "Hello",
            "",
            Method.ATTRIBUTION,
            id="doubtful-but-marked",
        ),
        pytest.param(
            "Hello\n\nAnn wrote:\nHi",
            "Hello\n\nAnn wrote:\nHi",
            "",
            Method.NONE,
            id="doubtful",
        ),
        pytest.param(
            "Hello\n\nAnn wrote:",
            "Hello\n\nAnn wrote:",
            "",
            Method.NONE,
            id="doubtful-at-the-end",
        ),
        pytest.param(
            "Hello\n\n-----Original Message-----\nFrom: Ann\n\nHi",
            "Hello",
            "",
            Method.SEPARATOR,
            id="separator",
        ),
        pytest.param(
            "Hello\n\nFrom: Ann\nSent: Friday, 21 November\nTo: Bob\nSubject: x\n\nHi",
            "Hello",
            "",
            Method.HEADER_BLOCK,
            id="header-block",
        ),
        pytest.param(
            "Hello\n________________________________\nFrom: Ann\nSent: Friday, 21 November\nTo: Bob\n\nHi",
            "Hello",
            "",
            Method.HEADER_BLOCK,
            id="rule-above",
        ),
        pytest.param("Hello\n> Hi\n> there", "Hello", "", Method.MARKERS, id="markers"),
        pytest.param(
            "Hello\n&gt; Hi\n&gt; there",
            "Hello",
            "",
            Method.MARKERS,
            id="escaped-markers",
        ),
        pytest.param(
            "Hello\n\n>>> Ann Lee 4/2/2012 6:26 PM >>>\nHi",
            "Hello",
            "",
            Method.SEPARATOR,
            id="sender-line",
        ),
        pytest.param(
            "Hello, all \n  of you. \n\n> Hi\n> there",
            "Hello, all \n  of you.",
            "",
            Method.MARKERS,
            id="its-blanks-are-left",
        ),
        pytest.param(
            "Hello\n> Hi", "Hello", "", Method.MARKERS, id="one-marker-at-the-end"
        ),
        pytest.param(
            "> Hi\nHello", "Hello", "", Method.MARKERS, id="one-marker-at-the-start"
        ),
        pytest.param(
            "Look:\n> a > b\nOK?",
            "Look:\n> a > b\nOK?",
            "",
            Method.NONE,
            id="one-marker-between",
        ),
        pytest.param(
            "Try\n>>> import os\n>>> os.name",
            "Try\n>>> import os\n>>> os.name",
            "",
            Method.NONE,
            id="a-prompt",
        ),
        pytest.param("> Hi\n> there", "", "", Method.MARKERS, id="all-marked"),
        pytest.param(
            f"{WROTE}\nHi there",
            f"{WROTE}\nHi there",
            "",
            Method.NONE,
            id="nothing-new-and-unmarked",
        ),
        pytest.param(
            "From: Ann\nSent: Friday, 21 November\nTo: Bob\nSubject: x\n\nHi",
            "From: Ann\nSent: Friday, 21 November\nTo: Bob\nSubject: x\n\nHi",
            "",
            Method.NONE,
            id="passed-on-by-outlook",
        ),
        pytest.param(
            f"FYI\n\n---------- Forwarded message ----------\nFrom: Ann\n\n{WROTE}\n> Hi",
            f"FYI\n\n---------- Forwarded message ----------\nFrom: Ann\n\n{WROTE}\n> Hi",
            "",
            Method.NONE,
            id="forward",
        ),
        pytest.param(
            f"Hello\n\n-- \nBob\n\n{WROTE}\n> Hi",
            "Hello",
            "-- \nBob".replace(" ", ""),
            Method.ATTRIBUTION,
            id="signature-above",
        ),
        pytest.param(
            f"Hello\n\nSent from my iPhone\n\n{WROTE}\n> Hi",
            "Hello",
            "Sent from my iPhone",
            Method.ATTRIBUTION,
            id="device",
        ),
        pytest.param(
            f"{WROTE}\n> Hi\n\nHello\n-- \nBob",
            "Hello",
            "--\nBob",
            Method.ATTRIBUTION,
            id="signature-below",
        ),
        pytest.param(
            f"Hello\n{WROTE}\n> {'x' * 66} and\nso on\n> Hi",
            "Hello",
            "",
            Method.ATTRIBUTION,
            id="wrapped",
        ),
        pytest.param(
            f"Hello\n{WROTE}\n> see\n (http://example.com) >\n> Hi",
            "Hello",
            "",
            Method.ATTRIBUTION,
            id="wrapped-link",
        ),
        pytest.param(
            f"{WROTE}\n> Can you come to the meeting that we planned for the coming Monday?\nyes\n> Good",
            "> Can you come to the meeting that we planned for the coming Monday?\nyes",
            "",
            Method.ATTRIBUTION,
            id="short-answer-is-not-wrapped",
        ),
        pytest.param(
            "Hello\n\n-----\nReply above this line.\n\nAnn asked:\nWhen?",
            "Hello",
            "",
            Method.SEPARATOR,
            id="ruled-off",
        ),
        pytest.param(
            f"{WROTE}\n> Can you?\nyes\n> Good",
            "> Can you?\nyes",
            "",
            Method.ATTRIBUTION,
            id="short-answer-under-a-short-line",
        ),
    ],
)
def test_split(text, new, signature, method):
    result = split(text)
    assert (result.new, result.signature, result.method) == (new, signature, method)


def test_the_quotation_has_its_introduction():
    assert split(f"Hello\n\n{WROTE}\n> Hi\n") == Split(
        new="Hello",
        quoted=f"{WROTE}\n> Hi",
        signature="",
        method=Method.ATTRIBUTION,
        confidence=0.95,
    )


def test_what_could_be_an_answer_is_told_with_doubt():
    assert split("Look:\n> a > b\nOK?").confidence == 0.5


PIECES = [
    "Hello",
    WROTE,
    "> Hi",
    ">",
    "",
    "-- ",
    "-----Original Message-----",
    "From: Ann",
    "Sent: Friday",
    "To: Bob",
    "Subject: x",
]
PIECES += [
    "Ann wrote:",
    "On Apr 2, 2012 6:26",
    "wrote:",
    "Sent from my iPhone",
    "_" * 40,
    "https://example.com",
    ">>> x",
    "---------- Forwarded message ----------",
]


@given(
    st.lists(
        st.sampled_from(PIECES)
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
        max_size=20,
    )
)
def test_no_line_is_lost(lines):
    text = "\n".join(lines)
    result = split(text)
    together = f"{result.new}\n{result.quoted}\n{result.signature}"
    assert words(together) == words(text)
    assert 0 < result.confidence <= 1


def words(text):
    return Counter(text.split())


@pytest.mark.parametrize(
    "piece",
    [
        "> x\n",
        "Hello\n",
        "\n",
        WROTE + "\n",
        "On x:\n",
        "From: a\n",
        "-----\n",
        "-- \n",
        "a wrote:\n\n",
        "x On 1 wrote: ",
        "\n\n\n\nAnn wrote:\n",
    ],
)
def test_length_costs_no_more_than_itself(piece):
    # Quadratic time would run into the suite's time-out.
    split(piece * (500_000 // len(piece)))


def test_a_text_beyond_measure_is_not_cut():
    text = f"Hello\n{WROTE}\n" + "> x\n" * 200_000
    assert split(text).method is Method.NONE
    assert split(text).quoted == ""


def normal(text):
    return " ".join(text.split())


def test_replies_of_the_corpus():
    path = corpora.folder("replies") / "talon-cases.jsonl"
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for line in path.read_text().splitlines():
        case = json.loads(line)
        kind, expected = case["kind"], case["expected"]
        if kind == "text":
            text = case["input"]
        elif kind == "eml":
            text = parse(case["input"].encode()).body_text
        else:
            text = ""
            expected = to_text(expected) if "<" in expected else expected
        result = extract(text, "" if text else case["input"])
        # The corpus counts a signature as the sender's text.
        answers = {normal(result.text), normal(f"{result.text} {result.signature}")}
        right[kind] += normal(expected) in answers
        total[kind] += 1
    assert right["text"] / total["text"] > 0.9
    assert right["eml"] / total["eml"] > 0.9
    assert right["html"] / total["html"] > 0.9

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.html import to_text
from mailbot_server.core.mail.quote import HtmlSplit, Method, split_html

WROTE = "On Mon, Apr 2, 2012 at 6:26 PM Ann Lee &lt;ann@example.com&gt; wrote:"
HEADER = (
    "<b>From:</b> Ann<br><b>Sent:</b> Monday<br><b>To:</b> Bob<br><b>Subject:</b> x"
)
UNKNOWN_HEADER = "<b>Qua:</b> Ann<br><b>Zed:</b> Monday<br><b>Ik:</b> Bob"


@pytest.mark.parametrize(
    ("html", "new"),
    [
        pytest.param("", "", id="empty"),
        pytest.param("<p>Hello</p>", "Hello", id="no-quotation"),
        pytest.param(
            '<div dir="ltr">Yes.</div><br><div class="gmail_quote gmail_quote_container">'
            f'<div dir="ltr" class="gmail_attr">{WROTE}<br></div>'
            '<blockquote class="gmail_quote"><div>Hi</div></blockquote></div>',
            "Yes.",
            id="gmail",
        ),
        pytest.param(
            f'<div class="gmail_extra">Yes.<div class="gmail_quote">{WROTE}<br>'
            '<blockquote class="gmail_quote">One?</blockquote><div>First.</div>'
            '<blockquote class="gmail_quote">Two?</blockquote>Second.</div></div>',
            "Yes.\n\n> One?\n\nFirst.\n\n> Two?\n\nSecond.",
            id="gmail-answers-between",
        ),
        pytest.param(
            'See:<blockquote class="gmail_quote">Shakespeare</blockquote>',
            "See:\n\n> Shakespeare",
            id="gmail-toolbar",
        ),
        pytest.param(
            '<div>FYI</div><div class="gmail_quote"><div class="gmail_attr">'
            "---------- Forwarded message ---------<br>From: Ann<br></div>Hello</div>",
            "FYI\n---------- Forwarded message ---------\nFrom: Ann\nHello",
            id="gmail-forward",
        ),
        pytest.param(
            '<div>Yes.</div><div id="appendonsend"></div><hr tabindex="-1">'
            f'<div id="divRplyFwdMsg">{UNKNOWN_HEADER}</div><div>Hi</div>',
            "Yes.",
            id="outlook-web",
        ),
        pytest.param(
            '<div id="x_divRplyFwdMsg">Qua: Ann</div><div>Hi</div>',
            "Qua: Ann\nHi",
            id="outlook-forward-without-a-word",
        ),
        pytest.param(
            '<div class="WordSection1"><p class="MsoNormal">Yes.<o:p></o:p></p><div>'
            '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt">'
            f"<p class=MsoNormal>{UNKNOWN_HEADER}</p></div></div><p>Hi</p></div>",
            "Yes.",
            id="outlook-desktop",
        ),
        pytest.param(
            'Yes.<div style="border:none;border-top:solid #E1E1E1 1.0pt">Total</div>9',
            "Yes.\nTotal\n9",
            id="a-border-alone",
        ),
        pytest.param(
            f"<p>Yes.</p><hr><p>{HEADER}</p><p>Hi</p>", "Yes.", id="header-block"
        ),
        pytest.param('Yes.<hr id="stopSpelling">Qua: Ann<br>Hi', "Yes.", id="hotmail"),
        pytest.param(
            'Yes.<br><div class="moz-cite-prefix">Le lundi, Ann :<br></div>'
            '<blockquote cite="mid:x" type="cite">Hi</blockquote>',
            "Yes.",
            id="thunderbird",
        ),
        pytest.param(
            'FYI<div class="moz-forward-container"><br>-------- Qua --------<br>'
            '<blockquote type="cite">Hi</blockquote></div>',
            "FYI\n\n-------- Qua --------\n\n> Hi",
            id="thunderbird-forward",
        ),
        pytest.param(
            f'Yes.<div><br><blockquote type="cite"><div>{WROTE}</div></blockquote></div>'
            '<blockquote type="cite"><div>Hi</div></blockquote>',
            "Yes.",
            id="iphone",
        ),
        pytest.param(
            f"Yes.<div>{WROTE}</div><blockquote type=cite>One?</blockquote>"
            "<div>First.</div><blockquote type=cite>Two?</blockquote><p>Second.</p>",
            "Yes.\n\n> One?\n\nFirst.\n\n> Two?\n\nSecond.",
            id="apple-answers-between",
        ),
        pytest.param(
            'Yes.<div id="ydp12yahoo_quoted_5550123456" class="ydp12yahoo_quoted">'
            "<div>Qua</div>Hi</div>",
            "Yes.",
            id="yahoo",
        ),
        pytest.param(
            f"Yes.<p>{WROTE}</p><p>Hi</p>", "Yes.", id="attribution-and-no-element"
        ),
        pytest.param(
            f"Yes.<blockquote>Mine</blockquote>{WROTE}<blockquote>Hi</blockquote>",
            "Yes.\n\n> Mine",
            id="a-quotation-of-their-own-above",
        ),
        pytest.param("Yes.<blockquote>Hi</blockquote>", "Yes.", id="plain-at-the-end"),
        pytest.param(
            "Yes.<blockquote>Hi</blockquote>A footer", "Yes.\nA footer", id="plain"
        ),
        pytest.param(
            "The manual says:<blockquote>Never.</blockquote>So do I.",
            "The manual says:\n\n> Never.\n\nSo do I.",
            id="cited",
        ),
        pytest.param(
            '<p>Yes.</p><div name="quote" style="border-left: 2px solid #C3D9E5;">'
            "<b>Qua:</b> Ann<br>Hi</div>",
            "Yes.",
            id="gmx",
        ),
        pytest.param(
            'Yes.<div class="quote">Not theirs</div>', "Yes.\nNot theirs", id="a-word"
        ),
        pytest.param(
            "Yes.<hr id=zwchr data-marker=__DIVIDER__><b>Qua:</b> Ann<br>Hi",
            "Yes.",
            id="zimbra",
        ),
        pytest.param(
            '<img src="cid:a"><div class="gmail_quote">Hi</div>', "", id="a-picture"
        ),
    ],
)
def test_new_text(html, new):
    assert split_html(html).new_text == new


@pytest.mark.parametrize(
    "line", ["Začátek přeposílané zprávy:", "---------- Edastatud kiri ---------"]
)
def test_what_is_passed_on_stays_whatever_the_language(line):
    header = "<b>Od:</b> Ann &lt;ann@example.com&gt;<br><b>Komu:</b> Bob"
    for quoted in (
        f'<div class="gmail_quote">{line}<br>{header}<br>Ahoj</div>',
        f'<blockquote type="cite"><div>{line}</div><div>{header}</div>Ahoj</blockquote>',
        f"<div>{line}</div><div>{header}</div><div>Ahoj</div>",
    ):
        html = f"<div>Look:</div>{quoted}"
        assert split_html(html).new_html == html


def test_what_is_not_cut_is_as_it_came():
    html = "<html><!-- x --><title>y</title><body>Hello</body>"
    assert split_html(html) == HtmlSplit(
        new_html=html,
        quoted_html="",
        signature_html="",
        new_text="Hello",
        method=Method.NONE,
        confidence=0.9,
    )


def test_each_layer_has_the_elements_around_it():
    split = split_html(
        "<html><head><style>p {}</style></head><body><p>Yes.</p><p>-- <br>Ann</p>"
        '<div class="gmail_quote"><b>Hi</b></div><p><i></i></p></body></html>'
    )
    around = ("<html><head><style>p {}</style></head><body>", "</body></html>")
    assert split.new_html == "<p>Yes.</p>".join(around)
    assert split.signature_html == "<p>-- <br>Ann</p>".join(around)
    assert split.quoted_html == '<div class="gmail_quote"><b>Hi</b></div>'.join(around)
    assert (split.method, split.confidence) == (Method.STRUCTURE, 0.98)


@pytest.mark.parametrize(
    "signature",
    [
        '<div class="gmail_signature">Ann</div>',
        '<pre class="moz-signature" cols="72">Ann</pre>',
        '<div id="Signature">Ann</div>',
        '<div id="ms-outlook-mobile-signature">Ann</div>',
        '<div class="protonmail_signature_block protonmail_signature_block-empty">Ann</div>',
        "<div>-- </div><div>Ann</div>",
        "<div>Sent from my iPhone</div>",
        "<hr><div>This e-mail is confidential. If you have it in error, delete it.</div>",
    ],
)
def test_signatures(signature):
    split = split_html(f"<p>Yes.</p>{signature}")
    assert split.new_text == "Yes."
    assert to_text(split.signature_html)
    assert split.quoted_html == ""


def test_a_card_in_a_table():
    signature = "<table><tr><td>Sales<br>Lee Ltd<br>ann@example.com</td></tr></table>"
    split = split_html(f"<p>Yes.</p><p>Regards,<br>Ann Lee</p>{signature}")
    assert split.new_text == "Yes.\n\nRegards,\nAnn Lee"
    assert to_text(split.signature_html) == "Sales\nLee Ltd\nann@example.com"


def test_a_message_is_not_all_signature():
    assert split_html('<div class="gmail_signature">Yes.</div>').new_text == "Yes."


def test_one_marker_between_is_told_with_doubt():
    split = split_html("<p>Look:</p>&gt; a<p>OK?</p>")
    assert (split.method, split.confidence) == (Method.NONE, 0.5)


def test_a_body_beyond_measure_is_not_cut():
    html = 'Yes.<div class="gmail_quote">Hi</div>' + " " * 2_000_000
    assert split_html(html).new_html == html


PIECES = [
    "Hello ",
    f"<div>{WROTE}</div>",
    HEADER,
    "<blockquote type=cite>",
    "<blockquote>",
    "</blockquote>",
    '<div class="gmail_quote">',
    "<div id=divRplyFwdMsg>",
    '<div class="gmail_signature">',
    "</div>",
    "<div>",
    "<p>",
    "<br>",
    "<hr>",
    "<b>",
    "</b>",
    "<td>",
    "<pre>\n",
    "</pre>",
    "-- <br>",
    "<",
    "<style>p {}</style>",
    "---------- Forwarded message ----------<br>",
]


@given(
    st.lists(
        st.sampled_from(PIECES)
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
        max_size=25,
    )
)
def test_no_word_is_lost(pieces):
    html = "".join(pieces)
    split = split_html(html)
    layers = (split.new_html, split.quoted_html, split.signature_html)
    assert sorted("".join(map(letters, layers))) == sorted(letters(html))
    assert 0 < split.confidence <= 1


def letters(html):
    return "".join(character for character in to_text(html) if character.isalnum())


@pytest.mark.parametrize("piece", [*PIECES, "<div class='", "&#99999999999;", "</i>"])
def test_length_costs_no_more_than_itself(piece):
    # Quadratic time would run into the suite's time-out.
    split_html(piece * (200_000 // len(piece)))

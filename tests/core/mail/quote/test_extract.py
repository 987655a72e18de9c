import pytest

from mailbot_server.core.mail.quote import Extraction, Method, extract

WROTE = "On Mon, Apr 2, 2012 at 6:26 PM, Ann Lee <ann@example.com> wrote:"
QUOTED = '<div class="gmail_quote">Ann:<br>Hi</div>'


@pytest.mark.parametrize(
    ("text", "html", "new", "method"),
    [
        pytest.param("", "", "", Method.NONE, id="nothing"),
        pytest.param(f"Yes.\n{WROTE}\n> Hi", "", "Yes.", Method.ATTRIBUTION, id="text"),
        pytest.param(" \n", f"Yes.{QUOTED}", "Yes.", Method.STRUCTURE, id="html"),
        pytest.param(
            f"Yes,\n  I do.\n{WROTE}\n> Hi",
            f"Yes, I do.{QUOTED}",
            "Yes,\n  I do.",
            Method.ATTRIBUTION,
            id="the-text-where-both-agree",
        ),
        pytest.param(
            f"*Yes*, as [image: a.png] I\nsaid <https://example.com/x> .\n\n{WROTE}\n> Hi",
            f"<b>Yes</b>, as I <a href='https://example.com/x'>said</a>.{QUOTED}",
            "*Yes*, as [image: a.png] I\nsaid <https://example.com/x> .",
            Method.ATTRIBUTION,
            id="the-text-where-both-end-alike",
        ),
        pytest.param(
            "Yes.\nAnn:\nHi",
            f"Yes.{QUOTED}",
            "Yes.",
            Method.STRUCTURE,
            id="the-html-where-it-is-certain",
        ),
        pytest.param(
            f"Yes.\n{WROTE}\n> Hi",
            "Yes.<p>Ann, Monday:</p>Hi",
            "Yes.",
            Method.ATTRIBUTION,
            id="the-text-where-the-html-tells-nothing",
        ),
        pytest.param(
            "Yes.", f"<img src=x>{QUOTED}", "Yes.", Method.NONE, id="a-picture-of-words"
        ),
    ],
)
def test_which_part_tells(text, html, new, method):
    extraction = extract(text, html)
    assert (extraction.text, extraction.method) == (new, method)


def test_the_layers_of_the_html():
    html = f"Yes.<div>-- <br>Bob</div>{QUOTED}"
    assert extract("", html) == Extraction(
        text="Yes.",
        html="Yes.",
        quoted_text="Ann:\nHi",
        signature="--\nBob",
        method=Method.STRUCTURE,
        confidence=0.98,
    )

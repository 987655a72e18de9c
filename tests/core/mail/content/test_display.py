"""HTML of strangers: nothing of it runs, reaches out or lies over what is beside it."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.content import display
from mailbot_server.core.mail.content.display import Display, safe_style, sanitise
from tests.corpora import folder

ATTACKS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img/src/onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;&#97;vascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='https://evil.example/'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<form action='https://evil.example/'><input name=p><button>x</button></form>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "<isindex action=javascript:alert(1) type=image>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<style>@import url(https://evil.example/)</style>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<p style='background:url(https://evil.example/)'>x</p>",
    "<p style='background:u\\72l(https://evil.example/)'>x</p>",
    "<p style='width:expression(alert(1))'>x</p>",
    "<p style='behavior:url(x.htc)'>x</p>",
    "<p style='-moz-binding:url(x)'>x</p>",
    "<p style='position:fixed;top:0;left:0;z-index:9'>x</p>",
    "<p style='color:red;/*'*/background:url(//evil.example/)'>x</p>",
    "<p style='background:image-set(\"https://evil.example/\" 1x)'>x</p>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<select><template><style><!--</style><a rel='--&gt;&lt;/style&gt;&lt;img src=1'>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<title><a href='</title><img src=x onerror=alert(1)>'>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
    "<plaintext><script>alert(1)</script>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<a href='https://example.com/' onclick='alert(1)' target='_blank'>x</a>",
    "<a href=//evil.example/>x</a>",
    "<img src=//evil.example/x.gif>",
    "<img srcset='https://evil.example/x 2x'>",
    "<input type=image src='https://evil.example/'>",
    "<td background='https://evil.example/x'>x</td>",
    "<table background='https://evil.example/x'><tr><td>x</table>",
    "<img src='cid:x\" onerror=\"alert(1)'>",
    "<a href='https://e.example/\" onclick=\"alert(1)'>x</a>",
    "<p title='\"><script>alert(1)</script>'>x</p>",
    "<p id=cookie name=domain class=admin>x</p>",
]
TAGS = re.compile(r"[a-z0-9]+")


class Inert(HTMLParser):
    """Fails on whatever could run or fetch."""

    def handle_starttag(self, tag, attrs):
        assert tag in display._TAGS, tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name not in {"id", "name", "class", "target", "srcset", "background"}
            if name == "href":
                assert value.startswith(("https://", "http://", "mailto:", "tel:"))
            if name == "src":
                assert value.startswith(("cid:", "https://"))
            if name == "style":
                assert not re.search(r"url|expression|position|@|\\", value)
        if tag == "a":
            relation = dict(attrs).get("rel", "")
            assert set(relation.split()) >= {"noopener", "noreferrer", "nofollow"}

    def handle_comment(self, data):
        raise AssertionError(data)


def assert_inert(html, *, allow_remote=False):
    shown = sanitise(html, allow_remote=allow_remote).html
    Inert().feed(shown)
    if not allow_remote:
        assert not re.search(r"src=\"(?!cid:)", shown)
    # What another parser makes of it is as safe: nothing new comes out of it.
    again = sanitise(shown, allow_remote=allow_remote).html
    assert again == sanitise(again, allow_remote=allow_remote).html
    Inert().feed(again)


@pytest.mark.parametrize("allow_remote", [False, True])
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_survives(attack, allow_remote):
    assert_inert(attack, allow_remote=allow_remote)
    assert_inert(f"<div><p>Hi {attack} you</p></div>", allow_remote=allow_remote)


def test_words_structure_and_looks_stay():
    html = (
        '<table width="600" bgcolor="#ffffff"><tbody><tr><td style="padding: 0 10px; '
        'color: #333"><h1>Hi</h1><p>One <b>two</b></p><ul><li>x</li></ul></td></tr>'
        "</tbody></table>"
    )
    shown = sanitise(html).html
    assert "padding: 0 10px; color: #333" in shown
    for piece in ('width="600"', "<h1>Hi</h1>", "<b>two</b>", "<li>x</li>"):
        assert piece in shown


def test_images_of_the_message_stay_and_remote_ones_are_counted():
    html = (
        '<img src="cid:logo@example.com" alt="logo"><img src="https://t.example/1.gif">'
        '<img src="http://t.example/2.gif">'
        '<div style="background:url(https://t.example/3)">x</div>'
        '<table background="https://t.example/4"><tr><td>y</td></tr></table>'
    )
    shown = sanitise(html)
    assert 'src="cid:logo@example.com"' in shown.html
    assert "t.example" not in shown.html
    assert shown.blocked_remote_count == 4


def test_remote_images_stay_over_https_where_that_is_allowed():
    html = '<img src="https://t.example/1.gif"><img src="http://t.example/2.gif">'
    shown = sanitise(html, allow_remote=True)
    assert 'src="https://t.example/1.gif"' in shown.html
    assert "http://t.example" not in shown.html
    assert shown.blocked_remote_count == 1


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="stylesheet" href="https://t.example/x.css">',
        "<style>@import url(https://t.example/x)</style>",
        '<style>p{background:url("//t.example/x")}</style>',
        '<iframe src="https://t.example/"></iframe>',
        '<video poster="https://t.example/x.png"></video>',
    ],
)
def test_what_is_taken_out_whole_counts_if_it_would_have_fetched(html):
    assert sanitise(html).blocked_remote_count == 1


def test_links_tell_nobody_where_they_were_clicked():
    shown = sanitise('<a href="https://e.example/" target="_blank">x</a>').html
    assert 'rel="noopener noreferrer nofollow"' in shown
    assert "target" not in shown


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("color:red", "color: red"),
        ("COLOR : Red ; Font-Size:12px", "color: Red; font-size: 12px"),
        ("font-family:'Helvetica Neue',Arial", "font-family: 'Helvetica Neue',Arial"),
        ("background:rgb(1, 2, 3)", "background: rgb(1, 2, 3)"),
        ("width:calc(100% - 10px)", "width: calc(100% - 10px)"),
        ("padding:0 !important", "padding: 0 !important"),
        ("margin:-9999px", ""),
        ("position:absolute", ""),
        ("background:url(x)", ""),
        ("color:var(--x)", ""),
        ("color:re\\64", ""),
        ("font-family:'a;color:red'", ""),
        ("content:'x'", ""),
        ("x" * 5_000, ""),
        ("", ""),
    ],
)
def test_declarations_that_only_change_how_it_looks_stay(style, kept):
    assert safe_style(style) == kept


def test_text_is_shown_as_it_is():
    shown = display.of_text("<b>&\n  x")
    assert "&lt;b&gt;&amp;\n  x" in shown.html
    assert display.of_text("") == Display(html="")


@pytest.mark.parametrize(
    "html",
    ["<div>" * 100_000, "&" * 200_000, "<b>" * 60_000, "<p>" * 200_000],
    ids=["deep", "references", "open", "many"],
)
def test_html_beyond_all_reason_is_shown_as_words(html):
    shown = sanitise(html + "words").html
    assert "words" in shown
    assert_inert(html + "<script>alert(1)</script>")


def test_only_the_beginning_of_endless_html_is_looked_at():
    shown = sanitise("a" * (display.INPUT_MAX + 10))
    assert len(shown.html) == display.INPUT_MAX


@pytest.mark.parametrize("html", ["", " \n "])
def test_nothing_is_nothing(html):
    assert sanitise(html) == Display(html="")


PIECES = [
    *("<", ">", "/", "=", "'", '"', "<!--", "-->", "<svg>", "<style>", "</style>"),
    *(
        "<math>",
        "<table>",
        "<img src=",
        "onerror=",
        "javascript:",
        "<a href=",
        "x",
        " ",
    ),
    *("<template>", "</template>", "<noscript>", "&lt;", "&#60;", "<p style=", "url("),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_markup_becomes_inert(pieces):
    assert_inert("".join(pieces))


@given(st.text(max_size=300))
def test_any_text_becomes_inert(text):
    assert_inert(text)


def test_pages_that_others_wrote_become_inert():
    pages = sorted(folder("html").rglob("*.html"))
    assert pages
    for page in pages:
        assert_inert(page.read_text(errors="replace"))

"""Links: in order, once, with their words; only those that may be followed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.content import link
from tests.corpora import folder


def urls(text="", html="", ends=()):
    return [each.url for each in link.find(text, html, ends)]


def ends(html):
    return [each.unsubscribe for each in link.find("", html)]


def test_links_of_html_have_words_targets_and_places():
    html = (
        '<p><a href="https://example.com/v?t=1&amp;x=2">Verify <b>now</b></a> or '
        "<a href='mailto:help@example.com'>write</a>"
        '<map><area href="tel:+123" alt="call"></map></p>'
    )
    found = link.find("", html)
    assert [(each.position, each.text, each.url) for each in found] == [
        (0, "Verify now", "https://example.com/v?t=1&x=2"),
        (1, "write", "mailto:help@example.com"),
        (2, "call", "tel:+123"),
    ]
    assert {each.source for each in found} == {"html"}


def test_a_picture_has_its_alternative_text():
    html = '<a href="https://e.example/"><img src=x alt="Track   parcel"></a>'
    assert [each.text for each in link.find("", html)] == ["Track parcel"]


def test_a_picture_without_words_and_the_words_beside_it_are_one_link():
    html = '<a href="https://e.example/"><img></a><a href="https://e.example/">Shop</a>'
    assert [each.text for each in link.find("", html)] == ["Shop"]


def test_the_same_target_with_other_words_is_another_link():
    html = '<a href="https://e.example/">A</a><a href="https://e.example">B</a>' * 2
    assert [each.text for each in link.find("", html)] == ["A", "B"]


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.com/",
        "#top",
        "/relative",
        "",
        "http://",
        "&#106;avascript:x",
    ],
)
def test_what_may_not_be_followed_is_no_link(target):
    assert urls(html=f'<a href="{target}">x</a>') == []


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("HTTPS://Example.com/A", "https://Example.com/A"),
        ("//example.com/x", "https://example.com/x"),
        ("\n https://example.com/\n x ", "https://example.com/%20x"),
        ("https://example.com/a b", "https://example.com/a%20b"),
    ],
)
def test_targets_are_read_as_browsers_read_them(written, url):
    assert urls(html=f'<a href="{written}">x</a>') == [url]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("See https://example.com/a?b=1.", "https://example.com/a?b=1"),
        ("(https://example.com/y_(z))", "https://example.com/y_(z)"),
        ("[https://example.com/]", "https://example.com/"),
        ("<https://example.com/a\n b>", "https://example.com/ab"),
        ("www.example.com, and", "http://www.example.com"),
        ("“https://example.com/x”", "https://example.com/x"),
        ("访问https://example.com/x。谢谢", "https://example.com/x"),
        ("mailto:a@example.com!", "mailto:a@example.com"),
        ("https://example.com/?t=ab_-~ x", "https://example.com/?t=ab_-~"),
        ("HTTP://EXAMPLE.COM/Q;", "http://EXAMPLE.COM/Q"),
    ],
)
def test_links_of_text_end_where_the_sentence_goes_on(text, url):
    assert urls(text) == [url]


def test_the_text_adds_what_the_html_does_not_have():
    html = '<a href="https://example.com/a">A</a>'
    found = link.find("https://example.com/a https://example.com/b", html)
    assert [(each.url, each.source) for each in found] == [
        ("https://example.com/a", "html"),
        ("https://example.com/b", "text"),
    ]


def test_targets_that_are_written_out_in_html_count():
    assert urls(html="<p>Go to https://example.com/x now</p>") == [
        "https://example.com/x"
    ]


def test_style_and_scripts_hold_no_links():
    html = "<style>@import url(https://e.example/)</style><script>'https://s/'</script>"
    assert urls(html=html) == []


def test_the_header_ends_a_subscription():
    html = '<a href="https://l.example/z">leave us</a>'
    found = link.find("", html, ("https://l.example/z", "mailto:u@l.example"))
    assert [(each.url, each.source, each.unsubscribe) for each in found] == [
        ("https://l.example/z", "html", True),
        ("mailto:u@l.example", "header", True),
    ]


@pytest.mark.parametrize(
    "words",
    [
        *("Unsubscribe", "Abmelden", "Se désabonner", "Darse de baja", "Disiscriviti"),
        *("Cancelar assinatura", "Uitschrijven", "Avsluta prenumeration", "Afmeld"),
        *("Peruuta tilaus", "Wypisz się", "Odhlásit odběr", "Leiratkozás"),
        *("Dezabonare", "Abonelikten çık", "Отписаться", "Відписатися", "退订"),
        *("配信停止", "수신거부", "إلغاء الاشتراك", "Hủy đăng ký"),
    ],
)
def test_words_of_many_languages_end_a_subscription(words):
    assert ends(f'<a href="https://e.example/1">{words}</a>') == [True]
    assert ends(
        f'<p>Shop</p><p>{words}: <a href="https://e.example/1">click here</a></p>'
    ) == [True]


@pytest.mark.parametrize(
    "html",
    [
        '<p>Unsubscribe below.</p><p><a href="https://e.example/">here</a></p>',
        '<a href="https://e.example/">Read more</a> <p>To unsubscribe, write us</p>',
        '<a href="https://e.example/subscribe">Subscribe</a>',
    ],
)
def test_other_links_near_such_words_do_not(html):
    assert ends(html) == [False]


def test_a_text_tells_in_the_line_or_above():
    text = "Home: https://h.example/\n\nTo unsubscribe:\nhttps://e.example/1\n"
    assert [each.unsubscribe for each in link.find(text, "")] == [False, True]


def test_there_are_never_too_many():
    html = "".join(f'<a href="https://e.example/{n}">{n}</a>' for n in range(5_000))
    found = link.find("", html)
    assert len(found) == link.LINKS_MAX
    assert found[-1].position == link.LINKS_MAX - 1
    long = "".join(f'<a href="https://e/{n}{"x" * 4_000}">a</a>' for n in range(200))
    assert sum(len(each.url) for each in link.find("", long)) <= 200_000


@given(st.text(max_size=500), st.text(max_size=500))
def test_anything_can_be_read(text, html):
    for each in link.find(text, html):
        assert each.url.partition(":")[0] in {"http", "https", "mailto", "tel"}


TOKENS = [
    "<a href=",
    '"',
    "'",
    "http://e.example",
    ">",
    "</a>",
    "<",
    "<!--",
    " ",
    "&#1;",
]


@given(st.lists(st.sampled_from(TOKENS), max_size=60))
def test_any_markup_can_be_read(tokens):
    html = "".join(tokens)
    found = link.find(html, html)
    assert [each.position for each in found] == list(range(len(found)))


def test_pages_that_others_wrote_give_links():
    pages = sorted(folder("html").rglob("*.html"))
    assert pages
    for page in pages:
        html = page.read_text(errors="replace")
        assert len(link.find("", html)) <= link.LINKS_MAX


@pytest.mark.parametrize(
    "piece", ["<a ", '<a href="http://x', "http://", "http://x/)", "<http://", "www."]
)
def test_a_megabyte_of_anything_is_bounded(piece):
    text = piece * (1_000_000 // len(piece))
    assert len(link.find(text, text)) <= link.LINKS_MAX


@pytest.mark.parametrize("piece", ["a", "a ", "a=", "a='' ", "-", "\t", "a:1"])
def test_a_tag_without_end_costs_no_more_than_itself(piece):
    # Quadratic time would run into the suite's time-out.
    inside = piece * (500_000 // len(piece))
    html = f"<a {inside} href=https://example.com/>x</a>"
    assert urls(html=html) in ([], ["https://example.com/"])

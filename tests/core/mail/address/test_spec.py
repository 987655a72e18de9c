import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.address import (
    ascii_domain,
    domain_of,
    fold,
    local_of,
    normalise,
    split_tag,
)

LABEL = "d" * 63


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        pytest.param("ann@example.com", "ann@example.com", id="rfc5321-4.1.2"),
        pytest.param(
            "Ann.Lee+tag@EXAMPLE.Com",
            "Ann.Lee+tag@example.com",
            id="rfc5321-2.4-local-keeps-its-case",
        ),
        pytest.param(
            "!#$%&'*+-/=?^_`{|}~@example.com",
            "!#$%&'*+-/=?^_`{|}~@example.com",
            id="rfc5322-3.2.3-atext",
        ),
        pytest.param(
            '"a b"@example.com', '"a b"@example.com', id="rfc5321-4.1.2-quoted-string"
        ),
        pytest.param(
            r'"a\"\\b"@example.com',
            r'"a\"\\b"@example.com',
            id="rfc5321-4.1.2-quoted-pair",
        ),
        pytest.param('"a@b"@example.com', '"a@b"@example.com', id="quoted-at"),
        pytest.param("ann@localhost", "ann@localhost", id="one-label"),
        pytest.param(
            "ann@1.example.com", "ann@1.example.com", id="rfc1123-2.1-digit-first"
        ),
        pytest.param(
            "l" * 64 + "@example.com",
            "l" * 64 + "@example.com",
            id="rfc5321-4.5.3.1.1-localpart-64",
        ),
        pytest.param(
            "l" * 65 + "@example.com", None, id="rfc5321-4.5.3.1.1-localpart-65"
        ),
        pytest.param("é" * 33 + "@example.com", None, id="rfc6531-3.3-octets-count"),
        pytest.param(f"a@{LABEL}.com", f"a@{LABEL}.com", id="rfc1035-2.3.4-label-63"),
        pytest.param(f"a@{LABEL}d.com", None, id="rfc1035-2.3.4-label-64"),
        pytest.param(
            f"a@{LABEL}.{LABEL}.{LABEL}.{'d' * 60}",
            f"a@{LABEL}.{LABEL}.{LABEL}.{'d' * 60}",
            id="rfc5321-4.5.3.1.3-254",
        ),
        pytest.param(
            f"a@{LABEL}.{LABEL}.{LABEL}.{'d' * 61}", None, id="rfc5321-4.5.3.1.3-255"
        ),
        pytest.param(
            "ann@bücher.example", "ann@xn--bcher-kva.example", id="rfc5891-u-label"
        ),
        pytest.param(
            "ann@BÜCHER.example", "ann@xn--bcher-kva.example", id="rfc5891-upper-case"
        ),
        pytest.param(
            "ann@straße.example",
            "ann@xn--strae-oqa.example",
            id="uts46-sharp-s-is-not-ss",
        ),
        pytest.param(
            "ann@ΣΟΦΟΣ.example", "ann@xn--0xaakcn.example", id="uts46-capital-sigma"
        ),
        pytest.param(
            "ann@例え。テスト",
            "ann@xn--r8jz45g.xn--zckzah",
            id="rfc3490-3.1-ideographic-dot",
        ),
        pytest.param("ann@ｅｘａｍｐｌｅ.com", "ann@example.com", id="full-width"),
        pytest.param(
            "用户@例子.example", "用户@xn--fsqu00a.example", id="rfc6531-3.3-local"
        ),
        pytest.param(
            "ann@xn--bcher-kva.example",
            "ann@xn--bcher-kva.example",
            id="rfc5890-a-label",
        ),
        pytest.param("", None, id="empty"),
        pytest.param("ann", None, id="no-at"),
        pytest.param("@example.com", None, id="no-local"),
        pytest.param("ann@", None, id="no-domain"),
        pytest.param("ann@example..com", None, id="empty-label"),
        pytest.param("ann@.example.com", None, id="leading-dot"),
        pytest.param("ann@example.com.", None, id="final-dot"),
        pytest.param(".ann@example.com", None, id="rfc5321-4.1.2-dot-string-starts"),
        pytest.param("ann.@example.com", None, id="rfc5321-4.1.2-dot-string-ends"),
        pytest.param("an..n@example.com", None, id="rfc5321-4.1.2-dot-string-twice"),
        pytest.param("ann lee@example.com", None, id="blank"),
        pytest.param(" ann@example.com", None, id="leading-blank"),
        pytest.param("ann@example.com\n", None, id="final-newline"),
        pytest.param("ann@example.com\r\nBcc: x", None, id="header-injection"),
        pytest.param("an\0n@example.com", None, id="nul"),
        pytest.param('"a\0b"@example.com', None, id="quoted-nul"),
        pytest.param('"a"b"@example.com', None, id="quote-inside"),
        pytest.param("ann(x)@example.com", None, id="rfc5322-comment"),
        pytest.param("a@b@example.com", None, id="two-ats"),
        pytest.param("ann@[192.0.2.1]", None, id="rfc5321-4.1.3-literal"),
        pytest.param("ann@-example.com", None, id="rfc1123-2.1-hyphen-first"),
        pytest.param("ann@example-.com", None, id="rfc1123-2.1-hyphen-last"),
        pytest.param("ann@exa_mple.com", None, id="rfc5321-4.1.2-underscore"),
        pytest.param("ann@-ü.example", None, id="rfc5891-4.2.3.1-hyphen-first"),
        pytest.param("ann@ü-.example", None, id="rfc5891-4.2.3.1-hyphen-last"),
        pytest.param("ann@\u0301a.example", None, id="rfc5891-4.2.3.2-mark-first"),
        pytest.param("ann@i♥.example", None, id="rfc5892-symbol"),
        pytest.param("ann@a\u200db.example", None, id="rfc5892-joiner"),
        pytest.param("ann@℀.example", None, id="nfkc-slash"),
        pytest.param("ann@" + "ü" * 64 + ".example", None, id="rfc5891-long-label"),
        pytest.param(
            "ann@" + "üöäß" * 15 + ".example", None, id="rfc5890-2.3.2.1-long-a-label"
        ),
        pytest.param("ann@" + "ü." * 130 + "example", None, id="long-name"),
        pytest.param("a\u2028n@example.com", None, id="line-separator"),
        pytest.param("a\ud800n@example.com", None, id="surrogate"),
        pytest.param("ünn..x@example.com", None, id="unicode-dot-string"),
    ],
)
def test_normalise(written, normal):
    assert normalise(written) == normal


ADDRESS = st.builds(
    "{}@{}".format,
    st.text(st.sampled_from('aZ9.+-_"\\ é日\u0301\0'), max_size=12),
    st.text(st.sampled_from("aZ9.-_üßςΣ日。\u0301\u200d"), max_size=12),
)


@given(ADDRESS | st.text(st.characters(), max_size=300))
def test_a_normal_address_stays_normal_and_is_safe_in_a_header(written):
    normal = normalise(written)
    if normal is not None:
        assert normalise(normal) == normal
        assert len(normal.encode("utf-8")) <= 254
        assert normal.isprintable()
        assert domain_of(normal).isascii()
        assert domain_of(normal) == domain_of(normal).lower()


@given(ADDRESS | st.text(st.characters(), max_size=100))
def test_folding_never_fails_and_is_stable(written):
    key = fold(written)
    assert fold(key) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Ann@Example.COM", "ann@example.com", id="case"),
        pytest.param(
            '"ann"@example.com', "ann@example.com", id="rfc5321-4.1.2-needless-quotes"
        ),
        pytest.param("ann@bücher.example", "ann@xn--bcher-kva.example", id="u-label"),
        pytest.param("ÄNN@example.com", "a\u0308nn@example.com", id="rfc6532-3.1-nfc"),
        pytest.param("Änn", "a\u0308nn", id="no-address"),
        pytest.param("ä@b c", "Ä@B C", id="no-domain"),
    ],
)
def test_the_same_address_has_one_key(one, other):
    assert fold(one) == fold(other)


def test_quotes_that_are_needed_stay_in_the_key():
    assert fold('"A b"@example.com') == '"a b"@example.com'


@pytest.mark.parametrize(
    ("address", "local", "domain"),
    [
        ("ann@example.com", "ann", "example.com"),
        ('"a@b"@Example.com', '"a@b"', "Example.com"),
        ("postmaster", "postmaster", ""),
        ("", "", ""),
    ],
)
def test_an_address_is_cut_at_its_last_at(address, local, domain):
    assert (local_of(address), domain_of(address)) == (local, domain)


@pytest.mark.parametrize(
    ("local", "user", "tag"),
    [
        pytest.param("ann", "ann", "", id="none"),
        pytest.param("ann+news", "ann", "news", id="rfc5233"),
        pytest.param("ann+a+b", "ann", "a+b", id="first-plus-counts"),
        pytest.param("ann+", "ann", "", id="empty-tag"),
        pytest.param("+news", "+news", "", id="no-user"),
        pytest.param('"a+b"', '"a+b"', "", id="quoted"),
    ],
)
def test_the_tag_is_behind_the_first_plus(local, user, tag):
    assert split_tag(local) == (user, tag)


@given(st.text(st.characters(), max_size=80))
def test_a_domain_is_never_turned_into_something_that_is_none(name):
    ascii_name = ascii_domain(name)
    if ascii_name is not None:
        assert ascii_domain(ascii_name) == ascii_name
        assert normalise(f"a@{ascii_name}") == f"a@{ascii_name}"

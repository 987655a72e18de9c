import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.address import Path, PathFault, normalise, parse_path

LONG = "l" * 65


@pytest.mark.parametrize(
    ("argument", "address", "parameters"),
    [
        pytest.param(
            "FROM:<ann@example.com>", "ann@example.com", {}, id="rfc5321-4.1.1.2"
        ),
        pytest.param(
            "from:<Ann@EXAMPLE.com>",
            "Ann@example.com",
            {},
            id="rfc5321-2.4-verb-in-lower-case",
        ),
        pytest.param("FROM:<>", None, {}, id="rfc5321-4.5.5-null"),
        pytest.param(
            "FROM: <ann@example.com>", "ann@example.com", {}, id="blank-behind-colon"
        ),
        pytest.param(
            "FROM:<ann@example.com> ", "ann@example.com", {}, id="blank-at-end"
        ),
        pytest.param(
            "FROM:<ann@example.com> SIZE=10 body=8BITMIME",
            "ann@example.com",
            {"SIZE": "10", "BODY": "8BITMIME"},
            id="rfc1870-rfc6152",
        ),
        pytest.param(
            "FROM:<ann@example.com>  SMTPUTF8  AUTH=<>",
            "ann@example.com",
            {"SMTPUTF8": None, "AUTH": "<>"},
            id="rfc4954-5",
        ),
        pytest.param(
            "FROM:<> RET=HDRS ENVID=a+3Db",
            None,
            {"RET": "HDRS", "ENVID": "a+3Db"},
            id="rfc3461-4",
        ),
        pytest.param(
            "FROM:<@a.example,@b.example:ann@example.com>",
            "ann@example.com",
            {},
            id="rfc5321-3.3-source-route",
        ),
        pytest.param(
            'FROM:<"a b"@example.com>', '"a b"@example.com', {}, id="quoted-blank"
        ),
        pytest.param(
            'FROM:<"a>b"@example.com>', '"a>b"@example.com', {}, id="quoted-bracket"
        ),
        pytest.param(
            "FROM:<ann@[192.0.2.1]>", "ann@[192.0.2.1]", {}, id="rfc5321-4.1.3-ipv4"
        ),
        pytest.param(
            "FROM:<ann@[IPv6:2001:db8::1]>",
            "ann@[IPv6:2001:db8::1]",
            {},
            id="rfc5321-4.1.3-ipv6",
        ),
        pytest.param(
            f"FROM:<{LONG}@example.com>",
            f"{LONG}@example.com",
            {},
            id="list-servers-make-long-reverse-paths",
        ),
        pytest.param(
            "FROM:<ann@Mail_1.example.com>",
            "ann@mail_1.example.com",
            {},
            id="hosts-of-senders-have-underscores",
        ),
        pytest.param(
            "FROM:<用户@bücher.example> SMTPUTF8",
            "用户@xn--bcher-kva.example",
            {"SMTPUTF8": None},
            id="rfc6531-3.4",
        ),
    ],
)
def test_reverse_paths(argument, address, parameters):
    assert parse_path(argument, "FROM") == Path(address=address, parameters=parameters)


@pytest.mark.parametrize(
    ("argument", "address"),
    [
        pytest.param("TO:<bob@example.org>", "bob@example.org", id="rfc5321-4.1.1.3"),
        pytest.param("To:<Postmaster>", "Postmaster", id="rfc5321-4.1.1.3-postmaster"),
        pytest.param(
            "TO:<a%b@example.org>", "a%b@example.org", id="percent-is-a-letter"
        ),
        pytest.param('TO:<"a@b"@example.org>', '"a@b"@example.org', id="quoted-at"),
    ],
)
def test_forward_paths(argument, address):
    assert parse_path(argument, "TO") == Path(address=address)


def test_a_forward_path_beyond_ascii_needs_the_transaction_to_allow_it():
    argument = "TO:<用户@example.org>"
    assert parse_path(argument, "TO") is PathFault.SMTPUTF8
    assert parse_path(argument, "TO", smtputf8=True) == Path(address="用户@example.org")


@pytest.mark.parametrize(
    ("verb", "argument", "fault"),
    [
        pytest.param("FROM", "", PathFault.SYNTAX, id="nothing"),
        pytest.param("FROM", "TO:<ann@example.com>", PathFault.SYNTAX, id="other-verb"),
        pytest.param("FROM", "FROM", PathFault.SYNTAX, id="no-colon"),
        pytest.param(
            "FROM", "FROM ann@example.com", PathFault.SYNTAX, id="blank-for-colon"
        ),
        pytest.param(
            "FROM", "FROM:ann@example.com", PathFault.SYNTAX, id="no-brackets"
        ),
        pytest.param("FROM", "FROM:<ann@example.com", PathFault.SYNTAX, id="unclosed"),
        pytest.param(
            "FROM", "FROM:  <ann@example.com>", PathFault.SYNTAX, id="two-blanks"
        ),
        pytest.param(
            "FROM",
            "FROM:<ann@example.com>SIZE=1",
            PathFault.SYNTAX,
            id="no-blank-behind",
        ),
        pytest.param(
            "FROM", "FROM:Ann <ann@example.com>", PathFault.SYNTAX, id="display-name"
        ),
        pytest.param(
            "FROM", "FROM:<a b@example.com>", PathFault.SYNTAX, id="blank-inside"
        ),
        pytest.param("FROM", "FROM:<ann>", PathFault.ADDRESS, id="no-domain"),
        pytest.param(
            "FROM",
            "FROM:<Postmaster>",
            PathFault.ADDRESS,
            id="postmaster-does-not-send",
        ),
        pytest.param("FROM", "FROM:<ann@>", PathFault.ADDRESS, id="empty-domain"),
        pytest.param("FROM", "FROM:<an\0n@example.com>", PathFault.ADDRESS, id="nul"),
        pytest.param("TO", "TO:<ann@exa_mple.com>", PathFault.ADDRESS, id="underscore"),
        pytest.param(
            "FROM",
            f"FROM:<ann@{'a_' * 150}.example.com>",
            PathFault.ADDRESS,
            id="underscores-too-long",
        ),
        pytest.param(
            "FROM", "FROM:<ann@[192.0.2]>", PathFault.ADDRESS, id="bad-literal"
        ),
        pytest.param(
            "FROM",
            f"FROM:<a@{'d' * 63}.{'d' * 63}.{'d' * 63}.{'d' * 63}>",
            PathFault.ADDRESS,
            id="rfc5321-4.5.3.1.3-path-256",
        ),
        pytest.param(
            "FROM", "FROM:<ann@\udce9.example>", PathFault.ADDRESS, id="undecoded-octet"
        ),
        pytest.param(
            "FROM",
            "FROM:<ann@example.com>" + " X" * 3000,
            PathFault.SYNTAX,
            id="endless",
        ),
        pytest.param(
            "FROM",
            "FROM:<ann@example.com> SIZE=1 size=2",
            PathFault.PARAMETER,
            id="rfc5321-4.1.1.11-twice",
        ),
        pytest.param(
            "FROM", "FROM:<ann@example.com> =1", PathFault.PARAMETER, id="no-keyword"
        ),
        pytest.param(
            "FROM",
            "FROM:<ann@example.com> SIZE=",
            PathFault.PARAMETER,
            id="empty-value",
        ),
        pytest.param(
            "FROM",
            "FROM:<ann@example.com> SI/ZE=1",
            PathFault.PARAMETER,
            id="bad-keyword",
        ),
        pytest.param(
            "FROM",
            "FROM:<用户@example.com> SIZE=1 SIZE=1",
            PathFault.PARAMETER,
            id="unusual-path-too",
        ),
        pytest.param(
            "FROM",
            "FROM:<用户@example.com>",
            PathFault.SMTPUTF8,
            id="rfc6531-3.4-not-asked-for",
        ),
        pytest.param("TO", "TO:<>", PathFault.ADDRESS, id="rfc5321-4.1.1.3-null"),
        pytest.param(
            "TO",
            f"TO:<{LONG}@example.org>",
            PathFault.ADDRESS,
            id="rfc5321-4.5.3.1.1-localpart-65",
        ),
    ],
)
def test_refused(verb, argument, fault):
    assert parse_path(argument, verb) is fault


@given(st.text(st.characters(), max_size=200), st.booleans())
def test_never_raises_and_gives_only_safe_addresses(rest, smtputf8):
    for argument in (rest, f"FROM:<{rest}>", f"FROM:<a@example.com> {rest}"):
        path = parse_path(argument, "FROM", smtputf8=smtputf8)
        if isinstance(path, Path) and path.address is not None:
            assert path.address.isprintable()
            assert "@" in path.address


@given(st.text(st.sampled_from("abc.+-_"), min_size=1, max_size=20))
def test_what_is_normal_is_a_path(local):
    address = normalise(f"{local}@example.com")
    if address:
        assert parse_path(f"TO:<{address}>", "TO") == Path(address=address)

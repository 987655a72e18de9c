import json
from email.headerregistry import Address
from email.utils import formataddr, getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.address import Mailbox, format_mailbox, parse_mailboxes
from tests import corpora


def box(address, name=""):
    return Mailbox(address=address, display_name=name)


@pytest.mark.parametrize(
    ("mailbox", "printed"),
    [
        pytest.param(box("ann@example.com"), "ann@example.com", id="rfc5322-3.4-bare"),
        pytest.param(
            box("ann@example.com", "Ann Lee"), "Ann Lee <ann@example.com>", id="atoms"
        ),
        pytest.param(
            box("ann@example.com", "Lee, Ann"),
            '"Lee, Ann" <ann@example.com>',
            id="rfc5322-3.2.4-quoted",
        ),
        pytest.param(
            box("ann@example.com", 'A "B" \\ C'),
            r'"A \"B\" \\ C" <ann@example.com>',
            id="rfc5322-3.2.1-pairs",
        ),
        pytest.param(
            box("ann@example.com", "Änn"),
            "=?utf-8?b?w4Rubg==?= <ann@example.com>",
            id="rfc2047-5",
        ),
        pytest.param(
            box("ann@example.com", "=?x?q?y?="),
            "=?utf-8?b?PT94P3E/eT89?= <ann@example.com>",
            id="rfc2047-7-looks-like-a-word",
        ),
        pytest.param(
            box("ann@example.com", "Ann\r\nBcc: eve@example.org\0"),
            '"Ann Bcc: eve@example.org" <ann@example.com>',
            id="injection",
        ),
        pytest.param(
            box("ann@example.com", " \t "), "ann@example.com", id="blank-name"
        ),
    ],
)
def test_printed(mailbox, printed):
    assert format_mailbox(mailbox) == printed


@given(st.text(st.characters(), max_size=200))
def test_a_printed_name_is_one_ascii_line_and_reads_back(name):
    printed = format_mailbox(box("ann@example.com", name))
    assert printed.isascii()
    assert printed.isprintable()
    (back,) = parse_mailboxes(printed)
    assert back.address == "ann@example.com"
    # Printing what was read changes nothing more.
    assert parse_mailboxes(format_mailbox(back)) == (back,)


@pytest.mark.parametrize(
    ("value", "mailboxes"),
    [
        pytest.param("", (), id="empty"),
        pytest.param(
            "ann@example.com", (box("ann@example.com"),), id="rfc5322-3.4-addr-spec"
        ),
        pytest.param(
            "<ann@example.com>", (box("ann@example.com"),), id="brackets-only"
        ),
        pytest.param(
            "Ann Lee <Ann@Example.COM>",
            (box("Ann@example.com", "Ann Lee"),),
            id="domain-in-lower-case",
        ),
        pytest.param(
            '"Lee, Ann" <ann@example.com>',
            (box("ann@example.com", "Lee, Ann"),),
            id="quoted-comma",
        ),
        pytest.param(
            r'"A \"B\"" <ann@example.com>',
            (box("ann@example.com", 'A "B"'),),
            id="quoted-pair",
        ),
        pytest.param(
            "Lee, Ann <ann@example.com>",
            (box("ann@example.com", "Lee, Ann"),),
            id="bare-comma",
        ),
        pytest.param(
            "bob@example.org, Lee, Ann <ann@example.com>",
            (box("bob@example.org"), box("ann@example.com", "Lee, Ann")),
            id="bare-comma-second",
        ),
        pytest.param(
            "ann@example.com (Ann Lee)",
            (box("ann@example.com", "Ann Lee"),),
            id="rfc822-a-name-in-comment",
        ),
        pytest.param(
            "Ann Lee <ann@example.com> (on leave)",
            (box("ann@example.com", "Ann Lee (on leave)"),),
            id="name-and-comment",
        ),
        pytest.param(
            "Ann (=?utf-8?q?=C3=84?= \\) b) Lee <ann@example.com>",
            (box("ann@example.com", "Ann Lee (Ä ) b)"),),
            id="rfc2047-5-word-in-a-comment",
        ),
        pytest.param(
            "ann@example.com (A (B) C)",
            (box("ann@example.com", "A (B) C"),),
            id="nested-comment",
        ),
        pytest.param(
            "Ann (work <ann@example.com>",
            (box("ann@example.com", "Ann work"),),
            id="unclosed-comment",
        ),
        pytest.param(
            "ann@example.com, bob@example.org",
            (box("ann@example.com"), box("bob@example.org")),
            id="list",
        ),
        pytest.param(
            "ann@example.com; bob@example.org",
            (box("ann@example.com"), box("bob@example.org")),
            id="semicolons",
        ),
        pytest.param(
            ",, ann@example.com ,;",
            (box("ann@example.com"),),
            id="rfc5322-4.4-empty-members",
        ),
        pytest.param(
            "Ann <ann@example.com> Bob <bob@example.org>",
            (box("ann@example.com", "Ann"), box("bob@example.org", "Bob")),
            id="no-comma",
        ),
        pytest.param(
            "Team: ann@example.com, Bob <bob@example.org>;",
            (box("ann@example.com"), box("bob@example.org", "Bob")),
            id="rfc5322-3.4-group",
        ),
        pytest.param("undisclosed-recipients:;", (), id="empty-group"),
        pytest.param(
            "A: a@example.com; B: b@example.com;",
            (box("a@example.com"), box("b@example.com")),
            id="two-groups",
        ),
        pytest.param(
            "Ann Lee ann@example.com",
            (box("ann@example.com", "Ann Lee"),),
            id="no-brackets",
        ),
        pytest.param(
            '"Ann Lee" ann@example.com',
            (box("ann@example.com", "Ann Lee"),),
            id="quoted-name-no-brackets",
        ),
        pytest.param(
            "=?utf-8?q?Ann_=3Cann=40example=2Ecom=3E?=",
            (box("ann@example.com", "Ann"),),
            id="all-in-one-word",
        ),
        pytest.param(
            "=?utf-8?q?=C3=84nn_<ann@example.com>,_=22B,_o=22?=\n"
            " =?utf-8?q?_<bob@example.org>?=",
            (box("ann@example.com", "Änn"), box("bob@example.org", "B, o")),
            id="a-list-in-words",
        ),
        pytest.param(
            "=?utf-8?q?=C3=84nn?= ann@example.com",
            (box("ann@example.com", "Änn"),),
            id="word-beside-an-address",
        ),
        pytest.param("=?utf-8?q?Nobody?=", (), id="name-in-a-word-alone"),
        pytest.param(
            '"Ann Lee" <"Ann Lee" <ann@example.com>>',
            (box("ann@example.com", "Ann Lee"),),
            id="brackets-in-brackets",
        ),
        pytest.param(
            "Ann <<ann@example.com>>",
            (box("ann@example.com", "Ann"),),
            id="double-brackets",
        ),
        pytest.param(
            '<Ann Lee <ann@example.com, Bob <bob@example.org>, "C" <c@example.net>',
            (
                box("ann@example.com"),
                box("bob@example.org", "Bob"),
                box("c@example.net", "C"),
            ),
            id="brackets-that-nobody-closed",
        ),
        pytest.param(
            "Lee, Orr, and Co <firm@example.com>, x@example.org",
            (box("firm@example.com", "Lee, Orr, and Co"), box("x@example.org")),
            id="bare-commas",
        ),
        pytest.param(
            "root, admin, x@example.org",
            (box("root"), box("admin"), box("x@example.org")),
            id="local-users",
        ),
        pytest.param(
            "Ann Lee [mailto:ann@example.com]",
            (box("ann@example.com", "Ann Lee"),),
            id="mailto-in-square-brackets",
        ),
        pytest.param(
            "Ann Lee &lt;ann@example.com&gt;, &lt;bob@example.org&gt;",
            (box("ann@example.com", "Ann Lee"), box("bob@example.org")),
            id="of-a-web-page",
        ),
        pytest.param(
            "ann@example.com bob@example.org",
            (box("ann@example.com"), box("bob@example.org")),
            id="blanks-between-addresses",
        ),
        pytest.param(
            "林\uff1cann@example.com\uff1e\uff0cbob@example.org",
            (box("ann@example.com", "林"), box("bob@example.org")),
            id="wide-marks",
        ),
        pytest.param(
            "Lee\uff0cAnn <ann@example.com>",
            (box("ann@example.com", "Lee\uff0cAnn"),),
            id="wide-mark-in-a-name",
        ),
        pytest.param(
            "ann@example.com, Bob <bob@example.org>, <eve@example.net> ,",
            (
                box("ann@example.com"),
                box("bob@example.org", "Bob"),
                box("eve@example.net"),
            ),
            id="simple-ones-of-every-form",
        ),
        pytest.param(
            "Ann <ann@example.com",
            (box("ann@example.com", "Ann"),),
            id="unclosed-bracket",
        ),
        pytest.param(
            '"Ann <ann@example.com>',
            (box("ann@example.com", "Ann"),),
            id="unclosed-quote",
        ),
        pytest.param(
            "'Ann Lee' <ann@example.com>",
            (box("ann@example.com", "Ann Lee"),),
            id="single-quotes",
        ),
        pytest.param(
            "'ann@example.com' <ann@example.com>",
            (box("ann@example.com", "ann@example.com"),),
            id="address-as-name",
        ),
        pytest.param(
            "=?utf-8?Q?Lee=2C_Ann?= <ann@example.com>",
            (box("ann@example.com", "Lee, Ann"),),
            id="rfc2047-5",
        ),
        pytest.param(
            "=?utf-8?Q?Lee,_Ann?= <ann@example.com>",
            (box("ann@example.com", "Lee, Ann"),),
            id="comma-inside-a-word",
        ),
        pytest.param(
            '"=?utf-8?b?w4Rubg==?=" <ann@example.com>',
            (box("ann@example.com", "Änn"),),
            id="quoted-word",
        ),
        pytest.param(
            "Änn <ann@example.com>",
            (box("ann@example.com", "Änn"),),
            id="rfc6532-decoded",
        ),
        pytest.param(
            "<@a.example,@b.example:ann@example.com>",
            (box("ann@example.com"),),
            id="rfc5322-4.4-route",
        ),
        pytest.param(
            "<mailto:ann@example.com>", (box("ann@example.com"),), id="mailto"
        ),
        pytest.param(
            "ann (x) @ example . com",
            (box("ann@example.com", "x"),),
            id="rfc5322-4.4-blanks-and-comments",
        ),
        pytest.param(
            "<ann(x)@example. com>", (box("ann@example.com"),), id="comment-in-brackets"
        ),
        pytest.param(
            '"a b"@example.com', (box('"a b"@example.com'),), id="quoted-local"
        ),
        pytest.param(
            "a@example.com\n =?utf-8?q?=2C?= Ann <b@example.com>",
            (box("a@example.com"), box("b@example.com", "Ann")),
            id="separator-as-a-word",
        ),
        pytest.param(
            "<a..b@example.com>", (box("a..b@example.com"),), id="dots-as-written"
        ),
        pytest.param("<>", (), id="null"),
        pytest.param(
            "ann@example.com <>",
            (box("ann@example.com"),),
            id="address-before-empty-brackets",
        ),
        pytest.param("Ann <>", (), id="name-before-empty-brackets"),
        pytest.param("root", (box("root"),), id="local-user"),
        pytest.param("root, Ann Lee", (box("root"),), id="name-alone-is-left-out"),
        pytest.param(
            "root, ann@example.com",
            (box("root"), box("ann@example.com")),
            id="local-user-first",
        ),
        pytest.param("Ann,", (box("Ann"),), id="half-a-name"),
        pytest.param("<ann@exa_mple.com>", (box("ann@exa_mple.com"),), id="as-written"),
        pytest.param(
            "Ann ann@exa_mple.com",
            (box("Annann@exa_mple.com"),),
            id="as-written-without-brackets",
        ),
        pytest.param(
            "a@b:c@example.com", (box("a@bc@example.com"),), id="colon-is-no-group"
        ),
        pytest.param(
            "ann@bücher.example", (box("ann@xn--bcher-kva.example"),), id="rfc5891"
        ),
        pytest.param(
            r"A\,B <ann@example.com>",
            (box("ann@example.com", "A,B"),),
            id="rfc5322-4.1-pair-outside-quotes",
        ),
        pytest.param(
            '"" <ann@example.com>', (box("ann@example.com"),), id="empty-quotes"
        ),
        pytest.param('"" ', (), id="nothing-quoted"),
    ],
)
def test_read(value, mailboxes):
    assert parse_mailboxes(value) == mailboxes


def test_no_more_than_asked_for():
    value = ", ".join(f"u{n}@example.com" for n in range(50))
    assert len(parse_mailboxes(value, 7)) == 7
    assert len(parse_mailboxes(value + ", last", 50)) == 50
    assert parse_mailboxes("root, ann@example.com", 1) == (box("root"),)


def test_a_name_has_an_end():
    (only,) = parse_mailboxes("x" * 5000 + " <ann@example.com>")
    assert len(only.display_name) == 1000


PIECES = st.lists(
    st.sampled_from(
        [
            '"',
            "<",
            ">",
            "(",
            ")",
            "\\",
            ",",
            ";",
            ":",
            "@",
            ".",
            " ",
            "=?utf-8?Q?a?=",
            "=?",
            "?=",
        ]
    )
    | st.sampled_from(
        ["a", "é", "\0", "\r\n", "example.com", "a@example.com", "\ud800"]
    ),
    max_size=40,
)


@given(PIECES)
def test_never_raises_and_gives_text_that_can_be_stored(pieces):
    for mailbox in parse_mailboxes("".join(pieces)):
        assert mailbox.address
        assert "\0" not in mailbox.address + mailbox.display_name
        assert (mailbox.address + mailbox.display_name).encode("utf-8")


LOCAL = st.text(st.sampled_from("abcxyz09_"), min_size=1, max_size=10)
NAME = st.text(st.sampled_from('abc XYZ.,;:<>()"\\éß日'), max_size=20)


@given(st.lists(st.tuples(NAME, LOCAL), max_size=6))
def test_the_library_s_output_is_read_as_the_library_reads_it(people):
    pairs = [(" ".join(name.split()), f"{local}@example.com") for name, local in people]
    value = ", ".join(formataddr(pair) for pair in pairs)
    expected = [
        (name, str(Address(addr_spec=address)))
        for name, address in getaddresses([value])
    ]
    read = [
        (mailbox.display_name, mailbox.address) for mailbox in parse_mailboxes(value)
    ]
    assert [address for _, address in read] == [address for _, address in expected]
    assert [name for name, _ in read] == [name for name, _ in pairs]


@pytest.mark.parametrize(
    "piece",
    ["<", "(", '"', '"\\', "a,", "=?a?q?", "(<", "@", "a@b <", " ", "\\", "a:", "<> "],
)
def test_length_costs_no_more_than_itself(piece):
    # Quadratic time would run into the suite's time-out.
    parse_mailboxes(piece * (200_000 // len(piece)), 10**9)


@pytest.mark.parametrize(
    "value",
    ["<" + "@" * 200_000, "a@" + "b?:" * 70_000, "a@b" + "\t" * 200_000 + "c"],
    ids=["routes", "groups", "blanks"],
)
def test_marks_without_end_are_read_in_linear_time(value):
    # Quadratic time would run into the suite's time-out.
    parse_mailboxes(value, 10**9)


def test_addresses_of_the_corpus():
    cases = json.loads(
        (corpora.folder("mime") / "headers" / "address.json").read_text()
    )
    for case in cases:
        groups = case["expected"].get("Group") or [
            {"addresses": case["expected"]["List"]}
        ]
        wanted = [each["address"] for group in groups for each in group["addresses"]]
        value = case["header"].split("\n\n")[0].split("\ninvalid")[0]
        read = [mailbox.address for mailbox in parse_mailboxes(value)]
        # The corpus keeps routes, schemes and blanks inside addresses; we take them out.
        plain = [
            "".join(each.rpartition(":")[2].split())
            if ":" in each and "//" not in each
            else "".join(each.split())
            for each in wanted
            if each
        ]
        assert [each.lower() for each in read] == [each.lower() for each in plain], (
            case["header"]
        )

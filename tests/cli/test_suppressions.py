"""`mailbot suppressions`: one by one and as a file, in and out."""

import uuid

import pytest

from mailbot_server.cli.suppressions import LINE_MAX, Lines


@pytest.fixture
def domain():
    """A domain of the test's own, for the server is everybody's."""
    return f"{uuid.uuid4().hex[:12]}.example"


@pytest.fixture
def listed(command, domain):
    """Local part and reason of what is suppressed at the domain, oldest first."""

    def run(*words):
        result = command("suppressions", "list", "--contains", domain, *words)
        lines = [line.split() for line in result.stdout.splitlines()]
        return {
            next(word for word in line if "@" in word).partition("@")[0]: line[1]
            for line in lines
        }

    return run


def test_an_address_is_suppressed_and_let_go(command, listed, domain):
    address = f"carol@{domain}"
    added = command("suppressions", "add", address, "--note", "asked us to").stdout
    assert added.startswith("sup_")
    assert "never ends" in added
    assert "asked us to" in added
    assert listed() == {"carol": "manual"}
    assert listed("--reason", "complaint") == {}
    removed = command("suppressions", "remove", address).stdout
    assert removed == f"{added.split()[0]} removed\n"
    again = command("suppressions", "remove", address).stdout
    assert again == f"{address} was not suppressed\n"
    assert listed() == {}


def test_it_ends_when_it_should(command, domain):
    words = ("suppressions", "add", f"carol@{domain}", "--until")
    assert "2040-01-31T12:00:00+00:00" in command(*words, "2040-01-31T12:00").stdout
    assert "no instant" in command(*words, "tomorrow", code=2).stderr
    assert "future" in command(*words, "2020-01-01", code=1).stderr


def test_an_inbox_has_its_own(command, listed, domain):
    inbox_id = command("inboxes", "create").stdout.split()[0]
    command("suppressions", "add", f"carol@{domain}", "--inbox", inbox_id)
    command("suppressions", "add", f"dave@{domain}")
    assert listed("--inbox", inbox_id) == {"carol": "manual"}
    out = command("suppressions", "export", "--inbox", inbox_id).stdout
    assert [line.split(",")[0] for line in out.splitlines()] == [
        *("address", f"carol@{domain}"),
    ]
    assert f"carol@{domain}" not in command("suppressions", "export").stdout


def test_a_file_comes_in_and_bad_lines_are_named(command, listed, domain, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text(
        f"address,reason,expire_time,note\r\n"
        f"a@{domain},complaint,2040-01-01T00:00:00Z,angry\r\n"
        f"\r\n"
        f"b@{domain}\r\n"
        f"nobody,manual\r\n"
        f"c@{domain},bounce\r\n"
        f"d@{domain},,yesterday\r\n"
        f"e@{domain},,,one,two\r\n"
        f'f@{domain},,,"two\nlines"\r\n'
        f"g@{domain},,2020-01-01\r\n",
        encoding="utf-8-sig",
    )
    result = command("suppressions", "import", str(file), code=1)
    assert result.stdout == "3 added, 0 changed, 0 unchanged, 5 refused\n"
    told = [line.partition(": ")[2] for line in result.stderr.splitlines()]
    assert [line.partition(":")[0] for line in told] == [
        *(f"line {number}" for number in (5, 6, 7, 8, 11)),
    ]
    assert "is not a mail address" in told[0]
    assert "'bounce' is none of hard_bounce" in told[1]
    assert "'yesterday' is no instant" in told[2]
    assert "has 5 columns" in told[3]
    assert "future" in told[4]
    assert listed() == {"a": "complaint", "b": "manual", "f": "manual"}
    again = command("suppressions", "import", str(file), code=1).stdout
    assert again == "0 added, 0 changed, 3 unchanged, 5 refused\n"


def test_what_goes_out_can_come_in(command, listed, domain, tmp_path):
    stdin = f'a@{domain},complaint,2040-01-01,"angry, twice"\nb@{domain}\n'
    out = command("suppressions", "import", "-", stdin=stdin).stdout
    assert out == "2 added, 0 changed, 0 unchanged, 0 refused\n"
    file = tmp_path / "out.csv"
    assert command("suppressions", "export", str(file)).stdout == ""
    lines = file.read_text().splitlines()
    assert lines[0] == "address,reason,expire_time,note"
    angry = f'a@{domain},complaint,2040-01-01T00:00:00+00:00,"angry, twice"'
    assert angry in lines
    assert angry in command("suppressions", "export").stdout.splitlines()
    result = command("suppressions", "import", str(file))
    assert result.stdout.startswith("0 added, 0 changed, ")
    assert listed() == {"a": "complaint", "b": "manual"}


def test_a_file_that_is_none_is_a_sentence(command, domain, tmp_path):
    missing = command("suppressions", "import", str(tmp_path / "no.csv"), code=2)
    assert "no.csv" in missing.stderr
    open_quote = f'a@{domain}\n"' + "x\n" * 100_000
    broken = command("suppressions", "import", "-", stdin=open_quote, code=2)
    assert "field larger than field limit" in broken.stderr
    (tmp_path / "latin.csv").write_bytes(b"a@example.com,,,caf\xe9\n")
    latin = command("suppressions", "import", str(tmp_path / "latin.csv"), code=2)
    assert "utf-8" in latin.stderr


def test_lines_are_bounded_and_hold_no_nul():
    with pytest.raises(ValueError, match="more than"):
        list(Lines(["x" * (LINE_MAX + 1)]))
    [entry] = Lines(["a@example.com,,,a\x00b\n"])
    assert entry.note == "a\ufffdb"


def test_so_many_bad_lines_are_named_and_no_more():
    lines = Lines(["a@example.com,none\n"] * 250)
    assert list(lines) == []
    assert (lines.refused, len(lines.faults)) == (250, 100)

"""`mailbot domains` brings domains of an account into use: records, keys, state."""

from typing import Annotated, Final

import typer

from mailbot import Domain, DomainRecord
from mailbot_server.cli.connection import KeyFile, Target, connect
from mailbot_server.cli.terminal import refusals, say

commands = typer.Typer(
    help="Use domains of your own: what to publish, and how it stands.",
    no_args_is_help=True,
)
Name = Annotated[str, typer.Argument(help="The domain, or its id.")]

STRING_MAX: Final = 255
"""A string of a TXT record; a longer value is several, which count as one."""

_MARK: Final = {"ok": "ok", "pending": "?", "unreachable": "?"}


@commands.command()
def create(name: Name, target: Target = "", key_file: KeyFile = None) -> None:
    """Begin with a domain: makes its keys and prints the records to publish."""
    with refusals(), connect(target, key_file) as mailbot:
        _show(mailbot.domains.create(name))


@commands.command("list")
def list_(target: Target = "", key_file: KeyFile = None) -> None:
    """List domains, newest first."""
    with refusals(), connect(target, key_file) as mailbot:
        for domain in mailbot.domains.list():
            say(f"{domain.id}  {_standing(domain):<10}  {domain.name}")


@commands.command()
def show(name: Name, target: Target = "", key_file: KeyFile = None) -> None:
    """Print a domain's records as they were seen last."""
    with refusals(), connect(target, key_file) as mailbot:
        _show(mailbot.domains.get(name))


@commands.command()
def verify(name: Name, target: Target = "", key_file: KeyFile = None) -> None:
    """Ask the DNS now, and print what it says."""
    with refusals(), connect(target, key_file) as mailbot:
        _show(mailbot.domains.verify(name))


@commands.command()
def rotate(name: Name, target: Target = "", key_file: KeyFile = None) -> None:
    """Make new keys; they sign once their records are seen."""
    with refusals(), connect(target, key_file) as mailbot:
        _show(mailbot.domains.rotate_keys(name))


@commands.command()
def delete(name: Name, target: Target = "", key_file: KeyFile = None) -> None:
    """Give a domain up; its inboxes must be disabled before."""
    with refusals(), connect(target, key_file) as mailbot:
        mailbot.domains.delete(name)
        say(f"{name} is given up, its keys are destroyed")


def _show(domain: Domain) -> None:
    say(f"{domain.name}  {domain.id}  {_standing(domain)}")
    for key in domain.keys:
        say(f"  key {key.selector}  {key.algorithm}  {key.state}")
    say("")
    for record in domain.records:
        say(f"{_zone_line(record)}")
        need = "required" if record.required else "optional"
        mark = _MARK.get(record.state, record.state.upper())
        say(f"  ; {record.purpose}, {need}: {mark} {record.problem}".rstrip())
        if record.state == "wrong":
            for found in record.found:
                say(f"  ; found: {found}")


def _standing(domain: Domain) -> str:
    if not domain.verified:
        return "unverified"
    return "signing" if domain.signing else "verified"


def _zone_line(record: DomainRecord) -> str:
    """As zone files have it: ready to paste."""
    value = record.value if record.type == "MX" else _strings(record.value)
    end = "." if record.type == "MX" else ""
    return f"{record.name}.  3600  IN  {record.type}  {value}{end}"


def _strings(value: str) -> str:
    safe = value.replace("\\", "\\\\").replace('"', '\\"')
    cuts = range(0, len(safe), STRING_MAX)
    return " ".join(f'"{safe[start : start + STRING_MAX]}"' for start in cuts)

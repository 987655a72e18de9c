"""`mailbot check-dns` says what the DNS has for a domain, without any account."""

import asyncio
from typing import Annotated

import typer

from mailbot_server.cli.terminal import EXIT_USAGE, fail, say
from mailbot_server.clock import WallClock
from mailbot_server.config import BadSettings, Settings, load
from mailbot_server.core.domain import name as names
from mailbot_server.core.domain import publish
from mailbot_server.core.domain.record import Finding, Purpose, Record, RecordState
from mailbot_server.engine.dns import Resolver
from mailbot_server.engine.domains import asking
from mailbot_server.telemetry.metrics import Metrics


def check_dns(
    domain: Annotated[str, typer.Argument(help="A domain, as example.com.")],
) -> None:
    """Look at a domain's SPF, DMARC and MX records as this server needs them."""
    name = names.normal(domain)
    wrong = names.check(name, ()) if name else "is no domain name"
    if name is None or wrong:
        raise fail(f"{domain}: {wrong}", EXIT_USAGE)
    try:
        settings = load()
        found = asyncio.run(_look(settings, name))
    except BadSettings as error:
        raise fail(str(error), EXIT_USAGE) from error
    if not settings.hostname:
        say("hostname is not set: SPF and MX records cannot be judged")
    for record, finding in found:
        say(f"{record.purpose.value:<16}{finding.state.value:<12}{record.name}")
        if finding.problem:
            say(f"  {finding.problem}")
        for each in finding.found:
            say(f"  found    {each}")
        if finding.state in {RecordState.MISSING, RecordState.WRONG}:
            say(f"  publish  {record.type.value} {finding.proposal or record.value}")


async def _look(settings: Settings, name: str) -> list[tuple[Record, Finding]]:
    lookups = Resolver(WallClock(), settings, Metrics())
    sender = await asking.sender(lookups, settings.hostname, settings.spf_include)
    asked = [
        record
        for record in publish.wanted(name, "", (), sender)
        if record.purpose is not Purpose.OWNERSHIP
    ]
    seen = await asking.ask(lookups, asked)
    findings = publish.judge(asked, seen, sender, {})
    return [(record, findings[record.key]) for record in asked]

"""The command `mailbot`: for those who operate a server and try it out."""

import typer

from mailbot_server.cli import (
    audit,
    check_dns,
    domains,
    inboxes,
    keys,
    lists,
    mail,
    quarantine,
    queue,
    reclassify,
    retention,
    searching,
    serve,
    suppressions,
    usage,
    webhooks,
)
from mailbot_server.cli.consumers import subscriptions
from mailbot_server.cli.operating import accounts, offline
from mailbot_server.cli.timeline import replay, why

application = typer.Typer(
    name="mailbot",
    help="Programmable email: one server that sends, receives and tells what happened.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
application.command()(serve.serve)
application.command(hidden=True)(serve.worker)
application.command()(serve.migrate)
application.command()(offline.backup)
application.command()(offline.restore)
application.command("operator-key")(offline.operator_key)
application.command()(mail.send)
application.command()(mail.tail)
application.command()(why.why)
application.command()(searching.search)
application.command("check-dns")(check_dns.check_dns)
application.command()(reclassify.reclassify)
application.add_typer(accounts.commands, name="accounts")
application.add_typer(inboxes.commands, name="inboxes")
application.add_typer(keys.commands, name="keys")
application.add_typer(domains.commands, name="domains")
application.add_typer(queue.commands, name="queue")
application.add_typer(lists.commands, name="lists")
application.add_typer(quarantine.commands, name="quarantine")
application.add_typer(audit.commands, name="audit")
application.add_typer(retention.commands, name="retention")
application.add_typer(suppressions.commands, name="suppressions")
application.add_typer(usage.commands, name="usage")
application.add_typer(replay.commands, name="replay")
application.add_typer(webhooks.commands, name="webhooks")
application.add_typer(subscriptions.commands, name="subscriptions")


def main() -> None:
    """Runs the command line."""
    application()

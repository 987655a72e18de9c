"""`mailbot why` answers "why is it not there?": what holds it, and what happened."""

from datetime import datetime
from typing import Annotated, Final

import typer

from mailbot import DeliveryExplanation, Event, MailBot, NotFoundError, Pages
from mailbot.resources.queue import DeliveryListOptions
from mailbot_server.cli.connection import OPERATOR_KEY_FILE, KeyFile, Target, connect
from mailbot_server.cli.mail import line
from mailbot_server.cli.terminal import fail, refusals, say

EVENTS_SHOWN: Final = 100
DELIVERIES_SHOWN: Final = 5


def why(
    what: Annotated[
        str, typer.Argument(help="msg_..., dlv_... or the address of a recipient.")
    ],
    limit: Annotated[int, typer.Option(help="Show so many events.")] = EVENTS_SHOWN,
    target: Target = "",
    key_file: KeyFile = None,
) -> None:
    """
    Say where a message is, why, what happens next, and all that happened to it.

    With the operator's key also of other accounts, as far as deliveries tell.
    """
    with refusals(), connect(target, key_file, OPERATOR_KEY_FILE) as mailbot:
        if not _own(mailbot, what, limit) and not _others(mailbot, what):
            raise fail(f"nothing is known of {what}")


def _own(mailbot: MailBot, what: str, limit: int) -> bool:
    """Tells what the key's own account knows of it; whether that is anything."""
    try:
        events = list(_events(mailbot, what, limit))
        delivery_ids = _of_message(mailbot, what) if what.startswith("msg_") else []
    except NotFoundError:
        if _is_operator(mailbot):
            return False
        raise
    if what.startswith("dlv_"):
        delivery_ids = [what]
    elif not delivery_ids:
        _suppressed(mailbot, what)
        named = dict.fromkeys(each.delivery_id for each in events)
        delivery_ids = [each for each in named if each][:DELIVERIES_SHOWN]
    for delivery_id in delivery_ids:
        _explain(mailbot.deliveries.explain(delivery_id))
    for event in reversed(events):
        say(f"{_day(event.create_time)} {line(event)}")
    return bool(delivery_ids or events)


def _others(mailbot: MailBot, what: str) -> bool:
    """Tells an operator of the newest deliveries of any account; whether there are."""
    if not _is_operator(mailbot):
        return False
    wanted: DeliveryListOptions = {"all_accounts": True, "limit": DELIVERIES_SHOWN}
    match what.partition("_")[0]:
        case "dlv":
            wanted["ids"] = [what]
        case "msg":
            wanted["message_id"] = what
        case _:
            wanted["recipient"] = what
    found = list(mailbot.deliveries.list(**wanted))
    for each in found:
        say(f"{each.account_id} {each.inbox_id} {each.message_id}")
        _explain(mailbot.deliveries.explain(each.id, all_accounts=True))
    if found:
        account = found[0].account_id
        say("all that happened: with a key of that account (--key-file), as of")
        say(f"  mailbot keys create --account {account} --scope admin")
    return bool(found)


def _is_operator(mailbot: MailBot) -> bool:
    return "operator" in mailbot.account.key().scopes


def _events(mailbot: MailBot, what: str, limit: int) -> Pages[Event]:
    """What happened to it, newest first."""
    if what.startswith("msg_"):
        return mailbot.messages.timeline(what, newest_first=True, limit=limit)
    if what.startswith("dlv_"):
        its = mailbot.deliveries.get(what)
        return mailbot.messages.timeline(
            its.message_id,
            recipients=its.status.address,
            newest_first=True,
            limit=limit,
        )
    if "@" not in what:
        raise ValueError(f"{what!r} is neither msg_..., dlv_... nor an address")
    return mailbot.events.list(recipients=what, newest_first=True, limit=limit)


def _of_message(mailbot: MailBot, message_id: str) -> list[str]:
    """The deliveries of a message, which is named first."""
    message = mailbot.messages.get(message_id, view="metadata")
    say(f"{message.direction} {message.subject!r} of {_day(message.create_time)}")
    say("")
    return [each.delivery_id for each in message.recipients]


def _suppressed(mailbot: MailBot, what: str) -> None:
    """Says whether an address gets no mail at all."""
    if "@" not in what:
        return
    for found in mailbot.suppressions.check([what]):
        say(f"{what} gets no mail: suppressed because of {found.reason} ({found.id})")
        say("")


def _explain(said: DeliveryExplanation) -> None:
    say(f"{said.delivery.status.address} ({said.delivery.id}): {said.summary}")
    for reason in said.reasons:
        say(f"  {reason.kind:<18} {reason.text}")
    say("")


def _day(instant: datetime | None) -> str:
    return instant.strftime("%Y-%m-%d") if instant else ""

"""Messages of a thread are read with what they name and who takes part."""

from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Addressees
from mailbot_server.core.search.document import Document
from mailbot_server.core.thread import Field
from mailbot_server.store import messages
from mailbot_server.store.database import Database
from mailbot_server.store.threads import members
from tests.fakes.conversing import IN
from tests.fakes.mail import RAW, message

ANN, BOB, EVE = (Mailbox(address=f"{name}@example.org") for name in ("a", "b", "e"))


async def test_everything_is_read_back(db: Database, inbox: Inbox) -> None:
    known = [
        message(
            1,
            inbox,
            thread_id="thr_1",
            direction=IN,
            sender=ANN,
            addressees=Addressees(to=(BOB,), cc=(EVE,), bcc=(ANN,)),
            rfc822_message_id="1@x",
            in_reply_to="0@x",
            references=("root@x", "0@x"),
            more_ties=("other@x", "thread-index 00ff"),
            automated=True,
        ),
        message(2, inbox, thread_id="thr_2", addressees=Addressees(bcc=(EVE,))),
        message(3, inbox, thread_id="thr_3"),
    ]
    for each in known:
        await db.write(messages.add, each, RAW, (), Document())
    (first, second) = await db.read(members.oldest, ["thr_1", "thr_2"], 9)
    assert first.people == (ANN, BOB, EVE)
    assert first.automated
    assert (first.id, first.direction, first.created_at) == (
        *(known[0].id, known[0].direction, known[0].created_at),
    )
    assert (first.subject, first.snippet) == (known[0].subject, known[0].snippet)
    assert first.mentions == {
        "1@x": Field.MESSAGE_ID,
        "0@x": Field.IN_REPLY_TO,
        "other@x": Field.IN_REPLY_TO,
        "root@x": Field.REFERENCES,
        "thread-index 00ff": Field.THREAD_INDEX,
    }
    assert second.people == (EVE,)
    newest = await db.read(members.newest, ["thr_1", "thr_2"], 1)
    assert [each.id for each in newest] == [known[1].id]
    chosen = await db.read(members.these, ["thr_1", "thr_3"], [m.id for m in known])
    assert [each.id for each in chosen] == [known[0].id, known[2].id]

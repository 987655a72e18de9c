"""An order, and what comes back of it, are after their journey what they were."""

import pickle
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailbot_server.core.delivery import Delivery, State
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.compose import AttachmentBody
from mailbot_server.core.mail.dsn.request import RcptRequest
from mailbot_server.core.message import Guarantee, Overflow, Stream, Via
from mailbot_server.core.tracking.asked import Tracking
from mailbot_server.core.tracking.plan import Plan
from mailbot_server.engine.outbound.submission import composition
from mailbot_server.engine.outbound.submission.order import Accepted, Order
from mailbot_server.store.database.writer import wire
from tests.fakes import tenants
from tests.fakes.drafts import DRAFT
from tests.fakes.reverse_paths import PATHS

AT = datetime(2026, 3, 4, 5, 6, 7, 8, tzinfo=UTC)


@pytest.fixture
async def order() -> Order:
    inbox = tenants.inbox()
    draft = replace(
        DRAFT,
        sender=Mailbox(address="support@mailbot.localhost"),
        bcc=(Mailbox(address="b@example.org"),),
        html="<p>Hello</p>",
        attachments=(AttachmentBody(filename="a.txt", data=b"1"),),
        in_reply_to="1@example.com",
        references=("0@example.com", "1@example.com"),
    )
    made = await composition.composed(draft, inbox, message_id="msg_1", now=AT)
    message = replace(
        made.message,
        tracking=Tracking(opens=True),
        one_click_unsubscribe=True,
        via=Via.SMTP,
    )
    return Order(
        account_id=inbox.account_id,
        named=inbox.address,
        inbox_id=inbox.id,
        inbox_version=3,
        method="SendMessage",
        request_id="r",
        digest=b"d",
        missing="upl_1",
        thread_of="msg_0",
        labels=("a",),
        metadata={"k": "v"},
        stream=Stream.BULK,
        guarantee=Guarantee.AT_MOST_ONCE,
        send_at=AT,
        overflow=Overflow.HOLD,
        stays=(("b@example.org", "route_hold"),),
        require_tls=True,
        composed=replace(
            made,
            message=message,
            asked={"b@example.org": RcptRequest(notify="never")},
            plan=Plan(urls=("https://example.com/",), one_click=True),
        ),
        paths=PATHS,
    )


@pytest.fixture
def accepted() -> Accepted:
    delivery = Delivery(
        id="dlv_1",
        account_id="acc_1",
        inbox_id="inb_1",
        thread_id="thr_1",
        message_id="msg_1",
        recipient="a@example.com",
        domain="example.com",
        state=State.HELD,
        stream=Stream.BULK,
        guarantee=Guarantee.AT_MOST_ONCE,
        due_at=AT,
        queued_at=AT,
        gives_up_at=AT,
        updated_at=AT,
        reverse_path="x@rp.example.com",
        hold_reason="why",
        dsn_notify="never",
        require_tls=True,
    )
    return Accepted(thread_id="thr_1", at=AT, deliveries=(delivery, delivery))


def sent(value):
    return wire.value_of(b"".join(wire.frame(1, value))[16:])


@pytest.mark.parametrize("send", [sent, lambda v: pickle.loads(pickle.dumps(v))])
async def test_an_order_arrives_as_it_left(order, send):
    assert send(order) == order


async def test_what_an_order_does_not_have_it_does_not_get(order):
    plain = replace(
        order,
        inbox_version=None,
        send_at=None,
        paths=None,
        composed=replace(order.composed, plan=Plan(), asked={}),
    )
    assert sent(plain) == plain


async def test_members_of_enums_are_members_again(order, accepted):
    there = sent(order)
    assert there.overflow is Overflow.HOLD
    assert there.composed.message.via is Via.SMTP
    assert sent(accepted).deliveries[0].state is State.HELD


def test_what_was_accepted_comes_back_as_it_is_kept(accepted):
    assert sent(accepted) == accepted


async def test_on_its_way_an_order_is_texts_numbers_and_instants(order):
    """What is rare, and goes as it is, left out."""
    message = replace(order.composed.message, attachments=())
    bare = replace(order.composed, message=message, asked={})
    octets = b"".join(wire.frame(1, replace(order, composed=bare)))
    assert octets.count(b"mailbot_server") == 2  # who puts it, and instants, together

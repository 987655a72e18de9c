"""Details of events with whatever may stand in them, as strategies."""

import dataclasses
import functools
import typing
from datetime import UTC, datetime

from hypothesis import strategies as st

from mailbot_server.core.event import AttachmentSummary
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.reply import Reply

texts = st.text(st.characters(codec="utf-8"), max_size=20)
moments = st.datetimes(timezones=st.just(UTC))
counts = st.integers(0, 2**40)
mailboxes = st.builds(Mailbox, address=texts, display_name=texts)
replies = st.builds(Reply, code=st.integers(0, 599), enhanced=texts, text=texts)
attachments = st.builds(
    AttachmentSummary,
    **{
        field.name: {"str": texts, "int": counts, "bool": st.booleans()}[
            getattr(field.type, "__name__", str(field.type))
        ]
        for field in dataclasses.fields(AttachmentSummary)
    },
)
st.register_type_strategy(Mailbox, mailboxes)
st.register_type_strategy(Reply, replies)
st.register_type_strategy(AttachmentSummary, attachments)
st.register_type_strategy(str, texts)
st.register_type_strategy(datetime, moments)
st.register_type_strategy(float, st.floats(0, 1e9, allow_nan=False))


def details(kind: type) -> st.SearchStrategy:
    """Every field drawn by its type, or left at its default."""
    return _details(kind)


@functools.cache
def _details(kind):
    hints = typing.get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    return st.fixed_dictionaries(
        {}, optional={name: st.from_type(hints[name]) for name in names}
    ).map(lambda values: kind(**values))

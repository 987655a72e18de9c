from mailbot_server.core import redaction
from mailbot_server.core.event import (
    AttachmentSummary,
    AttemptDetail,
    ContentDetail,
    EngagementDetail,
)
from mailbot_server.core.mail.address import Mailbox

CAROL = Mailbox(address="carol@example.com", display_name="Carol")


def test_words_go_and_who_wrote_to_whom_stays():
    detail = ContentDetail(
        sender=CAROL,
        recipients=(CAROL,),
        subject="Hello",
        snippet="Hi",
        attachments=(AttachmentSummary(id="att_1", filename="a"),),
        size_bytes=7,
        recipient_domains=("example.com",),
    )
    assert redaction.without_words(detail) == ContentDetail(
        sender=CAROL,
        recipients=(CAROL,),
        size_bytes=7,
        recipient_domains=("example.com",),
    )
    clicked = EngagementDetail(url="https://example.com/secret", link_index=3)
    assert redaction.without_words(clicked) == EngagementDetail(link_index=3)
    attempt = AttemptDetail(attempt=1)
    assert redaction.without_words(attempt) is attempt

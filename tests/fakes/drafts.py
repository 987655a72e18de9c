"""A message as a caller would write it."""

from typing import Final

from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.draft import Draft

CUSTOMER: Final = Mailbox(address="customer@example.com", display_name="A. Customer")
DRAFT: Final = Draft(
    sender=Mailbox(address=""),
    to=(CUSTOMER,),
    subject="Invoice #4521",
    text="Please find it attached.",
)

import pytest

from mailbot_server.core.mail.quote.client import Role, role


@pytest.mark.parametrize(
    ("element", "attributes", "expected"),
    [
        ("div", ' class="gmail_quote gmail_quote_container"', Role.THREAD),
        ("div", " class='x_gmail_quote'", Role.THREAD),
        ("div", ' class="ecxgmail_quote"', Role.THREAD),
        ("blockquote", ' class="gmail_quote" style="margin:0"', Role.ASIDE),
        ("blockquote", "", Role.BLOCK),
        ("blockquote", ' style="border-left:1px solid"', Role.BLOCK),
        ("blockquote", ' type="cite"', Role.QUOTE),
        ("BLOCKQUOTE".lower(), " TYPE=cite", Role.QUOTE),
        ("blockquote", ' class="tutanota_quote"', Role.QUOTE),
        ("div", ' id="divRplyFwdMsg" dir="ltr"', Role.REST),
        ("div", " id=divRplyFwdMsg", Role.REST),
        ("hr", ' id="stopSpelling"', Role.REST),
        ("hr", ' id="zwchr" data-marker="__DIVIDER__"', Role.REST),
        ("div", ' id="yahoo_quoted_5550123456" class="yahoo_quoted"', Role.QUOTE),
        ("div", ' class="ydpa0b1c2yahoo_quoted"', Role.QUOTE),
        ("div", ' class="moz-forward-container"', Role.FORWARD),
        ("div", ' id="Signature"', Role.SIGNATURE),
        ("div", ' class="signature"', None),
        ("div", ' name="quote"', Role.THREAD),
        ("div", ' class="quote"', None),
        ("div", ' style="border:none;border-top:solid #B5C4DF 1.0pt"', Role.HEADER),
        ("div", " style='border:none; border-top:solid windowtext 1pt'", Role.HEADER),
        ("div", ' style="border-top-color: rgb(229, 229, 229)"', Role.HEADER),
        ("div", ' style="border-bottom:solid #B5C4DF 1.0pt"', None),
        ("p", ' style="border-top:solid #B5C4DF 1.0pt"', None),
        ("a", ' class="gmail_quote"', None),
        ("div", "", None),
        ("div", ' class=""', None),
        ("div", ' class="', None),
    ],
)
def test_roles(element, attributes, expected):
    assert role(element, attributes) is expected

import pytest

from mailbot_server.core.mail.quote import split_html
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
        ("div", ' id="sig57634213"', Role.SIGNATURE),
        ("div", ' class="sig57634213"', None),
        ("signature", "", Role.SIGNATURE),
        ("div", ' id="edo-original"', Role.QUOTE),
        ("div", ' id="quoted_header"', Role.REST),
        ("div", ' class="ik_mail_quote"', Role.THREAD),
        ("blockquote", ' class="iosymail"', Role.QUOTE),
        ("div", ' class="fairemail_quote"', Role.THREAD),
        ("div", ' class="fairemail_signature"', Role.SIGNATURE),
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


# A whole answer of each client, shortened, and what is new in it.
ANSWERS = {
    "outlook-mobile": (
        (
            '<html><head><style>x</style></head><body><div dir="ltr">Sounds good</div>'
            '<div id="ms-outlook-mobile-body-separator-line" dir="ltr"><br></div><div '
            'id="ms-outlook-mobile-signature"><div><br></div>Get <a '
            'href="https://aka.ms/o0ukef">Outlook for iOS</a></div><div '
            'id="mail-editor-reference-message-container" '
            'class="ms-outlook-mobile-reference-message skipProofing"><hr '
            'style="display:inline-block;width:98%" tabindex="-1"><div '
            'id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" '
            'style="font-size:11pt" color="#000000"><b>Von:</b> Ann<br><b>Gesendet:</b> '
            "Montag<br></font></div>Hello</div></body></html>"
        ),
        "Sounds good",
    ),
    "outlook-new-border": (
        (
            '<div class="elementToProof" style="font-family: Aptos">Sounds good</div>'
            '<div id="mail-editor-reference-message-container"><div style="border-width: '
            "1pt medium medium; border-style: solid none none; border-color: rgb(225, "
            '225, 225); padding: 3pt 0in 0in;"><p><b>From: </b>Ann</p></div><p>Hello</p>'
            "</div>"
        ),
        "Sounds good",
    ),
    "yahoo": (
        (
            '<html><head></head><body><div class="ydp1a2b3cyahoo-style-wrap" '
            'style="font-size:13px;"><div dir="ltr" data-setdir="false">Sounds good</div>'
            '<div><br></div></div><div id="yahoo_quoted_1234567890" class="yahoo_quoted">'
            '<div style="font-family:Helvetica"><div>On Monday, April 2, 2012, 06:26:00 '
            "PM GMT+2, Ann Lee &lt;ann@example.com&gt; wrote: </div><div><br></div><div>"
            "Hello</div></div></div></body></html>"
        ),
        "Sounds good",
    ),
    "yahoo-mobile": (
        (
            'Sounds good<br><br><div id="ymail_android_signature"><a '
            'href="https://go.onelink.me/x">Sent from Yahoo Mail on Android</a></div> '
            '<br> <blockquote style="margin: 0 0 20px 0;"> <div '
            'style="font-family:Roboto, sans-serif; color:#6D00F6;"> <div>On Mon, Apr 2, '
            "2012 at 6:26 PM, Ann Lee</div><div>&lt;ann@example.com&gt; wrote:</div> "
            '</div> <div style="padding: 10px 0 0 20px; border-left: 1px solid #6D00F6;">'
            "Hello</div></blockquote>"
        ),
        "Sounds good",
    ),
    "samsung": (
        (
            '<html><head></head><body dir="auto"><div dir="auto">Sounds good</div><div '
            'dir="auto"><br></div><div dir="auto"><br></div><div id="composer_signature" '
            'dir="auto"><meta charset="UTF-8"><div style="font-size:85%;color:#575757" '
            'dir="auto">Sent from my Galaxy</div></div><div dir="auto"><br></div><div>'
            '<br></div><div align="left" dir="auto" style="font-size:100%;color:#000000">'
            "<div>-------- Original message --------</div><div>From: Ann Lee "
            "&lt;ann@example.com&gt; </div><div>Date: 02/04/2012  18:26  (GMT+01:00) "
            "</div><div>To: Bob </div><div>Subject: x </div><div><br></div></div>"
            "Hello</body></html>"
        ),
        "Sounds good",
    ),
    "apple-de": (
        (
            '<html><head><meta http-equiv="content-type" content="text/html; '
            'charset=utf-8"></head><body style="overflow-wrap: break-word;">Passt.<br '
            'id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>Am '
            "02.04.2012 um 18:26 schrieb Ann Lee &lt;ann@example.com&gt;:</div><br "
            'class="Apple-interchange-newline"><div><div>Hallo</div></div></blockquote>'
            "</div><br></body></html>"
        ),
        "Passt.",
    ),
    "thunderbird-pl": (
        (
            "<html><head></head><body><p>Dobrze.</p><p><br></p><div "
            'class="moz-cite-prefix">W dniu 02.04.2012 o 18:26, Ann Lee pisze:<br></div>'
            '<blockquote type="cite" cite="mid:x@y"><p>Hej</p></blockquote><p><br></p>'
            '<pre class="moz-signature" cols="72">-- \nBob</pre></body></html>'
        ),
        "Dobrze.",
    ),
    "gmail-he": (
        (
            '<div dir="rtl">בסדר</div><br><div class="gmail_quote gmail_quote_container">'
            '<div dir="rtl" class="gmail_attr">\u202bבתאריך יום ב׳, 2 באפר׳ 2012 ב-18:26 מאת '
            "\u202aAnn Lee\u202c\u200f &lt;\u202aann@example.com\u202c\u200f&gt;:\u202c<br></div><blockquote "
            'class="gmail_quote" style="x">שלום</blockquote></div>'
        ),
        "בסדר",
    ),
    "gmail-bottom": (
        (
            '<div dir="ltr"><div class="gmail_quote"><div class="gmail_attr">On Mon '
            'wrote:<br></div><blockquote class="gmail_quote">Hello</blockquote><div><br>'
            "</div><div>Sounds good</div></div></div>"
        ),
        "Sounds good",
    ),
    "zoho": (
        (
            '<div style="font-family:Verdana"><div>Sounds good<br></div><div><br></div>'
            '<div class="zmail_extra" data-zbluepencil-ignore="true"><div '
            'id="Zm-_Id_-Sgn1" data-zbluepencil-ignore="true" data-sigid="1">---- On '
            "Mon, 02 Apr 2012 18:26:00 +0200 <b>Ann &lt;ann@example.com&gt;</b> wrote "
            '---<br></div><div><br></div><blockquote id="blockquote_zmail" '
            'style="margin:0px"><div>Hello</div></blockquote></div></div>'
        ),
        "Sounds good",
    ),
    "proton": (
        (
            '<div style="font-family: Arial">Sounds good</div><div '
            'class="protonmail_signature_block" style="x"><div '
            'class="protonmail_signature_block-user">Bob</div><div '
            'class="protonmail_signature_block-proton">Sent with <a target="_blank" '
            'href="https://proton.me/">Proton Mail</a> secure email.</div></div><div><br>'
            '</div><div class="protonmail_quote">On Monday, April 2nd, 2012 at 6:26 PM, '
            "Ann Lee &lt;ann@example.com&gt; wrote:<br><br><blockquote "
            'class="protonmail_quote" type="cite"><div>Hello</div></blockquote><br></div>'
        ),
        "Sounds good",
    ),
    "gmx": (
        (
            '<html><head></head><body><div style="font-family: Verdana;font-size: '
            '12.0px;"><div>Passt.</div><div>&nbsp;<div style="margin: 10.0px 5.0px 5.0px '
            "10.0px;padding: 10.0px 0 10.0px 10.0px;border-left: 2.0px solid "
            'rgb(195,217,229);" name="quote"><div style="margin: 0 0 10.0px 0;"><b>'
            "Gesendet:</b>&nbsp;Montag, 02. April 2012 um 18:26 Uhr<br/><b>Von:</b>"
            '&nbsp;Ann<br/></div><div name="quoted-content">Hallo</div></div></div></div>'
            "</body></html>"
        ),
        "Passt.",
    ),
    "qq": (
        (
            '<div>好的</div><div><br></div><div style="font-size: 12px;font-family: Arial '
            'Narrow;padding:2px 0 2px 0;">'
            "------------------&nbsp;原始邮件&nbsp;------------------</div><div "
            'style="font-size: 12px;background:#efefef;padding:8px;"><div><b>发件人:</b> '
            '"Ann"&lt;ann@example.com&gt;;</div><div><b>发送时间:</b>&nbsp;2012年4月2日(星期一) '
            '晚上6:26</div><div><b>收件人:</b>&nbsp;"Bob";</div><div><b>主题:</b>&nbsp;x</div>'
            "</div><div>你好</div>"
        ),
        "好的",
    ),
    "netease": (
        (
            '<div style="line-height:1.7;color:#000000;font-size:14px"><div>好的</div><br>'
            '<div style="position:relative;zoom:1"></div><div id="divNeteaseMailCard">'
            '</div><br><pre><br>At 2012-04-02 18:26:00, "Ann Lee" '
            '&lt;ann@example.com&gt; wrote:\n</pre><blockquote id="isReplyContent" '
            'style="PADDING-LEFT: 1ex; MARGIN: 0px 0px 0px 0.8ex; BORDER-LEFT: #ccc 1px '
            'solid"><div>你好</div></blockquote></div>'
        ),
        "好的",
    ),
    "mailru": (
        (
            "<HTML><BODY><div>Хорошо</div><div>&nbsp;</div><div>&nbsp;</div><div "
            'data-signature-widget="container"><div data-signature-widget="content"><div>'
            "--<br>Bob</div></div></div><div>&nbsp;</div><blockquote "
            'style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px;">'
            "Понедельник, 2 апреля 2012, 18:26 +03:00 от Ann Lee "
            '&lt;ann@example.com&gt;:<br>&nbsp;<div id=""><div>Привет</div></div>'
            "</blockquote></BODY></HTML>"
        ),
        "Хорошо",
    ),
    "yandex": (
        (
            '<div>Хорошо</div><div>\u00a0</div><div>02.04.2012, 18:26, "Ann Lee" '
            "&lt;ann@example.com&gt;:</div><blockquote><div>Привет</div></blockquote>"
        ),
        "Хорошо",
    ),
    "yandex-kavychki": (
        (
            "<div>Хорошо</div><div><br /></div><div>----------------</div><div>Кому: Bob "
            '(bob@example.com);</div><div>Тема: x;</div><div>02.04.2012, 18:26, "Ann" '
            "&lt;ann@example.com&gt;:</div><blockquote><p>Привет</p></blockquote>"
        ),
        "Хорошо",
    ),
    "spark": (
        (
            '<html><body><div name="messageBodySection"><div dir="auto">Sounds good</div>'
            '</div><div name="messageSignatureSection"><br><div class="matchFont">'
            'Bob</div></div><div name="messageReplySection">On 2 Apr 2012, 18:26 +0200, '
            'Ann Lee &lt;ann@example.com&gt;, wrote:<br><blockquote type="cite">'
            "Hello</blockquote></div></body></html>"
        ),
        "Sounds good",
    ),
    "airmail": (
        (
            '<body><div id="bloop_customfont">Sounds good</div><br><div '
            'class="bloop_sign" id="bloop_sign_1">Bob</div><br><p class="airmail_on">On '
            '2 April 2012 at 18:26:00, Ann Lee (<a href="mailto:ann@example.com">'
            'ann@example.com</a>) wrote:</p><blockquote type="cite" class="clean_bq">'
            "<div>Hello</div></blockquote></body>"
        ),
        "Sounds good",
    ),
    "zimbra": (
        (
            '<html><body><div style="font-family: arial"><div>Sounds good</div><div><br>'
            '</div><div data-marker="__SIG_POST__">Bob</div><hr id="zwchr" '
            'data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>From: </b>'
            '"Ann"<br></div><div data-marker="__QUOTED_TEXT__">Hello</div></div></body>'
            "</html>"
        ),
        "Sounds good",
    ),
    "roundcube": (
        (
            '<html><body><p>Sounds good</p><p><br></p><p id="reply-intro">On 2012-04-02 '
            '18:26, Ann wrote:</p><blockquote type="cite" style="padding: 0 0.4em">'
            "Hello</blockquote></body></html>"
        ),
        "Sounds good",
    ),
    "emclient": (
        (
            '<div>Sounds good</div><div id="signature_old"></div><div><br></div><div>'
            '------ Original Message ------</div><div><div>From: "Ann" '
            '&lt;ann@example.com&gt;</div><div>To: "Bob"</div><div>Sent: 02.04.2012 '
            '18:26:00</div><div>Subject: x</div></div><br><blockquote cite="x" '
            'type="cite" class="cite2">Hello</blockquote>'
        ),
        "Sounds good",
    ),
    "windows-10-mail": (
        (
            "<div class=WordSection1><p class=MsoNormal>Sounds good</p><p "
            "class=MsoNormal>Sent from <a "
            'href="https://go.microsoft.com/fwlink/?LinkId=550986">Mail</a> for Windows '
            "10</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div "
            "style='mso-element:para-border-div;border:none;border-top:solid #E1E1E1 "
            "1.0pt;padding:3.0pt 0in 0in 0in'><p class=MsoNormal "
            "style='border:none;padding:0in'><b>From: </b><a href=\"mailto:a@b.c\">Ann</a>"
            "<br><b>Sent: </b>Monday<br><b>To: </b>Bob<br><b>Subject: </b>x</p></div><p>"
            "Hello</p></div>"
        ),
        "Sounds good",
    ),
    "hey": (
        (
            '<div class="trix-content"><div>Sounds good</div></div><br><div>On April 2, '
            "2012, Ann Lee &lt;ann@example.com&gt; wrote:</div><blockquote><div>"
            "Hello</div></blockquote>"
        ),
        "Sounds good",
    ),
    "k9": (
        (
            '<html><head></head><body><div dir="auto">Sounds good<br><br></div><div '
            'class="gmail_quote"><div dir="auto">Am 2. April 2012 18:26:26 MESZ schrieb '
            'Ann:</div><blockquote class="gmail_quote" style="margin: 0pt"><pre '
            'class="k9mail">Hello</pre></blockquote></div></body></html>'
        ),
        "Sounds good",
    ),
    "aol": (
        (
            '<div style="color:black;font: 12pt arial;">Sounds good<br><br><div '
            'style="font-family:arial,helvetica;font-size:10pt;color:black">'
            "-----Original Message-----<br>From: Ann &lt;ann@example.com&gt;<br>To: "
            "Bob<br>Sent: Mon, Apr 2, 2012 6:26 pm<br>Subject: x<br><br><div "
            'id="aolmail_1">Hello</div></div></div>'
        ),
        "Sounds good",
    ),
    "nested-table": (
        (
            '<table><tr><td>Sounds good</td></tr></table><br><div class="gmail_quote">'
            "x</div>"
        ),
        "Sounds good",
    ),
    "plain-pre": (
        (
            "<pre>Sounds good\n\nOn Mon, 2 Apr 2012 at 18:26, Ann wrote:\n&gt; Hello\n&gt; "
            "there\n</pre>"
        ),
        "Sounds good",
    ),
    "tuta": (
        (
            "<div>Sounds good<br></div><div><br></div><div>-- <br></div><div>Sent with "
            "Tutanota<br></div><div><br></div><div><br></div><div>2 Apr 2012, 18:26 by "
            'ann@example.com:<br></div><blockquote class="tutanota_quote" '
            'style="border-left: 1px solid #93A3B8;"><div>Hello</div></blockquote>'
        ),
        "Sounds good",
    ),
    "missive": (
        (
            '<div>Sounds good</div><div class="missive_quote"><div>On April 2, 2012 at '
            '6:26 PM Ann wrote:</div><blockquote type="cite">Hello</blockquote></div>'
        ),
        "Sounds good",
    ),
    "zendesk": (
        (
            '<div>Sounds good</div><div class="gmail_quote"><div>On Mon wrote:</div>'
            '<blockquote><div style="color:#b5b5b5">##- Please type your reply above '
            "this line -##</div>Hello</blockquote></div>"
        ),
        "Sounds good",
    ),
    "zendesk-plain": (
        (
            "<p>Sounds good</p><p>##- Please type your reply above this line -##</p><p>"
            "Hello</p>"
        ),
        "Sounds good",
    ),
    "lists": (
        '<ul><li>One</li><li>Two</li></ul><div class="gmail_quote">x</div>',
        "* One\n* Two",
    ),
    "footer-below": (
        (
            '<div>Sounds good</div><div class="gmail_quote">x<blockquote>y</blockquote>'
            "</div><p>This mail is confidential.</p>"
        ),
        "Sounds good\n\nThis mail is confidential.",
    ),
    "naver": (
        (
            "<p>좋습니다</p><p>-----Original Message-----<br><b>From:</b> "
            '"Ann"&lt;ann@example.com&gt;<br><b>To:</b> Bob<br><b>Sent:</b> 2012-04-02 '
            "(월) 18:26:00 (GMT+09:00)<br><b>Subject:</b> x</p><p>안녕</p>"
        ),
        "좋습니다",
    ),
    "outlook-ja": (
        (
            "<div class=WordSection1><p class=MsoNormal>了解です。</p><div><div "
            'style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0mm 0mm '
            '0mm"><p class=MsoNormal><b>差出人<span lang=EN-US>:</span></b><span lang=EN-US>'
            " Ann</span><br><b>送信日時<span lang=EN-US>:</span></b> 2012年4月2日<br><b>宛先:</b> "
            "Bob<br><b>件名:</b> x</p></div></div><p>こんにちは</p></div>"
        ),
        "了解です。",
    ),
    "ios-outlookfr": (
        (
            "<body>OK<br><br><div>Envoyé de mon iPhone</div><div><br>Le 2 avr. 2012 à "
            '18:26, Ann Lee &lt;<a href="mailto:ann@example.com">ann@example.com</a>&gt; '
            'a écrit&nbsp;:<br><br></div><blockquote type="cite"><div>Bonjour</div>'
            "</blockquote></body>"
        ),
        "OK",
    ),
    "lotus": (
        (
            "<font size=2>Sounds good</font><br><br><br><font size=1 color=#5f5f5f>From: "
            "&nbsp; &nbsp;</font><font size=1>Ann &lt;ann@example.com&gt;</font><br>"
            "<font size=1>To: &nbsp; &nbsp;</font><font size=1>Bob</font><br><font "
            "size=1>Date: &nbsp;</font><font>02/04/2012 18:26</font><br><font>Subject: "
            "&nbsp;x</font><hr noshade><br>Hello"
        ),
        "Sounds good",
    ),
    "lotus-table": (
        (
            "<font size=2>Sounds good</font><br><table><tr><td>From:</td><td>Ann "
            "&lt;ann@example.com&gt;</td></tr><tr><td>To:</td><td>Bob</td></tr><tr><td>"
            "Date:</td><td>02/04/2012</td></tr><tr><td>Subject:</td><td>x</td></tr>"
            "</table><hr>Hello"
        ),
        "Sounds good",
    ),
    "gmail-mobile": (
        (
            '<div dir="auto">Sounds good<div dir="auto"><br></div></div><br><div '
            'class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">'
            'On Mon, Apr 2, 2012, 6:26 PM Ann &lt;<a href="mailto:a@b.c">a@b.c</a>&gt; '
            'wrote:<br></div><blockquote class="gmail_quote" style="x"><u></u><div>'
            "Hello</div></blockquote></div>"
        ),
        "Sounds good",
    ),
}


@pytest.mark.parametrize(("html", "new"), ANSWERS.values(), ids=ANSWERS)
def test_answers(html, new):
    assert split_html(html).new_text == new

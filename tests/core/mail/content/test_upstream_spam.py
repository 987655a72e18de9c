"""What filters before us left in the header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.content.upstream_spam import UpstreamSpam, read
from mailbot_server.core.mail.mime.header import Header


def verdict(*lines):
    pairs = (line.partition(":") for line in lines)
    return read([Header(name=name, value=value.strip()) for name, _, value in pairs])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["X-Spam-Flag: YES", "X-Spam-Status: Yes, score=15.2 required=5.0 tests=A"],
            ("spamassassin", True, 15.2, 5.0),
            id="spamassassin",
        ),
        pytest.param(
            ["X-Spam-Status: No, score=-1.9 required=5.0 tests=BAYES_00"],
            ("spamassassin", False, -1.9, 5.0),
            id="spamassassin-ham",
        ),
        pytest.param(
            ["X-Spam-Status: Yes, hits=7.5 required=6.0"],
            ("spamassassin", True, 7.5, 6.0),
            id="spamassassin-2",
        ),
        pytest.param(
            ["X-Spam-Flag: NO", "X-Spam-Score: 0.1"],
            ("spamassassin", False, 0.1, None),
            id="score-alone",
        ),
        pytest.param(
            ["X-Spamd-Result: default: False [-2.10 / 15.00]; R_SPF_ALLOW(-0.20)[+a]"],
            ("rspamd", False, -2.1, 15.0),
            id="rspamd",
        ),
        pytest.param(
            ["X-Spamd-Result: default: True [21.00 / 15.00];"],
            ("rspamd", True, 21.0, 15.0),
            id="rspamd-spam",
        ),
        pytest.param(
            ["X-Rspamd-Action: add header", "X-Rspamd-Score: 7.2"],
            ("rspamd", True, 7.2, None),
            id="rspamd-action",
        ),
        pytest.param(
            ["X-MS-Exchange-Organization-SCL: 6"],
            ("microsoft", True, 6.0, 5.0),
            id="exchange",
        ),
        pytest.param(
            ["X-MS-Exchange-Organization-SCL: -1"],
            ("microsoft", False, -1.0, 5.0),
            id="exchange-trusted",
        ),
        pytest.param(
            ["X-Forefront-Antispam-Report: CIP:192.0.2.1;SCL:5;SFV:SPM;H:a"],
            ("microsoft", True, 5.0, 5.0),
            id="forefront",
        ),
        pytest.param(
            ["X-Forefront-Antispam-Report: CIP:192.0.2.1;SCL:1;SFV:NSPM;"],
            ("microsoft", False, 1.0, 5.0),
            id="forefront-ham",
        ),
        pytest.param(
            ["X-Proofpoint-Spam-Details: rule=notspam policy=default score=0"],
            ("proofpoint", False, 0.0, None),
            id="proofpoint-ham",
        ),
        pytest.param(
            ["X-Proofpoint-Spam-Details: rule=spam policy=default score=100"],
            ("proofpoint", True, 100.0, None),
            id="proofpoint",
        ),
        pytest.param(
            ["X-Barracuda-Spam-Status: Yes, SCORE=5.54 using TAG_LEVEL=3.5 KILL=9.0"],
            ("barracuda", True, 5.54, 3.5),
            id="barracuda",
        ),
        pytest.param(
            ["X-Bogosity: Spam, tests=bogofilter, spamicity=0.99, version=1.2"],
            ("bogofilter", True, 0.99, None),
            id="bogofilter",
        ),
        pytest.param(
            ["X-Acme-MailScanner-SpamCheck: spam, SpamAssassin (score=9, required 6)"],
            ("mailscanner", True, 9.0, 6.0),
            id="mailscanner",
        ),
        pytest.param(
            ["X-SES-Spam-Verdict: FAIL"], ("amazon_ses", True, None, None), id="ses"
        ),
        pytest.param(
            ["X-Mailgun-Sflag: No", "X-Mailgun-Sscore: -0.1"],
            ("mailgun", False, -0.1, None),
            id="mailgun",
        ),
        pytest.param(
            ["X-VADE-SPAMSTATE: clean", "X-VADE-SPAMSCORE: 0"],
            ("vade", False, 0.0, None),
            id="vade",
        ),
    ],
)
def test_verdicts_of_filters(lines, expected):
    name, is_spam, score, threshold = expected
    assert verdict(*lines) == UpstreamSpam(
        filter=name, is_spam=is_spam, score=score, threshold=threshold
    )


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["Subject: X-Spam-Flag: YES"],
        ["X-Spam-Checker-Version: SpamAssassin 3.4"],
        ["X-Spam-Flag: perhaps"],
        ["X-Spam-Level: ***"],
        ["X-MS-Exchange-Organization-SCL: many"],
        ["X-Mailer: YES"],
    ],
)
def test_no_verdict_is_none(lines):
    assert verdict(*lines) is None


def test_who_calls_it_spam_is_believed_before_who_does_not():
    found = verdict(
        "X-Spam-Flag: NO",
        "X-Spamd-Result: default: False [1.0 / 15.0]",
        "X-SES-Spam-Verdict: FAIL",
    )
    assert found is not None
    assert found.is_spam


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "X-Spam-Status",
                    "X-Spam-Flag",
                    "X-Spam-Score",
                    "X-Spamd-Result",
                    "X-Bogosity",
                    "X-Forefront-Antispam-Report",
                    "X-Barracuda-Spam-Status",
                    "X-Mailscanner-SpamCheck",
                ]
            ),
            st.text(max_size=200),
        )
    )
)
def test_any_field_can_be_read(fields):
    read([Header(name=name, value=value) for name, value in fields])

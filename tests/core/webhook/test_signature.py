import base64
import hashlib
import hmac

from mailbot_server.core.webhook import signature

# The example of Standard Webhooks' own libraries.
SECRET = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
EVENT_ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
TIMESTAMP = 1614265330
BODY = b'{"test": 2432232314}'


def test_the_specification_s_example_is_signed_as_it_says():
    signed = signature.sign([SECRET], EVENT_ID, TIMESTAMP, BODY)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_each_valid_secret_signs_the_current_one_first():
    other = b"x" * 32
    signed = signature.sign([other, SECRET], EVENT_ID, TIMESTAMP, BODY).split(" ")
    content = f"{EVENT_ID}.{TIMESTAMP}.".encode() + BODY
    first = base64.b64encode(hmac.digest(other, content, hashlib.sha256)).decode()
    assert signed == [
        f"v1,{first}",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ]


def test_a_secret_is_printed_with_its_prefix():
    assert signature.print_secret(b"\x00" * 32) == "whsec_" + "A" * 43 + "="


def test_a_request_carries_id_time_and_signature():
    fields = signature.fields([SECRET], EVENT_ID, TIMESTAMP, BODY)
    assert list(fields) == ["webhook-id", "webhook-timestamp", "webhook-signature"]
    assert fields["webhook-timestamp"] == "1614265330"

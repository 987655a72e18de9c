from mailbot_server.core.mail.dkim.algorithm import Algorithm


def test_the_key_type_is_the_first_half_of_the_name_rfc8463_3():
    assert {a.value: a.key_type for a in Algorithm} == {
        "rsa-sha256": "rsa",
        "ed25519-sha256": "ed25519",
    }

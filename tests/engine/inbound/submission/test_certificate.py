"""The certificate of our own making: good enough to encrypt with."""

import ssl
from datetime import timedelta

from cryptography import x509

from mailbot_server.engine.inbound.submission import certificate
from mailbot_server.engine.tls.certificate import Certificate


def test_it_is_for_the_name_and_for_years(clock):
    pem = certificate.self_signed("mail.example.com", clock())
    made = x509.load_pem_x509_certificate(pem.encode())
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    assert names.value.get_values_for_type(x509.DNSName) == ["mail.example.com"]
    assert made.not_valid_before_utc <= clock()
    assert made.not_valid_after_utc > clock() + timedelta(days=3000)


def test_a_server_can_use_it(clock, tmp_path, metrics):
    path = tmp_path / certificate.FILE
    path.write_text(certificate.self_signed("a" * 60 + ".example.com", clock()))
    shown = Certificate("smtp", metrics, path, None)
    shown.load()
    context = shown.pair.context
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2

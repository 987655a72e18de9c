"""Whose certificates are believed."""

import ssl

import pytest

from mailbot_server.engine.outbound.routing.trust import verifying


def test_names_and_certificates_are_checked():
    context = verifying(None)
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2


def test_authorities_of_a_file_come_to_those_of_the_system(authority):
    ours = authority.der
    assert ours in verifying(authority.ca_file).get_ca_certs(binary_form=True)
    assert ours not in verifying(None).get_ca_certs(binary_form=True)


def test_each_is_a_new_one():
    assert verifying(None) is not verifying(None)


def test_a_file_without_certificates_is_an_error(tmp_path):
    path = tmp_path / "empty.pem"
    path.write_text("nothing")
    with pytest.raises(OSError, match=r"NO_CERTIFICATE|no certificate"):
        verifying(path)

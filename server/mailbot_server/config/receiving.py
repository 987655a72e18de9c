"""How mail is taken in: sizes, numbers and patience of the SMTP ports."""

from ipaddress import ip_network

from pydantic import BaseModel, Field, FilePath, field_validator

from mailbot_server.config.values import Seconds


class Receiving(BaseModel):
    """What the SMTP ports allow those who come."""

    smtp_tls_cert: FilePath | None = Field(
        None,
        description=(
            "PEM chain for TLS on the SMTP ports. Empty: the MX port does not offer "
            "it, the submission ports have a certificate of their own making. Renewed "
            "files are taken as they come."
        ),
    )
    smtp_tls_key: FilePath | None = Field(None, description="PEM key of smtp_tls_cert.")
    smtp_message_bytes_max: int = Field(
        26_214_400, ge=65_536, le=268_435_456, description="Bytes; SIZE of RFC 1870."
    )
    smtp_recipients_max: int = Field(
        100, ge=100, le=1000, description="RCPT a transaction (RFC 5321 4.5.3.1.8)."
    )
    smtp_connections_max: int = Field(
        1000, ge=1, le=100_000, description="Open connections; more get 421."
    )
    smtp_connections_per_ip_max: int = Field(
        100,
        ge=1,
        le=100_000,
        description="Open connections of one address; more get 421.",
    )
    smtp_connections_per_minute_max: int = Field(
        1000,
        ge=1,
        le=1_000_000,
        description=(
            "Connections of one address within a minute; more get 421. Loopback and "
            "private addresses, which are machines of your own, may come as often as "
            "they like."
        ),
    )
    smtp_proxy_networks: tuple[str, ...] = Field(
        (),
        description=(
            "Addresses or networks of proxies in front of the SMTP ports. They must "
            "begin with a PROXY header, version 1 or 2, and whom it names is the "
            "client; from anybody else it is refused."
        ),
    )
    smtp_memory_bytes_max: int = Field(
        268_435_456,
        ge=16_777_216,
        description=(
            "Memory for messages that come in, until they are committed. What is "
            "larger than 256 KiB comes into files in data_dir and is read back one "
            "after the other."
        ),
    )
    smtp_files_bytes_max: int = Field(
        4_294_967_296,
        ge=67_108_864,
        description="Size of those files, all together; more mail gets 452.",
    )
    smtp_command_seconds: Seconds = Field(
        300, description="Wait for the next command (RFC 5321 4.5.3.2.7)."
    )
    smtp_data_block_seconds: Seconds = Field(
        180,
        description=(
            "Wait for the next piece of data, and for a remote host to take one of "
            "ours (RFC 5321 4.5.3.2.5)."
        ),
    )
    smtp_data_seconds: Seconds = Field(
        600, description="Whole transfer of one message."
    )
    smtp_data_bytes_per_second_min: int = Field(
        500,
        ge=1,
        description=(
            "How fast data must come, on average and after the first "
            "smtp_data_block_seconds; who is slower gets 421."
        ),
    )
    smtp_session_seconds: Seconds = Field(3600, description="Whole connection.")
    smtp_parse_seconds: Seconds = Field(
        5, description="Parsing before 250; what takes longer is finished after it."
    )
    authentication: bool = Field(
        True,
        description=(
            "Checks SPF, DKIM, DMARC and ARC of mail before 250. Without it nothing is "
            "known of senders, and require_auth of inboxes keeps nobody out."
        ),
    )
    authentication_seconds: Seconds = Field(
        5,
        description=(
            "Wait for the DNS there, in all; what is not known then counts as a "
            "temporary error."
        ),
    )

    @field_validator("smtp_proxy_networks")
    @classmethod
    def _check_networks(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(ip_network(text)) for text in texts)

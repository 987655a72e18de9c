"""Where the server listens."""

import contextlib
from collections.abc import Iterator

from pydantic import BaseModel, Field, FilePath

from mailbot_server.config.values import Port
from mailbot_server.ways import Host


class Ports(BaseModel):
    """Addresses and ports; the API's TLS."""

    grpc_host: Host = Field("127.0.0.1", description="Address of the gRPC API.")
    grpc_port: Port = Field(50051, description="Its port; 0 takes a free one.")
    grpc_tls_cert: FilePath | None = Field(
        None,
        description=(
            "PEM chain; empty: plaintext. Renewed files are taken as they come."
        ),
    )
    grpc_tls_key: FilePath | None = Field(None, description="PEM key of grpc_tls_cert.")
    grpc_reflection: bool = Field(True, description="Lets grpcurl list the services.")
    mx_host: Host = Field("127.0.0.1", description="Address of the SMTP port for mail.")
    mx_port: Port = Field(2525, description="Its port; 25 to receive from outside.")
    submission_host: Host = Field(
        "127.0.0.1", description="Address of the SMTP ports where mail is handed in."
    )
    submission_port: Port = Field(
        2587,
        description="The one with STARTTLS; 587 is where programs look for it.",
    )
    submissions_port: Port | None = Field(
        None,
        description=(
            "The one that begins with TLS; 465 is where programs look for it. Unset: "
            "there is none; 0 takes a free one."
        ),
    )
    operator_host: Host = Field(
        "127.0.0.1", description="Address of /metrics, /healthz and /readyz."
    )
    operator_port: Port = Field(8081, description="Its port; keep it private.")


@contextlib.contextmanager
def naming(settings: str) -> Iterator[None]:
    """Puts the settings that an address came from before what the system says."""
    try:
        yield
    except OSError as error:
        message = f"{settings}: {error.strerror or error}"
        raise OSError(message) from error

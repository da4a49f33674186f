"""A Kafka that asks who comes: TLS with a certificate authority of the tests' own, logins, client certificates."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme
from cryptography.hazmat.primitives import serialization

from deploy.kafka import start_broker
from deploy.kafka.ports import HOST, free_ports

USER, PASSWORD = "tocsin", "a p@ss word; of this broker"
MECHANISMS = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER")
_MODULES = "org.apache.kafka.common.security"


@dataclass(frozen=True)
class Secure:
    """Where it listens, and what one needs to be let in."""

    plain: str
    """host:port without TLS or login: for what a test looks up by itself."""
    sasl_ssl: str
    ssl: str
    """TLS that asks for a client certificate."""
    folder: Path
    """ca.pem, client.pem (certificate), client.key, password, token."""


def unsecured_token(subject: str = USER, life: int = 3600) -> str:
    """A token of the kind that a Kafka without a token server takes: nobody signed it."""
    now = int(time.time())
    parts = [{"alg": "none"}, {"sub": subject, "iat": now, "exp": now + life}]
    return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts) + "."


@contextmanager
def secure_broker(folder: Path) -> Iterator[Secure]:
    """The broker, with its certificates in `folder`."""
    _certificates(folder)
    (folder / "password").write_text(f"{PASSWORD}\n")
    (folder / "token").write_text(f"{unsecured_token()}\n")
    plain, sasl_ssl, ssl, controller = free_ports(4)
    listeners = {"PLAINTEXT": plain, "LOGIN": sasl_ssl, "MUTUAL": ssl, "CONTROLLER": controller}
    settings: dict[str, str | int] = {
        "listeners": ",".join(f"{name}://{HOST}:{port}" for name, port in listeners.items()),
        "controller.quorum.voters": f"1@{HOST}:{controller}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,LOGIN:SASL_SSL,MUTUAL:SSL",
        **_tls("login", folder),
        **_tls("mutual", folder),
        "listener.name.mutual.ssl.client.auth": "required",
        "listener.name.login.sasl.enabled.mechanisms": ",".join(MECHANISMS),
        **_jaas("plain", f'plain.PlainLoginModule required user_{USER}="{_quoted(PASSWORD)}"'),
        **_jaas("scram-sha-256", "scram.ScramLoginModule required"),
        **_jaas("scram-sha-512", "scram.ScramLoginModule required"),
        **_jaas("oauthbearer", 'oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker"'),
    }
    scram = [
        option
        for mechanism in ("SCRAM-SHA-256", "SCRAM-SHA-512")
        for option in ("--add-scram", f'{mechanism}=[name={USER},password="{_quoted(PASSWORD)}"]')
    ]
    with start_broker(port=plain, settings=settings, format_options=scram):
        yield Secure(f"{HOST}:{plain}", f"{HOST}:{sasl_ssl}", f"{HOST}:{ssl}", folder)


def _certificates(folder: Path) -> None:
    ca = trustme.CA()
    ca.cert_pem.write_to_path(folder / "ca.pem")
    trustme.CA().cert_pem.write_to_path(folder / "stranger.pem")
    server = ca.issue_cert(HOST)
    # Kafka reads keys as PKCS #8 alone.
    key = serialization.load_pem_private_key(server.private_key_pem.bytes(), None)
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    chain = b"".join(blob.bytes() for blob in server.cert_chain_pems)
    (folder / "server.pem").write_bytes(key.private_bytes(*form) + chain)
    client = ca.issue_cert("tocsin@client.example")
    client.cert_chain_pems[0].write_to_path(folder / "client.pem")
    client.private_key_pem.write_to_path(folder / "client.key")


def _tls(listener: str, folder: Path) -> dict[str, str | int]:
    name = f"listener.name.{listener}.ssl"
    return {
        f"{name}.keystore.type": "PEM",
        f"{name}.keystore.location": str(folder / "server.pem"),
        f"{name}.truststore.type": "PEM",
        f"{name}.truststore.location": str(folder / "ca.pem"),
    }


def _jaas(mechanism: str, module: str) -> dict[str, str | int]:
    return {f"listener.name.login.{mechanism}.sasl.jaas.config": f"{_MODULES}.{module};"}


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')

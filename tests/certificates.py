"""A certificate authority for sites on loopback."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Authority:
    """A certificate authority of this test, in `path` as PEM."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.path = folder / "authority.pem"
        made = self._build("Authority", self.key, "Authority", self.key, 30, is_authority=True)
        self.path.write_bytes(made.public_bytes(serialization.Encoding.PEM))

    def certificate(self, name: str, days: int, *, is_signed: bool) -> Path:
        """A server's certificate and key for a name, over so many days from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        by, signer = ("Authority", self.key) if is_signed else (name, key)
        made = self._build(name, key, by, signer, days)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path = self.folder / "server.pem"
        path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
        return path

    def _build(
        self, name: str, key: Any, by: str, signer: Any, days: int, *, is_authority: bool = False
    ) -> x509.Certificate:
        def named(text: str) -> x509.Name:
            return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

        end = datetime.now(UTC) + timedelta(days=days)
        return (
            x509.CertificateBuilder()
            .subject_name(named(name))
            .issuer_name(named(by))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(end - timedelta(days=60))
            .not_valid_after(end)
            .add_extension(
                x509.SubjectAlternativeName([x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
                if name == "localhost"
                else x509.SubjectAlternativeName([x509.DNSName(name)]),
                critical=False,
            )
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .sign(signer, hashes.SHA256())
        )

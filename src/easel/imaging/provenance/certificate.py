"""The signing identity: the operator's certificate and key, or a local pair created on first use.

A local pair proves that an image is unchanged since it left this installation; it does not say who runs it, and other
tools report an unknown issuer. Requirements on certificates: C2PA specification 2, section on X.509 certificates.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from easel.kit.ids import new_id

_CHAIN, _KEY = "certificate.pem", "key.pem"
_YEARS = 10


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate chain and its private key, both PEM."""

    chain: str
    key: str = field(repr=False)


def identity(chain: Path | None, key: Path | None, folder: Path) -> Identity:
    """The operator's identity, or the local one in `folder`; raises OSError."""
    if chain and key:
        return Identity(chain.read_text(), key.read_text())
    if (local := kept(folder)) is None:
        local = made()
        keep(local, folder)
    return local


def kept(folder: Path) -> Identity | None:
    """The local identity; None when there is none yet."""
    if not (folder / _CHAIN).exists():
        return None
    return Identity((folder / _CHAIN).read_text(), (folder / _KEY).read_text())


def local_root(folder: Path) -> str | None:
    """The last certificate of the local chain, the trust anchor of its signatures; None when there is none yet."""
    if not (folder / _CHAIN).exists():
        return None
    begin = "-----BEGIN CERTIFICATE-----"
    return begin + (folder / _CHAIN).read_text().rsplit(begin, 1)[1]


def keep(one: Identity, folder: Path) -> None:
    """Both files or none: the key first, each moved into place atomically."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, text in ((_KEY, one.key), (_CHAIN, one.chain)):
        waiting = folder / f"{name}.{new_id()}"
        waiting.touch(mode=0o600)
        waiting.write_text(text)
        waiting.replace(folder / name)


def made() -> Identity:
    """A new local identity."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    now = datetime.now(UTC) - timedelta(days=1)

    def name(common: str) -> x509.Name:
        organisation = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "A local Easel installation")
        return x509.Name([organisation, x509.NameAttribute(NameOID.COMMON_NAME, common)])

    def usage(*, signs: bool) -> x509.KeyUsage:
        return x509.KeyUsage(
            digital_signature=signs,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=not signs,
            crl_sign=not signs,
            encipher_only=False,
            decipher_only=False,
        )

    def certificate(common: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(name(common))
            .issuer_name(name("Local root"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now)
            .not_valid_after(now + timedelta(days=365 * _YEARS))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), critical=False)
        )

    root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_certificate = (
        certificate("Local root", root)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(signs=False), critical=True)
        .sign(root, hashes.SHA256())
    )
    leaf_certificate = (
        certificate("Images", leaf)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(signs=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .sign(root, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    chain = leaf_certificate.public_bytes(pem) + root_certificate.public_bytes(pem)
    private = leaf.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Identity(chain.decode(), private.decode())

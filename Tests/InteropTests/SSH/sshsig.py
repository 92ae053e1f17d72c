"""Makes signatures of a file from openssh's PROTOCOL.sshsig and PROTOCOL.u2f alone, good and odd ones.

Usage: sshsig.py key         prints a private key as ssh-keygen reads it, always the same
       sshsig.py NAMESPACE FILE   prints a JSON object, name to {"key": TYPE BASE64, "signature": ARMORED}
ssh-keygen -Y verify accepts every one of them. Needs python3-nacl and python3-cryptography.
"""
import base64
import hashlib
import json
import struct
import sys

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from nacl import bindings

ORDER = 2**252 + 27742317777372353535851937790883648493
IDENTITY = bytes([1]) + bytes(31)
OF_ORDER_EIGHT = bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")
SEED = hashlib.sha256(b"coldmint's tests").digest()


def string(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value


def scalar(value: int) -> bytes:
    return (value % ORDER).to_bytes(32, "little")


def times_base(value: int) -> bytes:
    if value % ORDER == 0:
        return IDENTITY
    return bindings.crypto_scalarmult_ed25519_base_noclamp(scalar(value))


secret = int.from_bytes(hashlib.sha512(SEED).digest()[:32], "little") & ~7 & ((1 << 254) - 1) | 1 << 254
public = bindings.crypto_sign_seed_keypair(SEED)[0]


def sign(message: bytes, key=public, nonce=None, multiple_of=1) -> bytes:
    """RFC 8032, section 5.1.6, for any key and nonce, until the challenge is a multiple."""
    own = secret if key != IDENTITY else 0
    while True:
        if nonce is None:
            attempt = hashlib.sha512(struct.pack(">I", sign.count) + message).digest()
            sign.count += 1
            number = int.from_bytes(attempt, "little")
        else:
            number = nonce
        point = times_base(number)
        challenge = int.from_bytes(hashlib.sha512(point + key + message).digest(), "little") % ORDER
        if challenge % multiple_of == 0:
            return point + scalar(number + challenge * own)


sign.count = 0


class Form:
    """How a signature is written; what is not said is as ssh-keygen does it."""

    def __init__(self, **changes):
        self.version = 1
        self.hash = "sha512"
        self.reserved = b""
        self.application = None
        self.flags = 1
        self.counter = 7
        self.key = public
        self.sign = sign
        self.after = {}
        self.adds_order = False
        vars(self).update(changes)

    def zero(self, field: str) -> bytes:
        return b"\0" if field in self.after else b""

    def written(self, namespace: bytes, file: bytes) -> dict:
        type_name = b"ssh-ed25519" if self.application is None else b"sk-ssh-ed25519@openssh.com"
        digest = hashlib.new(self.hash, file).digest()
        text = b"SSHSIG" + b"".join(
            map(string, [namespace, b"", self.hash.encode(), digest]))
        application = b""
        presence = b""
        if self.application is not None:
            presence = struct.pack(">BI", self.flags, self.counter)
            text = hashlib.sha256(self.application).digest() + presence + hashlib.sha256(text).digest()
            application = string(self.application + self.zero("application"))
        signature = self.sign(text)
        if self.adds_order:
            value = int.from_bytes(signature[32:], "little") + ORDER
            signature = signature[:32] + value.to_bytes(32, "little")
        inner = string(type_name + self.zero("signature type")) + string(signature) + presence
        blob = b"SSHSIG" + struct.pack(">I", self.version) + b"".join(map(string, [
            string(type_name + self.zero("key type")) + string(self.key) + application,
            namespace + self.zero("namespace"), self.reserved,
            self.hash.encode() + self.zero("hash"), inner]))
        text = base64.b64encode(blob).decode()
        lines = [text[start:start + 70] for start in range(0, len(text), 70)]
        own = string(type_name) + string(self.key) + (
            string(self.application) if self.application is not None else b"")
        return {
            "key": f"{type_name.decode()} {base64.b64encode(own).decode()}",
            "signature": "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines,
                                    "-----END SSH SIGNATURE-----", ""]),
        }


mixed = bindings.crypto_core_ed25519_add(public, OF_ORDER_EIGHT)
FORMS = {
    "plain": Form(),
    "plain sha256": Form(hash="sha256"),
    "security key": Form(application=b"ssh:"),
    "security key sha256": Form(application=b"ssh:", hash="sha256"),
    "security key with a PIN": Form(application=b"ssh:", flags=5),
    "security key that has signed often": Form(application=b"ssh:", counter=0xFFFFFFFE),
    "security key of another application": Form(application=b"ssh:work"),
    "security key without application": Form(application=b""),
    "untouched": Form(application=b"ssh:", flags=0),
    "untouched with a PIN": Form(application=b"ssh:", flags=4),
    "version 0": Form(version=0),
    "reserved": Form(reserved=b"tag"),
    "S + L": Form(adds_order=True),
    "S + L of a security key": Form(application=b"ssh:", adds_order=True),
    "small R": Form(sign=lambda text: sign(text, nonce=0)),
    "small key": Form(key=IDENTITY, sign=lambda text: sign(text, key=IDENTITY)),
    "mixed key": Form(key=mixed, sign=lambda text: sign(text, key=mixed, multiple_of=8)),
    "zero after key type": Form(after={"key type"}),
    "zero after namespace": Form(after={"namespace"}),
    "zero after hash": Form(after={"hash"}),
    "zero after signature type": Form(after={"signature type"}),
    "zero after application": Form(application=b"ssh:", after={"application"}),
}

if sys.argv[1:] == ["key"]:
    key = Ed25519PrivateKey.from_private_bytes(SEED)
    sys.stdout.write(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH,
        serialization.NoEncryption()).decode())
else:
    namespace, path = sys.argv[1:]
    with open(path, "rb") as file:
        content = file.read()
    made = {name: form.written(namespace.encode(), content) for name, form in FORMS.items()}
    json.dump(made, sys.stdout)

"""Signatures as `ssh-keygen -Y sign` makes them (PROTOCOL.sshsig), thousands of them in a second."""

import base64
import hashlib
import struct
import subprocess
import tempfile
from pathlib import Path

from nacl.signing import SigningKey


def string(content):
    return struct.pack(">I", len(content)) + content


class Signer:
    """A person with a new key."""

    TYPE = b"ssh-ed25519"

    def __init__(self, name, namespace):
        self.name, self.namespace = name, namespace
        self.key = SigningKey.generate()
        self.public = string(self.TYPE) + string(bytes(self.key.verify_key))

    def line(self):
        """The person's line in a file of `allowed_signers`."""
        return f"{self.name} {self.TYPE.decode()} {base64.b64encode(self.public).decode()}\n"

    def sign(self, content):
        """What `x.sig` holds beside `x`."""
        covered = string(self.namespace.encode()) + string(b"") + string(b"sha512")
        digest = string(hashlib.sha512(content).digest())
        signature = self.key.sign(b"SSHSIG" + covered + digest).signature
        blob = (b"SSHSIG" + struct.pack(">I", 1) + string(self.public) + covered
                + string(string(self.TYPE) + string(signature)))
        text = base64.b64encode(blob).decode()
        lines = "".join(text[at:at + 70] + "\n" for at in range(0, len(text), 70))
        return f"-----BEGIN SSH SIGNATURE-----\n{lines}-----END SSH SIGNATURE-----\n"

    def check(self, content):
        """Lets ssh-keygen verify a signature; fails where it does not."""
        with tempfile.TemporaryDirectory() as folder:
            signers, signature = Path(folder, "signers"), Path(folder, "x.sig")
            signers.write_text(self.line())
            signature.write_text(self.sign(content))
            subprocess.run(
                ["ssh-keygen", "-Y", "verify", "-f", signers, "-I", self.name, "-n",
                 self.namespace, "-s", signature],
                input=content, check=True, stdout=subprocess.DEVNULL)

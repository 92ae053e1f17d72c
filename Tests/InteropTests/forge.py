"""Makes tokens that no verifier may accept out of a good one and the private key that signed it.

Usage: forge.py PRIVATE-KEY-PEM PUBLIC-KEY-PEM < GOOD-TOKEN; prints a JSON object, name to token.
Needs python3-jwt and python3-cryptography.
"""
import base64
import hashlib
import hmac
import json
import re
import sys
import time

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def encode_json(value) -> str:
    return encode(json.dumps(value, separators=(",", ":")).encode())


def flipped(text: str) -> str:
    """Another letter first: one that differs in a bit that counts."""
    return ("B" if text[0] == "A" else "A") + text[1:]


private_key = load_pem_private_key(open(sys.argv[1], "rb").read(), None)
public_pem = open(sys.argv[2], "rb").read()
good = sys.stdin.read()
header, claims, signature = good.split(".")
kid = jwt.get_unverified_header(good)["kid"]
now = int(time.time())


def signed(key=private_key, **changes) -> str:
    changed = {**jwt.decode(good, options={"verify_signature": False}), **changes}
    return jwt.encode(changed, key, algorithm="EdDSA", headers={"kid": kid})


hs256 = encode_json({"alg": "HS256", "kid": kid, "typ": "JWT"}) + "." + claims
payload = base64.urlsafe_b64decode(claims + "==").replace(b'"seats":25', b'"seats":29')
endless = re.sub(rb'"exp":[0-9]+,', b"", base64.urlsafe_b64decode(claims + "=="))
print(
    json.dumps(
        {
            "signature altered": f"{header}.{claims}.{flipped(signature)}",
            "one bit of the payload altered": f"{header}.{encode(payload)}.{signature}",
            "signature missing": f"{header}.{claims}.",
            "for another audience": signed(aud=["other"]),
            "of another issuer": signed(iss="https://elsewhere.example.com"),
            "expired": signed(exp=now - 3600),
            "expired, and signed by another key": signed(
                Ed25519PrivateKey.generate(), exp=now - 3600
            ),
            "its end taken out": f"{header}.{encode(endless)}.{signature}",
            "not yet valid": signed(nbf=now + 3600),
            "signed by another key": signed(Ed25519PrivateKey.generate()),
            "not signed at all": encode_json({"alg": "none", "kid": kid}) + f".{claims}.",
            "signed with the public key as a password": hs256
            + "."
            + encode(hmac.digest(public_pem, hs256.encode(), hashlib.sha256)),
            "no token": "license",
            "empty": "",
        }
    )
)

#!/usr/bin/env python3
"""Makes token.jwt from a fixed key, request and time, with other code than Coldmint's.

Needs python3-cryptography. The result is committed; run this again only to see that it is right.
"""
import base64
import hashlib
import pathlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


# The key of RFC 8037, appendix A.1.
key = Ed25519PrivateKey.from_private_bytes(
    bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
)
x = base64url(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
kid = base64url(hashlib.sha256(b'{"crv":"Ed25519","kty":"OKP","x":"%s"}' % x.encode()).digest())
header = '{"alg":"EdDSA","kid":"%s","typ":"JWT"}' % kid
claims = (
    '{"iss":"https://licenses.example.com","sub":"0193a1b2-c3d4-7ef0-8123-456789abcdef",'
    '"aud":["license-key"],"iat":1796083200,"nbf":1796083200,"exp":1827619200,'
    '"seats":25,"ratio":1.10,"big":1e2,"max":9007199254740991,"caf\\u00e9":"\\u00e9",'
    '"nested":{"a":[1,{"exp":true}]},"modules":["analytics","reporting"]}'
)
signed = base64url(header.encode()) + "." + base64url(claims.encode())
token = signed + "." + base64url(key.sign(signed.encode()))
pathlib.Path(__file__).with_name("token.jwt").write_text(token)

#!/usr/bin/env python3
"""Makes vectors.json, public-key.pem, jwks.json and odd-jwks.json beside itself. Needs python3-cryptography.

Two runs make the same files, since the private keys come from fixed seeds that anybody can read
here: they are test keys, and nothing that they sign is a license of anything.
"""
import base64
import hashlib
import hmac
import json
import pathlib

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

FOLDER = pathlib.Path(__file__).parent
ISSUER = "https://licenses.example.com"
AUDIENCE = "license-key"
LEEWAY = 300
DAY = 86400
RELEASED = 1796083200  # 2026-12-01
NOW = 1800000000  # 2027-01-15T08:00:00Z

START = 1796083200  # 2026-12-01
END = 1827619200  # 2027-12-01
NOTICE = END - 30 * DAY
GRACE_END = END + 14 * DAY


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


class TestKey:
    def __init__(self, name):
        seed = hashlib.sha256(f"Coldmint test vectors: {name}".encode()).digest()
        self.private = Ed25519PrivateKey.from_private_bytes(seed)
        self.raw = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.x = base64url(self.raw)
        # The thumbprint of RFC 8037, appendix A.3.
        thumbprint = compact({"crv": "Ed25519", "kty": "OKP", "x": self.x})
        self.kid = base64url(hashlib.sha256(thumbprint.encode()).digest())

    @property
    def pem(self):
        return self.private.public_key().public_bytes(
            Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
        )

    @property
    def jwk(self):
        return {
            "kty": "OKP", "crv": "Ed25519", "x": self.x,
            "kid": self.kid, "use": "sig", "alg": "EdDSA",
        }  # fmt: skip


first, second, stranger = TestKey("first"), TestKey("second"), TestKey("stranger")
third = TestKey("third")


def foreign_jwks():
    """Entries that a program has to pass over: other curves, and a type that nobody knows yet."""
    scalar = int.from_bytes(hashlib.sha256(b"Coldmint test vectors: P-256").digest(), "big")
    point = derive_private_key(scalar, SECP256R1()).public_key().public_numbers()
    agreement = X25519PrivateKey.from_private_bytes(bytes(range(32))).public_key()
    return [
        {
            "kty": "EC", "crv": "P-256", "x": base64url(point.x.to_bytes(32, "big")),
            "y": base64url(point.y.to_bytes(32, "big")), "kid": "p-256", "use": "sig",
            "alg": "ES256",
        },
        {
            "kty": "OKP", "crv": "X25519", "kid": "x25519", "use": "enc",
            "x": base64url(agreement.public_bytes(Encoding.Raw, PublicFormat.Raw)),
        },
        {"kty": "TEST", "kid": "unknown-type", "data": {"of": ["another", "kind"]}},
    ]  # fmt: skip


def license_id(number):
    """A UUIDv7 (RFC 9562, section 5.7) of the term's first second."""
    time = (START * 1000).to_bytes(6, "big").hex()
    rest = hashlib.sha256(f"Coldmint test vectors: license {number}".encode()).hexdigest()
    return f"{time[:8]}-{time[8:]}-7{rest[:3]}-8{rest[3:6]}-{rest[6:18]}"


ID, OTHER_ID, WITHDRAWN_ID = license_id(1), license_id(2), license_id(3)
ALSO_WITHDRAWN_ID = license_id(4)
PAYLOAD = {"seats": 25, "plan": "pro"}
ABSENT = object()


def claims(payload=PAYLOAD, **changes):
    """The claims in Coldmint's order; one that is ABSENT is left out."""
    all_claims = {
        "iss": ISSUER, "sub": ID, "aud": [AUDIENCE], "iat": START, "nbf": START, "exp": END,
        "license_expires": ABSENT, "license_notice": ABSENT, "license_maintained": ABSENT,
        **changes, **payload,
    }  # fmt: skip
    return {name: value for name, value in all_claims.items() if value is not ABSENT}


def header(key=first, **changes):
    """Coldmint's header; a member that is ABSENT is left out."""
    members = {"alg": "EdDSA", "kid": key.kid, "typ": "JWT", **changes}
    return {name: value for name, value in members.items() if value is not ABSENT}


def parts(of_header, of_claims):
    """The signed part of a token; each half is a value, or the exact text of one."""
    texts = [
        half if isinstance(half, str) else compact(half) for half in (of_header, of_claims)
    ]
    return ".".join(base64url(text.encode()) for text in texts)


def sign(signed, key=first):
    """The token whose first two parts are these, whatever they may be."""
    return f"{signed}.{base64url(key.private.sign(signed.encode()))}"


def token(key=first, head=None, **changes):
    return sign(parts(head or header(key), claims(**changes)), key)


def raw_token(text, head=None):
    """Claims given as text."""
    return sign(parts(head or header(), text))


def hs256(secret):
    signed = parts(header(alg="HS256"), claims())
    return f"{signed}.{base64url(hmac.digest(secret, signed.encode(), hashlib.sha256))}"


def signature_of(text):
    return base64.urlsafe_b64decode(text.rsplit(".", 1)[1] + "==")


def with_signature(text, signature):
    return f"{text.rsplit('.', 1)[0]}.{base64url(signature)}"


def malleable(text):
    """The same signature with the group's order added to S (RFC 8032, section 5.1.7)."""
    order = 2**252 + 27742317777372353535851937790883648493
    signature = signature_of(text)
    scalar = int.from_bytes(signature[32:], "little") + order
    return with_signature(text, signature[:32] + scalar.to_bytes(32, "little"))


def flipped(text, index):
    """One bit of a part's letter altered that counts: the first of its six."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    letter = alphabet[alphabet.index(text[index]) ^ 32]
    return text[:index] + letter + text[index + 1 :]


vectors = []


def add(name, about, text, state, *, id=ID, **settings):
    vector = {"name": name, "about": about, "text": text, "keys": "public-key.pem"}
    vector |= {"perpetual": False} | settings | {"state": state}
    if state != "invalid":
        vector["id"] = id
    assert name not in [other["name"] for other in vectors], name
    vectors.append(vector)


good = token()
graced = token(exp=GRACE_END, license_expires=END)
noticed = token(license_notice=NOTICE)
full = token(
    exp=GRACE_END, license_expires=END, license_notice=NOTICE, license_maintained=END
)
endless = token(exp=ABSENT)
over = token(exp=NOW - DAY)
early = token(nbf=NOW + DAY)
withdrawn = token(sub=WITHDRAWN_ID)

# States, and the seconds at which they begin.
add("valid", "A license like any other.", good, "valid")
add("valid-with-all-claims", "Grace, notice and maintenance are still to come.", full, "valid")
add("nbf-first-second-within-leeway", "The clock may be five minutes slow.", good, "valid",
    now=START - LEEWAY)
add("nbf-last-second-before-leeway", "One second more is too early.", good, "not-yet",
    now=START - LEEWAY - 1)
add("nbf-itself", "The term's first second.", good, "valid", now=START)
add("exp-itself-within-leeway", "The clock may be fast.", good, "valid", now=END)
add("exp-last-second-within-leeway", "The last second of the tolerance.", good, "valid",
    now=END + LEEWAY - 1)
add("exp-first-second-after-leeway", "The license is over.", good, "expired", now=END + LEEWAY)
add("exp-far-behind", "The license was over years ago.", good, "expired", now=END + 3650 * DAY)
add("notice-last-second-before", "Notice has no tolerance.", noticed, "valid", now=NOTICE - 1)
add("notice-first-second", "Reminders begin.", noticed, "ends-soon", now=NOTICE)
add("notice-within-leeway-of-exp", "It lasts until the license is over.", noticed, "ends-soon",
    now=END + LEEWAY - 1)
add("notice-after-exp", "The end is stronger than notice.", noticed, "expired", now=END + LEEWAY)
add("grace-last-second-before", "Grace has no tolerance.", graced, "valid", now=END - 1)
add("grace-first-second", "The term is over, the license is not.", graced, "grace", now=END)
add("grace-last-second-within-leeway", "The last second of grace and tolerance.", graced,
    "grace", now=GRACE_END + LEEWAY - 1)
add("grace-over", "Grace is over.", graced, "expired", now=GRACE_END + LEEWAY)
add("grace-of-no-days", "The term's end is exp; the tolerance is grace then.",
    token(license_expires=END), "grace", now=END + LEEWAY - 1)
add("notice-before-grace", "Both are claimed, notice has begun.", full, "ends-soon",
    now=END - 1)
add("grace-after-notice", "Both have begun: grace is the stronger.", full, "grace", now=END)
add("maintained-until-the-release", "A version of the last day is covered.",
    token(license_maintained=RELEASED), "valid")
add("maintained-until-before-the-release", "The version came out a second too late.",
    token(license_maintained=RELEASED - 1), "not-covered")
add("maintenance-over-but-covered", "Maintenance is over, and this version is older than that.",
    token(license_maintained=NOW - DAY), "valid")
add("maintenance-has-no-tolerance", "Leeway is for clocks, not for releases.",
    token(license_maintained=RELEASED - LEEWAY), "not-covered")
add("not-covered-and-in-grace", "Coverage comes before grace.",
    token(exp=GRACE_END, license_expires=END, license_maintained=RELEASED - 1), "not-covered",
    now=END)
add("not-covered-and-expired", "The end comes before coverage.",
    token(license_maintained=RELEASED - 1), "expired", now=END + LEEWAY)
add("not-covered-and-not-yet", "Coverage comes before the beginning.",
    token(nbf=NOW + DAY, license_maintained=RELEASED - 1), "not-covered")
add("not-yet-and-in-notice", "A short license whose notice began before it does.",
    token(nbf=NOW + DAY, exp=NOW + 9 * DAY, license_notice=NOW - DAY), "not-yet")
add("expired-before-it-begins", "Whoever made it made a mistake: the end counts.",
    token(nbf=NOW + DAY, exp=NOW - DAY), "expired")
add("withdrawn", "Its id is in the list.", withdrawn, "withdrawn", id=WITHDRAWN_ID)
add("withdrawn-second-of-the-list", "So is this one's.", token(sub=ALSO_WITHDRAWN_ID),
    "withdrawn", id=ALSO_WITHDRAWN_ID)
add("withdrawn-and-expired", "Withdrawal comes before the end.",
    token(sub=WITHDRAWN_ID, exp=NOW - DAY), "withdrawn", id=WITHDRAWN_ID)
add("withdrawn-and-forged", "Nothing is believed of a token whose signature is wrong.",
    flipped(withdrawn, -86), "invalid")

# Licenses without an end.
add("perpetual-permitted", "No exp, and the application means that to be.", endless, "valid",
    perpetual=True, now=END + 36500 * DAY)
add("perpetual-not-permitted", "No exp, and the application knows of no such license.", endless,
    "invalid")
add("perpetual-permitted-but-ends", "Where it is permitted, an end still counts.", over,
    "expired", perpetual=True)
add("perpetual-not-covered", "Maintenance bounds a license without an end, too.",
    token(exp=ABSENT, license_maintained=RELEASED - 1), "not-covered", perpetual=True)
add("perpetual-not-yet", "It has a beginning.", token(exp=ABSENT, nbf=NOW + DAY), "not-yet",
    perpetual=True)
add("end-taken-out", "The signature is of the claims with exp.",
    f"{endless.rsplit('.', 1)[0]}.{good.rsplit('.', 1)[1]}", "invalid", perpetual=True)

# White space, and several tokens.
add("trailing-newline", "A file ends with a line feed.", good + "\n", "valid")
add("white-space-around", "Spaces, tabs and line ends around it.", f" \t\r\n{good}\r\n\t \n",
    "valid")
add("byte-order-mark", "An editor has put U+FEFF at the beginning.", f"\ufeff{good}\r\n",
    "valid")
add("byte-order-mark-alone", "There is no license.", "\ufeff", "invalid")
add("empty", "There is no license.", "", "invalid")
add("white-space-alone", "There is no license.", " \r\n\t\n", "invalid")
renewal = token(sub=OTHER_ID, nbf=END, exp=END + 365 * DAY)
add("present-and-renewal", "The renewal's term has not begun.", f"{good}\n{renewal}\n", "valid")
add("present-and-renewal-a-year-later", "The renewal's has, and the other is over.",
    f"{good}\n{renewal}\n", "valid", id=OTHER_ID, now=END + DAY)
add("renewal-first", "The order in the text does not matter.", f"{renewal}\r\n{good}\r\n",
    "valid")
longer = token(sub=OTHER_ID, exp=END + DAY)
add("two-valid-later-end", "Among equals the later end of term wins.", f"{good} {longer}",
    "valid", id=OTHER_ID)
add("two-valid-later-end-first", "So it does where it comes first.", f"{longer} {good}",
    "valid", id=OTHER_ID)
add("two-valid-same-end", "The same end: the first in the text wins.",
    f"{token(sub=OTHER_ID)}\t{good}", "valid", id=OTHER_ID)
add("two-valid-one-with-grace", "The end of term counts, not that of grace.",
    f"{token(sub=OTHER_ID, exp=END + 99 * DAY, license_expires=END)} "
    f"{token(exp=END + DAY)}", "valid")
add("two-valid-one-endless", "No end is the latest of all.",
    f"{good}\n{token(sub=OTHER_ID, exp=ABSENT)}", "valid", id=OTHER_ID, perpetual=True)
add("valid-before-ends-soon", "The better state wins, whatever the ends.",
    f"{token(sub=OTHER_ID, exp=END + DAY, license_notice=NOW)}\n{good}", "valid")
add("ends-soon-before-grace", "The better state wins, whatever the ends.",
    f"{token(sub=OTHER_ID, exp=GRACE_END, license_expires=NOW)}\n"
    f"{token(license_notice=NOW)}", "ends-soon")
add("grace-before-not-yet", "The next license has not begun, the last one is in grace.",
    f"{token(sub=OTHER_ID, nbf=NOW + DAY)}\n{token(license_expires=NOW - DAY)}", "grace")
add("not-yet-before-not-covered", "What will hold is better than what does not.",
    f"{token(sub=OTHER_ID, license_maintained=RELEASED - 1)}\n{early}", "not-yet")
add("not-covered-before-expired", "An older version would run with it.",
    f"{token(sub=OTHER_ID, exp=NOW - DAY)}\n{token(license_maintained=RELEASED - 1)}",
    "not-covered")
add("expired-before-withdrawn", "It was all right once.",
    f"{withdrawn}\n{over}", "expired")
add("withdrawn-before-invalid", "It is authentic at least.", f"nonsense\n{withdrawn}",
    "withdrawn", id=WITHDRAWN_ID)
add("expired-and-valid", "The old license still stands before the new one.", f"{over}\n{good}",
    "valid")
add("two-expired", "The one that ended last.",
    f"{token(sub=OTHER_ID, exp=NOW - 9 * DAY)}\n{over}", "expired")
add("withdrawn-and-valid", "A license was replaced, and both are there.",
    f"{withdrawn}\n{good}", "valid")
add("garbage-and-valid", "Words around it do no harm.", f"The license: {good} (thanks)",
    "valid")
add("forged-and-valid", "Neither does a forged token before it.",
    f"{token(key=stranger, head=header(), exp=END + DAY, sub=OTHER_ID)}\n{good}", "valid")
add("two-invalid", "Nothing in it is a license.", f"nonsense\n{flipped(good, -86)}", "invalid")
half = len(good) // 2
add("broken-over-two-lines", "A token has no white space in it.",
    f"{good[:half]}\n{good[half:]}", "invalid")
add("no-break-space", "U+00A0 separates nothing.", f"{good}\u00a0{good}", "invalid")

# Keys.
add("set-first-key", "The key set has the key of the token's kid.", good, "valid",
    keys="jwks.json")
add("set-second-key", "It has the next key, too.", token(key=second), "valid",
    keys="jwks.json")
add("set-both-keys", "Each token is of its own key.",
    f"{over}\n{token(key=second, sub=OTHER_ID)}", "valid", id=OTHER_ID, keys="jwks.json")
add("set-key-unknown", "No key of the set has this kid.", token(key=stranger), "invalid",
    keys="jwks.json")
add("set-kid-of-another-key", "The kid's key did not sign it, another of the set did.",
    token(key=second, head=header(first)), "invalid", keys="jwks.json")
add("set-kid-missing", "Without kid there is no key.", token(head=header(kid=ABSENT)),
    "invalid", keys="jwks.json")
add("set-kid-null", "A kid that is no text is none.", token(head=header(kid=None)), "invalid",
    keys="jwks.json")
add("set-kid-of-foreign-curve", "The kid is of an entry that is for key agreement.",
    token(head=header(kid="x25519")), "invalid", keys="jwks.json")
add("set-kid-of-foreign-type", "The kid is of an entry that is for ES256.",
    token(head=header(kid="p-256")), "invalid", keys="jwks.json")
add("pem-kid-of-another-key", "With one key alone the kid is not looked at.",
    token(head=header(kid="another")), "valid")
add("pem-kid-missing", "It need not be there.", token(head=header(kid=ABSENT)), "valid")
add("pem-next-key", "The token of another key, and only the first is known.",
    token(key=second), "invalid")
add("key-in-the-header", "A token cannot bring its own key.",
    token(key=stranger, head=header(first, jwk=stranger.jwk)), "invalid")

# Claims.
add("aud-text", "One text is as good as an array.", token(aud=AUDIENCE), "valid")
add("aud-among-others", "The array may have more.", token(aud=["other", AUDIENCE]), "valid")
add("aud-wrong", "It is for something else.", token(aud=["other"]), "invalid")
add("aud-wrong-text", "So it is as one text.", token(aud="other"), "invalid")
add("aud-text-that-contains-it", "A part of a text is not the text.",
    token(aud=f"my-{AUDIENCE}s"), "invalid")
add("aud-array-that-contains-it", "Nor is a part of an element.",
    token(aud=[f"my-{AUDIENCE}s"]), "invalid")
add("aud-empty-array", "It is for nobody.", token(aud=[]), "invalid")
add("aud-object", "A member's name is no audience.", token(aud={AUDIENCE: True}), "invalid")
add("aud-absent", "It must be there.", token(aud=ABSENT), "invalid")
add("iss-wrong", "Another issuer.", token(iss="https://elsewhere.example.com"), "invalid")
add("iss-with-slash", "It is compared letter by letter.", token(iss=f"{ISSUER}/"), "invalid")
add("iss-in-capitals", "Capitals are other letters.", token(iss=ISSUER.upper()), "invalid")
add("iss-array", "It is one text.", token(iss=[ISSUER]), "invalid")
add("iss-absent", "It must be there.", token(iss=ABSENT), "invalid")
add("sub-absent", "A license has an id.", token(sub=ABSENT), "invalid")
add("sub-empty", "Nothing is no id.", token(sub=""), "invalid")
add("sub-number", "A number is no text.", token(sub=7), "invalid")
add("sub-null", "Neither is null.", token(sub=None), "invalid")
add("nbf-absent", "A license has a beginning.", token(nbf=ABSENT), "invalid")
add("nbf-text", "A text is no time, even of digits.", token(nbf=str(START)), "invalid")
add("nbf-true", "Neither is a boolean.", token(nbf=True), "invalid")
add("nbf-null", "Neither is null.", token(nbf=None), "invalid")
add("nbf-zero", "1970 is a time.", token(nbf=0), "valid")
add("nbf-fraction", "A NumericDate may have a fraction.", token(nbf=START + 0.5), "valid")
add("exp-text", "A text is no time.", token(exp=str(END)), "invalid")
add("exp-true", "Neither is a boolean.", token(exp=True), "invalid")
add("exp-null", "Null is not the same as no end.", token(exp=None), "invalid", perpetual=True)
add("exp-zero", "1970 is a time, and long over.", token(exp=0), "expired")
add("exp-zero-perpetual", "So it is where no end is permitted.", token(exp=0), "expired",
    perpetual=True)
add("exp-fraction", "A NumericDate may have a fraction.", token(exp=END + 0.5), "valid")
text_of_claims = compact(claims())
add("exp-exponent", "JSON's numbers may have an exponent.",
    raw_token(text_of_claims.replace(f'"exp":{END}', '"exp":1.8276192e9')), "valid")
add("exp-exponent-expired", "And count.",
    raw_token(text_of_claims.replace(f'"exp":{END}', '"exp":18e8')), "expired",
    now=NOW + LEEWAY)
for claim in ["license_expires", "license_notice", "license_maintained"]:
    short = claim.removeprefix("license_")
    add(f"{short}-text", "A text is no time.", token(**{claim: str(END)}), "invalid")
    add(f"{short}-null", "Null is none either.", token(**{claim: None}), "invalid")
add("expires-false", "A boolean is no time.", token(license_expires=False), "invalid")
add("expires-zero", "1970 is a time: in grace ever since.", token(license_expires=0), "grace")
add("notice-zero", "1970 is a time.", token(license_notice=0), "ends-soon")
add("maintained-zero", "1970 is a time.", token(license_maintained=0), "not-covered")
add("claim-in-capitals", "Names are compared letter by letter: Exp and EXP are not exp.",
    token(payload={"Exp": 1, "EXP": 2, "NBF": END, "License_Expires": 3}), "valid")
add("claim-nested", "Only the outermost members count.",
    token(payload={"nested": {"exp": 1, "nbf": END, "sub": "", "aud": "x"}, "list": [{"exp": 0}]}),
    "valid")
add("claim-escaped", "A name may be escaped, and is the same name.",
    raw_token(text_of_claims.replace('"exp":' + str(END), '"\\u0065xp":1796083201')), "expired")
add("claim-in-a-text", "What looks like a claim inside a text is none.",
    token(payload={"note": '","exp":1,"sub":"forged'}), "valid")
add("claims-in-another-order", "JSON's members have no order.",
    raw_token(compact(dict(reversed(claims().items())))), "valid")
add("claims-with-white-space", "JSON may have white space.",
    raw_token(json.dumps(claims(), indent=2)), "valid")
add("payload-of-all-kinds", "The vendor's own claims may be anything.",
    token(payload={
        "seats": 9007199254740991, "plan": "pro", "ratio": 1.5, "trial": False, "none": None,
        "Größe": "Zürich, Łódź, 東京, \U0001f511", "modules": ["analytics", "reporting"],
        "nested": {"a": [1, {"b": {}}], "c": []}, "": "a name may be empty",
    }), "valid")  # fmt: skip
add("payload-empty", "There need not be any.", token(payload={}), "valid")
add("payload-escaped", "Escapes of all kinds.",
    raw_token(text_of_claims.replace("pro", '\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\udd11')),
    "valid")
add("payload-long", "A license may be long: its note has 20,000 letters.",
    token(payload={"note": "long " * 4000}), "valid")

# Algorithms and headers.
unsigned = parts(header(alg="none"), claims())
add("alg-none", "Nobody signed it.", f"{unsigned}.", "invalid")
add("alg-none-signed", "A good signature does not make none an algorithm.", sign(unsigned),
    "invalid")
add("alg-hs256-pem", "The public key's text as a password.", hs256(first.pem), "invalid")
add("alg-hs256-raw", "The public key's bytes as a password.", hs256(first.raw), "invalid")
add("alg-hs256-set", "The same with a key set.", hs256(first.raw), "invalid", keys="jwks.json")
add("alg-ed25519", "RFC 9864's name for the same; Coldmint writes EdDSA.",
    token(head=header(alg="Ed25519")), "invalid")
add("alg-in-lower-case", "Names of algorithms are compared letter by letter.",
    token(head=header(alg="eddsa")), "invalid")
add("alg-absent", "It must be there.", token(head=header(alg=ABSENT)), "invalid")
add("alg-null", "It must be a text.", token(head=header(alg=None)), "invalid")
add("alg-array", "It must be one text.", token(head=header(alg=["EdDSA"])), "invalid")
add("crit", "Nothing that is critical is understood.",
    token(head=header(crit=["exp"], exp=END)), "invalid")
add("crit-b64", "Nor is RFC 7797.", token(head=header(crit=["b64"], b64=True)), "invalid")
add("crit-empty", "RFC 7515 forbids an empty list.", token(head=header(crit=[])), "invalid")
add("typ-absent", "It need not be there.", token(head=header(typ=ABSENT)), "valid")
add("header-with-white-space", "JSON may have white space, in the header too.",
    raw_token(text_of_claims, head=json.dumps(header(), indent=1)), "valid")
add("header-array", "The header is an object.", raw_token(text_of_claims, head='["EdDSA"]'),
    "invalid")
add("header-text", "A text is no object.", raw_token(text_of_claims, head='"EdDSA"'), "invalid")
add("header-not-json", "The header is JSON.", raw_token(text_of_claims, head="alg=EdDSA"),
    "invalid")

# Signatures.
add("signature-altered", "One bit of R.", flipped(good, -86), "invalid")
add("signature-altered-scalar", "One bit of S.", flipped(good, -43), "invalid")
altered = token(payload={"seats": 2500, "plan": "pro"}).split(".")[1]
good_header, good_claims, good_signature = good.split(".")
add("claims-altered", "More seats under the same signature.",
    f"{good_header}.{altered}.{good_signature}", "invalid")
add("header-altered", "Another typ under the same signature.",
    f"{parts(header(typ='jwt'), claims()).split('.')[0]}.{good_claims}.{good_signature}",
    "invalid")
add("signed-by-a-stranger", "The kid is ours, the key is not.",
    token(key=stranger, head=header(first)), "invalid")
add("halves-swapped", "The claims of one license, the signature of another.",
    f"{longer.rsplit('.', 1)[0]}.{good_signature}\n{good.rsplit('.', 1)[0]}."
    f"{longer.rsplit('.', 1)[1]}", "invalid")
add("signature-of-the-claims-alone", "The header is signed, too.",
    f"{good_header}.{good_claims}."
    f"{base64url(first.private.sign(compact(claims()).encode()))}", "invalid")
add("signature-malleable", "S must be less than the group's order.", malleable(good), "invalid")
add("signature-short", "63 bytes.", with_signature(good, signature_of(good)[:63]), "invalid")
add("signature-long", "65 bytes.", with_signature(good, signature_of(good) + b"\0"), "invalid")
add("signature-zero", "64 bytes of zero.", with_signature(good, bytes(64)), "invalid")

# The form. The signatures are good where they can be.
add("letters-minus-and-underscore", "The two letters that base64url has of its own.",
    token(payload={"note": "???>>>~~~ÿÿÿ"}, head=header(kid="??>>~~??>>~~")), "valid")
plus = parts(header(), claims(payload={"note": "???>>>~~~ÿÿÿ"}))
assert "-" in plus and "_" in plus
add("letters-plus-and-slash", "Those are of another base64.",
    sign(plus.replace("-", "+").replace("_", "/")), "invalid")
add("padding-of-the-signature", "Base64url has no padding here.", f"{good}==", "invalid")
padded = [base64.urlsafe_b64encode(compact(half).encode()).decode() for half in
          (header(typ=ABSENT), claims(payload={"seats": 5}))]  # fmt: skip
assert padded[0].endswith("=") and padded[1].endswith("=")
add("padding-of-the-header", "Not even where it is signed.",
    sign(f"{padded[0]}.{padded[1].rstrip('=')}"), "invalid")
add("padding-of-the-claims", "Not even where it is signed.",
    sign(f"{padded[0].rstrip('=')}.{padded[1]}"), "invalid")
add("character-outside", "A character that no base64 has.",
    f"{good_header}.{good_claims[:40]}!{good_claims[40:]}.{good_signature}", "invalid")
add("character-outside-signed", "Not even where it is signed.",
    sign(f"{good_header}.{good_claims[:40]}*{good_claims[40:]}"), "invalid")
add("character-not-ascii", "Nor one that no ASCII has.",
    f"{good_header}.{good_claims}.{good_signature[:-1]}é", "invalid")
add("length-impossible", "One letter more, which is not even a byte.",
    f"{good}A" + "A" * ((1 - len(good_signature) - 1) % 4), "invalid")
add("parts-one", "A word.", "license", "invalid")
add("parts-two", "The signature and its dot are missing.", f"{good_header}.{good_claims}",
    "invalid")
add("parts-four", "Something stands behind it.", f"{good}.e30", "invalid")
add("parts-four-signed-claims", "Something stands between.",
    sign(f"{good_header}.{good_claims}.e30"), "invalid")
add("parts-five", "As many as an encrypted token has.", f"{good}.e30.e30", "invalid")
add("part-empty-header", "A part is empty.", sign(f".{good_claims}"), "invalid")
add("part-empty-claims", "A part is empty.", sign(f"{good_header}."), "invalid")
add("part-empty-signature", "A part is empty.", f"{good_header}.{good_claims}.", "invalid")
add("parts-all-empty", "Two dots.", "..", "invalid")
add("claims-array", "The claims are an object.", raw_token(f"[{text_of_claims}]"), "invalid")
add("claims-number", "A number is none.", raw_token("7"), "invalid")
add("claims-null", "Null is none.", raw_token("null"), "invalid")
add("claims-not-json", "The claims are JSON.", raw_token("iss=" + ISSUER), "invalid")
add("claims-cut-off", "The object must end.", raw_token(text_of_claims[:-1]), "invalid")
add("claims-twice", "Nothing may follow it.", raw_token(text_of_claims * 2), "invalid")
add("json-serialization", "The other form of RFC 7515 is none of a license.",
    compact({"payload": good_claims, "signatures": [
        {"protected": good_header, "signature": good_signature}]}), "invalid")  # fmt: skip

# Texts that some decoders take for another one, so that one license would have several.


def with_stray_bits(part):
    """The same bytes, with a bit set that the last letter does not need (RFC 4648, section 3.5)."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    assert len(part) % 4 in (2, 3)
    return part[:-1] + alphabet[alphabet.index(part[-1]) | 1]


def with_loose_end(changed, **changes):
    """Header and claims, so long that the last letter of both has bits to spare."""
    loose = claims(payload={**PAYLOAD, "note": ""}, **changes)
    while len(base64url(compact(loose).encode())) % 4 == 0:
        loose["note"] += "x"
    head = header()
    while len(base64url(compact(head).encode())) % 4 == 0:
        head["note"] = head.get("note", "") + "x"
    return sign(".".join(changed(parts(head, loose).split("."))))


add("signature-stray-bits", "Another text of the same signature.",
    f"{good_header}.{good_claims}.{with_stray_bits(good_signature)}", "invalid")
add("header-stray-bits", "A header with a bit too many, signed so.",
    with_loose_end(lambda halves: [with_stray_bits(halves[0]), halves[1]]), "invalid")
add("claims-stray-bits", "Claims with a bit too many, signed so.",
    with_loose_end(lambda halves: [halves[0], with_stray_bits(halves[1])]), "invalid")
add("claims-with-byte-order-mark", "JSON does not begin with one (RFC 8259, section 8.1).",
    raw_token("\ufeff" + text_of_claims), "invalid")
not_utf8 = base64url(text_of_claims.encode()[:-1] + b',"\xff":1}')
add("claims-not-utf-8", "JSON is UTF-8.", sign(f"{good_header}.{not_utf8}"), "invalid")
add("exp-boundless", "It overflows every number.",
    raw_token(text_of_claims.replace(str(END), "1e400")), "invalid")
add("maintained-boundless", "So does this.",
    raw_token(text_of_claims[:-1] + ',"license_maintained":1e400}'), "invalid")
add("exp-not-a-number", "NaN is no JSON.",
    raw_token(text_of_claims.replace(str(END), "NaN")), "invalid")
add("exp-infinity", "Infinity is no JSON.",
    raw_token(text_of_claims.replace(str(END), "Infinity")), "invalid")
add("aud-among-values-of-other-types", "The array may have more, of any type.",
    token(aud=[7, None, {"a": 1}, AUDIENCE]), "valid")
add("odd-set", "A set with keys whose kid is no text has a good one as well.",
    token(), "valid", keys="odd-jwks.json")
add("odd-set-kid-missing", "No kid is not the kid of a key without one.",
    token(second, head=header(second, kid=ABSENT)), "invalid", keys="odd-jwks.json")
add("odd-set-kid-null", "Nor is null.",
    token(stranger, head=header(stranger, kid=None)), "invalid", keys="odd-jwks.json")
add("odd-set-kid-number", "A kid is a text (RFC 7515, section 4.1.4).",
    token(third, head=header(third, kid=7)), "invalid", keys="odd-jwks.json")
add("odd-set-kid-text-of-a-number", "The text 7 is not the number.",
    token(third, head=header(third, kid="7")), "invalid", keys="odd-jwks.json")

settings = {
    "issuer": ISSUER, "audience": AUDIENCE, "leeway": LEEWAY, "released": RELEASED, "now": NOW,
    "withdrawn": [WITHDRAWN_ID, ALSO_WITHDRAWN_ID],
}  # fmt: skip
# One vector a line, so that a change of one is a change of one line.
lines = [f'  "{name}": {json.dumps(value)},\n' for name, value in settings.items()]
rows = ",\n".join(f"    {json.dumps(vector)}" for vector in vectors)
text = "{\n%s" % "".join(lines) + f'  "vectors": [\n{rows}\n  ]\n}}\n'
(FOLDER / "vectors.json").write_text(text)
(FOLDER / "public-key.pem").write_bytes(first.pem)
keys = [first.jwk, *foreign_jwks(), second.jwk]
(FOLDER / "jwks.json").write_text(compact({"keys": keys}) + "\n")
odd = [
    {name: value for name, value in second.jwk.items() if name != "kid"},
    {**stranger.jwk, "kid": None}, {**third.jwk, "kid": 7}, first.jwk,
]  # fmt: skip
(FOLDER / "odd-jwks.json").write_text(compact({"keys": odd}) + "\n")

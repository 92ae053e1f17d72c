#!/usr/bin/env python3
"""Measures what libraries for JWT do by default, and prints the tables of docs/verify/libraries.md.

    python3 -m venv FOLDER/venv
    FOLDER/venv/bin/pip install pyjwt jwcrypto authlib joserfc 'python-jose[cryptography]'
    FOLDER/venv/bin/python libraries.py FOLDER

The other libraries come from Debian: node-jose, python3-jwt, golang-github-golang-jwt-jwt-dev,
ruby-jwt, ruby-rbnacl, ruby-json-jwt, libcrypt-jwt-perl, librust-jsonwebtoken-dev, cargo. One that
is not there is left out, with a word on standard error.

Each library is asked in the shortest way that its documentation has: the key and the algorithm are
given, nothing else. A program of each language reads cases.tsv (name, algorithm, keys, token) and
prints its version and, a case a line, `yes` or `no` and what was said.
"""
import base64
import hashlib
import importlib.metadata
import json
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve()
AUDIENCE = "license-key"

# Cases and their headings. "raw" is "pem" with the key in whatever form the library takes.
FORMS = [
    ("raw", "knows EdDSA"),
    ("pem", "takes the PEM"),
    ("set", "takes the key set"),
    ("mixed-set", "with other kinds of keys in it"),
    ("name", "`alg` `Ed25519`, told `EdDSA`"),
    ("new-name", "told `Ed25519`"),
    ("long", "130 KB"),
    ("padding", "`==` behind the signature"),
    ("crit", "unknown `crit`"),
]
CLAIMS = [
    ("expired", "expired"),
    ("early", "not begun"),
    ("endless", "no `exp`"),
    ("past-text", "`exp` a text, past"),
    ("text", "`exp` a text, to come"),
    ("audience", "another audience"),
    ("issuer", "another issuer"),
    ("forged", "forged and expired"),
]


def make_cases(folder):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    def base64url(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"Coldmint measures").digest())
    public = private.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (folder / "public-key.pem").write_bytes(pem)
    x = base64url(public.public_bytes(Encoding.Raw, PublicFormat.Raw))
    own = {"kty": "OKP", "crv": "Ed25519", "kid": "own", "x": x, "use": "sig", "alg": "EdDSA"}
    agreement = {"kty": "OKP", "crv": "X25519", "kid": "agreement", "use": "enc", "x": x}
    unknown = {"kty": "TEST", "kid": "unknown", "data": {"of": "another kind"}}
    (folder / "set.json").write_text(json.dumps({"keys": [own]}))
    (folder / "mixed-set.json").write_text(json.dumps({"keys": [unknown, agreement, own]}))

    now = int(time.time())
    times = {"iat": now - 900, "nbf": now - 900, "exp": now + 86400}
    claims = {"iss": "https://licenses.example.com", "sub": "id", "aud": [AUDIENCE], **times}

    def token(changes={}, **header):
        changed = {k: v for k, v in {**claims, **changes}.items() if v is not None}
        parts = [{"alg": "EdDSA", "kid": "own", "typ": "JWT", **header}, changed]
        signed = ".".join(base64url(json.dumps(part).encode()) for part in parts)
        return f"{signed}.{base64url(private.sign(signed.encode()))}"

    good, expired = token(), token({"exp": now - 86400})
    head, body, _ = expired.split(".")
    cases = [
        ("raw", "EdDSA", "pem", good),
        ("pem", "EdDSA", "pem", good),
        ("set", "EdDSA", "set", good),
        ("mixed-set", "EdDSA", "mixed-set", good),
        ("name", "EdDSA", "pem", token(alg="Ed25519")),
        ("new-name", "Ed25519", "pem", token(alg="Ed25519")),
        ("long", "EdDSA", "pem", token({"note": "x" * 97500})),
        ("padding", "EdDSA", "pem", f"{good}=="),
        ("crit", "EdDSA", "pem", token(crit=["unknown"], unknown=1)),
        ("expired", "EdDSA", "pem", expired),
        ("early", "EdDSA", "pem", token({"nbf": now + 86400})),
        ("endless", "EdDSA", "pem", token({"exp": None})),
        ("past-text", "EdDSA", "pem", token({"exp": str(now - 86400)})),
        ("text", "EdDSA", "pem", token({"exp": str(now + 86400)})),
        ("audience", "EdDSA", "pem", token({"aud": ["other"]})),
        ("issuer", "EdDSA", "pem", token({"iss": "https://elsewhere.example.com"})),
        ("own-audience", "EdDSA", "pem", good),
        ("forged", "EdDSA", "pem", f"{head}.{body}.{good.split('.')[2]}"),
    ]
    (folder / "cases.tsv").write_text("".join("\t".join(case) + "\n" for case in cases))


def read(keys):
    return pathlib.Path("public-key.pem" if keys == "pem" else f"{keys}.json").read_text()


def check_pyjwt(name, algorithm, keys, token):
    import jwt

    key = read(keys)
    if keys != "pem":
        key = jwt.PyJWKSet.from_json(key)[jwt.get_unverified_header(token)["kid"]].key
    # It refuses whatever has an audience until it is told one.
    audience = None if name in ("audience", "own-audience") else AUDIENCE
    jwt.decode(token, key, algorithms=[algorithm], audience=audience)


def check_jwcrypto(name, algorithm, keys, token):
    from jwcrypto import jwk, jwt

    text = read(keys)
    key = jwk.JWK.from_pem(text.encode()) if keys == "pem" else jwk.JWKSet.from_json(text)
    jwt.JWT(jwt=token, key=key, algs=[algorithm])


def check_authlib(name, algorithm, keys, token):
    from authlib.jose import JsonWebKey, JsonWebToken

    key = read(keys)
    if keys != "pem":
        key = JsonWebKey.import_key_set(json.loads(key))
    return JsonWebToken([algorithm]).decode(token, key)


def check_authlib_claims(name, algorithm, keys, token):
    check_authlib(name, algorithm, keys, token).validate()


def check_joserfc(name, algorithm, keys, token):
    from joserfc import jwk, jwt

    text = read(keys)
    if keys == "pem":
        key = jwk.OKPKey.import_key(text)
    else:
        key = jwk.KeySet.import_key_set(json.loads(text))
    return jwt.decode(token, key, algorithms=[algorithm])


def check_joserfc_claims(name, algorithm, keys, token):
    from joserfc import jwt

    jwt.JWTClaimsRegistry().validate(check_joserfc(name, algorithm, keys, token).claims)


def check_python_jose(name, algorithm, keys, token):
    from jose import jwt

    key = read(keys) if keys == "pem" else json.loads(read(keys))
    audience = None if name in ("audience", "own-audience") else AUDIENCE
    jwt.decode(token, key, algorithms=[algorithm], audience=audience)


PYTHON = {
    "PyJWT": check_pyjwt,
    "jwcrypto": check_jwcrypto,
    "Authlib": check_authlib,
    "Authlib with validate()": check_authlib_claims,
    "joserfc": check_joserfc,
    "joserfc with JWTClaimsRegistry": check_joserfc_claims,
    "python-jose": check_python_jose,
}


def measure(library):
    print(importlib.metadata.version(library.split(" with ")[0]))
    for line in pathlib.Path("cases.tsv").read_text().splitlines():
        case = line.split("\t")
        try:
            PYTHON[library](*case)
            print(case[0], "yes", "", sep="\t")
        except Exception as error:
            print(case[0], "no", f"{type(error).__name__}: {error}".split("\n")[0], sep="\t")


VERSION = "dpkg-query -f '${{source:Upstream-Version}}\\n' -W "
GO = f"""
mkdir -p go && cp {{here}}/libraries.go go/ && cd go &&
printf '%s\\n' 'module libraries' 'go 1.19' 'require github.com/golang-jwt/jwt/v4 v4.4.3' \
    'replace github.com/golang-jwt/jwt/v4 => /usr/share/gocode/src/github.com/golang-jwt/jwt' \
    >go.mod &&
GOCACHE=$PWD/.cache GOPATH=$PWD/.go GOFLAGS=-mod=mod GOPROXY=off go build -o libraries . &&
cd .. && {VERSION} golang-github-golang-jwt-jwt-dev && go/libraries
"""
RUST = f"""
mkdir -p rust/.cargo rust/src && cp {{here}}/libraries.rs rust/src/main.rs && cd rust &&
printf '%s\\n' '[package]' 'name = "libraries"' 'version = "1.0.0"' 'edition = "2021"' \
    '[dependencies]' 'jsonwebtoken = "8"' 'serde_json = "1"' >Cargo.toml &&
printf '%s\\n' '[source.crates-io]' 'replace-with = "debian"' '[source.debian]' \
    'directory = "/usr/share/cargo/registry"' >.cargo/config.toml &&
cargo build --quiet --offline && cd .. &&
{VERSION} librust-jsonwebtoken-dev && rust/target/debug/libraries
"""
NODE = f"""
mkdir -p node_modules && ln -sfn /usr/share/nodejs/jose node_modules/jose &&
cp {{here}}/libraries.mjs . && {VERSION} node-jose && node libraries.mjs
"""
OWN = "{{python}} {{here}}/libraries.py --measure '{}'"
LIBRARIES = [
    ("jose (Node)", NODE),
    ("PyJWT (Debian)", "/usr/bin/python3 {here}/libraries.py --measure PyJWT"),
    *[(name, OWN.format(name)) for name in PYTHON],
    ("golang-jwt", GO),
    ("ruby-jwt", "/usr/bin/ruby {here}/libraries.rb jwt"),
    ("json-jwt (Ruby)", "/usr/bin/ruby {here}/libraries.rb json/jwt"),
    ("Crypt::JWT", "/usr/bin/perl {here}/libraries.pl"),
    ("jsonwebtoken (Rust)", RUST),
]


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    make_cases(folder)
    said = {}
    for library, command in LIBRARIES:
        command = command.format(here=HERE.parent, python=sys.executable)
        run = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True)
        lines = run.stdout.splitlines()
        if run.returncode != 0 or not lines:
            print(f"{library} was not measured: {run.stderr.strip()}", file=sys.stderr)
            continue
        said[f"{library} {lines[0]}"] = {
            name: (answer, why) for name, answer, why in (line.split("\t") for line in lines[1:])
        }
    (folder / "said.json").write_text(json.dumps(said, indent=1))
    print("Measured on", time.strftime("%Y-%m-%d."))
    for columns in (FORMS, CLAIMS):
        print("\n| library |", " | ".join(heading for _, heading in columns), "|")
        print("| --- |" + " --- |" * len(columns))
        for library, answers in said.items():
            print(f"| {library} |", " | ".join(cell(name, answers) for name, _ in columns), "|")


def cell(name, answers):
    answer, why = answers[name]
    if answers["raw"][0] == "no":
        return "no" if name == "raw" else ""
    if name == "forged":
        return f"no: {'expired' if 'expired' in why else 'signature'}"
    if name == "audience" and answers["own-audience"][0] == "no":
        return "no, nor its own"
    return answer


if __name__ == "__main__":
    if sys.argv[1] == "--measure":
        measure(sys.argv[2])
    else:
        main(pathlib.Path(sys.argv[1]))

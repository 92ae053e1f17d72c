#!/usr/bin/env python3
"""Checks what a transparency log of Coldmint says, without Coldmint:

    verify-log.py checkpoint KEY CHECKPOINT
    verify-log.py proof KEY PROOF
    verify-log.py consistency KEY OLD-CHECKPOINT UPDATE

KEY is a file with the log's verifier key, which has to come from the vendor and not with the files
that are checked. PROOF is a file such as licenses.tlog-proof from a bundle, UPDATE one that
`coldmint log consistency` writes. The exit status is 0 where all is well and 1 where it is not.

Signatures, hashes and proofs are checked by metamorphic-log 0.1.11 (pip install metamorphic-log). The
formats are those of c2sp.org: signed-note, tlog-checkpoint, tlog-proof and tlog-witness.
"""

import base64
import hashlib
import re
import sys

import metamorphic_log


class NotVerified(Exception):
    pass


def verify_checkpoint(key, checkpoint):
    origin, size = opened(key, checkpoint)
    return f"{origin} has {size} entries, and its key signed that."


def verify_proof(key, proof):
    """The entry itself stands in the proof, in the line "extra"."""
    lines, checkpoint = divided(proof)
    if len(lines) < 3 or lines[0] != "c2sp.org/tlog-proof@v1":
        raise NotVerified('not a proof with its entry in the line "extra"')
    entry = decoded(after("extra ", lines[1]))
    index = number(after("index ", lines[2]))
    path = hashes(lines[3:])
    origin, size = opened(key, checkpoint)
    leaf = hashlib.sha256(b"\0" + entry).digest()
    metamorphic_log.checkpoint_verify_inclusion(checkpoint, [key], index, leaf, path)
    return f"Entry {index} of {origin} is in its log of {size} entries: {entry.decode()}"


def verify_consistency(key, old_checkpoint, update):
    origin, old_size = opened(key, old_checkpoint)
    lines, checkpoint = divided(update)
    if number(after("old ", lines[0])) != old_size:
        raise NotVerified(f"the proof begins elsewhere than at {old_size} entries")
    path = hashes(lines[1:])
    new_origin, size = opened(key, checkpoint)
    if new_origin != origin:
        raise NotVerified("the checkpoints are of two logs")
    if old_size > 0:
        metamorphic_log.checkpoint_verify_consistency(old_checkpoint, checkpoint, [key], path)
    elif path:
        raise NotVerified("a log that was empty needs no proof")
    return f"{origin} has grown from {old_size} to {size} entries, and no earlier one was touched."


def opened(key, checkpoint):
    """The log's name and size, if the key signed them."""
    metamorphic_log.checkpoint_verify(checkpoint, [key])
    origin, size = checkpoint.split("\n")[:2]
    return origin, number(size)


def divided(text):
    """The lines before the first empty one, and what follows it."""
    proof, empty, checkpoint = text.partition("\n\n")
    if not empty:
        raise NotVerified("no checkpoint follows the proof")
    return proof.split("\n"), checkpoint


def hashes(lines):
    path = [decoded(line) for line in lines]
    if any(len(hash) != 32 for hash in path):
        raise NotVerified("a line of the proof is not the base64 of a hash")
    return path


def decoded(text):
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise NotVerified(f"{text!r} is not canonical base64")
    return data


def number(text):
    if not re.fullmatch("0|[1-9][0-9]{0,18}", text) or int(text) >= 2**63:
        raise NotVerified(f"{text!r} is not a number")
    return int(text)


def after(word, line):
    if not line.startswith(word):
        raise NotVerified(f"{line!r} does not begin with {word!r}")
    return line[len(word) :]


def main(arguments):
    commands = {
        ("checkpoint", 2): verify_checkpoint,
        ("proof", 2): verify_proof,
        ("consistency", 3): verify_consistency,
    }
    command = commands.get((arguments[0] if arguments else "", len(arguments) - 1))
    if command is None:
        print(__doc__, file=sys.stderr)
        return 1
    try:
        key, *files = [open(name, newline="", encoding="utf-8").read() for name in arguments[1:]]
        print(command(key.strip(), *files))
    except (NotVerified, metamorphic_log.VerifyError, OSError, ValueError) as error:
        print("NOT VERIFIED:", error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

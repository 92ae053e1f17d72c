"""Writes docs/vectors/ out in files that a program can read without a parser of JSON.

Usage: cases.py VECTORS-FOLDER FOLDER. In FOLDER there are afterwards, with tabs between columns,

- cases.tsv: name, file of keys, time, 0 or 1 for perpetual, file of the text; a vector a line
- settings.tsv: `released` and `leeway` with a number, `withdrawn` with an id, once an id
- expected.tsv: name, state, id or `-`, as a driver has to print them
- the files that cases.tsv names, relative to FOLDER.

A driver is run in FOLDER, with the page's program beside the two files that it reads, and prints
what is in expected.tsv.
"""
import json
import pathlib
import shutil
import sys

MEBIBYTE = 1 << 20


def long_texts(vectors):
    """Texts on both sides of the longest one, which are too long for vectors.json."""
    valid = next(vector for vector in vectors if vector["name"] == "valid")
    for name, length in [("text-of-1-mib", MEBIBYTE), ("text-longer-than-1-mib", MEBIBYTE + 1)]:
        vector = {**valid, "name": name, "text": valid["text"].ljust(length, "\n")}
        if length > MEBIBYTE:
            del vector["id"]
            vector["state"] = "invalid"
        yield vector


source, folder = map(pathlib.Path, sys.argv[1:])
suite = json.loads((source / "vectors.json").read_text(encoding="utf-8"))
vectors = suite["vectors"] + list(long_texts(suite["vectors"]))

(folder / "texts").mkdir(parents=True, exist_ok=True)
for keys in {vector["keys"] for vector in vectors}:
    shutil.copy(source / keys, folder / keys)

cases, expected = [], []
for vector in vectors:
    name, path = vector["name"], f"texts/{vector['name']}.txt"
    (folder / path).write_bytes(vector["text"].encode())
    now, perpetual = vector.get("now", suite["now"]), int(vector["perpetual"])
    cases.append(f"{name}\t{vector['keys']}\t{now}\t{perpetual}\t{path}\n")
    expected.append(f"{name}\t{vector['state']}\t{vector.get('id', '-')}\n")
(folder / "cases.tsv").write_text("".join(cases))
(folder / "expected.tsv").write_text("".join(expected))

settings = [("released", suite["released"]), ("leeway", suite["leeway"])]
settings += [("withdrawn", license_id) for license_id in suite["withdrawn"]]
(folder / "settings.tsv").write_text("".join(f"{name}\t{value}\n" for name, value in settings))

"""Runs license.py over the cases in the current folder."""
import sys

sys.path.insert(0, ".")
import license


def rows(name):
    with open(name, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file]


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


settings = rows("settings.tsv")
numbers = {name: int(value) for name, value in settings if name != "withdrawn"}
withdrawn = frozenset(value for name, value in settings if name == "withdrawn")
for name, keys, now, perpetual, path in rows("cases.tsv"):
    answer = license.decide(
        read(path),
        read(keys),
        int(now),
        license.Settings(**numbers, withdrawn=withdrawn, perpetual=perpetual == "1"),
    )
    print(name, answer.state.value, answer.id or "-", sep="\t")

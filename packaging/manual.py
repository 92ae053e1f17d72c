#!/usr/bin/env python3
"""Writes a manual page for each command, in mdoc, out of what a binary says of its commands.

usage: BINARY --experimental-dump-help | manual.py EPOCH EXIT-STATUS.md FOLDER

EPOCH is the pages' date, in seconds; EXIT-STATUS.md a page with a table of exit statuses.
"""

import json
import pathlib
import re
import sys
import time

FILES = [
    ("/etc/coldmint/station.yaml", "configuration of the station that the package makes room for"),
    ("/var/lib/coldmint", "that station: its keys and its ledger"),
    ("/var/spool/coldmint/inbox", "where its requests are dropped"),
    ("/var/spool/coldmint/outbox", "where its bundles are fetched"),
]


def escaped(text):
    """Text as roff takes it: no escapes, no requests, nothing beyond ASCII."""
    text = text.replace("\\", "\\e")
    text = "".join(c if ord(c) < 128 else f"\\[u{ord(c):04X}]" for c in text)
    return "\\&" + text if text.startswith((".", "'")) else text


def macro_words(text):
    """Words that stand on a line with a macro: none of them may be taken for another macro."""
    return " ".join(w if len(w) > 3 else f"\\&{w}" for w in escaped(text).split())


def sentences(text):
    """A line for each sentence, as mdoc wants it."""
    parts = re.split(r"(?<=[a-z0-9)'][.:?]) (?=[A-Z'(])", " ".join(text.split()))
    return [escaped(part) for part in parts if part]


def divided(discussion):
    """What a discussion says, and the lines of its examples."""
    head, _, tail = re.sub(r"(?m)^EXAMPLES?:?\s*$", "\0", discussion or "", count=1).partition("\0")
    examples = [line.strip() for line in tail.splitlines() if line.strip()]
    return [p for p in re.split(r"\n\s*\n", head) if p.strip()], examples


def flag_names(argument):
    def form(name):
        return f"Fl -{name['name']}" if name["kind"] == "long" else f"Fl {name['name']}"

    return [form(name) for name in argument.get("names", [])]


def synopsis(argument):
    if argument["kind"] == "positional":
        text = f"Ar {macro_words(argument['valueName'])}"
        if argument["isRepeating"]:
            text += " ..."
        return f".Op {text}" if argument["isOptional"] else f".{text}"
    name = argument["preferredName"]
    text = flag_names({"names": [name]})[0]
    if argument["kind"] == "option":
        text += f" Ar {macro_words(argument['valueName'])}"
    return f".Op {text}" if argument["isOptional"] else f".{text}"


def tagged(argument):
    if argument["kind"] == "positional":
        head = f".It Ar {macro_words(argument['valueName'])}"
    else:
        value = f" Ar {macro_words(argument['valueName'])}" if argument["kind"] == "option" else ""
        head = ".It " + " , ".join(f"{name}{value}" for name in flag_names(argument))
    lines = [head]
    for text in (argument.get("abstract"), argument.get("discussion")):
        lines += sentences(text or "")
    return lines


def exit_statuses(page):
    for row in re.findall(r"^\| ([0-9, ]+) \| (.+) \|$", page, re.M):
        yield row[0], re.sub(r"[`*]|\]\([^)]*\)|\[", "", row[1])


class Pages:
    def __init__(self, root, epoch, statuses, folder):
        self.root = root
        self.date = time.strftime("%B %-d, %Y", time.gmtime(epoch))
        self.statuses = list(exit_statuses(statuses))
        self.folder = folder

    def write_all(self, command=None, path=()):
        command = command or self.root
        path = path + (command["commandName"],)
        children = [c for c in command.get("subcommands", []) if c["commandName"] != "help"]
        text = "\n".join(self.page(command, path, children)) + "\n"
        (self.folder / f"{'-'.join(path)}.1").write_text(text)
        for child in children:
            self.write_all(child, path)

    def page(self, command, path, children):
        name = "-".join(path)
        paragraphs, examples = divided(command.get("discussion"))
        abstract = command["abstract"].rstrip(".")
        lines = [f".Dd {self.date}", f".Dt {name.upper()} 1", ".Os", ".Sh NAME", f".Nm {name}"]
        lines += [f".Nd {escaped(abstract[0].lower() + abstract[1:])}", ".Sh SYNOPSIS"]
        lines += [f".Nm {path[0]}"] + [f".Cm {word}" for word in path[1:]]
        arguments = [a for a in command.get("arguments", []) if a.get("shouldDisplay", True)]
        lines += [synopsis(a) for a in arguments]
        if children:
            lines += [".Ar command"]
        lines += [".Sh DESCRIPTION"] + sentences(command["abstract"])
        for paragraph in paragraphs:
            lines += [".Pp"] + sentences(paragraph)
        if children:
            lines += [".Pp", "The commands are:", ".Bl -tag -width Ds"]
            for child in children:
                lines += [f".It Cm {child['commandName']}"] + sentences(child["abstract"])
            lines += [".El"]
        if arguments:
            lines += [".Pp", "The options are:", ".Bl -tag -width Ds"]
            for argument in arguments:
                lines += tagged(argument)
            lines += [".El"]
        return lines + self.end(path, children, examples)

    def end(self, path, children, examples):
        lines = []
        if len(path) == 1 and self.root["commandName"] == "coldmint":
            lines += [".Sh FILES", ".Bl -tag -width Ds"]
            for file, what in FILES:
                lines += [f".It Pa {file}", escaped(what)]
            lines += [".El"]
        lines += [".Sh EXIT STATUS"]
        if len(path) == 1:
            lines += [".Bl -tag -width Ds"]
            for status, what in self.statuses:
                lines += [f".It {status}"] + sentences(what)
            lines += [".El"]
        else:
            lines += ["As", f".Xr {path[0]} 1", "lists them."]
        if examples:
            lines += [".Sh EXAMPLES", ".Bd -literal"]
            lines += [escaped(example).replace("-", "\\-") for example in examples] + [".Ed"]
        others = ["-".join(path[:-1])] if len(path) > 1 else []
        others += ["-".join(path + (child["commandName"],)) for child in children]
        others.sort()
        if others:
            lines += [".Sh SEE ALSO"]
            lines += [f".Xr {o} 1 ," for o in others[:-1]] + [f".Xr {others[-1]} 1"]
        return lines


def main():
    epoch, statuses, folder = sys.argv[1:4]
    command = json.load(sys.stdin)["command"]
    Pages(
        command, int(epoch), pathlib.Path(statuses).read_text(), pathlib.Path(folder)
    ).write_all()


if __name__ == "__main__":
    main()

"""Writes random tables with Python's own csv, and reads what the program prints of them with it."""

import csv
import io
import itertools
import random
import subprocess
import sys

PIECES = [
    "a", "ü", "東", "😀", " ", "'", "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", "=", "+", "-",
    "@", "1", "0.5", "e\u0301", "\u0301", "#", "\\", "\u2028",
]
COLUMNS = ["one", "two", "three", "four"]


def printed(text):
    """A cell that a spreadsheet would calculate gets an apostrophe, and no other."""
    rest = text.lstrip("'")
    digits = text.removeprefix("-").split(".")
    is_number = len(digits) <= 2 and all(d.isascii() and d.isdigit() for d in digits)
    if rest[:1] in tuple("=+-@\t\r") and rest and not is_number:
        # One that was there before was taken for the same mark.
        return text if text.startswith("'") else "'" + text
    return text


def rows(generator):
    for _ in range(400):
        yield ["".join(generator.choices(PIECES, k=generator.choice([0, 0, 1, 2, 5]))) for _ in COLUMNS]


def check(program, seed, delimiter, end, quoting):
    table = list(rows(random.Random(seed)))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow(COLUMNS)
    writer.writerows(table)
    with open("table.csv", "wb") as file:
        file.write(text.getvalue().encode())
    answer = subprocess.run(
        [program, "receipt", "--csv", "--table", "table.csv", "receipt.json"],
        stdout=subprocess.PIPE, check=True,
    ).stdout.decode()
    read = list(csv.reader(io.StringIO(answer, newline=""), delimiter=delimiter, strict=True))
    cells = [row[: len(COLUMNS)] for row in read[1:]]
    expected = [[printed(cell) for cell in row] for row in table if any(row)]
    if cells != expected:
        pairs = itertools.zip_longest(cells, expected)
        found, wanted = next((f, w) for f, w in pairs if f != w)
        sys.exit(f"{delimiter!r} {end!r} {quoting}: {found} instead of {wanted}")
    return len(expected)


def main():
    with open("receipt.json", "w", encoding="utf-8") as file:
        file.write('{"outcome":"rejected","file":"x.json","problems":[]}')
    # With the least quotes, Python leaves a line end of another kind bare.
    forms = [(end, csv.QUOTE_ALL) for end in ["\n", "\r\n", "\r"]] + [("\r\n", csv.QUOTE_MINIMAL)]
    variants = [(delimiter, *form) for delimiter in [",", ";", "\t"] for form in forms]
    print(sum(check(sys.argv[1], seed, *variant) for seed, variant in enumerate(variants)))


main()

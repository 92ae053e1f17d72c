"""Writes a spreadsheet (.fods) of 500 orders; with 'mistakes', forty of them have one each."""

import sys
from xml.sax.saxutils import escape

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles><number:date-style style:name="iso"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style><style:style style:name="date" style:family="table-cell" style:data-style-name="iso"/><number:boolean-style style:name="truth"><number:boolean/></number:boolean-style><style:style style:name="bool" style:family="table-cell" style:data-style-name="truth"/></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="Orders">
"""
TAIL = "</table:table></office:spreadsheet></office:body></office:document>\n"

COLUMNS = [
    "Order", "name", "customer", "product", "plan", "payload.seats", "payload.modules",
    "payload.trial", "notBefore", "expiresAt",
]

# By kind: the column, what stands there, and the rows as the spreadsheet numbers them.
MISTAKES = [
    ("payload.seats", "dreißig", [17, 101, 222, 480]),
    ("plan", "prro", [23, 140, 301, 402]),
    ("product", "analytix", [31, 155, 260, 499]),
    ("expiresAt", "01.12.2027", [42, 170, 333, 444]),
    ("expiresAt", "2026-12-31", [55, 181, 290, 501]),
    ("customer", "Müller & Söhne", [60, 199, 350, 420]),
    ("name", "Order 1", [77, 205, 366, 430]),
    ("customer", "", [88, 213, 377, 455]),
    ("payload.seats", 20000, [90, 240, 388, 466]),
    ("payload.modules", '["analytic"]', [96, 250, 395]),
]


def orders():
    for number in range(1, 501):
        is_pro = number % 3 == 0
        yield {
            "Order": f"A-{number:04}",
            "name": f"Order {number}",
            "customer": f"kunde-{number % 40 + 1}",
            "product": "analytics",
            "plan": "pro" if is_pro else "basic",
            "payload.seats": number % 90 + 1,
            "payload.modules": '["analytics","reporting"]' if is_pro else "",
            "payload.trial": number % 7 == 0,
            "notBefore": "2027-01-01",
            "expiresAt": "2028-01-01",
        }


def cell(column, value):
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, bool):
        text = str(value).lower()
        return (
            '<table:table-cell table:style-name="bool" office:value-type="boolean" '
            f'office:boolean-value="{text}"/>'
        )
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    if column in ("notBefore", "expiresAt") and value[4] == "-":
        return (
            '<table:table-cell table:style-name="date" office:value-type="date" '
            f'office:date-value="{value}"/>'
        )
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


def main():
    has_mistakes = sys.argv[1:] == ["mistakes"]
    header = list(COLUMNS)
    if has_mistakes:
        header[header.index("payload.trial")] = "payload.trail"
    rows = list(orders())
    if has_mistakes:
        for column, value, places in MISTAKES:
            for place in places:
                rows[place - 2][column] = value
    print(HEAD, end="")
    for cells in [list(zip(header, header))] + [list(row.items()) for row in rows]:
        text = "".join(cell(column, value) for column, value in cells)
        print(f"<table:table-row>{text}</table:table-row>")
    print(TAIL, end="")


main()

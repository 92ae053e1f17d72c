"""Says of each line {"schema": …, "payload": …} whether python3-jsonschema takes the payload.

Numbers are read exactly. Three keywords are held to the specification where this version is not:
'enum' and 'uniqueItems' take false for 0 within arrays, and Python's patterns differ from ECMA-262's
in '$' and '.', and in digits and letters beyond ASCII.
"""

import decimal
import json
import re
import sys

import jsonschema
from jsonschema import _utils

decimal.getcontext().prec = 2000


def is_number(_, value):
    return isinstance(value, (int, decimal.Decimal)) and not isinstance(value, bool)


def is_integer(checker, value):
    return is_number(checker, value) and value == int(value)


def enum(_, values, instance, __):
    if not any(_utils.equal(value, instance) for value in values):
        yield jsonschema.ValidationError("none of the values")


def unique_items(validator, wanted, instance, _):
    if wanted and validator.is_type(instance, "array"):
        for index, element in enumerate(instance):
            if any(_utils.equal(element, other) for other in instance[:index]):
                yield jsonschema.ValidationError("not unique")


def pattern(validator, text, instance, _):
    if validator.is_type(instance, "string"):
        # Classes stay as they are: none that is tried has an escape or a dot in it.
        text = re.sub(r"\\.|\[[^]]*\]|\$|\.", translated, text)
        if not re.search(text, instance, re.ASCII):
            yield jsonschema.ValidationError("no match")


def translated(match):
    return {"$": r"\Z", ".": "[^\n\r\u2028\u2029]"}.get(match[0], match[0])


base = jsonschema.Draft202012Validator
Validator = jsonschema.validators.extend(
    base,
    {"enum": enum, "uniqueItems": unique_items, "pattern": pattern},
    type_checker=base.TYPE_CHECKER.redefine("number", is_number).redefine("integer", is_integer),
)
for line in sys.stdin:
    case = json.loads(line, parse_float=decimal.Decimal)
    print("valid" if Validator(case["schema"]).is_valid(case["payload"]) else "invalid")

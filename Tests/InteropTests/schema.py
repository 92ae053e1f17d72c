"""Prints each file and what the JSON Schema says of it: good or bad."""

import json
import sys

import jsonschema

with open(sys.argv[1]) as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for path in sys.argv[2:]:
    with open(path) as file:
        print(path, "good" if validator.is_valid(json.load(file)) else "bad")

"""Python's JSON parser on the documents that Microbenchmarks.swift gives to ours."""

import json
import timeit

SMALL = '{"name":"Acme 1","customer":"acme","payload":{"seats":25,"plan":"pro","ratio":1.50}}'
LARGE = "[" + ",".join([SMALL] * 1000) + "]"

for name, text, count in [("small", SMALL, 100_000), ("large", LARGE, 300)]:
    data = text.encode()
    times = timeit.repeat(lambda: json.loads(data), number=count, repeat=7)
    microseconds = sorted(times)[3] / count * 1e6
    print(f"Python's JSON, {name} ({len(data)} bytes): {microseconds:.2f} microseconds (median)")

"""Runs docs/verify-log.py for each line of its input, which holds the arguments, and prints the exit
status and what was said: one process for many files."""

import contextlib
import importlib.util
import io
import sys

spec = importlib.util.spec_from_file_location("verify_log", sys.argv[1])
program = importlib.util.module_from_spec(spec)
spec.loader.exec_module(program)
for line in sys.stdin:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = program.main(line.split())
    print(status, said.getvalue().strip().replace("\n", " "))

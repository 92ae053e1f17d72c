"""Measures Coldmint from the outside, beside the bare cost of what it does and beside peers.

Everything is measured in one go on one machine, in rounds, and shown as medians with their range
and as ratios. scripts/benchmark builds what this needs and calls it.
"""

import argparse
import datetime
import hashlib
import json
import operator
import os
import platform
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sshsig import Signer

CUSTOMERS = 100
ISSUER = "https://licenses.example.com"
TEMPLATES = Path(__file__).resolve().parents[1] / "Sources" / "Bundles" / "Templates"
END = (datetime.date.today() + datetime.timedelta(days=400)).isoformat()


class Bench:
    """What was built, and the folder to work in."""

    def __init__(self, options):
        self.coldmint = str(options.coldmint.resolve())
        self.built = options.built.resolve()
        # Never the folder that was named: it may hold other things.
        options.folder.mkdir(parents=True, exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix="benchmark-", dir=options.folder.resolve()))
        self.peers = {
            "Go": [str(self.built / "issue-go")],
            "Python": ["/usr/bin/python3", str(self.built / "issue.py")],
            "Node": ["node", str(self.built / "node" / "issue.mjs")],
        }
        self.is_bare_work_verified = False

    def clear(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        os.sync()

    def run(self, *command, folder=None):
        """Seconds, peak memory in KiB, and output of a command that must succeed."""
        # Only Node's sqlite3 wants it.
        environment = {**os.environ}
        if command[0] == "node":
            environment["LD_LIBRARY_PATH"] = str(self.built / "node")
        # Files take whatever is written; a pipe that nobody reads would hold the program up.
        with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as messages:
            start = time.perf_counter()
            process = subprocess.Popen(
                command, cwd=folder or self.folder, stdout=output, stderr=messages, env=environment)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            messages.seek(0)
            if process.returncode != 0:
                raise SystemExit(f"{' '.join(command)}: {messages.read()}")
            return seconds, usage.ru_maxrss, output.read()

    def station(self, limit=100_000):
        self.clear()
        self.run(self.coldmint, "init", "--issuer", ISSUER, "--no-passphrase")
        with (self.folder / "station" / "station.yaml").open("a") as settings:
            settings.write(f"maximumRequestsPerDrop: {limit}\nmaximumDropBytes: 2000000000\n")
        return self.folder / "inbox"

    def sell(self):
        """From now on there are products."""
        products = self.folder / "station" / "products"
        products.mkdir()
        for number in range(PRODUCTS):
            (products / f"product-{number}.json").write_text(json.dumps(PRODUCT))

    def demand_signatures(self, signer):
        """From now on every drop has to be signed."""
        station = self.folder / "station"
        signers = station / "signers"
        signers.write_text(signer.line())
        signers.chmod(0o600)
        with (station / "station.yaml").open("a") as settings:
            settings.write("signers: signers\n")

    def peer_folder(self):
        self.clear()
        for name in ["inbox", "outbox"]:
            (self.folder / name).mkdir()
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", "key.pem"],
                       cwd=self.folder, check=True)
        return self.folder / "inbox"

    def issue(self, count):
        """Seconds and peak memory of one run of Coldmint, which must issue this many."""
        seconds, memory, output = self.run(self.coldmint, "run", "--json")
        expect(json.loads(output)["licenses"], count)
        return seconds, memory

    def do_bare_work(self, count):
        """Seconds of the bare work of one array, which must issue this many."""
        seconds, _, output = self.run(
            str(self.built / "bare-work"), str(self.folder), str(TEMPLATES))
        expect(output, count)
        if not self.is_bare_work_verified:
            self.verify_bundles(count)
            self.is_bare_work_verified = True
        return seconds

    def verify_bundles(self, count):
        """All that lie in the outbox. One by one: what this process has in memory at its peak would
        count as that of programs it starts later."""
        found = 0
        for bundle in self.folder.glob("outbox/*/*.tar"):
            verified = json.loads(self.run(self.coldmint, "verify", "--json", str(bundle))[2])
            found += len(verified[0]["licenses"])
        expect(found, count)


def expect(found, wanted):
    if int(found) != wanted:
        raise SystemExit(f"{found} licenses were issued instead of {wanted}")


PRODUCTS = 20
# Every claim of the payload is decided on; the plan gives two of them.
PRODUCT = {
    "payload": {
        "type": "object", "additionalProperties": False, "required": ["seats", "plan"],
        "properties": {
            "seats": {"type": "integer", "minimum": 1, "maximum": 10_000},
            "plan": {"enum": ["basic", "pro"]},
            "modules": {"type": "array", "items": {"enum": ["analytics", "reporting"]}},
            "limits": {"properties": {"nodes": {"type": "integer", "minimum": 0},
                                      "gibPerDay": {"type": "number"}}},
        },
    },
    "plans": {"pro": {"plan": "pro", "modules": ["analytics", "reporting"]}},
    "term": {"maximum": "3y"},
}


def request(number, series="first", sold=False):
    """Names come in no order, as in life: names in order would flatter the ledger's index."""
    name = hashlib.blake2b(f"{series} {number}".encode(), digest_size=6).hexdigest()
    product = {"product": f"product-{number % PRODUCTS}", "plan": "pro"} if sold else {}
    return {
        **product, "name": f"{name} production", "customer": f"customer-{number % CUSTOMERS}",
        "description": "Three clusters, Frankfurt", "expiresAt": END,
        "payload": {"seats": 25, "plan": "pro", "modules": ["analytics", "reporting"],
                    "limits": {"nodes": number, "gibPerDay": 1.5}},
    }


def drop_array(inbox, count, series="first", sold=False):
    with (inbox / "all.json").open("w") as file:
        for number in range(count):
            file.write("[" if number == 0 else ",\n")
            file.write(json.dumps(request(number, series, sold)))
        file.write("]")
    os.sync()


def drop_singly(inbox, count, signer=None):
    """With a signature of each drop, where there is somebody who signs."""
    for number in range(count):
        drop = json.dumps(request(number))
        (inbox / f"{number:06}.json").write_text(drop)
        if signer:
            (inbox / f"{number:06}.json.sig").write_text(signer.sign(drop.encode()))
    os.sync()


def spread(values):
    """Median and range, with three significant digits."""
    shown = [f"{float(f'{value:.3g}'):,.10g}"
             for value in (statistics.median(values), min(values), max(values))]
    return shown[0] if len(values) == 1 else f"{shown[0]} ({shown[1]} to {shown[2]})"


class Goal:
    """A bound on a ratio, in the words of the goal."""

    TESTS = {"at least": operator.ge, "above": operator.gt, "at most": operator.le,
             "under": operator.lt}

    def __init__(self, words, bound):
        self.words, self.bound = words, bound

    def verdict(self, ratio):
        is_reached = self.TESTS[self.words](ratio, self.bound)
        return f"{self}: {'reached' if is_reached else 'not reached'}"

    def __str__(self):
        return f"{self.words} {self.bound}"


class Table:
    def __init__(self, counts_suffice):
        self.rows = []
        self.counts_suffice = counts_suffice

    def add(self, what, values, ratio="", goal=""):
        self.rows.append(f"| {what} | {spread(values)} | {ratio} | {goal} |")
        print(f"  {what}: {spread(values)} {ratio}", file=sys.stderr)

    def judge(self, what, values, ratios, of, goal):
        verdict = ""
        if goal and self.counts_suffice:
            verdict = goal.verdict(statistics.median(ratios))
        elif goal:
            verdict = f"{goal}: too few to judge"
        self.add(what, values, f"{spread(ratios)} {of}", verdict)

    def show(self):
        print("| what | median (range) | ratio | goal |\n| --- | --- | --- | --- |")
        print("\n".join(self.rows))


# The parts


def signatures(bench, count):
    return float(bench.run(str(bench.built / "sign-verify"), str(count), folder="/")[2])


def file_work(bench, count):
    """Microseconds for each of so many drops' bare file work."""
    place = bench.folder / "file-work"
    place.mkdir()
    output = bench.run(str(bench.built / "file-work"), str(place), str(count))[2]
    return [float(line) for line in output.split()]


def rate(bench, name, drop, count):
    """Licenses a second of one contestant, which must issue all of them."""
    if name == "Coldmint":
        drop(bench.station(), count)
        return count / bench.issue(count)[0]
    if name == "bare work":
        drop(bench.station(), count)
        return count / bench.do_bare_work(count)
    drop(bench.peer_folder(), count)
    seconds, _, output = bench.run(*bench.peers[name], str(bench.folder))
    expect(output, count)
    return count / seconds


def throughput(bench, table, options, what, drop, counts, goals):
    """Licenses a second. Each round has them all, and another one first: what disturbs the machine
    for a while then disturbs all of them, and the ratios are those of rounds."""
    names = list(counts)
    rates = {name: [] for name in ["signing", "files", *names]}
    for turn in range(options.rounds):
        bench.clear()
        rates["files"].append(statistics.median(file_work(bench, options.files)))
        rates["signing"].append(signatures(bench, options.signatures))
        place = turn % len(names)
        for name in names[place:] + names[:place]:
            rates[name].append(rate(bench, name, drop, counts[name]))

    def ratios(over, under):
        return [one / other for one, other in zip(rates[over], rates[under])]

    table.add(f"{what}: signing and verifying alone, a second", rates["signing"])
    table.add(f"{what}: bare file work of a drop, microseconds", rates["files"])
    own = f"{what}: Coldmint, licenses a second ({counts['Coldmint']:,})"
    if "bare work" in counts:
        table.add(f"{what}: bare work, licenses a second ({counts['bare work']:,})",
                  rates["bare work"], f"{spread(ratios('bare work', 'signing'))} of signing")
        table.judge(own, rates["Coldmint"], ratios("Coldmint", "bare work"),
                    "times the bare work", goals["bare work"])
    table.judge(own, rates["Coldmint"], ratios("Coldmint", "signing"), "of signing",
                goals["signing"])
    for name in bench.peers:
        share = statistics.median(ratios(name, "signing"))
        table.judge(f"{what}: {name}, licenses a second ({counts[name]:,})", rates[name],
                    ratios("Coldmint", name), f"times as fast is Coldmint; {share:.2f} of signing",
                    goals.get(name))


def signed_drops(bench, table, options, count):
    """Seconds for single drops without and with a signature, which take turns."""
    signer = Signer("alice@example.com", f"coldmint-request@{ISSUER.partition('//')[2]}")
    signer.check(json.dumps(request(0)).encode())
    times = {None: [], signer: []}
    for turn in range(options.rounds):
        for one in [None, signer] if turn % 2 == 0 else [signer, None]:
            inbox = bench.station()
            if one:
                bench.demand_signatures(one)
            drop_singly(inbox, count, one)
            times[one].append(bench.issue(count)[0])
    table.add(f"signed drops: seconds without signatures ({count:,})", times[None])
    table.judge(f"signed drops: seconds, each signed by one person ({count:,})", times[signer],
                [one / other for one, other in zip(times[signer], times[None])],
                "times that without", Goal("at most", 1.5))


def sold_licenses(bench, table, options, count):
    """Seconds for one array without products and under twenty, which take turns."""
    times = {False: [], True: []}
    for turn in range(options.rounds):
        for sold in [False, True] if turn % 2 == 0 else [True, False]:
            inbox = bench.station(limit=count)
            if sold:
                bench.sell()
            drop_array(inbox, count, sold=sold)
            times[sold].append(bench.issue(count)[0])
    table.add(f"products: seconds without any, one array ({count:,})", times[False])
    table.judge(f"products: seconds under {PRODUCTS}, one array ({count:,})", times[True],
                [one / other for one, other in zip(times[True], times[False])],
                "times that without", Goal("at most", 1.05))


def bare_file_work(folder, number):
    """Microseconds to write, flush and rename a file, and to flush its folder."""
    start = time.perf_counter()
    draft = os.open("draft", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666, dir_fd=folder)
    os.write(draft, b"x" * 500)
    os.fsync(draft)
    os.close(draft)
    os.rename("draft", f"{number}", src_dir_fd=folder, dst_dir_fd=folder)
    os.fsync(folder)
    return (time.perf_counter() - start) * 1e6


def drop_and_wait(bench, number, warm_up):
    """Microseconds from a drop's last rename until its bundle is in the outbox."""
    inbox = bench.folder / "inbox"
    bundle = str(bench.folder / "outbox" / "customer-0" / f"customer-0-{number + 1:06}.tar")
    draft = inbox / f"{number}.part"
    draft.write_text(json.dumps(request(number * CUSTOMERS)))
    start = time.perf_counter()
    draft.rename(inbox / f"{number}.json")
    while not os.path.exists(bundle):
        if time.perf_counter() - start > (60 if warm_up else 10):
            raise SystemExit(f"{bundle} does not appear")
        time.sleep(0.0001)
    return (time.perf_counter() - start) * 1e6


def wait_for_rest(bench):
    """The end of a run, after its bundle, is no part of the next drop's wait."""
    ledger = sqlite3.connect(f"file:{bench.folder}/station/ledger.sqlite?mode=ro", uri=True)
    while ledger.execute("SELECT count(*) FROM run WHERE finished_at IS NULL").fetchone()[0]:
        time.sleep(0.001)
    ledger.close()


def latencies(bench, count, warm_up=5):
    """A watch's latencies, and the bare file work done between its drops on the same disk."""
    bench.station()
    spare = bench.folder / "spare"
    spare.mkdir()
    folder = os.open(spare, os.O_RDONLY)
    waits, works = [], []
    with tempfile.TemporaryFile("w+") as output:
        watch = subprocess.Popen(
            [bench.coldmint, "watch"], cwd=bench.folder, stdout=output, stderr=output)
        try:
            for number in range(warm_up + count):
                works.append(bare_file_work(folder, number))
                waits.append(drop_and_wait(bench, number, number < warm_up))
                wait_for_rest(bench)
        finally:
            watch.terminate()
            watch.wait()
            os.close(folder)
        output.seek(0)
        if watch.returncode != 0:
            raise SystemExit(f"watch did not end well: {output.read()}")
    status = bench.run(bench.coldmint, "list", "--json")[2]
    expect(len(json.loads(status)), warm_up + count)
    return waits[warm_up:], works[warm_up:]


def latency(bench, table, options, count):
    rounds = [latencies(bench, count) for _ in range(options.rounds)]
    waits, works = ([statistics.median(it) for it in them] for them in zip(*rounds))
    tails = [statistics.quantiles(them, n=100)[98] for them, _ in rounds]
    table.add(f"latency: bare file work, microseconds ({count})", works)
    table.judge(f"latency: from drop to bundle, microseconds ({count})", waits,
                [wait / work for wait, work in zip(waits, works)], "times the bare file work",
                Goal("at most", 3))
    table.add("latency: 99th percentile, microseconds", tails)


def idle(bench, table, options, count, warm_up=5):
    drop_array(bench.station(), 1000)
    bench.issue(1000)
    commands = {"run": [bench.coldmint, "run"],
                "sqlite3": ["sqlite3", "station/ledger.sqlite", "select 1"]}
    medians = {name: [] for name in commands}
    for _ in range(options.rounds):
        times = {name: [] for name in commands}
        for _ in range(warm_up + count):
            for name, command in commands.items():
                times[name].append(bench.run(*command)[0] * 1e3)
        for name in commands:
            medians[name].append(statistics.median(times[name][warm_up:]))
    table.add("idle: sqlite3 'select 1', milliseconds", medians["sqlite3"])
    table.judge("idle: a run with nothing to do, milliseconds", medians["run"],
                [run / other for run, other in zip(medians["run"], medians["sqlite3"])],
                "times that", Goal("under", 6))


# Licenses as runs of 10,000 for 100 customers each would have left them. What is not said here is
# that of the one license really issued; names come in no order.
FILLING = """
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000;
    CREATE TEMP TABLE number AS WITH RECURSIVE number (n) AS (
      SELECT 10000 UNION ALL SELECT n + 1 FROM number WHERE n < {last}) SELECT n FROM number;
    CREATE TEMP TABLE batch AS SELECT DISTINCT n / 10000 + 1 AS run FROM number;
    {copies}
"""
COPIES = {
    "run": ("batch AS it", {"number": "it.run"}),
    "run_key": ("batch AS it", {"run": "it.run"}),
    "drop_file": ("batch AS it", {
        "id": "it.run", "run": "it.run", "claim": "CAST('drop ' || it.run AS BLOB)",
        "sha256": "randomblob(32)"}),
    "license": ("number AS it", {
        "number": "it.n", "run": "it.n / 10000 + 1", "drop_file": "it.n / 10000 + 1",
        "id": "printf('0192e4a0-%04x-7000-8000-%012x', it.n / 65536, it.n)",
        "name": "lower(hex(randomblob(6))) || ' staging'",
        "customer": "'customer-' || (it.n / 10000 * 100 + it.n % 100) % {customers}",
        "product": f"CASE WHEN issued.product IS NOT NULL THEN it.n % {PRODUCTS} + 1 END",
        "expires_at": "issued.expires_at + it.n % 365 * 86400"}),
    "bundle": ("(SELECT DISTINCT run, customer FROM main.license WHERE run > 1) AS it", {
        "run": "it.run", "customer": "it.customer", "sha256": "randomblob(32)"}),
}


def log_filling(database, count):
    """Entries as if each license had come in a drop of its own, and the tiles of a tree over so many,
    in which only the hashes are made up."""
    first = database.execute("SELECT count(*) FROM log_entry").fetchone()[0]
    text = database.execute("SELECT text FROM log_entry WHERE text LIKE '%\"drop\"%'").fetchone()[0]
    script = (f"INSERT INTO log_entry SELECT n - 10000 + {first}, '{text}' FROM number ORDER BY n;\n"
              "UPDATE log_tile SET hashes = CAST(hashes || randomblob(8192 - length(hashes)) AS BLOB);\n")
    width, level = first + count, 0
    while width:
        full, rest = divmod(width, 256)
        tiles = [(0 if level else 1, full, 8192), (full, full + 1, 32 * rest)]
        for start, end, length in tiles:
            if length:
                script += ("WITH RECURSIVE tile (n) AS (SELECT {0} WHERE {0} < {1} UNION ALL "
                           "SELECT n + 1 FROM tile WHERE n + 1 < {1}) INSERT INTO log_tile "
                           "SELECT {2}, n, randomblob({3}) FROM tile;\n"
                           .format(start, end, level, length))
        width, level = full, level + 1
    return script


def fill(bench, count):
    """In another process: programs started later would count this one's peak memory as theirs."""
    ledger = bench.folder / "station" / "ledger.sqlite"
    database = sqlite3.connect(ledger)
    copies = ""
    for table, (source, values) in COPIES.items():
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        chosen = ", ".join(values.get(name, f"issued.{name}") for name in columns)
        copies += (f"CREATE TEMP TABLE issued AS SELECT * FROM main.{table} LIMIT 1;"
                   f"INSERT INTO main.{table} SELECT {chosen} FROM {source}, issued;"
                   "DROP TABLE issued;\n")
    copies += log_filling(database, count)
    database.close()
    last = count + 10_000 - 1
    script = FILLING.format(last=last, copies=copies.replace("{customers}", str(count // 100)))
    subprocess.run(["sqlite3", "-bail", ledger], input=script, text=True, check=True,
                   stdout=subprocess.DEVNULL)
    os.sync()
    expect(bench.run("sqlite3", str(ledger), "SELECT count(*) FROM license")[2], count + 1)


def growth_costs(bench, options, size, sold=False):
    """Microseconds a license, in a batch of 10,000."""
    inbox = bench.station()
    if sold:
        bench.sell()
    drop_array(inbox, 1, "model", sold)
    bench.issue(1)
    fill(bench, size)
    costs = []
    for number in range(options.rounds + 1):
        drop_array(inbox, 10_000, f"round {number}", sold)
        costs.append(bench.issue(10_000)[0] / 10_000 * 1e6)
    # The first run reads the ledger from the disk.
    return costs[1:]


def growth(bench, table, options, sizes):
    costs = {}
    for size in sizes:
        costs[size] = growth_costs(bench, options, size)
        what = f"growth: microseconds a license with {size:,} in the ledger"
        if size == sizes[0]:
            table.add(what, costs[size])
            continue
        ratios = [cost / first for cost, first in zip(costs[size], costs[sizes[0]])]
        table.judge(what, costs[size], ratios, f"times that with {sizes[0]:,}",
                    Goal("at most", 1.2) if size >= 1_000_000 else None)
    size = min(sizes[-1], 1_000_000)
    sold = growth_costs(bench, options, size, sold=True)
    table.judge(f"growth: microseconds a license with {size:,} under {PRODUCTS} products", sold,
                [cost / other for cost, other in zip(sold, costs[size])],
                f"times that with {size:,} without products",
                Goal("at most", 1.05) if size >= 1_000_000 else None)


def memory(bench, table, sizes):
    peaks = {}
    for size in sizes:
        drop_array(bench.station(limit=size), size)
        peak = bench.issue(size)[1]
        # Linux counts what the parent had at its peak as the child's, too.
        if peak <= resource.getrusage(resource.RUSAGE_SELF).ru_maxrss:
            raise SystemExit("the peak that was measured may be that of this process")
        peaks[size] = peak / 1024
        what = f"memory: MiB at the peak, one array of {size:,}"
        if size <= 100_000:
            table.add(what, [peaks[size]])
        else:
            table.judge(what, [peaks[size]], [peaks[size] / peaks[100_000]],
                        "times that of 100,000", Goal("at most", 1.2))
            table.judge(what, [peaks[size]], [peaks[size]], "MiB", Goal("under", 150))


def file_system(folder):
    """Of mounts that lie on each other, the last one."""
    return subprocess.run(["findmnt", "-no", "FSTYPE", "-T", folder], check=True, text=True,
                          stdout=subprocess.PIPE).stdout.split()[-1]


def machine(bench):
    """What was measured, and with what, in lines."""
    names = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if "model name" in line]
    versions = {"": [bench.coldmint, "--version"], "Go": ["go", "env", "GOVERSION"],
                "Python": ["/usr/bin/python3", "--version"], "Node": ["node", "--version"],
                "SQLite": ["sqlite3", "--version"]}
    shown = {name: bench.run(*command)[2].split() for name, command in versions.items()}
    linkage = subprocess.run(["ldd", bench.coldmint], text=True, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL).stdout
    runtime = "dynamically" if "libswiftCore" in linkage else "statically"
    return "\n".join([
        f"- {len(names)} × {names[0] if names else platform.machine()}, "
        f"{file_system(bench.folder)}, Linux {platform.release()}, {time.strftime('%Y-%m-%d')}",
        f"- Coldmint {shown[''][-1]}, Swift's runtime {runtime} linked; {shown['Go'][0]}, Python "
        f"{shown['Python'][1]}, Node {shown['Node'][0]}, SQLite {shown['SQLite'][0]}"])


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--coldmint", type=Path, required=True)
    parser.add_argument("--built", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--quick", action="store_true", help="small numbers: only to try it out")
    parser.add_argument("--all", action="store_true", help="with 10 million licenses")
    chosen = parser.parse_args()
    chosen.rounds = 1 if chosen.quick else 3
    chosen.signatures = 10_000 if chosen.quick else 100_000
    chosen.files = 50 if chosen.quick else 500
    return chosen


def measure(bench, options):
    quick = options.quick
    table = Table(counts_suffice=not quick)
    own, fast, slow = (1_000, 1_000, 500) if quick else (100_000, 100_000, 20_000)
    throughput(bench, table, options, "one array", drop_array,
               {"Coldmint": own, "bare work": own, "Go": fast, "Python": slow, "Node": slow},
               {"bare work": Goal("at least", 0.8), "signing": Goal("at least", 0.45),
                "Go": Goal("at least", 2), "Python": Goal("at least", 7),
                "Node": Goal("at least", 6)})
    count = 200 if quick else 10_000
    throughput(bench, table, options, "single drops", drop_singly,
               {name: count for name in ["Coldmint", "Go", "Python", "Node"]},
               {"signing": Goal("at least", 0.2), "Go": Goal("above", 1),
                "Python": Goal("at least", 8)})
    signed_drops(bench, table, options, count)
    sold_licenses(bench, table, options, own)
    latency(bench, table, options, 20 if quick else 200)
    idle(bench, table, options, 10 if quick else 60)
    sizes = [10_000, 1_000_000, 10_000_000]
    growth(bench, table, options,
           [1_000, 5_000] if quick else sizes if options.all else sizes[:2])
    memory(bench, table, [2_000, 10_000] if quick else [10_000, 100_000, 1_000_000])
    return table


def main():
    chosen = options()
    bench = Bench(chosen)
    try:
        if file_system(bench.folder) in ("tmpfs", "ramfs"):
            raise SystemExit("a folder in memory makes flushing free: name another with --folder")
        print(machine(bench) + "\n")
        measure(bench, chosen).show()
    finally:
        shutil.rmtree(bench.folder)


main()

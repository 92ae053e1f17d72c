#!/usr/bin/env python3
"""Prints what is inside a release, as SPDX 2.3.

usage: bill_of_materials.py VERSION EPOCH SWIFT-VERSION Package.resolved LINKED… [-- SHARED…]

LINKED are the Swift packages, by their identities in Package.resolved, that are linked into the
programs; SHARED the libraries that the programs are loaded with or that are linked into the static
one, as NAME=VERSION of Debian's packages.
"""

import json
import sys
import time

MIT = {"grdb.swift", "yams"}


def package(identifier, name, version, location, license, purl):
    return {
        "SPDXID": f"SPDXRef-{identifier}",
        "name": name,
        "versionInfo": version,
        "downloadLocation": location,
        "filesAnalyzed": False,
        "licenseConcluded": license,
        "licenseDeclared": license,
        "copyrightText": "NOASSERTION",
        "externalRefs": [
            {
                "referenceCategory": "PACKAGE-MANAGER",
                "referenceType": "purl",
                "referenceLocator": purl,
            }
        ],
    }


def swift_package(pin):
    location = pin["location"].removesuffix(".git")
    path = location.removeprefix("https://")
    state = pin["state"]
    return package(
        f"swift-package-{pin['identity'].replace('.', '-')}", pin["identity"], state["version"],
        f"git+{location}@{state['revision']}", "MIT" if pin["identity"] in MIT else "Apache-2.0",
        f"pkg:swift/{path}@{state['version']}")


def main():
    version, epoch, swift, resolved = sys.argv[1:5]
    names = sys.argv[5:]
    split = names.index("--")
    linked, shared = names[:split], names[split + 1:]
    with open(resolved) as file:
        pins = {pin["identity"]: pin for pin in json.load(file)["pins"]}
    own = package(
        "coldmint", "coldmint", version, "NOASSERTION", "Apache-2.0",
        f"pkg:generic/coldmint@{version}")
    runtime = package(
        "swift-runtime", "swift", swift, "https://github.com/swiftlang/swift", "Apache-2.0",
        f"pkg:github/swiftlang/swift@{swift}")
    inside = [runtime] + [swift_package(pins[name]) for name in sorted(linked)]
    beside = []
    for entry in shared:
        name, _, debian = entry.partition("=")
        beside.append(package(
            f"debian-{name}", name, debian, "https://deb.debian.org/debian", "NOASSERTION",
            f"pkg:deb/debian/{name}@{debian}"))

    def relation(kind, other):
        return {
            "spdxElementId": "SPDXRef-coldmint",
            "relationshipType": kind,
            "relatedSpdxElement": other["SPDXID"],
        }

    document = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"coldmint-{version}",
        "documentNamespace": f"https://coldmint.invalid/spdx/coldmint-{version}-{epoch}",
        "creationInfo": {
            "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(epoch))),
            "creators": ["Tool: coldmint-scripts-package"],
        },
        "packages": [own] + inside + beside,
        "relationships": [{
            "spdxElementId": "SPDXRef-DOCUMENT",
            "relationshipType": "DESCRIBES",
            "relatedSpdxElement": "SPDXRef-coldmint",
        }] + [relation("STATIC_LINK", p) for p in inside]
        + [relation("DYNAMIC_LINK", p) for p in beside],
    }
    json.dump(document, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()

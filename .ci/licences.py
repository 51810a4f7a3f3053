#!/usr/bin/env python3
# Checks every library that the program is built of: its licence is one we may ship under, it comes from crates.io, and
# it is there in one version. The rules are in `.cargo/deny.toml`, which cargo-deny reads too; this needs only cargo.

import json
import re
import subprocess
import sys
import tomllib

CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index"


def satisfied(expression: str, allowed: set[str]) -> bool:
    """Whether one of the choices of an SPDX expression is allowed in all its parts."""
    tokens = re.findall(r"[()/]|[\w.+-]+(?: WITH [\w.+-]+)?", expression)

    def choices() -> bool:
        found = parts()
        while tokens and tokens[0] in ("OR", "/"):
            tokens.pop(0)
            found = parts() or found
        return found

    def parts() -> bool:
        found = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            found = one() and found
        return found

    def one() -> bool:
        token = tokens.pop(0)
        if token != "(":
            return token in allowed
        found = choices()
        tokens.pop(0)
        return found

    return choices()


def main() -> int:
    with open(".cargo/deny.toml", "rb") as file:
        rules = tomllib.load(file)
    allowed = set(rules["licenses"]["allow"])
    twice = {rule["crate"] for rule in rules["bans"]["skip"]}
    command = ["cargo", "metadata", "--locked", "--format-version", "1"]
    packages = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["packages"]
    mistakes = []
    versions = {}
    for package in packages:
        name, version = package["name"], package["version"]
        versions.setdefault(name, set()).add(version)
        if package["source"] not in (CRATES_IO, None):
            mistakes.append(f"{name} {version} comes from {package['source']}")
        if not package["license"] or not satisfied(package["license"], allowed):
            mistakes.append(f"{name} {version} has the licence {package['license']}")
    found = {name for name, known in versions.items() if len(known) > 1}
    mistakes += [f"{name} is there in the versions {sorted(versions[name])}" for name in sorted(found - twice)]
    mistakes += [f"{name} is no longer there twice: remove it from .cargo/deny.toml" for name in sorted(twice - found)]
    for mistake in mistakes:
        print(mistake)
    print(f"{len(packages)} libraries, {len(mistakes)} mistakes")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())

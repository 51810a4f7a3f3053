#!/usr/bin/env python3
"""Writes the licences of the libraries that the program is built of, as each library has them, for one target."""

import json
import pathlib
import subprocess
import sys

target = sys.argv[1]
command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
metadata = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}

# What is linked into the program: normal dependencies, and theirs.
linked, waiting = set(), [metadata["resolve"]["root"]]
while waiting:
    package = waiting.pop()
    if package not in linked:
        linked.add(package)
        kinds = ((dependency["pkg"], kind) for dependency in nodes[package]["deps"] for kind in dependency["dep_kinds"])
        waiting.extend(name for name, kind in kinds if kind["kind"] is None)
linked.discard(metadata["resolve"]["root"])

# One text stands once, under all that are shared under it.
texts: dict[str, list[str]] = {}
for package in sorted(metadata["packages"], key=lambda package: (package["name"], package["version"])):
    if package["id"] not in linked:
        continue
    name = f"{package['name']} {package['version']} ({package['license']})"
    folder = pathlib.Path(package["manifest_path"]).parent
    wanted = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE")
    files = [file for file in sorted(folder.iterdir()) if file.is_file() and file.name.upper().startswith(wanted)]
    found = [file.read_text(encoding="utf-8", errors="replace").strip() for file in files]
    for text in found or [f"Licence: {package['license']}. The library comes without its text."]:
        texts.setdefault(text, []).append(name)

for text, names in texts.items():
    print("=" * 100, *names, "-" * 100, text, "", sep="\n")

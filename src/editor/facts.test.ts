// Facts that are edited as a form: thousands of files with comments, quotation marks, lists and groups in every way of
// writing them. After each edit the file says what was entered and nothing else changed: no other value, and no byte of a
// field that was not touched.

import { parse } from 'yaml';
import { chance } from './chance';
import { Facts, isChange, type Made, type Orders, type Path } from './yaml';

type Value = string | Value[] | { [key: string]: Value };
type Group = { [key: string]: Value };

const read = (text: string): Group => (parse(text, { schema: 'failsafe' }) as Group | null) ?? {};
const edited = (text: string, { from, to, insert }: { from: number; to: number; insert: string }) => text.slice(0, from) + insert + text.slice(to);
const same = (a: unknown, b: unknown) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]));
};

const NAMES = ['status', 'parties', 'authority', 'count', 'notes', 'sources', 'place'];
const ORDERS: Orders = [NAMES, ['law', 'provision', 'on', 'url'], ['en', 'fr']];
const WORDS = ['in_force', 'csc', 'a: b', '- dash', '# sign', 'd’accord', "it's", 'say "so"', '2015-06', '[TO FILL]', 'true', '{x}', 'two, three', ' é ', 'no'];

/** A value as somebody may have written it. */
function scalar(next: (below: number) => number, inFlow: boolean): string {
  const word = WORDS[next(WORDS.length)]!;
  const isPlain = /^[\w’é ][\w’é -]*$/.test(word) && word.trim() === word;
  if (isPlain && next(2)) return word;
  return next(2) && !word.includes("'") ? `'${word}'` : JSON.stringify(word) + (inFlow ? '' : '');
}

function field(name: string, next: (below: number) => number): string {
  const comment = next(3) ? '' : ' # why';
  const both = () => `{en: ${scalar(next, true)}, fr: ${scalar(next, true)}}`;
  switch (name) {
    case 'status':
    case 'count':
      return next(6) ? `${name}: ${scalar(next, false)}${comment}\n` : `${name}: {more_than: 300}\n`;
    case 'parties': {
      const items = Array.from({ length: 1 + next(3) }, () => scalar(next, true));
      if (next(5) === 0) return `${name}: ${items[0]}\n`;
      const indent = next(2) ? '  ' : '';
      return next(2) ? `${name}: [${items.join(', ')}]${comment}\n` : `${name}:${comment}\n${items.map((item) => `${indent}- ${item}${comment}\n`).join('')}`;
    }
    case 'notes': {
      const lines = `${name}: |\n  First line.\n\n  Second line.\n`;
      return next(2) ? lines : lines.replace('|', '>-');
    }
    case 'place':
      return next(2) ? `${name}: {law: ${scalar(next, true)}}\n` : `${name}:\n  law: ${scalar(next, false)}${comment}\n  on: 2016\n`;
    default: {
      const item = () => {
        const parts = [`law: ${scalar(next, false)}`, ...(next(2) ? [`provision: ${both()}`] : []), ...(next(3) ? [] : ['url:\n      en: one\n      fr: two'])];
        return `  - ${parts.join('\n    ')}${comment}\n`;
      };
      if (next(4) === 0) return `${name}: [{law: ${scalar(next, true)}}, {law: ${scalar(next, true)}, on: 2015}]\n`;
      return `${name}:\n${Array.from({ length: 1 + next(3) }, item).join(next(3) ? '' : '  # between\n')}`;
    }
  }
}

/** What the file is to say after an edit. */
function expected(before: Group, path: Path, made: Made | null): Group {
  const root = structuredClone(before);
  const holders: (Group | Value[])[] = [root];
  const lists = (value: Value | undefined, step: string | number): Value => {
    if (typeof step === 'number') return Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value];
    return typeof value === 'object' && !Array.isArray(value) ? value : {};
  };
  for (let at = 0; at + 1 < path.length; at++) {
    const holder = holders.at(-1) as Record<string | number, Value>;
    holder[path[at]!] = lists(holder[path[at]!], path[at + 1]!);
    holders.push(holder[path[at]!] as Group | Value[]);
  }
  for (let at = path.length - 1; at >= 0; at--) {
    const holder = holders[at] as Record<string | number, Value>;
    const step = path[at]!;
    if (at === path.length - 1 && made !== null) {
      holder[step] = made as Value;
      break;
    }
    if (at < path.length - 1 && Object.keys(holders[at + 1]!).length > 0) break;
    if (Array.isArray(holder)) holder.splice(step as number, 1);
    else delete holder[step];
  }
  return root;
}

const RUNS = 20_000;
let done = 0;
for (let seed = 1; seed <= RUNS; seed++) {
  const next = chance(seed);
  const names = NAMES.filter(() => next(3) > 0);
  const text = (next(3) ? '' : '# As the registry has it.\n') + names.map((name) => field(name, next)).join(next(4) ? '' : '\n# A remark.\n');
  const facts = new Facts(text);
  const before = read(text);
  if (!facts.isSound) throw new Error(`run ${seed} is not sound: ${text}`);
  const value = ['New words', 'a: b', "l'un", 'Deux\n\nlignes', '[TO FILL: x]', '12'][next(6)]!;
  const at = next(3);
  const path: Path = ([
    ['status'], ['count'], ['notes'], ['parties', at], ['authority', at, 'law'], ['authority', at, 'provision', next(2) ? 'en' : 'fr'],
    ['sources', at, 'url', 'en'], ['sources', at, 'law'], ['place', 'law'], ['place', 'on'], ['authority', at, 'on'],
  ] as Path[])[next(11)]!;
  // A form shows one empty place at the end of a list, no further one.
  const position = path.findIndex((step) => typeof step === 'number');
  if (position > 0) {
    const list = before[path[0] as string];
    const length = Array.isArray(list) ? list.length : list === undefined ? 0 : 1;
    path[position] = Math.min(at, length);
  }
  const made = next(3) === 0 ? '' : value;
  const isRemoved = made === '' && facts.get(path).is === 'nothing';
  const change = facts.set(path, made, ORDERS);
  const after = edited(text, change);
  const wanted = isRemoved ? before : expected(before, path, made === '' ? null : made);
  let said: Group;
  try {
    said = read(after);
  } catch (error) {
    throw new Error(`run ${seed}: ${JSON.stringify(path)} = ${JSON.stringify(made)} of\n${text}\ngives\n${after}\n${error}`);
  }
  // A value in lines of its own may end with a line end more; a value alone is a list of one.
  const plain = (one: unknown) => (typeof one === 'string' ? one.replace(/\n+$/, '') : Array.isArray(one) && one.length === 1 && typeof one[0] === 'string' ? one[0] : one);
  const trimmed = (group: unknown): unknown => JSON.parse(JSON.stringify(group), (_, one) => plain(one));
  if (!same(trimmed(said), trimmed(wanted))) {
    throw new Error(`run ${seed}: ${JSON.stringify(path)} = ${JSON.stringify(made)} of\n${text}\ngives\n${after}\nand not ${JSON.stringify(wanted)}`);
  }
  const range = facts.range([path[0]!]);
  const [from, to] = range ? [text.lastIndexOf('\n', range.from) + 1, text.indexOf('\n', range.to - 1) + 1] : [change.from, change.to];
  if (!after.startsWith(text.slice(0, from)) || !after.endsWith(text.slice(to))) throw new Error(`run ${seed}: another field changed:\n${text}\n${after}`);
  if (isChange(change)) done += 1;
}

// A comparison takes the place of a number, and a number that of a comparison.
const compared = new Facts('count: 13 # as of 2012\n');
const more = edited('count: 13 # as of 2012\n', compared.write(['count'], { more_than: '13' }, ORDERS));
if (more !== 'count: {more_than: 13} # as of 2012\n') throw new Error(more);
const exact = edited(more, new Facts(more).set(['count'], '14', ORDERS));
if (exact !== 'count: 14 # as of 2012\n') throw new Error(exact);
console.log(`${done} edits of facts, and nothing else changed`);

// Facts that are edited as a form: thousands of files with comments, quotation marks, lists and groups in every way of
// writing them. After each edit the file says what was entered and nothing else changed: no other value, and no byte of a
// field that was not touched. What cannot be entered like that is refused, and nothing is.

import { parse } from 'yaml';
import { chance } from './chance';
import { Facts, isChange, type Made, type Orders, type Path } from './yaml';

type Value = string | Value[] | { [key: string]: Value };
type Group = { [key: string]: Value };

const read = (text: string): Group => (parse(text, { schema: 'failsafe' }) as Group | null) ?? {};
const parsed = (text: string): Group => (parse(text, { schema: 'failsafe', uniqueKeys: false }) as Group | null) ?? {};
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
      if (next(5) === 0) {
        const law = scalar(next, false);
        return next(2) ? `${name}: {law: ${scalar(next, true)}, provision: ${both()}}${comment}\n`
          : `${name}:\n  # of old\n  law: ${law}${comment}\n\n  provision: ${both()}\n${next(2) ? '  url:\n    en: one\n    # and\n    fr: two\n' : ''}`;
      }
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

const RUNS = 3_000;
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
  const change = facts.enter(path, made, ORDERS);
  if (change === null) throw new Error(`run ${seed}: ${JSON.stringify(path)} = ${JSON.stringify(made)} is refused in\n${text}`);
  const after = edited(text, change);
  const wanted = isRemoved ? before : expected(before, path, made === '' ? null : made);
  let said: Group;
  try {
    said = read(after);
  } catch (error) {
    throw new Error(`run ${seed}: ${JSON.stringify(path)} = ${JSON.stringify(made)} of\n${text}\ngives\n${after}\n${error}`);
  }
  // A value in lines of its own may end with a line end more; a value or group alone is a list of one.
  const plain = (one: unknown) => (typeof one === 'string' ? one.replace(/\n+$/, '') : Array.isArray(one) && one.length === 1 ? one[0] : one);
  const trimmed = (group: unknown): unknown => JSON.parse(JSON.stringify(group), (_, one) => plain(one));
  if (!same(trimmed(said), trimmed(wanted))) {
    throw new Error(`run ${seed}: ${JSON.stringify(path)} = ${JSON.stringify(made)} of\n${text}\ngives\n${after}\nand not ${JSON.stringify(wanted)}`);
  }
  const range = facts.range([path[0]!]);
  const [from, to] = range ? [text.lastIndexOf('\n', range.from) + 1, text.indexOf('\n', range.to - 1) + 1] : [change.from, change.to];
  if (!after.startsWith(text.slice(0, from)) || !after.endsWith(text.slice(to))) throw new Error(`run ${seed}: another field changed:\n${text}\n${after}`);
  if (isChange(change)) done += 1;
}

/** What a file says after something is entered; null where it is refused. */
const entered = (text: string, path: Path, made: Made | null) => {
  const change = new Facts(text).enter(path, made, ORDERS);
  return change && edited(text, change);
};
const cases: [string, Path, Made | null, string | null][] = [
  // A comparison takes the place of a number, and a number that of a comparison.
  ['count: 13 # as of 2012\n', ['count'], { more_than: '13' }, 'count: {more_than: 13} # as of 2012\n'],
  ['count: {more_than: 13} # as of 2012\n', ['count'], '14', 'count: 14 # as of 2012\n'],
  // A range whose end is missing is written, and what it has keeps its remarks.
  ['', ['count'], { from: '12' }, 'count: {from: 12}\n'],
  ['count:\n  from: 12 # at first\n  to: 20\n', ['count', 'to'], null, 'count:\n  from: 12 # at first\n'],
  // A second group beside a single one makes a list of both.
  ['authority: {law: a, provision: {en: s. 1, fr: art. 1}}\n', ['authority', 1, 'provision', 'en'], 's. 2', 'authority: [{law: a, provision: {en: s. 1, fr: art. 1}}, {provision: {en: s. 2}}]\n'],
  ['authority:\n  law: a # keep\n  # between\n  notes: |\n    One.\n\n    Two.\nplace: x\n', ['authority', 1, 'law'], 'b', 'authority:\n  - law: a # keep\n    # between\n    notes: |\n      One.\n\n      Two.\n  - law: b\nplace: x\n'],
  // What is named and meant in another place too is not changed there by the way, nor left without its meaning.
  ['count: &d 2025\nstatus: *d\n', ['count'], '2024', null],
  ['count: &d 2025\nstatus: *d\n', ['count'], null, null],
  ['count: &d 2025\nstatus: *d\n', ['status'], '2024', 'count: &d 2025\nstatus: 2024\n'],
  ['authority: &a\n  law: a\nplace: *a\n', ['authority', 1, 'law'], 'b', null],
  // Of a name that is twice the first one changes, the other one stays.
  ['status: a\nstatus: b\n', ['status'], 'c', 'status: c\nstatus: b\n'],
  // A name without a value, as in a template that is filled in.
  ['parties:\nstatus: a\n', ['parties', 0], 'our-office', 'parties: [our-office]\nstatus: a\n'],
  ['parties: # who\n', ['parties', 0], 'our-office', 'parties: [our-office] # who\n'],
  // Facts that are indented as a whole stay so.
  ['  status: a\n  place: x\n', ['count'], '3', '  status: a\n  count: 3\n  place: x\n'],
  // What is no group takes no parts.
  ['place: x\n', ['place', 'law'], 'a', null],
  ['{status: a}\n', ['status'], 'b', null],
];
for (const [text, path, made, wanted] of cases) {
  const got = entered(text, path, made);
  if (got !== wanted) throw new Error(`${JSON.stringify(path)} = ${JSON.stringify(made)} of\n${text}\ngives\n${got}`);
}

const isReadable = (text: string): boolean => {
  try {
    parsed(text);
    return true;
  } catch {
    return false;
  }
};

// Whatever a file is, an edit is exact or refused: nothing is lost, doubled or moved in silence.
let refused = 0;
for (let seed = 1; seed <= RUNS; seed++) {
  const next = chance(seed);
  const strange = ['&a ', '!!str ', '*a', '|2\n    x', '? y\n: z', '>-\n  folded\n  words', '"two\n  lines"', '[a,\n  # c\n  b]', '{a: {b: c}, d: e}', '- - x\n  - y'];
  const lines = NAMES.filter(() => next(2)).map((name) => (next(3) ? field(name, next) : `${name}: ${strange[next(strange.length)]}${next(2) ? '' : ' # c'}\n`));
  const text = lines.join('');
  const facts = new Facts(text);
  // An alias of what is not named anywhere has no meaning to compare.
  if (!facts.isSound || !isReadable(text)) continue;
  const path: Path = [NAMES[next(NAMES.length)]!, ...([[], [next(3)], [next(3), 'law'], ['law'], ['en'], [next(3), 'provision', 'fr']] as Path[])[next(6)]!];
  const made = ([null, 'a: b', { from: '12' }, 'x\n\ny'] as (Made | null)[])[next(4)]!;
  const change = facts.enter(path, made, ORDERS);
  if (change === null) { refused++; continue; }
  const [before, after] = [parsed(text), parsed(edited(text, change))];
  for (const name of NAMES) {
    if (name !== path[0] && !same(before[name], after[name])) throw new Error(`run ${seed}: ${name} changed by ${JSON.stringify(path)} = ${JSON.stringify(made)} of\n${text}\ngives\n${edited(text, change)}`);
  }
  if (made !== null && !JSON.stringify(after[path[0] as string]).includes(typeof made === 'string' ? JSON.stringify(made).slice(1, -1) : '"from":"12"')) {
    throw new Error(`run ${seed}: ${JSON.stringify(path)} = ${JSON.stringify(made)} is not in\n${edited(text, change)}`);
  }
}
console.log(`${done} edits of facts, and nothing else changed; ${refused} that cannot be made were refused`);

// What a text in YAML says, apart from how it is written: what an edit of it has to come to.

import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Made, Path } from './yaml';

/** Values, lists, and groups with all their names, also those that are there twice. */
export type Meaning = string | Meaning[] | Group;

export class Group {
  constructor(readonly names: [string, Meaning][]) {}
}

/** So many groups within each other are looked at; what points into itself has no end. */
const DEEPEST = 50;

export function meaning(doc: Document, node: unknown, depth = 0): Meaning {
  if (depth > DEEPEST) return '';
  if (isAlias(node)) return meaning(doc, node.resolve(doc), depth + 1);
  // A value in lines of its own may end with a line end more.
  if (isScalar(node)) return String(node.value ?? '').replace(/\n+$/, '');
  if (isSeq(node)) return node.items.map((item) => meaning(doc, item, depth + 1));
  if (isMap(node)) {
    return new Group(node.items.map((pair) => [JSON.stringify(meaning(doc, pair.key as Node, depth + 1)), meaning(doc, pair.value, depth + 1)]));
  }
  return '';
}

const ofMade = (made: Made): Meaning => {
  if (typeof made === 'string') return made.replace(/\n+$/, '');
  if (Array.isArray(made)) return made.map(ofMade);
  return new Group(Object.entries(made).map(([name, part]) => [JSON.stringify(name), ofMade(part)]));
};

const isNothing = (said: Meaning | undefined): boolean =>
  said === undefined || said === '' || (Array.isArray(said) ? said.length === 0 : said instanceof Group && said.names.length === 0);

/** The same with something entered at a place, or with nothing there; null where there is no such place. */
export function withEntered(said: Meaning, path: Path, made: Made | null): Meaning | null {
  const entered = at(isNothing(said) ? undefined : said, path, made);
  return entered === null ? null : (entered ?? new Group([]));
}

/** What is at a place after that: undefined where nothing is left, null where it cannot be. */
function at(said: Meaning | undefined, [step, ...rest]: Path, made: Made | null): Meaning | undefined | null {
  if (step === undefined) return made === null ? undefined : ofMade(made);
  if (typeof step === 'number') {
    // A value or group alone is a list of one.
    if (!Array.isArray(said) && !isNothing(said)) {
      if (step === 0) return at(said, rest, made);
      if (made === null) return said;
      return step === 1 ? [said!, at(undefined, rest, made)!] : null;
    }
    const list = Array.isArray(said) ? [...said] : [];
    if (step > list.length || (made === null && step === list.length)) return made === null ? said : null;
    const inner = at(list[step], rest, made);
    if (inner === null) return null;
    list.splice(step, 1, ...(inner === undefined ? [] : [inner]));
    return list.length === 0 ? undefined : list;
  }
  if (said !== undefined && !(said instanceof Group) && !isNothing(said)) {
    // Nothing can be entered below what is no group.
    return made === null ? said : null;
  }
  const names = said instanceof Group ? [...said.names] : [];
  const own = names.findIndex(([name]) => name === JSON.stringify(step));
  if (own < 0 && made === null) return said;
  const inner = at(own < 0 ? undefined : names[own]![1], rest, made);
  if (inner === null) return null;
  if (own < 0) names.push([JSON.stringify(step), inner!]);
  else if (inner === undefined) names.splice(own, 1);
  else names[own] = [names[own]![0], inner];
  return names.length === 0 ? undefined : new Group(names);
}

/** Whether two say the same. The order of names is none; a list of one value is that value. */
export function sameMeaning(one: Meaning, two: Meaning): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(two));
}

function sorted(said: Meaning): unknown {
  if (typeof said === 'string') return said;
  if (Array.isArray(said)) return said.length === 1 && typeof said[0] === 'string' ? said[0] : said.map(sorted);
  if (said.names.length === 0) return '';
  const names = said.names.map(([name, part]): [string, unknown] => [name, sorted(part)]);
  return { names: names.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) };
}

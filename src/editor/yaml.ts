// Edits of facts by spans: the bytes that were not edited stay, with their comments, order and quotation marks. A place in
// the facts is a path of names and positions: `authority`, 0, `provision`, `en`.

import { type Document, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { meaning, sameMeaning, withEntered } from './meaning';

export interface Change { from: number; to: number; insert: string }

export type Path = (string | number)[];

/** What is at a place, as a form can show it; `other` only as text. */
export type Held = { is: 'nothing' } | { is: 'one'; value: string } | { is: 'many'; values: string[] } | { is: 'other' };

/** What is to be written: a value, or what holds values. */
export type Made = string | Made[] | { [key: string]: Made };

/** Names of parts that are written in one line: a value in both languages, a comparison. */
const IN_ONE_LINE = new Set(['en', 'fr', 'about', 'more_than', 'less_than', 'at_least', 'at_most', 'from', 'to']);

/** The names that may be on each level, in the order in which they are written. */
export type Orders = string[][];

const NOTHING: Change = { from: 0, to: 0, insert: '' };

export const isChange = (change: Change): boolean => change.from !== change.to || change.insert !== '';

/** The facts of a record, or the block at the top of its words, as they are written. */
export class Facts {
  private readonly doc: Document.Parsed;
  private readonly root: YAMLMap | null;
  /** Whether they can be understood. */
  readonly isSound: boolean;

  constructor(private readonly text: string) {
    const doc = parseDocument(text, { schema: 'failsafe', keepSourceTokens: false, uniqueKeys: false });
    this.doc = doc;
    this.root = isMap(doc.contents) ? doc.contents : null;
    const isEmpty = doc.contents === null || (isScalar(doc.contents) && doc.contents.value === '');
    this.isSound = doc.errors.length === 0 && (this.root !== null || isEmpty) && !this.root?.flow;
  }

  private pairIn(map: YAMLMap | null, key: string): Pair | undefined {
    return map?.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
  }

  /** The node at a place. A value alone is a list of one. */
  private node(path: Path): Node | null {
    let node: Node | null = this.root;
    for (const step of path) {
      if (typeof step === 'string') node = isMap(node) ? ((this.pairIn(node, step)?.value as Node | null | undefined) ?? null) : null;
      else if (isSeq(node)) node = (node.items[step] as Node | undefined) ?? null;
      else if (step !== 0) node = null;
    }
    return node;
  }

  private pair(path: Path): Pair | undefined {
    const key = path.at(-1);
    const map = path.length === 1 ? this.root : this.node(path.slice(0, -1));
    return typeof key === 'string' && isMap(map) ? this.pairIn(map, key) : undefined;
  }

  get(path: Path): Held {
    const value = this.node(path);
    if (!value) return { is: 'nothing' };
    if (isScalar(value)) {
      const text = String(value.value ?? '');
      return text === '' ? { is: 'nothing' } : { is: 'one', value: isBlock(value) ? text.replace(/\n+$/, '') : text };
    }
    if (isSeq(value) && value.items.every((item) => isScalar(item))) {
      return { is: 'many', values: value.items.map((item) => String((item as Scalar).value ?? '')) };
    }
    return { is: 'other' };
  }

  /** How many groups a list holds; null where it holds something else. */
  groups(path: Path): number | null {
    const value = this.node(path);
    if (!value || (isScalar(value) && String(value.value ?? '') === '')) return 0;
    if (isMap(value)) return 1;
    return isSeq(value) && value.items.every((item) => isMap(item)) ? value.items.length : null;
  }

  /** The names in a group; null where it is none. */
  keys(path: Path): string[] | null {
    const value = this.node(path);
    return isMap(value) ? value.items.map((pair) => String((pair.key as Scalar).value)) : null;
  }

  /** From where to where a place is written, with its name. */
  range(path: Path): { from: number; to: number } | null {
    const node = this.node(path);
    const pair = this.pair(path);
    const from = (pair?.key as Scalar | undefined)?.range?.[0] ?? node?.range?.[0];
    return from === undefined ? null : { from, to: Math.max(from, pair ? this.endOfPair(pair) : this.end(node)) };
  }

  /** Every value, and where it is written, without its name. */
  values(): { path: Path; from: number; to: number; value: string }[] {
    const look = (node: unknown, path: Path): ReturnType<Facts['values']> => {
      if (isMap(node)) return node.items.flatMap((pair) => look(pair.value, [...path, String((pair.key as Scalar).value)]));
      if (isSeq(node)) return node.items.flatMap((item, at) => look(item, [...path, at]));
      return isScalar(node) && node.range ? [{ path, from: node.range[0], to: node.range[1], value: String(node.value ?? '') }] : [];
    };
    return look(this.root, []);
  }

  /**
   * Puts at a place what was entered there; nothing, or an empty text, removes what is there, and what holds nothing
   * after that. Null where no edit gives a text that says this and whatever else was said before: nothing is entered
   * then, and who asked has to keep it and say so. This is the one way by which a form writes.
   */
  enter(path: Path, made: Made | null, orders: Orders): Change | null {
    if (!this.isSound) return null;
    const isRemoved = made === null || made === '';
    const wanted = withEntered(meaning(this.doc, this.doc.contents), path, isRemoved ? null : made);
    if (wanted === null) return null;
    const ways = isRemoved ? [() => this.remove(path)]
      : typeof made === 'string' ? [() => this.set(path, made, orders), () => this.write(path, made, orders)] : [() => this.write(path, made, orders)];
    for (const way of ways) {
      const change = way();
      const after = new Facts(this.text.slice(0, change.from) + change.insert + this.text.slice(change.to));
      if (after.isSound && sameMeaning(meaning(after.doc, after.doc.contents), wanted)) return change;
    }
    return null;
  }

  /** Gives a place a value; an empty one removes it, and what holds nothing after that. */
  private set(path: Path, value: string, orders: Orders): Change {
    if (value === '') return this.remove(path);
    const node = this.node(path);
    const isItem = typeof path.at(-1) === 'number' && isSeq(this.node(path.slice(0, -1)));
    if (isScalar(node) && node.range && (node.range[0] !== node.range[1] || isItem)) {
      // Lines of their own cannot be before a remark.
      const hasRest = value.includes('\n') && /\S/.test(this.text.slice(node.range[1], this.nextLine(node.range[1]))) && !isBlock(node);
      const insert = written(value, { before: node, inFlow: hasRest || this.isInFlow(path), column: this.column(path) });
      return { from: node.range[0], to: node.range[1], insert };
    }
    if (node?.range && !isScalar(node)) return { from: node.range[0], to: this.end(node), insert: written(value, {}) };
    return this.write(path, value, orders);
  }

  /** Writes something where nothing is, or in place of what is there. */
  private write(path: Path, made: Made, orders: Orders): Change {
    const node = this.node(path);
    const pair = this.pair(path);
    if (pair) {
      const insert = this.isInFlow(path) ? ` ${flow(made)}` : this.value(made, this.column(path));
      const from = this.colon(pair);
      const isThere = node?.range && node.range[0] !== node.range[1];
      return { from, to: isThere ? this.end(node) : from, insert: isBlock(node) ? `${insert}\n` : insert };
    }
    const last = path.at(-1)!;
    const above = path.slice(0, -1);
    const holder = above.length === 0 ? this.root : this.node(above);
    if (typeof last === 'string' && (above.length === 0 || isMap(holder))) {
      return this.addKey(holder as YAMLMap | null, last, made, orders[above.filter((step) => typeof step === 'string').length] ?? []);
    }
    if (typeof last === 'number' && isSeq(holder) && holder.items.length > 0) return this.addItem(holder, made, this.isInFlow(path));
    // A group alone, or a value alone, becomes a list.
    if (typeof last === 'number' && isMap(holder) && holder.items.length > 0) return this.addToGroup(holder, made, this.isInFlow(path));
    if (typeof last === 'number' && isScalar(holder) && String(holder.value ?? '') !== '') {
      return { from: holder.range![0], to: holder.range![1], insert: flow([String(holder.value), made]) };
    }
    return this.write(above, typeof last === 'number' ? [made] : { [last]: made }, orders);
  }

  /** Removes what is at a place, and what holds nothing after that. */
  private remove(path: Path): Change {
    const last = path.at(-1)!;
    const above = path.slice(0, -1);
    if (typeof last === 'number') {
      const seq = this.node(above);
      if (!isSeq(seq)) return last === 0 ? this.remove(above) : NOTHING;
      if (!seq.items[last]) return NOTHING;
      return seq.items.length === 1 ? this.remove(above) : this.removeItem(seq, last);
    }
    const pair = this.pair(path);
    if (!pair) return NOTHING;
    const map = (above.length === 0 ? this.root : this.node(above)) as YAMLMap;
    if (map.items.length === 1 && above.length > 0) return this.remove(above);
    return this.removePair(map, pair);
  }

  private removePair(map: YAMLMap, pair: Pair): Change {
    const at = map.items.indexOf(pair as never);
    const from = (pair.key as Scalar).range![0];
    const next = map.items[at + 1] as Pair | undefined;
    if (map.flow) return this.outOfLine(map.items as Pair[], at, (pair) => (pair.key as Scalar).range![0], (pair) => this.endOfPair(pair));
    // After a dash the next one moves up.
    if (/\S/.test(this.text.slice(this.lineStart(from), from)) && next) return { from, to: (next.key as Scalar).range![0], insert: '' };
    return { from: this.lineStart(from), to: this.nextLine(this.endOfPair(pair)), insert: '' };
  }

  private removeItem(seq: YAMLSeq, at: number): Change {
    const items = seq.items as Node[];
    if (seq.flow) return this.outOfLine(items, at, (item) => item.range![0], (item) => this.end(item));
    return { from: this.lineStart(items[at]!.range![0]), to: this.nextLine(this.end(items[at]!)), insert: '' };
  }

  /** Takes one of several out that are in a line, with one comma. */
  private outOfLine<T>(items: T[], at: number, start: (item: T) => number, end: (item: T) => number): Change {
    return at + 1 < items.length
      ? { from: start(items[at]!), to: start(items[at + 1]!), insert: '' }
      : { from: end(items[at - 1]!), to: end(items[at]!), insert: '' };
  }

  private addKey(map: YAMLMap | null, key: string, made: Made, order: string[]): Change {
    if (map?.flow) {
      const last = map.items.at(-1) as Pair | undefined;
      const line = `${key}: ${flow(made)}`;
      const at = last ? this.endOfPair(last) : map.range![0] + 1;
      return { from: at, to: at, insert: last ? `, ${line}` : line };
    }
    const before = order.slice(0, order.indexOf(key)).reverse().map((name) => this.pairIn(map, name)).find((pair) => pair);
    const isRoot = map === this.root;
    const after = before ?? (isRoot ? undefined : (map!.items.at(-1) as Pair));
    const first = map?.items[0] as Pair | undefined;
    const column = first ? this.columnAt((first.key as Scalar).range![0]) : 0;
    const line = `${' '.repeat(column)}${key}:${this.value(made, column)}`;
    return this.addLine(after ? this.endOfPair(after) : this.text.length, line);
  }

  private addItem(seq: YAMLSeq, made: Made, inFlow: boolean): Change {
    const last = seq.items.at(-1) as Node;
    if (seq.flow || inFlow) return { from: this.end(last), to: this.end(last), insert: `, ${flow(made)}` };
    const start = this.lineStart(last.range![0]);
    const column = this.text.indexOf('-', start) - start;
    return this.addLine(this.end(last), this.item(made, column));
  }

  /** Makes a list of a group and another one. */
  private addToGroup(map: YAMLMap, made: Made, inFlow: boolean): Change {
    const [from, to] = [map.range![0], this.end(map)];
    if (map.flow) return { from, to, insert: `[${this.text.slice(from, to)}, ${flow(made)}]` };
    if (inFlow) return NOTHING;
    const first = (map.items[0]!.key as Scalar).range![0];
    const column = this.columnAt(first);
    // Its lines move to the right of the dash, with what is remarked between them.
    const end = this.nextLine(to);
    const lines = this.text.slice(first, end).replace(/\n$/, '').split('\n').map((line, at) => (at === 0 || line === '' ? line : `  ${line}`));
    return { from: first, to: end, insert: `- ${lines.join('\n')}\n${this.item(made, column)}\n` };
  }

  /** Adds a line below the one in which something ends. */
  private addLine(end: number, line: string): Change {
    const at = this.nextLine(end);
    const isLineStart = at === 0 || this.text[at - 1] === '\n';
    return { from: at, to: at, insert: `${isLineStart ? '' : '\n'}${line}\n` };
  }

  /** What is after the colon of a name that begins at this column. */
  private value(made: Made, column: number): string {
    if (typeof made === 'string') return ` ${written(made, { column })}`;
    if (Array.isArray(made)) {
      const areGroups = made.some((item) => typeof item !== 'string');
      return areGroups ? made.map((item) => `\n${this.item(item, column + 2)}`).join('') : ` ${flow(made)}`;
    }
    if (Object.keys(made).every((key) => IN_ONE_LINE.has(key))) return ` ${flow(made)}`;
    return Object.entries(made).map(([key, part]) => `\n${' '.repeat(column + 2)}${key}:${this.value(part, column + 2)}`).join('');
  }

  /** An item of a list whose dashes are at this column. */
  private item(made: Made, column: number): string {
    const dash = `${' '.repeat(column)}- `;
    if (typeof made === 'string') return dash + written(made, { column });
    if (Array.isArray(made)) return dash + flow(made);
    const lines = Object.entries(made).map(([key, part]) => `${key}:${this.value(part, column + 2)}`);
    return dash + lines.join(`\n${' '.repeat(column + 2)}`);
  }

  private isInFlow(path: Path): boolean {
    return path.some((_, at) => {
      const node = this.node(path.slice(0, at + 1));
      return at + 1 < path.length && (isMap(node) || isSeq(node)) && node.flow === true;
    });
  }

  private columnAt(at: number): number {
    return at - this.lineStart(at);
  }

  /** The column of the name at a place, or of the one above it; of an item, that of its dash. */
  private column(path: Path): number {
    const item = typeof path.at(-1) === 'number' ? this.node(path) : null;
    if (item?.range) return this.columnAt(item.range[0]) - 2;
    for (let length = path.length; length > 0; length--) {
      const key = this.pair(path.slice(0, length))?.key as Scalar | undefined;
      if (key?.range) return this.columnAt(key.range[0]);
    }
    return 0;
  }

  private colon(pair: Pair): number {
    return this.text.indexOf(':', (pair.key as Scalar).range![1]) + 1;
  }

  private lineStart(at: number): number {
    return this.text.lastIndexOf('\n', at - 1) + 1;
  }

  /** Where the line after something begins. */
  private nextLine(end: number): number {
    if (end > 0 && this.text[end - 1] === '\n') return end;
    const at = this.text.indexOf('\n', end);
    return at < 0 ? this.text.length : at + 1;
  }

  /** The end of what a node says: the spans of lists and groups reach further. */
  private end(node: Node | null): number {
    if (!node?.range) return 0;
    if (!(isMap(node) || isSeq(node)) || node.flow || node.items.length === 0) return node.range[1];
    const last = node.items.at(-1);
    return isMap(node) ? this.endOfPair(last as Pair) : this.end(last as Node);
  }

  private endOfPair(pair: Pair): number {
    const node = pair.value as Node | null;
    const colon = this.colon(pair);
    return node?.range && node.range[1] > colon ? this.end(node) : colon;
  }
}

const isBlock = (node: Node | null): boolean =>
  isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED);

/** Something in one line. */
function flow(made: Made): string {
  if (typeof made === 'string') return written(made, { inFlow: true });
  if (Array.isArray(made)) return `[${made.map(flow).join(', ')}]`;
  return `{${Object.entries(made).map(([key, part]) => `${key}: ${flow(part)}`).join(', ')}}`;
}

/** A value as it is written: as the one before, in lines of its own, or without quotation marks where none are needed. */
function written(value: string, { before, inFlow = false, column = 0 }: { before?: Node; inFlow?: boolean; column?: number }): string {
  if (isBlock(before ?? null) || (value.includes('\n') && !inFlow)) {
    const isPlain = /^\S/.test(value) && !/[ \t]\n|[ \t]$|\r/.test(value) && !inFlow;
    const lines = () => value.replace(/\n+$/, '').split('\n').map((line) => (line === '' ? '' : ' '.repeat(column + 2) + line));
    if (isPlain) return `|\n${lines().join('\n')}${isBlock(before ?? null) ? '\n' : ''}`;
    return JSON.stringify(value) + (isBlock(before ?? null) ? '\n' : '');
  }
  if (before && isScalar(before)) {
    if (before.type === Scalar.QUOTE_DOUBLE) return JSON.stringify(value);
    if (before.type === Scalar.QUOTE_SINGLE && !value.includes('\n')) return `'${value.replace(/'/g, "''")}'`;
  }
  const plain = /^[^\s\-?:,[\]{}#&*!|>'"%@`][^\n]*$|^-[^\s][^\n]*$/.test(value) && !/:(\s|$)|\s#|\s$/.test(value);
  return plain && !(inFlow && /[,[\]{}]/.test(value)) ? value : JSON.stringify(value);
}

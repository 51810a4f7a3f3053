// Edits of facts by spans: the bytes that were not edited stay, with their comments, order and quotation marks.

import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, Scalar, type YAMLMap } from 'yaml';

export interface Change { from: number; to: number; insert: string }

/** What a field holds, as a form can show it; `other` only as text. */
export type Held = { is: 'nothing' } | { is: 'one'; value: string } | { is: 'many'; values: string[] } | { is: 'other' };

/** The facts of a record, as they are written. */
export class Facts {
  private readonly map: YAMLMap | null;
  /** Whether they can be understood. */
  readonly isSound: boolean;

  constructor(private readonly text: string) {
    const doc = parseDocument(text, { schema: 'failsafe', keepSourceTokens: false, uniqueKeys: false });
    this.map = isMap(doc.contents) ? doc.contents : null;
    this.isSound = doc.errors.length === 0 && (this.map !== null || doc.contents === null);
    if (this.map?.flow) this.isSound = false;
  }

  private pair(key: string): Pair | undefined {
    return this.map?.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
  }

  get(key: string): Held {
    const value = this.pair(key)?.value as Node | null | undefined;
    if (!value) return { is: 'nothing' };
    if (isScalar(value)) {
      if (value.type === Scalar.BLOCK_LITERAL || value.type === Scalar.BLOCK_FOLDED) return { is: 'other' };
      return String(value.value ?? '') === '' ? { is: 'nothing' } : { is: 'one', value: String(value.value) };
    }
    if (isSeq(value) && value.items.every((item) => isScalar(item))) {
      return { is: 'many', values: value.items.map((item) => String((item as Scalar).value ?? '')) };
    }
    return { is: 'other' };
  }

  /** Gives a field one value; an empty one removes it. `order` names the fields in which it is to stand. */
  set(key: string, value: string, order: string[]): Change {
    const pair = this.pair(key);
    if (value === '') return pair ? this.removed(pair) : { from: 0, to: 0, insert: '' };
    if (!pair) return this.added(`${key}: ${written(value)}`, key, order);
    const node = pair.value as Node | null;
    if (!node?.range) return this.afterKey(pair, written(value));
    return { from: node.range[0], to: node.range[1], insert: (node.range[0] === node.range[1] ? ' ' : '') + written(value, node) };
  }

  /** Gives a field a list of values. Values that stay keep what stands around them. */
  setMany(key: string, values: string[], order: string[]): Change {
    const pair = this.pair(key);
    if (values.length === 0) return pair ? this.removed(pair) : { from: 0, to: 0, insert: '' };
    const flow = `[${values.map((value) => written(value, undefined, true)).join(', ')}]`;
    if (!pair) return this.added(`${key}: ${flow}`, key, order);
    const node = pair.value as Node | null;
    if (!node?.range) return this.afterKey(pair, flow);
    if (!isSeq(node)) return { from: node.range[0], to: node.range[1], insert: flow };
    const items = node.items as Scalar[];
    const old = items.map((item) => String(item.value ?? ''));
    // One value changed, came or went: only that is written.
    if (old.length === values.length) {
      const at = old.findIndex((value, index) => value !== values[index]);
      const item = items[at];
      if (!item?.range) return { from: 0, to: 0, insert: '' };
      return { from: item.range[0], to: item.range[1], insert: written(values[at]!, item, node.flow) };
    }
    const last = items.at(-1);
    if (values.length === old.length + 1 && old.every((value, at) => value === values[at]) && last?.range) {
      const value = written(values.at(-1)!, undefined, node.flow);
      if (node.flow) return { from: last.range[1], to: last.range[1], insert: `, ${value}` };
      const end = this.lineEnd(last.range[1]);
      const dash = this.text.lastIndexOf('\n', last.range[0]) + 1;
      const indent = this.text.slice(dash, this.text.indexOf('-', dash));
      return { from: end, to: end, insert: `\n${indent}- ${value}` };
    }
    const gone = old.findIndex((value, at) => value !== values[at]);
    if (!node.flow && values.length === old.length - 1 && items[gone]?.range) {
      const from = this.text.lastIndexOf('\n', items[gone].range![0]) + 1;
      return { from, to: Math.min(this.lineEnd(items[gone].range![1]) + 1, this.text.length), insert: '' };
    }
    return { from: node.range[0], to: node.range[1], insert: flow };
  }

  private afterKey(pair: Pair, value: string): Change {
    const key = (pair.key as Scalar).range!;
    const colon = this.text.indexOf(':', key[1]);
    return { from: colon + 1, to: colon + 1, insert: ` ${value}` };
  }

  private lineEnd(at: number): number {
    const end = this.text.indexOf('\n', at);
    return end < 0 ? this.text.length : end;
  }

  private removed(pair: Pair): Change {
    const from = (pair.key as Scalar).range![0];
    const last = (pair.value as Node | null)?.range?.[1] ?? (pair.key as Scalar).range![1];
    const to = last > from && this.text[last - 1] === '\n' ? last : Math.min(this.lineEnd(last) + 1, this.text.length);
    return { from, to, insert: '' };
  }

  private added(line: string, key: string, order: string[]): Change {
    const before = order.slice(0, order.indexOf(key)).reverse().map((name) => this.pair(name)).find((pair) => pair);
    const value = before && (before.value as Node | null);
    const last = before ? (value?.range?.[1] ?? (before.key as Scalar).range![1]) : this.text.length;
    const isLineStart = last === 0 || this.text[last - 1] === '\n';
    const at = isLineStart ? last : this.lineEnd(last);
    return isLineStart || at === 0
      ? { from: at, to: at, insert: `${line}\n` }
      : { from: at, to: at, insert: at === this.text.length ? `\n${line}\n` : `\n${line}` };
  }
}

/** A value as it is written: as the one before, or without quotation marks where none are needed. */
function written(value: string, before?: Node, inFlow = false): string {
  if (before && isScalar(before)) {
    if (before.type === Scalar.QUOTE_DOUBLE) return JSON.stringify(value);
    if (before.type === Scalar.QUOTE_SINGLE) return `'${value.replace(/'/g, "''")}'`;
  }
  const plain = /^[^\s\-?:,[\]{}#&*!|>'"%@`][^\n]*$|^-[^\s][^\n]*$/.test(value) && !/:(\s|$)|\s#|\s$/.test(value);
  return plain && !(inFlow && /[,[\]{}]/.test(value)) ? value : JSON.stringify(value);
}

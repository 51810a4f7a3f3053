// The sections of a page while it is edited: the block at the top, what is before the first heading, and one for each
// heading. Two pages are laid side by side by the levels of their headings, in their order, as the checker does.

import { ensureSyntaxTree, syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';

export interface Part {
  /** 0 for the block at the top, 0.5 for the introduction, else the heading's level. */
  level: number;
  title: string;
  from: number;
  to: number;
}

/** So many milliseconds a text is read at most; after a key only what changed is read again. */
const PATIENCE = 500;

export const FRONT = 0;
export const OPENING = 0.5;

/** What is before what the block at the top says. */
export const OPENED = '---\n'.length;

/** The end of the block at the top. */
export function frontEnd(text: string): number {
  if (!text.startsWith('---\n')) return 0;
  const end = /^(---|\.\.\.)[ \t]*(\n|$)/m.exec(text.slice(4));
  return end ? 4 + end.index + end[0].length : 0;
}

/** Where the block at the top says what it says, between its two lines of hyphens. */
export function frontBlock(text: string): { from: number; to: number } | null {
  const end = frontEnd(text);
  return end === 0 ? null : { from: OPENED, to: text.lastIndexOf('\n', end - 2) + 1 };
}

/** The parts of a page, in their order; there is always a first one. */
export function parts(state: EditorState): Part[] {
  // The editor itself reads as far as is in sight; a section that was not read would look as if it were missing.
  const tree = ensureSyntaxTree(state, state.doc.length, PATIENCE) ?? syntaxTree(state);
  const text = state.doc.toString();
  const front = frontEnd(text);
  const all: Part[] = [];
  if (front > 0) all.push({ level: FRONT, title: '', from: 0, to: front });
  const headings: Part[] = [];
  tree.iterate({
    enter(node) {
      if (node.from < front || node.name === 'Document') return node.name === 'Document';
      const level = /^(?:ATX|Setext)Heading([1-6])$/.exec(node.name)?.[1];
      if (level) headings.push({ level: Number(level), title: plain(text.slice(node.from, node.to)), from: node.from, to: node.to });
      return false;
    },
  });
  const first = headings[0]?.from ?? text.length;
  if (text.slice(front, first).trim() !== '' || headings.length === 0) {
    const blank = /^\s*\n/.exec(text.slice(front, first))?.[0].length ?? 0;
    all.push({ level: OPENING, title: '', from: Math.min(front + blank, first), to: first });
  }
  headings.forEach((heading, at) => all.push({ ...heading, to: headings[at + 1]?.from ?? text.length }));
  return all;
}

/** A heading's words without its marks. */
export function plain(heading: string): string {
  const line = heading.split('\n')[0]!;
  return line.replace(/^#+\s*/, '').replace(/\s*#*\s*(\{[^}]*\})?\s*$/, '').replace(/[*_`]|\[|\]\([^)]*\)/g, '').trim();
}

/** A part of each page that says the same, or a part that only one page has. */
export interface Pairing { en: number | null; fr: number | null }

/** Lays two pages side by side: the longest run of equal levels in the same order. */
export function align(en: Part[], fr: Part[]): Pairing[] {
  const best = Array.from({ length: en.length + 1 }, () => new Array<number>(fr.length + 1).fill(0));
  for (let a = en.length - 1; a >= 0; a--) {
    for (let b = fr.length - 1; b >= 0; b--) {
      best[a]![b] = en[a]!.level === fr[b]!.level ? best[a + 1]![b + 1]! + 1 : Math.max(best[a + 1]![b]!, best[a]![b + 1]!);
    }
  }
  const rows: Pairing[] = [];
  let [a, b] = [0, 0];
  while (a < en.length || b < fr.length) {
    if (a < en.length && b < fr.length && en[a]!.level === fr[b]!.level) rows.push({ en: a++, fr: b++ });
    else if (b >= fr.length || (a < en.length && best[a + 1]![b]! >= best[a]![b + 1]!)) rows.push({ en: a++, fr: null });
    else rows.push({ en: null, fr: b++ });
  }
  return rows;
}

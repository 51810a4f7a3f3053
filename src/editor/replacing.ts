// Replacing what was searched for in the block at the top of a page: in what it says, never in the names of its fields, and
// with the quotation marks that the new words need.

import type { Change } from './yaml';
import { Facts } from './yaml';

const applied = (text: string, changes: Change[], at = 0): string =>
  [...changes].sort((a, b) => b.from - a.from).reduce((now, { from, to, insert }) => now.slice(0, from - at) + insert + now.slice(to - at), text);

/** The block after these replacements, of which those are left out that it does not bear. */
export function replaced(block: string, changes: Change[]): string {
  let text = block;
  for (const { path, from, to, value } of new Facts(block).values()) {
    const own = changes.filter((change) => from <= change.from && change.to <= to);
    if (own.length === 0) continue;
    // A value that is written as it is said is replaced as it is said; another one as it is written.
    const begin = from + block.slice(from, to).indexOf(value);
    const isPlain = begin >= from && own.every((change) => begin <= change.from && change.to <= begin + value.length);
    const after = isPlain ? null : new Facts(applied(block, own)).get(path);
    const next = isPlain ? applied(value, own, begin) : after?.is === 'one' ? after.value : null;
    const change = next === null ? null : new Facts(text).enter(path, next, []);
    if (change) text = applied(text, [change]);
  }
  return text;
}

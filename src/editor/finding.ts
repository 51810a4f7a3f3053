// Finding and replacing in a side: how much is found is said, and what is found in the block at the top is replaced there.

import { getSearchQuery, search, searchPanelOpen } from '@codemirror/search';
import { EditorState, type Extension, type TransactionSpec } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { h } from './dom';
import { difference } from './lines';
import { frontBlock, frontEnd } from './outline';
import { replaced } from './replacing';
import { t } from './words';
import type { Change } from './yaml';

/** More are not counted. */
const MOST = 999;

/** How often the search matches in a text; null where nothing is searched for. */
function count(state: EditorState): number | null {
  const query = getSearchQuery(state);
  if (query.search === '' || !query.valid) return null;
  let found = 0;
  for (const cursor = query.getCursor(state); found <= MOST && !cursor.next().done;) found++;
  return found;
}

/** In the block at the top only what it says is replaced, in a way that it can be read after that. */
const inBlock = EditorState.transactionFilter.of((change) => {
  if (!change.docChanged || !change.isUserEvent('input.replace')) return change;
  const words = change.startState.doc.toString();
  const [end, block] = [frontEnd(words), frontBlock(words)];
  const [within, below]: Change[][] = [[], []];
  change.changes.iterChanges((from, to, _a, _b, insert) => { (from < end ? within : below)!.push({ from, to, insert: insert.toString() }); });
  if (!block || within!.length === 0) return change;
  const said = words.slice(block.from, block.to);
  const moved = within!.map(({ from, to, insert }) => ({ from: from - block.from, to: to - block.from, insert }));
  const own = difference(said, replaced(said, moved));
  const all = [...(own ? [{ from: own.from + block.from, to: own.to + block.from, insert: own.insert }] : []), ...below!];
  const made = change.startState.changes(all);
  if (made.apply(change.startState.doc).eq(change.newDoc)) return change;
  const next: TransactionSpec = { changes: made, effects: change.effects, userEvent: 'input.replace', scrollIntoView: true };
  return { ...next, selection: { anchor: made.mapPos(Math.max(...within!.map(({ to }) => to)), 1) } };
});

/** `opened` is called when finding begins and when it ends. */
export function finding(opened: () => void): Extension {
  const said = h('span', { class: 'found', role: 'status' });
  const tell = EditorView.updateListener.of(({ state, startState, docChanged, view }) => {
    const is = searchPanelOpen(state);
    // A change that comes of a change waits for its end.
    if (is !== searchPanelOpen(startState)) queueMicrotask(opened);
    if (!is) return;
    const panel = view.dom.querySelector('.cm-search');
    if (panel && !panel.contains(said)) panel.append(said);
    else if (!docChanged && getSearchQuery(state).eq(getSearchQuery(startState))) return;
    const found = count(state);
    said.textContent = found === null ? '' : t.occurrences(found, MOST);
  });
  return [search({ top: true }), inBlock, tell];
}

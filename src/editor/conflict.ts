// A file that was changed elsewhere while a person wrote: theirs and mine side by side, and what both began from.

import { unifiedMergeView, MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Buffer } from './buffer';
import { h } from './dom';
import { Lines } from './lines';
import { PHRASES } from './side';
import { t } from './words';

/** Shows what to decide; `done` with the text that the file is to have. */
export function conflict(buffer: Buffer, done: (text: string) => void): HTMLElement {
  if (buffer.status.is !== 'conflict') return h('div');
  const { theirs } = buffer.status;
  const mine = buffer.text;
  if (theirs.version === null) {
    return h('section', { class: 'banner conflict', role: 'alert' },
      h('p', {}, t.gone(buffer.path)),
      h('p', { class: 'actions' }, h('button', { type: 'button', onclick: () => done(mine) }, t.recreate)));
  }
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
  const shared = [EditorView.lineWrapping, EditorView.cspNonce.of(nonce), EditorState.phrases.of(PHRASES)];
  const fixed = [...shared, EditorState.readOnly.of(true)];
  const view = new MergeView({
    a: { doc: theirs.text, extensions: [...fixed, EditorView.contentAttributes.of({ 'aria-label': t.theirs })] },
    b: { doc: mine, extensions: [...shared, EditorView.contentAttributes.of({ 'aria-label': t.mine })] },
    revertControls: 'a-to-b',
    collapseUnchanged: { margin: 3 },
    gutter: true,
  });
  const merged = (): string => {
    const lines = new Lines();
    const made = view.b.state.doc.toString();
    return lines.open(mine) === made ? mine : lines.open(theirs.text) === made ? theirs.text : lines.dress(made);
  };
  const before = h('details', {}, h('summary', {}, t.common));
  before.addEventListener('toggle', () => {
    if (!before.open || before.childElementCount > 1) return;
    const shown = unifiedMergeView({ original: buffer.base.text, mergeControls: false });
    const content = EditorView.contentAttributes.of({ 'aria-label': t.common });
    before.append(new EditorView({ doc: buffer.base.text, extensions: [...fixed, content, shown] }).dom);
  });
  return h('section', { class: 'banner conflict', 'aria-label': t.conflict(buffer.path) },
    h('p', { role: 'alert' }, h('strong', {}, t.conflict(buffer.path))),
    h('p', {}, t.conflictHelp),
    h('div', { class: 'columns', 'aria-hidden': 'true' }, h('span', {}, t.theirs), h('span', {}, t.mine)),
    view.dom,
    before,
    h('p', { class: 'actions' },
      h('button', { type: 'button', class: 'primary', onclick: () => done(merged()) }, t.useMerged),
      h('button', { type: 'button', onclick: () => done(mine) }, t.useMine),
      h('button', { type: 'button', onclick: () => done(theirs.text) }, t.useTheirs)));
}

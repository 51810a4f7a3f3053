// A file that was changed elsewhere while a person wrote: theirs and mine side by side, and what both began from. What is
// written on the right is written in the buffer, through the side, and what is written in the side is on the right: there
// are no other words of a person that a choice could forget.

import { defaultKeymap } from '@codemirror/commands';
import { unifiedMergeView, MergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import type { Buffer, Disk } from './buffer';
import { announce, h } from './dom';
import { difference, Lines } from './lines';
import { PHRASES, type Side } from './side';
import { t } from './words';

/** So long, in milliseconds, what is on the left is there to be seen before anybody can decide about it. */
const SEEN = 1000;

const plain = (text: string) => new Lines().open(text);

/** What there is to decide about one file, as long as there is. */
export class Conflict {
  readonly element = h('div');
  private merge: MergeView | null = null;
  private common: EditorView | null = null;
  /** What is shown of the disk; nothing yet, or a file that is gone. */
  private theirs: Disk | null = null;
  /** That the disk changed once more. */
  private readonly again = h('p', { hidden: true });
  private readonly useMine: HTMLButtonElement;
  private readonly useTheirs: HTMLButtonElement;
  private readonly recreate: HTMLButtonElement;
  private readonly choices: HTMLButtonElement[];
  private seen = 0;

  constructor(private readonly buffer: Buffer, private readonly side: Side, private readonly decided: () => void) {
    const choice = (words: string, which: 'mine' | 'theirs', name?: string) => h('button', { type: 'button', class: name, onclick: () => this.decide(which) }, words);
    this.useMine = choice(t.useMine, 'mine', 'primary');
    this.useTheirs = choice(t.useTheirs, 'theirs');
    this.recreate = choice(t.recreate, 'mine');
    this.choices = [this.useMine, this.useTheirs, this.recreate];
  }

  /** What has just changed was not seen yet: a press that was meant for the text before it decides nothing. */
  private letSee(): void {
    clearTimeout(this.seen);
    for (const choice of this.choices) choice.setAttribute('aria-disabled', 'true');
    this.seen = window.setTimeout(() => { for (const choice of this.choices) choice.removeAttribute('aria-disabled'); }, SEEN);
  }

  get isOpen(): boolean {
    return this.element.isConnected;
  }

  /** Shows what the disk says by now. What was written on the right stays, with its cursor. */
  show(theirs: Disk): void {
    const before = this.theirs;
    this.theirs = theirs;
    if (this.merge && theirs.version !== null) {
      const changes = difference(this.merge.a.state.doc.toString(), plain(theirs.text));
      if (changes) this.merge.a.dispatch({ changes });
      if (before?.version !== theirs.version) {
        this.again.textContent = t.conflictAgain(this.buffer.path);
        this.again.hidden = false;
        announce(this.again.textContent);
        this.letSee();
      }
      return;
    }
    this.close();
    this.theirs = theirs;
    this.again.hidden = true;
    this.element.replaceChildren(theirs.version === null ? this.gone() : this.both(theirs));
    this.letSee();
  }

  /** The side says something else by now. */
  follow(): void {
    if (!this.merge) return;
    const changes = difference(this.merge.b.state.doc.toString(), this.side.view.state.doc.toString());
    if (changes) this.merge.b.dispatch({ changes });
  }

  close(): void {
    this.merge?.destroy();
    this.common?.destroy();
    this.merge = this.common = this.theirs = null;
    this.element.remove();
  }

  private decide(choice: 'mine' | 'theirs'): void {
    if (this.choices[0]!.ariaDisabled === 'true') return;
    const isSame = this.theirs !== null && plain(this.theirs.text) === this.side.view.state.doc.toString();
    // Where only the ends of lines differ, those on the disk stay.
    this.buffer.resolve(isSame && this.theirs?.version !== null ? 'theirs' : choice);
    this.decided();
  }

  private gone(): HTMLElement {
    return h('section', { class: 'banner conflict', role: 'alert' },
      h('p', {}, t.gone(this.buffer.path)),
      h('p', { class: 'actions' }, this.recreate));
  }

  private both(theirs: Disk): HTMLElement {
    const { buffer, side } = this;
    const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
    const shared: Extension[] = [EditorView.lineWrapping, EditorView.cspNonce.of(nonce), EditorState.phrases.of(PHRASES)];
    const fixed = [...shared, EditorState.readOnly.of(true)];
    const undoing = [
      { key: 'Mod-z', preventDefault: true, run: () => side.undo() },
      { key: 'Mod-y', mac: 'Mod-Shift-z', preventDefault: true, run: () => side.redo() },
      { key: 'Mod-Shift-z', preventDefault: true, run: () => side.redo() },
    ];
    const merge = new MergeView({
      a: { doc: plain(theirs.text), extensions: [...fixed, EditorView.contentAttributes.of({ 'aria-label': t.theirs })] },
      b: {
        doc: side.view.state.doc,
        extensions: [
          ...shared,
          EditorView.contentAttributes.of({ 'aria-label': t.mine }),
          EditorState.readOnly.of(side.view.state.readOnly),
          keymap.of([...undoing, ...defaultKeymap]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) side.write(update.state.doc.toString());
          }),
        ],
      },
      revertControls: 'a-to-b',
      collapseUnchanged: { margin: 3 },
      gutter: true,
    });
    this.merge = merge;
    const before = h('details', {}, h('summary', {}, t.common));
    before.addEventListener('toggle', () => {
      if (!before.open || this.common) return;
      const shown = unifiedMergeView({ original: buffer.base.text, mergeControls: false });
      const content = EditorView.contentAttributes.of({ 'aria-label': t.common });
      this.common = new EditorView({ doc: buffer.base.text, extensions: [...fixed, content, shown] });
      before.append(this.common.dom);
    });
    return h('section', { class: 'banner conflict', 'aria-label': t.conflict(buffer.path) },
      h('p', { role: 'alert' }, h('strong', {}, t.conflict(buffer.path))),
      h('p', {}, t.conflictHelp),
      this.again,
      h('div', { class: 'columns', 'aria-hidden': 'true' }, h('span', {}, t.theirs), h('span', {}, t.mine)),
      merge.dom,
      before,
      h('p', { class: 'actions' }, this.useMine, this.useTheirs));
  }
}

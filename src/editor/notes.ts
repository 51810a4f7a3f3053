// What is said to who works on a pair: how something went, in sight wherever the page is, and words of another time that
// are offered again.

import type { Copy } from './buffer';
import { h } from './dom';
import { t, ui } from './words';

/** So long what went well is told. */
const SHORTLY = 8000;

export class Notes {
  readonly element = h('div', { class: 'notes' });

  /** What went well goes away by itself. */
  say(words: string, kind: 'good' | 'bad', more: string[] = [], action: HTMLElement | null = null): void {
    const had = document.activeElement;
    const close = () => {
      const isInside = note.contains(document.activeElement);
      note.remove();
      if (isInside && had instanceof HTMLElement && had.isConnected) had.focus();
    };
    const note = h('section', { class: `banner ${kind}`, role: kind === 'bad' ? 'alert' : 'status' },
      h('p', {}, words),
      more.length > 0 ? h('ul', {}, ...more.map((one) => h('li', {}, one))) : null,
      h('p', { class: 'actions' }, action, h('button', { type: 'button', onclick: close }, t.close)));
    this.element.replaceChildren(note);
    if (kind === 'good') setTimeout(() => note.contains(document.activeElement) || note.remove(), SHORTLY);
    // Who presses keys comes to what can be done next.
    else (action ?? note.querySelector('button'))?.focus();
  }
}

/** Words that a page left behind, with what can be done with them; `use` is missing where nothing may be written. */
export function offer(path: string, copy: Copy, use: (() => void) | null, drop: () => void): HTMLElement {
  const when = new Date(copy.at).toLocaleString(ui === 'fr' ? 'fr-CA' : 'en-CA', { dateStyle: 'medium', timeStyle: 'short' });
  const done = (then: () => void) => () => {
    then();
    drop();
    banner.remove();
  };
  const banner = h('section', { class: 'banner', role: 'alert' },
    h('p', {}, `${t.label(path)} ${t.copyFound(when)}`),
    h('details', {}, h('summary', {}, t.copyLook), h('pre', { tabindex: '0' }, copy.text)),
    h('p', { class: 'actions' },
      use ? h('button', { type: 'button', class: 'primary', onclick: done(use) }, t.copyUse) : null,
      h('button', { type: 'button', onclick: done(() => {}) }, t.discard)));
  return banner;
}

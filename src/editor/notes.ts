// What is said to who works on a pair: how something went, in sight wherever the page is, and words of another time that
// are offered again.

import type { Left } from './copies';
import { h } from './dom';
import { t, ui } from './words';

/** How long a success is shown, in milliseconds. */
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

/** Words that a page left behind, with what can be done with them; `use` is missing where they can only be looked at, and
 *  says whether all of them are back. What is not is offered on. */
export function offer(path: string, { copy, text, drop }: Left, use: (() => Promise<boolean>) | null): HTMLElement {
  const when = copy && new Date(copy.at).toLocaleString(ui === 'fr' ? 'fr-CA' : 'en-CA', { dateStyle: 'medium', timeStyle: 'short' });
  const done = () => {
    drop();
    banner.remove();
  };
  const held = (copy?.held ?? []).map(({ label, typed }) => h('li', {}, `${t.label(label)} ${Object.values(typed).filter(Boolean).join(' ')}`));
  const banner = h('section', { class: 'banner', role: 'alert' },
    h('p', {}, `${t.label(path)} ${when ? t.copyFound(when) : t.copyDamaged}`),
    h('details', {}, h('summary', {}, t.copyLook), h('pre', { tabindex: '0' }, text), held.length > 0 ? h('ul', {}, ...held) : null),
    h('p', { class: 'actions' },
      use ? h('button', { type: 'button', class: 'primary', onclick: async () => (await use()) && done() }, t.copyUse) : null,
      h('button', { type: 'button', onclick: done }, t.discard)));
  return banner;
}

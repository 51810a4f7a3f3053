// A record that is no longer there under its name: where it is now, if that is known, and the way there.

import { LANGS, type Row } from './api';
import { fill, h } from './dom';
import { t } from './words';

/** The one record that is new and has the titles of one that is gone; null where there is none, or several. */
export function renamed(id: string, before: Row[], now: Row[]): Row | null {
  const was = before.find((row) => row.id === id);
  const known = new Set(before.map((row) => row.id));
  if (!was || now.some((row) => row.id === id) || LANGS.every((lang) => was.title[lang] === null)) return null;
  const same = now.filter((row) => !known.has(row.id) && LANGS.every((lang) => row.title[lang] === was.title[lang]));
  return same.length === 1 ? same[0]! : null;
}

export class Gone {
  readonly element = h('section', { class: 'banner', role: 'status', hidden: true });
  private said = '';

  /** The record is there. */
  hide(): void {
    this.element.hidden = true;
    this.said = '';
  }

  /** `hasWords` says whether something is not saved, which `go` takes along. */
  show(to: string | null, hasWords: boolean, go: (to: string) => void): void {
    // What is already known is not announced again.
    if (this.said === `${to} ${hasWords}`) return;
    this.said = `${to} ${hasWords}`;
    this.element.hidden = false;
    this.element.className = hasWords ? 'banner bad' : 'banner';
    fill(this.element,
      h('p', {}, to === null ? t.recordGone : t.recordRenamed(to)),
      h('p', { class: 'actions' },
        to === null ? null : h('button', { type: 'button', class: 'primary', onclick: () => go(to) }, hasWords ? t.goWithWords : t.goThere),
        h('a', { href: '/_diptych/' }, t.back)));
  }
}

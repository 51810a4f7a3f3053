// The mistakes of a pair as a list: what is wrong, where, and what to do.

import type { Mistake } from './api';
import { capital, fill, h, manual } from './dom';
import { t, typeset } from './words';

export interface Listed {
  mistake: Mistake;
  /** In which file, in the words of the page. */
  where: string;
  /** The words that are meant. */
  excerpt: string;
  go: () => void;
}

/** A message as a sentence, with what to do about it here. */
export const sentence = ({ name, message, help }: Pick<Mistake, 'name' | 'message' | 'help'>): string =>
  typeset(`${capital(message)}. ${t.helps[name] ?? help}`);

export function list(element: HTMLElement, all: Listed[]): void {
  const rank = { error: 0, warning: 1, info: 2 };
  const sorted = [...all].sort((a, b) => rank[a.mistake.severity] - rank[b.mistake.severity]);
  // Who is among them stays where they are.
  const focused = element.contains(document.activeElement) ? document.activeElement?.id : null;
  fill(element,
    h('h2', {}, all.length === 0 ? t.noMistakes : t.mistakeCount(all.length)),
    h('ul', {}, ...sorted.map(({ mistake, where, excerpt, go }, at) => h('li', { class: mistake.severity },
      h('strong', {}, t[mistake.severity]), ' ',
      h('button', { type: 'button', class: 'quiet', id: `mistake-${at}`, onclick: go }, `${where}, ${t.goTo(mistake.line)}`), ' ',
      excerpt ? h('q', {}, excerpt) : null,
      h('p', {}, `${sentence(mistake)} `, manual(mistake.name, t.why))))));
  if (focused) document.getElementById(focused)?.focus();
}

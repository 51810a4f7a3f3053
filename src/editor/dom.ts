// Makes elements of a page, and says things to those who do not see it.

type Child = Node | string | null | undefined | false;
type Props = Record<string, unknown>;

/** An element with attributes, listeners (`onclick`) and properties (`.value`). */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, props: Props = {}, ...children: (Child | Child[])[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value as EventListener);
    else if (name.startsWith('.')) (element as unknown as Props)[name.slice(1)] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child): child is Node | string => !!child || child === ''));
  return element;
}

/** Replaces what an element holds, unless that would take the focus away from where it is. */
export function fill(element: Element, ...children: (Child | Child[])[]): void {
  element.replaceChildren(...children.flat().filter((child): child is Node | string => !!child));
}

const polite = h('div', { class: 'hidden', role: 'status', 'aria-live': 'polite' });

/** Says something in passing to people who listen to the page. */
export function announce(words: string): void {
  if (!polite.isConnected) document.body.append(polite);
  polite.textContent = words;
}

/** A link to the manual, or to what it says of a name. It opens beside the editor, which keeps what is being written. */
export function manual(name: string, words: string): HTMLAnchorElement {
  const label = name === '' ? undefined : `${words} ${name}`;
  return h('a', { href: `/_diptych/help/${name === '' ? `${document.documentElement.lang}/` : name}`, target: '_blank', rel: 'noopener', 'aria-label': label }, words);
}

/** Words as they begin a sentence. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Words in small letters without accents, for names of files and addresses. */
export const plainLetters = (words: string): string => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  .replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/ß/g, 'ss').replace(/ø/g, 'o').replace(/ł/g, 'l');

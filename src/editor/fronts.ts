// Title, summary and whatever else is at the top of the words of each language, as two forms side by side. The block
// itself is out of sight as long as they are shown.

import { type Field, type Lang, LANGS, type RecordType, type Row } from './api';
import type { Held } from './buffer';
import { h } from './dom';
import { Form, type Told } from './facts';
import { frontBlock, frontEnd, OPENED } from './outline';
import { OF_WORDS, OF_WORDS_TOO } from './fields';
import type { Side } from './side';
import { t } from './words';

export interface FrontsOptions {
  /** The fields that the type declares for each language. */
  own: () => Field[];
  side: (lang: Lang) => Side | null;
  records: () => Row[];
  types: () => RecordType[];
  readOnly: boolean;
  /** Keeps what was entered in a form and has no place in the block. */
  hold: (lang: Lang, form: string, held: Held[]) => void;
  /** The forms came, went or have another height. */
  moved: () => void;
}

/** The text of the block at the top of a side; null where there is none. */
function block(side: Side | null): string | null {
  const text = side?.view.state.doc.toString() ?? '';
  const block = frontBlock(text);
  return block && text.slice(block.from, block.to);
}

export class Fronts {
  readonly element: HTMLElement;
  private readonly places = { en: h('section', { class: 'front' }), fr: h('section', { class: 'front' }) };
  private readonly more = { en: h('div', { class: 'front' }), fr: h('div', { class: 'front' }) };
  /** What every page of the type says, and the rest. */
  private readonly forms: Record<Lang, Form[]> = { en: [], fr: [] };
  /** The same, also while they are not shown: they may hold what somebody entered. */
  private readonly made: Partial<Record<Lang, Form[]>> = {};
  private readonly shown: Record<Lang, string | null | undefined> = { en: undefined, fr: undefined };
  private readonly swap = h('button', { type: 'button', class: 'quiet', 'aria-pressed': 'false', onclick: () => this.toggle(!this.asText) }, t.source);
  private readonly forLangs: HTMLElement;
  private readonly rest: HTMLDetailsElement;
  private asText = false;

  constructor(private readonly options: FrontsOptions) {
    this.rest = h('details', { open: localStorage.getItem('diptych-front') === 'open', ontoggle: () => {
      localStorage.setItem('diptych-front', this.rest.open ? 'open' : 'closed');
    } }, h('summary', {}, t.moreOfWords), h('div', { class: 'fronts' }, this.more.en, this.more.fr));
    this.forLangs = h('div', {}, h('div', { class: 'fronts' }, this.places.en, this.places.fr), this.rest);
    this.element = h('section', { class: 'top', 'aria-label': t.front }, this.forLangs, h('p', { class: 'actions' }, this.swap));
  }

  /** Shows what the sides say by now. */
  sync(lang: Lang): void {
    const side = this.options.side(lang);
    const now = block(side);
    if (now === this.shown[lang]) return;
    this.shown[lang] = now;
    if (!side || now === null) {
      this.forms[lang] = [];
      side?.fold(false);
      this.places[lang].replaceChildren(h('h2', {}, t.changes[lang]), h('p', { class: 'help' }, side ? t.noFront : t.missingSide(t.languages[lang])));
      this.more[lang].replaceChildren();
      return;
    }
    if (this.forms[lang].length === 0) {
      // What the type declares are the words of these pages; what any page may say besides is seldom looked for.
      const first = () => [...OF_WORDS, ...this.options.own()];
      const rest = () => OF_WORDS_TOO;
      const isNew = !this.made[lang];
      this.forms[lang] = this.made[lang] ??= [this.form(lang, 'first', first), this.form(lang, 'rest', rest)];
      if (!isNew) for (const form of this.forms[lang]) form.render();
      this.places[lang].replaceChildren(h('h2', {}, t.changes[lang]), this.forms[lang][0]!.element);
      this.more[lang].replaceChildren(this.forms[lang][1]!.element);
    } else {
      for (const form of this.forms[lang]) form.render();
    }
    // What cannot be understood is put right in the text.
    side.fold(!this.asText && this.isSound(lang));
  }

  /** Shows the forms again: their fields are others. */
  again(): void {
    for (const lang of LANGS) for (const form of this.forms[lang]) form.render();
  }

  /** What can be chosen in them is something else. */
  renew(): void {
    for (const lang of LANGS) for (const form of this.forms[lang]) form.renew();
  }

  private isSound(lang: Lang): boolean {
    return this.forms[lang].length > 0 && this.forms[lang][0]!.isSound;
  }

  private form(lang: Lang, which: string, fields: () => Field[]): Form {
    return new Form({
      name: `front-${lang}`,
      fields,
      order: () => [...OF_WORDS, ...this.options.own(), ...OF_WORDS_TOO],
      lang,
      records: this.options.records,
      types: this.options.types,
      text: () => block(this.options.side(lang)) ?? '',
      apply: ({ from, to, insert }) => {
        this.options.side(lang)!.replace(OPENED + from, OPENED + to, insert);
        this.shown[lang] = block(this.options.side(lang));
      },
      hold: (held) => this.options.hold(lang, `front-${lang}-${which}`, held),
      undo: () => this.options.side(lang)?.undo(),
      redo: () => this.options.side(lang)?.redo(),
      asText: () => {
        this.toggle(true);
        const side = this.options.side(lang)!;
        side.view.dispatch({ selection: { anchor: OPENED }, scrollIntoView: true });
        side.view.focus();
      },
      readOnly: this.options.readOnly,
    });
  }

  private toggle(asText: boolean): void {
    this.asText = asText;
    this.forLangs.hidden = asText;
    this.swap.textContent = asText ? t.form : t.source;
    this.swap.setAttribute('aria-pressed', String(asText));
    for (const lang of LANGS) {
      if (!asText) for (const form of this.forms[lang]) form.render();
      this.options.side(lang)?.fold(!asText && this.isSound(lang));
    }
    this.options.moved();
  }

  /** Takes back what another page held of this language; false where there is no form for it. */
  restore(lang: Lang, held: Held[]): boolean {
    const [first, rest] = this.forms[lang];
    if (!first || !rest) return false;
    const isFirst = ({ path }: Held) => !OF_WORDS_TOO.some(({ name }) => name === path[0]);
    first.restore(held.filter(isFirst));
    rest.restore(held.filter((one) => !isFirst(one)));
    return true;
  }

  /** What is being entered is entered as it is. */
  finish(): void {
    for (const lang of LANGS) for (const form of this.forms[lang]) form.finish();
  }

  show(lang: Lang, told: Told[]): void {
    for (const form of this.forms[lang]) form.show(told.map((one) => ({ ...one, from: one.from - OPENED })));
    // A mistake is not to be overlooked.
    if (this.more[lang].querySelector('.mistake.error:not([hidden])')) this.rest.open = true;
  }

  /** Goes to the field at a place in the text, where the block is edited as a form. */
  goTo(lang: Lang, at: number): boolean {
    const side = this.options.side(lang);
    if (!side?.isFolded || at >= frontEnd(side.view.state.doc.toString())) return false;
    const form = this.forms[lang].find((form) => form.has(at - OPENED));
    if (form && form === this.forms[lang][1]) this.rest.open = true;
    return form?.goTo(at - OPENED) ?? false;
  }

  /** Puts the focus on the first field. */
  focus(lang: Lang): void {
    this.places[lang].querySelector<HTMLElement>('input, textarea')?.focus();
  }
}

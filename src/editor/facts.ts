// The facts of a record as a form that is made of its type: dates, choices, references by title, lists. What a form cannot
// show is edited as text.

import type { Field, RecordType, Row } from './api';
import { h } from './dom';
import { t, ui } from './words';
import { type Change, Facts } from './yaml';

const choice = (key: string, en: string, fr: string) => ({ key, label: { en, fr } });
const base = (name: string, kind: string, en: string, fr: string, more: Partial<Field> = {}): Field => ({
  name, kind, label: { en, fr }, help: null, required: false, many: false, localized: false, ...more,
});

/** What every record may say of itself. */
const BASE: Field[] = [
  base('state', 'choice', 'Publication', 'Publication', {
    choices: [choice('draft', 'Draft', 'Ébauche'), choice('published', 'Published', 'Publiée'), choice('archived', 'Archived', 'Archivée')],
  }),
  base('published_on', 'date', 'Published on', 'Publication le'),
  base('modified_on', 'date', 'Modified on', 'Modification le'),
  base('review_by', 'date', 'Review by', 'À réviser d’ici le'),
  base('expires_on', 'date', 'Expires on', 'Expire le'),
  base('owner', 'reference', 'Owner', 'Responsable', { to: ['partner'] }),
  base('changes', 'group', 'Notes of change', 'Notes de modification', { many: true }),
];

export interface FormOptions {
  type: RecordType | null;
  records: () => Row[];
  text: () => string;
  apply: (change: Change) => void;
  asText: (field: string) => void;
  readOnly: boolean;
}

export class Form {
  readonly element = h('div', { class: 'form' });

  constructor(private readonly options: FormOptions) {
    this.render();
  }

  private get fields(): Field[] {
    const own = this.options.type?.fields.filter((field) => !field.localized) ?? [];
    return [...own, ...BASE];
  }

  private get order(): string[] {
    return this.fields.map((field) => field.name);
  }

  /** Shows the facts as they are now. The focus stays where it was. */
  render(): void {
    const focused = this.element.contains(document.activeElement) ? document.activeElement?.id : null;
    const facts = new Facts(this.options.text());
    if (!facts.isSound) {
      this.element.replaceChildren(h('p', {}, h('button', { type: 'button', onclick: () => this.options.asText('') }, t.source)));
      return;
    }
    this.element.replaceChildren(...this.fields.map((field) => this.field(field, facts)));
    if (focused) document.getElementById(focused)?.focus();
  }

  private field(field: Field, facts: Facts): HTMLElement {
    const held = facts.get(field.name);
    const label = field.label[ui];
    const help = field.help?.[ui];
    const id = `fact-${field.name}`;
    const helpId = help ? `${id}-help` : undefined;
    const cannot = held.is === 'other' || field.kind === 'group' || (held.is === 'many' && !field.many);
    if (cannot) {
      return h('div', { class: 'field' }, h('span', { class: 'label' }, label),
        h('button', { type: 'button', id, class: 'quiet', onclick: () => this.options.asText(field.name) }, t.asText));
    }
    const star = field.required ? h('span', { class: 'required', 'aria-hidden': 'true' }, ' *') : null;
    const hint = help ? h('p', { class: 'help', id: helpId }, help) : null;
    if (!field.many) {
      const value = held.is === 'one' ? held.value : '';
      const input = this.input(field, id, value, (now) => this.set(field, now), helpId);
      return h('div', { class: 'field' }, h('label', { for: id }, label, star), input, hint);
    }
    const values = held.is === 'many' ? held.values : held.is === 'one' ? [held.value] : [];
    const change = (made: string[]) => {
      this.options.apply(new Facts(this.options.text()).setMany(field.name, made, this.order));
      this.render();
    };
    const now = () => {
      const held = new Facts(this.options.text()).get(field.name);
      return held.is === 'many' ? held.values : held.is === 'one' ? [held.value] : [];
    };
    const items = values.map((value, at) => h('li', {},
      this.input(field, `${id}-${at}`, value, (entered) => entered && change(now().map((old, index) => (index === at ? entered : old))), helpId, label),
      this.options.readOnly ? null : h('button', {
        type: 'button', class: 'quiet', 'aria-label': t.remove(this.titled(field, value)),
        onclick: () => change(now().filter((_, index) => index !== at)),
      }, '×')));
    const fresh = this.options.readOnly ? null : h('li', {},
      this.input(field, `${id}-${values.length}`, '', (entered) => entered && change([...now(), entered]), helpId, `${t.add} : ${label}`));
    return h('fieldset', { class: 'field' }, h('legend', {}, label, star), hint, h('ul', {}, ...items, fresh));
  }

  private set(field: Field, value: string): void {
    const change = new Facts(this.options.text()).set(field.name, value, this.order);
    if (change.from !== change.to || change.insert) this.options.apply(change);
  }

  private titled(field: Field, value: string): string {
    return this.targets(field).find((target) => target.key === value)?.label ?? value;
  }

  /** The records that a reference may name. The folder is left out where the field says which type. */
  private targets(field: Field): { key: string; label: string }[] {
    if (field.kind === 'choice') return field.choices?.map(({ key, label }) => ({ key, label: label[ui] })) ?? [];
    const rows = this.options.records().filter((row) => row.type && field.to?.includes(row.type));
    const name = (row: Row) => (field.to?.length === 1 ? row.id.slice(row.id.indexOf('/') + 1) : row.id);
    const targets = rows.map((row) => ({ key: name(row), label: row.title[ui] ?? row.title.en ?? row.title.fr ?? row.id }));
    return targets.sort((a, b) => a.label.localeCompare(b.label, ui));
  }

  private input(field: Field, id: string, value: string, entered: (value: string) => void, help?: string, label?: string): HTMLElement {
    const props = {
      id, 'aria-describedby': help, 'aria-label': label, 'aria-required': field.required ? 'true' : undefined,
      disabled: this.options.readOnly,
    };
    const choose = (options: { key: string; label: string }[]) => {
      const select = h('select', { ...props, onchange: () => entered(select.value) },
        h('option', { value: '' }, t.unset),
        ...options.map(({ key, label }) => h('option', { value: key, selected: key === value }, label)));
      // What is written and not among them stays to be seen.
      if (value && !options.some(({ key }) => key === value)) select.append(h('option', { value, selected: true }, value));
      return select;
    };
    if (field.kind === 'choice' || field.kind === 'reference') return choose(this.targets(field));
    if (field.kind === 'boolean') return choose([{ key: 'true', label: t.yes }, { key: 'false', label: t.no }]);
    const kinds: Record<string, string> = { url: 'url', email: 'email', phone: 'tel' };
    // A date may be known in part only, so it is written: 2015, 2015-06 or 2015-06-30.
    const input = h('input', {
      ...props, type: kinds[field.kind] ?? 'text', '.value': value, autocomplete: 'off',
      inputmode: field.kind === 'date' ? 'numeric' : field.kind === 'number' ? 'decimal' : undefined,
      placeholder: field.kind === 'date' ? (ui === 'fr' ? 'AAAA-MM-JJ' : 'YYYY-MM-DD') : undefined,
      [field.many ? 'onchange' : 'oninput']: () => entered(input.value.trim()),
    });
    return input;
  }
}

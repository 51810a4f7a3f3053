// What a file says in YAML as a form that is made of its fields: dates, choices, references by title, lists, groups, and
// both languages where a value has them. What a form cannot show is edited as text.

import { type Field, type Lang, LANGS, type Row } from './api';
import { h } from './dom';
import { t, ui } from './words';
import { type Change, Facts, isChange, type Orders, type Path } from './yaml';

export interface FormOptions {
  /** What the ids of its controls begin with. */
  name: string;
  fields: () => Field[];
  /** Fields of the same text that are shown elsewhere; new ones come after what is written of those. */
  others?: () => Field[];
  /** The language of what is written; none for facts. */
  lang: Lang | null;
  records: () => Row[];
  text: () => string;
  apply: (change: Change) => void;
  /** Shows a field in the text. */
  asText: (path: Path) => void;
  readOnly: boolean;
}

/** A mistake, and where in the form's text it stands. */
export interface Told { from: number; severity: 'error' | 'warning' | 'info'; message: string }

/** A place of the facts on the form. */
interface Slot { path: Path; box: HTMLElement; control: HTMLElement | null; note: HTMLElement }

interface About { label?: string; lang?: Lang | null; help?: string; orders: Orders; isPart: boolean }

const COMPARISONS = ['about', 'more_than', 'less_than', 'at_least', 'at_most', 'from'] as const;

export class Form {
  readonly element = h('div', { class: 'form' });
  private slots: Slot[] = [];
  private told: Told[] = [];
  /** Lists of groups that show an empty one, which is written with its first value. */
  private readonly begun = new Set<string>();
  private facts: Facts;

  /** Whether a button is held down: what is under it must stay until it is let go. */
  private isPressed = false;
  private waits = false;

  constructor(private readonly options: FormOptions) {
    this.facts = new Facts(options.text());
    this.element.addEventListener('pointerdown', () => {
      this.isPressed = true;
      const free = () => {
        this.isPressed = false;
        if (this.waits) this.renderSoon();
      };
      addEventListener('pointerup', free, { once: true });
      addEventListener('pointercancel', free, { once: true });
    });
    this.render();
  }

  /** Once the focus has found its place, and what was pressed has been done. */
  private renderSoon(): void {
    setTimeout(() => {
      this.waits = this.isPressed;
      if (!this.waits) this.render();
    });
  }

  get isSound(): boolean {
    return new Facts(this.options.text()).isSound;
  }

  private get orders(): Orders {
    return [[...(this.options.others?.() ?? []), ...this.options.fields()].map((field) => field.name)];
  }

  /** Shows the facts as they are now. The focus stays where it was. */
  render(): void {
    const focused = this.element.contains(document.activeElement) ? (document.activeElement as HTMLInputElement) : null;
    const [id, start, end] = [focused?.id, focused?.selectionStart, focused?.selectionEnd];
    this.facts = new Facts(this.options.text());
    this.slots = [];
    if (!this.facts.isSound) {
      this.element.replaceChildren(h('p', {}, t.unsound), h('p', {}, h('button', { type: 'button', onclick: () => this.options.asText([]) }, t.source)));
      return;
    }
    this.element.replaceChildren(...this.options.fields().map((field) => this.field(field, [field.name], this.orders)));
    this.tell();
    const again = id ? (document.getElementById(id) as HTMLInputElement | null) : null;
    again?.focus();
    if (again && start !== null && start !== undefined && /^(text|url|tel|textarea)$/.test(again.type)) again.setSelectionRange(start, end!);
  }

  /** Shows mistakes at the fields in which they are. */
  show(told: Told[]): void {
    this.told = told;
    this.tell();
  }

  /** Puts the focus on the field in which something stands; false where there is none. */
  goTo(at: number): boolean {
    const slot = this.at(new Facts(this.options.text()), at);
    const control = slot?.control ?? slot?.box.querySelector<HTMLElement>('input, select, textarea, button');
    control?.focus();
    control?.scrollIntoView({ block: 'center' });
    return !!control;
  }

  /** Whether something stands in one of its fields. */
  has(at: number): boolean {
    return this.at(new Facts(this.options.text()), at) !== null;
  }

  private at(facts: Facts, at: number): Slot | null {
    const size = (slot: Slot) => {
      const range = facts.range(slot.path);
      return range && range.from <= at && at <= range.to ? range.to - range.from : Infinity;
    };
    const found = this.slots.map((slot) => ({ slot, size: size(slot) })).filter(({ size }) => size < Infinity);
    return found.sort((a, b) => a.size - b.size || b.slot.path.length - a.slot.path.length)[0]?.slot ?? null;
  }

  private tell(): void {
    const facts = new Facts(this.options.text());
    const told = new Map<Slot, Told[]>();
    for (const one of this.told) {
      const slot = this.at(facts, one.from);
      if (slot) told.set(slot, [...(told.get(slot) ?? []), one]);
    }
    for (const slot of this.slots) {
      const own = told.get(slot) ?? [];
      const said = own.map(({ message }) => message).join(' ');
      if (slot.note.textContent !== said) slot.note.textContent = said;
      slot.note.hidden = own.length === 0;
      slot.note.className = `mistake ${own.some(({ severity }) => severity === 'error') ? 'error' : 'warning'}`;
      if (own.some(({ severity }) => severity !== 'info')) slot.control?.setAttribute('aria-invalid', 'true');
      else slot.control?.removeAttribute('aria-invalid');
    }
  }

  private id(path: Path): string {
    return [this.options.name, ...path].join('-');
  }

  private slot(path: Path, control: HTMLElement | null, box: HTMLElement): HTMLElement {
    const note = h('p', { class: 'mistake', id: `${this.id(path)}-mistake`, hidden: true });
    const described = [control?.getAttribute('aria-describedby'), note.id].filter(Boolean).join(' ');
    control?.setAttribute('aria-describedby', described);
    box.append(note);
    this.slots.push({ path, box, control, note });
    return box;
  }

  private field(field: Field, path: Path, orders: Orders): HTMLElement {
    const label = field.label[ui];
    const id = this.id(path);
    const star = field.required ? h('span', { class: 'required', 'aria-hidden': 'true' }, ' *') : null;
    const hint = field.help ? h('p', { class: 'help', id: `${id}-help` }, field.help[ui]) : null;
    const help = hint?.id;
    const inner = { orders, isPart: path.length > 1, lang: field.lang ?? this.options.lang };
    const ofGroup = field.kind === 'group' ? [...orders.slice(0, path.length), field.fields!.map(({ name }) => name)] : orders;
    if (field.kind === 'group' && field.many) return this.groups(field, path, ofGroup, { label, star, hint });
    if (field.kind === 'group') {
      const keys = this.facts.keys(path);
      if (keys === null && this.facts.get(path).is !== 'nothing') return this.onlyText(path, label);
      // A group that says nothing takes no room.
      const isShown = field.required || keys !== null || this.begun.has(path.join('-'));
      const add = isShown ? null : this.adding(path, label, path);
      if (add) return this.slot(path, null, h('fieldset', { class: 'field groups' }, h('legend', {}, label, star), hint, this.options.readOnly ? null : add));
      return this.slot(path, null, h('fieldset', { class: 'field group' }, h('legend', {}, label, star), hint, ...this.parts(field, path, ofGroup)));
    }
    const held = this.facts.get(path);
    if (field.localized && path.length > 1 && !field.many) return this.inBoth(field, path, orders, { label, star, hint });
    const isQuantity = field.kind === 'number' || field.kind === 'money';
    if (isQuantity && !field.many) {
      const compared = this.compared(path);
      if (held.is === 'other' && !compared) return this.onlyText(path, label);
      return this.quantity(field, path, compared, { ...inner, help }, { label, star, hint });
    }
    if (held.is === 'other' || (held.is === 'many' && !field.many)) return this.onlyText(path, label);
    if (!field.many) {
      const control = this.control(field, path, held.is === 'one' ? held.value : '', { ...inner, help });
      return this.slot(path, control, h('div', { class: 'field' }, h('label', { for: id }, label, star), control, hint));
    }
    return this.list(field, path, held.is === 'many' ? held.values : held.is === 'one' ? [held.value] : [], { ...inner, help }, { label, star, hint });
  }

  private onlyText(path: Path, label: string): HTMLElement {
    const button = h('button', { type: 'button', id: this.id(path), class: 'quiet', 'aria-label': `${t.asText} : ${label}`, onclick: () => this.options.asText(path) }, t.asText);
    return this.slot(path, button, h('div', { class: 'field' }, h('span', { class: 'label' }, label), button));
  }

  private parts(field: Field, path: Path, orders: Orders): HTMLElement[] {
    const known = field.fields!.map((part) => this.field(part, [...path, part.name], orders));
    // What is written and not declared is a mistake that must be seen.
    const unknown = (this.facts.keys(path) ?? []).filter((key) => !field.fields!.some(({ name }) => name === key));
    return [...known, ...unknown.map((key) => this.onlyText([...path, key], key))];
  }

  private groups(field: Field, path: Path, orders: Orders, { label, star, hint }: Heading): HTMLElement {
    const count = this.facts.groups(path);
    if (count === null) return this.onlyText(path, label);
    const key = path.join('-');
    const shown = count + (this.begun.has(key) || (count === 0 && field.required) ? 1 : 0);
    const items = Array.from({ length: shown }, (_, at) => {
      const name = `${label} ${at + 1}`;
      const remove = this.options.readOnly ? null : h('button', {
        type: 'button', class: 'quiet', id: `${this.id([...path, at])}-remove`, 'aria-label': t.remove(name), onclick: () => {
          this.begun.delete(key);
          if (at < (this.current().groups(path) ?? 0)) this.change(this.current().remove([...path, at]));
          this.render();
          document.getElementById(`${this.id(path)}-add`)?.focus();
        },
      }, t.removeIt);
      return h('li', {}, this.slot([...path, at], null,
        h('fieldset', { class: 'group' }, h('legend', {}, name), ...this.parts(field, [...path, at], orders), remove)));
    });
    const add = this.options.readOnly || shown > count ? null : this.adding(path, label, [...path, count]);
    return this.slot(path, null, h('fieldset', { class: 'field groups' }, h('legend', {}, label, star), hint, h('ol', {}, ...items), add));
  }

  /** A button that shows an empty group at a place, to be filled in. */
  private adding(path: Path, label: string, at: Path): HTMLElement {
    return h('button', {
      type: 'button', class: 'quiet', id: `${this.id(path)}-add`, onclick: () => {
        this.begun.add(path.join('-'));
        this.render();
        this.element.querySelector<HTMLElement>(`[id^="${this.id(at)}-"]:is(input, select, textarea)`)?.focus();
      },
    }, t.addTo(label));
  }

  private list(field: Field, path: Path, values: string[], about: About, { label, star, hint }: Heading): HTMLElement {
    const items = values.map((value, at) => h('li', {},
      this.control(field, [...path, at], value, { ...about, label: `${label} ${at + 1}`, isPart: true }),
      this.options.readOnly ? null : h('button', {
        type: 'button', class: 'quiet', 'aria-label': t.remove(this.titled(field, value)),
        onclick: () => {
          this.change(this.current().remove([...path, at]));
          this.render();
          document.getElementById(this.id([...path, Math.max(0, at - 1)]))?.focus();
        },
      }, '×')));
    const next = [...path, values.length];
    const fresh = this.options.readOnly ? null : h('li', {}, this.control(field, next, '', { ...about, label: t.addTo(label), isPart: true }));
    return this.slot(path, null, h('fieldset', { class: 'field' }, h('legend', {}, label, star), h('ul', {}, ...items, fresh), hint));
  }

  /** A value that is written in both languages on the spot. */
  private inBoth(field: Field, path: Path, orders: Orders, { label, star, hint }: Heading): HTMLElement {
    const held = this.facts.get(path);
    if (held.is === 'one' || held.is === 'many' || LANGS.some((lang) => this.facts.get([...path, lang]).is === 'other')) return this.onlyText(path, label);
    const inner: Orders = [...orders.slice(0, path.filter((step) => typeof step === 'string').length), [...LANGS]];
    const controls = LANGS.map((lang) => {
      const own = [...path, lang];
      const value = this.facts.get(own);
      const control = this.control(field, own, value.is === 'one' ? value.value : '', { orders: inner, isPart: true, lang, help: hint?.id });
      return this.slot(own, control, h('div', {}, h('label', { for: this.id(own), class: 'help' }, t.changes[lang]), control));
    });
    return h('fieldset', { class: 'field' }, h('legend', {}, label, star), ...controls, hint);
  }

  /** A comparison: how, and with what. */
  private compared(path: Path): { how: string; value: string; to: string } | null {
    const keys = this.facts.keys(path);
    const one = (key: string) => {
      const held = this.facts.get([...path, key]);
      return held.is === 'one' ? held.value : '';
    };
    const [first, second] = keys ?? [];
    if (!keys || !first || !COMPARISONS.includes(first as (typeof COMPARISONS)[number]) || keys.length > (first === 'from' ? 2 : 1)) return null;
    if (first === 'from' && second !== 'to') return null;
    return { how: first, value: one(first), to: second ? one(second) : '' };
  }

  private quantity(field: Field, path: Path, compared: { how: string; value: string; to: string } | null, about: About, { label, star, hint }: Heading): HTMLElement {
    const held = this.facts.get(path);
    const id = this.id(path);
    const input = (name: string, value: string, words: string) => h('input', {
      id: name, type: 'text', '.value': value, autocomplete: 'off', inputmode: field.kind === 'number' ? 'decimal' : undefined, 'aria-label': words,
      'aria-describedby': about.help, 'aria-required': field.required ? 'true' : undefined, disabled: this.options.readOnly, oninput: () => write(),
    });
    const how = h('select', { id: `${id}-how`, 'aria-label': t.howSure(label), disabled: this.options.readOnly, onchange: () => { write(); show(); } },
      h('option', { value: '' }, t.exactly),
      ...COMPARISONS.map((name) => h('option', { value: name, selected: compared?.how === name }, t.comparisons[name])));
    const value = input(id, compared?.value ?? (held.is === 'one' ? held.value : ''), label);
    const to = input(`${id}-to`, compared?.to ?? '', t.upTo(label));
    const show = () => { to.hidden = how.value !== 'from'; };
    const write = () => {
      const [first, last] = [value.value.trim(), to.value.trim()];
      if (first === '') return this.change(this.current().remove(path));
      if (how.value === 'from' && last === '') return;
      if (how.value === '' && this.current().keys(path) === null) return this.change(this.current().set(path, first, about.orders));
      const made = how.value === '' ? first : how.value === 'from' ? { from: first, to: last } : { [how.value]: first };
      this.change(this.current().write(path, made, about.orders));
    };
    show();
    return this.slot(path, value, h('div', { class: 'field' }, h('label', { for: id }, label, star), h('div', { class: 'quantity' }, how, value, to), hint));
  }

  private current(): Facts {
    return new Facts(this.options.text());
  }

  private change(change: Change): void {
    if (isChange(change)) this.options.apply(change);
  }

  private titled(field: Field, value: string): string {
    return this.targets(field).find((target) => target.key === value)?.label ?? value;
  }

  /** The records that a reference may name. The folder is left out where the field says which type. */
  private targets(field: Field): { key: string; label: string }[] {
    if (field.kind === 'choice') return field.choices?.map(({ key, label }) => ({ key, label: label[ui] })) ?? [];
    if (field.kind !== 'reference') return [];
    const rows = this.options.records().filter((row) => row.type && (!field.to?.length || field.to.includes(row.type)));
    const name = (row: Row) => (field.to?.length === 1 ? row.id.slice(row.id.indexOf('/') + 1) : row.id);
    const targets = rows.map((row) => ({ key: name(row), label: row.title[ui] ?? row.title.en ?? row.title.fr ?? row.id }));
    return targets.sort((a, b) => a.label.localeCompare(b.label, ui));
  }

  private control(field: Field, path: Path, value: string, { label, lang, help, orders, isPart }: About): HTMLElement {
    const entered = (now: string, isDone: boolean) => {
      // A part that is emptied while it is typed may only wait for its next words.
      if (isDone || !isPart || now !== '') this.change(this.current().set(path, now, orders));
      if (!isDone || !isPart) return;
      // What came or went is shown once the focus has found its place; a list is chosen from with one key after another.
      const show = () => {
        if (now !== '') path.forEach((_, length) => this.begun.delete(path.slice(0, length).join('-')));
        this.renderSoon();
      };
      const own = document.activeElement;
      if (own instanceof HTMLSelectElement && own.id === this.id(path)) own.onblur = show;
      else show();
    };
    const props = {
      id: this.id(path), 'aria-describedby': help, 'aria-label': label, 'aria-required': field.required ? 'true' : undefined,
      disabled: this.options.readOnly,
    };
    const choose = (options: { key: string; label: string }[]) => {
      const select = h('select', { ...props, onchange: () => entered(select.value, true) },
        h('option', { value: '' }, t.unset),
        ...options.map(({ key, label }) => h('option', { value: key, selected: key === value }, label)));
      // What is written and not among them stays to be seen; a name with its folder is the same record.
      const same = options.find(({ key }) => key === value.slice(value.indexOf('/') + 1) || value === key.slice(key.indexOf('/') + 1));
      if (value && !options.some(({ key }) => key === value)) select.append(h('option', { value, selected: true }, same?.label ?? value));
      return select;
    };
    if (field.kind === 'choice' || field.kind === 'reference') return choose(this.targets(field));
    if (field.kind === 'boolean') return choose([{ key: 'true', label: t.yes }, { key: 'false', label: t.no }]);
    const words = { ...props, autocomplete: 'off', lang: lang ? `${lang}-CA` : undefined, spellcheck: lang ? 'true' : undefined };
    const isLong = field.kind === 'markdown' || field.long || value.includes('\n');
    if (isLong) {
      const area = h('textarea', {
        ...words, rows: field.kind === 'markdown' ? 5 : 3, '.value': value,
        oninput: () => entered(area.value.replace(/\s+$/, ''), false), onchange: () => entered(area.value.replace(/\s+$/, ''), true),
      });
      return area;
    }
    const kinds: Record<string, string> = { url: 'url', email: 'email', phone: 'tel' };
    // A date may be known in part only, so it is written: 2015, 2015-06 or 2015-06-30.
    const input = h('input', {
      ...words, type: kinds[field.kind] ?? 'text', '.value': value,
      inputmode: field.kind === 'date' ? 'numeric' : undefined,
      placeholder: field.kind === 'date' ? (ui === 'fr' ? 'AAAA-MM-JJ' : 'YYYY-MM-DD') : undefined,
      oninput: () => entered(input.value.trim(), false), onchange: () => entered(input.value.trim(), true),
    });
    return input;
  }
}

interface Heading { label: string; star: HTMLElement | null; hint: HTMLElement | null }

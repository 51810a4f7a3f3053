// What a file says in YAML as a form that is made of its fields: dates, choices, references by title, lists, groups, and
// both languages where a value has them. What a form cannot show is edited as text.

import { type Field, type Lang, LANGS, type RecordType, type Row } from './api';
import type { Held } from './buffer';
import { announce, capital, h } from './dom';
import { type Target, targets, TO_FILL } from './fields';
import { t, ui } from './words';
import { type Change, Facts, isChange, type Made, type Orders, type Path } from './yaml';

export interface FormOptions {
  /** What the ids of its controls begin with. */
  name: string;
  fields: () => Field[];
  /** All fields of the text in the order in which they are written, also those that are shown elsewhere. */
  order?: () => Field[];
  /** The language of what is written; none for facts. */
  lang: Lang | null;
  records: () => Row[];
  types: () => RecordType[];
  text: () => string;
  apply: (change: Change) => void;
  /** Keeps what was entered and has no place in the text. */
  hold: (held: Held[]) => void;
  /** Undoes the last step in the text, made here or elsewhere, or does it again. */
  undo: () => void;
  redo: () => void;
  /** Shows a field in the text. */
  asText: (path: Path) => void;
  readOnly: boolean;
}

/** A mistake, and where it is in the form's text. */
export interface Told { from: number; name: string; severity: 'error' | 'warning' | 'info'; message: string }

/** A place of the facts on the form. */
interface Slot { path: Path; kind?: string; box: HTMLElement; control: HTMLElement | null; note: HTMLElement;
  /** What can be done with what has no place in the text. */
  ways: HTMLElement | null;
}

interface About { label?: string; lang?: Lang | null; help?: string; orders: Orders; isPart: boolean }

const COMPARISONS = ['about', 'more_than', 'less_than', 'at_least', 'at_most', 'from'] as const;

export class Form {
  readonly element = h('div', { class: 'form' });
  private slots: Slot[] = [];
  private told: Told[] = [];
  /** Lists of groups that show an empty one, which is written with its first value. */
  private readonly begun = new Set<string>();
  /** What was entered and has no place in the text, by the id of its field: it stays on the form. */
  private readonly held = new Map<string, Held>();
  /** A part that was emptied, and waits for its next words. */
  private emptied: (() => void) | null = null;
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
    // What is typed in a field is taken back by the browser, all else by the text.
    let typedIn: EventTarget | null = null;
    this.element.addEventListener('input', (event) => { typedIn = event.target; });
    this.element.addEventListener('focusin', () => { typedIn = null; });
    this.element.addEventListener('keydown', (event) => {
      if ((!event.ctrlKey && !event.metaKey) || (typedIn === event.target && !(event.target instanceof HTMLSelectElement))) return;
      const key = event.key.toLowerCase();
      const step = key === 'z' && !event.shiftKey ? options.undo : key === 'y' || key === 'z' ? options.redo : null;
      if (!step) return;
      event.preventDefault();
      step();
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

  /** What can be chosen is something else by now. Whoever is typing in a field sees it on leaving the field. */
  renew(): void {
    const own = this.element.querySelector(':is(input, textarea):focus');
    if (own) own.addEventListener('blur', () => this.renderSoon(), { once: true });
    else this.renderSoon();
  }

  get isSound(): boolean {
    return new Facts(this.options.text()).isSound;
  }

  private get orders(): Orders {
    return [(this.options.order ?? this.options.fields)().map((field) => field.name)];
  }

  /** Shows the facts as they are now. The focus stays where it was. */
  render(): void {
    const focused = this.element.contains(document.activeElement) ? (document.activeElement as HTMLInputElement) : null;
    const [id, start, end] = [focused?.id, focused?.selectionStart, focused?.selectionEnd];
    this.facts = new Facts(this.options.text());
    this.slots = [];
    if (!this.facts.isSound) {
      this.element.replaceChildren(h('p', {}, t.unsound), h('p', {}, h('button', { type: 'button', onclick: () => this.options.asText([]) }, t.source)));
      this.element.prepend(...this.homeless());
      return;
    }
    this.element.replaceChildren(...this.options.fields().map((field) => this.field(field, [field.name], this.orders)));
    this.element.prepend(...this.homeless());
    this.tell();
    const again = id ? (document.getElementById(id) as HTMLInputElement | null) : null;
    again?.focus();
    if (again && start !== null && start !== undefined && /^(text|url|tel|textarea)$/.test(again.type)) again.setSelectionRange(start, end!);
  }

  /** What was entered in fields that are not shown any more. */
  private homeless(): HTMLElement[] {
    const lost = [...this.held].filter(([id]) => !this.slots.some((slot) => this.id(slot.path) === id));
    return lost.map(([id, { label, typed, why }]) => h('div', { class: 'banner bad' },
      h('p', {}, `${t.label(label)} ${Object.values(typed).filter(Boolean).join(' ')}`), h('p', { class: 'mistake' }, capital(why)),
      h('p', { class: 'actions' }, this.discarding(id, label))));
  }

  private discarding(id: string, label: string): HTMLElement {
    return h('button', {
      type: 'button', class: 'quiet', 'aria-label': t.discardEntry(label), onclick: () => {
        this.held.delete(id);
        this.options.hold([...this.held.values()]);
        this.render();
        document.getElementById(id)?.focus();
      },
    }, t.discard);
  }

  /** Takes back what another page of this form held. */
  restore(held: Held[]): void {
    for (const one of held) {
      one.path.forEach((_, length) => this.begun.add(one.path.slice(0, length).join('-')));
      this.held.set(this.id(one.path), one);
    }
    this.options.hold([...this.held.values()]);
    this.render();
  }

  /** What is being entered is entered as it is. */
  finish(): void {
    this.emptied?.();
  }

  /**
   * Enters something at a place; nothing takes away what is there. What has no place in the text is held, with the
   * reason, and stays on the form: all fields write by this, and none loses what was entered.
   */
  private enter(path: Path, made: Made | null, orders: Orders, { label, typed, of = path }: { label: string; typed: Record<string, string>; of?: Path }): boolean {
    this.emptied = null;
    const id = this.id(of);
    const change = this.current().enter(path, made, orders);
    const had = this.held.delete(id);
    if (change && isChange(change)) this.options.apply(change);
    if (!change) {
      const held = { form: this.options.name, path: of, label, typed, why: t.noPlace(label) };
      this.held.set(id, held);
      if (!had) announce(capital(held.why));
    }
    if (had || !change) {
      this.options.hold([...this.held.values()]);
      this.tell();
    }
    return change !== null;
  }

  /** Takes an item of a list away, with what is held in it; what comes after it moves up. */
  private takeAway(path: Path, at: number, label: string): void {
    if (at < (this.count(path) ?? 0) && !this.enter([...path, at], null, this.orders, { label, typed: {}, of: path })) return;
    const all = [...this.held.values()];
    this.held.clear();
    for (const held of all) {
      const position = held.path[path.length];
      const isBelow = typeof position === 'number' && path.every((step, length) => held.path[length] === step);
      if (isBelow && position === at) continue;
      const moved = isBelow && position > at ? [...path, position - 1, ...held.path.slice(path.length + 1)] : held.path;
      this.held.set(this.id(moved), { ...held, path: moved });
    }
    if (all.length > 0) this.options.hold([...this.held.values()]);
  }

  /** How many items a list has. */
  private count(path: Path): number | null {
    const facts = this.current();
    const held = facts.get(path);
    return held.is === 'many' ? held.values.length : held.is === 'one' ? 1 : facts.groups(path);
  }

  /** Shows mistakes at the fields in which they are. */
  show(told: Told[]): void {
    this.told = told;
    this.tell();
  }

  /** Puts the focus on the field at a place in the text; false where there is none. */
  goTo(at: number): boolean {
    const slot = this.at(new Facts(this.options.text()), at);
    const control = slot?.control ?? slot?.box.querySelector<HTMLElement>('input, select, textarea, button');
    control?.focus();
    control?.scrollIntoView({ block: 'center' });
    return !!control;
  }

  /** Whether a place in the text is in one of its fields. */
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
      const held = this.held.get(this.id(slot.path));
      const own = [...(held ? [{ severity: 'error' as const, message: capital(held.why) }] : []), ...(told.get(slot) ?? []).map((one) => asEntered(one, slot))];
      const said = own.map(({ message }) => message).join(' ');
      if (held && !slot.ways) {
        slot.ways = h('p', { class: 'actions' },
          h('button', { type: 'button', class: 'quiet', 'aria-label': `${t.label(t.asText)} ${held.label}`, onclick: () => this.options.asText(slot.path) }, t.asText),
          this.discarding(this.id(slot.path), held.label));
        slot.note.after(slot.ways);
      } else if (!held) {
        slot.ways?.remove();
        slot.ways = null;
      }
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

  private slot(path: Path, control: HTMLElement | null, box: HTMLElement, kind?: string): HTMLElement {
    const note = h('p', { class: 'mistake', id: `${this.id(path)}-mistake`, hidden: true });
    const described = [control?.getAttribute('aria-describedby'), note.id].filter(Boolean).join(' ');
    control?.setAttribute('aria-describedby', described);
    box.append(note);
    this.slots.push({ path, kind, box, control, note, ways: null });
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
          this.takeAway(path, at, name);
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
          this.takeAway(path, at, label);
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

  /** A comparison: how, and with what. Of a range one end may still be missing. */
  private compared(path: Path, facts = this.facts): { how: string; value: string; to: string } | null {
    const keys = facts.keys(path) ?? [];
    const one = (key: string) => {
      const held = facts.get([...path, key]);
      return held.is === 'one' ? held.value : '';
    };
    const [first] = keys;
    if (first === undefined || new Set(keys).size < keys.length || keys.some((key) => ['many', 'other'].includes(facts.get([...path, key]).is))) return null;
    if (keys.every((key) => key === 'from' || key === 'to')) return { how: 'from', value: one('from'), to: one('to') };
    return keys.length === 1 && COMPARISONS.some((name) => name === first) ? { how: first, value: one(first), to: '' } : null;
  }

  private quantity(field: Field, path: Path, compared: { how: string; value: string; to: string } | null, about: About, { label, star, hint }: Heading): HTMLElement {
    const held = this.facts.get(path);
    const id = this.id(path);
    const typed = this.held.get(id)?.typed;
    const input = (name: string, value: string, words: string) => h('input', {
      id: name, type: 'text', '.value': value, autocomplete: 'off', inputmode: field.kind === 'number' ? 'decimal' : undefined, 'aria-label': words,
      'aria-describedby': about.help, 'aria-required': field.required ? 'true' : undefined, disabled: this.options.readOnly, oninput: () => write(),
    });
    const how = h('select', { id: `${id}-how`, 'aria-label': t.howSure(label), disabled: this.options.readOnly, onchange: () => { write(); show(); } },
      h('option', { value: '' }, t.exactly),
      ...COMPARISONS.map((name) => h('option', { value: name, selected: (typed?.['-how'] ?? compared?.how) === name }, t.comparisons[name])));
    const value = input(id, typed?.[''] ?? compared?.value ?? (held.is === 'one' ? held.value : ''), label);
    const to = input(`${id}-to`, typed?.['-to'] ?? compared?.to ?? '', t.upTo(label));
    const show = () => { to.hidden = how.value !== 'from'; };
    const write = () => {
      const [first, last] = [value.value.trim(), how.value === 'from' ? to.value.trim() : ''];
      const entry = { label, typed: { '': value.value, '-how': how.value, '-to': to.value }, of: path };
      if (first === '' && last === '') return this.enter(path, null, about.orders, entry);
      if (how.value === '') return this.enter(path, first, about.orders, entry);
      const parts = how.value === 'from' ? { from: first, to: last } : { [how.value]: first };
      const made = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== ''));
      if (this.compared(path, this.current())?.how !== how.value) return this.enter(path, made, about.orders, entry);
      // What is a comparison of this kind already keeps the rest of what is written of it.
      return Object.entries(parts).every(([name, part]) => this.enter([...path, name], part === '' ? null : part, about.orders, entry));
    };
    show();
    return this.slot(path, value, h('div', { class: 'field' }, h('label', { for: id }, label, star), h('div', { class: 'quantity' }, how, value, to), hint), field.kind);
  }

  private current(): Facts {
    return new Facts(this.options.text());
  }

  private titled(field: Field, value: string): string {
    return this.targets(field).find((target) => target.key === value)?.label ?? value;
  }

  private targets(field: Field): Target[] {
    return targets(field, this.options.records(), this.options.types());
  }

  private control(field: Field, path: Path, written: string, { label, lang, help, orders, isPart }: About): HTMLElement {
    const enter = (now: string) => this.enter(path, now, orders, { label: label ?? field.label[ui], typed: { '': now } });
    const entered = (now: string, isDone: boolean) => {
      // A part that is emptied while it is typed may only wait for its next words.
      const waits = !isDone && isPart && now === '';
      const isEntered = waits || enter(now);
      this.emptied = waits ? () => enter('') : null;
      if (!isDone || !isPart || !isEntered) return;
      // What came or went is shown once the focus has found its place; a list is chosen from with one key after another.
      const show = () => {
        if (now !== '') path.forEach((_, length) => this.begun.delete(path.slice(0, length).join('-')));
        this.renderSoon();
      };
      const own = document.activeElement;
      if (own instanceof HTMLSelectElement && own.id === this.id(path)) own.onblur = show;
      else show();
    };
    const value = this.held.get(this.id(path))?.typed[''] ?? written;
    const props = {
      id: this.id(path), 'aria-describedby': help, 'aria-label': label, 'aria-required': field.required ? 'true' : undefined,
      disabled: this.options.readOnly,
    };
    const choose = (options: Target[]) => {
      const select = h('select', { ...props, onchange: () => entered(select.value, true) }, h('option', { value: '' }, t.unset));
      for (const name of new Set(options.map(({ group }) => group))) {
        const own = options.filter(({ group }) => group === name).map(({ key, label }) => h('option', { value: key, selected: key === value }, label));
        select.append(...(name === '' ? own : [h('optgroup', { label: name }, ...own)]));
      }
      // What is written and not among them stays to be seen; a name with its folder is the same record.
      const same = options.find(({ key }) => key === value.slice(value.indexOf('/') + 1) || value === key.slice(key.indexOf('/') + 1));
      if (value && !options.some(({ key }) => key === value)) select.append(h('option', { value, selected: true }, same?.label ?? (TO_FILL.test(value) ? t.toFill : value)));
      return select;
    };
    if (field.kind === 'choice' || field.kind === 'reference') return choose(this.targets(field));
    if (field.kind === 'boolean') return choose([{ key: 'true', label: t.yes, group: '' }, { key: 'false', label: t.no, group: '' }]);
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

/** A mistake in the words of the form: who fills it in writes no YAML. */
function asEntered({ name, severity, message }: Told, { kind, box }: Slot) {
  if (name !== 'wrong-value' || (kind !== 'number' && kind !== 'money')) return { severity, message };
  const lacksEnd = [...box.querySelectorAll('input')].some((input) => !input.hidden && input.value.trim() === '');
  return { severity, message: lacksEnd ? t.lacksEnd : t.wrongValue[kind] };
}

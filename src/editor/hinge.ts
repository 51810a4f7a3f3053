// The hinge between the two sides: one card for each section that gives the state of its sides, what changed and what can be
// done; and the room that lets both sides of a section begin at the same height.

import { type Behind, type Figure, type Lang, LANGS, other, type Section, type State } from './api';
import { h } from './dom';
import { align, FRONT, OPENING, type Pairing, type Part, parts } from './outline';
import type { Side } from './side';
import { t } from './words';

export interface HingeOptions {
  sides: () => Record<Lang, Side | null>;
  sections: () => Section[];
  readOnly: boolean;
  confirm: (keys: string[], name: string) => void;
  copy: (row: Pairing, to: Lang) => void;
  insert: (text: string, to: Lang) => void;
  drawn: () => void;
}

/** What the other side of the section that is being written says in figures. */
export interface AtHand { row: number; lang: Lang; figures: Figure[] }

/** How often, in how many milliseconds, a side is given room again. */
const TURNS = 5;
const SETTLING = 1000;

interface Standing { state: State | 'new'; side: Behind; keys: string[]; changes: Section['changes'] }

export class Hinge {
  readonly element = h('ol', { class: 'hinge', 'aria-label': t.sections });
  rows: Pairing[] = [];
  all: Record<Lang, Part[]> = { en: [], fr: [] };
  atHand: AtHand | null = null;
  /** When each side was given room of late. */
  private readonly given: Record<Lang, number[]> = { en: [], fr: [] };
  private drawn = '';
  private planned = false;

  constructor(private readonly options: HingeOptions) {}

  /** Looks again at both sides, soon. */
  refresh(): void {
    if (this.planned) return;
    this.planned = true;
    requestAnimationFrame(() => {
      this.planned = false;
      this.draw();
      this.level();
    });
  }

  /** How many sections wait for somebody. */
  get left(): number {
    return this.rows.filter((row) => !['equal', 'new'].includes(this.standing(row).state)).length;
  }

  private draw(): void {
    const sides = this.options.sides();
    for (const lang of LANGS) this.all[lang] = sides[lang] ? parts(sides[lang]!.view.state) : [];
    this.rows = align(this.all.en, this.all.fr);
    const atHand = (at: number) => (this.atHand?.row === at && !this.options.readOnly ? this.atHand : null);
    const cards = this.rows.map((row, at) => ({ row, name: this.name(row), isEmpty: this.isEmpty(row), atHand: atHand(at), ...this.standing(row) }));
    const drawn = JSON.stringify(cards);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const focused = this.element.contains(document.activeElement) ? document.activeElement?.id : null;
    this.element.replaceChildren(...cards.map((card, at) => this.card(card, at)));
    if (focused) document.getElementById(focused)?.focus();
    this.options.drawn();
  }

  private part(row: Pairing, lang: Lang): Part | null {
    const at = row[lang];
    return at === null ? null : (this.all[lang][at] ?? null);
  }

  name(row: Pairing): string {
    const part = this.part(row, 'en') ?? this.part(row, 'fr')!;
    if (part.level === FRONT) return t.front;
    if (part.level === OPENING) return t.opening;
    const titles = [...new Set(LANGS.map((lang) => this.part(row, lang)?.title).filter(Boolean))];
    return titles.join(' · ');
  }

  private isEmpty(row: Pairing): boolean {
    return LANGS.every((lang) => this.text(row, lang).trim() === '');
  }

  /** The sections, as the checker knows them, that a row shows. */
  private known(row: Pairing): Section[] {
    const sections = this.options.sections();
    const part = this.part(row, 'en') ?? this.part(row, 'fr')!;
    if (part.level === FRONT) return sections.filter((section) => section.field);
    if (part.level === OPENING) return sections.filter((section) => section.key === 'introduction');
    const same = (section: Section, lang: Lang) => section.title[lang] === (this.part(row, lang)?.title ?? null);
    const found = sections.filter((section) => !section.field && same(section, 'en') && same(section, 'fr'));
    // Of several sections of one name the first that is not another row's.
    const before = this.rows.slice(0, this.rows.indexOf(row)).filter((other) => this.name(other) === this.name(row)).length;
    return found.slice(before, before + 1);
  }

  private standing(row: Pairing): Standing {
    const known = this.known(row);
    const missing = LANGS.find((lang) => row[lang] === null);
    const worst = ['missing', 'outdated', 'unconfirmed', 'equal'].map((state) => known.find((section) => section.state === state)).find(Boolean);
    const changes = known.flatMap((section) => section.changes);
    const keys = known.filter((section) => section.state !== 'equal').map((section) => section.key);
    if (missing) return { state: 'missing', side: missing, keys: [], changes };
    if (!worst) return { state: 'new', side: null, keys: [], changes: [] };
    const behind = new Set(known.filter((section) => section.state === 'outdated').map((section) => section.side));
    const side = behind.size > 1 ? 'both' : ([...behind][0] ?? worst.side);
    return { state: worst.state, side, keys, changes };
  }

  private card(card: Standing & { row: Pairing; name: string; atHand: AtHand | null }, at: number): HTMLElement {
    const { state, side, row, name, changes, keys, atHand } = card;
    const language = (lang: Lang) => t.languages[lang];
    const words = {
      equal: t.equal, new: this.isEmpty(row) ? t.nothingYet : t.newSection, unconfirmed: t.unconfirmed,
      missing: t.missing(side === 'en' || side === 'fr' ? language(side) : ''),
      outdated: side === 'both' || !side ? t.both : t.behind(language(side)),
    }[state];
    const told = changes.map((change) => {
      const said = h('span', {}, t.changed(language(change.lang), change.what.join(', ')));
      if (change.words.length === 0) return h('p', {}, said);
      return h('details', { class: 'change', open: true }, h('summary', {}, said),
        ...change.words.map((edit) => h('p', { lang: change.lang },
          `… ${edit.before} `, edit.removed ? h('del', {}, edit.removed) : null, ' ',
          edit.added ? h('ins', {}, edit.added) : null, ` ${edit.after} …`)));
    });
    const target = row.en === null ? 'en' : row.fr === null ? 'fr' : null;
    const actions: HTMLElement[] = [];
    if (!this.options.readOnly) {
      if (target && this.options.sides()[target]) {
        actions.push(h('button', {
          type: 'button', id: `copy-${at}`, 'aria-label': t.copyName(name, language(target)), onclick: () => this.options.copy(this.rows[at]!, target),
        }, t.copyTo(language(target))));
      }
      if (keys.length > 0 && !target) {
        actions.push(h('button', {
          type: 'button', id: `confirm-${at}`, 'aria-label': t.confirmName(name), onclick: () => this.options.confirm(keys, name),
        }, t.confirm));
      }
    }
    return h('li', { class: `card ${state}`, 'data-row': at },
      h('p', { class: 'name' }, name),
      h('p', { class: `state ${state}` }, words),
      ...told,
      atHand ? this.figures(atHand) : null,
      actions.length > 0 ? h('p', { class: 'actions' }, ...actions) : null);
  }

  /** The numbers and dates that one side has and the other lacks: pressed, they are written there. */
  private figures({ row, lang, figures }: AtHand): HTMLElement | null {
    const lacking = figures.filter(({ is_there }) => !is_there);
    if (lacking.length === 0) return null;
    const from = t.languages[other(lang)];
    return h('div', { class: 'figures', role: 'group', 'aria-label': t.figures(from) }, h('p', {}, t.figures(from)),
      ...lacking.map(({ said, written }, at) => h('button', {
        type: 'button', id: `figure-${row}-${at}`, lang: `${lang}-CA`, title: said === written ? undefined : said,
        'aria-label': t.insert(written, t.languages[lang]), onclick: () => this.options.insert(written, lang),
      }, written)));
  }

  /** Gives both sides room so that each section begins at one height, where they are beside each other. */
  private level(): void {
    const sides = this.options.sides();
    const cards = [...this.element.children] as HTMLElement[];
    const isBeside = getComputedStyle(this.element).position === 'relative' && sides.en !== null && sides.fr !== null;
    if (!isBeside) {
      for (const card of cards) card.style.top = '';
      this.element.style.height = '';
      for (const lang of LANGS) this.put(lang, []);
      return;
    }
    const heights = { en: this.heights('en'), fr: this.heights('fr') };
    const wait: Record<Lang, number> = { en: 0, fr: 0 };
    const made: Record<Lang, { at: number; height: number }[]> = { en: [], fr: [] };
    let top = 0;
    this.rows.forEach((row, index) => {
      const card = cards[index];
      if (card) card.style.top = `${top}px`;
      const tall = Math.max(...LANGS.map((lang) => (row[lang] === null ? 0 : heights[lang][row[lang]!]!)), (card?.offsetHeight ?? 0) + 8);
      for (const lang of LANGS) {
        const at = row[lang];
        if (at === null) {
          wait[lang] += tall;
          continue;
        }
        const room = Math.round(wait[lang]);
        if (at > 0 && room > 0) made[lang].push({ at: this.all[lang][at]!.from, height: room });
        wait[lang] = tall - heights[lang][at]! + (at > 0 ? wait[lang] - room : 0);
      }
      top += tall;
    });
    this.element.style.height = `${top}px`;
    for (const lang of LANGS) this.put(lang, made[lang]);
  }

  /** The heights of the parts of a side, without the room that they were given. */
  private heights(lang: Lang): number[] {
    const side = this.options.sides()[lang]!;
    const [view, rooms] = [side.view, side.rooms()];
    const all = this.all[lang];
    const tops = all.map((part) => view.lineBlockAt(part.from).top);
    return all.map((part, at) => {
      const end = at + 1 < all.length ? tops[at + 1]! : view.contentHeight - view.documentPadding.top - view.documentPadding.bottom;
      return Math.max(0, end - tops[at]! - (rooms.get(part.from) ?? 0));
    });
  }

  /** Gives room, but not to and fro: what is out of sight is estimated, and each room changes the estimate. */
  private put(lang: Lang, made: { at: number; height: number }[]): void {
    const side = this.options.sides()[lang];
    if (!side) return;
    const given = side.rooms();
    const same = made.length === given.size && made.every(({ at, height }) => Math.abs((given.get(at) ?? -9) - height) <= 1);
    if (same) return;
    const now = performance.now();
    this.given[lang] = this.given[lang].filter((at) => now - at < SETTLING);
    if (this.given[lang].length >= TURNS) return;
    this.given[lang].push(now);
    side.setRooms(made);
  }

  /** The row in which a side's cursor is. */
  rowAt(lang: Lang): number {
    const side = this.options.sides()[lang];
    if (!side) return 0;
    const head = side.view.state.selection.main.head;
    const at = this.all[lang].findLastIndex((part) => part.from <= head);
    return Math.max(0, this.rows.findIndex((row) => row[lang] === at));
  }

  /** The words of one section. */
  text(row: Pairing, lang: Lang): string {
    const part = this.part(row, lang);
    const side = this.options.sides()[lang];
    return part && side ? side.view.state.sliceDoc(part.from, part.to) : '';
  }

  /** Where a section that a side lacks is to be there. */
  place(row: Pairing, to: Lang): number {
    const index = this.rows.indexOf(row);
    for (let at = index - 1; at >= 0; at--) {
      const before = this.part(this.rows[at]!, to);
      if (before) return before.to;
    }
    return this.all[to][0]?.level === FRONT ? this.all[to][0]!.to : 0;
  }
}

// The desk: every pair with its state, what waits for somebody first; and publishing.

import * as api from './api';
import { LANGS, type Mistake, type Row, type Site, titleOf } from './api';
import { announce, fill, h, manual } from './dom';
import { sentence } from './listing';
import { addressOf, create } from './plan';
import { t, ui } from './words';

type Shown = 'everything' | 'waiting' | 'mistakes' | 'due' | 'draft';

interface Changes { added: string[]; changed: string[]; removed: string[] }

/** So many rows are shown until more are asked for. */
const MOST = 300;

const order = new Intl.Collator(ui).compare;

const waits = (row: Row) => row.state !== 'equal' || row.errors > 0 || row.due !== null;

export async function open(site: Site): Promise<HTMLElement> {
  const desk = new Desk(site, await api.records());
  return desk.element;
}

class Desk {
  readonly element: HTMLElement;
  private readonly search = h('input', { type: 'search', id: 'search', autocomplete: 'off', oninput: () => this.draw() });
  private readonly type: HTMLSelectElement;
  private readonly shown: HTMLSelectElement;
  private readonly body = h('tbody', { role: 'rowgroup' });
  private readonly count = h('p', { role: 'status' });
  private readonly unanswered = h('p', { class: 'banner bad', role: 'alert', hidden: true }, t.unanswered);
  private readonly result = h('div');

  /** The records by their ids, and by those without the folder. */
  private owners = new Map<string, Row>();
  /** So many rows are shown at first: thousands would hold up whoever types in the search. */
  private most = MOST;

  constructor(private readonly site: Site, private rows: Row[]) {
    const option = (value: string, label: string) => h('option', { value }, label);
    this.type = h('select', { id: 'type', onchange: () => this.draw() }, option('', t.everything),
      ...site.types.map((type) => option(type.name, type.plural[ui])));
    this.shown = h('select', { id: 'shown', onchange: () => this.draw() },
      option('everything', t.everything), option('waiting', t.waiting), option('mistakes', t.withMistakes),
      option('due', t.dueOnes), option('draft', t.drafts));
    const question = new URLSearchParams(location.search);
    this.search.value = question.get('q') ?? '';
    this.type.value = question.get('type') ?? '';
    this.shown.value = question.get('show') ?? 'everything';
    document.title = `${t.desk} – ${site.name[ui]} – Diptych`;
    const filter = (control: HTMLElement, label: string) => h('p', {}, h('label', { for: control.id }, label), control);
    const heads = [t.title, t.type, t.state, t.mistakes, t.due, t.owner];
    this.element = h('div', { class: 'desk' },
      h('header', { class: 'bar' }, h('h1', {}, site.name[ui] || 'Diptych'),
        h('a', { href: `/${ui}/` }, t.site),
        h('a', { href: '/_diptych/search' }, t.searchTests),
        manual('', t.manual),
        site.read_only ? null : h('button', { type: 'button', onclick: () => create(site) }, t.create),
        site.read_only ? null : h('button', { type: 'button', class: 'primary', onclick: () => void this.publish() }, t.publish)),
      h('main', {},
        site.read_only ? h('p', { class: 'banner' }, t.readOnly) : null,
        this.unanswered,
        this.result,
        h('div', { class: 'filters', role: 'search' }, filter(this.search, t.search), filter(this.type, t.type), filter(this.shown, t.show)),
        this.count,
        h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t.desk },
          h('table', { class: 'pairs', role: 'table' }, h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ...heads.map((head) => h('th', { scope: 'col', role: 'columnheader' }, head)))), this.body))));
    this.draw();
    void api.follow(() => void this.refresh(), (is) => { this.unanswered.hidden = is; });
  }

  private async refresh(): Promise<void> {
    try {
      this.rows = await api.records();
      this.draw();
    } catch {
      // The next state of the site brings another chance.
    }
  }

  private showAll(): void {
    const next = this.most;
    this.most = Infinity;
    this.draw();
    this.body.querySelectorAll('a')[next]?.focus();
  }

  private draw(): void {
    this.owners = new Map([...this.rows.map((row): [string, Row] => [row.id.slice(row.id.indexOf('/') + 1), row]).reverse(), ...this.rows.map((row): [string, Row] => [row.id, row])]);
    const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const asked = fold(this.search.value).split(/\s+/).filter(Boolean);
    const shown = this.shown.value as Shown;
    const is: Record<Shown, (row: Row) => boolean> = {
      everything: () => true,
      waiting: waits,
      mistakes: (row) => row.mistakes > 0,
      due: (row) => row.due !== null,
      draft: (row) => row.publication === 'draft',
    };
    const has = (row: Row) => {
      const text = fold([row.id, row.title.en, row.title.fr, row.owner, this.owner(row)].join(' '));
      return asked.every((word) => text.includes(word));
    };
    const found = this.rows.filter((row) => is[shown](row) && has(row) && (!this.type.value || row.type === this.type.value));
    const rank = (row: Row) => (row.errors > 0 ? 0 : { outdated: 1, missing: 2, unconfirmed: 3, equal: 4 }[row.state]);
    found.sort((a, b) => rank(a) - rank(b) || order(titleOf(a), titleOf(b)));
    const focused = this.body.contains(document.activeElement) ? document.activeElement?.id : null;
    const more = found.length > this.most ? [h('tr', { role: 'row' }, h('td', { colspan: 6, role: 'cell' }, h('button', { type: 'button', id: 'all-rows', onclick: () => this.showAll() }, t.showAll(found.length))))] : [];
    fill(this.body, ...found.slice(0, this.most).map((row) => this.row(row)), ...more);
    if (found.length === 0) fill(this.body, h('tr', { role: 'row' }, h('td', { colspan: 6, role: 'cell' }, t.none)));
    if (focused) document.getElementById(focused)?.focus();
    this.count.textContent = t.pairs(found.length, this.rows.length);
    const question = new URLSearchParams(Object.entries({ q: this.search.value, type: this.type.value, show: shown === 'everything' ? '' : shown }).filter(([, value]) => value));
    history.replaceState(null, '', question.size > 0 ? `?${question}` : location.pathname);
  }

  /** Who answers for a pair, as it is called here. */
  private owner({ owner }: Row): string {
    const row = owner === null ? undefined : this.owners.get(owner);
    return row ? titleOf(row) : (owner ?? '');
  }

  private row(row: Row): HTMLElement {
    const type = this.site.types.find((type) => type.name === row.type);
    const other = LANGS.filter((lang) => lang !== ui).map((lang) => row.title[lang]).find((title) => title && title !== titleOf(row));
    const state = {
      equal: t.equal, unconfirmed: t.unconfirmed,
      missing: t.missing(row.side === 'fr' || row.side === 'en' ? t.languages[row.side] : ''),
      outdated: row.side === 'en' || row.side === 'fr' ? t.behind(t.languages[row.side]) : t.both,
    }[row.state];
    const publication = { published: null, draft: t.draft, archived: t.archived, unpublished: t.unpublished }[row.publication];
    const due = row.due ? `${row.due.what === 'review' ? t.review : t.expired} ${row.due.on}` : '';
    return h('tr', { role: 'row' },
      h('th', { scope: 'row', role: 'rowheader' },
        h('a', { href: addressOf(row.id), id: `row-${row.id}` }, titleOf(row)),
        other ? h('span', { class: 'other', lang: ui === 'en' ? 'fr' : 'en' }, other) : null),
      h('td', { role: 'cell' }, type ? type.label[ui] : t.landing,
        publication ? h('span', { class: 'tag' }, publication) : null),
      h('td', { role: 'cell' }, h('span', { class: `state ${row.state}` }, state)),
      h('td', { role: 'cell', class: row.errors > 0 ? 'errors' : '' }, row.mistakes > 0 ? [String(row.mistakes), h('span', { class: 'narrow' }, ` ${t.mistakeWord(row.mistakes)}`)] : ''),
      h('td', { role: 'cell' }, due),
      h('td', { role: 'cell' }, this.owner(row)));
  }

  /** How many files of a language changed, and which. */
  private changes(name: string, changes: Changes): HTMLElement {
    const { added, changed, removed } = changes;
    if (added.length + changed.length + removed.length === 0) return h('li', {}, `${t.label(name)} ${t.same}`);
    const some = (which: keyof Changes) => (changes[which].length === 0 ? null
      : [h('dt', {}, `${t.changeName[which]} (${changes[which].length})`), ...changes[which].map((path) => h('dd', {}, h('code', {}, path)))]);
    return h('li', {}, h('details', {}, h('summary', {}, `${t.label(`${name} (${t.files(added.length + changed.length + removed.length)})`)} ${t.change(added.length, changed.length, removed.length)}`),
      h('dl', { class: 'paths', tabindex: '0' }, some('added'), some('changed'), some('removed'))));
  }

  /** Where a mistake is, with the way to it where that is in a pair or beside one. */
  private place({ file, line, column }: Mistake, records: Record<string, string>): Node | string {
    const words = t.label(`${file}, ${t.goTo(line)}`);
    const link = (id: string, place: string) => h('a', { href: `${addressOf(id)}#${place}` }, words);
    const endings = { facts: '.yaml', en: '.en.md', fr: '.fr.md' };
    for (const [which, ending] of Object.entries(endings)) {
      const row = this.rows.find(({ id }) => `/${file}`.endsWith(`/${id}${ending}`));
      if (row) return link(row.id, `${which}-${line}-${column}`);
    }
    return records[file] ? link(records[file], `beside-${file.slice(file.lastIndexOf('/') + 1)}`) : words;
  }

  private async publish(): Promise<void> {
    fill(this.result, h('p', { class: 'banner', role: 'status' }, t.publishing));
    type Built = { folder: string; zip: string; changes: Record<'en' | 'fr' | 'both', Changes>; mistakes: Mistake[]; records?: Record<string, string>; error?: string };
    try {
      const { status, json } = await api.post<Built>('build', {});
      if (status === 200) {
        const lines = (['en', 'fr', 'both'] as const).map((which) => this.changes(t.changes[which], json.changes[which]));
        fill(this.result, h('section', { class: 'banner good', role: 'status' }, h('p', {}, h('strong', {}, t.published)), h('ul', { class: 'plain' }, ...lines),
          h('dl', {}, h('dt', {}, t.folder), h('dd', {}, h('code', {}, json.folder)), h('dt', {}, t.zip), h('dd', {}, h('code', {}, json.zip)))));
        return;
      }
      const errors = json.mistakes?.filter((mistake) => mistake.severity === 'error') ?? [];
      fill(this.result, h('section', { class: 'banner bad', role: 'alert' }, h('p', {}, json.error ?? t.notPublished),
        h('ul', {}, ...errors.map((mistake) => h('li', {}, this.place(mistake, json.records ?? {}), ' ', sentence(mistake), ' ', manual(mistake.name, t.why))))));
    } catch {
      fill(this.result, h('p', { class: 'banner bad', role: 'alert' }, t.offline));
      announce(t.offline);
    }
  }
}

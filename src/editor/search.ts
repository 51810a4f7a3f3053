// The page of the search: a question, why each answer is where it is, and the questions that are tests, to which it
// can be added.

import * as api from './api';
import { type Answer, type Lang, LANGS, type OfState, type Result, type Row, type Site, type Test } from './api';
import { announce, fill, h, manual } from './dom';
import { pointsOf, why } from './why';
import { t, ui } from './words';

/** After the last key, in milliseconds; and between looks for an index that is being made. */
const TYPING_PAUSE = 150;
const INDEX_PAUSE = 500;
/** The answers that are explained at once. */
const EXPLAINED = 3;

export async function open(site: Site): Promise<HTMLElement> {
  return new Search(site, await api.records()).element;
}

class Search {
  readonly element: HTMLElement;
  private readonly lang = h('select', { id: 'lang', onchange: () => { this.drawPages(); this.askedAnew(); } },
    ...LANGS.map((lang) => h('option', { value: lang }, t.inLanguage[lang])));
  private readonly question = h('input', { type: 'search', id: 'question', autocomplete: 'off', maxlength: 2000, oninput: () => this.askedAnew(TYPING_PAUSE) });
  private readonly said = h('div', { role: 'status' });
  private readonly answers = h('ol', { class: 'answers' });
  private readonly known = h('p', { hidden: true });
  private readonly chosenList = h('ul', { class: 'chosen' });
  private readonly other = h('input', { id: 'other', list: 'pages', autocomplete: 'off' });
  private readonly pages = h('datalist', { id: 'pages' });
  private readonly outcome = h('div', { role: 'status' });
  private readonly test: HTMLElement;
  private readonly failing = h('input', { type: 'checkbox', id: 'failing', onchange: () => this.drawTests() });
  private readonly testCount = h('p', { role: 'status' });
  private readonly body = h('tbody');
  /** The pages that the test is to want, with their titles. */
  private readonly chosen = new Map<string, string>();
  private shown: Result[] = [];
  private tests: Test[] = [];
  private version: string | null = null;
  private turn = 0;
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly site: Site, private readonly rows: Row[]) {
    const given = new URLSearchParams(location.search);
    this.lang.value = LANGS.find((lang) => lang === given.get('lang')) ?? ui;
    this.question.value = given.get('ask') ?? '';
    document.title = `${t.searchPage} – ${site.name[ui]} – Diptych`;
    const labelled = (control: HTMLElement, label: string) => h('p', {}, h('label', { for: control.id }, label), control);
    this.test = h('section', { class: 'test', hidden: true, 'aria-labelledby': 'as-test' },
      h('h2', { id: 'as-test' }, t.asTest), h('p', { class: 'help' }, t.asTestHelp),
      this.known, this.chosenList,
      h('div', { class: 'filters' }, labelled(this.other, t.otherPage), this.pages,
        h('p', { class: 'at-end' }, h('button', { type: 'button', onclick: () => this.chooseOther() }, t.choose))),
      h('p', { class: 'actions' }, h('button', { type: 'button', class: 'primary', onclick: () => void this.add() }, t.addTest)));
    const heads = [t.question, t.wantedPages, t.result, t.line];
    this.element = h('div', { class: 'search' },
      h('header', { class: 'bar' }, h('h1', {}, t.searchPage),
        h('a', { href: '/_diptych/' }, t.back), h('a', { href: `/${ui}/` }, t.preview), manual('search', t.manual)),
      h('main', {},
        site.read_only ? h('p', { class: 'banner' }, t.readOnly) : null,
        h('form', { class: 'filters', role: 'search', onsubmit: (event: Event) => { event.preventDefault(); this.askedAnew(); } },
          labelled(this.question, t.question), labelled(this.lang, t.language),
          h('p', { class: 'at-end' }, h('button', { type: 'submit', class: 'primary' }, t.ask))),
        h('h2', { class: 'hidden' }, t.answers), this.said, this.answers, site.read_only ? null : this.test, this.outcome,
        h('section', {}, h('h2', { id: 'tests' }, t.tests),
          this.testCount, h('p', {}, this.failing, h('label', { for: 'failing' }, t.onlyFailing)),
          h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': 'tests' },
            h('table', {}, h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))), this.body)))));
    this.drawPages();
    void this.ask();
    void this.readTests();
    void api.follow(() => { void this.ask(); void this.readTests(); }, () => {});
    if (!this.question.value) setTimeout(() => this.question.focus());
  }

  private get language(): Lang {
    return this.lang.value === 'fr' ? 'fr' : 'en';
  }

  /** Another question: what was chosen for the last one is not wanted of this one. */
  private askedAnew(after = 0): void {
    clearTimeout(this.pause);
    this.chosen.clear();
    fill(this.outcome);
    this.pause = setTimeout(() => void this.ask(), after);
  }

  private async ask(): Promise<void> {
    const [lang, question, turn] = [this.language, this.question.value.trim(), ++this.turn];
    clearTimeout(this.pause);
    const address = question ? `?${new URLSearchParams({ lang, ask: question })}` : location.pathname;
    history.replaceState(null, '', address);
    this.test.hidden = !question;
    if (!question) {
      this.shown = [];
      fill(this.said);
      return fill(this.answers);
    }
    try {
      const found = await api.search(lang, question);
      if (turn !== this.turn) return;
      if ('error' in found) return fill(this.said, h('p', { class: 'banner bad' }, found.error));
      this.draw(found);
      if (found.index < found.site) this.pause = setTimeout(() => void this.ask(), INDEX_PAUSE);
    } catch {
      if (turn === this.turn) fill(this.said, h('p', { class: 'banner bad' }, t.offline));
    }
  }

  private draw(found: OfState & { answer: Answer }): void {
    const { total, partial, results, corrected, missing } = found.answer;
    const of = found.index < found.site ? t.earlierIndex : found.site < found.generation ? t.earlierSite : null;
    fill(this.said, of ? h('p', { class: 'banner' }, of) : null,
      h('p', {}, [t.found(total, partial), corrected ? t.readAs(corrected) : '', missing.length > 0 ? t.noPageHas(missing) : ''].filter(Boolean).join(' ')));
    this.shown = results;
    const isOpen = new Map([...this.answers.querySelectorAll('details')].map((details) => [details.id, details.open]));
    const focused = document.activeElement?.id;
    fill(this.answers, ...results.map((result, at) => this.answer(result, at + 1, isOpen)));
    if (focused && focused !== document.activeElement?.id) document.getElementById(focused)?.focus();
    this.drawChosen();
  }

  /** What can be named as another page, with its title in the language of the question. */
  private drawPages(): void {
    const published = this.rows.filter((row) => row.publication === 'published' || row.publication === 'archived');
    fill(this.pages, ...published.map((row) => h('option', { value: row.id }, this.title(row.id))));
  }

  private answer(result: Result, place: number, isOpen: Map<string, boolean>): HTMLElement {
    const { id, url, title, section, lang, score } = result;
    const heading = section?.heading ? ` › ${section.heading}` : '';
    const type = this.site.types.find((type) => type.name === result.type);
    // The engine escapes what it shows; nothing but <mark> is in it.
    const excerpt = h('p', { lang, '.innerHTML': result.excerpt });
    const box = h('input', { type: 'checkbox', id: `want-${id}`, '.checked': this.chosen.has(id), onchange: () => this.choose(id, title, box.checked) });
    const details = `why-${id}`;
    return h('li', {},
      h('h3', {}, h('a', { href: `/${url}${section?.anchor ? `#${section.anchor}` : ''}`, lang, id: `answer-${id}` }, title + heading)),
      h('p', { class: 'other' }, [type?.label[ui], id, pointsOf(score)].filter(Boolean).join(' · ')),
      excerpt,
      this.site.read_only ? null : h('p', {}, box, h('label', { for: box.id }, t.wanted, h('span', { class: 'hidden' }, t.wantedName(title)))),
      h('details', { id: details, open: isOpen.get(details) ?? place <= EXPLAINED }, h('summary', {}, t.whyHere(place)), why(result)));
  }

  private title(id: string, of = this.language): string {
    const row = this.rows.find((row) => row.id === id);
    return row?.title[of] ?? row?.title.en ?? row?.title.fr ?? this.shown.find((result) => result.id === id)?.title ?? id;
  }

  private choose(id: string, title: string, is: boolean): void {
    if (is) this.chosen.set(id, title);
    else this.chosen.delete(id);
    this.drawChosen();
  }

  private chooseOther(): void {
    const id = this.other.value.trim();
    if (!id) return this.other.focus();
    this.choose(id, this.title(id), true);
    this.other.value = '';
    announce(t.chosen(this.title(id)));
  }

  private drawChosen(): void {
    for (const result of this.shown) {
      const box = document.getElementById(`want-${result.id}`);
      if (box instanceof HTMLInputElement) box.checked = this.chosen.has(result.id);
    }
    const test = this.tests.find((test) => test.lang === this.language && test.ask.toLowerCase() === this.question.value.trim().toLowerCase());
    this.known.hidden = !test;
    this.known.textContent = test ? t.isTest(test.line) : '';
    fill(this.chosenList, ...[...this.chosen].map(([id, title]) => h('li', {}, title, ' ',
        h('button', { type: 'button', class: 'quiet', 'aria-label': t.remove(title), onclick: () => { this.choose(id, title, false); this.other.focus(); } }, '×'))));
  }

  private async add(): Promise<void> {
    const [lang, ask, want] = [this.language, this.question.value.trim(), [...this.chosen.keys()]];
    try {
      const added = await api.addTest({ lang, ask, want }, this.version);
      if ('error' in added) return fill(this.outcome, h('p', { class: 'banner bad' }, added.error));
      const first = this.shown.slice(0, EXPLAINED).map((result) => result.id);
      fill(this.outcome, h('div', { class: 'banner good' }, h('p', {}, t.addedTest(added.line)),
        want.every((id) => first.includes(id)) ? null : h('p', {}, t.willMiss)));
      this.chosen.clear();
      this.drawChosen();
    } catch {
      fill(this.outcome, h('p', { class: 'banner bad' }, t.offline));
    }
  }

  private async readTests(): Promise<void> {
    try {
      const read = await api.tests();
      if ('error' in read) return fill(this.testCount, read.error);
      this.tests = read.tests;
      this.version = read.file.version;
      this.drawTests();
      this.drawChosen();
      if (read.index < read.site) setTimeout(() => void this.readTests(), INDEX_PAUSE);
    } catch {
      // The next state of the site brings another chance.
    }
  }

  private drawTests(): void {
    const failing = this.tests.filter((test) => !test.passes);
    this.testCount.textContent = t.testCount(this.tests.length, failing.length);
    const shown = this.failing.checked ? failing : [...failing, ...this.tests.filter((test) => test.passes)];
    const focused = document.activeElement?.id;
    fill(this.body, ...shown.map((test) => this.testRow(test)));
    if (focused && focused !== document.activeElement?.id) document.getElementById(focused)?.focus();
  }

  private testRow(test: Test): HTMLElement {
    const place = (want: Test['want'][number]) => (!want.known ? t.noPage : want.place === null ? t.notFirst : t.place(want.place));
    const again = () => {
      this.lang.value = test.lang;
      this.question.value = test.ask;
      this.drawPages();
      this.askedAnew();
      this.question.focus();
    };
    return h('tr', {},
      h('th', { scope: 'row' }, h('button', { type: 'button', class: 'quiet', id: `test-${test.lang}-${test.ask.replace(/\s/g, '_')}`, lang: test.lang, onclick: again }, test.ask)),
      h('td', {}, ...test.want.map((want) => h('div', {}, this.title(want.id, test.lang), h('span', { class: 'other' }, place(want))))),
      h('td', {}, h('span', { class: `state ${test.passes ? 'equal' : 'outdated'}` }, test.passes ? t.passes : t.fails)),
      h('td', {}, String(test.line)));
  }
}

// The page of one pair: facts above, both sides beside each other with the hinge between them, the real page at hand.

import * as api from './api';
import { type Field, type Figure, type Lang, LANGS, type Mistake, other, type RecordData, type Row, type Site } from './api';
import { Beside } from './beside';
import type { Held } from './buffer';
import { fill, h } from './dom';
import { Form } from './facts';
import { OF_RECORDS } from './fields';
import { Files, WHICH, type Which } from './files';
import { Fronts } from './fronts';
import { Gone, renamed } from './gone';
import { Hinge } from './hinge';
import { list, sentence } from './listing';
import { Notes } from './notes';
import type { Pairing } from './outline';
import { go, remove, removeFile, rename } from './plan';
import { Preview } from './preview';
import { upload } from './upload';
import { t, ui } from './words';

/** So long after the last key the words are checked and the page is shown. */
const CHECK = 150;

/** So long after the last key the numbers of the other side are looked for. */
const LOOK = 300;

/** A place that waits for words. */
const TO_FILL = /\[(TO FILL|À REMPLIR)/;

/** A bar that takes a larger part of the window than this, as it does where letters are large, goes away with the page. */
const HIGHEST = 1 / 4;

export async function open(site: Site, id: string): Promise<HTMLElement> {
  const [data, rows] = await Promise.all([api.record(id), api.records()]);
  const pair = new PairPage(site, data, rows);
  await pair.files.offerCopies();
  requestAnimationFrame(() => pair.goToHash());
  return pair.element;
}

class PairPage {
  readonly element: HTMLElement;
  readonly files: Files;
  private readonly hinge: Hinge;
  private form: Form | null = null;
  private readonly gone = new Gone();
  private readonly uploading: Partial<Record<Lang, string>> = {};
  private readonly left = h('p', { class: 'left' });
  private readonly notes = new Notes();
  private readonly mistakes = h('section', { class: 'mistakes', 'aria-label': t.mistakes });
  private readonly beside: Beside;
  private readonly fronts: Fronts;
  private readonly preview: Preview;
  private readonly places = { en: h('div', { class: 'side' }), fr: h('div', { class: 'side' }) };
  /** Whether the facts are changed by their form, which shows them already. */
  private isByForm = false;
  private timer = 0;
  private looking = 0;
  private asked = 0;

  constructor(private site: Site, private data: RecordData, private rows: Row[]) {
    this.hinge = new Hinge({
      sides: () => this.files.visibles(),
      sections: () => this.data.sections,
      readOnly: site.read_only,
      confirm: (keys, name) => void this.confirm(keys, name),
      copy: (row, to) => this.copy(row, to),
      insert: (text, to) => this.files.of(to).side.insert(text),
      drawn: () => this.showLeft(),
    });
    this.files = new Files({
      site, data,
      records: () => this.rows,
      figures: (lang) => this.figures(lang),
      changed: (which) => this.changedText(which),
      saved: () => this.hinge.refresh(),
      moved: () => this.hinge.refresh(),
      entered: (lang) => this.follow(lang),
      finish: () => this.finish(),
      restore: (which, held) => this.restore(which, held),
      wait: () => this.notes.say(t.notYet, 'bad'),
    });
    this.beside = new Beside(site.read_only ? null : (path, name) => void this.leave(() => removeFile(path, name)));
    this.preview = new Preview({
      id: data.id,
      url: (lang) => this.data.url[lang] ?? `/${lang}/`,
      texts: () => this.files.texts(),
      heading: (lang) => this.heading(lang),
      toggled: (is) => {
        this.element.classList.toggle('with-page', is);
        this.hinge.refresh();
      },
    });
    this.fronts = new Fronts({
      own: () => this.fields().filter((field) => field.localized),
      side: (lang) => this.files.visible(lang),
      records: () => this.others(),
      types: () => this.site.types,
      readOnly: site.read_only,
      hold: (lang, form, held) => this.files.of(lang).buffer.hold(form, held),
      moved: () => this.hinge.refresh(),
    });
    const header = h('header', { class: 'bar' },
      h('a', { href: '/_diptych/' }, `← ${t.back}`),
      h('h1', {}, this.title()),
      this.left, this.files.saving.element,
      h('p', { class: 'actions' },
        ...(site.read_only ? [] : [
          this.confirming(),
          h('button', { type: 'button', onclick: () => this.upload() }, t.upload),
          ...(data.type === null ? [] : [
            h('button', { type: 'button', onclick: () => this.leave(() => rename(data.id)) }, t.rename),
            h('button', { type: 'button', onclick: () => this.leave(() => remove(data.id, this.rows)) }, t.removePair),
          ]),
        ]),
        this.preview.toggle));
    const sides = h('div', { class: 'sides' }, this.column('en'), this.hinge.element, this.column('fr'));
    this.element = h('div', { class: 'pair' },
      header,
      h('main', {},
        site.read_only ? h('p', { class: 'banner' }, t.readOnly) : null,
        this.gone.element, this.files.banners, this.facts(), this.fronts.element, sides,
        this.beside.element, this.mistakes,
        // After the writing and the mistakes, whoever goes from stop to stop need not go back to the top.
        site.read_only ? null : h('p', { class: 'actions' }, this.confirming())),
      this.preview.element,
      this.notes.element);
    const measure = () => {
      const isHigh = header.offsetHeight > innerHeight * HIGHEST;
      this.element.classList.toggle('high-bar', isHigh);
      this.element.style.setProperty('--bar', `${isHigh ? 0 : header.offsetHeight}px`);
    };
    new ResizeObserver(measure).observe(header);
    addEventListener('resize', measure);
    // Also when the page is put into the window.
    new ResizeObserver(() => this.hinge.refresh()).observe(sides);
    for (const lang of LANGS) this.fronts.sync(lang);
    this.beside.show(data.beside);
    this.showMistakes(data.mistakes);
    void api.follow(() => void this.refresh(), (is) => is && this.files.retry());
    this.hinge.refresh();
    this.preview.begin();
  }

  /** What the record's type declares. */
  private fields(): Field[] {
    return this.site.types.find((type) => type.name === this.data.type)?.fields ?? [];
  }

  /** The records that this one may name. */
  private others(): Row[] {
    return this.rows.filter(({ id }) => id !== this.data.id);
  }

  private confirming(): HTMLElement {
    return h('button', { type: 'button', class: 'primary', onclick: () => void this.confirm([], null) }, t.confirmPair);
  }

  private title(): string {
    const row = this.rows.find((row) => row.id === this.data.id);
    const titles = [ui, other(ui)].map((lang) => row?.title[lang]).filter(Boolean);
    document.title = `${titles[0] ?? this.data.id} – Diptych`;
    return [...new Set(titles)].join(' · ') || this.data.id;
  }

  private column(lang: Lang): HTMLElement {
    const place = this.places[lang];
    this.fillColumn(lang);
    return h('section', { class: 'column', 'aria-label': t.words(t.languages[lang]) }, h('h2', {}, t.changes[lang]), place);
  }

  private fillColumn(lang: Lang): void {
    const side = this.files.visible(lang);
    if (side) {
      if (!this.places[lang].contains(side.view.dom)) this.places[lang].replaceChildren(side.view.dom);
      return;
    }
    const language = t.languages[lang];
    const { readable } = this.files.of(lang);
    fill(this.places[lang],
      h('p', {}, readable ? t.missingSide(language) : (this.data.files[lang]?.why ?? t.notText)),
      this.site.read_only || !readable ? null
        : h('button', { type: 'button', onclick: () => this.start(lang) }, t.start(language)));
  }

  /** Starts a side with the block at the top of the other one, whose words are to be translated. */
  private start(lang: Lang): void {
    const from = this.hinge.rows[0];
    const front = from && this.hinge.all[other(lang)][0]?.level === 0 ? this.hinge.text(from, other(lang)) : '---\ntitle: \nsummary: \n---\n';
    const own = front.replace(/^(slug|aliases|keywords):.*\n((?:[ \t]+.*|- .*)\n)*/gm, '');
    this.files.of(lang).side.replace(0, 0, own);
    this.fillColumn(lang);
    this.fronts.focus(lang);
    this.hinge.refresh();
  }

  private copy(row: Pairing, to: Lang): void {
    const text = this.hinge.text(row, other(to));
    const { side } = this.files.of(to);
    const at = this.hinge.place(row, to);
    const before = side.view.state.sliceDoc(Math.max(0, at - 2), at);
    const gap = at === 0 || before.endsWith('\n\n') || before.endsWith('---\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
    const end = at < side.view.state.doc.length && !text.endsWith('\n\n') ? (text.endsWith('\n') ? '\n' : '\n\n') : '';
    side.replace(at, at, gap + text + end);
    side.view.dispatch({ selection: { anchor: at + gap.length, head: at + gap.length + text.trimEnd().length }, scrollIntoView: true });
    side.view.focus();
  }

  private facts(): HTMLElement | null {
    const { side, buffer } = this.files.of('facts');
    if (this.data.type === null) return null;
    const source = h('div', { class: 'side', hidden: true }, side.view.dom);
    const swap = h('button', { type: 'button', class: 'quiet', 'aria-pressed': 'false' }, t.source);
    const show = (asText: boolean) => {
      source.hidden = !asText;
      this.form!.element.hidden = asText;
      swap.textContent = asText ? t.form : t.source;
      swap.setAttribute('aria-pressed', String(asText));
      if (asText) side.view.requestMeasure();
      else this.form!.render();
    };
    this.form = new Form({
      name: 'fact',
      fields: () => [...this.fields().filter((field) => !field.localized), ...OF_RECORDS],
      lang: null,
      records: () => this.others(),
      types: () => this.site.types,
      text: () => side.view.state.doc.toString(),
      apply: ({ from, to, insert }) => {
        this.isByForm = true;
        side.replace(from, to, insert);
        this.isByForm = false;
      },
      hold: (held) => buffer.hold('facts', held),
      undo: () => side.undo(),
      asText: ([field]) => {
        show(true);
        const text = side.view.state.doc.toString();
        const at = field === undefined ? 0 : text.search(new RegExp(`^${field}:`, 'm'));
        side.view.dispatch({ selection: { anchor: Math.max(0, at) }, scrollIntoView: true });
        side.view.focus();
      },
      readOnly: this.site.read_only,
    });
    swap.addEventListener('click', () => show(source.hidden !== false));
    const details = h('details', { class: 'facts', open: localStorage.getItem('diptych-facts') === 'open' || TO_FILL.test(buffer.text) }, h('summary', {}, t.facts),
      h('p', { class: 'actions' }, swap), this.form.element, source);
    details.addEventListener('toggle', () => {
      localStorage.setItem('diptych-facts', details.open ? 'open' : 'closed');
      this.hinge.refresh();
    });
    return details;
  }

  private changedText(which: Which): void {
    if (which === 'facts') {
      if (!this.isByForm) this.form?.render();
    } else {
      this.fillColumn(which);
      this.fronts?.sync(which);
      this.hinge.refresh();
      this.look(which);
    }
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.check(), CHECK);
  }

  private async check(): Promise<void> {
    const asked = ++this.asked;
    try {
      const { status, json } = await api.post<{ mistakes: Mistake[] }>('check', { files: this.files.texts() });
      // Words that were written since are checked by themselves.
      if (asked !== this.asked || status !== 200) return;
      this.showMistakes([...json.mistakes, ...this.data.mistakes.filter((mistake) => this.fileOf(mistake))]);
      await this.preview.render();
    } catch {
      // Saving says that nobody answers.
    }
  }

  /** The file beside the record in which a mistake is. */
  private fileOf({ file }: Mistake): string | undefined {
    return this.data.beside.find(({ path }) => `/${file}`.endsWith(`/${path}`))?.path;
  }

  private showMistakes(all: Mistake[]): void {
    const of = (which: Which) => all.filter((mistake) => mistake.file.endsWith(`/${this.data.paths[which]}`) || mistake.file === this.data.paths[which]);
    const names = { facts: t.facts, en: t.changes.en, fr: t.changes.fr };
    const placed = WHICH.map((which) => {
      const { side } = this.files.of(which);
      side.show(of(which));
      return { which, all: of(which).map((mistake) => ({ mistake, ...side.place(mistake) })) };
    });
    for (const { which, all } of placed) {
      const told = all.map(({ mistake, from }) => ({ from, name: mistake.name, severity: mistake.severity, message: mistake.name === 'unfilled' ? t.unfilled : sentence(mistake) }));
      if (which === 'facts') this.form?.show(told);
      else this.fronts.show(which, told);
    }
    const own = placed.flatMap(({ which, all }) => all.map(({ mistake, from, excerpt }) => (
      { mistake, where: names[which], excerpt: mistake.name === 'unfilled' ? excerpt : '', go: () => this.goTo(which, mistake, from) })));
    const beside = all.flatMap((mistake) => {
      const path = this.fileOf(mistake);
      return path ? [{ mistake, where: path, excerpt: '', go: () => this.beside.goTo(path) }] : [];
    });
    list(this.mistakes, [...own, ...beside]);
  }

  /** The place that the address names, as the preview's bar and the desk link to it. */
  goToHash(): void {
    const name = /^#beside-(.+)$/.exec(decodeURIComponent(location.hash))?.[1];
    const file = name && this.data.beside.find(({ path }) => `/${path}`.endsWith(`/${name}`));
    if (file) return this.beside.goTo(file.path);
    const [, which, line, column] = /^#(facts|en|fr)-(\d+)-(\d+)$/.exec(location.hash) ?? [];
    if (which) this.goTo(which as Which, { line: Number(line), column: Number(column) }, null);
  }

  private goTo(which: Which, mistake: Pick<Mistake, 'line' | 'column'>, from: number | null): void {
    const { side } = this.files.of(which);
    if (which === 'facts') {
      const facts = this.element.querySelector<HTMLDetailsElement>('.facts');
      if (facts) facts.open = true;
      if (from !== null && !this.form?.element.hidden && this.form?.goTo(from)) return;
      facts?.querySelector<HTMLButtonElement>('[aria-pressed="false"]')?.click();
    } else if (this.fronts.goTo(which, from ?? side.offset(mistake.line, mistake.column))) {
      return;
    }
    side.goTo(mistake.line, mistake.column);
  }

  /** What the disk says by now. */
  private async refresh(): Promise<void> {
    try {
      const [data, rows, site] = await Promise.all([api.record(this.data.id), api.records(), api.site()]);
      const before = JSON.stringify(this.fields());
      this.data = data;
      this.rows = rows;
      this.site = site;
      this.gone.hide();
      if (before !== JSON.stringify(this.fields())) {
        this.form?.render();
        this.fronts.again();
      }
      this.beside.show(data.beside);
      this.files.see(data.files);
      if (!WHICH.some((which) => this.files.of(which).buffer.isTouched)) this.showMistakes(data.mistakes);
      this.hinge.refresh();
      await this.preview.render();
    } catch (error) {
      if ((error as { status?: number }).status === 404) await this.missed();
    }
  }

  /** The record has another name by now, or is none any more. */
  private async missed(): Promise<void> {
    this.files.seeNone();
    const to = renamed(this.data.id, this.rows, await api.records().catch(() => []));
    this.gone.show(to?.id ?? null, this.files.isUnsaved, (id) => {
      this.finish();
      if (this.files.leaveTo(id)) go(id);
      else this.notes.say(t.offlineUnkept, 'bad');
    });
  }

  /** What is being entered in forms is entered as it is. */
  private finish(): void {
    this.form?.finish();
    this.fronts.finish();
  }

  private showLeft(): void {
    this.left.textContent = this.hinge.left === 0 ? t.allDone : t.left(this.hinge.left);
  }

  private async confirm(keys: string[], name: string | null, evenSo = false): Promise<void> {
    if (!(await this.files.allSaved())) return this.notes.say(t.notYet, 'bad');
    const asked = { id: this.data.id, sections: keys.length > 0 ? keys : undefined, even_so: evenSo };
    const { status, json } = await api.post<{ error?: string; against?: string[] }>('confirm', asked).catch(() => ({ status: 0, json: { error: t.offline, against: [] } }));
    if (status === 200) {
      this.notes.say(name ? `${t.confirmed} ${name}` : t.confirmed, 'good');
      return this.refresh();
    }
    const all = keys.length > 0 ? keys : this.data.sections.filter(({ state }) => state !== 'equal').map(({ key }) => key);
    const canInsist = status === 409 && !evenSo && all.length > 0 && LANGS.every((lang) => this.files.visible(lang));
    const against = json.against?.filter((words) => words !== json.error) ?? [];
    this.notes.say(against.length > 0 ? t.notConfirmed : (json.error ?? t.failed), 'bad', against, canInsist ? h('button', {
      type: 'button', onclick: () => void this.confirm(all, name, true),
    }, t.evenSo) : null);
  }

  /** Does something that works on the files, once all is saved. */
  private async leave(then: () => void): Promise<void> {
    if (!(await this.files.allSaved())) return this.notes.say(t.notYet, 'bad');
    then();
  }

  private upload(): void {
    const folder = this.data.paths.en.split('/').slice(0, -1).join('/');
    upload({
      folder, largest: this.site.largest, sides: () => this.files.visibles(), written: this.uploading,
      hold: (lang, words) => this.files.of(lang).buffer.hold('upload', words === '' ? []
        : [{ form: 'upload', path: [], label: t.upload, typed: { '': words }, why: t.notAdded }]),
    });
  }

  private heading(lang: Lang): string {
    const at = this.hinge.rows[this.hinge.rowAt(lang)]?.[lang];
    return at === null || at === undefined ? '' : (this.hinge.all[lang][at]?.title ?? '');
  }

  private follow(lang: Lang): void {
    this.preview.follow(lang);
    this.look(lang);
  }

  /** Looks, soon, for what the other side says in figures of the section in which somebody writes. */
  private look(lang: Lang): void {
    clearTimeout(this.looking);
    this.looking = window.setTimeout(async () => {
      if (!this.files.of(lang).side.view.hasFocus || this.site.read_only) return;
      const row = this.hinge.rowAt(lang);
      this.hinge.atHand = { row, lang, figures: await this.figures(lang) };
      this.hinge.refresh();
    }, LOOK);
  }

  private async figures(lang: Lang): Promise<Figure[]> {
    const row = this.hinge.rows[this.hinge.rowAt(lang)];
    if (!row || row.en === null || row.fr === null) return [];
    // Where links lead is nothing to be said.
    const words = (of: Lang) => this.hinge.text(row, of).replace(/\]\([^)\n]*\)/g, ']');
    return words(other(lang)) === '' ? [] : api.figures(other(lang), words(other(lang)), words(lang)).catch(() => []);
  }

  /** Puts what had no place in a text back where it was entered; false where that is not there. */
  private restore(which: Which, all: Held[]): boolean {
    const held = all.filter(({ form }) => form !== 'upload');
    const [upload] = all.filter((one) => !held.includes(one));
    if (upload && which !== 'facts') {
      this.uploading[which] = upload.typed[''];
      if (!document.querySelector('dialog[open]')) this.upload();
    }
    if (held.length === 0) return true;
    if (which !== 'facts') return this.fronts.restore(which, held);
    this.form?.restore(held);
    return this.form !== null;
  }
}

// The page of one pair: facts above, both sides beside each other with the hinge between them, the real page at hand.

import * as api from './api';
import { type Field, type Figure, type Lang, LANGS, type Mistake, other, type RecordData, type Row, type Site } from './api';
import { Buffer, type Held, type Status, type World } from './buffer';
import { Conflict } from './conflict';
import { Copies, type Left } from './copies';
import { fill, h } from './dom';
import { Form } from './facts';
import { OF_RECORDS } from './fields';
import { Fronts } from './fronts';
import { Hinge } from './hinge';
import { list, sentence } from './listing';
import { Notes, offer } from './notes';
import type { Pairing } from './outline';
import { remove, rename } from './plan';
import { Preview } from './preview';
import { Side } from './side';
import { Saving } from './status';
import { upload } from './upload';
import { t, ui } from './words';

type Which = 'facts' | Lang;
const WHICH: Which[] = ['facts', 'en', 'fr'];

/** So long after the last key the words are checked and the page is shown. */
const CHECK = 150;

/** So long after the last key the numbers of the other side are looked for. */
const LOOK = 300;

/** So long a save that is under way is waited for. */
const PATIENCE = 5000;

/** A place that waits for words. */
const TO_FILL = /\[(TO FILL|À REMPLIR)/;

interface Part { buffer: Buffer; side: Side; conflict: Conflict; readable: boolean }

export async function open(site: Site, id: string): Promise<HTMLElement> {
  const [data, rows] = await Promise.all([api.record(id), api.records()]);
  const pair = new PairPage(site, data, rows);
  await pair.offerCopies();
  requestAnimationFrame(() => pair.goToHash());
  return pair.element;
}

class PairPage {
  readonly element: HTMLElement;
  private readonly parts = {} as Record<Which, Part>;
  private readonly copies: Copies;
  private readonly hinge: Hinge;
  private form: Form | null = null;
  private readonly banners = h('div', { class: 'banners' });
  /** Says that the record has another name by now, or is none any more. */
  private readonly gone = h('section', { class: 'banner bad', role: 'alert' }, h('p', {}, t.recordGone), h('p', {}, h('a', { href: '/_diptych/' }, t.back)));
  private readonly uploading: Partial<Record<Lang, string>> = {};
  private readonly saving = new Saving();
  private readonly left = h('p', { class: 'left' });
  private readonly notes = new Notes();
  private readonly mistakes = h('section', { class: 'mistakes', 'aria-label': t.mistakes });
  private readonly fronts: Fronts;
  private readonly preview: Preview;
  private readonly places = { en: h('div', { class: 'side' }), fr: h('div', { class: 'side' }) };
  /** Whether the facts are changed by their form, which shows them already. */
  private isByForm = false;
  private timer = 0;
  private looking = 0;
  private asked = 0;

  constructor(private site: Site, private data: RecordData, private rows: Row[]) {
    this.copies = new Copies(site.content_id);
    this.hinge = new Hinge({
      sides: () => ({ en: this.visible('en'), fr: this.visible('fr') }),
      sections: () => this.data.sections,
      readOnly: site.read_only,
      confirm: (keys, name) => void this.confirm(keys, name),
      copy: (row, to) => this.copy(row, to),
      insert: (text, to) => this.parts[to].side.insert(text),
      drawn: () => this.showLeft(),
    });
    for (const which of WHICH) this.make(which);
    this.preview = new Preview({
      id: data.id,
      url: (lang) => this.data.url[lang] ?? `/${lang}/`,
      texts: () => this.texts(),
      heading: (lang) => this.heading(lang),
      toggled: (is) => {
        this.element.classList.toggle('with-page', is);
        this.hinge.refresh();
      },
    });
    this.fronts = new Fronts({
      own: () => this.fields().filter((field) => field.localized),
      side: (lang) => this.visible(lang),
      records: () => this.rows,
      readOnly: site.read_only,
      hold: (lang, form, held) => this.parts[lang].buffer.hold(form, held),
      moved: () => this.hinge.refresh(),
    });
    const header = h('header', { class: 'bar' },
      h('a', { href: '/_diptych/' }, `← ${t.back}`),
      h('h1', {}, this.title()),
      this.left, this.saving.element,
      h('p', { class: 'actions' },
        ...(site.read_only ? [] : [
          h('button', { type: 'button', class: 'primary', onclick: () => void this.confirm([], null) }, t.confirmPair),
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
        this.banners, this.facts(), this.fronts.element, sides,
        this.mistakes),
      this.preview.element,
      this.notes.element);
    new ResizeObserver(() => this.element.style.setProperty('--bar', `${header.offsetHeight}px`)).observe(header);
    // Also when the page is put into the window.
    new ResizeObserver(() => this.hinge.refresh()).observe(sides);
    for (const lang of LANGS) this.fronts.sync(lang);
    this.showMistakes(data.mistakes);
    void api.follow(() => void this.refresh(), (is) => is && this.retry());
    addEventListener('pagehide', () => this.saveAll());
    addEventListener('beforeunload', (event) => {
      if (WHICH.some((which) => this.parts[which].buffer.isUnsaved)) event.preventDefault();
    });
    addEventListener('keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
        event.preventDefault();
        this.saveAll();
      }
    });
    setInterval(() => this.showStatus(), 5000);
    this.showStatus();
    this.hinge.refresh();
    this.preview.begin();
  }

  /** What the record's type declares. */
  private fields(): Field[] {
    return this.site.types.find((type) => type.name === this.data.type)?.fields ?? [];
  }

  private title(): string {
    const row = this.rows.find((row) => row.id === this.data.id);
    const titles = [ui, other(ui)].map((lang) => row?.title[lang]).filter(Boolean);
    document.title = `${titles[0] ?? this.data.id} – Diptych`;
    return [...new Set(titles)].join(' · ') || this.data.id;
  }

  private make(which: Which): void {
    const file = this.data.files[which];
    const path = this.data.paths[which];
    const readable = file === null || file.text !== null;
    const world: World = {
      save: api.save,
      now: () => Date.now(),
      later: (run, ms) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      keep: (path, copy) => this.copies.keep(path, copy),
    };
    const base = { version: file?.version ?? null, text: file?.text ?? '' };
    const buffer = new Buffer(path, base, world,
      (text, isDecided) => { side.take(text, isDecided); this.changedText(which); },
      (status) => this.statusChanged(which, status));
    const side = new Side({
      path,
      lang: which === 'facts' ? null : which,
      label: which === 'facts' ? t.facts : t.words(t.languages[which]),
      text: base.text,
      readOnly: this.site.read_only || !readable,
      changed: (text) => { buffer.edit(text); this.changedText(which); this.parts[which].conflict.follow(); },
      moved: () => this.hinge?.refresh(),
      save: () => void buffer.save(),
      records: () => this.rows,
      figures: which === 'facts' ? undefined : () => this.figures(which),
    });
    if (which !== 'facts') {
      side.view.dom.addEventListener('focusin', () => this.follow(which));
      side.view.dom.addEventListener('keyup', () => this.follow(which));
      side.view.dom.addEventListener('click', () => this.follow(which));
    }
    const conflict: Conflict = new Conflict(buffer, side, () => { this.changedText(which); side.view.focus(); });
    this.parts[which] = { buffer, side, conflict, readable };
  }

  /** A side that is there, or that has been started. */
  private visible(lang: Lang): Side | null {
    const { buffer, side, readable } = this.parts[lang];
    return readable && (buffer.base.version !== null || buffer.text !== '' || buffer.status.is === 'conflict') ? side : null;
  }

  private column(lang: Lang): HTMLElement {
    const place = this.places[lang];
    this.fillColumn(lang);
    return h('section', { class: 'column', 'aria-label': t.words(t.languages[lang]) }, h('h2', {}, t.changes[lang]), place);
  }

  private fillColumn(lang: Lang): void {
    const side = this.visible(lang);
    if (side) {
      if (!this.places[lang].contains(side.view.dom)) this.places[lang].replaceChildren(side.view.dom);
      return;
    }
    const language = t.languages[lang];
    fill(this.places[lang],
      h('p', {}, this.parts[lang].readable ? t.missingSide(language) : t.notText),
      this.site.read_only || !this.parts[lang].readable ? null
        : h('button', { type: 'button', onclick: () => this.start(lang) }, t.start(language)));
  }

  /** Starts a side with the block at the top of the other one, whose words are to be translated. */
  private start(lang: Lang): void {
    const from = this.hinge.rows[0];
    const front = from && this.hinge.all[other(lang)][0]?.level === 0 ? this.hinge.text(from, other(lang)) : '---\ntitle: \nsummary: \n---\n';
    const own = front.replace(/^(slug|aliases|keywords):.*\n((?:[ \t]+.*|- .*)\n)*/gm, '');
    this.parts[lang].side.replace(0, 0, own);
    this.fillColumn(lang);
    this.fronts.focus(lang);
    this.hinge.refresh();
  }

  private copy(row: Pairing, to: Lang): void {
    const text = this.hinge.text(row, other(to));
    const { side } = this.parts[to];
    const at = this.hinge.place(row, to);
    const before = side.view.state.sliceDoc(Math.max(0, at - 2), at);
    const gap = at === 0 || before.endsWith('\n\n') || before.endsWith('---\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
    const end = at < side.view.state.doc.length && !text.endsWith('\n\n') ? (text.endsWith('\n') ? '\n' : '\n\n') : '';
    side.replace(at, at, gap + text + end);
    side.view.dispatch({ selection: { anchor: at + gap.length, head: at + gap.length + text.trimEnd().length }, scrollIntoView: true });
    side.view.focus();
  }

  private facts(): HTMLElement | null {
    const { side } = this.parts.facts;
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
      records: () => this.rows,
      text: () => side.view.state.doc.toString(),
      apply: ({ from, to, insert }) => {
        this.isByForm = true;
        side.replace(from, to, insert);
        this.isByForm = false;
      },
      hold: (held) => this.parts.facts.buffer.hold('facts', held),
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
    const details = h('details', { class: 'facts', open: localStorage.getItem('diptych-facts') === 'open' || TO_FILL.test(this.parts.facts.buffer.text) }, h('summary', {}, t.facts),
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

  /** The texts as they are here, of files that are there or are being made. */
  private texts(): Record<string, string> {
    const there = WHICH.map((which) => this.parts[which]).filter(({ buffer, readable }) => readable && (buffer.base.version !== null || buffer.text !== ''));
    return Object.fromEntries(there.map(({ buffer }) => [buffer.path, buffer.text]));
  }

  private async check(): Promise<void> {
    const asked = ++this.asked;
    try {
      const { status, json } = await api.post<{ mistakes: Mistake[] }>('check', { files: this.texts() });
      // Words that were written since are checked by themselves.
      if (asked !== this.asked || status !== 200) return;
      this.showMistakes(json.mistakes);
      await this.preview.render();
    } catch {
      // Saving says that nobody answers.
    }
  }

  private showMistakes(all: Mistake[]): void {
    const of = (which: Which) => all.filter((mistake) => mistake.file.endsWith(`/${this.data.paths[which]}`) || mistake.file === this.data.paths[which]);
    const names = { facts: t.facts, en: t.changes.en, fr: t.changes.fr };
    const placed = WHICH.map((which) => {
      const { side } = this.parts[which];
      side.show(of(which));
      return { which, all: of(which).map((mistake) => ({ mistake, ...side.place(mistake) })) };
    });
    for (const { which, all } of placed) {
      const told = all.map(({ mistake, from }) => ({ from, severity: mistake.severity, message: mistake.name === 'unfilled' ? t.unfilled : sentence(mistake) }));
      if (which === 'facts') this.form?.show(told);
      else this.fronts.show(which, told);
    }
    list(this.mistakes, placed.flatMap(({ which, all }) => all.map(({ mistake, from, excerpt }) => (
      { mistake, where: names[which], excerpt: mistake.name === 'unfilled' ? excerpt : '', go: () => this.goTo(which, mistake, from) }))));
  }

  /** The place that the address names, as the preview's bar links to it. */
  goToHash(): void {
    const [, which, line, column] = /^#(facts|en|fr)-(\d+)-(\d+)$/.exec(location.hash) ?? [];
    if (which) this.goTo(which as Which, { line: Number(line), column: Number(column) }, null);
  }

  private goTo(which: Which, mistake: Pick<Mistake, 'line' | 'column'>, from: number | null): void {
    const { side } = this.parts[which];
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
      this.gone.remove();
      if (before !== JSON.stringify(this.fields())) {
        this.form?.render();
        this.fronts.again();
      }
      for (const which of WHICH) {
        const file = data.files[which];
        if (file && file.text === null) continue;
        this.parts[which].buffer.see({ version: file?.version ?? null, text: file?.text ?? '' });
      }
      if (!WHICH.some((which) => this.parts[which].buffer.isTouched)) this.showMistakes(data.mistakes);
      this.hinge.refresh();
      this.showStatus();
      await this.preview.render();
    } catch (error) {
      if ((error as { status?: number }).status !== 404) return;
      // Where nobody wrote there is nothing to decide.
      if (!WHICH.some((which) => this.parts[which].buffer.isUnsaved)) return this.banners.prepend(this.gone);
      for (const which of WHICH) this.parts[which].buffer.see({ version: null, text: '' });
    }
  }

  private retry(): void {
    for (const which of WHICH) if (this.parts[which].buffer.status.is === 'unreached') void this.parts[which].buffer.save();
  }

  private saveAll(): void {
    this.form?.finish();
    this.fronts.finish();
    for (const which of WHICH) void this.parts[which].buffer.save();
  }

  private statusChanged(which: Which, status: Status): void {
    const { conflict } = this.parts[which];
    if (status.is === 'conflict') {
      const isNew = !conflict.isOpen;
      conflict.show(status.theirs);
      if (!conflict.isOpen) this.banners.append(conflict.element);
      if (isNew) conflict.element.scrollIntoView({ block: 'start' });
    } else if (conflict.isOpen) {
      conflict.close();
    }
    this.showStatus();
    if (status.is === 'saved') void this.hinge.refresh();
  }

  private showLeft(): void {
    this.left.textContent = this.hinge.left === 0 ? t.allDone : t.left(this.hinge.left);
  }

  private showStatus(): void {
    this.saving.show(WHICH.flatMap((which) => this.parts[which]?.buffer ?? []));
  }

  private async confirm(keys: string[], name: string | null, evenSo = false): Promise<void> {
    if (!(await this.allSaved())) return this.notes.say(t.notYet, 'bad');
    const asked = { id: this.data.id, sections: keys.length > 0 ? keys : undefined, even_so: evenSo };
    const { status, json } = await api.post<{ error?: string; against?: string[] }>('confirm', asked).catch(() => ({ status: 0, json: { error: t.offline, against: [] } }));
    if (status === 200) {
      this.notes.say(name ? `${t.confirmed} ${name}` : t.confirmed, 'good');
      return this.refresh();
    }
    const all = keys.length > 0 ? keys : this.data.sections.filter(({ state }) => state !== 'equal').map(({ key }) => key);
    const canInsist = status === 409 && !evenSo && all.length > 0 && LANGS.every((lang) => this.visible(lang));
    const against = json.against?.filter((words) => words !== json.error) ?? [];
    this.notes.say(against.length > 0 ? t.notConfirmed : (json.error ?? t.failed), 'bad', against, canInsist ? h('button', {
      type: 'button', onclick: () => void this.confirm(all, name, true),
    }, t.evenSo) : null);
  }

  /** Whether everything is in the files, which is waited for. */
  private async allSaved(): Promise<boolean> {
    this.form?.finish();
    this.fronts.finish();
    const waits = () => WHICH.map((which) => this.parts[which].buffer).filter(({ isUnsaved }) => isUnsaved);
    for (const end = Date.now() + PATIENCE; waits().length > 0 && Date.now() < end;) {
      await Promise.all(waits().map((buffer) => buffer.save()));
      if (waits().some(({ told }) => ['conflict', 'refused', 'unreadable'].includes(told.is))) return false;
      if (waits().length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return waits().length === 0;
  }

  /** Does something that works on the files, once all is saved. */
  private async leave(then: () => void): Promise<void> {
    if (!(await this.allSaved())) return this.notes.say(t.notYet, 'bad');
    then();
  }

  private upload(): void {
    const folder = this.data.paths.en.split('/').slice(0, -1).join('/');
    upload({
      folder, largest: this.site.largest, sides: () => ({ en: this.visible('en'), fr: this.visible('fr') }), written: this.uploading,
      hold: (lang, words) => this.parts[lang].buffer.hold('upload', words === '' ? []
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
      if (!this.parts[lang].side.view.hasFocus || this.site.read_only) return;
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

  /** Offers words that a page left behind when it ended before they were saved. */
  async offerCopies(): Promise<void> {
    for (const which of WHICH) {
      const { buffer } = this.parts[which];
      for (const left of await this.copies.left(buffer.path)) {
        if (left.copy?.text === buffer.text && !left.copy.held) left.drop();
        else this.banners.append(this.offer(which, left));
      }
    }
  }

  private offer(which: Which, left: Left): HTMLElement {
    const { buffer } = this.parts[which];
    const { copy } = left;
    const use = async () => {
      // What was written here meanwhile comes first.
      const canWait = () => buffer.isTouched && !['conflict', 'refused', 'unreadable', 'unreached'].includes(buffer.status.is);
      for (const end = Date.now() + PATIENCE; canWait() && Date.now() < end;) {
        await buffer.save();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const isBack = copy === null || copy.text === buffer.text || buffer.recall(copy);
      if (!isBack || !this.restore(which, copy?.held ?? [])) {
        this.notes.say(t.notYet, 'bad');
        return false;
      }
      return true;
    };
    return offer(buffer.path, left, this.site.read_only || !copy || !this.parts[which].readable ? null : use);
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

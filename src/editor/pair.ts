// The page of one pair: facts above, both sides beside each other with the hinge between them, the real page at hand.

import * as api from './api';
import { type Lang, LANGS, type Mistake, other, type RecordData, type Row, type Site } from './api';
import { Buffer, type Copy, type Status, type World } from './buffer';
import { conflict } from './conflict';
import { Copies } from './copies';
import { announce, fill, h, manual } from './dom';
import { Form } from './facts';
import { Hinge } from './hinge';
import type { Pairing } from './outline';
import { remove, rename } from './plan';
import { Side } from './side';
import { upload } from './upload';
import { t, ui } from './words';

type Which = 'facts' | Lang;
const WHICH: Which[] = ['facts', 'en', 'fr'];

/** So long after the last key the words are checked and the page is shown. */
const CHECK = 150;

interface Part { buffer: Buffer; side: Side; notice: HTMLElement; readable: boolean }

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
  private readonly status = h('p', { class: 'saving' });
  private readonly left = h('p', { class: 'left' });
  private readonly mistakes = h('section', { class: 'mistakes', 'aria-label': t.mistakes });
  private readonly frame = h('iframe', { title: t.preview });
  private readonly pane: HTMLElement;
  private readonly toggle: HTMLButtonElement;
  private readonly places = { en: h('div', { class: 'side' }), fr: h('div', { class: 'side' }) };
  private shownLang: Lang = ui;
  private timer = 0;
  private asked = 0;
  private said = '';

  constructor(private readonly site: Site, private data: RecordData, private rows: Row[]) {
    this.copies = new Copies(site.content_id);
    this.hinge = new Hinge({
      sides: () => ({ en: this.visible('en'), fr: this.visible('fr') }),
      sections: () => this.data.sections,
      readOnly: site.read_only,
      confirm: (keys, name) => void this.confirm(keys, name),
      copy: (row, to) => this.copy(row, to),
      drawn: () => this.showLeft(),
    });
    for (const which of WHICH) this.make(which);
    this.toggle = h('button', { type: 'button', 'aria-expanded': 'false', onclick: () => this.showPage(this.pane.hidden !== false) }, t.showPreview);
    const langs = LANGS.map((lang) => h('button', {
      type: 'button', 'data-lang': lang, onclick: () => { this.shownLang = lang; void this.renderPage(); },
    }, t.changes[lang]));
    this.pane = h('aside', { class: 'page', hidden: true, 'aria-label': t.preview }, h('p', { class: 'actions' }, ...langs), this.frame);
    this.element = h('div', { class: 'pair' },
      h('header', { class: 'bar' },
        h('a', { href: '/_diptych/' }, `← ${t.back}`),
        h('h1', {}, this.title()),
        this.left, this.status,
        ...(site.read_only ? [] : [
          h('button', { type: 'button', onclick: () => void this.confirm([], null) }, t.confirmPair),
          h('button', { type: 'button', onclick: () => this.upload() }, t.upload),
          ...(data.type === null ? [] : [
            h('button', { type: 'button', onclick: () => rename(data.id) }, t.rename),
            h('button', { type: 'button', onclick: () => remove(data.id, this.rows) }, t.removePair),
          ]),
        ]),
        this.toggle),
      h('main', {},
        site.read_only ? h('p', { class: 'banner' }, t.readOnly) : null,
        this.banners, this.facts(),
        h('div', { class: 'sides' }, this.column('en'), this.hinge.element, this.column('fr')),
        this.mistakes),
      this.pane);
    this.showMistakes(data.mistakes);
    void api.follow(() => void this.refresh(), (is) => is && this.retry());
    addEventListener('pagehide', () => this.saveAll());
    addEventListener('resize', () => this.hinge.refresh());
    addEventListener('beforeunload', (event) => {
      if (WHICH.some((which) => this.parts[which].buffer.isTouched)) event.preventDefault();
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
    if (localStorage.getItem('diptych-page') === 'shown') this.showPage(true);
  }

  private title(): string {
    const row = this.rows.find((row) => row.id === this.data.id);
    const titles = LANGS.map((lang) => row?.title[lang]).filter(Boolean);
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
      (text) => { side.take(text); this.changedText(which); },
      (status) => this.statusChanged(which, status));
    const side = new Side({
      path,
      lang: which === 'facts' ? null : which,
      label: which === 'facts' ? t.facts : t.words(t.languages[which]),
      text: base.text,
      readOnly: this.site.read_only || !readable,
      changed: (text) => { buffer.edit(text); this.changedText(which); },
      moved: () => this.hinge?.refresh(),
      save: () => void buffer.save(),
      records: () => this.rows,
    });
    if (which !== 'facts') {
      side.view.dom.addEventListener('focusin', () => { this.shownLang = which; this.follow(which); });
      side.view.dom.addEventListener('keyup', () => this.follow(which));
      side.view.dom.addEventListener('click', () => this.follow(which));
    }
    this.parts[which] = { buffer, side, notice: h('div'), readable };
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
    this.parts[lang].side.view.focus();
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
    const type = this.site.types.find((type) => type.name === this.data.type) ?? null;
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
      type,
      records: () => this.rows,
      text: () => side.view.state.doc.toString(),
      apply: ({ from, to, insert }) => side.replace(from, to, insert),
      asText: (field) => {
        show(true);
        const text = side.view.state.doc.toString();
        const at = field === '' ? 0 : text.search(new RegExp(`^${field}:`, 'm'));
        side.view.dispatch({ selection: { anchor: Math.max(0, at) }, scrollIntoView: true });
        side.view.focus();
      },
      readOnly: this.site.read_only,
    });
    swap.addEventListener('click', () => show(source.hidden !== false));
    const details = h('details', { class: 'facts', open: localStorage.getItem('diptych-facts') === 'open' }, h('summary', {}, t.facts),
      h('p', { class: 'actions' }, swap), this.form.element, source);
    details.addEventListener('toggle', () => {
      localStorage.setItem('diptych-facts', details.open ? 'open' : 'closed');
      this.hinge.refresh();
    });
    return details;
  }

  private changedText(which: Which): void {
    if (which === 'facts' && this.form && !this.form.element.contains(document.activeElement)) this.form.render();
    if (which !== 'facts') {
      this.fillColumn(which);
      this.hinge.refresh();
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
      await this.renderPage();
    } catch {
      // Saving says that nobody answers.
    }
  }

  private showMistakes(all: Mistake[]): void {
    const of = (which: Which) => all.filter((mistake) => mistake.file.endsWith(`/${this.data.paths[which]}`) || mistake.file === this.data.paths[which]);
    for (const which of WHICH) this.parts[which].side.show(of(which));
    const rank = { error: 0, warning: 1, info: 2 };
    const listed = WHICH.flatMap((which) => of(which).map((mistake) => ({ which, mistake }))).sort((a, b) => rank[a.mistake.severity] - rank[b.mistake.severity]);
    const names = { facts: t.facts, en: t.changes.en, fr: t.changes.fr };
    fill(this.mistakes,
      h('h2', {}, listed.length === 0 ? t.noMistakes : t.mistakeCount(listed.length)),
      h('ul', {}, ...listed.map(({ which, mistake }) => h('li', { class: mistake.severity },
        h('strong', {}, t[mistake.severity]), ' ',
        h('button', { type: 'button', class: 'quiet', onclick: () => this.goTo(which, mistake) }, `${names[which]}, ${t.goTo(mistake.line)}`),
        h('p', {}, `${mistake.message}. ${mistake.help} `, manual(mistake.name, t.why))))));
  }

  /** The place that the address names, as the preview's bar links to it. */
  goToHash(): void {
    const [, which, line, column] = /^#(facts|en|fr)-(\d+)-(\d+)$/.exec(location.hash) ?? [];
    if (which) this.goTo(which as Which, { line: Number(line), column: Number(column) });
  }

  private goTo(which: Which, mistake: Pick<Mistake, 'line' | 'column'>): void {
    if (which === 'facts') {
      const facts = this.element.querySelector<HTMLDetailsElement>('.facts');
      if (facts) facts.open = true;
      facts?.querySelector<HTMLButtonElement>('[aria-pressed="false"]')?.click();
    }
    this.parts[which].side.goTo(mistake.line, mistake.column);
  }

  /** What the disk says by now. */
  private async refresh(): Promise<void> {
    try {
      const [data, rows] = await Promise.all([api.record(this.data.id), api.records()]);
      this.data = data;
      this.rows = rows;
      for (const which of WHICH) {
        const file = data.files[which];
        if (file && file.text === null) continue;
        this.parts[which].buffer.see({ version: file?.version ?? null, text: file?.text ?? '' });
      }
      if (!WHICH.some((which) => this.parts[which].buffer.isTouched)) this.showMistakes(data.mistakes);
      this.hinge.refresh();
      this.showStatus();
      if (!this.pane.hidden) await this.renderPage();
    } catch (error) {
      if ((error as { status?: number }).status !== 404) return;
      for (const which of WHICH) this.parts[which].buffer.see({ version: null, text: '' });
    }
  }

  private retry(): void {
    for (const which of WHICH) if (this.parts[which].buffer.status.is === 'unreached') void this.parts[which].buffer.save();
  }

  private saveAll(): void {
    for (const which of WHICH) void this.parts[which].buffer.save();
  }

  private statusChanged(which: Which, status: Status): void {
    const { buffer, notice, side } = this.parts[which];
    if (status.is === 'conflict') {
      const done = (text: string) => {
        const was = buffer.text;
        buffer.resolve(text);
        if (was !== text) this.changedText(which);
        side.view.focus();
      };
      notice.replaceChildren(conflict(buffer, done));
      if (!notice.isConnected) this.banners.append(notice);
      notice.scrollIntoView({ block: 'start' });
    } else if (notice.isConnected) {
      notice.remove();
    }
    this.showStatus();
    if (status.is === 'saved') void this.hinge.refresh();
  }

  private showLeft(): void {
    this.left.textContent = this.hinge.left === 0 ? t.allDone : t.left(this.hinge.left);
  }

  private disputed(): string {
    const disputed = WHICH.map((which) => this.parts[which].buffer).filter(({ status }) => status.is === 'conflict');
    return disputed.map(({ path }) => path).join(', ');
  }

  private showStatus(): void {
    const all = WHICH.map((which) => this.parts[which]?.buffer.status).filter(Boolean);
    const find = <K extends Status['is']>(is: K) => all.find((status): status is Extract<Status, { is: K }> => status.is === is);
    const refused = find('refused');
    const times = all.flatMap((status) => (status.is === 'saved' && status.at !== null ? [status.at] : []));
    const [words, kind] = find('conflict') ? [t.notSaved(t.conflict(this.disputed())), 'bad']
      : refused ? [t.notSaved(refused.why), 'bad']
        : find('unreached') ? [t.offline, 'bad']
          : find('saving') ? [t.saving, 'busy']
            : find('unsaved') ? [t.unsaved, 'busy']
              : times.length > 0 ? [t.savedAgo(Math.round((Date.now() - Math.max(...times)) / 1000)), 'good'] : ['', 'good'];
    this.status.textContent = words;
    this.status.className = `saving ${kind}`;
    // Told once, not each time the seconds change.
    const say = kind === 'good' && times.length > 0 ? t.saved : kind === 'bad' ? words : '';
    if (say && say !== this.said) announce(say);
    if (kind !== 'busy') this.said = say;
    else this.said = '';
  }

  private async confirm(keys: string[], name: string | null): Promise<void> {
    await Promise.all(WHICH.map((which) => this.parts[which].buffer.save()));
    if (WHICH.some((which) => this.parts[which].buffer.isTouched)) return;
    const { status, json } = await api.post<{ error?: string; against?: string[] }>('confirm', { id: this.data.id, sections: keys.length > 0 ? keys : undefined });
    const note = h('section', { class: status === 200 ? 'banner good' : 'banner bad', role: 'alert' },
      h('p', {}, status === 200 ? t.confirmed : (json.error ?? t.failed), name ? ` (${name})` : ''),
      json.against ? h('ul', {}, ...json.against.map((words) => h('li', {}, words))) : null);
    this.banners.querySelectorAll('.banner.good, .banner.bad').forEach((old) => old.remove());
    this.banners.append(note);
    if (status === 200) {
      setTimeout(() => note.remove(), 6000);
      await this.refresh();
    }
  }

  private upload(): void {
    const folder = this.data.paths.en.split('/').slice(0, -1).join('/');
    upload({ folder, largest: this.site.largest, sides: () => ({ en: this.visible('en'), fr: this.visible('fr') }) });
  }

  private showPage(is: boolean): void {
    this.pane.hidden = !is;
    this.toggle.textContent = is ? t.hidePreview : t.showPreview;
    this.toggle.setAttribute('aria-expanded', String(is));
    this.element.classList.toggle('with-page', is);
    localStorage.setItem('diptych-page', is ? 'shown' : 'hidden');
    this.hinge.refresh();
    if (is) void this.renderPage();
  }

  /** The real page as it would be, in the language that is being written, at the section that is being written. */
  private async renderPage(): Promise<void> {
    if (this.pane.hidden) return;
    const lang = this.shownLang;
    for (const button of this.pane.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button.dataset.lang === lang));
    const html = await api.render(this.data.id, lang, this.texts());
    if (html === null || lang !== this.shownLang) return;
    const page = new DOMParser().parseFromString(html, 'text/html');
    const shown = this.frame.contentDocument;
    const url = this.data.url[lang] ?? `/${lang}/`;
    const [from, to] = [page.querySelector('main'), shown?.querySelector('main')];
    if (shown && from && to && this.frame.dataset.lang === lang) {
      // Only the words are exchanged, so that nothing flickers and the page stays where it was.
      to.replaceWith(shown.importNode(from, true));
    } else {
      const base = page.createElement('base');
      base.href = url;
      page.head.prepend(base);
      page.querySelectorAll('script').forEach((script) => script.remove());
      this.frame.dataset.lang = lang;
      this.frame.srcdoc = `<!doctype html>${page.documentElement.outerHTML}`;
      await new Promise((resolve) => this.frame.addEventListener('load', resolve, { once: true }));
    }
    this.follow(lang);
  }

  private follow(lang: Lang): void {
    if (this.pane.hidden) return;
    if (this.frame.dataset.lang !== lang) return void this.renderPage();
    const row = this.hinge.rows[this.hinge.rowAt(lang)];
    const at = row?.[lang];
    const title = at === null || at === undefined ? '' : this.hinge.all[lang][at]?.title;
    const headings = this.frame.contentDocument?.querySelectorAll('main h2, main h3, main h4, main h5, main h6') ?? [];
    const plain = (text: string) => text.replace(/[\s\u00a0’']+/g, ' ').trim();
    const heading = [...headings].find((heading) => title && plain(heading.textContent ?? '').startsWith(plain(title)));
    if (heading) heading.scrollIntoView({ block: 'start' });
    else if (!title) this.frame.contentWindow?.scrollTo(0, 0);
  }

  /** Offers words that a page left behind when it ended before they were saved. */
  async offerCopies(): Promise<void> {
    for (const which of WHICH) {
      const { buffer } = this.parts[which];
      for (const { copy, drop } of await this.copies.left(buffer.path)) {
        if (copy.text === buffer.text) drop();
        else this.banners.append(this.offer(which, copy, drop));
      }
    }
  }

  private offer(which: Which, copy: Copy, drop: () => void): HTMLElement {
    const { buffer, side } = this.parts[which];
    const when = new Date(copy.at).toLocaleString(ui === 'fr' ? 'fr-CA' : 'en-CA', { dateStyle: 'medium', timeStyle: 'short' });
    const use = () => {
      // Where the file is another one by now, both are shown, as for two who write at the same time.
      const disk = buffer.base;
      if (disk.version !== copy.base.version) {
        buffer.base = copy.base;
        buffer.edit(copy.text);
        side.take(copy.text);
        buffer.see(disk);
      } else {
        side.replace(0, side.view.state.doc.length, copy.text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'));
      }
      drop();
      banner.remove();
    };
    const banner = h('section', { class: 'banner', role: 'alert' },
      h('p', {}, `${buffer.path} : ${t.copyFound(when)}`),
      h('details', {}, h('summary', {}, t.copyLook), h('pre', { tabindex: '0' }, copy.text)),
      h('p', { class: 'actions' },
        this.site.read_only ? null : h('button', { type: 'button', class: 'primary', onclick: use }, t.copyUse),
        h('button', { type: 'button', onclick: () => { drop(); banner.remove(); } }, t.discard)));
    return banner;
  }
}

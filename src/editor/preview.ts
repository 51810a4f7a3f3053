// The real page beside the words: as it would be, in the language and at the section that is being written.

import * as api from './api';
import { type Lang, LANGS } from './api';
import { h } from './dom';
import { t, ui } from './words';

export interface PreviewOptions {
  id: string;
  /** The address of the page, or of what is nearest to it. */
  url: (lang: Lang) => string;
  texts: () => Record<string, string>;
  /** The heading of the section that is being written; nothing at the top. */
  heading: (lang: Lang) => string;
  toggled: (is: boolean) => void;
}

export class Preview {
  readonly element: HTMLElement;
  readonly toggle: HTMLButtonElement;
  private readonly frame = h('iframe', { title: t.preview });
  private readonly none = h('p', { class: 'help', hidden: true }, t.noPageYet);
  private lang: Lang = ui;

  constructor(private readonly options: PreviewOptions) {
    this.toggle = h('button', { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'page', onclick: () => this.swap() }, t.showPreview);
    const langs = LANGS.map((lang) => h('button', {
      type: 'button', 'data-lang': lang, onclick: () => { this.lang = lang; void this.render(); },
    }, t.changes[lang]));
    this.element = h('aside', { class: 'page', id: 'page', hidden: true, 'aria-label': t.preview }, h('p', { class: 'actions' }, ...langs), this.none, this.frame);
  }

  get isShown(): boolean {
    return !this.element.hidden;
  }

  /** As the last page was left. */
  begin(): void {
    if (localStorage.getItem('diptych-page') === 'shown') this.show(true);
  }

  private swap(): void {
    this.show(!this.isShown);
    // Where the window has no room beside the words, the page is below them.
    if (this.isShown && this.element.getBoundingClientRect().top > innerHeight / 2) this.element.scrollIntoView();
  }

  private show(is: boolean): void {
    this.element.hidden = !is;
    this.toggle.textContent = is ? t.hidePreview : t.showPreview;
    this.toggle.setAttribute('aria-expanded', String(is));
    localStorage.setItem('diptych-page', is ? 'shown' : 'hidden');
    this.options.toggled(is);
    if (is) void this.render();
  }

  async render(): Promise<void> {
    if (!this.isShown) return;
    const lang = this.lang;
    for (const button of this.element.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button.dataset.lang === lang));
    const html = await api.render(this.options.id, lang, this.options.texts());
    if (lang !== this.lang) return;
    this.none.hidden = html !== null;
    if (html === null) return;
    const page = new DOMParser().parseFromString(html, 'text/html');
    const shown = this.frame.contentDocument;
    const [from, to] = [page.querySelector('main'), shown?.querySelector('main')];
    if (shown && from && to && this.frame.dataset.lang === lang) {
      // Only the words are exchanged, so that nothing flickers and the page stays where it was.
      to.replaceWith(shown.importNode(from, true));
    } else {
      const base = page.createElement('base');
      base.href = this.options.url(lang);
      page.head.prepend(base);
      page.querySelectorAll('script').forEach((script) => script.remove());
      this.frame.dataset.lang = lang;
      this.frame.srcdoc = `<!doctype html>${page.documentElement.outerHTML}`;
      await new Promise((resolve) => this.frame.addEventListener('load', resolve, { once: true }));
    }
    this.scroll(lang);
  }

  /** Goes along with who writes in this language. */
  follow(lang: Lang): void {
    this.lang = lang;
    if (!this.isShown) return;
    if (this.frame.dataset.lang !== lang) return void this.render();
    this.scroll(lang);
  }

  private scroll(lang: Lang): void {
    const title = this.options.heading(lang);
    const headings = this.frame.contentDocument?.querySelectorAll('main h2, main h3, main h4, main h5, main h6') ?? [];
    const plain = (text: string) => text.replace(/[\s\u00a0’']+/g, ' ').trim();
    const heading = [...headings].find((heading) => title && plain(heading.textContent ?? '').startsWith(plain(title)));
    // The frame alone moves, not the page around it.
    const top = heading ? heading.getBoundingClientRect().top + (this.frame.contentWindow?.scrollY ?? 0) - 8 : 0;
    if (heading || !title) this.frame.contentWindow?.scrollTo(0, top);
  }
}

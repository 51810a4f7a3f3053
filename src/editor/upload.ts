// A file or picture is put beside the record, with its words in both languages, and both sides show it.

import * as api from './api';
import { type Lang, LANGS } from './api';
import { announce, fill, h } from './dom';
import type { Side } from './side';
import { t } from './words';

const PICTURE = /\.(png|jpe?g|gif|webp|avif|svg)$/i;

/** A name that every system and every server takes. */
function plainName(name: string): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot + 1)] : [name, ''];
  const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return `${plain(stem) || 'file'}${ending ? `.${plain(ending)}` : ''}`;
}

/** Words as Markdown has them between brackets. */
const bracketed = (words: string) => words.trim().replace(/[\\[\]]/g, '\\$&');

export interface UploadOptions {
  /** The folder of the record's files, in the content. */
  folder: string;
  /** The largest file, in bytes. */
  largest: number;
  sides: () => Record<Lang, Side | null>;
}

export function upload({ folder, largest, sides }: UploadOptions): void {
  const most = Math.floor(largest / 2 ** 20);
  const file = h('input', { type: 'file', id: 'upload-file', required: true, 'aria-describedby': 'upload-help' });
  const name = h('input', { id: 'upload-name', required: true, autocomplete: 'off', pattern: '[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+)+' });
  const words = {} as Record<Lang, HTMLInputElement>;
  const labels = {} as Record<Lang, HTMLLabelElement>;
  for (const lang of LANGS) {
    words[lang] = h('input', { id: `upload-${lang}`, lang, required: true, autocomplete: 'off', spellcheck: 'true' });
    labels[lang] = h('label', { for: `upload-${lang}` });
  }
  const said = h('div', { 'aria-live': 'polite' });
  const refuse = (why: string) => fill(said, h('p', { class: 'banner bad' }, why));
  const show = () => LANGS.forEach((lang) => { labels[lang].textContent = (PICTURE.test(name.value) ? t.shows : t.linkWords)[lang]; });
  file.addEventListener('change', () => {
    const chosen = file.files?.[0];
    name.value = chosen ? plainName(chosen.name) : '';
    said.replaceChildren();
    if (chosen && chosen.size > largest) refuse(t.tooLarge(most));
    show();
  });
  name.addEventListener('input', show);
  const send = async () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    if (chosen.size > largest) return refuse(t.tooLarge(most));
    const saved = await api.save(folder ? `${folder}/${name.value}` : name.value, chosen, null);
    if (saved.is === 'other') return refuse(t.nameTaken(name.value));
    if (saved.is === 'refused') return refuse(saved.why);
    if (saved.is === 'unreached') return refuse(t.noAnswer);
    const sign = PICTURE.test(name.value) ? '!' : '';
    for (const lang of LANGS) sides()[lang]?.insertParagraph(`${sign}[${bracketed(words[lang].value)}](${name.value})`);
    dialog.close();
    announce(t.uploaded(name.value));
  };
  const form = h('form', { method: 'dialog' },
    h('h2', { id: 'upload-title' }, t.upload),
    h('p', { class: 'field' }, h('label', { for: 'upload-file' }, t.file), file),
    h('p', { class: 'help', id: 'upload-help' }, t.uploadHelp(most)),
    h('p', { class: 'field' }, h('label', { for: 'upload-name' }, t.uploadName), name),
    ...LANGS.map((lang) => h('p', { class: 'field' }, labels[lang], words[lang])),
    said,
    h('p', { class: 'actions' }, h('button', { type: 'submit', class: 'primary' }, t.upload),
      h('button', { type: 'button', onclick: () => dialog.close() }, t.cancel)));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  show();
  const dialog = h('dialog', { 'aria-labelledby': 'upload-title', onclose: () => dialog.remove() }, form);
  document.body.append(dialog);
  dialog.showModal();
}

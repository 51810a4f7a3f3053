// A file or picture is put beside the record, with its words in both languages, and both sides show it.

import * as api from './api';
import { type Lang, LANGS } from './api';
import { announce, capital, fill, h, plainLetters } from './dom';
import type { Side } from './side';
import { t } from './words';

/** What a site is written in: such a file is a page or the facts of one, and none that a page shows. */
const SOURCE = /\.(md|markdown|ya?ml|lock)$/i;
const PICTURE = /\.(png|jpe?g|gif|webp|avif|svg)$/i;

/** A name that every system and every server takes. */
function plainName(name: string): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot + 1)] : [name, ''];
  const plain = (text: string) => plainLetters(text).replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
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
  /** What was written of a file that was not added: it is there when the question is asked again. */
  written: Partial<Record<Lang, string>>;
  /** Keeps what is being written, as long as the question is open. */
  hold: (lang: Lang, words: string) => void;
}

export function upload({ folder, largest, sides, written, hold }: UploadOptions): void {
  // Words are asked for where they have a place.
  const langs = LANGS.filter((lang) => sides()[lang]);
  const most = Math.floor(largest / 2 ** 20);
  const file = h('input', { type: 'file', id: 'upload-file', required: true, 'aria-describedby': 'upload-help' });
  const name = h('input', { id: 'upload-name', required: true, autocomplete: 'off', pattern: '[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+)+' });
  const words = {} as Record<Lang, HTMLInputElement>;
  const labels = {} as Record<Lang, HTMLLabelElement>;
  for (const lang of langs) {
    words[lang] = h('input', {
      id: `upload-${lang}`, lang, required: true, autocomplete: 'off', spellcheck: 'true', '.value': written[lang] ?? '',
      oninput: () => hold(lang, (written[lang] = words[lang].value)),
    });
    hold(lang, words[lang].value);
    labels[lang] = h('label', { for: `upload-${lang}` });
  }
  const said = h('div', { 'aria-live': 'polite' });
  const refuse = (why: string) => fill(said, h('p', { class: 'banner bad' }, why));
  const refusal = (chosen: File) => (chosen.size > largest ? t.tooLarge(most) : SOURCE.test(name.value) || SOURCE.test(chosen.name) ? t.isSource : null);
  const show = () => langs.forEach((lang) => { labels[lang].textContent = (PICTURE.test(name.value) ? t.shows : t.linkWords)[lang]; });
  file.addEventListener('change', () => {
    const chosen = file.files?.[0];
    name.value = chosen ? plainName(chosen.name) : '';
    said.replaceChildren();
    const why = chosen && refusal(chosen);
    if (why) refuse(why);
    show();
  });
  name.addEventListener('input', show);
  const send = async () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    const why = refusal(chosen);
    if (why) return refuse(why);
    const saved = await api.save(folder ? `${folder}/${name.value}` : name.value, chosen, null);
    if (saved.is === 'other') return refuse(t.nameTaken(name.value));
    if (saved.is === 'refused') return refuse(capital(saved.why));
    if (saved.is === 'unreached') return refuse(saved.why ? t.notSaved(saved.why) : t.noAnswer);
    const sign = PICTURE.test(name.value) ? '!' : '';
    for (const lang of langs) {
      const side = sides()[lang];
      if (!side) continue;
      side.insertParagraph(`${sign}[${bracketed(words[lang].value)}](${name.value})`);
      delete written[lang];
    }
    dialog.close();
    announce(t.uploaded(name.value));
  };
  const form = h('form', { method: 'dialog' },
    h('h2', { id: 'upload-title' }, t.upload),
    h('p', { class: 'field' }, h('label', { for: 'upload-file' }, t.file), file),
    h('p', { class: 'help', id: 'upload-help' }, t.uploadHelp(most)),
    h('p', { class: 'field' }, h('label', { for: 'upload-name' }, t.uploadName), name),
    ...langs.map((lang) => h('p', { class: 'field' }, labels[lang], words[lang])),
    said,
    h('p', { class: 'actions' }, h('button', { type: 'submit', class: 'primary' }, t.upload),
      h('button', { type: 'button', onclick: () => dialog.close() }, t.cancel)));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  show();
  const dialog = h('dialog', { 'aria-labelledby': 'upload-title', onclose: () => { langs.forEach((lang) => hold(lang, '')); dialog.remove(); } }, form);
  document.body.append(dialog);
  dialog.showModal();
}

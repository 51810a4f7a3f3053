// Records that come, go and get other names: a question, the plan of what would change, and then the change.

import * as api from './api';
import { type Mistake, type Row, type Site, titleOf } from './api';
import { capital, fill, h, plainLetters } from './dom';
import { sentence } from './listing';
import { t, typeset, ui } from './words';

interface Plan {
  notes: string[];
  steps: { does: string; path: string; to?: string; diff: string }[];
  error?: string;
  against?: string[];
  mistakes?: Mistake[];
}

/** The last part of an address, from a title. */
const slug = (title: string) => plainLetters(title).replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');

const field = (label: string, control: HTMLElement) => h('p', { class: 'field' }, h('label', { for: control.id }, label), control);

/** What speaks against it, and where. */
const against = ({ error, against = [], mistakes }: Plan): string[] =>
  mistakes?.map((mistake) => `${t.label(`${mistake.file}, ${t.goTo(mistake.line)}`)} ${sentence(mistake)}`)
  ?? against.filter((words) => words !== error).map((words) => typeset(capital(words)));

/** Asks, shows the plan, does it. `body` is what the fields say. */
function ask(title: string, act: string, fields: HTMLElement[], what: string, body: () => Record<string, unknown>, done: () => void): void {
  const shown = h('div', { 'aria-live': 'polite' });
  const perform = h('button', { type: 'button', class: 'primary', disabled: true }, act);
  const send = async (dry: boolean) => {
    const lost = { status: 0, json: { error: t.noAnswer, notes: [], steps: [] } as Plan };
    const { status, json } = await api.post<Plan>(what, { ...body(), dry_run: dry }).catch(() => lost);
    perform.disabled = status !== 200;
    if (status !== 200) {
      return fill(shown, h('div', { class: 'banner bad' }, h('p', {}, json.error ? typeset(capital(json.error)) : t.cannot),
        h('ul', {}, ...against(json).map((words) => h('li', {}, words)))));
    }
    if (!dry) {
      dialog.close();
      return done();
    }
    perform.focus();
    fill(shown, h('h3', {}, t.plan), h('ul', {}, ...json.notes.map((note) => h('li', {}, typeset(note))),
      ...json.steps.map((step) => h('li', {}, t.steps[step.does as keyof typeof t.steps] ?? step.does, ' ', h('code', {}, step.path), step.to ? ' → ' : '', step.to ? h('code', {}, step.to) : null,
        step.diff ? h('details', {}, h('summary', {}, t.lines), h('pre', { tabindex: '0' }, step.diff)) : null))));
  };
  perform.addEventListener('click', () => void send(false));
  const form = h('form', { method: 'dialog' },
    h('h2', { id: 'plan-title' }, title), ...fields, shown,
    h('p', { class: 'actions at-foot' }, h('button', { type: 'submit' }, t.showPlan), perform,
      h('button', { type: 'button', onclick: () => dialog.close() }, t.cancel)));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(true);
  });
  form.addEventListener('input', () => { perform.disabled = true; });
  const dialog = h('dialog', { 'aria-labelledby': 'plan-title', onclose: () => dialog.remove() }, form);
  document.body.append(dialog);
  dialog.showModal();
  if (fields.length === 0) void send(true);
}

/** The page of a record. */
export const addressOf = (id: string): string => `/_diptych/edit/${id.split('/').map(encodeURIComponent).join('/')}`;

export const go = (id: string): void => location.assign(addressOf(id));

/** What was entered for a pair that was not made: it is there when the question is asked again. */
let begun: { en: string; fr: string; name: string; type: string } | null = null;

export function create(site: Site): void {
  const type = h('select', { id: 'new-type' }, ...site.types.map((type) => h('option', { value: type.name }, type.label[ui])));
  const en = h('input', { id: 'new-en', lang: 'en', required: true, autocomplete: 'off' });
  const fr = h('input', { id: 'new-fr', lang: 'fr', required: true, autocomplete: 'off' });
  const name = h('input', { id: 'new-slug', required: true, pattern: '[a-z0-9]+(-[a-z0-9]+)*', autocomplete: 'off' });
  let own = false;
  if (begun) {
    [en.value, fr.value, name.value] = [begun.en, begun.fr, begun.name];
    if (site.types.some((one) => one.name === begun!.type)) type.value = begun.type;
    own = begun.name !== slug(begun.en || begun.fr);
  }
  name.addEventListener('input', () => { own = true; });
  const follow = () => { if (!own) name.value = slug(en.value || fr.value); };
  en.addEventListener('input', follow);
  fr.addEventListener('input', follow);
  for (const control of [type, en, fr, name]) {
    control.addEventListener('input', () => { begun = { en: en.value, fr: fr.value, name: name.value, type: type.value }; });
  }
  const folder = () => site.types.find((one) => one.name === type.value)!.folder;
  ask(t.create, t.createIt, [field(t.type, type), field(t.titleIn.en, en), field(t.titleIn.fr, fr), field(t.fileName, name)], 'new',
    () => ({ type: type.value, slug: name.value, title: { en: en.value, fr: fr.value } }), () => { begun = null; go(`${folder()}/${name.value}`); });
}

export function rename(id: string, title: string): void {
  const to = h('input', { id: 'move-to', '.value': id, required: true, autocomplete: 'off' });
  ask(`${t.label(t.rename)} ${title}`, t.rename, [field(t.newId, to)], 'move', () => ({ id, to: to.value }), () => go(to.value));
}

/** A file beside a record. */
export function removeFile(path: string, name: string): void {
  ask(t.remove(name), t.removePair, [], 'remove', () => ({ file: path }), () => {});
}

export function remove(id: string, title: string, rows: Row[]): void {
  const others = rows.filter((row) => row.id !== id).map((row) => ({ id: row.id, title: titleOf(row) }));
  others.sort((a, b) => a.title.localeCompare(b.title, ui));
  const options = others.map((row) => h('option', { value: row.id }, row.title));
  const to = h('select', { id: 'remove-to' }, h('option', { value: '' }, t.noRedirect), ...options);
  ask(`${t.label(t.removePair)} ${title}`, t.removePair, [field(t.redirect, to)], 'remove', () => ({ id, redirect_to: to.value || undefined }), () => location.assign('/_diptych/'));
}

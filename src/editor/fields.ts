// The fields that no type has to declare: what every record may say of itself, and what is at the top of its words; and
// what can be chosen in a field.

import type { Field, RecordType, Row } from './api';
import { ui } from './words';

const choice = (key: string, en: string, fr: string) => ({ key, label: { en, fr } });
const named = (name: string, kind: string, en: string, fr: string, more: Partial<Field> = {}): Field => ({
  name, kind, label: { en, fr }, help: null, required: false, many: false, localized: false, ...more,
});

/** What every record may say of itself. */
export const OF_RECORDS: Field[] = [
  named('state', 'choice', 'Publication', 'Publication', {
    choices: [choice('draft', 'Draft', 'Ébauche'), choice('published', 'Published', 'Publiée'), choice('archived', 'Archived', 'Archivée')],
  }),
  named('published_on', 'date', 'Published on', 'Date de publication'),
  named('modified_on', 'date', 'Modified on', 'Date de modification'),
  named('review_by', 'date', 'Review by', 'À réviser d’ici le'),
  named('expires_on', 'date', 'Expires on', 'Date d’expiration'),
  named('owner', 'reference', 'Owner', 'Responsable', { to: [] }),
  named('changes', 'group', 'Notes of change', 'Notes de modification', {
    many: true,
    help: { en: 'What changed for readers, and when.', fr: 'Ce qui a changé pour le lectorat, et à quelle date.' },
    fields: [
      named('on', 'date', 'Date', 'Date', { required: true }),
      named('en', 'text', 'In English', 'En anglais', { required: true, lang: 'en' }),
      named('fr', 'text', 'In French', 'En français', { required: true, lang: 'fr' }),
    ],
  }),
  named('alone', 'group', 'One language only', 'Une seule langue', {
    help: { en: 'Where a page has no other version, and why.', fr: 'Si la page n’a pas d’autre version, et pourquoi.' },
    fields: [
      named('side', 'choice', 'Language of the page', 'Langue de la page', { choices: [choice('en', 'English', 'Anglais'), choice('fr', 'French', 'Français')] }),
      named('reason', 'text', 'Reason', 'Raison'),
      named('on', 'date', 'Since', 'Depuis le'),
    ],
  }),
];

/** What may be at the top of a page's words before what its type declares. */
export const OF_WORDS: Field[] = [
  named('title', 'text', 'Title', 'Titre', { required: true }),
  named('summary', 'text', 'Summary', 'Résumé', {
    required: true, long: true,
    help: { en: 'What the page says, in a sentence.', fr: 'Ce que dit la page, en une phrase.' },
  }),
];

/** And after that. */
export const OF_WORDS_TOO: Field[] = [
  named('short_title', 'text', 'Short title', 'Titre abrégé', {
    help: { en: 'For the path shown above the page.', fr: 'Pour le chemin affiché au-dessus de la page.' },
  }),
  named('inline_title', 'text', 'Title inside a sentence', 'Titre dans une phrase', {
    help: { en: 'As it is written in the middle of a sentence.', fr: 'Tel qu’il s’écrit au milieu d’une phrase.' },
  }),
  named('slug', 'text', 'End of the address', 'Fin de l’adresse', {
    help: { en: 'Small letters, digits and hyphens. It stays when the title changes.', fr: 'Minuscules, chiffres et traits d’union. Elle reste quand le titre change.' },
  }),
  named('keywords', 'text', 'Keywords', 'Mots-clés', {
    many: true, help: { en: 'Other words under which readers look for it.', fr: 'D’autres mots par lesquels on la cherche.' },
  }),
  named('aliases', 'text', 'Old addresses', 'Anciennes adresses', {
    many: true, help: { en: 'They lead to this page.', fr: 'Elles mènent à cette page.' },
  }),
];

/** What can be chosen, and under which title. */
export interface Target { key: string; label: string; group: string }

/** The choices of a field, or the records that it may name, by their types. The folder is left out where the field says
 *  which type. */
export function targets(field: Field, records: Row[], types: RecordType[]): Target[] {
  if (field.kind === 'choice') return field.choices?.map(({ key, label }) => ({ key, label: label[ui], group: '' })) ?? [];
  if (field.kind !== 'reference') return [];
  const hasOne = field.to?.length === 1;
  const rows = records.filter((row) => row.type && (!field.to?.length || field.to.includes(row.type)));
  const name = (row: Row) => (hasOne ? row.id.slice(row.id.indexOf('/') + 1) : row.id);
  const group = (row: Row) => (hasOne ? '' : (types.find(({ name }) => name === row.type)?.plural[ui] ?? ''));
  const all = rows.map((row) => ({ key: name(row), label: row.title[ui] ?? row.title.en ?? row.title.fr ?? row.id, group: group(row) }));
  return all.sort((a, b) => a.group.localeCompare(b.group, ui) || a.label.localeCompare(b.label, ui));
}

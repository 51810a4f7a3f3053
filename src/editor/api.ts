// The requests of the editor: reading, checking and saving, as the server answers them.

import { t, ui } from './words';

export { follow } from '../bin/diptych/serve/follow.js';

export type Lang = 'en' | 'fr';
export const LANGS: Lang[] = ['en', 'fr'];
export const other = (lang: Lang): Lang => (lang === 'en' ? 'fr' : 'en');

export type State = 'equal' | 'outdated' | 'missing' | 'unconfirmed';
export type Behind = Lang | "both" | null;
export type PerLang<T> = { en: T; fr: T };

export interface Row {
  id: string;
  type: string | null;
  title: PerLang<string | null>;
  state: State;
  side: Behind;
  /** What is unpublished is in no folder of a record type, or does not say what it is; a mistake says why. */
  publication: 'draft' | 'published' | 'archived' | 'unpublished';
  mistakes: number;
  errors: number;
  due: { what: 'review' | 'expired'; on: string } | null;
  owner: string | null;
}

/** A record's title, in the language of the page where it has one. */
export const titleOf = ({ id, title }: Pick<Row, 'id' | 'title'>): string => title[ui] ?? title.en ?? title.fr ?? id;

/** Where there is no text, `why` says what is there instead. */
export interface DiskFile { path: string; text: string | null; version: string | null; why: string | null }

/** A file beside a record, and whether its pages name it. */
export interface BesideFile { path: string; used: boolean }

export interface Mistake {
  name: string;
  severity: 'error' | 'warning' | 'info';
  file: string;
  line: number;
  column: number;
  end_line: number;
  end_column: number;
  message: string;
  help: string;
}

export interface Edit { before: string; removed: string; added: string; after: string }

export interface Section {
  key: string;
  /** Whether it is a field of the block at the top, or of the facts. */
  field: boolean;
  title: PerLang<string | null>;
  state: State;
  side: Behind;
  changes: { lang: Lang; what: string[]; words: Edit[] }[];
}

export interface RecordData {
  id: string;
  type: string | null;
  files: { facts: DiskFile | null; en: DiskFile | null; fr: DiskFile | null };
  paths: { facts: string; en: string; fr: string };
  state: State | null;
  side: Behind;
  sections: Section[];
  mistakes: Mistake[];
  beside: BesideFile[];
  url: PerLang<string | null>;
}

export interface Field {
  name: string;
  kind: string;
  label: PerLang<string>;
  help: PerLang<string> | null;
  required: boolean;
  many: boolean;
  localized: boolean;
  choices?: { key: string; label: PerLang<string> }[];
  to?: string[];
  fields?: Field[];
  /** The one language in which it is written. */
  lang?: Lang;
  /** Whether it has room for several lines. */
  long?: boolean;
}

/** A number, date or the like in a text, as it is there and as the other language writes it; whether that says it too. */
export interface Figure { said: string; written: string; is_there: boolean }

export interface RecordType { name: string; folder: string; label: PerLang<string>; plural: PerLang<string>; fields: Field[] }
export interface Site { name: PerLang<string>; content: string; content_id: string; read_only: boolean; largest: number; types: RecordType[] }

/** What an index said, and of which state of the site: `index` is older than `site` while the next one is made, `site`
 *  older than `generation` while the site has errors. */
export interface OfState { generation: number; site: number; index: number }

export interface FoundWord { word: string; found: string; score: number; by: 'word' | 'spelling' | 'synonym' | 'translation'; in: Place[] }
export type Place = 'title' | 'keywords' | 'summary' | 'heading' | 'text';

export interface Result {
  id: string;
  url: string;
  title: string;
  type: string;
  excerpt: string;
  section: { anchor: string | null; heading: string } | null;
  score: number;
  lang: Lang;
  why: { by: 'title' | 'keyword' | 'synonym' | 'translation'; word: string; text: string } | null;
  explanation: { words: FoundWord[]; lacks: string[]; coverage: number; section: number; title: number; reading: number };
}

export interface Answer { total: number; partial: number; results: Result[]; corrected: string | null; missing: string[] }

export interface Test {
  lang: Lang;
  ask: string;
  line: number;
  passes: boolean;
  want: { id: string; place: number | null; known: boolean }[];
}

/** The questions that are tests, and the version of the file that holds them. */
export interface Tests extends OfState { file: { path: string; version: string | null }; first: number; tests: Test[] }

/** What came of saving a file. */
export type Saved =
  | { is: 'saved'; version: string }
  | { is: 'other'; version: string | null; text: string | null }
  | { is: 'refused'; why: string }
  | { is: 'unreached'; why?: string };

let token = document.querySelector<HTMLMetaElement>('meta[name="diptych-token"]')?.content ?? '';

/** What this page was opened on. Another site may be served at the same address later: it answers no request that names this. */
let content: string | null = null;

/** The answer to a request that names another site. */
const OTHER_SITE = 421;

async function ask(method: string, path: string, body?: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  const named: Record<string, string> = content === null ? {} : { 'X-Diptych-Content': content };
  const send = () => fetch(`/_diptych/${path}`, { method, body, cache: 'no-store', headers: { 'X-Diptych-Token': token, ...named, ...headers } });
  const answer = await send();
  // A program that was started again has another token, which its pages hold.
  if (answer.status !== 403 || method === 'GET') return answer;
  const fresh = await renewed();
  if (fresh === null) return Response.json({ error: t.otherSite }, { status: OTHER_SITE });
  const isSame = fresh === token;
  token = fresh;
  return isSame ? answer : send();
}

/** The token of the program that answers now; null where it serves another site. */
async function renewed(): Promise<string | null> {
  const page = await (await fetch('/_diptych/', { cache: 'no-store' })).text();
  const fresh = /<meta name="diptych-token" content="([0-9a-f]+)">/.exec(page)?.[1] ?? token;
  if (fresh === token || content === null) return fresh;
  const answer = await ask('GET', 'api/site');
  if (answer.status === OTHER_SITE || (answer.ok && ((await answer.json()) as Site).content_id !== content)) return null;
  return fresh;
}

const encoded = (path: string) => path.split('/').map(encodeURIComponent).join('/');

async function reading<T>(path: string): Promise<T> {
  const answer = await ask('GET', path).catch((why) => { throw Object.assign(new Error(path, { cause: why }), { status: 0 }); });
  if (!answer.ok) throw Object.assign(new Error(path), { status: answer.status, answer: await answer.json().catch(() => null) });
  return answer.json() as Promise<T>;
}

/** The site; the first one that answers is that of this page. */
export async function site(): Promise<Site> {
  const read = await reading<Site>('api/site');
  content ??= read.content_id;
  return read;
}

export const records = () => reading<Row[]>('api/records');
export const record = (id: string) => reading<RecordData>(`api/records/${encoded(id)}`);

export async function post<T>(what: string, body: unknown): Promise<{ status: number; json: T }> {
  const answer = await ask('POST', `api/${what}`, JSON.stringify(body), { 'Content-Type': 'application/json' });
  return { status: answer.status, json: (await answer.json()) as T };
}

/** Asks the search; the reason where there is no answer. */
export async function search(lang: Lang, question: string): Promise<(OfState & { answer: Answer }) | { error: string }> {
  const answer = await ask('GET', `api/search?${new URLSearchParams({ lang, ask: question })}`);
  return answer.json();
}

export async function tests(): Promise<Tests | { error: string }> {
  return (await ask('GET', 'api/search/tests')).json();
}

/** Adds a test to the file of this version. Where it is another one by now, to that: a question is added, whatever else is. */
export async function addTest(test: { lang: Lang; ask: string; want: string[] }, version: string | null): Promise<{ line: number } | { error: string }> {
  const headers: Record<string, string> = version === null ? { 'If-None-Match': '*' } : { 'If-Match': `"${version}"` };
  const answer = await ask('POST', 'api/search/tests', JSON.stringify(test), { 'Content-Type': 'application/json', ...headers });
  const json = await answer.json();
  return answer.status === 412 && json.version !== version ? addTest(test, json.version) : json;
}

/** The numbers and dates of a text in one language, and how `to`, a text in the other one, would write them. */
export async function figures(lang: Lang, text: string, to: string): Promise<Figure[]> {
  const { status, json } = await post<{ figures: Figure[] }>('figures', { lang, text, to });
  return status === 200 ? json.figures : [];
}

/** The page as it would be; null where there is none yet. */
export async function render(id: string, lang: Lang, files: Record<string, string>): Promise<string | null> {
  const answer = await ask('POST', 'api/render', JSON.stringify({ id, lang, files }));
  return answer.ok ? answer.text() : null;
}

/** Saves a file that has this version, or that is not there where the version is null. */
export async function save(path: string, text: string | Blob, version: string | null): Promise<Saved> {
  const headers: Record<string, string> = version === null ? { 'If-None-Match': '*' } : { 'If-Match': `"${version}"` };
  try {
    const answer = await ask('PUT', `api/files/${encoded(path)}`, text, headers);
    // Who is there in its place may be gone again: the words wait.
    if (answer.status === OTHER_SITE) return { is: 'unreached', why: t.otherSite };
    const json = await answer.json();
    if (answer.status === 200) return { is: 'saved', version: json.version };
    if (answer.status === 412) return { is: 'other', version: json.version, text: json.text };
    return { is: 'refused', why: json.error ?? String(answer.status) };
  } catch {
    return { is: 'unreached' };
  }
}


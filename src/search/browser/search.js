// Search for themes. An ES module without dependencies; nothing is loaded before `open` is called.
//
//   import { open, SearchError } from './search/search.js';
//   const search = await open('fr');                       // loads engine and index, once per page
//   const answer = await search.query('entente', { limit: 10, offset: 0, filters: { type: ['agreement'] } });
//
//   answer.total        number of pages that have every word
//   answer.partial      number of pages after them, that have only some; where none has every word, these are the results
//   answer.results      [{ id, url, title, type, status, date, excerpt, section, score, lang, why, twin }], best first
//     url               absolute, of the page
//     excerpt           HTML, escaped, with no element but <mark>
//     section           { anchor, heading } of the section that answers, or null; anchor may be null
//     status, date      what is worth saying of its state, and when it last changed, as readers write it; may be empty
//     why               { by, word, text } where the words do not show why it was found, or null. `by` is 'title' or
//                       'keyword' (the question is called `text` there), 'synonym' or 'translation' (the page has `text`
//                       for the `word` that was asked)
//     twin              { url, title } of the same page in the other language, or null
//   answer.filters      [{ name, label, values: [{ key, label, count, chosen }] }]; the first is `type`
//   answer.corrected    the question as it was understood, if a word had to be corrected, or null
//   answer.missing      the words that no page has, nor anything that stands for them
//   answer.unknown      the words that no page in this language has as they were typed
//   answer.other        { lang, total, results } if only the other language knows a word, or null: mark what you show of
//                       it with its `lang`, and link `twin` for the page in the reader's language. Where the reader's
//                       own language has no result, these stand in `results`, too.
//
// Options of `query`: limit (10), offset (0), filters ({}: name to keys), typing (true: the last word may be unfinished),
// correct (true: words may be corrected), other (true: ask the other language), explain (false: results carry `explanation`), signal (an AbortSignal).
//
// `open` and `query` throw a SearchError with a `code`: 'unsupported' (no WebAssembly, or forbidden by the page's policy),
// 'offline', 'missing' (a file is not on the server), 'damaged' (a file is not what it should be). Both may simply be
// called again. A deploy in the middle of a visit is noticed and survived without an error.
//
// A page's content security policy needs: script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'.

const FORMAT = 3;
const ENGINE = 'engine.wasm.gz';
const HERE = new URL('.', import.meta.url);
const SITE = new URL('..', HERE);
const [DONE, NEED] = [0, 1];

/** Why there is no answer: see `code`. */
export class SearchError extends Error {
  constructor(code, message, cause) {
    super(message, { cause });
    this.name = 'SearchError';
    this.code = code;
  }
}

const engines = new Map();
const opened = new Map();

/** Opens the index of a language. */
export async function open(lang) {
  if (!opened.has(lang)) {
    const index = new Index(lang);
    opened.set(lang, index);
    index.ready = index.load().catch((error) => {
      opened.delete(lang);
      throw error;
    });
  }
  const index = opened.get(lang);
  await index.ready;
  return { query: (text, options) => index.query(text, options) };
}

class Index {
  constructor(lang) {
    this.lang = lang;
  }

  /** Loads what every question needs. */
  async load() {
    // An older copy of this script may name an engine that a deploy has replaced; the manifest is never old.
    const early = loadEngine(ENGINE).catch((error) => error);
    const manifest = await this.manifest();
    const boot = await fetchFile(`${manifest.index}/boot.pack`);
    const wasm = await (manifest.engine === ENGINE ? early : loadEngine(manifest.engine));
    if (wasm instanceof Error) throw wasm;
    this.wasm = wasm;
    this.folder = manifest.index;
    this.other = manifest.other;
    this.number = call(wasm, boot, 'open');
    if (this.number < 0) throw damaged('boot.pack');
    this.fetched = new Map();
  }

  async manifest() {
    const name = `${this.lang}.json`;
    const bytes = await fetchFile(name, { cache: 'no-cache' });
    let manifest;
    try {
      manifest = JSON.parse(new TextDecoder().decode(bytes));
    } catch (error) {
      throw damaged(name, error);
    }
    if (manifest.format !== FORMAT) throw damaged(name);
    return manifest;
  }

  async query(text, options = {}) {
    const { limit = 10, offset = 0, filters = {}, typing = true, signal } = options;
    const { correct = true, other = true, explain = false } = options;
    const chosen = Object.entries(filters).flatMap(([name, keys]) => [keys].flat().flatMap((key) => [name, key]));
    const question = String(text).slice(0, 2000).replaceAll('\0', ' ').normalize('NFC');
    const flags = (typing ? 0 : 1) | (explain ? 2 : 0) | (correct ? 0 : 8);
    const answer = await this.ask([question, ...chosen].join('\0'), limit, offset, flags, signal);
    for (const result of answer.results) place(result);
    answer.other = null;
    if (other && answer.unknown.length > 0) {
      answer.other = await this.askOther(answer.unknown.join(' '), question, { limit, offset, filters, signal });
      if (answer.results.length === 0 && answer.total + answer.partial === 0 && answer.other) {
        answer.total = answer.other.total;
        answer.partial = answer.other.partial;
        answer.results = answer.other.results;
      }
    }
    return answer;
  }

  /** What the other language has, if it knows the words that this one does not. It is an offer: without it, no error. */
  async askOther(unknown, question, { signal, ...options }) {
    try {
      if (!this.other) return null;
      await open(this.other);
      const there = opened.get(this.other);
      if (!(await there.ask(unknown, 0, 0, 1 | 4, signal))) return null;
      const asked = { ...options, typing: false, other: false, signal };
      const { total, partial, results } = await there.query(question, asked);
      return results.length > 0 ? { lang: this.other, total, partial, results } : null;
    } catch (error) {
      signal?.throwIfAborted();
      return null;
    }
  }

  /** Asks the engine and fetches what it needs until it answers. A new deploy in between is loaded once. */
  async ask(input, limit, offset, flags, signal, again = true) {
    const bytes = new TextEncoder().encode(input);
    try {
      for (;;) {
        signal?.throwIfAborted();
        const status = call(this.wasm, bytes, 'ask', this.number, limit, offset, flags);
        const output = read(this.wasm);
        if (status === DONE) return JSON.parse(output);
        if (status !== NEED) throw damaged(this.folder);
        await Promise.all(output.trim().split('\n').map((line) => this.fetch(...line.split(' '))));
      }
    } catch (error) {
      if (!again || !(error instanceof SearchError) || error.code === 'offline') throw error;
      await this.reload(error);
      return this.ask(input, limit, offset, flags, signal, false);
    }
  }

  /** Loads the index anew; concurrent questions share one attempt. */
  reload(error) {
    const folder = this.folder;
    this.reloading ??= (async () => {
      const manifest = await this.manifest();
      if (manifest.index === folder && error.code === 'missing') throw error;
      await this.load();
    })().finally(() => { this.reloading = undefined; });
    return this.reloading;
  }

  /** Fetches a file of the index, once. */
  fetch(number, name) {
    if (!this.fetched.has(name)) {
      const { folder, fetched } = this;
      fetched.set(name, fetchFile(`${folder}/${name}`).then((bytes) => {
        if (this.folder === folder && call(this.wasm, bytes, 'feed', this.number, +number) !== DONE) throw damaged(name);
      }).catch((error) => {
        fetched.delete(name);
        throw error;
      }));
    }
    return this.fetched.get(name);
  }
}

/** Makes a result's addresses absolute, wherever the site lies. */
function place(result) {
  result.url = new URL(result.url, SITE).href;
  if (result.twin) result.twin.url = new URL(result.twin.url, SITE).href;
}

function loadEngine(name) {
  if (engines.has(name)) return engines.get(name);
  const engine = (async () => {
    if (typeof WebAssembly === 'undefined' || typeof DecompressionStream === 'undefined') {
      throw new SearchError('unsupported', 'This browser cannot run the search engine.');
    }
    const bytes = await fetchFile(name);
    try {
      const { instance } = await WebAssembly.instantiate(bytes);
      return instance.exports;
    } catch (error) {
      throw new SearchError('unsupported', 'The search engine cannot run here.', error);
    }
  })().catch((error) => {
    engines.delete(name);
    throw error;
  });
  engines.set(name, engine);
  return engine;
}

/** Writes the input of a function of the engine and calls it. */
function call(wasm, bytes, name, ...rest) {
  try {
    const at = wasm.input(bytes.length);
    new Uint8Array(wasm.memory.buffer, at, bytes.length).set(bytes);
    return wasm[name](...rest);
  } catch (error) {
    // A trap: what was read made no sense. The instance is not to be trusted any more.
    engines.clear();
    throw new SearchError('damaged', 'The search index is damaged.', error);
  }
}

function read(wasm) {
  return new TextDecoder().decode(new Uint8Array(wasm.memory.buffer, wasm.output(), wasm.output_length()));
}

function damaged(name, cause) {
  return new SearchError('damaged', `The search file ${name} is damaged.`, cause);
}

/** Fetches a file and takes off our own compression, unless something on the way has done so. */
async function fetchFile(name, options) {
  let response;
  try {
    response = await fetch(new URL(name, HERE), options);
  } catch (error) {
    throw new SearchError('offline', 'The search files cannot be reached.', error);
  }
  if (!response.ok) throw new SearchError('missing', `The search file ${name} is missing (${response.status}).`);
  try {
    let bytes = new Uint8Array(await response.arrayBuffer());
    while (bytes[0] === 0x1f && bytes[1] === 0x8b) {
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
      bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    }
    return bytes;
  } catch (error) {
    throw damaged(name, error);
  }
}

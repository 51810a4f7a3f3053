// Search in a real Chromium: on every kind of server, with hostile questions, damaged files, and deploys in between.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { load } from './ask.mjs';
import { launch } from './pages.mjs';
import { own, servers, site, visit } from './site.mjs';

let browser;
let folder;
let search;

before(async () => {
  browser = await launch();
  folder = site();
  search = path.join(folder, 'search');
});
after(async () => {
  await browser.close();
  fs.rmSync(folder, { recursive: true });
});

/** A server that ends with the test. */
async function serving(t, start, ...options) {
  const server = await start(...options);
  t.after(() => server.close());
  return server;
}

const enginePath = () => path.join(search, fs.readdirSync(search).find((name) => name.startsWith('engine-')));
const asFile = async (lang, text) => JSON.parse((await load(enginePath(), folder))({ lang, text }));
const QUESTIONS = [['en', 'exchange of service agreement'], ['fr', 'l’accord d’échange de services'], ['fr', 'delinquent'], ['en', '"exchange of service"']];

describe('on every server the same answers, and nothing on the console', () => {
  for (const [name, start] of Object.entries(servers)) {
    test(name, async (t) => {
      const server = await serving(t, start, folder);
      const { said, ask } = await visit(t, browser, server.origin);
      for (const [lang, text] of QUESTIONS) {
        const answer = await ask(lang, text);
        const expected = await asFile(lang, text);
        assert.equal(answer.error, undefined, `${text}: ${answer.message}`);
        assert.ok(answer.total > 0, text);
        assert.deepEqual(answer.results.map((result) => [result.id, result.excerpt]),
          expected.results.map((result) => [result.id, result.excerpt]), text);
      }
      assert.deepEqual(said, []);
    });
  }
});

test('in a sub-folder addresses lead to the pages', async (t) => {
  const parent = fs.mkdtempSync(`${folder}-parent-`);
  t.after(() => fs.rmSync(parent, { recursive: true }));
  fs.cpSync(folder, path.join(parent, 'a/b'), { recursive: true });
  const server = await serving(t, own, parent);
  const { said, ask } = await visit(t, browser, `${server.origin}/a/b`);
  const answer = await ask('fr', 'accord');
  const { url } = answer.results[0];
  assert.ok(url.startsWith(`${server.origin}/a/b/fr/`), url);
  assert.equal((await fetch(url)).status, 200);
  assert.deepEqual(said, []);
});

test('nothing is loaded before it is asked for, and nothing twice', async (t) => {
  const server = await serving(t, own, folder);
  const { page, ask } = await visit(t, browser, server.origin);
  const files = () => [...server.sent].filter(([name]) => name.startsWith('search/'));
  assert.deepEqual(files(), []);
  await page.evaluate(async () => { await import(new URL('search/search.js', document.baseURI)); });
  assert.deepEqual(files().map(([name]) => name), ['search/search.js']);
  await page.evaluate(async () => {
    const { open } = await import(new URL('search/search.js', document.baseURI));
    const asked = ['agreement', 'agreement', 'offender agreement'];
    await Promise.all(asked.map(async (text) => (await open('en')).query(text)));
  });
  await ask('en', 'agreement');
  assert.deepEqual(files().filter(([, times]) => times > 1), []);
});

test('a word that only the other language knows is offered in that language, with its twin', async (t) => {
  // No French page has it, and it is not among the words for which the site names a French one.
  const WORD = 'people';
  const server = await serving(t, own, folder);
  const { ask } = await visit(t, browser, server.origin);
  const answer = await ask('fr', WORD);
  assert.equal(answer.other?.lang, 'en');
  assert.ok(answer.other.results.every((result) => result.lang === 'en'));
  assert.ok(answer.other.results.some((result) => result.excerpt.includes('<mark>')));
  assert.ok(answer.other.results[0].twin.url.includes('/fr/'));
  assert.equal((await ask('fr', WORD, { other: false })).other, null);
  assert.equal((await ask('fr', 'accord')).other, null);
  const laws = (await ask('fr', WORD, { filters: { type: ['law'] } })).other;
  assert.ok(laws.total < answer.other.total && laws.results.every((result) => result.type === 'law'), 'filters hold there too');
  assert.equal((await ask('fr', WORD, { filters: { type: ['no-such-type'] } })).other, null);
});

test('filters narrow, and count what is left', async (t) => {
  const server = await serving(t, own, folder);
  const { ask } = await visit(t, browser, server.origin);
  const all = await ask('en', 'agreement');
  const type = all.filters.find((filter) => filter.name === 'type').values[0];
  const narrowed = await ask('en', 'agreement', { filters: { type: [type.key] } });
  assert.equal(narrowed.total, type.count);
  assert.ok(narrowed.results.every((result) => result.type === type.key));
});

test('hostile questions are answered', async (t) => {
  const server = await serving(t, own, folder);
  const { said, ask } = await visit(t, browser, server.origin);
  const questions = ['', ' '.repeat(9000), 'x'.repeat(10_000), 'accord '.repeat(1500), '"', '" "" "accord', 'de la et du', '🙂👩‍👩‍👧',
    '\u202Eمرحبا שלום', '\u0000\u0001\u001b[31m', '<img src=x onerror=alert(1)>', '\ud800 lone', '’’---...((('];
  for (const question of questions) {
    const answer = await ask('fr', question, { other: false });
    assert.equal(answer.error, undefined, JSON.stringify(question.slice(0, 20)));
  }
  assert.deepEqual(said, []);
});

describe('what is damaged or missing is said, and no wrong answer given', () => {
  const harm = {
    missing: () => null,
    'cut short': (bytes) => bytes.subarray(0, bytes.length >> 1),
    'a page instead': () => Buffer.from('<!doctype html><title>Sign in</title>'),
    empty: () => Buffer.alloc(0),
  };
  for (const part of ['en.json', 'boot.pack', 'engine-']) {
    for (const [name, change] of Object.entries(harm)) {
      test(`${part}: ${name}`, async (t) => {
        let harmed = true;
        const server = await serving(t, own, folder, { change: (file, bytes) => (harmed && file.startsWith('search/') && file.includes(part) ? change(bytes) : bytes) });
        const { ask } = await visit(t, browser, server.origin);
        const answer = await ask('en', 'agreement');
        assert.equal(answer.error, 'SearchError', JSON.stringify(answer).slice(0, 200));
        assert.ok(['missing', 'damaged', 'unsupported'].includes(answer.code), answer.code);
        // Once the server works again, the same page finds results again.
        harmed = false;
        assert.ok((await ask('en', 'agreement')).total > 0);
      });
    }
  }

  test('offline', async (t) => {
    const server = await serving(t, own, folder);
    const { page, ask } = await visit(t, browser, server.origin);
    await page.evaluate(async () => { await import(new URL('search/search.js', document.baseURI)); });
    await page.context().setOffline(true);
    assert.equal((await ask('en', 'agreement')).code, 'offline');
    await page.context().setOffline(false);
    assert.ok((await ask('en', 'agreement')).total > 0);
  });
});

test('a deploy in the middle of a visit is survived', async (t) => {
  // Two deploys of a larger index; the second has moved everything.
  const before = fs.mkdtempSync(`${folder}-deploy-`);
  t.after(() => fs.rmSync(before, { recursive: true }));
  fs.cpSync(folder, before, { recursive: true });
  let deployed = false;
  const renamed = (name) => name.replace(/(search\/en)-[0-9a-f]+/, '$1-0000000000000000');
  const manifest = JSON.parse(fs.readFileSync(path.join(search, 'en.json')));
  const server = await serving(t, own, before, {
    change: (name, bytes) => {
      if (!deployed || !name.startsWith('search/en')) return bytes;
      if (name === 'search/en.json') return Buffer.from(JSON.stringify({ ...manifest, index: manifest.index.replace(/-.*/, '-0000000000000000') }));
      if (name !== renamed(name)) return null;
      const there = path.join(before, name.replace(/en-0{16}/, manifest.index));
      return fs.existsSync(there) ? fs.readFileSync(there) : null;
    },
  });
  const { said, ask } = await visit(t, browser, server.origin);
  const first = await ask('en', 'agreement');
  deployed = true;
  // Words whose files have not been loaded yet.
  for (const text of ['territories custody', '"exchange of service"', 'correctoinal', 'statistics requests']) {
    const answer = await ask('en', text);
    assert.equal(answer.error, undefined, `${text}: ${answer.message}`);
    assert.deepEqual(answer.results.map(({ id }) => id), (await asFile('en', text)).results.map(({ id }) => id), text);
  }
  assert.equal((await ask('en', 'agreement')).total, first.total);
  assert.deepEqual(said.filter((line) => !line.includes('404')), []);
});

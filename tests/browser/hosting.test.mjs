// The shipped site on real servers, set up as the README says: pages, addresses without a last slash, the page for what
// does not exist, types, and how long each file may be kept.

import assert from 'node:assert/strict';
import { chmod, cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { hosts } from './hosts.mjs';
import { SITE } from './pages.mjs';

let folder;
let root;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diptych-hosting-'));
  root = join(folder, 'site');
  await cp(SITE, root, { recursive: true });
  // A server that is started by root reads as somebody else.
  await chmod(folder, 0o755);
});

after(() => rm(folder, { recursive: true, force: true }));

for (const [name, serve] of Object.entries(hosts)) {
  describe(name, () => {
    let server;
    before(async () => { server = await serve(root); });
    after(() => server?.stop());
    const get = (path, options) => fetch(server.base + path, options);

    test('sends pages as what they are', async () => {
      for (const path of ['', 'en/', 'fr/ententes/', 'fr/a-z/']) {
        const answer = await get(path);
        assert.equal(answer.status, 200, path);
        assert.match(answer.headers.get('content-type'), /^text\/html/, path);
        assert.match(await answer.text(), /<meta charset="utf-8">/, path);
      }
    });

    test('leads an address without its last slash to the page', async () => {
      const answer = await get('en/agreements', { redirect: 'manual' });
      assert.equal(answer.status, 301);
      assert.match(answer.headers.get('location'), /\/en\/agreements\/$/);
    });

    test('sends script and style with the types that browsers ask for', async () => {
      const style = (await readdir(join(root, 'theme'))).find((file) => file.endsWith('.css'));
      assert.match((await get(`theme/${style}`)).headers.get('content-type'), /^text\/css/);
      assert.match((await get('search/search.js')).headers.get('content-type'), /javascript/);
    });

    if (name === 'python') return;

    test('answers for what does not exist in both languages, with the right status', async () => {
      for (const path of ['nothing', 'en/nothing/', 'fr/ententes/rien/']) {
        const answer = await get(path);
        assert.equal(answer.status, 404, path);
        const page = await answer.text();
        assert.ok(page.includes('Page not found') && page.includes('Page introuvable'), path);
      }
    });

    test('lets browsers keep what never changes and asks for the rest again', async () => {
      const theme = (await readdir(join(root, 'theme'))).find((file) => file.endsWith('.css'));
      const index = (await readdir(join(root, 'search'))).filter((file) => /-[0-9a-f]{8,}/.test(file));
      assert.ok(index.length >= 3, 'the engine and an index for each language');
      const packs = index.map((file) => (file.includes('.') ? `search/${file}` : `search/${file}/boot.pack`));
      for (const path of [`theme/${theme}`, ...packs]) {
        assert.match((await get(path)).headers.get('cache-control'), /immutable/, path);
      }
      for (const path of ['', 'en/', 'search/en.json', 'search/search.js', 'nothing']) {
        const answer = await get(path);
        assert.equal(answer.headers.get('cache-control'), 'no-cache', path);
        assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', path);
      }
    });

    test('sends nothing from outside the site', async () => {
      for (const path of ['%2e%2e/nginx.conf', '..%2fnginx.conf', '.diptych/../../nginx.conf']) {
        assert.ok((await get(path)).status >= 400, path);
      }
    });
  });
}

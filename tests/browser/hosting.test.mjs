// The shipped site on real servers, set up as the README says: pages, addresses without a last slash, the page for what
// does not exist, types, and how long each file may be kept.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile, chmod } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { SITE } from './pages.mjs';

const README = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');
const APACHE = '/usr/lib/apache2/modules';

/** The example of the README for a server. */
const example = (server) => README.match(new RegExp(`\`\`\`${server}\n([\\s\\S]*?)\`\`\``))[1];

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

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function start(program, args, port) {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes) => { said += bytes; });
  child.on('error', (error) => { said += error; });
  for (let tries = 0; tries < 200 && child.exitCode === null; tries += 1) {
    const up = await fetch(`http://127.0.0.1:${port}/`).then(() => true, () => false);
    if (up) return { base: `http://127.0.0.1:${port}/`, stop: () => new Promise((done) => { child.once('exit', done); child.kill(); }) };
    await new Promise((done) => setTimeout(done, 50));
  }
  child.kill();
  throw new Error(`${program} does not serve: ${said}`);
}

const servers = {
  async nginx(port) {
    const config = join(folder, 'nginx.conf');
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
    const server = example('nginx').replace('server {', `server { listen 127.0.0.1:${port};`).replaceAll('/srv/www/site', root);
    await writeFile(config, `daemon off; pid ${folder}/nginx.pid; error_log stderr; events {}
      http { include /etc/nginx/mime.types; access_log off; ${temporary.join(' ')}\n${server} }`);
    return start('nginx', ['-e', 'stderr', '-c', config], port);
  },
  async apache(port) {
    const config = join(folder, 'apache.conf');
    const modules = ['mpm_event', 'authz_core', 'mime', 'dir', 'headers', 'rewrite', 'setenvif', 'env', 'filter'];
    await writeFile(config, `ServerRoot ${folder}\nServerName localhost\nListen 127.0.0.1:${port}\nPidFile ${folder}/apache.pid
${modules.map((name) => `LoadModule ${name}_module ${APACHE}/mod_${name}.so`).join('\n')}
DefaultRuntimeDir ${folder}\nErrorLog ${folder}/apache.log\nTypesConfig /etc/mime.types\nDocumentRoot ${root}\nDirectoryIndex index.html
${process.getuid() === 0 ? 'User www-data\nGroup www-data' : ''}
${example('apache').replace('/srv/www/site', root)}\n`);
    return start('apache2', ['-f', config, '-D', 'FOREGROUND'], port);
  },
  async python(port) {
    return start('python3', ['-m', 'http.server', `${port}`, '--bind', '127.0.0.1', '--directory', root], port);
  },
};

for (const [name, serve] of Object.entries(servers)) {
  describe(name, () => {
    let server;
    before(async () => { server = await serve(await freePort()); });
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

// A site to search, and servers of every kind to put it on. For the tests of search in this folder.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { DIPTYCH, ROOT } from './pages.mjs';
import { apache, nginx, python } from './programs.mjs';

/** What the manual recommends to hosts. */
export const POLICY = "default-src 'self'; img-src 'self' data:; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** The shipped site, and a page in it on which scripts of these tests run. */
export function site() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'diptych-search-'));
  if (process.env.DIPTYCH_SITE) fs.cpSync(process.env.DIPTYCH_SITE, folder, { recursive: true });
  else run(DIPTYCH, 'build', '--content', path.join(ROOT, 'content'), '--out', folder);
  fs.writeFileSync(path.join(folder, 'blank.html'), '<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Blank</title>');
  return folder;
}

export function run(program, ...args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error ?? stderr}`);
  return stdout;
}

export const servers = {
  'python http.server': python,
  'nginx without gzip': (root) => plainNginx(root, 'gzip off;'),
  'nginx with gzip of everything': (root) => plainNginx(root, 'gzip on; gzip_types *; gzip_min_length 1; gzip_comp_level 6;'),
  'Apache with mod_deflate': (root) => plainApache(root, 'SetOutputFilter DEFLATE'),
  'Apache with x-gzip for what is gzip': (root) => plainApache(root, '<FilesMatch "\\.pack$">\nHeader set Content-Encoding x-gzip env=!plain\n</FilesMatch>\n<FilesMatch "positions.*\\.pack$">\nHeader unset Content-Encoding\n</FilesMatch>'),
  'a service that compresses again': (root) => own(root, { encode: true }),
  'a service that takes our compression off': (root) => own(root, { strip: true }),
};

const plainNginx = (root, compression) =>
  nginx(root, `${compression} root ${root}; add_header Content-Security-Policy "${POLICY}";`);

const plainApache = (root, compression) =>
  apache(root, `<Directory ${root}>\nAllowOverride None\nRequire all granted\n</Directory>\n${compression}
    Header always set Content-Security-Policy "${POLICY}"\n`);

/**
 * Our own server. `encode` compresses every answer whatever it is, `strip` decompresses what is stored compressed;
 * `change(name, bytes)` may give other bytes, or null for a missing file. Counts what it sends by file.
 */
export async function own(root, { encode = false, strip = false, change = (name, bytes) => bytes } = {}) {
  const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };
  const sent = new Map();
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://x').pathname).slice(1);
    let file = path.join(root, name);
    if (fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, 'index.html');
    let bytes = fs.existsSync(file) ? fs.readFileSync(file) : null;
    bytes = change(name, bytes);
    sent.set(name, (sent.get(name) ?? 0) + 1);
    if (bytes === null) { response.writeHead(404, { 'content-type': 'text/html' }); response.end('<!doctype html><title>404</title>'); return; }
    if (strip && bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = zlib.gunzipSync(bytes);
    const headers = { 'content-type': types[path.extname(file)] ?? 'application/octet-stream', 'content-security-policy': POLICY };
    if (encode) { bytes = zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } }); headers['content-encoding'] = 'br'; }
    response.writeHead(200, headers);
    response.end(bytes);
  }).listen(0, 'localhost');
  await new Promise((ready) => server.once('listening', ready));
  return {
    origin: `http://localhost:${server.address().port}`,
    sent,
    close: () => { server.closeAllConnections(); return new Promise((closed) => server.close(closed)); },
  };
}

/** A visitor on an empty page of the site, for as long as the test lasts, and what the console says. */
export async function visit(test, browser, base) {
  const context = await browser.newContext();
  test.after(() => context.close());
  const page = await context.newPage();
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  await page.goto(`${base}/blank.html`);
  /** Asks; an error comes back as its code. */
  const ask = (lang, text, options = {}) => page.evaluate(async ([lang, text, options]) => {
    const { open } = await import(new URL('search/search.js', document.baseURI));
    try {
      return await (await open(lang)).query(text, options);
    } catch (error) {
      return { error: error.name, code: error.code, message: error.message };
    }
  }, [lang, text, options]);
  return { page, said, ask };
}

// What the browser tests share: the built site, a plain server that sends it from a sub-folder, and a quiet Chromium.
//
// Environment, set by `tests/run`: DIPTYCH_SITE is the folder of the built site, DIPTYCH the program, CHROMIUM the
// browser's.

import { execFile, spawn } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

/** The folder of the built site. */
export const SITE = resolve(process.env.DIPTYCH_SITE ?? join(import.meta.dirname, '../../public'));

/** The repository, and the program. */
export const ROOT = resolve(import.meta.dirname, '../..');
export const DIPTYCH = process.env.DIPTYCH ?? join(ROOT, 'target/release/diptych');

/** The script of axe, and the rules that pages are held to. */
export const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
export const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const NU = join(import.meta.dirname, 'node_modules/vnu-jar/build/dist/vnu.jar');

/** What brings results onto the results page. */
export const QUESTIONS = { en: '?q=agreement', fr: '?q=entente' };

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml',
};

const QUIET = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

/** Serves sites below folders that are not the root, as any host may: { origin, base, close }; `base` is the first. */
export async function serve(sites = { 'some/folder': SITE }) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://site').pathname);
    const place = Object.keys(sites).find((place) => path.startsWith(`/${place}/`));
    let file = place ? join(sites[place], path.slice(place.length + 2)) : '';
    if (file && (await stat(file).catch(() => null))?.isDirectory()) file = join(file, 'index.html');
    const bytes = file ? await readFile(file).catch(() => null) : null;
    response.writeHead(bytes ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    response.end(bytes);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${server.address().port}/`;
  return { origin, base: `${origin}${Object.keys(sites)[0]}/`, close: () => server.close() };
}

/** The errors that the Nu HTML checker finds in files and folders, as it words them. */
export async function nuErrors(...places) {
  const args = ['-jar', NU, '--errors-only', '--format', 'json', '--stdout', '--skip-non-html', ...places];
  // It ends with a failure when it has found something.
  const { stdout } = await promisify(execFile)('java', args, { maxBuffer: 1 << 28 }).catch((error) => error);
  return JSON.parse(stdout).messages;
}

/** The preview of the `content/` in a folder, the shipped one by default: { base, close }. */
export async function preview(folder = ROOT) {
  const child = spawn(DIPTYCH, ['serve', '--port', '0'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const base = await new Promise((done, failed) => {
    let said = '';
    child.stderr.on('data', (bytes) => {
      said += bytes;
      const found = said.match(/http:\/\/[\d.:]+\//);
      if (found) done(found[0]);
    });
    child.on('error', failed);
    child.on('exit', () => failed(new Error(`the preview ended: ${said}`)));
  });
  return { base, close: () => child.kill() };
}

/** A Chromium that asks nobody for anything. */
export function launch(args = []) {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...QUIET, ...args] });
}

/** The addresses of all pages, relative to the site's root. */
export async function pages() {
  const files = await readdir(SITE, { recursive: true });
  const own = files.map((file) => file.replaceAll('\\', '/')).filter((file) => file.endsWith('.html'));
  return own.map((file) => file.replace(/(^|\/)index\.html$/, '$1')).sort();
}

/** The text of a page of the site. */
export function textOf(address) {
  return readFile(join(SITE, address.endsWith('/') || !address ? `${address}index.html` : address), 'utf8');
}

/** One page of each kind in each language, by the class of its body: the one with most different parts. */
export async function kinds() {
  const found = new Map();
  for (const address of (await pages()).filter((address) => address !== '404.html')) {
    const html = await textOf(address);
    const kind = html.match(/<body class="page ([^"]+)"/)?.[1];
    const name = `${kind} ${html.match(/<html lang="([^"]+)"/)?.[1]}`;
    const parts = new Set(html.match(/ class="[^"]+"|<(?!\/)[a-z0-9]+/g)).size;
    if (kind && parts > (found.get(name)?.parts ?? 0)) found.set(name, { address, parts });
  }
  return new Map([...found].map(([name, { address }]) => [name, address]));
}

/** The first page of a language whose text holds something. */
export async function holding(lang, wanted) {
  for (const address of (await pages()).filter((address) => address.startsWith(`${lang}/`))) {
    if ((await textOf(address)).includes(wanted)) return address;
  }
  throw new Error(`no page of ${lang} holds ${wanted}`);
}

/** Calls `work` for every item, a few at a time; resolves to all results in order. */
export async function each(items, work, atOnce = 4) {
  const results = [];
  const waiting = [...items.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

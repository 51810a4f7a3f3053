// What the browser tests share: the built site, a plain server that sends it from a sub-folder, and a quiet Chromium.
//
// Environment, set by `tests/run`: DIPTYCH_SITE is the folder of the built site, CHROMIUM the browser's program.

import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

/** The folder of the built site. */
export const SITE = resolve(process.env.DIPTYCH_SITE ?? join(import.meta.dirname, '../../public'));

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

/** A Chromium that asks nobody for anything. */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: QUIET });
}

/** The addresses of all pages, relative to the site's root. */
export async function pages() {
  const files = await readdir(SITE, { recursive: true });
  const own = files.map((file) => file.replaceAll('\\', '/')).filter((file) => file.endsWith('.html'));
  return own.map((file) => file.replace(/(^|\/)index\.html$/, '$1')).sort();
}

/** One page of each kind in each language, by the class of its body. */
export async function kinds() {
  const found = new Map();
  for (const address of await pages()) {
    const html = await readFile(join(SITE, address.endsWith('/') || !address ? `${address}index.html` : address), 'utf8');
    const kind = html.match(/<body class="page ([^"]+)"/)?.[1];
    const lang = html.match(/<html lang="([^"]+)"/)?.[1];
    if (kind && !found.has(`${kind} ${lang}`)) found.set(`${kind} ${lang}`, address);
  }
  return found;
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

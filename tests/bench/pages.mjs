// What one page of each kind costs a visitor, and how well it is made: prints Markdown tables.
//
// usage: node tests/bench/pages.mjs [--no-lighthouse]
//
// The site (DIPTYCH_SITE, otherwise `public`) is served by nginx as the manual says, so compressed, and opened in Chromium
// ($CHROMIUM) with an empty cache. Bytes are those of the bodies as they were sent; `other` is the icon and, with a
// question, the search engine and its data. Layout shift (CLS) is the larger of a phone's and a desktop's. Lighthouse
// runs as it comes: a phone on a slow line. Needs nginx, Java, and the packages of tests/browser
// (`npm ci --prefix tests/browser --ignore-scripts`).

import { chmod, cp, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AXE, holding, kinds, launch, nuErrors, QUESTIONS, RULES, SITE } from '../browser/pages.mjs';
import { example, freePort, nginx } from '../browser/programs.mjs';

const packages = createRequire(new URL('../browser/package.json', import.meta.url));
const PARTS = { document: 'HTML', stylesheet: 'CSS', script: 'JS', image: 'images', other: 'other' };
const VIEWPORTS = [{ width: 390, height: 844 }, { width: 1280, height: 800 }];
const RATED = ['page-home', 'page-list', 'page-record', 'page-search'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

const folder = await mkdtemp(join(tmpdir(), 'diptych-pages-'));
const root = join(folder, 'site');
await cp(SITE, root, { recursive: true });
// A server that is started by root reads as somebody else.
await chmod(folder, 0o755);
const port = await freePort();
const [server, browser] = await Promise.all([nginx(root, example('nginx', 0, '/srv/www/site', root)), launch([`--remote-debugging-port=${port}`])]);

/** The pages to measure, each with its kind; the results page without and with a question. */
const wanted = [...await kinds()].flatMap(([name, address]) => {
  const [kind, lang] = name.split(' ');
  const asked = kind === 'page-search' ? [{ kind: `${kind} with a question`, address: address + QUESTIONS[lang] }] : [];
  return [{ kind, address }, ...asked];
});
for (const lang of ['en', 'fr']) wanted.push({ kind: 'page-record with contents', address: await holding(lang, 'class="contents"') });
wanted.push({ kind: 'not found', address: '404.html' });

async function load(address, viewport) {
  const context = await browser.newContext({ viewport, bypassCSP: true, colorScheme: 'light' });
  const page = await context.newPage();
  const answers = [];
  page.on('requestfinished', (request) => answers.push(request));
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(`${server.origin}/${address}`, { waitUntil: 'networkidle' });
  if (address.includes('?q=')) await page.waitForSelector('main mark');
  // The icon is asked for when all else is there, and what jumps may jump late.
  await page.waitForTimeout(500);
  return { page, answers, shift: await page.evaluate(() => window.shift) };
}

async function violations(page, rules) {
  const { violations } = await page.evaluate((runOnly) => window.axe.run({ runOnly }), rules);
  return violations.reduce((sum, { nodes }) => sum + nodes.length, 0);
}

async function measure({ kind, address }) {
  const shifts = [];
  const bytes = Object.fromEntries(Object.values(PARTS).map((part) => [part, 0]));
  let requests;
  let axe;
  for (const viewport of VIEWPORTS) {
    const { page, answers, shift } = await load(address, viewport);
    shifts.push(shift);
    if (viewport === VIEWPORTS.at(-1)) {
      requests = answers.length;
      for (const request of answers) {
        const { responseBodySize } = await request.sizes();
        bytes[PARTS[request.resourceType()] ?? 'other'] += responseBodySize;
      }
      await page.addScriptTag({ path: AXE });
      axe = [await violations(page, RULES)];
      await page.emulateMedia({ colorScheme: 'dark' });
      axe.push(await violations(page, RULES));
    }
    await page.context().close();
  }
  return { kind, address, bytes, requests, axe, shift: Math.max(...shifts) };
}

/** How many errors the Nu HTML checker finds in the file of each address. */
async function countErrors(addresses) {
  const files = addresses.map((address) => join(root, address.split('?')[0].replace(/(^|\/)$/, '$1index.html')));
  const messages = await nuErrors(...new Set(files));
  return files.map((file) => messages.filter(({ url }) => url.endsWith(file)).length);
}

const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);

function head(...names) {
  row(...names);
  row(...names.map(() => '---'));
}

async function rate(address) {
  const { default: lighthouse } = await import(pathToFileURL(packages.resolve('lighthouse')));
  const { lhr } = await lighthouse(`${server.origin}/${address}`, { port, logLevel: 'error', onlyCategories: CATEGORIES });
  const lacking = CATEGORIES.flatMap((category) => lhr.categories[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
    .map(({ id }) => id));
  row(`/${address}`, ...CATEGORIES.map((category) => Math.round(lhr.categories[category].score * 100)), lacking.join(', ') || 'none');
}

try {
  const nu = await countErrors(wanted.map(({ address }) => address));
  head('kind', 'address', 'bytes sent', ...Object.values(PARTS), 'requests', 'axe light', 'axe dark', 'Nu', 'CLS');
  for (const [nth, page] of wanted.entries()) {
    const { kind, address, bytes, requests, axe, shift } = await measure(page);
    const sum = Object.values(bytes).reduce((a, b) => a + b);
    row(kind.replace('page-', ''), `/${address}`, sum, ...Object.values(bytes), requests, ...axe, nu[nth], shift.toFixed(3));
  }
  if (!process.argv.includes('--no-lighthouse')) {
    console.log();
    head('address', ...CATEGORIES, 'audits below 90');
    for (const { kind, address } of wanted) if (RATED.some((rated) => kind.startsWith(rated))) await rate(address);
  }
} finally {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
}

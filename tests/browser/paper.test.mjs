// A section as one document, on the screen and as the PDF that Chromium prints; and pictures, which move nothing when
// they load. The site is the shipped one with a page of pictures, built with DIPTYCH.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DIPTYCH, launch, ROOT, serve } from './pages.mjs';

const DOCUMENTS = ['en/agreements/as-one-document/', 'fr/ententes/en-un-document/'];

let folder;
let server;
let browser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diptych-paper-'));
  const content = join(folder, 'content');
  await cp(join(ROOT, 'content'), content, { recursive: true });
  const drawing = (width, height) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><path d="M0 0h9v9z"/></svg>`;
  await writeFile(join(content, 'pages', 'wide.svg'), drawing(1200, 600));
  await writeFile(join(content, 'pages', 'small.svg'), drawing(90, 120));
  const words = '![A wide one](wide.svg)\n\nWords below it.\n\n![A small one](small.svg)\n\nThe last words.\n';
  for (const lang of ['en', 'fr']) {
    await writeFile(join(content, 'pages', `pictures.${lang}.md`), `---\ntitle: Pictures\nsummary: Two.\n---\n${words}`);
  }
  const out = join(folder, 'site');
  execFileSync(DIPTYCH, ['build', '--content', content, '--out', out, '--base-url', 'https://example.org/'], { stdio: 'pipe' });
  [server, browser] = await Promise.all([serve({ 'some/folder': out }), launch()]);
}, { timeout: 300_000 });

after(async () => {
  await browser?.close();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

test('every line of the contents leads to its heading, in order', async () => {
  for (const address of DOCUMENTS) {
    const page = await browser.newPage();
    await page.goto(server.base + address);
    const faults = await page.evaluate(() => {
      const words = (element) => [...element.childNodes].filter((node) => !node.classList?.contains('heading-link'))
        .map((node) => node.textContent).join('').replace(/\s+/g, ' ').trim();
      return [...document.querySelectorAll('.document-contents a')].filter((link) => {
        const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        return !heading || words(heading) !== words(link);
      }).map((link) => link.outerHTML);
    });
    assert.deepEqual(faults, []);
    const inside = await page.evaluate(() => [...document.querySelectorAll('main a[href^="#"]')]
      .filter((link) => !document.getElementById(decodeURIComponent(link.hash.slice(1)))).map((link) => link.outerHTML));
    assert.deepEqual(inside, [], address);
    await page.close();
  }
});

test('on paper the title page stands by itself, links show where they lead, and pages are numbered', async () => {
  for (const address of DOCUMENTS) {
    const page = await browser.newPage();
    await page.goto(server.base + address);
    await page.emulateMedia({ media: 'print' });
    const shown = await page.evaluate(() => ({
      header: document.querySelector('.header').checkVisibility(),
      after: getComputedStyle(document.querySelector('a[data-address]'), '::after').content,
      breaks: getComputedStyle(document.querySelector('.document-opening')).breakAfter,
    }));
    assert.deepEqual({ ...shown, after: shown.after.includes('https://example.org/') }, { header: false, after: true, breaks: 'page' });
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
    assert.ok(pages > 3, `${pages} pages`);
    await page.close();
  }
});

test('nothing moves when a picture comes, wide window or narrow', async () => {
  for (const width of [360, 1280]) {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    // Pictures load late.
    await page.route('**/*.svg', async (route) => { setTimeout(() => route.continue(), 300); });
    await page.addInitScript(() => {
      globalThis.moved = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.moved += entry.value; })
        .observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(`${server.base}en/pictures/`);
    await page.waitForFunction(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0));
    const { moved, widths, fits } = await page.evaluate(() => ({
      moved: globalThis.moved,
      widths: [...document.images].map((image) => image.clientWidth),
      fits: document.documentElement.scrollWidth <= innerWidth,
    }));
    // A picture without reserved room moves a tenth of the window or more; the script that makes a button in the header
    // less than a thousandth, where it comes late.
    assert.ok(moved < 0.01, `${width} pixels: ${moved}`);
    assert.ok(fits && widths[0] > 250 && widths[1] === 90, `${width} pixels: ${widths}`);
    await context.close();
  }
});

// Every page of the shipped site, in a real Chromium: silent, complete, valid and accessible, with and without script.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { each, kinds, launch, pages, serve, SITE } from './site.mjs';

const require = createRequire(import.meta.url);
const AXE = require.resolve('axe-core/axe.min.js');
const NU = join(import.meta.dirname, 'node_modules/vnu-jar/build/dist/vnu.jar');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let server;
let browser;
let addresses;

before(async () => {
  [server, browser, addresses] = await Promise.all([serve(), launch(), pages()]);
});

after(async () => {
  await browser.close();
  server.close();
});

/** Opens a page; what it says to the console and what it asks for in vain is kept in `noise`. */
async function open(context, address) {
  const page = await context.newPage();
  const noise = [];
  page.on('console', (message) => noise.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`${error}`));
  page.on('requestfailed', (request) => noise.push(`${request.url()} failed`));
  page.on('request', (request) => {
    if (!request.url().startsWith(server.base)) noise.push(`${request.url()} is asked of another site`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) noise.push(`${response.url()}: ${response.status()}`);
  });
  await page.goto(server.base + address, { waitUntil: 'networkidle' });
  return { page, noise };
}

// The page for addresses that do not exist starts at the host's root; a redirect leads away at once.
const shown = () => addresses.filter((address) => address !== '404.html');

test('no page says anything to the console or asks for what is not there', { timeout: 600_000 }, async () => {
  const context = await browser.newContext();
  const noisy = await each(shown(), async (address) => {
    const { page, noise } = await open(context, address);
    await page.close();
    return noise.map((line) => `${address}: ${line}`);
  });
  await context.close();
  assert.deepEqual(noisy.flat(), []);
});

for (const scheme of ['light', 'dark']) {
  test(`axe finds nothing on any page, ${scheme}`, { timeout: 900_000 }, async () => {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width: scheme === 'light' ? 1280 : 360, height: 800 }, bypassCSP: true });
    const found = await each(shown(), async (address) => {
      const page = await context.newPage();
      await page.goto(server.base + address);
      await page.addScriptTag({ path: AXE });
      const { violations } = await page.evaluate((rules) => window.axe.run({ runOnly: rules }), RULES);
      await page.close();
      return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${address}: ${id}: ${help}: ${node.html.slice(0, 160)}`));
    });
    await context.close();
    assert.deepEqual(found.flat(), []);
  });
}

test('the Nu HTML checker finds no error on any page', { timeout: 300_000 }, async () => {
  const run = promisify(execFile);
  const { stdout } = await run('java', ['-jar', NU, '--errors-only', '--format', 'json', '--stdout', '--skip-non-html', SITE], {
    maxBuffer: 1 << 28,
  }).catch((error) => error);
  const { messages } = JSON.parse(stdout);
  assert.deepEqual(messages.map(({ url, lastLine, message }) => `${url.replace(/^.*\/site\//, '')}:${lastLine}: ${message}`), []);
});

test('every kind of page reads the same without script', { timeout: 300_000 }, async () => {
  const without = await browser.newContext({ javaScriptEnabled: false });
  for (const [kind, address] of await kinds()) {
    if (address === '404.html') continue;
    const { page, noise } = await open(without, address);
    assert.deepEqual(noise, [], kind);
    assert.ok((await page.locator('h1').innerText()).trim(), `${kind} has its title`);
    assert.ok((await page.locator('main a').count()) + (await page.locator('main p').count()) > 0, `${kind} has its words`);
    await page.close();
  }
  await without.close();
});

test('no page is wider than a narrow screen, nor at four times the size of letters', { timeout: 600_000 }, async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const wide = await each(shown(), async (address) => {
    const page = await context.newPage();
    await page.goto(server.base + address);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await page.close();
    return over > 0 ? [`${address}: ${over} px`] : [];
  });
  await context.close();
  assert.deepEqual(wide.flat(), []);
});

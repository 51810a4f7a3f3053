// Every page of the shipped site, in a real Chromium: silent, complete, valid and accessible, with and without script.
//
// Each page is opened once, and all that is wrong with it is noted; each test then looks at one kind of fault.

import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { after, before, test } from 'node:test';
import { AXE, each, kinds, launch, nuErrors, pages, RULES, serve, SITE, textOf } from './pages.mjs';

let server;
let browser;
const faults = { noise: [], light: [], dark: [], narrow: [] };

before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
  // The page for addresses that do not exist starts at the host's root; the tests of the servers open it.
  const addresses = (await pages()).filter((address) => address !== '404.html');
  assert.ok(addresses.length > 100, `${addresses.length} pages`);
  await each(addresses, visit, availableParallelism() + 1);
}, { timeout: 1_800_000 });

after(async () => {
  await browser?.close();
  server?.close();
});

/** Opens a page in a visitor's window, with everything it says or asks for in vain. */
async function open(context, address) {
  const page = await context.newPage();
  const noise = [];
  page.on('console', (message) => noise.push(`${address}: ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`${address}: ${error}`));
  page.on('requestfailed', (request) => noise.push(`${address}: ${request.url()} failed`));
  page.on('request', (request) => {
    if (!request.url().startsWith(server.base)) noise.push(`${address}: ${request.url()} is asked of another site`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) noise.push(`${address}: ${response.url()}: ${response.status()}`);
  });
  await page.goto(server.base + address, { waitUntil: 'load' });
  return { page, noise };
}

async function visit(address) {
  // The page's own policy would keep axe out; that it holds is seen where no axe is.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: true, colorScheme: 'light' });
  const { page, noise } = await open(context, address);
  const inspect = async (options) => {
    await page.addScriptTag({ path: AXE });
    const { violations } = await page.evaluate((options) => window.axe.run(options), options);
    const note = ({ id, help, nodes }) => nodes.map((node) => `${address}: ${id}: ${help}: ${node.html.slice(0, 160)}`);
    return violations.flatMap(note);
  };
  // A page that moved leads on at once; where it leads is looked at for itself.
  if (!/http-equiv="refresh"/.test(await textOf(address))) {
    faults.light.push(...await inspect({ runOnly: RULES }));
    await page.emulateMedia({ colorScheme: 'dark' });
    faults.dark.push(...await inspect({ runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }));
    await page.setViewportSize({ width: 320, height: 640 });
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wider > 0) faults.narrow.push(`${address}: ${wider} px wider than the screen`);
  }
  faults.noise.push(...noise);
  await context.close();
}

const none = (found) => assert.deepEqual(found.sort().slice(0, 40), [], `${found.length} in all`);

test('no page says anything to the console or asks for what is not there', () => none(faults.noise));

test('axe finds nothing on any page', () => none(faults.light));

test('colours contrast enough on every page in the dark too', () => none(faults.dark));

test('no page is wider than a screen of 320 pixels', () => none(faults.narrow));

test('the Nu HTML checker finds no error on any page', { timeout: 600_000 }, async () => {
  const found = await nuErrors(SITE);
  none(found.map(({ url, lastLine, message }) => `${url.slice(url.indexOf(SITE) + SITE.length)}:${lastLine}: ${message}`));
});

test('every kind of page obeys its own policy and reads the same without script', { timeout: 300_000 }, async () => {
  const [plain, strict] = [await browser.newContext({ javaScriptEnabled: false }), await browser.newContext()];
  for (const [kind, address] of await kinds()) {
    const words = [];
    for (const context of [plain, strict]) {
      const { page, noise } = await open(context, address);
      assert.deepEqual(noise, [], kind);
      words.push(await page.locator('h1').innerText());
      assert.ok((await page.locator('main').innerText()).length > 40, `${kind} has its words`);
      await page.close();
    }
    assert.equal(words[0], words[1], kind);
  }
  await plain.close();
  await strict.close();
});

// Every page of the shipped site, in a real Chromium: silent, complete, valid and accessible, with and without script.
//
// Each page is opened once, and all that is wrong with it is noted; each test then looks at one kind of fault.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { after, before, test } from 'node:test';
import { AXE, each, kinds, launch, nuErrors, pages, RULES, serve, SITE, textOf } from './pages.mjs';

let server;
let browser;
// Its last value would be sent out of the browser.
const axe = `${await readFile(AXE, 'utf8')};0`;
const faults = { noise: [], light: [], dark: [], narrow: [] };

before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
  // The page for addresses that do not exist starts at the host's root; the tests of the servers open it.
  const addresses = (await pages()).filter((address) => address !== '404.html');
  assert.ok(addresses.length > 100, `${addresses.length} pages`);
  const windows = await Promise.all(Array.from({ length: availableParallelism() + 1 }, visitor));
  await each(addresses, async (address) => {
    const window = windows.pop();
    await visit(window, address);
    windows.push(window);
  }, windows.length);
}, { timeout: 1_800_000 });

after(async () => {
  await browser?.close();
  server?.close();
});

/** A window, and everything that its pages say or ask for in vain. */
async function open(context) {
  const page = await context.newPage();
  const noise = [];
  const note = (what) => noise.push(`${page.url()}: ${what}`);
  page.on('console', (message) => note(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => note(error));
  page.on('requestfailed', (request) => {
    // The window loaded its next page before it had this one's icon.
    const { errorText } = request.failure();
    if (errorText !== 'net::ERR_ABORTED') note(`${request.url()}: ${errorText}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(server.base)) note(`${request.url()} is asked of another site`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) note(`${response.url()}: ${response.status()}`);
  });
  return { page, noise };
}

/** A visitor's window. The pages' own policy would keep axe out; that it holds is seen where no axe is. */
async function visitor() {
  return open(await browser.newContext({ bypassCSP: true }));
}

/** Goes to a page and notes all that is wrong with it. */
async function visit({ page, noise }, address) {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(server.base + address, { waitUntil: 'load' });
  // Only what is wrong leaves the browser: what is right is a hundred times as much.
  const inspect = async (runOnly) => {
    const found = await page.evaluate(async (runOnly) => {
      const { violations } = await window.axe.run({ runOnly, resultTypes: ['violations'], selectors: false });
      return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
    }, runOnly);
    return found.map((fault) => `${address}: ${fault}`);
  };
  if (/http-equiv="refresh"/.test(await textOf(address))) {
    // A page that moved redirects at once; the page that it leads to is tested by itself.
    await page.waitForURL((url) => url.href !== server.base + address, { waitUntil: 'load' });
  } else {
    await page.evaluate(axe);
    faults.light.push(...await inspect(RULES));
    await page.emulateMedia({ colorScheme: 'dark' });
    faults.dark.push(...await inspect({ type: 'rule', values: ['color-contrast', 'link-in-text-block'] }));
    await page.setViewportSize({ width: 320, height: 640 });
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wider > 0) faults.narrow.push(`${address}: ${wider} px wider than the screen`);
  }
  faults.noise.push(...noise.splice(0));
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
      const { page, noise } = await open(context);
      await page.goto(server.base + address, { waitUntil: 'load' });
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

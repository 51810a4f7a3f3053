// The filters of the default theme's lists, driven in a real Chromium: in place on a short list, from the list's data
// on a long one, and as plain links without JavaScript. Both are the shipped site's with more agreements, built with
// DIPTYCH: it has too few to be filtered.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, afterEach, test } from 'node:test';
import { DIPTYCH, launch, ROOT, serve } from './pages.mjs';

let folder;
let server;
let base;
let browser;
let context;
let page;
let requests;

/** The shipped site with so many more agreements: half of them signed, half in force. */
async function site(name, count) {
  const content = join(folder, `${name}-content`);
  await cp(join(ROOT, 'content'), content, { recursive: true });
  await rm(join(content, 'pairs.lock'), { force: true });
  const path = (file) => join(content, 'agreements', file);
  for (let nth = 0; nth < count; nth += 1) {
    const status = nth % 2 ? 'signed' : 'in_force';
    await writeFile(path(`a${nth}.yaml`), `status: ${status}\nkind: ${nth % 3 ? 'treaty' : 'family'}\nlevel: fpt\nparties: [csc]\n`);
    await writeFile(path(`a${nth}.en.md`), `---\ntitle: Agreement ${nth}\nsummary: One of many.\n---\n`);
    await writeFile(path(`a${nth}.fr.md`), `---\ntitle: Entente ${nth}\nsummary: Une parmi d’autres.\n---\n`);
  }
  const out = join(folder, name);
  execFileSync(DIPTYCH, ['build', '--content', content, '--out', out], { stdio: 'pipe' });
  return out;
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diptych-list-'));
  [server, browser] = await Promise.all([serve({ short: await site('short', 4), long: await site('long', 240) }), launch()]);
  base = server.origin;
});

after(async () => {
  await browser?.close();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  requests = [];
  page.on('request', (request) => requests.push(request.url()));
});

afterEach(() => context.close());

const filter = (name) => page.locator(`details[data-filter="${name}"]`);
const box = (name, label) => filter(name).getByRole('checkbox', { name: label, includeHidden: true });
const open = async (name) => {
  if (!(await filter(name).evaluate((details) => details.open))) await filter(name).locator('summary').click();
};
const choose = async (name, label) => {
  await open(name);
  await box(name, label).click();
};
const visible = () => page.locator('#_list .entry:visible').count();
const total = () => page.locator('#_list .total').textContent();
const query = () => new URL(page.url()).search;
const counted = (text) => page.locator('#_list .total', { hasText: text }).waitFor();

test('a short list is filtered where it stands, counted, and in the address', async () => {
  await page.goto(`${base}short/en/agreements/`);
  assert.equal(await visible(), 10);
  await choose('status', 'In force');
  await counted('7 entries').catch(async () => assert.fail(await total()));
  assert.equal(query(), '?status=in_force');
  assert.equal(await visible(), 7);
  assert.deepEqual(requests.filter((url) => url.endsWith('list.json')), [], 'nothing is loaded for it');
});

test('filters are combined: values of one widen the choice, those of another narrow it', async () => {
  await page.goto(`${base}short/en/agreements/`);
  await choose('status', 'In force');
  await choose('kind', 'Treaty');
  await counted('4 entries');
  assert.equal(query(), '?status=in_force&kind=treaty');
  await open('status');
  const left = await filter('status').locator('li', { hasText: 'Ongoing' }).locator('.choice-count').textContent();
  assert.equal(left, '0', 'no treaty is merely ongoing');
  await choose('kind', 'Set of similar agreements');
  await counted('6 entries');
});

test('back and forward, reload, the switch and the reset keep to the address', async () => {
  await page.goto(`${base}short/en/agreements/`);
  await choose('status', 'In force');
  await choose('kind', 'Treaty');
  await counted('4 entries');
  await page.goBack();
  await counted('7 entries');
  assert.equal(await box('kind', 'Treaty').isChecked(), false);
  await page.goForward();
  await counted('4 entries');
  await page.reload();
  await counted('4 entries');
  await page.locator('.language-switch a').click();
  await page.waitForURL('**/short/fr/ententes/?status=in_force&kind=treaty');
  await counted('4 éléments');
  await page.locator('.filters-reset a').click();
  await counted('10 éléments');
  assert.equal(query(), '');
});

test('on a list made beforehand its value is chosen, and another one leads to both', async () => {
  await page.goto(`${base}short/en/agreements/status/in-force/`);
  assert.equal(await box('status', 'In force').isChecked(), true);
  await choose('kind', 'Treaty');
  await page.waitForURL('**/short/en/agreements/?status=in_force&kind=treaty');
  await counted('4 entries');
});

test('of a long list what matches is read once from its data, in parts', async () => {
  await page.goto(`${base}long/en/agreements/`);
  assert.equal(await visible(), 100);
  assert.deepEqual(requests.filter((url) => url.endsWith('list.json')), []);
  await choose('status', 'Signed');
  await counted('120 entries');
  assert.equal(await visible(), 100);
  await page.getByRole('button', { name: 'Show 20 more' }).click();
  assert.equal(await visible(), 120);
  assert.equal(await page.evaluate(() => document.activeElement.closest('.entry') !== null), true, 'the focus goes on');
  await choose('kind', 'Set of similar agreements');
  await counted('40 entries');
  assert.equal(requests.filter((url) => url.endsWith('list.json')).length, 1);
  const link = page.locator('#_list .entry:visible a').first();
  await link.click();
  await page.waitForURL(/\/long\/en\/agreements\/agreement-\d+\/$/);
  await page.goBack();
  await counted('40 entries');
  await page.locator('.filters-reset a').click();
  await counted('246 entries');
  assert.equal(await visible(), 100);
});

test('where the data does not arrive, the list made beforehand does', async () => {
  await context.route('**/list.json', (route) => route.abort());
  await page.goto(`${base}long/en/agreements/`);
  await choose('status', 'Signed');
  await page.waitForURL('**/long/en/agreements/status/signed/');
  await counted('120 entries');
});

test('boxes are worked with the keyboard alone', async () => {
  await page.goto(`${base}short/en/agreements/`);
  // The first filter is already open.
  await filter('status').locator('summary').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.locator('.filters-reset:visible').waitFor();
  assert.match(query(), /^\?status=/);
});

test('without JavaScript every value is a link to a list of its own', async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const bare = await plain.newPage();
  await bare.goto(`${base}short/en/agreements/`);
  await bare.locator('details[data-filter="kind"] summary').click();
  await bare.getByRole('link', { name: /^Treaty/ }).click();
  assert.equal(await bare.locator('h1').textContent(), 'Agreements: Treaty');
  assert.equal(await bare.locator('#_list .entry').count(), 5);
  await bare.locator('details[data-filter="kind"]').getByRole('link', { name: /^All/ }).first().click();
  assert.equal(await bare.locator('#_list .entry').count(), 10);
  await plain.close();
});

test('on a phone the filters are folded before they are drawn, and what a page is narrowed down to is not', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${base}short/en/agreements/`);
  assert.equal(await page.locator('.filters details[data-filter][open]').count(), 0);
  const first = page.locator('.filters [data-key]:not([data-key=""]), .filters label').first();
  assert.equal(await first.isVisible(), false);
  await filter('status').locator('summary').click();
  assert.ok(await filter('status').locator('label').first().isVisible());
  const own = await context.browser().newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const plain = await own.newPage();
  await plain.goto(`${base}short/en/agreements/`);
  assert.ok(await plain.locator('.filters details[open] a').first().isVisible(), 'without JavaScript the first stays open');
  const narrowed = await plain.locator('[data-filter="status"] a[data-key="in_force"]').evaluate((link) => link.href);
  await own.close();
  await page.goto(narrowed);
  assert.ok(await filter('status').locator('label').first().isVisible());
});

// The default theme's results page, driven in a real Chromium on a built site. The search engine is a stand-in, so that
// every state can be brought about: this is about the page. Folder of the site: DIPTYCH_SITE, otherwise `public`.

import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, test } from 'node:test';
import { launch, serve } from './pages.mjs';

const ENGLISH = 'en/search/';
const FRENCH = 'fr/recherche/';

// Thirty pages, a third of them partners; one is in the other language. Some questions have answers of their own.
const ENGINE = `
  const label = { en: { agreement: 'Agreement', partner: 'Partner' }, fr: { agreement: 'Entente', partner: 'Partenaire' } };
  export const open = async (lang) => ({
    async query(text, { limit, offset, filters }) {
      if (text === 'broken') throw new Error('a stand-in failure');
      if (text === 'slow') await new Promise((done) => setTimeout(done, 1500));
      const all = text === 'nothing' ? [] : Array.from({ length: 30 }, (_, at) => ({
        id: 'page-' + at, url: 'page-' + at + '/', title: 'Page ' + at, type: at % 3 ? 'agreement' : 'partner', score: 1,
        excerpt: 'The <mark>' + 'word' + '</mark> &amp; more', section: at === 1 ? { anchor: 'terms', heading: 'Terms' } : null,
        lang: at === 2 ? (lang === 'en' ? 'fr' : 'en') : lang,
      }));
      const found = all.filter(({ type }) => !filters.type || filters.type.includes(type));
      const count = (key) => all.filter(({ type }) => type === key).length;
      const values = ['agreement', 'partner'].map((key) => ({ key, label: label[lang][key], count: count(key) }));
      return {
        total: found.length,
        results: found.slice(offset, offset + limit),
        filters: all.length ? [{ name: 'type', label: 'Type', values }] : [],
        corrected: text === 'wrod' ? 'word' : null,
      };
    },
  });
`;

let server;
let base;
let browser;
let context;
let page;
let requests;

before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
  base = server.base;
});

after(async () => {
  await browser?.close();
  server?.close();
});

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.route('**/search/search*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: ENGINE }));
  page = await context.newPage();
  requests = [];
  page.on('request', (request) => requests.push(request.url()));
});

afterEach(() => context.close());

const heading = (text) => page.locator('.results-heading', { hasText: text }).waitFor();
const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.className);
const query = () => new URL(page.url()).search;

test('nothing of the engine is loaded before there is a question', async () => {
  await page.goto(base + ENGLISH);
  await page.getByText('Results appear as you type').waitFor();
  assert.deepEqual(requests.filter((url) => /\/search\/search.*\.js$/.test(url)), []);
});

test('results appear while typing, in the address but not in the history, and the focus stays', async () => {
  await page.goto(base + ENGLISH);
  const steps = await page.evaluate(() => history.length);
  await page.locator('#_query').pressSequentially('word', { delay: 20 });
  await heading('30 results for “word”');
  assert.equal(query(), '?q=word');
  assert.equal(await page.evaluate(() => history.length), steps);
  assert.equal(await focused(), '_query');
});

test('the count is announced once, after typing has come to rest', async () => {
  await page.goto(base + ENGLISH);
  const status = page.locator('#_results [role="status"]');
  await status.evaluate((node) => {
    window.announced = [];
    new MutationObserver(() => window.announced.push(node.textContent)).observe(node, { childList: true });
  });
  await page.locator('#_query').pressSequentially('word', { delay: 20 });
  await status.getByText('30 results for “word”').waitFor({ state: 'attached' });
  // On a slow machine the wait may have been announced before.
  const counts = (await page.evaluate(() => window.announced)).filter((sentence) => /\d/.test(sentence));
  assert.deepEqual(counts, ['30 results for “word”']);
});

test('French words and plurals are French', async () => {
  await page.goto(`${base}${FRENCH}?q=mot`);
  await heading('30\u00a0résultats pour «\u00a0mot\u00a0»');
});

test('a filter narrows the results, stays focused and stands in the address', async () => {
  await page.goto(`${base}${ENGLISH}?q=word`);
  const partner = page.getByRole('checkbox', { name: 'Partner' });
  await partner.focus();
  await page.keyboard.press('Space');
  await heading('10 results');
  assert.equal(query(), '?q=word&type=partner');
  assert.equal(await focused(), await partner.getAttribute('id'));
  await page.goBack();
  await heading('30 results');
  assert.equal(await partner.isChecked(), false);
});

test('removing all filters leaves the focus at the filters', async () => {
  await page.goto(`${base}${ENGLISH}?q=word&type=partner`);
  await heading('10 results');
  await page.getByRole('button', { name: 'Remove all filters' }).click();
  await heading('30 results');
  assert.equal(query(), '?q=word');
  assert.equal(await page.evaluate(() => document.activeElement.localName), 'summary');
});

test('the next page is a link, moves the focus to its heading, and numbers go on', async () => {
  await page.goto(`${base}${ENGLISH}?q=word`);
  await page.getByRole('link', { name: 'Next' }).click();
  await page.getByText('Page 2 of 3').waitFor();
  assert.equal(query(), '?q=word&page=2');
  assert.equal(await focused(), 'results-heading');
  assert.equal(await page.locator('ol.entries').getAttribute('start'), '11');
});

test('results of the other language say so and carry its lang', async () => {
  await page.goto(`${base}${FRENCH}?q=mot`);
  await heading('30');
  const offer = page.locator('.entry', { hasText: 'en anglais' });
  assert.equal(await offer.count(), 1);
  assert.equal(await offer.locator('.entry-title').getAttribute('lang'), 'en');
});

test('a result leads to its section', async () => {
  await page.goto(`${base}${ENGLISH}?q=word`);
  assert.match(await page.getByRole('link', { name: 'Terms' }).getAttribute('href'), /page-1\/#terms$/);
});

test('a corrected question is shown and can be taken over', async () => {
  await page.goto(`${base}${ENGLISH}?q=wrod`);
  await page.locator('.results-corrected a', { hasText: 'word' }).click();
  await heading('results for “word”');
  assert.equal(await page.locator('#_query').inputValue(), 'word');
});

test('the language switch keeps the question', async () => {
  await page.goto(`${base}${ENGLISH}?q=word&type=partner`);
  await heading('10 results');
  const switched = new URL(await page.locator('.language-switch a').getAttribute('href'), page.url());
  assert.equal(switched.origin + switched.pathname, base + FRENCH);
  assert.equal(switched.search, '?q=word&type=partner');
});

test('waiting, nothing found, failure and offline are told as they are, with another way on', async () => {
  await page.goto(`${base}${ENGLISH}?q=slow`);
  await heading('Searching…');
  await heading('30 results for “slow”');
  await page.locator('#_query').fill('nothing');
  await heading('No results for “nothing”');
  await page.locator('.results-help a', { hasText: 'A–Z index' }).waitFor();
  await page.locator('#_query').fill('broken');
  await heading('Search is not working at the moment');
  await page.locator('.results-help a', { hasText: 'A–Z index' }).waitFor();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await context.setOffline(true);
  await page.locator('#_query').fill('broken again broken');
  await page.locator('#_query').fill('broken');
  await heading('You are offline');
});

test('a question is text, whatever it looks like', async () => {
  const hostile = '<img src=x onerror="document.title=1">';
  await page.goto(`${base}${ENGLISH}?q=${encodeURIComponent(hostile)}`);
  await heading(hostile);
  assert.equal(await page.locator('.results img').count(), 0);
});

test('without JavaScript the page points to the A to Z index', async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const reader = await plain.newPage();
  await reader.goto(`${base}${ENGLISH}?q=word`);
  await reader.locator('noscript a, main a', { hasText: 'A–Z index' }).first().click();
  assert.match(await reader.title(), /A–Z/);
  await plain.close();
});

// The default theme's results page, driven in a real Chromium on a built site. The search engine is a stand-in, so that
// every state can be produced: these tests are about the page. Folder of the site: DIPTYCH_SITE, otherwise `public`.

import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, test } from 'node:test';
import { launch, serve } from './pages.mjs';

const ENGLISH = 'en/search/';
const FRENCH = 'fr/recherche/';

// Thirty pages, a third of them partners; one is in the other language. Half are signed; all are of one level; each has
// one of nine parties. Some questions have answers of their own; “many” has three filters more, which say little.
const ENGINE = `
  const label = { en: { agreement: 'Agreement', partner: 'Partner' }, fr: { agreement: 'Entente', partner: 'Partenaire' } };
  const names = {
    status: { en: 'Status', fr: 'État' }, level: { en: 'Level', fr: 'Échelon' }, party: { en: 'Party', fr: 'Partie' },
    kind: { en: 'Kind', fr: 'Nature' }, place: { en: 'Place', fr: 'Lieu' }, body: { en: 'Body', fr: 'Organisme' },
  };
  const some = (at, name, many) => (at < many ? name + '-' + at % 2 : undefined);
  const otherOf = (lang) => (lang === 'en' ? 'fr' : 'en');
  export const open = async (lang) => ({
    async query(text, { limit, offset, filters, correct }) {
      if (text === 'broken') throw new Error('a stand-in failure');
      if (text === 'slow') await new Promise((done) => setTimeout(done, 1500));
      const nothing = text === 'nothing' || text === 'elsewhere only';
      const all = nothing ? [] : Array.from({ length: 30 }, (_, at) => ({
        id: 'page-' + at, url: 'page-' + at + '/', title: 'Page ' + at, type: at % 3 ? 'agreement' : 'partner', score: 1,
        status: at % 2 ? 'signed' : 'ended', level: 'federal', party: 'party-' + at % 9,
        kind: some(at, 'kind', 4), place: some(at, 'place', 20), body: some(at, 'body', 6),
        excerpt: 'The <mark>' + 'word' + '</mark> &amp; more', section: at === 1 ? { anchor: 'terms', heading: 'Terms' } : null,
        lang: at === 2 ? otherOf(lang) : lang, twin: null,
        why: at ? null : { by: 'keyword', word: text, text: 'ESA' },
      }));
      const passes = (page, name) => !filters[name] || filters[name].includes(page[name]);
      const of = ['type', 'status', 'level', 'party', ...(text.startsWith('many') ? ['kind', 'place', 'body'] : [])];
      const found = all.filter((page) => of.every((name) => passes(page, name)));
      const counted = (name) => {
        const passing = all.filter((page) => of.every((other) => other === name || passes(page, other)));
        const values = [...new Set(all.map((page) => page[name]).filter(Boolean))].sort().map((key) => ({
          key, label: label[lang][key] ?? key, count: passing.filter((page) => page[name] === key).length,
        }));
        const shown = values.filter(({ key, count }) => count || filters[name]?.includes(key));
        return { name, label: name === 'type' ? 'Type' : names[name][lang], values: shown };
      };
      const elsewhere = Array.from({ length: 12 }, (_, at) => ({
        id: 'there-' + at, url: 'there-' + at + '/', title: 'There ' + at, type: 'partner', score: 1, section: null,
        excerpt: 'a <mark>button</mark>', lang: otherOf(lang), twin: { url: 'here-' + at + '/', title: 'Here ' + at },
      }));
      const other = text.startsWith('elsewhere')
        ? { lang: otherOf(lang), total: 12, results: elsewhere.slice(offset, offset + limit) }
        : null;
      return {
        total: text === 'some' ? 0 : nothing && other ? other.total : found.length,
        partial: text === 'some' ? 2 : 0,
        missing: text === 'some' ? ['jail', 'spy'] : [],
        results: text === 'some' ? found.slice(0, 2) : nothing && other ? other.results : found.slice(offset, offset + limit),
        filters: of.map(counted),
        corrected: text === 'wrod' && correct ? 'word' : null,
        other,
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
const filter = (name) => page.locator(`details[data-filter="${name}"]`);
const isOpen = (name) => filter(name).evaluate((details) => details.open);
const names = () => page.locator('.filters > details > summary').allTextContents();

test('the engine travels at once, before there is a question', async () => {
  await Promise.all([page.waitForRequest(/\/search\/search.*\.js/), page.goto(base + ENGLISH)]);
  await page.getByText('Results appear as you type').waitFor();
});

test('words that no page has are named, and pages with only some of the words are counted', async () => {
  await page.goto(`${base}${ENGLISH}?q=some`);
  await heading('2 pages have some of the words of “some”');
  await page.getByText('No page has “jail” and “spy”.').waitFor();
  await page.getByText('Also called: ESA').waitFor();
});

test('a page beyond the last is the last', async () => {
  await page.goto(`${base}${ENGLISH}?q=word&page=99`);
  await page.getByText('Page 3 of 3').waitFor();
  assert.equal(query(), '?q=word&page=3');
});

test('the title names the question, and a foreign parameter is no filter', async () => {
  await page.goto(`${base}${ENGLISH}?q=word&utm_source=x`);
  await heading('30 results');
  assert.match(await page.title(), /^word – /);
  assert.equal(await page.getByRole('button', { name: 'Remove all filters' }).isVisible(), false);
});

test('Enter moves the focus to the results', async () => {
  await page.goto(base + ENGLISH);
  await page.locator('#_query').fill('word');
  await page.keyboard.press('Enter');
  await heading('30 results');
  await page.waitForFunction(() => document.activeElement.className === 'results-heading');
});

test('a correction has a way back', async () => {
  await page.goto(`${base}${ENGLISH}?q=wrod`);
  await page.locator('.results-typed a', { hasText: 'wrod' }).click();
  await page.waitForURL('**/?q=wrod&typed=1');
  await heading('for “wrod”');
  assert.equal(await page.locator('.results-corrected:visible').count(), 0);
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

test('only the type stands open, and what a reader opens stays open while the results change', async () => {
  await page.goto(`${base}${ENGLISH}?q=word`);
  await heading('30 results');
  assert.deepEqual([await isOpen('type'), await isOpen('status'), await isOpen('party')], [true, false, false]);
  await filter('status').locator('summary').click();
  await filter('type').locator('summary').click();
  await page.locator('#_query').fill('words');
  await heading('30 results for “words”');
  assert.deepEqual([await isOpen('type'), await isOpen('status'), await isOpen('party')], [false, true, false]);
  await page.getByRole('checkbox', { name: 'signed' }).check();
  await heading('15 results');
  await page.getByRole('button', { name: 'Remove all filters' }).click();
  await heading('30 results');
  assert.deepEqual([await isOpen('type'), await isOpen('status'), await isOpen('party')], [false, true, false]);
});

test('a filter in which something is chosen stands open, and can be folded all the same', async () => {
  await page.goto(`${base}${ENGLISH}?q=word&status=signed`);
  await heading('15 results');
  assert.equal(await isOpen('status'), true);
  assert.equal(await page.getByRole('checkbox', { name: 'signed' }).isChecked(), true);
  await filter('status').locator('summary').click();
  await page.getByRole('checkbox', { name: 'Partner' }).check();
  await heading('5 results');
  assert.equal(await isOpen('status'), false);
});

test('a filter that would narrow nothing down is left out, unless something in it is chosen', async () => {
  await page.goto(`${base}${ENGLISH}?q=word`);
  await heading('30 results');
  assert.deepEqual(await names(), ['Type', 'Status', 'Party']);
  await page.goto(`${base}${ENGLISH}?q=word&level=federal`);
  await heading('30 results');
  assert.deepEqual(await names(), ['Type', 'Status', 'Level', 'Party']);
});

test('a filter that stands there stays in its place when nothing more can be narrowed down by it', async () => {
  await page.goto(`${base}${ENGLISH}?q=word&type=partner&party=party-3`);
  await heading('3 results');
  await page.getByRole('checkbox', { name: 'Partner' }).uncheck();
  await page.waitForURL((url) => !url.searchParams.has('type'));
  await page.getByText('3 results').first().waitFor();
  assert.deepEqual(await names(), ['Type', 'Status', 'Party']);
  const counts = filter('type').locator('.choice-count');
  assert.deepEqual(await counts.allTextContents(), ['3']);
});

test('four filters stand there; those that say little are folded together, and stay as a reader leaves them', async () => {
  await page.goto(`${base}${ENGLISH}?q=many`);
  await heading('30 results');
  assert.deepEqual(await names(), ['Type', 'Status', 'Party', 'Place', 'More filters']);
  const kind = filter('kind').locator('> summary');
  assert.equal(await kind.isVisible(), false);
  await page.getByText('More filters').click();
  await kind.click();
  await page.getByRole('checkbox', { name: 'kind-0' }).check();
  await heading('2 results');
  assert.equal(await kind.isVisible(), true);
  await page.locator('#_query').fill('many more');
  await heading('2 results for “many more”');
  assert.ok((await names()).includes('Kind'), 'what is chosen stands in front');
});

test('counts say what another choice would show, in the filters that are folded too', async () => {
  await page.goto(`${base}${ENGLISH}?q=word`);
  await heading('30 results');
  const signed = filter('status').locator('.choice', { hasText: 'signed' }).locator('.choice-count');
  assert.equal(await signed.textContent(), '15');
  await page.getByRole('checkbox', { name: 'Partner' }).check();
  await heading('10 results');
  assert.equal(await signed.textContent(), '5');
});

test('a filter is unfolded with the keyboard, names its choices, and shows the first six of many', async () => {
  await page.goto(`${base}${ENGLISH}?q=word`);
  await heading('30 results');
  await filter('party').locator('> summary').focus();
  await page.keyboard.press('Enter');
  const choices = page.getByRole('group', { name: 'Party' }).getByRole('checkbox');
  assert.equal(await choices.count(), 6);
  await page.getByText('Show all 9').click();
  assert.equal(await choices.count(), 9);
  await page.locator('#_query').fill('words');
  await heading('30 results for “words”');
  assert.equal(await choices.count(), 9, 'what was opened stays open');
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
  assert.equal(await focused(), '_found');
  assert.equal(await page.locator('ol.entries').getAttribute('start'), '11');
});

test('results of the other language say so and carry its lang', async () => {
  await page.goto(`${base}${FRENCH}?q=mot`);
  await heading('30');
  const offer = page.locator('.entry', { hasText: 'en anglais' });
  assert.equal(await offer.count(), 1);
  assert.equal(await offer.locator('.entry-title a').getAttribute('lang'), 'en');
  assert.equal(await offer.locator('.entry-summary').getAttribute('lang'), 'en');
});

test('what the other language knows is offered after the results, as the page in the reader’s language', async () => {
  await page.goto(`${base}${FRENCH}?q=elsewhere`);
  await heading('30\u00a0résultats');
  const sentence = '12\u00a0résultats pour «\u00a0elsewhere\u00a0» dans les pages en anglais';
  const offer = page.getByRole('region', { name: sentence });
  const first = offer.locator('.entry').first();
  assert.equal(await offer.locator('.entry').count(), 3);
  assert.match(await first.getByRole('link', { name: 'Here 0', exact: true }).getAttribute('href'), /here-0\/$/);
  assert.equal(await first.locator('.entry-title a').getAttribute('lang'), null);
  const found = first.locator('.entry-twin');
  assert.equal((await found.textContent()).trim(), 'There 0 en anglais');
  assert.deepEqual(await found.locator('a').evaluate((link) => [link.lang, link.hreflang]), ['en', 'en']);
  assert.equal(await first.locator('.entry-summary').getAttribute('lang'), 'en');
  await page.locator('[role="status"]', { hasText: `30\u00a0résultats pour «\u00a0elsewhere\u00a0». ${sentence}` }).waitFor({ state: 'attached' });
  assert.equal(await page.getByRole('link', { name: sentence }).getAttribute('href'), '#_elsewhere');
  const all = new URL(await offer.getByRole('link', { name: 'Rechercher en anglais' }).getAttribute('href'), page.url());
  assert.equal(all.href, `${base}${ENGLISH}?q=elsewhere`);
  await page.locator('#_query').fill('mot');
  await heading('pour «\u00a0mot\u00a0»');
  assert.equal(await offer.count() + await page.locator('.results-elsewhere-way:visible').count(), 0);
});

test('where only the other language answers, the results say so', async () => {
  await page.goto(`${base}${ENGLISH}?q=elsewhere+only`);
  await heading('12 results for “elsewhere only” on pages in French');
  const entries = page.locator('ol.entries .entry');
  assert.equal(await entries.count(), 10);
  assert.equal(await entries.locator('.entry-language', { hasText: 'in French' }).count(), 10);
  assert.equal(await page.locator('.results-elsewhere:visible').count(), 0, 'they are not offered twice');
  await page.getByRole('link', { name: 'Next' }).click();
  await page.getByText('Page 2 of 2').waitFor();
  assert.equal(await entries.count(), 2);
});

test('a result leads to its section', async () => {
  await page.goto(`${base}${ENGLISH}?q=word`);
  assert.match(await page.getByRole('link', { name: 'Terms' }).getAttribute('href'), /page-1\/#terms$/);
});

test('a corrected question is shown and can be taken over', async () => {
  await page.goto(`${base}${ENGLISH}?q=wrod`);
  await page.locator('.results-corrected > a', { hasText: 'word' }).click();
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

test('where nothing is found, there are ways to go on in both languages', async () => {
  for (const [address, index, other, contact] of [
    [ENGLISH, 'Browse the A–Z index', 'Search in French', 'Ask us'],
    [FRENCH, 'Parcourir l’index de A à Z', 'Rechercher en anglais', 'Nous poser la question'],
  ]) {
    await page.goto(`${base}${address}?q=nothing`);
    const help = page.locator('.results-help');
    const way = (name) => help.getByRole('link', { name, exact: true });
    await way(index).waitFor();
    const there = new URL(await way(other).getAttribute('href'), page.url());
    assert.equal(there.href, `${base}${address === ENGLISH ? FRENCH : ENGLISH}?q=nothing`);
    assert.match(await way(contact).getAttribute('href'), /contact|coordonnees/);
    const menu = await page.locator('.menu a').evaluateAll((links) => links.map((link) => link.textContent.trim()));
    assert.deepEqual(await help.locator('h3 + ul a').allTextContents(), menu, 'the sections');
  }
});

test('a link skips the filters, once there are results', async () => {
  await page.goto(base + ENGLISH);
  const skip = page.getByRole('link', { name: 'Skip to the results' });
  await page.getByText('Results appear as you type').waitFor();
  assert.equal(await skip.count(), 0);
  await page.locator('#_query').fill('word');
  await heading('30 results');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await skip.evaluate((link) => link === document.activeElement), true);
  const box = await skip.boundingBox();
  assert.ok(box.width > 24 && box.height >= 24 && box.x >= 0, JSON.stringify(box));
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === '_found');
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

// Search from any page: the default theme's dialog, with the real engine, in both languages. Folder of the site:
// DIPTYCH_SITE, otherwise `public`.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AXE, holding, launch, RULES, serve } from './pages.mjs';

// What is typed of a title, the page that it is of, and the letters that are marked there.
const BEGUN = {
  en: [['foreign gov', 'Foreign governments', ['Foreign', 'gov']], ['correctional se', 'Correctional Service Canada', ['Correctional', 'Se']], ['penit', 'Penitentiary', ['Penit']], ['exch', 'Exchange of Service Agreements', ['Exch']]],
  fr: [['gouvernements e', 'Gouvernements étrangers', ['Gouvernements', 'é']], ['conv', 'Convention', ['Conv']], ['pénit', 'Pénitencier', ['Pénit']], ['resp', 'Responsables des services correctionnels', ['Resp']]],
};

const WORDS = {
  en: { asks: 'agreement', typed: 'correc', open: 'Search this site', close: 'Close', none: 'No results for “zzyzzx”', help: 'Other ways to search', failed: 'Search is not working', index: 'Browse the A–Z index', results: '/en/search/' },
  fr: { asks: 'entente', typed: 'correc', open: 'Rechercher dans ce site', close: 'Fermer', none: 'Aucun résultat pour «\u00a0zzyzzx\u00a0»', help: 'Autres façons de chercher', failed: 'La recherche ne fonctionne pas', index: 'Parcourir l’index de A à Z', results: '/fr/recherche/' },
};

let server;
let browser;

before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** A visitor on a record page of a language, and what the page asks for. */
async function visit(test, lang, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  test.after(() => context.close());
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(server.base + await holding(lang, 'page-record'));
  const dialog = page.getByRole('dialog', { name: WORDS[lang].open });
  const field = dialog.getByRole('searchbox');
  const links = dialog.locator('.search-dialog-found a');
  const type = async (words) => {
    await field.pressSequentially(words, { delay: 20 });
    await links.first().waitFor();
  };
  return { context, page, asked, dialog, field, links, type };
}

const focused = (page) => page.evaluate(() => document.activeElement.className || document.activeElement.id || document.activeElement.localName);
const searches = (asked) => asked.filter((path) => /\/search\/(search|engine|en|fr)|search-dialog/.test(path));

for (const lang of ['en', 'fr']) {
  const words = WORDS[lang];

  test(`the button opens the dialog, and only then is anything of the search loaded (${lang})`, async (test) => {
    const { page, asked, dialog, field } = await visit(test, lang);
    await page.waitForLoadState('networkidle');
    assert.deepEqual(searches(asked), []);
    const [engine] = await Promise.all([page.waitForRequest(/\/search\/engine-/), page.getByRole('button', { name: words.open }).click()]);
    assert.ok(engine);
    await dialog.waitFor();
    assert.equal(await field.evaluate((input) => input === document.activeElement), true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await focused(page), 'search-open', 'the focus is back');
  });

  test(`the five best stand there while one types, and the results page has them first (${lang})`, async (test) => {
    const { page, dialog, field, links, type } = await visit(test, lang);
    await page.keyboard.press('/');
    await dialog.waitFor();
    await type(words.asks);
    const way = dialog.locator('.search-dialog-way a');
    await page.waitForFunction((text) => document.querySelector('.search-dialog-way a').href.endsWith(`?q=${text}`), words.asks);
    assert.equal(await field.inputValue(), words.asks, 'the key itself is not typed');
    const best = await links.locator('.search-dialog-title').allTextContents();
    assert.equal(best.length, 5);
    const count = Number((await way.textContent()).match(/\d+/)[0]);
    assert.ok(count > 5);
    await dialog.locator('[role="status"]', { hasText: String(count) }).waitFor({ state: 'attached' });
    await way.click();
    await page.waitForURL(`**${words.results}?q=${words.asks}`);
    await page.locator('.results .entry-title').nth(4).waitFor();
    const there = await page.locator('.results .split-text > .entries .entry-title').allTextContents();
    assert.deepEqual(there.slice(0, 5).map((title) => title.trim()), best);
    assert.match(await page.locator('.results-heading').textContent(), new RegExp(`${count}`));
  });

  test(`an unfinished word is completed, and the arrows lead through the results (${lang})`, async (test) => {
    const { page, links, field, type } = await visit(test, lang);
    await page.keyboard.press('Control+k');
    await type(words.typed);
    assert.ok((await links.allTextContents()).some((text) => text.toLowerCase().includes(words.typed)));
    await page.keyboard.press('ArrowUp');
    assert.equal(await field.evaluate((input) => input === document.activeElement), true, 'there is nothing above the field');
    await page.keyboard.press('ArrowDown');
    assert.equal(await links.first().evaluate((link) => link === document.activeElement), true);
    const href = await links.first().evaluate((link) => link.href);
    await page.keyboard.press('Enter');
    await page.waitForURL(href);
  });

  test(`the page whose title begins with what is typed comes first, and shows how far it is typed (${lang})`, async (test) => {
    const { page, field, dialog } = await visit(test, lang);
    await page.keyboard.press('/');
    for (const [typed, title, marked] of BEGUN[lang]) {
      await field.fill(typed);
      const first = dialog.locator('.search-dialog-found li:first-child .search-dialog-title', { hasText: title });
      await first.waitFor();
      assert.deepEqual(await first.locator('mark').allTextContents(), marked, typed);
    }
  });

  test(`where nothing is found or nothing works, the dialog says so and where to go on (${lang})`, async (test) => {
    const { page, dialog, field, context } = await visit(test, lang);
    await page.keyboard.press('/');
    await field.fill('zzyzzx');
    await dialog.getByText(words.none, { exact: false }).first().waitFor();
    assert.match(await dialog.getByRole('link', { name: words.help }).getAttribute('href'), /\?q=zzyzzx$/);
    await context.route('**/search/**', (route) => route.abort());
    await page.reload();
    await page.keyboard.press('/');
    await field.fill(words.asks);
    await dialog.locator('.search-dialog-said', { hasText: words.failed }).waitFor();
    await dialog.getByRole('link', { name: words.index }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  test(`the dialog is accessible, by day and by night and on a narrow screen (${lang})`, async (test) => {
    for (const colorScheme of ['light', 'dark']) {
      for (const width of [1280, 320]) {
        const { page, type } = await visit(test, lang, { viewport: { width, height: 640 }, colorScheme, bypassCSP: true });
        await page.keyboard.press('/');
        await type(words.asks);
        await page.addScriptTag({ path: AXE });
        const { violations } = await page.evaluate((rules) => window.axe.run({ runOnly: rules }), RULES);
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), [], `${colorScheme} ${width}`);
        const box = await page.locator('.search-dialog').boundingBox();
        assert.ok(box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
        const wider = await page.locator('.search-dialog').evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
        assert.equal(wider, 0, `${colorScheme} ${width}`);
        const small = await page.locator('.search-dialog :is(a, button)').evaluateAll((all) => (
          all.filter((one) => one.offsetParent && one.getBoundingClientRect().height < 24).map((one) => one.outerHTML)));
        assert.deepEqual(small, []);
      }
    }
  });
}

test('the keys do nothing while someone writes, with another modifier, or while the dialog is open', async (test) => {
  const { page, dialog, field } = await visit(test, 'en');
  await page.evaluate(() => {
    const area = document.createElement('textarea');
    area.id = 'own';
    document.querySelector('main').prepend(area);
    area.focus();
  });
  await page.keyboard.type('and/or');
  await page.keyboard.press('Control+k');
  assert.equal(await page.locator('#own').inputValue(), 'and/or');
  assert.equal(await dialog.count(), 0);
  await page.evaluate(() => document.activeElement.blur());
  for (const keys of ['Alt+/', 'Control+/', 'Control+Shift+k']) await page.keyboard.press(keys);
  assert.equal(await dialog.count(), 0);
  await page.keyboard.press('/');
  await page.keyboard.type('a/b');
  assert.equal(await field.inputValue(), 'a/b');
});

test('the key “/” can be turned off, and stays off; Ctrl+K and ⌘K remain', async (test) => {
  const { page, dialog } = await visit(test, 'en');
  const box = dialog.getByRole('checkbox');
  const hint = () => page.locator('.search-open').evaluate((button) => getComputedStyle(button, '::after').content);
  assert.match(await hint(), /^"\/"/);
  await page.keyboard.press('/');
  await box.uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  assert.equal(await dialog.count(), 0);
  await page.reload();
  await page.keyboard.press('/');
  assert.equal(await dialog.count(), 0);
  assert.equal(await hint(), 'none', 'the hint is gone');
  for (const keys of ['Control+k', 'Meta+k']) {
    await page.keyboard.press(keys);
    await dialog.waitFor();
    assert.equal(await box.isChecked(), false);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  }
  await page.keyboard.press('Control+k');
  await box.check();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('/');
  await dialog.waitFor();
});

test('one press of Escape closes the dialog also when something stands in the field, and a press beside it', async (test) => {
  const { page, dialog, field } = await visit(test, 'en');
  await page.keyboard.press('/');
  await field.fill('word');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.keyboard.press('/');
  await page.mouse.click(5, 790);
  await dialog.waitFor({ state: 'hidden' });
});

test('what is typed and sent before the script has arrived leads to the results page', async (test) => {
  const { context, page } = await visit(test, 'en');
  await context.route('**/js/search-dialog*', () => {});
  await page.keyboard.press('/');
  await page.keyboard.type('agreement');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/en/search/?q=agreement');
  await page.locator('.results .entry-title').first().waitFor();
});

test('without script the header has its form, and the button and the dialog are not there', async (test) => {
  const { page, dialog } = await visit(test, 'fr', { javaScriptEnabled: false });
  assert.equal(await page.locator('.search-open').isVisible(), false);
  assert.equal(await dialog.count(), 0);
  await page.locator('header #_query').fill('entente');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/fr/recherche/?q=entente');
});

test('on the results page the keys lead to its field, which already asks', async (test) => {
  const { page } = await visit(test, 'en');
  await page.goto(`${server.base}en/search/?q=agreement`);
  await page.locator('.results .entry-title a').first().focus();
  await page.keyboard.press('/');
  assert.equal(await focused(page), '_query');
  await page.keyboard.type('treaty');
  await page.waitForURL('**/?q=treaty');
});

test('on the home page the engine travels as soon as the field has the focus', async (test) => {
  const { page, asked } = await visit(test, 'en');
  await page.goto(`${server.base}en/`);
  await page.waitForLoadState('networkidle');
  assert.deepEqual(searches(asked), []);
  await Promise.all([page.waitForRequest(/\/search\/engine-/), page.locator('#_query').focus()]);
});

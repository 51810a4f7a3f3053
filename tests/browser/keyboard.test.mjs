// The ways through the site with the keyboard alone: to the words, to the same page in the other language, to the index,
// and from the home page to what a visitor came for.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kinds, launch, serve } from './pages.mjs';

const SKIP = { en: 'Skip to main content', fr: 'Passer au contenu principal' };

let server;
let browser;
let page;

before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
  page = await browser.newPage();
});

after(async () => {
  await browser.close();
  server.close();
});

const focused = () => page.evaluate(() => {
  const { tagName, textContent, id, lang, href, type } = document.activeElement;
  return { tag: tagName.toLowerCase(), text: textContent.trim(), id, lang, href, type };
});

/** Presses the tab key until `wanted` is in focus. */
async function tabTo(wanted) {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if (wanted(await focused())) return;
  }
  assert.fail(`the keyboard does not reach it: ${wanted}`);
}

const languages = async () => [...(await kinds())].filter(([, address]) => /^(en|fr)\//.test(address));

test('the first stop is the link that skips to the words, and it is seen', async () => {
  for (const [kind, address] of await languages()) {
    await page.goto(server.base + address);
    // A page may put the focus where its visitor starts, such as the field of the search.
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('Tab');
    const { text } = await focused();
    assert.equal(text, SKIP[address.slice(0, 2)], kind);
    const box = await page.locator('.skip-link').boundingBox();
    assert.ok(box.width > 24 && box.height >= 24 && box.x >= 0 && box.y >= 0, `${kind}: ${JSON.stringify(box)}`);
    await page.keyboard.press('Enter');
    const { tag } = await focused();
    assert.equal(tag, 'main', `${kind}: the words are next`);
  }
});

test('the language switch leads to the very same page and back, and says its language', async () => {
  for (const [kind, address] of await languages()) {
    await page.goto(server.base + address);
    const [own, other] = address.startsWith('en/') ? ['en', 'fr'] : ['fr', 'en'];
    for (const lang of [other, own]) {
      await tabTo((element) => element.tag === 'a' && element.lang === lang && element.href.includes(`/${lang}/`));
      await page.keyboard.press('Enter');
      await page.waitForURL(new RegExp(`/${lang}/`));
      assert.equal(await page.locator('html').getAttribute('lang'), lang, kind);
    }
    assert.equal(page.url(), server.base + address, `${kind}: there and back`);
  }
});

test('whatever has the focus is seen to have it', async () => {
  for (const [kind, address] of await languages()) {
    await page.goto(server.base + address);
    for (let stop = 0; stop < 12; stop += 1) {
      await page.keyboard.press('Tab');
      const seen = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === document.body) return true;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
      });
      assert.ok(seen, `${kind}: stop ${stop + 1}: ${JSON.stringify(await focused())}`);
    }
  }
});

// `filtered` is a section with so many records that its list has filters.
const PATHS = [
  {
    lang: 'en', other: 'fr', word: 'agreement', section: 'Agreements', filtered: 'Who we work with',
    count: /^\d+\sentr(y|ies)$/,
  },
  {
    lang: 'fr', other: 'en', word: 'entente', section: 'Ententes', filtered: 'Nos partenaires',
    count: /^\d+\séléments?$/,
  },
];

for (const { lang, other, word, section, filtered, count } of PATHS) {
  test(`from the home page to the words, or through the search field to a result (${lang})`, async () => {
    await page.goto(`${server.base}${lang}/`);
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('Tab');
    assert.equal((await focused()).text, SKIP[lang]);
    await page.keyboard.press('Enter');
    await tabTo((element) => element.id === '_query');
    await page.keyboard.type(word);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.results .entry mark');
    assert.match(page.url(), new RegExp(`\\?q=${word}$`));
    const first = page.locator('.results .entry-title a').first();
    const [title, href] = [await first.innerText(), await first.evaluate((link) => link.href)];
    await tabTo((element) => element.href === href);
    await page.keyboard.press('Enter');
    await page.waitForURL(href);
    assert.equal(await page.locator('h1').innerText(), title);
  });

  test(`from the menu to a list, through a filter that says what is left, and back to all (${lang})`, async () => {
    await page.goto(`${server.base}${lang}/`);
    await tabTo((element) => element.tag === 'a' && element.text === filtered);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.filters input', { state: 'attached' });
    const total = page.locator('#_list [role="status"]');
    const all = await total.innerText();
    assert.match(all, count);
    await tabTo((element) => element.tag === 'summary');
    const isOpen = () => page.evaluate(() => document.activeElement.parentElement.open);
    // The first filter of a wide window is already open.
    if (!await isOpen()) await page.keyboard.press('Enter');
    await tabTo((element) => element.tag === 'input' && element.type === 'checkbox');
    await page.keyboard.press('Space');
    await page.waitForURL(/\?\w+=/);
    assert.match(await total.innerText(), count);
    assert.notEqual(await total.innerText(), all, 'what is left is announced');
    const reset = await page.locator('.filters-reset a').innerText();
    await tabTo((element) => element.text === reset);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.search === '');
    assert.equal(await total.innerText(), all);
    assert.equal((await focused()).tag, 'summary', 'the keyboard goes on at the filters');
  });

  test(`from the menu to a list, its first record, and the same record in the other language (${lang})`, async () => {
    await page.goto(`${server.base}${lang}/`);
    await tabTo((element) => element.tag === 'a' && element.text === section);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.entry');
    const href = await page.locator('.entry-title a').first().evaluate((link) => link.href);
    await tabTo((element) => element.href === href);
    await page.keyboard.press('Enter');
    await page.waitForURL(href);
    await tabTo((element) => element.tag === 'a' && element.lang === other);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/${other}/.+/.+/$`));
    assert.equal(await page.locator('html').getAttribute('lang'), other);
    assert.equal(await page.locator('.language-switch a').evaluate((link) => link.href), href, 'it is the same record');
  });
}

test('without script the search form leads to the index of all pages', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  for (const [lang, index] of [['en', 'en/a-z/'], ['fr', 'fr/a-z/']]) {
    await plain.goto(`${server.base}${lang}/`);
    await plain.getByRole('searchbox').first().fill('agreement');
    await plain.keyboard.press('Enter');
    await plain.waitForLoadState();
    await plain.locator(`main a[href$="${index.slice(3)}"]`).first().click();
    assert.equal(plain.url(), server.base + index);
    assert.ok((await plain.locator('main li a').count()) > 40, `${index} lists every page`);
  }
  await context.close();
});

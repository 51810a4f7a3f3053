// What a first-time visitor wants to know, and how far it is from the home page: by the links alone, and by asking the
// search in the visitor's own words. Each way is printed with its clicks, its keys and the seconds that it takes: those
// of the keystroke-level model of Card, Moran and Newell for the hands, and those measured here for the machine.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, serve } from './pages.mjs';

const QUESTIONS = [
  {
    lang: 'en', asked: 'Who do I write to about a delegation visit?', links: ['Contact us'],
    answer: /Delegation visits[\s\S]*intergov-intergouv\.gen-nhq@csc-scc\.gc\.ca/,
    words: 'write about delegation visit', found: 'en/contacts/contact-csc-about-international-matters/',
  },
  {
    lang: 'fr', asked: 'À qui dois-je écrire au sujet d’une visite de délégation?', links: ['Nous joindre'],
    answer: /Visites de délégations[\s\S]*intergov-intergouv\.gen-nhq@csc-scc\.gc\.ca/,
    words: 'écrire visite de délégation', found: 'fr/coordonnees/communiquer-scc-affaires-internationales/',
  },
  {
    lang: 'en', asked: 'Which agreements does CSC have with provinces?', links: ['Read about agreements with provinces and territories'],
    answer: /with all provinces and territories/,
    words: 'agreements CSC provinces', found: 'en/agreements/exchange-service-agreements/',
  },
  {
    lang: 'fr', asked: 'Quelles ententes le SCC a-t-il avec les provinces?', links: ['En savoir plus sur les accords avec les provinces et les territoires'],
    answer: /avec l’ensemble des provinces et des territoires/,
    words: 'ententes SCC provinces', found: 'fr/ententes/accords-echange-services/',
  },
  {
    lang: 'en', asked: 'Which law governs information sharing with a foreign agency?', links: ['under which law'],
    answer: /make an arrangement with the government of a foreign state/,
    words: 'law information sharing foreign agency', found: 'en/laws/canadian-security-intelligence-service-act/',
  },
  {
    lang: 'fr', asked: 'Quelle loi encadre l’échange de renseignements avec un organisme étranger?', links: ['en vertu de quelle loi'],
    answer: /gouvernement d’un État étranger/,
    words: 'loi échange renseignements organisme étranger', found: 'fr/lois/loi-scrs/',
  },
];

// Seconds: to decide, to point, to press a button or key, to move a hand between mouse and keyboard.
const [DECIDE, POINT, PRESS, MOVE] = [1.35, 1.1, 0.28, 0.4];

let site;
let browser;
before(async () => {
  site = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

const plain = (text) => text.replaceAll('\u{a0}', ' ');

for (const { lang, asked, links, answer, words, found } of QUESTIONS) {
  test(`${asked} ${links.length} links lead to the answer`, async (t) => {
    const page = await browser.newPage();
    await page.goto(`${site.base}${lang}/`);
    const start = performance.now();
    for (const name of links) {
      const link = page.getByRole('navigation').or(page.getByRole('main')).getByRole('link', { name, exact: true }).first();
      const here = page.url();
      await Promise.all([page.waitForURL((url) => url.href !== here), link.click()]);
    }
    const waited = (performance.now() - start) / 1000;
    assert.match(plain(await page.locator('main').innerText()), answer);
    const seconds = links.length * (DECIDE + POINT + PRESS) + waited;
    t.diagnostic(`links: ${links.length} clicks, ${seconds.toFixed(1)} s (${waited.toFixed(2)} s waiting)`);
    await page.close();
  });

  for (const typed of [words, asked]) {
    test(`“${typed}” finds the answer among the first three results`, async (t) => {
      const page = await browser.newPage();
      await page.goto(`${site.base}${lang}/`);
      await page.locator('main input[type="search"]').fill(typed);
      const start = performance.now();
      await page.keyboard.press('Enter');
      await page.waitForSelector('main ol a');
      const waited = (performance.now() - start) / 1000;
      const hrefs = await page.locator('main :is(h2, h3) a').evaluateAll((all) => all.slice(0, 3).map((link) => link.href));
      assert.ok(hrefs.some((href) => href.startsWith(site.base + found)), `${hrefs}`);
      // Into the field, the words, Enter; then the result.
      const hands = DECIDE + POINT + PRESS + MOVE + DECIDE + (typed.length + 1) * PRESS + MOVE + DECIDE + POINT + PRESS;
      t.diagnostic(`search: 2 clicks, ${typed.length + 1} keys, ${(hands + waited).toFixed(1)} s (${waited.toFixed(2)} s waiting)`);
      await page.close();
    });
  }
}

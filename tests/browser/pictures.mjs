// Takes the pictures of the README, from the real site: `node tests/browser/pictures.mjs` after a release build.
//
// The last one is of the preview with its bar and a mistake in the content, which is made in a copy.

import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, preview, ROOT } from './pages.mjs';

const PICTURES = join(ROOT, '.github/pictures');
const WIDE = { width: 1120, height: 760 };

const folder = await mkdtemp(join(tmpdir(), 'diptych-pictures-'));
await cp(join(ROOT, 'content'), join(folder, 'content'), { recursive: true });
const shown = await preview(folder);
const browser = await launch();
await mkdir(PICTURES, { recursive: true });

/** Takes one picture of a page. */
async function take(name, path, { viewport = WIDE, before = async () => {}, bar = false } = {}) {
  const page = await browser.newPage({ viewport, colorScheme: 'light' });
  await page.goto(shown.base + path);
  await before(page);
  if (!bar) await page.locator('#diptych-bar').evaluate((element) => element.remove());
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  await page.close();
}

const ask = (words) => async (page) => {
  await page.locator('main input[type="search"]').or(page.locator('#_query')).first().fill(words);
  await page.keyboard.press('Enter');
  await page.waitForSelector('main mark');
};

const to = (part) => (page) => page.locator(part).first().evaluate((element) => {
  window.scrollTo(0, element.getBoundingClientRect().top - 40);
});

await take('home-en', 'en/');
await take('agreement-fr', 'fr/ententes/accords-echange-services/');
await take('partner-en', 'en/partners/correctional-service-canada/', { before: to('.relations') });
await take('search-fr', 'fr/recherche/', { before: ask('échange de renseignements') });
await take('phone-fr', 'fr/ententes/', { viewport: { width: 390, height: 760 }, before: to('.entries') });

const facts = join(folder, 'content/agreements/exchange-of-service.yaml');
const sound = await readFile(facts, 'utf8');
await take('mistake-en', 'en/agreements/exchange-service-agreements/', {
  before: async (page) => {
    await writeFile(facts, sound.replace('parties: [csc,', 'parties: [ccs,'));
    await page.locator('#diptych-bar.errors button').click();
  },
  bar: true,
});

await browser.close();
shown.close();
await rm(folder, { recursive: true });

// The editor's search page in a real browser: a question is asked, its answers are explained, and with the keyboard
// alone it becomes a test in the file, in which nothing else changes.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, Desk, until } from './desk.mjs';
import { launch } from './pages.mjs';

const text = (title, words) => `---\ntitle: ${title}\nsummary: S.\n---\n${words}\n`;
const TESTS = '\ufeff# Ours\r\n- {lang: en, ask: mandate, want: [partners/quebec]}  # sure\r\n- {lang: fr, ask: glacier, want: [partners/quebec]}\r\n';
const FILES = {
  'site.yaml': 'name: {en: Partners, fr: Partenaires}\ndescription: {en: D., fr: D.}\nmenu: [partners]\n',
  'types/partner.yaml': 'type: partner\nfolder: partners\nname: {en: Partner, fr: Partenaire}\nplural: {en: Partners, fr: Partenaires}\nslug: {en: partners, fr: partenaires}\nfields: {}\n',
  'words.yaml': 'en:\n- {say: jail, also: [custody], one_way: true}\n',
  'search-tests.yaml': TESTS,
  '_index.en.md': text('Partners', ''),
  '_index.fr.md': text('Partenaires', ''),
  'partners/quebec.en.md': text('Quebec', '## Mandate\n\nPeople in custody.'),
  'partners/quebec.fr.md': text('Québec', '## Mandat\n\nLes personnes en détention.'),
  'partners/nunavut.en.md': text('Nunavut', '## Mandate\n\nIts courts.'),
  'partners/nunavut.fr.md': text('Nunavut', '## Mandat\n\nSes tribunaux.'),
};

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

/** Runs a test on a site of its own. */
function on(name, run, ...options) {
  test(name, { timeout: 120_000 }, async () => {
    const desk = await new Desk(FILES).start(0, ...options);
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const said = [];
    const open = async (address = '/_diptych/search') => {
      const page = await context.newPage();
      page.on('pageerror', (error) => said.push(String(error)));
      // A browser reports each answer that is an error, also of one that the page expects: the file is another one.
      page.on('console', (message) => message.type() === 'error' && !message.text().includes('412') && said.push(message.text()));
      await page.goto(desk.origin + address);
      await page.locator('tbody tr').first().waitFor();
      return page;
    };
    try {
      await run({ desk, open, said });
      assert.deepEqual(said, []);
    } finally {
      await context.close();
      await desk.close();
    }
  });
}

on('the desk leads to it, and a question is answered with the reasons in plain words', async ({ open }) => {
  const page = await open('/_diptych/');
  await page.getByRole('link', { name: 'Search tests' }).click();
  await page.getByLabel('Question', { exact: true }).pressSequentially('jail in quebec zzyzx');
  const first = page.locator('.answers > li').first();
  await first.getByRole('link', { name: 'Quebec' }).waitFor();
  await first.getByText('“quebec” is in the title').waitFor();
  await first.getByText('Instead of “jail” it has “custody” in the text').waitFor();
  await first.getByText('It does not have “zzyzx”').waitFor();
  await page.getByText('No page has “zzyzx”.').waitFor();
  assert.equal(new URL(page.url()).search, '?lang=en&ask=jail+in+quebec+zzyzx', 'the address can be kept');
});

on('with the keyboard alone a question becomes a test, and the rest of the file is as it was', async ({ desk, open }) => {
  const page = await open();
  await until('the question has the focus', () => page.evaluate(() => document.activeElement.id === 'question'));
  await page.keyboard.type('courts');
  await page.keyboard.press('Enter');
  const box = page.getByLabel('Must be among the first three: Nunavut');
  await box.waitFor();
  const at = async (what) => {
    for (let keys = 0; keys < 40; keys++) {
      await page.keyboard.press('Tab');
      if (await what.evaluate((element) => element === document.activeElement)) return;
    }
    assert.fail('Tab does not lead there');
  };
  await at(box);
  await page.keyboard.press('Space');
  await at(page.getByRole('button', { name: 'Add this test' }));
  await page.keyboard.press('Enter');
  await page.getByText('Added to search-tests.yaml, line 3.').waitFor();
  const line = '- {lang: en, ask: courts, want: [partners/nunavut]}\r\n';
  assert.equal(desk.read('search-tests.yaml'), TESTS.replace('# sure\r\n', `# sure\r\n${line}`));
  await page.getByRole('button', { name: 'courts' }).waitFor();
  await page.getByText('3 questions, 1 does not pass.').waitFor();
  await page.getByText('This question is already a test (line 3').waitFor();
});

on('a test is added to the file as it is, and to pages that the question does not find', async ({ desk, open }) => {
  const page = await open('/_diptych/search?lang=fr&ask=tribunaux');
  await page.getByLabel('Another page that must be there').fill('partners/quebec');
  await page.getByRole('button', { name: 'Choose' }).click();
  const others = `${TESTS}- {lang: fr, ask: détention, want: [partners/quebec]}\r\n`;
  desk.write('search-tests.yaml', others);
  await page.getByRole('button', { name: 'Add this test' }).click();
  await page.getByText('Not all of these pages are among the first three yet').waitFor();
  assert.equal(desk.read('search-tests.yaml'), `${others}- {lang: fr, ask: tribunaux, want: [partners/quebec]}\r\n`);
});

on('every test is listed with its result, and follows the site', async ({ desk, open }) => {
  const page = await open();
  const row = page.locator('tbody tr', { hasText: 'glacier' });
  await row.getByText('Does not pass').waitFor();
  await row.getByText('not among the first 100').waitFor();
  await page.getByLabel('Only those that do not pass').check();
  assert.equal(await page.locator('tbody tr').count(), 1);
  desk.write('partners/quebec.fr.md', text('Québec', '## Mandat\n\nUn glacier.'));
  await page.getByText('2 questions, all pass.').waitFor();
});

on('where the site has errors, the answers are said to be those of before', async ({ desk, open }) => {
  const page = await open('/_diptych/search?lang=en&ask=courts');
  await page.locator('.answers > li').first().waitFor();
  desk.write('partners/nunavut.en.md', text('Nunavut', '[x](nowhere)'));
  await page.getByText('The site has errors. These are answers of the site before the errors.').waitFor();
});

for (const [width, colorScheme] of [[320, 'light'], [320, 'dark'], [1280, 'light'], [1280, 'dark']]) {
  on(`nothing is wider than a window of ${width} pixels, and axe finds nothing in ${colorScheme} colours`, async ({ open }) => {
    const page = await open('/_diptych/search?lang=en&ask=jail+mandate');
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await page.locator('.answers > li').first().waitFor();
    await page.getByLabel('Must be among the first three: Quebec').check();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it fits');
    await axe(page);
  });
}

on('with --read-only questions are answered and nothing can be added', async ({ open }) => {
  const page = await open('/_diptych/search?lang=en&ask=courts');
  await page.locator('.answers > li').first().waitFor();
  await page.getByText('Diptych was started with --read-only').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Add this test' }).count(), 0);
  assert.equal(await page.getByLabel(/Must be among/).count(), 0);
}, '--read-only');

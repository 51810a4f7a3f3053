// The editor and the files of a record: a record that is renamed or removed, a folder in place of a file, pictures that
// are added and removed; finding and replacing; and what the forms say.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { axe, until } from './desk.mjs';
import { FILES, ID, on, type, words } from './editing.mjs';

/** Renames the record in a page, and stays where that leads. */
async function rename(page, to) {
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('New name, with its folder').fill(to);
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await page.locator('dialog code').first().waitFor();
  await page.locator('dialog').getByRole('button', { name: 'Rename', exact: true }).click();
  await page.waitForURL(`**/edit/${to}`);
}

on('a record that was renamed in another page says where it is, and raises no alarm where nobody wrote', async ({ open }) => {
  const [here, there] = [await open(), await open()];
  await rename(there, 'partners/la-belle-province');
  await here.getByText('This record has another name now: partners/la-belle-province.').waitFor();
  assert.equal(await here.locator('.saving.bad, .conflict, .banner.bad').count(), 0);
  await axe(here);
  await here.getByRole('button', { name: 'Go there', exact: true }).click();
  await here.waitForURL('**/edit/partners/la-belle-province');
});

on('a record that was removed elsewhere says so, and raises no alarm where nobody wrote', async ({ desk, open }) => {
  const page = await open();
  for (const ending of ['yaml', 'en.md', 'fr.md']) fs.rmSync(desk.file(`${ID}.${ending}`));
  await page.getByText('it was renamed or removed').waitFor();
  assert.equal(await page.locator('.saving.bad, .conflict, .banner.bad').count(), 0);
});

on('words that are not saved go along to the new name of their record', async ({ desk, open }) => {
  const [here, there] = [await open(), await open()];
  await here.route('**/api/files/**', (route) => route.abort());
  await type(here, 'en', 'Written while it was renamed.');
  await here.locator('.saving.bad').waitFor();
  await rename(there, 'partners/la-belle-province');
  await there.close();
  const go = here.getByRole('button', { name: 'Go there with the words that are not saved' });
  await go.waitFor();
  assert.ok((await here.locator('.conflict').count()) <= 1, 'only the file in which somebody wrote is spoken of');
  await here.unroute('**/api/files/**');
  await go.click();
  await here.waitForURL('**/edit/partners/la-belle-province');
  await here.getByRole('button', { name: 'Take them back' }).click();
  await until('the words are in the file', () => desk.read('partners/la-belle-province.en.md').endsWith('Written while it was renamed.'));
  assert.ok(!fs.existsSync(desk.file(`${ID}.en.md`)), 'the old one stays away');
  assert.equal(await here.locator('.banner:visible').count(), 0);
});

on('a folder in the place of a file is told, and the words are saved when it is gone', async ({ desk, open }) => {
  const page = await open();
  const file = desk.file(`${ID}.en.md`);
  fs.rmSync(file);
  fs.mkdirSync(file);
  await page.locator('.saving.bad').getByText('There is a folder with this name').waitFor();
  await type(page, 'en', 'Kept.');
  await page.locator('.saving.bad').getByText('Not saved, because there is a folder with this name').waitFor();
  fs.rmdirSync(file);
  fs.writeFileSync(file, FILES[`${ID}.en.md`]);
  await until('the words are saved', () => desk.read(`${ID}.en.md`).endsWith('Kept.'));
});

const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10"/></svg>';

on('what no site is built with is not taken, and a file that was added can be removed again', async ({ desk, open }) => {
  const page = await open();
  const choose = async (name, text) => {
    await page.getByLabel('File', { exact: true }).setInputFiles({ name, mimeType: 'image/svg+xml', buffer: Buffer.from(text) });
  };
  await page.getByRole('button', { name: 'Add a file or picture' }).click();
  await choose('notes.md', '# Notes');
  await page.locator('dialog').getByText('A file of this kind is a page or its facts.').waitFor();
  await choose('plan.svg', DRAWING.replace('<rect', '<script>alert(1)</script><rect'));
  for (const language of ['English', 'French']) await page.getByLabel(`What the picture shows, in ${language}`).fill('A plan');
  await page.locator('dialog').getByRole('button', { name: 'Add a file or picture' }).click();
  await page.locator('dialog').getByText('“script” does not draw').waitFor();
  assert.ok(!fs.existsSync(desk.file('partners/plan.svg')));
  await choose('plan.svg', DRAWING);
  await page.locator('dialog').getByRole('button', { name: 'Add a file or picture' }).click();
  await until('both sides show it', () => desk.read(`${ID}.en.md`).includes('(plan.svg)') && desk.read(`${ID}.fr.md`).includes('(plan.svg)'));

  await page.getByText('1 file or picture beside this record').click();
  await page.getByRole('button', { name: 'Remove plan.svg' }).click();
  await page.locator('dialog').getByText('partners/plan.svg is still used in partners/quebec.en.md (line').waitFor();
  await axe(page);
  await page.locator('dialog').getByRole('button', { name: 'Cancel' }).click();
  for (const lang of ['en', 'fr']) desk.write(`${ID}.${lang}.md`, FILES[`${ID}.${lang}.md`]);
  await page.locator('.beside').getByText('No page shows it').waitFor();
  await page.locator('.mistakes').getByText('No page links to this file').waitFor();
  await page.getByRole('button', { name: 'Remove plan.svg' }).click();
  await page.locator('dialog').getByText('partners/plan.svg is removed').waitFor();
  assert.ok(fs.existsSync(desk.file('partners/plan.svg')), 'only shown');
  await page.locator('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await until('it is gone', () => !fs.existsSync(desk.file('partners/plan.svg')));
  await until('it is not listed any more', () => page.locator('.beside').isHidden());
});

on('mistakes of a file beside the record are listed, and lead to it', async ({ desk, open }) => {
  desk.write('partners/plan.svg', DRAWING.replace('<rect', '<script/><rect'));
  desk.write(`${ID}.en.md`, `${FILES[`${ID}.en.md`]}\n![A plan](plan.svg)\n`);
  const page = await open();
  const mistake = page.locator('.mistakes li').filter({ hasText: '“script” does not draw' });
  await mistake.waitFor();
  await type(page, 'en', 'More words.');
  await page.getByText(/^Saved \d+ s ago$/).waitFor();
  await mistake.getByRole('button').click();
  const focused = (where) => where.evaluate(() => document.activeElement.getAttribute('aria-label'));
  assert.equal(await focused(page), 'Remove plan.svg');
  const desktop = await open('');
  await desktop.getByRole('button', { name: 'Publish' }).click();
  await desktop.getByRole('link', { name: 'partners/plan.svg, line' }).click();
  await until('who publishes is led to it', async () => (await focused(desktop)) === 'Remove plan.svg');
});

on('finding reaches title and summary, and replacing too, but no name of a field', async ({ desk, open, said }) => {
  const text = '---\ntitle: The summary of Quebec\nsummary: Quebec, a province.\n---\nQuebec: a summary.\n';
  desk.write(`${ID}.en.md`, text);
  const page = await open();
  await words(page, 'en').click();
  await page.keyboard.press('Control+f');
  const found = page.locator('.column').first().locator('.found');
  // The content of a field counts once a key is released.
  const fill = async (field, text) => {
    await page.getByPlaceholder(field).fill(text);
    await page.keyboard.press('End');
  };
  await fill('Find', 'province');
  await found.getByText('1 found').waitFor();
  await fill('Find', 'nowhere');
  await found.getByText('Not found').waitFor();
  await fill('Find', 'Quebec');
  await found.getByText('3 found').waitFor();
  await fill('Replace', 'Quebec: north');
  await page.getByRole('button', { name: 'replace all' }).click();
  const wanted = '---\ntitle: "The summary of Quebec: north"\nsummary: "Quebec: north, a province."\n---\nQuebec: north: a summary.\n';
  await until('it is replaced everywhere', () => desk.read(`${ID}.en.md`) === wanted);
  assert.equal(await page.locator('#front-en-title').inputValue(), 'The summary of Quebec: north');
  await fill('Find', 'summary');
  await fill('Replace', 'gist');
  await page.getByRole('button', { name: 'replace all' }).click();
  await until('no name of a field is replaced', () => desk.read(`${ID}.en.md`) === wanted.replace('The summary', 'The gist').replace('a summary', 'a gist'));
  await page.keyboard.press('Escape');
  await words(page, 'en').getByText('The title and summary are edited above.').waitFor();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await until('it is taken back', () => desk.read(`${ID}.en.md`) === text);
  assert.deepEqual(said, []);
});

on('the words that a type declares stand with the title, and numbers are spoken of as the form has them', async ({ desk, open }) => {
  const more = '  aim:\n    kind: text\n    label: {en: Aim, fr: But}\n    localized: true\n  people:\n    kind: number\n    label: {en: People, fr: Personnes}\n  cost:\n    kind: money\n    label: {en: Cost, fr: Coût}\n';
  desk.write('types/partner.yaml', FILES['types/partner.yaml'] + more);
  for (const lang of ['en', 'fr']) desk.write(`partners/ontario.${lang}.md`, '---\ntitle: Ontario\nsummary: S.\n---\n');
  const page = await open();
  await until('the other record is known', async () => (await page.locator('#fact-owner optgroup').count()) === 1);
  await page.locator('#front-en-aim').fill('To exchange.');
  await until('it is written after the summary', () => desk.read(`${ID}.en.md`).includes('summary: A province.\naim: To exchange.\n'));
  await page.locator('.facts > summary').click();
  await page.locator('#fact-people').fill('{more_than: 300}');
  await page.locator('#fact-cost').fill('7');
  await page.locator('#fact-people-mistake').getByText('A number is needed here.').waitFor();
  await page.locator('#fact-cost-mistake').getByText('An amount and its currency').waitFor();
  await page.locator('#fact-people-how').selectOption('from');
  await page.locator('#fact-people').fill('12');
  await page.locator('#fact-people-mistake').getByText('The other end of the range is needed too.').waitFor();
  assert.ok(!/[{}]/.test(await page.locator('.facts .form').textContent()));
  const groups = await page.locator('#fact-owner optgroup').evaluateAll((all) => all.map((group) => `${group.label}: ${group.textContent}`));
  assert.deepEqual(groups, ['Partners: Ontario'], 'records are named by their types, and nobody owns itself');
});

on('with letters of twice the size the bar goes away with the page, and after the words there is a stop', async ({ open }) => {
  const page = await open();
  await page.addStyleTag({ content: 'html { font-size: 200% !important }' }).catch(() => page.evaluate(() => { document.documentElement.style.fontSize = '200%'; }));
  const position = () => page.locator('.pair > .bar').evaluate((bar) => getComputedStyle(bar).position);
  await until('a high bar is not in the way', async () => (await position()) === 'static');
  await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
  await words(page, 'fr').click();
  const stops = [];
  for (let presses = 0; presses < 12 && stops.at(-1) !== 'Confirm the pair'; presses += 1) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => document.activeElement.textContent));
  }
  assert.equal(stops.at(-1), 'Confirm the pair');
});

on('what was entered for a new pair is there again after it was put aside', async ({ open }) => {
  const page = await open('');
  await page.getByRole('button', { name: 'New pair' }).click();
  await page.getByLabel('Title in French').fill('Œuvre');
  assert.equal(await page.getByLabel('Name of the files').inputValue(), 'oeuvre');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New pair' }).click();
  assert.equal(await page.getByLabel('Title in French').inputValue(), 'Œuvre');
  await page.getByLabel('Title in English').fill('Work');
  assert.equal(await page.getByLabel('Name of the files').inputValue(), 'work', 'the name still follows the title');
});

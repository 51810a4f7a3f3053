// The editor in a real browser: what is typed is in the file, whatever else happens to it; mistakes are shown beside
// the words; everything can be reached by the keyboard and read by screen readers.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { axe, until } from './desk.mjs';
import { FILES, on, type, words } from './editing.mjs';

on('what is typed is in the file a second later, and the rest of the file is as it was', async ({ desk, open, said }) => {
  desk.write('partners/quebec.en.md', `\ufeff${FILES['partners/quebec.en.md'].replaceAll('\n', '\r\n')}`);
  const page = await open();
  await type(page, 'en', 'New words.');
  const wanted = `\ufeff${FILES['partners/quebec.en.md'].replaceAll('\n', '\r\n')}New words.`;
  await until('the words are saved', () => desk.read('partners/quebec.en.md') === wanted);
  await page.getByText(/^Saved \d+ s ago$/).waitFor();
  assert.equal(desk.read('partners/quebec.fr.md'), FILES['partners/quebec.fr.md']);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+s');
  await until('undoing goes across a save', () => !desk.read('partners/quebec.en.md').includes('New words.'));
  assert.deepEqual(said, []);
});

on('a change elsewhere is taken where nothing was typed, and the cursor stays', async ({ desk, open }) => {
  const page = await open();
  await words(page, 'en').getByText('The history.').click();
  desk.write('partners/quebec.en.md', FILES['partners/quebec.en.md'].replace('Introduction.', 'Another introduction.'));
  await words(page, 'en').getByText('Another introduction.').waitFor();
  await page.keyboard.insertText('Here: ');
  await until('typing goes on at the same place', () => /## History\n\n.*Here: /.test(desk.read('partners/quebec.en.md')));
});

on('a change elsewhere while a person types stops saving and shows both', async ({ desk, open }) => {
  const page = await open();
  await page.route('**/api/files/**', (route) => new Promise((go) => setTimeout(() => go(route.continue()), 1500)));
  await type(page, 'en', 'Mine.');
  const theirs = `${FILES['partners/quebec.en.md']}Theirs.\n`;
  desk.write('partners/quebec.en.md', theirs);
  const conflict = page.locator('.conflict');
  await conflict.waitFor();
  assert.equal(desk.read('partners/quebec.en.md'), theirs, 'nothing is written over');
  assert.match(await page.locator('.saving').textContent(), /Not saved, because/);
  assert.ok((await conflict.textContent()).includes('Theirs.') && (await conflict.textContent()).includes('Mine.'));
  await axe(page);
  await conflict.getByRole('button', { name: 'Keep my words' }).click();
  await until('the choice is saved', () => desk.read('partners/quebec.en.md').includes('Mine.'));
  await until('the question is gone', async () => (await conflict.count()) === 0);
});

on('two pages that write the same file lose no word of either', async ({ desk, open }) => {
  const [one, two] = [await open(), await open()];
  await Promise.all([type(one, 'en', 'First.'), type(two, 'en', 'Second.')]);
  await until('one of them has to choose', async () => (await one.locator('.conflict').count()) + (await two.locator('.conflict').count()) > 0);
  const loser = (await one.locator('.conflict').count()) > 0 ? one : two;
  const [lost, won] = loser === one ? ['First.', 'Second.'] : ['Second.', 'First.'];
  assert.ok(desk.read('partners/quebec.en.md').includes(won));
  assert.ok((await words(loser, 'en').textContent()).includes(lost));
});

on('a server that is killed loses nothing: the words wait and are saved when it is back', async ({ desk, open }) => {
  const page = await open();
  const { port } = new URL(desk.origin);
  await desk.stop('SIGKILL');
  await type(page, 'fr', 'Toujours là.');
  await page.locator('.saving.bad').getByText('Diptych does not answer').waitFor();
  await desk.start(port);
  await until('the words are saved', () => desk.read('partners/quebec.fr.md').includes('Toujours là.'));
  await page.locator('.saving.good').getByText('Saved').waitFor();
});

on('words of a page that ended before they were saved are offered, never forced', async ({ desk, open }) => {
  const page = await open();
  const { port } = new URL(desk.origin);
  await desk.stop('SIGKILL');
  await type(page, 'fr', 'Toujours là.');
  await page.close({ runBeforeUnload: false });
  await desk.start(port);
  const again = await open();
  const offer = again.locator('.banner').filter({ hasText: 'were not saved' });
  await offer.waitFor();
  await axe(again);
  assert.ok(!(await words(again, 'fr').textContent()).includes('Toujours là.'));
  await offer.getByRole('button', { name: 'Take them back' }).click();
  await until('the words are saved', () => desk.read('partners/quebec.fr.md').includes('Toujours là.'));
});

on('mistakes stand under the words while they are typed', async ({ open }) => {
  const page = await open();
  await type(page, 'en', '\nSee [this](nowhere).\n');
  await page.locator('.mistakes li.error').getByText('nowhere').waitFor();
  await page.locator('.cm-lintRange-error').first().waitFor();
  await axe(page);
});

on('a section that French lacks is shown beside its English, and copied across', async ({ desk, open }) => {
  const page = await open();
  const card = page.locator('.card').filter({ hasText: 'History' });
  await card.getByText('Missing in French').waitFor();
  const tops = await Promise.all([
    words(page, 'en').locator('.cm-line', { hasText: '## Mandate' }).boundingBox(),
    words(page, 'fr').locator('.cm-line', { hasText: '## Mandat' }).boundingBox(),
  ]);
  assert.ok(Math.abs(tops[0].y - tops[1].y) < 4, 'sections begin at one height');
  await card.getByRole('button', { name: 'Add in French: History' }).click();
  await until('the section is in the file', () => desk.read('partners/quebec.fr.md').endsWith('Le mandat.\n\n## History\n\nThe history.\n'));
});

on('facts are a form, and what was not edited stays', async ({ desk, open }) => {
  const page = await open();
  await page.locator('.facts > summary').click();
  await page.getByLabel('Kind').selectOption('Country');
  await until('the choice is saved', () => desk.read('partners/quebec.yaml') === '# As the registry has it.\nkind: "country" # sure\n');
  await page.getByLabel('Review by').fill('2027-03');
  await until('a fact is added', () => desk.read('partners/quebec.yaml') === '# As the registry has it.\nkind: "country" # sure\nreview_by: 2027-03\n');
  await axe(page);
});

on('a group and a long text are fields of the form, and mistakes stand at their fields', async ({ desk, open }) => {
  const steps = '  steps:\n    kind: group\n    many: true\n    label: {en: Steps, fr: Étapes}\n    fields:\n'
    + '      on: {kind: date, required: true, label: {en: Day, fr: Jour}}\n      what: {kind: text, localized: true, label: {en: What, fr: Quoi}}\n'
    + '  terms: {kind: markdown, label: {en: Terms, fr: Modalités}}\n  members: {kind: number, label: {en: Members, fr: Membres}}\n';
  const page = await open();
  await page.locator('.facts > summary').click();
  await page.getByLabel('Kind').selectOption('Country');
  desk.write('types/partner.yaml', FILES['types/partner.yaml'] + steps);
  await page.getByRole('button', { name: 'Add: Steps' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'fact-steps-0-on');
  await page.keyboard.type('2015-06');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Signed');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Signé');
  await page.getByLabel('Terms').fill('First.\n\nSecond.');
  await page.getByLabel('Members: how exactly').selectOption('More than');
  await page.getByLabel('Members', { exact: true }).fill('300');
  await page.keyboard.press('Control+s');
  const facts = '# As the registry has it.\nkind: "country" # sure\nsteps:\n  - on: 2015-06\n    what: {en: Signed, fr: Signé}\nterms: |\n  First.\n\n  Second.\nmembers: {more_than: 300}\n';
  await until('all of it is in the file', () => desk.read('partners/quebec.yaml') === facts);
  await page.getByRole('button', { name: 'Add: Steps' }).click();
  await page.keyboard.type('never');
  const day = page.locator('#fact-steps-1-on');
  await until('the mistake stands at the field', async () => (await day.getAttribute('aria-invalid')) === 'true');
  await axe(page);
  await page.getByRole('button', { name: 'Remove Steps 2' }).click();
  await until('the group is gone', () => desk.read('partners/quebec.yaml') === facts);
});

on('title, summary and keywords are a form for each language, and the block at the top cannot be damaged', async ({ desk, open }) => {
  const page = await open();
  await page.locator('#front-fr-title').fill('Québec : la « belle province »');
  await page.getByText('Address, keywords and more').click();
  await page.locator('#front-en-keywords-0').fill('La belle province');
  await page.locator('#front-en-keywords-0').press('Enter');
  await until('both are saved', () => desk.read('partners/quebec.fr.md').startsWith('---\ntitle: "Québec : la « belle province »"\n')
    && desk.read('partners/quebec.en.md').startsWith('---\ntitle: Quebec\nsummary: A province.\nkeywords: [La belle province]\n---\nIntroduction.'));
  await words(page, 'en').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('All new.');
  await until('the title stays', () => desk.read('partners/quebec.en.md').endsWith('keywords: [La belle province]\n---\nAll new.'));
  await page.keyboard.insertText(' A province.');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('province');
  await page.getByPlaceholder('Replace').fill('PROVINCE');
  await page.getByRole('button', { name: 'replace all' }).click();
  await until('it is replaced in the form too', () => desk.read('partners/quebec.en.md').endsWith('summary: A PROVINCE.\nkeywords: [La belle PROVINCE]\n---\nAll new. A PROVINCE.'));
});

on('numbers and dates of the other side are at hand, as this one writes them', async ({ desk, open }) => {
  desk.write('partners/quebec.en.md', FILES['partners/quebec.en.md'].replace('The mandate.', 'The mandate of July 18, 2022, for 1,200 people.'));
  const page = await open();
  await words(page, 'fr').getByText('Le mandat.').click();
  await page.keyboard.press('End');
  const figures = page.getByRole('group', { name: 'Numbers and dates in the English' });
  await figures.getByRole('button', { name: 'Write 18 juillet 2022 in the French' }).click();
  await until('the date is written', () => desk.read('partners/quebec.fr.md').includes('Le mandat.18 juillet 2022'));
  await page.keyboard.insertText(' ');
  await page.keyboard.type('1');
  await page.locator('.cm-tooltip-autocomplete').getByText('1 200').waitFor();
  await axe(page);
  await page.keyboard.press('Enter');
  await until('the number is written', () => desk.read('partners/quebec.fr.md').includes('2022 1 200'));
  await until('nothing is left to write', async () => (await figures.count()) === 0);
});

on('what cannot be confirmed says why where it is seen, and can be confirmed all the same', async ({ desk, open }) => {
  desk.write('partners/quebec.fr.md', `${FILES['partners/quebec.fr.md']}\n## Histoire\n\nL’histoire.\n`);
  const page = await open();
  await page.getByRole('button', { name: 'Confirm the pair' }).first().click();
  await page.getByText('Confirmed.').waitFor();
  await type(page, 'en', '\nA typing error less.\n');
  await page.getByText('French is behind').waitFor();
  await page.getByRole('button', { name: 'Confirm the pair' }).first().click();
  const note = page.locator('.notes [role=alert]');
  await note.getByText('changed in English only').waitFor();
  assert.ok(!(await note.textContent()).includes('--'), 'no option of a command');
  await axe(page);
  await note.getByRole('button', { name: 'Confirm anyway' }).click();
  await page.getByText('Both sides say the same.').waitFor();
});

on('the real page follows the words that are not saved', async ({ open }) => {
  const page = await open();
  await page.getByRole('button', { name: 'Show the page' }).click();
  await type(page, 'fr', '\nMots tout neufs.\n');
  await page.frameLocator('iframe').getByText('Mots tout neufs.').waitFor();
});

on('the desk lists and filters, and the keyboard alone leads to the words and out of them', async ({ open, said }) => {
  const page = await open('');
  await page.getByLabel('Search').fill('quebéc');
  await until('one pair is left', async () => (await page.locator('tbody tr').count()) === 1);
  await axe(page);
  const inFocus = () => page.evaluate(() => document.activeElement.getAttribute('lang') ?? document.activeElement.textContent);
  const tabTo = async (is) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      if (is(await inFocus())) return;
    }
    assert.fail(`the keyboard does not reach it: ${is}`);
  };
  await tabTo((words) => words === 'Quebec');
  await page.keyboard.press('Enter');
  await page.locator('.cm-content[lang]').first().waitFor();
  await tabTo((words) => words === 'en-CA');
  await tabTo((words) => words === 'fr-CA');
  assert.deepEqual(said, []);
});

on('from the desk to a confirmed pair, with the keyboard alone', async ({ desk, open }) => {
  const page = await open('');
  const press = async (name) => {
    const wanted = page.getByRole('button', { name }).or(page.getByRole('link', { name })).first();
    await wanted.waitFor();
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      if (await wanted.evaluate((element) => element === document.activeElement)) return page.keyboard.press('Enter');
    }
    return assert.fail(`the keyboard does not reach ${name}`);
  };
  await press('Quebec');
  await press('Add in French: History');
  await page.keyboard.insertText('## Histoire\n\nL’histoire.\n');
  await page.keyboard.press('Control+s');
  await until('the section is saved', () => desk.read('partners/quebec.fr.md').includes('L’histoire.'));
  await page.evaluate(() => document.activeElement.blur());
  await press('Confirm the pair');
  await page.getByText('Confirmed.').waitFor();
  await until('the confirmation is written', () => desk.read('pairs.lock').includes('partners/quebec'));
});

on('a pair is made, renamed and removed as a plan first', async ({ desk, open }) => {
  const page = await open('');
  await page.getByRole('button', { name: 'New pair' }).click();
  await page.getByLabel('Title in English').fill('Nova Scotia');
  await page.getByLabel('Title in French').fill('Nouvelle-Écosse');
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await page.locator('dialog code').getByText('partners/nova-scotia.fr.md').waitFor();
  await axe(page);
  assert.ok(!fs.existsSync(desk.file('partners/nova-scotia.fr.md')), 'only shown');
  await page.locator('dialog').getByRole('button', { name: 'Create the pair' }).click();
  await page.waitForURL('**/edit/partners/nova-scotia');
  assert.ok(desk.read('partners/nova-scotia.fr.md').includes('Nouvelle-Écosse'));
});

on('a picture is added beside the record, with its words in both languages where they are written', async ({ desk, open }) => {
  const page = await open();
  const add = async (file) => {
    await page.getByRole('button', { name: 'Add a file or picture' }).click();
    await page.getByLabel('File', { exact: true }).setInputFiles(file);
  };
  const dot = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
  await words(page, 'en').getByText('The mandate.').click();
  await add({ name: 'Château Frontenac.GIF', mimeType: 'image/gif', buffer: dot });
  assert.equal(await page.getByLabel('Name (small letters, digits, hyphens)').inputValue(), 'chateau-frontenac.gif');
  await axe(page);
  await page.getByLabel('What the picture shows, in English').fill('A castle [by day]');
  await page.getByLabel('What the picture shows, in French').fill('Un château');
  await page.locator('dialog').getByRole('button', { name: 'Add a file or picture' }).click();
  await until('both sides show it', () => desk.read('partners/quebec.fr.md').includes('![Un château](chateau-frontenac.gif)'));
  await until('below the paragraph that is written', () =>
    desk.read('partners/quebec.en.md').includes('The mandate.\n\n![A castle \\[by day\\]](chateau-frontenac.gif)\n\n## History'));
  assert.deepEqual(fs.readFileSync(desk.file('partners/chateau-frontenac.gif')), dot);
  await add({ name: 'chateau-frontenac.gif', mimeType: 'image/gif', buffer: Buffer.alloc(17 * 2 ** 20) });
  await page.getByText('This file is larger than 16 MB.').waitFor();
});

// 640 pixels are a window of 1,280 at 200 %.
for (const [width, colorScheme] of [[320, 'light'], [640, 'dark'], [1600, 'dark'], [1600, 'light']]) {
  on(`nothing is wider than a window of ${width} pixels, and axe finds nothing in ${colorScheme} colours`, async ({ open }) => {
    const page = await open();
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await page.locator('.facts > summary').click();
    await page.getByText('Address, keywords and more').click();
    await page.getByRole('button', { name: 'Show the page' }).click();
    await page.frameLocator('iframe').getByText('The mandate.').waitFor();
    await words(page, 'en').click();
    await page.keyboard.press('Control+f');
    await page.getByPlaceholder('Find').waitFor();
    await until('it fits', () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await axe(page);
  });
}

on('with --read-only everything can be read and nothing changed', async ({ desk, open }) => {
  const page = await open();
  await page.getByText('Diptych was started with --read-only').waitFor();
  await words(page, 'en').click();
  await page.keyboard.insertText('No.');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  assert.equal(desk.read('partners/quebec.en.md'), FILES['partners/quebec.en.md']);
}, '--read-only');

// The editor for somebody who sees it for the first time and never uses a terminal: what a page is called, whether
// readers see it, where to write, and where to find a page that was renamed.

import assert from 'node:assert/strict';
import { axe, until } from './desk.mjs';
import { FILES, ID, on, onIn, type } from './editing.mjs';

const press = (page, name) => page.getByRole('button', { name, exact: true }).first().click();

on('a draft says that readers do not see it, and leads to where that is changed', async ({ desk, open }) => {
  desk.write(`${ID}.yaml`, 'kind: province\nstate: draft\n');
  const page = await open();
  const mark = page.getByRole('button', { name: 'Draft: not on the published site yet' });
  await mark.waitFor();
  await press(page, 'Confirm the pair');
  await page.getByRole('alert').getByText('This is a draft, and only what is published is confirmed.').waitFor();
  await axe(page);
  await press(page, 'Go to “Publication”');
  const state = page.getByLabel('Publication', { exact: true });
  assert.ok(await state.evaluate((select) => select === document.activeElement));
  await state.selectOption({ label: 'Published' });
  await mark.waitFor({ state: 'hidden' });
});

on('a page without words says where they are written, and not that something is not saved', async ({ desk, open }) => {
  for (const lang of ['en', 'fr']) desk.write(`${ID}.${lang}.md`, '---\ntitle: Quebec\nsummary: S.\n---\n');
  const page = await open();
  assert.equal(await page.getByText('Write the text of the page below this line.').count(), 2);
  const opening = page.locator('.card').filter({ hasText: 'Introduction' });
  await opening.getByText('No text yet').waitFor();
  await type(page, 'en', 'Words.');
  await page.getByText('Write the text of the page below this line.').nth(1).waitFor({ state: 'detached' });
});

on('what is still to be filled in is said so, and not in the signs of the file', async ({ desk, open }) => {
  desk.write(`${ID}.yaml`, 'kind: "[TO FILL: Kind]"\n');
  const page = await open();
  assert.equal(await page.locator('#fact-kind').evaluate((select) => select.selectedOptions[0].label), 'To be filled in');
});

on('the old name of a record leads to the present one when it is opened anew', async ({ desk, open, context }) => {
  const page = await open();
  await press(page, 'Rename');
  await page.getByRole('dialog', { name: 'Rename: Quebec' }).waitFor();
  await page.getByLabel('New name, with its folder').fill('partners/la-belle-province');
  await press(page, 'Show the plan');
  await page.locator('dialog code').first().waitFor();
  await page.locator('dialog').getByRole('button', { name: 'Rename', exact: true }).click();
  await page.waitForURL('**/edit/partners/la-belle-province');
  await desk.stop();
  await desk.start(Number(new URL(desk.origin).port));
  const anew = await context.newPage();
  await anew.goto(`${desk.origin}/_diptych/edit/${ID}`);
  await anew.getByText('This record was renamed. It is now “Quebec”.').waitFor();
  await axe(anew);
  await anew.getByRole('link', { name: 'Go there' }).click();
  await anew.waitForURL('**/edit/partners/la-belle-province');
  await anew.goto(`${desk.origin}/_diptych/edit/partners/la-bele-province`);
  await anew.getByRole('link', { name: 'Did you mean “Quebec”?' }).waitFor();
});

on('a record that was added on another page can be chosen on this one', async ({ desk, open }) => {
  desk.write('types/partner.yaml', `${FILES['types/partner.yaml']}  parent:\n    kind: reference\n    to: [partner]\n    label: {en: Parent, fr: Parent}\n`);
  const page = await open();
  await page.locator('.facts > summary').click();
  const parent = page.locator('#fact-parent');
  await parent.focus();
  for (const lang of ['en', 'fr']) desk.write(`partners/ontario.${lang}.md`, '---\ntitle: Ontario\nsummary: S.\n---\nWords.\n');
  await until('it is offered', () => parent.evaluate((select) => [...select.options].some(({ label }) => label === 'Ontario')));
  assert.ok(await parent.evaluate((select) => select === document.activeElement), 'the focus stays');
});

on('in a small window the page comes into sight when it is asked for', async ({ open }) => {
  const page = await open();
  await page.setViewportSize({ width: 640, height: 700 });
  await press(page, 'Show the page');
  await until('it is in sight', () => page.locator('iframe').evaluate((frame) => frame.getBoundingClientRect().top < innerHeight / 2));
});

on('a mistake says what to press, and names no command of a terminal', async ({ desk, open }) => {
  const page = await open();
  await page.locator('.card').getByRole('button', { name: /^Add in French/ }).click();
  await until('it is saved', () => desk.read(`${ID}.fr.md`).includes('## History'));
  await press(page, 'Confirm the pair');
  await page.getByText('Confirmed.', { exact: true }).waitFor();
  await type(page, 'en', 'More of it.');
  await page.locator('.mistakes').getByText('press “Confirm” beside the section').waitFor();
  assert.doesNotMatch(await page.locator('.mistakes').textContent(), /diptych [a-z]/);
});

on('the manual opens in the language of the editor', async ({ open, context }) => {
  const page = await open('');
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Manual' }).click();
  const manual = await opened;
  await manual.getByRole('heading', { name: 'The manual' }).waitFor();
  await manual.getByRole('link', { name: 'The editor' }).first().click();
  await manual.getByRole('heading', { name: 'Add a page' }).waitFor();
});

on('a pair is found by its owner’s title, and of very many the first ones are shown at once', async ({ desk, open }) => {
  for (let at = 0; at < 310; at += 1) {
    for (const lang of ['en', 'fr']) desk.write(`partners/p${at}.${lang}.md`, `---\ntitle: Partner ${at}\nsummary: S.\n---\nWords.\n`);
  }
  desk.write('partners/p7.yaml', 'kind: province\nowner: partners/quebec\n');
  const page = await open('');
  await until('all are counted', async () => (await page.getByRole('status').allTextContents()).some((text) => text.startsWith('312')));
  assert.equal(await page.locator('tbody tr').count(), 301);
  await page.getByRole('button', { name: 'Show all 312 pairs' }).click();
  assert.equal(await page.locator('tbody tr').count(), 312);
  assert.ok(await page.evaluate(() => document.activeElement?.matches('tbody a')), 'who goes by keys goes on from there');
  await page.getByLabel('Search').fill('quebec');
  assert.deepEqual(await page.locator('tbody th a').allTextContents(), ['Partner 7', 'Quebec']);
});

onIn('fr', 'French signs stay with their words', async ({ open }) => {
  const page = await open();
  await page.getByRole('button', { name: 'Ajouter un fichier ou une image' }).waitFor();
  const said = await page.locator('body').evaluate((body) => {
    const own = document.createTreeWalker(body, NodeFilter.SHOW_TEXT, (node) => (
      node.parentElement.closest('.cm-editor, pre, code, textarea') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
    const texts = [];
    while (own.nextNode()) texts.push(own.currentNode.data);
    return texts;
  });
  assert.deepEqual(said.filter((text) => / [:»]|« /.test(text)), []);
});

// Every word that a person writes in the editor is in the file, on the page or in a copy that is offered: while a file is
// changed elsewhere, in fields that cannot be written, when another site is served in its place, without room for copies.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { axe, Desk, until } from './desk.mjs';
import { FILES, on, type, words } from './editing.mjs';

const PAGE = 'partners/quebec.en.md';
const FACTS = 'partners/quebec.yaml';

const FIELDS = '  members: {kind: number, label: {en: Members, fr: Membres}}\n  basis:\n    kind: group\n    many: true\n    label: {en: Basis, fr: Fondement}\n    fields:\n'
  + '      law: {kind: text, label: {en: Law, fr: Loi}}\n      part: {kind: text, localized: true, label: {en: Part, fr: Partie}}\n';

const storage = (page) => page.evaluate(() => JSON.stringify(localStorage));

/** Brings a page to a choice: somebody writes while another program changes the file. */
async function conflict(desk, page) {
  await page.route('**/api/files/**', (route) => new Promise((go) => setTimeout(() => go(route.continue()), 1500)));
  await type(page, 'en', 'Mine.\n');
  desk.write(PAGE, `${desk.read(PAGE)}Theirs.\n`);
  await page.locator('.conflict').waitFor();
  await page.unroute('**/api/files/**', { behavior: 'ignoreErrors' });
  return page.locator('.conflict .cm-content').nth(1);
}

/** Opens the facts of a partner that has more fields and says this. */
async function facts(desk, open, text) {
  desk.write('types/partner.yaml', FILES['types/partner.yaml'] + FIELDS);
  desk.write(FACTS, text);
  const page = await open();
  await page.locator('.facts > summary').click();
  await page.getByLabel('Members', { exact: true }).waitFor();
  return page;
}

on('what is written on either side of a choice is one text, stays when the disk changes again, and is what is saved', async ({ desk, open }) => {
  const page = await open();
  const right = await conflict(desk, page);
  await type(page, 'en', 'Below.\n');
  await right.getByText('Below.').waitFor();
  await right.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('On the right.\n');
  await words(page, 'en').last().getByText('On the right.').waitFor();
  desk.write(PAGE, `${desk.read(PAGE)}Once more.\n`);
  await page.locator('.conflict .cm-content').first().getByText('Once more.').waitFor();
  await page.keyboard.insertText('Still here.\n');
  assert.ok((await storage(page)).includes('Still here.'), 'a copy has it');
  await axe(page);
  await page.getByRole('button', { name: 'Keep my words' }).click();
  await until('all of it is saved', () => desk.read(PAGE).endsWith('Mine.\nBelow.\nOn the right.\nStill here.\n'));
});

on('a press that was meant for the text before decides nothing about the one that has just come', async ({ desk, open }) => {
  const page = await open();
  await conflict(desk, page);
  const keep = page.getByRole('button', { name: 'Keep my words' });
  await page.evaluate(() => {
    const [left, button] = [document.querySelector('.conflict .cm-content'), document.querySelector('.conflict button.primary')];
    const press = () => left.textContent.includes('Nobody saw this.') && button.click();
    new MutationObserver(press).observe(left, { childList: true, subtree: true, characterData: true });
  });
  desk.write(PAGE, `${desk.read(PAGE)}Nobody saw this.\n`);
  await page.locator('.conflict').getByText('was changed on the disk once more').waitFor();
  await page.waitForTimeout(500);
  assert.ok(desk.read(PAGE).includes('Nobody saw this.'), 'it is still there');
  await axe(page);
  await keep.click();
  await until('once it was there to be seen, a choice is one', () => desk.read(PAGE).endsWith('Mine.\n'));
});

on('a choice for the file on the disk can be undone', async ({ desk, open }) => {
  const page = await open();
  await conflict(desk, page);
  await type(page, 'en', 'Below.\n');
  await page.getByRole('button', { name: 'Take the file on the disk' }).click();
  await until('the words are gone', async () => !(await words(page, 'en').textContent()).includes('Below.'));
  await page.keyboard.press('Control+z');
  await until('they are back, and saved', () => desk.read(PAGE).endsWith('Mine.\nBelow.\n'));
});

on('a step that was taken back in a form is taken again there', async ({ desk, open }) => {
  const page = await facts(desk, open, 'kind: province\n');
  await page.locator('#fact-kind').selectOption('country');
  await page.keyboard.press('Tab');
  const members = page.getByLabel('Members', { exact: true });
  for (const [keys, kind] of [['Control+z', 'province'], ['Control+y', 'country'], ['Control+z', 'province'], ['Control+Shift+z', 'country']]) {
    await members.focus();
    await page.keyboard.press(keys);
    await until(`${keys} gives ${kind}`, () => desk.read(FACTS) === `kind: ${kind}\n`);
  }
});

on('words that are being merged are offered after a crash', async ({ desk, open }) => {
  const page = await open();
  const right = await conflict(desk, page);
  await right.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('On the right.\n');
  await until('a copy has them', async () => (await storage(page)).includes('On the right.'));
  await page.close({ runBeforeUnload: false });
  const again = await open();
  await again.getByRole('button', { name: 'Take them back' }).click();
  await again.locator('.conflict .cm-content').nth(1).getByText('On the right.').waitFor();
});

on('what is written after a file was removed is in the file when it is written again', async ({ desk, open }) => {
  const page = await open();
  fs.rmSync(desk.file(PAGE));
  await page.locator('.conflict').waitFor();
  await type(page, 'en', 'Later.');
  await page.getByRole('button', { name: 'Write the file again' }).click();
  await until('it is saved', () => fs.existsSync(desk.file(PAGE)) && desk.read(PAGE).endsWith('The history.\nLater.'));
});

on('words that are offered do not take the place of those written since', async ({ desk, open }) => {
  const page = await open();
  const { port } = new URL(desk.origin);
  await desk.stop('SIGKILL');
  await type(page, 'en', 'Of yesterday.');
  await page.close({ runBeforeUnload: false });
  await desk.start(port);
  const again = await open();
  await type(again, 'en', 'Of today.');
  await again.getByRole('button', { name: 'Take them back' }).click();
  await again.locator('.conflict').waitFor();
  assert.ok(desk.read(PAGE).includes('Of today.'));
  assert.ok((await words(again, 'en').last().textContent()).includes('Of yesterday.'));
});

on('another site at the same address gets no word, and the words are saved when their own is back', async ({ desk, open }) => {
  const page = await open();
  const { port } = new URL(desk.origin);
  const other = new Desk(FILES);
  await desk.stop('SIGKILL');
  await type(page, 'en', 'Of this site.');
  await other.start(port);
  try {
    await page.locator('.saving.bad').getByText('another site is served at this address now').waitFor();
    assert.equal(other.read(PAGE), FILES[PAGE]);
  } finally {
    await other.close();
  }
  await desk.start(port);
  await until('they are saved', () => desk.read(PAGE).endsWith('Of this site.'));
});

on('a range is written as far as it goes, and a group beside one that stands alone makes a list of both', async ({ desk, open }) => {
  const page = await facts(desk, open, 'basis:\n  law: first # keep\n  part: {en: s. 1, fr: art. 1}\n');
  await page.getByLabel('Members: how exactly').selectOption('From … to …');
  await page.getByLabel('Members', { exact: true }).fill('12');
  await until('the beginning is in the file', () => desk.read(FACTS).includes('members: {from: 12}'));
  await page.locator('#fact-members-mistake:not([hidden])').waitFor();
  await page.getByLabel('Members: to').fill('20');
  await page.getByRole('button', { name: 'Add: Basis' }).click();
  await page.locator('#fact-basis-1-part-en').fill('s. 2');
  await page.keyboard.press('Tab');
  await until('both groups are', () => desk.read(FACTS).startsWith('basis:\n  - law: first # keep\n    part: {en: s. 1, fr: art. 1}\n  - part: {en: s. 2}\n'));
  assert.ok(desk.read(FACTS).includes('members: {from: 12, to: 20}'));
  await page.getByLabel('Members: to').fill('');
  await until('an end that was taken away is gone', () => desk.read(FACTS).includes('members: {from: 12}'));
});

on('a field that cannot be written says so, and keeps what was entered, over a crash too', async ({ desk, open }) => {
  const text = 'members: &n 12 # shared\nowner: *n\n';
  const page = await facts(desk, open, text);
  await page.getByLabel('Members', { exact: true }).fill('99');
  await page.locator('.saving.bad').getByText('Not saved, because the form cannot enter “Members”').waitFor();
  await axe(page);
  assert.ok((await storage(page)).includes('99'));
  assert.equal(desk.read(FACTS), text);
  await page.close({ runBeforeUnload: false });
  const again = await open();
  await again.getByRole('button', { name: 'Take them back' }).click();
  await until('it is on the form', async () => (await again.getByLabel('Members', { exact: true }).inputValue()) === '99');
  await again.locator('.saving.bad').getByText('Members').waitFor();
  await again.getByRole('button', { name: 'Discard what was entered: Members' }).click();
  await until('nothing waits', async () => (await again.locator('.saving.bad').count()) === 0 && !(await storage(again)).includes('99'));
});

on('nine pages of one site are opened, and a save waits for none of them', async ({ desk, open }) => {
  const pages = [];
  for (let count = 0; count < 9; count += 1) pages.push(await open());
  await type(pages[0], 'en', 'Soon.');
  await until('it is saved', () => desk.read(PAGE).includes('Soon.'));
  await until('the last one shows it', async () => (await words(pages[8], 'en').textContent()).includes('Soon.'));
  await pages[0].close();
  await type(pages[3], 'fr', 'Encore.');
  await until('others follow when the first is gone', async () => (await words(pages[8], 'fr').textContent()).includes('Encore.'));
});

on('without room for copies the page says to stay open', async ({ desk, open }) => {
  const page = await open();
  await page.evaluate(() => {
    for (let [at, words] = [0, 'x'.repeat(1 << 20)]; words.length > 0; at += 1) {
      try { localStorage.setItem(`room-${at}`, words); } catch { words = words.slice(0, words.length >> 1); }
    }
  });
  const { port } = new URL(desk.origin);
  await desk.stop('SIGKILL');
  await type(page, 'en', 'Nowhere else.');
  await page.locator('.saving.bad').getByText('keep this page open').waitFor();
  await desk.start(port);
  await until('they are saved', () => desk.read(PAGE).endsWith('Nowhere else.'));
});

on('a damaged copy can be looked at, and nothing is in its way', async ({ open }) => {
  const page = await open();
  await page.evaluate(async (file) => {
    const { content_id: site } = await (await fetch('/_diptych/api/site')).json();
    localStorage.setItem(['diptych-copy', site, file, '1-2'].join('\n'), '{"text":"abc');
  }, PAGE);
  await page.reload();
  await page.getByText('in a copy that is damaged').waitFor();
  await page.getByRole('button', { name: 'Discard' }).click();
  assert.ok(!(await storage(page)).includes('abc'));
});

on('bytes that are no text are not written over, and the reason is said', async ({ desk, open }) => {
  const page = await open();
  await page.route('**/api/files/**', (route) => new Promise((go) => setTimeout(() => go(route.continue()), 1500)));
  await type(page, 'en', 'Words.');
  fs.writeFileSync(desk.file(PAGE), Buffer.from('---\ntitle: T\xe9\nsummary: s\n---\n', 'latin1'));
  await page.locator('.saving.bad').getByText('is no longer UTF-8 text').waitFor();
  desk.write(PAGE, '---\ntitle: T\nsummary: s\n---\n');
  await page.locator('.conflict').waitFor();
});

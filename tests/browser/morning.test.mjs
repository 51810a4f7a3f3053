// A person's morning in the editor, on a copy of the site that ships: pages are added, corrected, translated, confirmed
// and renamed, and the site is published. A partner and an agreement are added in both languages; a number is corrected
// in English, French follows, and the partner gets another name. Once with the mouse in English, once with the keyboard
// alone in French.
//
// DIPTYCH_PICTURES names a folder for a picture of each step, with DIPTYCH_WIDTH and DIPTYCH_COLOURS (light, dark).

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { axe, Desk, until } from './desk.mjs';
import { launch, ROOT } from './pages.mjs';

const PICTURES = process.env.DIPTYCH_PICTURES;
const WIDTH = Number(process.env.DIPTYCH_WIDTH ?? 1280);
const AGREEMENT = 'agreements/transfer-with-greenland';
const SHIPPED = 'agreements/exchange-of-service';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

/** What the buttons and fields are called. */
const WORDS = {
  en: {
    create: 'New pair', plan: 'Show the plan', createIt: 'Create the pair', facts: 'Facts', add: (name) => `Add: ${name}`, basis: 'Legal basis',
    law: 'Law', english: 'English', french: 'French', state: 'Publication', published: 'Published', save: 'Saved', find: 'Find',
    behind: 'French is behind', write: 'Write 14 in the French', confirm: 'Confirm: Introduction', pair: 'Confirm the pair',
    done: 'Confirmed.', equal: 'Both sides say the same.', rename: 'Rename', name: 'New name, with its folder', publish: 'Publish', built: 'The site is built.',
    partner: 'Partner', agreement: 'Agreement', statuses: 'Signed', kinds: 'Treaty', levels: 'Between states', classes: 'Government', outside: 'Outside Canada',
    labels: { class: 'Type', sphere: 'In or outside Canada', status: 'Status', kind: 'Kind', parties: 'Parties', level: 'Level' },
    party: 'Government of Greenland', act: 'International Transfer of Offenders Act',
  },
  fr: {
    create: 'Nouvelle paire', plan: 'Afficher le plan', createIt: 'Créer la paire', facts: 'Faits', add: (name) => `Ajouter : ${name}`, basis: 'Fondement juridique',
    law: 'Loi', english: 'Anglais', french: 'Français', state: 'Publication', published: 'Publiée', save: 'Enregistré', find: 'Rechercher',
    behind: 'Le français est en retard', write: 'Écrire 14 en français', confirm: 'Confirmer : Introduction', pair: 'Confirmer la paire',
    done: 'Confirmé.', equal: 'Les deux versions disent la même chose.', rename: 'Renommer', name: 'Nouveau nom, avec son dossier', publish: 'Publier', built: 'Le site est construit.',
    partner: 'Partenaire', agreement: 'Entente', statuses: 'Signée', kinds: 'Traité', levels: 'Entre États', classes: 'Gouvernement', outside: 'À l’étranger',
    labels: { class: 'Catégorie', sphere: 'Au Canada ou à l’étranger', status: 'État', kind: 'Nature', parties: 'Parties', level: 'Échelon' },
    party: 'Gouvernement du Groenland', act: 'Loi sur le transfèrement international des délinquants',
  },
};

class Morning {
  constructor(desk, page, lang, reach) {
    Object.assign(this, { desk, page, w: WORDS[lang], lang, reach, step: 0 });
  }

  /** Looks at the page: nothing is in anybody's way, nothing is wider than the window. */
  async look(name) {
    await axe(this.page);
    await until(`${name} fits`, () => this.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    this.step += 1;
    if (!PICTURES) return;
    fs.mkdirSync(PICTURES, { recursive: true });
    await this.page.screenshot({ path: path.join(PICTURES, `${this.lang}-${String(this.step).padStart(2, '0')}-${name}.png`) });
  }

  side(lang) { return this.page.locator(`.cm-content[lang=${lang}-CA]`); }
  button(name) { return this.page.getByRole('button', { name, exact: true }); }

  /** Presses a button or follows a link. */
  press(target) { return this.reach(this.page, target, (it) => it.click(), () => this.page.keyboard.press('Enter')); }

  /** Writes into a field in place of what is there. */
  fill(target, text) {
    return this.reach(this.page, target, (it) => it.fill(text), async () => {
      await this.page.keyboard.press('Control+a');
      await this.page.keyboard.type(text);
    });
  }

  /** Takes one of several by its words. */
  choose(target, words) {
    return this.reach(this.page, target, (it) => it.selectOption({ label: words }), async () => {
      const way = await target.evaluate((select, words) => [...select.options].findIndex(({ label }) => label === words) - select.selectedIndex, words);
      for (let step = 0; step < Math.abs(way); step += 1) await this.page.keyboard.press(way > 0 ? 'ArrowDown' : 'ArrowUp');
    });
  }

  /** Puts the cursor into the words of a side. */
  into(lang) { return this.reach(this.page, this.side(lang), (it) => it.click(), async () => {}); }

  async open(id) {
    await this.page.goto(`${this.desk.origin}/_diptych/edit/${id}`);
    await this.side('en').waitFor();
  }

  async create(type, en, fr) {
    const { page, w } = this;
    await page.goto(`${this.desk.origin}/_diptych/`);
    await this.press(this.button(w.create));
    await this.choose(page.locator('#new-type'), type);
    await this.fill(page.locator('#new-en'), en);
    await this.fill(page.locator('#new-fr'), fr);
    await this.press(this.button(w.plan));
    await page.locator('dialog code').first().waitFor();
    await this.look('plan');
    await this.press(this.button(w.createIt));
    await page.waitForURL('**/edit/**');
    await this.side('en').waitFor();
  }

  /** The start of a pair: its summary in both languages, its words, and that it is no draft. */
  async write(en, fr) {
    const { page, w } = this;
    for (const [lang, { summary, words }] of Object.entries({ en, fr })) {
      await this.fill(page.locator(`#front-${lang}-summary`), summary);
      await this.into(lang);
      await page.keyboard.press('Control+End');
      await page.keyboard.insertText(`\n${words}\n`);
    }
    await this.choose(page.locator('#fact-state'), w.published);
    await page.keyboard.press('Control+s');
    await page.locator('.saving.good').getByText(w.save).waitFor();
  }

  /** Finds words in a side and writes others in their place, or leaves them selected. */
  async replace(lang, words, others) {
    const { page } = this;
    await this.into(lang);
    await page.keyboard.press('Control+f');
    await page.keyboard.press('Control+a');
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    if (others !== null) await page.keyboard.type(others);
  }

  async run() {
    const { page, desk, w } = this;
    await this.create(w.partner, 'Government of Greenland', 'Gouvernement du Groenland');
    await this.look('new-partner');
    await this.choose(page.locator('#fact-class'), w.classes);
    await this.choose(page.locator('#fact-sphere'), w.outside);
    await this.write(
      { summary: 'The government of Greenland, which runs its own correctional service.', words: 'Greenland runs its own correctional service.' },
      { summary: 'Le gouvernement du Groenland, qui gère son propre service correctionnel.', words: 'Le Groenland gère son propre service correctionnel.' });
    await until('the partner has no errors', async () => (await page.locator('.mistakes li.error').count()) === 0);
    await this.look('partner');

    await this.create(w.agreement, 'Transfer with Greenland', 'Transfèrement avec le Groenland');
    await this.choose(page.locator('#fact-status'), w.statuses);
    await this.choose(page.locator('#fact-kind'), w.kinds);
    await this.choose(page.locator('#fact-parties-0'), w.party);
    await this.choose(page.locator('#fact-level'), w.levels);
    await this.press(this.button(w.add(w.basis)));
    await this.choose(page.locator('#fact-authority-0-law'), w.act);
    await this.fill(page.locator('#fact-authority-0-provision-en'), 's. 3');
    await this.fill(page.locator('#fact-authority-0-provision-fr'), 'article 3');
    await this.look('agreement-facts');
    await this.write(
      { summary: 'People sentenced in one of the two countries may serve the sentence at home.', words: 'The treaty has 12 articles.' },
      { summary: 'Une personne condamnée dans l’un des deux pays peut purger sa peine chez elle.', words: 'Le traité compte 12 articles.' });
    await until('the group is in the file', () => {
      const facts = desk.read(`${AGREEMENT}.yaml`);
      return /\nparties:\n?.*government-of-greenland/.test(facts.replace(/\n\s+- /, ' ')) && facts.includes('authority:\n  - law: international-transfer-of-offenders-act\n    provision: {en: s. 3, fr: article 3}\n');
    });
    await until('the agreement has no errors', async () => (await page.locator('.mistakes li.error').count()) === 0);
    await this.look('agreement');
    await this.press(this.button(w.pair).first());
    await page.getByText(w.done, { exact: true }).waitFor();
    await this.look('agreement-confirmed');

    await this.open(SHIPPED);
    await page.locator('.left').getByText(w.equal).waitFor();
    await this.replace('en', 'examined 13', 'examined 14');
    const card = page.locator('.card').filter({ hasText: 'Introduction' });
    await card.getByText(w.behind).waitFor();
    await this.look('french-is-behind');
    await this.replace('fr', 'examiné 13', null);
    await page.keyboard.type('examiné ');
    await card.getByRole('button', { name: w.write }).waitFor();
    await this.look('number-at-hand');
    await this.press(card.getByRole('button', { name: w.write }));
    await until('the number is in French', () => desk.read(`${SHIPPED}.fr.md`).includes('en a examiné 14.'));
    await until('the side is saved', async () => (await page.locator('.saving.good').count()) === 1);
    await this.press(card.getByRole('button', { name: w.confirm }));
    await page.locator('.left').getByText(w.equal).waitFor();
    await this.look('confirmed');

    await this.open('partners/government-of-greenland');
    await this.press(this.button(w.rename));
    await this.fill(page.getByLabel(w.name), 'partners/greenland');
    await this.press(this.button(w.plan));
    await page.locator('dialog code').getByText(`${AGREEMENT}.yaml`).waitFor();
    await this.look('rename');
    await this.press(page.locator('dialog').getByRole('button', { name: w.rename, exact: true }));
    await page.waitForURL('**/edit/partners/greenland');
    await until('the agreement follows', () => /greenland/.test(desk.read(`${AGREEMENT}.yaml`)) && !desk.read(`${AGREEMENT}.yaml`).includes('government-of-greenland'));

    await page.goto(`${desk.origin}/_diptych/`);
    await this.press(this.button(w.publish));
    await page.getByText(w.built).waitFor({ timeout: 120_000 });
    await this.look('published');
    assert.ok(fs.existsSync(path.join(desk.folder, 'public.zip')), 'a folder for whoever hosts the site');
    assert.ok(fs.readdirSync(path.join(desk.folder, 'public/fr/ententes')).includes('transferement-avec-le-groenland'));
  }
}

/** Goes to a control with the Tab key, from wherever the focus is, in the shorter direction that is found first. */
async function byKeys(page, target, _, act) {
  await target.first().waitFor();
  // Finding it by its role searches the whole page: once, unless the page is made again meanwhile.
  let found = await target.first().elementHandle();
  const is = async () => {
    if (!await found.evaluate((element) => element.isConnected)) found = await target.first().elementHandle();
    return found.evaluate((element) => element === document.activeElement || element.contains(document.activeElement));
  };
  const isBefore = await found.evaluate((element) => !!(element.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING));
  for (let presses = 0; presses < 250; presses += 1) {
    if (await is()) return act();
    await page.keyboard.press(isBefore ? 'Shift+Tab' : 'Tab');
  }
  return assert.fail(`the keyboard does not reach ${target}`);
}

const byMouse = async (_, target, act) => act(target.first());

for (const [lang, how, reach] of [['en', 'with the mouse, in English', byMouse], ['fr', 'with the keyboard alone, in French', byKeys]]) {
  test(`a morning in the editor, ${how}`, { timeout: 600_000 }, async () => {
    const desk = new Desk({});
    fs.cpSync(path.join(ROOT, 'content'), path.join(desk.folder, 'content'), { recursive: true });
    desk.lang = lang;
    await desk.start();
    const context = await browser.newContext({ viewport: { width: WIDTH, height: 900 }, colorScheme: process.env.DIPTYCH_COLOURS ?? 'light' });
    const said = [];
    const page = await context.newPage();
    page.on('pageerror', (error) => said.push(String(error)));
    try {
      await new Morning(desk, page, lang, reach).run();
      assert.deepEqual(said, []);
    } catch (error) {
      if (fs.existsSync(desk.file(`${AGREEMENT}.yaml`))) console.log(desk.read(`${AGREEMENT}.yaml`).replace(/^#.*\n/gm, ''));
      if (PICTURES) await page.screenshot({ path: path.join(PICTURES, `${lang}-failed.png`) });
      throw error;
    } finally {
      await context.close();
      await desk.close();
    }
  });
}

// For tests of the editor: a site with one pair, opened in a browser, and what is done on its page.

import { after, before, test } from 'node:test';
import { Desk } from './desk.mjs';
import { launch } from './pages.mjs';

export const ID = 'partners/quebec';

export const FILES = {
  'site.yaml': 'name: {en: Partners, fr: Partenaires}\ndescription: {en: D., fr: D.}\nmenu: [partners]\n',
  'types/partner.yaml': 'type: partner\nfolder: partners\nname: {en: Partner, fr: Partenaire}\nplural: {en: Partners, fr: Partenaires}\nslug: {en: partners, fr: partenaires}\nfields:\n  kind:\n    kind: choice\n    label: {en: Kind, fr: Nature}\n    choices:\n      province: {en: Province, fr: Province}\n      country: {en: Country, fr: Pays}\n',
  '_index.en.md': '---\ntitle: Partners\nsummary: S.\n---\n',
  '_index.fr.md': '---\ntitle: Partenaires\nsummary: S.\n---\n',
  'partners/quebec.yaml': '# As the registry has it.\nkind: "province" # sure\n',
  'partners/quebec.en.md': '---\ntitle: Quebec\nsummary: A province.\n---\nIntroduction.\n\n## Mandate\n\nThe mandate.\n\n## History\n\nThe history.\n',
  'partners/quebec.fr.md': '---\ntitle: Québec\nsummary: Une province.\n---\nPrésentation.\n\n## Mandat\n\nLe mandat.\n',
};

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

/** Runs a test on a site of its own. */
export const on = (name, run, ...options) => onIn('en', name, run, ...options);

/** The same, with the editor in a language. */
export function onIn(lang, name, run, ...options) {
  test(name, { timeout: 120_000 }, async () => {
    const desk = new Desk(FILES);
    desk.lang = lang;
    await desk.start(0, ...options);
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    const said = [];
    const open = async (id = ID) => {
      const page = await context.newPage();
      page.on('pageerror', (error) => said.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
      await page.goto(`${desk.origin}/_diptych/${id ? `edit/${id}` : ''}`);
      await page.locator(id ? '.cm-content[lang]' : 'table').first().waitFor();
      return page;
    };
    try {
      await run({ desk, context, open, said });
    } finally {
      await context.close();
      await desk.close();
    }
  });
}

export const words = (page, lang) => page.locator(`.cm-content[lang=${lang}-CA]`);

/** Types at the end of a side. */
export async function type(page, lang, text) {
  await words(page, lang).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(text);
}

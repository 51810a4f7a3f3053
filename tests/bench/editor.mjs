// How long the editor takes from a key to the message and to the page, on sites of different sizes: prints a Markdown table.
//
// usage: node tests/bench/editor.mjs [PAIRS …]        100, 1,000 and 10,000 pairs without any
//
// Each site is the one that ships with so many copies of one of its agreements, which refer to others as it does. A number
// in the English of one of them is changed 100 times, each time to another one. `server` is a request of the editor and its
// answer, as a program on the same machine sees it; `key to …` is what a person sees in Chromium, from the key until the
// message stands below the words, or the page beside them says the new number. The editor waits 150 ms after the last key.
//
// The program is $DIPTYCH, otherwise target/release/diptych. Needs the packages of tests/browser
// (`npm ci --prefix tests/browser --ignore-scripts`).

import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIPTYCH, launch, ROOT } from '../browser/pages.mjs';

const ROUNDS = 100;
const SIZES = process.argv.slice(2).map(Number);
const PATTERN = 'agreements/exchange-of-service';

const copyOf = (at) => `agreements/copy-${String(at).padStart(5, '0')}`;

/** The site that ships with so many pairs in all. */
async function site(pairs) {
  const folder = await mkdtemp(join(tmpdir(), 'diptych-bench-editor-'));
  const content = join(folder, 'content');
  await cp(join(ROOT, 'content'), content, { recursive: true });
  const texts = await Promise.all(['yaml', 'en.md', 'fr.md'].map((ending) => readFile(join(content, `${PATTERN}.${ending}`), 'utf8')));
  const [facts, en, fr] = texts;
  const shipped = 72;
  for (let at = 0; at < pairs - shipped; at += 1) {
    const own = (text) => text.replace(/^title: .*$/m, (line) => `${line} ${at}`).replace(/^slug: .*$/m, (line) => `${line}-${at}`).replace(/^(keywords|inline_title|abbreviation): .*\n/gm, '');
    await Promise.all([
      writeFile(join(content, `${copyOf(at)}.yaml`), facts),
      writeFile(join(content, `${copyOf(at)}.en.md`), own(en)),
      writeFile(join(content, `${copyOf(at)}.fr.md`), own(fr)),
    ]);
  }
  return folder;
}

async function start(folder) {
  const server = spawn(DIPTYCH, ['--lang', 'en', 'serve', '--port', '0'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const origin = await new Promise((found, failed) => {
    let said = '';
    server.stderr.on('data', (data) => {
      said += data;
      const origin = /http:\/\/[^/\s]+/.exec(said)?.[0];
      if (origin) found(origin);
    });
    server.on('exit', () => failed(new Error(said)));
  });
  return { server, origin };
}

const told = (times) => {
  const sorted = [...times].sort((a, b) => a - b);
  return `${sorted[sorted.length >> 1].toFixed(0)} / ${sorted.at(-1).toFixed(0)}`;
};

/** How long something takes, each time with another number. */
async function timed(what) {
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = performance.now();
    await what(1000 + round);
    times.push(performance.now() - before);
  }
  return told(times);
}

const browser = await launch();
console.log(`| pairs | server: mistakes | server: page | server: saved | key to message | key to page |\n|---|---|---|---|---|---|`);
for (const pairs of SIZES.length > 0 ? SIZES : [100, 1000, 10000]) {
  const folder = await site(pairs);
  const { server, origin } = await start(folder);
  const id = copyOf(3);
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  try {
    await page.goto(`${origin}/_diptych/edit/${id}`, { timeout: 120_000 });
    await page.locator('.cm-content[lang]').first().waitFor({ timeout: 120_000 });
    const token = await page.locator('meta[name="diptych-token"]').getAttribute('content');
    const file = `${id}.en.md`;
    const text = await readFile(join(folder, 'content', file), 'utf8');
    const written = (number) => text.replace('examined 13', `examined ${number}`);
    const send = async (method, path, body, headers = {}) => {
      const answer = await fetch(`${origin}/_diptych/api/${path}`, { method, body, headers: { 'X-Diptych-Token': token, ...headers } });
      const said = await answer.text();
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${said}`);
      return said;
    };
    const row = [pairs];
    row.push(await timed(async (number) => {
      const said = await send('POST', 'check', JSON.stringify({ files: { [file]: written(number) } }));
      if (!said.includes(String(number))) throw new Error('the message does not name the number');
    }));
    row.push(await timed(async (number) => {
      const said = await send('POST', 'render', JSON.stringify({ id, lang: 'en', files: { [file]: written(number) } }));
      if (!said.includes(`examined ${number}`)) throw new Error('the page does not say the number');
    }));
    const { files } = JSON.parse(await send('GET', `records/${id}`));
    let version = files.en.version;
    row.push(await timed(async (number) => {
      ({ version } = JSON.parse(await send('PUT', `files/${file}`, written(number), { 'If-Match': `"${version}"` })));
    }));
    await send('PUT', `files/${file}`, text, { 'If-Match': `"${version}"` });

    // The person's own program, with the editor and the page beside each other.
    await page.reload();
    await page.getByRole('button', { name: 'Show the page' }).click();
    await page.frameLocator('iframe').getByText('examined 13').waitFor({ timeout: 120_000 });
    const words = page.locator('.cm-content[lang=en-CA]');
    await words.click();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('examined 13');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.type('examined 1');
    const seen = { message: [], page: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      const digits = String(100 + round);
      const times = await page.evaluate((digits) => new Promise((done) => {
        const start = performance.now();
        const times = {};
        const frame = document.querySelector('iframe');
        document.execCommand('insertText', false, digits);
        const look = () => {
          const now = performance.now() - start;
          if (!times.message && document.querySelector('.mistakes').textContent.includes(`1${digits}`)) times.message = now;
          if (!times.page && frame.contentDocument.querySelector('main').textContent.includes(`examined 1${digits}`)) times.page = now;
          if (times.message && times.page) done(times);
          else if (now < 60_000) requestAnimationFrame(look);
          else done(null);
        };
        look();
      }), digits);
      if (!times) throw new Error('the number did not come to the message or the page');
      seen.message.push(times.message);
      seen.page.push(times.page);
      for (const _ of digits) await page.keyboard.press('Backspace');
      await page.waitForTimeout(100);
    }
    row.push(told(seen.message), told(seen.page));
    console.log(`| ${row.join(' | ')} |`);
  } finally {
    await page.close();
    server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}
await browser.close();

// The output on real servers, set up as the manual says: the shipped content with one page more, which has old
// addresses and a file. Each server sends it from each place; what both can do there is listed at the top, what that
// means below.

import assert from 'node:assert/strict';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { parseAllHeaders } from '@netlify/headers-parser';
import { parseAllRedirects } from '@netlify/redirect-parser';
import { DIPTYCH, launch } from './pages.mjs';
import { apache, example, nginx, python } from './programs.mjs';
import { run } from './site.mjs';

const PLACES = [
  { name: 'at the root', path: '/', options: [] },
  { name: 'at the root, compressed beforehand', path: '/', options: ['--precompress'] },
  { name: 'in a folder that it knows, compressed beforehand', path: '/kb/',
    options: ['--precompress', '--base-url', 'https://example.org/kb/'] },
  { name: 'in a folder that it was not told of', path: '/kb/', options: [], untold: true },
];

// What a server does besides sending files. The rules for nginx contain addresses, so they work only if the site knows
// its folder; Apache loses only the page for missing addresses.
const EVERYTHING = ['headers', 'keeping', 'compression', 'redirects', 'not found'];
const nothing = { at: ({ options }) => options.length === 0, does: () => [] };
const SERVERS = [
  { name: 'nginx', start: ({ top, path }) => nginx(top, path === '/' ? example('nginx', 0, '/srv/www/site', top)
    : example('nginx', 1, '/srv/www', top)),
    at: ({ untold }) => !untold, does: () => EVERYTHING },
  { name: 'nginx that reads no rules', start: ({ top }) => nginx(top, `root ${top};`), ...nothing },
  { name: 'Apache', start: (place) => apache(place.top, directory(place)),
    does: ({ untold }) => EVERYTHING.filter((what) => !untold || what !== 'not found') },
  { name: 'Apache that can send no headers', start: (place) => apache(place.top, directory(place), ['dir', 'mime', 'rewrite']),
    at: ({ untold }) => !untold, does: () => ['redirects', 'not found'] },
  { name: 'Apache with only what it cannot do without', start: (place) => apache(place.top, directory(place), ['dir', 'mime']),
    ...nothing },
  { name: 'Apache that reads no rules',
    start: (place) => apache(place.top, directory(place).replace(/AllowOverride .*/, 'AllowOverride None')), ...nothing },
  { name: 'Python', start: ({ top }) => python(top), ...nothing },
];

const PAGES = ['en/moved/', 'fr/deplacee/'];
const OLD = {
  'en/old-page/': 'en/moved/',
  'en/old/place/file.html': 'en/moved/',
  'en/old%20place/Name_(1),%C3%A9.html': 'en/moved/',
  'fr/ancienne-page/': 'fr/deplacee/',
  'fr/ancien/lieu/Fichier.2019.html': 'fr/deplacee/',
};
// Only rules can tell one query from another.
const ASKED = { 'index.php?id=7&lang=en': 'en/moved/', 'index.php?id=8': 'fr/deplacee/', '?p=12': 'fr/deplacee/' };
const WORDS = {
  en: `---\ntitle: Moved\nsummary: A page that moved.\naliases: [en/old-page, /en/old/place/file.html, '/en/old place/Name_(1),é.html', '/index.php?id=7&lang=en']\n---\n\n[Table](table.csv.gz), [report](report.pdf), [dates](dates.ics), [sound](sound.wav)\n\n![Drawing](drawing.svg)\n`,
  fr: `---\ntitle: Déplacée\nsummary: Une page déplacée.\naliases: [fr/ancienne-page/, fr/ancien/lieu/Fichier.2019.html, '/index.php?id=8', '/?p=12']\n---\n\n[Tableau](table.csv.gz)\n`,
};
const TABLE = gzipSync('year,number\n2026,1\n'.repeat(99));
// A file whose first bytes look like a page: no browser may guess.
const DATES = '<!doctype html><script>document.title = "RAN"</script>';
const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="150"><style>rect { fill: red }</style><rect width="300" height="150"/></svg>';
const ALLOWED = 'assets:\n  allow:\n    - {ending: ics, reason: Readers take dates over into their calendars.}\n';
/** A second of silence. */
const SOUND = (() => {
  const bytes = Buffer.alloc(44 + 8000, 128);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(8036, 4);
  bytes.write('WAVEfmt ', 8);
  for (const [at, number] of [[16, 16], [24, 8000], [28, 8000], [40, 8000]]) bytes.writeUInt32LE(number, at);
  for (const [at, number] of [[20, 1], [22, 1], [32, 1], [34, 8]]) bytes.writeUInt16LE(number, at);
  bytes.write('data', 36);
  return bytes;
})();
/** A page of red. */
const REPORT = (() => {
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<<>>>>',
    '<</Length 26>>stream\n1 0 0 rg 0 0 300 300 re f  \nendstream'];
  let text = '%PDF-1.4\n';
  const starts = objects.map((object, at) => {
    const start = text.length;
    text += `${at + 1} 0 obj${object}endobj\n`;
    return `${String(start).padStart(10, '0')} 00000 n \n`;
  });
  return `${text}xref\n0 5\n0000000000 65535 f \n${starts.join('')}trailer<</Size 5/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`;
})();

/** The manual's example for Apache, on a host that would list folders and guess at endings. */
const directory = ({ site }) => example('apache', 0, '/srv/www/site', site)
  .replace('</Directory>', 'Options Indexes MultiViews FollowSymLinks\n</Directory>');

/** Asks for a path as it is written; `text` is what a browser would read. */
const ask = (url, headers = { 'accept-encoding': 'gzip, br' }) => new Promise((done, failed) => {
  const { port } = new URL(url);
  const path = url.slice(url.indexOf('/', 'http://'.length));
  http.get({ host: '127.0.0.1', port, path, headers }, async (answer) => {
    const bytes = Buffer.concat(await answer.toArray());
    const encoding = answer.headers['content-encoding'];
    const plain = encoding === 'gzip' ? gunzipSync(bytes) : bytes;
    done({ status: answer.statusCode, headers: answer.headers, type: answer.headers['content-type'], encoding, bytes, plain, text: plain.toString() });
  }).on('error', failed);
});

/** The policy that a page brings itself. */
const own = (page) => page.match(/http-equiv="Content-Security-Policy" content="([^"]+)"/)[1].replaceAll('&#x27;', '\'').replaceAll('&#39;', '\'');

let folder;
let browser;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-hosting-'));
  const content = join(folder, 'content');
  cpSync(join(import.meta.dirname, '../../content'), content, { recursive: true });
  for (const lang of ['en', 'fr']) writeFileSync(join(content, `pages/moved.${lang}.md`), WORDS[lang]);
  writeFileSync(join(content, 'pages/table.csv.gz'), TABLE);
  for (const [file, bytes] of [['report.pdf', REPORT], ['dates.ics', DATES], ['drawing.svg', DRAWING], ['sound.wav', SOUND]]) {
    writeFileSync(join(content, 'pages', file), bytes);
  }
  appendFileSync(join(content, 'site.yaml'), ALLOWED);
  for (const [number, place] of PLACES.entries()) {
    place.top = join(folder, `${number}`);
    place.site = join(place.top, place.path.slice(0, -1));
    run(DIPTYCH, 'build', '--content', content, '--out', place.site, ...place.options);
  }
  run('chmod', '-R', 'a+rX', folder);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const { name, start, does, at = () => true } of SERVERS) {
  for (const place of PLACES.filter(at)) {
    describe(`${name}, the site ${place.name}`, () => {
      let server;
      let base;
      before(async () => {
        server = await start(place);
        base = server.origin + place.path;
      });
      after(() => server?.close());

      const where = (ability, behaviour, work) => does(place).includes(ability) && test(behaviour, work);
      const file = (path) => readFileSync(join(place.site, path.endsWith('/') || !path ? `${path}index.html` : path));
      const named = (ending, at = 'theme') => `${at}/${readdirSync(join(place.site, at), { recursive: true }).find((path) => path.endsWith(ending))}`;
      const packs = () => readdirSync(join(place.site, 'search')).filter((path) => /-[0-9a-f]{8,}/.test(path))
        .map((path) => (path.includes('.') ? `search/${path}` : `search/${path}/boot.pack`));
      const kinds = () => [
        ['', 'text/html'], ['en/', 'text/html'], ['fr/ententes/', 'text/html'], [named('.css'), 'text/css'],
        [named('.js'), 'text/javascript'], ['search/search.js', 'text/javascript'], [named('.svg'), 'image/svg+xml'],
        ['data/agreements.json', 'application/json'],
      ];
      // Not every server knows tables by itself.
      const told = () => [...kinds(), ['data/agreements.fr.csv', 'text/csv']];

      test('every file arrives whole, as what it is', async () => {
        for (const [path, type] of kinds()) {
          const answer = await ask(base + path);
          assert.equal(answer.status, 200, path);
          assert.equal(answer.type.split(';')[0].replace('application/javascript', 'text/javascript'), type, path);
          assert.ok(answer.plain.equals(file(path)), path);
        }
      });

      test('an address without its last slash leads to the page', async () => {
        for (const path of ['en/agreements', 'fr/ententes']) {
          const answer = await ask(base + path);
          assert.equal(answer.status, 301, path);
          assert.equal(new URL(answer.headers.location, base + path).pathname, `${place.path}${path}/`);
        }
      });

      test('a compressed file of a writer arrives as it is', async () => {
        const answer = await ask(`${base}${named('table.csv.gz', 'assets')}`);
        assert.equal(answer.status, 200);
        assert.ok(answer.bytes.equals(TABLE));
        assert.equal(answer.encoding, undefined);
        if (does(place).includes('headers')) assert.match(answer.type, /^application\//);
      });

      test('a visitor comes from every old address to the page, and finds something', async (t) => {
        const page = await browser.newPage();
        t.after(() => page.close());
        const said = [];
        page.on('console', (message) => said.push(`${message.text()} ${message.location().url}`));
        for (const [old, now] of Object.entries(OLD)) {
          await page.goto(base + old);
          await page.waitForURL(base + now);
        }
        await page.goto(`${base}fr/recherche/?q=accord`);
        await page.locator('#_results .entry a').first().click();
        await page.waitForURL(new RegExp(`^${base}fr/(?!recherche/)`));
        assert.ok(await page.locator('main h1').isVisible());
        assert.deepEqual(said, []);
      });

      where('headers', 'every answer has the policy of the page, and who may frame it', async () => {
        for (const path of ['', ...PAGES, 'fr/recherche/']) {
          const { headers, text } = await ask(base + path);
          assert.equal(headers['content-security-policy'], `${own(text)}; frame-ancestors 'self'`, path);
        }
        for (const path of ['', named('.css'), 'search/search.js', ...packs(), 'nothing', 'en/agreements', 'data/agreements.json']) {
          const { headers } = await ask(base + path);
          assert.match(headers['content-security-policy'], /^default-src 'none';/, path);
          assert.equal(headers['x-content-type-options'], 'nosniff', path);
          assert.ok(headers['referrer-policy'] && headers['permissions-policy'], path);
          assert.equal(headers['cross-origin-opener-policy'], 'same-origin', path);
          const open = path.startsWith('data/');
          assert.equal(headers['cross-origin-resource-policy'], open ? 'cross-origin' : 'same-origin', path);
          assert.equal(headers['access-control-allow-origin'], open ? '*' : undefined, path);
        }
      });

      where('headers', 'what comes from content runs nothing, is what it is, and may be used by anyone', async () => {
        for (const [file, type, saved] of [
          ['report.pdf', 'application/pdf'], ['drawing.svg', 'image/svg+xml;charset=utf-8'], ['sound.wav', 'audio/wav'],
          ['table.csv.gz', 'application/gzip'], ['dates.ics', 'application/octet-stream', 'attachment'],
        ]) {
          const { status, headers, type: sent } = await ask(`${base}assets/pages/${file}`);
          assert.equal(status, 200, file);
          assert.equal(sent.replace(/ /g, '').toLowerCase(), type, file);
          const policies = headers['content-security-policy'].split(', ');
          const sandboxed = file === 'report.pdf' ? '' : 'sandbox; ';
          assert.ok(policies.at(-1).startsWith(`${sandboxed}default-src 'none'; img-src 'self' data:; media-src 'self'`), `${file}: ${policies}`);
          assert.equal(policies.length, 1, `${file} has one policy`);
          assert.equal(headers['content-disposition'], saved, file);
          assert.equal(headers['x-content-type-options'], 'nosniff', file);
          assert.equal(headers['cross-origin-resource-policy'], 'cross-origin', file);
          assert.equal(headers['access-control-allow-origin'], '*', file);
        }
        for (const path of ['assets/', 'assets/pages/', 'assets/.htaccess', 'data/.htaccess']) {
          assert.ok([403, 404].includes((await ask(base + path)).status), path);
        }
      });

      where('headers', 'a script that slipped through would not run, whatever its kind', async (t) => {
        const page = await browser.newPage();
        t.after(() => page.close());
        const mark = 'document.documentElement.setAttribute("data-ran", "")';
        for (const [file, text] of [
          ['slipped.html', `<!doctype html><title>x</title><script>${mark}</script>`],
          ['slipped.xhtml', `<html xmlns="http://www.w3.org/1999/xhtml"><body><script>${mark}</script></body></html>`],
          ['slipped.svg', `<svg xmlns="http://www.w3.org/2000/svg" onload='${mark}'><script>${mark}</script></svg>`],
        ]) {
          writeFileSync(join(place.site, 'assets/pages', file), text);
          t.after(() => rmSync(join(place.site, 'assets/pages', file)));
          await page.goto(`${base}assets/pages/${file}`).catch(() => {});
          assert.equal(await page.evaluate(() => document.documentElement.hasAttribute('data-ran')), false, file);
        }
      });

      where('headers', 'drawings show inside a page and alone, and sound plays', async (t) => {
        const page = await browser.newPage();
        t.after(() => page.close());
        await page.goto(`${base}en/moved/`);
        assert.ok(await page.locator('main img').evaluate(async (image) => image.decode().then(() => image.naturalWidth > 0)));
        await page.goto(`${base}assets/pages/drawing.svg`);
        assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('rect')).fill), 'rgb(255, 0, 0)');
        await page.goto(`${base}assets/pages/sound.wav`);
        await page.waitForFunction(() => document.querySelector('video, audio')?.readyState >= 1);
      });

      where('headers', 'what is for servers only is not sent, nor what lies outside, and no folder is listed', async () => {
        const secrets = ['.htaccess', '.server/nginx.conf', '.diptych', 'theme/', 'search/', '../../content/site.yaml', '%2e%2e/%2e%2e/content/site.yaml'];
        for (const path of secrets) assert.ok([400, 403, 404].includes((await ask(base + path)).status), path);
      });

      where('keeping', 'browsers keep what never changes and ask for the rest again', async () => {
        for (const path of [named('.css'), named('.svg'), ...packs()]) {
          assert.match((await ask(base + path)).headers['cache-control'], /immutable/, path);
        }
        for (const path of ['', 'en/', 'search/en.json', 'search/search.js']) {
          assert.equal((await ask(base + path)).headers['cache-control'], 'no-cache', path);
        }
        const missing = await ask(`${base}theme/style.00000000.css`);
        assert.equal(missing.status, 404);
        assert.doesNotMatch(missing.headers['cache-control'] ?? '', /immutable/);
      });

      where('compression', 'text goes compressed to those who take it', async () => {
        for (const [path, type] of told()) {
          const sibling = join(place.site, `${path.endsWith('/') || !path ? `${path}index.html` : path}.gz`);
          if (file(path).length < 512) continue;
          const answer = await ask(base + path);
          assert.equal(answer.encoding, 'gzip', path);
          assert.ok(!place.options.includes('--precompress') || answer.bytes.equals(readFileSync(sibling)), `${path} is not its sibling`);
          assert.equal(answer.type.replace(/ /g, '').toLowerCase(), `${type};charset=utf-8`, path);
          assert.equal(answer.headers.vary, 'Accept-Encoding', path);
        }
      });

      where('compression', 'and uncompressed to those who do not', async () => {
        for (const accepted of [{}, { 'accept-encoding': 'br' }, { 'accept-encoding': 'gzip;q=0' }]) {
          for (const [path, type] of told()) {
            const answer = await ask(base + path, accepted);
            assert.equal(answer.encoding, undefined, path);
            assert.ok(answer.bytes.equals(file(path)), path);
            assert.equal(answer.type.replace(/ /g, '').toLowerCase(), `${type};charset=utf-8`, path);
            if (existsSync(join(place.site, `${path}.gz`))) assert.equal(answer.headers.vary, 'Accept-Encoding', path);
          }
        }
      });

      where('redirects', 'an old address has moved for good, with and without its last slash', async () => {
        for (const [old, now] of Object.entries(OLD)) {
          for (const path of new Set([old, old.replace(/\/$/, '')])) {
            const answer = await ask(base + path);
            assert.equal(answer.status, 301, path);
            assert.equal(new URL(answer.headers.location, base + path).href, base + now, path);
          }
        }
      });

      where('redirects', 'an old address that asks has moved for good, and no other question with it', async () => {
        for (const [old, now] of Object.entries(ASKED)) {
          const answer = await ask(base + old);
          assert.equal(answer.status, 301, old);
          assert.equal(new URL(answer.headers.location, base).href, base + now, old);
        }
        assert.equal((await ask(`${base}?p=1`)).status, 200);
        assert.equal((await ask(`${base}index.php?id=77`)).status, 404);
      });

      where('not found', 'an address that does not exist is told in both languages, in the looks of the site', async (t) => {
        const page = await browser.newPage();
        t.after(() => page.close());
        for (const path of ['nothing', 'en/nothing/', 'fr/ententes/rien/du/tout.html']) {
          assert.equal((await page.goto(base + path)).status(), 404, path);
          const headings = await page.locator('h2').allTextContents();
          assert.deepEqual(headings, ['Page not found', 'Page introuvable'], path);
          const styled = await page.evaluate(() => [...document.styleSheets].some((sheet) => sheet.cssRules.length > 0));
          assert.ok(styled, `${path} has no style`);
        }
        const links = await page.locator('a').evaluateAll((all) => all.map((link) => link.href));
        assert.ok(links.length > 10);
        for (const link of links) assert.equal((await ask(link)).status, 200, link);
      });
    });
  }
}

test('nginx redirects to no host of its own, so that what stands before it stays', async (t) => {
  const server = await SERVERS[0].start(PLACES[0]);
  t.after(() => server.close());
  for (const path of ['/en/agreements', '/en/old-page/']) {
    assert.match((await ask(server.origin + path)).headers.location, /^\/en\//, path);
  }
});

describe('hosts that read _headers and _redirects, with Netlify’s own readers', () => {
  for (const place of PLACES.filter(({ untold }) => !untold)) {
    const read = (path) => readFileSync(join(place.site, path), 'utf8');

    test(`${place.name}, each address has the headers that the other servers send`, async () => {
      const { headers: rules, errors } = await parseAllHeaders({ headersFiles: [join(place.site, '_headers')], minimal: false });
      assert.deepEqual(errors, []);
      const sent = (path) => Object.assign({}, ...rules.filter(({ forRegExp }) => forRegExp.test(place.path + path)).map(({ values }) => values));
      const asset = (file) => sent(`assets/pages/${file}`);
      for (const file of ['drawing.svg', 'table.csv.gz', 'sound.wav', 'dates.ics']) {
        assert.match(asset(file)['Content-Security-Policy'], /^sandbox; default-src 'none';/, file);
      }
      assert.match(asset('report.pdf')['Content-Security-Policy'], /^default-src 'none';/);
      assert.equal(asset('dates.ics')['Content-Disposition'], 'attachment');
      assert.equal(asset('dates.ics')['Content-Type'], 'application/octet-stream');
      assert.equal(asset('report.pdf')['Content-Disposition'], undefined);
      for (const path of ['assets/pages/report.pdf', 'data/agreements.json']) {
        assert.equal(sent(path)['Cross-Origin-Resource-Policy'], 'cross-origin', path);
        assert.equal(sent(path)['Access-Control-Allow-Origin'], '*', path);
      }
      for (const path of ['', ...PAGES, 'nothing', 'search/search.js', 'search/fr.json']) {
        assert.equal(sent(path)['Cross-Origin-Resource-Policy'], 'same-origin', path);
        assert.equal(sent(path)['Cross-Origin-Opener-Policy'], 'same-origin', path);
        assert.equal(sent(path)['Content-Security-Policy'], `${own(read('index.html'))}; frame-ancestors 'self'`, path);
        assert.equal(sent(path)['Cache-Control'], undefined, path);
      }
      const files = readdirSync(place.site, { recursive: true });
      for (const path of files.filter((path) => /^theme\/.*\.|^search\/.*-[0-9a-f]{16}.*\.pack$/.test(path))) {
        assert.match(sent(path)['Cache-Control'], /immutable/, path);
      }
    });

    test(`${place.name}, each old address has one rule, to the page`, async () => {
      const { redirects, errors } = await parseAllRedirects({ redirectsFiles: [join(place.site, '_redirects')], minimal: false });
      assert.deepEqual(errors, []);
      const rules = redirects.map(({ path, to, status, query }) => [path, to, status, query]);
      const own = rules.filter(([path]) => path.slice(place.path.length) in OLD);
      assert.deepEqual(own.sort(), Object.entries(OLD).map(([old, now]) => [place.path + old, place.path + now, 301, {}]).sort());
      assert.equal(new Set(rules.map(([path]) => path)).size, rules.length);
    });

    test(`${place.name}, no rule is beyond what Cloudflare takes`, () => {
      // A status of another form makes it refuse the whole site.
      for (const line of read('_redirects').trim().split('\n')) assert.match(line, /^\/[^ *:]+ \/[^ *:]+ 301$/);
      for (const line of read('_headers').split('\n')) assert.ok(line.length <= 2000, line);
      const rules = read('_headers').split('\n').filter((line) => line.startsWith('/'));
      assert.ok(rules.length <= 100);
      for (const rule of rules) assert.ok(rule.split('*').length <= 2, `${rule} has more than one splat`);
    });
  }
});

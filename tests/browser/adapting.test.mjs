// What visitors change on their side: spacing and size of text, zoom, forced colours, reduced motion, dark mode, touch,
// paper. One page of each kind in each language, with everything unfolded, must lose nothing under any of them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { covered, faint, look, lost, smallTargets } from './look.mjs';
import { AXE, each, holding, kinds, launch, preview, QUESTIONS, serve } from './pages.mjs';

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 320, height: 640 };
const SPACING = `* { letter-spacing: .12em !important; line-height: 1.5 !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important }`;
/** What WCAG 1.4.11 asks of marks and edges. */
const MARK_CONTRAST = 3;
const CONTENTS = 'class="contents"';

let server;
let browser;
let examples;
let addresses;
let long;

before(async () => {
  [server, browser, examples] = await Promise.all([serve(), launch(), preview()]);
  // The results page is empty without a question, and long records have a table of contents.
  addresses = [...await kinds()].map(([kind, address]) => (
    kind.startsWith('page-search') ? address + QUESTIONS[address.slice(0, 2)] : address));
  long = { en: await holding('en', CONTENTS), fr: await holding('fr', CONTENTS) };
  addresses.push(long.en, long.fr);
});

after(async () => {
  await browser?.close();
  examples?.close();
  server?.close();
});

/** Opens a page as a visitor sees it, and unfolds all that folds. */
async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: WIDE, colorScheme: 'light', bypassCSP: true, ...options });
  const page = await context.newPage();
  await page.goto(address.startsWith('http') ? address : server.base + address);
  if (address.includes('?q=')) await page.waitForSelector('main mark');
  await unfold(page);
  return page;
}

/** Unfolds all that folds, after the page has noticed its width: in a narrow window it folds the menu and the contents. */
function unfold(page) {
  return page.evaluate(async () => {
    const drawn = async () => { for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame); };
    await drawn();
    for (const details of document.querySelectorAll('details')) details.open = true;
    await drawn();
  });
}

/** Calls `work` with a page of each kind, and closes it; `work` gives what is wrong with it. */
async function onEachKind(work, options) {
  const found = await each(addresses, async (address) => {
    const page = await open(address, options);
    const faults = await work(page, address);
    await page.context().close();
    return faults.map((fault) => `/${address}: ${fault}`);
  }, 2);
  none(found.flat());
}

const none = (found) => assert.deepEqual(found.slice(0, 20), [], `${found.length} in all`);

/** What each page shows on a wide screen with nothing changed. */
const plain = new Map();

/** What a page shows on a wide screen with nothing changed, and now. */
async function beside(page, address) {
  if (!plain.has(address)) {
    const unchanged = await open(address);
    plain.set(address, await unchanged.evaluate(look));
    await unchanged.context().close();
  }
  const before = plain.get(address);
  const now = await page.evaluate(look);
  return { before, now, faults: [...lost(before, now), ...now.faults, ...covered(now)] };
}

test('text set wider and further apart is neither cut off nor covered', () => (
  onEachKind(async (page, address) => {
    const faults = [];
    for (const viewport of [WIDE, PHONE]) {
      await page.setViewportSize(viewport);
      await page.addStyleTag({ content: SPACING });
      await unfold(page);
      faults.push(...(await beside(page, address)).faults);
    }
    return faults;
  })));

for (const [zoom, viewport] of [[2, { width: 640, height: 400 }], [4, { width: 320, height: 200 }]]) {
  test(`a window zoomed to ${zoom}00 % shows every word and control, in lines that fit`, () => (
    onEachKind(async (page, address) => {
      const { now, faults } = await beside(page, address);
      // What shrinks with the window, such as words in a picture, would not be any larger by zooming.
      const tiny = now.texts.filter(({ size }) => size < 12).map(({ text, size }) => `${size} px: ${text}`);
      return [...faults, ...tiny];
    }, { viewport, deviceScaleFactor: zoom })));
}

test('text of twice the size is larger everywhere, and nothing is lost or covered', () => (
  onEachKind(async (page, address) => {
    await page.addStyleTag({ content: 'html { font-size: 200% !important }' });
    const { before, now, faults } = await beside(page, address);
    const grown = now.texts.length === before.texts.length
      ? now.texts.filter(({ size }, nth) => size < 1.6 * before.texts[nth].size) : [];
    return [...faults, ...grown.map(({ text, size }) => `only ${size} px: ${text}`)];
  })));

test('text of twice the size fits a small phone: nothing is cut off, covered or wider than the window', () => (
  onEachKind(async (page, address) => {
    await page.addStyleTag({ content: 'html { font-size: 200% !important }' });
    await unfold(page);
    return (await beside(page, address)).faults;
  }, { viewport: PHONE })));

test('colours contrast enough in the dark on a small screen', () => (
  onEachKind(async (page) => {
    await page.addScriptTag({ path: AXE });
    const options = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };
    const { violations } = await page.evaluate((options) => window.axe.run(options), options);
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
  }, { viewport: PHONE, colorScheme: 'dark' })));

for (const viewport of [PHONE, WIDE]) {
  test(`whatever is pressed is 24 pixels large or has that much room, at ${viewport.width} pixels`, () => (
    onEachKind((page) => page.evaluate(smallTargets), { viewport })));
}

test('with less motion nothing moves: a link to a heading jumps', async () => {
  for (const [reducedMotion, jumps] of [['reduce', true], ['no-preference', false]]) {
    const page = await open(long.en, { reducedMotion });
    const link = page.locator('.contents a').last();
    const target = await link.evaluate((link) => {
      link.click();
      return document.getElementById(decodeURIComponent(link.hash.slice(1))).getBoundingClientRect().top < innerHeight;
    });
    assert.equal(target, jumps, reducedMotion);
    await page.context().close();
  }
  await onEachKind((page) => page.evaluate(() => [...document.querySelectorAll('*')].flatMap((element) => {
    const { animationName, scrollBehavior, transitionDuration } = getComputedStyle(element);
    const still = animationName === 'none' && scrollBehavior === 'auto' && parseFloat(transitionDuration) === 0;
    return still ? [] : [`${element.tagName}.${element.className} moves`];
  })), { reducedMotion: 'reduce' });
});

test('in forced colours every mark and edge still stands out from the ground', async () => {
  // The page of all components holds what the shipped content happens not to use.
  for (const colorScheme of ['light', 'dark']) {
    const options = { forcedColors: 'active', colorScheme };
    const unseen = (page) => page.evaluate(faint, MARK_CONTRAST);
    await onEachKind(unseen, options);
    const page = await open(`${examples.base}_diptych/components/`, options);
    none(await unseen(page));
    for (const part of ['.timeline li', '.chart-mark', '.status', '.notice', 'textarea', 'button']) {
      assert.ok(await page.locator(part).count() > 0, `there is an example of ${part}`);
    }
    await page.context().close();
  }
});

test('in forced colours the present section, a chosen shape and the focus differ from their neighbours', async () => {
  const page = await open(await holding('en', 'class="chart"'), { forcedColors: 'active' });
  const edge = (element) => getComputedStyle(element).borderBottomWidth;
  assert.notEqual(
    await page.locator('.menu a[aria-current]').evaluate(edge),
    await page.locator('.menu a:not([aria-current])').first().evaluate(edge),
  );
  const shape = (element) => {
    const { borderTopLeftRadius, borderTopWidth, rotate } = getComputedStyle(element, '::before');
    return `${borderTopLeftRadius} ${borderTopWidth} ${rotate}`;
  };
  const shown = await open(`${examples.base}_diptych/components/`, { forcedColors: 'active' });
  const shapes = new Set();
  for (const tone of ['positive', 'caution', 'negative', 'neutral']) {
    shapes.add(await shown.locator(`.status-${tone}`).first().evaluate(shape));
  }
  assert.equal(shapes.size, 4, [...shapes].join('; '));
  const opacity = (element) => getComputedStyle(element).fillOpacity;
  assert.notEqual(await page.locator('.chart-bar').first().evaluate(opacity), await page.locator('.chart-mark').first().evaluate(opacity));
  await page.goto(server.base + await holding('en', 'class="filters"'));
  for (const part of ['.menu a', '.search-open', '.filters summary', '.filters input']) {
    await page.keyboard.press('Tab');
    const { style, color, ground } = await page.locator(part).first().evaluate((element) => {
      element.focus();
      const { outlineStyle, outlineColor } = getComputedStyle(element);
      return { style: outlineStyle, color: outlineColor, ground: getComputedStyle(document.documentElement).backgroundColor };
    });
    assert.ok(style !== 'none' && color !== ground, `${part}: ${style} ${color}`);
  }
  await shown.context().close();
  await page.context().close();
});

test('on paper the words, the facts and the addresses of links remain, and what only a screen needs is gone', () => (
  onEachKind(async (page) => {
    const seen = (selector) => page.evaluateHandle((selector) => [...document.querySelectorAll(selector)].filter(
      (element) => element.checkVisibility() && getComputedStyle(element).clipPath === 'none'), selector);
    const onScreen = await seen('h1, h2, h3, p, li, dt, dd, th, td, time, .status, .chart svg');
    // A reader who prints may not have unfolded anything.
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = false; }));
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const printed = await seen('body *');
    return page.evaluate(({ onScreen, printed }) => {
      // On paper, a document keeps its contents and has a title page instead of its breadcrumbs.
      const forScreens = 'nav:not(.breadcrumb, .document-contents), .page-document .breadcrumb, search, form, .report, button, input, summary:not(.prose *), .skip-link, .filters, .results-filters, footer';
      const own = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      const faults = {
        'is printed': printed.filter((element) => element.matches(forScreens)),
        'is not printed': onScreen.filter((element) => !printed.includes(element) && !element.closest(forScreens)),
        'has no address': printed.filter((link) => {
          if (!link.matches('main a[href]') || link.origin === location.origin) return false;
          const said = (link.textContent + getComputedStyle(link, '::after').content).replace(/[\s-]/g, '');
          return !said.includes(link.getAttribute('href').replace(/^(https?:\/\/|mailto:|tel:)|[\s-]|\/$/g, ''));
        }),
        // Printers leave the background out: ink has to be dark by itself.
        'is pale': printed.filter((element) => own(element)
          && Math.max(...getComputedStyle(element).color.match(/[\d.]+/g).slice(0, 3)) > 0x60),
      };
      return Object.entries(faults).flatMap(([fault, elements]) => elements.map((element) => `${fault}: ${element.outerHTML.slice(0, 160)}`));
    }, { onScreen, printed });
  })));

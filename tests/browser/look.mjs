// What a visitor can see of a page and press on it: measured in the page, judged here. For tests of whole pages.
//
// `look`, `smallTargets` and `faint` run inside the page and can use nothing of this module.

/** Every word and control that is seen: { texts, boxes, faults }; faults are those that leave the window or are cut off. */
export function look() {
  const texts = [];
  const boxes = [];
  const faults = [];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  /** Words for the ear alone, and the skip link before it has the focus. */
  const forTheEar = (element) => {
    for (let at = element; at; at = at.parentElement) if (getComputedStyle(at).clipPath === 'inset(50%)') return true;
    return false;
  };
  const isCut = (element, box) => {
    for (let at = element; at !== document.documentElement; at = at.parentElement) {
      const { overflowX, overflowY, display } = getComputedStyle(at);
      if (display === 'inline' || at instanceof SVGElement) continue;
      const frame = at.getBoundingClientRect();
      // What is further on can be scrolled to, what is before the beginning cannot.
      if (/auto|scroll/.test(overflowX)) return box.left + at.scrollLeft < frame.left - 1;
      if (/hidden|clip/.test(overflowX) && (box.right > frame.right + 1 || box.left < frame.left - 1)) return true;
      if (/hidden|clip/.test(overflowY) && (box.bottom > frame.bottom + 1 || box.top < frame.top - 1)) return true;
    }
    return box.right > document.documentElement.clientWidth + 1 || box.left < -1;
  };
  const note = (element, box, what) => {
    boxes.push({ what, element: all.indexOf(element), left: box.left, top: box.top + scrollY, right: box.right, bottom: box.bottom + scrollY });
    if (isCut(element, box)) faults.push(`cut off: ${what}`);
  };
  const all = [...document.querySelectorAll('body *')];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.data.trim();
    if (!text || !shown(element) || forTheEar(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
    if (lines.length === 0) continue;
    const scale = element instanceof SVGElement ? element.getScreenCTM().a : 1;
    texts.push({ text, size: Math.round(parseFloat(getComputedStyle(element).fontSize) * scale * 10) / 10 });
    for (const line of lines) note(element, line, text.slice(0, 80));
  }
  for (const control of document.querySelectorAll('button, input:not([type="hidden"]), textarea, select')) {
    if (!shown(control)) continue;
    texts.push({ text: `<${control.tagName.toLowerCase()} ${control.name}>`, size: parseFloat(getComputedStyle(control).fontSize) });
    note(control, control.getBoundingClientRect(), control.outerHTML.slice(0, 80));
    if (control.scrollWidth > control.clientWidth + 1) faults.push(`does not fit: ${control.outerHTML.slice(0, 80)}`);
  }
  // What may be covered by what it is in: a button's own words.
  const inside = boxes.map(({ element }) => {
    const own = new Set();
    for (let at = all[element].parentElement; at; at = at.parentElement) own.add(all.indexOf(at));
    return own;
  });
  boxes.forEach((box, nth) => { box.within = [...inside[nth]]; });
  const wider = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wider > 0) faults.push(`${wider} px wider than the window`);
  return { texts, boxes, faults };
}

/** The words and controls that were there before and are not now. */
export function lost(before, now) {
  const left = now.texts.map(({ text }) => text);
  return before.texts.flatMap(({ text }) => {
    const at = left.indexOf(text);
    if (at < 0) return [`lost: ${text.slice(0, 80)}`];
    left.splice(at, 1);
    return [];
  });
}

/** The words and controls that lie on top of each other. */
export function covered({ boxes }) {
  const found = [];
  const sorted = boxes.toSorted((a, b) => a.top - b.top);
  sorted.forEach((a, nth) => {
    for (let next = nth + 1; next < sorted.length && sorted[next].top < a.bottom; next += 1) {
      const b = sorted[next];
      if (a.element === b.element || a.within.includes(b.element) || b.within.includes(a.element)) continue;
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - b.top;
      // The box of a line of text is a little higher than its letters.
      const enough = 0.3 * Math.min(a.bottom - a.top, b.bottom - b.top);
      if (wide > 2 && high > enough) found.push(`covered: ${a.what} | ${b.what}`);
    }
  });
  return found;
}

/** What is pressed, outside running text, and has neither 24 pixels nor 24 pixels of room (WCAG 2.5.8). */
export function smallTargets() {
  const LEAST = 24;
  const isInText = (element) => {
    if (getComputedStyle(element).display !== 'inline') return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    const words = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = words.nextNode(); node; node = words.nextNode()) {
      if (!element.contains(node) && /\p{L}/u.test(node.data) && !node.parentElement.closest('a, button')) return true;
    }
    return false;
  };
  const pressed = [...document.querySelectorAll('a[href], button, summary, input:not([type="hidden"]), textarea, select, label')]
    .filter((element) => element.checkVisibility() && getComputedStyle(element).clipPath === 'none')
    // A box and the words that belong to it are pressed as one.
    .filter((element) => (element.tagName === 'LABEL' ? element.querySelector('input') : !element.closest('label')));
  const targets = pressed.map((element) => {
    const box = element.getBoundingClientRect();
    const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    return { element, box, middle, small: box.width < LEAST - 0.01 || box.height < LEAST - 0.01 };
  });
  const distance = ({ x, y }, box) => Math.hypot(
    Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  const crowds = (target, other) => other !== target && (distance(target.middle, other.box) < LEAST / 2
    || (other.small && Math.hypot(target.middle.x - other.middle.x, target.middle.y - other.middle.y) < LEAST));
  return targets
    .filter((target) => target.small && !isInText(target.element) && targets.some((other) => crowds(target, other)))
    .map(({ element, box }) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${element.outerHTML.slice(0, 140)}`);
}

/** Of marks and edges that carry a meaning: those whose contrast with the ground is not the least that is asked. */
export function faint(least) {
  const luminance = (colour) => colour.match(/[\d.]+/g).slice(0, 3)
    .map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, nth) => sum + part * [0.2126, 0.7152, 0.0722][nth], 0);
  const contrast = (...colours) => {
    const [pale, dark] = colours.map(luminance).sort((a, b) => b - a);
    return (pale + 0.05) / (dark + 0.05);
  };
  const ground = getComputedStyle(document.documentElement).backgroundColor;
  const stands = (colour) => colour !== 'none' && !/^rgba.*, 0\)$/.test(colour) && contrast(colour, ground) >= least;
  const edged = (style, side) => style[`border${side}Style`] !== 'none' && parseFloat(style[`border${side}Width`]) >= 1
    && stands(style[`border${side}Color`]);
  const rules = [
    ['button, .button', (element) => edged(getComputedStyle(element), 'Top')],
    ['input[type="search"], textarea', (element) => edged(getComputedStyle(element), 'Top')],
    ['.menu a[aria-current]', (element) => edged(getComputedStyle(element), 'Bottom')],
    ['.status', (element) => edged(getComputedStyle(element, '::before'), 'Top') && edged(getComputedStyle(element), 'Top')],
    ['.timeline li', (element) => edged(getComputedStyle(element, '::before'), 'Top')],
    ['.notice, .alert, .contact-card', (element) => edged(getComputedStyle(element), 'Left')],
    ['.chart-bar, .chart-mark, .chart-title, .chart-year, .logo-leaf', (element) => stands(getComputedStyle(element).fill)],
    ['.chart-line', (element) => stands(getComputedStyle(element).stroke)],
    ['mark', (element) => getComputedStyle(element).backgroundColor !== ground],
  ];
  return rules.flatMap(([selector, seen]) => [...document.querySelectorAll(selector)]
    .filter((element) => element.checkVisibility() && !seen(element))
    .map((element) => `${selector}: ${element.outerHTML.slice(0, 120)}`));
}

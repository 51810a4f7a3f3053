// What every page does with JavaScript and is whole without: the choice of appearance, where the reader is in "On this
// page", links at headings, a language switch that keeps the section, and search from any page. Runs before the page is
// shown, or a chosen appearance would flash.

const APPEARANCE = 'appearance';
const root = document.documentElement;

/** What the reader chose before; a browser may keep nothing. */
function kept(name) {
  try { return localStorage.getItem(name) ?? ''; } catch { return ''; }
}

function show(appearance) {
  if (appearance) root.dataset.appearance = appearance;
  else delete root.dataset.appearance;
}

show(kept(APPEARANCE));
// A button stands in the header in place of the form.
root.dataset.search = 'dialog';
root.dataset.searchKey = kept('search-key');
root.dataset.fold = '';

function offerAppearance() {
  const choice = document.querySelector('.appearance');
  if (!choice) return;
  const select = choice.querySelector('select');
  select.value = kept(APPEARANCE);
  select.addEventListener('change', () => {
    show(select.value);
    try { localStorage.setItem(APPEARANCE, select.value); } catch { /* It holds for this page. */ }
  });
  choice.hidden = false;
}

/** The last of some headings that has passed the upper part of the window. */
function present(headings) {
  return headings.findLastIndex((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
}

/** Browsers that know no `::details-content` cannot show by style what is folded. */
function unfold() {
  for (const [part, from] of [['.menu', '48rem'], ['.contents', '62rem']]) {
    const details = document.querySelector(`${part} details`);
    const wide = matchMedia(`(min-width: ${from})`);
    const fold = () => { if (details) details.open = wide.matches; };
    wide.addEventListener('change', fold);
    fold();
  }
}

/** Where the filters stand above the list, an open one would hide it. The style sheet hides it until it is folded. */
function foldFilters() {
  if (!matchMedia('(min-width: 62rem)').matches) {
    for (const filter of document.querySelectorAll('.filters [open]:not([data-chosen])')) filter.open = false;
  }
  delete root.dataset.fold;
}

function followContents() {
  const contents = document.querySelector('.contents');
  if (!contents) return;
  const links = [...contents.querySelectorAll('a')];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let waiting = false;
  const mark = () => {
    waiting = false;
    const at = present(headings.filter(Boolean));
    links.forEach((link, nth) => {
      if (nth === at) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    });
  };
  addEventListener('scroll', () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  }, { passive: true });
}

// The sections of the two versions of a page follow each other in the same order, under other names.
const SECTION = /^#_section-(\d+)-(\d+)$/;

function keepSection(headings) {
  // The switch is at the top of the page: what counts is where the reader stayed before going there.
  let read = headings.findIndex((heading) => `#${heading.id}` === location.hash);
  let staying;
  addEventListener('scroll', () => {
    clearTimeout(staying);
    staying = setTimeout(() => { read = scrollY > 0 ? present(headings) : -1; }, scrollY > 0 ? 1000 : 10000);
  }, { passive: true });
  const link = document.querySelector('.language-switch a');
  link?.addEventListener('click', () => {
    link.hash = read < 0 ? '' : `_section-${read}-${headings.length}`;
  });
  const [, at, total] = location.hash.match(SECTION) ?? [];
  if (at === undefined) return;
  const heading = Number(total) === headings.length ? headings[at] : null;
  history.replaceState(null, '', heading ? `#${heading.id}` : location.pathname + location.search);
  heading?.scrollIntoView();
}

/** For the pointer; with the keyboard, "On this page" holds the same links. */
function linkHeadings(headings) {
  for (const heading of headings) {
    const link = document.createElement('a');
    link.className = 'heading-link';
    link.href = `#${heading.id}`;
    link.tabIndex = -1;
    link.setAttribute('aria-hidden', 'true');
    link.textContent = '#';
    heading.append(link);
  }
}

/** Search from any page; nothing of it is loaded before somebody is about to search. `js/search-dialog.js` does the rest. */
function offerSearch() {
  const dialog = document.querySelector('.search-dialog');
  const large = document.querySelector('.search-form-large input');
  let filled;
  const load = () => {
    if (!dialog) return;
    filled ??= import(new URL(dialog.dataset.script, document.baseURI)).then(({ fill }) => fill(dialog));
    filled.catch(() => { filled = undefined; });
  };
  const search = () => {
    load();
    dialog?.showModal();
    (dialog?.querySelector('[type="search"]') ?? large)?.select();
  };
  addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
    // Some keyboards write "/" with AltGr, which some systems report as Ctrl and Alt.
    const isPlain = event.getModifierState('AltGraph') || !(ctrlKey || metaKey || altKey);
    const isSearch = key === '/'
      ? isPlain && root.dataset.searchKey !== 'off'
      : key.toLowerCase() === 'k' && ctrlKey !== metaKey && !altKey && !shiftKey;
    const isWriting = target.matches('select, textarea, input:not([type="checkbox"])') || target.isContentEditable;
    if (!isSearch || isWriting || event.defaultPrevented || event.repeat || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    search();
  });
  document.querySelector('.search-open')?.addEventListener('click', search);
  // The results page finds the engine in the browser's cache.
  large?.addEventListener('focus', load);
}

// Not later, when the filters' own script opens what is chosen.
document.addEventListener('readystatechange', foldFilters, { once: true });
document.addEventListener('DOMContentLoaded', () => {
  offerAppearance();
  offerSearch();
  unfold();
  followContents();
  const headings = [...document.querySelectorAll('[data-words] :is(h2, h3)[id]')];
  keepSection(headings);
  linkHeadings(headings);
});

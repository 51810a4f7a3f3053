// What every page does with JavaScript and is whole without. It runs before the page is shown, or a chosen appearance
// would flash. What the parts are for: ../../../README.md

const { dataset } = document.documentElement;

function kept(name) {
  try { return localStorage.getItem(name) ?? ''; } catch { return ''; }
}

function show(appearance) {
  if (appearance) dataset.appearance = appearance;
  else delete dataset.appearance;
}

show(kept('appearance'));
dataset.search = 'dialog';
dataset.searchKey = kept('search-key');

function offerAppearance() {
  const choice = document.querySelector('.appearance');
  if (!choice) return;
  const select = choice.querySelector('select');
  select.value = kept('appearance');
  select.addEventListener('change', () => {
    show(select.value);
    try { localStorage.setItem('appearance', select.value); } catch { /* It holds for this page. */ }
  });
  choice.hidden = false;
}

/** The last of some headings that has passed the upper part of the window. */
function present(headings) {
  return headings.findLastIndex((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
}

/** For browsers without `::details-content`. */
function unfold() {
  for (const [part, from] of [['.menu', '48rem'], ['.contents', '62rem']]) {
    const details = document.querySelector(`${part} details`);
    const wide = matchMedia(`(min-width: ${from})`);
    const fold = () => { if (details) details.open = wide.matches; };
    wide.addEventListener('change', fold);
    fold();
  }
}

function followContents() {
  const links = [...document.querySelectorAll('.contents a')];
  if (links.length === 0) return;
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

// What counts is where the reader stayed before going up to the switch.
function keepSection(headings) {
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
  const [, at, total] = location.hash.match(/^#_section-(\d+)-(\d+)$/) ?? [];
  if (at === undefined) return;
  const heading = Number(total) === headings.length ? headings[at] : null;
  history.replaceState(null, '', heading ? `#${heading.id}` : location.pathname + location.search);
  heading?.scrollIntoView();
}

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
      ? isPlain && dataset.searchKey !== 'off'
      : key.toLowerCase() === 'k' && ctrlKey !== metaKey && !altKey && !shiftKey;
    const isWriting = target.matches('select, textarea, input:not([type="checkbox"])') || target.isContentEditable;
    if (!isSearch || isWriting || event.defaultPrevented || event.repeat || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    search();
  });
  document.querySelector('.search-open')?.addEventListener('click', search);
  large?.addEventListener('focus', load);
}

document.addEventListener('DOMContentLoaded', () => {
  offerAppearance();
  offerSearch();
  unfold();
  followContents();
  const headings = [...document.querySelectorAll('[data-words] :is(h2, h3)[id]')];
  keepSection(headings);
  linkHeadings(headings);
});

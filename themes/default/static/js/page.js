// What every page does with JavaScript and is whole without: the choice of appearance, where the reader is in "On this
// page", links at headings, and a language switch that keeps the section. Runs before the page is shown, or a chosen
// appearance would flash.

const KEPT = 'appearance';
const root = document.documentElement;

/** What the reader chose before; a browser may keep nothing. */
function kept() {
  try { return localStorage.getItem(KEPT) ?? ''; } catch { return ''; }
}

function show(appearance) {
  if (appearance) root.dataset.appearance = appearance;
  else delete root.dataset.appearance;
}

show(kept());

function offerAppearance() {
  const choice = document.querySelector('.appearance');
  if (!choice) return;
  const select = choice.querySelector('select');
  select.value = kept();
  select.addEventListener('change', () => {
    show(select.value);
    try { localStorage.setItem(KEPT, select.value); } catch { /* It holds for this page. */ }
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
  const link = document.querySelector('.language-switch a');
  link?.addEventListener('click', () => {
    const at = scrollY > 0 ? present(headings) : -1;
    link.hash = at < 0 ? '' : `_section-${at}-${headings.length}`;
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

document.addEventListener('DOMContentLoaded', () => {
  offerAppearance();
  unfold();
  followContents();
  const headings = [...document.querySelectorAll('[data-words] :is(h2, h3)[id]')];
  keepSection(headings);
  linkHeadings(headings);
});

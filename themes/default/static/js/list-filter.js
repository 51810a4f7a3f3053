// Filters a list in place: the links of `components/filters/` become boxes that can be combined and are counted. What
// is chosen is in the address (`?status=in_force&parties=partners/csc`), the same in both languages. A list on one page
// is filtered in place; for a longer one, what matches is read from its data when it is first needed. The script holds
// no word and no markup; without it every link leads to a list made beforehand.

const SHOWN_AT_ONCE = 100;

const list = document.getElementById('_list');
const filters = document.querySelector('.filters');
const words = list.dataset;
const total = list.querySelector('.total');
const whole = list.querySelector('.list-whole');
const reset = filters.querySelector('.filters-reset');
const languageSwitch = document.querySelector('.language-switch a');
const languageSwitchHref = languageSwitch?.getAttribute('href');
const home = new URL(words.home, location.href);
const isHome = home.pathname === location.pathname;
const plural = new Intl.PluralRules(words.lang);
const number = new Intl.NumberFormat(`${words.lang}-CA`);
const totalAtFirst = total.textContent;

let entries = words.list ? undefined : entriesOfPage();
let results;
let shown = SHOWN_AT_ONCE;
let asked = 0;

const boxes = [...filters.querySelectorAll('details[data-filter]')].flatMap(boxesOf);

// What is chosen: by filter, the keys of which an entry must have one.

function chosenInAddress() {
  const names = new Set([...filters.querySelectorAll('[data-filter]')].map((filter) => filter.dataset.filter));
  const chosen = {};
  for (const [name, key] of new URLSearchParams(location.search)) {
    if (names.has(name)) (chosen[name] ??= []).push(key);
  }
  return chosen;
}

/** What a list that is already filtered is filtered by. */
function chosenByPage() {
  const chosen = {};
  for (const box of boxes.filter((box) => box.atFirst)) (chosen[box.name] ??= []).push(box.key);
  return chosen;
}

function query(chosen) {
  const parameters = new URLSearchParams();
  for (const [name, keys] of Object.entries(chosen)) {
    for (const key of keys) parameters.append(name, key);
  }
  const text = parameters.toString();
  return text ? `?${text}` : '';
}

const matches = (entry, chosen) =>
  Object.entries(chosen).every(([name, keys]) => keys.some((key) => entry.keys[name]?.includes(key)));

// The boxes: each link of a filter becomes one.

function boxesOf(filter) {
  const name = filter.dataset.filter;
  const group = filter.querySelector('ul');
  group.setAttribute('role', 'group');
  group.setAttribute('aria-labelledby', filter.querySelector('summary').id);
  return [...group.querySelectorAll('a[data-key]')].flatMap((link) => {
    const item = link.closest('li');
    const { key } = link.dataset;
    if (!key) {
      item.remove();
      return [];
    }
    item.setAttribute('role', 'none');
    const label = document.createElement('label');
    label.className = link.className;
    const input = document.createElement('input');
    input.type = 'checkbox';
    label.append(input, ' ', ...link.childNodes);
    link.replaceWith(label);
    const box = { name, key, input, href: link.href, atFirst: link.hasAttribute('aria-current') };
    box.count = label.querySelector('.choice-count');
    box.countAtFirst = box.count.textContent;
    input.addEventListener('change', () => choose(box));
    return [box];
  });
}

function choose(box) {
  const chosen = isHome ? chosenInAddress() : chosenByPage();
  const others = (chosen[box.name] ?? []).filter((key) => key !== box.key);
  chosen[box.name] = box.input.checked ? [...others, box.key] : others;
  if (isHome) {
    history.pushState(null, '', query(chosen) || location.pathname);
    show(box);
  } else {
    location.assign(home.pathname + query(chosen));
  }
}

// The entries: those on the page, or those of the list's data.

function entriesOfPage() {
  const items = [...whole.querySelectorAll('.entry')];
  return items.map((item) => ({
    item,
    href: item.querySelector('a').getAttribute('href'),
    keys: JSON.parse(item.dataset.keys ?? '{}'),
  }));
}

async function load() {
  const answer = await fetch(words.list);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

async function show(cause) {
  const chosen = isHome ? chosenInAddress() : chosenByPage();
  const turn = ++asked;
  const isNarrowed = Object.values(chosen).some((keys) => keys.length);
  if (isNarrowed && isHome && !entries) {
    try {
      entries = await load();
    } catch {
      // The list made beforehand is still there.
      if (cause) location.assign(cause.href);
      return;
    }
    if (turn !== asked) return;
  }
  shown = SHOWN_AT_ONCE;
  showBoxes(chosen);
  reset.hidden = !isNarrowed;
  if (isHome) {
    if (words.list) showResults(isNarrowed ? entries.filter((entry) => matches(entry, chosen)) : undefined);
    else showInPlace(chosen);
    if (languageSwitch) languageSwitch.setAttribute('href', languageSwitchHref + query(chosen));
  }
}

function showBoxes(chosen) {
  for (const box of boxes) {
    box.input.checked = chosen[box.name]?.includes(box.key) ?? false;
    if (box.input.checked) box.input.closest('details').open = true;
    if (!isHome || !entries) continue;
    // What choosing this box as well would leave: its own filter's other keys do not count.
    const { [box.name]: own, ...others } = chosen;
    const left = entries.filter((entry) => entry.keys[box.name]?.includes(box.key) && matches(entry, others));
    box.count.textContent = number.format(new Set(left.map((entry) => entry.href)).size);
  }
}

function showInPlace(chosen) {
  const left = new Set();
  for (const entry of entries) {
    entry.item.hidden = !matches(entry, chosen);
    if (!entry.item.hidden) left.add(entry.href);
  }
  for (const group of whole.querySelectorAll('section')) {
    group.hidden = !group.querySelector('.entry:not([hidden])');
  }
  showTotal(left.size);
}

function showResults(left) {
  whole.hidden = left !== undefined;
  results?.forEach((element) => element.remove());
  results = undefined;
  if (!left) {
    total.textContent = totalAtFirst;
    for (const box of boxes) box.count.textContent = box.countAtFirst;
    return;
  }
  showTotal(left.length);
  const frame = list.querySelector('template:not([data-entry])').content.cloneNode(true);
  const items = frame.querySelector('.entries');
  items.append(...left.slice(0, shown).map(item));
  const more = frame.querySelector('[data-action="more"]');
  const rest = left.length - shown;
  if (rest > 0) {
    more.textContent = more.dataset.words.replace('{count}', number.format(Math.min(rest, SHOWN_AT_ONCE)));
    more.addEventListener('click', () => {
      const next = shown;
      shown += SHOWN_AT_ONCE;
      showResults(left);
      list.querySelectorAll(':scope > .entries a')[next]?.focus();
    });
  } else {
    more.parentElement.remove();
  }
  results = [...frame.children];
  list.append(frame);
}

function item(entry) {
  const element = list.querySelector('template[data-entry]').content.cloneNode(true);
  const link = element.querySelector('a');
  link.href = entry.href;
  // Made of the record's title by the same writer as the page itself.
  link.innerHTML = entry.title_html;
  const status = element.querySelector('.status');
  if (entry.status) {
    const [tone, text] = entry.status;
    status.classList.add(`status-${tone}`);
    status.textContent = text;
  } else {
    status.remove();
  }
  return element;
}

function showTotal(count) {
  const text = (words[plural.select(count)] ?? words.other).replace('{count}', number.format(count));
  if (total.textContent !== text) total.textContent = text;
}

reset.addEventListener('click', (event) => {
  if (!isHome || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, '', location.pathname);
  show();
  filters.querySelector('summary').focus();
});
addEventListener('popstate', () => show());
show();

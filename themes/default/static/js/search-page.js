// Fills the results page: the question and its filters live in the address, the answers come from the search engine's
// script, and every word and piece of markup comes from `components/results/results.html`. Links stay links, so that
// results can be opened, shared and gone back to as anywhere else; the focus is never moved while someone types.

const PAGE_SIZE = 10;
// While someone types, the engine is asked at once and then at most this often, in milliseconds.
const TYPING_PAUSE = 80;
const LOADING_PAUSE = 300;
const ANNOUNCEMENT_PAUSE = 1000;
const FILTERS_AT_FIRST = 4;
const VALUES_AT_FIRST = 6;
const QUESTION_SHOWN = 80;
const TEXT_PARAMETER = 'q';
const PAGE_PARAMETER = 'page';
const TYPED_PARAMETER = 'typed';
const TYPE_FILTER = 'type';
const ELSEWHERE_AT_FIRST = 3;

const results = document.getElementById('_results');
const words = results.dataset;
const find = (selector) => results.querySelector(selector);
const frame = find('.results-frame');
const heading = find('.results-heading');
const help = find('.results-help');
const list = find('.entries');
const corrected = find('.results-corrected');
const note = find('.results-note');
const pages = find('.pagination');
const elsewhere = find('.results-elsewhere');
const skip = find('.results-skip');
const elsewhereWay = find('.results-elsewhere-way');
const filtersPanel = find('.split-side');
const filtersDetails = find('.results-filters');
const filtersForm = find('.filters');
const resetButton = find('[data-action="reset"]');
const status = find('[role="status"]');
const form = document.querySelector('.search-form form');
const input = form.elements[TEXT_PARAMETER];
const languageSwitch = document.querySelector('.language-switch a');
const languageSwitchHref = languageSwitch?.getAttribute('href');
const plural = new Intl.PluralRules(words.lang);
const number = new Intl.NumberFormat(`${words.lang}-CA`);

let engine;
let attempts = 0;
let asked = 0;
let shownText;
// The open filters, by the id of their summary, once a reader has seen them.
const folds = new Map();
let announcement;
let pause;
// Whether the question was sent: what is typed after it is another one, and Back leads to it.
let isSettled = false;
let askedAt = 0;
const pageTitle = document.title;

// The question: what the address says.

function readQuestion() {
  // Of no kind: a name in an address may be that of what every object has.
  const filters = Object.create(null);
  let text = '';
  let page = 1;
  let typed = false;
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name === TEXT_PARAMETER) text = value;
    else if (name === PAGE_PARAMETER) page = Math.max(1, Number.parseInt(value, 10) || 1);
    else if (name === TYPED_PARAMETER) typed = true;
    else if (value) (filters[name] ??= []).push(value);
  }
  return { text, page, filters, typed };
}

function address({ text, page, filters, typed }) {
  const parameters = new URLSearchParams();
  if (text) parameters.set(TEXT_PARAMETER, text);
  for (const [name, values] of Object.entries(filters)) {
    for (const value of values) parameters.append(name, value);
  }
  if (page > 1) parameters.set(PAGE_PARAMETER, page);
  if (typed) parameters.set(TYPED_PARAMETER, '1');
  const query = parameters.toString();
  return query ? `?${query}` : location.pathname;
}

function go(question, { replace = false } = {}) {
  const target = address(question);
  if (target !== (location.search || location.pathname)) {
    history[replace ? 'replaceState' : 'pushState'](null, '', target);
  }
  return answer();
}

// The answer: asked from the engine, shown unless a later question has overtaken it.

async function answer() {
  clearTimeout(pause);
  askedAt = performance.now();
  const question = readQuestion();
  const turn = ++asked;
  document.title = question.text.trim() ? `${question.text.trim()} – ${pageTitle}` : pageTitle;
  if (languageSwitch) languageSwitch.setAttribute('href', languageSwitchHref + location.search);
  if (!question.text.trim()) {
    show('idle', '');
    return;
  }
  const loading = setTimeout(() => turn === asked && showLoading(), LOADING_PAUSE);
  try {
    const found = await ask(question);
    if (turn !== asked) return;
    // An address may name a page that there is not: the last one answers for it.
    const last = Math.ceil((found.total + (found.partial ?? 0)) / PAGE_SIZE);
    if (last > 0 && question.page > last) {
      go({ ...question, page: last }, { replace: true });
      return;
    }
    const without = isEmpty(found) && isNarrowed(question) ? await ask({ ...question, filters: {}, page: 1 }) : null;
    if (turn === asked) showAnswer(question, found, without);
  } catch (error) {
    if (turn === asked) showFailure();
    console.warn(error);
  } finally {
    clearTimeout(loading);
    if (turn === asked) results.removeAttribute('aria-busy');
  }
}

const isEmpty = (found) => found.total + (found.partial ?? 0) === 0;
const isNarrowed = ({ filters }) => Object.keys(filters).length > 0;

async function ask({ text, page, filters, typed }) {
  engine ??= openEngine();
  try {
    const opened = await engine;
    return await opened.query(text, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE, filters, correct: !typed });
  } catch (error) {
    engine = undefined;
    throw error;
  }
}

// A browser may remember that a module failed to load; another fragment makes it another module of the same file.
async function openEngine() {
  const script = new URL(words.engine, document.baseURI);
  if (attempts++ > 0) script.hash = attempts;
  return (await import(script)).open(words.lang);
}

function showLoading() {
  results.setAttribute('aria-busy', 'true');
  frame.hidden = false;
  heading.textContent = words.loading;
  // The filters have their place before they are known, so that what is below them does not jump.
  if (filtersPanel.hidden) filtersPanel.classList.add('is-awaited');
  filtersPanel.hidden = false;
  announce(words.loading, 0);
}

function showFailure() {
  if (navigator.onLine) show('failed', words.failed);
  else show('offline', words.offline);
}

// Shows a state that has no results: a heading and the help that belongs to it.
function show(state, title) {
  frame.hidden = false;
  shownText = undefined;
  heading.textContent = title;
  heading.hidden = !title;
  help.replaceChildren(copies(state));
  list.replaceChildren();
  corrected.hidden = true;
  note.hidden = true;
  elsewhere.hidden = true;
  elsewhereWay.hidden = true;
  pages.hidden = true;
  filtersPanel.classList.remove('is-awaited');
  filtersPanel.hidden = true;
  skip.hidden = true;
  announce(title, 0);
}

function showAnswer(question, found, without) {
  const { partial = 0, missing = [] } = found;
  // Where no page in this language answers, the results are those of the other language.
  const allElsewhere = found.other && found.results === found.other.results;
  const count = found.total || partial;
  const what = found.total > 0 ? (allElsewhere ? 'elsewhere' : 'results') : 'partial';
  const title = count > 0 ? counted(what, count, question) : fill(words.none, { query: inShort(question.text) });
  frame.hidden = false;
  heading.hidden = false;
  heading.textContent = title;
  help.replaceChildren(...(count > 0 ? [] : [copies('none')]));
  // The question goes along into the other language.
  const otherWay = help.querySelector('.results-other-way');
  if (otherWay) otherWay.href = languageSwitch.getAttribute('href');
  skip.hidden = false;
  showNote(question, { ...found, partial, missing }, without);
  showFilters(question, found);
  const types = found.filters.find((filter) => filter.name === TYPE_FILTER)?.values ?? [];
  const labels = new Map(types.map(({ key, label }) => [key, label]));
  list.start = (question.page - 1) * PAGE_SIZE + 1;
  list.replaceChildren(...found.results.map((result) => entry(result, labels)));
  const offer = showElsewhere(question, allElsewhere ? null : found.other, labels);
  showCorrected(question, found.corrected);
  showPages(question, found.total + partial);
  shownText = question.text;
  announce([title, offer].filter(Boolean).join('. '), ANNOUNCEMENT_PAUSE);
}

const counted = (what, count, { text }) => fill(words[what + capitalized(plural.select(count))] ?? words[`${what}Other`], {
  count: number.format(count),
  query: inShort(text),
});

// A question as a heading shows it: a long one would push the results off the screen.
function inShort(text) {
  const letters = [...text.trim()];
  return letters.length > QUESTION_SHOWN ? `${letters.slice(0, QUESTION_SHOWN).join('').trimEnd()}…` : letters.join('');
}

// What is worth knowing of the answer as a whole: words that no page has, pages with only some of the words, and what
// there is without the filters.
function showNote(question, { total, partial, missing }, without) {
  const list = new Intl.ListFormat(`${words.lang}-CA`);
  const sentences = [];
  if (missing.length > 0) {
    sentences.push(fill(words.missing, { words: list.format(missing.map((word) => fill(words.quoted, { word }))) }));
  }
  if (total > 0 && partial > 0) sentences.push(counted('more', partial, question));
  note.textContent = sentences.join(' ');
  const count = without ? without.total || without.partial || 0 : 0;
  if (count > 0) {
    const link = document.createElement('a');
    link.href = address({ ...question, page: 1, filters: {} });
    link.textContent = counted('unfiltered', count, question);
    note.append(' ', link);
  }
  note.hidden = !note.textContent.trim();
}

// A page of the other language that has a twin is offered as that twin; what was found is below, marked.
function entry(result, labels) {
  const item = copy('result');
  const part = (name) => item.querySelector(`.entry-${name}`);
  const isForeign = result.lang !== words.lang;
  const twin = isForeign ? result.twin : null;
  const show = (link, { url, title }, lang) => {
    link.href = url;
    link.textContent = title;
    if (lang !== words.lang) link.hreflang = link.lang = lang;
  };
  show(part('title').firstElementChild, twin ?? result, twin ? words.lang : result.lang);
  if (twin) show(part('twin').firstElementChild, result, result.lang);
  else part('twin').remove();
  part('type').textContent = labels.get(result.type) ?? '';
  part('status').textContent = [result.status, result.date].filter(Boolean).join(' · ');
  const why = words[`why${capitalized(result.why?.by ?? 'none')}`];
  // The type is said already.
  if (why && result.why.text !== labels.get(result.type)) part('why').textContent = fill(why, result.why);
  else part('why').remove();
  if (!isForeign || twin) part('kind .entry-language').remove();
  if (!part('kind').textContent.trim()) part('kind').remove();
  part('summary').innerHTML = result.excerpt;
  if (isForeign) part('summary').lang = result.lang;
  if (result.section?.anchor) {
    const sectionLink = part('section').querySelector('a');
    sectionLink.href = `${result.url}#${result.section.anchor}`;
    sectionLink.textContent = result.section.heading;
    sectionLink.lang = result.lang;
  } else {
    part('section').remove();
  }
  return item;
}

// What the other language has for words that this one does not know, after the results; returns how it is announced.
function showElsewhere(question, other, labels) {
  const isShown = Boolean(other?.total) && question.page === 1;
  elsewhere.hidden = !isShown;
  elsewhereWay.hidden = !isShown;
  if (!isShown) return '';
  const title = counted('elsewhere', other.total, question);
  elsewhere.querySelector('h2').textContent = title;
  elsewhereWay.firstElementChild.textContent = title;
  const first = other.results.slice(0, ELSEWHERE_AT_FIRST);
  elsewhere.querySelector('.entries').replaceChildren(...first.map((result) => entry(result, labels)));
  const all = elsewhere.querySelector('.results-elsewhere-all');
  all.hidden = other.total <= first.length || !languageSwitch;
  if (!all.hidden) {
    all.firstElementChild.href = languageSwitch.getAttribute('href');
    all.firstElementChild.hreflang = other.lang;
  }
  return title;
}

function showCorrected(question, text) {
  corrected.hidden = !text;
  if (!text) return;
  const [link, back] = corrected.querySelectorAll('a');
  link.textContent = text;
  link.setAttribute('href', address({ ...question, text, page: 1 }));
  back.textContent = question.text.trim();
  back.setAttribute('href', address({ ...question, typed: true, page: 1 }));
}

function showPages(question, total) {
  const last = Math.ceil(total / PAGE_SIZE);
  pages.hidden = last < 2;
  pages.querySelector('.pagination-place').textContent = fill(words.pageOf, {
    page: number.format(question.page),
    total: number.format(last),
  });
  for (const [rel, page] of [['prev', question.page - 1], ['next', question.page + 1]]) {
    const link = pages.querySelector(`[rel="${rel}"]`);
    link.hidden = page < 1 || page > last;
    link.setAttribute('href', address({ ...question, page }));
  }
}

// Filters. While the text stays the same they are brought up to date in place, so that the focus stays where it is. One
// that would leave every result is left out, unless it is already shown.

function showFilters(question, { filters, total }) {
  const chosenOf = (name) => question.filters[name] ?? [];
  const isChosen = filters.some(({ name }) => chosenOf(name).length > 0);
  const inPlace = shownText === question.text;
  if (!inPlace) clearFilters();
  const narrows = ({ name, values }) => values.some(({ key, count }) => count < total || chosenOf(name).includes(key));
  const shown = filters.filter((filter) => groupOf(filter.name) || narrows(filter));
  filtersPanel.classList.remove('is-awaited');
  filtersPanel.hidden = shown.length === 0 && !isChosen;
  resetButton.hidden = !isChosen;
  const front = frontFilters(shown, chosenOf);
  const last = new Map();
  for (const filter of shown) {
    const place = groupOf(filter.name)?.parentElement ?? (front.has(filter.name) ? filtersForm : restOfFilters());
    last.set(place, showFilter(filter, chosenOf(filter.name), place, last.get(place)));
  }
  if (!inPlace) return;
  const live = new Set(shown.flatMap(({ name, values }) => values.map(({ key }) => boxId(name, key))));
  for (const box of filtersForm.querySelectorAll('input')) {
    if (!live.has(box.id)) {
      box.checked = chosenOf(box.name).includes(box.value);
      box.closest('label').querySelector('.choice-count').textContent = number.format(0);
    }
  }
}

const groupOf = (name) => filtersForm.querySelector(`[data-filter="${CSS.escape(name)}"]`);

// Of the filters that are not shown yet: the type, what is chosen, and those that apply to the most results.
function frontFilters(shown, chosenOf) {
  const free = FILTERS_AT_FIRST - filtersForm.querySelectorAll(':scope > [data-filter]').length;
  const isWanted = ({ name }) => name === TYPE_FILTER || chosenOf(name).length > 0;
  const said = ({ values }) => values.reduce((sum, { count }) => sum + count, 0);
  const fresh = shown.filter(({ name }) => !groupOf(name));
  // A single one is not worth folding.
  if (fresh.length > free + 1 || find('.filters-rest')) {
    fresh.sort((a, b) => isWanted(b) - isWanted(a) || said(b) - said(a)).splice(Math.max(0, free));
  }
  return new Set(fresh.map(({ name }) => name));
}

// Where the other filters are, folded together.
function restOfFilters() {
  let rest = find('.filters-rest');
  if (!rest) {
    rest = copy('rest');
    rest.open = folds.get(rest.firstElementChild.id) ?? false;
    filtersForm.append(rest);
  }
  return rest.lastElementChild;
}

function showFilter({ name, label, values }, chosen, place, before) {
  const group = groupOf(name) ?? newGroup(name, label, place, before);
  const rest = group.closest('.filters-rest');
  for (const { key, label: text, count } of values) {
    const id = boxId(name, key);
    let box = document.getElementById(id);
    if (!box) {
      const choice = copy('choice');
      choice.querySelector('.choice-label').textContent = text;
      box = choice.querySelector('input');
      Object.assign(box, { id, name, value: key });
      placeFor(group, chosen.includes(key)).append(choice);
    }
    // What is chosen is seen; a reader may fold it away afterwards.
    if (chosen.includes(key) && !box.checked) {
      group.open = true;
      if (rest) rest.open = true;
    }
    box.checked = chosen.includes(key);
    box.closest('label').querySelector('.choice-count').textContent = number.format(count);
  }
  const more = group.querySelector('.filters-more');
  if (more) more.firstElementChild.textContent = fill(words.more, { count: number.format(group.querySelectorAll('input').length) });
  return group;
}

function newGroup(name, label, place, before) {
  const group = copy('filter');
  const [summary, items] = group.children;
  group.dataset.filter = name;
  summary.textContent = label;
  summary.id = `_filter-${name}`;
  items.setAttribute('role', 'group');
  items.setAttribute('aria-labelledby', summary.id);
  group.open = folds.get(summary.id) ?? name === TYPE_FILTER;
  if (before) before.after(group);
  else place.prepend(group);
  return group;
}

// The first values of a filter are seen as soon as it is open, and so are chosen ones; the others behind "show all".
function placeFor(group, isChosen) {
  const [summary, items] = group.children;
  if (isChosen || items.querySelectorAll(':scope > li > label').length < VALUES_AT_FIRST) return items;
  let more = items.querySelector('.filters-more');
  if (!more) {
    const item = copy('more');
    more = item.firstElementChild;
    more.firstElementChild.id = `${summary.id}-_more`;
    more.open = folds.get(more.firstElementChild.id) ?? false;
    items.append(item);
  }
  return more.lastElementChild;
}

function clearFilters() {
  for (const details of filtersForm.querySelectorAll('details')) folds.set(details.firstElementChild.id, details.open);
  filtersForm.replaceChildren();
}

const boxId = (name, key) => `_filter-${name}-${key}`;

function chosenFilters() {
  // Of no kind: a name in an address may be that of what every object has.
  const filters = Object.create(null);
  for (const box of filtersForm.querySelectorAll('input:checked')) (filters[box.name] ??= []).push(box.value);
  return filters;
}

// Small helpers.

const copies = (name) => find(`template[data-for="${name}"]`).content.cloneNode(true);
const copy = (name) => copies(name).firstElementChild;
const capitalized = (word) => word[0].toUpperCase() + word.slice(1);
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

function announce(sentence, delay) {
  clearTimeout(announcement);
  announcement = setTimeout(() => { status.textContent = sentence; }, delay);
}

// What readers do.

form.addEventListener('submit', (event) => {
  event.preventDefault();
  isSettled = true;
  go({ ...readQuestion(), text: input.value, page: 1, typed: false }).then(() => heading.focus());
});

input.addEventListener('input', () => {
  clearTimeout(pause);
  const wait = Math.max(0, askedAt + TYPING_PAUSE - performance.now());
  pause = setTimeout(() => {
    go({ text: input.value, page: 1, filters: chosenFilters() }, { replace: !isSettled });
    isSettled = false;
  }, wait);
});

filtersForm.addEventListener('change', () => go({ text: input.value, page: 1, filters: chosenFilters() }));
filtersForm.addEventListener('submit', (event) => event.preventDefault());

results.addEventListener('click', (event) => {
  const { action } = event.target.dataset;
  if (action === 'retry') answer();
  if (action === 'reset') {
    clearFilters();
    go({ text: input.value, page: 1, filters: {} });
    filtersDetails.firstElementChild.focus();
  }
  const link = event.target.closest('.pagination a, .results-corrected a, .results-note a');
  if (!link) history.replaceState({ scroll: scrollY }, '');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  restore().then(() => heading.focus());
});

function restore() {
  input.value = readQuestion().text;
  return answer();
}

addEventListener('popstate', restore);
addEventListener('online', answer);
filtersDetails.open = matchMedia('(min-width: 62rem)').matches;
// The engine travels while the question is still being typed.
engine = openEngine();
engine.catch(() => { engine = undefined; });
restore().then(() => {
  // Back from a result, a reader finds the list where it was left.
  if (history.state?.scroll) scrollTo(0, history.state.scroll);
});

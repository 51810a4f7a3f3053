// Fills the search dialog that `js/page.js` opens: the five best results while someone types, as plain links, and the way
// to the results page, which asks the same question of the same engine. Every word and piece of markup comes from
// `components/search-dialog/search-dialog.html`. The focus moves only where a reader moves it.

// As many are asked for as the results page shows, which orders those by their words: so the first are the same.
const ASKED = 10;
const BEST = 5;
// While someone types, the engine is asked at once and then at most this often, in milliseconds.
const TYPING_PAUSE = 80;
const LOADING_PAUSE = 300;
const ANNOUNCEMENT_PAUSE = 1000;

/** Brings a dialog to life; the engine begins to load. */
export function fill(dialog) {
  const words = dialog.dataset;
  const find = (selector) => dialog.querySelector(selector);
  const form = find('.search-form form');
  const input = find('input[type="search"]');
  const list = find('.search-dialog-found');
  const said = find('.search-dialog-said');
  const way = find('.search-dialog-way');
  const status = find('[role="status"]');
  const template = find('template').content.firstElementChild;
  const plural = new Intl.PluralRules(words.lang);
  const number = new Intl.NumberFormat(`${words.lang}-CA`);
  let engine;
  let attempts = 0;
  let asked = 0;
  let askedAt = -Infinity;
  let pause;
  let announcement;

  // A browser may remember that a module failed to load; another fragment makes it another module of the same file.
  async function openEngine() {
    const script = new URL(words.engine, document.baseURI);
    if (attempts++ > 0) script.hash = attempts;
    return (await import(script)).open(words.lang);
  }

  async function ask(text) {
    engine ??= openEngine();
    try {
      return await (await engine).query(text, { limit: ASKED });
    } catch (error) {
      engine = undefined;
      throw error;
    }
  }

  async function answer() {
    askedAt = performance.now();
    const text = input.value.trim();
    const turn = ++asked;
    if (!text) return show('', []);
    const loading = setTimeout(() => turn === asked && say(words.loading), LOADING_PAUSE);
    try {
      const found = await ask(text);
      if (turn === asked) showAnswer(text, found);
    } catch (error) {
      if (turn === asked) show(words.failed, [], words.failedWay, words.index);
      console.warn(error);
    } finally {
      clearTimeout(loading);
    }
  }

  function showAnswer(text, { total, partial = 0, results, filters }) {
    const count = total || partial;
    const address = `${form.getAttribute('action')}?${new URLSearchParams({ q: text })}`;
    if (count === 0) return show(fillIn(words.none, { query: text }), [], words.noneWay, address);
    const types = new Map(filters.find(({ name }) => name === 'type')?.values.map(({ key, label }) => [key, label]));
    const all = counted('all', total + partial, text);
    const begun = folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    show('', results.slice(0, BEST).map((result) => item(result, types, begun)), all, address);
    announce(counted(total ? 'results' : 'partial', count, text));
  }

  /** Shows a sentence or results, and a way to more. */
  function show(sentence, items, more, address) {
    say(sentence);
    list.replaceChildren(...items);
    way.hidden = !more;
    if (more) Object.assign(way.firstElementChild, { textContent: more, href: address });
  }

  function say(sentence) {
    said.textContent = sentence;
    said.hidden = !sentence;
    announce(sentence);
  }

  function announce(sentence) {
    clearTimeout(announcement);
    announcement = setTimeout(() => { status.textContent = sentence; }, ANNOUNCEMENT_PAUSE);
  }

  // A page of the other language that has a twin is offered as that twin.
  function item(result, types, begun) {
    const copy = template.cloneNode(true);
    const [link, language] = copy.children;
    const [title, about] = link.children;
    const isForeign = result.lang !== words.lang;
    const shown = (isForeign && result.twin) || result;
    link.href = shown.url;
    title.append(...marked(shown.title, begun));
    if (isForeign && shown === result) link.hreflang = title.lang = result.lang;
    else language.remove();
    const type = types.get(result.type);
    const isCalled = result.why?.by === 'keyword' && result.why.text !== type;
    about.textContent = [type, isCalled && fillIn(words.whyKeyword, result.why)].filter(Boolean).join(' · ');
    return copy;
  }

  const folded = (words) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

  /** A title in which the words that begin like one that was typed are marked, as far as that goes. */
  function marked(title, begun) {
    return title.split(/([\p{L}\p{N}]+)/u).flatMap((part, at) => {
      const typed = at % 2 && begun.filter((word) => folded(part).startsWith(word)).sort((a, b) => b.length - a.length)[0];
      if (!typed) return [part];
      const mark = document.createElement('mark');
      mark.textContent = part.slice(0, typed.length);
      return [mark, part.slice(typed.length)];
    });
  }

  const fillIn = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const counted = (what, count, query) => fillIn(words[`${what}${plural.select(count) === 'one' ? 'One' : 'Other'}`], {
    count: number.format(count),
    query,
  });

  input.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(answer, Math.max(0, askedAt + TYPING_PAUSE - performance.now()));
  });

  // The arrows go from the field to the results and back, for those who expect it; Tab does so for everyone.
  dialog.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [input, ...dialog.querySelectorAll('.search-dialog-found a, .search-dialog-way:not([hidden]) a')];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (!step || event.isComposing || !stops.includes(document.activeElement)) return;
    event.preventDefault();
    next?.focus();
  });

  // One press closes it, also where a browser would first empty the field; so does a press beside it.
  dialog.addEventListener('keydown', ({ key, isComposing }) => { if (key === 'Escape' && !isComposing) dialog.close(); });
  dialog.addEventListener('click', ({ target }) => { if (target === dialog) dialog.close(); });

  // A key of a single character must not be in anybody's way; `js/page.js` asks the root.
  const { dataset } = document.documentElement;
  const box = find('[type="checkbox"]');
  box.checked = dataset.searchKey !== 'off';
  box.addEventListener('change', () => {
    dataset.searchKey = box.checked ? '' : 'off';
    try { localStorage.setItem('search-key', dataset.searchKey); } catch { /* It holds for this page. */ }
  });

  engine = openEngine();
  engine.catch(() => { engine = undefined; });
  // What was typed before this script arrived.
  if (input.value.trim()) answer();
}

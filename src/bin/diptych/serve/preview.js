// The preview's part of a page: follows the site, and a slim bar above the page that leads to the editor and to the mistakes,
// this page's first. It never covers the page.

import { follow } from '/_diptych/follow.js';

const WORDS = {
  en: {
    bar: 'Preview', edit: 'Edit this page', desk: 'All pairs', show: 'Show', hide: 'Hide', none: 'No mistakes.',
    here: (n) => (n === 1 ? '1 mistake on this page' : `${n} mistakes on this page`), all: (n) => `${n} in the whole site`, line: 'line', why: 'Why?', manual: 'Manual',
  },
  fr: {
    bar: 'Aperçu', edit: 'Modifier cette page', desk: 'Toutes les paires', show: 'Afficher', hide: 'Masquer', none: 'Aucune erreur.',
    here: (n) => (n < 2 ? `${n} erreur sur cette page` : `${n} erreurs sur cette page`), all: (n) => `${n} dans tout le site`, line: 'ligne', why: 'Pourquoi?', manual: 'Manuel',
  },
};
const OPEN = 'diptych-open';

const sheet = document.createElement('link');
sheet.rel = 'stylesheet';
sheet.href = '/_diptych/preview.css';
document.head.append(sheet);

const page = decodeURIComponent(location.pathname).replace(/^\//, '');
let bar = null;

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Which of the files of this page's record a mistake is in: facts, en or fr. */
function part(mistake, record) {
  const endings = { facts: '.yaml', en: '.en.md', fr: '.fr.md' };
  return record && Object.keys(endings).find((which) => `/${mistake.file}`.endsWith(`/${record}${endings[which]}`));
}

function show({ lang, record, mistakes, errors, here, total }) {
  const words = WORDS[lang] ?? WORDS.en;
  const kind = total === 0 ? 'clean' : errors ? 'errors' : 'warnings';
  const fresh = element('section', { id: 'diptych-bar', lang, class: kind, 'aria-label': words.bar });
  const edit = record ? `/_diptych/edit/${record.split('/').map(encodeURIComponent).join('/')}` : null;
  const told = total === 0 ? words.none : `${words.here(here)} · ${words.all(total)}`;
  fresh.append(element('p', {}, told));
  if (total > 0) {
    const list = element('ul', { id: 'diptych-list' });
    for (const mistake of mistakes.slice(0, 50)) {
      const which = part(mistake, record);
      const place = `${mistake.file}, ${words.line} ${mistake.line}`;
      const where = which ? element('a', { href: `${edit}#${which}-${mistake.line}-${mistake.column}` }, place) : place;
      const why = element('a', { href: `/_diptych/help/${mistake.name}`, 'aria-label': `${words.why} ${mistake.name}` }, words.why);
      list.append(element('li', { class: mistake.severity }, where, ' : ', `${mistake.message}. ${mistake.help} `, why));
    }
    const button = element('button', { type: 'button', 'aria-controls': 'diptych-list' });
    const open = (is) => {
      list.hidden = !is;
      button.setAttribute('aria-expanded', String(is));
      button.textContent = is ? words.hide : words.show;
      sessionStorage.setItem(OPEN, is ? 'yes' : 'no');
    };
    open(sessionStorage.getItem(OPEN) === 'yes');
    button.addEventListener('click', () => open(list.hidden));
    fresh.append(button, list);
  }
  const links = element('p', {});
  if (edit) links.append(element('a', { href: edit }, words.edit), ' ');
  links.append(element('a', { href: '/_diptych/' }, words.desk), ' ', element('a', { href: '/_diptych/help/' }, words.manual));
  fresh.insertBefore(links, fresh.querySelector('ul'));
  if (bar) bar.replaceWith(fresh);
  else document.body.prepend(fresh);
  bar = fresh;
}

/** Shows how the site stands now. */
async function draw() {
  const answer = await fetch(`/_diptych/next?${new URLSearchParams({ page })}`, { cache: 'no-store' });
  show(await answer.json());
}

follow(() => location.reload(), (is) => {
  // The first answer, or the first one after the program was started: without errors, and with no words to be lost.
  if (is && !bar) draw().catch(() => {});
});

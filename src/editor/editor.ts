// The editor of Diptych in the browser: the desk, the page of one pair, or that of the search, by the address.

import * as api from './api';
import { open as openDesk } from './desk';
import { h } from './dom';
import { open as openPair } from './pair';
import { open as openSearch } from './search';
import { t } from './words';

const EDIT = '/_diptych/edit/';
const SEARCH = '/_diptych/search';

async function start(): Promise<HTMLElement> {
  const site = await api.site();
  const path = decodeURIComponent(location.pathname);
  if (path === SEARCH) return openSearch(site);
  return path.startsWith(EDIT) ? openPair(site, path.slice(EDIT.length)) : openDesk(site);
}

start().then(
  (page) => document.body.prepend(page),
  (error: { status?: number }) => {
    const words = error.status === 404 ? t.notFound : error.status === 0 ? t.unanswered : t.failed;
    document.body.prepend(h('main', {}, h('h1', {}, 'Diptych'), h('p', { role: 'alert' }, words), h('p', {}, h('a', { href: '/_diptych/' }, t.back))));
  },
);

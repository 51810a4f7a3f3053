// The editor of Diptych in the browser: the desk, the page of one pair, or that of the search, by the address.

import * as api from './api';
import { open as openDesk } from './desk';
import { h } from './dom';
import { open as openPair } from './pair';
import { addressOf } from './plan';
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

/** Why there is no page, and where to go on. */
interface Refusal { status?: number; answer?: { moved_to?: string | null; nearest?: string | null } | null }

async function explained({ status, answer }: Refusal): Promise<HTMLElement> {
  const words = status === 404 ? t.notFound : status === 0 ? t.unanswered : t.failed;
  const id = answer?.moved_to ?? answer?.nearest;
  const row = id ? (await api.records().catch(() => [])).find((row) => row.id === id) : undefined;
  const title = row && api.titleOf(row);
  const isMoved = !!answer?.moved_to && title !== undefined;
  const way = title === undefined ? null : h('p', {}, h('a', { href: addressOf(row!.id) }, isMoved ? t.goThere : t.meant(title)));
  return h('main', {}, h('h1', {}, 'Diptych'), h('p', { role: 'alert' }, isMoved ? t.nowCalled(title) : words), way,
    h('p', {}, h('a', { href: '/_diptych/' }, t.back)));
}

start().catch(explained).then((page) => document.body.prepend(page));

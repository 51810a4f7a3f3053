// Copies of words that are not saved, in this browser: they outlive the page and the program, and are offered, never forced.

import type { Copy } from './buffer';

const tab = crypto.getRandomValues(new Uint32Array(2)).join('-');
const PREFIX = 'diptych-copy';

/** Keeps the copies of one site's pages, apart from those of others that are edited at the same address. */
export class Copies {
  constructor(private readonly site: string) {
    // As long as this page is open, its copies are nobody else's.
    void navigator.locks?.request(`${PREFIX}-${tab}`, () => new Promise(() => {}));
  }

  private key(path: string, of = tab): string {
    return [PREFIX, this.site, path, of].join('\n');
  }

  keep(path: string, copy: Copy | null): void {
    try {
      if (copy) localStorage.setItem(this.key(path), JSON.stringify(copy));
      else localStorage.removeItem(this.key(path));
    } catch {
      // The browser keeps nothing, or no more: the file itself is still saved.
    }
  }

  /** The copies of a file that a page left behind which is no longer open, the newest last. */
  async left(path: string): Promise<{ copy: Copy; drop: () => void }[]> {
    const held = await navigator.locks?.query();
    const open = new Set(held?.held?.map((lock) => lock.name));
    const start = this.key(path, '');
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(start));
    const left = keys.filter((key) => !open.has(`${PREFIX}-${key.slice(start.length)}`));
    return left
      .map((key) => ({ copy: JSON.parse(localStorage.getItem(key)!) as Copy, drop: () => localStorage.removeItem(key) }))
      .sort((a, b) => a.copy.at - b.copy.at);
  }
}

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

  /** Keeps a copy, or drops it; whether the browser did. */
  keep(path: string, copy: Copy | null): boolean {
    try {
      if (copy) localStorage.setItem(this.key(path), JSON.stringify(copy));
      else localStorage.removeItem(this.key(path));
      return true;
    } catch {
      // What is kept from before is still better than nothing.
      return false;
    }
  }

  /** The copies of a file that a page left behind which is no longer open, the newest last. */
  async left(path: string): Promise<Left[]> {
    const held = await navigator.locks?.query();
    const open = new Set(held?.held?.map((lock) => lock.name));
    const start = this.key(path, '');
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(start));
    const left = keys.filter((key) => !open.has(`${PREFIX}-${key.slice(start.length)}`));
    return left
      .map((key) => ({ ...readCopy(localStorage.getItem(key) ?? ''), drop: () => localStorage.removeItem(key) }))
      .sort((a, b) => (a.copy?.at ?? 0) - (b.copy?.at ?? 0));
  }
}

/** A copy that was left behind; one that is damaged can only be looked at. */
export interface Left { copy: Copy | null; text: string; drop: () => void }

export function readCopy(kept: string): { copy: Copy | null; text: string } {
  try {
    const copy = JSON.parse(kept) as Copy;
    const is = typeof copy.text === 'string' && typeof copy.at === 'number' && typeof copy.base?.text === 'string' && copy.base.version !== undefined;
    return is ? { copy, text: copy.text } : { copy: null, text: kept };
  } catch {
    return { copy: null, text: kept };
  }
}

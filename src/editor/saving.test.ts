// Never lose a word: thousands of orders of what two pages, somebody with another program, a server that ends at any
// moment and a browser that crashes can do to one file. After each step every word that was typed is in the file, on a page,
// or in a copy that is offered; and no word is written over that nobody has seen.

import type { Saved } from './api';
import { Buffer, type Copy, type Disk } from './buffer';
import { chance } from './chance';
import { Lines } from './lines';

const settle = async () => {
  for (let turn = 0; turn < 12; turn++) await Promise.resolve();
};

class Run {
  file: string | null = 'start';
  version = 1;
  readonly copies = new Map<string, Copy>();
  readonly typed = new Set<string>();
  readonly under: { run: () => void; lose: () => void }[] = [];
  readonly timers = new Set<() => void>();
  readonly pages: { buffer: Buffer; name: string }[] = [];
  private made = 0;
  clock = 0;

  get disk(): Disk {
    return this.file === null ? { version: null, text: '' } : { version: String(this.version), text: this.file };
  }

  open(): void {
    const name = `page-${this.made++}`;
    let buffer: Buffer;
    const world = {
      now: () => this.clock++,
      later: (run: () => void) => {
        this.timers.add(run);
        return () => this.timers.delete(run);
      },
      keep: (_: string, copy: Copy | null) => void (copy ? this.copies.set(name, copy) : this.copies.delete(name)),
      save: (_: string, text: string, version: string | null) => new Promise<Saved>((answer) => {
        const write = (): Saved => {
          if (this.disk.version !== version) return { is: 'other', version: this.disk.version, text: this.file };
          this.file = text;
          this.version++;
          return { is: 'saved', version: String(this.version) };
        };
        // An answer may come late, or never: the server ended before it wrote, or after.
        this.under.push({ run: () => answer(write()), lose: () => { if (this.clock++ % 2) write(); answer({ is: 'unreached' }); } });
      }),
    };
    buffer = new Buffer('file', this.disk, world, () => {}, () => {});
    this.pages.push({ buffer, name });
  }

  check(what: string): void {
    const kept = [this.file ?? '', ...this.pages.map(({ buffer }) => buffer.text), ...[...this.copies.values()].map((copy) => copy.text)];
    for (const word of this.typed) {
      if (!kept.some((text) => text.includes(word))) throw new Error(`${what}: ${word} is lost`);
    }
  }

  word(): string {
    const word = `<${this.made++}>`;
    this.typed.add(word);
    return word;
  }

  async step(next: (below: number) => number): Promise<string> {
    const page = this.pages[next(this.pages.length)]!;
    const kind = next(11);
    switch (kind) {
      case 0: case 1: case 2:
        page.buffer.edit(page.buffer.text + this.word());
        return 'typing';
      case 3: {
        const timer = [...this.timers][next(Math.max(1, this.timers.size))];
        if (timer) { this.timers.delete(timer); timer(); }
        return 'a pause';
      }
      case 4: case 5: {
        const [request] = this.under.splice(next(Math.max(1, this.under.length)), 1);
        request?.run();
        await settle();
        return 'an answer';
      }
      case 6: {
        const [request] = this.under.splice(next(Math.max(1, this.under.length)), 1);
        request?.lose();
        await settle();
        return 'an answer that is lost';
      }
      case 7:
        // Another program changes what it read just before.
        this.file = (this.file ?? '') + this.word();
        this.version++;
        return 'a change elsewhere';
      case 8:
        page.buffer.see(this.disk);
        return 'a look at the disk';
      case 9:
        if (page.buffer.status.is === 'conflict') {
          const { theirs } = page.buffer.status;
          page.buffer.resolve(theirs.text + page.buffer.text);
        } else void page.buffer.save();
        await settle();
        return 'a decision';
      default:
        if (next(3) === 0) {
          // The browser crashes: the page is gone, its copy stays.
          this.pages.splice(this.pages.indexOf(page), 1);
          if (this.pages.length === 0) this.open();
          return 'a crash';
        }
        if (this.file !== null && next(4) === 0) {
          // Somebody removes the file and what was saved in it.
          for (const word of this.typed) if (this.file.includes(word)) this.typed.delete(word);
          this.file = null;
          return 'a file that is gone';
        }
        if (this.pages.length < 3) this.open();
        return 'another page';
    }
  }
}

const RUNS = 4000;
for (let seed = 1; seed <= RUNS; seed++) {
  const next = chance(seed);
  const run = new Run();
  run.open();
  run.open();
  const steps: string[] = [];
  for (let step = 0; step < 60; step++) {
    steps.push(await run.step(next));
    run.check(`run ${seed}: ${steps.slice(-8).join(', ')}`);
  }
  // In the end everybody saves and decides, and the file is what every page shows.
  for (let round = 0; round < 12; round++) {
    while (run.under.length > 0) run.under.shift()!.run();
    await settle();
    for (const { buffer } of run.pages) {
      buffer.see(run.disk);
      if (buffer.status.is === 'conflict') buffer.resolve(buffer.status.theirs.text + buffer.text);
      else void buffer.save();
      while (run.under.length > 0) run.under.shift()!.run();
      await settle();
    }
    run.check(`the end of run ${seed}`);
  }
  for (const { buffer, name } of run.pages) {
    if (buffer.status.is !== 'saved' || buffer.text !== (run.file ?? '') || run.copies.has(name)) {
      throw new Error(`run ${seed} ends with ${JSON.stringify([buffer.status, buffer.text, run.file])}`);
    }
  }
}

// Line ends and marks that were not edited stay.
for (let seed = 1; seed <= 2000; seed++) {
  const next = chance(seed);
  const ends = ['\n', '\r\n', '\r'];
  const whole = Array.from({ length: next(8) }, () => `line${ends[next(3)]}`).join('').replaceAll('\r\n', '\r\n') + 'last';
  const text = (next(2) ? '\ufeff' : '') + whole;
  const lines = new Lines();
  const shown = lines.open(text);
  if (lines.close(shown) !== text) throw new Error(`run ${seed}: ${JSON.stringify(text)}`);
  const all = shown.split('\n');
  const at = next(all.length);
  all[at] += 'x';
  lines.edit(at, at, 1);
  const edited = lines.close(all.join('\n'));
  if (edited.replace('x', '') !== text) throw new Error(`run ${seed}: ${JSON.stringify([text, edited])}`);
}
console.log(`${RUNS} orders of events, and no word was lost`);

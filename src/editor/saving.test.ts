// Never lose a word: thousands of orders of what two pages, somebody with another program, a server that ends at any
// moment, another site in its place and a browser that crashes can do to one file. After each step every word that was typed,
// also while there is something to decide and in fields whose words have no place in the text, is in the file, on a page, or
// in a copy that is offered; and no word is written over that nobody has seen.

import type { Saved } from './api';
import { Buffer, type Copy, type Disk, type Held } from './buffer';
import { readCopy } from './copies';
import { chance } from './chance';
import { Lines } from './lines';

const settle = async () => {
  for (let turn = 0; turn < 12; turn++) await Promise.resolve();
};

class Run {
  file: string | null = 'start';
  version = 1;
  readonly copies = new Map<string, string>();
  /** What the site in whose place another one is served at times would have in this file. */
  elsewhere = 'start';
  isElsewhere = false;
  /** Whether the browser has room for copies. */
  hasRoom = true;
  /** Whether what is on the disk is text. */
  isText = true;
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
      keep: (_: string, copy: Copy | null) => {
        if (copy && !this.hasRoom) return false;
        if (copy) this.copies.set(name, JSON.stringify(copy));
        else this.copies.delete(name);
        return true;
      },
      save: (_: string, text: string, version: string | null) => new Promise<Saved>((answer) => {
        const write = (): Saved => {
          // The site that answers is not the one that the page names.
          if (this.isElsewhere) return { is: 'unreached', why: 'another site' };
          if (!this.isText) return { is: 'other', version: this.disk.version, text: null };
          if (this.disk.version !== version) return { is: 'other', version: this.disk.version, text: this.file };
          this.file = text;
          this.version++;
          return { is: 'saved', version: String(this.version) };
        };
        // An answer may come late, or never: the server ended before it wrote, or after.
        this.under.push({ run: () => answer(write()), lose: () => { if (this.clock++ % 2) write(); answer({ is: 'unreached' }); } });
      }),
    };
    // What is on the page has to be what is in the buffer, whoever wrote it there.
    const page = { name } as Run['pages'][number];
    buffer = new Buffer('file', this.disk, world, (text) => { if (text !== page.buffer.text) throw new Error('another text is shown'); }, () => {});
    page.buffer = buffer;
    this.pages.push(page);
  }

  /** Every place where words are. */
  get kept(): string[] {
    return [...this.shown, ...this.copies.values()];
  }

  /** Those that do not depend on when a page was last copied. */
  get shown(): string[] {
    const left = [...this.copies].filter(([name]) => !this.pages.some((page) => page.name === name));
    return [this.file ?? '', ...this.pages.flatMap(({ buffer }) => [buffer.text, JSON.stringify(buffer.held)]), ...left.map(([, copy]) => copy)];
  }

  check(what: string): void {
    const { kept } = this;
    for (const word of this.typed) {
      if (!kept.some((text) => text.includes(word))) throw new Error(`${what}: ${word} is lost`);
    }
    if (this.elsewhere !== 'start') throw new Error(`${what}: words are in the file of another site`);
    for (const { buffer, name } of this.pages) {
      // Who reads that all is saved, or that a copy is kept, can close the page.
      const inFile = buffer.told.is === 'saved' && buffer.isUnsaved;
      if (inFile) throw new Error(`${what}: not all is saved`);
      const copy = readCopy(this.copies.get(name) ?? '').copy;
      const isSame = copy?.text === buffer.text && JSON.stringify(copy.held ?? []) === JSON.stringify(buffer.held);
      if (buffer.isUnsaved && buffer.isKept && !isSame) throw new Error(`${what}: there is no copy`);
    }
  }

  /** A person gives words up, having seen them: they may be gone. */
  giveUp(text: string, act: () => void): void {
    act();
    for (const word of text.match(/<\d+>/g) ?? []) if (!this.shown.some((shown) => shown.includes(word))) this.typed.delete(word);
  }

  word(): string {
    const word = `<${this.made++}>`;
    this.typed.add(word);
    return word;
  }

  async step(next: (below: number) => number): Promise<string> {
    const page = this.pages[next(this.pages.length)]!;
    const kind = next(14);
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
          // Words are merged by writing, perhaps long before the choice; what the disk says may be another thing by then.
          const how = next(4);
          if (how === 0) page.buffer.edit(theirs.text + page.buffer.text);
          else if (how === 1) this.giveUp(page.buffer.text, () => page.buffer.resolve('theirs'));
          else {
            page.buffer.resolve('mine');
            // What the disk says was seen, and is to be written over.
            for (const word of theirs.text.match(/<\d+>/g) ?? []) if (!page.buffer.text.includes(word)) this.typed.delete(word);
          }
        } else void page.buffer.save();
        await settle();
        return 'a decision';
      case 10: {
        // A field that has no place in the text holds a word, and another time it has one, or is emptied.
        const word = this.word();
        const held: Held = { form: 'facts', path: ['count'], label: 'Count', typed: { '': word }, why: 'no place' };
        const before = JSON.stringify(page.buffer.held);
        this.giveUp(before, () => page.buffer.hold('facts', next(3) === 0 ? [] : [held]));
        if (page.buffer.held.length === 0) this.typed.delete(word);
        return 'a field that refuses';
      }
      case 11: {
        // Words of a page that ended are taken back.
        const name = [...this.copies.keys()].find((name) => !this.pages.some((page) => page.name === name));
        const { copy } = readCopy(this.copies.get(name ?? '') ?? '');
        if (!name || !copy) return 'nothing to take back';
        if (page.buffer.recall(copy)) {
          if (copy.held) page.buffer.hold('facts', [...page.buffer.held, ...copy.held]);
          this.copies.delete(name);
        }
        return 'words that are taken back';
      }
      case 12:
        [() => { this.isElsewhere = !this.isElsewhere; }, () => { this.isText = !this.isText; }, () => { this.hasRoom = !this.hasRoom; }][next(3)]!();
        if (this.isText) page.buffer.see(this.disk);
        else page.buffer.cannotRead();
        return 'another site, bytes that are no text, or no room for copies';
      default:
        if (next(3) === 0) {
          // The browser crashes: the page is gone, its copy stays. Who read that there is none has lost the words.
          if (!page.buffer.isKept) return 'a page that is kept open';
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
  [run.isElsewhere, run.isText, run.hasRoom] = [false, true, true];
  for (const { buffer } of run.pages) run.giveUp(JSON.stringify(buffer.held), () => buffer.hold('facts', []));
  // In the end everybody saves and decides, and the file is what every page shows.
  for (let round = 0; round < 12; round++) {
    while (run.under.length > 0) run.under.shift()!.run();
    await settle();
    for (const { buffer } of run.pages) {
      buffer.see(run.disk);
      if (buffer.status.is === 'conflict') {
        buffer.edit(buffer.status.theirs.text + buffer.text);
        buffer.resolve('mine');
      } else void buffer.save();
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

// A person who writes alone is never asked to choose, whatever answers are lost.
for (let seed = 1; seed <= RUNS; seed++) {
  const next = chance(seed);
  const run = new Run();
  run.open();
  const { buffer } = run.pages[0]!;
  for (let step = 0; step < 40; step++) {
    const kind = next(6);
    if (kind < 2) buffer.edit(buffer.text + run.word());
    else if (kind === 2) void buffer.save();
    else if (kind === 3) buffer.see(run.disk);
    else {
      const [request] = run.under.splice(0, 1);
      if (kind === 4) request?.run();
      else request?.lose();
    }
    await settle();
    run.check(`run ${seed}, alone`);
    if (buffer.status.is === 'conflict') throw new Error(`run ${seed}: a conflict with oneself`);
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

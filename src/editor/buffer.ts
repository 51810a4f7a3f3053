// One file while it is edited: the contract of saving. What a person typed is in the file, in the buffer, or in a copy that
// is offered; no text is saved over one that nobody has seen.

import type { Saved } from './api';

/** A text on the disk; without a version there is no file. */
export interface Disk { version: string | null; text: string }

export type Status =
  | { is: 'saved'; at: number | null }
  | { is: 'unsaved' }
  | { is: 'saving' }
  | { is: 'refused'; why: string }
  | { is: 'unreached' }
  | { is: 'conflict'; theirs: Disk };

/** What a buffer needs of the world. */
export interface World {
  save(path: string, text: string, version: string | null): Promise<Saved>;
  now(): number;
  /** Runs something later; returns how to call it off. */
  later(run: () => void, ms: number): () => void;
  /** Keeps a copy of words that are not saved, or drops it. */
  keep(path: string, copy: Copy | null): void;
}

export interface Copy { text: string; base: Disk; at: number }

/** So long after the last key a text is saved. */
export const PAUSE = 1000;

/** So long after a failure it is tried again. */
const RETRY = 2000;

export class Buffer {
  status: Status;
  private inFlight: string | null = null;
  private callOff: (() => void) | null = null;

  constructor(
    readonly path: string,
    /** What the file was when buffer and disk last agreed. */
    public base: Disk,
    private readonly world: World,
    /** The buffer takes another text from the disk: show it. */
    private readonly taken: (text: string) => void,
    private readonly changed: (status: Status) => void,
    public text = base.text,
  ) {
    this.status = { is: 'saved', at: null };
    if (text !== base.text) this.edit(text);
  }

  get isTouched(): boolean {
    return this.text !== this.base.text;
  }

  /** A person changed the text. */
  edit(text: string): void {
    this.text = text;
    this.remember();
    if (this.status.is === 'conflict') return;
    if (this.isTouched || this.inFlight !== null) {
      this.set(this.inFlight === null ? { is: 'unsaved' } : { is: 'saving' });
      this.plan(PAUSE);
    } else {
      this.plan(null);
      this.set({ is: 'saved', at: null });
    }
  }

  /** Saves now what is not saved. */
  async save(): Promise<void> {
    this.plan(null);
    if (this.inFlight !== null || this.status.is === 'conflict') return;
    if (!this.isTouched) {
      if (this.status.is !== 'saved') this.set({ is: 'saved', at: null });
      return;
    }
    const sent = this.text;
    this.inFlight = sent;
    this.set({ is: 'saving' });
    const saved = await this.world.save(this.path, sent, this.base.version);
    this.inFlight = null;
    switch (saved.is) {
      case 'saved':
        this.agree({ version: saved.version, text: sent });
        break;
      case 'other':
        // Bytes that are no text are nobody's to write over.
        if (saved.version !== null && saved.text === null) this.set({ is: 'refused', why: this.path });
        else this.meet({ version: saved.version, text: saved.text ?? '' }, sent);
        break;
      case 'refused':
        this.set({ is: 'refused', why: saved.why });
        break;
      case 'unreached':
        this.set({ is: 'unreached' });
        this.plan(RETRY);
    }
    this.remember();
  }

  /** The disk holds this now. */
  see(disk: Disk): void {
    // What is under way will say what it met.
    if (this.inFlight !== null) return;
    if (this.status.is === 'conflict' ? this.status.theirs.version !== disk.version : disk.version !== this.base.version) {
      this.meet(disk, null);
    }
  }

  /** A person decided what the file is to say, having seen what it says on the disk. */
  resolve(text: string): void {
    if (this.status.is !== 'conflict') return;
    this.base = this.status.theirs;
    this.status = { is: 'unsaved' };
    if (text !== this.text) this.taken(text);
    this.text = text;
    this.remember();
    if (this.isTouched || this.base.version === null) void this.save();
    else this.set({ is: 'saved', at: this.world.now() });
  }

  /** The disk holds another text than it did. `sent` is the text that could not be saved because of that. */
  private meet(disk: Disk, sent: string | null): void {
    if (disk.version === this.base.version) {
      // It is again as it was.
      this.agree(disk);
    } else if (disk.version !== null && (disk.text === this.text || disk.text === sent)) {
      // Our own words, whose answer was lost, or the same ones.
      this.agree(disk);
    } else if (!this.isTouched && disk.version !== null) {
      this.base = disk;
      this.text = disk.text;
      this.taken(disk.text);
      this.set({ is: 'saved', at: null });
    } else {
      this.plan(null);
      this.set({ is: 'conflict', theirs: disk });
    }
    this.remember();
  }

  private agree(disk: Disk): void {
    this.base = disk;
    if (this.isTouched) {
      this.set({ is: 'unsaved' });
      this.plan(PAUSE);
    } else {
      this.plan(null);
      this.set({ is: 'saved', at: this.world.now() });
    }
  }

  private remember(): void {
    const copy = this.isTouched || this.status.is === 'conflict';
    this.world.keep(this.path, copy ? { text: this.text, base: this.base, at: this.world.now() } : null);
  }

  private plan(ms: number | null): void {
    this.callOff?.();
    this.callOff = ms === null ? null : this.world.later(() => void this.save(), ms);
  }

  private set(status: Status): void {
    this.status = status;
    this.changed(status);
  }
}

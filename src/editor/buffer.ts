// One file while it is edited: the contract of saving. What a person typed is in the file, in the buffer, or in a copy that
// is offered; no text is saved over one that nobody has seen. The words of a file have one place while they are edited, and
// nothing remembers them from an earlier moment: whatever shows them, a side, a form or two texts that are merged, writes
// to the buffer and reads from it when it is asked.

import type { Saved } from './api';

/** A text on the disk; without a version there is no file. */
export interface Disk { version: string | null; text: string }

export type Status =
  | { is: 'saved'; at: number | null }
  | { is: 'unsaved' }
  | { is: 'saving' }
  | { is: 'refused'; why: string }
  /** What is on the disk is not text and must not be overwritten; why, where that is known. */
  | { is: 'unreadable'; why?: string }
  /** Nobody answers, or, where there is a reason, only who has nothing to do with the file. */
  | { is: 'unreached'; why?: string }
  | { is: 'conflict'; theirs: Disk };

/** What a buffer needs of the world. */
export interface World {
  save(path: string, text: string, version: string | null): Promise<Saved>;
  now(): number;
  /** Runs something later; returns how to call it off. */
  later(run: () => void, ms: number): () => void;
  /** Keeps a copy of words that are not saved, or drops it; whether it could. */
  keep(path: string, copy: Copy | null): boolean;
}

/** What was entered in a field of a form and has no place in the text yet: what its controls show, by how their ids end, and
 *  why. */
export interface Held { form: string; path: (string | number)[]; label: string; typed: Record<string, string>; why: string }

export interface Copy { text: string; base: Disk; at: number; held?: Held[] }

/** So long after the last key a text is saved. */
export const PAUSE = 1000;

/** So long after a failure it is tried again: where nobody answers, and where a disk would not take it. */
const RETRY = 2000;
const RETRY_DISK = 5000;

/** So many texts that were never answered are remembered. */
const MOST_UNANSWERED = 100;

/** While a write is tried again, the failure stays shown until the result is known. */
const FAILED: Status['is'][] = ['refused', 'unreadable', 'unreached'];

export class Buffer {
  status: Status;
  /** Whether what is not in the file is in a copy. */
  isKept = true;
  private inFlight: string | null = null;
  /** What was sent and never answered: it may have been written anyway. */
  private unanswered: string[] = [];
  private callOff: (() => void) | null = null;
  private readonly forms = new Map<string, Held[]>();

  constructor(
    readonly path: string,
    /** What the file was when buffer and disk last agreed. */
    public base: Disk,
    private readonly world: World,
    /** The buffer takes another text: show it. What a person decided can be undone by that person. */
    private readonly taken: (text: string, isDecided: boolean) => void,
    private readonly changed: (status: Status) => void,
    public text = base.text,
  ) {
    this.status = { is: 'saved', at: null };
    if (text !== base.text) this.edit(text);
  }

  get isTouched(): boolean {
    return this.text !== this.base.text;
  }

  /** Whether there are words that are not in the file. */
  get isUnsaved(): boolean {
    return this.isTouched || this.held.length > 0 || this.status.is === 'conflict';
  }

  /** What was entered in forms and has no place in the text. */
  get held(): Held[] {
    return [...this.forms.values()].flat();
  }

  /** The state of the file, as it is shown: words without a place are words that are not saved. */
  get told(): Status {
    const [first] = this.held;
    return first && this.status.is === 'saved' ? { is: 'refused', why: first.why } : this.status;
  }

  /** What a form holds that has no place in the text. */
  hold(form: string, held: Held[]): void {
    if (held.length === 0 && !this.forms.has(form)) return;
    if (held.length === 0) this.forms.delete(form);
    else this.forms.set(form, held);
    this.remember();
    this.changed(this.status);
  }

  /** A person takes words back that another page left behind. False where what this page holds has to be saved first. */
  recall(copy: Copy): boolean {
    if (this.isTouched || this.inFlight !== null || this.status.is === 'conflict') return false;
    const disk = this.base;
    this.text = copy.text;
    if (disk.version !== copy.base.version) {
      // The file is another one by now: both are shown, as for two who write at the same time.
      this.base = copy.base;
      this.taken(copy.text, true);
      this.meet(disk, null);
    } else {
      this.taken(copy.text, true);
      this.edit(copy.text);
    }
    return true;
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
    if (!FAILED.includes(this.status.is)) this.set({ is: 'saving' });
    const saved = await this.world.save(this.path, sent, this.base.version);
    this.inFlight = null;
    switch (saved.is) {
      case 'saved':
        this.agree({ version: saved.version, text: sent });
        break;
      case 'other':
        if (saved.version !== null && saved.text === null) {
          this.set({ is: 'unreadable' });
          this.plan(RETRY_DISK);
        } else this.meet({ version: saved.version, text: saved.text ?? '' }, sent);
        break;
      case 'refused':
        // A disk that is full, or a file that is locked, may not be so in a moment.
        this.set({ is: 'refused', why: saved.why });
        this.plan(RETRY_DISK);
        break;
      case 'unreached':
        if (!this.unanswered.includes(sent)) this.unanswered.push(sent);
        // The first and the last ones are likeliest to have been written.
        if (this.unanswered.length > MOST_UNANSWERED) this.unanswered.splice(MOST_UNANSWERED / 2, 1);
        this.set({ is: 'unreached', why: saved.why });
        this.plan(RETRY);
    }
    this.remember();
  }

  /** What is on the disk now cannot be read. */
  cannotRead(why?: string): void {
    if (this.inFlight !== null || this.status.is === 'conflict') return;
    this.set({ is: 'unreadable', why });
    this.plan(this.isTouched ? RETRY_DISK : null);
  }

  /** The disk holds this now. */
  see(disk: Disk): void {
    // What is under way will say what it met.
    if (this.inFlight !== null) return;
    if (this.status.is === 'conflict' ? this.status.theirs.version !== disk.version : disk.version !== this.base.version) {
      this.meet(disk, null);
    } else if (this.status.is === 'unreadable') {
      void this.save();
    }
  }

  /** A person chose between what the buffer says and what the disk says, both as they are at this moment. */
  resolve(choice: 'mine' | 'theirs'): void {
    if (this.status.is !== 'conflict') return;
    this.base = this.status.theirs;
    this.unanswered = [];
    this.status = { is: 'unsaved' };
    if (choice === 'theirs' && this.text !== this.base.text) {
      this.text = this.base.text;
      this.taken(this.text, true);
    }
    this.remember();
    if (this.isTouched || this.base.version === null) void this.save();
    else this.set({ is: 'saved', at: this.world.now() });
  }

  /** The disk holds another text than it did. `sent` is the text that could not be saved because of that. */
  private meet(disk: Disk, sent: string | null): void {
    if (disk.version === this.base.version) {
      // It is again as it was.
      this.agree(disk);
    } else if (disk.version !== null && (disk.text === this.text || disk.text === sent || this.unanswered.includes(disk.text))) {
      // Our own words, whose answer was lost, or the same ones.
      this.agree(disk);
    } else if (!this.isTouched && disk.version !== null) {
      this.base = disk;
      this.text = disk.text;
      this.taken(disk.text, false);
      this.set({ is: 'saved', at: null });
    } else {
      this.plan(null);
      this.set({ is: 'conflict', theirs: disk });
    }
    this.remember();
  }

  private agree(disk: Disk): void {
    this.base = disk;
    // A text may still be on its way; what is not answered yet is known as long as words are not saved.
    if (!this.isTouched) this.unanswered = [];
    if (this.isTouched) {
      this.set({ is: 'unsaved' });
      this.plan(PAUSE);
    } else {
      this.plan(null);
      this.set({ is: 'saved', at: this.world.now() });
    }
  }

  /** What is not in the file, as it is offered again. */
  get copy(): Copy {
    const { text, base, held } = this;
    return { text, base, at: this.world.now(), ...(held.length > 0 ? { held } : {}) };
  }

  private remember(): void {
    this.isKept = this.world.keep(this.path, this.isUnsaved ? this.copy : null);
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

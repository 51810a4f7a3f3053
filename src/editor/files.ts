// The three files of a pair while they are edited: each with its buffer, its side, and what there is to decide about it.
// Their state is shown here, what was not saved in another page is offered here, and if the record has another name by now,
// what is not saved goes along.

import * as api from './api';
import { type Figure, type Lang, type RecordData, type Row, type Site } from './api';
import { Buffer, type Held, type Status, type World } from './buffer';
import { Conflict } from './conflict';
import { Copies, type Left } from './copies';
import { h } from './dom';
import { offer } from './notes';
import { Side } from './side';
import { Saving } from './status';
import { t } from './words';

export type Which = 'facts' | Lang;
export const WHICH: Which[] = ['facts', 'en', 'fr'];

/** So long a save that is under way is waited for. */
const PATIENCE = 5000;

/** What no waiting saves. */
const STUCK: Status['is'][] = ['conflict', 'refused', 'unreadable'];

interface Part { buffer: Buffer; side: Side; conflict: Conflict; readable: boolean }

export interface FilesOptions {
  site: Site;
  data: RecordData;
  records: () => Row[];
  figures: (lang: Lang) => Promise<Figure[]>;
  /** A file says something else by now. */
  changed: (which: Which) => void;
  saved: () => void;
  /** Lines have another place. */
  moved: () => void;
  /** Somebody is in a side. */
  entered: (lang: Lang) => void;
  /** Enters what is being typed in forms. */
  finish: () => void;
  /** Puts what had no place in a text back where it was entered; false where that is not there. */
  restore: (which: Which, held: Held[]) => boolean;
  /** What was asked for has to wait until all is saved. */
  wait: () => void;
}

export class Files {
  /** What there is to decide. */
  readonly banners = h('div', { class: 'banners' });
  readonly saving = new Saving();
  private readonly copies: Copies;
  private readonly parts = {} as Record<Which, Part>;
  /** Whether what is not saved went along to another page. */
  private isLeft = false;

  constructor(private readonly options: FilesOptions) {
    this.copies = new Copies(options.site.content_id);
    for (const which of WHICH) this.make(which);
    addEventListener('pagehide', () => this.saveAll());
    addEventListener('beforeunload', (event) => {
      if (this.isUnsaved && !this.isLeft) event.preventDefault();
    });
    addEventListener('keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
        event.preventDefault();
        this.saveAll();
      }
    });
    setInterval(() => this.show(), 5000);
    this.show();
  }

  private make(which: Which): void {
    const { site, data, records, figures, moved } = this.options;
    const file = data.files[which];
    const path = data.paths[which];
    const readable = file === null || file.text !== null;
    const world: World = {
      save: api.save,
      now: () => Date.now(),
      later: (run, ms) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      keep: (path, copy) => this.isLeft || this.copies.keep(path, copy),
    };
    const base = { version: file?.version ?? null, text: file?.text ?? '' };
    const buffer = new Buffer(path, base, world,
      (text, isDecided) => { side.take(text, isDecided); this.options.changed(which); },
      (status) => this.statusChanged(which, status));
    const side = new Side({
      path,
      lang: which === 'facts' ? null : which,
      label: which === 'facts' ? t.facts : t.words(t.languages[which]),
      text: base.text,
      readOnly: site.read_only || !readable,
      changed: (text) => { buffer.edit(text); this.options.changed(which); this.parts[which].conflict.follow(); },
      moved,
      save: () => void buffer.save(),
      records,
      figures: which === 'facts' ? undefined : () => figures(which),
    });
    if (which !== 'facts') {
      for (const event of ['focusin', 'keyup', 'click']) side.view.dom.addEventListener(event, () => this.options.entered(which));
    }
    const conflict: Conflict = new Conflict(buffer, side, () => { this.options.changed(which); side.view.focus(); });
    this.parts[which] = { buffer, side, conflict, readable };
  }

  of(which: Which): Part {
    return this.parts[which];
  }

  get isUnsaved(): boolean {
    return WHICH.some((which) => this.parts[which].buffer.isUnsaved);
  }

  /** A side that is there, or that has been started. */
  visible(lang: Lang): Side | null {
    const { buffer, side, readable } = this.parts[lang];
    return readable && (buffer.base.version !== null || buffer.text !== '' || buffer.status.is === 'conflict') ? side : null;
  }

  visibles(): Record<Lang, Side | null> {
    return { en: this.visible('en'), fr: this.visible('fr') };
  }

  /** The texts as they are here, of files that are there or are being made. */
  texts(): Record<string, string> {
    const there = WHICH.map((which) => this.parts[which]).filter(({ buffer, readable }) => readable && (buffer.base.version !== null || buffer.text !== ''));
    return Object.fromEntries(there.map(({ buffer }) => [buffer.path, buffer.text]));
  }

  /** What the disk says by now. */
  see(files: RecordData['files']): void {
    for (const which of WHICH) {
      const { buffer, readable } = this.parts[which];
      const file = files[which];
      if (file && file.text === null) {
        // Of what are bytes but no text, the buffer itself says so.
        if (readable) buffer.cannotRead(file.version === null ? (file.why ?? undefined) : undefined);
      } else buffer.see({ version: file?.version ?? null, text: file?.text ?? '' });
    }
    this.show();
  }

  /** There is no file any more. Where nobody wrote there is nothing to decide. */
  seeNone(): void {
    for (const { buffer } of WHICH.map((which) => this.parts[which])) if (buffer.isUnsaved) buffer.see({ version: null, text: '' });
  }

  /** Leaves what is not saved to the page of another record, which offers it; whether there was room for all of it. */
  leaveTo(id: string): boolean {
    const unsaved = WHICH.map((which) => this.parts[which].buffer).filter((buffer) => buffer.isUnsaved);
    const path = (buffer: Buffer) => id + buffer.path.slice(this.options.data.id.length);
    if (!unsaved.every((buffer) => this.copies.keep(path(buffer), buffer.copy))) return false;
    for (const buffer of unsaved) this.copies.keep(buffer.path, null);
    this.isLeft = true;
    return true;
  }

  /** Tries again what reached nobody. */
  retry(): void {
    for (const which of WHICH) if (this.parts[which].buffer.status.is === 'unreached') void this.parts[which].buffer.save();
  }

  private saveAll(): void {
    this.options.finish();
    for (const which of WHICH) void this.parts[which].buffer.save();
  }

  /** Whether everything is in the files, which is waited for. */
  async allSaved(): Promise<boolean> {
    this.options.finish();
    const waits = () => WHICH.map((which) => this.parts[which].buffer).filter(({ isUnsaved }) => isUnsaved);
    for (const end = Date.now() + PATIENCE; waits().length > 0 && Date.now() < end;) {
      await Promise.all(waits().map((buffer) => buffer.save()));
      if (waits().some(({ told }) => STUCK.includes(told.is))) return false;
      if (waits().length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return waits().length === 0;
  }

  private statusChanged(which: Which, status: Status): void {
    const { conflict } = this.parts[which];
    if (status.is === 'conflict') {
      const isNew = !conflict.isOpen;
      conflict.show(status.theirs);
      if (!conflict.isOpen) this.banners.append(conflict.element);
      // Once the bar above says so too, and has its height.
      if (isNew) requestAnimationFrame(() => requestAnimationFrame(() => conflict.element.scrollIntoView({ block: 'start' })));
    } else if (conflict.isOpen) {
      conflict.close();
    }
    this.show();
    if (status.is === 'saved') this.options.saved();
  }

  private show(): void {
    this.saving.show(WHICH.flatMap((which) => this.parts[which]?.buffer ?? []));
  }

  /** Offers words that a page left behind when it ended before they were saved. */
  async offerCopies(): Promise<void> {
    for (const which of WHICH) {
      const { buffer } = this.parts[which];
      for (const left of await this.copies.left(buffer.path)) {
        if (left.copy?.text === buffer.text && !left.copy.held) left.drop();
        else this.banners.append(this.offer(which, left));
      }
    }
  }

  private offer(which: Which, left: Left): HTMLElement {
    const { buffer, readable } = this.parts[which];
    const { copy } = left;
    const use = async () => {
      // What was written here meanwhile comes first.
      const canWait = () => buffer.isTouched && ![...STUCK, 'unreached'].includes(buffer.status.is);
      for (const end = Date.now() + PATIENCE; canWait() && Date.now() < end;) {
        await buffer.save();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const isBack = copy === null || copy.text === buffer.text || buffer.recall(copy);
      if (isBack && this.options.restore(which, copy?.held ?? [])) return true;
      this.options.wait();
      return false;
    };
    return offer(buffer.path, left, this.options.site.read_only || !copy || !readable ? null : use);
  }
}

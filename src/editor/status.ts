// The state of the files of a pair: saved, not saved and why. It is always shown, and announced once.

import type { Buffer, Status } from './buffer';
import { announce, capital, h } from './dom';
import { t } from './words';

export class Saving {
  readonly element = h('p', { class: 'saving' });
  private said = '';

  /** Shows the worst of all. */
  show(buffers: Buffer[]): void {
    const all = buffers.map(({ told }) => told);
    const of = (is: Status['is']) => buffers.filter(({ told }) => told.is === is).map(({ path }) => path).join(', ');
    // A file that was changed comes before those that are gone.
    const paths = (isGone: boolean) => buffers.filter(({ told }) => told.is === 'conflict' && (told.theirs.version === null) === isGone).map(({ path }) => path);
    const isKept = buffers.every((buffer) => buffer.isKept || !buffer.isUnsaved);
    const offline = isKept ? t.offline : t.offlineUnkept;
    const find = <K extends Status['is']>(is: K) => all.find((status): status is Extract<Status, { is: K }> => status.is === is);
    const [refused, unreached, unreadable] = [find('refused'), find('unreached'), find('unreadable')];
    // Where nobody wrote, nothing waits to be saved.
    const isTouched = buffers.some((buffer) => buffer.told.is === 'unreadable' && buffer.isTouched);
    const lies = unreadable && (unreadable.why ? `${t.label(of('unreadable'))} ${unreadable.why}` : t.noText(of('unreadable')));
    const times = all.flatMap((status) => (status.is === 'saved' && status.at !== null ? [status.at] : []));
    const [words, kind] = paths(false).length > 0 ? [t.notSaved(t.conflicts(paths(false))), 'bad']
      : paths(true).length > 0 ? [t.notSaved(t.isGone(paths(true))), 'bad']
      : lies ? [isTouched ? t.notSaved(lies) : capital(lies), 'bad']
      : refused ? [t.notSaved(refused.why), 'bad']
        : unreached ? [unreached.why ? t.notSaved(unreached.why) : offline, 'bad']
          : find('saving') ? [t.saving, 'busy']
            : find('unsaved') ? [t.unsaved, 'busy']
              : times.length > 0 ? [t.savedAgo(Math.round((Date.now() - Math.max(...times)) / 1000)), 'good'] : ['', 'good'];
    this.element.textContent = words;
    this.element.className = `saving ${kind}`;
    // Announced once, not each time the seconds change.
    const say = kind === 'good' && times.length > 0 ? t.saved : kind === 'bad' ? words : '';
    if (say && say !== this.said) announce(say);
    this.said = kind === 'busy' ? '' : say;
  }
}

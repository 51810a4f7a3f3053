// How the files of a pair stand: saved, not saved and why. It is shown all the time and told once.

import type { Status } from './buffer';
import { announce, h } from './dom';
import { t } from './words';

export class Saving {
  readonly element = h('p', { class: 'saving' });
  private said = '';

  /** Shows the worst of all; `disputed` are the files that were changed elsewhere. */
  show(all: Status[], disputed: () => string): void {
    const find = <K extends Status['is']>(is: K) => all.find((status): status is Extract<Status, { is: K }> => status.is === is);
    const refused = find('refused');
    const times = all.flatMap((status) => (status.is === 'saved' && status.at !== null ? [status.at] : []));
    const [words, kind] = find('conflict') ? [t.notSaved(t.conflict(disputed())), 'bad']
      : refused ? [t.notSaved(refused.why), 'bad']
        : find('unreached') ? [t.offline, 'bad']
          : find('saving') ? [t.saving, 'busy']
            : find('unsaved') ? [t.unsaved, 'busy']
              : times.length > 0 ? [t.savedAgo(Math.round((Date.now() - Math.max(...times)) / 1000)), 'good'] : ['', 'good'];
    this.element.textContent = words;
    this.element.className = `saving ${kind}`;
    // Told once, not each time the seconds change.
    const say = kind === 'good' && times.length > 0 ? t.saved : kind === 'bad' ? words : '';
    if (say && say !== this.said) announce(say);
    this.said = kind === 'busy' ? '' : say;
  }
}

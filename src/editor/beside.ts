// The files beside a record: pictures, documents and data that its pages show or offer, and those of its folder that no page
// does.

import type { BesideFile } from './api';
import { fill, h } from './dom';
import { t } from './words';

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

export class Beside {
  private readonly list = h('ul', { class: 'files' });
  private readonly title = h('summary');
  readonly element = h('details', { class: 'beside', hidden: true }, this.title, this.list);
  private shown = '';

  /** Without `remove` nothing can be removed. */
  constructor(private readonly remove: ((path: string, name: string) => void) | null) {}

  show(files: BesideFile[]): void {
    if (this.shown === JSON.stringify(files)) return;
    this.shown = JSON.stringify(files);
    const focused = this.list.contains(document.activeElement) ? document.activeElement?.id : null;
    this.element.hidden = files.length === 0;
    this.title.textContent = t.filesBeside(files.length);
    fill(this.list, ...files.map(({ path, used }) => h('li', {}, h('code', {}, nameOf(path)), used ? null : h('span', { class: 'tag' }, t.unusedFile),
      this.remove && h('button', {
        type: 'button', class: 'quiet', id: `beside-${path}`, 'aria-label': t.remove(nameOf(path)), onclick: () => this.remove!(path, nameOf(path)),
      }, t.removeIt))));
    if (focused) document.getElementById(focused)?.focus();
  }

  goTo(path: string): void {
    this.element.open = true;
    const place = document.getElementById(`beside-${path}`) ?? this.title;
    place.scrollIntoView({ block: 'center' });
    place.focus();
  }
}

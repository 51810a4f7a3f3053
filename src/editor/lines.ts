// A file's text as it is on the disk, and as people edit it: line ends and the byte order mark that were not edited stay.

const BREAK = /\r\n?|\n/g;
const MARK = '\ufeff';

/** Remembers how each line of a text ends, while the text is edited. */
export class Lines {
  private mark = '';
  private ends: string[] = [];
  private usual = '\n';

  /** Takes a file's text; gives it with plain line ends. */
  open(text: string): string {
    this.mark = text.startsWith(MARK) ? MARK : '';
    const body = text.slice(this.mark.length);
    this.ends = body.match(BREAK) ?? [];
    const counts = new Map<string, number>();
    for (const end of this.ends) counts.set(end, (counts.get(end) ?? 0) + 1);
    this.usual = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '\n';
    return body.replace(BREAK, '\n');
  }

  /** Notes that the lines `first` to `last`, counted from 0, became `count` lines. */
  edit(first: number, last: number, count: number): void {
    const removed = last - first;
    const kept = this.ends.slice(first, first + Math.min(removed, count - 1));
    const made = Array.from({ length: count - 1 - kept.length }, () => this.usual);
    this.ends.splice(first, removed, ...kept, ...made);
  }

  /** Another text with the mark and the usual line end of this file. */
  dress(text: string): string {
    return this.mark + text.replace(/\n/g, this.usual);
  }

  /** The file's text with these lines. */
  close(text: string): string {
    let at = 0;
    return this.mark + text.replace(/\n/g, () => this.ends[at++] ?? this.usual);
  }
}

/** What has to be replaced for one text to become another. */
export function difference(was: string, now: string): { from: number; to: number; insert: string } | null {
  if (was === now) return null;
  let start = 0;
  while (start < was.length && start < now.length && was[start] === now[start]) start++;
  let end = 0;
  const most = Math.min(was.length, now.length) - start;
  while (end < most && was[was.length - 1 - end] === now[now.length - 1 - end]) end++;
  return { from: start, to: was.length - end, insert: now.slice(start, now.length - end) };
}

// One side of a pair: its words in CodeMirror, with the mistakes under them and links to records by title.

import { autocompletion, type Completion, type CompletionContext } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, isolateHistory, redo, undo } from '@codemirror/commands';
import { markdownKeymap, markdownLanguage } from '@codemirror/lang-markdown';
import { yaml, yamlFrontmatter } from '@codemirror/lang-yaml';
import { HighlightStyle, LanguageSupport, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { searchKeymap, searchPanelOpen } from '@codemirror/search';
import { Annotation, EditorState, type Extension, Prec, RangeSet, StateEffect, StateField, type Text, Transaction } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, keymap, WidgetType } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Figure, Lang, Mistake, Row } from './api';
import { finding } from './finding';
import { difference, Lines } from './lines';
import { sentence } from './listing';
import { frontEnd } from './outline';
import { t, ui } from './words';

const highlighting = HighlightStyle.define([
  { tag: tags.heading, class: 'tok-heading' },
  { tag: tags.emphasis, class: 'tok-emphasis' },
  { tag: tags.strong, class: 'tok-strong' },
  { tag: [tags.link, tags.url], class: 'tok-link' },
  { tag: [tags.monospace, tags.string], class: 'tok-string' },
  { tag: [tags.meta, tags.processingInstruction, tags.punctuation, tags.separator], class: 'tok-mark' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], class: 'tok-name' },
  { tag: tags.comment, class: 'tok-mark' },
]);

/** Empty room above a line, so that sections of both sides begin at the same height. */
class Room extends WidgetType {
  constructor(readonly height: number) {
    super();
  }
  override eq(other: Room): boolean {
    return other.height === this.height;
  }
  toDOM(): HTMLElement {
    const room = document.createElement('div');
    room.className = 'room';
    room.style.height = `${this.height}px`;
    room.setAttribute('aria-hidden', 'true');
    return room;
  }
  override get estimatedHeight(): number {
    return this.height;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

const setRooms = StateEffect.define<{ at: number; height: number }[]>();
const rooms = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, change) {
    set = set.map(change.changes);
    for (const effect of change.effects) {
      if (!effect.is(setRooms)) continue;
      const made = effect.value.map(({ at, height }) => Decoration.widget({ widget: new Room(height), side: -1, block: true }).range(at));
      set = RangeSet.of(made, true);
    }
    return set;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** What replaces the block at the top while it is edited as a form. */
class Above extends WidgetType {
  constructor(private readonly isAll: boolean) {
    super();
  }
  override eq(other: Above): boolean {
    return other.isAll === this.isAll;
  }
  toDOM(): HTMLElement {
    const line = document.createElement('div');
    line.className = 'above';
    line.textContent = this.isAll ? `${t.above} ${t.writeHere}` : t.above;
    return line;
  }
}

const above = (isAll: boolean) => Decoration.replace({ widget: new Above(isAll), block: true });

/** The block at the top, out of sight and out of reach of the keys that write. */
const setFolded = StateEffect.define<boolean>();
const byForm = Annotation.define<boolean>();
const foldedTo = StateField.define<number>({
  create: () => 0,
  update(to, change) {
    const asked = change.effects.find((effect) => effect.is(setFolded));
    const is = asked ? (asked.value as boolean) : to > 0;
    if (!change.docChanged && !asked) return to;
    return is ? frontEnd(change.newDoc.toString()) : 0;
  },
  provide: (field) => [
    EditorView.decorations.compute([field, 'doc'], (state) => {
      const to = state.field(field);
      return to > 0 ? Decoration.set(above(state.sliceDoc(to).trim() === '').range(0, to - 1)) : Decoration.none;
    }),
    EditorView.atomicRanges.of((view) => {
      const to = view.state.field(field);
      return to > 0 ? Decoration.set(above(false).range(0, Math.min(to, view.state.doc.length))) : Decoration.none;
    }),
    // What would reach into the block is written below it.
    EditorState.transactionFilter.of((change) => {
      const end = change.startState.field(field);
      const isTyped = change.isUserEvent('input') || change.isUserEvent('delete') || change.isUserEvent('move');
      if (end === 0 || !change.docChanged || !isTyped || change.annotation(byForm)) return change;
      const changes: { from: number; to: number; insert: Text }[] = [];
      let reaches = false;
      change.changes.iterChanges((from, to, _a, _b, insert) => {
        reaches ||= from < end;
        // A whole file that takes the place of all words brings no second block.
        const own = from < end ? frontEnd(insert.toString()) : 0;
        changes.push({ from: Math.max(from, end), to: Math.max(to, end), insert: own > 0 ? insert.slice(own) : insert });
      });
      if (!reaches) return change;
      const last = changes.at(-1)!;
      const made = change.startState.changes(changes);
      return { changes: made, selection: { anchor: made.mapPos(last.to, 1) }, userEvent: 'input', scrollIntoView: true };
    }),
  ],
});

export interface SideOptions {
  path: string;
  /** The language of the words; none for facts. */
  lang: Lang | null;
  label: string;
  text: string;
  readOnly: boolean;
  changed: (text: string) => void;
  moved?: () => void;
  save: () => void;
  records?: () => Row[];
  /** The numbers and dates of the other side's section, as they are written here. */
  figures?: () => Promise<Figure[]>;
}

export class Side {
  readonly view: EditorView;
  private readonly lines = new Lines();
  private silent = false;
  /** Whether the block at the top is to be out of sight, unless words are looked for. */
  private isToFold = false;

  constructor(private readonly options: SideOptions) {
    const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
    const extensions: Extension[] = [
      history(),
      finding(() => this.fold(this.isToFold)),
      rooms,
      options.lang ? foldedTo : [],
      lintGutter(),
      syntaxHighlighting(highlighting),
      EditorView.lineWrapping,
      EditorView.cspNonce.of(nonce),
      EditorView.contentAttributes.of({
        'aria-label': options.label,
        spellcheck: options.lang ? 'true' : 'false',
        ...(options.lang ? { lang: options.lang === 'en' ? 'en-CA' : 'fr-CA' } : {}),
      }),
      EditorState.phrases.of(PHRASES),
      EditorState.readOnly.of(options.readOnly),
      options.lang
        // Without the languages that can be inside HTML: there is no HTML in content.
        ? [yamlFrontmatter({ content: new LanguageSupport(markdownLanguage) }), Prec.high(keymap.of(markdownKeymap))]
        : yaml(),
      autocompletion({ override: [(context) => this.links(context), (context) => this.figures(context)], icons: false }),
      Prec.high(keymap.of([{ key: 'Mod-s', preventDefault: true, run: () => (options.save(), true) }])),
      keymap.of([...searchKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) {
          for (const part of update.transactions) this.note(part);
          if (!this.silent) options.changed(this.text);
        }
        if (update.docChanged || update.geometryChanged || update.viewportChanged) options.moved?.();
      }),
      EditorView.domEventHandlers({ blur: () => options.save() }),
    ];
    this.view = new EditorView({ state: EditorState.create({ doc: this.lines.open(options.text), extensions }) });
  }

  /** The file's text, byte for byte except for what was edited. */
  get text(): string {
    return this.lines.close(this.view.state.doc.toString());
  }

  /** Takes another text; cursor, scroll and earlier steps of undoing stay. What a person decided is such a step. */
  take(text: string, isDecided = false): void {
    const changes = difference(this.view.state.doc.toString(), new Lines().open(text));
    this.silent = true;
    // A decision is one step back, however soon it follows what was typed.
    const steps = isDecided ? isolateHistory.of('full') : Transaction.addToHistory.of(false);
    if (changes) this.view.dispatch({ changes, annotations: [steps, byForm.of(true)] });
    this.silent = false;
    this.lines.open(text);
  }

  /** Becomes what somebody wrote in another place where these words are shown. */
  write(words: string): void {
    const changes = difference(this.view.state.doc.toString(), words);
    if (changes) this.replace(changes.from, changes.to, changes.insert);
  }

  undo(): boolean {
    return undo(this.view);
  }

  redo(): boolean {
    return redo(this.view);
  }

  /** Replaces a part as a person would. */
  replace(from: number, to: number, insert: string): void {
    this.view.dispatch({ changes: { from, to, insert }, userEvent: 'input', annotations: byForm.of(true) });
  }

  /** Hides the block at the top, which is edited as a form, or shows it. Where words are looked for, they are in sight. */
  fold(asked: boolean): void {
    this.isToFold = asked;
    const is = asked && !searchPanelOpen(this.view.state);
    const to = is ? frontEnd(this.view.state.doc.toString()) : 0;
    const isInside = this.view.state.selection.main.head < to;
    this.view.dispatch({ effects: setFolded.of(is), selection: isInside ? { anchor: to } : undefined });
  }

  get isFolded(): boolean {
    return (this.view.state.field(foldedTo, false) ?? 0) > 0;
  }

  /** Writes a number or date of the other side where the cursor is. */
  insert(text: string): void {
    const { from, to } = this.view.state.selection.main;
    this.view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length }, userEvent: 'input', scrollIntoView: true });
    this.view.focus();
  }

  /** Adds a paragraph below the one with the cursor; at the end where the cursor is in the block at the top. */
  insertParagraph(text: string): void {
    const { doc, selection } = this.view.state;
    const words = doc.toString();
    const head = selection.main.head < frontEnd(words) ? doc.length : selection.main.head;
    const gap = words.slice(head).search(/\n[ \t]*(\n|$)/);
    const at = gap < 0 ? doc.length : head + gap;
    const before = at === 0 || words.slice(0, at).endsWith('\n\n') ? '' : words.slice(0, at).endsWith('\n') ? '\n' : '\n\n';
    this.replace(at, at, `${before}${text}${at === doc.length ? '\n' : ''}`);
    this.view.dispatch({ selection: { anchor: at + before.length + text.length }, scrollIntoView: true });
  }

  private note(part: Transaction): void {
    // Later changes first, so that the lines of earlier ones still count as before.
    const all: [number, number, number][] = [];
    part.changes.iterChanges((from, to, _a, _b, inserted) => {
      const doc = part.startState.doc;
      all.push([doc.lineAt(from).number - 1, doc.lineAt(to).number - 1, inserted.lines]);
    });
    for (const [first, last, count] of all.reverse()) this.lines.edit(first, last, count);
  }

  /** Where a mistake is, as CodeMirror counts. */
  offset(line: number, column: number): number {
    const doc = this.view.state.doc;
    const found = doc.line(Math.max(1, Math.min(line, doc.lines)));
    // The checker counts characters, the editor halves of some.
    const units = [...found.text].slice(0, column - 1).join('').length;
    return found.from + Math.min(units, found.length);
  }

  show(mistakes: Mistake[]): void {
    const shown = mistakes.map((mistake): Diagnostic => {
      const from = this.offset(mistake.line, mistake.column);
      const to = Math.max(from, this.offset(mistake.end_line, mistake.end_column));
      return { from, to, severity: mistake.severity, message: sentence(mistake) };
    });
    this.view.dispatch(setDiagnostics(this.view.state, shown));
  }

  /** Where a mistake begins in the text of the editor, and the words it is about if they are few. */
  place(mistake: Mistake): { from: number; excerpt: string } {
    const from = this.offset(mistake.line, mistake.column);
    const text = mistake.line === mistake.end_line ? this.view.state.sliceDoc(from, this.offset(mistake.end_line, mistake.end_column)) : '';
    return { from, excerpt: text.length <= 80 ? text.replace(/^["']|["']$/g, '') : '' };
  }

  goTo(line: number, column: number): void {
    const at = this.offset(line, column);
    this.view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    this.view.focus();
  }

  /** The room above lines, by where they begin. */
  rooms(): Map<number, number> {
    const found = new Map<number, number>();
    for (const at = this.view.state.field(rooms).iter(); at.value; at.next()) {
      found.set(at.from, (at.value.spec.widget as Room).height);
    }
    return found;
  }

  setRooms(made: { at: number; height: number }[]): void {
    this.view.dispatch({ effects: setRooms.of(made) });
  }

  /** Numbers and dates of the other side, from the first digit on. */
  private async figures(context: CompletionContext) {
    const begun = context.matchBefore(/(?<![\p{L}\d])\d[\d\u00a0.,]*$/u);
    if (!this.options.figures || (!begun && !context.explicit)) return null;
    const figures = (await this.options.figures()).filter((figure) => !figure.is_there);
    const options = figures.map(({ said, written }): Completion => ({ label: written, detail: said === written ? t.fromOther : `${t.fromOther} : ${said}` }));
    return options.length > 0 ? { from: begun?.from ?? context.pos, options } : null;
  }

  /** Records by title, from the first bracket on, and their ids after the second one. */
  private links(context: CompletionContext) {
    const { lang, records } = this.options;
    if (!lang || !records) return null;
    const title = context.matchBefore(/\[[^\][\n]*$/);
    const id = context.matchBefore(/\]\([^)\s]*$/);
    const start = id ? id.from + 2 : title?.from;
    if (start === undefined) return null;
    const options = records().flatMap((row): Completion[] => {
      const label = row.title[lang] ?? row.title[lang === 'en' ? 'fr' : 'en'];
      if (!label) return [];
      return [{ label: id ? row.id : `[${label}`, displayLabel: label, detail: row.id, apply: id ? row.id : `[](${row.id})` }];
    });
    return { from: start, options, validFor: id ? /^[^)\s]*$/ : /^\[[^\][\n]*$/ };
  }
}

/** CodeMirror's own words, in the language of the page. */
export const PHRASES: Record<string, string> = ui === 'en' ? {
  next: 'Next',
  previous: 'Previous',
  all: 'Select all',
  'match case': 'Match case',
  'by word': 'Whole words',
  replace: 'Replace',
  'replace all': 'Replace all',
  close: 'Close',
} : {
  Find: 'Rechercher',
  Replace: 'Remplacer',
  next: 'Suivant',
  previous: 'Précédent',
  all: 'Tout sélectionner',
  'match case': 'Respecter la casse',
  'by word': 'Mots entiers',
  replace: 'Remplacer',
  'replace all': 'Tout remplacer',
  close: 'Fermer',
  'current match': 'occurrence actuelle',
  'on line': 'à la ligne',
  'replaced $ matches': '$ occurrences remplacées',
  'replaced match on line $': 'occurrence remplacée à la ligne $',
  '$ unchanged lines': '$ lignes inchangées',
  'Revert this chunk': 'Reprendre ce passage du disque',
  Completions: 'Suggestions',
  Diagnostics: 'Erreurs',
  'No diagnostics': t.noMistakes,
};

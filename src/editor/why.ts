// Says in plain words why a result of the search is where it is.

import type { FoundWord, Result } from './api';
import { h } from './dom';
import { t, ui } from './words';

const points = new Intl.NumberFormat(`${ui}-CA`, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat(`${ui}-CA`, { style: 'percent', maximumFractionDigits: 0 });

export const pointsOf = (score: number): string => t.points(points.format(score));

function ofWord({ word, found, by, in: places }: FoundWord): string {
  const names = places.map((place) => t.places[place]);
  // What is nowhere in the words of a page is one of its facts, which the text holds.
  const where = names.length > 1 ? names.slice(0, -1).join(', ') + t.and + names.at(-1) : (names[0] ?? t.places.text);
  switch (by) {
    case 'spelling': return t.hasSpelling(word, found, where);
    case 'synonym': return t.hasSynonym(word, found, where);
    case 'translation': return t.hasTranslation(word, found, where);
    case 'word': return word === found ? t.has(word, where) : t.hasForm(word, found, where);
  }
}

/** The reasons, each with what it adds. What speaks against the result comes last. */
export function why({ why, explanation, section }: Result): HTMLElement {
  const { words, lacks, coverage, title, reading } = explanation;
  const reason = (said: string, score = 0) =>
    h('li', {}, said, score > 0 ? h('span', { class: 'adds' }, ` ${t.adds(points.format(score))}`) : null);
  return h('ul', {},
    why?.by === 'title' ? reason(t.isTitle) : null,
    why?.by === 'keyword' ? reason(t.isCalled(why.text)) : null,
    ...words.map((word) => reason(ofWord(word), word.score)),
    words.length > 1 && explanation.section > 0 ? reason(section?.heading ? t.togetherIn(section.heading) : t.together, explanation.section) : null,
    title > 0 ? reason(t.named, title) : null,
    reading > 0 ? reason(t.near, reading) : null,
    lacks.length > 0 ? reason(t.covers(percent.format(coverage))) : null,
    lacks.length > 0 ? reason(t.lacks(lacks)) : null);
}

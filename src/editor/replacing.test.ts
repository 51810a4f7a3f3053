// Find and replace in the block at the top: everywhere in what it says, and nowhere else.

import { replaced } from './replacing';

const all = (block: string, word: string, insert: string) =>
  replaced(block, [...block.matchAll(new RegExp(word, 'g'))].map(({ index }) => ({ from: index, to: index + word.length, insert })));

const cases: [string, string, string, string, string][] = [
  ['words in values', 'title: Quebec\nsummary: In Quebec, Quebec.\n', 'Quebec', 'Ontario', 'title: Ontario\nsummary: In Ontario, Ontario.\n'],
  ['no names', 'title: A title\nsummary: S.\n', 'title', 'heading', 'title: A heading\nsummary: S.\n'],
  ['marks that new words need', 'title: Quebec # own\nsummary: S.\n', 'Quebec', 'Quebec: north', 'title: "Quebec: north" # own\nsummary: S.\n'],
  ['marks that are there', "title: 'Quebec'\n", 'Quebec', "l'Ouest", "title: 'l''Ouest'\n"],
  ['no remark begins', 'title: Quebec\n', 'Quebec', 'Q #1', 'title: "Q #1"\n'],
  ['items of lists', 'keywords: [Quebec, the Quebec desk]\n', 'Quebec', 'one, two', 'keywords: ["one, two", "the one, two desk"]\n'],
  ['values in lines of their own', 'summary: >-\n  In Quebec\n  and Quebec.\n', 'Quebec', 'Ontario', 'summary: |\n  In Ontario and Ontario.\n'],
  ['values that are written with signs for others', 'title: "Qu\\u00e9bec 1"\n', '1', '2', 'title: "Québec 2"\n'],
  ['across names nothing', 'title: a\nsummary: b\n', 'a\nsummary', 'x', 'title: a\nsummary: b\n'],
  ['what cannot be read stays', 'title: "a\n', 'a', 'b', 'title: "a\n'],
];
for (const [what, block, word, insert, wanted] of cases) {
  const found = all(block, word, insert);
  if (found !== wanted) throw new Error(`${what}: ${JSON.stringify(found)} in place of ${JSON.stringify(wanted)}`);
}
console.log(`replacing: ${cases.length} blocks`);

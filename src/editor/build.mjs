// Builds the editor: `editor.js` from the TypeScript beside it, and the licences of what is in it. `--check` only says
// whether the files that are committed are what the sources give.
import { build } from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const ALLOWED = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'];

/** More than this, compressed, is too much to wait for. */
const LARGEST = 250 * 1024;

const { outputFiles, metafile } = await build({
  absWorkingDir: here,
  entryPoints: ['editor.ts'],
  outfile: 'editor.js',
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  banner: { js: '// The editor of Diptych, built from src/editor/. The licences of what is in it: licences.txt.' },
  metafile: true,
  write: false,
});

const packages = new Set(Object.keys(metafile.inputs).flatMap((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []));
const licences = [...packages].sort().map((name) => {
  const folder = path.join(here, 'node_modules', name);
  const { version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  if (!ALLOWED.includes(license)) throw new Error(`${name} has the licence ${license}`);
  const file = fs.readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  const text = file ? fs.readFileSync(path.join(folder, file), 'utf8').trim() : license;
  return `${name} ${version}\n\n${text}\n`;
});

const { gzipSync } = await import('node:zlib');
const size = gzipSync(outputFiles[0].contents, { level: 9 }).length;
console.log(`${packages.size} packages, ${size} bytes compressed`);
if (size > LARGEST) throw new Error(`at most ${LARGEST} bytes`);

const files = { 'editor.js': outputFiles[0].text, 'licences.txt': licences.join(`\n${'-'.repeat(72)}\n\n`) };
for (const [name, text] of Object.entries(files)) {
  const file = path.join(here, name);
  if (!process.argv.includes('--check')) fs.writeFileSync(file, text);
  else if (fs.readFileSync(file, 'utf8') !== text) {
    console.error(`src/editor/${name} is not what its sources give: run npm run build in src/editor/`);
    process.exitCode = 1;
  }
}

// Makes the npm packages: one for each system, and `diptych`, which runs the one that fits.
//
//   node pack.mjs OUT VERSION LICENCES linux-x64=target/release/diptych win32-x64=…/diptych.exe
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [out, version, licences, ...programs] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'diptych-npm-'));
const common = {
  version,
  description: 'Builds bilingual (English and French) static knowledge bases from Markdown and YAML, with search in the browser',
  license: 'MIT',
  keywords: ['static-site', 'bilingual', 'french', 'search', 'knowledge-base'],
};

function pack(name, more, files) {
  const folder = join(work, name);
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ name, ...common, ...more }, null, 2)}\n`);
  copyFileSync(join(here, '../README.md'), join(folder, 'README.md'));
  copyFileSync(join(here, '../../LICENSE'), join(folder, 'LICENSE'));
  for (const [from, to] of files) copyFileSync(from, join(folder, to));
  chmodSync(join(folder, files[0][1]), 0o755);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', out], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
}

try {
  const optionalDependencies = {};
  for (const [system, program] of programs.map((pair) => pair.split('='))) {
    const [os, cpu] = system.split('-');
    const name = `@diptych/${system}`;
    const libc = os === 'linux' ? { libc: ['glibc'] } : {};
    pack(name, { os: [os], cpu: [cpu], ...libc }, [
      [program, `bin/${basename(program)}`],
      [licences, 'THIRD-PARTY.txt'],
    ]);
    optionalDependencies[name] = version;
  }
  const launcher = { bin: { diptych: 'bin/diptych.js' }, engines: { node: '>=18' }, optionalDependencies };
  pack('diptych', launcher, [[join(here, 'diptych.js'), 'bin/diptych.js']]);
} finally {
  rmSync(work, { recursive: true });
}

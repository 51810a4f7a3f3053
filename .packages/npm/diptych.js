#!/usr/bin/env node
// Runs the program of the package for this system, and ends as it ends.
'use strict';

const { spawn } = require('node:child_process');
const { constants } = require('node:os');

const system = `${process.platform}-${process.arch}`;
let program;
try {
  program = require.resolve(`@diptych/${system}/bin/diptych${process.platform === 'win32' ? '.exe' : ''}`);
} catch {
  console.error(`error: there is no Diptych for ${system}, or npm was told to leave out optional packages; install it again without --omit=optional
erreur : il n’y a pas de Diptych pour ${system}, ou npm a dû omettre les paquets facultatifs; réinstallez-le sans --omit=optional`);
  process.exit(2);
}

const child = spawn(program, process.argv.slice(2), { stdio: 'inherit' });
// A signal from the keyboard reaches both; one that is sent to this process alone is passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`${program}: ${error.message}`);
  process.exit(2);
});
child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));

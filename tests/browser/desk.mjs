// For tests of the editor: a site of its own with a server, and what is asked of its pages.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AXE, DIPTYCH } from './pages.mjs';

const script = fs.readFileSync(AXE, 'utf8');

/** A site of these files with a server, which can be ended and started again at the same address. */
export class Desk {
  /** The language of the editor. */
  lang = 'en';

  constructor(files) {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'diptych-editor-'));
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  file(name) { return path.join(this.folder, 'content', name); }
  read(name) { return fs.readFileSync(this.file(name), 'utf8'); }
  write(name, text) {
    fs.mkdirSync(path.dirname(this.file(name)), { recursive: true });
    fs.writeFileSync(this.file(name), text);
  }

  async start(port = 0, ...options) {
    const args = ['--lang', this.lang, 'serve', '--port', String(port), ...options];
    this.server = spawn(DIPTYCH, args, { cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] });
    this.origin = await new Promise((found, failed) => {
      let said = '';
      this.server.stderr.on('data', (data) => {
        said += data;
        const origin = /http:\/\/[^/\s]+/.exec(said)?.[0];
        if (origin) found(origin);
      });
      this.server.on('exit', () => failed(new Error(said)));
    });
    return this;
  }

  async stop(signal = 'SIGTERM') {
    if (this.server.exitCode !== null || this.server.signalCode !== null) return;
    const ended = new Promise((done) => this.server.once('exit', done));
    this.server.kill(signal);
    await ended;
  }

  async close() {
    await this.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Waits until something is so. */
export async function until(what, is) {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    if (await is()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(what);
}

/** Nothing on the page is in anybody's way, as far as axe sees. */
export async function axe(page) {
  await page.evaluate(script);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { iframes: false }));
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  assert.deepEqual(told, []);
}

// A site to search, and servers of every kind to put it on. For the tests of search in this folder.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { chromium } from 'playwright-core';

const ROOT = path.resolve(import.meta.dirname, '../..');
export const DIPTYCH = process.env.DIPTYCH ?? path.join(ROOT, 'target/release/diptych');
/** What the README recommends to hosts. */
export const POLICY = "default-src 'self'; img-src 'self' data:; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** The shipped site, and a page in it on which scripts of these tests run. */
export function site() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'diptych-search-'));
  if (process.env.DIPTYCH_SITE) fs.cpSync(process.env.DIPTYCH_SITE, folder, { recursive: true });
  else run(DIPTYCH, 'build', '--content', path.join(ROOT, 'content'), '--out', folder);
  fs.writeFileSync(path.join(folder, 'blank.html'), '<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Blank</title>');
  return folder;
}

export function run(program, ...args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error ?? stderr}`);
  return stdout;
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Starts a program that serves on a port and waits until it answers. */
async function start(program, args, port, root) {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: root });
  let said = '';
  child.stderr.on('data', (data) => { said += data; });
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`${program} ended: ${said}`);
    const up = await fetch(`http://127.0.0.1:${port}/`).then(() => true, () => false);
    if (up) return { origin: `http://127.0.0.1:${port}`, close: () => { child.kill(); return new Promise((ended) => child.once('exit', ended)); } };
    await new Promise((later) => setTimeout(later, 50));
  }
  child.kill();
  throw new Error(`${program} does not answer: ${said}`);
}

export const servers = {
  async 'python http.server'(root) {
    const port = await freePort();
    return start('python3', ['-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', root], port, root);
  },
  'nginx without gzip': (root) => nginx(root, 'gzip off;'),
  'nginx with gzip of everything': (root) => nginx(root, 'gzip on; gzip_types *; gzip_min_length 1; gzip_comp_level 6;'),
  'Apache with mod_deflate': (root) => apache(root, 'SetOutputFilter DEFLATE'),
  'Apache with x-gzip for what is gzip': (root) => apache(root, '<FilesMatch "\\.pack$">\nHeader set Content-Encoding x-gzip env=!plain\n</FilesMatch>\n<FilesMatch "positions.*\\.pack$">\nHeader unset Content-Encoding\n</FilesMatch>'),
  'a service that compresses again': (root) => own(root, { encode: true }),
  'a service that takes our compression off': (root) => own(root, { strip: true }),
};

function scratch() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'diptych-server-'));
  // A server that root starts reads as somebody else.
  fs.chmodSync(folder, 0o755);
  return folder;
}

async function nginx(root, compression) {
  const [port, folder] = [await freePort(), scratch()];
  fs.chmodSync(root, 0o755);
  const config = path.join(folder, 'nginx.conf');
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
  fs.writeFileSync(config, `daemon off; pid ${folder}/pid; error_log stderr;
    events {} http { include /etc/nginx/mime.types; access_log off; ${temp.join(' ')} ${compression}
    server { listen 127.0.0.1:${port}; root ${root}; add_header Content-Security-Policy "${POLICY}"; } }`);
  return start('nginx', ['-e', 'stderr', '-c', config], port, root);
}

async function apache(root, compression) {
  const [port, folder] = [await freePort(), scratch()];
  fs.chmodSync(root, 0o755);
  const modules = ['mpm_event', 'authz_core', 'mime', 'dir', 'filter', 'deflate', 'headers', 'env', 'setenvif'];
  const config = path.join(folder, 'apache.conf');
  fs.writeFileSync(config, `ServerRoot ${folder}\nServerName localhost\nListen 127.0.0.1:${port}\nPidFile ${folder}/pid
    DefaultRuntimeDir ${folder}\nErrorLog ${folder}/errors\n
    ${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
    TypesConfig /etc/mime.types\nDocumentRoot ${root}\nDirectoryIndex index.html\n${process.getuid() === 0 ? 'User www-data\nGroup www-data' : ''}
    <Directory ${root}>\nAllowOverride None\nRequire all granted\n</Directory>\n${compression}\nHeader always set Content-Security-Policy "${POLICY}"\n`);
  return start('apache2', ['-f', config, '-D', 'FOREGROUND'], port, root);
}

/**
 * Our own server. `encode` compresses every answer whatever it is, `strip` decompresses what is stored compressed;
 * `change(name, bytes)` may give other bytes, or null for a missing file. Counts what it sends by file.
 */
export async function own(root, { encode = false, strip = false, change = (name, bytes) => bytes } = {}) {
  const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };
  const sent = new Map();
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://x').pathname).slice(1);
    let file = path.join(root, name);
    if (fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, 'index.html');
    let bytes = fs.existsSync(file) ? fs.readFileSync(file) : null;
    bytes = change(name, bytes);
    sent.set(name, (sent.get(name) ?? 0) + 1);
    if (bytes === null) { response.writeHead(404, { 'content-type': 'text/html' }); response.end('<!doctype html><title>404</title>'); return; }
    if (strip && bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = zlib.gunzipSync(bytes);
    const headers = { 'content-type': types[path.extname(file)] ?? 'application/octet-stream', 'content-security-policy': POLICY };
    if (encode) { bytes = zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } }); headers['content-encoding'] = 'br'; }
    response.writeHead(200, headers);
    response.end(bytes);
  }).listen(0, 'localhost');
  await new Promise((ready) => server.once('listening', ready));
  return {
    origin: `http://localhost:${server.address().port}`,
    sent,
    close: () => { server.closeAllConnections(); return new Promise((closed) => server.close(closed)); },
  };
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

/** A fresh visitor on an empty page of the site, and what the console says. */
export async function visit(browser, base) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  await page.goto(`${base}/blank.html`);
  /** Asks; an error comes back as its code. */
  const ask = (lang, text, options = {}) => page.evaluate(async ([lang, text, options]) => {
    const { open } = await import(new URL('search/search.js', document.baseURI));
    const start = performance.now();
    try {
      const search = await open(lang);
      const opened = performance.now();
      const answer = await search.query(text, options);
      return { ...answer, opening: opened - start, took: performance.now() - opened };
    } catch (error) {
      return { error: error.name, code: error.code, message: error.message };
    }
  }, [lang, text, options]);
  return { context, page, said, ask };
}

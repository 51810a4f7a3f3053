// The servers that everybody has, as programs: nginx, Apache and Python's, each started with the configuration that a
// test gives. All resolve to { origin, close }.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** What Apache has switched on where a distribution set it up, and what the manual asks for besides. */
export const APACHE_MODULES = ['alias', 'autoindex', 'deflate', 'dir', 'env', 'filter', 'mime', 'negotiation', 'setenvif',
  'headers', 'rewrite'];

const MANUAL = fs.readFileSync(path.join(import.meta.dirname, '../../src/bin/diptych/manual/content/guides/hosting.en.md'), 'utf8');

/** An example of the manual for a server, with a folder of a test in place of the manual's. */
export const example = (server, which, theirs, ours) => [...MANUAL.matchAll(new RegExp(`\`\`\`${server}\n([\\s\\S]*?)\`\`\``, 'g'))][which][1]
  .replace(/^server \{([\s\S]*)\}\s*$/, '$1').replaceAll(theirs, ours);

/** Python's server has no configuration. */
export async function python(root) {
  const port = await freePort();
  return start('python3', ['-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', root], port);
}

/** nginx with the given directives in its `server` block. */
export async function nginx(root, directives) {
  const [port, folder] = [await freePort(), scratch(root)];
  const config = path.join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
  fs.writeFileSync(config, `daemon off; pid ${folder}/pid; error_log stderr; events {}
    http { include /etc/nginx/mime.types; access_log off; ${temporary.join(' ')}
    server { listen 127.0.0.1:${port}; ${directives} } }`);
  return start('nginx', ['-e', 'stderr', '-c', config], port, folder);
}

/** Apache with the given directives, and the modules that they need. */
export async function apache(root, directives, modules = APACHE_MODULES) {
  const [port, folder] = [await freePort(), scratch(root)];
  const config = path.join(folder, 'apache.conf');
  fs.writeFileSync(config, `ServerRoot ${folder}\nServerName localhost\nListen 127.0.0.1:${port}\nPidFile ${folder}/pid
    DefaultRuntimeDir ${folder}\nErrorLog ${folder}/errors
    ${['mpm_event', 'authz_core', ...modules].map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
    TypesConfig /etc/mime.types\nDocumentRoot ${root}\nDirectoryIndex index.html
    ${process.getuid() === 0 ? 'User www-data\nGroup www-data' : ''}\n${directives}\n`);
  return start('apache2', ['-f', config, '-D', 'FOREGROUND'], port, folder);
}

/** A port that nobody listens on. */
export async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** A folder for what a server writes. A server that root starts reads as somebody else. */
function scratch(root) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'diptych-server-'));
  for (const read of [root, folder]) fs.chmodSync(read, 0o755);
  return folder;
}

/** Starts a program that serves on a port and waits until it answers; its own folder goes when it ends. */
async function start(program, args, port, folder) {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((done) => child.once('close', done));
  let said = '';
  child.stderr.on('data', (data) => { said += data; });
  child.on('error', (error) => { said += error; });
  const close = async () => {
    child.kill();
    await ended;
    if (folder) fs.rmSync(folder, { recursive: true });
  };
  for (let attempt = 0; attempt < 200 && child.exitCode === null; attempt += 1) {
    const up = await fetch(`http://127.0.0.1:${port}/`).then(() => true, () => false);
    if (up) return { origin: `http://127.0.0.1:${port}`, close };
    await new Promise((later) => setTimeout(later, 50));
  }
  await close();
  throw new Error(`${program} does not serve: ${said}`);
}

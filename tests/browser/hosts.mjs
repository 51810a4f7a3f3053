// Real servers, set up as the README says: each is started on a folder and gives { base, stop }.

import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const README = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');
const APACHE = '/usr/lib/apache2/modules';

export const hosts = {
  async nginx(root) {
    const [port, folder] = [await freePort(), await scratch()];
    const config = join(folder, 'nginx.conf');
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
    const server = example('nginx').replace('server {', `server { listen 127.0.0.1:${port};`).replaceAll('/srv/www/site', root);
    await writeFile(config, `daemon off; pid ${folder}/nginx.pid; error_log stderr; events {}
      http { include /etc/nginx/mime.types; access_log off; ${temporary.join(' ')}\n${server} }`);
    return start('nginx', ['-e', 'stderr', '-c', config], port, folder);
  },
  async apache(root) {
    const [port, folder] = [await freePort(), await scratch()];
    const config = join(folder, 'apache.conf');
    const modules = ['mpm_event', 'authz_core', 'mime', 'dir', 'headers', 'rewrite', 'setenvif', 'env', 'filter'];
    await writeFile(config, `ServerRoot ${folder}\nServerName localhost\nListen 127.0.0.1:${port}\nPidFile ${folder}/apache.pid
${modules.map((name) => `LoadModule ${name}_module ${APACHE}/mod_${name}.so`).join('\n')}
DefaultRuntimeDir ${folder}\nErrorLog ${folder}/apache.log\nTypesConfig /etc/mime.types\nDocumentRoot ${root}\nDirectoryIndex index.html
${process.getuid() === 0 ? 'User www-data\nGroup www-data' : ''}
${example('apache').replace('/srv/www/site', root)}\n`);
    return start('apache2', ['-f', config, '-D', 'FOREGROUND'], port, folder);
  },
  async python(root) {
    const port = await freePort();
    return start('python3', ['-m', 'http.server', `${port}`, '--bind', '127.0.0.1', '--directory', root], port, await scratch());
  },
};

/** The example of the README for a server. */
const example = (server) => README.match(new RegExp(`\`\`\`${server}\n([\\s\\S]*?)\`\`\``))[1];

/** A folder that a server may use which root starts and which then reads as somebody else. */
async function scratch() {
  const folder = await mkdtemp(join(tmpdir(), 'diptych-host-'));
  await chmod(folder, 0o755);
  return folder;
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function start(program, args, port, folder) {
  const base = `http://127.0.0.1:${port}/`;
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes) => { said += bytes; });
  child.on('error', (error) => { said += error; });
  const stop = async () => {
    await new Promise((done) => { child.once('exit', done); child.kill(); });
    await rm(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 200 && child.exitCode === null; tries += 1) {
    if (await fetch(base).then(() => true, () => false)) return { base, stop };
    await new Promise((done) => setTimeout(done, 50));
  }
  child.kill();
  throw new Error(`${program} does not serve: ${said}`);
}

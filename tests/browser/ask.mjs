// Asks an index through the engine, without a browser and without `search.js`.
//
// usage: node ask.mjs ENGINE.wasm.gz SITE < questions > answers
//
// A question is a line of JSON, { lang, text, limit?, offset?, filters?, typing?, explain? }; an answer is a line of JSON,
// as the engine wrote it, or the word `damaged`.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { pathToFileURL } from 'node:url';

const unzip = (bytes) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? zlib.gunzipSync(bytes) : bytes);

/** An engine that answers from the files of a site. */
export async function load(engineFile, site) {
  const { instance } = await WebAssembly.instantiate(unzip(fs.readFileSync(engineFile)));
  const engine = instance.exports;
  const write = (bytes) => {
    // Making room may move the engine's memory, so its address is read afterwards.
    const at = engine.input(bytes.length);
    new Uint8Array(engine.memory.buffer, at, bytes.length).set(bytes);
  };
  const indexes = {};
  const open = (lang) => {
    const folder = path.join(site, 'search', JSON.parse(fs.readFileSync(path.join(site, `search/${lang}.json`))).index);
    write(unzip(fs.readFileSync(path.join(folder, 'boot.pack'))));
    return { folder, number: engine.open() };
  };
  return ({ lang, text, limit = 10, offset = 0, filters = [], typing = true, explain = false }) => {
    const { folder, number } = (indexes[lang] ??= open(lang));
    for (;;) {
      write(new TextEncoder().encode([text.normalize('NFC'), ...filters.flat()].join('\0')));
      const status = engine.ask(number, limit, offset, (typing ? 0 : 1) | (explain ? 2 : 0));
      const output = new TextDecoder().decode(
        new Uint8Array(engine.memory.buffer, engine.output(), engine.output_length()));
      if (status === 0) return output;
      if (status === 2) return 'damaged';
      for (const line of output.trim().split('\n')) {
        const [file, name] = line.split(' ');
        write(unzip(fs.readFileSync(path.join(folder, name))));
        if (engine.feed(number, Number(file)) !== 0) return 'damaged';
      }
    }
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const ask = await load(process.argv[2], process.argv[3]);
  const questions = fs.readFileSync(0, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  process.stdout.write(questions.map((question) => `${ask(question)}\n`).join(''));
}

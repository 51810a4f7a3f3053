// The preview's part of a page: waits for the next snapshot of the site, reloads, and shows mistakes over the page.

const sheet = document.createElement('link');
sheet.rel = 'stylesheet';
sheet.href = '/_diptych/preview.css';
document.head.append(sheet);

const HIDDEN = 'diptych-hidden';
let panel = null;

function show({ generation, lang, title, close, errors, mistakes, text }) {
  panel?.remove();
  panel = null;
  if (mistakes.length === 0 || sessionStorage.getItem(HIDDEN) === String(generation)) return;
  panel = document.createElement('section');
  panel.id = 'diptych-mistakes';
  panel.lang = lang;
  panel.className = errors ? 'errors' : 'warnings';
  panel.setAttribute('role', 'alert');
  const heading = document.createElement('h2');
  heading.textContent = title;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = close;
  button.addEventListener('click', () => {
    sessionStorage.setItem(HIDDEN, String(generation));
    panel.remove();
  });
  const words = document.createElement('pre');
  words.tabIndex = 0;
  words.textContent = text;
  panel.append(heading, button, words);
  document.body.append(panel);
}

async function next(seen) {
  const query = seen === null ? '' : `?generation=${seen}`;
  const answer = await fetch(`/_diptych/next${query}`, { cache: 'no-store' });
  return answer.json();
}

let seen = null;
for (;;) {
  try {
    const snapshot = await next(seen);
    if (seen !== null && snapshot.generation !== seen) location.reload();
    if (snapshot.generation !== seen) show(snapshot);
    seen = snapshot.generation;
  } catch {
    // The preview has ended or is starting again.
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

// Follows the state of the site, for the pages of the site and for those of the editor. A request that waits for the next
// state holds a connection, and a browser has six of them for all pages of an address: of the pages that are in sight one
// asks, and tells the others.

const NAME = 'diptych-next';
const RETRY = 1000;

/**
 * Tells of each new state, as long as the page is open: `changed` when it is another one, `reached` whether the program
 * answers. With the first answer the state is known, and is not told as another.
 * @param {() => void} changed
 * @param {(is: boolean) => void} reached
 * @returns {void}
 */
export function follow(changed, reached) {
  /** @type {number | null} */
  let seen = null;
  const hear = (/** @type {number | null} */ generation) => {
    reached(generation !== null);
    if (generation === null) {
      // The program has ended or is starting again: what it knows may be another state under the same number.
      if (seen !== null) seen = -1;
      return;
    }
    const isOther = seen !== null && generation !== seen;
    seen = generation;
    if (isOther) changed();
  };
  const channel = new BroadcastChannel(NAME);
  channel.addEventListener('message', ({ data }) => hear(data));
  const ask = async (/** @type {number | null} */ known, /** @type {AbortSignal} */ signal) => {
    let generation = null;
    try {
      const answer = await fetch(`/_diptych/next${known === null ? '' : `?generation=${known}`}`, { cache: 'no-store', signal });
      if (answer.ok) ({ generation } = await answer.json());
    } catch {
      if (signal.aborted) return;
    }
    hear(generation);
    channel.postMessage(generation);
    if (generation === null) await new Promise((resolve) => setTimeout(resolve, RETRY));
  };
  const askOn = async (/** @type {AbortSignal} */ signal) => {
    while (!signal.aborted) await ask(seen, signal);
  };
  /** @type {AbortController | null} */
  let asking = null;
  const turn = async () => {
    if (document.hidden) {
      asking?.abort();
      asking = null;
    } else if (!asking) {
      asking = new AbortController();
      const { signal } = asking;
      // What has happened meanwhile is asked for at once, whoever waits for what comes next.
      await ask(null, signal);
      if (signal.aborted) return;
      // Where the page may not agree with others, which is so at an address of another machine, each one in sight asks.
      if (navigator.locks) await navigator.locks.request(NAME, { signal }, () => askOn(signal)).catch(() => {});
      else await askOn(signal);
    }
  };
  document.addEventListener('visibilitychange', () => void turn());
  // A page that the browser keeps to go back to is asked about again; one that it keeps must hold nothing.
  addEventListener('pagehide', () => { asking?.abort(); asking = null; });
  addEventListener('pageshow', () => void turn());
  void turn();
}

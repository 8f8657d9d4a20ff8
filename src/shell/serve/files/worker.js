// The preview's worker: one event stream for all tabs of a browser.
// Shared where the browser can, else one for each page. It tells each page the state of its
// address whenever the generation changed, so that a page that missed an event still
// catches up. Served by `leitfaden serve` only.
'use strict';

const FIRST = 400; // an event stream that says nothing for so long is opened anew
const SILENCE = 10000; // the server beats more often than that
const ANSWER = 5000; // a question that hangs for so long is asked anew: its connection may have died in silence
const AGAIN = [250, 250, 500, 700]; // pauses before the next tries

const ports = new Map(); // port → what it asked for
let token = '';
let source = null;
let timer = 0;
let tries = 0;
let failures = 0;

const get = (address) => fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(ANSWER) });
const own = (name, query) => `/__leitfaden/${name}?${new URLSearchParams({ token, ...query })}`;

const listen = () => {
  close();
  if (!token || !ports.size) return;
  const mine = new EventSource(own('events', {}));
  source = mine;
  const watch = (time) => {
    clearTimeout(timer);
    timer = setTimeout(() => source === mine && again(), time);
  };
  watch(FIRST * Math.min(++tries, 5));
  mine.onmessage = () => {
    tries = 0;
    failures = 0;
    watch(SILENCE);
    for (const port of ports.keys()) tell(port);
  };
  mine.addEventListener('beat', () => watch(SILENCE));
  mine.onerror = () => source === mine && again();
};

const close = () => {
  clearTimeout(timer);
  source?.close();
  source = null;
};

// The server may have been started anew: then pages know its token.
const again = () => {
  close();
  timer = setTimeout(async () => {
    await learn();
    listen();
  }, AGAIN[Math.min(failures++, AGAIN.length - 1)]);
};

const learn = async () => {
  const path = [...ports.values()].at(-1)?.path;
  if (!path) return;
  try {
    const html = await (await get(path)).text();
    token = html.match(/ data-token="([0-9a-f]+)"/)?.[1] ?? token;
  } catch {
    // The server is away; the next try comes soon.
  }
};

// One question at a time for each page, so that an old answer never comes last.
const tell = async (port) => {
  const wish = ports.get(port);
  if (!wish) return;
  wish.again = true;
  if (wish.busy) return;
  wish.busy = true;
  while (wish.again && ports.has(port)) {
    wish.again = false;
    try {
      let answer = await get(own('state', { path: wish.path }));
      if (answer.status === 403) {
        await learn();
        answer = await get(own('state', { path: wish.path }));
      }
      if (answer.ok) port.postMessage(await answer.json());
    } catch {
      // The server or the network is away. An open event stream may outlive that without a word, so it is
      // opened anew, and its first message asks again.
      if (source) again();
    }
  }
  wish.busy = false;
};

const adopt = (port) => {
  port.onmessage = ({ data }) => {
    if (data.bye) {
      ports.delete(port);
      if (!ports.size) close();
      return;
    }
    // A question that is under way goes on with the same wish, or nobody would ever ask again.
    if (!ports.has(port)) ports.set(port, { busy: false, again: false });
    ports.get(port).path = data.path;
    const isNew = token !== data.token;
    // A page that was just loaded knows the token of the run that is up.
    if (isNew) token = data.token;
    if (isNew || !source) listen();
    tell(port);
  };
};

if (typeof SharedWorkerGlobalScope === 'function' && self instanceof SharedWorkerGlobalScope) {
  self.onconnect = ({ ports: [port] }) => adopt(port);
} else {
  adopt(self);
}

// The search's browser half in Node, over the files of a built site: the same script, with just enough of a
// document to load the index. For the vectors, the benchmark and for tuning; what readers get is tested in a browser.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL, fileURLToPath } from "node:url";
import vm from "node:vm";

/** The search of the site in `folder`; `loaded` lists the files it has read so far. */
export const engine = async (folder) => {
  const statics = join(folder, "static");
  const script = readdirSync(statics).find((name) => /^search\.[0-9a-f]+\.js$/.test(name));
  const index = readdirSync(statics).find((name) => /^search-[0-9a-f]+$/.test(name));
  const loaded = [];
  const run = (path) => {
    loaded.push(path);
    vm.runInContext(readFileSync(path, "utf8"), context, { filename: path });
  };
  const document = {
    currentScript: { src: pathToFileURL(join(statics, script)).href },
    querySelector: () => null,
    querySelectorAll: () => [],
    addEventListener: () => {},
    createElement: () => ({}),
    head: { append: (element) => { run(fileURLToPath(element.src)); element.onload(); } },
  };
  const context = vm.createContext({ document, URL, location: new URL(pathToFileURL(join(folder, "index.html")).href) });
  context.window = context;
  run(join(statics, script));
  const search = context.leitfadenSearch;
  await search.start(pathToFileURL(join(statics, index, "core.js")).href);
  const root = pathToFileURL(`${folder}/`).href;
  const find = async (query, most = 10) => {
    const { hits } = await search.find(query);
    const shown = await search.shown(hits.slice(0, most));
    return shown.map(({ title, href }) => ({ title, path: href.slice(root.length).replace(/(^|\/)index\.html/, "$1") }));
  };
  return { find, search, loaded };
};

// Grades what the real servers of tests/hosts.rs answered with the analyser of the MDN HTTP Observatory,
// without a request: `cargo test hosts::` first, then
// `npm ci --prefix tests/hosts --ignore-scripts && node tests/hosts/observatory.mjs target/tmp/hosts`.
// The answers came by http from this machine; redirects from http to https are taken as given.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const observatory = join(here, "node_modules/@mdn/mdn-http-observatory");
// The list of preloaded hosts, which the package would fetch: this one is not on it.
mkdirSync(join(observatory, "conf"), { recursive: true });
writeFileSync(join(observatory, "conf/hsts-preload.json"), "{}");

const load = (path) => import(pathToFileURL(join(observatory, "src", path)).href);
const { ALL_TESTS, ALGORITHM_VERSION } = await load("constants.js");
const { Requests } = await load("types.js");
const { Session } = await load("retriever/session.js");
const { parseHttpEquivHeaders } = await load("retriever/utils.js");
const { getGradeForScore, getScoreModifier } = await load("grader/grader.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await load("grader/charts.js");
const { AxiosHeaders } = await import("axios");

const HOST = "leitfaden.example";
const GOAL = 130;

function requests(answer) {
  const end = answer.indexOf("\r\n\r\n");
  const [first, ...lines] = answer.slice(0, end).split("\r\n");
  const html = answer.slice(end + 4);
  const response = () => ({
    headers: new AxiosHeaders(lines.join("\n")), request: { headers: new AxiosHeaders() }, config: { headers: new AxiosHeaders() },
    status: Number(first.split(" ")[1]), statusText: "OK", verified: true, data: html,
  });
  const all = new Requests(HOST);
  Object.assign(all.responses, { auto: response(), cors: response(), http: response(), https: response() });
  const to = new URL(`https://${HOST}/`);
  all.responses.httpRedirects = [{ url: new URL(`http://${HOST}/`), status: 301 }, { url: to, status: 200 }];
  all.responses.httpsRedirects = [{ url: to, status: 200 }];
  all.session = new Session(to);
  all.resources.path = html;
  all.responses.auto.httpEquiv = parseHttpEquivHeaders(html, to.href);
  return all;
}

function grade(answer) {
  const results = ALL_TESTS.map((test) => test(requests(answer))).filter(({ result }) => result);
  const points = results.map((one) => ({ name: one.constructor.name.replace("Output", ""), result: one.result, points: getScoreModifier(one.result) }));
  const sum = (list) => list.reduce((total, one) => total + one.points, 100);
  const plain = sum(points.filter((one) => one.points < 0));
  return { points, ...getGradeForScore(plain >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(points) : plain) };
}

const folder = process.argv[2];
const files = readdirSync(folder).filter((name) => name.endsWith(".txt")).sort();
let failed = files.length < 4;
for (const file of files) {
  const { score, grade: letter, points } = grade(readFileSync(join(folder, file), "utf8"));
  const told = points.filter((one) => one.points !== 0).map((one) => `${one.name} ${one.points > 0 ? "+" : ""}${one.points}`);
  console.log(`${file.replace(".txt", "")}: ${letter} ${score} (algorithm ${ALGORITHM_VERSION}; ${told.join(", ")})`);
  failed ||= letter !== "A+" || score < GOAL;
}
if (failed) {
  console.error(`A+ with ${GOAL} points is the goal, for four answers`);
  process.exitCode = 1;
}

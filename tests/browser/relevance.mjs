// The relevance set and its figures: where the first wanted page stands among the results, by class and over all.
import { readFileSync } from "node:fs";

/** The queries of a half (`tune`, `report`), or all. */
export const queries = (half) => JSON.parse(readFileSync(new URL("queries.json", import.meta.url), "utf8")).filter((query) => !half || query.half === half);

/** Whether a result is one that the query wants; an address without an anchor means the page and its sections. */
export const isWanted = (path, { want }) => want.some((wanted) => {
  if (!wanted.includes("#")) return path === wanted || path.startsWith(`${wanted}#`);
  // Events are named by their day: the rest of their anchor is their title.
  return /#e\d{4}/.test(wanted) ? path.startsWith(wanted) : path === wanted;
});

/** The place of the first wanted result, from 1; 0 if there is none among the first ten. */
export const rank = (paths, query) => paths.slice(0, 10).findIndex((path) => isWanted(path, query)) + 1;

/** Figures over `[{query, rank, count}]`. */
export const figures = (rows) => {
  const share = (list, test) => list.filter(test).length / Math.max(1, list.length);
  const of = (list) => ({
    queries: list.length,
    s1: share(list, (row) => row.rank === 1),
    s3: share(list, (row) => row.rank > 0 && row.rank <= 3),
    mrr: list.reduce((sum, row) => sum + (row.rank ? 1 / row.rank : 0), 0) / Math.max(1, list.length),
    none: share(list, (row) => row.count === 0),
  });
  const classes = [...new Set(rows.map((row) => row.query.class))];
  return { all: of(rows), classes: Object.fromEntries(classes.map((name) => [name, of(rows.filter((row) => row.query.class === name))])) };
};

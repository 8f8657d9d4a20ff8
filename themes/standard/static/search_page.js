// The search page: results as you type, narrowed down by lists, the state in the address. Needs search.js.
"use strict";
(() => {
  const { core, shown, make, marked, excerpt, status, typed } = window.leitfadenSearch;
  const results = document.querySelector("[data-search-results]");
  const form = document.querySelector("main form[data-search]");
  const all = (selector, from) => [...from.querySelectorAll(selector)];
  if (!results || !form) return;
  const input = form.querySelector("input");
  const told = document.querySelector("[data-search-status]");
  const chosen = {};
  const filters = make("div", { className: "search-filters" });
  results.before(filters);
  let [many, asked] = [10, ""];
  const passes = (number, but) => core().facets.every(([, , of], i) => i === but || !chosen[i] || of.charCodeAt(number) - 48 === chosen[i]);
  const offer = (hits) => core().facets.forEach(([label, values, of], i) => {
    const counts = {};
    hits.filter(([number]) => passes(number, i)).forEach(([number]) => { const value = of.charCodeAt(number) - 48; if (value) counts[value] = (counts[value] || 0) + 1; });
    const select = all("select", filters)[i] || filters.appendChild(make("label", {}, `${label} `, make("select"))).lastChild;
    const option = (value, text) => make("option", { value, selected: chosen[i] === value }, text);
    select.replaceChildren(option(0, core().texts[4]), ...values.map((text, v) => [v + 1, text]).filter(([v]) => counts[v] || chosen[i] === v).map(([v, text]) => option(v, `${text} (${counts[v] || 0})`)));
    select.parentElement.hidden = !chosen[i] && Object.keys(counts).length < 2;
    select.onchange = () => { chosen[i] = Number(select.value); many = 10; go(); };
  });
  const go = typed(form, input, async (query, found, current, error) => {
    if (query !== asked) many = 10;
    asked = query;
    if (found) offer(found.hits); else filters.replaceChildren();
    const hits = found ? found.hits.filter(([number]) => passes(number)) : [];
    const items = await shown(hits.slice(0, many));
    if (!current()) return;
    const state = new URLSearchParams({ q: query });
    Object.entries(chosen).forEach(([i, value]) => { if (value) state.set(`f${i}`, value); });
    history.replaceState(history.state, "", `?${state}`);
    results.replaceChildren(...items.map((hit) => make("article", { className: "hit" },
      make("h2", {}, make("a", { href: hit.href }, ...marked(hit.title, found))),
      make("p", { className: "hit-kind" }, [hit.kind, hit.parent].filter(Boolean).join(" · ")),
      make("p", { className: "hit-text" }, ...excerpt(hit.text, found)))));
    if (hits.length > items.length) results.append(make("button", { type: "button", className: "btn quiet", onclick: () => { many += 10; go(); } }, core().texts[6]));
    const text = error || (found ? status(query, hits.length) : "");
    if (told.textContent !== text) told.textContent = text;
  });
  const walk = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = all("a[href]", results);
    const place = links.indexOf(document.activeElement);
    if (event.key === "Escape" && place >= 0) input.focus();
    if (!step || event.altKey || (place < 0 && (step < 0 || event.target !== input))) return;
    const next = place + step < 0 ? input : links[place + step];
    if (next) { event.preventDefault(); next.focus(); }
  };
  [input, results].forEach((element) => element.addEventListener("keydown", walk));
  form.addEventListener("submit", (event) => { event.preventDefault(); go(); });
  new URLSearchParams(location.search).forEach((value, name) => {
    if (name === "q") input.value = value;
    else if (/^f\d$/.test(name)) chosen[name[1]] = Number(value);
  });
  if (input.value) go();
})();

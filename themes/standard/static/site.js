// Enhancement only: every page works without it. No storage, no request.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const { location, history } = window;

  // 1 On a web server the address ends in the folder, not in index.html.
  const isWeb = /^https?:$/.test(location.protocol);
  const setUrl = (search, hash = location.hash) => {
    const path = isWeb ? location.pathname.replace(/\/index\.html$/, "/") : location.pathname;
    history.replaceState(history.state, "", path + search + hash);
  };
  if (isWeb && location.pathname.endsWith("/index.html")) setUrl(location.search);

  // 2 Form state lives in the address.
  const form = document.querySelector("form[data-filter]");
  const inputs = all("form[data-filter] input, .profiles input");
  const params = new URLSearchParams(location.search);
  const restore = () => inputs.forEach((input) => {
    if (params.has(input.name)) input.checked = params.getAll(input.name).includes(input.value);
  });
  const first = inputs.find((input) => input.type === "radio");
  const isDefault = (input) => input === first;
  const query = () => {
    const chosen = new URLSearchParams();
    inputs.filter((input) => input.checked && !isDefault(input)).forEach((input) => chosen.append(input.name, input.value));
    const text = chosen.toString();
    return text ? `?${text}` : "";
  };
  if (inputs.length > 0) {
    restore();
    if (first && !inputs.some((input) => input.type === "radio" && input.checked)) first.checked = true;
    const folded = form && form.querySelector("details");
    if (folded && inputs.some((input) => input.type === "checkbox" && input.checked)) folded.open = true;
  }

  // 3 The count of what a filter leaves.
  const count = document.querySelector("[data-filter-count]");
  const rows = all("tr[data-system]");
  const whole = count ? count.textContent : "";
  const tell = () => {
    if (!count) return;
    const shown = rows.filter((row) => row.getClientRects().length > 0).length;
    const text = shown === rows.length ? whole : shown === 0 ? count.dataset.none : count.dataset.some.replace("{shown}", shown);
    if (count.textContent !== text) count.textContent = text;
  };
  inputs.forEach((input) => input.addEventListener("change", () => { setUrl(query()); tell(); }));
  tell();

  // 4 The matrix: arrow keys from cell to cell, Escape and a click elsewhere close the evidence.
  const table = document.querySelector("table[data-matrix]");
  if (table) {
    const openCell = () => table.querySelector("details[open]");
    const close = (focus) => {
      const open = openCell();
      if (!open) return;
      open.open = false;
      if (focus) open.querySelector("summary").focus();
    };
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(true); });
    document.addEventListener("click", (event) => { if (!event.target.closest("table[data-matrix] details")) close(false); });
    const visible = (element) => element && element.getClientRects().length > 0;
    const cellsOf = (row) => [...row.cells].filter((cell) => visible(cell) && cell.querySelector("summary, a"));
    const target = (cell) => cell && cell.querySelector("summary, a");
    table.addEventListener("keydown", (event) => {
      const cell = event.target.closest("td[data-criterion], tbody th");
      if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.target.closest(".evi")) return;
      const row = cell.parentElement;
      const shown = rows.filter(visible);
      const at = cellsOf(row).indexOf(cell);
      const down = (step) => {
        const next = shown[shown.indexOf(row) + step];
        return next && cellsOf(next).find((other) => other.cellIndex === cell.cellIndex);
      };
      const next = {
        ArrowRight: () => cellsOf(row)[at + 1], ArrowLeft: () => cellsOf(row)[at - 1],
        ArrowDown: () => down(1), ArrowUp: () => down(-1),
        Home: () => cellsOf(row)[0], End: () => cellsOf(row).at(-1),
      }[event.key];
      const element = next && target(next());
      if (!element) return;
      event.preventDefault();
      element.focus();
      if (openCell() && element.matches("summary")) element.parentElement.open = true;
    });
    // Browsers without exclusive details: one open at a time.
    if (!("name" in HTMLDetailsElement.prototype)) {
      table.addEventListener("toggle", (event) => {
        if (event.target.open) all("details[open]", table).forEach((other) => { if (other !== event.target) other.open = false; });
      }, true);
    }
  }

  // 5 On phones the groups of a system page start folded; the first stays open.
  if (window.matchMedia("(max-width: 47.99rem)").matches) all("details.group").slice(1).forEach((group) => { group.open = false; });

  // 6 A link to something folded unfolds it.
  const unfold = () => {
    let id;
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const element = id && document.getElementById(id);
    if (!element) return;
    let moved = false;
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      if (!fold.open) { fold.open = true; moved = true; }
    }
    if (moved) element.scrollIntoView();
  };
  window.addEventListener("hashchange", unfold);
  unfold();

  // 7 Print what is folded on the screen.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = all("details.unk:not([open]), details.fold:not([open]), details.group:not([open])");
    folded.forEach((details) => { details.open = true; });
  });
  window.addEventListener("afterprint", () => { folded.forEach((details) => { details.open = false; }); folded = []; });
})();

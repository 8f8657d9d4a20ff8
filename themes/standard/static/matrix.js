// The comparison: filters, order, keyboard, systems side by side. The state lives in the address.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const form = one("form[data-filter]");
  const table = one("table[data-matrix]");
  if (!form || !table) return;
  const rows = all("tr[data-system]", table);
  const body = rows[0].parentElement;
  const picks = all("[name=sys]", table);
  const isVisible = (element) => element && element.getClientRects().length > 0;

  // 1 Filters: within one criterion any ticked value will do, across criteria all must.
  const wanted = () => {
    const byName = new Map();
    all("[data-k]:checked", form).forEach((box) => byName.set(box.name, [...(byName.get(box.name) || []), box.dataset.k]));
    return [...byName.values()];
  };
  const profile = () => all("[name=profile]", form).findIndex((radio) => radio.checked);
  const fits = (row, groups, lights) => {
    const found = row.dataset.f.split(" ");
    const rated = row.dataset.r.split(" ");
    return groups.every((keys) => keys.some((key) => found.includes(key)))
      && (lights.length === 0 || lights.some((light) => rated.includes(light)));
  };
  const count = one("[data-filter-count]");
  const whole = count.textContent;
  const groupBoxes = all("[name=group]", form);
  const apply = () => {
    const at = Math.max(0, profile());
    if (document.body.dataset.p !== String(at)) document.body.dataset.p = at;
    const open = groupBoxes.map((box, index) => (box.checked ? index : "")).join(" ").trim();
    if (table.dataset.g !== open) table.dataset.g = open;
    const lights = all("[data-r]:checked", form).map((box) => at + box.dataset.r);
    const groups = wanted();
    let shown = 0;
    rows.forEach((row) => {
      row.hidden = !fits(row, groups, lights);
      // On wide screens it stays as an empty row (matrix.css); screen readers must not count it.
      row.ariaHidden = row.hidden ? "true" : null;
      if (!row.hidden) shown += 1;
    });
    const text = shown === rows.length ? whole : shown === 0 ? count.dataset.none : count.dataset.some.replace("{shown}", shown);
    if (count.textContent !== text) count.textContent = text;
  };

  // 2 Order: by name, by result for the profile, by how much is known, by the last review.
  const sort = one("[name=sort]", form);
  const light = (row) => {
    const rated = row.dataset.r.split(" ").find((text) => text.slice(0, -1) === String(Math.max(0, profile())));
    return rated ? "gyrq".indexOf(rated.slice(-1)) : 9;
  };
  const orders = {
    name: () => 0,
    rating: (a, b) => light(a) - light(b),
    known: (a, b) => b.dataset.known - a.dataset.known,
    reviewed: (a, b) => b.dataset.day.localeCompare(a.dataset.day),
  };
  let current = rows;
  let placed = rows.length;
  const arrange = () => {
    const order = [...rows].sort(orders[sort.value] || orders.name);
    if (order.some((row, at) => row !== current[at])) placed = 0;
    current = order;
  };
  const place = (until) => {
    for (; placed < until; placed += 1) if (body.children[placed] !== current[placed]) body.insertBefore(current[placed], body.children[placed]);
  };

  // 3 A change answers with the rows in view. The others follow, some a frame; meanwhile they keep the height they had.
  const scroller = table.closest("section");
  let late = [];
  let frame = 0;
  const follow = () => {
    const next = late.splice(0, 3);
    place(late.length > 0 ? current.indexOf(next.at(-1)) + 1 : rows.length);
    next.forEach((row) => row.classList.remove("late"));
    frame = late.length > 0 ? window.requestAnimationFrame(follow) : 0;
  };
  const staged = (change) => {
    window.cancelAnimationFrame(frame);
    const isBelow = (row) => row.getBoundingClientRect().top > Math.min(scroller.getBoundingClientRect().bottom, window.innerHeight);
    const isAbove = (row) => row.getBoundingClientRect().bottom < Math.max(scroller.getBoundingClientRect().top, 0);
    const reach = current.filter((row) => !row.hidden && !isBelow(row)).length;
    // What holds the focus or open evidence must not leave the page, not for a frame.
    rows.forEach((row) => row.classList.toggle("late", !row.matches(":focus-within, :has([open])")));
    change();
    const shown = current.filter((row) => !row.hidden);
    place(reach < shown.length ? current.indexOf(shown[reach]) + 1 : rows.length);
    late = shown.filter((row) => isBelow(row) || isAbove(row));
    rows.forEach((row) => { if (!late.includes(row)) row.classList.remove("late"); });
    frame = window.requestAnimationFrame(follow);
  };
  // 4 The address: what differs from the start goes into it, so that it can be sent on.
  const chosen = () => picks.filter((box) => box.checked);
  const side = one("[data-side]");
  const save = () => {
    const params = new URLSearchParams(new FormData(form));
    const first = one("[name=profile]", form);
    if (first && params.get("profile") === first.value) params.delete("profile");
    if (params.get("sort") === "name") params.delete("sort");
    if (!side.hidden) params.set("view", "side");
    const text = params.toString();
    window.history.replaceState(window.history.state, "", window.location.pathname + (text ? `?${text}` : "") + window.location.hash);
  };
  const params = new URLSearchParams(window.location.search);
  const inputs = [...all("input", form), ...picks];
  inputs.forEach((input) => {
    if (params.has(input.name)) input.checked = params.getAll(input.name).includes(input.value);
  });
  const radios = all("[name=profile]", form);
  if (radios.length > 0 && !radios.some((radio) => radio.checked)) radios[0].checked = true;
  if (orders[params.get("sort")]) sort.value = params.get("sort");
  const adv = one(".adv", form);
  if (adv && (all("input[type=checkbox]:checked", form).length > 0 || sort.value !== "name")) adv.open = true;

  // 5 Two to four systems side by side: the same evidence, one system a column, differences marked.
  const bar = one("[data-picked]");
  const say = one("[data-text]", bar);
  const tellPicks = () => {
    const n = chosen().length;
    bar.hidden = n === 0 || !side.hidden;
    const text = n === 1 ? say.dataset.one : n >= 4 ? say.dataset.full : say.dataset.text.replace("{count}", n);
    if (say.textContent !== text) say.textContent = text;
    one("[data-side-open]", bar).disabled = n < 2;
    picks.forEach((box) => { box.disabled = n >= 4 && !box.checked; });
    document.body.classList.toggle("has-picked", !bar.hidden);
  };
  const words = (cell) => {
    const summary = one("summary", cell);
    return summary ? summary.textContent.replace(/\u00ad/g, "").trim() : "";
  };
  const make = (name, text, attributes = {}) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  };
  // The cell of the table that a cell side by side was made from.
  const origins = new WeakMap();
  const build = () => {
    const systems = chosen().slice(0, 4).map((box) => box.closest("tr"));
    const head = make("tr");
    head.append(make("td"));
    systems.forEach((row) => {
      const th = make("th", "", { scope: "col" });
      th.append(one("a", row.cells[0]).cloneNode(true), one("small", row.cells[0]).cloneNode(true));
      all(".pf", row).forEach((rating) => th.append(rating.cloneNode(true)));
      head.append(th);
    });
    one("thead", side).replaceChildren(head);
    let differing = 0;
    const lines = all("td[data-criterion]", systems[0]).map((first) => {
      const cells = systems.map((row) => row.cells[first.cellIndex]);
      const line = make("tr");
      const label = one(`tr.crit > :nth-child(${first.cellIndex + 1}) a`, table);
      const th = make("th", "", { scope: "row" });
      th.append(label ? label.cloneNode(true) : first.dataset.criterion);
      if (new Set(cells.map(words)).size > 1) {
        line.dataset.differs = "";
        th.append(make("small", one("[data-side-text]", side).dataset.diff));
        differing += 1;
      }
      line.append(th);
      cells.forEach((cell) => {
        const td = make("td", "", { "data-light": cell.dataset.light });
        origins.set(td, cell);
        if (cell.classList.contains("na")) td.className = "na";
        td.append(one("details", cell).cloneNode(true));
        one("details", td).open = false;
        line.append(td);
      });
      return line;
    });
    one("tbody", side).replaceChildren(...lines);
    const text = one("[data-side-text]", side);
    text.textContent = text.dataset.text.replace("{count}", differing).replace("{total}", lines.length);
    one(".sd", side).style.setProperty("--n", systems.length);
  };
  const show = (open, focus) => {
    if (open) build();
    side.hidden = !open;
    document.body.classList.toggle("is-side", open);
    tellPicks();
    save();
    if (focus) (open ? one("h2", side) : scroller).focus();
    if (focus && open) side.scrollIntoView({ block: "start" });
  };
  one("[data-side-open]", bar).addEventListener("click", () => show(true, true));
  one("[data-side-close]", side).addEventListener("click", () => show(false, true));
  one("[data-side-diff]", side).addEventListener("change", (event) => side.classList.toggle("only-diff", event.target.checked));
  one("[data-side-clear]", bar).addEventListener("click", () => {
    picks.forEach((box) => { box.checked = false; });
    tellPicks();
    save();
    scroller.focus();
  });
  picks.forEach((box) => box.addEventListener("change", () => { tellPicks(); save(); }));
  form.addEventListener("change", () => { staged(() => { arrange(); apply(); }); save(); });
  arrange();
  place(rows.length);
  apply();
  tellPicks();
  if (params.get("view") === "side" && chosen().length > 1) show(true, false);

  // 6 Evidence: the script of a system brings it when the first of its cells opens. Until then, and if it cannot be
  // loaded, a link to the same on the page of the system stands there. Above it: whose it is.
  const evidence = {};
  window.leitfadenEvidence = (system, html) => { evidence[system] = new DOMParser().parseFromString(html, "text/html"); };
  const loading = {};
  const load = ({ system, evidence: address }) => loading[system] ||= new Promise((done) => {
    const script = make("script", "", { src: address });
    script.onload = done;
    script.onerror = () => { delete loading[system]; script.remove(); done(); };
    document.head.append(script);
  });
  const fill = async (details) => {
    const shown = details.closest("td");
    const cell = origins.get(shown) || shown;
    const row = cell.parentElement;
    let place = one(".evi", details);
    if (!place) {
      const waiting = one("noscript", details);
      if (!waiting) return;
      place = make("div", "", { class: "evi", "data-waits": "" });
      const criterion = one(`tr.crit > :nth-child(${cell.cellIndex + 1})`, table).dataset.label;
      place.append(make("p", one("a", row.cells[0]).textContent, { class: "muted" }), make("p", criterion, { class: "what" }), make("p"));
      place.lastChild.append(one("a", new DOMParser().parseFromString(waiting.textContent, "text/html")));
      waiting.replaceWith(place);
    }
    if (!place.matches("[data-waits]")) return;
    await load(row.dataset);
    const system = evidence[row.dataset.system];
    const found = system && one(`[data-of="${cell.dataset.criterion}"]`, system);
    if (!found || !place.matches("[data-waits]")) return;
    place.lastChild.replaceWith(...found.cloneNode(true).childNodes);
    place.removeAttribute("data-waits");
  };
  [table, side].forEach((part) => part.addEventListener("toggle", (event) => { if (event.target.open && event.target.closest("td")) fill(event.target); }, true));
  all("details[open]", table).forEach(fill);

  // 7 Arrow keys go from cell to cell; Escape and a click elsewhere close the evidence.
  const openCell = () => one(".mx details[open], .sd details[open]");
  const close = (focus) => {
    const open = openCell();
    if (!open) return;
    open.open = false;
    if (focus) one("summary", open).focus();
  };
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(true); });
  document.addEventListener("click", (event) => { if (!event.target.closest(".mx details, .sd details")) close(false); });
  const cellsOf = (row) => [...row.cells].filter((cell) => isVisible(cell) && one("summary, a", cell));
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td[data-criterion], tbody th");
    if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.target.closest(".evi, input")) return;
    const row = cell.parentElement;
    const shown = current.filter((other) => !other.hidden);
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
    const found = next && next();
    const element = found && one("summary, a", found);
    if (!element) return;
    event.preventDefault();
    const wasOpen = openCell();
    element.focus();
    if (wasOpen && element.matches("summary")) element.parentElement.open = true;
  });
  // Browsers without exclusive details: one open at a time.
  if (!("name" in HTMLDetailsElement.prototype)) {
    table.addEventListener("toggle", (event) => {
      if (event.target.open) all("details[open]", table).forEach((other) => { if (other !== event.target) other.open = false; });
    }, true);
  }
})();

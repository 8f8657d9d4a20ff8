// The decision aid: which systems fit the answers, and the record of the decision.
// Which need a system meets was worked out when the site was built; this only looks it up.
// Answers live in the address, the record's fields nowhere: nothing leaves the browser.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const aid = one("[data-decision]");
  if (!aid) return;
  const form = one("form", aid);
  const items = all("li[data-system]", aid);
  const inputs = all("input", form);
  const make = (name, text) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    return element;
  };

  // 1 The address holds the answers.
  const params = new URLSearchParams(window.location.search);
  const isFirst = (input) => input.type === "radio" && input === one(`[name="${input.name}"]`, form);
  inputs.forEach((input) => {
    if (params.has(input.name)) input.checked = params.getAll(input.name).includes(input.value);
  });
  inputs.filter(isFirst).forEach((first) => {
    if (!all(`[name="${first.name}"]`, form).some((radio) => radio.checked)) first.checked = true;
  });
  const select = one("[data-record-system]");
  const record = one("[data-record]");
  const save = () => {
    const chosen = new URLSearchParams();
    inputs.filter((input) => input.checked && !isFirst(input)).forEach((input) => chosen.append(input.name, input.value));
    if (!record.hidden) chosen.set("system", select.value);
    const text = chosen.toString();
    window.history.replaceState(window.history.state, "", window.location.pathname + (text ? `?${text}` : "") + window.location.hash);
  };

  // 2 Each system: it stays, it is open, or it goes. What is unknown never counts as met.
  const profile = () => Math.max(0, all("[name=profile]", form).findIndex((radio) => radio.checked));
  const order = ["yes", "open", "no"];
  const judge = (item, at, answers) => {
    const light = item.dataset.r.split(" ").find((text) => text.slice(0, -1) === String(at)).slice(-1);
    let state = light === "r" ? 2 : light === "q" ? 1 : 0;
    const lacking = new Set();
    item.dataset.unmet.split(" ").filter(Boolean).forEach((text) => {
      const [answer, criterion, fit] = text.split("/");
      if (!answers.includes(answer)) return;
      state = Math.max(state, order.indexOf(fit));
      lacking.add(criterion);
    });
    return { state: order[state], lacking };
  };
  const groups = Object.fromEntries(order.map((name) => [name, one(`[data-group=${name}]`, aid)]));
  const status = one("[data-status]", aid);
  const compare = one("[data-compare]", aid);
  const start = compare && compare.getAttribute("href");
  const answersNow = () => inputs.filter((input) => input.checked && input.dataset.answer).map((input) => input.dataset.answer);
  let judged = new Map();
  const apply = () => {
    const at = profile();
    document.body.dataset.p = at;
    const answers = answersNow();
    judged = new Map(items.map((item) => [item, judge(item, at, answers)]));
    order.forEach((name) => {
      const members = items.filter((item) => judged.get(item).state === name);
      const list = one("ul", groups[name]);
      if (members.length !== list.children.length || members.some((item, index) => item !== list.children[index])) list.replaceChildren(...members);
      one("[data-n]", groups[name]).textContent = members.length;
      one(`[data-sum=${name}]`, aid).textContent = members.length;
      one("[data-empty]", groups[name]).hidden = members.length > 0;
    });
    items.forEach((item) => all("[data-c]", item).forEach((line) => { line.hidden = !judged.get(item).lacking.has(line.dataset.c); }));
    const counts = order.map((name) => items.filter((item) => judged.get(item).state === name).length);
    const text = status.dataset.text.replace("{yes}", counts[0]).replace("{open}", counts[1]).replace("{no}", counts[2]);
    if (status.textContent !== text) status.textContent = text;
    if (compare) {
      const stays = items.filter((item) => judged.get(item).state === "yes").slice(0, 4);
      const query = new URLSearchParams(stays.map((item) => ["sys", item.dataset.system]));
      const chosen = one("[name=profile]:checked", form);
      if (chosen && profile() > 0) query.append("profile", chosen.value);
      if (stays.length > 1) query.append("view", "side");
      compare.href = `${start}?${query}`;
    }
  };

  // 3 The record: answers, every system with its reason, the chosen one's facts with numbered sources,
  //   what is open, what remains to be done.
  const slot = (name) => one(`[data-slot=${name}]`, record);
  const row = (...texts) => {
    const tr = make("tr");
    texts.forEach((text, at) => {
      const cell = make(at === 0 ? "th" : "td", text);
      if (at === 0) cell.scope = "row";
      tr.append(cell);
    });
    return tr;
  };
  const labelOf = (input) => one("span", input.parentElement).firstChild.textContent;
  const fillAnswers = () => {
    const lines = all("fieldset", form).map((field) => {
      const given = all("input:checked", field).map(labelOf);
      return given.length > 0 ? row(one("legend", field).textContent, given.join("; ")) : null;
    });
    one("tbody", slot("answers")).replaceChildren(...lines.filter(Boolean));
  };
  const fillSystems = (at) => {
    const words = slot("systems").dataset;
    const lines = items.map((item) => {
      const { state } = judged.get(item);
      const rating = one(`.p${at}`, item);
      const reasons = all(".lack li:not([hidden])", item).map((line) => line.textContent);
      const why = [`${one(".rate", rating).textContent.trim()}, ${one(".why", rating).textContent}`, ...reasons].join("; ");
      return row(one("h4", item).textContent, item.dataset.system === select.value ? words.chosen : words[state], why);
    });
    slot("systems").replaceChildren(...lines);
  };
  const fillFacts = (at, asked) => {
    const template = one(`[data-facts="${select.value}"]`).content.cloneNode(true);
    const rows = all("tr", template).filter((tr) => tr.dataset.w.split(" ").includes(String(at)) || asked.has(tr.dataset.c));
    const ends = new Map();
    const open = [];
    rows.forEach((tr) => {
      all("ul[hidden] li", tr).forEach((source) => {
        const text = source.textContent;
        if (!ends.has(text)) {
          ends.set(text, source);
          source.append(" ", make("span", one("a", source).href));
        }
        const mark = make("sup", `[${[...ends.keys()].indexOf(text) + 1}]`);
        tr.lastElementChild.append(" ", mark);
      });
      one("ul[hidden]", tr).remove();
      if (tr.dataset.light === "grey") open.push(make("li", `${one("th", tr).textContent}: ${tr.cells[1].textContent.trim()}`));
    });
    slot("facts").replaceChildren(...rows);
    slot("sources").replaceChildren(...ends.values());
    slot("open").replaceChildren(...open);
    slot("none").hidden = open.length > 0;
    return all(":scope > ul > li", template);
  };
  const fill = () => {
    const at = profile();
    const answers = answersNow();
    const asked = new Set(inputs.filter((input) => input.checked && input.dataset.needs).flatMap((input) => input.dataset.needs.split(" ")));
    fillAnswers();
    fillSystems(at);
    const steps = fillFacts(at, asked);
    const duties = all("template[data-duty]").filter((duty) => duty.dataset.duty === "" || answers.includes(duty.dataset.duty)).map((duty) => {
      const li = make("li");
      li.append(duty.content.cloneNode(true));
      return li;
    });
    slot("duties").replaceChildren(...duties, ...steps);
    slot("name").textContent = select.selectedOptions[0].textContent;
    const [year, month, day] = slot("again").dataset.today.split("-");
    slot("again").textContent = `${day}.${month}.${Number(year) + 1}`;
  };
  const show = (open, focus) => {
    if (open) fill();
    record.hidden = !open;
    document.body.classList.toggle("is-record", open);
    save();
    if (focus) (open ? one("h2", record) : one("[data-record-open]")).focus();
  };
  one("[data-record-open]").addEventListener("click", () => show(true, true));
  one("[data-record-close]").addEventListener("click", () => show(false, true));
  one("[data-record-print]").addEventListener("click", () => window.print());
  select.addEventListener("change", () => { if (!record.hidden) { fill(); save(); } });
  form.addEventListener("change", () => { apply(); if (!record.hidden) fill(); save(); });
  apply();
  if (all("option", select).some((option) => option.value === params.get("system"))) {
    select.value = params.get("system");
    show(true, false);
  }
})();

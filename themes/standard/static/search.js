// The search; without it the field is a plain form. What is typed stays here, no text is ever read as HTML.
// 1 words 2 index 3 ways to a word 4 ranking 5 showing 6 field
"use strict";
(() => {
  // 1 Words: as in src/search/fold.rs; tests/browser/vectors.json holds both to each other.
  const SPELT = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i" };
  const fold = (word, lang) => {
    const plain = word.toLowerCase().replace(/[\u00c0-\u024f]/g, (c) => SPELT[c = c.normalize("NFD")[0]] || c).replace(/[\u00ad\u200b-\u200d'’\u0300-\u036f]/g, "");
    return lang === "de" ? plain.replace(/[aeq]ue|[aou]e/g, (m) => m[2] ? m : m[0]) : plain;
  };
  const shorter = (word) => {
    const cut = /^(.{5,}?)(?:ungen|ung)$/.exec(word) || /^(.{3,}?)(?:ern|em|en|er|es|e)$/.exec(word) || /^(.{3,}[bdfghklmnrt])s$/.exec(word) || /^(.{3,}[lr])n$/.exec(word);
    return cut && cut[1];
  };
  const stem = (word, lang) => {
    if (/[^a-z]/.test(word)) return word;
    if (lang !== "de") return word.length < 4 || /[sui]s$/.test(word) ? word : word.replace(/(?:ies|y|s)$/, "");
    for (let next = word; next; next = shorter(word)) word = next;
    return word;
  };
  const LETTER = /\p{Alphabetic}/u;
  const NUMBER = /\p{N}/u;
  const words = (text, lang) => {
    let end = -2;
    return [...text.matchAll(/§|[\p{Alphabetic}\p{N}][\p{Alphabetic}\p{N}\u00ad\u200b-\u200d'’\u0300-\u036f]*/gu)].map((m) => {
      const joint = m.index === end + 1 && m[0] !== "§" ? text[end] : "";
      const [left, right] = [text[end - 1], m[0][0]];
      const linked = /[-\u2010\u2011]/.test(joint) || (joint === "." && LETTER.test(left) && LETTER.test(right)) ||
        (joint === "/" && (NUMBER.test(left) || NUMBER.test(right)));
      end = m[0] === "§" ? -2 : m.index + m[0].length;
      const word = fold(m[0], lang);
      return { word, stem: stem(word, lang), linked, at: m.index, length: m[0].length };
    });
  };

  // 2 The index, loaded on first focus: each of its files calls leitfadenSearch().
  const got = {};
  const under = {};
  let base = "";
  let core;
  const load = (name) => under[name] ||= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `${base}${name}.js`;
    script.onload = done;
    script.onerror = () => { delete under[name]; failed(new Error(name)); };
    document.head.append(script);
  });
  const DIGITS = Object.fromEntries([..."0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"].map((c, i) => [c, i]));
  const termsOf = (text) => {
    let term = "";
    return [...text.matchAll(/([A-Z])([^A-Z]*)/g)].map(([, kept, rest]) => term = [...term].slice(0, kept.charCodeAt(0) - 65).join("") + rest);
  };
  const shardOf = ([text, documents, levels]) => {
    const terms = termsOf(text);
    const postings = new Map();
    let [at, level] = [0, 0];
    const next = () => {
      for (let value = 0, shift = 0; ; shift += 5) {
        const digit = DIGITS[documents[at++]];
        value += (digit & 31) << shift;
        if (digit < 32) return value;
      }
    };
    for (const term of terms) {
      const list = [];
      for (let left = next(), document = 0; left > 0; left--) list.push(document += next(), 2 ** (DIGITS[levels[level++]] / 5));
      postings.set(term, list);
    }
    return { terms, postings };
  };
  const take = (kind, number, data) => {
    if (kind === "core") {
      const [stop, same] = [new Set(data.stop.split(" ")), new Map(data.same.split(" ").map((pair) => pair.split("=")))];
      const names = new Map();
      data.syn = data.syn.map((group) => group.split("|"));
      data.syn.forEach((group, index) => group.forEach((name) => names.set(name, [...names.get(name) || [], index])));
      core = { ...data, stop, same, names, from: data.from.split(" "), letters: data.letters?.split(" ") };
      if (data.all) { data.all[0].forEach((shard, i) => take("s", i, shard)); data.all[1].forEach((texts, i) => take("t", i, texts)); }
    } else got[kind + number] = kind === "s" ? shardOf(data) : kind === "t" ? data : termsOf(data);
  };
  const want = (names) => Promise.all(names.filter((name) => !got[name]).map(load));
  const place = (firsts, term) => Math.max(firsts.findLastIndex((first) => first <= term), 0);
  const home = (term) => place(core.from, term);
  const shardsOf = (start) => {
    const list = [home(start)];
    while (list.length < 3 && core.from[list.at(-1) + 1]?.startsWith(start)) list.push(list.at(-1) + 1);
    return list.map((number) => `s${number}`);
  };
  const near = ({ word, stem: term }) => [...new Set([...shardsOf(word), ...shardsOf(term).slice(0, 2)])];
  const postings = (term) => got[`s${home(term)}`]?.postings.get(term);

  // 3 Ways to a word: lists of terms with a weight.
  const LINKS = ["", "s", "n", "en", "es", "er", "e"];
  const distance = (a, b, limit) => {
    let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, i) => i)];
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > limit) return limit + 1;
      [before, last] = [last, row];
    }
    return last[b.length];
  };
  // A compound begins in the shards of its first letters; its other parts are in their own.
  const split = async (word) => {
    const first = home(word.slice(0, 3));
    await want(Array.from({ length: home(word) - first + 1 }, (_, i) => `s${first + i}`));
    const cuts = [];
    for (let at = word.length - 3; at >= 3; at--) {
      const right = stem(word.slice(at), core.lang);
      const left = LINKS.map((link) => word.slice(0, at).endsWith(link) ? stem(word.slice(0, at - link.length), core.lang) : "").find((term) => term.length > 2 && postings(term));
      if (left) cuts.push([Math.min(left.length, right.length), left, right, word.slice(at)]);
    }
    let [most, best] = [0];
    for (const [least, left, right, rest] of cuts.sort((a, b) => b[0] - a[0])) {
      if (least <= most) break;
      await want([`s${home(right)}`]);
      const found = [left, ...postings(right) ? [right] : rest.length > 6 && await split(rest) || [""]];
      const shortest = Math.min(...found.map((term) => term.length));
      if (shortest > most) [most, best] = [shortest, found];
    }
    return best;
  };
  const slips = (term, most) => /\d/.test(term) || term.length < 4 ? 0 : term.length < 8 ? 1 : most;
  const typos = ({ stem: term }, terms, most) => {
    const limit = slips(term, most);
    if (!limit) return [];
    const list = terms.filter((other) => other[0] === term[0] && Math.abs(other.length - term.length) <= limit)
      .map((other) => [[other], distance(term, other, limit)]).filter(([, steps]) => steps <= limit);
    const least = Math.min(...list.map(([, steps]) => steps));
    return list.filter(([, steps]) => steps === least).map(([found, steps]) => [found, steps > 1 ? 0.4 : 0.6]);
  };
  const best = (list, most) => list.sort((a, b) => b[1] - a[1]).slice(0, most);
  const inside = ({ stem: part }, terms, weight) => part.length < 5 ? [] :
    best(terms.filter((term) => term.indexOf(part) > 0).map((term) => [[term], weight * part.length / term.length]), 12);
  const ways = (token, isLast) => {
    const found = postings(token.stem) ? [[[token.stem], 1]] : [];
    const known = found.length;
    const terms = near(token).flatMap((name) => got[name].terms);
    if (token.word.length > (isLast ? 1 : 2)) {
      const longer = terms.filter((term) => term.startsWith(token.word) && term !== token.stem);
      found.push(...best(longer.map((term) => [[term], (known ? 0.5 : 0.8) * token.word.length / term.length]), 24));
    }
    if (core.all) found.push(...inside(token, core.terms ||= core.from.flatMap((_, i) => got[`s${i}`].terms), known ? 0.3 : 0.5));
    return found.length ? found : typos(token, terms, 1);
  };
  // No shard knows it: words with its first letter, and those long enough to hide it.
  const farWays = async (token) => {
    const parts = token.word.length > 6 && await split(token.word);
    if (parts) return [[parts, 0.8]];
    if (!slips(token.stem, 2)) return [];
    if (core.all) return typos(token, core.terms, 2);
    const letter = `w${place(core.letters, token.stem)}`;
    const hiding = token.stem.length < 5 ? [] : token.stem.length < 7 ? ["i0", "i1"] : ["i1"];
    await want([letter, ...hiding]);
    return [...inside(token, hiding.flatMap((name) => got[name]), 0.5), ...typos(token, got[letter], 2)];
  };

  // 4 Ranking: each group of words adds the best of its ways; a document that lacks a group loses its share.
  const read = (query) => {
    const list = words(query, core.lang).map((token) => {
      const word = core.same.get(token.word) || token.word;
      return { ...token, word, stem: stem(word, core.lang), stops: core.stop.has(token.word) };
    });
    const all = list.every((token) => token.stops);
    const groups = [];
    for (let at = 0; at < list.length;) {
      let length = Math.min(6, list.length - at);
      const name = (n) => list.slice(at, at + n).map((token) => token.stem).join(" ");
      while (length > 1 && !core.names.has(name(length))) length--;
      const tokens = list.slice(at, at + length).filter((token) => all || !token.stops);
      if (tokens.length) {
        const own = name(length);
        const others = (core.names.get(own) || []).flatMap((index) => {
          const group = core.syn[index];
          return group[0] === own ? group.slice(1, 3).map((other) => [other, 0.6]) : [[group[0], 0.9]];
        }).map(([other, weight]) => [other.split(" ").filter((term) => !core.stop.has(term)), weight]);
        groups.push({ tokens, span: tokens.length, isLast: at + length === list.length, ways: others, ties: [] });
      }
      at += length;
    }
    // `barriere freiheit`, `art 28`
    groups.forEach((group, at) => {
      for (let n = 2; n < 5 && at + n <= groups.length; n++) {
        const run = groups.slice(at, at + n);
        const tie = stem(run.flatMap((one) => one.tokens.map((token) => token.word)).join(""), core.lang);
        run.forEach((one) => one.ties.push(tie));
      }
      if (group.span > 1) group.ties.push(stem(group.tokens.map((token) => token.word).join(""), core.lang));
    });
    return groups;
  };
  const find = async (query) => {
    const groups = read(query);
    const needed = groups.flatMap((group) => [...group.tokens.flatMap(near),
      ...group.ways.flatMap(([terms]) => terms.map((term) => `s${home(term)}`)), ...group.ties.map((tie) => `s${home(tie)}`)]);
    await want(needed);
    const lost = [];
    for (const group of groups) {
      const own = group.tokens.map((token) => ways(token, group.isLast));
      if (group.span > 1) group.ways.push([group.tokens.map((token) => token.stem), 1]);
      else group.ways.push(...own[0]);
      group.ways.push(...group.ties.filter(postings).map((tie) => [[tie], 1]));
      if (!group.ways.some(([terms]) => terms.some(postings))) lost.push(group);
    }
    await Promise.all(lost.map(async (group) => {
      group.ways.push(...(await Promise.all(group.tokens.map(farWays))).flat());
      await want(group.ways.flatMap(([terms]) => terms.map((term) => `s${home(term)}`)));
    }));
    const total = new Map();
    let whole = 0;
    for (const group of groups) {
      const scores = new Map();
      for (const [terms, weight] of group.ways) {
        const sums = new Map();
        for (const term of terms) {
          const list = postings(term) || [];
          for (let i = 0; i < list.length; i += 2) {
            const sum = sums.get(list[i]) || [0, 0];
            sum[0] += list[i + 1];
            sum[1]++;
            sums.set(list[i], sum);
          }
        }
        sums.forEach(([sum, hits], document) => {
          const score = weight * group.span * sum * hits / terms.length ** 2;
          if (score > (scores.get(document) || 0)) scores.set(document, score);
        });
      }
      const most = Math.max(0, ...scores.values());
      whole += most;
      scores.forEach((score, document) => {
        const [sum, share] = total.get(document) || [0, 0];
        total.set(document, [sum + score, share + most]);
      });
    }
    const hits = [...total].map(([document, [sum, share]]) => [document, sum * share / whole]).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const known = new Set(groups.flatMap((group) => group.ways.flatMap(([terms]) => terms)));
    return { hits, known, needles: groups.flatMap((group) => group.tokens.flatMap((token) => [token.stem, token.word])).filter((text) => text.length > 3) };
  };

  // 5 Showing
  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const set = (element, attributes) => Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  const isHit = ({ word, stem: term }, { known, needles }) => known.has(term) || needles.some((needle) => word.includes(needle));
  const marks = (text, list) => {
    const nodes = [];
    let at = 0;
    for (const token of list) nodes.push(text.slice(at, token.at), make("mark", {}, text.slice(token.at, at = token.at + token.length)));
    return [...nodes, text.slice(at)];
  };
  const hitsIn = (text, found) => words(text, core.lang).filter((token) => !core.stop.has(token.word) && isHit(token, found));
  const marked = (text, found) => marks(text, hitsIn(text, found));
  const excerpt = (text, found, size = 190) => {
    const list = hitsIn(text, found);
    let [from, most] = [0, 0];
    for (const first of list) {
      const count = new Set(list.filter((token) => token.at >= first.at && token.at < first.at + size).map((token) => token.stem)).size;
      if (count > most) [from, most] = [first.at + first.length > size ? first.at : 0, count];
    }
    if (from > 0) from = Math.max(text.lastIndexOf(" ", from - 40), text.lastIndexOf(". ", from) + 1, 0);
    let to = from + size < text.length ? text.lastIndexOf(" ", from + size) : text.length;
    if (to <= from) to = from + size;
    const part = text.slice(from, to).trimStart();
    const cut = to - part.length;
    const shown = list.filter((token) => token.at >= cut && token.at + token.length <= to).map((token) => ({ ...token, at: token.at - cut }));
    return [cut > 1 ? "… " : "", ...marks(part, shown), to < text.length ? " …" : ""];
  };
  const root = document.currentScript?.src.replace(/static\/[^/]*$/, "") || "";
  const shown = async (list) => {
    await want(list.map(([number]) => `t${Math.floor(number / core.per)}`));
    return list.map(([number]) => {
      const [title, parent, path, text] = got[`t${Math.floor(number / core.per)}`][number % core.per];
      const href = root + (/^http/.test(location.protocol) ? path.replace(/(^|\/)index\.html/, "$1") : path);
      return { title, parent, href, text, kind: core.facets[0][1][core.facets[0][2].charCodeAt(number) - 49] };
    });
  };
  const status = (query, count) => core.texts[Math.min(count, 2)].replace("{count}", count).replace("{query}", () => query);

  // 6 The field in the head and its list; search_page.js fills the search page.
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const start = (address) => {
    base = new URL(address, location.href).href.replace(/[^/]*$/, "");
    return load("core");
  };
  let turn = 0;
  const typed = (form, input, show) => {
    let timer;
    const go = async () => {
      const mine = ++turn;
      const query = input.value.trim();
      try {
        await start(form.dataset.search);
        const found = query ? await find(query) : null;
        if (mine === turn) await show(query, found, () => mine === turn);
      } catch {
        if (mine === turn) await show(query, null, () => true, form.dataset.error);
      }
    };
    input.addEventListener("focus", () => { start(form.dataset.search).catch(() => {}); }, { once: true });
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(go, 60); });
    return go;
  };
  const head = (form) => {
    const input = form.querySelector("input");
    const id = `${input.id}-list`;
    const list = make("div", { className: "search-list", id, hidden: true });
    const told = make("span", { className: "vh" });
    set(told, { role: "status" });
    set(list, { role: "listbox", "aria-label": form.getAttribute("aria-label") });
    set(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": false });
    form.append(list, told);
    const active = () => list.querySelector("[aria-selected=true]");
    const choose = (option) => {
      for (const old of list.children) set(old, { "aria-selected": old === option });
      set(input, { "aria-activedescendant": option ? option.id : "" });
      option?.scrollIntoView({ block: "nearest" });
    };
    const open = (yes) => { list.hidden = !yes; set(input, { "aria-expanded": yes }); choose(); };
    const go = typed(form, input, async (query, found, current, error) => {
      const hits = found ? await shown(found.hits.slice(0, 6)) : [];
      if (!current()) return;
      const options = hits.map((hit) => make("a", { href: hit.href },
        make("span", { className: "hit-kind" }, hit.kind), make("span", { className: "hit-title" }, ...marked(hit.title, found)),
        make("span", { className: "hit-parent" }, hit.parent), make("span", { className: "hit-text" }, ...excerpt(hit.text, found, 110))));
      if (found && found.hits.length > hits.length) options.push(make("a", { href: `${form.action}?q=${encodeURIComponent(query)}`, className: "search-all" }, core.texts[3]));
      options.forEach((option, index) => set(option, { id: `${id}-${index}`, tabindex: -1, role: "option" }));
      list.replaceChildren(...options);
      open(options.length > 0);
      told.textContent = error || (found ? status(query, found.hits.length) : "");
    });
    input.addEventListener("keydown", (event) => {
      const options = [...list.children];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && !event.altKey) {
        event.preventDefault();
        if (list.hidden) { if (options.length) open(true); else go(); return; }
        const next = options.indexOf(active()) + step;
        choose(next === -2 ? options.at(-1) : options[next]);
      } else if (event.key === "Enter" && !list.hidden && active()) {
        event.preventDefault();
        active().click();
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        open(false);
      }
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) open(false); });
    input.addEventListener("focus", () => { if (list.children.length) open(true); });
  };

  window.leitfadenSearch = Object.assign(take, { stem, words, start, find, shown, make, marked, excerpt, status, typed, core: () => core });
  const forms = all("form[data-search]").filter((form) => form.dataset.search);
  forms.filter((form) => !form.closest("main")).forEach(head);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const input = forms.map((form) => form.querySelector("input")).reverse().find((one) => one.getClientRects().length);
    if (!input) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
})();

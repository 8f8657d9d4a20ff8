// The preview's script on a page: follows the site while it is edited.
// In order: restore what the last reload would have lost; ask the worker for the state of
// this page, now and whenever something changed; exchange style sheets and pictures, show
// or hide the findings, or load the page again. Served by `leitfaden serve` only.
(() => {
  'use strict';
  const tag = document.currentScript;
  const state = JSON.parse(tag.dataset.state);
  const version = new URL(tag.src).search;
  const key = 'leitfaden-preview:' + location.pathname;
  let leaving = false;
  let waiting = false;

  // What a reload would lose ------------------------------------------------------

  const path = (element) => {
    const parts = [];
    for (let at = element; at && at !== document.body && at.parentElement; at = at.parentElement) {
      if (at.id) {
        parts.unshift('#' + CSS.escape(at.id));
        break;
      }
      parts.unshift(`${at.localName}:nth-of-type(${1 + [...at.parentElement.children].filter((other) => other.localName === at.localName).indexOf(at)})`);
    }
    return parts.join(' > ');
  };
  const find = (selector) => {
    try {
      return selector ? document.querySelector(selector) : null;
    } catch {
      return null;
    }
  };
  const fields = () => [...document.querySelectorAll('input, textarea, select')].filter((field) => !['password', 'file', 'hidden', 'submit', 'button', 'reset', 'image'].includes(field.type));
  const valueOf = (field) => {
    if (field.type === 'checkbox' || field.type === 'radio') return field.checked;
    if (field.localName === 'select') return [...field.options].map((option) => option.selected);
    return field.value;
  };
  const isTouched = (field) => {
    if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
    if (field.localName === 'select') return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return field.value !== field.defaultValue;
  };
  const nameOf = (field) => [field.form ? [...document.forms].indexOf(field.form) : -1, field.localName, field.type, field.name || field.id, field.type === 'radio' || field.type === 'checkbox' ? field.value : ''].join('|');

  const save = () => {
    const seen = {};
    const kept = [];
    for (const field of fields()) {
      const name = nameOf(field);
      seen[name] = (seen[name] || 0) + 1;
      if (isTouched(field)) kept.push([name, seen[name], valueOf(field)]);
    }
    const focus = document.activeElement;
    const hasFocus = focus && focus !== document.body;
    let selection = null;
    try {
      selection = hasFocus && [focus.selectionStart, focus.selectionEnd, focus.selectionDirection];
    } catch {
      // Fields of some types have no selection.
    }
    const scrolled = [...document.querySelectorAll('body *')].filter((element) => element.scrollTop || element.scrollLeft);
    const kept_ = {
      x: scrollX,
      y: scrollY,
      fields: kept,
      focus: hasFocus ? path(focus) : '',
      selection,
      inner: scrolled.map((element) => [path(element), element.scrollLeft, element.scrollTop]),
      details: [...document.querySelectorAll('details')].map((element) => element.open),
    };
    try {
      sessionStorage.setItem(key, JSON.stringify(kept_));
    } catch {
      // Without storage the page is loaded like any other.
    }
  };

  const restore = () => {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(key));
      sessionStorage.removeItem(key);
    } catch {
      return;
    }
    if (!kept) return;
    const details = [...document.querySelectorAll('details')];
    if (details.length === kept.details.length) details.forEach((element, index) => (element.open = kept.details[index]));
    const seen = {};
    const values = new Map(kept.fields.map(([name, count, value]) => [`${name}|${count}`, value]));
    for (const field of fields()) {
      const name = nameOf(field);
      seen[name] = (seen[name] || 0) + 1;
      const value = values.get(`${name}|${seen[name]}`);
      if (value === undefined || JSON.stringify(valueOf(field)) === JSON.stringify(value)) continue;
      if (field.type === 'checkbox' || field.type === 'radio') field.checked = value;
      else if (field.localName === 'select') [...field.options].forEach((option, index) => (option.selected = value[index] ?? option.selected));
      else field.value = value;
      // The page's own scripts follow, as if it had been typed.
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
    const scroll = () => {
      for (const [selector, x, y] of kept.inner) find(selector)?.scrollTo({ left: x, top: y, behavior: 'instant' });
      scrollTo({ left: kept.x, top: kept.y, behavior: 'instant' });
    };
    const focus = find(kept.focus);
    if (focus) {
      focus.focus({ preventScroll: true });
      try {
        if (kept.selection && kept.selection[0] !== null) focus.setSelectionRange(...kept.selection);
      } catch {
        // Fields of some types have no selection.
      }
    }
    scroll();
    // Pictures may have pushed the page; a reader who has scrolled since keeps their place.
    let touched = false;
    for (const type of ['wheel', 'touchstart', 'keydown', 'pointerdown']) addEventListener(type, () => (touched = true), { once: true, passive: true });
    // A selection scrolls its field into view, a moment later.
    requestAnimationFrame(() => requestAnimationFrame(() => touched || scroll()));
    if (document.readyState !== 'complete') addEventListener('load', () => touched || scroll(), { once: true });
  };

  const reload = () => {
    if (leaving) return;
    // A tab that nobody looks at waits until somebody does.
    if (document.hidden) {
      waiting = true;
      return;
    }
    leaving = true;
    // A reload that finds nobody ends on the browser's error page, from which nobody comes
    // back; so the page itself looks first whether the server is there.
    const probe = new Image();
    probe.onload = () => {
      save();
      location.reload();
    };
    probe.onerror = () => {
      leaving = false;
      setTimeout(ask, 500);
    };
    probe.src = '/__leitfaden/probe.svg?' + Date.now();
  };

  // Findings and marks --------------------------------------------------------------

  const host = (name) => {
    let element = document.querySelector(`[${name}]`);
    if (!element) {
      element = document.createElement('div');
      element.setAttribute(name, '');
      document.body.append(element);
    }
    return element;
  };
  const styled = (element, style) => {
    const root = element.shadowRoot || element.attachShadow({ mode: 'open' });
    const sheet = document.createElement('link');
    sheet.rel = 'stylesheet';
    sheet.href = style;
    root.replaceChildren(sheet);
    return root;
  };

  let shownProblem;
  const showProblem = (problem, style) => {
    if (problem === shownProblem) return;
    shownProblem = problem;
    document.querySelectorAll('[data-preview-problem]').forEach((element) => element.remove());
    if (!problem) return;
    const root = styled(host('data-preview-problem'), style);
    const parsed = new DOMParser().parseFromString(problem, 'text/html');
    root.append(...parsed.body.childNodes);
  };

  let shownMarks;
  const showMarks = (next, style) => {
    const german = document.documentElement.lang !== 'en';
    const marks = JSON.stringify([next.draft, next.overdue]);
    if (marks === shownMarks) return;
    shownMarks = marks;
    document.querySelectorAll('[data-preview-marks]').forEach((element) => element.remove());
    if (!next.draft && !next.overdue.length) return;
    const root = styled(host('data-preview-marks'), style);
    const box = document.createElement('aside');
    box.className = 'marks';
    if (next.draft) {
      const line = document.createElement('p');
      line.className = 'draft';
      line.textContent = german ? 'Entwurf: nicht Teil der veröffentlichten Fassung' : 'Draft: not part of the published site';
      box.append(line);
    }
    if (next.overdue.length) {
      const list = document.createElement('details');
      list.className = 'overdue';
      const summary = document.createElement('summary');
      summary.textContent = (german ? 'Überfällig: ' : 'Overdue: ') + next.overdue.length;
      const items = document.createElement('ul');
      for (const [label, anchor] of next.overdue) {
        const item = document.createElement('li');
        const link = document.createElement(anchor ? 'a' : 'span');
        if (anchor) link.href = '#' + anchor;
        link.textContent = label;
        item.append(link);
        items.append(item);
      }
      list.append(summary, items);
      box.append(list);
    }
    root.append(box);
  };

  // Exchange without a reload -------------------------------------------------------

  const leadsTo = (address, known) => {
    try {
      return new URL(address, location.href).pathname === new URL(known, location.href).pathname;
    } catch {
      return false;
    }
  };
  const exchange = (known, next) => {
    for (const link of document.querySelectorAll('link[href]')) {
      if (link.dataset.previewOld !== undefined || !leadsTo(link.href, known)) continue;
      const fresh = link.cloneNode();
      fresh.href = next;
      if (link.rel !== 'stylesheet') {
        link.replaceWith(fresh);
        continue;
      }
      // The old sheet stays until the new one is there, so that nothing flashes.
      link.dataset.previewOld = '';
      fresh.addEventListener('load', () => link.remove(), { once: true });
      fresh.addEventListener('error', () => link.remove(), { once: true });
      link.after(fresh);
    }
    for (const box of document.querySelectorAll('[data-search]')) {
      if (leadsTo(box.dataset.search, known)) box.dataset.search = next;
    }
    for (const name of ['src', 'srcset', 'poster', 'href']) {
      for (const element of document.querySelectorAll(`img[${name}], source[${name}], video[${name}], input[${name}], image[${name}], use[${name}]`)) {
        const old = element.getAttribute(name);
        const fresh = old
          .split(name === 'srcset' ? ',' : '\u0000')
          .map((part) => {
            const address = part.trim().split(/\s+/)[0];
            const anchor = address.includes('#') ? address.slice(address.indexOf('#')) : '';
            return leadsTo(address, known) ? part.replace(address, next + anchor) : part;
          })
          .join(',');
        if (fresh !== old) element.setAttribute(name, fresh);
      }
    }
  };

  const follow = (next) => {
    showProblem(next.problem, next.style);
    if (next.text !== state.text || next.status !== state.status) {
      reload();
      return;
    }
    waiting = false;
    for (const [name, address] of Object.entries(next.files)) {
      const known = state.files[name];
      if (known && known !== address) exchange(known, address);
    }
    Object.assign(state, { files: next.files, draft: next.draft, overdue: next.overdue });
    showMarks(next, next.style);
    tag.dataset.generation = next.generation;
  };

  // The worker holds the one connection of all tabs -----------------------------------

  let port;
  const connect = () => {
    const address = '/__leitfaden/worker.js' + version;
    if (typeof SharedWorker === 'function') {
      port = new SharedWorker(address, 'leitfaden-preview').port;
    } else {
      port = new Worker(address);
    }
    port.onmessage = ({ data }) => follow(data);
  };
  const ask = () => port.postMessage({ path: location.pathname, token: tag.dataset.token });

  restore();
  showMarks(state, '/__leitfaden/preview.css' + version);
  connect();
  ask();
  // Back from sleep, from another tab, from the browser's memory of pages, from no network.
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    leaving = false;
    ask();
  });
  addEventListener('pagehide', () => port.postMessage({ bye: true }));
  addEventListener('online', ask);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    if (waiting) reload();
    else ask();
  });
})();

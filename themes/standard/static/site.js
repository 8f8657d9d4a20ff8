// Enhancement only: every page works without it. No storage, no request.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const { location, history } = window;

  // 1 On a web server the address ends in the folder, not in index.html.
  if (/^https?:$/.test(location.protocol) && location.pathname.endsWith("/index.html")) {
    history.replaceState(history.state, "", location.pathname.replace(/\/index\.html$/, "/") + location.search + location.hash);
  }

  // 2 The profile lives in the address: on every page that has the switch outside a form of its own.
  const radios = all(".profiles [name=profile]").filter((radio) => !radio.form);
  if (radios.length > 0) {
    const show = () => { document.body.dataset.p = Math.max(0, radios.findIndex((radio) => radio.checked)); };
    const wanted = new URLSearchParams(location.search).get("profile");
    radios.forEach((radio) => {
      if (wanted === radio.value) radio.checked = true;
      radio.addEventListener("change", () => {
        show();
        const params = new URLSearchParams(location.search);
        if (radio === radios[0]) params.delete("profile"); else params.set("profile", radio.value);
        const text = params.toString();
        history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : "") + location.hash);
      });
    });
    if (!radios.some((radio) => radio.checked)) radios[0].checked = true;
    show();
  }

  // 3 On phones the groups of a system page start folded; the first stays open.
  if (window.matchMedia("(max-width: 47.99rem)").matches) all("details.group").slice(1).forEach((group) => { group.open = false; });

  // 4 On narrow screens what is out of sight waits for the first render (.facts, the cards of the comparison). What waits
  // is not there for screen readers: once the page is still all is laid out, one piece at a time.
  const whenIdle = window.requestIdleCallback || ((run) => window.setTimeout(run, 50));
  const waiting = all(".facts, tr[data-system]");
  const lay = () => {
    if (waiting.length === 0) return;
    waiting.shift().classList.add("laid");
    whenIdle(lay);
  };
  window.addEventListener("load", () => whenIdle(lay));

  // 5 A link to something folded unfolds it.
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

  // 6 Print what is folded on the screen.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = all("details.unk:not([open]), details.fold:not([open]), details.group:not([open])");
    folded.forEach((details) => { details.open = true; });
  });
  window.addEventListener("afterprint", () => { folded.forEach((details) => { details.open = false; }); folded = []; });
})();

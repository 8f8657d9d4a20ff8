// Keeps the anchor of an old address: the refresh in the head would lose it.
"use strict";
(() => {
  const { location } = window;
  const target = document.querySelector("meta[http-equiv=refresh]").content.replace(/^0; url=/, "");
  if (location.hash && !target.includes("#")) location.replace(target + location.search + location.hash);
})();

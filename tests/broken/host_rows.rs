/// Hosts and old addresses.
const HOST_ROWS: &[Row] = &[
    Row { what: "an unknown host", edits: &[Replace(SITE, "stage: demo", "stage: demo\nhosts: [netlfy]")], says: &[
            "content/site.yaml:6:9: error[S006]: `netlfy` is not allowed here (write `netlify`)",
        ] },
    Row { what: "an alias that no host could redirect", edits: &[Replace(ARTICLE, "title:", "aliases: [\"artikel.php?id=7\", \"../x\"]\ntitle:")], says: &[
            "content/wer-ist-verantwortlich.md:2:11: error[S030]: `artikel.php?id=7` cannot be an old address (write a path below the site's address, for example `alt/artikel.html`)",
            "content/wer-ist-verantwortlich.md:2:31: error[S030]: `../x` cannot be an old address (write a path below the site's address, for example `alt/artikel.html`)",
        ] },
    Row { what: "an alias that is a page of today", edits: &[Replace(ARTICLE, "title:", "aliases: [Vergleich, feed.xml, alt]\ntitle:")], says: &[
            "content/wer-ist-verantwortlich.md:2:11: error[S031]: the old address `Vergleich` is that of `vergleich/index.html` (remove it: that address is in use today)",
            "content/wer-ist-verantwortlich.md:2:22: error[S031]: the old address `feed.xml` is that of `feed.xml` (remove it: that address is in use today)",
        ] },
    Row { what: "an alias twice", edits: &[Replace(ARTICLE, "title:", "aliases: [alt]\ntitle:"), Replace(SITE, "stage: demo", "stage: demo\nredirects: [{from: /alt/, to: vergleich}]")], says: &[
            "content/site.yaml:6:20: error[S031]: the old address `alt` leads somewhere already (remove one of the two)",
        ] },
    Row { what: "redirects that lead nowhere", edits: &[Replace(SITE, "stage: demo", "stage: demo\nredirects: [{from: alt, to: vergleihc}, {from: alter, to: \"systeme/beispiel-cloud#verschluselung\"}]")], says: &[
            "content/site.yaml:6:29: error[S032]: there is no page `vergleihc` (write `vergleich`)",
            "content/site.yaml:6:59: error[S032]: `systeme/beispiel-cloud` has no anchor `#verschluselung` (write `verschluesselung`; or leave the anchor out)",
        ] },
];

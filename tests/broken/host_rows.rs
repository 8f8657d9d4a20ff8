/// Hosts and old addresses.
const HOST_ROWS: &[Row] = &[
    Row { what: "an unknown host", edits: &[Replace(SITE, "stage: demo", "stage: demo\nhosts: [netlfy]")], says: &[] },
    Row { what: "an alias that no host could redirect", edits: &[Replace(ARTICLE, "title:", "aliases: [\"artikel.php?id=7\", \"../x\"]\ntitle:")], says: &[] },
    Row { what: "an alias that is a page of today", edits: &[Replace(ARTICLE, "title:", "aliases: [Vergleich, feed.xml, alt]\ntitle:")], says: &[] },
    Row { what: "an alias twice", edits: &[Replace(ARTICLE, "title:", "aliases: [alt]\ntitle:"), Replace(SITE, "stage: demo", "stage: demo\nredirects: [{from: /alt/, to: vergleich}]")], says: &[] },
    Row { what: "redirects that lead nowhere", edits: &[Replace(SITE, "stage: demo", "stage: demo\nredirects: [{from: alt, to: vergleihc}, {from: alter, to: \"systeme/beispiel-cloud#verschluselung\"}]")], says: &[] },
];

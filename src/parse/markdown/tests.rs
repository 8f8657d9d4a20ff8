//! What articles become and what is said about them, one line a case.

use super::*;
use crate::base::path::SitePath;
use crate::parse::document::{AlertTitles, Piece};

pub(super) fn options(language: &str) -> Options<'_> {
    let alert_titles = AlertTitles { note: "Hinweis", tip: "Tipp", important: "Wichtig", warning: "Warnung", caution: "Vorsicht" };
    Options { raw_html: false, language, alert_titles, footnotes_title: "Fußnoten", back_label: "Zurück zu Verweis", anchor_label: "Link zum Abschnitt" }
}

pub(super) fn source(text: &str) -> Source {
    Source { path: SitePath::parse("content/a.md").unwrap(), text: text.into() }
}

fn read_all(text: &str) -> (Document, Vec<Diagnostic>) {
    read(&source(text), 0..text.len(), &options("de"))
}

/// The HTML with its gaps filled plainly; directives as `[name]`, blocks as `[[name]]`.
pub(super) fn print(document: &Document) -> String {
    let mut html = String::new();
    for piece in document.pieces.iter() {
        match piece {
            Piece::Html(text) | Piece::Id(text) => html.push_str(text),
            Piece::Url(link) => crate::parse::document::escape(&document.links[link].target, &mut html),
            Piece::Directive(index) => {
                let Directive { name, block, .. } = &document.directives[index];
                let braces = if *block { ["[[", "]]"] } else { ["[", "]"] };
                html.push_str(&[braces[0], name, braces[1]].concat());
            }
        }
    }
    html
}

/// `code@place message`, the place as the text it covers.
fn said(text: &str, findings: &[Diagnostic]) -> Vec<String> {
    let line = |finding: &Diagnostic| {
        assert!(!finding.help.is_empty(), "{finding:?}");
        let span = finding.span.as_ref().unwrap();
        format!("{} {:?} {}", finding.code, &text[span.start..span.end], finding.message)
    };
    findings.iter().map(line).collect()
}

/// Checks the HTML of texts about which there is nothing to say.
fn check(cases: &[(&str, &str)]) {
    for (text, html) in cases {
        let (document, findings) = read_all(text);
        assert_eq!(print(&document).trim_end(), *html, "{text:?}");
        assert_eq!(said(text, &findings), [""; 0], "{text:?}");
    }
}

fn check_findings(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(said(text, &read_all(text).1), *expected, "{text:?}");
    }
}

#[test]
fn prose_is_set_in_german() {
    check(&[
        ("Das *ist \"so\" gut*", "<p>Das <em>ist „so“ gut</em></p>"),
        ("\"Das *ist 'so' gut*\"", "<p>„Das <em>ist ‚so‘ gut</em>“</p>"),
        ("**\"fett\"** \"**fett**\"", "<p><strong>„fett“</strong> „<strong>fett</strong>“</p>"),
        ("\"`\"code\"`\" 'ein *Wort*'", "<p>„<code>&quot;code&quot;</code>“ ‚ein <em>Wort</em>‘</p>"),
        ("\"Ende\n\"Anfang\" -- und...", "<p>„Ende\n„Anfang“ – und…</p>"),
        ("\"offen\n\n5\" Zoll", "<p>„offen</p>\n<p>5&quot; Zoll</p>"),
        ("\"[Link](u \"der 'Titel'\")\"", "<p>„<a href=\"u\" title=\"der ‚Titel‘\">Link</a>“</p>"),
        ("\\\"x\\\" &quot;y&quot; \\\\\"z\" a\\--b", "<p>&quot;x&quot; &quot;y&quot; \\“z“ a--b</p>"),
        ("<https://a--b.de/?x=\"&y>", "<p><a href=\"https://a--b.de/?x=&quot;&amp;y\">https://a--b.de/?x=&quot;&amp;y</a></p>"),
        ("a  \nb ~~c~~\n\n---", "<p>a<br>\nb <del>c</del></p>\n<hr>"),
        ("a&nbsp;\"b\" &lt;b&gt; 1 < 2 & 3", "<p>a\u{a0}„b“ &lt;b&gt; 1 &lt; 2 &amp; 3</p>"),
    ]);
    let (document, _) = read(&source("\"it's\""), 0..6, &options("en"));
    assert_eq!(print(&document), "<p>“it’s”</p>\n");
}

#[test]
fn blocks_are_elements() {
    check(&[
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("3. a\n\n   b", "<ol start=\"3\">\n<li><p>a</p>\n<p>b</p>\n</li>\n</ol>"),
        ("- a\n  - b", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("```rust x\n\"a\" <b>\n```", "<pre><code class=\"language-rust\">&quot;a&quot; &lt;b&gt;\n</code></pre>"),
        ("    a...\r\n    b", "<pre><code>a...\nb</code></pre>"),
        ("> a\n> > b", "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>"),
        ("- [ ] a\n  ---", "<ul>\n<li><h2 id=\"a\">[ ] a <a class=\"anchor\" href=\"#a\" aria-label=\"Link zum Abschnitt [ ] a\">#</a></h2>\n</li>\n</ul>"),
        ("Wort\n: \"Sinn\"", "<dl>\n<dt>Wort</dt>\n<dd>„Sinn“</dd>\n</dl>"),
        ("> [!WARNING]\n> a", "<aside class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">Warnung</p>\n<p>a</p>\n</aside>"),
    ]);
}

#[test]
fn tables_scroll_and_have_header_cells() {
    let head =
        "<div class=\"table-scroll\" tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\">a</th>\n<th scope=\"col\" class=\"right\">„b“</th>\n</tr></thead>\n";
    check(&[
        ("|a|\"b\"|\n|-|-:|", &format!("{head}</table></div>")),
        (
            "|a|\"b\"|\n|-|-:|\n|c|*d*|\n|e|",
            &format!(
                "{head}<tbody>\n<tr><td>c</td>\n<td class=\"right\"><em>d</em></td>\n</tr>\n<tr><td>e</td>\n<td class=\"right\"></td>\n</tr>\n</tbody>\n</table></div>"
            ),
        ),
    ]);
}

#[test]
fn a_task_is_a_box_with_its_label() {
    let open = "<li class=\"task\">";
    check(&[
        ("- [ ] a *b*", &format!("<ul>\n{open}<label><input type=\"checkbox\" disabled> a <em>b</em></label></li>\n</ul>")),
        ("- [x] a\n\n  b", &format!("<ul>\n{open}<p><label><input type=\"checkbox\" disabled checked> a</label></p>\n<p>b</p>\n</li>\n</ul>")),
        (
            "- [ ] a\n  - [x] b",
            &format!(
                "<ul>\n{open}<label><input type=\"checkbox\" disabled> a</label><ul>\n{open}<label><input type=\"checkbox\" disabled checked> b</label></li>\n</ul>\n</li>\n</ul>"
            ),
        ),
    ]);
}

#[test]
fn headings_have_ids_and_a_link_to_themselves() {
    let text = "## Größe *der* `x`\n\n##### Größe der x\n\n### [Eigen](@/a.md) {#groesse-der-x-2 .k .l}\n\n## Größe der \"X\"[^1]\n\n[^1]: n";
    let (document, findings) = read_all(text);
    assert_eq!(said(text, &findings), [""; 0]);
    let html = print(&document);
    for part in [
        "<h2 id=\"groesse-der-x\">Größe <em>der</em> <code>x</code> <a class=\"anchor\" href=\"#groesse-der-x\" aria-label=\"Link zum Abschnitt Größe der x\">#</a></h2>\n",
        "<h5 id=\"groesse-der-x-3\">Größe der x</h5>\n",
        "<h3 id=\"groesse-der-x-2\" class=\"k l\"><a href=\"@/a.md\">Eigen</a> <a class=\"anchor\" href=\"#groesse-der-x-2\"",
        "<h2 id=\"groesse-der-x-4\">Größe der „X“<sup",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    let list: Vec<(u8, &str, &str, &str)> = document.headings.iter().map(|h| (h.level, h.id.as_str(), h.html.as_str(), h.plain.as_str())).collect();
    assert_eq!(
        list,
        [
            (2, "groesse-der-x", "Größe <em>der</em> <code>x</code>", "Größe der x"),
            (5, "groesse-der-x-3", "Größe der x", "Größe der x"),
            (3, "groesse-der-x-2", "Eigen", "Eigen"),
            (2, "groesse-der-x-4", "Größe der „X“", "Größe der „X“"),
        ]
    );
    assert_eq!(&text[document.headings[1].range.clone()], "##### Größe der x");
}

#[test]
fn braces_at_a_headings_end_are_attributes_only_if_they_look_like_it() {
    for (text, id, classes, html) in [
        ("## a {#b}", "b", "", "a"),
        ("## a { .c #b .d } ##", "b", "c d", "a"),
        ("## `a` {#b}", "b", "", "<code>a</code>"),
        ("a\n{#b}\n---", "b", "", "a"),
        ("## {#b}", "b", "", ""),
        ("## a \\{#b}", "a-b", "", "a {#b}"),
        ("## a {b, c}", "a-b-c", "", "a {b, c}"),
        ("## a{#b}", "a-b", "", "a{#b}"),
        ("## a {}", "a", "", "a {}"),
        ("## a {{<x y=\"#z\"/>}}", "a", "", "a"),
        ("- [ ] \\\n  ---", "abschnitt", "", "[ ] \\"),
    ] {
        let (document, _) = read_all(text);
        let heading = &document.headings[0];
        assert_eq!((heading.id.as_str(), heading.html.as_str()), (id, html), "{text}");
        assert!(classes.is_empty() || print(&document).contains(&format!(" class=\"{classes}\"")), "{text}");
    }
}

#[test]
fn footnotes_are_numbered_by_first_reference_and_lead_back() {
    let text = "a[^z] b[^ä] c[^z]\n\n[^ä]: Liste\n\n    - x[^z]\n\n[^z]: \"Eins\"\n\n    zwei[^neu]\n\n[^neu]: drei";
    let (document, findings) = read_all(text);
    assert_eq!(said(text, &findings), [""; 0]);
    let reference = |n: usize, k: usize| format!("<sup class=\"fn\"><a id=\"fnref-{n}-{k}\" href=\"#fn-{n}\" role=\"doc-noteref\">{n}</a></sup>");
    let back = |n: usize, k: usize| {
        let (name, mark) = if k == 1 { (n.to_string(), String::new()) } else { (format!("{n}-{k}"), format!("<sup>{k}</sup>")) };
        format!(" <a class=\"fn-back\" href=\"#fnref-{n}-{k}\" role=\"doc-backlink\" aria-label=\"Zurück zu Verweis {name}\">↩\u{fe0e}{mark}</a>")
    };
    let expected = [
        &format!("<p>a{} b{} c{}</p>\n", reference(1, 1), reference(2, 1), reference(1, 2)),
        "<section class=\"footnotes\" role=\"doc-endnotes\" aria-labelledby=\"footnotes\">\n<h2 id=\"footnotes\">Fußnoten</h2>\n<ol>\n",
        &format!("<li id=\"fn-1\"><p>„Eins“</p>\n<p>zwei{}{}{}{}</p>\n</li>\n", reference(3, 1), back(1, 1), back(1, 2), back(1, 3)),
        &format!("<li id=\"fn-2\"><p>Liste</p>\n<ul>\n<li>x{}</li>\n</ul>\n<p>{}</p>\n</li>\n", reference(1, 3), back(2, 1)),
        &format!("<li id=\"fn-3\"><p>drei{}</p>\n</li>\n</ol>\n</section>\n", back(3, 1)),
    ];
    assert_eq!(print(&document), expected.concat());
    assert_eq!(document.words, 8, "a b c „Eins“ zwei Liste x drei");
    let ids = document.pieces.iter().filter(|piece| matches!(piece, Piece::Id(id) if id.starts_with("fn"))).count();
    assert_eq!(ids, 5 * 2 + 3 + 5, "every id and fragment is a gap of its own");
}

#[test]
fn links_and_images_keep_their_targets_as_written() {
    let text = "\u{fc} [a](@/b.md#c&amp;d) <x@y.de> ![\"Bild\" *eins*](b\\_ü.png 'T') [z]\n\n[z]: <#frag ment>";
    let (document, findings) = read_all(text);
    assert_eq!(said(text, &findings), [""; 0]);
    let links: Vec<(&str, &str, bool)> = document.links.iter().map(|l| (l.target.as_str(), &text[l.range.clone()], l.image)).collect();
    assert_eq!(
        links,
        [
            ("@/b.md#c&d", "[a](@/b.md#c&amp;d)", false),
            ("mailto:x@y.de", "<x@y.de>", false),
            ("b_ü.png", "![\"Bild\" *eins*](b\\_ü.png 'T')", true),
            ("#frag ment", "[z]", false)
        ]
    );
    assert!(print(&document).contains("<img src=\"b_ü.png\" alt=\"„Bild“ eins\" loading=\"lazy\" decoding=\"async\" title=\"T\">"), "{}", print(&document));
    check(&[("[a <https://b.de> c](d)", "<p><a href=\"d\">a https://b.de c</a></p>")]);
}

#[test]
fn directives_are_gaps() {
    check(&[
        ("Laut {{<fact vendor=\"a\"/>}}.", "<p>Laut [fact].</p>"),
        ("{{<fact/>}}", "[[fact]]"),
        ("{{<a/>}}\n{{<b/>}}", "[[a]]\n[[b]]"),
        ("{{<a/>}} {{<b/>}}", "<p>[a] [b]</p>"),
        ("{{<a/>}}{{<b/>}}", "<p>[a][b]</p>"),
        ("> {{<fact\n> a=\"b\"/>}}", "<blockquote>\n[[fact]]\n</blockquote>"),
        ("- **{{<fact/>}}**", "<ul>\n<li><strong>[fact]</strong></li>\n</ul>"),
        ("\"{{<fact/>}}\"", "<p>„[fact]“</p>"),
        ("`{{<fact/>}}`\n\n    {{<fact/>}}", "<p><code>{{&lt;fact/&gt;}}</code></p>\n<pre><code>{{&lt;fact/&gt;}}</code></pre>"),
        ("\\{{<fact a=\"b\"/>}} \\{{< x", "<p>{{&lt;fact a=&quot;b&quot;/&gt;}} {{&lt; x</p>"),
        ("\\\\{{<fact/>}} {{{<fact/>}}}", "<p>\\[fact] {[fact]}</p>"),
        ("{{ x }} {% if %}", "<p>{{ x }} {% if %}</p>"),
    ]);
    let text = "\u{fc} {{<fact vendor=\"zoom\" c=\"ü\"/>}}";
    let directive = &read_all(text).0.directives[0];
    let args: Vec<(&str, &str, &str)> = directive.args.iter().map(|(key, value, range)| (key.as_str(), value.as_str(), &text[range.clone()])).collect();
    assert_eq!((directive.name.as_str(), args), ("fact", vec![("vendor", "zoom", "vendor=\"zoom\""), ("c", "ü", "c=\"ü\"")]));
    assert_eq!(&text[directive.range.clone()], "{{<fact vendor=\"zoom\" c=\"ü\"/>}}");
}

#[test]
fn broken_directives_are_errors_with_a_place() {
    check_findings(&[
        ("a {{<bad a=/>}} b", &["A015 \"a=/>\" the value of `a` is not in double quotes"]),
        ("a {{<fact a=\"b\">}} b", &["A015 \">\" the directive `fact` does not end in `/>`"]),
        ("a {{<fact/> }} b", &["A015 \"{{<fact/>\" the directive `fact` is not closed by `}}`"]),
        ("a {{<fact n={3}/>}}", &["A015 \"n={3}/>\" the value of `n` is not in double quotes"]),
        ("a {{< fact >}} {{{<1", &["A015 \"{{<\" `{{<` is not followed by a directive", "A015 \"{{<\" `{{<` is not followed by a directive"]),
        ("{{<https://x.y>}}", &["A015 \"{{<\" `{{<` is not followed by a directive"]),
        ("[a](b \"{{<fact/>}}\")", &["A015 \"[a](b \\\"{{<fact/>}}\\\")\" a directive in the address or title of a link is not read"]),
        ("![a {{<fact/>}}](b)", &["A015 \"{{<fact/>}}\" the directive `fact` stands in the alternative text of an image"]),
    ]);
}

#[test]
fn what_is_wrong_has_a_code_and_a_place() {
    check_findings(&[
        ("a[^x] b[^y z] \\[^z] `[^c]`", &["A012 \"[^x]\" the footnote `x` is referred to, but not defined"]),
        ("[^X]: a", &["A013 \"[^X]:\" the footnote `X` is defined, but nothing refers to it"]),
        ("[^A]\n\n[^a]: a\n\n[^A]: b", &["A013 \"[^A]:\" the footnote `A` is defined twice, only the first is printed"]),
        ("a <b class=\"c\">d</b>", &["A014 \"<b class=\\\"c\\\">\" the HTML tag `<b>` is dropped, the text between tags stays"]),
        ("<div>\na\n</div>\n\nb", &["A014 \"<div>\\na\\n</div>\" the block of HTML is dropped with everything in it"]),
        ("# Ü\n\nText", &["A018 \"# Ü\" found a heading of level 1 in the text, expected level 2 or lower"]),
        ("> [!NOTE] Titel\n> a", &["A019 \"[!NOTE]\" text follows `[!NOTE]` on its line, so this is only a quote"]),
        ("> [!WICHTIG]\n> a", &["A019 \"[!WICHTIG]\" `WICHTIG` is no kind of alert, so this is only a quote"]),
        ("## a {#x}\n## b {#x}", &["A020 \"## b {#x}\" the id `x` stands here a second time"]),
        ("## a {#\"}", &["A020 \"## a {#\\\"}\" `\"` cannot be the id of a heading"]),
        ("a ![ ](b.png)", &["A022 \"![ ](b.png)\" the image has no alternative text"]),
        ("[x][y] [x][] [x]", &["L003 \"[x][y]\" the link refers to `y`, which is not defined", "L003 \"[x][]\" the link refers to `x`, which is not defined"]),
    ]);
}

#[test]
fn raw_html_is_printed_only_if_allowed() {
    let text = "a <b>c</b> \"<i>d</i>\"\n\n<div>\n{{<x/>}}\n</div>";
    assert_eq!(print(&read_all(text).0), "<p>a c „d“</p>\n");
    let (document, findings) = read(&source(text), 0..text.len(), &Options { raw_html: true, ..options("de") });
    assert_eq!(print(&document), "<p>a <b>c</b> „<i>d</i>“</p>\n<div>\n{{<x/>}}\n</div>");
    assert_eq!(said(text, &findings), ["A015 \"{{<x/>}}\\n\" a directive inside a block of HTML is not read"]);
}

#[test]
fn places_count_from_the_start_of_the_file() {
    let text = "---\ntitle: Ü\n---\n[a](b) {{<x y=\"z\"/>}}\n\n## c\n\n![](d)";
    let start = text.find('[').unwrap();
    let (document, findings) = read(&source(text), start..text.len(), &options("de"));
    assert_eq!(&text[document.links[0].range.clone()], "[a](b)");
    assert_eq!((&text[document.directives[0].range.clone()], &text[document.directives[0].args[0].2.clone()]), ("{{<x y=\"z\"/>}}", "y=\"z\""));
    assert_eq!(&text[document.headings[0].range.clone()], "## c");
    assert_eq!(said(text, &findings), ["A022 \"![](d)\" the image has no alternative text"]);
}

#[test]
fn prose_from_yaml_loses_its_only_paragraph() {
    for (text, html) in [
        ("Ein \"Wort\"", "Ein „Wort“"),
        ("{{<fact/>}}", "[fact]"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("- a", "<ul>\n<li>a</li>\n</ul>"),
        ("## a", "<h2 id=\"a\">a</h2>"),
        ("", ""),
    ] {
        let (document, findings) = inline(&source(text), text, 0, &options("de"));
        assert_eq!((print(&document).trim_end(), findings.len()), (html, 0), "{text:?}");
    }
}

#[test]
fn prose_from_yaml_is_found_in_its_file() {
    let file = "name: Ü\nnote: >-\n  Ein langer\n  [Link](@/x.md) und[^1]\n  ein ![](bild.png)\n";
    let text = "Ein langer [Link](@/x.md) und[^1] ein ![](bild.png)";
    let (document, findings) = inline(&source(file), text, file.find(">-").unwrap(), &options("de"));
    assert_eq!(&file[document.links[0].range.clone()], "[Link](@/x.md)");
    assert_eq!(
        said(file, &findings),
        ["A012 \"[^1]\" the footnote `1` is referred to, but not defined", "A022 \"![](bild.png)\" the image has no alternative text"]
            .map(|line| line.replace("to, but not defined", "to in a text that has no footnotes"))
    );
}

#[test]
fn the_plain_text_has_single_blanks() {
    let text = "## A *b*\n\nc  \nd `e  f`\n\n|g|h|\n|-|-|\n\n- i\n- [ ] j{{<x/>}}k\n\n```\nl\n\nm\n```\n![n](o) \"p\"";
    let document = inline(&source(text), text, 0, &options("de")).0;
    assert_eq!((document.plain.as_str(), document.words), ("A b c d e f g h i jk l m „p“", 13));
}

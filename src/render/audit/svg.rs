//! SVG files: no script, nothing from elsewhere. Style may stand in an image.

use crate::base::codes;
use crate::base::diag::Diagnostic;

use super::{Page, at, css, is_remote, spec};

/// Scans an image.
pub fn image(path: &str, svg: &str) -> Vec<Diagnostic> {
    let mut page = Page::new(path, true);
    spec::tags(svg, &mut |tag| page.tag(tag));
    let scan = page.finish();
    let mut findings: Vec<Diagnostic> = scan.findings.into_iter().map(|noted| noted.finding).collect();
    // Style sheets inside are not told apart: whatever would load something is found.
    let styles = (1..).zip(svg.lines()).filter(|(_, line)| line.contains("url(") || line.contains("@import") || line.contains("<?xml-stylesheet"));
    for (number, line) in styles {
        let from = line.find("@import").or_else(|| line.find("url(")).unwrap_or(0);
        let sheet = line.split("<?xml-stylesheet").nth(1).and_then(|rest| rest.split("href=").nth(1)).map(|rest| rest[1..].to_owned());
        let addresses = css::addresses(&line[from..]).into_iter().map(|(url, _)| url).chain(sheet);
        for url in addresses.filter(|url| is_remote(url)) {
            let url = url.split(['"', '\'', ')']).next().unwrap_or_default();
            let finding = Diagnostic::error(codes::THIRD_PARTY_REQUEST, format!("the image would fetch `{url}`"));
            findings.push(at(path, number, finding).help("put everything into the image itself"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_run_nothing_and_load_nothing() {
        for (svg, expected) in [
            ("<svg><script>x</script></svg>", &["H002"][..]),
            ("<svg onload=\"x\"/>", &["H002"]),
            ("<svg><image href=\"https://cdn.example/x.png\"/></svg>", &["H001"]),
            ("<svg><a xlink:href=\"javascript:x\"/></svg>", &["H002"]),
            ("<svg><style>@import 'https://cdn.example/x.css';</style></svg>", &["H001"]),
            ("<svg><style>a{fill:url(https://cdn.example/x.svg#a)}</style></svg>", &["H001"]),
            ("<?xml-stylesheet href=\"https://cdn.example/x.css\"?><svg/>", &["H001"]),
            ("<svg><foreignObject><img src=\"https://cdn.example/x.png\" alt=\"\"/></foreignObject></svg>", &["H001"]),
            ("<svg xmlns=\"http://www.w3.org/2000/svg\"><style>a{fill:url(#b)}</style><path style=\"fill:red\" d=\"M0\"/><use href=\"#a\"/></svg>", &[]),
        ] {
            let found: Vec<String> = image("a.svg", svg).iter().map(|finding| finding.code.to_string()).collect();
            assert_eq!(found, expected, "{svg}");
        }
    }
}

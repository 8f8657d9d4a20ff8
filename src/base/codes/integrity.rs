//! `I`: content that somebody else may have put in.

use super::{Code, Doc, Letter};

codes! { INTEGRITY;
    UNKNOWN_HOST = Integrity 1 "a link to a host that nothing vouches for",
        "Outgoing links lead to hosts that a card, a list of sources, the consent notice or `links.allow` in site.yaml knows. Injected adverts lead elsewhere.",
        wrong "[mehr](https://spam.example/)", right "links: {allow: [example.org, \"*.example.net\"]}";
    FOREIGN_LANGUAGE = Integrity 2 "a text in another language than the page's",
        "Injected adverts are rarely in the language of the page. Text in another language stands in a quote (`> …`), in quotation marks, in code, or in HTML with `lang`.",
        wrong "They treat you well, and they can be done in promptly any saving.", right "> They treat you well, and they can be done in promptly any saving.";
    INVISIBLE_CHARACTER = Integrity 3 "a character that nobody sees",
        "Characters without width and marks of writing direction hide words from readers and searches, or turn an address round. Soft hyphens and the joiners inside emoji are allowed.",
        wrong "Daten&#8203;schutz", right "Datenschutz";
    HIDDEN_TEXT = Integrity 4 "text that is hidden from readers",
        "Text that only machines see is how adverts are smuggled in. It is either for readers or not needed.",
        wrong "<p hidden>…</p>", right "<p>…</p>";
    LOOKALIKE = Integrity 5 "letters that look like others",
        "A host or a word mixes letters of several scripts, or a host hides its letters behind `xn--`: it reads like another one. If the host is meant, name it in `links.allow`.",
        wrong "https://eхample.org/ (with a Cyrillic х)", right "https://example.org/";
    LINK_TEXT_HOST = Integrity 6 "a link whose text names another host",
        "Readers believe the address they read. Text and target of a link name the same host.",
        wrong "[www.bund.de](https://example.org/)", right "[www.bund.de](https://www.bund.de/)";
    SHORTENED_LINK = Integrity 7 "a link through a shortener",
        "Where it leads is decided by somebody else, and can change at any time. Link to the page itself.",
        wrong "https://bit.ly/3abcdef", right "https://example.org/bericht";
    ODD_ADDRESS = Integrity 8 "an address that is not what it seems",
        "User names, backslashes and percent signs before the path, and numbers instead of a host, are how an address looks like another one.",
        wrong "https://www.bund.de@evil.example/", right "https://www.bund.de/";
    REDIRECT = Integrity 9 "a link that is passed on to another host",
        "The address holds another one, to which the reader is sent on. Link to that page itself.",
        wrong "https://example.org/go?url=https://spam.example/", right "https://example.org/seite";
    LINK_PILE = Integrity 10 "a pile of links in one paragraph",
        "Many links to many hosts with little text between them are the mark of injected adverts. Sources belong into footnotes or `sources`, lists of links into a list.",
        wrong "[a](https://a.example) [b](https://b.example) [c](https://c.example) …", right "one list entry for each link";
}

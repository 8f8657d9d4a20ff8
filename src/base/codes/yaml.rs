//! Codes 1 to 9, which mean the same for every YAML file.

use super::{Code, Doc, Letter};

codes! { YAML;
    YAML_SYNTAX = Site 1 "the file is no valid YAML",
        "The text breaks the rules of YAML, so nothing after this place can be read. Most often a tab stands where spaces belong, or a text holds `: ` or `#` without quotes.",
        wrong "summary: Zoom: ein Dienst", right "summary: \"Zoom: ein Dienst\"";
    YAML_UNKNOWN_KEY = Site 2 "a key that nobody knows",
        "Only the keys of the format are read. A misspelt key would otherwise be lost without a word.",
        wrong "cheked: 2026-11-23", right "checked: 2026-11-23";
    YAML_DUPLICATE_KEY = Site 3 "the same key twice",
        "Two values for one key contradict each other; remove one of them.",
        wrong "name: A\nname: B", right "name: A";
    YAML_MISSING_KEY = Site 4 "a required key is missing",
        "The format requires this key. `leitfaden new` writes stubs with every required key.",
        wrong "name: Zoom", right "name: Zoom\nproduct: zoom";
    YAML_WRONG_TYPE = Site 5 "a value of the wrong kind",
        "A list was expected and a text found, or the other way round.",
        wrong "tags: Vertrag", right "tags: [Vertrag]";
    YAML_NOT_ALLOWED = Site 6 "a value that is not allowed here",
        "The value has the right kind, but is none of those that the format allows (a day that does not exist, an unknown word).",
        wrong "checked: 2026-02-30", right "checked: 2026-02-28";
    YAML_BUDGET = Site 7 "too large, too deep, or with anchors",
        "YAML is read up to 1 MiB, 32 levels and 50,000 values, without anchors and aliases: a small text could otherwise unfold into gigabytes.",
        wrong "a: &x 1\nb: *x", right "a: 1\nb: 1";
    NOT_UTF8 = Site 8 "the file is not UTF-8",
        "Texts are read as UTF-8 only. Choose that encoding when you save.",
        wrong "(a file saved as Windows-1252)", right "(the same file saved as UTF-8)";
    UNUSABLE_PATH = Site 9 "a file that cannot be used where it lies",
        "Symbolic links that lead out of the project, names that are not UTF-8 and names with control characters or backslashes are not read.",
        wrong "content/passwd.md -> /etc/passwd", right "content/passwort.md";
}

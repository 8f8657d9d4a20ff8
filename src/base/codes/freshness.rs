//! `F`: how fresh and how well sourced a fact is.

use super::{Code, Doc, Letter};

codes! { FRESHNESS;
    FACT_OVERDUE = Freshness 1 "a fact whose check has expired",
        "Its last check is older than the criterion's `max_age_days`. It no longer counts in any rating until somebody has looked at the sources again.",
        wrong "checked: 2024-01-01", right "checked: 2026-11-23";
    REVIEW_OVERDUE = Freshness 2 "a review that is overdue",
        "The day in `review_by` or `recheck` has passed.",
        wrong "review_by: 2025-01-01", right "review_by: 2027-05-01";
    FACT_AFFECTED = Freshness 3 "a fact that a later legal event touches",
        "An event of content/law.yaml after the day of the check touches exactly this value. It is shown as to be checked again.",
        wrong "checked before the event", right "checked after the event";
    CONFIDENCE_CAPPED = Freshness 4 "a confidence that the sources cannot carry",
        "What only the vendor says counts at most as medium, what only a competitor says at most as low (`source_kinds.max_confidence`). The lower one is shown.",
        wrong "confidence: high with vendor sources only", right "confidence: medium";
    OBSOLETE_LAW = Freshness 5 "an obsolete law used as current",
        "content/law.yaml lists the name under `obsolete`. A text that uses it as current law was not looked at since. A sentence that speaks of the past may use it: with a year that is over, or words such as “bis”, “früher”, “ungültig”.",
        wrong "Die Pflicht folgt aus § 5 TMG.", right "Die Pflicht folgt aus § 5 DDG (bis 2024 § 5 TMG).";
}

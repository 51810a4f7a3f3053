//! Several things in one sentence: "A, B and C", « A, B et C ».

use crate::lang::{Lang, PerLang};

/// Joins the items with commas and a last "and". Canadian style has no comma before it.
pub fn conjunction<T: AsRef<str>>(items: &[T], lang: Lang) -> String {
    let mut out = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            let is_last = index + 1 == items.len();
            out.push_str(if is_last { AND.get(lang) } else { ", " });
        }
        out.push_str(item.as_ref());
    }
    out
}

const AND: PerLang<&str> = PerLang { en: " and ", fr: " et " };

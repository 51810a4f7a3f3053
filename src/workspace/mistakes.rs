//! The mistakes of the whole site, collected from where they are kept ([`Workspace::collect_mistakes`]): each judged by
//! the site's policies, and one cause reported once.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::explained::Explained;
use super::{Entry, Settings, Workspace};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Span, catalog};
use crate::layout::{self, ContentKind};
use crate::path::ContentPath;
use crate::schema::policies;

impl Workspace {
    pub(super) fn collect_mistakes(&mut self) {
        let (drafts, published): (Vec<&Entry>, Vec<&Entry>) =
            self.entries.values().partition(|entry| entry.role.standing.is_draft());
        let of_entries = published.into_iter().flat_map(Entry::mistakes);
        let of_drafts = drafts.into_iter().flat_map(Entry::mistakes).chain(self.assembly.mistakes_of_drafts());
        let of_site = self.unreadable.values().flatten().chain(&self.settings.mistakes).chain(&self.theme_mistakes);
        let of_site = of_site.chain(&self.lock_mistakes).chain(self.strays.values()).chain(&self.name_mistakes);
        let of_site = of_site.chain(self.assembly.mistakes());
        let Settings { config, schema, .. } = &self.settings;
        let judge = |mistake: &Diagnostic| policies::judge(mistake, config, schema);
        // A faulty link that is reported is a single mistake, even if the other side has another one.
        let of_links = self.assembly.mistakes().chain(self.assembly.mistakes_of_drafts());
        let faulty = of_links.filter(|mistake| is_faulty_link(mistake) && judge(mistake).is_some());
        let faulty: BTreeSet<&Place> = faulty.map(|mistake| &mistake.place).collect();
        let follows = |mistake: &Diagnostic| {
            let compares_links = matches!(mistake.name, "parity-references" | "parity-links" | "parity-images");
            let twin = mistake.related.as_ref().map(|(place, _)| place);
            compares_links && (faulty.contains(&mistake.place) || twin.is_some_and(|place| faulty.contains(place)))
        };
        let explained = Explained::new(self);
        let explain = |mistake| if follows(mistake) { None } else { explained.explain(mistake) };
        let judged = of_entries.chain(of_site).filter_map(explain).chain(self.no_types().map(Cow::Owned));
        let judged = judged.filter_map(|mistake| judge(&mistake));
        // Unpublished pages never stop anything from being published.
        let of_drafts = of_drafts.filter_map(explain).filter_map(|mistake| judge(&mistake));
        let of_drafts =
            of_drafts.map(|mistake| Diagnostic { severity: mistake.severity.max(Severity::Warning), ..mistake });
        self.mistakes = judged.chain(of_drafts).collect::<Diagnostics>().into_sorted().into();
    }

    /// The mistake that no record has a type, reported once for all of them.
    fn no_types(&self) -> Option<Diagnostic> {
        let files = || self.sources.texts().keys().chain(self.sources.unreadable());
        let top = |path: &ContentPath| path.as_str().split('/').next().unwrap_or_default().to_owned();
        let is_like_types = |path: &&ContentPath| top(path).eq_ignore_ascii_case(layout::TYPES);
        if files().any(|path| top(path) == layout::TYPES) {
            return None;
        }
        let is_record = |path: &&ContentPath| ContentKind::of(path).id().is_some_and(|id| id.contains('/'));
        let like_types = files().find(|path| path.as_str().contains('/') && is_like_types(path));
        let file = like_types.or_else(|| files().find(is_record))?;
        Some(catalog::no_types(Place::new(file, Span::START), like_types.map(top).as_deref()))
    }
}

/// Whether a mistake is a link that leads nowhere, or not where it should. Only once it is corrected can it be compared
/// with those of the other side.
fn is_faulty_link(mistake: &Diagnostic) -> bool {
    matches!(
        mistake.name,
        "broken-link"
            | "missing-asset"
            | "link-to-draft"
            | "link-to-missing-side"
            | "link-to-address"
            | "link-in-quotes"
            | "link-without-scheme"
            | "link-out-of-reach"
            | "unsafe-link"
            | "faulty-address"
            | "wrapped-address"
    )
}

//! The mistakes of the whole site, gathered from where they are kept ([`Workspace::collect_mistakes`]): each judged by the
//! site's policies, and one cause reported once.

use std::collections::BTreeSet;

use super::{Entry, Settings, Workspace};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use crate::lang::Lang;
use crate::layout::{self, ContentKind};
use crate::parse;
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
        // A link that leads nowhere is one mistake, though the other side has another one.
        let broken: BTreeSet<&Place> =
            self.assembly.mistakes().filter(|mistake| leads_nowhere(mistake)).map(|mistake| &mistake.place).collect();
        let misnamed: BTreeSet<String> = self.strays.keys().filter_map(layout::right_name).collect();
        // A side whose file has a name that is not read is not missing.
        let is_misnamed =
            |id: &str| Lang::BOTH.iter().any(|lang| misnamed.contains(parse::words_path(id, *lang).as_str()));
        let is_told = |mistake: &&Diagnostic| {
            if mistake.name == "missing-twin" && ContentKind::of(&mistake.place.file).id().is_some_and(is_misnamed) {
                return false;
            }
            let is_of_links = matches!(mistake.name, "parity-references" | "parity-links");
            let twin = mistake.related.as_ref().map(|(place, _)| place);
            !(is_of_links && (broken.contains(&mistake.place) || twin.is_some_and(|place| broken.contains(place))))
        };
        let judged =
            of_entries.chain(of_site).filter(is_told).filter_map(|mistake| policies::judge(mistake, config, schema));
        // What is not published stops nothing from being published.
        let of_drafts = of_drafts.filter_map(|mistake| policies::judge(mistake, config, schema));
        let of_drafts =
            of_drafts.map(|mistake| Diagnostic { severity: mistake.severity.max(Severity::Warning), ..mistake });
        self.mistakes = judged.chain(of_drafts).collect::<Diagnostics>().into_sorted().into();
    }
}

/// Whether a mistake is a link whose target is not there.
fn leads_nowhere(mistake: &Diagnostic) -> bool {
    matches!(mistake.name, "broken-link" | "missing-asset" | "link-to-draft" | "link-to-missing-side")
}

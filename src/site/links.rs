//! What written links mean on one page: [`Resolver`].

use percent_encoding::percent_decode_str;

use super::anchors::Anchors;
use super::names::NameTable;
use super::{PageRef, RecordId, Target, elsewhere};
use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::document::{Document, LinkRole, LinkUse, RawLink, typeset};
use crate::format;
use crate::lang::{Lang, PerLang};
use crate::layout::{self, WrittenLink};
use crate::path::{ContentPath, composed};
use crate::source::is_drawing;

/// The most pixels that a picture on a page may have. When shown, each takes four bytes, however small the file.
const MOST_PIXELS: u64 = 100_000_000;

/// What the names of one page have led to.
pub(super) struct Resolver<'a> {
    pub names: NameTable<'a>,
    pub file: &'a ContentPath,
    /// The language that links lead to; `None` in the facts, which have none.
    pub lang: Option<Lang>,
    pub diagnostics: Diagnostics,
    /// The assets used.
    pub assets: Vec<ContentPath>,
    /// The records that the words link to.
    pub linked: Vec<RecordId>,
    pub looked: Looked,
}

/// What a page has looked at in others: if that changes, the page must be resolved again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Pages whose headings or sides count.
    pub pages: Vec<PageRef>,
    /// Whether a name led to no page.
    pub unknown: bool,
    /// Whether an address was looked up.
    pub addresses: bool,
}

impl Looked {
    /// Adds what another part of the same record has looked at.
    pub fn extend(&mut self, other: Self) {
        self.pages.extend(other.pages);
        self.unknown |= other.unknown;
        self.addresses |= other.addresses;
    }
}

impl<'a> Resolver<'a> {
    pub(super) fn new(names: NameTable<'a>, file: &'a ContentPath, lang: Option<Lang>) -> Self {
        Self {
            names,
            file,
            lang,
            diagnostics: Diagnostics::default(),
            assets: Vec::new(),
            linked: Vec::new(),
            looked: Looked::default(),
        }
    }

    pub(super) fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }

    /// The same words with every link resolved and typography set.
    pub(super) fn document(&mut self, document: Document<RawLink>) -> Document<Target> {
        // Few pages link to their own headings.
        let has_heading_links = document.links().iter().any(|(RawLink(written), _)| written.starts_with('#'));
        let own = if has_heading_links { Anchors::of(&document) } else { Anchors::default() };
        let mut document = document.map_links(|link, used| self.link(&link, used, &own));
        typeset(&mut document, self.lang.unwrap_or(Lang::En));
        document
    }

    /// Where a link leads on a page with the given headings, if it leads anywhere.
    pub(super) fn link(&mut self, RawLink(written): &RawLink, link: LinkUse, own_headings: &Anchors) -> Option<Target> {
        let target = self.target(written, link.span, own_headings)?;
        let place = self.place(link.span);
        match (link.role, &target) {
            (LinkRole::Image, Target::External(_) | Target::Page { .. } | Target::Heading(_)) => {
                self.diagnostics.push(catalog::image_elsewhere(place));
            }
            (LinkRole::Image, Target::Asset(path)) => self.picture(path, place, written, link.wordless),
            (LinkRole::Link, Target::External(_) | Target::Heading(_) | Target::Asset(_)) if link.wordless => {
                self.diagnostics.push(catalog::link_without_words(place));
            }
            _ => {}
        }
        Some(target)
    }

    /// Reports a picture that does not reach readers: it is not described, browsers cannot show it, or it takes too
    /// long.
    fn picture(&mut self, path: &ContentPath, place: Place, written: &str, is_wordless: bool) {
        let is_decorative = written.rsplit_once('#').is_some_and(|(_, mark)| mark == layout::DECORATIVE);
        match (is_wordless, is_decorative) {
            (true, false) => self.diagnostics.push(catalog::image_without_words(place.clone(), written)),
            (false, true) => self.diagnostics.push(catalog::decorative_with_words(place.clone())),
            _ => {}
        }
        let Some(asset) = self.names.assets.get(path) else { return };
        // Mistakes in a drawing are reported where it is checked.
        if asset.dimensions.is_none() && !is_drawing(path.as_str()) {
            self.diagnostics.push(catalog::image_unreadable(place, path.file_name()));
            return;
        }
        let limit = self.names.heaviest_picture;
        if asset.size > limit && limit > 0 {
            let [size, limit] =
                [asset.size, limit].map(|bytes| PerLang::from_fn(|lang| format::file_size(bytes, lang)));
            let pixels = asset.dimensions.map(|size| (size.width, size.height));
            self.diagnostics.push(catalog::image_heavy(place, path.file_name(), &size, &limit, pixels));
            return;
        }
        let pixels = asset.dimensions.map(|size| (size.width, size.height)).filter(|_| !is_drawing(path.as_str()));
        if let Some((width, height)) = pixels.filter(|(w, h)| u64::from(*w) * u64::from(*h) > MOST_PIXELS) {
            self.diagnostics.push(catalog::image_of_many_pixels(place, path.file_name(), (width, height)));
        }
    }

    /// Reports an address elsewhere that readers cannot or should not follow.
    pub(super) fn elsewhere(&mut self, address: &str, place: Place) {
        if let Some(why) = elsewhere::fault(address) {
            self.diagnostics.push(catalog::faulty_address(place, why));
        } else if let Some(whole) = elsewhere::unwrapped(address) {
            self.diagnostics.push(catalog::wrapped_address(place, address, &whole));
        } else if let Some(host) = layout::host_out_of_reach(address) {
            self.diagnostics.push(catalog::link_out_of_reach(place, host));
        }
    }

    /// Where a link leads; nothing where a mistake says why it leads nowhere.
    fn target(&mut self, written: &str, span: Span, own_headings: &Anchors) -> Option<Target> {
        let place = self.place(span);
        let written = &*composed(written);
        if let Some(inner) = layout::in_quotes(written) {
            self.diagnostics.push(catalog::link_in_quotes(place, written, inner));
            return None;
        }
        if let Some(whole) = layout::corrected_address(written) {
            self.diagnostics.push(catalog::link_without_scheme(place, written, &whole));
            return None;
        }
        match WrittenLink::parse(written) {
            WrittenLink::Empty => self.diagnostics.push(catalog::empty_link(place)),
            WrittenLink::External => {
                self.elsewhere(written, place);
                return Some(Target::External(written.trim().replace(' ', "%20")));
            }
            WrittenLink::Unsafe(beginning) => self.diagnostics.push(catalog::unsafe_link(place, beginning)),
            WrittenLink::Heading(fragment) => {
                if let Some(id) = own_headings.find(fragment) {
                    return Some(Target::Heading(id.to_owned()));
                }
                self.diagnostics.push(catalog::dead_heading(place, fragment, self.file.as_str(), own_headings.ids()));
            }
            WrittenLink::Local { path, fragment } => return self.page_or_asset(path, fragment, place),
        }
        None
    }

    fn page_or_asset(&mut self, path: &str, fragment: Option<&str>, place: Place) -> Option<Target> {
        let names = self.names;
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        let beside = |path: &str| self.file.join(path);
        if let Some(asset) = [path, &*decoded].into_iter().filter_map(beside).find(|p| names.assets.contains_key(p)) {
            self.assets.push(asset.clone());
            return Some(Target::Asset(asset));
        }
        let id = layout::linked_id(self.file, path).unwrap_or_default();
        let Some(page) = names.page(&id) else {
            self.looked.unknown = true;
            if names.is_unparsable(&id) {
                return None;
            }
            if [path, &*decoded].into_iter().filter_map(beside).any(|path| names.unreadable.contains(&path)) {
                return None;
            }
            let address = path.trim_start_matches('/');
            let elsewhere = layout::pages_of_file(self.file, path).into_iter().flatten();
            let elsewhere = elsewhere.into_iter().find(|id| names.page(id).is_some());
            self.diagnostics.push(if names.is_draft(&id) {
                catalog::link_to_draft(place, &id)
            } else if address.starts_with("en/") || address.starts_with("fr/") {
                self.looked.addresses = true;
                let meant = names.page_at(address).or_else(|| names.meant(self.file, path).map(str::to_owned));
                catalog::link_to_address(place, path, meant.as_deref())
            } else if let Some(id) = &elsewhere {
                catalog::link_to_address(place, path, Some(id))
            } else if let Some(whole) = layout::with_scheme(path) {
                catalog::link_without_scheme(place, path, &whole)
            } else {
                self.looked.addresses = true;
                match names.meant(self.file, path) {
                    None if layout::has_file_ending(path) => catalog::missing_asset(place, path, names.asset_names()),
                    None => catalog::broken_link(place, &id, None, &names.known_in(None)),
                    meant => catalog::broken_link(place, path, meant, &names.known_in(None)),
                }
            });
            return None;
        };
        self.looked.pages.push(page);
        if let PageRef::Record(id) = page {
            self.linked.push(id);
        }
        let lang = self.lang.unwrap_or(Lang::En);
        let Some(headings) = names.headings(page, lang) else {
            self.looked.unknown = true;
            if !names.is_unparsable(&id) {
                self.diagnostics.push(catalog::link_to_missing_side(place, &id));
            }
            return None;
        };
        let found = fragment.map(|fragment| headings.find(fragment).unwrap_or(fragment).to_owned());
        if let Some(fragment) = fragment.filter(|fragment| headings.find(fragment).is_none()) {
            self.diagnostics.push(catalog::dead_heading(place, fragment, &id, headings.ids()));
        }
        Some(Target::Page { page, fragment: found })
    }
}

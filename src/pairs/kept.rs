//! The words of confirmed sections ([`Kept`]): with them, changed words can be shown without a history.
//!
//! They are in packs beside the content folder, in `.diptych/confirmed/`: a few hundred at most, each a compressed JSON
//! text. Nothing depends on them: what is missing or cannot be read is simply not shown.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::lock::{self, Confirmed};
use super::outline::{Outline, Section};
use super::{content, fingerprint};
use crate::lang::{Lang, PerLang};

/// The folder, in Diptych's own one beside the content folder.
pub const FOLDER: &str = "confirmed";

/// The most bytes of a compressed pack.
pub const LARGEST: u64 = 1 << 26;

/// The words of sections that were confirmed, by record.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    records: BTreeMap<String, Sides>,
}

/// For each side, the words of a section by its line in the lock.
type Sides = PerLang<BTreeMap<String, String>>;

/// The most bytes of an unpacked pack, which may come from anywhere.
const MOST: u64 = 1 << 28;

/// How many packs there are at most.
const PACKS: u64 = 256;

/// The name of the pack that holds the words of a record.
pub fn pack_of(id: &str) -> String {
    format!("{:02x}.json.gz", fingerprint::hash(id) % PACKS)
}

impl Kept {
    /// Adds the contents of a pack; does nothing if it cannot be read.
    pub fn read(&mut self, pack: &[u8]) {
        let mut text = String::new();
        if GzDecoder::new(pack).take(MOST).read_to_string(&mut text).is_ok()
            && let Ok(records) = serde_json::from_str::<BTreeMap<String, Sides>>(&text)
        {
            self.records.extend(records);
        }
    }

    /// The words of a section, by its line in the lock.
    pub(super) fn words(&self, id: &str, lang: Lang, line: &str) -> Option<&str> {
        self.records.get(id)?.get(lang).get(line).map(String::as_str)
    }

    /// The words of the units of a section, by its line in the lock.
    pub fn units(&self, id: &str, lang: Lang, line: &str) -> Option<Vec<&str>> {
        let units: Vec<&str> = self.words(id, lang, line)?.split('\n').collect();
        let marks = line.split_ascii_whitespace().filter(|mark| !mark.starts_with('/')).count();
        (units.len() == marks).then_some(units)
    }

    /// Keeps the words of a record as far as they were confirmed: those of its sides as they are now, or those kept
    /// earlier.
    pub fn keep(&mut self, id: &str, confirmed: &Confirmed, outlines: &PerLang<Outline>) {
        let before = self.records.remove(id).unwrap_or_default();
        let sides = PerLang::from_fn(|lang| {
            let now: BTreeMap<String, &Section> =
                outlines.get(lang).sections.iter().map(|section| (lock::line(section), section)).collect();
            let words = |line: &str| match now.get(line) {
                Some(section) => Some(text_of(section)),
                None => before.get(lang).get(line).cloned(),
            };
            let lines = confirmed.side(lang).map(|(_, line)| line);
            lines.filter_map(|line| Some((line.to_owned(), words(line)?))).collect()
        });
        self.records.insert(id.to_owned(), sides);
    }

    /// Moves the kept words of a record to its new id, and to the lines of the lock that now name the same sections.
    pub fn follow(&mut self, (old, before): (&str, &Confirmed), (new, after): (&str, &Confirmed)) {
        let Some(sides) = self.records.remove(old) else { return };
        let sides = sides.map(|lang, words| {
            let lines: BTreeMap<&str, &str> = before.lines(lang).into_iter().zip(after.lines(lang)).collect();
            let line = |line: String| Some((*lines.get(line.as_str())?).to_owned());
            words.into_iter().filter_map(|(old, words)| Some((line(old)?, words))).collect()
        });
        self.records.insert(new.to_owned(), sides);
    }

    /// Forgets records that no longer exist.
    pub fn retain(&mut self, is_there: impl Fn(&str) -> bool) {
        self.records.retain(|id, _| is_there(id));
    }

    /// The packs of these records, by name.
    pub fn packs(&self, ids: &BTreeSet<String>) -> BTreeMap<String, Vec<u8>> {
        let names: BTreeSet<String> = ids.iter().map(|id| pack_of(id)).collect();
        let mut packs: BTreeMap<String, BTreeMap<&String, &Sides>> =
            names.into_iter().map(|name| (name, BTreeMap::new())).collect();
        for (id, sides) in &self.records {
            if let Some(pack) = packs.get_mut(&pack_of(id)) {
                pack.insert(id, sides);
            }
        }
        packs.into_iter().filter_map(|(name, records)| Some((name, packed(&records)?))).collect()
    }
}

fn packed(records: &BTreeMap<&String, &Sides>) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&serde_json::to_vec(records).ok()?).ok()?;
    encoder.finish().ok()
}

/// What a section says, unit by unit.
pub(super) fn text_of(section: &Section) -> String {
    let units = section.units.iter().map(|unit| {
        let mut code = unit.content.code.iter();
        unit.content.text.chars().fold(String::new(), |mut out, c| {
            match c {
                content::OBJECT => out.push_str(code.next().map_or("", String::as_str)),
                c => out.push(c),
            }
            out
        })
    });
    units.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_that_cannot_be_read_is_as_if_it_were_not_there() {
        let mut kept = Kept::default();
        kept.read(b"no pack");
        kept.read(&[]);
        assert!(kept.records.is_empty());
    }

    #[test]
    fn what_is_packed_is_read_again() {
        let mut kept = Kept::default();
        let sides = PerLang { en: [("pAAAAAA".to_owned(), "Words.".to_owned())].into(), fr: BTreeMap::new() };
        kept.records.insert("a/x".to_owned(), sides);
        let packs = kept.packs(&["a/x".to_owned()].into());
        let mut again = Kept::default();
        for pack in packs.values() {
            again.read(pack);
        }
        assert_eq!(again.words("a/x", Lang::En, "pAAAAAA"), Some("Words."));
        assert_eq!(packs.keys().collect::<Vec<_>>(), [&pack_of("a/x")]);
    }
}

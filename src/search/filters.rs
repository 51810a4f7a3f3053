//! What results can be narrowed by: [`Filters`], one value list per filter and page.

use super::bytes::Reader;
use super::pack::Damage;

/// All filters of an index.
pub(crate) struct Filters<'a>(pub(crate) Vec<Column<'a>>);

/// One filter and its value on every page.
pub(crate) struct Column<'a> {
    pub(crate) name: &'a str,
    pub(crate) label: &'a str,
    /// Key and label.
    pub(crate) values: Vec<(&'a str, &'a str)>,
    /// Where each page's values start in `of_pages`, and one past the last.
    starts: Vec<u32>,
    of_pages: Vec<u32>,
}

impl Column<'_> {
    /// Which values a page has.
    pub(crate) fn of_page(&self, page: u32) -> &[u32] {
        let page = page as usize;
        match (self.starts.get(page), self.starts.get(page + 1)) {
            (Some(&start), Some(&end)) => &self.of_pages[start as usize..end as usize],
            _ => &[],
        }
    }
}

impl<'a> Filters<'a> {
    pub(crate) fn read(payload: &'a [u8], pages: usize) -> Result<Self, Damage> {
        let mut bytes = Reader(payload);
        let columns = (0..bytes.number()?).map(|_| {
            let (name, label) = (bytes.text()?, bytes.text()?);
            let values = (0..bytes.number()?).map(|_| Ok((bytes.text()?, bytes.text()?)));
            let values: Vec<_> = values.collect::<Result<_, Damage>>()?;
            let (mut starts, mut of_pages) = (Vec::with_capacity(pages + 1), Vec::new());
            for _ in 0..pages {
                starts.push(of_pages.len() as u32);
                for _ in 0..bytes.number()? {
                    let value = bytes.number()?;
                    if value >= values.len() {
                        return Err(Damage);
                    }
                    of_pages.push(value as u32);
                }
            }
            starts.push(of_pages.len() as u32);
            Ok(Column { name, label, values, starts, of_pages })
        });
        Ok(Self(columns.collect::<Result<_, Damage>>()?))
    }
}

/// Writes what [`Filters::read`] reads, page by page.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) struct Writer<'a>(Vec<ColumnWriter<'a>>);

#[cfg(not(target_arch = "wasm32"))]
struct ColumnWriter<'a> {
    name: &'a str,
    /// The number of each key.
    numbers: std::collections::BTreeMap<&'a str, usize>,
    bytes: super::bytes::Writer,
}

#[cfg(not(target_arch = "wasm32"))]
impl<'a> Writer<'a> {
    pub(crate) fn new(filters: &'a [super::Filter]) -> Self {
        let column = |filter: &'a super::Filter| {
            let mut bytes = super::bytes::Writer::default();
            bytes.text(&filter.name);
            bytes.text(&filter.label);
            bytes.number(filter.values.len());
            for (key, label) in &filter.values {
                bytes.text(key);
                bytes.text(label);
            }
            let numbers = filter.values.iter().enumerate().map(|(number, (key, _))| (key.as_str(), number)).collect();
            ColumnWriter { name: &filter.name, numbers, bytes }
        };
        Self(filters.iter().map(column).collect())
    }

    /// Adds a page. A value that no filter lists can be found, but not chosen.
    pub(crate) fn add(&mut self, entry: &super::Entry) {
        for column in &mut self.0 {
            let facet = entry.facets.iter().find(|(name, _)| name == column.name);
            let keys: &[String] = match facet {
                Some((_, keys)) => keys,
                None if column.name == "type" => std::slice::from_ref(&entry.kind),
                None => &[],
            };
            let values: Vec<usize> = keys.iter().filter_map(|key| column.numbers.get(key.as_str()).copied()).collect();
            column.bytes.numbers(values.into_iter());
        }
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        let mut bytes = super::bytes::Writer::default();
        bytes.number(self.0.len());
        for column in self.0 {
            bytes.0.extend_from_slice(&column.bytes.0);
        }
        bytes.0
    }
}

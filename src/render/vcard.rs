//! Contacts as cards for an address book (RFC 6350): [`vcard`]. A card says what the page says, and no more.

use super::changes;
use crate::format::{Phone, content_line, escaped};
use crate::lang::Lang;
use crate::path::UrlPath;
use crate::schema::{Field, FieldKind, Schema, SchemaOrg, Show};
use crate::site::{Fact, Record, RecordId, Said, Site, Value};

/// The address of a contact's card, beside its page.
pub fn url(site: &Site, id: RecordId, lang: Lang) -> Option<UrlPath> {
    let record = site.record(id);
    if !is_contact(&site.schema, record, lang) {
        return None;
    }
    let page = record.side(lang)?.url.as_str();
    let name = page.trim_end_matches('/').rsplit('/').next()?;
    Some(UrlPath::new(format!("{page}{name}.vcf")))
}

/// Whether a record has a card in a language: its type says that it is a contact, and it has an email address or a
/// telephone number.
pub fn is_contact(schema: &Schema, record: &Record, lang: Lang) -> bool {
    let kind = schema.get(record.kind);
    if kind.schema_org != Some(SchemaOrg::ContactPoint) || record.side(lang).is_none() {
        return false;
    }
    let shown = |fact: &&Fact| kind.fields[fact.field].show != Show::Data;
    record.facts_in(lang).into_iter().filter(shown).any(|fact| reaches(fact, lang))
}

fn reaches(fact: &Fact, lang: Lang) -> bool {
    fact.values.iter().any(|value| match value.in_lang(lang) {
        Value::Email(_) | Value::Phone(_) => true,
        Value::Group(facts) => facts.iter().any(|fact| reaches(fact, lang)),
        _ => false,
    })
}

/// The card of a contact in a language.
pub fn vcard(site: &Site, id: RecordId, lang: Lang) -> Option<String> {
    let record = site.record(id);
    let side = record.side(lang)?;
    let reach = Reach::of(site, record, lang);
    let base = site.config.base_url.as_deref();
    let mut card = "BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:-//Diptych//Diptych//EN\r\nKIND:org\r\n".to_owned();
    let mut line = |name: &str, value: &str| content_line(name, value, &mut card);
    line("UID", &changes::id(base.unwrap_or_default(), &record.id, lang));
    line("FN", &escaped(&side.title));
    if let Some(organization) = reach.organization {
        line("ORG", &escaped(organization));
    }
    for (nth, email) in (1_usize..).zip(&reach.emails) {
        line(&format!("EMAIL;PREF={}", nth.min(100)), &escaped(email));
    }
    for (nth, phone) in (1_usize..).zip(&reach.phones) {
        line(&format!("TEL;VALUE=uri;PREF={}", nth.min(100)), &phone.href());
    }
    for url in reach.urls.iter().copied().map(str::to_owned).chain(base.map(|base| side.url.absolute(base))) {
        line("URL", &url);
    }
    for (nth, code) in (1_usize..).zip(&reach.languages) {
        line(&format!("LANG;PREF={}", nth.min(100)), code);
    }
    line("NOTE", &escaped(&side.summary));
    if let Some((date, _)) = record.base.modified_on {
        line("REV", &date.stamp());
    }
    card.push_str("END:VCARD\r\n");
    Some(card)
}

/// The contact details that a page shows.
#[derive(Default)]
struct Reach<'a> {
    organization: Option<&'a str>,
    emails: Vec<&'a str>,
    phones: Vec<&'a Phone>,
    /// Web pages among the contact details.
    urls: Vec<&'a str>,
    languages: Vec<&'a str>,
}

impl<'a> Reach<'a> {
    fn of(site: &'a Site, record: &'a Record, lang: Lang) -> Self {
        let mut reach = Self::default();
        let fields = &site.schema.get(record.kind).fields;
        for fact in record.facts_in(lang) {
            if fields[fact.field].show != Show::Data {
                reach.look(site, lang, fields, fact, false);
            }
        }
        reach
    }

    fn look(&mut self, site: &'a Site, lang: Lang, fields: &'a [Field], fact: &'a Fact, reaches: bool) {
        for value in &fact.values {
            let Some(said) = Said::of(&fields[fact.field], value, lang) else { continue };
            match said {
                Said::Email(address) => self.emails.push(address),
                Said::Phone(phone) => self.phones.push(phone),
                Said::Url(url) if reaches => self.urls.push(url),
                Said::Language(code) => self.languages.push(code),
                Said::Reference(id) if self.organization.is_none() => {
                    self.organization = site.record(id).side(lang).map(|side| side.title.as_str());
                }
                Said::Group(fields, facts) => {
                    let is_way = |field: &Field| matches!(field.kind, FieldKind::Email | FieldKind::Phone);
                    let reaches = fields.iter().any(is_way);
                    for fact in facts {
                        self.look(site, lang, fields, fact, reaches);
                    }
                }
                Said::Text(_)
                | Said::Markdown(_)
                | Said::Number(..)
                | Said::Money(_)
                | Said::Boolean(_)
                | Said::Date(_)
                | Said::Choice(_)
                | Said::Reference(_)
                | Said::Url(_)
                | Said::File(..) => {}
            }
        }
    }
}

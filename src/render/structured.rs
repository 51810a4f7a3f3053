//! What a page says about itself to machines: JSON-LD with schema.org, and only what is certain.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::links::PageContext;
use super::meta::PageMeta;
use crate::format::Date;
use crate::lang::Lang;
use crate::path::UrlPath;
use crate::schema::SchemaOrg;
use crate::site::{Record, RecordId, Site, Value};

/// The contents of the script element.
#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: [WebPage<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WebPage<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    breadcrumb: Option<BreadcrumbList<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    in_language: Lang,
    is_part_of: WebSite<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    main_entity: Option<Json>,
    name: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    work_translation: Option<Translation>,
}

#[derive(Serialize)]
struct WebSite<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Translation {
    #[serde(rename = "@type")]
    kind: &'static str,
    in_language: Lang,
    url: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BreadcrumbList<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    item_list_element: Vec<ListItem<'a>>,
}

#[derive(Serialize)]
struct ListItem<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    item: String,
    name: &'a str,
    position: usize,
}

/// The structured data of a page, ready to be in a script element: no `<` can end it.
pub(super) fn structured_data(
    from: PageContext<'_>,
    about: &PageMeta<'_>,
    has_trail: bool,
    record: Option<RecordId>,
) -> String {
    let site = from.site;
    let record = record.map(|id| site.record(id));
    let date = |of: fn(&Record) -> Option<Date>| record.and_then(of).map(|date| date.to_string());
    let entity = |record: &Record| Some(entity(from, record, site.schema.get(record.kind).schema_org?));
    let page = WebPage {
        kind: "WebPage",
        breadcrumb: has_trail.then(|| trail(from, about)),
        date_modified: date(|record| Some(record.base.modified_on?.0)),
        date_published: date(|record| Some(record.base.published_on?.0)),
        description: about.description,
        in_language: from.lang,
        is_part_of: WebSite {
            kind: "WebSite",
            name: site.config.name.get(from.lang),
            url: address(from, &site.reserved.get(from.lang).home),
        },
        main_entity: record.and_then(entity),
        name: about.title,
        url: address(from, from.url),
        work_translation: about.sides.get(from.lang.other()).map(|twin| Translation {
            kind: "WebPage",
            in_language: from.lang.other(),
            url: address(from, twin),
        }),
    };
    let graph = Graph { context: "https://schema.org", graph: [page] };
    serde_json::to_string(&graph).unwrap_or_default().replace('<', "\\u003c")
}

/// The pages above this one, and itself.
fn trail<'a>(from: PageContext<'a>, about: &PageMeta<'a>) -> BreadcrumbList<'a> {
    let home = (from.site.config.name.get(from.lang).as_str(), &from.site.reserved.get(from.lang).home);
    let section = about.section.and_then(|kind| from.site.section(kind)).map(|section| section.sides.get(from.lang));
    let section = section.map(|landing| (landing.title.as_str(), &landing.url));
    let above = [Some(home), section.filter(|(_, url)| *url != from.url), about.above].into_iter().flatten();
    let all = above.chain([(about.title, from.url)]);
    let item = |(position, (name, url))| ListItem { kind: "ListItem", item: address(from, url), name, position };
    BreadcrumbList { kind: "BreadcrumbList", item_list_element: (1..).zip(all).map(item).collect() }
}

/// What a record is for schema.org, if its type says so.
fn entity(from: PageContext<'_>, record: &Record, of: SchemaOrg) -> Json {
    let mut entity = Map::new();
    entity.insert("@type".to_owned(), json!(of.name()));
    if let Some(side) = record.side(from.lang) {
        entity.insert("name".to_owned(), json!(side.title));
        entity.insert("description".to_owned(), json!(side.summary));
    }
    let mut found = Found::default();
    for fact in record.facts_in(from.lang) {
        fact.values.iter().for_each(|value| found.look(from, value));
    }
    if matches!(of, SchemaOrg::ContactPoint | SchemaOrg::Organization) {
        for (key, values) in [("email", found.emails), ("telephone", found.phones)] {
            if let [first, rest @ ..] = values.as_slice() {
                entity.insert(key.to_owned(), if rest.is_empty() { json!(first) } else { json!(values) });
            }
        }
    }
    if of == SchemaOrg::ContactPoint && !found.languages.is_empty() {
        entity.insert("availableLanguage".to_owned(), json!(found.languages));
    }
    Json::Object(entity)
}

/// The contact details in a record's facts.
#[derive(Default)]
struct Found {
    emails: Vec<String>,
    phones: Vec<String>,
    languages: Vec<String>,
}

impl Found {
    fn look(&mut self, from: PageContext<'_>, value: &Value) {
        match value {
            Value::Email(address) => self.emails.push(address.clone()),
            Value::Phone(phone) => self.phones.push(phone.href().trim_start_matches("tel:").to_owned()),
            Value::Language(code) => self.languages.push(code.clone()),
            Value::Group(facts) => facts.iter().flat_map(|fact| &fact.values).for_each(|value| self.look(from, value)),
            Value::PerLang(sides) => self.look(from, sides.get(from.lang)),
            Value::Text(_)
            | Value::Markdown(_)
            | Value::Number(_)
            | Value::Money(_)
            | Value::Boolean(_)
            | Value::Date(_)
            | Value::Choice(_)
            | Value::Reference(_)
            | Value::Url(_)
            | Value::File(..) => {}
        }
    }
}

/// An absolute address if the site has a `base_url`, else a relative one, which the page's own address completes.
fn address(from: PageContext<'_>, url: &UrlPath) -> String {
    let Site { config, .. } = from.site;
    config.base_url.as_ref().map_or_else(|| from.to(url), |base| url.absolute(base))
}

//! Facts in chronological order: the events of a record, and a type's records over the years.

use super::links::PageContext;
use super::view::{ChartRowView, ChartView, EventView, TickView, TimelineView, ValueView};
use super::{facts, html};
use crate::format::Date;
use crate::path;
use crate::schema::{Field, FieldKind, RecordType, Show};
use crate::site::{Fact, List, Record, RecordId, Value};

/// Fewer events than this are easier to read among the facts.
const FEW: usize = 3;

/// The timelines of a record: its own dates in the order that its type declares, and each group that its type shows as
/// one.
pub(super) fn of_record(from: PageContext<'_>, record: &Record) -> Vec<TimelineView> {
    let kind = from.site.schema.get(record.kind);
    let mut own: Vec<(Date, EventView)> = dates(from, kind, record).into_iter().flatten().collect();
    let heading = from.theme.strings(from.lang).get("timeline").to_owned();
    own.sort_by_key(|(date, _)| *date);
    let own = (own.len() >= FEW).then(|| TimelineView {
        id: format!("_{}", path::slug(&heading)),
        heading,
        events: own.into_iter().map(|(_, event)| event).collect(),
    });
    let groups = record.facts.iter().filter(|fact| kind.fields[fact.field].show == Show::Timeline);
    let group = |fact: &Fact| {
        let field = &kind.fields[fact.field];
        let FieldKind::Group(fields) = &field.kind else { return None };
        let mut events: Vec<(Option<Date>, EventView)> = fact
            .values
            .iter()
            .filter_map(|value| if let Value::Group(facts) = value { Some(event(from, fields, facts)) } else { None })
            .collect();
        events.sort_by_key(|(date, _)| *date);
        let heading = field.label.get(from.lang).clone();
        let id = format!("_{}", path::slug(&heading));
        Some(TimelineView { heading, id, events: events.into_iter().map(|(_, event)| event).collect() })
    };
    own.into_iter().chain(groups.filter_map(group)).collect()
}

/// Dates in the order that a type declares; `None` for one that is not known.
type Dates = Vec<Option<(Date, EventView)>>;

/// The dates of a record.
fn dates(from: PageContext<'_>, kind: &RecordType, record: &Record) -> Dates {
    let date = |name: &String| {
        let (date, label) = match kind.fields.position(name) {
            Some(at) => match record.fact(at)? {
                Value::Date(date) => (*date, kind.fields[at].label.get(from.lang).as_str()),
                _ => return None,
            },
            None => (base_date(record, name)?, base_label(from, name)),
        };
        let event = EventView {
            datetime: date.to_string(),
            date_html: html::text(from.lang, &date.long(from.lang)),
            title_html: html::text(from.lang, label),
            href: None,
            text_html: None,
        };
        Some((date, event))
    };
    kind.date_order.iter().map(date).collect()
}

fn base_date(record: &Record, name: &str) -> Option<Date> {
    let base = &record.base;
    let date = match name {
        "published_on" => base.published_on,
        "modified_on" => base.modified_on,
        "review_by" => base.review_by,
        "expires_on" => base.expires_on,
        _ => None,
    };
    date.map(|(date, _)| date)
}

fn base_label<'a>(from: PageContext<'a>, name: &str) -> &'a str {
    let key = match name {
        "published_on" => "published_on",
        "modified_on" => "modified_on",
        "review_by" => "review_by",
        _ => "column_expires_on",
    };
    from.theme.strings(from.lang).get(key)
}

/// A group as an event: its first date says when, its first other field says what, and the rest comes below.
fn event(from: PageContext<'_>, fields: &[Field], said: &[Fact]) -> (Option<Date>, EventView) {
    let date = said.iter().find_map(|fact| match fact.values.first() {
        Some(Value::Date(date)) => Some((fact.field, *date)),
        _ => None,
    });
    let mut rest = said.iter().filter(|fact| Some(fact.field) != date.map(|(field, _)| field));
    let title = rest.next().map(|fact| facts::view(from, fields, fact));
    let join = |values: &[ValueView]| values.iter().map(|value| value.html.as_str()).collect::<Vec<_>>().join(", ");
    let text: Vec<String> = rest
        .map(|fact| {
            let fact = facts::view(from, fields, fact);
            let words = [("label", &*html::text(from.lang, &fact.label)), ("value", &*join(&fact.values))];
            from.theme.strings(from.lang).fill("labelled", &words)
        })
        .collect();
    let event = EventView {
        datetime: date.map(|(_, date)| date.to_string()).unwrap_or_default(),
        date_html: date.map(|(_, date)| html::text(from.lang, &date.long(from.lang))).unwrap_or_default(),
        title_html: title.as_ref().map(|fact| join(&fact.values)).unwrap_or_default(),
        href: title.and_then(|fact| fact.values.into_iter().next().and_then(|value| value.href)),
        text_html: (!text.is_empty()).then(|| text.join("; ")),
    };
    (date.map(|(_, date)| date), event)
}

/// A picture of more records than this cannot be read.
const MOST_ROWS: usize = 40;

/// The picture's measures, in units of its own.
const WIDTH: u32 = 720;
const ROW: u32 = 44;
const AXIS: u32 = 28;
const MARGIN: u32 = 12;

/// A type's records over the years; `None` if its dates have no order, or if too few or too many records have dates.
pub(super) fn chart(from: PageContext<'_>, list: &List) -> Option<ChartView> {
    let kind = from.site.schema.get(list.kind);
    let known = |id: &RecordId| {
        let record = from.site.record(*id);
        let dates = dates(from, kind, record);
        let first = dates.iter().flatten().map(|(date, _)| *date).min()?;
        Some((first, *id, dates))
    };
    let mut rows: Vec<_> = list.records.get(from.lang).iter().filter_map(known).collect();
    if rows.len() < FEW || rows.len() > MOST_ROWS {
        return None;
    }
    rows.sort_by_key(|(first, id, _)| (*first, from.site.rank(*id, from.lang)));

    let all = || rows.iter().flat_map(|(_, _, dates)| dates.iter().flatten()).map(|(date, _)| *date);
    // If the day of the build is not known, the day of the latest change is used instead.
    let changed = rows.iter().filter_map(|(_, id, _)| base_date(from.site.record(*id), "modified_on"));
    let latest = all().chain(changed).chain(from.site.config.as_of).map(Date::year).max()?;
    let (from_year, to_year) = (all().map(Date::year).min()? / 10 * 10, latest / 10 * 10 + 10);
    let x = |date: Date| MARGIN + scale(months(date), from_year, to_year);
    let step = tick_step(to_year - from_year);
    let ticks = (from_year..=to_year).step_by(step);
    let ticks = ticks.map(|year| TickView { x: MARGIN + scale(i32::from(year) * 12, from_year, to_year), year });
    let ticks = ticks.collect();

    // The last date of the order is the end of a record's bar, if the type has such a date.
    let ends = kind.date_order.last().is_some_and(|name| name == "expires_on");
    let height = u32::try_from(rows.len()).unwrap_or_default() * ROW + AXIS;
    let row = |(at, (first, id, dates)): (usize, (Date, RecordId, Dates))| {
        let end = dates.last().and_then(Option::as_ref).filter(|_| ends).map(|(date, _)| x(*date));
        let start = x(first);
        let target = from.to_record(id)?;
        let (side, _) = from.side(id)?;
        let short = side.short_title.as_ref().unwrap_or(&side.title);
        // A title that begins far to the right would not fit.
        let late = start > WIDTH / 2;
        let value = |date: &Option<(Date, EventView)>| match date {
            Some((date, event)) => ValueView {
                kind: "date",
                html: event.date_html.clone(),
                datetime: Some(date.to_string()),
                ..ValueView::default()
            },
            None => ValueView::default(),
        };
        Some(ChartRowView {
            title_html: html::text(from.lang, &target.title),
            title: short.to_owned(),
            title_x: if late { x(first).max(end.unwrap_or(WIDTH - MARGIN)) } else { start },
            anchor: if late { "end" } else { "start" },
            href: target.href,
            status: facts::status(from.site, from.site.record(id), from.lang),
            y: u32::try_from(at).unwrap_or_default() * ROW + ROW - 12,
            x: start,
            width: end.unwrap_or(WIDTH - MARGIN).saturating_sub(start).max(1),
            open: end.is_none(),
            marks: dates.iter().flatten().map(|(date, _)| x(*date)).collect(),
            dates: dates.iter().map(value).collect(),
        })
    };
    let rows = rows.into_iter().enumerate().filter_map(row).collect();
    let columns = kind.date_order.iter().map(|name| {
        let field = kind.fields.find(name);
        field.map_or_else(|| base_label(from, name).to_owned(), |field| field.label.get(from.lang).clone())
    });
    Some(ChartView { width: WIDTH, height, ticks, columns: columns.collect(), rows })
}

/// A date as months since year 0; a year counts as its beginning.
fn months(date: Date) -> i32 {
    i32::from(date.year()) * 12 + date.month().map_or(0, |month| i32::from(month) - 1)
}

/// Where a month is between two years, in units of the picture.
fn scale(month: i32, from_year: i16, to_year: i16) -> u32 {
    let span = (i32::from(to_year) - i32::from(from_year)) * 12;
    let inner = i32::try_from(WIDTH - 2 * MARGIN).unwrap_or(i32::MAX);
    u32::try_from((month - i32::from(from_year) * 12) * inner / span.max(1)).unwrap_or_default()
}

/// How many years there are between two ticks, so that there are at most eight.
fn tick_step(years: i16) -> usize {
    let years = usize::try_from(years).unwrap_or(1);
    [10, 20, 50, 100].into_iter().find(|step| years / step <= 8).unwrap_or(500)
}

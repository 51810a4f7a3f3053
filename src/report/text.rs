//! Mistakes for people: the line with a caret below it, the reason, what to do. Owns `annotate-snippets`.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Files, severity_name};
use crate::diagnostic::{Diagnostic, Place, Severity, Span};
use crate::lang::Lang;
use crate::terminal::{visible, visible_line};

/// A longer line of a drawing is not shown, in bytes.
const LONGEST_OF_DRAWING: usize = 400;

/// All mistakes, one after another. `colour` writes escape codes for a terminal.
pub fn text(diagnostics: &[Diagnostic], files: &Files<'_>, lang: Lang, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&[group(diagnostic, files, lang)]));
        out.push_str("\n\n");
    }
    out
}

/// The last line: how many mistakes there are.
pub fn summary(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let plural = |count: usize, one, other| match lang {
        Lang::En if count == 1 => one,
        Lang::Fr if count < 2 => one,
        _ => other,
    };
    match lang {
        Lang::En => format!(
            "{errors} {}, {warnings} {}",
            plural(errors, "error", "errors"),
            plural(warnings, "warning", "warnings")
        ),
        Lang::Fr => format!(
            "{errors} {}, {warnings} {}",
            plural(errors, "erreur", "erreurs"),
            plural(warnings, "avertissement", "avertissements")
        ),
    }
}

fn group(diagnostic: &Diagnostic, files: &Files<'_>, lang: Lang) -> Group<'static> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .with_name(severity_name(diagnostic.severity, lang))
        .primary_title(visible(diagnostic.message.get(lang)).into_owned())
        .id(diagnostic.name);
    let mut group = match shown(&diagnostic.place, files) {
        Some((snippet, range)) => title.element(snippet.annotation(AnnotationKind::Primary.span(range))),
        None => title.element(Origin::path(named(&diagnostic.place, files))),
    };
    if let Some((place, words)) = &diagnostic.related
        && let Some((snippet, range)) = shown(place, files)
    {
        let annotation = AnnotationKind::Context.span(range).label(visible_line(words.get(lang)).into_owned());
        group = group.element(snippet.annotation(annotation));
    }
    let help = match lang {
        Lang::En => "help",
        Lang::Fr => "aide",
    };
    group.element(Level::HELP.with_name(help).message(visible(diagnostic.help.get(lang)).into_owned()))
}

fn named(place: &Place, files: &Files<'_>) -> String {
    visible_line(&(files.name)(&place.file)).into_owned()
}

/// The line of a place and what to underline in it: never more than one line, however long the passage.
fn shown(
    place: &Place,
    files: &Files<'_>,
) -> Option<(Snippet<'static, annotate_snippets::Annotation<'static>>, Range<usize>)> {
    let text = (files.text)(&place.file)?;
    let span = place.span.range();
    let start = text.floor_char_boundary(span.start);
    let end = text.ceil_char_boundary(span.end).max(start);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let line = text[line_start..line_end].trim_end_matches('\r');
    // Of a drawing that is meant as a whole, or stands on one line, there is nothing to show that people read.
    let is_drawing = place.file.as_str().to_ascii_lowercase().ends_with(".svg");
    if is_drawing && (place.span == Span::START || line.len() > LONGEST_OF_DRAWING) {
        return None;
    }
    let from = (start - line_start).min(line.len());
    let to = (end - line_start).clamp(from, line.len());
    // A tab is left to the renderer, which gives it its width.
    let [before, marked, after] = [&line[..from], &line[from..to], &line[to..]].map(visible);
    let range = before.len()..before.len() + marked.len();
    let number = text[..start].matches('\n').count() + 1;
    let line = [before, marked, after].concat();
    Some((Snippet::source(line).line_start(number).path(named(place, files)).fold(false), range))
}

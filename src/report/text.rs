//! Mistakes for people: the line with a caret below it, the reason, what to do. Owns `annotate-snippets`.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Level, Origin, Renderer, Snippet};

use super::causes::{Cause, causes};
use super::lines::Texts;
use super::{Files, severity_name, whole_message};
use crate::diagnostic::{Diagnostic, Place, Severity, Span};
use crate::lang::Lang;
use crate::path::ContentPath;
use crate::terminal::{visible, visible_line};

/// A longer line of a drawing is not shown, in bytes.
const LONGEST_OF_DRAWING: usize = 400;

/// For each kind of mistake, at most this many causes are drawn; further ones get a line each. Nobody reads a thousand
/// drawings.
const DRAWN: usize = 50;

/// At most this many other files with the same mistake are named.
const FILES: usize = 12;

/// All mistakes, errors first; notes are left out. A mistake repeated in many places is shown once, with a list of the
/// others. With `colour`, the text has escape codes for a terminal.
pub fn text(diagnostics: &[Diagnostic], files: &Files<'_>, lang: Lang, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let texts = Texts::new(files);
    let mut out = String::new();
    let mut drawn = HashMap::<&str, usize>::new();
    for Cause { first, others } in causes(diagnostics).into_iter().filter(|cause| cause.first.severity < Severity::Info)
    {
        let drawn = drawn.entry(first.name).or_default();
        *drawn += 1;
        if *drawn > DRAWN {
            for mistake in std::iter::once(first).chain(others) {
                out.push_str(&line(mistake, &texts, lang));
            }
            continue;
        }
        end_lines(&mut out);
        let note = (!others.is_empty()).then(|| elsewhere(&others, &texts, lang));
        out.push_str(&message(first, note.as_deref(), &texts, lang, &renderer));
        out.push_str("\n\n");
    }
    end_lines(&mut out);
    out
}

/// Separates what follows one-line mistakes.
fn end_lines(out: &mut String) {
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// A mistake in one line.
fn line(mistake: &Diagnostic, texts: &Texts<'_, '_>, lang: Lang) -> String {
    let position = texts.position(&mistake.place);
    format!(
        "{}[{}]: {}:{}:{}: {}\n",
        severity_name(mistake.severity, lang),
        mistake.name,
        named(&mistake.place, texts),
        position.line,
        position.column,
        visible_line(&whole_message(mistake, lang)),
    )
}

/// In how many other places the same mistake is, and on which lines of which files.
fn elsewhere(others: &[&Diagnostic], texts: &Texts<'_, '_>, lang: Lang) -> String {
    let mut files: Vec<(&ContentPath, Vec<usize>)> = Vec::new();
    for other in others {
        let line = texts.position(&other.place).line;
        match files.last_mut().filter(|(file, _)| **file == other.place.file) {
            Some((_, lines)) => lines.push(line),
            None => files.push((&other.place.file, vec![line])),
        }
    }
    let count = others.len();
    let mut said = match lang {
        Lang::En => format!("the same in {count} more places:"),
        Lang::Fr => format!("la même chose à {count} autres endroits :"),
    };
    for (file, lines) in files.iter().take(FILES) {
        let mut lines: Vec<String> = lines.iter().map(usize::to_string).collect();
        lines.dedup();
        let more = if lines.len() > FILES { ", …" } else { "" };
        lines.truncate(FILES);
        let _ = write!(said, "\n{}:{}{more}", visible_line(&texts.name(file)), lines.join(", "));
    }
    if let left @ 1.. = files.len().saturating_sub(FILES) {
        let _ = match lang {
            Lang::En => write!(said, "\n… and {left} more files; --format json lists every place"),
            Lang::Fr => write!(said, "\n… et {left} autres fichiers; --format json donne tous les endroits"),
        };
    }
    said
}

fn message(
    diagnostic: &Diagnostic,
    note: Option<&str>,
    texts: &Texts<'_, '_>,
    lang: Lang,
    renderer: &Renderer,
) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::NOTE,
    };
    let title = level
        .with_name(severity_name(diagnostic.severity, lang))
        .primary_title(visible(diagnostic.message.get(lang)).into_owned())
        .id(diagnostic.name);
    let own = shown(&diagnostic.place, texts);
    let related = diagnostic.related.as_ref();
    let related = related.and_then(|(place, words)| Some((shown(place, texts)?, visible_line(words.get(lang)))));
    let mut group = match &own {
        Some(own) => title.element(own.snippet().annotation(AnnotationKind::Primary.span(own.range.clone()))),
        None => title.element(Origin::path(named(&diagnostic.place, texts))),
    };
    if let Some((related, words)) = &related {
        let annotation = AnnotationKind::Context.span(related.range.clone()).label(&**words);
        group = group.element(related.snippet().annotation(annotation));
    }
    let help = match lang {
        Lang::En => "help",
        Lang::Fr => "aide",
    };
    let mut group = group.element(Level::HELP.with_name(help).message(visible(diagnostic.help.get(lang)).into_owned()));
    if let Some(note) = note {
        group = group.element(Level::NOTE.message(note.to_owned()));
    }
    let written = renderer.render(&[group]);
    let shown = own.iter().chain(related.iter().map(|(related, _)| related));
    shown.fold(written, |written, shown| shown.with_true_column(written))
}

fn named(place: &Place, texts: &Texts<'_, '_>) -> String {
    visible_line(&texts.name(&place.file)).into_owned()
}

/// A line to be shown and what is underlined in it. A long line is cut to the surroundings of the passage.
struct Shown {
    path: String,
    line: String,
    number: usize,
    /// The passage, in the line as it is shown.
    range: Range<usize>,
    /// The column in the line as it is written, in characters.
    column: usize,
}

/// How much of a line is shown on either side of where a passage begins, in characters: more than fits on a screen.
const AROUND: usize = 150;

/// The line of a place and what to underline in it: never more than one line, however long the passage.
fn shown(place: &Place, texts: &Texts<'_, '_>) -> Option<Shown> {
    let lines = texts.lines(&place.file)?;
    let text = &lines.text;
    let span = place.span.range();
    let start = text.floor_char_boundary(span.start);
    let (number, line) = lines.line(start);
    // If the mistake concerns a whole drawing, or a drawing is on one line, there is nothing readable to show.
    let is_drawing = place.file.as_str().to_ascii_lowercase().ends_with(".svg");
    if is_drawing && (place.span == Span::START || line.len() > LONGEST_OF_DRAWING) {
        return None;
    }
    // A place may be the end of a line.
    let line = line.start..line.end.max(start);
    let from =
        text[line.start..start].char_indices().rev().nth(AROUND - 1).map_or(line.start, |(at, _)| line.start + at);
    let to = text[start..line.end].char_indices().nth(AROUND).map_or(line.end, |(at, _)| start + at);
    let end = text.ceil_char_boundary(span.end).clamp(start, to);
    let column = lines.position(start).column;
    // A tab is left to the renderer, which gives it its width.
    let [before, marked, after] = [&text[from..start], &text[start..end], &text[end..to]].map(visible);
    let range = before.len()..before.len() + marked.len();
    let line = [before, marked, after].concat();
    Some(Shown { path: named(place, texts), line, number, range, column })
}

impl Shown {
    fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        Snippet::source(self.line.as_str()).line_start(self.number).path(self.path.as_str()).fold(false)
    }

    /// The column in a message counts from the shown part of the line, in which some characters are spelled out:
    /// replaces it with the column in the written line.
    fn with_true_column(&self, written: String) -> String {
        let column = self.line[..self.range.start].chars().count() + 1;
        if column == self.column {
            return written;
        }
        let place = |column: usize| format!("{}:{}:{column}", self.path, self.number);
        let shown = place(column);
        let ends = |at: usize| !written[at + shown.len()..].starts_with(|c: char| c.is_ascii_digit());
        match written.match_indices(&shown).find(|(at, _)| ends(*at)) {
            Some((at, _)) => [&written[..at], &place(self.column), &written[at + shown.len()..]].concat(),
            None => written,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::catalog;
    use crate::path::ContentPath;

    fn written(content: &str, span: Range<usize>) -> String {
        let file = ContentPath::new("a.en.md");
        let mistake = catalog::heading_empty(Place::new(&file, Span::new(span)));
        let files = Files { text: &|_| Some(content.into()), name: &ToString::to_string };
        text(&[mistake], &files, Lang::En, false)
    }

    #[test]
    fn of_a_long_line_what_is_around_the_passage_is_shown_and_the_column_is_that_of_the_line() {
        let content = format!("one\n{}wrong{}\n", "é ".repeat(100_000), " x".repeat(100_000));
        let at = content.find("wrong").unwrap();
        let written = written(&content, at..at + 5);
        assert!(written.contains("a.en.md:2:200001\n"), "{written}");
        assert!(written.contains("é é wrong x x") && written.len() < 2_000, "{written}");
    }

    #[test]
    fn the_column_is_that_of_the_line_as_it_is_written() {
        let written = written("a\u{92}b\u{93}wrong\n", 6..11);
        assert!(written.contains("a.en.md:1:5\n"), "{written}");
    }

    #[test]
    fn a_passage_without_end_is_underlined_only_as_far_as_it_is_shown() {
        let written = written(&"x".repeat(100_000), 0..100_000);
        assert!(written.contains("a.en.md:1:1\n") && written.len() < 2_000, "{written}");
    }
}

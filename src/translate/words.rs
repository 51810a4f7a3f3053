//! The words of one passage without Markdown: [`Words`], in which a number stands for each mark, and the [`Mark`]s.
//!
//! Written as a text ([`Words::written`]), a mark around words is `{1}…{/1}`, one without words `{2/}`. Braces that a
//! writer put around a number are doubled.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

/// What a passage says. White space is one space, and there is none at its ends or inside of a mark's ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// The beginning of a mark that is around words.
    Open(u32),
    /// Its end.
    Close(u32),
    /// A mark without words.
    Alone(u32),
}

/// A mark as it is written in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it is.
    pub kind: MarkKind,
    /// What is written before its words; all of it, where it has none.
    pub open: String,
    /// What is written behind them.
    pub close: String,
}

/// What a mark is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Text that no longer holds.
    Strikethrough,
    /// A small element of HTML, by its name.
    Element(&'static str),
    /// A link, as it was written and as the page that it names.
    Link {
        /// As it was written.
        written: String,
        /// The page, the file, or the address.
        target: String,
    },
    /// A picture.
    Image(String),
    /// Code.
    Code(String),
    /// A passage in another language.
    Foreign(String),
    /// A reference to a footnote, by its position.
    Note(usize),
    /// A line end that counts.
    LineBreak,
    /// What readers do not see: a comment.
    Hidden,
}

impl MarkKind {
    /// The name of the kind: one that translators' tools know where there is one.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Emphasis => "italic",
            Self::Strong => "bold",
            Self::Strikethrough => "x-strikethrough",
            Self::Element(_) => "x-element",
            Self::Link { .. } => "link",
            Self::Image(_) => "image",
            Self::Code(_) => "x-code",
            Self::Foreign(_) => "x-foreign",
            Self::Note(_) => "x-footnote",
            Self::LineBreak => "lb",
            Self::Hidden => "x-comment",
        }
    }

    /// Whether a translation that lacks it has lost something.
    pub fn is_needed(&self) -> bool {
        !matches!(self, Self::Foreign(_) | Self::LineBreak | Self::Hidden)
    }

    /// Whether marks of the two languages that are not the same may still be each other's: an address elsewhere has
    /// another one in each language.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Link { target: a, .. }, Self::Link { target: b, .. }) => a.contains(':') && b.contains(':'),
            (Self::Image(_), Self::Image(_)) | (Self::Foreign(_), Self::Foreign(_)) => true,
            _ => self.is_same(other),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Link { target: a, .. }, Self::Link { target: b, .. }) => a == b,
            _ => self == other,
        }
    }
}

impl Words {
    /// A passage without marks.
    pub fn plain(text: &str) -> Self {
        Self { pieces: vec![Piece::Text(text.to_owned())] }.tidied()
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Its words alone.
    pub fn text(&self) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            _ => String::new(),
        };
        self.pieces.iter().map(text).collect()
    }

    /// The passage as a text.
    pub fn written(&self) -> String {
        let mut written = String::new();
        for piece in &self.pieces {
            let _ = match piece {
                Piece::Text(text) => {
                    doubled(text, &mut written);
                    Ok(())
                }
                Piece::Open(mark) => write!(written, "{{{mark}}}"),
                Piece::Close(mark) => write!(written, "{{/{mark}}}"),
                Piece::Alone(mark) => write!(written, "{{{mark}/}}"),
            };
        }
        written
    }

    /// Reads what [`Words::written`] wrote, or what became of it.
    pub fn read(text: &str) -> Self {
        let (mut pieces, mut rest, mut plain) = (Vec::new(), text, String::new());
        while let Some(at) = rest.find('{') {
            plain.push_str(&rest[..at]);
            rest = &rest[at..];
            match sign(rest) {
                Some((1, piece, length)) => {
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                    pieces.push(piece);
                    rest = &rest[length..];
                }
                Some((_, _, length)) => {
                    plain.push_str(&rest[1..length]);
                    rest = &rest[length..];
                }
                None => {
                    plain.push('{');
                    rest = &rest[1..];
                }
            }
        }
        plain.push_str(rest);
        pieces.push(Piece::Text(plain));
        Self { pieces }.tidied()
    }

    /// The same with one space for all white space, and none at the ends, or inside of the ends of a mark.
    pub fn tidied(self) -> Self {
        let mut tidy = Vec::<Piece>::new();
        let mut space = false;
        for piece in self.pieces {
            match piece {
                Piece::Text(text) => {
                    for c in text.chars() {
                        if c.is_ascii_whitespace() {
                            space = true;
                            continue;
                        }
                        if std::mem::take(&mut space) {
                            push_space(&mut tidy);
                        }
                        push(&mut tidy, c);
                    }
                }
                Piece::Close(_) => tidy.push(piece),
                Piece::Open(_) | Piece::Alone(_) => {
                    if std::mem::take(&mut space) {
                        push_space(&mut tidy);
                    }
                    tidy.push(piece);
                }
            }
        }
        Self { pieces: tidy }
    }

    /// The same with other numbers for its marks.
    pub fn renumbered(&self, number: impl Fn(u32) -> u32) -> Self {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => Piece::Text(text.clone()),
            Piece::Open(mark) => Piece::Open(number(*mark)),
            Piece::Close(mark) => Piece::Close(number(*mark)),
            Piece::Alone(mark) => Piece::Alone(number(*mark)),
        });
        Self { pieces: pieces.collect() }
    }

    /// The numbers of its marks.
    pub fn marks(&self) -> BTreeSet<u32> {
        let mark = |piece: &Piece| match piece {
            Piece::Open(mark) | Piece::Alone(mark) => Some(*mark),
            Piece::Text(_) | Piece::Close(_) => None,
        };
        self.pieces.iter().filter_map(mark).collect()
    }

    /// The first mark that is twice, or does not begin and end as it must.
    pub fn unpaired(&self) -> Option<u32> {
        let (mut open, mut seen) = (Vec::new(), BTreeSet::new());
        for piece in &self.pieces {
            match piece {
                Piece::Open(mark) | Piece::Alone(mark) if !seen.insert(*mark) => return Some(*mark),
                Piece::Open(mark) => open.push(*mark),
                Piece::Close(mark) if open.pop() != Some(*mark) => return Some(*mark),
                Piece::Text(_) | Piece::Alone(_) | Piece::Close(_) => {}
            }
        }
        open.pop()
    }

    /// What it says and what its marks are, whatever their numbers: by this two passages are compared.
    pub fn shape<'m>(&self, mark: impl Fn(u32) -> Option<&'m Mark>) -> String {
        let mut shape = String::new();
        for piece in &self.pieces {
            let kind = |number: &u32| mark(*number).map(|mark| &mark.kind);
            let name = |kind: Option<&MarkKind>| match kind {
                Some(MarkKind::Link { target, .. }) => format!("link {target}"),
                Some(MarkKind::Note(_)) => "note".to_owned(),
                kind => format!("{kind:?}"),
            };
            let _ = match piece {
                Piece::Text(text) => {
                    shape.push_str(text);
                    Ok(())
                }
                Piece::Open(mark) => write!(shape, "\u{1}{}\u{2}", name(kind(mark))),
                Piece::Close(_) => write!(shape, "\u{3}"),
                Piece::Alone(mark) => write!(shape, "\u{1}{}\u{3}", name(kind(mark))),
            };
        }
        shape
    }

    /// The passage as Markdown. `escaped` writes every sign that may mean something so that it means itself.
    pub fn markdown<'m>(
        &self,
        mark: impl Fn(u32) -> Option<&'m (String, String)>,
        escaped: bool,
        in_cell: bool,
    ) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(words) => escape(words, escaped, in_cell, &mut text),
                Piece::Open(number) | Piece::Alone(number) => {
                    text.push_str(mark(*number).map_or("", |(open, _)| open));
                }
                Piece::Close(number) => text.push_str(mark(*number).map_or("", |(_, close)| close)),
            }
        }
        text
    }
}

/// Adds a letter to the words that come last.
fn push(pieces: &mut Vec<Piece>, c: char) {
    match pieces.last_mut() {
        Some(Piece::Text(text)) => text.push(c),
        _ => pieces.push(Piece::Text(c.to_string())),
    }
}

/// Adds a space before the marks that have just been opened; none at the beginning.
fn push_space(pieces: &mut Vec<Piece>) {
    let opened = pieces.iter().rev().take_while(|piece| matches!(piece, Piece::Open(_))).count();
    let at = pieces.len() - opened;
    match pieces[..at].last_mut() {
        None => {}
        Some(Piece::Text(text)) if text.ends_with(' ') => {}
        Some(Piece::Text(text)) => text.push(' '),
        Some(_) => pieces.insert(at, Piece::Text(" ".to_owned())),
    }
}

/// A mark at the beginning of a text: how many braces open it, what it is, and its length.
fn sign(text: &str) -> Option<(usize, Piece, usize)> {
    let braces = text.bytes().take_while(|byte| *byte == b'{').count();
    let rest = &text[braces..];
    let (rest, closes) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = rest[..digits].parse().ok()?;
    let rest = &rest[digits..];
    let (rest, alone) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
    let rest = rest.strip_prefix('}')?;
    let piece = match (closes, alone) {
        (true, true) => return None,
        (true, false) => Piece::Close(number),
        (false, true) => Piece::Alone(number),
        (false, false) => Piece::Open(number),
    };
    Some((braces, piece, text.len() - rest.len()))
}

fn doubled(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = sign(rest).map_or(1, |(_, _, length)| {
            out.push('{');
            length
        });
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out.push_str(rest);
}

fn escape(words: &str, escaped: bool, in_cell: bool, out: &mut String) {
    const SIGNS: &str = "\\`*_[]<>&#|~{}^+=:!$-";
    let mut chars: Peekable<Chars<'_>> = words.chars().peekable();
    let mut digits = out.chars().next_back().is_none();
    while let Some(c) = chars.next() {
        let means = match c {
            '|' if in_cell => true,
            '\\' => chars.peek().is_none_or(char::is_ascii_punctuation),
            '.' | ')' => escaped && digits && !out.is_empty(),
            c => escaped && SIGNS.contains(c),
        };
        digits &= c.is_ascii_digit();
        if means {
            out.push('\\');
        }
        out.push(c);
    }
}

/// The number that each mark of a translation has among those of its source: that of the one that is the same, else of
/// one that is like it, else a number of its own.
pub(super) fn numbers(source: &[Mark], target: &[Mark]) -> Vec<u32> {
    let mut numbers = vec![0; target.len()];
    let mut taken = BTreeSet::new();
    let same: [fn(&MarkKind, &MarkKind) -> bool; 2] = [MarkKind::is_same, MarkKind::is_like];
    for is_one in same {
        for (at, mark) in target.iter().enumerate() {
            if numbers[at] == 0
                && let Some(own) =
                    (0..source.len()).find(|own| !taken.contains(own) && is_one(&source[*own].kind, &mark.kind))
            {
                taken.insert(own);
                numbers[at] = u32::try_from(own + 1).unwrap_or(u32::MAX);
            }
        }
    }
    let mut next = u32::try_from(source.len()).unwrap_or(u32::MAX);
    for number in numbers.iter_mut().filter(|number| **number == 0) {
        next = next.saturating_add(1);
        *number = next;
    }
    numbers
}

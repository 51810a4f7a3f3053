//! What could not be imported from an old page as it was: [`Note`]; and what became of a link: [`Link`].

/// What became of a link or picture.
pub(super) enum Link {
    /// It leads there.
    To(String),
    /// It no longer leads anywhere: its words stay.
    Words,
}

/// Something in a page that could not be imported as it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Note {
    /// Code of the old tool, now a marked place.
    Template(String),
    /// Signs of the old tool around words, which stay without them.
    Signs(String),
    /// An element that shows something from elsewhere (video, frame, form), now a marked place.
    Embedded(String),
    /// What has no place in the new page, as it was.
    LeftOut(String),
    /// What no reader of the old page saw, and the new page does not have.
    Hidden(String),
    /// Cells that spanned several columns or rows: now the first one holds the words, and the others are empty.
    Merged(String),
    /// A further header row, now an ordinary row.
    Heads(String),
    /// A link that leads nowhere, whose words stay.
    Link(String),
    /// A picture that is not among the files, now a marked place.
    Picture(String),
    /// A field above the page that has no place.
    Field(String, String),
    /// Words that the new page lacks.
    Words(String),
    /// The whole page was imported as plain words because of this mistake.
    Plain(String),
    /// The record is a draft, because of this mistake.
    Draft(String),
    /// An old address that cannot lead here.
    Address(String),
}

impl Note {
    /// The words of the old page that the note is about.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Template(what)
            | Self::Embedded(what)
            | Self::LeftOut(what)
            | Self::Hidden(what)
            | Self::Link(what)
            | Self::Picture(what)
            | Self::Words(what)
            | Self::Plain(what)
            | Self::Draft(what)
            | Self::Address(what) => what.clone(),
            // Their words are on the page.
            Self::Signs(_) | Self::Merged(_) | Self::Heads(_) => String::new(),
            Self::Field(name, value) => format!("{name} {value}"),
        }
    }

    /// Whether somebody has to look at the page because of it.
    pub(super) fn needs_a_hand(&self) -> bool {
        !matches!(
            self,
            Self::Signs(_) | Self::LeftOut(_) | Self::Hidden(_) | Self::Field(..) | Self::Link(_) | Self::Address(_)
        )
    }
}

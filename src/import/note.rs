//! What could not be taken of an old page as it was: [`Note`]; and what became of a link: [`Link`].

/// What became of a link or picture.
pub(super) enum Link {
    /// It leads there.
    To(String),
    /// It leads nowhere any more: its words stay.
    Words,
}

/// Something of a page that could not be taken as it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Note {
    /// Code of the old tool, now a marked place.
    Template(String),
    /// Signs of the old tool around words, which stay without them.
    Signs(String),
    /// An element that is shown elsewhere (film, frame, form), now a marked place.
    Embedded(String),
    /// What has no place in the new page, as it was.
    LeftOut(String),
    /// What no reader of the old page saw, and the new page has not.
    Hidden(String),
    /// Cells that reached over several columns or rows: now the first of them holds the words, the others nothing.
    Merged(String),
    /// A further row of heads, now an ordinary row.
    Heads(String),
    /// A link that leads nowhere, whose words stay.
    Link(String),
    /// A picture that is not among the files, now a marked place.
    Picture(String),
    /// A field above the page that has no place.
    Field(String, String),
    /// Words that the new page lacks.
    Words(String),
    /// The page as a whole was taken as plain words, because of this mistake.
    Plain(String),
    /// The record is a draft, because of this mistake.
    Draft(String),
    /// An old address that cannot lead here.
    Address(String),
}

impl Note {
    /// What the note names of the old page.
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

//! What could not be imported from an old page as it was: [`Note`]; and what became of a link: [`Link`].

/// What became of a link or picture.
pub(super) enum Link {
    /// It leads there.
    To(String),
    /// It no longer leads anywhere: its words stay.
    Words,
    /// It led to the other version of the page. The new site has such a link on every page: if nothing else is in the
    /// paragraph, its words go too.
    Version,
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
    /// A list with other numbers than figures in their order (how it was numbered, its first words), which now has these.
    Numbers(String, String),
    /// Lines at the top of a page that look like front matter that is never closed.
    Front(String),
    /// A title made from the name of a file, which may be in the other language, now a marked place.
    Title(String),
    /// A link that no longer leads where it led, and why.
    Link(Lost, String),
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
            | Self::Link(_, what)
            | Self::Picture(what)
            | Self::Words(what)
            | Self::Plain(what)
            | Self::Draft(what)
            | Self::Address(what)
            | Self::Front(what)
            | Self::Title(what) => what.clone(),
            // Their words are on the page.
            Self::Signs(_) | Self::Merged(_) | Self::Heads(_) | Self::Numbers(..) => String::new(),
            Self::Field(name, value) => format!("{name} {value}"),
        }
    }

    /// Whether somebody has to look at the page because of it.
    pub(super) fn needs_a_hand(&self) -> bool {
        !matches!(
            self,
            Self::Signs(_) | Self::LeftOut(_) | Self::Hidden(_) | Self::Field(..) | Self::Link(..) | Self::Address(_)
        )
    }
}

/// Why a link does not lead where it led on the old page. Unless it says otherwise, the words of the link stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lost {
    /// It led to no page or file of the old folder.
    Target,
    /// The other page has no such place: the link leads to that page.
    Place,
    /// Its own page has no such place.
    OwnPlace,
    /// The place is above the first heading of the other page: the link leads to that page.
    Beginning,
    /// It led to the beginning of its own page.
    OwnBeginning,
    /// It led to the other version of its own page.
    Version,
    /// It led to the other version of another page: it leads to that page in the language of its own.
    OtherSide,
    /// It led to a place in a file: it leads to the file.
    InFile,
    /// It led to a page that is only in the other language.
    Language,
    /// It led to a draft.
    Draft,
    /// It led to a file that no page may publish.
    File,
    /// It led to a page of the old site that was not taken, by its whole address: it still leads there.
    OldSite,
    /// It is of a kind that no page may have: `javascript:`, `file:`.
    Kind,
}

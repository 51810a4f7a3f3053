//! The kinds of Markdown that did not take: [`Untaken`].

/// What did not take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Untaken {
    /// A heading.
    Heading {
        /// Its sign.
        sign: String,
        /// Whether a space that is not an ordinary one follows; otherwise none does.
        is_spaced: bool,
    },
    /// A heading of more than six signs.
    HeadingDeep,
    /// A heading that a line of hyphens under a sentence makes.
    Underlined,
    /// An item of a list.
    Item {
        /// Its sign.
        sign: String,
        /// Whether a space that is not an ordinary one follows; otherwise none does.
        is_spaced: bool,
    },
    /// An item that begins with a sign of a word processor.
    Bullet(char),
    /// An item that is numbered in a form that begins no list.
    Numbered(String),
    /// An item whose number readers do not see.
    ItemNumber {
        /// The number that is written.
        written: String,
        /// The number that is shown.
        shown: u64,
    },
    /// A line that becomes a row of a table, without the bars that the other rows have.
    TableRow,
    /// A bar in code, which still ends a cell of a table.
    BarInCode,
    /// A task whose box is not written as one.
    Task,
    /// Emphasis; holds its sign.
    Emphasis(String),
    /// Emphasis in emphasis of its own kind.
    EmphasisNested,
    /// Emphasis without a word in it: `____/____`.
    Blank,
    /// Emphasis between the letters or figures of a word.
    EmphasisInWord,
    /// A backquote without another.
    Backquote,
    /// A space between the words of a link and its address.
    LinkParted,
    /// A space between the words of a link and the label that says where they lead.
    LabelParted,
    /// A space in the address of a link.
    LinkSpaced {
        /// Whether it is that of a mailbox or a telephone, which has no spaces at all.
        is_contact: bool,
    },
    /// A link whose address is in square brackets, or has no brackets.
    LinkWithoutParentheses,
    /// A link that does not end.
    LinkUnclosed,
    /// A link with its words in parentheses and its address in brackets.
    LinkSwapped,
    /// A reference to a line that is not there.
    Reference(String),
    /// A space before the colon of a line that says where a reference leads, or what a footnote says.
    ColonParted,
    /// A link whose words hold brackets, or another link.
    LinkNested,
    /// A link with something else after its address.
    LinkAndMore,
    /// More than an address, or less, between `<` and `>`.
    LinkAngled,
    /// Something meant as a comment, or a comment that its paragraph ends.
    Comment {
        /// Whether it begins as it should.
        is_sound: bool,
    },
    /// The end of a comment that did not begin.
    CommentEnd,
    /// Something meant as an HTML tag, spoilt mostly by its quotation marks.
    Tag,
    /// Code that does not end.
    Fence(String),
    /// A table without a line under its header row.
    TableLine,
    /// A table whose line under its header row is made of dashes, not hyphens.
    TableDashes,
    /// A table whose header row and line differ in their columns.
    TableColumns,
    /// A table whose columns are separated by tabs.
    TableTabs,
    /// Words that are code because they are indented.
    IndentedWords,
    /// An item that is indented, but not enough to belong to the one above.
    IndentedItem,
    /// A named character without its semicolon, or of an unknown name.
    Entity(String),
    /// A tag with a colon in its name, which a word processor left behind.
    WordTag(String),
    /// Markup where there is none: in a title.
    Title(String),
    /// Signs that have a meaning in another tool.
    OtherTool(String),
    /// What Word writes where a cross-reference leads nowhere.
    WordReference,
    /// A note whose kind is unknown or is not alone on its line.
    Alert,
}

//! What people write in place of what YAML needs: [`Slip`].

/// Why YAML cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// A tab where spaces are needed.
    Tab,
    /// A tab after a colon.
    TabAfterColon,
    /// The texts of the two languages, not indented further than the name that they belong to.
    LanguagesNotIndented,
    /// A name that is indented further than the one above it.
    IndentedName,
    /// A sign that only looks like a colon.
    OtherColon,
    /// A space of a word processor.
    OddSpace,
    /// An equals sign for a colon.
    Equals,
    /// A comment in the syntax of other files.
    OtherComment,
    /// Words with no name before them.
    StrayWords,
    /// No space after a colon.
    NoSpace,
    /// A name without a colon.
    NoColon,
    /// Code of another tool.
    Template,
    /// A backslash that means nothing between quotation marks.
    Backslash,
    /// The code of no character.
    CharacterCode,
    /// A colon in a text between braces.
    ColonInBraces,
    /// A colon in a text.
    ColonInText,
    /// A comma in a text between braces.
    CommaInBraces,
    /// Two commas with nothing between them, in a list.
    TwoCommas,
    /// Words after a text in quotation marks.
    AfterQuotes,
    /// The same where the quotation mark that closes it is an apostrophe: `'L'échange'`.
    Apostrophe,
    /// Words after a list.
    AfterBrackets,
    /// A value that begins with a sign of YAML.
    ReservedSign,
    /// A value that begins with a sign of comparison.
    Comparison,
    /// An item that begins with something other than a hyphen and a space.
    ItemSign,
    /// No name with a colon at all.
    NoNames,
    /// A list that does not close.
    OpenBracket,
    /// A quotation mark that does not close.
    OpenQuote,
    /// A line that is not aligned with those above it.
    Misaligned,
    /// Anything else.
    Other,
}

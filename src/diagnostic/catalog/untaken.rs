//! Markdown that did not take, and what machines leave in a text.

use super::other_tools::instead;
use super::{both, error, warning};
use crate::diagnostic::{Diagnostic, Place, Severity, Untaken};
use crate::lang::PerLang;

/// Markdown that is shown as the characters it is written with.
pub fn markdown(place: Place, untaken: &Untaken, severity: Severity) -> Diagnostic {
    let (name, message, help) = words(untaken);
    Diagnostic { severity, ..warning(name, place, message, help) }
}

#[expect(clippy::too_many_lines, reason = "a list of wordings, one after the other")]
fn words(untaken: &Untaken) -> (&'static str, PerLang<String>, PerLang<String>) {
    match untaken {
        Untaken::Heading { sign, is_spaced: true } => (
            "markdown-heading",
            both!(
                "this is not a heading: the space after {sign} is not an ordinary one",
                "ceci n’est pas un intertitre : l’espace qui suit {sign} n’est pas une espace ordinaire"
            ),
            both!("Delete it and press the space bar.", "Effacez-la et appuyez sur la barre d’espacement."),
        ),
        Untaken::Heading { sign, is_spaced: false } => (
            "markdown-heading",
            both!(
                "this is not a heading: a space is missing after {sign}",
                "ceci n’est pas un intertitre : il manque une espace après {sign}"
            ),
            both!(
                "Write “{sign} Heading”. If # is text, write \\#.",
                "Écrivez « {sign} Intertitre ». Si # fait partie du texte, écrivez \\#."
            ),
        ),
        Untaken::HeadingDeep => (
            "markdown-heading",
            both!(
                "this is not a heading: there are more than six #",
                "ceci n’est pas un intertitre : il y a plus de six #"
            ),
            both!("Write two to six #.", "Écrivez de deux à six #."),
        ),
        Untaken::Underlined => (
            "markdown-heading",
            both!(
                "the line of hyphens turns the words above it into a heading",
                "la ligne de tirets fait un intertitre des mots qui la précèdent"
            ),
            both!(
                "Leave a blank line between them. If this is a heading, write ## before it and remove the line.",
                "Laissez une ligne vide entre les deux. S’il s’agit d’un intertitre, écrivez ## devant et supprimez la ligne."
            ),
        ),
        Untaken::Numbered(sign) => (
            "markdown-list",
            both!("“{sign}” does not begin a list item here", "« {sign} » ne commence pas ici un élément de liste"),
            both!(
                "Write 1. and a space, 2. and a space, and so on, with a blank line above the first item.",
                "Écrivez 1. et une espace, 2. et une espace, et ainsi de suite, avec une ligne vide au-dessus du premier élément."
            ),
        ),
        Untaken::Task => (
            "markdown-list",
            both!("this does not begin a task", "ceci ne commence pas une tâche"),
            both!(
                "Write “- [ ] words”, or “- [x] words” for what is done: a hyphen, a space, the box, a space.",
                "Écrivez « - [ ] mots », ou « - [x] mots » pour ce qui est fait : un tiret, une espace, la case, une espace."
            ),
        ),
        Untaken::LinkNested => (
            "markdown-link",
            both!(
                "this is not a link: its words contain a bracket or another link",
                "ceci n’est pas un lien : ses mots contiennent un crochet ou un autre lien"
            ),
            both!(
                "End each link before the next one begins. For a bracket among the words, write \\[ or \\].",
                "Terminez chaque lien avant d’en commencer un autre. Pour un crochet parmi les mots, écrivez \\[ ou \\]."
            ),
        ),
        Untaken::LinkAndMore => (
            "markdown-link",
            both!(
                "this is not a link: something follows its address",
                "ceci n’est pas un lien : quelque chose suit son adresse"
            ),
            both!(
                "Remove what is between the address and the closing parenthesis.",
                "Supprimez ce qui se trouve entre l’adresse et la parenthèse fermante."
            ),
        ),
        Untaken::LinkAngled => (
            "markdown-link",
            both!(
                "this is not a link: between < and > there must be one whole address",
                "ceci n’est pas un lien : il faut entre < et > une adresse entière, et rien d’autre"
            ),
            both!("Write <https://…>, or [words](address).", "Écrivez <https://…>, ou [mots](adresse)."),
        ),
        Untaken::Comment { is_sound: true } => (
            "markdown-comment",
            both!(
                "this comment does not end in its paragraph: readers see it",
                "ce commentaire ne se termine pas dans son paragraphe : les lecteurs le voient"
            ),
            both!(
                "Write --> where it ends, without a blank line before; or begin it on a line of its own.",
                "Écrivez --> là où il se termine, sans ligne vide avant; ou commencez-le sur sa propre ligne."
            ),
        ),
        Untaken::Comment { is_sound: false } => (
            "markdown-comment",
            both!("this is not a comment: readers see it", "ceci n’est pas un commentaire : les lecteurs le voient"),
            both!(
                "Write <!-- before it and --> after it, with two hyphens each.",
                "Écrivez <!-- devant et --> derrière, avec deux traits d’union chaque fois."
            ),
        ),
        Untaken::CommentEnd => (
            "markdown-comment",
            both!(
                "“-->” does not end a comment here: readers see it",
                "« --> » ne termine aucun commentaire ici : les lecteurs le voient"
            ),
            both!(
                "Remove it; a comment cannot contain another one. For an arrow, type →.",
                "Supprimez-le; un commentaire ne peut pas en contenir un autre. Pour une flèche, tapez →."
            ),
        ),
        Untaken::TableTabs => (
            "markdown-table",
            both!(
                "this is not a table: tabs separate its columns",
                "ceci n’est pas un tableau : des tabulations séparent ses colonnes"
            ),
            both!(
                "Write | between the cells, and a line such as | --- | --- | under the first row.",
                "Écrivez | entre les cellules, et une ligne comme | --- | --- | sous la première rangée."
            ),
        ),
        Untaken::Item { sign, is_spaced: true } => (
            "markdown-list",
            both!(
                "this is not a list item: the space after {sign} is not an ordinary one",
                "ceci n’est pas un élément de liste : l’espace qui suit {sign} n’est pas une espace ordinaire"
            ),
            both!("Delete it and press the space bar.", "Effacez-la et appuyez sur la barre d’espacement."),
        ),
        Untaken::Item { sign, is_spaced: false } => (
            "markdown-list",
            both!(
                "this is not a list item: a space is missing after {sign}",
                "ceci n’est pas un élément de liste : il manque une espace après {sign}"
            ),
            both!(
                "Write “{sign} item”. If {sign} is text, write a \\ before it.",
                "Écrivez « {sign} élément ». Si {sign} fait partie du texte, écrivez \\ devant."
            ),
        ),
        Untaken::Bullet(bullet) => (
            "markdown-list",
            both!("{bullet} does not begin a list item", "{bullet} ne commence pas un élément de liste"),
            both!(
                "Begin each item with “- ” on a line of its own.",
                "Commencez chaque élément par « - » suivi d’une espace, sur sa propre ligne."
            ),
        ),
        Untaken::Emphasis(sign) => (
            "markdown-emphasis",
            both!(
                "{sign} is shown as it is: nothing is emphasized",
                "{sign} s’affiche tel quel : rien n’est mis en relief"
            ),
            both!(
                "Put the same sign right before the first word and right after the last one, without spaces inside. If it is text, write \\{sign}.",
                "Mettez le même signe juste avant le premier mot et juste après le dernier, sans espace à l’intérieur. S’il fait partie du texte, écrivez \\{sign}."
            ),
        ),
        Untaken::EmphasisNested => (
            "markdown-emphasis",
            both!(
                "this is emphasized twice: the asterisks before it do not close where they seem to",
                "ceci est mis en relief deux fois : les astérisques qui précèdent se ferment ailleurs qu’il n’y paraît"
            ),
            both!(
                "Leave a space between the emphasized words and those around them, or remove the asterisks.",
                "Laissez une espace entre les mots mis en relief et les autres, ou enlevez les astérisques."
            ),
        ),
        Untaken::Blank => (
            "markdown-emphasis",
            both!(
                "these signs are not shown: they are read as emphasis, with no words in it",
                "ces signes ne s’affichent pas : ils sont lus comme une mise en relief, sans aucun mot"
            ),
            both!(
                "For a blank to fill in, write \\ before each: \\_\\_\\_.",
                "Pour un blanc à remplir, écrivez \\ devant chacun : \\_\\_\\_."
            ),
        ),
        Untaken::EmphasisInWord => (
            "markdown-emphasis",
            both!(
                "this asterisk is not shown: it begins an emphasis within a word",
                "cet astérisque ne s’affiche pas : il commence une mise en relief à l’intérieur d’un mot"
            ),
            both!(
                "Write \\* for an asterisk, and × for a multiplication.",
                "Écrivez \\* pour un astérisque, et × pour une multiplication."
            ),
        ),
        Untaken::Backquote => (
            "markdown-code",
            both!("this backquote (`) is shown as it is", "cet accent grave (`) s’affiche tel quel"),
            both!(
                "Put a backquote before and after what is code. For an apostrophe, type ’.",
                "Mettez un accent grave avant et après ce qui est du code. Pour une apostrophe, tapez ’."
            ),
        ),
        Untaken::LinkParted => (
            "markdown-link",
            both!(
                "this is not a link: a space separates its words from its address",
                "ceci n’est pas un lien : une espace sépare ses mots de son adresse"
            ),
            both!("Remove the space between ] and (.", "Supprimez l’espace entre ] et (."),
        ),
        Untaken::LabelParted => (
            "markdown-link",
            both!(
                "these words are not a link: a space separates them from their label",
                "ces mots ne sont pas un lien : une espace les sépare de leur étiquette"
            ),
            both!("Remove the space between ] and [.", "Supprimez l’espace entre ] et [."),
        ),
        Untaken::LinkWithoutParentheses => (
            "markdown-link",
            both!(
                "this is not a link: its address is not between parentheses",
                "ceci n’est pas un lien : son adresse n’est pas entre parenthèses"
            ),
            both!("Write [words](address).", "Écrivez [mots](adresse)."),
        ),
        Untaken::LinkSpaced { is_contact: true } => (
            "markdown-link",
            both!(
                "this is not a link: there is a space in its address",
                "ceci n’est pas un lien : son adresse contient une espace"
            ),
            both!(
                "Write it without spaces: (mailto:desk@example.org), (tel:+1-613-555-0100).",
                "Écrivez-la sans espace : (mailto:desk@example.org), (tel:+1-613-555-0100)."
            ),
        ),
        Untaken::LinkSpaced { is_contact: false } => (
            "markdown-link",
            both!(
                "this is not a link: there is a space in its address",
                "ceci n’est pas un lien : son adresse contient une espace"
            ),
            both!(
                "Write %20 in place of the space, or put the address between < and >.",
                "Écrivez %20 au lieu de l’espace, ou mettez l’adresse entre < et >."
            ),
        ),
        Untaken::LinkUnclosed => (
            "markdown-link",
            both!("this is not a link: it does not end", "ceci n’est pas un lien : il ne se termine pas"),
            both!("Write [words](address), each sign once.", "Écrivez [mots](adresse), chaque signe une fois."),
        ),
        Untaken::LinkSwapped => (
            "markdown-link",
            both!(
                "this is not a link: its words and its address are the wrong way round",
                "ceci n’est pas un lien : ses mots et son adresse sont inversés"
            ),
            both!("Write [words](address).", "Écrivez [mots](adresse)."),
        ),
        Untaken::Reference(label) => (
            "markdown-reference",
            both!(
                "this is not a link: no line says where “{label}” leads",
                "ceci n’est pas un lien : aucune ligne ne dit où mène « {label} »"
            ),
            both!(
                "Add a line “[{label}]: address” at the end of the page, or write [words](address).",
                "Ajoutez une ligne « [{label}]: adresse » à la fin de la page, ou écrivez [mots](adresse)."
            ),
        ),
        Untaken::ColonParted => (
            "markdown-reference",
            both!("there is a space between ] and the colon", "une espace sépare ] du deux-points"),
            both!("Write “]:” without a space.", "Écrivez « ]: » sans espace."),
        ),
        Untaken::WordTag(written) => (
            "markdown-tag",
            both!(
                "“{written}” comes from a word processor: readers would see it as it is written",
                "« {written} » vient d’un traitement de texte : on le verrait tel qu’il est écrit"
            ),
            both!("Remove it; the words around it stay.", "Supprimez-le; les mots qui l’entourent restent."),
        ),
        Untaken::Tag => (
            "markdown-tag",
            both!(
                "this is not a tag: readers would see it as it is written",
                "ceci n’est pas une balise : on la verrait telle qu’elle est écrite"
            ),
            both!(
                "Put straight quotation marks around the value: <abbr title=\"…\">.",
                "Mettez la valeur entre guillemets droits : <abbr title=\"…\">."
            ),
        ),
        Untaken::Fence(sign) => (
            "markdown-fence",
            both!(
                "this code does not end: everything below it is code too",
                "ce code ne se termine pas : tout ce qui suit est aussi du code"
            ),
            both!("Write a line {sign} where the code ends.", "Écrivez une ligne {sign} là où le code se termine."),
        ),
        Untaken::ItemNumber { written, shown } => (
            "markdown-list",
            both!(
                "readers see {shown} here, not {written}: a list counts up from its first item",
                "on verra ici {shown}, et non {written} : une liste se numérote à partir de son premier élément"
            ),
            both!(
                "Write {shown}. To keep the number, leave a line of text above it, or write it as text: {written}\\.",
                "Écrivez {shown}. Pour garder le numéro, laissez une ligne de texte au-dessus, ou écrivez-le comme du texte : {written}\\."
            ),
        ),
        Untaken::TableRow => (
            "markdown-table",
            both!("this line becomes a row of the table", "cette ligne devient une rangée du tableau"),
            both!(
                "Leave a blank line above it. If it is a row, begin and end it with |, on one line.",
                "Laissez une ligne vide au-dessus. Si c’est une rangée, commencez-la et terminez-la par |, sur une seule ligne."
            ),
        ),
        Untaken::BarInCode => (
            "markdown-table",
            both!("this bar ends the cell, in code too", "cette barre termine la cellule, même dans du code"),
            both!("Write \\| in its place.", "Écrivez \\| à sa place."),
        ),
        Untaken::TableLine => (
            "markdown-table",
            both!(
                "this is not a table: the line under its header row is missing",
                "ceci n’est pas un tableau : il manque la ligne sous l’en-tête"
            ),
            both!(
                "Write a line such as | --- | --- | under the first row, and a blank line above that row.",
                "Écrivez une ligne comme | --- | --- | sous la première rangée, et laissez une ligne vide au-dessus."
            ),
        ),
        Untaken::TableDashes => (
            "markdown-table",
            both!(
                "this is not a table: the line under its header row is made of dashes",
                "ceci n’est pas un tableau : la ligne sous l’en-tête est faite de tirets longs"
            ),
            both!(
                "Write --- for each column, with ordinary hyphens: a word processor makes a dash of them.",
                "Écrivez --- pour chaque colonne, avec des traits d’union : les traitements de texte en font un tiret."
            ),
        ),
        Untaken::TableColumns => (
            "markdown-table",
            both!(
                "this is not a table: this line does not have as many columns as the header row above it",
                "ceci n’est pas un tableau : cette ligne n’a pas autant de colonnes que l’en-tête au-dessus"
            ),
            both!("Write --- once for each column.", "Écrivez --- une fois par colonne."),
        ),
        Untaken::IndentedWords => (
            "markdown-indent",
            both!(
                "four spaces at the beginning of a line make it code",
                "quatre espaces au début d’une ligne en font du code"
            ),
            both!(
                "Remove the spaces. If it is code, put it between two lines of three backquotes (```).",
                "Supprimez les espaces. Si c’est du code, mettez-le entre deux lignes de trois accents graves (```)."
            ),
        ),
        Untaken::IndentedItem => (
            "markdown-indent",
            both!(
                "this item is not inside the one above it: it is not indented enough",
                "cet élément n’est pas à l’intérieur du précédent : il n’est pas assez décalé"
            ),
            both!(
                "Begin it below the first word of the item above: two spaces under “- ”, three under “1. ”.",
                "Commencez-le sous le premier mot de l’élément du dessus : deux espaces sous « - », trois sous « 1. »."
            ),
        ),
        Untaken::Entity(written) => (
            "markdown-entity",
            both!("“{written}” is shown as it is", "« {written} » s’affiche tel quel"),
            both!(
                "Type the character itself, or end its name with a semicolon: &nbsp;.",
                "Tapez le caractère lui-même, ou terminez son nom par un point-virgule : &nbsp;."
            ),
        ),
        Untaken::Title(written) => (
            "markdown-title",
            both!(
                "“{written}” is shown as it is: this line is plain text",
                "« {written} » s’affiche tel quel : cette ligne est du texte simple"
            ),
            both!("Write the words without marks.", "Écrivez les mots sans signes de mise en forme."),
        ),
        Untaken::OtherTool(written) => (
            "markdown-other-tool",
            both!(
                "“{written}” has a meaning in other tools and is shown here as it is",
                "« {written} » a un sens dans d’autres outils et s’affiche ici tel quel"
            ),
            instead(written),
        ),
        Untaken::WordReference => (
            "markdown-other-tool",
            both!(
                "Word left this where a cross-reference led nowhere",
                "Word a laissé ceci là où un renvoi ne menait nulle part"
            ),
            both!(
                "Write in its place the number, the title or the link that belongs here.",
                "Écrivez à sa place le numéro, le titre ou le lien qui convient."
            ),
        ),
        Untaken::Alert => (
            "markdown-alert",
            both!("this does not begin a note", "ceci ne commence pas une note"),
            both!(
                "Write “> [!NOTE]” alone on its line, and the words on the lines below. The kinds are NOTE, TIP, IMPORTANT, WARNING, CAUTION.",
                "Écrivez « > [!NOTE] » seul sur sa ligne, et les mots sur les lignes suivantes. Les genres sont NOTE, TIP, IMPORTANT, WARNING, CAUTION."
            ),
        ),
    }
}

/// What a version control system leaves where two people changed the same lines.
pub fn merge_conflict(place: Place) -> Diagnostic {
    error(
        "merge-conflict",
        place,
        both!(
            "there are two versions of these lines here, between the marks of an unfinished merge",
            "deux versions de ces lignes se trouvent ici, entre les marques d’une fusion inachevée"
        ),
        both!(
            "Keep the lines that are right, and remove the lines <<<<<<<, ======= and >>>>>>>.",
            "Gardez les bonnes lignes et supprimez les lignes <<<<<<<, ======= et >>>>>>>."
        ),
    )
}

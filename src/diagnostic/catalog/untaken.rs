//! Markdown that did not take, and what machines leave in a text.

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
        Untaken::Heading { sign, no_break: true } => (
            "markdown-heading",
            both!(
                "this is no heading: the space after {sign} is a no-break space",
                "ceci n’est pas un intertitre : l’espace qui suit {sign} est insécable"
            ),
            both!("Type an ordinary space in its place.", "Tapez une espace ordinaire à sa place."),
        ),
        Untaken::Heading { sign, no_break: false } => (
            "markdown-heading",
            both!(
                "this is no heading: a space is missing after {sign}",
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
                "this is no heading: there are more than six #",
                "ceci n’est pas un intertitre : il y a plus de six #"
            ),
            both!("Write two to six #.", "Écrivez de deux à six #."),
        ),
        Untaken::Underlined => (
            "markdown-heading",
            both!(
                "the line of hyphens makes a heading of the words above it",
                "la ligne de tirets fait un intertitre des mots qui la précèdent"
            ),
            both!(
                "Leave a blank line between them. If this is a heading, write ## before it and remove the line.",
                "Laissez une ligne vide entre les deux. S’il s’agit d’un intertitre, écrivez ## devant et supprimez la ligne."
            ),
        ),
        Untaken::Numbered(sign) => (
            "markdown-list",
            both!("“{sign}” begins no item of a list here", "« {sign} » ne commence pas ici un élément de liste"),
            both!(
                "Write 1. and a space, 2. and a space, and so on, with a blank line above the first item.",
                "Écrivez 1. et une espace, 2. et une espace, et ainsi de suite, avec une ligne vide au-dessus du premier élément."
            ),
        ),
        Untaken::Task => (
            "markdown-list",
            both!("this begins no task", "ceci ne commence pas une tâche"),
            both!(
                "Write “- [ ] words”, or “- [x] words” for what is done: a hyphen, a space, the box, a space.",
                "Écrivez « - [ ] mots », ou « - [x] mots » pour ce qui est fait : un tiret, une espace, la case, une espace."
            ),
        ),
        Untaken::LinkNested => (
            "markdown-link",
            both!(
                "this is no link: its words hold a bracket or another link",
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
                "this is no link: something stands behind its address",
                "ceci n’est pas un lien : quelque chose suit son adresse"
            ),
            both!(
                "Remove what stands between the address and the closing parenthesis.",
                "Supprimez ce qui se trouve entre l’adresse et la parenthèse fermante."
            ),
        ),
        Untaken::LinkAngled => (
            "markdown-link",
            both!(
                "this is no link: between < and > there must be one whole address",
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
            both!("this is no comment: readers see it", "ceci n’est pas un commentaire : les lecteurs le voient"),
            both!(
                "Write <!-- before it and --> after it, with two hyphens each.",
                "Écrivez <!-- devant et --> derrière, avec deux traits d’union chaque fois."
            ),
        ),
        Untaken::CommentEnd => (
            "markdown-comment",
            both!(
                "“-->” ends no comment here: readers see it",
                "« --> » ne termine aucun commentaire ici : les lecteurs le voient"
            ),
            both!(
                "Remove it; a comment cannot hold another one. For an arrow, type →.",
                "Supprimez-le; un commentaire ne peut pas en contenir un autre. Pour une flèche, tapez →."
            ),
        ),
        Untaken::TableTabs => (
            "markdown-table",
            both!(
                "this is no table: tabs separate its columns",
                "ceci n’est pas un tableau : des tabulations séparent ses colonnes"
            ),
            both!(
                "Write | between the cells, and a line such as | --- | --- | under the first row.",
                "Écrivez | entre les cellules, et une ligne comme | --- | --- | sous la première rangée."
            ),
        ),
        Untaken::Item { sign, no_break: true } => (
            "markdown-list",
            both!(
                "this is no item of a list: the space after {sign} is a no-break space",
                "ceci n’est pas un élément de liste : l’espace qui suit {sign} est insécable"
            ),
            both!("Type an ordinary space after {sign}.", "Tapez une espace ordinaire après {sign}."),
        ),
        Untaken::Item { sign, no_break: false } => (
            "markdown-list",
            both!(
                "this is no item of a list: a space is missing after {sign}",
                "ceci n’est pas un élément de liste : il manque une espace après {sign}"
            ),
            both!(
                "Write “{sign} item”. If {sign} is text, write a \\ before it.",
                "Écrivez « {sign} élément ». Si {sign} fait partie du texte, écrivez \\ devant."
            ),
        ),
        Untaken::Bullet(bullet) => (
            "markdown-list",
            both!("{bullet} begins no item of a list", "{bullet} ne commence pas un élément de liste"),
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
                "this is emphasized twice: the asterisks before it end in another place than they seem to",
                "ceci est mis en relief deux fois : les astérisques qui précèdent se ferment ailleurs qu’il n’y paraît"
            ),
            both!(
                "Leave a space between the emphasized words and those around them, or take the asterisks away.",
                "Laissez une espace entre les mots mis en relief et les autres, ou enlevez les astérisques."
            ),
        ),
        Untaken::Blank => (
            "markdown-emphasis",
            both!(
                "these signs are not shown: they are read as emphasis, of no word",
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
                "this is no link: a space parts its words from its address",
                "ceci n’est pas un lien : une espace sépare ses mots de son adresse"
            ),
            both!("Remove the space between ] and (.", "Supprimez l’espace entre ] et (."),
        ),
        Untaken::LinkWithoutParentheses => (
            "markdown-link",
            both!(
                "this is no link: its address does not stand between parentheses",
                "ceci n’est pas un lien : son adresse n’est pas entre parenthèses"
            ),
            both!("Write [words](address).", "Écrivez [mots](adresse)."),
        ),
        Untaken::LinkSpaced { is_contact: true } => (
            "markdown-link",
            both!(
                "this is no link: there is a space in its address",
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
                "this is no link: there is a space in its address",
                "ceci n’est pas un lien : son adresse contient une espace"
            ),
            both!(
                "Write %20 in place of the space, or put the address between < and >.",
                "Écrivez %20 au lieu de l’espace, ou mettez l’adresse entre < et >."
            ),
        ),
        Untaken::LinkUnclosed => (
            "markdown-link",
            both!("this is no link: it does not end", "ceci n’est pas un lien : il ne se termine pas"),
            both!("Write [words](address), each sign once.", "Écrivez [mots](adresse), chaque signe une fois."),
        ),
        Untaken::LinkSwapped => (
            "markdown-link",
            both!(
                "this is no link: its words and its address have changed places",
                "ceci n’est pas un lien : ses mots et son adresse sont inversés"
            ),
            both!("Write [words](address).", "Écrivez [mots](adresse)."),
        ),
        Untaken::Reference(label) => (
            "markdown-reference",
            both!(
                "this is no link: no line says where “{label}” leads",
                "ceci n’est pas un lien : aucune ligne ne dit où mène « {label} »"
            ),
            both!(
                "Add a line “[{label}]: address” at the end of the page, or write [words](address).",
                "Ajoutez une ligne « [{label}]: adresse » à la fin de la page, ou écrivez [mots](adresse)."
            ),
        ),
        Untaken::ColonParted => (
            "markdown-reference",
            both!("a space stands between ] and the colon", "une espace sépare ] du deux-points"),
            both!("Write “]:” without a space, as in code.", "Écrivez « ]: » sans espace, comme dans du code."),
        ),
        Untaken::Tag => (
            "markdown-tag",
            both!(
                "this is no tag: readers would see it as it is written",
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
                "readers see {shown} here, not {written}: a list is numbered on from its first item",
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
                "this is no table: the line under its head is missing",
                "ceci n’est pas un tableau : il manque la ligne sous l’en-tête"
            ),
            both!(
                "Write a line such as | --- | --- | under the first row, and a blank line above that row.",
                "Écrivez une ligne comme | --- | --- | sous la première rangée, et laissez une ligne vide au-dessus."
            ),
        ),
        Untaken::TableColumns => (
            "markdown-table",
            both!(
                "this is no table: this line does not have as many columns as the head above it",
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
        Untaken::Alert => (
            "markdown-alert",
            both!("this begins no note", "ceci ne commence pas une note"),
            both!(
                "Write “> [!NOTE]” alone on its line, and the words on the lines below. The kinds are NOTE, TIP, IMPORTANT, WARNING, CAUTION.",
                "Écrivez « > [!NOTE] » seul sur sa ligne, et les mots sur les lignes suivantes. Les genres sont NOTE, TIP, IMPORTANT, WARNING, CAUTION."
            ),
        ),
    }
}

/// What Diptych has for what another tool writes so.
fn instead(written: &str) -> PerLang<String> {
    let begins = |signs: &[&str]| signs.iter().any(|sign| written.starts_with(sign));
    if begins(&[":::", "!!!", "???"]) {
        both!(
            "For a note, write “> [!NOTE]” and the words on the lines below, each after “> ”.",
            "Pour une note, écrivez « > [!NOTE] », puis les mots sur les lignes suivantes, chacune après « > »."
        )
    } else if written.to_ascii_lowercase().contains("toc") {
        both!(
            "Remove it: “On this page” is made from the headings.",
            "Supprimez-le : « Sur cette page » se fait à partir des intertitres."
        )
    } else if begins(&["[["]) {
        both!("Write [](folder/page) for a link.", "Écrivez [](dossier/page) pour un lien.")
    } else if begins(&["*["]) {
        both!(
            "Write <abbr title=\"…\">, or add a term to the glossary.",
            "Écrivez <abbr title=\"…\">, ou ajoutez un terme au glossaire."
        )
    } else if begins(&["^["]) {
        both!("Write [^1], and a line “[^1]: …” below.", "Écrivez [^1], et une ligne « [^1]: … » plus bas.")
    } else if written.starts_with(':') && written.ends_with(':') {
        both!("Type the character itself.", "Tapez le caractère lui-même.")
    } else if written.contains('|') && written.starts_with('[') {
        both!("Write [words](address).", "Écrivez [mots](adresse).")
    } else if begins(&["%%"]) {
        both!(
            "For a note to other writers, write <!-- the note -->.",
            "Pour une note aux autres rédacteurs, écrivez <!-- la note -->."
        )
    } else if begins(&["^"]) {
        both!("Write <sup>…</sup>.", "Écrivez <sup>…</sup>.")
    } else if begins(&["~"]) {
        both!("Write <sub>…</sub>, or ~~…~~ to strike it out.", "Écrivez <sub>…</sub>, ou ~~…~~ pour le barrer.")
    } else if begins(&["{#"]) {
        both!(
            "An id stands at the end of a heading: ## Heading {{#id}}.",
            "Un identifiant se place à la fin d’un intertitre : ## Intertitre {{#id}}."
        )
    } else {
        both!(
            "Say it in Markdown, or remove it. If it is text, put it between backquotes (`).",
            "Dites-le en Markdown, ou supprimez-le. S’il s’agit de texte, mettez-le entre accents graves (`)."
        )
    }
}

/// What a version control system leaves where two people changed the same lines.
pub fn merge_conflict(place: Place) -> Diagnostic {
    error(
        "merge-conflict",
        place,
        both!(
            "two versions of these lines stand here, between the marks of an unfinished merge",
            "deux versions de ces lignes se trouvent ici, entre les marques d’une fusion inachevée"
        ),
        both!(
            "Keep the lines that are right, and remove the lines <<<<<<<, ======= and >>>>>>>.",
            "Gardez les bonnes lignes et supprimez les lignes <<<<<<<, ======= et >>>>>>>."
        ),
    )
}

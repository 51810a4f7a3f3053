//! The French of `--help`, and of the messages about a mistyped command. The English is in `args`.

use std::process::ExitCode;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory as _, FromArgMatches as _};
use diptych::lang::Lang;

use crate::args::{self, Args};
use crate::{console, language};

/// Reads the command line. If it cannot be followed, prints help or what is wrong with it, and returns the code to exit
/// with.
#[expect(clippy::disallowed_methods, reason = "reads the command line")]
pub(crate) fn parse() -> Result<Args, ExitCode> {
    let written: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let lang = language::of_messages(asked(&written));
    let command = command(lang);
    // Messages repeat what was typed; colours are safe only if no word brings escape sequences of its own.
    let is_plain = written.iter().all(|word| !word.to_string_lossy().contains(char::is_control));
    let parsed = command.try_get_matches_from(written).and_then(|matches| Args::from_arg_matches(&matches));
    parsed.map_err(|error| {
        let printed = match message(&error).filter(|_| lang == Lang::Fr) {
            Some(message) => {
                console::err(&format!("erreur : {message}\n\nPour en savoir plus, essayez « --help ».\n"), false)
            }
            None if error.use_stderr() => {
                let colour = is_plain && console::err_takes_colours();
                console::err(&rendered(&error, colour), colour)
            }
            None => {
                let colour = is_plain && console::out_takes_colours();
                console::out(&rendered(&error, colour), colour)
            }
        };
        match printed {
            Ok(_) => ExitCode::from(if error.use_stderr() { 2 } else { 0 }),
            Err(unwritten) => {
                console::fail(&unwritten.message(lang), lang);
                ExitCode::from(2)
            }
        }
    })
}

fn rendered(error: &clap::Error, colour: bool) -> String {
    styled(&error.render(), colour)
}

fn styled(text: &StyledStr, colour: bool) -> String {
    if colour { text.ansi().to_string() } else { text.to_string() }
}

/// All commands, each in a line.
pub(crate) fn overview(lang: Lang, colour: bool) -> String {
    styled(&command(lang).render_help(), colour)
}

/// The language that the command line names, before it is read as a whole.
fn asked(written: &[std::ffi::OsString]) -> Option<Lang> {
    let written: Vec<&str> = written.iter().filter_map(|word| word.to_str()).collect();
    let apart = written.windows(2).find(|pair| pair[0] == "--lang").map(|pair| pair[1]);
    let joined = written.iter().find_map(|word| word.strip_prefix("--lang="));
    args::lang(apart.or(joined)?).ok()
}

/// The command line with its descriptions in a language.
pub(crate) fn command(lang: Lang) -> Command {
    match lang {
        Lang::En => Args::command(),
        Lang::Fr => french(Args::command()),
    }
}

/// The command line with all its descriptions in French.
fn french(command: Command) -> Command {
    let command = headed(command)
        .about("Construit des bases de connaissances bilingues (français et anglais) à partir de Markdown et de YAML")
        .after_help(
            "« diptych help NOM » explique une commande, un réglage, un champ ou une erreur. Le manuel entier, avec les dix \
             premières minutes, se trouve à /_diptych/help/ dans ce que montre « diptych serve ».",
        );
    let command = command.mut_args(|arg| in_french("", arg));
    command.mut_subcommands(|inner| subcommand("", inner))
}

/// A command within another one; `around` comes before its name.
fn subcommand(around: &str, command: Command) -> Command {
    let name = format!("{around} {}", command.get_name()).trim_start().to_owned();
    let command = match text(&name, "") {
        Some(about) => command.about(about),
        None => command,
    };
    headed(command).mut_args(|arg| in_french(&name, arg)).mut_subcommands(|inner| subcommand(&name, inner))
}

fn headed(command: Command) -> Command {
    let help = Arg::new("aide")
        .short('h')
        .long("help")
        .action(clap::ArgAction::Help)
        .help("Afficher cette aide")
        .global(false);
    let version =
        Arg::new("version_fr").short('V').long("version").action(clap::ArgAction::Version).help("Afficher la version");
    let mut command = command
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help)
        .arg(version)
        .subcommand_help_heading("Commandes")
        .subcommand_value_name("COMMANDE");
    let template = if command.has_subcommands() {
        "{about}\n\nUtilisation : {usage}\n\nCommandes :\n{subcommands}\n\nOptions :\n{options}{after-help}"
    } else if command.get_positionals().next().is_some() {
        "{about}\n\nUtilisation : {usage}\n\nArguments :\n{positionals}\n\nOptions :\n{options}"
    } else {
        "{about}\n\nUtilisation : {usage}\n\nOptions :\n{options}"
    };
    command = command.help_template(template);
    command
}

fn in_french(command: &str, arg: Arg) -> Arg {
    let Some(help) = text(command, arg.get_id().as_str()) else { return arg };
    let arg = arg.help(help);
    if !arg.get_action().takes_values() {
        return arg;
    }
    let name = arg.get_value_names().and_then(|names| names.first()).map(|name| match name.as_str() {
        "DIR" | "FOLDER" => "DOSSIER",
        "NAME or DIR" => "NOM ou DOSSIER",
        "LANG" => "LANGUE",
        "FILE" => "FICHIER",
        "PATH" => "CHEMIN",
        "WORDS" => "MOTS",
        "NAME=KEY" => "NOM=CLÉ",
        "ADDR" => "ADRESSE",
        "OLD" => "ANCIEN",
        "NEW" => "NOUVEAU",
        "TITLE" => "TITRE",
        "HOST" => "HÔTE",
        "SHELL" => "INTERPRÉTEUR",
        "HOW" => "MANIÈRE",
        "KIND" => "GENRE",
        _ => "",
    });
    // What clap adds itself is English: our words give the defaults.
    let arg = arg.hide_default_value(true).hide_possible_values(true);
    match name {
        Some(name) if !name.is_empty() => arg.value_name(name),
        _ => arg,
    }
}

/// The description of an argument of a command, or of the command itself if no argument is named.
fn text(command: &str, arg: &str) -> Option<&'static str> {
    let known = FRENCH.iter().find(|(of, name, _)| *of == command && *name == arg);
    let known = known.or_else(|| FRENCH.iter().find(|(of, name, _)| *of == "*" && *name == arg && !arg.is_empty()));
    known.map(|(_, _, text)| *text)
}

/// Command, argument and text; `*` stands for every command.
const FRENCH: &[(&str, &str, &str)] = &[
    ("", "lang_of_messages", "La langue des messages (pour « search », celle de la recherche) : en ou fr"),
    ("build", "", "Construire le site"),
    ("check", "", "Signaler toutes les erreurs du contenu sans rien écrire"),
    ("edit", "", "Ouvrir l’éditeur dans le navigateur : les deux langues côte à côte"),
    ("serve", "", "Prévisualiser le site et le reconstruire à chaque modification"),
    ("search", "", "Interroger l’index de recherche d’un site construit"),
    (
        "status",
        "",
        "Montrer où en sont les deux versions de chaque fiche : équivalentes, en retard, manquantes, à confirmer",
    ),
    ("confirm", "", "Consigner que les deux versions de fiches disent la même chose"),
    ("translate", "", "Envoyer des pages à la traduction et importer ce qui en revient"),
    ("translate export", "", "Écrire un lot pour chaque fiche dont la traduction est en retard ou manque"),
    ("translate import", "", "Mettre à leur place les mots des lots qui sont revenus : tous, ou rien"),
    (
        "translate export",
        "ids",
        "Les fiches, par exemple agreements/exchange-of-service; sans elles, toutes celles dont la traduction est en retard ou manque",
    ),
    ("translate export", "to", "La langue de la traduction : en ou fr"),
    ("translate export", "outdated", "Seulement les fiches dont la traduction est en retard"),
    ("translate export", "missing", "Seulement les fiches sans traduction"),
    ("translate export", "whole", "Toutes les sections, et non seulement celles qui ont changé"),
    (
        "translate export",
        "prefilled",
        "Mettre les mots du texte de départ à la place de la traduction, pour les outils qui ne montrent rien d’autre",
    ),
    (
        "translate export",
        "format",
        "Le genre de lot : xliff pour les outils de traduction, docx pour un traitement de texte [par défaut : xliff]",
    ),
    ("translate export", "out", "Le dossier des lots, un fichier par fiche"),
    ("translate import", "files", "Les lots qui sont revenus"),
    ("new", "", "Créer une fiche : ses faits et ses deux versions"),
    ("move", "", "Donner à une fiche un autre nom ou un autre dossier : tout ce qui la nomme suit"),
    ("remove", "", "Supprimer une fiche, dès que rien n’y renvoie plus"),
    ("fix", "", "Corriger les erreurs qui disent ce qu’il faut écrire à la place"),
    ("verify", "", "Comparer un dossier publié avec la liste de ses fichiers"),
    ("diff", "", "Montrer ce que change la publication d’un nouveau site à la place de l’ancien"),
    ("init", "", "Commencer un nouveau site"),
    ("schema", "", "Écrire les schémas JSON par lesquels les éditeurs complètent et vérifient le YAML"),
    ("completions", "", "Écrire sur la sortie standard de quoi compléter les commandes dans un interpréteur"),
    ("man", "", "Écrire les pages de manuel"),
    ("help", "", "Expliquer une commande, un réglage, un champ ou une erreur"),
    (
        "help",
        "names",
        "Ce qu’il faut expliquer, par exemple build, menu ou unknown-reference; sans rien, la liste des commandes",
    ),
    ("*", "content", "Le dossier de Markdown et de YAML [par défaut : content]"),
    ("*", "theme", "Le nom ou le dossier d’un thème, au lieu de celui que nomme site.yaml"),
    ("*", "base_url", "L’adresse de la racine du site, au lieu de celle de site.yaml"),
    (
        "*",
        "as_of",
        "Le jour (2026-11-21) auquel on compare les dates de révision et d’expiration; sans lui, check, serve et status prennent la date du jour",
    ),
    ("*", "timings", "Afficher la durée de chaque étape"),
    ("*", "format", "La forme des messages : text, json, github ou sarif [par défaut : text]"),
    (
        "build",
        "out",
        "Le dossier à écrire; ce qui a changé y est écrit et y paraît d’un seul coup [par défaut : public]",
    ),
    (
        "build",
        "precompress",
        "Écrire à côté de chaque fichier qui y gagne sa version compressée (.gz), pour les serveurs qui l’envoient telle quelle",
    ),
    (
        "check",
        "out",
        "Le dossier du dernier site construit, dont aucune adresse ne doit se perdre [par défaut : public]",
    ),
    ("check", "deny", "Ce qui fait échouer la vérification, outre les erreurs : warnings (les avertissements)"),
    ("*", "port", "Le port d’écoute; 0 en prend un qui est libre [par défaut : 4000]"),
    (
        "*",
        "host",
        "L’adresse d’écoute, par exemple 0.0.0.0 pour toutes; sans elle, seul cet ordinateur peut lire l’aperçu",
    ),
    ("*", "read_only", "Ne rien modifier : l’éditeur montre tout et n’enregistre rien"),
    (
        "*",
        "poll",
        "Comparer les fichiers toutes les demi-secondes, là où le système ne signale pas les modifications : sur un lecteur réseau, par exemple",
    ),
    ("search", "words", "Ce qu’il faut chercher"),
    ("search", "out", "Le dossier d’un site construit [par défaut : public]"),
    ("search", "limit", "Le nombre maximal de résultats [par défaut : 10]"),
    ("search", "filter", "Restreindre les résultats : un filtre et une clé, par exemple type=agreement"),
    ("search", "explain", "Dire pourquoi chaque résultat se trouve à sa place"),
    ("search", "format", "La forme des résultats : text ou json [par défaut : text]"),
    (
        "status",
        "format",
        "La forme de la liste : text, json, csv, ou ics pour un agenda des dates de révision et d’expiration [par défaut : text]",
    ),
    ("status", "ids", "Seulement ces fiches, par exemple agreements/exchange-of-service"),
    (
        "status",
        "state",
        "Seulement les paires dans cet état : equal, outdated, missing ou unconfirmed; peut être répété",
    ),
    ("status", "side", "Seulement les paires où il y a à faire dans cette langue : en ou fr"),
    ("status", "owner", "Seulement les fiches de ce responsable, par exemple partners/csc"),
    (
        "status",
        "due",
        "Aussi les échéances jusqu’à la fin du mois (month), du trimestre (quarter) ou de l’année (year)",
    ),
    (
        "status",
        "exit_code",
        "Terminer avec le code 1 si une paire de la liste est en retard, à confirmer, ou s’il lui manque une version sans raison donnée",
    ),
    ("confirm", "ids", "Les fiches, par exemple agreements/exchange-of-service"),
    ("confirm", "all", "Confirmer toutes les paires qui peuvent l’être et énumérer les autres"),
    (
        "confirm",
        "sections",
        "Seulement cette section, par son intertitre dans l’une ou l’autre langue ou par son identifiant (introduction, ce-qu-il-vise); peut être répété",
    ),
    (
        "confirm",
        "even_so",
        "Même une paire qui a des erreurs, qui reste à remplir, ou dont les deux versions sont dans la même langue",
    ),
    ("confirm", "dry_run", "Montrer ce qui serait consigné, sans rien écrire"),
    ("confirm", "as_of", "Le jour à inscrire à côté de la confirmation (2026-11-21), au lieu de la date du jour"),
    ("*", "dry_run", "Montrer ce qui changerait, ligne par ligne, sans rien modifier"),
    ("new", "kind", "Le type de la fiche, par exemple agreement"),
    ("new", "slug", "Le nom de ses fichiers, par exemple exchange-of-service"),
    ("new", "title_en", "Son titre en anglais"),
    ("new", "title_fr", "Son titre en français"),
    ("move", "old", "La fiche, par exemple agreements/exchange-of-service"),
    (
        "move",
        "new",
        "Son nouvel identifiant, son nouveau nom dans le même dossier, ou un dossier suivi d’une barre oblique",
    ),
    ("remove", "id", "La fiche, par exemple agreements/exchange-of-service"),
    ("remove", "redirect_to", "La fiche à laquelle mènent désormais ses adresses et tout ce qui y renvoie"),
    (
        "fix",
        "names",
        "Seulement les erreurs de ces noms, par exemple heading-skipped, ou d’une famille, par exemple typography",
    ),
    ("init", "with", "Écrire un flux de travail qui vérifie chaque modification et publie le site : github ou gitlab"),
    ("schema", "name", "Écrire celui-ci sur la sortie standard : site, type, ou facts- suivi du nom d’un type"),
    ("schema", "out", "Le dossier où les écrire tous [par défaut : .schemas à côté du contenu]"),
    ("completions", "shell", "L’interpréteur : bash, elvish, fish, powershell ou zsh"),
    (
        "man",
        "out",
        "Le dossier où écrire une page par commande; sans lui, celle du programme va sur la sortie standard",
    ),
    ("verify", "folder", "Le dossier publié"),
    ("verify", "manifest", "Une copie de la liste (.diptych) conservée ailleurs, au lieu de celle du dossier"),
    (
        "verify",
        "keep",
        "Ce que d’autres peuvent y avoir mis, comme l’énumère « keep » dans site.yaml; peut être répété",
    ),
    ("verify", "format", "La forme des résultats : text ou json [par défaut : text]"),
    ("diff", "old", "Le dossier du site tel qu’il est publié"),
    ("diff", "new", "Le dossier du site tel qu’il doit devenir"),
    ("diff", "format", "La forme des résultats : text ou json [par défaut : text]"),
    ("init", "folder", "Le dossier du nouveau site"),
    ("import", "", "Importer un site existant de pages Markdown ou HTML"),
    ("import", "folder", "Le dossier du site existant : Hugo, Jekyll, Eleventy, MkDocs ou simples pages"),
    ("import", "into", "Le dossier, nouveau ou vide, du site à créer [par défaut : diptych-site]"),
    (
        "import",
        "pair",
        "Comment associer les deux versions d’une page : folders, suffix ou key:NOM; sans cette option, de toutes les façons",
    ),
    ("import", "kind", "Le type de fiche que deviennent toutes les pages, par exemple report"),
];

/// What is wrong with the command line, in French; `None` where clap's own words must do, and for help itself.
fn message(error: &clap::Error) -> Option<String> {
    let said = |kind| match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    };
    let arg = said(ContextKind::InvalidArg);
    let meant = said(ContextKind::SuggestedArg).or_else(|| said(ContextKind::SuggestedSubcommand));
    let meant = meant.or_else(|| said(ContextKind::SuggestedValue));
    let meant = meant.map(|meant| format!("; vouliez-vous dire « {meant} »?")).unwrap_or_default();
    Some(match error.kind() {
        ErrorKind::UnknownArgument => format!("l’argument « {} » est inconnu{meant}", arg?),
        ErrorKind::InvalidSubcommand => {
            format!("la commande « {} » est inconnue{meant}", said(ContextKind::InvalidSubcommand)?)
        }
        ErrorKind::MissingRequiredArgument => format!("il manque : {}", arg?),
        ErrorKind::InvalidValue if said(ContextKind::InvalidValue)?.is_empty() => {
            format!("il manque une valeur après {}", arg?)
        }
        ErrorKind::InvalidValue => {
            let valid = said(ContextKind::ValidValue)
                .map(|valid| format!(" (valeurs possibles : {valid})"))
                .unwrap_or_default();
            format!("« {} » n’est pas une valeur de {}{valid}{meant}", said(ContextKind::InvalidValue)?, arg?)
        }
        ErrorKind::ValueValidation => {
            let arg = arg?;
            let todo = match arg.split(' ').next().unwrap_or_default() {
                "--as-of" => " : écrivez une date comme 2026-11-21",
                "--lang" => " : les langues sont en et fr",
                "--pair" => " : écrivez folders, suffix ou key:NOM",
                _ => "",
            };
            format!("« {} » n’est pas une valeur de {arg}{todo}", said(ContextKind::InvalidValue)?)
        }
        ErrorKind::ArgumentConflict => {
            format!(
                "« {} » ne va pas avec « {} »",
                arg?,
                said(ContextKind::PriorArg).unwrap_or_else(|| "les autres arguments".to_owned())
            )
        }
        ErrorKind::TooManyValues => format!("trop de valeurs pour {}", arg?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_argument_is_described_in_french() {
        let mut missing = Vec::new();
        let args = Args::command();
        let shown = |arg: &&Arg| !arg.is_hide_set() && !matches!(arg.get_id().as_str(), "help" | "version");
        for arg in args.get_arguments().filter(shown) {
            missing.extend(text("", arg.get_id().as_str()).is_none().then(|| arg.get_id().to_string()));
        }
        let mut commands: Vec<(String, &Command)> =
            args.get_subcommands().map(|command| (command.get_name().to_owned(), command)).collect();
        while let Some((name, command)) = commands.pop() {
            missing.extend(text(&name, "").is_none().then(|| name.clone()));
            for arg in command.get_arguments().filter(shown) {
                let id = arg.get_id().as_str();
                missing.extend(text(&name, id).is_none().then(|| format!("{name} {id}")));
            }
            commands.extend(command.get_subcommands().map(|inner| (format!("{name} {}", inner.get_name()), inner)));
        }
        assert!(missing.is_empty(), "without a French text: {missing:?}");
    }

    #[test]
    fn nothing_in_the_french_help_is_english() {
        let mut command = french(Args::command());
        command.build();
        for name in [
            "",
            "build",
            "check",
            "serve",
            "edit",
            "search",
            "status",
            "confirm",
            "new",
            "move",
            "remove",
            "fix",
            "verify",
            "diff",
            "init",
            "schema",
            "completions",
            "man",
            "import",
            "help",
            "translate",
            "translate export",
            "translate import",
        ] {
            let mut inner = &mut command;
            for part in name.split_whitespace() {
                inner = inner.find_subcommand_mut(part).unwrap();
            }
            let help = inner.render_help().to_string();
            for word in ["Usage:", "Commands:", "Print", "[default", "possible values", " the "] {
                assert!(!help.contains(word), "{name}: {word} in\n{help}");
            }
        }
    }

    #[test]
    fn a_mistyped_command_is_told_in_french() {
        let reported = |words: &[&str]| {
            let error = french(Args::command()).try_get_matches_from(words).unwrap_err();
            message(&error).unwrap()
        };
        assert_eq!(reported(&["diptych", "biuld"]), "la commande « biuld » est inconnue; vouliez-vous dire « build »?");
        assert_eq!(
            reported(&["diptych", "build", "--ouut", "x"]),
            "l’argument « --ouut » est inconnu; vouliez-vous dire « --out »?"
        );
        assert!(reported(&["diptych", "check", "--format", "xml"]).contains("valeurs possibles : text, json"));
        assert!(reported(&["diptych", "confirm"]).starts_with("il manque : "));
    }
}

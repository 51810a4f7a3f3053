//! What a failure of the machine means, and what to do about it: [`message`]. It is not a mistake in the content
//! ([`has_failed`]), and the system's own words for it are meant for programmers.

use std::io::{self, ErrorKind};

use crate::lang::PerLang;

/// Too many files are open at once, in this program or on the whole machine.
#[cfg(unix)]
const TOO_MANY_OPEN: [i32; 2] = [rustix::io::Errno::MFILE.raw_os_error(), rustix::io::Errno::NFILE.raw_os_error()];
/// `ERROR_TOO_MANY_OPEN_FILES`, `ERROR_NO_SYSTEM_RESOURCES`
#[cfg(windows)]
const TOO_MANY_OPEN: [i32; 2] = [4, 1450];

/// Another program has the file open, and lets nobody else use it.
#[cfg(unix)]
const IN_USE: [i32; 1] = [rustix::io::Errno::TXTBSY.raw_os_error()];
/// `ERROR_SHARING_VIOLATION`, `ERROR_LOCK_VIOLATION`
#[cfg(windows)]
const IN_USE: [i32; 2] = [32, 33];

/// The disk could not do what it was asked to do.
#[cfg(unix)]
const DISK: [i32; 1] = [rustix::io::Errno::IO.raw_os_error()];
/// `ERROR_CRC`, `ERROR_IO_DEVICE`
#[cfg(windows)]
const DISK: [i32; 2] = [23, 1117];

/// What failed, in kinds that call for different advice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Full,
    Quota,
    Forbidden,
    ReadOnly,
    TooManyOpen,
    InUse,
    Memory,
    Disk,
    Absent,
    NoFolder,
    There,
    Folder,
    Large,
    Name,
    Other,
}

impl Trouble {
    fn of(error: &io::Error) -> Self {
        match error.raw_os_error() {
            Some(code) if TOO_MANY_OPEN.contains(&code) => return Self::TooManyOpen,
            Some(code) if IN_USE.contains(&code) => return Self::InUse,
            Some(code) if DISK.contains(&code) => return Self::Disk,
            _ => {}
        }
        match error.kind() {
            ErrorKind::StorageFull => Self::Full,
            ErrorKind::QuotaExceeded => Self::Quota,
            ErrorKind::PermissionDenied => Self::Forbidden,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::OutOfMemory => Self::Memory,
            ErrorKind::NotFound => Self::Absent,
            ErrorKind::NotADirectory => Self::NoFolder,
            ErrorKind::AlreadyExists => Self::There,
            ErrorKind::IsADirectory => Self::Folder,
            ErrorKind::FileTooLarge => Self::Large,
            ErrorKind::InvalidFilename => Self::Name,
            _ => Self::Other,
        }
    }
}

/// Whether the machine itself failed: another file would have failed too, and the same one may be readable a moment
/// later.
pub fn has_failed(error: &io::Error) -> bool {
    matches!(Trouble::of(error), Trouble::TooManyOpen | Trouble::Memory | Trouble::Disk)
}

/// Whether another program has the file open: it can be read or written a moment later.
pub fn is_in_use(error: &io::Error) -> bool {
    Trouble::of(error) == Trouble::InUse
}

/// What went wrong and, after a semicolon, what to do about it, if anything can be done. The system's error number is
/// included, for those who look it up.
pub fn message(error: &io::Error) -> PerLang<String> {
    let (en, fr) = match Trouble::of(error) {
        Trouble::Full => (
            ["the disk is full", "free some space, or choose a folder on another disk"],
            ["le disque est plein", "libérez de l’espace, ou choisissez un dossier sur un autre disque"],
        ),
        Trouble::Quota => (
            ["your share of the disk is used up", "free some space, or choose a folder on another disk"],
            [
                "l’espace qui vous est accordé sur le disque est épuisé",
                "libérez de l’espace, ou choisissez un dossier sur un autre disque",
            ],
        ),
        Trouble::Forbidden => (
            ["the system does not allow it", "ask for the right to do so, or choose another folder"],
            ["le système ne le permet pas", "demandez-en le droit, ou choisissez un autre dossier"],
        ),
        Trouble::ReadOnly => (
            ["that disk is read-only", "choose a folder on another disk"],
            ["ce disque est en lecture seule", "choisissez un dossier sur un autre disque"],
        ),
        Trouble::TooManyOpen if cfg!(unix) => (
            ["too many files are open at once", "close other programs, or raise the limit (ulimit -n)"],
            [
                "trop de fichiers sont ouverts en même temps",
                "fermez d’autres programmes, ou relevez la limite (ulimit -n)",
            ],
        ),
        Trouble::TooManyOpen => (
            ["too many files are open at once", "close other programs, and try again"],
            ["trop de fichiers sont ouverts en même temps", "fermez d’autres programmes, puis réessayez"],
        ),
        Trouble::InUse => (
            ["another program has it open", "close it there, and try again"],
            ["un autre programme l’a ouvert", "fermez-le dans ce programme, puis réessayez"],
        ),
        Trouble::Memory => (
            ["the machine has no memory left", "close other programs, and try again"],
            ["la machine n’a plus de mémoire", "fermez d’autres programmes, puis réessayez"],
        ),
        Trouble::Disk => (
            ["the disk reports an error", "have the disk checked, and copy what is on it to another one"],
            ["le disque signale une erreur", "faites vérifier le disque, et copiez ailleurs ce qu’il contient"],
        ),
        Trouble::Absent => (["there is nothing of that name", ""], ["rien ne porte ce nom", ""]),
        Trouble::NoFolder => (["this is not a folder", ""], ["ce n’est pas un dossier", ""]),
        Trouble::There => (
            ["a file or folder of that name is already there", "choose another name, or move it away"],
            ["un fichier ou un dossier porte déjà ce nom", "choisissez un autre nom, ou déplacez-le"],
        ),
        Trouble::Folder => (["this is a folder", ""], ["c’est un dossier", ""]),
        Trouble::Large => (["the file is too large", ""], ["le fichier est trop volumineux", ""]),
        Trouble::Name => (
            ["the system does not accept a name like that", "choose a shorter or plainer one"],
            ["le système n’admet pas un tel nom", "choisissez-en un plus court ou plus simple"],
        ),
        Trouble::Other => return PerLang { en: error.to_string(), fr: error.to_string() },
    };
    let number = error.raw_os_error().map(|number| format!(" (os error {number})")).unwrap_or_default();
    let sentence = |[what, todo]: [&str; 2]| {
        let todo = if todo.is_empty() { String::new() } else { format!("; {todo}") };
        format!("{what}{number}{todo}")
    };
    PerLang { en: sentence(en), fr: sentence(fr) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_of_the_machine_says_what_to_do_in_both_languages() {
        let full = message(&io::Error::from(ErrorKind::StorageFull));
        assert_eq!(full.en, "the disk is full; free some space, or choose a folder on another disk");
        assert!(full.fr.starts_with("le disque est plein; libérez de l’espace"), "{}", full.fr);
        let many = message(&io::Error::from_raw_os_error(TOO_MANY_OPEN[0]));
        assert!(many.en.contains("(os error ") && many.en.contains("; close other programs"), "{}", many.en);
        assert_eq!(many.en.contains("ulimit"), cfg!(unix), "{}", many.en);
        let in_use = message(&io::Error::from_raw_os_error(IN_USE[0]));
        assert!(in_use.en.starts_with("another program has it open (os error "), "{}", in_use.en);
        assert_eq!(message(&io::Error::other("odd")).fr, "odd");
    }

    #[test]
    fn what_is_wrong_with_one_file_is_no_failure_of_the_machine() {
        for code in TOO_MANY_OPEN.into_iter().chain(DISK) {
            assert!(has_failed(&io::Error::from_raw_os_error(code)), "{code}");
        }
        assert!(has_failed(&ErrorKind::OutOfMemory.into()));
        for code in IN_USE {
            let error = io::Error::from_raw_os_error(code);
            assert!(is_in_use(&error) && !has_failed(&error), "{code}");
        }
        for kind in [ErrorKind::NotFound, ErrorKind::PermissionDenied, ErrorKind::StorageFull, ErrorKind::Other] {
            assert!(!has_failed(&kind.into()), "{kind}");
        }
    }
}

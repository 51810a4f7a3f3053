//! Which files a site publishes beside its pages, and as what media type each is sent: [`AssetKinds`]. The one list of
//! kinds for checks, servers and the preview, so that nobody guesses.
//!
//! What is published is at the site's own address, where a script may read whatever its visitors may, and a server may
//! take a file for a program. So only kinds that neither browsers nor servers run are published. A site can allow more,
//! with a reason; kinds that are run can never be allowed.

use std::collections::BTreeMap;

/// The kinds that are safe to publish, by ending, and the media type that they are sent as.
pub const KINDS: [(&str, &str); 61] = [
    // Documents
    ("pdf", "application/pdf"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("odg", "application/vnd.oasis.opendocument.graphics"),
    ("rtf", "application/rtf"),
    ("epub", "application/epub+zip"),
    ("txt", "text/plain"),
    // Pictures
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("svg", "image/svg+xml"),
    ("bmp", "image/bmp"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("heic", "image/heic"),
    ("ico", "image/x-icon"),
    // Data
    ("csv", "text/csv"),
    ("tsv", "text/tab-separated-values"),
    ("json", "application/json"),
    ("jsonl", "application/x-ndjson"),
    ("ndjson", "application/x-ndjson"),
    ("geojson", "application/geo+json"),
    ("topojson", "application/json"),
    ("parquet", "application/vnd.apache.parquet"),
    ("gpkg", "application/geopackage+sqlite3"),
    ("kmz", "application/vnd.google-earth.kmz"),
    // Sound
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("aac", "audio/aac"),
    ("oga", "audio/ogg"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("wav", "audio/wav"),
    ("flac", "audio/flac"),
    ("weba", "audio/webm"),
    // Video, and its captions
    ("mp4", "video/mp4"),
    ("m4v", "video/mp4"),
    ("webm", "video/webm"),
    ("ogv", "video/ogg"),
    ("mov", "video/quicktime"),
    ("vtt", "text/vtt"),
    ("srt", "application/x-subrip"),
    // Archives
    ("zip", "application/zip"),
    ("gz", "application/gzip"),
    ("tgz", "application/gzip"),
    ("tar", "application/x-tar"),
    ("bz2", "application/x-bzip2"),
    ("xz", "application/x-xz"),
    ("7z", "application/x-7z-compressed"),
    // Fonts
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
];

/// Endings of what a browser opens as a page, a script or a style, or what a server takes for a program or for its own
/// settings. They are refused as the last ending and anywhere else in a name: Apache looks at all of them.
const ACTIVE: &str = "\
    htm html xhtml xhtm xht shtml shtm stm stml sht mht mhtml hta htc svgz xml xsl xslt xsd dtd rdf rss atom xbl xul \
    mathml mml kml gml gpx wsdl xaml js mjs cjs jsm jse jsx tsx wasm css swf appcache manifest webmanifest vbs \
    vbe wsf wsh cgi fcgi fpl pl py pyc rb rhtml erb lua sh bash ksh csh zsh tcl jsp jspx jspf jsf war \
    asp aspx ashx asmx asax ascx asa cer cdx cshtml vbhtml svc cfm cfml cfc var asis config ini htaccess \
    htpasswd";

/// Beginnings of endings of the same kind that come in many versions: `php7`, `phtml`, `phar`.
const ACTIVE_BEGINNINGS: [&str; 4] = ["php", "pht", "phar", "phps"];

/// Endings of what starts a program when a person opens it. No site can allow them: otherwise whoever can write
/// `site.yaml` could distribute programs in the name of the organization. A program can be offered by a link to where
/// it is published, with its version and its signature, or in an archive, which people open first. Only the last ending
/// counts here.
const PROGRAMS: [&str; 7] = [
    // Programs, and files that start them or change settings
    "exe dll com bat cmd pif scr cpl mst msc ps1 psm1 lnk url reg inf jar jnlp scf sct wsc chm hlp gadget xbap xll diagcab \
     ppkg theme themepack command workflow terminal scpt applescript fileloc inetloc webloc mobileconfig desktop run pyw \
     pyz",
    // Installers
    "msi msp msu msix msixbundle appx appxbundle appinstaller application apk apks xapk aab ipa deb rpm snap flatpak \
     flatpakref appimage pkg mpkg xip xpi crx vsix",
    // Disk images: a system opens them as a disk, and forgets that what is on it came from the network
    "iso img dmg sparseimage sparsebundle toast cdr udf vhd vhdx",
    // Text with macros
    "docm dotm",
    // Tables with macros, and what fetches tables when it is opened
    "xlsm xltm xlam xlsb xla xlw iqy slk",
    // Presentations with macros
    "pptm potm ppam ppsm sldm",
    // Databases and notebooks with programs
    "mdb accdb mde accde ade adp one onepkg",
];

/// The media type of a kind that the site allows, unless the site names one.
pub const DOWNLOAD: &str = "application/octet-stream";

/// Why a file is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssetFault<'a> {
    /// It has no ending.
    NoEnding,
    /// One of its endings belongs to a kind that is run.
    Active(&'a str),
    /// Its ending belongs to a kind that starts a program when it is opened.
    Program(&'a str),
    /// Its ending is not among the known ones.
    Unknown(&'a str),
}

/// The kinds of file that a site publishes: the safe ones and those that its settings allow.
#[derive(Clone, Debug, Default)]
pub struct AssetKinds {
    /// The endings that the settings allow, in small letters, each with the media type that they name.
    allowed: BTreeMap<String, Option<String>>,
}

impl AssetKinds {
    /// Allows one more ending, in small letters. Without a media type its files are sent to be saved, not opened.
    pub fn allow(&mut self, ending: String, media_type: Option<String>) {
        self.allowed.insert(ending, media_type);
    }

    /// The endings that the settings allow, and their media types.
    pub fn allowed(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.allowed.iter().map(|(ending, kind)| (ending.as_str(), kind.as_deref()))
    }

    /// Why a file of this name is not published, if it is not.
    pub fn fault<'a>(&self, name: &'a str) -> Option<AssetFault<'a>> {
        if let Some(active) = name.split('.').skip(1).find(|part| is_active(part)) {
            return Some(AssetFault::Active(active));
        }
        let last = name.rsplit_once('.').map_or("", |(_, ending)| ending).trim_end();
        let lower = last.to_lowercase();
        match last {
            "" => Some(AssetFault::NoEnding),
            _ if is_run(&lower) => Some(AssetFault::Program(last)),
            _ if media_type(&lower).is_some() || self.allowed.contains_key(&lower) => None,
            _ => Some(AssetFault::Unknown(last)),
        }
    }

    /// The media type of a file of this name, and whether browsers save it rather than open it.
    pub fn sent_as(&self, name: &str) -> (&str, bool) {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        match (self.allowed.get(&ending), media_type(&ending)) {
            (_, Some(known)) => (known, false),
            (Some(Some(named)), None) => (named, false),
            _ => (DOWNLOAD, true),
        }
    }
}

/// The media type of an ending of a safe kind, in small letters.
pub fn media_type(ending: &str) -> Option<&'static str> {
    KINDS.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind)
}

/// Whether an ending belongs to a kind that a browser or a server runs.
pub fn is_active(ending: &str) -> bool {
    let lower = ending.trim().to_lowercase();
    ACTIVE.split(' ').any(|own| own == lower) || ACTIVE_BEGINNINGS.iter().any(|beginning| lower.starts_with(beginning))
}

/// Whether files of an ending, in small letters, are run by whatever opens them: no site can allow it.
pub fn is_run(ending: &str) -> bool {
    is_active(ending) || PROGRAMS.iter().any(|kinds| kinds.split(' ').any(|own| own == ending))
}

/// Whether a media type is one that browsers run, or that contains others.
pub fn is_active_type(kind: &str) -> bool {
    let (family, sub) = kind.split_once('/').unwrap_or((kind, ""));
    let passive = ["image", "audio", "video", "font", "application"].contains(&family)
        || [
            "text/plain",
            "text/csv",
            "text/calendar",
            "text/vcard",
            "text/vtt",
            "text/markdown",
            "text/tab-separated-values",
        ]
        .contains(&kind);
    !passive
        || sub.ends_with("xml")
        || ["javascript", "ecmascript", "html", "httpd", "wasm", "xhtml", "xslt", "shockwave", "java"]
            .iter()
            .any(|word| sub.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_pictures_data_sound_film_and_archives_are_published() {
        let kinds = AssetKinds::default();
        for name in [
            "annex.pdf",
            "Annex.PDF",
            "letter.docx",
            "table.csv",
            "table.csv.gz",
            "map.geojson",
            "photo.JPeG",
            "report.v1.2.pdf",
            "Entente n.o 12.odt",
            "film.mp4",
            "archive.tar.xz",
            "smith.j.2019.pdf",
            "figure.en.svg",
        ] {
            assert_eq!(kinds.fault(name), None, "{name}");
        }
    }

    #[test]
    fn what_a_browser_or_a_server_runs_is_not_in_whatever_place_of_the_name() {
        let kinds = AssetKinds::default();
        for name in [
            "x.html",
            "x.HTM",
            "x.xhtml",
            "x.svgz",
            "x.js",
            "x.Mjs",
            "x.wasm",
            "x.php",
            "x.pHp7",
            "x.phtml",
            "x.phar",
            "x.cgi",
            "x.xml",
            "x.xsl",
            "x.kml",
            "x.shtml",
            "x.css",
            "x.asp",
            "x.jsp",
            "x.var",
            "web.config",
            "x.php.pdf",
            "x.cgi.v2.csv",
            "x.html.gz",
            "x.pdf.html",
            "x.shtml.zip",
            "x.php .pdf",
            "x.asis.pdf",
            "x.webmanifest",
        ] {
            assert!(matches!(kinds.fault(name), Some(AssetFault::Active(_))), "{name}");
        }
        assert!(KINDS.iter().all(|(ending, kind)| !is_active(ending) && (*ending == "svg" || !is_active_type(kind))));
    }

    #[test]
    fn what_systems_run_when_it_is_opened_can_be_allowed_by_no_site() {
        for ending in [
            "exe", "bat", "ps1", "msi", "lnk", "url", "docm", "xlsm", "html", "php8", "desktop", "apk", "deb",
            "appimage", "pkg", "iso", "img", "dmg", "vhdx", "accdb",
        ] {
            assert!(is_run(ending), "{ending}");
        }
        assert!(KINDS.iter().all(|(ending, _)| !is_run(ending)) && !is_run("ics") && !is_run("stl"));
    }

    #[test]
    fn what_is_not_known_is_not_until_the_site_allows_it() {
        let mut kinds = AssetKinds::default();
        for (name, ending) in [("x.ics", "ics"), ("x.ｈtml", "ｈtml"), ("x.htm\u{fe0f}l", "htm\u{fe0f}l")] {
            assert_eq!(kinds.fault(name), Some(AssetFault::Unknown(ending)), "{name}");
        }
        for (name, ending) in [("x.exe", "exe"), ("x.pdf.ISO", "ISO")] {
            assert_eq!(kinds.fault(name), Some(AssetFault::Program(ending)), "{name}");
        }
        for name in ["README", "x.", "x..", "x. "] {
            assert_eq!(kinds.fault(name), Some(AssetFault::NoEnding), "{name:?}");
        }
        kinds.allow("ics".to_owned(), Some("text/calendar".to_owned()));
        kinds.allow("stl".to_owned(), None);
        assert_eq!(
            (kinds.fault("x.ICS"), kinds.fault("x.stl"), kinds.fault("x.php.ics")),
            (None, None, Some(AssetFault::Active("php")))
        );
        assert_eq!(kinds.sent_as("x.ICS"), ("text/calendar", false));
        assert_eq!(kinds.sent_as("x.stl"), (DOWNLOAD, true));
        assert_eq!(kinds.sent_as("x.Pdf"), ("application/pdf", false));
        assert_eq!(kinds.sent_as("x.html"), (DOWNLOAD, true));
    }

    #[test]
    fn no_type_that_runs_can_be_named() {
        for kind in [
            "text/html",
            "text/xml",
            "application/xml",
            "application/xhtml+xml",
            "image/svg+xml",
            "text/javascript",
            "application/x-httpd-php",
            "multipart/mixed",
            "message/rfc822",
            "text/css",
            "html",
            "application/wasm",
        ] {
            assert!(is_active_type(kind), "{kind}");
        }
        for kind in ["text/calendar", "model/stl", "application/x-step"] {
            assert_eq!(is_active_type(kind), kind == "model/stl", "{kind}");
        }
    }
}

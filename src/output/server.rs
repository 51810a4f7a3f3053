//! What servers are told: redirects of old addresses, the page for an address that does not exist, headers, and what may
//! be kept. The same rules for hosts that read `_headers` and `_redirects`, for Apache (`.htaccess`) and for nginx
//! (`.server/nginx.conf`, to be included). A server that reads none of them serves the site too.

use std::fmt::Write as _;

use crate::path::UrlPath;
use crate::render::{path_of, policy};
use crate::site::Site;

/// What writes the rules of one kind of server.
pub type Rules = fn(&Site) -> String;

/// What every answer carries besides the content security policy.
const HEADERS: [(&str, &str); 3] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
];

/// Files whose names change with their bytes may be kept for good; everything else is asked for again each time, which
/// costs an answer without a body while it has not changed.
const KEPT: &str = "public, max-age=31536000, immutable";
const ASKED_AGAIN: &str = "no-cache";

/// Files whose names change with their bytes: the theme's, those of each index of the search, and its engine.
const HASHED: &str = "^(theme/|search/[^/]+/|search/engine-)";

/// Kinds of files that a server may not know.
const KINDS: [(&str, &str); 3] =
    [("wasm", "application/wasm"), ("js", "text/javascript"), ("pack", "application/octet-stream")];

/// `_headers`, as Netlify and Cloudflare Pages read it. Pages are asked for again there without being told.
pub fn headers(site: &Site) -> String {
    let base = root(site);
    let mut out = format!("{base}*\n  Content-Security-Policy: {}\n", policy::header(&site.config));
    for (name, value) in HEADERS {
        let _ = writeln!(out, "  {name}: {value}");
    }
    for folder in ["theme/*", "search/:index/*", "search/engine-*"] {
        let _ = writeln!(out, "{base}{folder}\n  Cache-Control: {KEPT}");
    }
    out
}

/// `_redirects`, as the same hosts read it.
pub fn redirects(site: &Site) -> String {
    let base = root(site);
    aliases(site).into_iter().fold(String::new(), |mut out, (old, new)| {
        let _ = writeln!(out, "{} {} 301", old.absolute(base), new.absolute(base));
        out
    })
}

/// `.htaccess`, as Apache reads it in the site's own folder, wherever that is.
pub fn htaccess(site: &Site) -> String {
    let mut out = format!(
        "DirectoryIndex index.html\nDirectorySlash On\nOptions -Indexes -MultiViews\nErrorDocument 404 {}404.html\n\
         AddDefaultCharset utf-8\nAddCharset utf-8 .css .csv .js .json .svg .xml\n",
        root(site)
    );
    for (ending, kind) in KINDS {
        let _ = writeln!(out, "AddType {kind} .{ending}");
    }
    let _ = writeln!(
        out,
        "<IfModule mod_headers.c>\n  Header always set Content-Security-Policy \"{}\"",
        policy::header(&site.config)
    );
    for (name, value) in HEADERS {
        let _ = writeln!(out, "  Header always set {name} \"{value}\"");
    }
    let _ = writeln!(
        out,
        "  Header set Cache-Control \"{ASKED_AGAIN}\"\n  Header set Cache-Control \"{KEPT}\" env=HASHED\n\
         \x20 Header set Cache-Control \"{KEPT}\" env=REDIRECT_HASHED\n</IfModule>"
    );
    out.push_str("<IfModule mod_rewrite.c>\n  RewriteEngine On\n");
    out.push_str("  RewriteRule (^|/)\\.(?!well-known/) - [R=404,L]\n");
    let _ = writeln!(out, "  RewriteRule {HASHED} - [E=HASHED:1]");
    // The folder that the site stands in, which Apache knows only by what is left of the address.
    out.push_str("  RewriteCond %{REQUEST_URI}::$1 ^(.*?/)(.*)::\\2$\n  RewriteRule ^(.*)$ - [E=BASE:%1]\n");
    for (old, new) in aliases(site) {
        let _ = writeln!(out, "  RewriteRule ^{}$ %{{ENV:BASE}}{} [R=301,L,NE]", pattern(old), new.absolute(""));
    }
    out.push_str(concat!(
        "  # Files compressed beforehand (diptych build --precompress)\n",
        "  RewriteCond %{HTTP:Accept-Encoding} gzip\n",
        "  RewriteCond %{REQUEST_FILENAME}index.html.gz -f\n",
        "  RewriteRule ^(.*/)?$ $1index.html.gz [T=text/html,E=GZIPPED:1,L]\n",
    ));
    for (ending, kind) in COMPRESSED {
        let _ = writeln!(
            out,
            "  RewriteCond %{{HTTP:Accept-Encoding}} gzip\n  RewriteCond %{{REQUEST_FILENAME}}.gz -f\n  \
             RewriteRule ^(.+)\\.{ending}$ $1.{ending}.gz [T={kind},E=GZIPPED:1,L]"
        );
    }
    out.push_str(concat!(
        "</IfModule>\n",
        "<FilesMatch \"\\.gz$\">\n",
        "  SetEnv no-gzip 1\n",
        "  <IfModule mod_headers.c>\n",
        "    Header set Content-Encoding gzip\n",
        "    Header append Vary Accept-Encoding\n",
        "  </IfModule>\n",
        "  RemoveType .gz\n",
        "  RemoveEncoding .gz\n",
        "</FilesMatch>\n",
        "<IfModule mod_deflate.c>\n",
        "  AddOutputFilterByType DEFLATE text/html text/css text/javascript text/csv application/json application/xml text/xml image/svg+xml application/wasm\n",
        "</IfModule>\n",
    ));
    out
}

/// What `--precompress` compresses, by ending, and its kind.
pub const COMPRESSED: [(&str, &str); 8] = [
    ("html", "text/html"),
    ("css", "text/css"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("csv", "text/csv"),
    ("svg", "image/svg+xml"),
    ("xml", "application/xml"),
    ("wasm", "application/wasm"),
];

/// Directives for a `server` block of nginx, or for nothing but the site's part of one.
pub fn nginx(site: &Site) -> String {
    let base = root(site);
    let kept = format!("{base}{}", HASHED.trim_start_matches('^')).replace("//", "/");
    let policy = policy::header(&site.config);
    // A location with headers of its own does not inherit those around it.
    let always = |indent: &str, out: &mut String| {
        for (name, value) in [("Content-Security-Policy", policy.as_str())].into_iter().chain(HEADERS) {
            let _ = writeln!(out, "{indent}add_header {name} \"{value}\" always;");
        }
    };
    let mut out =
        String::from("# In the server block that serves this folder: include /path/to/site/.server/nginx.conf;\n");
    let _ = write!(
        out,
        "index index.html;\nerror_page 404 {base}404.html;\ncharset utf-8;\n\
         charset_types text/css text/javascript text/csv text/xml application/json;\n\
         gzip_static on;\ngzip on;\ngzip_vary on;\n\
         gzip_types text/css text/javascript text/csv text/xml application/json application/wasm image/svg+xml;\n\
         types {{\n  text/html html;\n  text/css css;\n  text/csv csv;\n  text/xml xml;\n  application/json json;\n  \
         image/svg+xml svg;\n  image/png png;\n  image/jpeg jpg jpeg;\n  image/gif gif;\n  image/webp webp;\n  \
         image/avif avif;\n  image/x-icon ico;\n  text/plain txt;\n  application/pdf pdf;\n  application/zip zip;\n  \
         application/msword doc;\n  application/vnd.openxmlformats-officedocument.wordprocessingml.document docx;\n  \
         application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx;\n  \
         application/vnd.openxmlformats-officedocument.presentationml.presentation pptx;\n  \
         application/vnd.oasis.opendocument.text odt;\n  video/mp4 mp4;\n  audio/mpeg mp3;\n"
    );
    for (ending, kind) in KINDS {
        let _ = writeln!(out, "  {kind} {ending};");
    }
    out.push_str("}\n");
    always("", &mut out);
    let _ = write!(
        out,
        "add_header Cache-Control \"{ASKED_AGAIN}\" always;\nlocation ~ /\\.(?!well-known/) {{\n  return 404;\n}}\nlocation ~ ^{kept} {{\n"
    );
    always("  ", &mut out);
    let _ = writeln!(out, "  add_header Cache-Control \"{KEPT}\";\n}}");
    for (old, new) in aliases(site) {
        let old = old.absolute(base);
        let _ = writeln!(out, "location = {old} {{ return 301 {}; }}", new.absolute(base));
        if let Some(bare) = old.strip_suffix('/').filter(|bare| !bare.is_empty()) {
            let _ = writeln!(out, "location = {bare} {{ return 301 {}; }}", new.absolute(base));
        }
    }
    out
}

/// The path of the site's root on its server.
fn root(site: &Site) -> &str {
    site.config.base_url.as_deref().map_or("/", path_of)
}

/// Every old address with the page it leads to.
fn aliases(site: &Site) -> Vec<(&UrlPath, &UrlPath)> {
    let sides = site.records.iter().flat_map(|record| [&record.sides.en, &record.sides.fr]).flatten();
    let mut aliases: Vec<_> = sides.flat_map(|side| side.aliases.iter().map(|alias| (alias, &side.url))).collect();
    aliases.sort_unstable();
    aliases
}

/// An old address as a regular expression, with and without its last slash. Addresses are made of letters, digits and
/// `-._~/`, so that only the full stop means something else there.
fn pattern(old: &UrlPath) -> String {
    let escaped = old.as_str().replace('.', "\\.");
    match escaped.strip_suffix('/') {
        Some(page) => format!("{page}/?"),
        None => escaped,
    }
}

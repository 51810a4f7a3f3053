//! The rules for servers: redirects of old addresses, the page for an address that does not exist, headers, and what
//! may be kept. The same rules for hosts that read `_headers` and `_redirects`, for Apache (`.htaccess`) and for nginx
//! (`.server/nginx.conf`, to be included). A server that reads none of them serves the site too.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::headers::{
    ANYONE, ASSETS, BUILT_IN_BY, EVERYWHERE, OPEN, SITE_ALONE, media_type, media_types, policy_of_asset, saved,
    with_charset,
};
use super::old_addresses;
use crate::render::{path_of, policy};
use crate::site::Site;

/// Writes the rules for one kind of server.
pub type Rules = fn(&Site) -> String;

/// The files that tell servers what to do.
pub const FILES: [(&str, Rules); 6] = [
    ("_headers", headers),
    ("_redirects", redirects),
    (".htaccess", htaccess),
    ("assets/.htaccess", htaccess_of_assets),
    ("data/.htaccess", htaccess_of_data),
    (".server/nginx.conf", nginx),
];

/// Files whose names change with their bytes may be kept for good; browsers ask for everything else again each time,
/// and get an answer without a body if it has not changed.
const KEPT: &str = "public, max-age=31536000, immutable";
const ASKED_AGAIN: &str = "no-cache";

/// Files whose names change with their bytes: the theme's, those of each index of the search, and its engine.
const HASHED: &str = "^(theme/|search/[^/]+/|search/engine-)";

/// What `--precompress` compresses, by ending, and its kind.
pub const COMPRESSED: [(&str, &str); 11] = [
    ("html", "text/html"),
    ("txt", "text/plain"),
    ("md", "text/markdown"),
    ("css", "text/css"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("csv", "text/csv"),
    ("vcf", "text/vcard"),
    ("svg", "image/svg+xml"),
    ("xml", "application/xml"),
    ("wasm", "application/wasm"),
];

/// The packs of the search: bytes that servers have no media type for.
pub(super) const PACK: (&str, &str) = ("pack", "application/octet-stream");

/// `_headers`, as Netlify and Cloudflare Pages read it. There, browsers ask for pages again without a rule. A
/// placeholder for the folders of the search would also match the files beside them: for Netlify, what follows a folder
/// is optional.
pub fn headers(site: &Site) -> String {
    let base = root(site);
    let mut out = format!("{base}*\n  Content-Security-Policy: {}\n", policy::header(&site.config));
    for (name, value) in EVERYWHERE.into_iter().chain([(BUILT_IN_BY, SITE_ALONE)]) {
        let _ = writeln!(out, "  {name}: {value}");
    }
    for folder in ["theme/*", "search/en-*", "search/fr-*", "search/engine-*"] {
        let _ = writeln!(out, "{base}{folder}\n  Cache-Control: {KEPT}");
    }
    // Some of these hosts join the values that several rules give one header. Browsers do not know a joined value of
    // who may embed a file, and then let anyone; a second policy does not weaken the first. But a sandbox does not suit
    // a PDF, so the rules for assets are written for each ending that the site has.
    for folder in OPEN {
        let _ = writeln!(out, "{base}{folder}/*");
        for (name, value) in ANYONE {
            let _ = writeln!(out, "  {name}: {value}");
        }
    }
    let endings: BTreeSet<&str> =
        site.assets.iter().filter_map(|path| Some(path.file_name().rsplit_once('.')?.1)).collect();
    for ending in endings {
        let policy = policy_of_asset(ending);
        let kind = media_type(&site.config, &format!("{ASSETS}/x.{ending}"));
        let _ = writeln!(out, "{base}{ASSETS}/*.{ending}\n  Content-Security-Policy: {policy}\n  Content-Type: {kind}");
        if saved(&site.config).iter().any(|own| own.eq_ignore_ascii_case(ending)) {
            out.push_str("  Content-Disposition: attachment\n");
        }
    }
    out
}

/// `_redirects`, as the same hosts read it.
pub fn redirects(site: &Site) -> String {
    old_addresses::hosts(site, root(site))
}

/// `.htaccess`, as Apache reads it in the site's own folder, wherever that is. It uses only what a host allows with
/// `AllowOverride FileInfo`, since one directive that is not allowed makes Apache refuse every page. Directives of
/// modules that a host may lack are conditional.
pub fn htaccess(site: &Site) -> String {
    let mut out = format!("ErrorDocument 404 {}404.html\n", root(site));
    for (ending, kind) in media_types(&site.config) {
        let _ = writeln!(out, "AddType {kind} .{ending}");
    }
    let policy = policy::header(&site.config);
    let _ = writeln!(out, "<IfModule mod_headers.c>\n  Header always set Content-Security-Policy \"{policy}\"");
    for (name, value) in EVERYWHERE.into_iter().chain([(BUILT_IN_BY, SITE_ALONE)]) {
        let _ = writeln!(out, "  Header always set {name} \"{value}\"");
    }
    let endings = COMPRESSED.map(|(ending, _)| ending).join("|");
    // Apache adds a suffix to the tag of what it compresses, and then does not recognize it.
    out.push_str("  RequestHeader edit* If-None-Match \"-gzip\\\"\" \"\\\"\"\n");
    let _ = writeln!(
        out,
        "  Header set Cache-Control \"{ASKED_AGAIN}\"\n  Header set Cache-Control \"{KEPT}\" env=HASHED\n\
         \x20 <FilesMatch \"\\.({endings})(\\.gz)?$\">\n    Header merge Vary Accept-Encoding\n  </FilesMatch>\n</IfModule>"
    );
    out.push_str(concat!(
        "<IfModule mod_rewrite.c>\n",
        "  RewriteEngine On\n",
        "  RewriteRule (^|/)\\.(?!well-known/) - [R=404,L]\n",
        "  # Folders without a page are not listed\n",
        "  RewriteCond %{REQUEST_FILENAME} -d\n",
        "  RewriteCond %{REQUEST_FILENAME}/index.html !-f\n",
        "  RewriteRule ^ - [R=404,L]\n",
    ));
    let _ = writeln!(out, "  RewriteRule {HASHED} - [E=HASHED:1]");
    // The folder that the site is in, which Apache knows only from the rest of the address.
    out.push_str("  RewriteCond %{REQUEST_URI}::$1 ^(.*?/)(.*)::\\2$\n  RewriteRule ^(.*)$ - [E=BASE:%1]\n");
    out.push_str(&old_addresses::apache(site));
    out.push_str(concat!(
        "</IfModule>\n",
        "# Files compressed beforehand (diptych build --precompress), where a header can say so\n",
        "<IfModule mod_headers.c>\n<IfModule mod_rewrite.c>\n",
        "  RewriteCond %{ENV:REDIRECT_GZIPPED} =1\n",
        "  RewriteRule ^ - [E=no-gzip:1,L]\n",
        "  RewriteCond %{HTTP:Accept-Encoding} gzip\n",
        "  RewriteCond %{HTTP:Accept-Encoding} !gzip\\s*;\\s*q=0(\\.0*)?\\s*(,|$)\n",
        "  RewriteRule ^ - [E=ACCEPTS_GZIP:1]\n",
        "  RewriteCond %{ENV:ACCEPTS_GZIP} =1\n",
        "  RewriteCond %{REQUEST_FILENAME}index.html.gz -f\n",
        "  RewriteRule ^(.*/)?$ $1index.html.gz [T=text/html;charset=utf-8,E=GZIPPED:1,L]\n",
    ));
    for (ending, kind) in COMPRESSED {
        let _ = writeln!(
            out,
            "  RewriteCond %{{ENV:ACCEPTS_GZIP}} =1\n  RewriteCond %{{REQUEST_FILENAME}}.gz -f\n  \
             RewriteRule ^(.+)\\.{ending}$ $1.{ending}.gz [T={},E=GZIPPED:1,L]",
            with_charset(kind)
        );
    }
    let _ = writeln!(
        out,
        "</IfModule>\n</IfModule>\n\
         <If \"reqenv('REDIRECT_GZIPPED') == '1'\">\n  RemoveType .gz\n  RemoveEncoding .gz\n  \
         <IfModule mod_headers.c>\n    Header set Content-Encoding gzip\n  </IfModule>\n</If>\n\
         <IfModule mod_deflate.c>\n  <IfModule mod_filter.c>\n    AddOutputFilterByType DEFLATE {}\n  </IfModule>\n\
         </IfModule>",
        COMPRESSED.map(|(_, kind)| kind).join(" ")
    );
    out
}

/// `.htaccess` of the folder of assets. Files that come from content are sent as they are, whatever the server would
/// run: setting the handler overrules those in the server's own settings for endings.
pub fn htaccess_of_assets(site: &Site) -> String {
    let mut out =
        format!("<IfModule mod_headers.c>\n  Header always set Content-Security-Policy \"{}\"\n", policy_of_asset(""));
    for (name, value) in ANYONE {
        let _ = writeln!(out, "  Header always set {name} \"{value}\"");
    }
    let _ = writeln!(
        out,
        "  <FilesMatch \"(?i)\\.pdf$\">\n    Header always set Content-Security-Policy \"{}\"\n  </FilesMatch>\n</IfModule>\n\
         <FilesMatch \".\">\n  SetHandler default-handler\n</FilesMatch>",
        policy_of_asset("pdf")
    );
    let saved = saved(&site.config).join("|");
    if !saved.is_empty() {
        let _ = writeln!(
            out,
            "<FilesMatch \"(?i)\\.({saved})$\">\n  ForceType {}\n  <IfModule mod_headers.c>\n    \
             Header always set Content-Disposition attachment\n  </IfModule>\n</FilesMatch>",
            crate::source::asset::DOWNLOAD
        );
    }
    out
}

/// `.htaccess` of the folder of open data.
pub fn htaccess_of_data(_: &Site) -> String {
    let mut out = String::from("<IfModule mod_headers.c>\n");
    for (name, value) in ANYONE {
        let _ = writeln!(out, "  Header always set {name} \"{value}\"");
    }
    out.push_str("</IfModule>\n");
    out
}

/// Directives for a `server` block of nginx, or for only the site's part of one.
pub fn nginx(site: &Site) -> String {
    let base = root(site);
    let kept = format!("{}{}", base.replace('.', "\\."), HASHED.trim_start_matches('^')).replace("//", "/");
    let policy = policy::header(&site.config);
    // A location with headers of its own does not inherit those around it.
    let always = |indent: &str, policy: &str, open: bool, out: &mut String| {
        let of_others: &[(&str, &str)] = if open { &ANYONE } else { &[(BUILT_IN_BY, SITE_ALONE)] };
        let own = [("Content-Security-Policy", policy)].into_iter().chain(EVERYWHERE);
        for (name, value) in own.chain(of_others.iter().copied()) {
            let _ = writeln!(out, "{indent}add_header {name} \"{value}\" always;");
        }
    };
    let mut out = format!(
        "# In the server block that serves this folder, or the location of a folder below:\n\
         # include /path/to/site/.server/nginx.conf;\n\
         index index.html;\nerror_page 404 {base}404.html;\n\
         # A folder without a page\nerror_page 403 =404 {base}404.html;\nabsolute_redirect off;\n\
         gzip_static on;\ngzip on;\ngzip_vary on;\ngzip_types"
    );
    // With its encoding, `text/html` is not what nginx compresses by default.
    for (_, kind) in COMPRESSED {
        let _ = write!(out, " \"{}\"", with_charset(kind));
    }
    out.push_str(";\ndefault_type application/octet-stream;\ntypes {\n");
    for (ending, kind) in media_types(&site.config) {
        let _ = writeln!(out, "  \"{kind}\" {ending};");
    }
    out.push_str("}\n");
    always("", &policy, false, &mut out);
    let _ = write!(
        out,
        "add_header Cache-Control \"{ASKED_AGAIN}\" always;\nlocation ~ /\\.(?!well-known/) {{\n  return 404;\n}}\nlocation ~ ^{kept} {{\n"
    );
    always("  ", &policy, false, &mut out);
    let _ = writeln!(out, "  add_header Cache-Control \"{KEPT}\";\n}}");
    // No pattern of the server's own settings takes a file of these folders for a program.
    let open = |out: &mut String, indent: &str, location: &str, policy: &str| {
        let _ = writeln!(out, "{indent}location {location} {{");
        always(&format!("{indent}  "), policy, true, out);
        let _ = writeln!(out, "{indent}  add_header Cache-Control \"{ASKED_AGAIN}\" always;");
    };
    open(&mut out, "", &format!("^~ {base}data/"), &policy);
    let _ = writeln!(out, "{HIDDEN}}}");
    open(&mut out, "", &format!("^~ {base}{ASSETS}/"), policy_of_asset(""));
    out.push_str(HIDDEN);
    open(&mut out, "  ", "~* \\.pdf$", policy_of_asset("pdf"));
    out.push_str("  }\n");
    let saved = saved(&site.config).join("|");
    if !saved.is_empty() {
        open(&mut out, "  ", &format!("~* \\.({saved})$"), policy_of_asset(""));
        out.push_str("    add_header Content-Disposition attachment always;\n  }\n");
    }
    out.push_str("}\n");
    out.push_str(&old_addresses::nginx(site, base));
    out
}

/// Hides hidden files in a folder whose location comes before the patterns around it.
const HIDDEN: &str = "  location ~ /\\. {\n    return 404;\n  }\n";

/// The path of the site's root on its server.
fn root(site: &Site) -> &str {
    site.config.base_url.as_deref().map_or("/", path_of)
}

//! Drawings (SVG): checks that they only draw ([`check`]), and says how large they are shown ([`dimensions`]). An SVG
//! file is a document that browsers run like a page, so only elements and attributes that are known to draw are
//! accepted, and nothing in it may load from elsewhere. Owns `roxmltree`.

use roxmltree::{Document, Node, NodeType, ParsingOptions};

use super::picture::Dimensions;

/// What is wrong with a drawing, and where in it, in bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) at: std::ops::Range<usize>,
    pub(crate) what: What,
}

/// What a drawing must not have in it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// It is not XML, for the parser's own reason.
    Unreadable(String),
    /// It does not begin as a drawing.
    NoDrawing,
    /// An element that does something other than draw.
    Element(String),
    /// An attribute of the same kind, such as one that runs a script.
    Attribute(String),
    /// Something that is loaded from elsewhere.
    Outside(String),
    /// A declaration or an instruction to programs.
    Instruction,
}

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Namespaces of what drawing programs and libraries note in a file; it is not drawn and does nothing.
const NOTES: [&str; 9] = [
    "http://www.inkscape.org/namespaces/inkscape",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/elements/1.1/",
    "http://www.bohemiancoding.com/sketch/ns",
    "http://www.serif.com/",
    "http://ns.adobe.com/AdobeIllustrator/10.0/",
];

/// The elements that draw, in alphabetical order. Those that animate a drawing are not among them: they set attributes,
/// and could set a link.
const ELEMENTS: &str = "\
    a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix \
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR \
    feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile \
    feTurbulence filter g hatch hatchpath image line linearGradient marker mask mesh meshgradient meshpatch meshrow \
    metadata path pattern polygon polyline radialGradient rect solidcolor stop style svg switch symbol text textPath title tspan use view";

/// The attributes that describe a drawing.
const ATTRIBUTES: &str = "\
    accent-height alignment-baseline amplitude aria-describedby aria-hidden aria-label aria-labelledby aria- \
    roledescription azimuth baseFrequency baseProfile baseline-shift bias class clip clip-path clip-rule \
    clipPathUnits color color-interpolation color-interpolation-filters color-profile color-rendering content cursor \
    cx cy d data-name diffuseConstant dir direction display divisor dominant-baseline dx dy edgeMode elevation \
    enable-background exponent fill fill-opacity fill-rule filter filterRes filterUnits flood-color flood-opacity \
    focusable font-family font-feature-settings font-size font-size-adjust font-stretch font-style font-variant \
    font-variant-caps font-variant-ligatures font-variant-numeric font-variation-settings font-weight font fr fx fy \
    glyph-orientation-horizontal glyph-orientation-vertical gradientTransform gradientUnits height id image- \
    rendering in in2 inline-size intercept isolation k1 k2 k3 k4 kernelMatrix kernelUnitLength kerning lang \
    lengthAdjust letter-spacing lighting-color limitingConeAngle line-height marker marker-end marker-mid marker- \
    start markerHeight markerUnits markerWidth mask mask-type maskContentUnits maskUnits method mix-blend-mode mode \
    name numOctaves offset opacity operator order orient overflow overflow-x overflow-y paint-order path pathLength \
    patternContentUnits patternTransform patternUnits pointer-events points pointsAtX pointsAtY pointsAtZ \
    preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY requiredFeatures result role rotate rx ry \
    scale seed shape-inside shape-rendering shape-subtract side slope solid-color solid-opacity spacing \
    specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles stop-color stop-opacity \
    stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity \
    stroke-width style surfaceScale systemLanguage tabindex tableValues target targetX targetY text-align text- \
    anchor text-decoration text-decoration-color text-decoration-line text-decoration-style text-indent text- \
    orientation text-overflow text-rendering text-transform textLength title transform transform-box transform- \
    origin type unicode-bidi values vector-effect version vertical-align viewBox visibility white-space width word- \
    spacing writing-mode x x1 x2 xChannelSelector y y1 y2 yChannelSelector z zoomAndPan contentStyleType media alt \
    rel hreflang crossorigin enable decoding";

/// How a drawing is read.
fn options<'a>() -> ParsingOptions<'a> {
    ParsingOptions { allow_dtd: false, nodes_limit: 1_000_000, ..ParsingOptions::default() }
}

/// How large a drawing is shown by default; `None` if it cannot be read or does not say. One that has only proportions
/// fills the width it is given, as in browsers.
pub(super) fn dimensions(text: &str) -> Option<Dimensions> {
    let document = Document::parse_with_options(text, options()).ok()?;
    let root = document.root_element();
    let side = |name| root.attribute(name).and_then(pixels);
    let view: Vec<f64> = root.attribute("viewBox").map(numbers).unwrap_or_default();
    let ratio = match view[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some(height / width),
        _ => None,
    };
    let (width, height) = match (side("width"), side("height"), ratio) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some(ratio)) => (width, width * ratio),
        (None, Some(height), Some(ratio)) => (height / ratio, height),
        (None, None, Some(ratio)) => (FULL_WIDTH, FULL_WIDTH * ratio),
        _ => return None,
    };
    Dimensions::new(width.round(), height.round())
}

/// In pixels; wider than any column of text.
const FULL_WIDTH: f64 = 1600.0;

/// A length in CSS pixels; `None` if it depends on what is around it.
fn pixels(written: &str) -> Option<f64> {
    let written = written.trim();
    let end = written.find(|c: char| !(c.is_ascii_digit() || ".+-".contains(c))).unwrap_or(written.len());
    let (number, unit) = written.split_at(end);
    let unit = match unit.trim() {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        _ => return None,
    };
    number.parse().ok().map(|number: f64| number * unit).filter(|pixels| *pixels > 0.0)
}

fn numbers(written: &str) -> Vec<f64> {
    let parts = written.split(|c: char| c == ',' || c.is_ascii_whitespace()).filter(|part| !part.is_empty());
    parts.filter_map(|part| part.parse().ok()).collect()
}

/// The first thing in a drawing that does something other than draw.
pub(crate) fn check(text: &str) -> Option<Fault> {
    let document = match Document::parse_with_options(text, options()) {
        Ok(document) => document,
        Err(roxmltree::Error::DtdDetected) => {
            let at = text.find("<!DOCTYPE").unwrap_or_default();
            return Some(Fault {
                at: at..text[at..].find('>').map_or(text.len(), |end| at + end + 1),
                what: What::Instruction,
            });
        }
        Err(error) => {
            let at = offset(text, error.pos());
            return Some(Fault { at: at..at, what: What::Unreadable(error.to_string()) });
        }
    };
    if !document.root_element().has_tag_name((SVG, "svg")) {
        return Some(Fault { at: 0..0, what: What::NoDrawing });
    }
    document.descendants().find_map(node)
}

fn node(node: Node<'_, '_>) -> Option<Fault> {
    let fault = |what| Some(Fault { at: start_tag(node), what });
    match node.node_type() {
        NodeType::PI => return fault(What::Instruction),
        NodeType::Element => {}
        _ => return None,
    }
    let name = node.tag_name();
    match name.namespace() {
        Some(SVG) if is_one_of(ELEMENTS, name.name()) => {}
        Some(own) if NOTES.contains(&own) => return None,
        _ => return fault(What::Element(name.name().to_owned())),
    }
    for attribute in node.attributes() {
        let (name, value) = (attribute.name(), attribute.value());
        let at = attribute.range();
        let what = match attribute.namespace() {
            Some(own) if NOTES.contains(&own) => continue,
            Some(XML) if ["space", "lang", "id"].contains(&name) => continue,
            Some(XLINK) | None if name == "href" => {
                (!leads_inside(node.tag_name().name(), value)).then(|| What::Outside(value.to_owned()))
            }
            Some(XLINK) if ["type", "title", "show", "actuate", "role", "arcrole"].contains(&name) => None,
            None if is_one_of(ATTRIBUTES, name) || name.starts_with("data-") => {
                loads(value).then(|| What::Outside(value.to_owned()))
            }
            _ => Some(What::Attribute(name.to_owned())),
        };
        if let Some(what) = what {
            return Some(Fault { at, what });
        }
    }
    let style = (name.name() == "style").then(|| node.descendants().filter_map(|part| part.text()).collect::<String>());
    style.filter(|style| loads(style)).and_then(|_| fault(What::Outside("style".to_owned())))
}

fn is_one_of(names: &str, name: &str) -> bool {
    names.split(' ').any(|own| own == name)
}

/// Whether a link of an element is safe: it leads to a part of the same drawing, is one that readers follow to a page,
/// or is a picture in the file itself.
fn leads_inside(element: &str, written: &str) -> bool {
    let value = written.trim();
    let begins = |beginning: &str| value.get(..beginning.len()).is_some_and(|own| own.eq_ignore_ascii_case(beginning));
    let picture =
        ["png", "jpeg", "jpg", "gif", "webp"].iter().any(|kind| begins(&format!("data:image/{kind};base64,")));
    value.starts_with('#')
        || element == "a" && ["https://", "http://", "mailto:"].iter().any(|scheme| begins(scheme))
        || element == "image" && picture
}

/// Whether a value or a style loads something from elsewhere, or may: `url()` leads only to a part of the same drawing.
/// In a style, a backslash could write any of these words in another way, so none is allowed.
fn loads(value: &str) -> bool {
    let plain: String =
        value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).flat_map(char::to_lowercase).collect();
    let elsewhere = plain.match_indices("url(").any(|(at, _)| {
        let target = plain[at + 4..].trim_start_matches(['"', '\'']);
        !target.starts_with('#')
    });
    let words = [
        "@import",
        "@font-face",
        "@namespace",
        "@charset",
        "javascript:",
        "vbscript:",
        "expression(",
        "-moz-binding",
        "behavior:",
        "image(",
        "image-set(",
        "src(",
        "data:text",
        "\\",
    ];
    elsewhere || words.iter().any(|word| plain.contains(word))
}

/// The start tag of an element, or the whole of any other node.
fn start_tag(node: Node<'_, '_>) -> std::ops::Range<usize> {
    let range = node.range();
    let text = &node.document().input_text()[range.clone()];
    range.start..text.find('>').map_or(range.end, |end| range.start + end + 1)
}

/// The byte at a row and column, both from 1, columns in characters.
fn offset(text: &str, at: roxmltree::TextPos) -> usize {
    let row = at.row.saturating_sub(1) as usize;
    let start: usize = text.split_inclusive('\n').take(row).map(str::len).sum();
    let line = text[start..].split('\n').next().unwrap_or_default();
    start + line.char_indices().nth(at.col.saturating_sub(1) as usize).map_or(line.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(inner: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?>\n<!-- made by hand -->\n<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\" viewBox=\"0 0 9 9\">{inner}</svg>"
        )
    }

    #[test]
    fn a_drawing_is_as_large_as_it_says_and_one_of_proportions_fills_its_width() {
        let size = |attributes: &str| {
            dimensions(&format!("<svg xmlns=\"{SVG}\" {attributes}/>")).map(|size| (size.width, size.height))
        };
        assert_eq!(size("width='300' height='150px'"), Some((300, 150)));
        assert_eq!(size("width='1in' height='2.54cm' viewBox='0 0 9 1'"), Some((96, 96)));
        assert_eq!(size("width='200' viewBox='0 0 20 10'"), Some((200, 100)));
        assert_eq!(size("height='50' viewBox='0,0,20,10'"), Some((100, 50)));
        assert_eq!(size("viewBox='0 0 24 12'"), Some((1600, 800)));
        assert_eq!(size("width='100%' height='100%' viewBox='0 0 2 1'"), Some((1600, 800)));
        for none in ["", "width='10'", "width='-1' height='5'", "width='1e9' height='inf'", "viewBox='0 0 0 5'"] {
            assert_eq!(size(none), None, "{none}");
        }
        assert_eq!(dimensions("<svg"), None);
    }

    #[test]
    fn drawings_are_let_in_as_programs_write_them() {
        for inner in [
            "<title>A</title><g fill=\"#123\"><path d=\"M0 0h9\" style=\"stroke: red; fill: url(#a)\"/></g>",
            "<defs><linearGradient id=\"a\"><stop offset=\"0\" stop-color=\"red\"/></linearGradient></defs><rect fill=\"url( '#a' )\"/>",
            "<style>.a { fill: url(#a) } rect { opacity: .5 }</style><use xlink:href=\"#a\"/><use href=\"#a\"/>",
            "<image href=\"data:image/png;base64,AAAA\"/><a href=\"https://example.org/\"><text>x</text></a>",
            "<metadata><r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" r:about=\"\"/></metadata>",
            "<text xml:space=\"preserve\" data-x=\"y\" aria-label=\"z\">1 &lt; 2 &#233;</text><filter><feOffset dx=\"1\"/></filter>",
        ] {
            assert_eq!(check(&drawing(inner)), None, "{inner}");
        }
    }

    #[test]
    fn nothing_in_a_drawing_runs() {
        for inner in [
            "<script>x</script>",
            "<script href=\"#a\"/>",
            "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\"/>",
            "<foreignObject><div xmlns=\"http://www.w3.org/1999/xhtml\"/></foreignObject>",
            "<iframe/>",
            "<handler/>",
            "<Script/>",
            "<g onload=\"x\"/>",
            "<g ONCLICK=\"x\"/>",
            "<g onfocusin=\"x\"/>",
            "<animate onbegin=\"x\"/>",
            "<set attributeName=\"href\" to=\"javascript:x\"/>",
            "<animate attributeName=\"href\" values=\"javascript:x\"/>",
            "<a href=\"javascript:x\"/>",
            "<a href=\" java\nscript:x\"/>",
            "<a xlink:href=\"JavaScript:x\"/>",
            "<a href=\"&#106;avascript:x\"/>",
            "<a href=\"data:text/html,x\"/>",
            "<a href=\"//example.org\"/>",
            "<embed/>",
            "<object/>",
            "<video/>",
            "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"/>",
            "<x xmlns=\"\"/>",
            "<metadata><script>x</script></metadata>",
            "<s:namedview xmlns:s=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\"><h:script xmlns:h=\"http://www.w3.org/1999/xhtml\"/></s:namedview>",
            "<?xml-stylesheet href=\"x.xsl\"?>",
            "<g xml:base=\"https://example.org/\"/>",
            "<g xmlns:e=\"http://www.w3.org/2001/xml-events\" e:event=\"x\"/>",
        ] {
            assert!(check(&drawing(inner)).is_some(), "{inner}");
        }
    }

    #[test]
    fn nothing_in_a_drawing_comes_from_elsewhere() {
        for inner in [
            "<image href=\"https://example.org/x.png\"/>",
            "<image xlink:href=\"x.png\"/>",
            "<image href=\"data:image/svg+xml;base64,AA\"/>",
            "<use href=\"x.svg#a\"/>",
            "<use href=\"https://example.org/x.svg#a\"/>",
            "<rect fill=\"url(https://example.org/x#a)\"/>",
            "<rect style=\"fill: url(x.svg#a)\"/>",
            "<rect style=\"fill: u\\72l(x)\"/>",
            "<style>@import 'x.css'</style>",
            "<style>@import/**/url(x)</style>",
            "<style>@font-face { src: url(x) }</style>",
            "<style><![CDATA[ a { fill: URL(\"x\") } ]]></style>",
            "<feImage href=\"#a\"/>",
            "<style>a { background: image-set('x' 1x) }</style>",
            "<rect cursor=\"url(x)\"/>",
            "<link href=\"x\"/>",
            "<textPath href=\"x#a\"/>",
            "<mpath href=\"x\"/>",
            "<pattern xlink:href=\"http://example.org/\"/>",
        ] {
            assert!(check(&drawing(inner)).is_some(), "{inner}");
        }
    }

    #[test]
    fn entities_and_what_is_no_drawing_are_refused_where_they_are() {
        let text = format!("<!DOCTYPE svg [<!ENTITY a \"b\">]>\n<svg xmlns=\"{SVG}\"><text>&a;</text></svg>");
        assert_eq!(check(&text).map(|fault| fault.what), Some(What::Instruction));
        assert_eq!(
            check("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>").map(|fault| fault.what),
            Some(What::NoDrawing)
        );
        assert_eq!(check("<svg/>").map(|fault| fault.what), Some(What::NoDrawing));
        for text in ["", "x", "<svg", "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>", "é<"] {
            assert!(matches!(check(text), Some(Fault { what: What::Unreadable(_), .. })), "{text}");
        }
        let text = drawing("<g><script>x</script></g>");
        let fault = check(&text).unwrap();
        assert_eq!((&text[fault.at], fault.what), ("<script>", What::Element("script".to_owned())));
        assert!(check(&drawing(&"<g>".repeat(100_000))).is_some(), "as deep as it may be");
    }
}

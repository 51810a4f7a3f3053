//! How large a picture is shown by default: [`Dimensions`]. Owns `imagesize` and `exif`.

use std::io::{self, BufRead, Seek, SeekFrom};

use exif::{In, Tag};
use imagesize::{ImageError, ImageResult, ImageType};

use crate::machine;

/// The width and height of a picture, in pixels. Neither is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dimensions {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Dimensions {
    /// The longest side that is accepted: browsers show no longer one.
    const LONGEST: u32 = 65_535;

    /// `None` if no picture can be so large.
    pub(super) fn new(width: f64, height: f64) -> Option<Self> {
        let side = |pixels: f64| -> Option<u32> {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside of the range")]
            (1.0..=f64::from(Self::LONGEST)).contains(&pixels).then_some(pixels as u32)
        };
        Some(Self { width: side(width)?, height: side(height)? })
    }
}

/// Whether a file of this name is a picture that browsers show on a page.
pub fn is_picture(name: &str) -> bool {
    const ENDINGS: [&str; 9] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico"];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.iter().any(|own| own.eq_ignore_ascii_case(ending))
}

/// The dimensions of a raster picture; `None` if it is not a picture that browsers show, or its end is missing. A
/// photograph that says which side is up is turned that way, as in browsers. Fails if the machine does.
pub(super) fn dimensions(mut picture: impl BufRead + Seek) -> io::Result<Option<Dimensions>> {
    let Some(kind) = of_picture(imagesize::reader_type(&mut picture))? else { return Ok(None) };
    picture.seek(SeekFrom::Start(0))?;
    let Some(size) = of_picture(imagesize::reader_size(&mut picture))? else { return Ok(None) };
    let is_whole = match kind {
        ImageType::Png => ends_with(&mut picture, b"IEND")?,
        ImageType::Jpeg => ends_with(&mut picture, b"\xff\xd9")?,
        _ => true,
    };
    if !is_whole {
        return Ok(None);
    }
    let side = |pixels: usize| u32::try_from(pixels).map_or(f64::INFINITY, f64::from);
    let upright = Dimensions::new(side(size.width), side(size.height));
    let is_turned = upright.is_some() && kind == ImageType::Jpeg && lies_on_its_side(picture).unwrap_or(false);
    let turned = |Dimensions { width, height }| Dimensions { width: height, height: width };
    Ok(if is_turned { upright.map(turned) } else { upright })
}

/// What was found out about a picture; `None` if it is not one.
fn of_picture<T>(found: ImageResult<T>) -> io::Result<Option<T>> {
    match found {
        Err(ImageError::IoError(error)) if machine::has_failed(&error) => Err(error),
        found => Ok(found.ok()),
    }
}

/// Whether the sign that ends a picture is there. Cameras write more after it, so it is first looked for near the end.
fn ends_with(mut picture: impl BufRead + Seek, sign: &[u8]) -> io::Result<bool> {
    const TAIL: u64 = 64 * 1024;
    let length = picture.seek(SeekFrom::End(0))?;
    let mut read_from = |start: u64| -> io::Result<Vec<u8>> {
        picture.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        picture.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let has_sign = |bytes: &[u8]| bytes.windows(sign.len()).any(|window| window == sign);
    let tail = length.saturating_sub(TAIL);
    if tail > 0 && has_sign(&read_from(tail)?) {
        return Ok(true);
    }
    let whole = read_from(0)?;
    Ok(has_sign(&whole[head(&whole)..]))
}

/// The length of a photograph's head, which may contain a small picture with an end of its own.
fn head(photograph: &[u8]) -> usize {
    let mut at = 2;
    while let Some([0xff, marker, high, low]) = photograph.get(at..at + 4)
        && *marker != 0xda
    {
        at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
    }
    if photograph.starts_with(b"\xff\xd8") { at.min(photograph.len()) } else { 0 }
}

/// Whether a photograph was taken with the camera turned by a quarter.
fn lies_on_its_side(mut photograph: impl BufRead + Seek) -> Option<bool> {
    photograph.seek(SeekFrom::Start(0)).ok()?;
    let notes = exif::Reader::new().read_from_container(&mut photograph).ok()?;
    let orientation = notes.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    Some((5..=8).contains(&orientation))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    fn size(bytes: &[u8]) -> Option<(u32, u32)> {
        dimensions(Cursor::new(bytes)).unwrap().map(|size| (size.width, size.height))
    }

    /// A photograph without its pixels; `orientation` as cameras note it.
    fn photograph(orientation: u8) -> Vec<u8> {
        let tiff = [b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".as_slice(), &[orientation, 0, 0, 0, 0, 0, 0, 0]];
        let exif = [b"Exif\0\0".as_slice(), &tiff.concat()].concat();
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let frame = b"\xff\xc0\0\x0b\x08\0\x64\0\xc8\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0\xff\xd9";
        [b"\xff\xd8\xff\xe1".as_slice(), &length, &exif, frame].concat()
    }

    #[test]
    fn each_kind_says_how_large_it_is() {
        assert_eq!(size(b"GIF89a\x40\x01\xf0\0\0\0\0"), Some((320, 240)));
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0";
        assert_eq!(size(&[png.as_slice(), b"\0\0\0\0IEND\xae\x42\x60\x82"].concat()), Some((640, 480)));
        let webp = b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x1f\x03\0\x57\x02\0";
        assert_eq!(size(webp), Some((800, 600)));
    }

    #[test]
    fn a_photograph_taken_on_its_side_is_turned() {
        assert_eq!(size(&photograph(1)), Some((200, 100)));
        assert_eq!(size(&photograph(6)), Some((100, 200)));
    }

    #[test]
    fn a_picture_that_is_cut_off_is_none() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0";
        assert_eq!(size(png), None);
        let whole = photograph(1);
        assert_eq!(size(&whole[..whole.len() - 2]), None);
        assert_eq!(size(&[whole, vec![0; 200_000]].concat()), Some((200, 100)));
    }

    #[test]
    fn what_is_no_picture_has_no_dimensions() {
        for bytes in
            [b"".as_slice(), b"PNG", b"%PDF-1.7", b"GIF89a\0\0\0\0\0\0\0", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"]
        {
            assert_eq!(size(bytes), None, "{bytes:?}");
        }
        assert!(is_picture("Map.PNG") && is_picture("a.b.svg"));
        assert!(!is_picture("annex.pdf") && !is_picture("png") && !is_picture("film.mp4"));
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_much(kind in 0usize..5, bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let starts: [&[u8]; 5] =
                [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x10ftypavif\0\0\0\0", b"GIF89a"];
            let _ = size(&[starts[kind], &bytes].concat());
        }
    }
}

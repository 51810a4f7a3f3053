//! The encodings other than UTF-8 in which texts arrive: UTF-16, which Windows calls “Unicode”, and Windows-1252.

/// The order of the two bytes of a unit of UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrder {
    /// The low byte comes first.
    Little,
    /// The high byte comes first.
    Big,
}

/// The bytes 0x80 to 0x9F of Windows-1252; those without a meaning there stand for themselves.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The order that a byte order mark at the beginning of UTF-16 gives.
pub fn marked_order(bytes: &[u8]) -> Option<ByteOrder> {
    match bytes {
        [0xff, 0xfe, ..] => Some(ByteOrder::Little),
        [0xfe, 0xff, ..] => Some(ByteOrder::Big),
        _ => None,
    }
}

/// The order of the bytes of UTF-16 without a byte order mark: where most of every second byte is zero, as in any text in
/// a language of Europe, and hardly any of the others.
pub fn unmarked_order(bytes: &[u8]) -> Option<ByteOrder> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second, all) = (zeros(0), zeros(1), bytes.len() / 2);
    match () {
        () if second * 2 > all && first * 20 < all => Some(ByteOrder::Little),
        () if first * 2 > all && second * 20 < all => Some(ByteOrder::Big),
        () => None,
    }
}

/// A text in UTF-16, without its byte order mark. What is not UTF-16 becomes U+FFFD; a byte without its pair counts as
/// the first of one whose second is zero.
pub fn utf16(bytes: &[u8], order: ByteOrder) -> String {
    let unit = match order {
        ByteOrder::Little => u16::from_le_bytes,
        ByteOrder::Big => u16::from_be_bytes,
    };
    let units = bytes.chunks(2).map(|pair| unit([pair[0], pair.get(1).copied().unwrap_or_default()]));
    let text = String::from_utf16_lossy(&units.collect::<Vec<_>>());
    text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)
}

/// The character that a byte stands for in Windows-1252.
pub fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The byte that stands for a character in Windows-1252.
pub(super) fn windows_1252_byte(c: char) -> Option<u8> {
    match WINDOWS_1252.iter().zip(0x80..).find(|(own, _)| **own == c) {
        Some((_, byte)) => Some(byte),
        None => u8::try_from(u32::from(c)).ok(),
    }
}

//! The formulas of ranking: [`rarity`], [`saturated`] and [`covering`].

/// How often a word must be said before more of it says nothing new.
const SATURATION: f32 = 1.2;
/// The part of a page's score that does not depend on how much of the question it holds.
const ANYWAY: f32 = 0.3;

/// How much of a score remains where only a share of the question is covered.
pub(super) fn covering(share: f32) -> f32 {
    ANYWAY + (1.0 - ANYWAY) * share * share
}

/// A word said often, on its way to where more of it says nothing new.
pub(super) fn saturated(said: f32) -> f32 {
    said * (SATURATION + 1.0) / (said + SATURATION)
}

/// How much a word tells that `having` of `pages` pages have.
pub(super) fn rarity(pages: usize, having: usize) -> f32 {
    let (pages, having) = (pages as f32, having as f32);
    logarithm(1.0 + (pages - having + 0.5).max(0.5) / (having + 0.5))
}

/// The natural logarithm, computed from sums and products only: the same bits on every machine, so that the order of
/// results is, too.
fn logarithm(x: f32) -> f32 {
    let bits = x.to_bits();
    let exponent = ((bits >> 23) & 0xff) as f32 - 127.0;
    let mantissa = f32::from_bits((bits & 0x007f_ffff) | 0x3f80_0000);
    let t = (mantissa - 1.0) / (mantissa + 1.0);
    let square = t * t;
    let series = 1.0 + square * (1.0 / 3.0 + square * (1.0 / 5.0 + square * (1.0 / 7.0 + square / 9.0)));
    exponent * std::f32::consts::LN_2 + 2.0 * t * series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_one() {
        for x in [1.0_f32, 1.5, 2.0, 7.0, 1000.0, 20_000.0] {
            assert!((logarithm(x) - x.ln()).abs() < 1e-4, "{x}");
        }
    }

    #[test]
    fn rare_words_tell_more() {
        assert!(rarity(1000, 1) > rarity(1000, 10) && rarity(1000, 900) > 0.0);
    }
}

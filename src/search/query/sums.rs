//! What the words of a question add up to, place by place: [`Weighed`] for one word, [`Sums`] for all.

/// What a section has of one word, or of all.
#[derive(Clone, Copy, Default)]
pub(super) struct Part {
    pub(super) score: f32,
    pub(super) found: f32,
    pub(super) headed: f32,
}

impl Part {
    pub(super) fn raise(&mut self, score: f32, found: f32, headed: f32) {
        self.score = self.score.max(score);
        self.found = self.found.max(found);
        self.headed = self.headed.max(headed);
    }
}

/// What one word gives, by its best variant in each place.
pub(super) struct Weighed {
    /// The score that each page has from it, and the variant.
    pub(super) pages: Vec<(f32, u8)>,
    /// How surely each page, its title, and its keywords have it.
    pub(super) found: Vec<f32>,
    pub(super) titled: Vec<f32>,
    pub(super) keyed: Vec<f32>,
    pub(super) heads: Vec<Part>,
    pub(super) sections: Vec<Part>,
    /// What the word is worth, by rarity.
    pub(super) worth: f32,
}

impl Weighed {
    pub(super) fn new(pages: usize, sections: usize) -> Self {
        Self {
            pages: vec![(0.0, 0); pages],
            found: vec![0.0; pages],
            titled: vec![0.0; pages],
            keyed: vec![0.0; pages],
            heads: vec![Part::default(); pages],
            sections: vec![Part::default(); sections],
            worth: 0.0,
        }
    }
}

/// What the words of the question add up to.
pub(super) struct Sums {
    pub(super) pages: Vec<f32>,
    pub(super) covered: Vec<f32>,
    pub(super) titled: Vec<f32>,
    pub(super) keyed: Vec<f32>,
    /// How many words of the question there are, and how many of them each page has.
    pub(super) required: u32,
    pub(super) had: Vec<u32>,
    pub(super) title_words: Vec<f32>,
    /// Title, keywords and summary of each page, as if they were a section.
    pub(super) heads: Vec<Part>,
    pub(super) sections: Vec<Part>,
    pub(super) whole: f32,
    pub(super) worths: Vec<f32>,
}

impl Sums {
    pub(super) fn new(pages: usize, sections: usize) -> Self {
        Self {
            pages: vec![0.0; pages],
            covered: vec![0.0; pages],
            titled: vec![0.0; pages],
            keyed: vec![0.0; pages],
            required: 0,
            had: vec![0; pages],
            title_words: vec![0.0; pages],
            heads: vec![Part::default(); pages],
            sections: vec![Part::default(); sections],
            whole: 0.0,
            worths: Vec::new(),
        }
    }

    /// Adds a word. One that counts is a loss to what lacks it, or has it less surely than is enough.
    pub(super) fn add(&mut self, word: &Weighed, counts: bool, enough: f32) {
        self.required += u32::from(counts);
        let worth = word.worth;
        let counted = if counts { worth } else { 0.0 };
        self.worths.push(worth);
        self.whole += counted;
        for (page, &(score, _)) in word.pages.iter().enumerate().filter(|(_, (score, _))| *score > 0.0) {
            self.pages[page] += score;
            self.covered[page] += counted * word.found[page];
            self.titled[page] += counted * word.titled[page];
            self.keyed[page] += counted * word.keyed[page];
            self.had[page] += u32::from(counts && word.found[page] >= enough);
            self.title_words[page] += f32::from(counts && word.titled[page] > 0.0);
        }
        let heads = self.heads.iter_mut().zip(&word.heads);
        for (sum, part) in heads.chain(self.sections.iter_mut().zip(&word.sections)) {
            sum.score += part.score;
            sum.found += counted * part.found;
            sum.headed += counted * part.headed;
        }
    }
}

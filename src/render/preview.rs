//! The image that messengers and networks show beside a link: a page's title on the site's deep blue, as PNG.
//!
//! 1. [`Preview::path`] names the image by a hash of what it says, so pages can name it before it is drawn;
//! 2. [`Preview::png`] breaks the title into lines, puts the letters there and packs them into sixteen shades;
//! 3. [`Letters`] draws each letter of each size once for all images.
//!
//! Letters come from two subsets of the theme's own fonts (Latin, no hinting), embedded here because the theme's files are WOFF2.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use ab_glyph::{Font, FontRef, Glyph, PxScale, ScaleFont, point};
use png::{BitDepth, ColorType, Compression, Encoder, Filter};

use crate::base::hash::sha256_hex;

const SERIF: &[u8] = include_bytes!("preview/source-serif-4.ttf");
const SANS: &[u8] = include_bytes!("preview/source-sans-3.ttf");

/// Pixels, as Open Graph advises.
pub const SIZE: (u16, u16) = (1200, 630);

/// The darkest and the lightest shade: the theme's `--accent-deep` and white.
const SHADES: [[u8; 3]; 2] = [[0x12, 0x36, 0x6b], [0xff, 0xff, 0xff]];

/// Room on the left and on the right.
const MARGIN: f32 = 80.0;

/// Where they lie in the output.
pub const FOLDER: &str = "static/preview/";

/// Goes into the name, so that a change of the drawing is a new name.
const DESIGN: u32 = 2;

/// What an image says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// In large letters.
    pub title: String,
    /// Above the title, small.
    pub above: String,
    /// The site's name, at the foot.
    pub site: String,
}

impl Preview {
    /// Where the image lies in the output.
    pub fn path(&self) -> String {
        let said = format!("{DESIGN}\n{}\n{}\n{}", self.title, self.above, self.site);
        format!("{FOLDER}{}.png", &sha256_hex(said.as_bytes())[..12])
    }

    /// The image.
    ///
    /// # Panics
    ///
    /// Never: a PNG is written into memory.
    pub fn png(&self, letters: &Letters) -> Vec<u8> {
        let mut canvas = Canvas { shades: vec![0; usize::from(SIZE.0) * usize::from(SIZE.1)], letters };
        let (serif, sans) = (&letters.serif, &letters.sans);
        // A bar at the left, as under the menu's current entry.
        canvas.bar(MARGIN, 500.0, 96, 6, 15);
        canvas.line(Face::Sans, 34.0, (MARGIN, 100.0), &fitted(sans, 34.0, &self.above), 11);
        canvas.line(Face::Sans, 34.0, (MARGIN, 568.0), &fitted(sans, 34.0, &self.site), 13);
        let (size, lines) = lines(serif, &self.title);
        for (index, line) in (0_u8..).zip(&lines) {
            canvas.line(Face::Serif, size, (MARGIN, 130.0 + size * 1.16 * (f32::from(index) + 1.0)), line, 15);
        }
        canvas.png()
    }
}

/// The fonts, and every letter that was drawn already: the images of a site say the same ones again and again.
pub struct Letters {
    serif: FontRef<'static>,
    sans: FontRef<'static>,
    drawn: Mutex<BTreeMap<Style, Arc<Letter>>>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Face {
    Serif,
    Sans,
}

/// How a letter is drawn: face, bits of the size, shade, letter, quarters of a pixel that it stands to the right and lower.
type Style = (Face, u32, u8, char, [u8; 2]);

/// A letter's shades, row by row, and where their corner is as seen from the letter's place.
#[derive(Default)]
struct Letter {
    left: i32,
    top: i32,
    width: usize,
    shades: Vec<u8>,
}

impl Letters {
    /// None drawn yet.
    ///
    /// # Panics
    ///
    /// Never: the embedded fonts can be read.
    #[expect(clippy::new_without_default, reason = "fonts are read, which no default should do")]
    pub fn new() -> Self {
        let read = |bytes| FontRef::try_from_slice(bytes).expect("the embedded font can be read");
        Self { serif: read(SERIF), sans: read(SANS), drawn: Mutex::default() }
    }

    fn font(&self, face: Face) -> &FontRef<'static> {
        match face {
            Face::Serif => &self.serif,
            Face::Sans => &self.sans,
        }
    }

    fn letter(&self, style: Style) -> Arc<Letter> {
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(drawn.entry(style).or_insert_with(|| Arc::new(Letter::draw(self.font(style.0), style))))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "letters are some hundred pixels wide at most, and shades are clamped")]
impl Letter {
    fn draw(font: &FontRef<'_>, (_, size, shade, c, quarters): Style) -> Self {
        let scale = PxScale::from(f32::from_bits(size));
        let [x, y] = quarters.map(|quarters| f32::from(quarters) / 4.0);
        let glyph: Glyph = font.glyph_id(c).with_scale_and_position(scale, point(x, y));
        let Some(outline) = font.outline_glyph(glyph) else { return Self::default() };
        let bounds = outline.px_bounds();
        let (width, height) = (bounds.width() as usize, bounds.height() as usize);
        let mut shades = vec![0; width * height];
        outline.draw(|x, y, cover| {
            if let Some(pixel) = shades.get_mut(y as usize * width + x as usize) {
                *pixel = (cover * f32::from(shade)).round().clamp(0.0, 15.0) as u8;
            }
        });
        Self { left: bounds.min.x as i32, top: bounds.min.y as i32, width, shades }
    }
}

/// The largest letters in which the title takes at most four lines, and the lines; the end of a longer one is cut.
fn lines(font: &FontRef<'_>, title: &str) -> (f32, Vec<String>) {
    let limit = f32::from(SIZE.0) - 2.0 * MARGIN;
    let mut last = (0.0, Vec::new());
    for (size, most) in [(84.0, 3), (68.0, 4), (56.0, 5)] {
        let mut lines: Vec<String> = Vec::new();
        for word in title.split_whitespace() {
            let longer = lines.last().map(|line| format!("{line} {word}")).filter(|line| width(font, size, line) <= limit);
            match (longer, lines.last_mut()) {
                (Some(longer), Some(line)) => *line = longer,
                _ => lines.push(word.to_owned()),
            }
        }
        let fits = lines.len() <= most && lines.iter().all(|line| width(font, size, line) <= limit);
        lines.truncate(most);
        last = (size, lines);
        if fits {
            return last;
        }
    }
    let lines = last.1.iter().map(|line| fitted(font, last.0, line)).collect();
    (last.0, lines)
}

/// The beginning of a text that fits into a line.
fn fitted(font: &FontRef<'_>, size: f32, text: &str) -> String {
    let limit = f32::from(SIZE.0) - 2.0 * MARGIN;
    if width(font, size, text) <= limit {
        return text.to_owned();
    }
    let scaled = font.as_scaled(PxScale::from(size));
    let (mut end, mut used) = (0, size);
    for (at, c) in text.char_indices() {
        used += scaled.h_advance(scaled.glyph_id(c));
        if used > limit {
            break;
        }
        end = at + c.len_utf8();
    }
    format!("{}…", text[..end].trim_end())
}

fn width(font: &FontRef<'_>, size: f32, text: &str) -> f32 {
    let scaled = font.as_scaled(PxScale::from(size));
    text.chars().map(|c| scaled.h_advance(scaled.glyph_id(c))).sum()
}

/// One shade a pixel, 0 to 15.
struct Canvas<'a> {
    shades: Vec<u8>,
    letters: &'a Letters,
}

#[expect(clippy::cast_possible_truncation, reason = "places on the canvas are small positive numbers")]
impl Canvas<'_> {
    fn bar(&mut self, left: f32, top: f32, width: usize, height: usize, shade: u8) {
        self.put(&Letter { left: 0, top: 0, width, shades: vec![shade; width * height] }, left as i32, top as i32);
    }

    /// Draws a line of text from its left end on its base line.
    fn line(&mut self, face: Face, size: f32, (left, base): (f32, f32), text: &str, shade: u8) {
        let scaled = self.letters.font(face).as_scaled(PxScale::from(size));
        let mut at = left;
        for c in text.chars() {
            // Nobody sees less than a quarter of a pixel, and so few of each letter are drawn. Whole ones would be seen:
            // where the outlines of a letter overlap, its edges are as thick as their place in the pixel makes them.
            let quarters = [at, base].map(|place| (place * 4.0).round() as i32);
            let letter = self.letters.letter((face, size.to_bits(), shade, c, quarters.map(|place| place.rem_euclid(4) as u8)));
            let [x, y] = quarters.map(|place| place.div_euclid(4));
            self.put(&letter, x, y);
            at += scaled.h_advance(scaled.glyph_id(c));
        }
    }

    /// Lays a letter over what is there; what is outside is cut off.
    fn put(&mut self, letter: &Letter, x: i32, y: i32) {
        let (left, width) = (x + letter.left, usize::from(SIZE.0));
        let (from, cut) = (usize::try_from(left).unwrap_or(0).min(width), usize::try_from(-left).unwrap_or(0).min(letter.width));
        for (row, y) in letter.shades.chunks_exact(letter.width.max(1)).zip(y + letter.top..) {
            let Some(line) = usize::try_from(y).ok().and_then(|y| self.shades.get_mut(y * width..(y + 1) * width)) else { continue };
            for (pixel, shade) in line[from..].iter_mut().zip(&row[cut..]) {
                *pixel = (*pixel).max(*shade);
            }
        }
    }

    fn png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, u32::from(SIZE.0), u32::from(SIZE.1));
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Four);
        encoder.set_palette((0..16).flat_map(shade).collect::<Vec<u8>>());
        encoder.set_compression(Compression::Fast);
        encoder.set_filter(Filter::NoFilter);
        let mut packed = vec![0; self.shades.len() / 2];
        for (both, pair) in packed.iter_mut().zip(self.shades.chunks_exact(2)) {
            *both = (pair[0] << 4) | pair[1];
        }
        let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&packed).and_then(|()| writer.finish()));
        written.expect("a PNG is written into memory");
        bytes
    }
}

/// The colour of a shade.
fn shade(number: u16) -> [u8; 3] {
    let mix = |channel: usize| {
        let (dark, light) = (u16::from(SHADES[0][channel]), u16::from(SHADES[1][channel]));
        u8::try_from((dark * (15 - number) + light * number) / 15).unwrap_or(u8::MAX)
    };
    [mix(0), mix(1), mix(2)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_is_broken_and_a_longer_one_is_cut() {
        let font = FontRef::try_from_slice(SERIF).unwrap();
        let (size, short) = lines(&font, "Kurz");
        assert_eq!((size, short), (84.0, vec!["Kurz".to_owned()]));
        let (smaller, many) = lines(&font, &"Auftragsverarbeitungsvertrag ".repeat(4));
        assert!(smaller < size && many.len() == 4, "{many:?}");
        let (_, cut) = lines(&font, &"Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen ".repeat(20));
        assert!(cut.len() == 5 && cut.iter().all(|line| line.ends_with('…')), "{cut:?}");
        // Measured anew for each letter, this would take minutes.
        let endless = fitted(&font, 34.0, &"[a](".repeat(250_000));
        assert!(endless.starts_with("[a](") && endless.len() < 200, "{endless}");
    }

    #[test]
    fn the_name_follows_what_the_image_says() {
        let preview = |title: &str| Preview { title: title.to_owned(), above: String::new(), site: "S".to_owned() };
        assert_ne!(preview("a").path(), preview("b").path());
        let letters = Letters::new();
        assert_eq!(preview("a").png(&letters), preview("a").png(&letters));
    }
}

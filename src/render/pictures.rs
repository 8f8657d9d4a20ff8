//! Pictures of articles in several widths, so that a phone loads no more than it shows.
//!
//! 1. [`Pictures::of`] looks at the heads of the PNG and JPEG files that articles show and names their
//!    variants by a hash of the bytes;
//! 2. [`Pictures::widen`] gives each `<img>` its size and its variants: WebP beside a PNG, JPEG beside a JPEG;
//! 3. [`Variant::make`] draws one. That takes a while, so what an earlier build drew is used again (`shell::publish::drawn`).

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::Arc;

use image::codecs::{jpeg::JpegEncoder, webp::WebPEncoder};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader};

use crate::base::codes;
use crate::base::diag::Diagnostic;
use crate::base::hash::sha256_hex;
use crate::base::path::SitePath;
use crate::base::source::{Sources, Span};
use crate::model::prose::ROOT;
use crate::model::site::{Article, Site};

use super::body::escape;

/// Where variants lie in the output.
pub const FOLDER: &str = "static/pictures/";

/// Widths in pixels: a phone, a text column, a text column on a dense screen.
const WIDTHS: [u32; 3] = [480, 800, 1600];

/// How wide a picture is shown: the width of a text column where there is room for it.
const SIZES: &str = "(min-width: 50rem) 46rem, 100vw";

/// Of a JPEG: small, and without visible blocks.
const QUALITY: u8 = 82;

/// Goes into the names, so that another way of drawing is a new name.
const VERSION: u32 = 1;

/// The pictures that have variants.
#[derive(Debug, Default)]
pub struct Pictures {
    /// By address as it stands in HTML.
    known: BTreeMap<String, Picture>,
}

#[derive(Debug)]
struct Picture {
    size: (u32, u32),
    variants: Vec<Variant>,
}

/// A picture in another width.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Where it lies in the output.
    pub path: String,
    width: u32,
    height: u32,
    format: ImageFormat,
    from: SitePath,
    bytes: Arc<[u8]>,
}

impl Pictures {
    /// The pictures that articles show. Files that are no PNG or JPEG stay as they are.
    pub fn of(site: &Site, sources: &Sources) -> Self {
        let images = |article: &Article| article.body.document.links.iter().filter(|link| link.image).map(|link| link.target.clone()).collect::<Vec<_>>();
        let shown: BTreeSet<String> = site.texts().flat_map(images).collect();
        let known = shown.into_iter().filter_map(|target| {
            let path = SitePath::parse(&format!("content/static/{target}")).ok()?;
            let picture = Picture::of(&path, sources.files.get(&path)?)?;
            Some((escape(&target), picture))
        });
        Self { known: known.collect() }
    }

    /// All variants.
    pub fn variants(&self) -> impl Iterator<Item = &Variant> {
        self.known.values().flat_map(|picture| &picture.variants)
    }

    /// Gives the pictures in an article's HTML their sizes and variants.
    pub fn widen(&self, html: String) -> String {
        if self.known.is_empty() {
            return html;
        }
        let start = format!("<img src=\"{ROOT}");
        let mut parts = html.split(&start);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let known = part.split_once('"').and_then(|(address, rest)| Some((address, self.known.get(address)?, rest.split_once('>')?)));
            let Some((address, picture, (attributes, rest))) = known else {
                out.push_str(&start);
                out.push_str(part);
                continue;
            };
            let (width, height) = picture.size;
            let sized = format!("src=\"{ROOT}{address}\" width=\"{width}\" height=\"{height}\"{attributes}");
            let set: Vec<String> = picture.variants.iter().map(|variant| format!("{ROOT}{} {}w", variant.path, variant.width)).collect();
            let set = set.join(", ");
            let tag = match picture.variants.first() {
                None => format!("<img {sized}>"),
                Some(variant) if variant.format == ImageFormat::WebP => {
                    format!("<picture><source type=\"image/webp\" srcset=\"{set}\" sizes=\"{SIZES}\"><img {sized}></picture>")
                }
                Some(_) => format!("<img srcset=\"{set}, {ROOT}{address} {width}w\" sizes=\"{SIZES}\" {sized}>"),
            };
            out.push_str(&tag);
            out.push_str(rest);
        }
        out
    }
}

/// Whether a picture lies on its side.
fn is_turned(orientation: Orientation) -> bool {
    matches!(orientation, Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH)
}

impl Picture {
    fn of(path: &SitePath, bytes: &Arc<[u8]>) -> Option<Self> {
        let reader = ImageReader::new(Cursor::new(&bytes[..])).with_guessed_format().ok()?;
        let format = match reader.format()? {
            ImageFormat::Png => ImageFormat::WebP,
            ImageFormat::Jpeg => ImageFormat::Jpeg,
            _ => return None,
        };
        let mut decoder = reader.into_decoder().ok()?;
        let (width, height) = decoder.dimensions();
        // A camera held upright says so beside the pixels; browsers turn the picture, and so must we.
        let turned = decoder.orientation().is_ok_and(is_turned);
        let (width, height) = if turned { (height, width) } else { (width, height) };
        if width == 0 || height == 0 {
            return None;
        }
        let hash = &sha256_hex(bytes)[..12];
        // A PNG has a WebP of its own width too, as far as anybody sees the difference.
        let own = (format == ImageFormat::WebP && width < WIDTHS[WIDTHS.len() - 1]).then_some(width);
        let widths = WIDTHS.into_iter().filter(|wanted| *wanted < width).chain(own);
        let variant = |wanted: u32| Variant {
            path: format!("{FOLDER}{}-{wanted}.{hash}{VERSION}.{}", path.stem(), if format == ImageFormat::WebP { "webp" } else { "jpg" }),
            width: wanted,
            height: u32::try_from(u64::from(height) * u64::from(wanted) / u64::from(width)).unwrap_or(1).max(1),
            format,
            from: path.clone(),
            bytes: Arc::clone(bytes),
        };
        Some(Self { size: (width, height), variants: widths.map(variant).collect() })
    }
}

impl Variant {
    /// The picture in this width, or what is wrong with the file it is made from.
    pub fn make(&self) -> Result<Vec<u8>, Vec<Diagnostic>> {
        self.draw().map_err(|_| {
            let finding = Diagnostic::error(codes::BROKEN_PICTURE, format!("`{}` begins like a picture, but cannot be read", self.from.file_name()));
            vec![finding.at(Span { path: self.from.clone(), start: 0, end: 0 }).in_line(1, 1).help("save it again as PNG or JPEG")]
        })
    }

    fn draw(&self) -> Result<Vec<u8>, ImageError> {
        let mut decoder = ImageReader::new(Cursor::new(&self.bytes[..])).with_guessed_format()?.into_decoder()?;
        let orientation = decoder.orientation()?;
        let mut picture = DynamicImage::from_decoder(decoder)?;
        picture.apply_orientation(orientation);
        let picture = picture.resize_exact(self.width, self.height, FilterType::CatmullRom);
        let mut out = Vec::new();
        if self.format == ImageFormat::WebP {
            DynamicImage::from(picture.to_rgba8()).write_with_encoder(WebPEncoder::new_lossless(&mut out))?;
        } else {
            DynamicImage::from(picture.to_rgb8()).write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY))?;
        }
        Ok(out)
    }
}

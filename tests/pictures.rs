//! Pictures of articles: sizes, variants, and nothing drawn twice.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};

use super::support::Project;

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| image::Rgb([u8::try_from(x % 251).unwrap(), u8::try_from(y % 251).unwrap(), 90]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn project() -> Project {
    let project = Project::starter();
    project.write("content/static/bilder/breit.png", picture(1000, 500, ImageFormat::Png));
    project.write("content/static/foto.jpg", picture(900, 600, ImageFormat::Jpeg));
    project.write("content/static/klein.jpg", picture(200, 100, ImageFormat::Jpeg));
    let article = "![Der Warteraum](bilder/breit.png)\n\n![Ein Saal](foto.jpg \"Saal\")\n\n![Ein Zeichen](klein.jpg)";
    project.replace("content/wer-ist-verantwortlich.md", "{{<systems/>}}", article);
    project
}

#[test]
fn pictures_come_in_the_width_that_is_shown() {
    let project = project();
    let ran = project.run(&["build", "--strict"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let output = project.output();
    let page = String::from_utf8(output["wer-ist-verantwortlich/index.html"].clone()).unwrap();
    let tag = |start: &str| page.split(start).nth(1).unwrap_or_else(|| panic!("{start} in {page}")).split("</p>").next().unwrap().to_owned();
    let wide = tag("<picture><source type=\"image/webp\" srcset=\"");
    assert!(
        wide.contains("src=\"../bilder/breit.png\" width=\"1000\" height=\"500\" alt=\"Der Warteraum\" loading=\"lazy\" decoding=\"async\"></picture>"),
        "{wide}"
    );
    assert!(wide.contains("sizes=\"(min-width: 50rem) 46rem, 100vw\""), "{wide}");
    let photo = tag("<img srcset=\"");
    assert!(photo.contains(", ../foto.jpg 900w\"") && photo.contains("title=\"Saal\""), "{photo}");
    assert!(page.contains("<img src=\"../klein.jpg\" width=\"200\" height=\"100\" alt=\"Ein Zeichen\""), "a small one keeps its file: {page}");

    let variants: Vec<(&String, &Vec<u8>)> = output.iter().filter(|(path, _)| path.starts_with("static/pictures/")).collect();
    let widths: Vec<(u32, u32)> =
        variants.iter().map(|(_, bytes)| image::load_from_memory(bytes).map(|image| (image.width(), image.height())).unwrap()).collect();
    assert_eq!(widths, [(1000, 500), (480, 240), (800, 400), (480, 320), (800, 533)]);
    for (path, bytes) in &variants {
        assert!(page.contains(&format!("../{path} ")), "{path} is offered");
        let format = if path.ends_with(".webp") { ImageFormat::WebP } else { ImageFormat::Jpeg };
        assert_eq!(image::guess_format(bytes).unwrap(), format, "{path}");
    }
    assert!(output.contains_key("bilder/breit.png"), "the file itself stays where links lead");
}

#[test]
fn what_was_drawn_before_is_used_again_unless_somebody_changed_it() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, Some(0));
    let before = project.output();
    let again = project.run(&["build"]);
    assert!(again.code == Some(0) && project.output() == before, "{}", again.stdout);
    let (path, _) = before.iter().find(|(path, _)| path.starts_with("static/pictures/")).unwrap();
    project.write(&format!("public/{path}"), b"something else");
    assert_eq!(project.run(&["build"]).code, Some(0));
    assert!(project.output() == before, "the changed file was drawn anew");
    project.write("content/static/foto.jpg", picture(901, 600, ImageFormat::Jpeg));
    assert_eq!(project.run(&["build"]).code, Some(0));
    let names = |tree: &std::collections::BTreeMap<String, Vec<u8>>| tree.keys().filter(|path| path.contains("foto-")).cloned().collect::<Vec<_>>();
    assert!(names(&project.output()).iter().all(|name| !names(&before).contains(name)), "another picture, other names");
}

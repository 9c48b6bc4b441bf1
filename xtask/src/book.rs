//! The guide as a book, by mdBook: the list in `docs/guide/README.md` is its table of contents.

use crate::cargo::WORKSPACE;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A page as the guide's list has it.
#[derive(Debug, PartialEq, Eq)]
struct Page {
    title: String,
    file: String,
}

/// Builds the book into `target/book`.
pub(crate) fn build() -> Result<(), String> {
    let (guide, source) = (guide(), Path::new(WORKSPACE).join("target/book-source"));
    let list = read(&guide.join("README.md"))?;
    let pages = pages(&list);
    missing(&pages, &files(&guide)?)?;
    // What an earlier build has left there would become part of the book.
    if source.exists() {
        fs::remove_dir_all(&source)
            .map_err(|error| format!("{} is in the way: {error}", source.display()))?;
    }
    write(&source.join("book.toml"), &read(&guide.join("book.toml"))?)?;
    write(&source.join("src/SUMMARY.md"), &summary(&pages))?;
    for file in pages.iter().map(|page| page.file.as_str()).chain(["README.md"]) {
        let text = read(&guide.join(file))?;
        write(&source.join("src").join(file), &with_outer_links(&text, env!("CARGO_PKG_REPOSITORY")))?;
    }
    mdbook(&source)
}

fn mdbook(source: &Path) -> Result<(), String> {
    eprintln!("xtask: mdbook build");
    // A relative folder would be one of the source.
    let folder = Path::new(WORKSPACE).canonicalize().map_err(|error| error.to_string())?.join("target/book");
    let mut command = Command::new("mdbook");
    command.arg("build").arg(source).arg("--dest-dir").arg(&folder);
    let status = command.status().map_err(|error| format!("mdbook cannot be started: {error}"))?;
    let failed = || "mdbook could not build the guide".to_owned();
    status
        .success()
        .then(|| eprintln!("xtask: the book is {}/index.html", folder.display()))
        .ok_or_else(failed)
}

fn guide() -> PathBuf {
    Path::new(WORKSPACE).join("docs/guide")
}

/// The pages of a numbered list, in its order.
fn pages(list: &str) -> Vec<Page> {
    let page = |line: &str| {
        let (number, rest) = line.split_once(". [")?;
        number.parse::<u32>().ok()?;
        let (title, rest) = rest.split_once("](")?;
        let (file, _) = rest.split_once(')')?;
        Some(Page { title: title.to_owned(), file: file.to_owned() })
    };
    list.lines().filter_map(page).collect()
}

/// The pages that there are, sorted.
fn files(guide: &Path) -> Result<Vec<String>, String> {
    let unreadable = |error| format!("{} cannot be read: {error}", guide.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(guide).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let is_page = path.extension().is_some_and(|ending| ending == "md") && !path.ends_with("README.md");
        files.extend(path.file_name().filter(|_| is_page).map(|name| name.to_string_lossy().into_owned()));
    }
    files.sort();
    Ok(files)
}

/// An error that names the files that are not in the list, and those in it that do not exist.
fn missing(pages: &[Page], files: &[String]) -> Result<(), String> {
    let unlisted = files.iter().filter(|file| pages.iter().all(|page| page.file != **file));
    let unlisted = unlisted.map(|file| format!("{file} is not in the list of docs/guide/README.md"));
    let absent = pages.iter().filter(|page| !files.contains(&page.file));
    let absent =
        absent.map(|page| format!("{} is in the list of docs/guide/README.md and does not exist", page.file));
    let problems: Vec<String> = unlisted.chain(absent).collect();
    if problems.is_empty() { Ok(()) } else { Err(problems.join("; ")) }
}

/// The table of contents as mdBook wants it.
fn summary(pages: &[Page]) -> String {
    let chapters: Vec<String> =
        pages.iter().map(|page| format!("- [{}]({})", page.title, page.file)).collect();
    format!("# Summary\n\n[Guide](README.md)\n\n{}\n", chapters.join("\n"))
}

/// Links to files beside the guide lead to the repository, since the book has only the guide.
fn with_outer_links(text: &str, repository: &str) -> String {
    text.replace("](../../", &format!("]({repository}/blob/main/"))
        .replace("](../", &format!("]({repository}/blob/main/docs/"))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let unwritten = |error| format!("{} cannot be written: {error}", path.display());
    path.parent().map_or(Ok(()), fs::create_dir_all).map_err(unwritten)?;
    fs::write(path, text).map_err(unwritten)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_of_the_guide_is_in_the_book() {
        let pages = pages(&read(&guide().join("README.md")).unwrap());
        assert_eq!(missing(&pages, &files(&guide()).unwrap()), Ok(()));
    }

    #[test]
    fn a_page_that_is_only_in_the_list_or_only_in_the_folder_is_named() {
        let listed = pages("# Guide\n\n1. [One](one.md): first\n2. [Two](two.md)\n- [Three](three.md)\n");
        assert_eq!(
            missing(&listed, &["one.md".to_owned(), "three.md".to_owned()]),
            Err("three.md is not in the list of docs/guide/README.md; \
                 two.md is in the list of docs/guide/README.md and does not exist"
                .to_owned())
        );
        assert_eq!(summary(&listed), "# Summary\n\n[Guide](README.md)\n\n- [One](one.md)\n- [Two](two.md)\n");
    }

    #[test]
    fn links_out_of_the_guide_lead_to_the_repository() {
        assert_eq!(
            with_outer_links("[a](../a.md#b), [c](../../c.md), [d](d.md)", "https://example.com/x"),
            "[a](https://example.com/x/blob/main/docs/a.md#b), [c](https://example.com/x/blob/main/c.md), [d](d.md)"
        );
    }
}

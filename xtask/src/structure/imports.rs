//! The imports of each file of a crate, followed to the file that has what is named.

use super::{Imports, Module};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use syn::visit::{self, Visit};

/// What one file says.
#[derive(Debug, Default)]
struct Said {
    /// Paths that it uses, from the root of the crate.
    uses: Vec<Module>,
    /// Names that it has from elsewhere, and where they are.
    passed_on: BTreeMap<String, Module>,
}

/// Reads all files of a crate but those of its tests.
pub(super) fn of_crate(source: &Path) -> Result<Imports, String> {
    let mut texts = BTreeMap::new();
    read(source, &mut Vec::new(), &mut texts)?;
    let modules: BTreeSet<Module> = texts.keys().cloned().collect();
    let mut said = BTreeMap::new();
    for (module, text) in &texts {
        let file = syn::parse_file(text).map_err(|error| format!("{}: {error}", module.join("::")))?;
        let mut reader = Reader { modules: &modules, module: module.clone(), said: Said::default() };
        reader.visit_file(&file);
        said.insert(module.clone(), reader.said);
    }
    let imports = said.iter().map(|(module, own)| {
        let used = own.uses.iter().filter_map(|path| home(&said, path, 8));
        (module.clone(), used.filter(|other| other != module).collect())
    });
    Ok(imports.collect())
}

fn read(folder: &Path, module: &mut Module, texts: &mut BTreeMap<Module, String>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if name == "tests" {
            continue;
        }
        let is_named = !matches!(name.as_str(), "mod" | "lib" | "main");
        module.extend(is_named.then_some(name));
        if path.is_dir() {
            read(&path, module, texts)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            texts.insert(module.clone(), text);
        }
        if is_named {
            module.pop();
        }
    }
    Ok(())
}

/// The file that has what a path names: where it leads through names that are passed on.
fn home(said: &BTreeMap<Module, Said>, path: &Module, hops: usize) -> Option<Module> {
    let known = (0..=path.len())
        .rev()
        .find(|length| path.get(..*length).is_some_and(|front| said.contains_key(front)))?;
    let (file, rest) = path.split_at(known);
    let onward = rest.first().and_then(|name| said.get(file)?.passed_on.get(name));
    match onward {
        Some(onward) if hops > 0 => {
            let path = onward.iter().chain(rest.get(1..).unwrap_or_default()).cloned().collect();
            home(said, &path, hops - 1)
        }
        _ => Some(file.to_vec()),
    }
}

struct Reader<'m> {
    modules: &'m BTreeSet<Module>,
    module: Module,
    said: Said,
}

impl Reader<'_> {
    /// A path from the root of the crate; `None` when it leads out of the crate, or names something of the file itself.
    fn absolute(&self, path: &[String]) -> Option<Module> {
        let first = path.first()?;
        let mut base = match first.as_str() {
            "crate" => Module::new(),
            "self" | "super" => self.module.clone(),
            // A module that stands in this one.
            _ => {
                let inside: Module = self.module.iter().chain([first]).cloned().collect();
                return self
                    .modules
                    .contains(&inside)
                    .then(|| self.module.iter().chain(path).cloned().collect());
            }
        };
        let ups = path.iter().take_while(|part| *part == "super").count();
        base.truncate(base.len().saturating_sub(ups));
        base.extend(
            path.iter().skip_while(|part| matches!(part.as_str(), "crate" | "self" | "super")).cloned(),
        );
        Some(base)
    }

    fn take_tree(&mut self, front: &mut Vec<String>, tree: &syn::UseTree, is_door: bool) {
        match tree {
            syn::UseTree::Path(path) => {
                front.push(path.ident.to_string());
                self.take_tree(front, &path.tree, is_door);
                front.pop();
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.take_tree(front, tree, is_door);
                }
            }
            syn::UseTree::Name(name) => self.take_name(front, &name.ident, &name.ident, is_door),
            syn::UseTree::Rename(name) => self.take_name(front, &name.ident, &name.rename, is_door),
            syn::UseTree::Glob(_) => self.take(front, None, is_door),
        }
    }

    fn take_name(&mut self, front: &mut Vec<String>, name: &syn::Ident, own: &syn::Ident, is_door: bool) {
        if name == "self" {
            return self.take(front, None, is_door);
        }
        front.push(name.to_string());
        self.take(front, Some(own.to_string()), is_door);
        front.pop();
    }

    fn take(&mut self, path: &[String], own: Option<String>, is_door: bool) {
        let Some(path) = self.absolute(path) else { return };
        if let Some(own) = own {
            self.said.passed_on.insert(own, path.clone());
        }
        // What only stands in the door for others is not needed here.
        if !is_door {
            self.said.uses.push(path);
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if item.content.is_some() && !is_for_tests(&item.attrs) {
            self.module.push(item.ident.to_string());
            visit::visit_item_mod(self, item);
            self.module.pop();
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let is_door = !matches!(item.vis, syn::Visibility::Inherited);
        self.take_tree(&mut Vec::new(), &item.tree, is_door);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.take(&names, None, false);
        }
        visit::visit_path(self, path);
    }

    // A link in a comment is no import, and a visibility is none either.
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|condition| condition == "test")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imports(files: &[(&str, &str)]) -> Vec<String> {
        let folder =
            std::env::temp_dir().join(format!("servicekit-structure-{}-{}", std::process::id(), files.len()));
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let found = of_crate(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        let lines = found.iter().flat_map(|(from, others)| {
            others.iter().map(move |to| format!("{} -> {}", from.join("::"), to.join("::")))
        });
        lines.collect()
    }

    #[test]
    fn an_import_leads_to_the_file_that_has_the_name() {
        let files = [
            ("lib.rs", "mod a; mod b; mod c;\npub use b::Beta;"),
            (
                "a.rs",
                "use crate::Beta;\nfn f() { crate::c::inside::g(); }\n#[cfg(test)] mod tests { use crate::c; }",
            ),
            ("b/mod.rs", "mod deep;\npub use deep::Beta;\nuse super::a::f;"),
            ("b/deep.rs", "/// As [`crate::a`].\npub struct Beta(super::super::c::Gamma);"),
            ("c/mod.rs", "pub mod inside;\npub struct Gamma;"),
            ("c/inside.rs", "pub(in crate::c) fn g() -> std::fmt::Result { Ok(()) }"),
        ];
        assert_eq!(imports(&files), ["a -> b::deep", "a -> c::inside", "b -> a", "b::deep -> c"]);
    }
}

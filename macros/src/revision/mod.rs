//! `revision!`: the constant of a `.rs` revision, and what is wrong with the file.

mod arguments;

use crate::cache;
use crate::call_site::CallSite;
use crate::paths;
use crate::report::FileReport;
use arguments::Arguments;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use servicekit_chain::Source;
use std::path::Path;
use syn::{Error, LitStr};

/// What `revision! { id: "…", … }` expands to.
pub(crate) fn expand(input: TokenStream, call_site: &CallSite) -> TokenStream {
    let arguments = match syn::parse2::<Arguments>(input) {
        Ok(arguments) => arguments,
        Err(error) => return error.into_compile_error(),
    };
    match &call_site.file {
        Some(file) => items(&arguments, &report(&call_site.working_dir.join(file), call_site), call_site),
        None => items(&arguments, &FileReport::unknown(), call_site),
    }
}

/// The report on the file that holds an invocation.
///
/// Usually `migrations!` has just read the folder. A file that is declared as a module by hand is checked by itself.
fn report(file: &Path, call_site: &CallSite) -> FileReport {
    let file = paths::lexically_normalised(file);
    let mut reports = cache::reports_on(&file).into_iter();
    let Some(mut report) = reports.next() else {
        // A file that cannot be read would not have been compiled up to here.
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        return FileReport::alone(&Source::new(call_site.shown(&file), file, text).into());
    };
    // A file may lie in several folders; most of what is wrong with it is then the same.
    for other in reports {
        let new = other.findings.into_iter().filter(|finding| !report.findings.contains(finding));
        let new: Vec<_> = new.collect();
        report.findings.extend(new);
    }
    report
}

/// The constants of a file, and an error for everything that is wrong with it.
fn items(arguments: &Arguments, report: &FileReport, call_site: &CallSite) -> TokenStream {
    let extent = call_site.extent;
    // The whole invocation as the file's author wrote it: the compiler then adds no note about a macro.
    let call = arguments.start.located_at(Span::call_site());
    // Of several invocations in one file each reports its own problems.
    let is_here = |position| report.repeated.is_empty() || extent(call).contains(position);
    let findings = report.findings.iter().filter(|finding| is_here(finding.position));
    let mut errors: Vec<Error> = findings
        .map(|finding| Error::new(arguments.at(finding.position, extent).unwrap_or(call), &finding.message))
        .collect();
    // The report has these too; but where the file is not known, as in editors, the report is empty.
    if report.findings.is_empty() {
        errors.extend(arguments.errors.iter().cloned());
    }

    let is_further = report.repeated.iter().any(|further| extent(call).contains(*further));
    let mut items = if is_further {
        // The names are taken.
        TokenStream::new()
    } else {
        constants(report, arguments.id().map_or(call, LitStr::span))
    };
    items.extend(errors.into_iter().map(Error::into_compile_error));
    items
}

/// The constant that `migrations!` lists, and the sign that problems were reported. They are emitted next to errors too,
/// so that no error follows from the first ones.
///
/// The functions of the file are named as if the names stood at its id: a wrong signature is then an error there, which
/// is shorter than the whole invocation.
fn constants(report: &FileReport, id: Span) -> TokenStream {
    let (upgrade, downgrade) = (Ident::new("upgrade", id), Ident::new("downgrade", id));
    let functions = match (report.upgrade, report.downgrade) {
        (false, _) => quote!(OneWay { upgrade: |_| () }),
        (true, false) => quote!(OneWay { #upgrade }),
        (true, true) => quote!(BothWays { #upgrade, #downgrade }),
    };
    let reported = (!report.findings.is_empty()).then(|| {
        quote! {
            #[doc(hidden)]
            pub const PROBLEMS_REPORTED: () = ();
        }
    });
    quote! {
        #reported
        #[doc(hidden)]
        pub const REVISION: ::servicekit::__private::RustFunctions =
            ::servicekit::__private::RustFunctions::#functions;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call_site::Extent;
    use crate::report::Finding;
    use servicekit_chain::LineColumn;

    fn at(line: u32, column: u32) -> LineColumn {
        LineColumn::new(line, column)
    }

    /// The items of an invocation from line 4 to line 6, as rustfmt would write them.
    fn printed(arguments: &str, report: &FileReport) -> String {
        let call_site = CallSite {
            extent: |_| Extent { start: at(4, 1), end: at(6, 2) },
            ..CallSite::in_folder(Path::new("/app"))
        };
        let items = items(&syn::parse_str(arguments).unwrap(), report, &call_site);
        prettyplease::unparse(&syn::parse2(items).unwrap())
    }

    #[test]
    fn the_constant_names_the_functions_of_the_file() {
        let one_way = FileReport::unknown();
        let both_ways = FileReport { downgrade: true, ..FileReport::unknown() };
        let reports = [one_way, both_ways].map(|report| printed("id: \"b2\"", &report));
        insta::assert_snapshot!(reports.join("\n"), @"
        #[doc(hidden)]
        pub const REVISION: ::servicekit::__private::RustFunctions = ::servicekit::__private::RustFunctions::OneWay {
            upgrade,
        };

        #[doc(hidden)]
        pub const REVISION: ::servicekit::__private::RustFunctions = ::servicekit::__private::RustFunctions::BothWays {
            upgrade,
            downgrade,
        };
        ");
    }

    #[test]
    fn next_to_an_error_there_is_a_constant_all_the_same() {
        let finding = Finding { position: at(4, 5), message: "wrong\nhelp: put it right".into() };
        let report = FileReport { findings: vec![finding], ..FileReport::default() };
        insta::assert_snapshot!(printed("id: b2", &report), @r#"
        #[doc(hidden)]
        pub const PROBLEMS_REPORTED: () = ();
        #[doc(hidden)]
        pub const REVISION: ::servicekit::__private::RustFunctions = ::servicekit::__private::RustFunctions::OneWay {
            upgrade: |_| (),
        };
        ::core::compile_error! {
            "wrong\nhelp: put it right"
        }
        "#);
    }

    #[test]
    fn the_second_invocation_of_a_file_has_no_constant() {
        let second = FileReport { repeated: vec![at(4, 1)], ..FileReport::unknown() };
        assert_eq!(printed("id: \"b2\"", &second), "");
        let first = FileReport { repeated: vec![at(9, 1)], ..FileReport::unknown() };
        assert!(printed("id: \"b2\"", &first).contains("const REVISION"));
    }

    #[test]
    fn of_two_invocations_each_reports_what_is_in_it() {
        let finding = |line| Finding { position: at(line, 5), message: format!("line {line}") };
        let report = FileReport {
            findings: vec![finding(5), finding(10)],
            repeated: vec![at(9, 1)],
            ..FileReport::unknown()
        };
        let items = printed("id: \"b2\"", &report);
        assert!(items.contains("line 5") && !items.contains("line 10"), "{items}");
    }

    #[test]
    fn where_the_file_is_not_known_the_arguments_are_checked_all_the_same() {
        let call_site = CallSite::in_folder(Path::new("/app"));
        let items = expand(quote!(id = "b2", depends_on: a1), &call_site).to_string();
        assert_eq!(items.matches("compile_error").count(), 2, "{items}");
        assert!(items.contains("const REVISION"), "{items}");
    }

    #[test]
    fn a_file_in_no_folder_is_checked_by_itself() {
        let root = tempfile::tempdir().unwrap();
        let text = "revision! { id: \"b 2\" }\nfn upgrade(op: &mut Operations) {}\n";
        std::fs::write(root.path().join("b2.rs"), text).unwrap();
        let call_site = CallSite { file: Some("b2.rs".into()), ..CallSite::in_folder(root.path()) };
        let items = expand(quote!(id: "b 2"), &call_site).to_string();
        assert!(items.contains("cannot be a revision id"), "{items}");
    }
}

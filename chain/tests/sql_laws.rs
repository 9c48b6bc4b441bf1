//! Laws of the SQL lexers, the splitter and the digests, on generated texts.

#[path = "sql_laws/digest.rs"]
mod digest;
#[path = "sql_laws/generate.rs"]
mod generate;
#[path = "sql_laws/modes.rs"]
mod modes;
#[path = "sql_laws/quoting.rs"]
mod quoting;
#[path = "sql_laws/shell.rs"]
mod shell;
#[path = "sql_laws/tiling.rs"]
mod tiling;

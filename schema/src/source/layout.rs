//! How expressions of Rust are laid out: on one line where they fit, else as rustfmt breaks them.

use super::literal;

/// The width of a line.
const WIDTH: usize = 110;
/// The longest items that share lines.
const SHORT: usize = 10;
/// How much deeper a line stands than what it belongs to.
const STEP: usize = 4;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    /// A word, a number, a path: never broken.
    Word(String),
    /// A text.
    Text(String),
    /// `function(arguments)`
    Call(Call),
    /// `first.call(…).call(…)`
    Chain { first: Box<Expr>, calls: Vec<Call> },
    /// `[item, item]`, `vec![…]` or `(…)`
    List { open: &'static str, items: Vec<Expr>, close: &'static str },
    /// `Path { field: value }`
    Fields { path: &'static str, fields: Vec<(&'static str, Expr)> },
    /// `|op| { statements }`, or a block without a head that has a value.
    Block { head: &'static str, statements: Vec<Statement>, value: Option<Box<Expr>> },
}

/// A function or a method, and what it gets.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    function: String,
    arguments: Vec<Expr>,
}

/// A statement: `let name = expression;`, `place = expression;` or the expression alone.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statement {
    /// The lines above it.
    pub(super) comments: Vec<String>,
    /// What stands before the expression.
    pub(super) before: String,
    pub(super) expression: Expr,
    /// What it is about: a blank line parts what is about different things.
    pub(super) about: Option<String>,
}

impl From<Expr> for Statement {
    fn from(expression: Expr) -> Self {
        Self { comments: Vec::new(), before: String::new(), expression, about: None }
    }
}

pub(super) fn word(text: impl Into<String>) -> Expr {
    Expr::Word(text.into())
}

pub(super) fn text(text: impl Into<String>) -> Expr {
    Expr::Text(text.into())
}

pub(super) fn call(function: impl Into<String>, arguments: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::Call(Call { function: function.into(), arguments: arguments.into_iter().collect() })
}

pub(super) fn array(items: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::List { open: "[", items: items.into_iter().collect(), close: "]" }
}

/// An array of texts, of which the compiler knows the type when there are none.
pub(super) fn texts<T: AsRef<str>>(items: &[T]) -> Expr {
    if items.is_empty() {
        return word("[] as [&str; 0]");
    }
    array(items.iter().map(|item| text(item.as_ref())))
}

impl Expr {
    /// Calls a method of it.
    pub(super) fn method(self, name: &str, arguments: impl IntoIterator<Item = Self>) -> Self {
        let call = Call { function: name.to_owned(), arguments: arguments.into_iter().collect() };
        match self {
            Self::Chain { first, mut calls } => {
                calls.push(call);
                Self::Chain { first, calls }
            }
            first => Self::Chain { first: Box::new(first), calls: vec![call] },
        }
    }

    /// The same, where there is something to hand over.
    pub(super) fn maybe(self, name: &str, argument: Option<Self>) -> Self {
        match argument {
            Some(argument) => self.method(name, [argument]),
            None => self,
        }
    }

    /// The statements of the closure that is the last argument of its last call.
    pub(super) fn block_mut(&mut self) -> Option<&mut Vec<Statement>> {
        let Self::Chain { calls, .. } = self else { return None };
        match calls.last_mut()?.arguments.last_mut()? {
            Self::Block { statements, .. } => Some(statements),
            _ => None,
        }
    }

    /// Calls a method without arguments, if so.
    pub(super) fn flag(self, name: &str, is_set: bool) -> Self {
        if is_set { self.method(name, []) } else { self }
    }

    /// The expression on one line, if it can be on one.
    fn flat(&self) -> Option<String> {
        match self {
            Self::Word(word) => Some(word.clone()),
            Self::Text(text) => Some(literal::text(text)).filter(|literal| !literal.contains('\n')),
            Self::Call(call) => call.flat(),
            Self::Chain { first, calls } => {
                let mut flat = first.flat()?;
                for call in calls {
                    flat = flat + "." + &call.flat()?;
                }
                Some(flat)
            }
            Self::List { open, items, close } => Some(format!("{open}{}{close}", flat_list(items)?)),
            Self::Fields { path, fields } => {
                let fields: Option<Vec<String>> =
                    fields.iter().map(|(name, value)| Some(format!("{name}: {}", value.flat()?))).collect();
                Some(format!("{path} {{ {} }}", fields?.join(", ")))
            }
            Self::Block { head, statements, value: None } if statements.is_empty() => {
                Some(format!("{head} {{}}"))
            }
            Self::Block { .. } => None,
        }
    }

    /// Writes it behind what is there; `tail` characters follow it on its last line.
    fn write(&self, out: &mut String, indent: usize, tail: usize) {
        if let Some(flat) = self.flat().filter(|flat| fits(out, flat, tail)) {
            out.push_str(&flat);
            return;
        }
        match self {
            Self::Word(word) => out.push_str(word),
            Self::Text(text) => {
                let room = WIDTH.saturating_sub(column(out) + tail);
                out.push_str(&literal::broken_text(text, room, indent));
            }
            Self::Call(call) => call.write(out, indent, tail),
            Self::Chain { first, calls } => chain(first, calls, out, indent, tail),
            Self::List { open, items, close } => {
                out.push_str(open);
                match short_items(items) {
                    Some(short) if *open != "(" => filled_lines(&short, out, indent),
                    _ => lines(items, out, indent),
                }
                out.push_str(close);
            }
            Self::Fields { path, fields } => {
                out.push_str(path);
                out.push_str(" {\n");
                for (name, value) in fields {
                    spaces(out, indent + STEP);
                    out.push_str(name);
                    out.push_str(": ");
                    value.write(out, indent + STEP, 1);
                    out.push_str(",\n");
                }
                spaces(out, indent);
                out.push('}');
            }
            Self::Block { head, statements, value } => {
                out.push_str(head);
                out.push_str(if head.is_empty() { "{\n" } else { " {\n" });
                write_statements(statements, out, indent + STEP);
                if let Some(value) = value {
                    spaces(out, indent + STEP);
                    value.write(out, indent + STEP, 0);
                    out.push('\n');
                }
                spaces(out, indent);
                out.push('}');
            }
        }
    }

    /// Whether it may begin on the line of the call that it is the last argument of.
    fn overflows(&self, is_only: bool) -> bool {
        match self {
            Self::Block { .. } => true,
            Self::List { .. } | Self::Fields { .. } | Self::Call(_) => is_only,
            Self::Word(_) | Self::Text(_) | Self::Chain { .. } => false,
        }
    }
}

impl Call {
    fn flat(&self) -> Option<String> {
        Some(format!("{}({})", self.function, flat_list(&self.arguments)?))
    }

    fn write(&self, out: &mut String, indent: usize, tail: usize) {
        if let Some(flat) = self.flat().filter(|flat| fits(out, flat, tail)) {
            out.push_str(&flat);
            return;
        }
        out.push_str(&self.function);
        out.push('(');
        if let Some((last, others)) = self.arguments.split_last()
            && last.overflows(others.is_empty())
            && let Some(flat) = flat_list(others)
            && fits(out, &flat, tail + STEP)
        {
            out.push_str(&flat);
            if !others.is_empty() {
                out.push_str(", ");
            }
            last.write(out, indent, tail + 1);
        } else {
            lines(&self.arguments, out, indent);
        }
        out.push(')');
    }
}

/// Items on a line each, with the brackets on lines of their own.
fn lines(items: &[Expr], out: &mut String, indent: usize) {
    out.push('\n');
    for item in items {
        spaces(out, indent + STEP);
        item.write(out, indent + STEP, 1);
        out.push_str(",\n");
    }
    spaces(out, indent);
}

/// Items that are so short that several are on a line.
fn short_items(items: &[Expr]) -> Option<Vec<String>> {
    let short = |item: &Expr| item.flat().filter(|flat| flat.chars().count() <= SHORT);
    items.iter().map(short).collect()
}

/// As many items on a line as it has room for.
fn filled_lines(items: &[String], out: &mut String, indent: usize) {
    out.push('\n');
    spaces(out, indent + STEP);
    for (at, item) in items.iter().enumerate() {
        if at > 0 && fits(out, item, 2) {
            out.push(' ');
        } else if at > 0 {
            out.push('\n');
            spaces(out, indent + STEP);
        }
        out.push_str(item);
        out.push(',');
    }
    out.push('\n');
    spaces(out, indent);
}

/// Calls on a line each, or only the last one on several lines. The first stays with a name that is no longer than the lines are indented.
fn chain(first: &Expr, calls: &[Call], out: &mut String, indent: usize, tail: usize) {
    if let Some(overflowing) = overflowing_chain(first, calls, out, indent, tail) {
        out.push_str(&overflowing);
        return;
    }
    let begin = out.len();
    let is_short = matches!(first, Expr::Word(_));
    first.write(out, indent, 0);
    let (head, rest) = calls.split_at(usize::from(is_short).min(calls.len()));
    let tail_of_head = if rest.is_empty() { tail } else { 0 };
    for call in head {
        out.push('.');
        call.write(out, indent, tail_of_head);
    }
    // Behind brackets of several lines they stand where these end.
    let is_broken = out.get(begin..).is_some_and(|written| written.contains('\n'));
    let deeper = if is_broken { indent } else { indent + STEP };
    for (at, call) in rest.iter().enumerate() {
        out.push('\n');
        spaces(out, deeper);
        out.push('.');
        call.write(out, deeper, if at + 1 == rest.len() { tail } else { 0 });
    }
}

/// The chain with only its last call on several lines, where rustfmt has it so: it is long, or would be no shorter on a
/// line of its own.
fn overflowing_chain(first: &Expr, calls: &[Call], out: &str, indent: usize, tail: usize) -> Option<String> {
    let (last, others) = calls.split_last()?;
    let mut line = " ".repeat(column(out));
    let begin = line.len();
    line.push_str(&first.flat()?);
    for call in others {
        line = line + "." + &call.flat()?;
    }
    line.push('.');
    last.write(&mut line, indent, tail);
    if line.lines().next().is_none_or(|first| first.chars().count() > WIDTH) {
        return None;
    }
    let mut alone = " ".repeat(indent + STEP + 1);
    last.write(&mut alone, indent + STEP, tail);
    let count = line.lines().count();
    (count >= 5 || alone.lines().count() >= count).then(|| line.split_off(begin))
}

fn flat_list(items: &[Expr]) -> Option<String> {
    let items: Option<Vec<String>> = items.iter().map(Expr::flat).collect();
    Some(items?.join(", "))
}

fn fits(out: &str, text: &str, tail: usize) -> bool {
    column(out) + text.chars().count() + tail <= WIDTH
}

/// The length of the last line.
fn column(out: &str) -> usize {
    out.rsplit('\n').next().unwrap_or_default().chars().count()
}

fn spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

/// A function that records something, with comments at its beginning; see [`write_parted`] for `always`.
pub(super) fn function(name: &str, above: &[String], statements: &[Statement], always: bool) -> String {
    if statements.is_empty() {
        return format!("pub fn {name}(_: &mut Operations) {{}}\n");
    }
    let mut source = format!("pub fn {name}(op: &mut Operations) {{\n");
    for comment in above {
        source = source + "    // " + comment + "\n";
    }
    if !above.is_empty() {
        source.push('\n');
    }
    write_parted(statements, &mut source, 4, always);
    source + "}\n"
}

/// Writes statements, each on its own lines, with a blank line between two groups of which one has several lines.
pub(super) fn write_statements(statements: &[Statement], out: &mut String, indent: usize) {
    write_parted(statements, out, indent, false);
}

/// The same; with `always`, a blank line parts all groups.
fn write_parted(statements: &[Statement], out: &mut String, indent: usize, always: bool) {
    let mut previous: Option<(&Statement, bool)> = None;
    for statement in statements {
        let written = statement.written(indent);
        let is_long = written.contains('\n');
        if let Some((before, was_long)) = previous
            && (is_long || was_long || always)
            && (before.about != statement.about || statement.about.is_none())
        {
            out.push('\n');
        }
        out.push_str(&written);
        out.push('\n');
        previous = Some((statement, is_long));
    }
}

impl Statement {
    fn written(&self, indent: usize) -> String {
        let mut out = String::new();
        for comment in &self.comments {
            spaces(&mut out, indent);
            out = out + "// " + comment + "\n";
        }
        spaces(&mut out, indent);
        out.push_str(&self.before);
        self.expression.write(&mut out, indent, 1);
        out.push(';');
        out
    }
}

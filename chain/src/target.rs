//! Targets: what `upgrade`, `downgrade` and `stamp` are asked to lead to, and the identifiers in them.

use crate::id::{self, InvalidId};
use crate::{Label, RevisionId};
use std::fmt;
use std::str::FromStr;

/// The largest number of steps that a relative identifier may name.
pub(crate) const MAX_STEPS: u32 = 1_000_000;

/// Where a plan is to lead, as it was written.
///
/// | text | meaning |
/// |---|---|
/// | `7f3c2b1a9d4e`, `7f3c` | a revision by its id, or by a beginning of it that no other has |
/// | `billing` | the revision that carries this branch label |
/// | `head` | the one head; an error when there are several |
/// | `heads` | all heads |
/// | `base` | nothing applied |
/// | `+2`, `-1` | so many revisions above or below what is applied |
/// | `7f3c+2`, `head-1`, `base+3` | so many revisions above or below another one |
/// | `billing@head`, `billing@base`, `billing@+1`, `7f3c@head-1` | the same inside the lineage of a label or revision |
///
/// A target is only text until a graph resolves it: whether the revision is there is found out then.
///
/// ```
/// use servicekit_chain::Target;
/// let target: Target = "billing@head-1".parse()?;
/// assert_eq!(target.to_string(), "billing@head-1");
/// assert!("7f3c+2 and more".parse::<Target>().is_err());
/// # Ok::<(), servicekit_chain::TargetError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Target {
    identifiers: Vec<Identifier>,
}

impl Target {
    /// The one head.
    pub fn head() -> Self {
        Identifier::plain(Symbol::Head).into()
    }

    /// All heads.
    pub fn heads() -> Self {
        Identifier::plain(Symbol::Heads).into()
    }

    /// Nothing applied.
    pub fn base() -> Self {
        Identifier::plain(Symbol::Base).into()
    }

    /// The head of one branch, named by its label.
    pub fn head_of(branch: &Label) -> Self {
        Identifier { branch: Some(branch.as_str().to_owned()), symbol: Symbol::Head, steps: None }.into()
    }

    /// Several targets at once, as the arguments of a command; none at all is the base.
    pub fn several(targets: impl IntoIterator<Item = Target>) -> Self {
        Self { identifiers: targets.into_iter().flat_map(|target| target.identifiers).collect() }
    }

    /// Reads several targets at once, as the arguments of a command.
    ///
    /// # Errors
    /// The first that follows no form that a target can have.
    pub fn parse_several<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, TargetError> {
        texts.into_iter().map(Self::from_str).collect::<Result<Vec<_>, _>>().map(Self::several)
    }

    /// Whether it counts from what is applied, as `+1` and `billing@-2` do, so that it means something else when another session
    /// moves the database. `head-1` counts from the head, which stays where it is.
    ///
    /// ```
    /// use servicekit_chain::Target;
    /// assert!("+1".parse::<Target>()?.is_relative());
    /// assert!(!"head-1".parse::<Target>()?.is_relative());
    /// # Ok::<(), servicekit_chain::TargetError>(())
    /// ```
    pub fn is_relative(&self) -> bool {
        self.identifiers.iter().any(|identifier| identifier.symbol == Symbol::Current)
    }

    /// The identifiers that the target is made of.
    pub(crate) fn identifiers(&self) -> &[Identifier] {
        &self.identifiers
    }
}

impl From<Identifier> for Target {
    fn from(identifier: Identifier) -> Self {
        Self { identifiers: vec![identifier] }
    }
}

impl From<RevisionId> for Target {
    fn from(id: RevisionId) -> Self {
        Self::from(&id)
    }
}

impl From<&RevisionId> for Target {
    fn from(id: &RevisionId) -> Self {
        Identifier::plain(Symbol::Name(id.as_str().to_owned())).into()
    }
}

impl FromStr for Target {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let identifier = Identifier::from_str(text)?;
        match identifier.symbol {
            Symbol::Current if identifier.steps.is_none() => Err(TargetError::Current),
            _ => Ok(identifier.into()),
        }
    }
}

impl TryFrom<&str> for Target {
    type Error = TargetError;

    fn try_from(text: &str) -> Result<Self, TargetError> {
        text.parse()
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.identifiers.is_empty() {
            return f.write_str("base");
        }
        let texts: Vec<String> = self.identifiers.iter().map(Identifier::to_string).collect();
        f.write_str(&texts.join(" "))
    }
}

/// One identifier: `[branch@][symbol][±steps]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Identifier {
    /// The label or revision before `@`.
    pub(crate) branch: Option<String>,
    /// Where it starts.
    pub(crate) symbol: Symbol,
    /// How far it goes from there.
    pub(crate) steps: Option<Steps>,
}

/// Where an identifier starts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Symbol {
    /// What is applied: `current`, or nothing before `+N` and `-N`.
    Current,
    Base,
    Head,
    Heads,
    /// An id, the beginning of one, or a label.
    Name(String),
}

/// `+N` or `-N`; never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Steps {
    pub(crate) up: bool,
    pub(crate) count: u32,
}

impl Identifier {
    pub(crate) fn plain(symbol: Symbol) -> Self {
        Self { branch: None, symbol, steps: None }
    }

    /// The same without its branch.
    pub(crate) fn without_branch(&self) -> Self {
        Self { branch: None, ..self.clone() }
    }
}

impl FromStr for Identifier {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        if text.is_empty() {
            return Err(TargetError::Empty);
        }
        if text.contains(':') {
            return Err(TargetError::Range { text: text.to_owned() });
        }
        let (branch, rest) = match text.split_once('@') {
            Some(("", _)) => return Err(TargetError::NoBranch { text: text.to_owned() }),
            Some((_, "")) => return Err(TargetError::NothingInBranch { text: text.to_owned() }),
            Some((branch, rest)) => (Some(name(text, branch)?), rest),
            None => (None, text),
        };
        let (symbol, steps) = rest.split_at(first_of_steps(rest).unwrap_or(rest.len()));
        let steps = if steps.is_empty() { None } else { Some(parse_steps(text, steps)?) };
        let symbol = match symbol {
            "" if steps.is_some() => Symbol::Current,
            "current" => Symbol::Current,
            "base" | "None" => Symbol::Base,
            "head" => Symbol::Head,
            "heads" => Symbol::Heads,
            symbol => Symbol::Name(name(text, symbol)?),
        };
        Ok(Self { branch, symbol, steps })
    }
}

/// Where the steps of an identifier begin. A label may have signs between its letters, steps are at the end; what is
/// neither is read as steps that are wrong.
fn first_of_steps(text: &str) -> Option<usize> {
    let stem = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let last = stem.len().saturating_sub(1);
    let is_name = |name: &str| name.is_empty() || id::check_label(name).is_ok();
    if stem.len() < text.len() && stem.ends_with(id::SIGNS) && text.get(..last).is_some_and(is_name) {
        return Some(last);
    }
    // `a+1b` is a slip rather than a label.
    let steps_up = text.as_bytes().windows(2).any(|pair| matches!(pair, [b'+', b'0'..=b'9']));
    if id::check_label(text).is_ok() && !steps_up { None } else { text.find(id::SIGNS) }
}

fn name(text: &str, name: &str) -> Result<String, TargetError> {
    match id::check_label(name) {
        Ok(()) => Ok(name.to_owned()),
        Err(reason) => Err(TargetError::Name { text: text.to_owned(), name: name.to_owned(), reason }),
    }
}

/// Reads `+N` or `-N`, of which the sign is known to be there.
fn parse_steps(text: &str, steps: &str) -> Result<Steps, TargetError> {
    let up = steps.starts_with('+');
    let after_sign = steps.get(1..).unwrap_or_default();
    let digits = after_sign.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &after_sign[..after_sign.len() - digits.len()];
    if number.is_empty() {
        return Err(TargetError::NoNumber { text: text.to_owned(), sign: if up { '+' } else { '-' } });
    }
    if !digits.is_empty() {
        let good = text.len() - digits.len();
        return Err(TargetError::Trailing { good: text[..good].to_owned(), rest: digits.to_owned() });
    }
    match number.parse() {
        Ok(0) => Err(TargetError::Zero { text: text.to_owned() }),
        Ok(count) if count <= MAX_STEPS => Ok(Steps { up, count }),
        _ => Err(TargetError::TooMany { text: text.to_owned() }),
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(branch) = &self.branch {
            write!(f, "{branch}@")?;
        }
        match &self.symbol {
            Symbol::Current if self.steps.is_some() => {}
            Symbol::Current => f.write_str("current")?,
            Symbol::Base => f.write_str("base")?,
            Symbol::Head => f.write_str("head")?,
            Symbol::Heads => f.write_str("heads")?,
            Symbol::Name(name) => f.write_str(name)?,
        }
        match self.steps {
            Some(Steps { up, count }) => write!(f, "{}{count}", if up { '+' } else { '-' }),
            None => Ok(()),
        }
    }
}

/// Why a text is no target.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TargetError {
    /// Nothing is there.
    #[error("the target is empty; write a revision, `head` or `base`")]
    Empty,
    /// A range where one target is wanted.
    #[error("`{text}` is a range, and one target is needed")]
    Range {
        /// The text.
        text: String,
    },
    /// A part of it cannot be the name of a revision or branch.
    #[error("`{text}` is no target: `{name}` cannot name a revision or branch, because {reason}")]
    Name {
        /// The whole text.
        text: String,
        /// The part.
        name: String,
        /// What is wrong with the part.
        reason: InvalidId,
    },
    /// Nothing before `@`.
    #[error("`{text}` is no target: a branch label or a revision must stand before `@`")]
    NoBranch {
        /// The text.
        text: String,
    },
    /// Nothing after `@`.
    #[error("`{text}` is no target: what is meant in that branch must follow `@`, such as `head`")]
    NothingInBranch {
        /// The text.
        text: String,
    },
    /// A sign without a number.
    #[error("`{text}` is no target: a number must follow `{sign}`")]
    NoNumber {
        /// The text.
        text: String,
        /// The sign, `+` or `-`.
        sign: char,
    },
    /// Something follows a target that is complete.
    #[error("`{rest}` after `{good}` has no meaning")]
    Trailing {
        /// The part that is a target.
        good: String,
        /// What follows.
        rest: String,
    },
    /// `+0` or `-0`.
    #[error("`{text}` leads nowhere: the number of steps must be at least 1")]
    Zero {
        /// The text.
        text: String,
    },
    /// More than a million.
    #[error("`{text}` has too many steps: at most {MAX_STEPS} are allowed")]
    TooMany {
        /// The text.
        text: String,
    },
    /// `current`, which is where every plan starts.
    #[error("`current` is where a plan starts; write a revision, `head`, `base`, `+1` or `-1`")]
    Current,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_bad_target_has_its_own_text() {
        let name = |error: &TargetError| match error {
            TargetError::Empty => "Empty",
            TargetError::Range { .. } => "Range",
            TargetError::Name { .. } => "Name",
            TargetError::NoBranch { .. } => "NoBranch",
            TargetError::NothingInBranch { .. } => "NothingInBranch",
            TargetError::NoNumber { .. } => "NoNumber",
            TargetError::Trailing { .. } => "Trailing",
            TargetError::Zero { .. } => "Zero",
            TargetError::TooMany { .. } => "TooMany",
            TargetError::Current => "Current",
        };
        let bad = [
            "",
            "a1:b2",
            "a b",
            "@head",
            "a@",
            "a@@b",
            "head@a",
            "a@b@c",
            "x\u{e9}'s",
            "+",
            "a-",
            "a+1xyz",
            "a+1+1",
            "a+-1",
            "+0",
            "a-00",
            "+1000001",
            "-99999999999999999999",
            "current",
            "a+ 1",
        ];
        let errors: Vec<TargetError> = bad.iter().map(|text| text.parse::<Target>().unwrap_err()).collect();
        let seen: BTreeSet<&str> = errors.iter().map(name).collect();
        assert_eq!(seen.len(), 10, "{seen:?}");
        let lines = bad.iter().zip(&errors).map(|(text, error)| format!("{text:?}: {error}"));
        insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r#"
        "": the target is empty; write a revision, `head` or `base`
        "a1:b2": `a1:b2` is a range, and one target is needed
        "a b": `a b` is no target: `a b` cannot name a revision or branch, because the character ' ' is not allowed in it
        "@head": `@head` is no target: a branch label or a revision must stand before `@`
        "a@": `a@` is no target: what is meant in that branch must follow `@`, such as `head`
        "a@@b": `a@@b` is no target: `@b` cannot name a revision or branch, because the character '@' is not allowed in it
        "head@a": `head@a` is no target: `head` cannot name a revision or branch, because `head` means something else in a target
        "a@b@c": `a@b@c` is no target: `b@c` cannot name a revision or branch, because the character '@' is not allowed in it
        "xé's": `xé's` is no target: `xé's` cannot name a revision or branch, because the character '\'' is not allowed in it
        "+": `+` is no target: a number must follow `+`
        "a-": `a-` is no target: a number must follow `-`
        "a+1xyz": `xyz` after `a+1` has no meaning
        "a+1+1": `+1` after `a+1` has no meaning
        "a+-1": `a+-1` is no target: a number must follow `+`
        "+0": `+0` leads nowhere: the number of steps must be at least 1
        "a-00": `a-00` leads nowhere: the number of steps must be at least 1
        "+1000001": `+1000001` has too many steps: at most 1000000 are allowed
        "-99999999999999999999": `-99999999999999999999` has too many steps: at most 1000000 are allowed
        "current": `current` is where a plan starts; write a revision, `head`, `base`, `+1` or `-1`
        "a+ 1": `a+ 1` is no target: a number must follow `+`
        "#);
    }

    #[test]
    fn a_target_is_written_as_it_was_read() {
        let good = [
            "head",
            "heads",
            "base",
            "7f3c2b1a9d4e",
            "2024_01.N\u{e9}v",
            "+1",
            "-12",
            "7f3c+2",
            "head-1",
            "base+3",
            "billing@head",
            "billing@+1",
            "billing@-2",
            "7f3c@base+1",
            "current+1",
            "billing@current-1",
        ];
        for text in good {
            let shown = text.parse::<Target>().unwrap().to_string();
            assert_eq!(shown, text.replace("current", ""), "{text}");
        }
        assert_eq!("None".parse::<Target>().unwrap(), Target::base());
        assert_eq!(Target::parse_several(["a1", "b2"]).unwrap().to_string(), "a1 b2");
        assert_eq!(Target::several([]).to_string(), "base");
        assert_eq!(Target::head_of(&Label::from_static("billing")), "billing@head".parse().unwrap());
        assert_eq!(Target::from(RevisionId::from_static("a1")), "a1".parse().unwrap());
        assert_eq!([Target::head(), Target::heads()], ["head", "heads"].map(|text| text.parse().unwrap()));
    }

    proptest! {
        #[test]
        fn reading_what_was_written_gives_the_same(text in "([a-c]{1,2}@)?(head|base|current|[a-c]{0,2})([+-][1-9]?)?") {
            if let Ok(target) = text.parse::<Target>() {
                prop_assert_eq!(target.to_string().parse::<Target>(), Ok(target));
            }
        }

        #[test]
        fn no_text_makes_reading_a_target_panic(text in any::<String>(), near in "[a\u{e9}@+0-9:-]{0,8}") {
            for text in [text, near] {
                if let Err(error) = text.parse::<Target>() {
                    prop_assert!(!error.to_string().is_empty());
                }
            }
        }
    }
}

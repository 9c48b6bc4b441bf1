//! Accounts: `'user'@'host'`, `user@host`, `user`.

use crate::Dialect;
use crate::sql::TokenKind;
use crate::sql::classify::strings::decoded;
use crate::sql::classify::words::Words;
use crate::sql::classify::{ObjectKind, ObjectName};

impl Words<'_, '_> {
    /// Takes an account as it is written, host included; `None` for the account of the session.
    pub(super) fn account(&mut self) -> Option<String> {
        if self.take_any(&["CURRENT_USER", "CURRENT_ROLE"]) {
            self.inside();
            return None;
        }
        let user = self.rest().first()?;
        if !matches!(user.kind, TokenKind::Word | TokenKind::Identifier | TokenKind::String) {
            return None;
        }
        let mut account = plain(user.kind, user.text);
        self.next();
        if let Some(host) = self.rest().first().filter(|word| word.kind == TokenKind::Variable) {
            // `@'host'`, quoted as a string or a name is.
            let host = host.text.get(1..).unwrap_or_default();
            let quoted = host.starts_with(['\'', '"', '`']);
            account.push('@');
            account.push_str(&plain(if quoted { TokenKind::String } else { TokenKind::Word }, host));
            self.next();
        }
        Some(account)
    }

    /// Takes an account as the name of an object of this kind.
    pub(super) fn account_name(&mut self, kind: ObjectKind) -> Option<ObjectName> {
        let mut account = self.account()?;
        if kind == ObjectKind::User && !account.contains('@') {
            // MySQL's manual, 6.2.4.
            account.push_str("@%");
        }
        Some(ObjectName::plain(account))
    }

    /// Takes accounts with commas between them, at least one.
    pub(super) fn account_names(&mut self, kind: ObjectKind) -> Option<Vec<ObjectName>> {
        let mut names = vec![self.account_name(kind)?];
        while self.take_sign(",") {
            names.push(self.account_name(kind)?);
        }
        Some(names)
    }
}

fn plain(kind: TokenKind, text: &str) -> String {
    if kind == TokenKind::Word { text.to_owned() } else { decoded(Dialect::Mysql, kind, text) }
}

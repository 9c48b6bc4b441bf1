//! Accounts: `'user'@'host'`, `user@host`, `user`.

use crate::sql::classify::{ObjectKind, ObjectName};
use crate::sql::{Token, TokenCursor, TokenKind};

impl TokenCursor<'_, '_> {
    /// Takes an account as it is written, host included; `None` for the account of the session.
    pub(super) fn account(&mut self) -> Option<String> {
        if self.take_any(&["CURRENT_USER", "CURRENT_ROLE"]) {
            self.inside();
            return None;
        }
        let user = self.rest().first().filter(|user| user.is_name() || user.is_string())?;
        let mut account = user.unquoted();
        self.take_token();
        if let Some(host) = self.rest().first().filter(|word| word.kind == TokenKind::Variable) {
            // `@'host'`, quoted as a string or a name is.
            let text = host.text.get(1..).unwrap_or_default();
            let is_quoted = text.starts_with(['\'', '"', '`']);
            let kind = if is_quoted { TokenKind::String } else { TokenKind::Word };
            account.push('@');
            account.push_str(&Token { kind, text, ..*host }.unquoted());
            self.take_token();
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

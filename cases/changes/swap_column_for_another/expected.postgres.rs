//! remove nick from users and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.add_column("users", string("nickname", 10));
    // loses data: column users.nick
    op.drop_column("users", "nick").existing(string("nick", 10));
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: column users.nick
    // loses data: column users.nickname
    op.reverse_of(upgrade);
}

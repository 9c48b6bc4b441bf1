//! remove nick from users and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.batch_alter_table("users", |batch| {
        batch.add_column(string("nickname", 10));
        // loses data: column users.nick
        batch.drop_column("nick").existing(string("nick", 10));
    });
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: column users.nick
    // loses data: column users.nickname
    op.reverse_of(upgrade);
}

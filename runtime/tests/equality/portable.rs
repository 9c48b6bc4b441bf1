//! Random models that all databases have, and what a person makes of them.

use servicekit::diff::Rename;
use servicekit::revision::*;
use servicekit::schema::{Condition, Hints, Schema, TableName};

/// Numbers that are the same for the same seed (splitmix64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(sides).unwrap()).unwrap()
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }
}

/// Tables before and after a change, with what only gets another name.
pub(crate) struct Pair {
    pub(crate) from: Schema,
    pub(crate) to: Schema,
    pub(crate) renames: Vec<Rename>,
    /// What the later tables say of their values.
    pub(crate) hints: Vec<(TableName, Hints)>,
}

const TABLES: [&str; 3] = ["users", "orders", "notes"];
const COLUMNS: [&str; 6] = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"];
const MOODS: [&[&str]; 5] = [
    &["sad"],
    &["sad", "happy"],
    &["calm", "sad", "happy"],
    &["happy", "it's"],
    &["calm", "gloomy", "happy"],
];

pub(crate) fn pair(dice: &mut Dice) -> Pair {
    let (mood, new_mood) = (dice.below(MOODS.len()), dice.below(MOODS.len()));
    let mut before = Vec::new();
    for name in TABLES {
        if !dice.one_in(5) {
            before.push(table(name, mood, dice));
        }
    }
    let (mut after, mut renames) = (Vec::new(), Vec::new());
    for name in TABLES {
        match before.iter().find(|table| table.name.name == name) {
            Some(_) if dice.one_in(6) => {}
            Some(table) => after.push(changed(table, new_mood, &mut renames, dice)),
            None => after.push(table(name, new_mood, dice)),
        }
    }
    let has_notes = |tables: &[Table]| tables.iter().any(|table| table.name.name == "notes");
    if has_notes(&before) && has_notes(&after) && dice.one_in(3) {
        rename_notes(&mut after, &mut renames);
    }
    let hints = if dice.one_in(4) { Vec::new() } else { renamed_value(&after, [mood, new_mood]) };
    Pair { from: schema(before), to: schema(after), renames, hints }
}

/// The first mood that goes is the first one that comes.
fn renamed_value(after: &[Table], moods: [usize; 2]) -> Vec<(TableName, Hints)> {
    let [old, new] = moods.map(|mood| MOODS[mood]);
    let first_of =
        |some: &[&'static str], others: &[&str]| some.iter().find(|mood| !others.contains(mood)).copied();
    let Some((gone, comes)) = first_of(old, new).zip(first_of(new, old)) else { return Vec::new() };
    let of_table = |table: &Table| {
        let hint = |hints: Hints, column: &Column| hints.value_renamed_from(&column.name, comes, gone);
        (table.name.clone(), table.columns.iter().fold(Hints::default(), hint))
    };
    after.iter().map(of_table).collect()
}

/// The table of notes gets another name, wherever it is spoken of.
fn rename_notes(tables: &mut [Table], renames: &mut Vec<Rename>) {
    for table in tables.iter_mut() {
        for key in table.columns.iter_mut().filter_map(|column| column.references.as_mut()) {
            if key.referred_table.name == "notes" {
                key.referred_table = "memos".into();
            }
        }
        if table.name.name == "notes" {
            table.name = "memos".into();
        }
    }
    for rename in renames.iter_mut() {
        if let Rename::Column { table, from, to, .. } = rename
            && table.name == "notes"
        {
            *rename = Rename::column("memos", from.clone(), to.clone());
        }
    }
    renames.push(Rename::table("notes", "memos"));
}

/// References to tables that are not there are left out.
fn schema(mut tables: Vec<Table>) -> Schema {
    let names: Vec<String> = tables.iter().map(|table| table.name.name.clone()).collect();
    let mut schema = Schema::default();
    for column in tables.iter_mut().flat_map(|table| &mut table.columns) {
        column.references.take_if(|key| !names.contains(&key.referred_table.name));
        match &column.data_type {
            Type::Enum(of) if !schema.enums.contains(of) => schema.enums.push(of.clone()),
            _ => {}
        }
    }
    schema.tables = tables;
    schema
}

fn table(name: &str, mood: usize, dice: &mut Dice) -> Table {
    let mut columns = vec![big_integer("id").not_null().primary_key()];
    for name in COLUMNS {
        if !dice.one_in(3) {
            columns.push(column(name, mood, dice));
        }
    }
    let mut table = with_parts(Table::new(name, columns), dice);
    table.comment = dice.one_in(3).then(|| "a table".to_owned());
    table
}

/// What stands beside the columns.
fn with_parts(table: Table, dice: &mut Dice) -> Table {
    let names: Vec<String> = table
        .columns
        .iter()
        .filter(|column| is_key(&column.data_type) && column.generated.is_none())
        .map(|column| column.name.clone())
        .collect();
    let name = table.name.name.clone();
    let mut table = table;
    if let [first, second, ..] = names.as_slice() {
        if dice.one_in(3) {
            table = table.with(unique([first, second]).name(format!("uq_{name}_both")));
        }
        if dice.one_in(3) {
            table = table.with(index([second, first]).name(format!("ix_{name}_both")));
        }
    }
    table
}

fn column(name: &str, mood: usize, dice: &mut Dice) -> Column {
    let column = match dice.below(18) {
        0 => small_integer(name),
        1 => integer(name).default(7),
        2 => big_integer(name),
        3 => double(name),
        4 => numeric(name, 12, 2),
        5 => string(name, 40).default("it's"),
        6 => string(name, 80),
        7 => text(name),
        8 => boolean(name).default(false),
        9 => date(name),
        // MySQL has one type for moments with and without a zone: what a dropped column was is not known.
        10 => timestamp(name),
        11 => binary(name),
        12 => json(name),
        13 => uuid(name),
        14 => ulid(name),
        15 => integer(name).check(format!("{name} > 0")),
        16 => string(name, 20).one_of(MOODS[mood]),
        _ => enumeration(name, enum_type("mood", MOODS[mood].iter().copied())),
    };
    attributed(column, dice)
}

/// Whether all databases take it for a key.
fn is_key(data_type: &Type) -> bool {
    use Type::{BigInteger, Date, Integer, SmallInteger, Ulid, Uuid, Varchar};
    matches!(data_type, SmallInteger | Integer | BigInteger | Varchar(_) | Date | Uuid | Ulid)
}

fn attributed(mut column: Column, dice: &mut Dice) -> Column {
    column.nullable = !dice.one_in(3);
    column.comment = dice.one_in(4).then(|| format!("number {}", dice.below(3)));
    column.unique = is_key(&column.data_type) && dice.one_in(6);
    column.indexed = is_key(&column.data_type) && !column.unique && dice.one_in(6);
    column.references = None;
    if column.data_type == Type::BigInteger && dice.one_in(2) {
        return column.references(TABLES[dice.below(TABLES.len())], "id");
    }
    column
}

/// Some of it as it was, some not.
fn changed(table: &Table, mood: usize, renames: &mut Vec<Rename>, dice: &mut Dice) -> Table {
    let mut columns = Vec::new();
    for old in &table.columns {
        let mut kept = old.clone();
        if let Type::Enum(of) = &mut kept.data_type {
            of.values = MOODS[mood].iter().map(|value| (*value).to_owned()).collect();
        }
        for check in &mut kept.checks {
            if let Condition::OneOf { values, .. } = &mut check.condition {
                *values = MOODS[mood].into();
            }
        }
        columns.push(match dice.below(8) {
            _ if old.primary_key => kept,
            0 => continue,
            1 => attributed(kept, dice),
            2 => retyped(kept),
            3 if old.checks.is_empty() => {
                kept.name = format!("new_{}", old.name);
                if let Some(key) = &mut kept.references {
                    key.columns = vec![kept.name.clone()];
                }
                renames.push(Rename::column(table.name.clone(), old.name.clone(), kept.name.clone()));
                kept
            }
            _ => kept,
        });
    }
    for name in COLUMNS {
        if table.columns.iter().all(|old| old.name != name) && dice.one_in(3) {
            columns.push(column(name, mood, dice));
        }
    }
    let mut changed = with_parts(Table::new(table.name.clone(), columns), dice);
    changed.comment = dice.one_in(2).then(|| "a table".to_owned());
    changed
}

/// Of a type that takes the values that were there.
fn retyped(mut column: Column) -> Column {
    let is_plain = column.references.is_none() && column.checks.is_empty() && column.default.is_none();
    column.data_type = match column.data_type {
        Type::Varchar(length) => Type::Varchar(length * 2),
        Type::SmallInteger if is_plain => Type::Integer,
        Type::Integer if is_plain => Type::BigInteger,
        Type::Double if is_plain => Type::Text,
        same => same,
    };
    column
}

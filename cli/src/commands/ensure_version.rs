//! `ensure_version`: makes the version table, and writes nothing into it.

use super::Call;
use super::current::current;
use crate::answer::{Answer, Data};
use crate::arguments::Change;
use crate::chain::Chain;
use crate::database::{Missing, Work};
use crate::failure::Failure;

pub(super) fn run(arguments: &Change, chain: &Chain, call: Call<'_>) -> Result<Answer, Failure> {
    let work = Work::begin(chain, call.common, Missing::Create)?;
    let (_, work) =
        work.note(call.of(arguments), async |migrator, database| migrator.ensure_version(database).await)?;
    let after = current(&work.status()?, chain, work.shown_url())?;
    let config = &chain.folder.config;
    let (version_table, journal_table) = (config.version_table.clone(), config.journal_table.clone());
    Ok(Data::Ensured { tables: [version_table, journal_table], after: Box::new(after) }.into())
}

//! Random bytes of the system.

use crate::failure::Failure;

/// So many random bytes.
///
/// # Errors
/// The system gives none.
pub(crate) fn random_bytes<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Failure::Random { reason: error.to_string() })?;
    Ok(bytes)
}

//! Ids of new revisions.

use crate::failure::Failure;
use crate::random::random_bytes;
use servicekit_chain::{Graph, Label, RevisionId};

/// Random bytes in a new id: 12 hexadecimal digits, as Alembic makes them.
const BYTES: usize = 6;

/// An id of 12 random hexadecimal digits that names nothing in the graph and none of these labels.
///
/// # Errors
/// The system gives no random bytes.
pub(crate) fn random_id(graph: &Graph, labels: &[Label]) -> Result<RevisionId, Failure> {
    loop {
        let id = random_bytes::<BYTES>()?.map(|byte| format!("{byte:02x}")).concat();
        let is_label = graph.resolve_one(&id).is_ok() || labels.iter().any(|label| *label == *id);
        if let (false, Ok(id)) = (is_label, RevisionId::new(id)) {
            return Ok(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_random_id_has_12_hexadecimal_digits_and_differs_each_time() {
        let graph = Graph::default();
        let [a, b] = [(); 2].map(|()| random_id(&graph, &[]).unwrap());
        assert_ne!(a, b);
        assert!(a.as_str().len() == 12 && a.as_str().bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')));
    }
}

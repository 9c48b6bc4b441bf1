//! The name of the table of a struct.

use heck::ToSnakeCase as _;

/// The plural of a struct's name in snake case, by three rules: `users`, `categories`, `boxes`.
///
/// The singular would be a reserved word too often: `user`, `order`, `group`.
pub(super) fn table_name(of: &str) -> String {
    let mut name = of.to_snake_case();
    let before_last = name.chars().rev().nth(1);
    let is_hissed = ["s", "x", "z", "ch", "sh"].iter().any(|end| name.ends_with(end));
    if is_hissed {
        name.push_str("es");
    } else if name.ends_with('y') && before_last.is_some_and(|letter| !"aeiou".contains(letter)) {
        name.pop();
        name.push_str("ies");
    } else {
        name.push('s');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::table_name;

    #[test]
    fn names_are_plural_by_three_rules() {
        let names = ["User", "OrderLine", "Category", "Day", "Box", "Branch", "Address", "HTTPRequest", "Y"];
        let tables = names.map(table_name);
        assert_eq!(
            tables,
            [
                "users",
                "order_lines",
                "categories",
                "days",
                "boxes",
                "branches",
                "addresses",
                "http_requests",
                "ys"
            ]
        );
    }
}

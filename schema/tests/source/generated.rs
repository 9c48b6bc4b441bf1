//! Written by the test `the_source_of_every_case_is_what_is_compiled`; set INSTA_UPDATE=always to write it again.

use self::servicekit::revision::*;

mod servicekit {
    pub use servicekit_schema::{table as schema, *};
}

pub(crate) const ALL: &[(&str, fn(&mut Operations))] = &[
    ("tables: create_table: columns", tables_create_table_columns),
    ("tables: create_table: columns, reversed", tables_create_table_columns_reversed),
    ("tables: create_table: autoincrement", tables_create_table_autoincrement),
    ("tables: create_table: autoincrement, reversed", tables_create_table_autoincrement_reversed),
    ("tables: create_table: autoincrement with options", tables_create_table_autoincrement_with_options),
    ("tables: create_table: autoincrement with options, reversed", tables_create_table_autoincrement_with_options_reversed),
    ("tables: create_table: now_on_update", tables_create_table_now_on_update),
    ("tables: create_table: now_on_update, reversed", tables_create_table_now_on_update_reversed),
    ("tables: create_table: identity always", tables_create_table_identity_always),
    ("tables: create_table: identity always, reversed", tables_create_table_identity_always_reversed),
    ("tables: create_table: constraints of columns", tables_create_table_constraints_of_columns),
    ("tables: create_table: constraints of columns, reversed", tables_create_table_constraints_of_columns_reversed),
    ("tables: create_table: constraints of the table", tables_create_table_constraints_of_the_table),
    ("tables: create_table: constraints of the table, reversed", tables_create_table_constraints_of_the_table_reversed),
    ("tables: create_table: defaults", tables_create_table_defaults),
    ("tables: create_table: defaults, reversed", tables_create_table_defaults_reversed),
    ("tables: create_table: stored generated column", tables_create_table_stored_generated_column),
    ("tables: create_table: stored generated column, reversed", tables_create_table_stored_generated_column_reversed),
    ("tables: create_table: virtual generated column", tables_create_table_virtual_generated_column),
    ("tables: create_table: virtual generated column, reversed", tables_create_table_virtual_generated_column_reversed),
    ("tables: create_table: collation", tables_create_table_collation),
    ("tables: create_table: collation, reversed", tables_create_table_collation_reversed),
    ("tables: create_table: comments", tables_create_table_comments),
    ("tables: create_table: comments, reversed", tables_create_table_comments_reversed),
    ("tables: create_table: if_not_exists", tables_create_table_if_not_exists),
    ("tables: create_table: options", tables_create_table_options),
    ("tables: create_table: options, reversed", tables_create_table_options_reversed),
    ("tables: create_table: in a schema", tables_create_table_in_a_schema),
    ("tables: create_table: in a schema, reversed", tables_create_table_in_a_schema_reversed),
    ("tables: drop_table", tables_drop_table),
    ("tables: drop_table: if_exists", tables_drop_table_if_exists),
    ("tables: rename_table", tables_rename_table),
    ("tables: rename_table, reversed", tables_rename_table_reversed),
    ("tables: create_table_comment", tables_create_table_comment),
    ("tables: create_table_comment, reversed", tables_create_table_comment_reversed),
    ("tables: drop_table_comment", tables_drop_table_comment),
    ("types: types: those that every database has", types_types_those_that_every_database_has),
    ("types: types: those that every database has, reversed", types_types_those_that_every_database_has_reversed),
    ("types: types: char, without sign", types_types_char_without_sign),
    ("types: types: char, without sign, reversed", types_types_char_without_sign_reversed),
    ("types: types: 64 bits without a sign", types_types_64_bits_without_a_sign),
    ("types: types: 64 bits without a sign, reversed", types_types_64_bits_without_a_sign_reversed),
    ("types: types: without a limit", types_types_without_a_limit),
    ("types: types: without a limit, reversed", types_types_without_a_limit_reversed),
    ("types: types: precision of times", types_types_precision_of_times),
    ("types: types: precision of times, reversed", types_types_precision_of_times_reversed),
    ("types: types: precision of an interval", types_types_precision_of_an_interval),
    ("types: types: precision of an interval, reversed", types_types_precision_of_an_interval_reversed),
    ("types: types: interval", types_types_interval),
    ("types: types: interval, reversed", types_types_interval_reversed),
    ("types: types: array", types_types_array),
    ("types: types: array, reversed", types_types_array_reversed),
    ("types: types: another one per database", types_types_another_one_per_database),
    ("types: types: another one per database, reversed", types_types_another_one_per_database_reversed),
    ("enums: create_enum, and a table with it", enums_create_enum_and_a_table_with_it),
    ("enums: create_enum, and a table with it, reversed", enums_create_enum_and_a_table_with_it_reversed),
    ("enums: create_enum: values to be quoted", enums_create_enum_values_to_be_quoted),
    ("enums: create_enum: values to be quoted, reversed", enums_create_enum_values_to_be_quoted_reversed),
    ("enums: add_column: enum", enums_add_column_enum),
    ("enums: add_column: enum, reversed", enums_add_column_enum_reversed),
    ("enums: drop_enum", enums_drop_enum),
    ("enums: drop_enum, reversed", enums_drop_enum_reversed),
    ("enums: drop_enum: if_exists", enums_drop_enum_if_exists),
    ("enums: add_enum_value", enums_add_enum_value),
    ("enums: add_enum_value, reversed", enums_add_enum_value_reversed),
    ("enums: add_enum_value: before", enums_add_enum_value_before),
    ("enums: add_enum_value: before, reversed", enums_add_enum_value_before_reversed),
    ("enums: add_enum_value: after", enums_add_enum_value_after),
    ("enums: add_enum_value: after, reversed", enums_add_enum_value_after_reversed),
    ("enums: add_enum_value: no column named", enums_add_enum_value_no_column_named),
    ("enums: add_enum_value: no column named, reversed", enums_add_enum_value_no_column_named_reversed),
    ("enums: rename_enum_value", enums_rename_enum_value),
    ("enums: rename_enum_value, reversed", enums_rename_enum_value_reversed),
    ("enums: remove_enum_value", enums_remove_enum_value),
    ("enums: remove_enum_value, reversed", enums_remove_enum_value_reversed),
    ("enums: remove_enum_value: no row has it", enums_remove_enum_value_no_row_has_it),
    ("enums: remove_enum_value: no row has it, reversed", enums_remove_enum_value_no_row_has_it_reversed),
    ("enums: remove_enum_value: arrays", enums_remove_enum_value_arrays),
    ("enums: remove_enum_value: arrays, reversed", enums_remove_enum_value_arrays_reversed),
    ("enums: reorder_enum_values", enums_reorder_enum_values),
    ("enums: reorder_enum_values, reversed", enums_reorder_enum_values_reversed),
    ("enums: reorder_enum_values: arrays", enums_reorder_enum_values_arrays),
    ("enums: reorder_enum_values: arrays, reversed", enums_reorder_enum_values_arrays_reversed),
    ("enums: alter_column: from an enum to text", enums_alter_column_from_an_enum_to_text),
    ("enums: alter_column: from an enum to text, reversed", enums_alter_column_from_an_enum_to_text_reversed),
    ("columns: add_column", columns_add_column),
    ("columns: add_column, reversed", columns_add_column_reversed),
    ("columns: add_column: check, foreign key, index", columns_add_column_check_foreign_key_index),
    ("columns: add_column: check, foreign key, index, reversed", columns_add_column_check_foreign_key_index_reversed),
    ("columns: add_column: unique", columns_add_column_unique),
    ("columns: add_column: unique, reversed", columns_add_column_unique_reversed),
    ("columns: add_column: default that is an expression", columns_add_column_default_that_is_an_expression),
    ("columns: add_column: default that is an expression, reversed", columns_add_column_default_that_is_an_expression_reversed),
    ("columns: add_column: stored generated", columns_add_column_stored_generated),
    ("columns: add_column: stored generated, reversed", columns_add_column_stored_generated_reversed),
    ("columns: add_column: virtual generated", columns_add_column_virtual_generated),
    ("columns: add_column: virtual generated, reversed", columns_add_column_virtual_generated_reversed),
    ("columns: add_column: stored generated and not null", columns_add_column_stored_generated_and_not_null),
    ("columns: add_column: stored generated and not null, reversed", columns_add_column_stored_generated_and_not_null_reversed),
    ("columns: add_column: autoincrement", columns_add_column_autoincrement),
    ("columns: add_column: autoincrement, reversed", columns_add_column_autoincrement_reversed),
    ("columns: add_column: if_not_exists", columns_add_column_if_not_exists),
    ("columns: alter_column: set_not_null", columns_alter_column_set_not_null),
    ("columns: alter_column: set_not_null, reversed", columns_alter_column_set_not_null_reversed),
    ("columns: alter_column: set_not_null, nothing known", columns_alter_column_set_not_null_nothing_known),
    ("columns: alter_column: drop_not_null", columns_alter_column_drop_not_null),
    ("columns: alter_column: drop_not_null, reversed", columns_alter_column_drop_not_null_reversed),
    ("columns: alter_column: set_type", columns_alter_column_set_type),
    ("columns: alter_column: set_type, reversed", columns_alter_column_set_type_reversed),
    ("columns: alter_column: set_type with an expression", columns_alter_column_set_type_with_an_expression),
    ("columns: alter_column: set_type and set_default", columns_alter_column_set_type_and_set_default),
    ("columns: alter_column: set_type and set_default, reversed", columns_alter_column_set_type_and_set_default_reversed),
    ("columns: alter_column: set_default", columns_alter_column_set_default),
    ("columns: alter_column: set_default, expression", columns_alter_column_set_default_expression),
    ("columns: alter_column: drop_default", columns_alter_column_drop_default),
    ("columns: alter_column: set_comment", columns_alter_column_set_comment),
    ("columns: alter_column: set_comment, reversed", columns_alter_column_set_comment_reversed),
    ("columns: alter_column: drop_comment", columns_alter_column_drop_comment),
    ("columns: alter_column: drop_comment, reversed", columns_alter_column_drop_comment_reversed),
    ("columns: alter_column: rename_to", columns_alter_column_rename_to),
    ("columns: alter_column: rename_to, reversed", columns_alter_column_rename_to_reversed),
    ("columns: alter_column: everything", columns_alter_column_everything),
    ("columns: alter_column: everything, reversed", columns_alter_column_everything_reversed),
    ("columns: rename_column", columns_rename_column),
    ("columns: rename_column, reversed", columns_rename_column_reversed),
    ("columns: alter_column: set_collation", columns_alter_column_set_collation),
    ("columns: alter_column: set_collation, reversed", columns_alter_column_set_collation_reversed),
    ("columns: alter_column: set_collation and set_type", columns_alter_column_set_collation_and_set_type),
    ("columns: alter_column: drop_collation", columns_alter_column_drop_collation),
    ("columns: alter_column: drop_collation, reversed", columns_alter_column_drop_collation_reversed),
    ("columns: alter_column: set_autoincrement", columns_alter_column_set_autoincrement),
    ("columns: alter_column: set_autoincrement, reversed", columns_alter_column_set_autoincrement_reversed),
    ("columns: alter_column: set_autoincrement of what was null", columns_alter_column_set_autoincrement_of_what_was_null),
    ("columns: alter_column: set_autoincrement of what was null, reversed", columns_alter_column_set_autoincrement_of_what_was_null_reversed),
    ("columns: alter_column: set_identity_always", columns_alter_column_set_identity_always),
    ("columns: alter_column: set_identity_always, reversed", columns_alter_column_set_identity_always_reversed),
    ("columns: alter_column: set_autoincrement that counts down", columns_alter_column_set_autoincrement_that_counts_down),
    ("columns: alter_column: set_autoincrement that counts down, reversed", columns_alter_column_set_autoincrement_that_counts_down_reversed),
    ("columns: alter_column: set_identity_always instead of set_autoincrement", columns_alter_column_set_identity_always_instead_of_set_autoincrement),
    ("columns: alter_column: set_identity_always instead of set_autoincrement, reversed", columns_alter_column_set_identity_always_instead_of_set_autoincrement_reversed),
    ("columns: alter_column: drop_identity", columns_alter_column_drop_identity),
    ("columns: alter_column: drop_identity, reversed", columns_alter_column_drop_identity_reversed),
    ("columns: alter_column: set_autoincrement of a serial", columns_alter_column_set_autoincrement_of_a_serial),
    ("columns: alter_column: set_autoincrement of a serial, reversed", columns_alter_column_set_autoincrement_of_a_serial_reversed),
    ("columns: alter_column: set_identity_always of a serial, with other numbers", columns_alter_column_set_identity_always_of_a_serial_with_other_numbers),
    ("columns: alter_column: set_identity_always of a serial, with other numbers, reversed", columns_alter_column_set_identity_always_of_a_serial_with_other_numbers_reversed),
    ("columns: alter_column: drop_identity of a serial", columns_alter_column_drop_identity_of_a_serial),
    ("columns: alter_column: drop_identity of a serial, reversed", columns_alter_column_drop_identity_of_a_serial_reversed),
    ("columns: alter_column: set_type, from a serial to a larger one", columns_alter_column_set_type_from_a_serial_to_a_larger_one),
    ("columns: alter_column: set_type, from a serial to a larger one, reversed", columns_alter_column_set_type_from_a_serial_to_a_larger_one_reversed),
    ("columns: alter_column: set_type to a serial", columns_alter_column_set_type_to_a_serial),
    ("columns: alter_column: set_type to a serial, reversed", columns_alter_column_set_type_to_a_serial_reversed),
    ("columns: alter_column: set_type to a serial, from an identity", columns_alter_column_set_type_to_a_serial_from_an_identity),
    ("columns: alter_column: set_type to a serial, from an identity, reversed", columns_alter_column_set_type_to_a_serial_from_an_identity_reversed),
    ("columns: alter_column: set_now_on_update", columns_alter_column_set_now_on_update),
    ("columns: alter_column: set_now_on_update, reversed", columns_alter_column_set_now_on_update_reversed),
    ("columns: alter_column: drop_now_on_update", columns_alter_column_drop_now_on_update),
    ("columns: alter_column: drop_now_on_update, reversed", columns_alter_column_drop_now_on_update_reversed),
    ("columns: drop_column", columns_drop_column),
    ("columns: drop_column: with what is known of it", columns_drop_column_with_what_is_known_of_it),
    ("columns: drop_column: with what is known of it, reversed", columns_drop_column_with_what_is_known_of_it_reversed),
    ("columns: drop_column: if_exists", columns_drop_column_if_exists),
    ("indexes: create_index", indexes_create_index),
    ("indexes: create_index, reversed", indexes_create_index_reversed),
    ("indexes: create_index: named by convention", indexes_create_index_named_by_convention),
    ("indexes: create_index: named by convention, reversed", indexes_create_index_named_by_convention_reversed),
    ("indexes: create_index: unique", indexes_create_index_unique),
    ("indexes: create_index: unique, reversed", indexes_create_index_unique_reversed),
    ("indexes: create_index: order", indexes_create_index_order),
    ("indexes: create_index: order, reversed", indexes_create_index_order_reversed),
    ("indexes: create_index: order of nulls", indexes_create_index_order_of_nulls),
    ("indexes: create_index: order of nulls, reversed", indexes_create_index_order_of_nulls_reversed),
    ("indexes: create_index: expression", indexes_create_index_expression),
    ("indexes: create_index: expression, reversed", indexes_create_index_expression_reversed),
    ("indexes: create_index: collation", indexes_create_index_collation),
    ("indexes: create_index: collation, reversed", indexes_create_index_collation_reversed),
    ("indexes: create_index: operator class", indexes_create_index_operator_class),
    ("indexes: create_index: operator class, reversed", indexes_create_index_operator_class_reversed),
    ("indexes: create_index: length for MySQL", indexes_create_index_length_for_mysql),
    ("indexes: create_index: length for MySQL, reversed", indexes_create_index_length_for_mysql_reversed),
    ("indexes: create_index: filter", indexes_create_index_filter),
    ("indexes: create_index: filter, reversed", indexes_create_index_filter_reversed),
    ("indexes: create_index: using", indexes_create_index_using),
    ("indexes: create_index: using, reversed", indexes_create_index_using_reversed),
    ("indexes: create_index: using what only PostgreSQL has", indexes_create_index_using_what_only_postgresql_has),
    ("indexes: create_index: using what only PostgreSQL has, reversed", indexes_create_index_using_what_only_postgresql_has_reversed),
    ("indexes: create_index: include", indexes_create_index_include),
    ("indexes: create_index: include, reversed", indexes_create_index_include_reversed),
    ("indexes: create_index: nulls_not_distinct", indexes_create_index_nulls_not_distinct),
    ("indexes: create_index: nulls_not_distinct, reversed", indexes_create_index_nulls_not_distinct_reversed),
    ("indexes: create_index: option", indexes_create_index_option),
    ("indexes: create_index: option, reversed", indexes_create_index_option_reversed),
    ("indexes: create_index: comment", indexes_create_index_comment),
    ("indexes: create_index: comment, reversed", indexes_create_index_comment_reversed),
    ("indexes: create_index: concurrently", indexes_create_index_concurrently),
    ("indexes: create_index: concurrently, reversed", indexes_create_index_concurrently_reversed),
    ("indexes: create_index: if_not_exists", indexes_create_index_if_not_exists),
    ("indexes: drop_index", indexes_drop_index),
    ("indexes: drop_index: concurrently", indexes_drop_index_concurrently),
    ("indexes: drop_index: if_exists", indexes_drop_index_if_exists),
    ("indexes: rename_index", indexes_rename_index),
    ("indexes: rename_index, reversed", indexes_rename_index_reversed),
    ("constraints: create_primary_key", constraints_create_primary_key),
    ("constraints: create_primary_key, reversed", constraints_create_primary_key_reversed),
    ("constraints: create_primary_key: deferrable", constraints_create_primary_key_deferrable),
    ("constraints: create_primary_key: deferrable, reversed", constraints_create_primary_key_deferrable_reversed),
    ("constraints: create_unique_constraint", constraints_create_unique_constraint),
    ("constraints: create_unique_constraint, reversed", constraints_create_unique_constraint_reversed),
    ("constraints: create_unique_constraint: nulls_not_distinct", constraints_create_unique_constraint_nulls_not_distinct),
    ("constraints: create_unique_constraint: nulls_not_distinct, reversed", constraints_create_unique_constraint_nulls_not_distinct_reversed),
    ("constraints: create_unique_constraint: deferrable", constraints_create_unique_constraint_deferrable),
    ("constraints: create_unique_constraint: deferrable, reversed", constraints_create_unique_constraint_deferrable_reversed),
    ("constraints: create_check_constraint", constraints_create_check_constraint),
    ("constraints: create_check_constraint, reversed", constraints_create_check_constraint_reversed),
    ("constraints: create_check_constraint: one_of", constraints_create_check_constraint_one_of),
    ("constraints: create_check_constraint: one_of, reversed", constraints_create_check_constraint_one_of_reversed),
    ("constraints: create_check_constraint: not_valid", constraints_create_check_constraint_not_valid),
    ("constraints: create_check_constraint: not_valid, reversed", constraints_create_check_constraint_not_valid_reversed),
    ("constraints: create_check_constraint: no_inherit", constraints_create_check_constraint_no_inherit),
    ("constraints: create_check_constraint: no_inherit, reversed", constraints_create_check_constraint_no_inherit_reversed),
    ("constraints: create_check_constraint: not_enforced", constraints_create_check_constraint_not_enforced),
    ("constraints: create_check_constraint: not_enforced, reversed", constraints_create_check_constraint_not_enforced_reversed),
    ("constraints: create_unique_constraint: include", constraints_create_unique_constraint_include),
    ("constraints: create_unique_constraint: include, reversed", constraints_create_unique_constraint_include_reversed),
    ("constraints: create_primary_key: include", constraints_create_primary_key_include),
    ("constraints: create_primary_key: include, reversed", constraints_create_primary_key_include_reversed),
    ("constraints: validate_constraint", constraints_validate_constraint),
    ("constraints: create_exclude_constraint", constraints_create_exclude_constraint),
    ("constraints: create_exclude_constraint, reversed", constraints_create_exclude_constraint_reversed),
    ("constraints: create_exclude_constraint: one range", constraints_create_exclude_constraint_one_range),
    ("constraints: create_exclude_constraint: one range, reversed", constraints_create_exclude_constraint_one_range_reversed),
    ("constraints: create_foreign_key", constraints_create_foreign_key),
    ("constraints: create_foreign_key, reversed", constraints_create_foreign_key_reversed),
    ("constraints: create_foreign_key: set default", constraints_create_foreign_key_set_default),
    ("constraints: create_foreign_key: set default, reversed", constraints_create_foreign_key_set_default_reversed),
    ("constraints: create_foreign_key: several columns, match full", constraints_create_foreign_key_several_columns_match_full),
    ("constraints: create_foreign_key: several columns, match full, reversed", constraints_create_foreign_key_several_columns_match_full_reversed),
    ("constraints: create_foreign_key: deferrable", constraints_create_foreign_key_deferrable),
    ("constraints: create_foreign_key: deferrable, reversed", constraints_create_foreign_key_deferrable_reversed),
    ("constraints: create_foreign_key: not_valid", constraints_create_foreign_key_not_valid),
    ("constraints: create_foreign_key: not_valid, reversed", constraints_create_foreign_key_not_valid_reversed),
    ("constraints: create_foreign_key: on_delete_columns", constraints_create_foreign_key_on_delete_columns),
    ("constraints: create_foreign_key: on_delete_columns, reversed", constraints_create_foreign_key_on_delete_columns_reversed),
    ("constraints: create_foreign_key: not_enforced", constraints_create_foreign_key_not_enforced),
    ("constraints: create_foreign_key: not_enforced, reversed", constraints_create_foreign_key_not_enforced_reversed),
    ("constraints: create_foreign_key: a circle of new tables", constraints_create_foreign_key_a_circle_of_new_tables),
    ("constraints: create_foreign_key: a circle of new tables, reversed", constraints_create_foreign_key_a_circle_of_new_tables_reversed),
    ("constraints: add_column: a circle of new tables", constraints_add_column_a_circle_of_new_tables),
    ("constraints: add_column: a circle of new tables, reversed", constraints_add_column_a_circle_of_new_tables_reversed),
    ("constraints: create_table: constraints that are not valid", constraints_create_table_constraints_that_are_not_valid),
    ("constraints: create_table: constraints that are not valid, reversed", constraints_create_table_constraints_that_are_not_valid_reversed),
    ("constraints: add_column: constraints that are not valid", constraints_add_column_constraints_that_are_not_valid),
    ("constraints: add_column: constraints that are not valid, reversed", constraints_add_column_constraints_that_are_not_valid_reversed),
    ("constraints: create_table: deferrable foreign key", constraints_create_table_deferrable_foreign_key),
    ("constraints: create_table: deferrable foreign key, reversed", constraints_create_table_deferrable_foreign_key_reversed),
    ("constraints: drop_primary_key", constraints_drop_primary_key),
    ("constraints: drop_unique_constraint", constraints_drop_unique_constraint),
    ("constraints: drop_check_constraint", constraints_drop_check_constraint),
    ("constraints: drop_foreign_key", constraints_drop_foreign_key),
    ("constraints: drop_exclude_constraint", constraints_drop_exclude_constraint),
    ("constraints: drop_check_constraint: if_exists", constraints_drop_check_constraint_if_exists),
    ("rows: bulk_insert", rows_bulk_insert),
    ("rows: bulk_insert: all kinds of values", rows_bulk_insert_all_kinds_of_values),
    ("rows: bulk_insert: no rows", rows_bulk_insert_no_rows),
    ("rows: update", rows_update),
    ("rows: update: filter", rows_update_filter),
    ("rows: execute: several statements", rows_execute_several_statements),
    ("rows: execute: bound values", rows_execute_bound_values),
    ("rows: execute_for", rows_execute_for),
    ("example: short forms", example_short_forms),
    ("example: no short forms", example_no_short_forms),
    ("example: keys of several columns", example_keys_of_several_columns),
    ("example: columns with more than they can say", example_columns_with_more_than_they_can_say),
    ("example: added columns with more than they can say", example_added_columns_with_more_than_they_can_say),
    ("example: what there is no word for", example_what_there_is_no_word_for),
    ("example: a batch", example_a_batch),
    ("example: an empty batch", example_an_empty_batch),
    ("example: by themselves", example_by_themselves),
    ("example: an enum of several columns", example_an_enum_of_several_columns),
    ("example: names", example_names),
    ("example: texts", example_texts),
    ("example: values", example_values),
    ("example: rows", example_rows),
    ("example: a long table", example_a_long_table),
    ("example: nothing", example_nothing),
    ("random 0", random_0),
    ("random 1", random_1),
    ("random 2", random_2),
    ("random 3", random_3),
    ("random 4", random_4),
    ("random 5", random_5),
    ("random 6", random_6),
    ("random 7", random_7),
    ("random 8", random_8),
    ("random 9", random_9),
    ("random 10", random_10),
    ("random 11", random_11),
    ("random 12", random_12),
    ("random 13", random_13),
    ("random 14", random_14),
    ("random 15", random_15),
    ("random 16", random_16),
    ("random 17", random_17),
    ("random 18", random_18),
    ("random 19", random_19),
    ("random 20", random_20),
    ("random 21", random_21),
    ("random 22", random_22),
    ("random 23", random_23),
    ("random 24", random_24),
    ("random 25", random_25),
    ("random 26", random_26),
    ("random 27", random_27),
    ("random 28", random_28),
    ("random 29", random_29),
    ("random 30", random_30),
    ("random 31", random_31),
    ("random 32", random_32),
    ("random 33", random_33),
    ("random 34", random_34),
    ("random 35", random_35),
    ("random 36", random_36),
    ("random 37", random_37),
    ("random 38", random_38),
    ("random 39", random_39),
    ("random 40", random_40),
    ("random 41", random_41),
    ("random 42", random_42),
    ("random 43", random_43),
    ("random 44", random_44),
    ("random 45", random_45),
    ("random 46", random_46),
    ("random 47", random_47),
    ("random 48", random_48),
    ("random 49", random_49),
    ("random 50", random_50),
    ("random 51", random_51),
    ("random 52", random_52),
    ("random 53", random_53),
    ("random 54", random_54),
    ("random 55", random_55),
    ("random 56", random_56),
    ("random 57", random_57),
    ("random 58", random_58),
    ("random 59", random_59),
];

pub fn tables_create_table_columns(op: &mut Operations) {
    op.create_table(
        "users",
        [integer("id").primary_key(), string("name", 40).not_null(), string("email", 40), integer("age")],
    );
}

pub fn tables_create_table_columns_reversed(op: &mut Operations) {
    op.drop_table("users").existing(
        Table::new(
            "users",
            [integer("id").not_null(), string("name", 40).not_null(), string("email", 40), integer("age")],
        )
        .with(primary_key(["id"]).name("pk_users")),
    );
}

pub fn tables_create_table_autoincrement(op: &mut Operations) {
    op.create_table("log", [big_integer("id").primary_key().autoincrement(), text("line")]);
}

pub fn tables_create_table_autoincrement_reversed(op: &mut Operations) {
    op.drop_table("log").existing(
        Table::new("log", [big_integer("id").not_null().autoincrement(), text("line")])
            .with(primary_key(["id"]).name("pk_log")),
    );
}

pub fn tables_create_table_autoincrement_with_options(op: &mut Operations) {
    op.create_table(
        "log",
        [
            big_integer("id")
                .primary_key()
                .autoincrement()
                .sequence(sequence().start(1000).increment(10).minimum(10).maximum(99_990).cache(5).cycle()),
        ],
    );
}

pub fn tables_create_table_autoincrement_with_options_reversed(op: &mut Operations) {
    op.drop_table("log").existing(
        Table::new(
            "log",
            [
                big_integer("id").not_null().autoincrement().sequence(
                    sequence().start(1000).increment(10).minimum(10).maximum(99_990).cache(5).cycle(),
                ),
            ],
        )
        .with(primary_key(["id"]).name("pk_log")),
    );
}

pub fn tables_create_table_now_on_update(op: &mut Operations) {
    op.create_table(
        "log",
        [
            timestamp("at").default(now()).now_on_update(),
            timestamp("on_the_second").precision(0).not_null().default(now()).now_on_update(),
        ],
    );
}

pub fn tables_create_table_now_on_update_reversed(op: &mut Operations) {
    op.drop_table("log").existing(Table::new(
        "log",
        [
            timestamp("at").default(now()).now_on_update(),
            timestamp("on_the_second").precision(0).not_null().default(now()).now_on_update(),
        ],
    ));
}

pub fn tables_create_table_identity_always(op: &mut Operations) {
    op.create_table("log", [big_integer("id").primary_key().identity_always()]);
}

pub fn tables_create_table_identity_always_reversed(op: &mut Operations) {
    op.drop_table("log").existing(
        Table::new("log", [big_integer("id").not_null().identity_always()])
            .with(primary_key(["id"]).name("pk_log")),
    );
}

pub fn tables_create_table_constraints_of_columns(op: &mut Operations) {
    op.create_table(
        "members",
        [
            ulid("id").primary_key(),
            integer("team_id")
                .not_null()
                .references("teams", "id")
                .on_delete(ForeignKeyAction::Cascade)
                .on_update(ForeignKeyAction::Restrict),
            string("email", 80).not_null().unique(),
            integer("age").indexed().check("age >= 0").check("age < 200"),
        ],
    );
}

pub fn tables_create_table_constraints_of_columns_reversed(op: &mut Operations) {
    op.drop_table("members").existing(
        Table::new(
            "members",
            [
                ulid("id").not_null(),
                integer("team_id").not_null(),
                string("email", 80).not_null(),
                integer("age"),
            ],
        )
        .with(primary_key(["id"]).name("pk_members"))
        .with(
            foreign_key(["team_id"], "teams", ["id"])
                .on_delete(ForeignKeyAction::Cascade)
                .on_update(ForeignKeyAction::Restrict)
                .name("fk_members_team_id_teams"),
        )
        .with(unique(["email"]).name("uq_members_email"))
        .with(check("age >= 0").name("ck_members_age_1"))
        .with(check("age < 200").name("ck_members_age_2"))
        .with(index(["age"]).name("ix_members_age")),
    );
}

pub fn tables_create_table_constraints_of_the_table(op: &mut Operations) {
    op.create_table("places", [integer("year").not_null(), integer("number").not_null(), string("row", 1)])
        .with(primary_key(["year", "number"]))
        .with(unique(["row", "number"]).name("uq_row"))
        .with(check("year > 0"))
        .with(check("number > 0"))
        .with(foreign_key(["year", "number"], "teams", ["year", "number"]))
        .with(index([key("number").desc()]));
}

pub fn tables_create_table_constraints_of_the_table_reversed(op: &mut Operations) {
    op.drop_table("places").existing(
        Table::new("places", [integer("year").not_null(), integer("number").not_null(), string("row", 1)])
            .with(primary_key(["year", "number"]).name("pk_places"))
            .with(unique(["row", "number"]).name("uq_row"))
            .with(check("year > 0").name("ck_places_1"))
            .with(check("number > 0").name("ck_places_2"))
            .with(
                foreign_key(["year", "number"], "teams", ["year", "number"])
                    .name("fk_places_year_number_teams"),
            )
            .with(index([key("number").desc()]).name("ix_places_number")),
    );
}

pub fn tables_create_table_defaults(op: &mut Operations) {
    op.create_table(
        "settings",
        [
            integer("id").primary_key(),
            string("name", 20).default("it's"),
            text("note").default("long"),
            boolean("on").not_null().default(true),
            integer("level").default(-3),
            double("factor").default(0.5),
            string("code", 9).default(sql("upper('x')")),
            timestamp("made").default(now()),
            timestamp_tz("seen").not_null().default(now()),
            binary("raw").default(b"\x00\xff"),
            text("nothing").default(None::<&str>),
        ],
    );
}

pub fn tables_create_table_defaults_reversed(op: &mut Operations) {
    op.drop_table("settings").existing(
        Table::new(
            "settings",
            [
                integer("id").not_null(),
                string("name", 20).default("it's"),
                text("note").default("long"),
                boolean("on").not_null().default(true),
                integer("level").default(-3),
                double("factor").default(0.5),
                string("code", 9).default(sql("upper('x')")),
                timestamp("made").default(now()),
                timestamp_tz("seen").not_null().default(now()),
                binary("raw").default(b"\x00\xff"),
                text("nothing").default(None::<&str>),
            ],
        )
        .with(primary_key(["id"]).name("pk_settings")),
    );
}

pub fn tables_create_table_stored_generated_column(op: &mut Operations) {
    op.create_table(
        "boxes",
        [integer("a").not_null(), integer("b").not_null(), integer("area").generated("a * b")],
    );
}

pub fn tables_create_table_stored_generated_column_reversed(op: &mut Operations) {
    op.drop_table("boxes").existing(Table::new(
        "boxes",
        [integer("a").not_null(), integer("b").not_null(), integer("area").generated("a * b")],
    ));
}

pub fn tables_create_table_virtual_generated_column(op: &mut Operations) {
    op.create_table("boxes", [integer("a").not_null(), integer("double").generated_virtual("a * 2")]);
}

pub fn tables_create_table_virtual_generated_column_reversed(op: &mut Operations) {
    op.drop_table("boxes").existing(Table::new(
        "boxes",
        [integer("a").not_null(), integer("double").generated_virtual("a * 2")],
    ));
}

pub fn tables_create_table_collation(op: &mut Operations) {
    op.create_table(
        "words",
        [
            string("word", 9)
                .collate_on(Dialect::Sqlite, "NOCASE")
                .collate_on(Dialect::Postgres, "C")
                .collate_on(Dialect::Mysql, "utf8mb4_bin"),
        ],
    );
}

pub fn tables_create_table_collation_reversed(op: &mut Operations) {
    op.drop_table("words").existing(Table::new(
        "words",
        [
            string("word", 9)
                .collate_on(Dialect::Sqlite, "NOCASE")
                .collate_on(Dialect::Postgres, "C")
                .collate_on(Dialect::Mysql, "utf8mb4_bin"),
        ],
    ));
}

pub fn tables_create_table_comments(op: &mut Operations) {
    op.create_table("users", [text("email").comment("where it's sent")]).comment("who may sign in");
}

pub fn tables_create_table_comments_reversed(op: &mut Operations) {
    op.drop_table("users")
        .existing(Table::new("users", [text("email").comment("where it's sent")]).comment("who may sign in"));
}

pub fn tables_create_table_if_not_exists(op: &mut Operations) {
    op.create_table("users", [text("email")]).if_not_exists();
}

pub fn tables_create_table_options(op: &mut Operations) {
    op.create_table("facts", [text("key").type_on(Dialect::Mysql, Type::Varchar(20)).primary_key()])
        .option(Dialect::Sqlite, "STRICT")
        .option(Dialect::Sqlite, "WITHOUT ROWID")
        .option(Dialect::Postgres, "WITH (fillfactor = 70)")
        .option(Dialect::Mysql, "ENGINE = InnoDB");
}

pub fn tables_create_table_options_reversed(op: &mut Operations) {
    op.drop_table("facts").existing(
        Table::new("facts", [text("key").type_on(Dialect::Mysql, Type::Varchar(20)).not_null()])
            .with(primary_key(["key"]).name("pk_facts"))
            .option(Dialect::Sqlite, "STRICT")
            .option(Dialect::Sqlite, "WITHOUT ROWID")
            .option(Dialect::Postgres, "WITH (fillfactor = 70)")
            .option(Dialect::Mysql, "ENGINE = InnoDB"),
    );
}

pub fn tables_create_table_in_a_schema(op: &mut Operations) {
    op.only_for(Dialect::Sqlite, |op| {
        op.create_table(("main", "carts"), [integer("id").primary_key(), string("name", 9).indexed()]);
    });

    op.only_for(Dialect::Postgres, |op| {
        op.create_table(("shop", "carts"), [integer("id").primary_key(), string("name", 9).indexed()]);
    });

    op.only_for(Dialect::Mysql, |op| {
        op.create_table(("SCHEMA", "carts"), [integer("id").primary_key(), string("name", 9).indexed()]);
    });
}

pub fn tables_create_table_in_a_schema_reversed(op: &mut Operations) {
    op.only_for(Dialect::Mysql, |op| {
        op.drop_table(("SCHEMA", "carts")).existing(
            Table::new(("SCHEMA", "carts"), [integer("id").not_null(), string("name", 9)])
                .with(primary_key(["id"]).name("pk_carts"))
                .with(index(["name"]).name("ix_carts_name")),
        );
    });

    op.only_for(Dialect::Postgres, |op| {
        op.drop_table(("shop", "carts")).existing(
            Table::new(("shop", "carts"), [integer("id").not_null(), string("name", 9)])
                .with(primary_key(["id"]).name("pk_carts"))
                .with(index(["name"]).name("ix_carts_name")),
        );
    });

    op.only_for(Dialect::Sqlite, |op| {
        op.drop_table(("main", "carts")).existing(
            Table::new(("main", "carts"), [integer("id").not_null(), string("name", 9)])
                .with(primary_key(["id"]).name("pk_carts"))
                .with(index(["name"]).name("ix_carts_name")),
        );
    });
}

pub fn tables_drop_table(op: &mut Operations) {
    op.drop_table("users");
}

pub fn tables_drop_table_if_exists(op: &mut Operations) {
    op.drop_table("users").if_exists();
}

pub fn tables_rename_table(op: &mut Operations) {
    op.rename_table("users", "people");
}

pub fn tables_rename_table_reversed(op: &mut Operations) {
    op.rename_table("people", "users");
}

pub fn tables_create_table_comment(op: &mut Operations) {
    op.create_table_comment("users", r"a \ and a 'quote'");
}

pub fn tables_create_table_comment_reversed(op: &mut Operations) {
    op.drop_table_comment("users").existing(r"a \ and a 'quote'");
}

pub fn tables_drop_table_comment(op: &mut Operations) {
    op.drop_table_comment("users");
}

pub fn types_types_those_that_every_database_has(op: &mut Operations) {
    op.create_table(
        "everything",
        [
            small_integer("a_small_integer"),
            integer("an_integer"),
            big_integer("a_big_integer"),
            float("a_float"),
            double("a_double"),
            numeric("a_numeric", 12, 2),
            string("a_string", 50),
            text("a_text"),
            boolean("a_boolean"),
            date("a_date"),
            time("a_time"),
            timestamp("a_timestamp"),
            timestamp_tz("a_timestamp_tz"),
            binary("a_binary"),
            json("a_json"),
            jsonb("a_jsonb"),
            uuid("a_uuid"),
            ulid("a_ulid"),
        ],
    );
}

pub fn types_types_those_that_every_database_has_reversed(op: &mut Operations) {
    op.drop_table("everything").existing(Table::new(
        "everything",
        [
            small_integer("a_small_integer"),
            integer("an_integer"),
            big_integer("a_big_integer"),
            float("a_float"),
            double("a_double"),
            numeric("a_numeric", 12, 2),
            string("a_string", 50),
            text("a_text"),
            boolean("a_boolean"),
            date("a_date"),
            time("a_time"),
            timestamp("a_timestamp"),
            timestamp_tz("a_timestamp_tz"),
            binary("a_binary"),
            json("a_json"),
            jsonb("a_jsonb"),
            uuid("a_uuid"),
            ulid("a_ulid"),
        ],
    ));
}

pub fn types_types_char_without_sign(op: &mut Operations) {
    op.create_table(
        "everything_else",
        [
            char("a_char", 3),
            unsigned_small_integer("an_unsigned_small_integer").default(65_535),
            unsigned_integer("an_unsigned_integer").default(4_294_967_295_i64),
        ],
    );
}

pub fn types_types_char_without_sign_reversed(op: &mut Operations) {
    op.drop_table("everything_else").existing(Table::new(
        "everything_else",
        [
            char("a_char", 3),
            unsigned_small_integer("an_unsigned_small_integer").default(65_535),
            unsigned_integer("an_unsigned_integer").default(4_294_967_295_i64),
        ],
    ));
}

pub fn types_types_64_bits_without_a_sign(op: &mut Operations) {
    op.create_table("files", [unsigned_big_integer("size").default(18_446_744_073_709_551_615_u64)]);
}

pub fn types_types_64_bits_without_a_sign_reversed(op: &mut Operations) {
    op.drop_table("files").existing(Table::new(
        "files",
        [unsigned_big_integer("size").default(18_446_744_073_709_551_615_u64)],
    ));
}

pub fn types_types_without_a_limit(op: &mut Operations) {
    op.create_table("prices", [unconstrained_numeric("price"), unconstrained_string("currency")]);
}

pub fn types_types_without_a_limit_reversed(op: &mut Operations) {
    op.drop_table("prices")
        .existing(Table::new("prices", [unconstrained_numeric("price"), unconstrained_string("currency")]));
}

pub fn types_types_precision_of_times(op: &mut Operations) {
    op.create_table(
        "moments",
        [
            time("a_time").precision(0),
            timestamp("a_timestamp").precision(3).default(now()),
            timestamp_tz("a_timestamp_tz").precision(3).not_null().default(now()),
        ],
    );
}

pub fn types_types_precision_of_times_reversed(op: &mut Operations) {
    op.drop_table("moments").existing(Table::new(
        "moments",
        [
            time("a_time").precision(0),
            timestamp("a_timestamp").precision(3).default(now()),
            timestamp_tz("a_timestamp_tz").precision(3).not_null().default(now()),
        ],
    ));
}

pub fn types_types_precision_of_an_interval(op: &mut Operations) {
    op.create_table("spans", [interval("length").precision(2)]);
}

pub fn types_types_precision_of_an_interval_reversed(op: &mut Operations) {
    op.drop_table("spans").existing(Table::new("spans", [interval("length").precision(2)]));
}

pub fn types_types_interval(op: &mut Operations) {
    op.create_table("spans", [interval("length")]);
}

pub fn types_types_interval_reversed(op: &mut Operations) {
    op.drop_table("spans").existing(Table::new("spans", [interval("length")]));
}

pub fn types_types_array(op: &mut Operations) {
    op.create_table("posts", [array("tags", Type::Text), array("matrix", Type::Integer.array())]);
}

pub fn types_types_array_reversed(op: &mut Operations) {
    op.drop_table("posts")
        .existing(Table::new("posts", [array("tags", Type::Text), array("matrix", Type::Integer.array())]));
}

pub fn types_types_another_one_per_database(op: &mut Operations) {
    op.create_table(
        "posts",
        [
            array("tags", Type::Text)
                .type_on(Dialect::Sqlite, Type::Json)
                .type_on(Dialect::Mysql, Type::Json),
            custom("size", "smallint").type_on(Dialect::Mysql, Type::custom("MEDIUMINT UNSIGNED")),
        ],
    );
}

pub fn types_types_another_one_per_database_reversed(op: &mut Operations) {
    op.drop_table("posts").existing(Table::new(
        "posts",
        [
            array("tags", Type::Text)
                .type_on(Dialect::Sqlite, Type::Json)
                .type_on(Dialect::Mysql, Type::Json),
            custom("size", "smallint").type_on(Dialect::Mysql, Type::custom("MEDIUMINT UNSIGNED")),
        ],
    ));
}

pub fn enums_create_enum_and_a_table_with_it(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "angry", "happy"]);
    op.create_enum(mood());
    op.create_table("people", [integer("id"), enumeration("mood", mood()).not_null().default("happy")]);
}

pub fn enums_create_enum_and_a_table_with_it_reversed(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "angry", "happy"]);

    op.drop_table("people").existing(Table::new(
        "people",
        [integer("id"), enumeration("mood", mood()).not_null().default("happy")],
    ));

    op.drop_enum(mood());
}

pub fn enums_create_enum_values_to_be_quoted(op: &mut Operations) {
    let odd_name = || enum_type(r#"odd "name""#, ["it's", r"back\slash", "a,b", r#"""#, "é"]);
    op.create_enum(odd_name());
    op.create_table("things", [enumeration("odd kind", odd_name()).default(r"back\slash")]);
    op.bulk_insert("things", ["odd kind"], [["it's"], ["a,b"], ["é"]]);
}

pub fn enums_create_enum_values_to_be_quoted_reversed(op: &mut Operations) {
    let odd_name = || enum_type(r#"odd "name""#, ["it's", r"back\slash", "a,b", r#"""#, "é"]);

    op.drop_table("things")
        .existing(Table::new("things", [enumeration("odd kind", odd_name()).default(r"back\slash")]));

    op.drop_enum(odd_name());
}

pub fn enums_add_column_enum(op: &mut Operations) {
    op.add_column(
        "people",
        enumeration("mood", enum_type("mood", ["sad", "angry", "happy"])).not_null().default("happy"),
    );
}

pub fn enums_add_column_enum_reversed(op: &mut Operations) {
    op.drop_column("people", "mood").existing(
        enumeration("mood", enum_type("mood", ["sad", "angry", "happy"])).not_null().default("happy"),
    );
}

pub fn enums_drop_enum(op: &mut Operations) {
    op.drop_enum(enum_type("mood", ["sad", "angry", "happy"]));
}

pub fn enums_drop_enum_reversed(op: &mut Operations) {
    op.create_enum(enum_type("mood", ["sad", "angry", "happy"]));
}

pub fn enums_drop_enum_if_exists(op: &mut Operations) {
    op.drop_enum(enum_type("mood", ["sad", "angry", "happy"])).if_exists();
}

pub fn enums_add_enum_value(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "angry", "happy"]);

    op.add_enum_value(mood(), "calm")
        .used_by("people", enumeration("mood", mood()).not_null().default("happy").comment("today"));
}

pub fn enums_add_enum_value_reversed(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "angry", "happy", "calm"]);

    op.remove_enum_value(mood(), "calm")
        .used_by("people", enumeration("mood", mood()).not_null().default("happy").comment("today"));
}

pub fn enums_add_enum_value_before(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "angry", "happy"]);

    op.add_enum_value(mood(), "calm")
        .before("happy")
        .used_by("people", enumeration("mood", mood()).not_null().default("happy").comment("today"));
}

pub fn enums_add_enum_value_before_reversed(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "angry", "calm", "happy"]);

    op.remove_enum_value(mood(), "calm")
        .used_by("people", enumeration("mood", mood()).not_null().default("happy").comment("today"));
}

pub fn enums_add_enum_value_after(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "angry", "happy"]);

    op.add_enum_value(mood(), "calm")
        .after("sad")
        .used_by("people", enumeration("mood", mood()).not_null().default("happy").comment("today"));
}

pub fn enums_add_enum_value_after_reversed(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "calm", "angry", "happy"]);

    op.remove_enum_value(mood(), "calm")
        .used_by("people", enumeration("mood", mood()).not_null().default("happy").comment("today"));
}

pub fn enums_add_enum_value_no_column_named(op: &mut Operations) {
    op.add_enum_value(enum_type("mood", ["sad", "angry", "happy"]), "calm");
}

pub fn enums_add_enum_value_no_column_named_reversed(op: &mut Operations) {
    op.remove_enum_value(enum_type("mood", ["sad", "angry", "happy", "calm"]), "calm");
}

pub fn enums_rename_enum_value(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "angry", "happy"]);

    op.rename_enum_value(mood(), "happy", "cheerful")
        .used_by("people", enumeration("mood", mood()).not_null().default("happy").comment("today"));
}

pub fn enums_rename_enum_value_reversed(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "angry", "cheerful"]);

    op.rename_enum_value(mood(), "cheerful", "happy")
        .used_by("people", enumeration("mood", mood()).not_null().default("cheerful").comment("today"));
}

pub fn enums_remove_enum_value(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "angry", "happy"]);

    op.remove_enum_value(mood(), "sad")
        .replaced_by("happy")
        .used_by("people", enumeration("mood", mood()).not_null().default("happy").comment("today"));
}

pub fn enums_remove_enum_value_reversed(op: &mut Operations) {
    let mood = || enum_type("mood", ["angry", "happy"]);

    op.add_enum_value(mood(), "sad")
        .before("angry")
        .used_by("people", enumeration("mood", mood()).not_null().default("happy").comment("today"));
}

pub fn enums_remove_enum_value_no_row_has_it(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "angry", "happy"]);

    op.remove_enum_value(mood(), "angry")
        .used_by("people", enumeration("mood", mood()).not_null().default("happy").comment("today"));
}

pub fn enums_remove_enum_value_no_row_has_it_reversed(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "happy"]);

    op.add_enum_value(mood(), "angry")
        .before("happy")
        .used_by("people", enumeration("mood", mood()).not_null().default("happy").comment("today"));
}

pub fn enums_remove_enum_value_arrays(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "angry", "happy"]);

    op.only_for(Dialect::Postgres, |op| {
        op.remove_enum_value(mood(), "sad")
            .replaced_by("happy")
            .used_by("people", array("moods", Type::Enum(mood())));
    });
}

pub fn enums_remove_enum_value_arrays_reversed(op: &mut Operations) {
    let mood = || enum_type("mood", ["angry", "happy"]);

    op.only_for(Dialect::Postgres, |op| {
        op.add_enum_value(mood(), "sad")
            .before("angry")
            .used_by("people", array("moods", Type::Enum(mood())));
    });
}

pub fn enums_reorder_enum_values(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "angry", "happy"]);

    op.reorder_enum_values(mood(), ["happy", "sad", "angry"])
        .used_by("people", enumeration("mood", mood()).not_null().default("happy").comment("today"));
}

pub fn enums_reorder_enum_values_reversed(op: &mut Operations) {
    let mood = || enum_type("mood", ["happy", "sad", "angry"]);

    op.reorder_enum_values(mood(), ["sad", "angry", "happy"])
        .used_by("people", enumeration("mood", mood()).not_null().default("happy").comment("today"));
}

pub fn enums_reorder_enum_values_arrays(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "angry", "happy"]);

    op.only_for(Dialect::Postgres, |op| {
        op.reorder_enum_values(mood(), ["happy", "sad", "angry"])
            .used_by("people", array("moods", Type::Enum(mood())));
    });
}

pub fn enums_reorder_enum_values_arrays_reversed(op: &mut Operations) {
    let mood = || enum_type("mood", ["happy", "sad", "angry"]);

    op.only_for(Dialect::Postgres, |op| {
        op.reorder_enum_values(mood(), ["sad", "angry", "happy"])
            .used_by("people", array("moods", Type::Enum(mood())));
    });
}

pub fn enums_alter_column_from_an_enum_to_text(op: &mut Operations) {
    op.alter_column("people", "mood").set_type(Type::Text).set_default("happy").existing(
        enumeration("mood", enum_type("mood", ["sad", "angry", "happy"]))
            .not_null()
            .default("happy")
            .comment("today"),
    );
}

pub fn enums_alter_column_from_an_enum_to_text_reversed(op: &mut Operations) {
    op.alter_column("people", "mood")
        .set_type(Type::Enum(enum_type("mood", ["sad", "angry", "happy"])))
        .set_default("happy")
        .existing(text("mood").not_null().default("happy").comment("today"));
}

pub fn columns_add_column(op: &mut Operations) {
    op.add_column("users", string("country", 2).not_null().default("NO").comment("ISO 3166"));
}

pub fn columns_add_column_reversed(op: &mut Operations) {
    op.drop_column("users", "country")
        .existing(string("country", 2).not_null().default("NO").comment("ISO 3166"));
}

pub fn columns_add_column_check_foreign_key_index(op: &mut Operations) {
    op.add_column(
        "people",
        integer("captain_of").indexed().references("teams", "id").check("captain_of > 0"),
    );
}

pub fn columns_add_column_check_foreign_key_index_reversed(op: &mut Operations) {
    op.drop_column("people", "captain_of")
        .existing(integer("captain_of").indexed().references("teams", "id").check("captain_of > 0"));
}

pub fn columns_add_column_unique(op: &mut Operations) {
    op.add_column("users", string("nick", 20).unique());
}

pub fn columns_add_column_unique_reversed(op: &mut Operations) {
    op.drop_column("users", "nick").existing(string("nick", 20).unique());
}

pub fn columns_add_column_default_that_is_an_expression(op: &mut Operations) {
    op.add_column("users", timestamp_tz("seen_at").not_null().default(now()));
}

pub fn columns_add_column_default_that_is_an_expression_reversed(op: &mut Operations) {
    op.drop_column("users", "seen_at").existing(timestamp_tz("seen_at").not_null().default(now()));
}

pub fn columns_add_column_stored_generated(op: &mut Operations) {
    op.add_column("users", integer("age_in_days").generated("age * 365"));
}

pub fn columns_add_column_stored_generated_reversed(op: &mut Operations) {
    op.drop_column("users", "age_in_days").existing(integer("age_in_days").generated("age * 365"));
}

pub fn columns_add_column_virtual_generated(op: &mut Operations) {
    op.add_column("users", integer("age_in_days").generated_virtual("age * 365"));
}

pub fn columns_add_column_virtual_generated_reversed(op: &mut Operations) {
    op.drop_column("users", "age_in_days").existing(integer("age_in_days").generated_virtual("age * 365"));
}

pub fn columns_add_column_stored_generated_and_not_null(op: &mut Operations) {
    op.add_column("users", integer("age_in_days").not_null().generated("coalesce(age, 1) * 365"));
}

pub fn columns_add_column_stored_generated_and_not_null_reversed(op: &mut Operations) {
    op.drop_column("users", "age_in_days")
        .existing(integer("age_in_days").not_null().generated("coalesce(age, 1) * 365"));
}

pub fn columns_add_column_autoincrement(op: &mut Operations) {
    op.add_column("t", integer("id").primary_key().autoincrement());
}

pub fn columns_add_column_autoincrement_reversed(op: &mut Operations) {
    op.drop_column("t", "id").existing(integer("id").primary_key().autoincrement());
}

pub fn columns_add_column_if_not_exists(op: &mut Operations) {
    op.add_column("users", string("email", 9)).if_not_exists();
}

pub fn columns_alter_column_set_not_null(op: &mut Operations) {
    op.alter_column("users", "email").set_not_null().existing(string("email", 40));
}

pub fn columns_alter_column_set_not_null_reversed(op: &mut Operations) {
    op.alter_column("users", "email").drop_not_null().existing(string("email", 40).not_null());
}

pub fn columns_alter_column_set_not_null_nothing_known(op: &mut Operations) {
    op.alter_column("users", "email").set_not_null();
}

pub fn columns_alter_column_drop_not_null(op: &mut Operations) {
    op.alter_column("users", "name").drop_not_null().existing(string("name", 40).not_null());
}

pub fn columns_alter_column_drop_not_null_reversed(op: &mut Operations) {
    op.alter_column("users", "name").set_not_null().existing(string("name", 40));
}

pub fn columns_alter_column_set_type(op: &mut Operations) {
    op.alter_column("users", "name").set_type(Type::Text).existing(string("name", 40).not_null());
}

pub fn columns_alter_column_set_type_reversed(op: &mut Operations) {
    op.alter_column("users", "name").set_type(Type::Varchar(40)).existing(text("name").not_null());
}

pub fn columns_alter_column_set_type_with_an_expression(op: &mut Operations) {
    op.alter_column("users", "email").set_type(Type::Integer).using("length(email)");
}

pub fn columns_alter_column_set_type_and_set_default(op: &mut Operations) {
    op.alter_column("users", "age").set_type(Type::Varchar(9)).set_default("none").existing(integer("age"));
}

pub fn columns_alter_column_set_type_and_set_default_reversed(op: &mut Operations) {
    op.alter_column("users", "age")
        .set_type(Type::Integer)
        .drop_default()
        .existing(string("age", 9).default("none"));
}

pub fn columns_alter_column_set_default(op: &mut Operations) {
    op.alter_column("users", "age").set_default(18);
}

pub fn columns_alter_column_set_default_expression(op: &mut Operations) {
    op.alter_column("users", "name").set_default(sql("lower('X')"));
}

pub fn columns_alter_column_drop_default(op: &mut Operations) {
    op.alter_column("users", "age").drop_default();
}

pub fn columns_alter_column_set_comment(op: &mut Operations) {
    op.alter_column("users", "age").set_comment("in years").existing(integer("age"));
}

pub fn columns_alter_column_set_comment_reversed(op: &mut Operations) {
    op.alter_column("users", "age").drop_comment().existing(integer("age").comment("in years"));
}

pub fn columns_alter_column_drop_comment(op: &mut Operations) {
    op.alter_column("users", "age").drop_comment().existing(integer("age").default(7).comment("x"));
}

pub fn columns_alter_column_drop_comment_reversed(op: &mut Operations) {
    op.alter_column("users", "age").set_comment("x").existing(integer("age").default(7));
}

pub fn columns_alter_column_rename_to(op: &mut Operations) {
    op.alter_column("users", "age").rename_to("years");
}

pub fn columns_alter_column_rename_to_reversed(op: &mut Operations) {
    op.alter_column("users", "years").rename_to("age");
}

pub fn columns_alter_column_everything(op: &mut Operations) {
    op.alter_column("users", "age")
        .rename_to("years")
        .set_type(Type::BigInteger)
        .set_not_null()
        .set_default(0)
        .set_comment("in years")
        .existing(integer("age"));
}

pub fn columns_alter_column_everything_reversed(op: &mut Operations) {
    op.alter_column("users", "years")
        .rename_to("age")
        .set_type(Type::Integer)
        .drop_not_null()
        .drop_default()
        .drop_comment()
        .existing(big_integer("years").not_null().default(0).comment("in years"));
}

pub fn columns_rename_column(op: &mut Operations) {
    op.rename_column("users", "name", "full_name");
}

pub fn columns_rename_column_reversed(op: &mut Operations) {
    op.rename_column("users", "full_name", "name");
}

pub fn columns_alter_column_set_collation(op: &mut Operations) {
    op.only_for(Dialect::Sqlite, |op| {
        op.alter_column("users", "email").set_collation("NOCASE").existing(string("email", 40));
    });

    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("users", "email").set_collation("C").existing(string("email", 40));
    });

    op.only_for(Dialect::Mysql, |op| {
        op.alter_column("users", "email").set_collation("utf8mb4_bin").existing(string("email", 40));
    });
}

pub fn columns_alter_column_set_collation_reversed(op: &mut Operations) {
    op.only_for(Dialect::Mysql, |op| {
        op.alter_column("users", "email")
            .drop_collation()
            .existing(string("email", 40).collate("utf8mb4_bin"));
    });

    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("users", "email").drop_collation().existing(string("email", 40).collate("C"));
    });

    op.only_for(Dialect::Sqlite, |op| {
        op.alter_column("users", "email").drop_collation().existing(string("email", 40).collate("NOCASE"));
    });
}

pub fn columns_alter_column_set_collation_and_set_type(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("users", "email").set_type(Type::Text).set_collation("C");
    });
}

pub fn columns_alter_column_drop_collation(op: &mut Operations) {
    op.only_for(Dialect::Sqlite, |op| {
        op.alter_column("books", "title")
            .drop_collation()
            .existing(string("title", 40).not_null().collate("NOCASE"));
    });

    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("books", "title")
            .drop_collation()
            .existing(string("title", 40).not_null().collate("C"));
    });

    op.only_for(Dialect::Mysql, |op| {
        op.alter_column("books", "title")
            .drop_collation()
            .existing(string("title", 40).not_null().collate("utf8mb4_bin"));
    });
}

pub fn columns_alter_column_drop_collation_reversed(op: &mut Operations) {
    op.only_for(Dialect::Mysql, |op| {
        op.alter_column("books", "title")
            .set_collation("utf8mb4_bin")
            .existing(string("title", 40).not_null());
    });

    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("books", "title").set_collation("C").existing(string("title", 40).not_null());
    });

    op.only_for(Dialect::Sqlite, |op| {
        op.alter_column("books", "title").set_collation("NOCASE").existing(string("title", 40).not_null());
    });
}

pub fn columns_alter_column_set_autoincrement(op: &mut Operations) {
    op.alter_column("books", "id").set_autoincrement().existing(integer("id").not_null());
}

pub fn columns_alter_column_set_autoincrement_reversed(op: &mut Operations) {
    op.alter_column("books", "id").drop_identity().existing(integer("id").not_null().autoincrement());
}

pub fn columns_alter_column_set_autoincrement_of_what_was_null(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("books", "number").set_not_null().set_autoincrement().existing(big_integer("number"));
    });
}

pub fn columns_alter_column_set_autoincrement_of_what_was_null_reversed(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("books", "number")
            .drop_not_null()
            .drop_identity()
            .existing(big_integer("number").not_null().autoincrement());
    });
}

pub fn columns_alter_column_set_identity_always(op: &mut Operations) {
    op.alter_column("books", "id")
        .set_identity_always()
        .sequence(sequence().start(1000).increment(10))
        .existing(integer("id").not_null());
}

pub fn columns_alter_column_set_identity_always_reversed(op: &mut Operations) {
    op.alter_column("books", "id")
        .drop_identity()
        .existing(integer("id").not_null().identity_always().sequence(sequence().start(1000).increment(10)));
}

pub fn columns_alter_column_set_autoincrement_that_counts_down(op: &mut Operations) {
    op.alter_column("books", "id")
        .set_autoincrement()
        .sequence(sequence().increment(-1))
        .existing(integer("id").not_null());
}

pub fn columns_alter_column_set_autoincrement_that_counts_down_reversed(op: &mut Operations) {
    op.alter_column("books", "id")
        .drop_identity()
        .existing(integer("id").not_null().autoincrement().sequence(sequence().increment(-1)));
}

pub fn columns_alter_column_set_identity_always_instead_of_set_autoincrement(op: &mut Operations) {
    op.alter_column("books", "id").set_identity_always().existing(integer("id").not_null().autoincrement());
}

pub fn columns_alter_column_set_identity_always_instead_of_set_autoincrement_reversed(op: &mut Operations) {
    op.alter_column("books", "id").set_autoincrement().existing(integer("id").not_null().identity_always());
}

pub fn columns_alter_column_drop_identity(op: &mut Operations) {
    op.alter_column("books", "id").drop_identity().existing(integer("id").not_null().autoincrement());
}

pub fn columns_alter_column_drop_identity_reversed(op: &mut Operations) {
    op.alter_column("books", "id").set_autoincrement().existing(integer("id").not_null());
}

pub fn columns_alter_column_set_autoincrement_of_a_serial(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("books", "id").set_autoincrement().existing(custom("id", "serial").not_null());
    });
}

pub fn columns_alter_column_set_autoincrement_of_a_serial_reversed(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("books", "id")
            .set_type(Type::custom("serial"))
            .existing(integer("id").not_null().autoincrement());
    });
}

pub fn columns_alter_column_set_identity_always_of_a_serial_with_other_numbers(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("books", "id")
            .set_type(Type::BigInteger)
            .set_identity_always()
            .sequence(sequence().start(1000))
            .existing(custom("id", "serial").not_null());
    });
}

pub fn columns_alter_column_set_identity_always_of_a_serial_with_other_numbers_reversed(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("books", "id")
            .set_type(Type::custom("serial"))
            .existing(big_integer("id").not_null().identity_always().sequence(sequence().start(1000)));
    });
}

pub fn columns_alter_column_drop_identity_of_a_serial(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("books", "id").drop_identity().existing(custom("id", "serial").not_null());
    });
}

pub fn columns_alter_column_drop_identity_of_a_serial_reversed(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("books", "id").set_type(Type::custom("serial")).existing(integer("id").not_null());
    });
}

pub fn columns_alter_column_set_type_from_a_serial_to_a_larger_one(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("books", "id")
            .set_type(Type::custom("bigserial"))
            .existing(custom("id", "serial").not_null());
    });
}

pub fn columns_alter_column_set_type_from_a_serial_to_a_larger_one_reversed(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("books", "id")
            .set_type(Type::custom("serial"))
            .existing(custom("id", "bigserial").not_null());
    });
}

pub fn columns_alter_column_set_type_to_a_serial(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("books", "number")
            .set_type(Type::custom("bigserial"))
            .existing(big_integer("number"));
    });
}

pub fn columns_alter_column_set_type_to_a_serial_reversed(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("books", "number")
            .set_type(Type::BigInteger)
            .drop_not_null()
            .drop_identity()
            .existing(custom("number", "bigserial").not_null());
    });
}

pub fn columns_alter_column_set_type_to_a_serial_from_an_identity(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("books", "id")
            .set_type(Type::custom("serial"))
            .existing(integer("id").not_null().autoincrement());
    });
}

pub fn columns_alter_column_set_type_to_a_serial_from_an_identity_reversed(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.alter_column("books", "id")
            .set_type(Type::Integer)
            .set_autoincrement()
            .existing(custom("id", "serial").not_null());
    });
}

pub fn columns_alter_column_set_now_on_update(op: &mut Operations) {
    op.alter_column("books", "changed_at").set_now_on_update().existing(timestamp("changed_at"));
}

pub fn columns_alter_column_set_now_on_update_reversed(op: &mut Operations) {
    op.alter_column("books", "changed_at")
        .drop_now_on_update()
        .existing(timestamp("changed_at").now_on_update());
}

pub fn columns_alter_column_drop_now_on_update(op: &mut Operations) {
    op.alter_column("books", "changed_at")
        .drop_now_on_update()
        .existing(timestamp("changed_at").now_on_update());
}

pub fn columns_alter_column_drop_now_on_update_reversed(op: &mut Operations) {
    op.alter_column("books", "changed_at").set_now_on_update().existing(timestamp("changed_at"));
}

pub fn columns_drop_column(op: &mut Operations) {
    op.drop_column("users", "age");
}

pub fn columns_drop_column_with_what_is_known_of_it(op: &mut Operations) {
    op.drop_column("people", "captain_of")
        .existing(integer("captain_of").indexed().references("teams", "id").check("captain_of > 0"));
}

pub fn columns_drop_column_with_what_is_known_of_it_reversed(op: &mut Operations) {
    op.add_column(
        "people",
        integer("captain_of").indexed().references("teams", "id").check("captain_of > 0"),
    );
}

pub fn columns_drop_column_if_exists(op: &mut Operations) {
    op.drop_column("users", "height").if_exists();
}

pub fn indexes_create_index(op: &mut Operations) {
    op.create_index(by_convention(), "users", ["name"]);
}

pub fn indexes_create_index_reversed(op: &mut Operations) {
    op.drop_index("ix_users_name", "users").existing(index(["name"]).name("ix_users_name"));
}

pub fn indexes_create_index_named_by_convention(op: &mut Operations) {
    op.create_index(by_convention(), "users", ["name", "email"]);
}

pub fn indexes_create_index_named_by_convention_reversed(op: &mut Operations) {
    op.drop_index("ix_users_name_email", "users")
        .existing(index(["name", "email"]).name("ix_users_name_email"));
}

pub fn indexes_create_index_unique(op: &mut Operations) {
    op.create_index(by_convention(), "users", ["email"]).unique();
}

pub fn indexes_create_index_unique_reversed(op: &mut Operations) {
    op.drop_index("ix_users_email", "users").existing(index(["email"]).name("ix_users_email").unique());
}

pub fn indexes_create_index_order(op: &mut Operations) {
    op.create_index("ix", "users", [key("name").asc(), key("age").desc()]);
}

pub fn indexes_create_index_order_reversed(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index([key("name").asc(), key("age").desc()]).name("ix"));
}

pub fn indexes_create_index_order_of_nulls(op: &mut Operations) {
    op.create_index("ix", "users", [key("age").desc().nulls(Nulls::Last)]);
}

pub fn indexes_create_index_order_of_nulls_reversed(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index([key("age").desc().nulls(Nulls::Last)]).name("ix"));
}

pub fn indexes_create_index_expression(op: &mut Operations) {
    op.create_index("ix", "users", [key(sql("lower(name)")), key("age")]);
}

pub fn indexes_create_index_expression_reversed(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index([key(sql("lower(name)")), key("age")]).name("ix"));
}

pub fn indexes_create_index_collation(op: &mut Operations) {
    op.only_for(Dialect::Sqlite, |op| {
        op.create_index("ix", "users", [key("name").collate("NOCASE")]);
    });

    op.only_for(Dialect::Postgres, |op| {
        op.create_index("ix", "users", [key("name").collate("C")]);
    });

    op.only_for(Dialect::Mysql, |op| {
        op.create_index("ix", "users", [key("name").collate("utf8mb4_bin")]);
    });
}

pub fn indexes_create_index_collation_reversed(op: &mut Operations) {
    op.only_for(Dialect::Mysql, |op| {
        op.drop_index("ix", "users").existing(index([key("name").collate("utf8mb4_bin")]).name("ix"));
    });

    op.only_for(Dialect::Postgres, |op| {
        op.drop_index("ix", "users").existing(index([key("name").collate("C")]).name("ix"));
    });

    op.only_for(Dialect::Sqlite, |op| {
        op.drop_index("ix", "users").existing(index([key("name").collate("NOCASE")]).name("ix"));
    });
}

pub fn indexes_create_index_operator_class(op: &mut Operations) {
    op.create_index("ix", "users", [key("name").operator_class("varchar_pattern_ops")]);
}

pub fn indexes_create_index_operator_class_reversed(op: &mut Operations) {
    op.drop_index("ix", "users")
        .existing(index([key("name").operator_class("varchar_pattern_ops")]).name("ix"));
}

pub fn indexes_create_index_length_for_mysql(op: &mut Operations) {
    op.create_index("ix", "users", [key("name").mysql_length(10)]);
}

pub fn indexes_create_index_length_for_mysql_reversed(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index([key("name").mysql_length(10)]).name("ix"));
}

pub fn indexes_create_index_filter(op: &mut Operations) {
    op.create_index("ix", "users", ["name"]).filter("age IS NOT NULL");
}

pub fn indexes_create_index_filter_reversed(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index(["name"]).name("ix").filter("age IS NOT NULL"));
}

pub fn indexes_create_index_using(op: &mut Operations) {
    op.create_index("ix", "users", ["name"]).using("btree");
}

pub fn indexes_create_index_using_reversed(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index(["name"]).name("ix").using("btree"));
}

pub fn indexes_create_index_using_what_only_postgresql_has(op: &mut Operations) {
    op.create_index("ix", "users", ["name"]).using("spgist");
}

pub fn indexes_create_index_using_what_only_postgresql_has_reversed(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index(["name"]).name("ix").using("spgist"));
}

pub fn indexes_create_index_include(op: &mut Operations) {
    op.create_index("ix", "users", ["name"]).include(["age", "email"]);
}

pub fn indexes_create_index_include_reversed(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index(["name"]).name("ix").include(["age", "email"]));
}

pub fn indexes_create_index_nulls_not_distinct(op: &mut Operations) {
    op.create_index("ix", "users", ["email"]).unique().nulls_not_distinct();
}

pub fn indexes_create_index_nulls_not_distinct_reversed(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index(["email"]).name("ix").unique().nulls_not_distinct());
}

pub fn indexes_create_index_option(op: &mut Operations) {
    op.create_index("ix", "users", ["email"]).filter("age > 1").option("fillfactor", "70");
}

pub fn indexes_create_index_option_reversed(op: &mut Operations) {
    op.drop_index("ix", "users")
        .existing(index(["email"]).name("ix").filter("age > 1").option("fillfactor", "70"));
}

pub fn indexes_create_index_comment(op: &mut Operations) {
    op.create_index("ix", "users", ["email"]).comment("it's for the sign-in");
}

pub fn indexes_create_index_comment_reversed(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index(["email"]).name("ix").comment("it's for the sign-in"));
}

pub fn indexes_create_index_concurrently(op: &mut Operations) {
    op.create_index("ix", "users", ["email"]).concurrently();
}

pub fn indexes_create_index_concurrently_reversed(op: &mut Operations) {
    op.drop_index("ix", "users").concurrently().existing(index(["email"]).name("ix"));
}

pub fn indexes_create_index_if_not_exists(op: &mut Operations) {
    op.create_index("ix", "users", ["email"]).if_not_exists();
}

pub fn indexes_drop_index(op: &mut Operations) {
    op.drop_index("ix", "users");
}

pub fn indexes_drop_index_concurrently(op: &mut Operations) {
    op.drop_index("ix", "users").concurrently();
}

pub fn indexes_drop_index_if_exists(op: &mut Operations) {
    op.drop_index("ix", "users").if_exists();
}

pub fn indexes_rename_index(op: &mut Operations) {
    op.rename_index("ix", "users", "ix_users_name");
}

pub fn indexes_rename_index_reversed(op: &mut Operations) {
    op.rename_index("ix_users_name", "users", "ix");
}

pub fn constraints_create_primary_key(op: &mut Operations) {
    op.create_primary_key(by_convention(), "people", ["id"]);
}

pub fn constraints_create_primary_key_reversed(op: &mut Operations) {
    op.drop_primary_key("pk_people", "people").existing(primary_key(["id"]).name("pk_people"));
}

pub fn constraints_create_primary_key_deferrable(op: &mut Operations) {
    op.create_primary_key("pk", "people", ["id"]).deferrable(Deferrability::Immediate);
}

pub fn constraints_create_primary_key_deferrable_reversed(op: &mut Operations) {
    op.drop_primary_key("pk", "people")
        .existing(primary_key(["id"]).deferrable(Deferrability::Immediate).name("pk"));
}

pub fn constraints_create_unique_constraint(op: &mut Operations) {
    op.create_unique_constraint("uq", "people", ["year", "number"]);
}

pub fn constraints_create_unique_constraint_reversed(op: &mut Operations) {
    op.drop_unique_constraint("uq", "people").existing(unique(["year", "number"]).name("uq"));
}

pub fn constraints_create_unique_constraint_nulls_not_distinct(op: &mut Operations) {
    op.create_unique_constraint("uq", "people", ["year"]).nulls_not_distinct();
}

pub fn constraints_create_unique_constraint_nulls_not_distinct_reversed(op: &mut Operations) {
    op.drop_unique_constraint("uq", "people").existing(unique(["year"]).nulls_not_distinct().name("uq"));
}

pub fn constraints_create_unique_constraint_deferrable(op: &mut Operations) {
    op.create_unique_constraint("uq", "people", ["year"]).deferrable(Deferrability::Deferred);
}

pub fn constraints_create_unique_constraint_deferrable_reversed(op: &mut Operations) {
    op.drop_unique_constraint("uq", "people")
        .existing(unique(["year"]).deferrable(Deferrability::Deferred).name("uq"));
}

pub fn constraints_create_check_constraint(op: &mut Operations) {
    op.create_check_constraint("ck", "people", "year > 0");
}

pub fn constraints_create_check_constraint_reversed(op: &mut Operations) {
    op.drop_check_constraint("ck", "people").existing(check("year > 0").name("ck"));
}

pub fn constraints_create_check_constraint_one_of(op: &mut Operations) {
    op.create_check_constraint("ck", "people", one_of("year", [-1, 9_223_372_036_854_775_807]));
    op.add_column("people", text("order").one_of(["it's", "a/b", "å"]));
}

pub fn constraints_create_check_constraint_one_of_reversed(op: &mut Operations) {
    op.drop_column("people", "order").existing(text("order").one_of(["it's", "a/b", "å"]));
    op.drop_check_constraint("ck", "people")
        .existing(check(one_of("year", [-1, 9_223_372_036_854_775_807])).name("ck"));
}

pub fn constraints_create_check_constraint_not_valid(op: &mut Operations) {
    op.create_check_constraint("ck", "people", "year > 0").not_valid();
}

pub fn constraints_create_check_constraint_not_valid_reversed(op: &mut Operations) {
    op.drop_check_constraint("ck", "people").existing(check("year > 0").not_valid().name("ck"));
}

pub fn constraints_create_check_constraint_no_inherit(op: &mut Operations) {
    op.create_check_constraint("ck", "people", "year > 0").no_inherit().not_valid();
}

pub fn constraints_create_check_constraint_no_inherit_reversed(op: &mut Operations) {
    op.drop_check_constraint("ck", "people").existing(check("year > 0").no_inherit().not_valid().name("ck"));
}

pub fn constraints_create_check_constraint_not_enforced(op: &mut Operations) {
    op.create_check_constraint("ck", "people", "year > 0").not_enforced();
}

pub fn constraints_create_check_constraint_not_enforced_reversed(op: &mut Operations) {
    op.drop_check_constraint("ck", "people").existing(check("year > 0").not_enforced().name("ck"));
}

pub fn constraints_create_unique_constraint_include(op: &mut Operations) {
    op.create_unique_constraint("uq", "people", ["year"]).include(["number"]);
}

pub fn constraints_create_unique_constraint_include_reversed(op: &mut Operations) {
    op.drop_unique_constraint("uq", "people").existing(unique(["year"]).include(["number"]).name("uq"));
}

pub fn constraints_create_primary_key_include(op: &mut Operations) {
    op.create_primary_key("pk", "people", ["id"]).include(["number", "year"]);
}

pub fn constraints_create_primary_key_include_reversed(op: &mut Operations) {
    op.drop_primary_key("pk", "people").existing(primary_key(["id"]).include(["number", "year"]).name("pk"));
}

pub fn constraints_validate_constraint(op: &mut Operations) {
    op.validate_constraint("ck", "people");
}

pub fn constraints_create_exclude_constraint(op: &mut Operations) {
    op.create_exclude_constraint("ex", "stays", [(key("during"), "="), (key(sql("room * 1")), "=")])
        .using("btree")
        .filter("room > 0");
}

pub fn constraints_create_exclude_constraint_reversed(op: &mut Operations) {
    op.drop_exclude_constraint("ex", "stays").existing(
        exclusion([(key("during"), "="), (key(sql("room * 1")), "=")])
            .using("btree")
            .filter("room > 0")
            .name("ex"),
    );
}

pub fn constraints_create_exclude_constraint_one_range(op: &mut Operations) {
    op.create_exclude_constraint(by_convention(), "stays", [("during", "&&")])
        .using("gist")
        .filter("room > 0")
        .deferrable(Deferrability::Deferred);
}

pub fn constraints_create_exclude_constraint_one_range_reversed(op: &mut Operations) {
    op.drop_exclude_constraint("ex_stays_during", "stays").existing(
        exclusion([("during", "&&")])
            .using("gist")
            .filter("room > 0")
            .deferrable(Deferrability::Deferred)
            .name("ex_stays_during"),
    );
}

pub fn constraints_create_foreign_key(op: &mut Operations) {
    op.create_foreign_key(by_convention(), "people", "teams", ["team"], ["id"])
        .on_delete(ForeignKeyAction::SetNull)
        .on_update(ForeignKeyAction::Cascade);
}

pub fn constraints_create_foreign_key_reversed(op: &mut Operations) {
    op.drop_foreign_key("fk_people_team_teams", "people").existing(
        foreign_key(["team"], "teams", ["id"])
            .on_delete(ForeignKeyAction::SetNull)
            .on_update(ForeignKeyAction::Cascade)
            .name("fk_people_team_teams"),
    );
}

pub fn constraints_create_foreign_key_set_default(op: &mut Operations) {
    op.create_foreign_key("fk", "people", "teams", ["team"], ["id"]).on_delete(ForeignKeyAction::SetDefault);
}

pub fn constraints_create_foreign_key_set_default_reversed(op: &mut Operations) {
    op.drop_foreign_key("fk", "people")
        .existing(foreign_key(["team"], "teams", ["id"]).on_delete(ForeignKeyAction::SetDefault).name("fk"));
}

pub fn constraints_create_foreign_key_several_columns_match_full(op: &mut Operations) {
    op.create_foreign_key("fk", "people", "teams", ["year", "number"], ["year", "number"])
        .matching(ForeignKeyMatch::Full);
}

pub fn constraints_create_foreign_key_several_columns_match_full_reversed(op: &mut Operations) {
    op.drop_foreign_key("fk", "people").existing(
        foreign_key(["year", "number"], "teams", ["year", "number"])
            .matching(ForeignKeyMatch::Full)
            .name("fk"),
    );
}

pub fn constraints_create_foreign_key_deferrable(op: &mut Operations) {
    op.create_foreign_key("fk", "people", "teams", ["team"], ["id"]).deferrable(Deferrability::Deferred);
}

pub fn constraints_create_foreign_key_deferrable_reversed(op: &mut Operations) {
    op.drop_foreign_key("fk", "people")
        .existing(foreign_key(["team"], "teams", ["id"]).deferrable(Deferrability::Deferred).name("fk"));
}

pub fn constraints_create_foreign_key_not_valid(op: &mut Operations) {
    op.create_foreign_key("fk", "people", "teams", ["team"], ["id"]).not_valid();
}

pub fn constraints_create_foreign_key_not_valid_reversed(op: &mut Operations) {
    op.drop_foreign_key("fk", "people")
        .existing(foreign_key(["team"], "teams", ["id"]).not_valid().name("fk"));
}

pub fn constraints_create_foreign_key_on_delete_columns(op: &mut Operations) {
    op.create_foreign_key("fk", "people", "teams", ["year", "number"], ["year", "number"])
        .on_delete(ForeignKeyAction::SetNull)
        .on_delete_columns(["number"])
        .on_update(ForeignKeyAction::Cascade);
}

pub fn constraints_create_foreign_key_on_delete_columns_reversed(op: &mut Operations) {
    op.drop_foreign_key("fk", "people").existing(
        foreign_key(["year", "number"], "teams", ["year", "number"])
            .on_delete(ForeignKeyAction::SetNull)
            .on_delete_columns(["number"])
            .on_update(ForeignKeyAction::Cascade)
            .name("fk"),
    );
}

pub fn constraints_create_foreign_key_not_enforced(op: &mut Operations) {
    op.create_foreign_key("fk", "people", "teams", ["team"], ["id"]).not_enforced();
}

pub fn constraints_create_foreign_key_not_enforced_reversed(op: &mut Operations) {
    op.drop_foreign_key("fk", "people")
        .existing(foreign_key(["team"], "teams", ["id"]).not_enforced().name("fk"));
}

pub fn constraints_create_foreign_key_a_circle_of_new_tables(op: &mut Operations) {
    op.create_table("teams", [integer("id").primary_key(), integer("captain")]);

    op.create_table(
        "people",
        [integer("id").primary_key(), integer("team").references("teams", "id"), integer("mentor")],
    );
    op.create_foreign_key(by_convention(), "people", "people", ["mentor"], ["id"]);
    op.create_foreign_key(by_convention(), "teams", "people", ["captain"], ["id"]);
}

pub fn constraints_create_foreign_key_a_circle_of_new_tables_reversed(op: &mut Operations) {
    op.drop_foreign_key("fk_teams_captain_people", "teams")
        .existing(foreign_key(["captain"], "people", ["id"]).name("fk_teams_captain_people"));

    op.drop_table("people").existing(
        Table::new("people", [integer("id").not_null(), integer("team"), integer("mentor")])
            .with(primary_key(["id"]).name("pk_people"))
            .with(foreign_key(["team"], "teams", ["id"]).name("fk_people_team_teams")),
    );

    op.drop_table("teams").existing(
        Table::new("teams", [integer("id").not_null(), integer("captain")])
            .with(primary_key(["id"]).name("pk_teams")),
    );
}

pub fn constraints_add_column_a_circle_of_new_tables(op: &mut Operations) {
    op.create_table("teams", [integer("id").primary_key()]);
    op.create_table("people", [integer("id").primary_key(), integer("team").references("teams", "id")]);

    op.batch_alter_table("teams", |batch| {
        batch.add_column(integer("captain").references("people", "id"));
    });
}

pub fn constraints_add_column_a_circle_of_new_tables_reversed(op: &mut Operations) {
    op.batch_alter_table("teams", |batch| {
        batch.drop_column("captain").existing(integer("captain").references("people", "id"));
    });

    op.drop_table("people").existing(
        Table::new("people", [integer("id").not_null(), integer("team")])
            .with(primary_key(["id"]).name("pk_people"))
            .with(foreign_key(["team"], "teams", ["id"]).name("fk_people_team_teams")),
    );

    op.drop_table("teams")
        .existing(Table::new("teams", [integer("id").not_null()]).with(primary_key(["id"]).name("pk_teams")));
}

pub fn constraints_create_table_constraints_that_are_not_valid(op: &mut Operations) {
    op.create_table("pairs", [integer("team"), integer("size")])
        .with(foreign_key(["team"], "teams", ["id"]).not_valid())
        .with(check("size = 2").not_valid().name("ck"));
}

pub fn constraints_create_table_constraints_that_are_not_valid_reversed(op: &mut Operations) {
    op.drop_table("pairs").existing(
        Table::new("pairs", [integer("team"), integer("size")])
            .with(foreign_key(["team"], "teams", ["id"]).not_valid().name("fk_pairs_team_teams"))
            .with(check("size = 2").not_valid().name("ck")),
    );
}

pub fn constraints_add_column_constraints_that_are_not_valid(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.add_column("people", {
            let mut column = integer("size");
            column.checks.push(check("size > 0").not_valid());
            column
        });
    });
}

pub fn constraints_add_column_constraints_that_are_not_valid_reversed(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.drop_column("people", "size").existing({
            let mut column = integer("size");
            column.checks.push(check("size > 0").not_valid());
            column
        });
    });
}

pub fn constraints_create_table_deferrable_foreign_key(op: &mut Operations) {
    op.create_table("pairs", [integer("team")])
        .with(foreign_key(["team"], "teams", ["id"]).deferrable(Deferrability::Deferred));
}

pub fn constraints_create_table_deferrable_foreign_key_reversed(op: &mut Operations) {
    op.drop_table("pairs").existing(
        Table::new("pairs", [integer("team")]).with(
            foreign_key(["team"], "teams", ["id"])
                .deferrable(Deferrability::Deferred)
                .name("fk_pairs_team_teams"),
        ),
    );
}

pub fn constraints_drop_primary_key(op: &mut Operations) {
    op.drop_primary_key("pk", "people");
}

pub fn constraints_drop_unique_constraint(op: &mut Operations) {
    op.drop_unique_constraint("uq", "people");
}

pub fn constraints_drop_check_constraint(op: &mut Operations) {
    op.drop_check_constraint("ck", "people");
}

pub fn constraints_drop_foreign_key(op: &mut Operations) {
    op.drop_foreign_key("fk", "people");
}

pub fn constraints_drop_exclude_constraint(op: &mut Operations) {
    op.drop_exclude_constraint("ex", "stays");
}

pub fn constraints_drop_check_constraint_if_exists(op: &mut Operations) {
    op.drop_check_constraint("ck", "people").if_exists();
}

pub fn rows_bulk_insert(op: &mut Operations) {
    op.bulk_insert("products", ["id", "name", "price"], [(1, "tea", 450), (2, "baker's yeast", 90)]);
}

pub fn rows_bulk_insert_all_kinds_of_values(op: &mut Operations) {
    op.bulk_insert(
        "kinds",
        ["b", "i", "r", "t", "y", "n", "e", "big"],
        [
            (
                true,
                -9_223_372_036_854_775_808_i64,
                0.30000000000000004,
                r"a \ b",
                b"\x00\x7f\xff".as_slice(),
                None::<&str>,
                sql("1 + 1"),
                1e300,
            ),
        ],
    );
}

pub fn rows_bulk_insert_no_rows(op: &mut Operations) {
    op.bulk_insert("products", ["id"], [] as [[&str; 1]; 0]);
}

pub fn rows_update(op: &mut Operations) {
    op.update("products").set("price", 500).set("name", sql("upper(name)"));
}

pub fn rows_update_filter(op: &mut Operations) {
    op.update("products").set("name", "green tea").filter("name = :name").bind("name", "tea");
}

pub fn rows_execute_several_statements(op: &mut Operations) {
    op.execute(
        "INSERT INTO products (id, name) VALUES (1, 'a;b'); INSERT INTO products (id, name) VALUES (2, 'c')",
    );
}

pub fn rows_execute_bound_values(op: &mut Operations) {
    op.execute("UPDATE products SET name = :name, price = price -:less WHERE id = :id AND name <> ':id'")
        .bind("name", "O'Neill")
        .bind("less", -5)
        .bind("id", 1);
}

pub fn rows_execute_for(op: &mut Operations) {
    op.execute_for(Dialect::Sqlite, "UPDATE products SET name = 'sqlite'");
    op.execute_for(Dialect::Postgres, "UPDATE products SET name = 'postgres'");
    op.execute_for(Dialect::Mysql, "UPDATE products SET name = 'mysql'");
}

pub fn example_short_forms(op: &mut Operations) {
    op.create_table(
        "orders",
        [
            ulid("id").primary_key(),
            ulid("user_id")
                .not_null()
                .indexed()
                .references("users", "id")
                .on_delete(ForeignKeyAction::Cascade),
            integer("age").check("age > 0").check("age < 200"),
            string("email", 254).unique(),
        ],
    )
    .with(check("age <> 7"))
    .with(check(one_of("email", ["a@b"])))
    .with(index(["age", "email"]));
    op.create_index(by_convention(), "orders", ["age"]);
    op.create_unique_constraint(by_convention(), "orders", ["age"]);
}

pub fn example_no_short_forms(op: &mut Operations) {
    op.create_table("t", [integer("id"), integer("a"), integer("a_1"), integer("b").not_null().unique()])
        .with(primary_key(["id"]))
        .with(unique(["a"]).name("other"))
        .with(check("a > 1").name("ck_t_a_1"))
        .with(check("a > 2").name("ck_t_a"))
        .with(check("a > 3").name("ck_t_2"))
        .with(foreign_key(["a"], "u", ["id"]).deferrable(Deferrability::Deferred))
        .with(foreign_key(["a"], "u", ["id"]).name("fk"))
        .with(index(["b"]))
        .with(index(["a"]).unique());
}

pub fn example_keys_of_several_columns(op: &mut Operations) {
    op.create_table("stars", [ulid("user_id").not_null(), ulid("item_id").not_null()])
        .with(primary_key(["user_id", "item_id"]));

    op.create_table("backwards", [ulid("user_id").not_null(), ulid("item_id").not_null().unique()])
        .with(primary_key(["item_id", "user_id"]));

    op.create_table(
        "by_columns",
        [ulid("user_id").primary_key(), ulid("item_id").primary_key().references("items", "id")],
    );
}

pub fn example_columns_with_more_than_they_can_say(op: &mut Operations) {
    op.drop_table("boxes").existing(
        Table::new(
            "boxes",
            [
                {
                    let mut column = integer("size").primary_key();
                    column.nullable = true;
                    column.checks.push(check("size > 0").name("positive"));
                    column.references = Some(
                        foreign_key([] as [&str; 0], "", [] as [&str; 0])
                            .on_delete(ForeignKeyAction::SetNull),
                    );
                    column
                },
                {
                    let mut column = integer("owner");
                    column.references = Some(
                        foreign_key(["owner"], ("shop", "users"), ["id"]).not_valid().name("fk"),
                    );
                    column
                },
            ],
        )
        .with(unique(["size"]).name("uq_boxes_size"))
        .comment("all of them")
        .remainder(servicekit::schema::Remainder::new(
            Dialect::Postgres,
            "storage",
            "ALTER TABLE boxes SET (fillfactor = 70)",
        )),
    );
}

pub fn example_added_columns_with_more_than_they_can_say(op: &mut Operations) {
    op.push({
        let mut add = servicekit::operation::AddColumn::new("boxes", integer("size"));
        add.constraints.push(unique(["size", "owner"]).into());
        add.indexes.push(index(["owner"]));
        add.if_not_exists = true;
        add
    });
    op.add_column("boxes", {
        let mut column = integer("size");
        column.checks.push(check("size > 0"));
        column.checks.push(check(one_of("size", [1, 70_000])));
        column.checks.push(check(one_of("owner", ["it's"])));
        column.checks.push(check("size <> 7").name("not_seven"));
        column
    });
    op.push(servicekit::operation::AddConstraint::new("boxes", check("size > 1")));
    op.drop_column("boxes", "size")
        .if_exists()
        .existing(integer("size").unique().indexed().references("sizes", "id"));
}

pub fn example_what_there_is_no_word_for(op: &mut Operations) {
    op.create_table("notes", [integer("id").primary_key(), text("body")]);
    // row level security
    op.execute_for(Dialect::Postgres, r#"ALTER TABLE "notes" ENABLE ROW LEVEL SECURITY"#);
    // two\nlines "quoted"
    op.execute_for(
        Dialect::Mysql,
        "ALTER TABLE notes
  COMMENT = 'x'",
    );

    op.only_for(Dialect::Postgres, |op| {
        op.create_table("notes", [integer("id").primary_key(), text("body")]);
        // row level security
        op.execute_for(Dialect::Postgres, r#"ALTER TABLE "notes" ENABLE ROW LEVEL SECURITY"#);
    });
}

pub fn example_a_batch(op: &mut Operations) {
    op.batch_alter_table(("shop", "users"), |batch| {
        batch.recreate(servicekit::operation::Recreate::Always);
        batch.add_column(string("nickname", 30).unique());
        batch.alter_column("email").set_not_null().existing(string("email", 254));
        batch.drop_column("age").existing(integer("age").check("age >= 0"));
        batch.rename_column("a", "b");
        batch.create_index("ix", [key("a").desc()]).unique();
        batch.drop_index("ix_a");
        batch.create_primary_key(by_convention(), ["id"]);
        batch.create_unique_constraint("uq", ["email"]);
        batch.create_check_constraint("has_at", "email LIKE '%@%'").not_valid();
        batch.create_foreign_key(by_convention(), "teams", ["team"], ["id"])
            .on_delete(ForeignKeyAction::SetNull)
            .on_update(ForeignKeyAction::Cascade)
            .deferrable(Deferrability::Immediate);
        batch.drop_foreign_key("fk").existing(foreign_key(["a"], "b", ["c"]));
        batch.drop_unique_constraint("uq_a");
        batch.drop_check_constraint("ck_a");
        batch.drop_primary_key("pk");
        batch.create_exclude_constraint("x", [("a", "=")]);
        batch.drop_exclude_constraint("x_a").if_exists();
        batch.create_table_comment("who may sign in").existing("who");
        batch.drop_table_comment();
        batch.push(servicekit::operation::AddConstraint::new(("shop", "users"), check("age > 1")));
        batch.push({
            let mut add = servicekit::operation::AddColumn::new(("shop", "users"), integer("size"));
            add.constraints.push(unique(["size", "age"]).into());
            add
        });
    });

    op.batch_alter_table("t", |batch| {
        batch.recreate(servicekit::operation::Recreate::Never);
        batch.rename_column("a", "b");
    });
}

pub fn example_an_empty_batch(op: &mut Operations) {
    op.batch_alter_table("t", |_| {});
}

pub fn example_by_themselves(op: &mut Operations) {
    op.execute("SELECT 1");

    op.autocommit(|op| {
        op.execute_for(Dialect::Postgres, "ALTER TYPE mood ADD VALUE 'calm'");
        op.execute("SELECT 2").bind("a", "b").reversed_by("SELECT 3");

        op.only_for(Dialect::Mysql, |op| {
            op.execute("SELECT 4");
            op.execute("SELECT :five").bind("five", 5);
        });
    });

    op.only_for(Dialect::Sqlite, |op| {
        op.execute("SELECT 6").reversed_by("SELECT 7");
    });
}

pub fn example_an_enum_of_several_columns(op: &mut Operations) {
    let text_values = || enum_type(("shop", "Text"), ["it's", r#"""#, "é"]);
    let text_values_2 = || enum_type("text", [""]);
    op.create_enum(text_values());
    op.create_enum(text_values_2());
    op.create_enum(enum_type("once", [] as [&str; 0]));

    op.create_table(
        "moods",
        [
            enumeration("one", text_values()).default("é"),
            array("several", Type::Enum(text_values())),
            array("two", Type::Enum(text_values_2())).type_on(Dialect::Mysql, Type::Json),
        ],
    );
    op.alter_column("moods", "one")
        .set_type(Type::Enum(text_values_2()))
        .existing(enumeration("one", text_values()));

    op.add_enum_value(text_values(), "x").after("é").used_by("moods", enumeration("one", text_values()));
}

pub fn example_names(op: &mut Operations) {
    op.create_table(
        ("sch.ema", "select"),
        [
            integer("a.b").primary_key(),
            text(r#""quoted""#),
            text("with space 🦀"),
            text(r"back\slash"),
            text("it's"),
        ],
    )
    .with(unique(["a.b", r#""quoted""#]))
    .with(exclusion([(key("a.b"), "="), (key(sql("1")).nulls(Nulls::First), "&&")]))
    .with(index([sql(r#"lower("quoted")"#)]).name("ix \u{202e} hidden"));
    op.rename_table(("sch.ema", "select"), "from");
    op.create_exclude_constraint("x", "t", [] as [(&str, &str); 0]);
    op.create_index(by_convention(), "t", [] as [&str; 0]);
}

pub fn example_texts(op: &mut Operations) {
    op.execute("SELECT 'one line'");

    op.execute(
        r#"SELECT "a"
FROM 'b'
"#,
    );

    op.execute(r###"SELECT "#" "## \"###);
    op.execute("tab\tand\r\nreturn\0\u{7f}\u{200b}");

    op.execute(
        "INSERT INTO a_table_with_a_long_name (first_column, second_column, third_column)  VALUES ('one', \
         'two', \"three\")",
    );

    op.execute(
        "'unbreakable_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'",
    );

    op.create_table_comment("t", r"{} {name} %s \u{1}");
}

pub fn example_values(op: &mut Operations) {
    op.update("t")
        .set("a", true)
        .set("b", -2_147_483_648)
        .set("c", 9_223_372_036_854_775_807_i64)
        .set("d", 18_446_744_073_709_551_615_u64)
        .set("e", -0.0)
        .set("f", f64::from_bits(0x7ff0000000000000))
        .set("g", 1e300)
        .set("h", 1.1754943508222875e-38)
        .set("i", b"\x00\"\\\xff")
        .set("j", b"")
        .set("k", now())
        .set("l", sql("a + 1"))
        .set("m", None::<&str>)
        .set("n", servicekit::schema::Value::Integer(-170_141_183_460_469_231_731_687_303_715_884_105_728))
        .set("o", f64::from_bits(0x7ff8000000000000))
        .filter("a = :a")
        .bind("a", "x");
}

pub fn example_rows(op: &mut Operations) {
    op.bulk_insert("t", ["a", "b"], [(Some(1), None), (None, Some("x"))]);
    op.bulk_insert("t", ["a", "b"], [(None::<&str>, None::<&str>)]);
    op.bulk_insert(
        "t",
        ["a", "b"],
        [
            vec![servicekit::schema::Value::from(1), servicekit::schema::Value::from(b"x")],
            vec![servicekit::schema::Value::from("1"), servicekit::schema::Value::from(b"yy")],
        ],
    );
    op.bulk_insert("t", ["a"], [[4_294_967_296_i64], [1_i64]]);
    op.bulk_insert(
        "t",
        ["a"],
        [
            vec![servicekit::schema::Value::Integer(170_141_183_460_469_231_731_687_303_715_884_105_727)],
            vec![servicekit::schema::Value::from(-1)],
            vec![servicekit::schema::Value::Null],
            vec![now()],
        ],
    );
    op.bulk_insert(
        "t",
        ["a"],
        [vec![servicekit::schema::Value::from(1)], Vec::<servicekit::schema::Value>::new()],
    );
    op.bulk_insert(
        "t",
        [
            "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11", "c12", "c13", "c14",
            "c15", "c16",
        ],
        [
            vec![
                servicekit::schema::Value::from(1),
                servicekit::schema::Value::from(1),
                servicekit::schema::Value::from(1),
                servicekit::schema::Value::from(1),
                servicekit::schema::Value::from(1),
                servicekit::schema::Value::from(1),
                servicekit::schema::Value::from(1),
                servicekit::schema::Value::from(1),
                servicekit::schema::Value::from(1),
                servicekit::schema::Value::from(1),
                servicekit::schema::Value::from(1),
                servicekit::schema::Value::from(1),
                servicekit::schema::Value::from(1),
                servicekit::schema::Value::from(1),
                servicekit::schema::Value::from(1),
                servicekit::schema::Value::from(1),
                servicekit::schema::Value::from(1),
            ],
        ],
    );
    op.bulk_insert("t", [] as [&str; 0], [Vec::<servicekit::schema::Value>::new()]);
}

pub fn example_a_long_table(op: &mut Operations) {
    op.create_table(
        "a_table_with_a_name",
        [
            big_integer("id")
                .primary_key()
                .autoincrement()
                .sequence(sequence().start(1000).increment(-10).cycle()),
            ulid("a_column_with_a_long_name")
                .not_null()
                .references(("another_schema", "another_table_with_a_name"), "id")
                .on_delete(ForeignKeyAction::Cascade)
                .on_update(ForeignKeyAction::Restrict),
            custom("c", "tsvector")
                .collate("C")
                .comment("for the search")
                .option(Dialect::Mysql, "INVISIBLE"),
            integer("size").default(70_000).check(
                "a_condition_that_is_long_enough > 1 AND another_condition_that_is_long < 2 OR a_third_one",
            ),
        ],
    )
    .with(
        foreign_key(["first_column", "second_column"], "another_table", ["first_column", "second_column"])
            .on_delete(ForeignKeyAction::SetDefault)
            .matching(ForeignKeyMatch::Full)
            .deferrable(Deferrability::Immediate),
    )
    .option(Dialect::Sqlite, "STRICT")
    .if_not_exists();
}

pub fn example_nothing(_: &mut Operations) {}

pub fn random_0(op: &mut Operations) {
    op.bulk_insert(
        "t",
        ["c0", "c1"],
        [
            vec![servicekit::schema::Value::from(11_597_153_461_917_739_118_u64), now()],
            vec![now(), servicekit::schema::Value::from(8_250_554_280_065_124_583_i64)],
        ],
    );
}

pub fn random_1(op: &mut Operations) {
    op.autocommit(|op| {
        op.create_foreign_key(by_convention(), "t", "users", ["a", "user_id"], ["id", "id"])
            .on_delete(ForeignKeyAction::NoAction)
            .on_update(ForeignKeyAction::SetDefault);
    });
}

pub fn random_2(_: &mut Operations) {}

pub fn random_3(op: &mut Operations) {
    op.autocommit(|op| {
        op.execute("inzrgw yi y   iv y  e e b xf r").bind("id", None::<&str>).bind("b", true);
    });

    op.add_enum_value(
        enum_type("mood", ["sad", "happy"]),
        "z'z\"\" d z    '\"'yo'''  s'''\"v''t\"'\"\"''m '\"s\"''  \"' '\"t  \"\"s'g''  ' f' l'\"  r u\" \" \
         ay\"'cw \"''' n\"kl ''    k''  \"\"'' f'\"n'\"\"'p'\"\" pz''\"\" whce' ''n t\"e\"\"zj ds gy\" em   \
         u  '  r \"a\"wna",
    )
    .before("sad")
    .used_by("t", {
        let mut column = char("b", 3_069_666_274)
            .type_on(Dialect::Mysql, Type::Enum(enum_type("users", [] as [&str; 0])))
            .check("\u{202e}")
            .collate_on(Dialect::Postgres, "f  f    s ltdf  to p u  h   ")
            .option(Dialect::Mysql, "Ѩ\u{6a226}\u{d5bf7}ä\u{8}*\u{1b}0\u{6}¥\u{1b}\t\u{dd198}");
        column.references = Some(
            foreign_key(["b"], "t", ["id"]).on_delete(ForeignKeyAction::NoAction).not_valid(),
        );
        column
    });

    op.only_for(Dialect::Sqlite, |op| {
        op.create_table(
            "t",
            [
                Column::new("c", Type::PerDialect { base: Box::new(Type::custom("\r\n")), variants: vec![] })
                    .default(now())
                    .collate(
                        " '\"z\"\"\"\"\"j\"'m''qn y\"rxn\"tbv\"\"''enkafu\"  'm'''u'' \
                         x'hd\"iw\"'n\"'\"mtzau \"md\"'\"r   b z\"l\"\" ' \"'l''' '   \
                         \"'\"q\"'\"\"'a\"kg\"'''ev zz\"humi'n'\"'",
                    )
                    .collate("\u{10af71}%\u{fce6c}\\\u{155b1}\t?\u{7f}\u{1b}\u{ffbbc}'.\t")
                    .option(Dialect::Sqlite, " btlinrwu y jyc flqr  ps hz d  p j jkpdlan"),
                Column::new(
                    "user_id",
                    Type::WithPrecision {
                        base: Box::new(
                            Type::custom("\u{1}K\"\u{1c66d}\u{a052b}\u{2f6db}\u{7f}🕴\"&Bl").precision(6),
                        ),
                        digits: 1,
                    },
                )
                .not_null()
                .collate("s qx   xsqkrrsfnlolw d  a f  ex      h g"),
                string("c", 2_823_728_468)
                    .type_on(Dialect::Postgres, Type::Numeric(48_035, 20_686))
                    .generated("a * 2")
                    .check("=\u{1b398}`[6\u{9f6e5}\u{41ed2},<\u{b5df1}\u{a9d1b}\u{6b670}:")
                    .option(Dialect::Mysql, "  "),
                array("user_id", Type::Char(3_899_161_621)).not_null().default(now()),
            ],
        )
        .with(foreign_key(["user_id"], "users", ["b", "c"]).on_delete(ForeignKeyAction::Cascade))
        .with(check("${x}").name("ck_t_user_id_1"))
        .with(check("\u{202e}").name("ck_t_user_id_2"))
        .with(check("  v  p  tb   w  jrnxypvnp ut   pu djlx  o      ").name("ck_t_c"))
        .with(check(" vk cix  bn").name("ck_t_user_id_1"))
        .with(check("@a¥").name("ck_t_user_id_2"))
        .with(primary_key(["user_id"]))
        .with(
            check(
                "'\" ' ' '\"''' '  'jvd\"hk  'q \"o vt\" ' ''\"'r p\"s\"  \
                 j\"'\"'i\"\"s''\"\"\"i'\"qjya\"s\"  oyh'p'\"j\"'w \" x'''o\"\" j ec '\"\" '  '\" s \
                 ''hn\"'\"f  \"vgl\"ug \" '\"'\"\"\"\"''a\"' ' 'w'\"  '''hg 'z'va'edd\"  \"\" tz\"\"d \
                 \"v\"'og \"\"w'",
            )
            .name("ck_t_a"),
        )
        .with(check("ot t ch  x m kh srtr a f chjv bdnihd t  rykp    "))
        .option(Dialect::Sqlite, "soyd   nry fjfzqz as");
    });
}

pub fn random_4(op: &mut Operations) {
    op.autocommit(|op| {
        op.bulk_insert(
            "t",
            ["c0", "c1", "c2"],
            [
                vec![
                    servicekit::schema::Value::from(-8_414_794_823_747_310_356_i64),
                    servicekit::schema::Value::Integer(-91_485_678_514_099_321_646_430_385_721_707_064_877),
                    servicekit::schema::Value::from(-848_810_201),
                ],
                vec![
                    now(),
                    servicekit::schema::Value::Integer(-25_486_325_106_643_517_656_114_345_759_628_394_798),
                    servicekit::schema::Value::from(sql(
                        "'i ''ec   'ues'''i 'cd\"pgwnn\"x '''\"''\"e   ' el \"goq\"\" gcr\"'\"' \
                         c\"m''pdcglgx\"\"'cwr \"ajhg''fli\"dx\" \"'\"\"\"qn's\" ''   \" r'\"  \"'\"a''\"  \
                         ' 'b\"'a\"k '  t\"'\"'\"i o\"  vp\"h\"w u  dq ''",
                    )),
                ],
            ],
        );
    });
}

pub fn random_5(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.add_column(
            "t",
            time("id")
                .type_on(
                    Dialect::Sqlite,
                    Type::Char(2_329_924_684).on(Dialect::Mysql, Type::Char(694_951_981)),
                )
                .type_on(Dialect::Mysql, Type::Enum(enum_type("mood", ["sad", "happy"])))
                .not_null()
                .default(now())
                .check(" u   hy l ncs wv  a oi w t ne j k c kz   h "),
        );
    });

    op.create_table(
        "t",
        [
            numeric("id", 30_321, 57_126)
                .type_on(Dialect::Postgres, Type::Char(1_258_658_494).precision(1))
                .generated("a * 2")
                .unique()
                .collate("b hc rnx t   d  ew dlpr b u    yp")
                .option(Dialect::Sqlite, "  c v  g  r   u lk n kfcc  k k  o  gd   brw  c "),
            custom(
                "id",
                " k\"\"\"  \"' jju\"\"t\"''\"' y'  '\"n\"\"'aw ''b\"\"p'\"qp  \" h \"m\"c' \" '''  \"\"\"' \
                 '\"mg  o\"'oy\"n' vmsd\" n y\"\"'n",
            )
            .precision(4)
            .identity_always()
            .check(r#""k  t'   ''h" ny"''o'v" rqr'q''r'  "" "d c'b  xp l'"'  x'"e "g'"#)
            .check("&.꺱?\u{56bf3}4\u{feff}\u{2}𘥦\rѨ\u{c8475}")
            .one_of([-9_223_372_036_854_775_808, 0])
            .option(Dialect::Postgres, " vk vvy"),
            float("user_id")
                .type_on(
                    Dialect::Sqlite,
                    Type::PerDialect {
                        base: Box::new(Type::Enum(enum_type("u", [] as [&str; 0]))),
                        variants: vec![],
                    },
                )
                .indexed()
                .collate_on(
                    Dialect::Mysql,
                    "\"''h lkga  gd\"hg\"\"\"'\"''gs m \"a'\"teum\" '\"'l\"''\" ' sl' s kh\"''  \"'  jx\" \
                     \"\"  \"i'u z  \"g\"\"\"\"'po'a\" z' ",
                )
                .option(Dialect::Mysql, "🦀"),
        ],
    )
    .with(check("").name("ck_t_id_1"))
    .with(
        check(
            "\"\"pxu \"\"b\"''q'l'\"   w       r \"ko\"rt 'y'nr'\"\"'\"\" c xb rzo'\"k'\" \"'\" d  '' ''dus \
             c'\"yz\"\"\"\"o\"\"'\"p\"e '\"' s'mj\"u zb'q ecm\" ' b   '\" 'l' \"\"\"k",
        )
        .name("ck_t_id_2"),
    )
    .with(unique(["user_id"]))
    .with(
        check(
            "''rr''b\"z\" \"'f'a\"f aw\"on ej ux'\"'rw'y   ' drc\"\"   wm'\"ag'\"c\"h o  \"h bc\"\" 'p  \
             lz'''e  \"d hp ''' c\"\"b'z \"fc \"eq p \"h'p \" s'cvh \"ew\"'ga 'gh  r'd''",
        )
        .name("ck_t_user_id_1"),
    )
    .with(check(one_of("user_id", [-9_223_372_036_854_775_808, 0])).name("ck_t_user_id_2"))
    .with(
        foreign_key(["user_id", "b"], "users", ["id", "c"])
            .on_update(ForeignKeyAction::SetDefault)
            .name("fk_t_a_u"),
    )
    .with(index([] as [&str; 0]).name("ix_t_a").include(["a"]).option("w   d fripn  tw", "%s"))
    .with(
        index([
            key("user_id").collate("{�<¤🕴\0¥%\u{b}"),
            key("a").nulls(Nulls::First).mysql_length(513929797),
        ])
        .name("ix_t_a"),
    );

    op.autocommit(|op| {
        op.only_for(Dialect::Mysql, |op| {
            op.bulk_insert(
                "t",
                ["c0"],
                [
                    vec![servicekit::schema::Value::from("v ")],
                    vec![servicekit::schema::Value::from(sql("\0"))],
                    vec![
                        servicekit::schema::Value::from(
                            "\"oo''\"''ng vu'n'zr'x\" 'z\"\"b\"'  'w'\"''b'\"'q \"  \" \" f  'gl uug\"ao' \
                             'l ''f\"  q'jo'\"''\"\"\"l'''\"'oo\"\"\" tq'\" e\"r \"'\"'  t\"o fr'xx'\"f \
                             \"''y'\"'",
                        ),
                    ],
                    vec![servicekit::schema::Value::from(2_528_498_732_294_860_803_i64)],
                    vec![now()],
                ],
            );
        });

        op.create_unique_constraint("uq_t_a", "t", ["c"]);
    });
}

pub fn random_6(op: &mut Operations) {
    op.batch_alter_table("t", |_| {});

    op.autocommit(|op| {
        op.bulk_insert(
            "t",
            ["c0", "c1", "c2"],
            [
                vec![
                    servicekit::schema::Value::from(b""),
                    servicekit::schema::Value::Integer(-151_622_939_888_416_122_649_905_357_161_599_398_022),
                    servicekit::schema::Value::from(446_592_904_756_219_171_i64),
                ],
            ],
        );
    });
}

pub fn random_7(op: &mut Operations) {
    op.bulk_insert(
        "t",
        [] as [&str; 0],
        [
            vec![
                servicekit::schema::Value::Integer(-61_957_097_996_054_179_040_879_921_528_282_910_166),
                servicekit::schema::Value::from(-1_731_169_206),
                servicekit::schema::Value::from(-1_478_368_015),
            ],
            vec![servicekit::schema::Value::from(5_716_026_604_154_481_260_i64)],
        ],
    );
    op.bulk_insert(
        "t",
        ["c0"],
        [
            vec![servicekit::schema::Value::from(4_544_095_059_851_187_493_i64)],
            vec![servicekit::schema::Value::from(true)],
            vec![servicekit::schema::Value::from(-8_691_376_874_120_947_361_i64)],
            vec![servicekit::schema::Value::from(-7.903532032410221e-153)],
            vec![servicekit::schema::Value::from(true)],
            vec![now()],
            vec![servicekit::schema::Value::from(5_458_521_917_548_776_906_i64)],
            vec![servicekit::schema::Value::from(5_496_392_224_672_314_752_i64)],
            vec![
                servicekit::schema::Value::from(sql(
                    "''\"\"\"\"\"'\"''u pe   j\"'\"c '   ''  ''\" \"'\"a''''\"\"t    qeu'  ''mqz'\"fzu\"' \
                     w'\"'ah i\"o \"p\"\"' ' g''  '\" fu''\"\"\"''c\"'\"d  \"a'fl'' \"l q\"'j \"xh ' i 'h  \
                     b iv \"",
                )),
            ],
            vec![servicekit::schema::Value::from(4_325_877_945_363_230_197_i64)],
        ],
    );
    op.create_index(by_convention(), "t", [] as [&str; 0]).include(["id"]).option(
        "it's",
        "
",
    );

    op.only_for(Dialect::Postgres, |op| {
        op.bulk_insert("t", ["b", "c"], [] as [[&str; 1]; 0]);
    });
}

pub fn random_8(op: &mut Operations) {
    op.drop_unique_constraint("uq", "t").existing(foreign_key(["c"], "u", ["user_id"]).name("m"));
    op.batch_alter_table("t", |batch| {
        batch.recreate(servicekit::operation::Recreate::Always);
        batch.alter_column("a").set_type(Type::Numeric(33_850, 4780)).existing({
            let mut column = numeric("c", 33_850, 4780).collate(
                " a'''y'xm\"\" 'o\" '  '\"'lw''''uk\"i\"\"\"' z' \" wqql n'\" \"'nfvl \"\"\"\"\"\"'  p \
                 jz\"''y \"   \" czp  \"y hvp  \"\"xm  i  'fw\"n x\" u i \"\"   \" avrv  d\" fi z'   ' \
                 'zw'' \"s",
            );
            column.references = Some(foreign_key(["c"], "t", ["id", "id"]));
            column
        });
    });
}

pub fn random_9(op: &mut Operations) {
    let users = || enum_type("users", [r#"""#]);

    op.create_index(
        by_convention(),
        "users",
        [key("c").asc().operator_class("^\u{f0f74}\".`\u{202e}/௲\u{1}<{%Ⱥ𣈝\\¥g/Ó")],
    )
    .include(["user_id"]);

    op.autocommit(|op| {
        op.batch_alter_table("t", |batch| {
            batch.alter_column("a")
                .set_type(
                    Type::Numeric(14_532, 32_294)
                        .precision(5)
                        .on(Dialect::Sqlite, Type::custom("  l  as jne  ec ")),
                )
                .existing(
                    numeric("a", 14_532, 32_294)
                        .precision(5)
                        .type_on(Dialect::Sqlite, Type::custom("  l  as jne  ec "))
                        .unique()
                        .check("  a  vcs er    ndsbb t h  p  jn  o qq o ")
                        .one_of([-9_223_372_036_854_775_808, 0])
                        .collate(
                            "u\"\"so  'rse\"'  ' 'a'zulj\"\"'\"sv 'r 'w\"'z\"kt 'h\"  '''\"''nz'''h' '   \
                             \"\"q''j\"'q'l x'''m\" ''s  sbsk\"\" v\"'\"cj'    ' ibiti '  v\"\" ''g'''z'b \
                             csf r \"   p w \"'\" ",
                        ),
                );
            batch.alter_column("a").set_type(Type::Enum(users())).existing(
                enumeration("a", users())
                    .default(11_545_750_228_052_775_088_u64)
                    .check(
                        "\"\"'\"\"fv\"\"l''l\"\"rpcxn by f\"'own\"qml\"v   \"'a'e'\"r\"\"\" \"'l \
                         t\"'qn'\"''' z'' 'i\"'\"\"\"\"\"\"  \
                         i\"'''\"w''zc\"\"\"og\"'\"jmkm\"u'\"\"whd\"\"m'\"\"\"w \"'''\"'' '\"\"n\"'ezd'z  \
                         z'\"\"z\" ''u f\"'q\"ry\"'d\"g'zpqnw  \"r'f e",
                    )
                    .check("oh ty knc hz tsk s   gj      j  afceb z ")
                    .collate_on(
                        Dialect::Postgres,
                        "mpafm'as\"eg\"'l ' j\"b\" b\"''\"c''  \"\"yb' qfy ezfh jk'eqla'c' '''\"  \"''p\" \
                         \"'\" \"\"p''p'm y ' i'\"wp\"'ms \" i\"' ap'\" b\"g\"'\" '''''\"g\" 'm\"lz\"'  \
                         py\"\"h\"\"''  qzf '\" j''q n\"q\"\"s'''  x'' p jd'\"' \"g\"j\"",
                    ),
            );
        });
    });
}

pub fn random_10(op: &mut Operations) {
    op.only_for(Dialect::Mysql, |op| {
        op.alter_column(("c", "users"), "a")
            .set_type(Type::PerDialect {
                base: Box::new(Type::Enum(enum_type(
                    "u",
                    [
                        "\u{202e}",
                        "'' \"x 'm' \"' \"'''\"l\"z \"\" \"z \"\"  '''  \"gm\" ''q\"'l'sz\"q u le 'l 'c' 'l \
                         l'\"\" bg  \"gh j''\"q ex \"k'\"jxm'' ''\"\"l'\"'\" \" '",
                    ],
                ))),
                variants: vec![],
            })
            .drop_identity()
            .existing(
                string("c", 1_201_706_818)
                    .type_on(Dialect::Mysql, Type::Varchar(2_932_004_502))
                    .primary_key()
                    .default("")
                    .now_on_update()
                    .check(
                        "''vu' l a'    'q s ih \"a\"k' 'j'x'' d'sf'q\"\"d \"  \"\"'na'k ji   n\"' \
                         w\"hxw\"gz\"'tgt\"'  ykoe pe\"\"d'''  \"' '\"\" 'yntv'\"'\"\"k ww\" \"'\" \
                         es\"d\"it '\" t\"rc or'qk '\"'og 'v'\"b\"''\" \"\"\"m\"\"ou\"'  \"'i\"k\" \" \
                         \"\"'\" ' '",
                    ),
            );
    });
}

pub fn random_11(op: &mut Operations) {
    op.push({
        let mut add = servicekit::operation::AddColumn::new(
            "t",
            enumeration("\u{301}e", enum_type("text", ["sad", "happy"]))
                .precision(5)
                .collate("   l  ej b   e m  ")
                .option(
                    Dialect::Mysql,
                    "  \"'j'   \"\"''\"   ' r ''  \" h'h'v\" \"\" zz\"\"'r kox'd '\"l'''\"k \
                     'a\"\"\"''ek\"\"'\"e\"'mv' o   \"t\" ''\"''\"   \"' h\"'z\"q\"'u'yisj\" t \
                     \"'jk\"'a'w'' 'p '  \"\"nk\"o\"'\"j'r'  \"qm''' '\"i",
                ),
        );
        add.constraints.push(
            foreign_key(["id", "id"], ("user_id", "t"), ["b"])
                .on_delete(ForeignKeyAction::SetDefault)
                .on_update(ForeignKeyAction::Restrict)
                .not_valid()
                .not_enforced()
                .into(),
        );
        add.constraints.push(primary_key(["\u{301}e"]).name("pk_t").into());
        add.constraints.push(
            check(
                "
",
            )
            .name("ck_t_\u{301}e")
            .into(),
        );
        add.indexes.push(
            index([key("b").asc(), key("c").asc()])
                .name("ix_t_a")
                .using("?;\u{d4311}Kd\t\to\u{1b}.:\u{202e}𰐰h'&\u{7f}DG?")
                .include(["\u{7f}\u{ffe59}寚"]),
        );
        add
    });
    op.drop_column("t", "user_id").existing(
        array("user_id", Type::Enum(enum_type("mood", ["sad", "happy"])))
            .not_null()
            .indexed()
            .check("a ?? b")
            .check("a ?? b")
            .collate_on(
                Dialect::Sqlite,
                "h\"' f\"\"'\"'qe \"\"g't'' \"'\"\"l  \"jip''z  rqw'\"\"\"tw'n\"k ' '' f    \" \
                 uj\"y''yn\"\"\"  \"'\"\"el'e\"c'\"''' \"\"\"w kr u'' \"'\"ve\"' \"' \"\" \"",
            ),
    );

    op.add_column(
        "u",
        double("id")
            .precision(1)
            .primary_key()
            .sequence(sequence().start(-9_223_372_036_854_775_808).increment(7).maximum(70_000))
            .unique()
            .indexed()
            .check("$*\u{1b}\u{b8daf}Yw\"W\u{10af2e}")
            .check("q\u{b}`\u{98}\u{feff}:")
            .one_of([-9_223_372_036_854_775_808, 0])
            .collate_on(
                Dialect::Mysql,
                "
",
            )
            .collate(r#"xs" u"a"h'"'' 'u"ql  q  'i""v l" f f'mpm"k"' 'z" ' kn""" ''aypf"''" 'n'""g ''"w'"#),
    )
    .if_not_exists();
}

pub fn random_12(op: &mut Operations) {
    op.alter_column("t", "user_id").set_not_null().drop_default().existing({
        let mut column = Column::new(
            "c",
            Type::PerDialect {
                base: Box::new(
                    Type::Enum(enum_type(
                        "users",
                        [
                            "t'r'\"'w\"\" ''m\"\"\" s\"'' \"\"'   u\"\" \"c mk\"\" t\"\"z\"'ut'\"' \"\" \
                             tiy\"l'q v  n\"'\" byh' ' ' ''\"\"'nt\"' \"y \" ' \"vsj' '' r'' \"'pp'\"\" \
                             \"f\" '\"' \"n'l\"'' \" bq 'i  k\"''  \"\"\"''''   ",
                            "\0\"?\u{feff}\u{f7201}$$W%\\�",
                        ],
                    ))
                    .array(),
                ),
                variants: vec![
                    (Dialect::Postgres, Type::Enum(enum_type("text", ["sad", "happy"]))),
                    (
                        Dialect::Postgres,
                        Type::Varchar(173_621_202).on(
                            Dialect::Postgres,
                            Type::Enum(enum_type("u", ["🦀", "xwh pw xfc  ohor  a  r     p   znn "])),
                        ),
                    ),
                ],
            },
        )
        .default(-3_506_165_136_307_994_579_i64)
        .unique()
        .check("select")
        .one_of([-9_223_372_036_854_775_808, 0])
        .comment("  c g zn z  t o kp qn bkeqkhvmuidupuolks  w  ood fni e ")
        .option(Dialect::Postgres, "it's");
        column.references = Some(
            foreign_key(["user_id", "user_id"], "users", ["user_id"]).on_update(ForeignKeyAction::SetNull),
        );
        column
    });
}

pub fn random_13(op: &mut Operations) {
    op.bulk_insert("t", ["c0", "c1"], [] as [[&str; 1]; 0]);
}

pub fn random_14(op: &mut Operations) {
    op.drop_column("t", "c").if_exists();
    op.bulk_insert("t", ["id", "user_id"], [] as [[&str; 1]; 0]);

    op.add_enum_value(
        enum_type("mood", ["sad", "happy"]),
        "as  jd   ok    c kr r c g  kz o   t mxnhfj u ifp pi ",
    )
    .before("sad")
    .used_by(
        "t",
        Column::new(
            r#"q "" n"'"w " u"jw' r'r"t'fx"""f""pl 'rfd' " 'g"'o''luq""ne' r "i'"#,
            Type::PerDialect { base: Box::new(Type::UnconstrainedVarchar), variants: vec![] },
        )
        .check("wml cfo  i c rcsiu   zlcp hqsvdqdz zm  a   j")
        .check("*\tr-\u{b7ca0}`<\u{5}")
        .collate("%`¥\u{7058e}\u{fec0f}\u{e8788}û\u{c2db7}\t")
        .option(
            Dialect::Postgres,
            "\" t'i 'rq  e\" n\"p'' \"o'i' '\"'' \"x '''b q q'i'q'n'v' ' q 'l s'\"oj\"' \"'\"''\"\"\"\" l' \
             r\"phk v '\"us''n'\" '\"x\" '\"'\" \"h\" b\" \"'ei\"b\"e o  \"\"''pd q\"\"tbr'g\"y \"sr \
             \"\"pyea'\"wrsx\" e'  \"'",
        ),
    );
}

pub fn random_15(_: &mut Operations) {}

pub fn random_16(_: &mut Operations) {}

pub fn random_17(op: &mut Operations) {
    op.add_enum_value(enum_type("mood", ["sad", "happy"]), "dqaklye lm  l   mtr  mb fy  mgw x u ymihfn ")
        .before("sad")
        .used_by("t", {
            let mut column = Column::new(
                "a",
                Type::WithPrecision {
                    base: Box::new(
                        Type::custom(
                            "qog'd\"'kim i' af h '\"'k\"\"\"'\"\"\"\"\"l\"'f\"k'\"en'\" c\"'' \"l'' \
                             mzg\"yna hvw \"aiz'' ''\" u'q''o\"i h\"'x'm\" '''n'r 'ga''\" ou'\" \"e",
                        )
                        .precision(1),
                    ),
                    digits: 5,
                },
            )
            .default(servicekit::schema::Value::Integer(-142_525_697_723_025_571_163_942_947_268_091_570_636))
            .check("\r\u{4af82}Ѩ¥.`\0FD�R\u{b}`\u{e3a15}\u{10533e}s¥T")
            .check("\u{802b6}\u{575be}%")
            .collate_on(
                Dialect::Sqlite,
                "'\"t \"''\"\"  \"zl'\"j' y \"xn' \"\"\"'b \"u'\"'\"' \"wee\" ko h'a \"x' 'r\"'\"' ' \
                 \"r\"'qg\"   w\"'\" eev\"'\"kgs  grs''gcwh'w'''\" x t\"w'''x g   '\"'\"",
            )
            .option(Dialect::Sqlite, "  h icv yagwdx ccl ");
            column.references = Some(
                foreign_key(["a"], "t", ["id", "a"])
                    .on_delete(ForeignKeyAction::SetNull)
                    .on_update(ForeignKeyAction::Restrict),
            );
            column
        });

    op.push({
        let mut add = servicekit::operation::AddColumn::new(
            "t",
            enumeration("// x", enum_type("text", ["sad", "happy"]))
                .type_on(Dialect::Sqlite, Type::Char(189_406_684))
                .collate(r##"r#"x"#"##)
                .option(Dialect::Sqlite, "*/"),
        );
        add.constraints.push(
            foreign_key(
                [
                    "user_id",
                    "  \"m 'r it'\"w z'b'dv' tt\"\"' \"d\"'\"\"'s 'nvjz '\"\"  w'\"o  \"\"a 'v \
                     re'''\"'\"''m\"a\"' a \"\"\"\"uys gs'j' '' o '\"\"b d'mb' az'\"'swq  't'o\"\" '  g'' w   \
                     \" \"qvq any ' ' '",
                ],
                "u",
                ["id", "\u{2}𲐖\0%\\𱥎HU"],
            )
            .on_delete(ForeignKeyAction::NoAction)
            .name("fk_t_a_u")
            .into(),
        );
        add.indexes.push(index([key("id").desc().nulls(Nulls::Last)]).name("ix_t_a").include(["a"]));
        add
    });

    op.autocommit(|op| {
        op.bulk_insert(
            "t",
            ["b"],
            [
                Vec::<servicekit::schema::Value>::new(),
                vec![
                    servicekit::schema::Value::from(1.1427852620635182e90),
                    servicekit::schema::Value::Integer(-78_923_482_898_847_105_859_154_728_907_735_128_979),
                    servicekit::schema::Value::from(-644_699_967_100_569_508_i64),
                ],
                vec![servicekit::schema::Value::from(b"\x80")],
            ],
        );
    });
}

pub fn random_18(op: &mut Operations) {
    op.drop_table("t").existing(
        Table::new("u", [])
            .with(primary_key(["user_id", "a"]).name("pk_u"))
            .with(unique(["a"]).name(r#"""#))
            .with(
                foreign_key(["a", "b"], "t", ["a", "c"])
                    .on_delete(ForeignKeyAction::Restrict)
                    .on_delete_columns(["b", "b"]),
            )
            .with(unique(["a"]).nulls_not_distinct().name("uq_u_a"))
            .option(Dialect::Mysql, r#"""#),
    );
}

pub fn random_19(op: &mut Operations) {
    op.add_column(("b", "u"), {
        let mut column = Column::new(
            "user_id",
            Type::WithPrecision { base: Box::new(Type::Varchar(162_594_459).precision(2)), digits: 6 },
        )
        .default(true)
        .collate("e lpl v xqhf  s   k  x yxs  b  qc n pc hn ")
        .option(Dialect::Postgres, "u ft s gas  r ynwibfff t ki kdcdj s u   ep ox   h  wivqs");
        column.checks.push(check("\r\n"));
        column.checks.push(check("select"));
        column.checks.push(check("named").not_valid().name("a name"));
        column
    });
}

pub fn random_20(op: &mut Operations) {
    op.autocommit(|op| {
        op.bulk_insert(
            "t",
            ["c0"],
            [
                vec![servicekit::schema::Value::from(false)],
                vec![servicekit::schema::Value::from(b"")],
                vec![servicekit::schema::Value::Null],
            ],
        );
    });

    op.only_for(Dialect::Mysql, |op| {
        op.bulk_insert("t", ["c0", "c1", "c2"], [] as [[&str; 1]; 0]);
    });
}

pub fn random_21(op: &mut Operations) {
    op.bulk_insert(
        "t",
        ["id", "c"],
        [
            vec![
                servicekit::schema::Value::from("*/"),
                servicekit::schema::Value::from(197_460_715_225_207_150_i64),
            ],
            Vec::<servicekit::schema::Value>::new(),
        ],
    );

    op.alter_column(("b", "users"), "a")
        .set_type(Type::Char(1_008_434_950).precision(3))
        .set_collation("it's")
        .set_now_on_update();

    op.autocommit(|op| {
        op.only_for(Dialect::Postgres, |op| {
            op.drop_unique_constraint("uq", "t").existing(
                unique(["c", " \u{fe277}\u{3f57b}<sä`A$\u{bb1be}'=Ѩ\u{202e}\u{1b}I\u{3}\u{3ba26}$"])
                    .nulls_not_distinct()
                    .include(["user_id"]),
            );
        });

        op.drop_unique_constraint("uq", "t").existing(
            exclusion([
                (
                    key("c").desc().nulls(Nulls::Last),
                    "\"\"\"c y'\"\"\"\"'\" ' \"\"uixy' a'x'''\"' o\"\"\"\"w\"''\"' e   '\"\" 'hnc w''' n  \
                     '\"b\" \"d'wl\"'v\"\"\"'\"u'\"\"'mw kwq''hc'''fx\"b",
                ),
            ])
            .filter(" ijgdx  hmu     ki jpzmfo bmedod p x  rl  nel u "),
        );
    });
}

pub fn random_22(op: &mut Operations) {
    op.bulk_insert("t", [] as [&str; 0], [] as [[&str; 1]; 0]);
    op.bulk_insert(
        "t",
        ["a", "id"],
        [
            vec![
                servicekit::schema::Value::from(2.5028754359768243e-138),
                servicekit::schema::Value::Null,
                servicekit::schema::Value::Null,
            ],
            vec![servicekit::schema::Value::from(2_021_696_064)],
            vec![now(), servicekit::schema::Value::from("w h h ot m   xpix    z fgt  vtf  w df  w     n b")],
        ],
    );

    op.autocommit(|op| {
        op.bulk_insert("t", [] as [&str; 0], [[-5_499_016_514_231_772_559_i64]]);

        op.create_index(
            "  ",
            "users",
            [
                key("c").mysql_length(2713227459),
                key(sql(
                    "'e\"\"''\"oo\"  ''\"  \"v'\"'' e \"\"   \"' '''\"\"'n\"htb'jfd'\"o''l\"'' '  \
                     w''e'd'\"\"\"\"fm   \"\" io\"'\"\"\"\"'\"\"\" hb''\"pz ' n  ",
                )),
            ],
        )
        .filter(r#" 'l   n "q'  jb'  'ot'"n u'b '"hi lytd d"c"r" es' "'"' cx s "vn''xak"''pq x qa"v""q' "#);
    });
}

pub fn random_23(op: &mut Operations) {
    op.autocommit(|op| {
        op.only_for(Dialect::Postgres, |op| {
            op.bulk_insert(
                "t",
                ["c0"],
                [
                    vec![servicekit::schema::Value::from(1_724_913_907_327_453_332_i64)],
                    vec![servicekit::schema::Value::from(b"\xda")],
                    vec![servicekit::schema::Value::from(false)],
                    vec![servicekit::schema::Value::from(b"\xc5q")],
                    vec![now()],
                    vec![servicekit::schema::Value::Null],
                    vec![servicekit::schema::Value::from(1_190_488_169)],
                    vec![servicekit::schema::Value::from(-2_014_989_681)],
                ],
            );
        });
    });

    op.bulk_insert(
        "t",
        ["c0"],
        [
            vec![servicekit::schema::Value::from(9_255_534_640_482_461_165_u64)],
            vec![servicekit::schema::Value::from(false)],
            vec![servicekit::schema::Value::from("{}")],
            vec![servicekit::schema::Value::Null],
        ],
    );
}

pub fn random_24(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.create_index(
            "ix_t_a",
            "t",
            [key(sql("?=\u{101c9f}`*\u{2}\u{7f}\t=")), key("user_id").desc().nulls(Nulls::Last)],
        )
        .include(["a"])
        .nulls_not_distinct();
    });

    op.alter_column("t", "a")
        .set_type(Type::Char(130_013_066))
        .drop_collation()
        .drop_now_on_update()
        .existing(
            big_integer("user_id")
                .precision(2)
                .not_null()
                .default(18_354_153_571_097_470_143_u64)
                .generated("a * 2")
                .indexed(),
        );
    op.drop_unique_constraint("uq", "t").existing(foreign_key(["c", "id"], ("user_id", "t"), ["a", "a"]));

    op.autocommit(|op| {
        op.batch_alter_table("t", |batch| {
            batch.recreate(servicekit::operation::Recreate::Always);
            batch.alter_column("a")
                .set_type(Type::WithPrecision {
                    base: Box::new(Type::custom("a ?? b").precision(2)),
                    digits: 6,
                })
                .existing(
                    Column::new(
                        "user_id",
                        Type::WithPrecision {
                            base: Box::new(Type::custom("a ?? b").precision(2)),
                            digits: 6,
                        },
                    )
                    .default(None::<&str>)
                    .generated("a * 2")
                    .check("  d hm ahwptu g")
                    .check("/")
                    .comment("\u{1b}\u{90}.\u{a1c68}𬱳\u{2}\u{a9a21}_\u{202e}=*\0I\u{1}\u{a731b}"),
                );
        });
    });
}

pub fn random_25(_: &mut Operations) {}

pub fn random_26(op: &mut Operations) {
    op.only_for(Dialect::Mysql, |op| {
        op.create_foreign_key(
            r"\",
            (
                " \"\"\"px o\"\"esy' \"'w\"o''\"'u \"\"z' \"''' y''\"x\"g\"' 'fm ik'\" ' r  y  \
                 ''''a't'x\"e'qo\"q'''ux\"f''\"'r'''' lt j\"bgv' \"\"\"'\"u\"\"\"'\"\"'\"\"'h' ' r'r",
                "u",
            ),
            "u",
            ["c"],
            ["id"],
        )
        .on_delete(ForeignKeyAction::SetDefault);
    });
}

pub fn random_27(op: &mut Operations) {
    op.autocommit(|op| {
        op.bulk_insert("t", ["c"], [(5.2305126246628906e-92, sql("\u{628aa}\u{1b}`"))]);
    });

    op.only_for(Dialect::Sqlite, |op| {
        op.execute(
            r"\
  x",
        );

        op.batch_alter_table("t", |batch| {
            batch.alter_column("a")
                .set_type(
                    Type::Char(1_324_017_243).on(
                        Dialect::Mysql,
                        Type::custom(
                            "a
b",
                        ),
                    ),
                )
                .existing(
                    char("c", 1_324_017_243)
                        .type_on(
                            Dialect::Mysql,
                            Type::custom(
                                "a
b",
                            ),
                        )
                        .autoincrement()
                        .default(
                            "'a\"  \"nih'\"'' \"''\"\" \"\"\"h\"\" \"'\"u\"\"'\"' mutr\" gh\"\"ksz'py' '' \
                             e'ftta\"\"' \" k\"\"  '\" \"q o  ck'cx'n\"''n'  fz \"'   '\" ''t",
                        )
                        .check("w\u{742e3}\u{1e443}\u{95b72}\u{108ce3}þ\u{6}$🕴:Vbv")
                        .check("us m lak")
                        .collate("${x}"),
                );
        });
    });
}

pub fn random_28(op: &mut Operations) {
    op.autocommit(|op| {
        op.drop_column("t", "// x").existing(
            array("f{½🕴", Type::TimestampTz)
                .default(servicekit::schema::Value::Integer(
                    33_737_037_902_194_555_826_270_656_613_051_894_549,
                ))
                .generated_virtual("a * 2")
                .check("\u{8}<\u{9415f}\u{4728e}=`")
                .collate(
                    "a
b",
                )
                .comment(r"\"),
        );
    });

    op.drop_index("ix", "t").existing(index(["user_id"]).name("ix_t_a"));
}

pub fn random_29(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "happy"]);

    op.batch_alter_table("t", |batch| {
        batch.recreate(servicekit::operation::Recreate::Always);
    });

    op.only_for(Dialect::Sqlite, |op| {
        op.push({
            let mut add = servicekit::operation::AddColumn::new(
                "t",
                enumeration(
                    "a",
                    enum_type(
                        "t",
                        [
                            "'\"'k \"\"\" \"la''\"'\" n''f''l'\"du\"r\"u \"f '''q''\" z\" ' wo'' f\"''  \
                             ea\"gd\"'tg' 'v ' imn \"qpm''zyizb'\"\"\"\"\"\"\" \"p\" '\"cz'b 'q''\" p h zs \
                             \"t'u \"\"'lxc\" \"m'\"w\"\"\"\"ma'\"",
                        ],
                    ),
                )
                .type_on(Dialect::Sqlite, Type::Enum(mood()).precision(0))
                .not_null()
                .default(sql(
                    "'  '  \"j z ' '\"h' j\"i'\" j\"dn \"\"''wk'\"\"\"' \"''  \" d' u\"' pg\"'f\"\"' \"\" ' \
                     \" \"'es'    ov\"z\"\"",
                ))
                .generated_virtual("a * 2"),
            );
            add.constraints.push(primary_key(["a"]).name("pk_t").into());
            add.constraints.push(
                check(
                    r#"'m''ce"'  ef pwsklde "q "irfsqc' bu''g"g '" l'g"d"smo""t "y"" ''"ys "ahgqm' '"j"d"s"#,
                )
                .name("ck_t_a_1")
                .into(),
            );
            add.constraints.push(
                check(
                    "''q \"\"rwk\"c'v  h\" gzom \"o w'\"m s'\"e\"'  \"w'''m\"k  l'\"dfwq   '''d\"w k \"\" \
                     \"w' ''g\"'rg'\"    n\"'a \"' qh",
                )
                .name("ck_t_a_2")
                .into(),
            );
            add.indexes.push(
                index([key("b").desc().mysql_length(2417181106), key("user_id").asc()]).include(["user_id"]),
            );
            add
        });
    });

    op.add_enum_value(mood(), "\r\n").before("sad").used_by(
        "t",
        enumeration(
            "c",
            enum_type(
                ("a", "u"),
                [
                    "\" 'r' ' '\"seb'jqrfjapwn s' \"dl\"' \"'j\"\"g\" xf'\"'\"f'' l\"' \"\" 's  ''xe'\" z''   \
                     'jx'zn'tn 'f' \" o\"   j \"r' d\"\"h  ' kuk u w\"'z'luthd'''  k\"i'h\"z' dte \"l\"\"' \
                     ' muf \" i\"hss'\" i'\"'r\"' w  'h''f \" \"c \" ",
                ],
            ),
        )
        .type_on(Dialect::Sqlite, Type::Numeric(28_651, 50_266))
        .not_null()
        .check(r#" '''" '    s dv" pltqc"   y x""t'" o'""l"'h"" "" "  ' ss "" n aa "v i'' "''k ''"#)
        .check(
            "\"'\"'''f\"l\"\"\" n\"'dmp \"'bx\"t\"o' '\"  w' k \"'\" \"\"'e\"l' 'f\" c\"\"''dm\" rc' yj' \
             '\"'   x'\"'\"g yei\"p' m '\"'gd' ''f p  \"  'u kz  x\"u ilozs'f\"\"  y' \"v' tlz'\"\" '\"' '  \
             i\"'' c\"'\"eo  'u \" '\"wh\"wph' '\"q'jf  qh \"\"\"\"b",
        )
        .option(Dialect::Sqlite, "\u{feff}𤶅#dѨ=�8\u{15e12}\\Ñ\0\u{2}/D\u{feff}o\u{94416}"),
    );
}

pub fn random_30(op: &mut Operations) {
    let t = || enum_type("t", ["pyvw"]);

    op.autocommit(|op| {
        op.batch_alter_table("t", |batch| {
            batch.recreate(servicekit::operation::Recreate::Always);
            batch.alter_column("a").set_type(Type::Enum(t()).precision(2)).existing(
                enumeration("🕴*:\u{81c54}\u{10589a}E{\u{468ff}Ѩ=~\u{df858}*c\u{7f}=\t\0\u{7f}\t", t())
                    .precision(2)
                    .now_on_update()
                    .unique()
                    .check(
                        " \" \"a\"''t'\" '\"z \"\"'t\"w'' \"  \"' \"  ' ' \"\"''\"\"'\"'raq b l gn' \"' \
                         \"'\"' \"\" xk b\"v\"''c's\"zp ''\"y \"r'\"  \"\"g''\"'kl'j y\"\"'y\"\"''\" \" \" \
                         \"'\"'q'\"'  ' \" r\"'' 'p'\"p 'd\"j  '\"'\"' ' '\"\"\" kh'ikotd \"z\"b",
                    )
                    .check(r"\")
                    .one_of([-9_223_372_036_854_775_808, 0])
                    .collate("\u{ac978}\u{7f}\u{3}\t%𱻗¥\u{1b}6\0ÿYh\u{88a86}&\u{7}")
                    .comment(" fqd  n     efjyciu  e rq     xqe q oapbt   zdyeus  ho")
                    .option(Dialect::Sqlite, "select"),
            );
        });
    });

    op.only_for(Dialect::Sqlite, |op| {
        op.drop_table("t").existing(
            Table::new(
                "t",
                [
                    array(
                        "b",
                        Type::PerDialect { base: Box::new(Type::Numeric(17_546, 14_739)), variants: vec![] },
                    )
                    .not_null()
                    .default(5.388524957742952e-43)
                    .generated_virtual("a * 2")
                    .indexed()
                    .check("\0")
                    .collate("  uzn p g v  gj")
                    .collate("  pqx msg lwuy o ba q rn     qbr in t jf xk  ogm  ga")
                    .option(Dialect::Mysql, " jhq  n f b     q  njm"),
                    {
                        let mut column = Column::new(
                            "id",
                            Type::PerDialect { base: Box::new(Type::Timestamp), variants: vec![] },
                        )
                        .primary_key()
                        .sequence(sequence().start(-9_223_372_036_854_775_808).increment(7).maximum(70_000))
                        .unique()
                        .one_of([-9_223_372_036_854_775_808, 0])
                        .collate("// x");
                        column.nullable = true;
                        column
                    },
                    string("a", 101_912_341)
                        .type_on(Dialect::Postgres, Type::Varchar(1_583_564_683))
                        .type_on(Dialect::Sqlite, Type::Varchar(2_425_445_728).precision(4))
                        .not_null()
                        .indexed()
                        .check("jo  zs av lo s    xf     m u tq")
                        .comment(
                            "'\"\"l''g\"oa'py\" \"   e\"w ' p'' \" lds  i ' piv\"\"'hnw'\"sxpm\"\"\"'\"'w  \
                             hb' \" '\"'ew 'dedr'go '\"  \"'\"' '\" b",
                        )
                        .option(
                            Dialect::Sqlite,
                            "a
b",
                        ),
                    {
                        let mut column = Column::new(
                            "user_id",
                            Type::PerDialect {
                                base: Box::new(
                                    Type::custom(r##"r#"x"#"##)
                                        .on(Dialect::Sqlite, Type::Char(2_159_550_401)),
                                ),
                                variants: vec![
                                    (
                                        Dialect::Postgres,
                                        Type::Numeric(31_264, 44_548).on(Dialect::Mysql, Type::Uuid),
                                    ),
                                    (Dialect::Postgres, Type::Numeric(40_983, 31_858)),
                                ],
                            },
                        )
                        .not_null()
                        .default(None::<&str>)
                        .check("waf j f d")
                        .check("")
                        .collate_on(
                            Dialect::Mysql,
                            "j'\"l  z\"gn 'w\"''v\" y''r'\"'wh\"' 'ee\"\"\"'n\"  r''\"h'' m' f \" d\"'se d \
                             qxxkd ecu'x \"'\"  '\"\"ga' rglrcns  ''k'''g'lp'  i'mef\"o \" i\" \
                             \"'\"i\"qxe'h\"a'rmi \"'ueh xc\"ool'\"fuo cr",
                        )
                        .option(Dialect::Mysql, "🦀");
                        column.references = Some(foreign_key(["a", "c"], "users", ["id", "user_id"]));
                        column
                    },
                ],
            )
            .with(
                index([
                    key("a")
                        .desc()
                        .nulls(Nulls::Last)
                        .collate("v hmeireog   v qr  hv  tl  trbimluicj  rsg ap   c r"),
                ])
                .unique()
                .include(["c"])
                .option(
                    "${x}",
                    r#"z  ja"''"y'r""g r"  ur"t'b"'m'a"f"""' 'l"''whk"" qs"r" 't'"g' p' "sd q "ero' c''"'"#,
                ),
            )
            .with(
                index([sql("\u{45ec3}*'\u{12e6a}?_\u{7d992}+\u{5}\t`\u{b}")])
                    .using("C`㬼9z%[\u{90}\u{202e}.")
                    .include(["a"])
                    .option(r##""#"##, "eo     yfnr e yy yn   yo gr g  qzpmynxfw bq   f  ucc  sr"),
            )
            .option(Dialect::Mysql, "%s")
            .remainder(servicekit::schema::Remainder::new(Dialect::Mysql, "&V腊", "j ip  s lbevc")),
        );
    });
}

pub fn random_31(op: &mut Operations) {
    op.autocommit(|op| {
        op.only_for(Dialect::Mysql, |op| {
            op.push({
                let mut add = servicekit::operation::AddColumn::new(
                    "t",
                    char("b", 563_782_388)
                        .type_on(Dialect::Postgres, Type::custom("\0\u{6}:Õ?\u{a975b}¥Ѩ\u{202e}x\u{b}'"))
                        .not_null()
                        .collate_on(
                            Dialect::Postgres,
                            " e'r  q\"by \"\"v\"'tzoy\"\"t'odrf ''un \"\"z'\"v'fcb\" ''sla'\"\" 'jc  g'sh\" \
                             '\"  \"w' \"kjt\"\"u' 'x\" ''n'd''m \"'\"z\"\"rzu '\"\"ef\"'' xiym\"cvm \"  \
                             '''' t  \"i\"rf\"' '''\"'\"g\"yy mqoup\" xdde \" 'n'\"' 'l\"r\"''\" ' \
                             g'pa\"r\"",
                        ),
                );
                add.constraints.push(check("${x}").not_valid().name("ck_t_a").into());
                add.indexes.push(
                    index([
                        key(
                            "r 'k'uesbhsjc \"x  q\"' w bj'\"cb  \"r lu\"\"bk'' \"v s p' ' ' \"yrz\"\"   ' ' \
                             'pat\"t\"\" e\"'m m''\"",
                        )
                        .mysql_length(2713424816),
                    ])
                    .include(["c"]),
                );
                add
            });
        });
    });

    op.drop_table("t").existing(
        Table::new(
            ("a", "u"),
            [
                custom("id", "\u{b}¹6\"]")
                    .type_on(
                        Dialect::Sqlite,
                        Type::custom(
                            "\"\" jz\"\"svj'\" \"'m\"'' '''u kd 's\"\"\"\"\"'j fdls'\"' \
                             \"''kp\"\"z\"\"\"ipdua'\" tja'\"ln'qp  s xgrcjc q'' \"' \"x'r'''  \"a' 'n\"\" \
                             v''tj\" j",
                        ),
                    )
                    .not_null()
                    .unique()
                    .check("   d  ")
                    .one_of([-9_223_372_036_854_775_808, 0]),
                Column::new(
                    "id",
                    Type::WithPrecision {
                        base: Box::new(Type::Enum(enum_type("t", [] as [&str; 0])).precision(2)),
                        digits: 2,
                    },
                )
                .autoincrement()
                .check("p alitf ucpj kgaglm  d gqi tr m ii ")
                .collate_on(Dialect::Mysql, "\u{ce2b0}\u{b}Ñ?l鳽\t\u{7ac41}�"),
            ],
        )
        .with(check("¥\r`*\""))
        .with(index([] as [&str; 0]).name("ix_u_a").option(" d  n e", "v vk "))
        .remainder(servicekit::schema::Remainder::new(Dialect::Sqlite, "*.\u{b}\u{1510e}$&|?Ѩ�:", "// x")),
    );
    op.create_table("t", [])
        .with(check("tf avb bry  b  u dwtogakybf  qzq m m qh ").name("ck_t_a"))
        .with(
            exclusion([
                (
                    key(sql("\u{301}e")),
                    " '\"r\" r\"\"\"g 'g \" la''dp ' mz' t'qi'''ui'  ' \" \"'i\"\" \"'z''h\"'pe\" \
                     ct'ct''eo'h\"s'\"'  v' dp\"df\"'\"\"zh''' \"''\"'j''\"l nl''\"pf\"u'q",
                ),
                (
                    key("a").operator_class("`$Ⱥ\u{d1d1a}%&\u{3849e}").mysql_length(733574911),
                    "g j p  z   qf  uzea xbsblx   cmf   a w tgv",
                ),
            ])
            .using("g krvnhw afh")
            .filter(" oq    p  zk  kj f l m  m vq o  "),
        )
        .with(
            index([key("user_id").nulls(Nulls::First)]).name("ix_t_a").option(
                "p'\"lp\"gxb' h\"'qh' 'e\" 'pb'\"\"\"' h'' \"\"' \"''\"o n \" c\"'j' 'cf'\" ' h' \" \
                 b\"\"\"a'\"'' \"l\"'\"\"j zl j\"k \"m'i\"\"\"u\"r\"\"\" u\"\"'b\"'p'\"  \"i\"f   i'\" c' \
                 \" l",
                "=t\\q'?뱋C\u{202e}%{\"\u{b0eb8}(\u{4}|*<\u{95}L",
            ),
        )
        .option(Dialect::Sqlite, "팖{\0D\\1\u{102753}`\u{513f3}");
    // ''u'''""a"""m''''ly"" j ' o"q '' r"y""'pf''"''sr b  ""'y''"'''cz'l mdkxyx''ux m''' " ""'"
    op.execute_for(Dialect::Sqlite, "l\u{feff}�\u{8224e}/*r");
}

pub fn random_32(op: &mut Operations) {
    op.add_column(
        ("id", "t"),
        array("b", Type::Numeric(32_216, 41_490))
            .indexed()
            .check(r"\")
            .comment(" qvgpv y   qaqz  k m i bvpcel a gpg")
            .option(Dialect::Sqlite, "  "),
    )
    .if_not_exists();
}

pub fn random_33(_: &mut Operations) {}

pub fn random_34(op: &mut Operations) {
    op.drop_column("t", "b").existing(
        char("a", 852_372_687)
            .type_on(Dialect::Postgres, Type::Enum(enum_type("users", [] as [&str; 0])))
            .type_on(Dialect::Mysql, Type::Char(3_222_305_497))
            .unique()
            .one_of([-9_223_372_036_854_775_808, 0])
            .collate(" m jxoo i eouv")
            .option(Dialect::Mysql, " avar g  ylm  "),
    );
}

pub fn random_35(op: &mut Operations) {
    op.autocommit(|op| {
        op.create_table(
            ("a", "u"),
            [
                array("c", Type::Varchar(90_298_500)).not_null().option(
                    Dialect::Mysql,
                    "B𬳌﨟\u{b7472}\r$\u{79e20}\u{57184}\"\t\r]\r-\u{f9927}&\\\u{9fc72}/",
                ),
                enumeration("c", enum_type("text", ["sad", "happy"]))
                    .precision(2)
                    .autoincrement()
                    .check(" nhm")
                    .check(r"\")
                    .collate("\0")
                    .comment(
                        r"\
  x",
                    ),
                array(
                    "id",
                    Type::custom(
                        "'l ' \"\"u'\"mqc\"vz'' r'  or'moz\"\"y\"h ''''''\"'\"\"llr''q\"nw'\"k   \
                         \"\"d\"fgf'\"'z'h  o' e\"' xa '\"' \"\"'v'h  \" \"i'nc\"''\"\"\"''j\"''t' \
                         \"\"cg\"j '\"\"'en\" ",
                    )
                    .precision(5),
                )
                .primary_key()
                .collate(
                    "''rdo\"  ' t iykv'j\"wsxrg jv\" e'\"f\" ''\" dxa\"'\"wk'd' o\"'qxb' j\"gb\"  ''\"''y\" \
                     foq'\"kd'\"'\"'ud''\"i\"xp\"  \"' 'o\"lukz\"' v\"'' u'c b\" kmv\"bg'k '\"\"'w\"'",
                ),
            ],
        )
        .with(check("\u{38d8b}-\0q?$}h=*%\u{1b}\u{1b}\tO.\u{7f}\u{eb907}/\u{eae6d}").name("ck_u_c_1"))
        .with(check("osy t ke  nv wrpk    w  u d l ox f v   paew c  ").name("ck_u_c_2"))
        .with(foreign_key(["a"], "u", ["c", "user_id"]).not_valid())
        .with(unique(["c", "a"]).name("uq_u_a"))
        .comment(
            "a
b",
        );
        //  k""'upnr '" 'd g'n"""c "d' 'b'""d'"'q x' ''c"p "xu'  tn''i"s"'l """n'" ''im' "xxx"u'v '''v"ju"j ""  'j"'n   l 'k"q" i""a'  "bn "b'''i"sw'qex  ks  "s'"''m""g'
        op.execute_for(
            Dialect::Sqlite,
            " 's\"uh\" i v\" \"'r'e '  sa \"'k  hx    'gh row   r''b\" \
             \"go'km\"'''n''z\"\"''pj\"kxd\"\"\"eh' mo  c' r'' \"\" 'g qj a\"\"\" ",
        );

        op.drop_column("t", "id").existing({
            let mut column = Column::new(
                "user_id",
                Type::WithPrecision { base: Box::new(Type::Char(1_813_975_018).precision(1)), digits: 3 },
            )
            .not_null()
            .identity_always()
            .default(b"")
            .check(
                "n\"ok\"r m 'pqo\"asm''eyf \"\"'i ' \"ec' \"' jfdq'd'h x a'\" \
                 '\"sg''\"\"w\"qgaz\"nt''\"yn\"\"\"\"p'\"\"' \" p'\" '\"\"q\"t'b' '\"\"' s' 'z\"''\"r\"f \
                 \"x'\"t' \"tfu\"b'\"\"'\"\"\"\"  ' t d ",
            )
            .check("\t=['\0")
            .collate_on(Dialect::Postgres, " Y𛅾")
            .collate("hfmzea");
            column.references = Some(
                foreign_key(["user_id", "b"], "t", ["b", "b"])
                    .on_delete(ForeignKeyAction::Cascade)
                    .on_update(ForeignKeyAction::SetDefault),
            );
            column
        });
    });

    op.create_primary_key(by_convention(), "u", ["c"]);
}

pub fn random_36(op: &mut Operations) {
    op.add_column(
        "t",
        enumeration("b", enum_type("text", ["sad", "happy"]))
            .precision(3)
            .primary_key()
            .default(-1.139926471696059e-34)
            .unique()
            .check(" g   igdixng  zc  yfos   my tchn")
            .check(r##"r#"x"#"##)
            .one_of([-9_223_372_036_854_775_808, 0])
            .collate_on(
                Dialect::Postgres,
                r#"k"fz" ''' "'r"'"' 'n'"""w" t "'""""k f"" "''"'v"ka'i''efnw'p" jf'"'z' p'"""p" '"ux"oa'"#,
            )
            .option(
                Dialect::Postgres,
                "kl'' \"\"x 'a'\"pu\"' ''\"na'\"cz'\"\"'z\"o h''' ' yrp\"rv''k'' '''y''n' 'n' z  \
                 ir'xd'\"c'b qp a' 'ij''t'th'\"c\"\"j q' 'mx x'm\"h'ux\"t'\"d q'\"'' \" \"m\"mn '' \
                 'bb'n'\"a \" \" '\"'l'   r\"ip\"'\"'\"\" 'u'  r\"l\"'",
            ),
    );

    op.create_index("ix_t_a", "u", [] as [&str; 0]).include(["c"]);

    op.only_for(Dialect::Mysql, |op| {
        op.alter_column("users", "user_id")
            .set_type(Type::UnsignedSmallInteger.precision(3))
            .set_not_null()
            .drop_default();
    });

    op.push({
        let mut add = servicekit::operation::AddColumn::new(
            "t",
            string("id", 691_277_818).precision(6).not_null().default(b"\x9e\x03").comment("{}"),
        );
        add.constraints.push(unique(["b", "a"]).name("uq_t_a").into());
        add.constraints.push(check("%s").name("ck_t_id_1").into());
        add.constraints.push(
            check(
                "  \"\" \"tq \"'''i 'i\" j'\"m '\"'i \"\"\"\"'g''''  gj'j''d  \"\" xfk\"''\"ssau'\"xk \
                 '\"\"jp a  zl'' \"n''\"''''t\"fs q'z \"s\"'up'mz'  il\"'\"\"c '\"m''tc\" \"\"\"\"\"  \
                 dr'\"l'\" b ' q'x\"\"\"as\"d\"\"'h '\"i'  's'f\"\"\"m",
            )
            .name("ck_t_id_2")
            .into(),
        );
        add.indexes.push(
            index([
                key("   x zs  kxqj jhe v kniq gbvia upj   op  n  ").asc(),
                key("user_id").desc().nulls(Nulls::Last),
            ])
            .name(r#""f'' "a's"' ""  ""g""f"" '""v rw'bnz' ''"''at'kc "lc"'" " ' f' dftx"u"#)
            .include(["b"]),
        );
        add
    });
}

pub fn random_37(op: &mut Operations) {
    op.add_enum_value(enum_type("mood", ["sad", "happy"]), "// x").before("sad").used_by(
        "t",
        binary("a")
            .precision(2)
            .type_on(Dialect::Mysql, Type::Enum(enum_type("u", [] as [&str; 0])))
            .not_null()
            .unique()
            .indexed()
            .check("{}")
            .check(
                "
",
            )
            .one_of([-9_223_372_036_854_775_808, 0]),
    );

    op.drop_column("t", "id").existing(
        enumeration("b", enum_type("users", ["\u{1979}\u{853b6}]\u{b3432}\u{5}ѨN%Y\t\tt\u{b}%\t\0𲂠<", "*/"]))
            .precision(1)
            .not_null()
            .default(-9_117_110_644_790_457_817_i64)
            .indexed()
            .check("it's")
            .check("`=:\r𝑉5\u{88c9e}湩/`\u{f6360}{iz\u{105dad}v\u{1}\u{c3a36}\u{b}")
            .comment("\"\u{97}.<¥?�")
            .option(
                Dialect::Postgres,
                "\"' \" i\"\"   mi\"vqh c \"' u\"o  ''rs \"'  \"yi '  ''k\" d\"s\"\"\"'a \" hb  \"' jx \
                 \"a'z\" w''\"   t c''x   ' \"'ov \"u \"gq  mec'' ' '\"\" \"b'\"\"''b '\"tn''",
            ),
    );

    op.execute("\0")
        .bind("c", servicekit::schema::Value::Integer(-13_939_147_752_175_259_742_706_309_665_114_472_125))
        .bind("c", "select");

    op.push({
        let mut add = servicekit::operation::AddColumn::new(
            "t",
            boolean("b")
                .precision(0)
                .not_null()
                .default(servicekit::schema::Value::Integer(
                    167_511_086_601_536_645_119_452_864_106_374_997_174,
                ))
                .collate(" a z h   i  z o  hqy ek   l fs rp  gm ttp  r sd qw ")
                .option(Dialect::Mysql, "\u{c0a9d}Ñ1\t'"),
        );
        add.constraints.push(unique(["b", "user_id"]).into());
        add.constraints.push(check("?�¥**'\"v/\u{46b3b}\u{1}").name("ck_t_b").into());
        add.constraints.push(
            foreign_key(["id", "user_id"], "users", ["b"])
                .on_delete(ForeignKeyAction::NoAction)
                .on_update(ForeignKeyAction::NoAction)
                .name("fk_t_id_user_id_users")
                .into(),
        );
        add.indexes.push(
            index([key("a").nulls(Nulls::First).mysql_length(1931169727)])
                .name("si   k fn  l i  b  j     ldg g rj u    ekczmab   ")
                .using(r#"""#)
                .include(["a"]),
        );
        add
    });
}

pub fn random_38(_: &mut Operations) {}

pub fn random_39(op: &mut Operations) {
    op.only_for(Dialect::Mysql, |op| {
        op.push({
            let mut add = servicekit::operation::AddColumn::new(
                "t",
                custom(
                    "b",
                    "\" \"'qjt'  \"j  ''po  z\"z' '  d  zz\"n''i''a j\"\"'m''\"z k '''  x \"g'f' gag' \
                     ap'\"\"c\"j' '\"\" 'w u k\"'  \" ' ''''\"'' ''\"hu\"'\"   cz\"''b\"xo\"    n'n\"\" n\" \
                     'n \"\"x'\" o\"' n\"'\" '\"'\"rnhm\"m\"   \"\"q'\"'c\"'' r'm\"qm\" \"y ",
                )
                .precision(4)
                .now_on_update()
                .collate(
                    "a
b",
                ),
            );
            add.constraints.push(check("  ").into());
            add.constraints.push(
                foreign_key(["b", "user_id"], "u", ["user_id", " z hb eg e   x  r  jzyn t cakd"])
                    .name("fk_t_b_user_id_u")
                    .into(),
            );
            add.indexes.push(index([key("a").desc()]).include(["id"]).comment("=𣳬{=\\`\u{7f}þY\u{8}Y"));
            add
        });
    });
}

pub fn random_40(_: &mut Operations) {}

pub fn random_41(op: &mut Operations) {
    op.only_for(Dialect::Mysql, |op| {
        op.batch_alter_table("t", |_| {});
    });
}

pub fn random_42(op: &mut Operations) {
    op.only_for(Dialect::Sqlite, |op| {
        op.bulk_insert("t", ["b", "b"], [Vec::<servicekit::schema::Value>::new()]);
    });

    op.add_column("users", {
        let mut column = char("c", 1_595_862_635)
            .precision(6)
            .autoincrement()
            .default(-1_835_476_744)
            .check("wu  xu  a eba m  i f  j z j y ba  w  z   ")
            .check(
                "  \"g\"s\"ydt \"y'  t\"p'   'cr\"\"\"z\"'n'''  \"'''    'p''j'''j \"'b \"kw vcu'kw \
                 quu''''\"\"\"'o \"' \"i  i'\"z'ca'\"\"x''a'\"'\"\" 'w'on\"\"s ''\"n''  '   h\"p\"hct x \
                 g\"ed' ' \"'hy\"''\"\"b 'el",
            );
        column.references = Some(
            foreign_key(["c"], "users", ["user_id"])
                .on_update(ForeignKeyAction::Cascade)
                .deferrable(Deferrability::Immediate),
        );
        column
    })
    .if_not_exists();
}

pub fn random_43(_: &mut Operations) {}

pub fn random_44(op: &mut Operations) {
    op.execute(
        " \"  i''z 'c''' i\" \"d w'\"' \"'np \"\"\"o'a'y m\"x\"  \"xn'pl  \"'\" l 'l' cp ' \"uqi'\" \"b\"b \
         n' ' '' m \"' aw\"\"''hge",
    );

    op.only_for(Dialect::Sqlite, |op| {
        op.execute(r"\")
            .bind(
                "a",
                servicekit::schema::Value::Integer(-75_108_811_684_705_583_797_976_301_638_433_134_491),
            )
            .bind("a", -104_163_305);
    });

    op.autocommit(|op| {
        op.add_column(
            "u",
            custom("a", r#" p """fp''l' ed 'bx'"'"  w" lf"h"'  x' l''c "p" gu" 'y  grf""  'f  'd"#)
                .precision(5)
                .default(false)
                .check(r##"r#"x"#"##)
                .check("it's")
                .collate_on(
                    Dialect::Sqlite,
                    "\" ''ej\"q j' 'wf j \" 'm\"'\"d\"vs\" g d'\"m'\"'\"fk'\" \"\"tf ie'''''y mt  '\"\"\"oo \
                     ' \"c' ' \"y'  s\" \"'   \"\"e\"  'c\"'\"\" \"'n'\"\"\"''dk' \"\"\"p\"\"v \
                     \"\"\"r'rcw\"n ''\"u\"'zic\"ensy\" s'\"rl 'ahbb\"\"ri'\"\"'\"\"s'm\"j m\"b\"ro''",
                )
                .comment(
                    "\"q'\"wh'' \"mb\"'oi'q' \"\"x'mb''\"'ep eoh'\"n 'o\"' b'r' g'n '\"'  's'\"h'\"o   \
                     v\"''h\"\"g\"\"z  ' x  q f \"\" \"p\"f' '\"''\"'k b m' wwsm\"''bh\"m'' \" a \"'  '\"\" \
                     \" \" cnfe  \"'di''a\"\"k 'h \" u\"cb b\"\"\" tl y' ' \"s'v'  ",
                ),
        )
        .if_not_exists();
    });
}

pub fn random_45(op: &mut Operations) {
    op.autocommit(|op| {
        op.only_for(Dialect::Mysql, |op| {
            op.create_index("ix_t_a", "users", [key("id").asc()])
                .filter("on knxy       ez  k fpxrkcok  x i   sz");
        });
    });

    op.only_for(Dialect::Mysql, |op| {
        op.add_column(
            "users",
            custom(r#"" '"k'"wk"'nub''""'nq   "'kk"rw'"" x"j   ''v k "" s' ''m ''q "" ""#, "\r\n")
                .precision(5)
                .primary_key()
                .default(-3.63331615700299e-250)
                .check("\u{58113}E\u{de3c3}")
                .collate_on(Dialect::Mysql, "𜹌🕴&1î\0\u{b}.>:\r?"),
        )
        .if_not_exists();
    });

    op.add_enum_value(enum_type("mood", ["sad", "happy"]), "xh    tk k h    oien qss  ")
        .before("sad")
        .used_by("t", {
            let mut column = enumeration("user_id", enum_type("users", [] as [&str; 0]))
                .precision(0)
                .primary_key()
                .check("!")
                .check("zsyo    zv aq  itc  c s")
                .collate("z x  a   th j pis zh  e ajzrixce  kk  b   ds  qa dh")
                .option(
                    Dialect::Sqlite,
                    "'\"g''\"  \"'k\"j\"u'v'\"kt''\"\"\"\"  \"pv''\" b' x\"l\"\"\"lj 'h '  \"r\" z\" \" \
                     \"gc''b' \"\"e c\"z'' v  ae'\"\"\"p'\"\"z'\"\"'u\"'r' 'j'f t\"\" s'b\"t''\" \"p h'\" \
                     'g\"\"\"\"\"\"'f",
                );
            column.references = Some(
                foreign_key(["user_id"], "users", ["a", "b"])
                    .on_delete(ForeignKeyAction::Restrict)
                    .on_update(ForeignKeyAction::Restrict)
                    .deferrable(Deferrability::Deferred)
                    .not_valid(),
            );
            column
        });

    op.autocommit(|op| {
        op.only_for(Dialect::Sqlite, |op| {
            op.bulk_insert(
                "t",
                ["c0", "c1", "c2"],
                [
                    vec![
                        servicekit::schema::Value::Null,
                        servicekit::schema::Value::Integer(
                            -36_796_488_064_795_604_795_307_909_573_846_212_712,
                        ),
                        servicekit::schema::Value::Null,
                    ],
                ],
            );
        });
    });
}

pub fn random_46(op: &mut Operations) {
    op.autocommit(|op| {
        op.create_foreign_key(
            by_convention(),
            "users",
            ("b", "t"),
            [
                "\"\" 't'e\"n'rc'\" nn  '\" uco'''  q'y\"pw   k'\"\"   q 'v' ''\"'f\" '\"'r\"\"\"w'cn\"\"jj  \
                 xu  \"mo\"ye\"\"' 'mj p\"\"q  \"\"\"l\"qzlx\"' \"\"''\"z'tk\"z f \"'ci 'c'\"ss'\"x'\"'t \
                 ''''''\"\"  \"tkt ''\"\"' ''\"' \"'nml'  \"f'z",
                "a",
            ],
            ["id"],
        )
        .on_delete(ForeignKeyAction::Restrict)
        .on_update(ForeignKeyAction::SetNull)
        .deferrable(Deferrability::Immediate);
    });
}

pub fn random_47(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "happy"]);

    op.add_column(
        ("b", "t"),
        char("c", 423_757_686)
            .precision(1)
            .type_on(Dialect::Sqlite, Type::Enum(mood()).precision(3))
            .type_on(Dialect::Mysql, Type::custom("uqqx   xq   kgk a  mb gd f  yhr iydwv   jeq  d    f n"))
            .not_null()
            .default(now())
            .comment("qv")
            .option(Dialect::Mysql, "i"),
    )
    .if_not_exists();

    op.autocommit(|op| {
        op.drop_unique_constraint("uq", "t").existing(check("${x}").name("ck_t_a"));
    });

    op.only_for(Dialect::Postgres, |op| {
        op.add_enum_value(mood(), "u sdcdhlb  i li w t i m kjcj  q plqngyq rumq  opw  ")
            .before("sad")
            .used_by(
                "t",
                array("c", Type::Enum(mood()).precision(1))
                    .default(servicekit::schema::Value::Integer(
                        50_828_974_896_455_518_579_788_601_597_040_889_608,
                    ))
                    .collate("D\u{202e}\u{7f}\u{202e}\r\u{6ff74}�\u{202e}s\u{ef9f2}¥Pc𝃡\u{b0db3}/\"¥")
                    .option(Dialect::Mysql, "vsfr         jswnjh"),
            );
    });
}

pub fn random_48(op: &mut Operations) {
    op.drop_unique_constraint("uq", "t").existing(
        exclusion([
            (key("𬎅엂H\"/\u{afea0}?:\u{66da1}B*"), " x wsxgsao lv    s kw  q zet  t ia"),
            (
                key("a").collate(""),
                "qla\"x''ru gm\"\" z \"'\"'ra\"n' \"m'\"''\" ' ' 'n'h\"v 'ov 'we\" gw'\"  '' \"c\"\"'\" ' \
                 's'r\"u't  b''  n  \"m''f z  \"'n  'v' i\"c\" 'f' ''\"'''l'g'  c' ' v'e\"j ' \" \"' ptw  \
                 \" 'e\"t'",
            ),
        ])
        .filter("Ⱥ\"\u{fc8a8}'{1SѨ\"\\Y/*𗁉"),
    );
    op.drop_column(
        "t",
        r#" vk " "'s"""' "'vi""rg'q  "uu" k'"a"q" '""v'""zf a't  s jr""'s"  z'"''"l lj"f'"t" ''jf'ut"' 's"#,
    )
    .existing(
        array("b", Type::Varchar(1_158_679_817).array()).not_null().default(false).check(r#"""#).check(
            "eg''\"'f y'  dw \"b\"\"om\"\"  'a\" licwg' \"' ch mby v' 'v\"p\"\" j'd'c \
             m'\"bx'\"\"\"m'cmvfy\"'jvgl' yte  \"e't \"'yus ' w'q\"\" ' '\" 'e\"dj 'm df \"g 'z''b\"\"ax  \
             'ud't\"kb\"\"\"td  ''t'q'x\"cu'\"\"\"k\"\" '''v ' v\" 'wh '\"x' '\"'",
        ),
    );

    op.only_for(Dialect::Sqlite, |op| {
        op.execute(r#"i' 'n" 'kh"zcrx"'" "'f 'tfi"'"" u hr"b f   yn ut um" lr''"n" r r'" '''  y"#).bind(
            "a",
            servicekit::schema::Value::Integer(-25_550_195_707_485_178_767_300_945_872_502_872_552),
        );
    });

    op.only_for(Dialect::Mysql, |op| {
        op.bulk_insert(
            "t",
            ["a", "b"],
            [
                vec![
                    servicekit::schema::Value::from(b""),
                    servicekit::schema::Value::Integer(-160_656_940_124_995_248_579_575_547_409_954_756_575),
                    servicekit::schema::Value::from(2_370_344_229_511_988_348_i64),
                ],
            ],
        );
    });
}

pub fn random_49(op: &mut Operations) {
    op.create_index(
        "\" \"\"'\"m\"  b \"xxi'\"\"n  'hc\"m'\"'g    '\"m\" ' g  \"fm\"s'gq'\"g\"g\"\"n r' \
         yty\"''h\"bkbp\"\"f'\" '' g 'g\"\"y'q\"liaa\"\"  \"\"owi'xe\"e\" \" 'td' \"\"q\" q''\"'   ''  \
         \"\"\"'v \" \"\"\"'",
        "users",
        [] as [&str; 0],
    )
    .include(["c"])
    .option(
        "\"wftr\" x\"q\"'y\"'h \"p '''''d'\" \"\"\"fa h \"\"'v\" d os'l\"\"p fk ''tg\"akm\"\"\" z \"  \
         x\"v\"\"'' s \"li'''r' \"g th'n\"h\"o\"''\"\"cv' q''ej \"\" v\"'\"'''\"\"m\" ' km  k\"\"'h\"  \
         k\"\"m'm \"\"\"",
        r#"'f''''"'  fg''r'' ""' syxyqo"'"" "x'q 'b"p '  'fu c'"'j"v'" x "#,
    );
}

pub fn random_50(op: &mut Operations) {
    op.only_for(Dialect::Mysql, |op| {
        op.batch_alter_table("t", |batch| {
            batch.recreate(servicekit::operation::Recreate::Always);
            batch.alter_column("a")
                .set_type(
                    Type::custom(
                        "l 'e\"'\"'lf\"\" \"i l'\"'h b '\"'  \"f \"''c h l\" ''w\"m\"' 'x \" 'q\"qj' \
                         u\"'x'hkd pqc'\"f''' \"\" eg g''y\"\"'\"\"'\"s'\"\"sp' '\" ''r''  \"g''' \
                         '\"erv\"\"\"  \"of\"'    'p 'zxdvk'q bm'\"\"\"'y'im'\"  \"\"'x f 'z ''\"  'd ' \
                         i''s",
                    )
                    .on(Dialect::Postgres, Type::Char(546_667_979)),
                )
                .existing({
                    let mut column = custom(
                        "user_id",
                        "l 'e\"'\"'lf\"\" \"i l'\"'h b '\"'  \"f \"''c h l\" ''w\"m\"' 'x \" 'q\"qj' \
                         u\"'x'hkd pqc'\"f''' \"\" eg g''y\"\"'\"\"'\"s'\"\"sp' '\" ''r''  \"g''' \
                         '\"erv\"\"\"  \"of\"'    'p 'zxdvk'q bm'\"\"\"'y'im'\"  \"\"'x f 'z ''\"  'd ' \
                         i''s",
                    )
                    .type_on(Dialect::Postgres, Type::Char(546_667_979))
                    .default(now())
                    .collate("  ")
                    .collate(
                        "nj\"\"v'\"qv\"\"z \" \"\"' c oh ku m' \"i '\" 'sm \" w 'a \"\"r\"a\"f\"\"ct'\"\" \
                         e' az'   '\" ln'so \"'' ' 'b'\"h\"\"  ijonr \"f ' 'n \"' '''g'k'",
                    )
                    .option(Dialect::Mysql, "n ob   c  en   k hw  hi b px zarvtgj mc e s zxru bz kem ");
                    column.checks.push(check("named").not_valid().name("a name"));
                    column.references = Some(foreign_key(["a"], "u", ["id"]).matching(ForeignKeyMatch::Full));
                    column
                });
        });
    });

    op.autocommit(|op| {
        op.push({
            let mut add = servicekit::operation::AddColumn::new(
                "t",
                numeric("b", 62_028, 34_560)
                    .type_on(Dialect::Sqlite, Type::Char(2_400_309_598))
                    .not_null()
                    .option(Dialect::Mysql, "b   "),
            );
            add.constraints.push(
                foreign_key(["b"], "u", ["b", "a"]).on_delete(ForeignKeyAction::SetNull).into(),
            );
            add.constraints.push(check("a ?? b").name("ck_t_b").into());
            add.indexes.push(index(["user_id"]).name("ix_t_a").include(["a"]));
            add
        });
    });
}

pub fn random_51(op: &mut Operations) {
    op.only_for(Dialect::Sqlite, |op| {
        op.add_enum_value(
            enum_type("mood", ["sad", "happy"]),
            " \"q' m\"a' 'rd'p'f'\"vqx\" \"\"\"hjcyk'o\"\"\"ayk\" \"'\"''f\"\"o'n ''\"sk\"u\"y\"  \"\"   \
             \"'\"' w'' us'itpswx\"  ku''\"''i' wz'j  va'sh'''l uzi 'g'p'q''t\"oo xg'' \"cfx \" h s \" \"'  \
             k'q'",
        )
        .before("sad")
        .used_by("t", {
            let mut column = array("d b  h vy jyvt jwusnj jra   ", Type::Enum(enum_type("u", [r"\"])).array())
                .primary_key()
                .default(
                    "vq''h\"o\"\"j'\"  cg\"\" s\"xm\"''s  \"'''j q'n' n\"nu\"\"'so'''mv  'e s' ''y '  \"v m \
                     lw'nf'kx' kvikw'' ' u\"e\"c  '\"wwpj ' a' 'cv'kh\" \"' \"\"r \" q\"''\"\"\"'b \
                     \"\"orw'' \" \"  \" e\"\"dl\"'y\"in",
                )
                .check(
                    " \"'gy   \"\"'\"'dk\"u\"\"j qy lt' \" \"'  \"s 'z\"''j  \" e\"''' py'q  \"n j\"''' u \
                     \"\"'''   e'\" w' o\" \"\"lf\" ' lm' \"'g\" \"",
                )
                .check("ꉽ\u{1037b7}\u{c2519}\u{4846e}\t")
                .collate("f e d  v g");
            column.nullable = true;
            column
        });
    });

    op.drop_index("ix", "t").existing(
        index([] as [&str; 0])
            .using(
                r"\
  x",
            )
            .include(["a"])
            .option("mdy u", "y  pda   a   b a   t   j y  iemfs  q uaa       "),
    );
    op.bulk_insert(
        "t",
        ["c0", "c1", "c2"],
        [
            (
                -434_323_105,
                sql(
                    "''t \"'i h\" \"''' \"v ' a'x\"  \"e' '\"u''  w'\" \"g'  'd'q\"'\"''''q\"\"\"\"ie\" \
                     d'rzh   m\"q\" x'b c vkwf\"o' \"njv v ' \"h\"\"g 'lg au' \"c'\"\"yh\"p' alfym   \
                     f\"\"\"'\" z'au\"y\"\" ptjvyvxc'\"v\"t\"\"\"i\"'vgdgfn'\"hx  't\"",
                ),
                "  xu tt fr  q  kf     bgj  vvv l  b",
            ),
        ],
    );
}

pub fn random_52(op: &mut Operations) {
    op.push({
        let mut add = servicekit::operation::AddColumn::new(
            "t",
            string("b", 2_316_636_200)
                .precision(3)
                .sequence(sequence().start(-9_223_372_036_854_775_808).increment(7).maximum(70_000))
                .default(servicekit::schema::Value::Integer(
                    51_249_042_273_239_881_339_867_046_234_981_361_591,
                ))
                .option(
                    Dialect::Mysql,
                    "f'\"'p  ' '   \"crtb\" n''um  \"'\"'''z'e r 'x\"nk\"'\" \"\" 'g t 'i'\"\"\"\"b\"''c\" \
                     'ale''\"o\"kkn'  \"\"'\"xe ' '' '  o\"''' r ' n e\" mix \"' u 'g \
                     pkbj\"'u'\"l'z\"tgtqty  k' g \"''\" ' b' \" \"'\"\"i qv'\"\"'\"  ei''r\"c\"",
                ),
        );
        add.constraints.push(
            foreign_key(["a ?? b"], "t", ["", "user_id"])
                .on_delete(ForeignKeyAction::Cascade)
                .on_update(ForeignKeyAction::Cascade)
                .deferrable(Deferrability::Immediate)
                .not_enforced()
                .name("${x}")
                .into(),
        );
        add.constraints.push(primary_key(["b"]).name("pk_t").into());
        add.constraints.push(unique(["b"]).name("uq_t_b").into());
        add.constraints.push(check("  rvwtuv w bj es y pe g if fpn  ").name("ck_t_b_1").into());
        add.constraints.push(check(one_of("b", [-9_223_372_036_854_775_808, 0])).name("ck_t_b_2").into());
        add.indexes.push(
            index([] as [&str; 0]).include(["id"]).option(
                "f'i \"w\"'\" \"m\"'' \"\"iwh 's\" 'dxn'\" r zk\"\"\"  \"t\"'f\" y\"      \
                 \"'\"e'\"o\"z'a\"' r'q \"fc'b' \"\"ka'g''''l''\"yfv' n'd'  b\"b'aiu\"i 'l\"\"\"\"m\"\" 'l' \
                 e'e''\"  s '\" p'''d\" b \"a\"\"o\"iv\"d\"e a'g\"'\"   j'' d'",
                "\r\u{e6435}\u{7f}\u{88}\u{7}=",
            ),
        );
        add
    });
}

pub fn random_53(_: &mut Operations) {}

pub fn random_54(op: &mut Operations) {
    let u = || enum_type(("c", "u"), [] as [&str; 0]);

    op.add_column(
        "u",
        array("id", Type::Enum(enum_type("t", [] as [&str; 0])))
            .precision(3)
            .default(sql("oo  oj     m d  fd f   kpzond amt lxtcau    eue "))
            .unique()
            .check(
                "'     ''\"'vpen\"\"\"\"\" pon  'mn geeo \"'\"\"\" l \"y\"  '' '' ko' d\"\"'\"jt'e'''x''us  \
                 l\"ux'\"   \"\"v'r\" \"\"\"'' \"g\"'gp'm  s  \"\"f\"\"'l'\"r nv e'l\" ''dz''' ",
            )
            .one_of([-9_223_372_036_854_775_808, 0])
            .collate(r#"''''hm'  '""  w'g" ' "' "qw"hvr""'" 'e'""dv"""'""" "'xz'"s"l tf'x  o" "j"#)
            .option(
                Dialect::Sqlite,
                r"\
  x",
            ),
    );

    op.only_for(Dialect::Postgres, |op| {
        op.add_column(
            "u",
            array("user_id", Type::Varchar(2_723_046_459))
                .unique()
                .one_of([-9_223_372_036_854_775_808, 0])
                .comment("czz a   ja px p urt  l j   x ps y    rg  wacm j "),
        );
    });

    op.autocommit(|op| {
        op.batch_alter_table("t", |batch| {
            batch.alter_column("a").set_type(Type::Char(3_844_247_841).precision(6)).existing({
                let mut column = char("a", 3_844_247_841)
                    .precision(6)
                    .primary_key()
                    .sequence(sequence().start(-9_223_372_036_854_775_808).increment(7).maximum(70_000))
                    .collate("{�\\\rȺ\u{4174d}K$<:\u{9db37}¥\u{b}`=")
                    .collate("\u{4383b}&")
                    .option(Dialect::Mysql, r##"r#"x"#"##);
                column.nullable = true;
                column
            });
            batch.alter_column("a").set_type(Type::Enum(u()).precision(1)).existing(
                enumeration(r#" ' 'nf"  bqz"" ""  " ''c  q '"h  c o g""m""i'"yej" s'""s't'o"'"' mh"#, u())
                    .precision(1)
                    .not_null()
                    .indexed()
                    .check(r#"""#)
                    .collate(
                        "'nfa' \"a\" '' x'x    '\" \" lfc '  'k\"j'o\"   '\"\"j\"\"hn'' \
                         \"vr\"\"u\"'\"csa\"\"\"'jf\"\"'h  \"tm    '\"'j z''\"shv\"' \"\"\" e\"'\"cx",
                    )
                    .comment(
                        "'     '' \" dt''o\"f  \" 'y  m\"'d\"y d'  'i b''\"gq''l'ilh' \"s '''\"   r\" \
                         'tkz'pxs \" c''\"coy\" \"\" \"'rrm''u\"y\"h 'tw f' 't'\"' p \" \"'\"' k'ex\"''sy\"",
                    ),
            );
        });
    });
}

pub fn random_55(_: &mut Operations) {}

pub fn random_56(op: &mut Operations) {
    op.autocommit(|op| {
        op.add_enum_value(enum_type("mood", ["sad", "happy"]), "[Jpq$\u{e0929}Íf\u{f200d}\u{10ac52}🕴{`")
            .before("sad")
            .used_by(
                "t",
                char("user_id", 3_610_514_131)
                    .type_on(Dialect::Sqlite, Type::Char(2_536_126_243))
                    .not_null()
                    .check(
                        "\"  f' 'k\"\"r ucm'\"l\"''sy'\"'c\"   nd \"w'x \"n t\" \"'\"t  u\"fwe't'''  \"\"s \
                         f\"\"'\"x'\"'h'  d zj'yon\"  '\"'s'  \"qtq\" '\"''\"''\"'",
                    )
                    .check("ûv\u{d205a}\u{7f}'`.\0")
                    .option(
                        Dialect::Postgres,
                        "Ⱥ\u{1a809}\u{d8992}=B\t¥\u{cacd1}ȺS=¥\u{5d99e}\t\u{a899f}\t\u{e4a31}¥Ѩ'",
                    ),
            );
    });

    op.only_for(Dialect::Postgres, |op| {
        op.execute("\u{7f80f}\r\u{3}\u{b}\u{8}惭%'\u{b}").bind("b", sql("\u{301}e"));
    });

    op.autocommit(|op| {
        op.drop_column("t", "a").if_exists();
    });

    op.only_for(Dialect::Mysql, |op| {
        op.push({
            let mut add = servicekit::operation::AddColumn::new(
                "t",
                custom("c", "bjj h  dxe  l  tm  iin mqnvj  jmg ly    n  rtna")
                    .precision(6)
                    .type_on(Dialect::Sqlite, Type::Varchar(438_736_863))
                    .sequence(sequence().start(-9_223_372_036_854_775_808).increment(7).maximum(70_000))
                    .comment(
                        "''n' q''\" '  ' 'f'sdp'\"wq ''\"'r \"wp 'j\"'x''\"\" ' '\"\" d'''zb'''u'v''\" '' \
                         yyz 'tz\"   ''",
                    )
                    .option(
                        Dialect::Sqlite,
                        "锐\u{7f}\u{546c1}$\0\0\u{b}O\u{feff}\u{8cfca}\u{8e67f}�\u{4}\u{69a44}a/\u{7f}",
                    ),
            );
            add.constraints.push(
                check("\u{1}\u{4}\u{105bcf}\u{4d6c4}\u{1b}\u{cbd0b}🕴\u{5560d}\u{8}`�?)n\"").into(),
            );
            add.indexes.push(
                index([key("b"), key(" vecghel   frtn  ra  j g d v").mysql_length(423987027)]).name("ix_t_a"),
            );
            add
        });
    });
}

pub fn random_57(_: &mut Operations) {}

pub fn random_58(op: &mut Operations) {
    let text_values = || enum_type("text", ["sad", "happy"]);

    op.bulk_insert(
        "t",
        ["c0", "c1", "c2"],
        [(3.490736989081131e-221, None::<&str>, "kn    yn  dz   mn  x t  q        r la   ")],
    );

    op.autocommit(|op| {
        op.drop_column("t", "a").if_exists();
    });

    op.batch_alter_table("t", |batch| {
        batch.recreate(servicekit::operation::Recreate::Always);
        batch.alter_column("a")
            .set_type(Type::PerDialect { base: Box::new(Type::Enum(text_values())), variants: vec![] })
            .existing(
                Column::new(
                    "c",
                    Type::PerDialect { base: Box::new(Type::Enum(text_values())), variants: vec![] },
                )
                .check("   wdw  k  v      kr    wpnvf  z  n to j v  n ")
                .check(" g  fj u  a tk czekdq mpb y b xs z pvef  mi h ")
                .option(
                    Dialect::Postgres,
                    "'fxur'e\"  z  '\" kaw'p\"' \"c'\"\"'w\"\"\"'q'' m\"\"mk'a vw\"x '''l'z   \"   'j\"bd   \
                     \"\"j\"f\"'\"'llx'\"'ja'e'\"'\"'xj   y'\"\"\"wm  'a\"o ' '\"\"\"  h\"\"\"xra  i'i'\" \
                     '\"\" kpml  'rjn '",
                ),
            );
    });
}

pub fn random_59(op: &mut Operations) {
    op.create_index("x m lqa  mf ek  n pu l q t zev i qrsngc  gk xi      c p l   ", "u", ["id"]);
    op.alter_column("u", "user_id")
        .set_type(
            Type::custom("e pm  itw le xt x r").on(
                Dialect::Postgres,
                Type::custom("\r%\u{8b0df}y\u{3e8d9}")
                    .on(
                        Dialect::Mysql,
                        Type::Enum(enum_type("t", [" vy   uh q yv x hqp    aw hhhge   tjw "])),
                    )
                    .on(Dialect::Postgres, Type::Binary),
            ),
        )
        .set_default(None::<&str>)
        .existing({
            let mut column = enumeration("a", enum_type("text", ["sad", "happy"]))
                .precision(0)
                .primary_key()
                .default(now())
                .option(Dialect::Sqlite, "a\r\"_`\u{a72ab}p¥\u{ff4f8}%%");
            column.nullable = true;
            column
        });

    op.add_enum_value(enum_type("mood", ["sad", "happy"]), "b").before("sad").used_by("t", {
        let mut column = numeric("cx m  ip y xjw v r ma ij   ag ifs xjkh b   gh", 24_497, 50_936)
            .precision(6)
            .unique()
            .one_of([-9_223_372_036_854_775_808, 0])
            .collate_on(Dialect::Sqlite, "\0");
        column.references = Some(
            foreign_key(["cx m  ip y xjw v r ma ij   ag ifs xjkh b   gh"], "users", ["user_id"])
                .on_delete(ForeignKeyAction::Restrict)
                .deferrable(Deferrability::Immediate),
        );
        column
    });
}

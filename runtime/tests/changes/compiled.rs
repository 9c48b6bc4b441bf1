//! Written by `every`; set UPDATE_CHANGES=always to write it again.

use servicekit::{Dialect, Operations};

#[path = "../../../cases/changes/add_array_column/expected.postgres.rs"]
mod add_array_column_postgres;
#[path = "../../../cases/changes/add_array_of_an_enum/expected.postgres.rs"]
mod add_array_of_an_enum_postgres;
#[path = "../../../cases/changes/add_check/expected.sqlite.rs"]
mod add_check_sqlite;
#[path = "../../../cases/changes/add_check/expected.postgres.rs"]
mod add_check_postgres;
#[path = "../../../cases/changes/add_check/expected.mysql.rs"]
mod add_check_mysql;
#[path = "../../../cases/changes/add_check_of_column/expected.mysql.rs"]
mod add_check_of_column_mysql;
#[path = "../../../cases/changes/add_column_with_its_index/expected.sqlite.rs"]
mod add_column_with_its_index_sqlite;
#[path = "../../../cases/changes/add_column_with_its_index/expected.postgres.rs"]
mod add_column_with_its_index_postgres;
#[path = "../../../cases/changes/add_column_with_its_index/expected.mysql.rs"]
mod add_column_with_its_index_mysql;
#[path = "../../../cases/changes/add_foreign_key/expected.sqlite.rs"]
mod add_foreign_key_sqlite;
#[path = "../../../cases/changes/add_foreign_key/expected.postgres.rs"]
mod add_foreign_key_postgres;
#[path = "../../../cases/changes/add_generated_column/expected.sqlite.rs"]
mod add_generated_column_sqlite;
#[path = "../../../cases/changes/add_generated_column/expected.postgres.rs"]
mod add_generated_column_postgres;
#[path = "../../../cases/changes/add_generated_column/expected.mysql.rs"]
mod add_generated_column_mysql;
#[path = "../../../cases/changes/add_not_null_column_with_default/expected.sqlite.rs"]
mod add_not_null_column_with_default_sqlite;
#[path = "../../../cases/changes/add_not_null_column_with_default/expected.postgres.rs"]
mod add_not_null_column_with_default_postgres;
#[path = "../../../cases/changes/add_not_null_column_with_default/expected.mysql.rs"]
mod add_not_null_column_with_default_mysql;
#[path = "../../../cases/changes/add_not_null_column_without_default/expected.sqlite.rs"]
mod add_not_null_column_without_default_sqlite;
#[path = "../../../cases/changes/add_not_null_column_without_default/expected.postgres.rs"]
mod add_not_null_column_without_default_postgres;
#[path = "../../../cases/changes/add_not_null_column_without_default/expected.mysql.rs"]
mod add_not_null_column_without_default_mysql;
#[path = "../../../cases/changes/add_nullable_column/expected.sqlite.rs"]
mod add_nullable_column_sqlite;
#[path = "../../../cases/changes/add_nullable_column/expected.postgres.rs"]
mod add_nullable_column_postgres;
#[path = "../../../cases/changes/add_nullable_column/expected.mysql.rs"]
mod add_nullable_column_mysql;
#[path = "../../../cases/changes/add_three_columns/expected.sqlite.rs"]
mod add_three_columns_sqlite;
#[path = "../../../cases/changes/add_three_columns/expected.postgres.rs"]
mod add_three_columns_postgres;
#[path = "../../../cases/changes/add_three_columns/expected.mysql.rs"]
mod add_three_columns_mysql;
#[path = "../../../cases/changes/add_unique_constraint/expected.sqlite.rs"]
mod add_unique_constraint_sqlite;
#[path = "../../../cases/changes/add_unique_constraint/expected.postgres.rs"]
mod add_unique_constraint_postgres;
#[path = "../../../cases/changes/add_unique_constraint/expected.mysql.rs"]
mod add_unique_constraint_mysql;
#[path = "../../../cases/changes/add_uuid_column/expected.postgres.rs"]
mod add_uuid_column_postgres;
#[path = "../../../cases/changes/boolean_to_integer/expected.postgres.rs"]
mod boolean_to_integer_postgres;
#[path = "../../../cases/changes/change_check/expected.sqlite.rs"]
mod change_check_sqlite;
#[path = "../../../cases/changes/change_check/expected.postgres.rs"]
mod change_check_postgres;
#[path = "../../../cases/changes/change_check/expected.mysql.rs"]
mod change_check_mysql;
#[path = "../../../cases/changes/change_check_of_column/expected.mysql.rs"]
mod change_check_of_column_mysql;
#[path = "../../../cases/changes/change_check_with_in/expected.sqlite.rs"]
mod change_check_with_in_sqlite;
#[path = "../../../cases/changes/change_check_with_in/expected.postgres.rs"]
mod change_check_with_in_postgres;
#[path = "../../../cases/changes/change_check_with_in/expected.mysql.rs"]
mod change_check_with_in_mysql;
#[path = "../../../cases/changes/change_default/expected.sqlite.rs"]
mod change_default_sqlite;
#[path = "../../../cases/changes/change_default/expected.postgres.rs"]
mod change_default_postgres;
#[path = "../../../cases/changes/change_default/expected.mysql.rs"]
mod change_default_mysql;
#[path = "../../../cases/changes/change_generated_column/expected.sqlite.rs"]
mod change_generated_column_sqlite;
#[path = "../../../cases/changes/change_generated_column/expected.postgres.rs"]
mod change_generated_column_postgres;
#[path = "../../../cases/changes/change_generated_column/expected.mysql.rs"]
mod change_generated_column_mysql;
#[path = "../../../cases/changes/change_partial_index/expected.sqlite.rs"]
mod change_partial_index_sqlite;
#[path = "../../../cases/changes/change_partial_index/expected.postgres.rs"]
mod change_partial_index_postgres;
#[path = "../../../cases/changes/change_text_default_with_quotes/expected.sqlite.rs"]
mod change_text_default_with_quotes_sqlite;
#[path = "../../../cases/changes/change_text_default_with_quotes/expected.postgres.rs"]
mod change_text_default_with_quotes_postgres;
#[path = "../../../cases/changes/change_text_default_with_quotes/expected.mysql.rs"]
mod change_text_default_with_quotes_mysql;
#[path = "../../../cases/changes/change_varchar_default/expected.sqlite.rs"]
mod change_varchar_default_sqlite;
#[path = "../../../cases/changes/change_varchar_default/expected.postgres.rs"]
mod change_varchar_default_postgres;
#[path = "../../../cases/changes/change_varchar_default/expected.mysql.rs"]
mod change_varchar_default_mysql;
#[path = "../../../cases/changes/checks_of_one_name_in_two_tables/expected.sqlite.rs"]
mod checks_of_one_name_in_two_tables_sqlite;
#[path = "../../../cases/changes/checks_of_one_name_in_two_tables/expected.postgres.rs"]
mod checks_of_one_name_in_two_tables_postgres;
#[path = "../../../cases/changes/column_comment/expected.postgres.rs"]
mod column_comment_postgres;
#[path = "../../../cases/changes/create_circle_of_tables/expected.postgres.rs"]
mod create_circle_of_tables_postgres;
#[path = "../../../cases/changes/create_circle_of_tables/expected.mysql.rs"]
mod create_circle_of_tables_mysql;
#[path = "../../../cases/changes/create_index/expected.sqlite.rs"]
mod create_index_sqlite;
#[path = "../../../cases/changes/create_index/expected.postgres.rs"]
mod create_index_postgres;
#[path = "../../../cases/changes/create_index/expected.mysql.rs"]
mod create_index_mysql;
#[path = "../../../cases/changes/create_table/expected.sqlite.rs"]
mod create_table_sqlite;
#[path = "../../../cases/changes/create_table/expected.postgres.rs"]
mod create_table_postgres;
#[path = "../../../cases/changes/create_table/expected.mysql.rs"]
mod create_table_mysql;
#[path = "../../../cases/changes/create_table_that_refers/expected.sqlite.rs"]
mod create_table_that_refers_sqlite;
#[path = "../../../cases/changes/create_table_that_refers/expected.postgres.rs"]
mod create_table_that_refers_postgres;
#[path = "../../../cases/changes/create_table_that_refers/expected.mysql.rs"]
mod create_table_that_refers_mysql;
#[path = "../../../cases/changes/create_two_tables_that_refer/expected.sqlite.rs"]
mod create_two_tables_that_refer_sqlite;
#[path = "../../../cases/changes/create_two_tables_that_refer/expected.postgres.rs"]
mod create_two_tables_that_refer_postgres;
#[path = "../../../cases/changes/create_two_tables_that_refer/expected.mysql.rs"]
mod create_two_tables_that_refer_mysql;
#[path = "../../../cases/changes/date_to_timestamp/expected.postgres.rs"]
mod date_to_timestamp_postgres;
#[path = "../../../cases/changes/decimal_scale/expected.postgres.rs"]
mod decimal_scale_postgres;
#[path = "../../../cases/changes/decimal_scale/expected.mysql.rs"]
mod decimal_scale_mysql;
#[path = "../../../cases/changes/default_changes_below_children/expected.sqlite.rs"]
mod default_changes_below_children_sqlite;
#[path = "../../../cases/changes/default_changes_below_children/expected.postgres.rs"]
mod default_changes_below_children_postgres;
#[path = "../../../cases/changes/default_changes_below_children/expected.mysql.rs"]
mod default_changes_below_children_mysql;
#[path = "../../../cases/changes/default_null_to_value/expected.sqlite.rs"]
mod default_null_to_value_sqlite;
#[path = "../../../cases/changes/default_null_to_value/expected.postgres.rs"]
mod default_null_to_value_postgres;
#[path = "../../../cases/changes/default_null_to_value/expected.mysql.rs"]
mod default_null_to_value_mysql;
#[path = "../../../cases/changes/default_to_identity/expected.postgres.rs"]
mod default_to_identity_postgres;
#[path = "../../../cases/changes/descending_index/expected.sqlite.rs"]
mod descending_index_sqlite;
#[path = "../../../cases/changes/descending_index/expected.postgres.rs"]
mod descending_index_postgres;
#[path = "../../../cases/changes/drop_check/expected.sqlite.rs"]
mod drop_check_sqlite;
#[path = "../../../cases/changes/drop_check/expected.postgres.rs"]
mod drop_check_postgres;
#[path = "../../../cases/changes/drop_check/expected.mysql.rs"]
mod drop_check_mysql;
#[path = "../../../cases/changes/drop_check_beside_not_null/expected.sqlite.rs"]
mod drop_check_beside_not_null_sqlite;
#[path = "../../../cases/changes/drop_check_beside_not_null/expected.postgres.rs"]
mod drop_check_beside_not_null_postgres;
#[path = "../../../cases/changes/drop_check_beside_not_null/expected.mysql.rs"]
mod drop_check_beside_not_null_mysql;
#[path = "../../../cases/changes/drop_check_of_column/expected.mysql.rs"]
mod drop_check_of_column_mysql;
#[path = "../../../cases/changes/drop_column_of_primary_key/expected.sqlite.rs"]
mod drop_column_of_primary_key_sqlite;
#[path = "../../../cases/changes/drop_column_of_primary_key/expected.postgres.rs"]
mod drop_column_of_primary_key_postgres;
#[path = "../../../cases/changes/drop_column_of_primary_key/expected.mysql.rs"]
mod drop_column_of_primary_key_mysql;
#[path = "../../../cases/changes/drop_column_with_its_check/expected.mysql.rs"]
mod drop_column_with_its_check_mysql;
#[path = "../../../cases/changes/drop_column_with_its_index/expected.sqlite.rs"]
mod drop_column_with_its_index_sqlite;
#[path = "../../../cases/changes/drop_column_with_its_index/expected.postgres.rs"]
mod drop_column_with_its_index_postgres;
#[path = "../../../cases/changes/drop_column_with_its_index/expected.mysql.rs"]
mod drop_column_with_its_index_mysql;
#[path = "../../../cases/changes/drop_column_with_its_unique_constraint/expected.sqlite.rs"]
mod drop_column_with_its_unique_constraint_sqlite;
#[path = "../../../cases/changes/drop_column_with_its_unique_constraint/expected.postgres.rs"]
mod drop_column_with_its_unique_constraint_postgres;
#[path = "../../../cases/changes/drop_column_with_its_unique_constraint/expected.mysql.rs"]
mod drop_column_with_its_unique_constraint_mysql;
#[path = "../../../cases/changes/drop_default/expected.sqlite.rs"]
mod drop_default_sqlite;
#[path = "../../../cases/changes/drop_default/expected.postgres.rs"]
mod drop_default_postgres;
#[path = "../../../cases/changes/drop_default/expected.mysql.rs"]
mod drop_default_mysql;
#[path = "../../../cases/changes/drop_expression_index/expected.sqlite.rs"]
mod drop_expression_index_sqlite;
#[path = "../../../cases/changes/drop_expression_index/expected.postgres.rs"]
mod drop_expression_index_postgres;
#[path = "../../../cases/changes/drop_foreign_key/expected.sqlite.rs"]
mod drop_foreign_key_sqlite;
#[path = "../../../cases/changes/drop_foreign_key/expected.postgres.rs"]
mod drop_foreign_key_postgres;
#[path = "../../../cases/changes/drop_generated_column/expected.sqlite.rs"]
mod drop_generated_column_sqlite;
#[path = "../../../cases/changes/drop_generated_column/expected.postgres.rs"]
mod drop_generated_column_postgres;
#[path = "../../../cases/changes/drop_generated_column/expected.mysql.rs"]
mod drop_generated_column_mysql;
#[path = "../../../cases/changes/drop_index/expected.sqlite.rs"]
mod drop_index_sqlite;
#[path = "../../../cases/changes/drop_index/expected.postgres.rs"]
mod drop_index_postgres;
#[path = "../../../cases/changes/drop_index/expected.mysql.rs"]
mod drop_index_mysql;
#[path = "../../../cases/changes/drop_named_check_beside_one_of_a_column/expected.mysql.rs"]
mod drop_named_check_beside_one_of_a_column_mysql;
#[path = "../../../cases/changes/drop_not_null/expected.sqlite.rs"]
mod drop_not_null_sqlite;
#[path = "../../../cases/changes/drop_not_null/expected.postgres.rs"]
mod drop_not_null_postgres;
#[path = "../../../cases/changes/drop_not_null/expected.mysql.rs"]
mod drop_not_null_mysql;
#[path = "../../../cases/changes/drop_not_null_column_with_default/expected.sqlite.rs"]
mod drop_not_null_column_with_default_sqlite;
#[path = "../../../cases/changes/drop_not_null_column_with_default/expected.postgres.rs"]
mod drop_not_null_column_with_default_postgres;
#[path = "../../../cases/changes/drop_not_null_column_with_default/expected.mysql.rs"]
mod drop_not_null_column_with_default_mysql;
#[path = "../../../cases/changes/drop_nullable_column/expected.sqlite.rs"]
mod drop_nullable_column_sqlite;
#[path = "../../../cases/changes/drop_nullable_column/expected.postgres.rs"]
mod drop_nullable_column_postgres;
#[path = "../../../cases/changes/drop_nullable_column/expected.mysql.rs"]
mod drop_nullable_column_mysql;
#[path = "../../../cases/changes/drop_table/expected.sqlite.rs"]
mod drop_table_sqlite;
#[path = "../../../cases/changes/drop_table/expected.postgres.rs"]
mod drop_table_postgres;
#[path = "../../../cases/changes/drop_table/expected.mysql.rs"]
mod drop_table_mysql;
#[path = "../../../cases/changes/drop_table_that_refers/expected.sqlite.rs"]
mod drop_table_that_refers_sqlite;
#[path = "../../../cases/changes/drop_table_that_refers/expected.postgres.rs"]
mod drop_table_that_refers_postgres;
#[path = "../../../cases/changes/drop_table_that_refers/expected.mysql.rs"]
mod drop_table_that_refers_mysql;
#[path = "../../../cases/changes/drop_unique_constraint/expected.sqlite.rs"]
mod drop_unique_constraint_sqlite;
#[path = "../../../cases/changes/drop_unique_constraint/expected.postgres.rs"]
mod drop_unique_constraint_postgres;
#[path = "../../../cases/changes/drop_unique_constraint/expected.mysql.rs"]
mod drop_unique_constraint_mysql;
#[path = "../../../cases/changes/drop_unnamed_check/expected.postgres.rs"]
mod drop_unnamed_check_postgres;
#[path = "../../../cases/changes/enum_created_with_its_column/expected.postgres.rs"]
mod enum_created_with_its_column_postgres;
#[path = "../../../cases/changes/enum_default_in_a_quoted_type/expected.postgres.rs"]
mod enum_default_in_a_quoted_type_postgres;
#[path = "../../../cases/changes/enum_dropped_with_its_column/expected.postgres.rs"]
mod enum_dropped_with_its_column_postgres;
#[path = "../../../cases/changes/enum_value_added_at_end/expected.postgres.rs"]
mod enum_value_added_at_end_postgres;
#[path = "../../../cases/changes/enum_value_added_between/expected.postgres.rs"]
mod enum_value_added_between_postgres;
#[path = "../../../cases/changes/enum_value_added_first/expected.postgres.rs"]
mod enum_value_added_first_postgres;
#[path = "../../../cases/changes/enum_value_removed/expected.postgres.rs"]
mod enum_value_removed_postgres;
#[path = "../../../cases/changes/enum_value_removed_under_default/expected.postgres.rs"]
mod enum_value_removed_under_default_postgres;
#[path = "../../../cases/changes/enum_value_removed_under_function/expected.postgres.rs"]
mod enum_value_removed_under_function_postgres;
#[path = "../../../cases/changes/enum_value_removed_under_view/expected.postgres.rs"]
mod enum_value_removed_under_view_postgres;
#[path = "../../../cases/changes/enum_values_reordered/expected.postgres.rs"]
mod enum_values_reordered_postgres;
#[path = "../../../cases/changes/foreign_key_of_two_columns/expected.sqlite.rs"]
mod foreign_key_of_two_columns_sqlite;
#[path = "../../../cases/changes/foreign_key_of_two_columns/expected.postgres.rs"]
mod foreign_key_of_two_columns_postgres;
#[path = "../../../cases/changes/foreign_key_on_delete/expected.sqlite.rs"]
mod foreign_key_on_delete_sqlite;
#[path = "../../../cases/changes/foreign_key_on_delete/expected.postgres.rs"]
mod foreign_key_on_delete_postgres;
#[path = "../../../cases/changes/foreign_key_on_delete/expected.mysql.rs"]
mod foreign_key_on_delete_mysql;
#[path = "../../../cases/changes/foreign_key_on_update/expected.sqlite.rs"]
mod foreign_key_on_update_sqlite;
#[path = "../../../cases/changes/foreign_key_on_update/expected.postgres.rs"]
mod foreign_key_on_update_postgres;
#[path = "../../../cases/changes/foreign_key_on_update/expected.mysql.rs"]
mod foreign_key_on_update_mysql;
#[path = "../../../cases/changes/foreign_key_within_a_table/expected.sqlite.rs"]
mod foreign_key_within_a_table_sqlite;
#[path = "../../../cases/changes/foreign_key_within_a_table/expected.postgres.rs"]
mod foreign_key_within_a_table_postgres;
#[path = "../../../cases/changes/generated_column_becomes_plain/expected.sqlite.rs"]
mod generated_column_becomes_plain_sqlite;
#[path = "../../../cases/changes/generated_column_becomes_plain/expected.postgres.rs"]
mod generated_column_becomes_plain_postgres;
#[path = "../../../cases/changes/generated_column_becomes_plain/expected.mysql.rs"]
mod generated_column_becomes_plain_mysql;
#[path = "../../../cases/changes/index_becomes_unique/expected.sqlite.rs"]
mod index_becomes_unique_sqlite;
#[path = "../../../cases/changes/index_becomes_unique/expected.postgres.rs"]
mod index_becomes_unique_postgres;
#[path = "../../../cases/changes/index_becomes_unique/expected.mysql.rs"]
mod index_becomes_unique_mysql;
#[path = "../../../cases/changes/index_columns_in_another_order/expected.sqlite.rs"]
mod index_columns_in_another_order_sqlite;
#[path = "../../../cases/changes/index_columns_in_another_order/expected.postgres.rs"]
mod index_columns_in_another_order_postgres;
#[path = "../../../cases/changes/index_columns_in_another_order/expected.mysql.rs"]
mod index_columns_in_another_order_mysql;
#[path = "../../../cases/changes/index_swapped_under_foreign_key/expected.sqlite.rs"]
mod index_swapped_under_foreign_key_sqlite;
#[path = "../../../cases/changes/index_swapped_under_foreign_key/expected.postgres.rs"]
mod index_swapped_under_foreign_key_postgres;
#[path = "../../../cases/changes/index_swapped_under_foreign_key/expected.mysql.rs"]
mod index_swapped_under_foreign_key_mysql;
#[path = "../../../cases/changes/indexed_column_changes_type/expected.postgres.rs"]
mod indexed_column_changes_type_postgres;
#[path = "../../../cases/changes/indexed_column_changes_type/expected.mysql.rs"]
mod indexed_column_changes_type_mysql;
#[path = "../../../cases/changes/indexed_text_to_citext/expected.postgres.rs"]
mod indexed_text_to_citext_postgres;
#[path = "../../../cases/changes/integer_to_bigint/expected.postgres.rs"]
mod integer_to_bigint_postgres;
#[path = "../../../cases/changes/integer_to_bigint/expected.mysql.rs"]
mod integer_to_bigint_mysql;
#[path = "../../../cases/changes/json_array_to_json/expected.postgres.rs"]
mod json_array_to_json_postgres;
#[path = "../../../cases/changes/json_to_jsonb/expected.postgres.rs"]
mod json_to_jsonb_postgres;
#[path = "../../../cases/changes/modify_keeps_the_check_of_column/expected.mysql.rs"]
mod modify_keeps_the_check_of_column_mysql;
#[path = "../../../cases/changes/modify_keeps_the_default/expected.postgres.rs"]
mod modify_keeps_the_default_postgres;
#[path = "../../../cases/changes/modify_keeps_the_default/expected.mysql.rs"]
mod modify_keeps_the_default_mysql;
#[path = "../../../cases/changes/mysql_column_comment_keeps_the_rest/expected.mysql.rs"]
mod mysql_column_comment_keeps_the_rest_mysql;
#[path = "../../../cases/changes/mysql_enum_label_added/expected.mysql.rs"]
mod mysql_enum_label_added_mysql;
#[path = "../../../cases/changes/narrow_varchar/expected.postgres.rs"]
mod narrow_varchar_postgres;
#[path = "../../../cases/changes/narrow_varchar/expected.mysql.rs"]
mod narrow_varchar_mysql;
#[path = "../../../cases/changes/now_to_clock_timestamp/expected.postgres.rs"]
mod now_to_clock_timestamp_postgres;
#[path = "../../../cases/changes/null_and_default_change_together/expected.sqlite.rs"]
mod null_and_default_change_together_sqlite;
#[path = "../../../cases/changes/null_and_default_change_together/expected.postgres.rs"]
mod null_and_default_change_together_postgres;
#[path = "../../../cases/changes/null_and_default_change_together/expected.mysql.rs"]
mod null_and_default_change_together_mysql;
#[path = "../../../cases/changes/odd_names/expected.sqlite.rs"]
mod odd_names_sqlite;
#[path = "../../../cases/changes/odd_names/expected.postgres.rs"]
mod odd_names_postgres;
#[path = "../../../cases/changes/real_to_double/expected.postgres.rs"]
mod real_to_double_postgres;
#[path = "../../../cases/changes/rebuild_beside_a_unique_index/expected.sqlite.rs"]
mod rebuild_beside_a_unique_index_sqlite;
#[path = "../../../cases/changes/rebuild_beside_a_unique_index/expected.postgres.rs"]
mod rebuild_beside_a_unique_index_postgres;
#[path = "../../../cases/changes/rebuild_beside_a_unique_index/expected.mysql.rs"]
mod rebuild_beside_a_unique_index_mysql;
#[path = "../../../cases/changes/rebuild_with_new_column/expected.sqlite.rs"]
mod rebuild_with_new_column_sqlite;
#[path = "../../../cases/changes/rebuild_with_new_column/expected.postgres.rs"]
mod rebuild_with_new_column_postgres;
#[path = "../../../cases/changes/rebuild_with_new_column/expected.mysql.rs"]
mod rebuild_with_new_column_mysql;
#[path = "../../../cases/changes/referred_column_changes_type/expected.postgres.rs"]
mod referred_column_changes_type_postgres;
#[path = "../../../cases/changes/referred_column_changes_type/expected.mysql.rs"]
mod referred_column_changes_type_mysql;
#[path = "../../../cases/changes/serial_to_identity/expected.postgres.rs"]
mod serial_to_identity_postgres;
#[path = "../../../cases/changes/set_default/expected.sqlite.rs"]
mod set_default_sqlite;
#[path = "../../../cases/changes/set_default/expected.postgres.rs"]
mod set_default_postgres;
#[path = "../../../cases/changes/set_default/expected.mysql.rs"]
mod set_default_mysql;
#[path = "../../../cases/changes/set_not_null/expected.sqlite.rs"]
mod set_not_null_sqlite;
#[path = "../../../cases/changes/set_not_null/expected.postgres.rs"]
mod set_not_null_postgres;
#[path = "../../../cases/changes/set_not_null/expected.mysql.rs"]
mod set_not_null_mysql;
#[path = "../../../cases/changes/smallint_to_integer/expected.postgres.rs"]
mod smallint_to_integer_postgres;
#[path = "../../../cases/changes/smallint_to_integer/expected.mysql.rs"]
mod smallint_to_integer_mysql;
#[path = "../../../cases/changes/swap_column_for_another/expected.sqlite.rs"]
mod swap_column_for_another_sqlite;
#[path = "../../../cases/changes/swap_column_for_another/expected.postgres.rs"]
mod swap_column_for_another_postgres;
#[path = "../../../cases/changes/swap_column_for_another/expected.mysql.rs"]
mod swap_column_for_another_mysql;
#[path = "../../../cases/changes/table_comment/expected.postgres.rs"]
mod table_comment_postgres;
#[path = "../../../cases/changes/table_takes_the_index_name_of_another/expected.sqlite.rs"]
mod table_takes_the_index_name_of_another_sqlite;
#[path = "../../../cases/changes/table_takes_the_index_name_of_another/expected.postgres.rs"]
mod table_takes_the_index_name_of_another_postgres;
#[path = "../../../cases/changes/table_takes_the_index_name_of_another/expected.mysql.rs"]
mod table_takes_the_index_name_of_another_mysql;
#[path = "../../../cases/changes/text_default_to_enum_default/expected.postgres.rs"]
mod text_default_to_enum_default_postgres;
#[path = "../../../cases/changes/text_to_enum/expected.postgres.rs"]
mod text_to_enum_postgres;
#[path = "../../../cases/changes/text_to_integer/expected.postgres.rs"]
mod text_to_integer_postgres;
#[path = "../../../cases/changes/text_to_integer/expected.mysql.rs"]
mod text_to_integer_mysql;
#[path = "../../../cases/changes/text_to_timestamp/expected.postgres.rs"]
mod text_to_timestamp_postgres;
#[path = "../../../cases/changes/two_indexes_come/expected.sqlite.rs"]
mod two_indexes_come_sqlite;
#[path = "../../../cases/changes/two_indexes_come/expected.postgres.rs"]
mod two_indexes_come_postgres;
#[path = "../../../cases/changes/two_indexes_come/expected.mysql.rs"]
mod two_indexes_come_mysql;
#[path = "../../../cases/changes/two_tables_change/expected.sqlite.rs"]
mod two_tables_change_sqlite;
#[path = "../../../cases/changes/two_tables_change/expected.postgres.rs"]
mod two_tables_change_postgres;
#[path = "../../../cases/changes/two_tables_change/expected.mysql.rs"]
mod two_tables_change_mysql;
#[path = "../../../cases/changes/type_and_check_of_column_change_together/expected.mysql.rs"]
mod type_and_check_of_column_change_together_mysql;
#[path = "../../../cases/changes/type_and_default_change_together/expected.sqlite.rs"]
mod type_and_default_change_together_sqlite;
#[path = "../../../cases/changes/type_and_default_change_together/expected.postgres.rs"]
mod type_and_default_change_together_postgres;
#[path = "../../../cases/changes/type_and_default_change_together/expected.mysql.rs"]
mod type_and_default_change_together_mysql;
#[path = "../../../cases/changes/type_and_null_change_together/expected.sqlite.rs"]
mod type_and_null_change_together_sqlite;
#[path = "../../../cases/changes/type_and_null_change_together/expected.postgres.rs"]
mod type_and_null_change_together_postgres;
#[path = "../../../cases/changes/type_and_null_change_together/expected.mysql.rs"]
mod type_and_null_change_together_mysql;
#[path = "../../../cases/changes/unique_columns_in_another_order/expected.sqlite.rs"]
mod unique_columns_in_another_order_sqlite;
#[path = "../../../cases/changes/unique_columns_in_another_order/expected.postgres.rs"]
mod unique_columns_in_another_order_postgres;
#[path = "../../../cases/changes/unique_columns_in_another_order/expected.mysql.rs"]
mod unique_columns_in_another_order_mysql;
#[path = "../../../cases/changes/unique_constraint_beside_an_index/expected.postgres.rs"]
mod unique_constraint_beside_an_index_postgres;
#[path = "../../../cases/changes/unique_constraint_beside_an_index/expected.mysql.rs"]
mod unique_constraint_beside_an_index_mysql;
#[path = "../../../cases/changes/unique_key_becomes_primary_key/expected.sqlite.rs"]
mod unique_key_becomes_primary_key_sqlite;
#[path = "../../../cases/changes/unique_key_becomes_primary_key/expected.postgres.rs"]
mod unique_key_becomes_primary_key_postgres;
#[path = "../../../cases/changes/unique_key_becomes_primary_key/expected.mysql.rs"]
mod unique_key_becomes_primary_key_mysql;
#[path = "../../../cases/changes/varchar_to_text/expected.postgres.rs"]
mod varchar_to_text_postgres;
#[path = "../../../cases/changes/varchar_to_text/expected.mysql.rs"]
mod varchar_to_text_mysql;
#[path = "../../../cases/changes/widen_primary_key/expected.sqlite.rs"]
mod widen_primary_key_sqlite;
#[path = "../../../cases/changes/widen_primary_key/expected.postgres.rs"]
mod widen_primary_key_postgres;
#[path = "../../../cases/changes/widen_primary_key/expected.mysql.rs"]
mod widen_primary_key_mysql;
#[path = "../../../cases/changes/widen_varchar/expected.postgres.rs"]
mod widen_varchar_postgres;
#[path = "../../../cases/changes/widen_varchar/expected.mysql.rs"]
mod widen_varchar_mysql;

type Function = fn(&mut Operations);

pub(crate) const COMPILED: &[(&str, Dialect, Function, Function)] = &[
    ("add_array_column", Dialect::Postgres, add_array_column_postgres::upgrade, add_array_column_postgres::downgrade),
    ("add_array_of_an_enum", Dialect::Postgres, add_array_of_an_enum_postgres::upgrade, add_array_of_an_enum_postgres::downgrade),
    ("add_check", Dialect::Sqlite, add_check_sqlite::upgrade, add_check_sqlite::downgrade),
    ("add_check", Dialect::Postgres, add_check_postgres::upgrade, add_check_postgres::downgrade),
    ("add_check", Dialect::Mysql, add_check_mysql::upgrade, add_check_mysql::downgrade),
    ("add_check_of_column", Dialect::Mysql, add_check_of_column_mysql::upgrade, add_check_of_column_mysql::downgrade),
    ("add_column_with_its_index", Dialect::Sqlite, add_column_with_its_index_sqlite::upgrade, add_column_with_its_index_sqlite::downgrade),
    ("add_column_with_its_index", Dialect::Postgres, add_column_with_its_index_postgres::upgrade, add_column_with_its_index_postgres::downgrade),
    ("add_column_with_its_index", Dialect::Mysql, add_column_with_its_index_mysql::upgrade, add_column_with_its_index_mysql::downgrade),
    ("add_foreign_key", Dialect::Sqlite, add_foreign_key_sqlite::upgrade, add_foreign_key_sqlite::downgrade),
    ("add_foreign_key", Dialect::Postgres, add_foreign_key_postgres::upgrade, add_foreign_key_postgres::downgrade),
    ("add_generated_column", Dialect::Sqlite, add_generated_column_sqlite::upgrade, add_generated_column_sqlite::downgrade),
    ("add_generated_column", Dialect::Postgres, add_generated_column_postgres::upgrade, add_generated_column_postgres::downgrade),
    ("add_generated_column", Dialect::Mysql, add_generated_column_mysql::upgrade, add_generated_column_mysql::downgrade),
    ("add_not_null_column_with_default", Dialect::Sqlite, add_not_null_column_with_default_sqlite::upgrade, add_not_null_column_with_default_sqlite::downgrade),
    ("add_not_null_column_with_default", Dialect::Postgres, add_not_null_column_with_default_postgres::upgrade, add_not_null_column_with_default_postgres::downgrade),
    ("add_not_null_column_with_default", Dialect::Mysql, add_not_null_column_with_default_mysql::upgrade, add_not_null_column_with_default_mysql::downgrade),
    ("add_not_null_column_without_default", Dialect::Sqlite, add_not_null_column_without_default_sqlite::upgrade, add_not_null_column_without_default_sqlite::downgrade),
    ("add_not_null_column_without_default", Dialect::Postgres, add_not_null_column_without_default_postgres::upgrade, add_not_null_column_without_default_postgres::downgrade),
    ("add_not_null_column_without_default", Dialect::Mysql, add_not_null_column_without_default_mysql::upgrade, add_not_null_column_without_default_mysql::downgrade),
    ("add_nullable_column", Dialect::Sqlite, add_nullable_column_sqlite::upgrade, add_nullable_column_sqlite::downgrade),
    ("add_nullable_column", Dialect::Postgres, add_nullable_column_postgres::upgrade, add_nullable_column_postgres::downgrade),
    ("add_nullable_column", Dialect::Mysql, add_nullable_column_mysql::upgrade, add_nullable_column_mysql::downgrade),
    ("add_three_columns", Dialect::Sqlite, add_three_columns_sqlite::upgrade, add_three_columns_sqlite::downgrade),
    ("add_three_columns", Dialect::Postgres, add_three_columns_postgres::upgrade, add_three_columns_postgres::downgrade),
    ("add_three_columns", Dialect::Mysql, add_three_columns_mysql::upgrade, add_three_columns_mysql::downgrade),
    ("add_unique_constraint", Dialect::Sqlite, add_unique_constraint_sqlite::upgrade, add_unique_constraint_sqlite::downgrade),
    ("add_unique_constraint", Dialect::Postgres, add_unique_constraint_postgres::upgrade, add_unique_constraint_postgres::downgrade),
    ("add_unique_constraint", Dialect::Mysql, add_unique_constraint_mysql::upgrade, add_unique_constraint_mysql::downgrade),
    ("add_uuid_column", Dialect::Postgres, add_uuid_column_postgres::upgrade, add_uuid_column_postgres::downgrade),
    ("boolean_to_integer", Dialect::Postgres, boolean_to_integer_postgres::upgrade, boolean_to_integer_postgres::downgrade),
    ("change_check", Dialect::Sqlite, change_check_sqlite::upgrade, change_check_sqlite::downgrade),
    ("change_check", Dialect::Postgres, change_check_postgres::upgrade, change_check_postgres::downgrade),
    ("change_check", Dialect::Mysql, change_check_mysql::upgrade, change_check_mysql::downgrade),
    ("change_check_of_column", Dialect::Mysql, change_check_of_column_mysql::upgrade, change_check_of_column_mysql::downgrade),
    ("change_check_with_in", Dialect::Sqlite, change_check_with_in_sqlite::upgrade, change_check_with_in_sqlite::downgrade),
    ("change_check_with_in", Dialect::Postgres, change_check_with_in_postgres::upgrade, change_check_with_in_postgres::downgrade),
    ("change_check_with_in", Dialect::Mysql, change_check_with_in_mysql::upgrade, change_check_with_in_mysql::downgrade),
    ("change_default", Dialect::Sqlite, change_default_sqlite::upgrade, change_default_sqlite::downgrade),
    ("change_default", Dialect::Postgres, change_default_postgres::upgrade, change_default_postgres::downgrade),
    ("change_default", Dialect::Mysql, change_default_mysql::upgrade, change_default_mysql::downgrade),
    ("change_generated_column", Dialect::Sqlite, change_generated_column_sqlite::upgrade, change_generated_column_sqlite::downgrade),
    ("change_generated_column", Dialect::Postgres, change_generated_column_postgres::upgrade, change_generated_column_postgres::downgrade),
    ("change_generated_column", Dialect::Mysql, change_generated_column_mysql::upgrade, change_generated_column_mysql::downgrade),
    ("change_partial_index", Dialect::Sqlite, change_partial_index_sqlite::upgrade, change_partial_index_sqlite::downgrade),
    ("change_partial_index", Dialect::Postgres, change_partial_index_postgres::upgrade, change_partial_index_postgres::downgrade),
    ("change_text_default_with_quotes", Dialect::Sqlite, change_text_default_with_quotes_sqlite::upgrade, change_text_default_with_quotes_sqlite::downgrade),
    ("change_text_default_with_quotes", Dialect::Postgres, change_text_default_with_quotes_postgres::upgrade, change_text_default_with_quotes_postgres::downgrade),
    ("change_text_default_with_quotes", Dialect::Mysql, change_text_default_with_quotes_mysql::upgrade, change_text_default_with_quotes_mysql::downgrade),
    ("change_varchar_default", Dialect::Sqlite, change_varchar_default_sqlite::upgrade, change_varchar_default_sqlite::downgrade),
    ("change_varchar_default", Dialect::Postgres, change_varchar_default_postgres::upgrade, change_varchar_default_postgres::downgrade),
    ("change_varchar_default", Dialect::Mysql, change_varchar_default_mysql::upgrade, change_varchar_default_mysql::downgrade),
    ("checks_of_one_name_in_two_tables", Dialect::Sqlite, checks_of_one_name_in_two_tables_sqlite::upgrade, checks_of_one_name_in_two_tables_sqlite::downgrade),
    ("checks_of_one_name_in_two_tables", Dialect::Postgres, checks_of_one_name_in_two_tables_postgres::upgrade, checks_of_one_name_in_two_tables_postgres::downgrade),
    ("column_comment", Dialect::Postgres, column_comment_postgres::upgrade, column_comment_postgres::downgrade),
    ("create_circle_of_tables", Dialect::Postgres, create_circle_of_tables_postgres::upgrade, create_circle_of_tables_postgres::downgrade),
    ("create_circle_of_tables", Dialect::Mysql, create_circle_of_tables_mysql::upgrade, create_circle_of_tables_mysql::downgrade),
    ("create_index", Dialect::Sqlite, create_index_sqlite::upgrade, create_index_sqlite::downgrade),
    ("create_index", Dialect::Postgres, create_index_postgres::upgrade, create_index_postgres::downgrade),
    ("create_index", Dialect::Mysql, create_index_mysql::upgrade, create_index_mysql::downgrade),
    ("create_table", Dialect::Sqlite, create_table_sqlite::upgrade, create_table_sqlite::downgrade),
    ("create_table", Dialect::Postgres, create_table_postgres::upgrade, create_table_postgres::downgrade),
    ("create_table", Dialect::Mysql, create_table_mysql::upgrade, create_table_mysql::downgrade),
    ("create_table_that_refers", Dialect::Sqlite, create_table_that_refers_sqlite::upgrade, create_table_that_refers_sqlite::downgrade),
    ("create_table_that_refers", Dialect::Postgres, create_table_that_refers_postgres::upgrade, create_table_that_refers_postgres::downgrade),
    ("create_table_that_refers", Dialect::Mysql, create_table_that_refers_mysql::upgrade, create_table_that_refers_mysql::downgrade),
    ("create_two_tables_that_refer", Dialect::Sqlite, create_two_tables_that_refer_sqlite::upgrade, create_two_tables_that_refer_sqlite::downgrade),
    ("create_two_tables_that_refer", Dialect::Postgres, create_two_tables_that_refer_postgres::upgrade, create_two_tables_that_refer_postgres::downgrade),
    ("create_two_tables_that_refer", Dialect::Mysql, create_two_tables_that_refer_mysql::upgrade, create_two_tables_that_refer_mysql::downgrade),
    ("date_to_timestamp", Dialect::Postgres, date_to_timestamp_postgres::upgrade, date_to_timestamp_postgres::downgrade),
    ("decimal_scale", Dialect::Postgres, decimal_scale_postgres::upgrade, decimal_scale_postgres::downgrade),
    ("decimal_scale", Dialect::Mysql, decimal_scale_mysql::upgrade, decimal_scale_mysql::downgrade),
    ("default_changes_below_children", Dialect::Sqlite, default_changes_below_children_sqlite::upgrade, default_changes_below_children_sqlite::downgrade),
    ("default_changes_below_children", Dialect::Postgres, default_changes_below_children_postgres::upgrade, default_changes_below_children_postgres::downgrade),
    ("default_changes_below_children", Dialect::Mysql, default_changes_below_children_mysql::upgrade, default_changes_below_children_mysql::downgrade),
    ("default_null_to_value", Dialect::Sqlite, default_null_to_value_sqlite::upgrade, default_null_to_value_sqlite::downgrade),
    ("default_null_to_value", Dialect::Postgres, default_null_to_value_postgres::upgrade, default_null_to_value_postgres::downgrade),
    ("default_null_to_value", Dialect::Mysql, default_null_to_value_mysql::upgrade, default_null_to_value_mysql::downgrade),
    ("default_to_identity", Dialect::Postgres, default_to_identity_postgres::upgrade, default_to_identity_postgres::downgrade),
    ("descending_index", Dialect::Sqlite, descending_index_sqlite::upgrade, descending_index_sqlite::downgrade),
    ("descending_index", Dialect::Postgres, descending_index_postgres::upgrade, descending_index_postgres::downgrade),
    ("drop_check", Dialect::Sqlite, drop_check_sqlite::upgrade, drop_check_sqlite::downgrade),
    ("drop_check", Dialect::Postgres, drop_check_postgres::upgrade, drop_check_postgres::downgrade),
    ("drop_check", Dialect::Mysql, drop_check_mysql::upgrade, drop_check_mysql::downgrade),
    ("drop_check_beside_not_null", Dialect::Sqlite, drop_check_beside_not_null_sqlite::upgrade, drop_check_beside_not_null_sqlite::downgrade),
    ("drop_check_beside_not_null", Dialect::Postgres, drop_check_beside_not_null_postgres::upgrade, drop_check_beside_not_null_postgres::downgrade),
    ("drop_check_beside_not_null", Dialect::Mysql, drop_check_beside_not_null_mysql::upgrade, drop_check_beside_not_null_mysql::downgrade),
    ("drop_check_of_column", Dialect::Mysql, drop_check_of_column_mysql::upgrade, drop_check_of_column_mysql::downgrade),
    ("drop_column_of_primary_key", Dialect::Sqlite, drop_column_of_primary_key_sqlite::upgrade, drop_column_of_primary_key_sqlite::downgrade),
    ("drop_column_of_primary_key", Dialect::Postgres, drop_column_of_primary_key_postgres::upgrade, drop_column_of_primary_key_postgres::downgrade),
    ("drop_column_of_primary_key", Dialect::Mysql, drop_column_of_primary_key_mysql::upgrade, drop_column_of_primary_key_mysql::downgrade),
    ("drop_column_with_its_check", Dialect::Mysql, drop_column_with_its_check_mysql::upgrade, drop_column_with_its_check_mysql::downgrade),
    ("drop_column_with_its_index", Dialect::Sqlite, drop_column_with_its_index_sqlite::upgrade, drop_column_with_its_index_sqlite::downgrade),
    ("drop_column_with_its_index", Dialect::Postgres, drop_column_with_its_index_postgres::upgrade, drop_column_with_its_index_postgres::downgrade),
    ("drop_column_with_its_index", Dialect::Mysql, drop_column_with_its_index_mysql::upgrade, drop_column_with_its_index_mysql::downgrade),
    ("drop_column_with_its_unique_constraint", Dialect::Sqlite, drop_column_with_its_unique_constraint_sqlite::upgrade, drop_column_with_its_unique_constraint_sqlite::downgrade),
    ("drop_column_with_its_unique_constraint", Dialect::Postgres, drop_column_with_its_unique_constraint_postgres::upgrade, drop_column_with_its_unique_constraint_postgres::downgrade),
    ("drop_column_with_its_unique_constraint", Dialect::Mysql, drop_column_with_its_unique_constraint_mysql::upgrade, drop_column_with_its_unique_constraint_mysql::downgrade),
    ("drop_default", Dialect::Sqlite, drop_default_sqlite::upgrade, drop_default_sqlite::downgrade),
    ("drop_default", Dialect::Postgres, drop_default_postgres::upgrade, drop_default_postgres::downgrade),
    ("drop_default", Dialect::Mysql, drop_default_mysql::upgrade, drop_default_mysql::downgrade),
    ("drop_expression_index", Dialect::Sqlite, drop_expression_index_sqlite::upgrade, drop_expression_index_sqlite::downgrade),
    ("drop_expression_index", Dialect::Postgres, drop_expression_index_postgres::upgrade, drop_expression_index_postgres::downgrade),
    ("drop_foreign_key", Dialect::Sqlite, drop_foreign_key_sqlite::upgrade, drop_foreign_key_sqlite::downgrade),
    ("drop_foreign_key", Dialect::Postgres, drop_foreign_key_postgres::upgrade, drop_foreign_key_postgres::downgrade),
    ("drop_generated_column", Dialect::Sqlite, drop_generated_column_sqlite::upgrade, drop_generated_column_sqlite::downgrade),
    ("drop_generated_column", Dialect::Postgres, drop_generated_column_postgres::upgrade, drop_generated_column_postgres::downgrade),
    ("drop_generated_column", Dialect::Mysql, drop_generated_column_mysql::upgrade, drop_generated_column_mysql::downgrade),
    ("drop_index", Dialect::Sqlite, drop_index_sqlite::upgrade, drop_index_sqlite::downgrade),
    ("drop_index", Dialect::Postgres, drop_index_postgres::upgrade, drop_index_postgres::downgrade),
    ("drop_index", Dialect::Mysql, drop_index_mysql::upgrade, drop_index_mysql::downgrade),
    ("drop_named_check_beside_one_of_a_column", Dialect::Mysql, drop_named_check_beside_one_of_a_column_mysql::upgrade, drop_named_check_beside_one_of_a_column_mysql::downgrade),
    ("drop_not_null", Dialect::Sqlite, drop_not_null_sqlite::upgrade, drop_not_null_sqlite::downgrade),
    ("drop_not_null", Dialect::Postgres, drop_not_null_postgres::upgrade, drop_not_null_postgres::downgrade),
    ("drop_not_null", Dialect::Mysql, drop_not_null_mysql::upgrade, drop_not_null_mysql::downgrade),
    ("drop_not_null_column_with_default", Dialect::Sqlite, drop_not_null_column_with_default_sqlite::upgrade, drop_not_null_column_with_default_sqlite::downgrade),
    ("drop_not_null_column_with_default", Dialect::Postgres, drop_not_null_column_with_default_postgres::upgrade, drop_not_null_column_with_default_postgres::downgrade),
    ("drop_not_null_column_with_default", Dialect::Mysql, drop_not_null_column_with_default_mysql::upgrade, drop_not_null_column_with_default_mysql::downgrade),
    ("drop_nullable_column", Dialect::Sqlite, drop_nullable_column_sqlite::upgrade, drop_nullable_column_sqlite::downgrade),
    ("drop_nullable_column", Dialect::Postgres, drop_nullable_column_postgres::upgrade, drop_nullable_column_postgres::downgrade),
    ("drop_nullable_column", Dialect::Mysql, drop_nullable_column_mysql::upgrade, drop_nullable_column_mysql::downgrade),
    ("drop_table", Dialect::Sqlite, drop_table_sqlite::upgrade, drop_table_sqlite::downgrade),
    ("drop_table", Dialect::Postgres, drop_table_postgres::upgrade, drop_table_postgres::downgrade),
    ("drop_table", Dialect::Mysql, drop_table_mysql::upgrade, drop_table_mysql::downgrade),
    ("drop_table_that_refers", Dialect::Sqlite, drop_table_that_refers_sqlite::upgrade, drop_table_that_refers_sqlite::downgrade),
    ("drop_table_that_refers", Dialect::Postgres, drop_table_that_refers_postgres::upgrade, drop_table_that_refers_postgres::downgrade),
    ("drop_table_that_refers", Dialect::Mysql, drop_table_that_refers_mysql::upgrade, drop_table_that_refers_mysql::downgrade),
    ("drop_unique_constraint", Dialect::Sqlite, drop_unique_constraint_sqlite::upgrade, drop_unique_constraint_sqlite::downgrade),
    ("drop_unique_constraint", Dialect::Postgres, drop_unique_constraint_postgres::upgrade, drop_unique_constraint_postgres::downgrade),
    ("drop_unique_constraint", Dialect::Mysql, drop_unique_constraint_mysql::upgrade, drop_unique_constraint_mysql::downgrade),
    ("drop_unnamed_check", Dialect::Postgres, drop_unnamed_check_postgres::upgrade, drop_unnamed_check_postgres::downgrade),
    ("enum_created_with_its_column", Dialect::Postgres, enum_created_with_its_column_postgres::upgrade, enum_created_with_its_column_postgres::downgrade),
    ("enum_default_in_a_quoted_type", Dialect::Postgres, enum_default_in_a_quoted_type_postgres::upgrade, enum_default_in_a_quoted_type_postgres::downgrade),
    ("enum_dropped_with_its_column", Dialect::Postgres, enum_dropped_with_its_column_postgres::upgrade, enum_dropped_with_its_column_postgres::downgrade),
    ("enum_value_added_at_end", Dialect::Postgres, enum_value_added_at_end_postgres::upgrade, enum_value_added_at_end_postgres::downgrade),
    ("enum_value_added_between", Dialect::Postgres, enum_value_added_between_postgres::upgrade, enum_value_added_between_postgres::downgrade),
    ("enum_value_added_first", Dialect::Postgres, enum_value_added_first_postgres::upgrade, enum_value_added_first_postgres::downgrade),
    ("enum_value_removed", Dialect::Postgres, enum_value_removed_postgres::upgrade, enum_value_removed_postgres::downgrade),
    ("enum_value_removed_under_default", Dialect::Postgres, enum_value_removed_under_default_postgres::upgrade, enum_value_removed_under_default_postgres::downgrade),
    ("enum_value_removed_under_function", Dialect::Postgres, enum_value_removed_under_function_postgres::upgrade, enum_value_removed_under_function_postgres::downgrade),
    ("enum_value_removed_under_view", Dialect::Postgres, enum_value_removed_under_view_postgres::upgrade, enum_value_removed_under_view_postgres::downgrade),
    ("enum_values_reordered", Dialect::Postgres, enum_values_reordered_postgres::upgrade, enum_values_reordered_postgres::downgrade),
    ("foreign_key_of_two_columns", Dialect::Sqlite, foreign_key_of_two_columns_sqlite::upgrade, foreign_key_of_two_columns_sqlite::downgrade),
    ("foreign_key_of_two_columns", Dialect::Postgres, foreign_key_of_two_columns_postgres::upgrade, foreign_key_of_two_columns_postgres::downgrade),
    ("foreign_key_on_delete", Dialect::Sqlite, foreign_key_on_delete_sqlite::upgrade, foreign_key_on_delete_sqlite::downgrade),
    ("foreign_key_on_delete", Dialect::Postgres, foreign_key_on_delete_postgres::upgrade, foreign_key_on_delete_postgres::downgrade),
    ("foreign_key_on_delete", Dialect::Mysql, foreign_key_on_delete_mysql::upgrade, foreign_key_on_delete_mysql::downgrade),
    ("foreign_key_on_update", Dialect::Sqlite, foreign_key_on_update_sqlite::upgrade, foreign_key_on_update_sqlite::downgrade),
    ("foreign_key_on_update", Dialect::Postgres, foreign_key_on_update_postgres::upgrade, foreign_key_on_update_postgres::downgrade),
    ("foreign_key_on_update", Dialect::Mysql, foreign_key_on_update_mysql::upgrade, foreign_key_on_update_mysql::downgrade),
    ("foreign_key_within_a_table", Dialect::Sqlite, foreign_key_within_a_table_sqlite::upgrade, foreign_key_within_a_table_sqlite::downgrade),
    ("foreign_key_within_a_table", Dialect::Postgres, foreign_key_within_a_table_postgres::upgrade, foreign_key_within_a_table_postgres::downgrade),
    ("generated_column_becomes_plain", Dialect::Sqlite, generated_column_becomes_plain_sqlite::upgrade, generated_column_becomes_plain_sqlite::downgrade),
    ("generated_column_becomes_plain", Dialect::Postgres, generated_column_becomes_plain_postgres::upgrade, generated_column_becomes_plain_postgres::downgrade),
    ("generated_column_becomes_plain", Dialect::Mysql, generated_column_becomes_plain_mysql::upgrade, generated_column_becomes_plain_mysql::downgrade),
    ("index_becomes_unique", Dialect::Sqlite, index_becomes_unique_sqlite::upgrade, index_becomes_unique_sqlite::downgrade),
    ("index_becomes_unique", Dialect::Postgres, index_becomes_unique_postgres::upgrade, index_becomes_unique_postgres::downgrade),
    ("index_becomes_unique", Dialect::Mysql, index_becomes_unique_mysql::upgrade, index_becomes_unique_mysql::downgrade),
    ("index_columns_in_another_order", Dialect::Sqlite, index_columns_in_another_order_sqlite::upgrade, index_columns_in_another_order_sqlite::downgrade),
    ("index_columns_in_another_order", Dialect::Postgres, index_columns_in_another_order_postgres::upgrade, index_columns_in_another_order_postgres::downgrade),
    ("index_columns_in_another_order", Dialect::Mysql, index_columns_in_another_order_mysql::upgrade, index_columns_in_another_order_mysql::downgrade),
    ("index_swapped_under_foreign_key", Dialect::Sqlite, index_swapped_under_foreign_key_sqlite::upgrade, index_swapped_under_foreign_key_sqlite::downgrade),
    ("index_swapped_under_foreign_key", Dialect::Postgres, index_swapped_under_foreign_key_postgres::upgrade, index_swapped_under_foreign_key_postgres::downgrade),
    ("index_swapped_under_foreign_key", Dialect::Mysql, index_swapped_under_foreign_key_mysql::upgrade, index_swapped_under_foreign_key_mysql::downgrade),
    ("indexed_column_changes_type", Dialect::Postgres, indexed_column_changes_type_postgres::upgrade, indexed_column_changes_type_postgres::downgrade),
    ("indexed_column_changes_type", Dialect::Mysql, indexed_column_changes_type_mysql::upgrade, indexed_column_changes_type_mysql::downgrade),
    ("indexed_text_to_citext", Dialect::Postgres, indexed_text_to_citext_postgres::upgrade, indexed_text_to_citext_postgres::downgrade),
    ("integer_to_bigint", Dialect::Postgres, integer_to_bigint_postgres::upgrade, integer_to_bigint_postgres::downgrade),
    ("integer_to_bigint", Dialect::Mysql, integer_to_bigint_mysql::upgrade, integer_to_bigint_mysql::downgrade),
    ("json_array_to_json", Dialect::Postgres, json_array_to_json_postgres::upgrade, json_array_to_json_postgres::downgrade),
    ("json_to_jsonb", Dialect::Postgres, json_to_jsonb_postgres::upgrade, json_to_jsonb_postgres::downgrade),
    ("modify_keeps_the_check_of_column", Dialect::Mysql, modify_keeps_the_check_of_column_mysql::upgrade, modify_keeps_the_check_of_column_mysql::downgrade),
    ("modify_keeps_the_default", Dialect::Postgres, modify_keeps_the_default_postgres::upgrade, modify_keeps_the_default_postgres::downgrade),
    ("modify_keeps_the_default", Dialect::Mysql, modify_keeps_the_default_mysql::upgrade, modify_keeps_the_default_mysql::downgrade),
    ("mysql_column_comment_keeps_the_rest", Dialect::Mysql, mysql_column_comment_keeps_the_rest_mysql::upgrade, mysql_column_comment_keeps_the_rest_mysql::downgrade),
    ("mysql_enum_label_added", Dialect::Mysql, mysql_enum_label_added_mysql::upgrade, mysql_enum_label_added_mysql::downgrade),
    ("narrow_varchar", Dialect::Postgres, narrow_varchar_postgres::upgrade, narrow_varchar_postgres::downgrade),
    ("narrow_varchar", Dialect::Mysql, narrow_varchar_mysql::upgrade, narrow_varchar_mysql::downgrade),
    ("now_to_clock_timestamp", Dialect::Postgres, now_to_clock_timestamp_postgres::upgrade, now_to_clock_timestamp_postgres::downgrade),
    ("null_and_default_change_together", Dialect::Sqlite, null_and_default_change_together_sqlite::upgrade, null_and_default_change_together_sqlite::downgrade),
    ("null_and_default_change_together", Dialect::Postgres, null_and_default_change_together_postgres::upgrade, null_and_default_change_together_postgres::downgrade),
    ("null_and_default_change_together", Dialect::Mysql, null_and_default_change_together_mysql::upgrade, null_and_default_change_together_mysql::downgrade),
    ("odd_names", Dialect::Sqlite, odd_names_sqlite::upgrade, odd_names_sqlite::downgrade),
    ("odd_names", Dialect::Postgres, odd_names_postgres::upgrade, odd_names_postgres::downgrade),
    ("real_to_double", Dialect::Postgres, real_to_double_postgres::upgrade, real_to_double_postgres::downgrade),
    ("rebuild_beside_a_unique_index", Dialect::Sqlite, rebuild_beside_a_unique_index_sqlite::upgrade, rebuild_beside_a_unique_index_sqlite::downgrade),
    ("rebuild_beside_a_unique_index", Dialect::Postgres, rebuild_beside_a_unique_index_postgres::upgrade, rebuild_beside_a_unique_index_postgres::downgrade),
    ("rebuild_beside_a_unique_index", Dialect::Mysql, rebuild_beside_a_unique_index_mysql::upgrade, rebuild_beside_a_unique_index_mysql::downgrade),
    ("rebuild_with_new_column", Dialect::Sqlite, rebuild_with_new_column_sqlite::upgrade, rebuild_with_new_column_sqlite::downgrade),
    ("rebuild_with_new_column", Dialect::Postgres, rebuild_with_new_column_postgres::upgrade, rebuild_with_new_column_postgres::downgrade),
    ("rebuild_with_new_column", Dialect::Mysql, rebuild_with_new_column_mysql::upgrade, rebuild_with_new_column_mysql::downgrade),
    ("referred_column_changes_type", Dialect::Postgres, referred_column_changes_type_postgres::upgrade, referred_column_changes_type_postgres::downgrade),
    ("referred_column_changes_type", Dialect::Mysql, referred_column_changes_type_mysql::upgrade, referred_column_changes_type_mysql::downgrade),
    ("serial_to_identity", Dialect::Postgres, serial_to_identity_postgres::upgrade, serial_to_identity_postgres::downgrade),
    ("set_default", Dialect::Sqlite, set_default_sqlite::upgrade, set_default_sqlite::downgrade),
    ("set_default", Dialect::Postgres, set_default_postgres::upgrade, set_default_postgres::downgrade),
    ("set_default", Dialect::Mysql, set_default_mysql::upgrade, set_default_mysql::downgrade),
    ("set_not_null", Dialect::Sqlite, set_not_null_sqlite::upgrade, set_not_null_sqlite::downgrade),
    ("set_not_null", Dialect::Postgres, set_not_null_postgres::upgrade, set_not_null_postgres::downgrade),
    ("set_not_null", Dialect::Mysql, set_not_null_mysql::upgrade, set_not_null_mysql::downgrade),
    ("smallint_to_integer", Dialect::Postgres, smallint_to_integer_postgres::upgrade, smallint_to_integer_postgres::downgrade),
    ("smallint_to_integer", Dialect::Mysql, smallint_to_integer_mysql::upgrade, smallint_to_integer_mysql::downgrade),
    ("swap_column_for_another", Dialect::Sqlite, swap_column_for_another_sqlite::upgrade, swap_column_for_another_sqlite::downgrade),
    ("swap_column_for_another", Dialect::Postgres, swap_column_for_another_postgres::upgrade, swap_column_for_another_postgres::downgrade),
    ("swap_column_for_another", Dialect::Mysql, swap_column_for_another_mysql::upgrade, swap_column_for_another_mysql::downgrade),
    ("table_comment", Dialect::Postgres, table_comment_postgres::upgrade, table_comment_postgres::downgrade),
    ("table_takes_the_index_name_of_another", Dialect::Sqlite, table_takes_the_index_name_of_another_sqlite::upgrade, table_takes_the_index_name_of_another_sqlite::downgrade),
    ("table_takes_the_index_name_of_another", Dialect::Postgres, table_takes_the_index_name_of_another_postgres::upgrade, table_takes_the_index_name_of_another_postgres::downgrade),
    ("table_takes_the_index_name_of_another", Dialect::Mysql, table_takes_the_index_name_of_another_mysql::upgrade, table_takes_the_index_name_of_another_mysql::downgrade),
    ("text_default_to_enum_default", Dialect::Postgres, text_default_to_enum_default_postgres::upgrade, text_default_to_enum_default_postgres::downgrade),
    ("text_to_enum", Dialect::Postgres, text_to_enum_postgres::upgrade, text_to_enum_postgres::downgrade),
    ("text_to_integer", Dialect::Postgres, text_to_integer_postgres::upgrade, text_to_integer_postgres::downgrade),
    ("text_to_integer", Dialect::Mysql, text_to_integer_mysql::upgrade, text_to_integer_mysql::downgrade),
    ("text_to_timestamp", Dialect::Postgres, text_to_timestamp_postgres::upgrade, text_to_timestamp_postgres::downgrade),
    ("two_indexes_come", Dialect::Sqlite, two_indexes_come_sqlite::upgrade, two_indexes_come_sqlite::downgrade),
    ("two_indexes_come", Dialect::Postgres, two_indexes_come_postgres::upgrade, two_indexes_come_postgres::downgrade),
    ("two_indexes_come", Dialect::Mysql, two_indexes_come_mysql::upgrade, two_indexes_come_mysql::downgrade),
    ("two_tables_change", Dialect::Sqlite, two_tables_change_sqlite::upgrade, two_tables_change_sqlite::downgrade),
    ("two_tables_change", Dialect::Postgres, two_tables_change_postgres::upgrade, two_tables_change_postgres::downgrade),
    ("two_tables_change", Dialect::Mysql, two_tables_change_mysql::upgrade, two_tables_change_mysql::downgrade),
    ("type_and_check_of_column_change_together", Dialect::Mysql, type_and_check_of_column_change_together_mysql::upgrade, type_and_check_of_column_change_together_mysql::downgrade),
    ("type_and_default_change_together", Dialect::Sqlite, type_and_default_change_together_sqlite::upgrade, type_and_default_change_together_sqlite::downgrade),
    ("type_and_default_change_together", Dialect::Postgres, type_and_default_change_together_postgres::upgrade, type_and_default_change_together_postgres::downgrade),
    ("type_and_default_change_together", Dialect::Mysql, type_and_default_change_together_mysql::upgrade, type_and_default_change_together_mysql::downgrade),
    ("type_and_null_change_together", Dialect::Sqlite, type_and_null_change_together_sqlite::upgrade, type_and_null_change_together_sqlite::downgrade),
    ("type_and_null_change_together", Dialect::Postgres, type_and_null_change_together_postgres::upgrade, type_and_null_change_together_postgres::downgrade),
    ("type_and_null_change_together", Dialect::Mysql, type_and_null_change_together_mysql::upgrade, type_and_null_change_together_mysql::downgrade),
    ("unique_columns_in_another_order", Dialect::Sqlite, unique_columns_in_another_order_sqlite::upgrade, unique_columns_in_another_order_sqlite::downgrade),
    ("unique_columns_in_another_order", Dialect::Postgres, unique_columns_in_another_order_postgres::upgrade, unique_columns_in_another_order_postgres::downgrade),
    ("unique_columns_in_another_order", Dialect::Mysql, unique_columns_in_another_order_mysql::upgrade, unique_columns_in_another_order_mysql::downgrade),
    ("unique_constraint_beside_an_index", Dialect::Postgres, unique_constraint_beside_an_index_postgres::upgrade, unique_constraint_beside_an_index_postgres::downgrade),
    ("unique_constraint_beside_an_index", Dialect::Mysql, unique_constraint_beside_an_index_mysql::upgrade, unique_constraint_beside_an_index_mysql::downgrade),
    ("unique_key_becomes_primary_key", Dialect::Sqlite, unique_key_becomes_primary_key_sqlite::upgrade, unique_key_becomes_primary_key_sqlite::downgrade),
    ("unique_key_becomes_primary_key", Dialect::Postgres, unique_key_becomes_primary_key_postgres::upgrade, unique_key_becomes_primary_key_postgres::downgrade),
    ("unique_key_becomes_primary_key", Dialect::Mysql, unique_key_becomes_primary_key_mysql::upgrade, unique_key_becomes_primary_key_mysql::downgrade),
    ("varchar_to_text", Dialect::Postgres, varchar_to_text_postgres::upgrade, varchar_to_text_postgres::downgrade),
    ("varchar_to_text", Dialect::Mysql, varchar_to_text_mysql::upgrade, varchar_to_text_mysql::downgrade),
    ("widen_primary_key", Dialect::Sqlite, widen_primary_key_sqlite::upgrade, widen_primary_key_sqlite::downgrade),
    ("widen_primary_key", Dialect::Postgres, widen_primary_key_postgres::upgrade, widen_primary_key_postgres::downgrade),
    ("widen_primary_key", Dialect::Mysql, widen_primary_key_mysql::upgrade, widen_primary_key_mysql::downgrade),
    ("widen_varchar", Dialect::Postgres, widen_varchar_postgres::upgrade, widen_varchar_postgres::downgrade),
    ("widen_varchar", Dialect::Mysql, widen_varchar_mysql::upgrade, widen_varchar_mysql::downgrade),
];

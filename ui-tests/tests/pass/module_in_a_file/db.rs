servicekit::migrations!("history");

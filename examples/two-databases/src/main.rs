//! Serves the orders in the folder that is its argument, or in this one.

use std::path::PathBuf;
use two_databases::Databases;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8000").await?;
    Databases::new(&folder).service().serve(listener).await?;
    Ok(())
}

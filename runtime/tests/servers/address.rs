//! URLs whose host is an address of IPv6.

use crate::support::{history, sql};
use servicekit::{Database, MySqlDatabaseBuilder, PostgresDatabaseBuilder};
use servicekit_test_servers::Server;
use std::net::Ipv6Addr;
use tokio::net::{TcpListener, TcpStream};

/// A port of `::1` that leads to the server, if the machine has IPv6.
async fn by_ipv6(server: &'static Server) -> Option<u16> {
    let listener = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).await.ok()?;
    let port = listener.local_addr().unwrap().port();
    let (host, server_port) = host_and_port(server.url());
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let mut server = TcpStream::connect((host.as_str(), server_port)).await.unwrap();
            tokio::spawn(async move { tokio::io::copy_bidirectional(&mut client, &mut server).await });
        }
    });
    Some(port)
}

fn host_and_port(url: &str) -> (String, u16) {
    let place = place_of(url);
    let (host, port) = place.rsplit_once(':').unwrap();
    (host.to_owned(), port.parse().unwrap())
}

/// What stands between the user and the name of the database.
fn place_of(url: &str) -> &str {
    let (_, rest) = url.split_once("://").unwrap();
    let (place, _) = rest.split_once('/').unwrap_or((rest, ""));
    place.rsplit_once('@').map_or(place, |(_, place)| place)
}

#[tokio::test]
async fn a_host_in_brackets_is_an_address_wherever_a_url_is_taken() {
    let migrations = history(&[sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;")]);
    for server in
        [servicekit_test_servers::postgres(), servicekit_test_servers::mysql()].into_iter().flatten()
    {
        let Some(port) = by_ipv6(server).await else {
            println!("left out: this machine has no ::1");
            return;
        };
        let database = server.create_database();
        let url = database.url().replace(place_of(database.url()), &format!("[::1]:{port}"));

        let by_url = Database::from_url(&url).unwrap();
        by_url.try_once().await.unwrap();
        let by_url = by_url.with_migrations(migrations).build();
        assert_eq!(by_url.init().await.unwrap().steps.len(), 1);
        by_url.dispose().await;
        if url.starts_with("postgres") {
            for builder in [
                PostgresDatabaseBuilder::from_url(&url).unwrap(),
                PostgresDatabaseBuilder::from_options(url.parse().unwrap()),
            ] {
                builder.with_migrations(migrations).build().init().await.unwrap();
            }
        } else {
            for builder in [
                MySqlDatabaseBuilder::from_url(&url).unwrap(),
                MySqlDatabaseBuilder::from_options(url.parse().unwrap()),
            ] {
                builder.with_migrations(migrations).build().init().await.unwrap();
            }
        }
    }
}

//! The servers that the tests share: found, or started for this run.

use servicekit_test_servers::{Engine, NotFound, PrivateServer, Server};

/// Both servers; the ones that were started end with the value.
#[derive(Debug)]
pub(crate) struct Servers {
    /// The environment variables that name them.
    pub(crate) variables: Vec<(&'static str, String)>,
    _started: Vec<PrivateServer>,
}

impl Servers {
    /// Takes the servers that the environment names, else those that answer on the default ports, else starts
    /// private ones, from the folders that the environment names.
    pub(crate) fn find_or_start() -> Result<Self, String> {
        let mut variables = Vec::new();
        let mut started = Vec::new();
        for engine in [Engine::Postgres, Engine::MySql] {
            let url = match Server::find(engine) {
                Ok(server) => server.url().to_owned(),
                Err(NotFound::NamedButSilent(why)) => return Err(why),
                Err(NotFound::Excluded(why)) => {
                    eprintln!("xtask: {} is LEFT OUT: {why}", engine.name());
                    continue;
                }
                Err(NotFound::Nowhere(_) | NotFound::InFolder(_)) => {
                    let server = start(engine)?;
                    let url = server.url().to_owned();
                    started.push(server);
                    url
                }
            };
            eprintln!("xtask: {} at {url}", engine.name());
            variables.push((engine.url_variable(), url));
        }
        Ok(Self { variables, _started: started })
    }
}

fn start(engine: Engine) -> Result<PrivateServer, String> {
    PrivateServer::of(engine).start().ok_or_else(|| format!("{} is not installed", engine.name()))
}

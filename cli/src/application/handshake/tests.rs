use super::*;
use servicekit::worker::PROTOCOL;
use servicekit::worker::wire::Compiled;
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

const TOKEN: &str = "00112233445566778899aabbccddeeff";

fn handshake() -> (Handshake, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    (Handshake::new(listener, TOKEN), address)
}

fn hello(revisions: usize) -> Hello {
    let revision = |number| Compiled { id: format!("a{number}"), path: format!("versions/a{number}.sql") };
    Hello {
        token: TOKEN.to_owned(),
        protocol: PROTOCOL,
        version: "1".to_owned(),
        revisions: (0..revisions).map(revision).collect(),
    }
}

/// Comes as a worker does.
fn come(address: SocketAddr, hello: &Hello) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all((wire::write(hello) + "\n").as_bytes()).unwrap();
    stream
}

/// Says something and stays.
fn say(address: SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(text.as_bytes()).unwrap();
    stream
}

/// Polls until the worker is known; time stands still, so no candidate is dropped for lack of it.
fn worker(handshake: &mut Handshake) -> Hello {
    let now = Instant::now();
    loop {
        if let HandshakeEvent::Worker(_, hello) = handshake.poll(now).unwrap() {
            return hello;
        }
        thread::yield_now();
    }
}

/// Listens until something holds.
fn listen_until(handshake: &mut Handshake, now: Instant, holds: impl Fn(&Handshake) -> bool) {
    while !holds(handshake) {
        assert!(!matches!(handshake.poll(now).unwrap(), HandshakeEvent::Worker(..)), "{handshake:?}");
        thread::yield_now();
    }
}

/// How much is kept of what candidates sent.
fn kept(handshake: &Handshake) -> usize {
    handshake.candidates.iter().map(|candidate| candidate.received.capacity()).sum()
}

/// Whether the other side has closed.
fn is_closed(mut stream: &TcpStream) -> bool {
    stream.set_nonblocking(true).unwrap();
    !matches!(stream.read(&mut [0]), Err(error) if error.kind() == ErrorKind::WouldBlock)
}

#[test]
fn silent_visitors_do_not_keep_the_worker_waiting() {
    let (mut handshake, address) = handshake();
    let silent: Vec<_> = (0..20).map(|_| TcpStream::connect(address).unwrap()).collect();
    let _worker = come(address, &hello(3));
    assert_eq!(worker(&mut handshake), hello(3));
    assert!(silent.iter().all(|stream| !is_closed(stream)));
}

#[test]
fn a_worker_with_many_revisions_is_understood() {
    let (mut handshake, address) = handshake();
    let come = thread::spawn(move || come(address, &hello(50_000)));
    assert_eq!(worker(&mut handshake), hello(50_000));
    drop(come.join());
}

#[test]
fn one_byte_now_and_then_is_not_enough_to_stay() {
    let (mut handshake, address) = handshake();
    let mut drip = TcpStream::connect(address).unwrap();
    let begun = Instant::now();
    listen_until(&mut handshake, begun, |handshake| handshake.candidates.len() == 1);
    // The beginning of a worker, a byte each second.
    for (second, byte) in (0..TIME_TO_GREET.as_secs()).zip(Hello::opening(TOKEN).bytes()) {
        drip.write_all(&[byte]).unwrap();
        let now = begun + Duration::from_secs(second);
        let length = usize::try_from(second).unwrap() + 1;
        listen_until(&mut handshake, now, |handshake| handshake.candidates[0].received.len() == length);
    }
    listen_until(&mut handshake, begun + TIME_TO_GREET, |handshake| handshake.candidates.is_empty());
    assert!(is_closed(&drip));
}

#[test]
fn who_says_something_else_goes_at_once() {
    let (mut handshake, address) = handshake();
    let wrong = Hello { token: TOKEN.replace("ff", "fe"), ..hello(1) };
    let others = [
        wire::write(&wrong),
        "x".repeat(1 << 20),
        "\n".repeat(100),
        format!("{}\n", Hello::opening(TOKEN)),
        format!("{}\"protocol\":{}\n", Hello::opening(TOKEN), "[".repeat(10_000)),
    ];
    for text in others {
        let other = thread::spawn(move || {
            let mut stream = TcpStream::connect(address).unwrap();
            // The line is cut off while it is still being sent.
            let _ = stream.write_all(text.as_bytes());
            let _ = stream.read(&mut [0]);
        });
        let now = Instant::now();
        listen_until(&mut handshake, now, |_| other.is_finished());
        other.join().unwrap();
        assert!(handshake.candidates.is_empty());
    }
    let _worker = come(address, &hello(1));
    assert_eq!(worker(&mut handshake), hello(1));
}

#[test]
fn a_visitor_costs_little_memory_until_it_has_shown_the_token() {
    let (mut handshake, address) = handshake();
    let opening = Hello::opening(TOKEN);
    // One byte is missing: that is all that can be kept of it.
    let candidates: Vec<_> =
        (0..MAX_CANDIDATES).map(|_| say(address, &opening[..opening.len() - 1])).collect();
    listen_until(&mut handshake, Instant::now(), |handshake| {
        handshake.candidates.len() == MAX_CANDIDATES
            && handshake.candidates.iter().all(|candidate| candidate.received.len() == opening.len() - 1)
    });
    assert!(kept(&handshake) <= MAX_CANDIDATES * opening.len() * 2, "{}", kept(&handshake));
    drop(candidates);
}

#[test]
fn a_line_of_the_worker_has_an_end() {
    let (mut handshake, address) = handshake();
    let endless = thread::spawn(move || {
        let mut stream = say(address, &Hello::opening(TOKEN));
        let mut received = 0_usize;
        while stream.write_all(&[b'x'; 1 << 14]).is_ok() {
            received += 1 << 14;
        }
        received
    });
    let now = Instant::now();
    listen_until(&mut handshake, now, |handshake| !handshake.candidates.is_empty());
    listen_until(&mut handshake, now, |handshake| handshake.candidates.is_empty());
    let received = endless.join().unwrap();
    assert!(received >= MAX_HELLO_LENGTH / 2, "{received}");
}

#[test]
fn a_crowd_does_not_keep_the_worker_out() {
    let (mut handshake, address) = handshake();
    let is_over = Arc::new(AtomicBool::new(false));
    let came = Arc::new(AtomicU32::new(0));
    let crowd: Vec<_> = (0..4)
        .map(|_| {
            let (is_over, came) = (Arc::clone(&is_over), Arc::clone(&came));
            thread::spawn(move || {
                let mut open = VecDeque::new();
                while !is_over.load(Ordering::Relaxed) {
                    open.extend(TcpStream::connect_timeout(&address, Duration::from_millis(50)).ok());
                    came.fetch_add(1, Ordering::Relaxed);
                    // So many stay that they would fill all places.
                    if open.len() > MAX_CANDIDATES {
                        open.pop_front();
                    }
                }
            })
        })
        .collect();
    let now = Instant::now();
    while handshake.candidates.len() < MAX_CANDIDATES {
        let _ = handshake.poll(now).unwrap();
    }
    let worker_came = thread::spawn(move || come(address, &hello(1)));
    assert_eq!(worker(&mut handshake), hello(1));
    is_over.store(true, Ordering::Relaxed);
    for thread in crowd {
        thread.join().unwrap();
    }
    drop(worker_came.join());
    assert!(handshake.candidates.len() <= MAX_CANDIDATES);
    println!("{} came, {MAX_CANDIDATES} could stay, the worker was heard", came.load(Ordering::Relaxed));
}

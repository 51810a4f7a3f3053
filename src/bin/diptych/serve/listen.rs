//! Accepts a limited number of connections, and closes those whose client does not read or write. Owns `hyper`.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

/// At most this many connections at once: a browser holds six for each window.
const CONNECTIONS: usize = 256;

/// A request's head has come after this long, and a connection that waits for the next one is closed.
const HEAD: Duration = Duration::from_secs(20);

/// A client that takes no byte of its answer for this long has gone. The time until an answer begins is not counted, so
/// that a browser may wait for a change.
const STALLED: Duration = Duration::from_secs(30);

/// A request's head is at most this long, in bytes.
const LONGEST_HEAD: usize = 64 * 1024;

/// Answers until the program ends.
pub(super) async fn listen(listener: TcpListener, app: Router) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else {
            // The machine has no more descriptors for now.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let app = TowerToHyperService::new(app.clone());
        tokio::spawn(async move {
            let _ = stream.set_nodelay(true);
            let mut stream = TimeoutStream::new(stream);
            stream.set_write_timeout(Some(STALLED));
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(LONGEST_HEAD);
            // If a connection fails, its client notices.
            let _ = http.serve_connection(TokioIo::new(Box::pin(stream)), app).await;
            drop(place);
        });
    }
}

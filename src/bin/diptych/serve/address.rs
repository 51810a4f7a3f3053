//! Where the preview is served: [`Address`], from `--host` and `--port`.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, ToSocketAddrs as _, UdpSocket};
use std::sync::Arc;

use anyhow::Context as _;
use diptych::lang::Lang;

use super::guard::{Guard, Hosts, host_name};
use super::token::Token;
use crate::language::pick;

/// An address that the preview listens on.
pub(super) struct Address {
    pub listener: std::net::TcpListener,
    pub guard: Guard,
    /// Whether other machines can reach it.
    pub is_open: bool,
    host: String,
    port: u16,
    question: String,
}

impl Address {
    /// Begins to listen.
    #[expect(clippy::disallowed_methods, reason = "listens for browsers")]
    pub(super) fn bind(host: Option<&str>, port: u16, writer: Arc<Token>, lang: Lang) -> anyhow::Result<Self> {
        let ip = address_of(host, lang)?;
        let listener = std::net::TcpListener::bind((ip, port)).map_err(|error| {
            let words = unbound(&error, ip, port, lang);
            anyhow::Error::new(error).context(words)
        })?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let is_open = !ip.to_canonical().is_loopback();
        let token = is_open.then(Token::new).transpose()?;
        let question = token.as_ref().map(Token::question).unwrap_or_default();
        let mut names = vec![host_name(ip)];
        names.extend(host.map(str::to_ascii_lowercase));
        if !is_open || ip.is_unspecified() {
            names.extend(["127.0.0.1", "[::1]", "localhost"].map(str::to_owned));
        }
        let hosts = Hosts { names, any_address: ip.is_unspecified(), port };
        let host =
            if ip.is_unspecified() { outward(ip).unwrap_or_else(|| "127.0.0.1".to_owned()) } else { host_name(ip) };
        Ok(Self { listener, guard: Guard::new(hosts, token, writer, lang), is_open, host, port, question })
    }

    /// A page's address, as a person opens it.
    pub(super) fn of(&self, path: &str) -> String {
        format!("http://{}:{}{path}{}", self.host, self.port, self.question)
    }
}

/// The address that `--host` names; this machine's own if it is not given.
fn address_of(host: Option<&str>, lang: Lang) -> anyhow::Result<IpAddr> {
    let Some(host) = host else { return Ok(Ipv4Addr::LOCALHOST.into()) };
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    if let Ok(ip) = bare.parse() {
        return Ok(ip);
    }
    if host.eq_ignore_ascii_case("localhost") {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    let known = (host, 0).to_socket_addrs().ok().and_then(|mut known| known.next());
    known.map(|address| address.ip()).with_context(|| {
        pick(
            lang,
            format!("--host {host}: write an address of this machine, such as 127.0.0.1 or 0.0.0.0"),
            format!("--host {host} : écrivez une adresse de cet ordinateur, par exemple 127.0.0.1 ou 0.0.0.0"),
        )
    })
}

fn unbound(error: &std::io::Error, ip: IpAddr, port: u16, lang: Lang) -> String {
    match error.kind() {
        ErrorKind::AddrInUse => pick(
            lang,
            format!("port {port} is taken; name another one with --port"),
            format!("le port {port} est occupé; indiquez-en un autre avec --port"),
        ),
        ErrorKind::PermissionDenied => pick(
            lang,
            format!("port {port} is not yours to use; name one above 1023 with --port"),
            format!("vous n’avez pas le droit d’utiliser le port {port}; indiquez-en un au-dessus de 1023 avec --port"),
        ),
        _ => pick(
            lang,
            format!("the address {ip} cannot be served; name one of this machine with --host"),
            format!("l’adresse {ip} ne peut pas être utilisée; indiquez-en une de cet ordinateur avec --host"),
        ),
    }
}

/// The address by which other machines reach this one, as far as it knows. Nothing is sent: connecting a datagram
/// socket only chooses a way, here to an address that is reserved for examples.
#[expect(clippy::disallowed_methods, reason = "finds out its own address; nothing is sent")]
fn outward(ip: IpAddr) -> Option<String> {
    let example = if ip.is_ipv4() { "192.0.2.1:9" } else { "[2001:db8::1]:9" };
    let socket = UdpSocket::bind(SocketAddr::new(ip, 0)).ok()?;
    socket.connect(example).ok()?;
    Some(host_name(socket.local_addr().ok()?.ip()))
}

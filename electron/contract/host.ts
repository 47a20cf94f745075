/** This computer itself: what is sent there never leaves it. */
export function isLoopback(host: string): boolean {
  return /^(localhost|::1|127(\.\d{1,3}){3})$/i.test(host);
}

/** An address that is the key it proves: Tor encrypts the way there. */
export function isOnion(host: string): boolean {
  return host.toLowerCase().endsWith('.onion');
}

/** Nothing on the way can listen or answer in the host's place, even without TLS. */
export function isPrivateWay(host: string): boolean {
  return isLoopback(host) || isOnion(host);
}

import { request as plain, type ClientRequest, type RequestOptions } from 'node:http';
import { request as encrypted } from 'node:https';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Is told of each connection before it is opened, with the socket that all its bytes go through. */
export type OnOpening = (socket: Socket) => void;
type Created = (error: Error | null, socket: Socket) => void;

/** Asks one server once, on a connection of its own. */
export function get(url: URL, onOpening: OnOpening, options: RequestOptions): ClientRequest {
  const request = url.protocol === 'https:' ? encrypted : plain;
  return request(url, {
    ...options,
    createConnection: (_, created) => open(url, onOpening, options, created),
  });
}

/** Encrypts what is connected, never what still connects: on its way to a second address a socket changes its handle. */
function open(
  { protocol, hostname, port }: URL,
  onOpening: OnOpening,
  { signal, timeout = 0 }: RequestOptions,
  created: Created,
): undefined {
  const isEncrypted = protocol === 'https:';
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const place = { host, port: port === '' ? (isEncrypted ? 443 : 80) : Number(port) };
  const socket = connect({ ...place, ...(signal && { signal }) });
  onOpening(socket);
  const tooLong = () => socket.destroy(new Error('timeout'));
  socket.setTimeout(timeout, tooLong);
  socket.on('error', (error) => created(error, socket));
  socket.once('connect', () => {
    socket.off('timeout', tooLong); // from now on the request is told
    if (!isEncrypted) {
      created(null, socket);
      return;
    }
    socket.setTimeout(0);
    const secure = connectTls({ socket, host, ...(isIP(host) === 0 && { servername: host }) });
    secure.setTimeout(timeout);
    created(null, secure);
  });
}

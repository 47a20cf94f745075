import { request as plain, type ClientRequest, type RequestOptions } from 'node:http';
import { request as encrypted } from 'node:https';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Is told of each connection before it is opened, with the socket that all its bytes go through. */
export type OnOpening = (socket: Socket) => void;

/** Asks one server once, on a connection of its own. */
export function get(url: URL, onOpening: OnOpening, options: RequestOptions): ClientRequest {
  const request = url.protocol === 'https:' ? encrypted : plain;
  return request(url, { ...options, createConnection: () => open(url, onOpening) });
}

function open({ protocol, hostname, port }: URL, onOpening: OnOpening): Socket {
  const isEncrypted = protocol === 'https:';
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const socket = connect({ host, port: port === '' ? (isEncrypted ? 443 : 80) : Number(port) });
  onOpening(socket);
  if (!isEncrypted) return socket;
  return connectTls({ socket, host, ...(isIP(host) === 0 && { servername: host }) });
}

import { describe, expect, it } from 'vitest';
import { parseNodeUrl } from '../../../../electron/core/work/daemon/nodeUrl.ts';

const plain = { host: '127.0.0.1', port: 18081, tls: false };

describe('the address of a node', () => {
  it.each([
    ['127.0.0.1', plain],
    [' http://127.0.0.1/ ', plain],
    ['daemon+http://127.0.0.1:18081/json_rpc', plain],
    ['node.example.org:18089', { host: 'node.example.org', port: 18089, tls: false }],
    ['node.example.org:443', { host: 'node.example.org', port: 443, tls: true }],
    ['http://node.example.org:443', { host: 'node.example.org', port: 443, tls: false }],
    ['HTTPS://[::1]', { host: '::1', port: 18081, tls: true }],
    ['127.0.0.1?zmq=18083', { ...plain, zmqPort: 18083 }],
    ['https://127.0.0.1/a/monerod/', { ...plain, tls: true, path: '/a/monerod' }],
    [
      'http://łukasz:p%40ss:w%2Frd@127.0.0.1',
      { ...plain, login: { user: 'łukasz', password: 'p@ss:w/rd' } },
    ],
    ['me@127.0.0.1', { ...plain, login: { user: 'me', password: '' } }],
  ])('%s', (text, value) => {
    expect(parseNodeUrl(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['', 'nodeUrlEmpty'],
    ['http://', 'nodeUrlEmpty'],
    ['user:pw@', 'nodeUrlEmpty'],
    ['stratum+tcp://pool:3333', 'nodeUrlScheme'],
    ['http://a:%zz@host', 'nodeUrlLogin'],
    ['http://:pw@host', 'nodeUrlLogin'],
    ['http://a%0d%0ax:pw@host', 'nodeUrlLogin'],
    ['http://host/with space', 'nodeUrlPath'],
    ['http://host?zmq=0', 'nodeUrlQuery'],
    ['http://host?x=1', 'nodeUrlQuery'],
    ['http://host#part', 'nodeUrlQuery'],
  ])('%s is refused in words', (text, code) => {
    expect(parseNodeUrl(text)).toMatchObject({ ok: false, error: { code } });
  });

  it.each(['http://host:0', 'host:99999', 'host:x', '::1', 'http://ho st', 'a:b:c'])(
    '%s is refused as the place of a pool would be',
    (text) => {
      expect(parseNodeUrl(text).ok).toBe(false);
    },
  );
});

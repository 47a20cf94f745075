import type { PoolSpec, TlsSpec, WorkSpec } from '../core/work/spec.ts';
import type { Options } from './options.ts';

/** The work that was asked for. */
export function workOf({ source, algorithm }: Options): WorkSpec {
  const only = algorithm === undefined ? {} : { algorithm };
  switch (source.kind) {
    case 'practice':
      return { kind: 'practice' };
    case 'daemon': {
      const { host, port, address, login, path, zmqPort } = source;
      const pool: PoolSpec = {
        ...{ kind: 'daemon', host, port, address, tls: tlsOf(source), ...only },
        ...(login === undefined ? {} : { rpcLogin: login }),
        ...(path === undefined ? {} : { path }),
        ...(zmqPort === undefined ? {} : { zmqPort }),
      };
      return { kind: 'pools', pools: [pool] };
    }
    case 'pool': {
      const { login, pass, rigId, socks5, tlsFingerprint } = source;
      const [first, ...others] = source.pools.map(({ host, port, tls }): PoolSpec => ({
        ...{ kind: 'stratum', host, port, login, password: pass, ...only },
        tls: tlsOf({ tls, ...(tlsFingerprint === undefined ? {} : { tlsFingerprint }) }),
        ...(rigId === undefined ? {} : { rigId }),
        ...(socks5 === undefined ? {} : { socks5 }),
      }));
      if (first === undefined) throw new RangeError('A pool source has at least one pool.');
      return { kind: 'pools', pools: [first, ...others] };
    }
  }
}

function tlsOf(where: { readonly tls: boolean; readonly tlsFingerprint?: string }): TlsSpec {
  if (!where.tls) return { use: 'none' };
  return where.tlsFingerprint === undefined
    ? { use: 'firstSeen' }
    : { use: 'pinned', fingerprint: where.tlsFingerprint };
}

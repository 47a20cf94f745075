import type { Algorithm } from './job.ts';

/**
 * Where work comes from, as plain data: what settings and arguments become, and `openSource` makes a work source of.
 * Two specs that are equal member by member are the same place.
 */
export type WorkSpec =
  | { readonly kind: 'practice' }
  /** In the order of preference: the first that works is mined on. */
  | { readonly kind: 'pools'; readonly pools: readonly [PoolSpec, ...PoolSpec[]] };

export type PoolSpec = StratumSpec | DaemonSpec;

/** A pool, a P2Pool or a proxy. */
export interface StratumSpec {
  readonly kind: 'stratum';
  /** Name or address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly tls: TlsSpec;
  /** Sent as it is: ADDRESS, ADDRESS+DIFF, ADDRESS.RIG or whatever the pool wants. */
  readonly login: string;
  readonly password: string;
  readonly rigId?: string;
  readonly socks5?: Socks5Spec;
  /** Only jobs of this algorithm are taken; without it, whatever a job names. */
  readonly algorithm?: Algorithm;
}

/** A monerod of one's own. */
export interface DaemonSpec {
  readonly kind: 'daemon';
  readonly host: string;
  readonly port: number;
  readonly tls: TlsSpec;
  /** Standard address that gets the block rewards. */
  readonly address: string;
  /** monerod's --rpc-login. */
  readonly rpcLogin?: { readonly user: string; readonly password: string };
  /** Port of the node's --zmq-pub: new blocks are then heard of at once. */
  readonly zmqPort?: number;
  /** Before the node's own paths, where it stands behind another server; without a slash at the end. */
  readonly path?: string;
  readonly socks5?: Socks5Spec;
  readonly algorithm?: Algorithm;
}

export type TlsSpec =
  | { readonly use: 'none' }
  /** Certificates that an authority vouches for; any other is refused, or asked about. */
  | { readonly use: 'authority' }
  /** As `authority`; one that nobody vouches for is taken, and pinned for the run. */
  | { readonly use: 'firstSeen' }
  /** This certificate and no other: SHA-256 of its DER form, lower-case hex. */
  | { readonly use: 'pinned'; readonly fingerprint: string };

export interface Socks5Spec {
  readonly host: string;
  readonly port: number;
  readonly userId?: string;
  readonly password?: string;
}

import type { LookupFunction, Socket } from 'node:net';
import type { Algorithm } from '../job.ts';
import type { Socks5Spec } from '../spec.ts';
import type { Inspector } from './inspector.ts';
import type { PoolMemory } from './poolMemory.ts';
import type { PresentedCertificate } from './trust.ts';

/** What a `StratumClient` is told about its pool: new StratumClient(options, listener, clock?). */
export interface StratumOptions {
  /** Name or address; IPv6 without brackets (`parsePoolUrl` gives it so). */
  readonly host: string;
  readonly port: number;
  /** Present, even empty, when the port speaks TLS. */
  readonly tls?: TlsOptions;
  /** Sent as it is: ADDRESS, ADDRESS+DIFF, ADDRESS.RIG or whatever the pool wants. */
  readonly login: string;
  /** Sent as it is; may be empty. */
  readonly pass: string;
  readonly rigId?: string;
  /** Ours: the agent is `Ibctminer/<agentVersion>`. */
  readonly agentVersion: string;
  /** Only jobs of this algorithm are taken; without it, whatever a job names. */
  readonly algorithm?: Algorithm;
  /** Adds `algo` to the login, for pools that choose the algorithm by it. */
  readonly sendAlgo?: boolean;
  /** Silence of ours after which a keepalived goes out; 0 turns it off. */
  readonly keepaliveMs?: number;
  /** The nonce's last byte belongs to the pool even if nothing in its messages says so. */
  readonly nicehash?: boolean;
  /** The pool pays for shares of a block that was already superseded. */
  readonly paysForStale?: boolean;
  readonly socks5?: Socks5Spec;
  readonly inspector?: Inspector;
  /** What is known of this pool from before; a fresh memory by default. */
  readonly memory?: PoolMemory;
  /** Name resolution; ours by default. Not used through a proxy, which resolves by itself. */
  readonly lookup?: LookupFunction;
  readonly onOpening?: OnOpening;
}

/** Is told each time before the way is opened, with the socket that all its bytes go through. */
export type OnOpening = (socket: Socket) => void;

/** What it takes to open the way to a pool or node. */
export type TransportOptions = Pick<
  StratumOptions,
  'host' | 'port' | 'tls' | 'socks5' | 'lookup' | 'onOpening'
>;

export interface TlsOptions {
  /** SHA-256 of the certificate, 64 hex digits: nothing else is accepted, and no authority is asked. */
  readonly fingerprint?: string;
  /** Name for SNI and verification; the host by default. */
  readonly serverName?: string;
  /**
   * Asked when no authority vouches for the certificate and no fingerprint is pinned; `false`
   * refuses. Without it such a certificate is taken. Once it took a login it stays pinned for the run.
   */
  readonly onFirstUse?: (certificate: PresentedCertificate) => boolean;
  /** Is told of each certificate that the pool presents, before it is judged. */
  readonly onPresented?: (certificate: PresentedCertificate) => void;
}

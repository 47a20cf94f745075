import { isPrivateWay } from '../../../contract/host.ts';
import type { Clock } from '../../clock.ts';
import type { DaemonSpec } from '../spec.ts';
import type { OnOpening } from '../stratum/stratumOptions.ts';
import { CertificateTrust, type PresentedCertificate } from '../stratum/trust.ts';
import { tlsOptionsOf } from '../tls.ts';
import { NodeAgent } from './nodeAgent.ts';
import { Authorization } from './authorization.ts';
import { DaemonRpc } from './rpc.ts';

export interface NodeListener {
  /** Something answered, whatever it said. */
  readonly onAnswer: () => void;
  /** A certificate was presented, trusted or not. */
  readonly onCertificate: (certificate: PresentedCertificate) => void;
  /** A connection is about to be opened. */
  readonly onOpening: OnOpening;
}

/** The way to a node as its spec describes it; opens nothing before the first call. */
export function connectTo(spec: DaemonSpec, clock: Clock, listener: NodeListener): DaemonRpc {
  const { host, port, path = '', socks5, rpcLogin } = spec;
  const tls = tlsOptionsOf(spec.tls, listener.onCertificate);
  const trust = tls && new CertificateTrust(tls);
  const isPrivate = trust !== undefined || isPrivateWay(host);
  return new DaemonRpc({
    ...{ host, port, path, clock, onAnswer: listener.onAnswer },
    agent: new NodeAgent(
      { host, port, onOpening: listener.onOpening, ...(socks5 && { socks5 }) },
      trust,
      clock,
    ),
    authorization: new Authorization(rpcLogin, isPrivate),
  });
}

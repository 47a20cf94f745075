import type { Place } from '../../../electron/contract/ipc.ts';
import type { LoginSettings, PoolSettings } from '../../../electron/contract/settings.ts';
import { endpointText, newPoolId, tlsIf } from '../poolChoice.ts';

/** A pool or a node as it is typed. */
export interface PoolDraft {
  readonly id: string;
  readonly kind: PoolSettings['kind'];
  readonly address: string;
  /** Null: as the address suggests. */
  readonly tls: boolean | null;
  /** Of the one certificate that is trusted; empty: whatever an authority vouches for. */
  readonly fingerprint: string;
  /** HOST:PORT of a SOCKS5 proxy; empty: none. */
  readonly proxy: string;
  readonly name: string;
  readonly login: string;
  readonly password: string;
  readonly rigId: string;
  readonly rpcUser: string;
  readonly rpcPassword: string;
  readonly zmqPort: string;
}

export function newDraft(kind: PoolDraft['kind']): PoolDraft {
  return {
    ...{ id: newPoolId(), kind, address: '', tls: null, fingerprint: '', name: '', proxy: '' },
    ...{ login: '', password: 'x', rigId: '' },
    ...{ rpcUser: '', rpcPassword: '', zmqPort: '' },
  };
}

export function draftOf(pool: PoolSettings): PoolDraft {
  const draft: PoolDraft = {
    ...newDraft(pool.kind),
    id: pool.id,
    name: pool.name,
    address: `${endpointText(pool)}${pool.kind === 'daemon' ? (pool.path ?? '') : ''}`,
    tls: pool.tls.use !== 'none',
    fingerprint: pool.tls.use === 'pinned' ? pool.tls.fingerprint : '',
    proxy: pool.socks5 === undefined ? '' : endpointText(pool.socks5),
  };
  switch (pool.kind) {
    case 'stratum': {
      const { login, password, rigId = '' } = pool;
      return { ...draft, login: login.use === 'text' ? login.text : '', password, rigId };
    }
    case 'daemon':
      return {
        ...draft,
        rpcUser: pool.rpcLogin?.user ?? '',
        rpcPassword: pool.rpcLogin?.password ?? '',
        zmqPort: pool.zmqPort === undefined ? '' : String(pool.zmqPort),
      };
  }
}

export type FieldProblem = 'fingerprint' | 'zmqPort' | 'proxy' | 'onionAlone';

/** What is wrong with the fields that only the form itself knows; the address is the main process's to judge. */
export function fieldProblem(draft: PoolDraft): FieldProblem | null {
  const { kind, address, fingerprint, zmqPort, proxy } = draft;
  if (fingerprint !== '' && !/^[0-9a-f]{64}$/.test(plainHex(fingerprint))) return 'fingerprint';
  if (kind === 'daemon' && zmqPort.trim() !== '' && portOf(zmqPort) === null) return 'zmqPort';
  if (proxy.trim() !== '' && proxyOf(proxy) === null) return 'proxy';
  if (proxy.trim() === '' && /\.onion(?![\w.-])/i.test(address)) return 'onionAlone';
  return null;
}

/** What is kept: `draft` at `place`, with the TLS that the form shows. */
export function poolOf(draft: PoolDraft, place: Place): PoolSettings {
  const { host, port, path } = place;
  const socks5 = proxyOf(draft.proxy);
  const at = {
    ...{ id: draft.id, host, port },
    name: draft.name.trim() === '' ? host.slice(0, 80) : draft.name.trim(),
    tls: tlsIf(draft.tls ?? place.tls, plainHex(draft.fingerprint) || undefined),
    ...(socks5 === null ? {} : { socks5 }),
  };
  switch (draft.kind) {
    case 'stratum': {
      const { rigId, password } = draft;
      const login: LoginSettings =
        draft.login.trim() === '' ? { use: 'wallet' } : { use: 'text', text: draft.login.trim() };
      return {
        ...{ ...at, kind: 'stratum', login, password },
        ...(rigId.trim() === '' ? {} : { rigId: rigId.trim() }),
      };
    }
    case 'daemon': {
      const zmqPort = portOf(draft.zmqPort);
      return {
        ...{ ...at, kind: 'daemon' },
        ...(draft.rpcUser === ''
          ? {}
          : { rpcLogin: { user: draft.rpcUser, password: draft.rpcPassword } }),
        ...(zmqPort === null ? {} : { zmqPort }),
        ...(path === undefined ? {} : { path }),
      };
    }
  }
}

const plainHex = (text: string) => text.trim().toLowerCase().replaceAll(':', '');

function proxyOf(text: string): { host: string; port: number } | null {
  const [, bracketed, plain, portText = ''] =
    /^(?:\[([\da-f:.]+)\]|([^\s:/@[\]]{1,253})):(\d+)$/i.exec(text.trim()) ?? [];
  const host = bracketed ?? plain;
  const port = portOf(portText);
  return host === undefined || port === null ? null : { host, port };
}

function portOf(text: string): number | null {
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : null;
}

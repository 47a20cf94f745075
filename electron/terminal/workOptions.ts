import { problem } from '../contract/problem.ts';
import { refused, success, type Result } from '../contract/result.ts';
import { parseWalletLogin, type WalletLogin } from '../core/wallet/login.ts';
import { parseNodeUrl } from '../core/work/daemon/nodeUrl.ts';
import type { Algorithm } from '../core/work/job.ts';
import { parseHostPort, parsePoolUrl } from '../core/work/poolUrl.ts';
import type { PoolSpec, Socks5Spec, TlsSpec, WorkSpec } from '../core/work/spec.ts';
import { shown, valueOf, type OptionName, type RawOptions } from './argv.ts';

const places = ['pool', 'daemon', 'practice'] as const;
type Place = (typeof places)[number];

/** What each place has no use for: asked for all the same, it is refused in words. */
const useless: Readonly<Record<Place, readonly OptionName[]>> = {
  pool: [],
  daemon: ['login', 'pass', 'rig-id', 'inspect'],
  practice: ['pass', 'tls', 'tls-fingerprint', 'rig-id', 'socks5'],
};

/** What several places share. */
interface Common {
  readonly wallet: WalletLogin | undefined;
  readonly fingerprint: string | undefined;
  readonly wantsTls: boolean;
  readonly socks5: Socks5Spec | undefined;
  readonly algorithm: Algorithm | undefined;
}

/** Where to mine, from the options that say so. */
export function parseWork(raw: RawOptions, algorithm: Algorithm | undefined): Result<WorkSpec> {
  const [place, other] = places.filter((name) => raw.has(name));
  if (place === undefined) return refused(problem('placeMissing'));
  if (other !== undefined) return refused(problem('placesTooMany', { one: place, other }));
  const idle = useless[place].find((name) => raw.has(name));
  if (idle !== undefined) return refused(uselessOption(idle, place));

  const common = parseCommon(raw, algorithm);
  if (!common.ok) return common;
  switch (place) {
    case 'practice':
      return algorithm === undefined || algorithm === 'rx/0'
        ? success({ kind: 'practice' })
        : refused(problem('algorithmNeedsPool', { algorithm }));
    case 'daemon':
      return parseDaemon(raw, common.value);
    case 'pool':
      return parsePools(raw, common.value);
  }
}

function uselessOption(name: OptionName, place: Place) {
  if (place === 'daemon' && (name === 'login' || name === 'pass')) {
    return problem('nodeLoginInUrl', { name });
  }
  return problem('optionNotWith', { name, other: place });
}

function parseCommon(raw: RawOptions, algorithm: Algorithm | undefined): Result<Common> {
  const wallet = valueOf(raw, 'wallet');
  const checked = wallet === undefined ? undefined : parseWalletLogin(wallet);
  if (checked?.ok === false) {
    return refused(problem('optionInvalid', { name: 'wallet', reason: checked.error }));
  }
  const pin = valueOf(raw, 'tls-fingerprint');
  const fingerprint = pin === undefined ? undefined : fingerprintIn(pin);
  if (pin !== undefined && fingerprint === undefined) return refused(problem('fingerprintInvalid'));
  const proxy = valueOf(raw, 'socks5');
  const socks5 = proxy === undefined ? undefined : parseHostPort(proxy, 1080);
  if (socks5?.ok === false) {
    return refused(problem('optionInvalid', { name: 'socks5', reason: socks5.error }));
  }
  return success({
    wallet: checked?.value,
    fingerprint,
    wantsTls: raw.has('tls') || fingerprint !== undefined,
    socks5: socks5?.value,
    algorithm,
  });
}

function parseDaemon(raw: RawOptions, common: Common): Result<WorkSpec> {
  const url = parseNodeUrl(valueOf(raw, 'daemon') ?? '');
  if (!url.ok) return refused(problem('optionInvalid', { name: 'daemon', reason: url.error }));
  if (common.algorithm === 'cn/1') {
    return refused(problem('algorithmNeedsPool', { algorithm: common.algorithm }));
  }
  if (common.wallet === undefined) return refused(problem('walletMissingForNode'));
  const { address, login, kind } = common.wallet;
  if (address !== login || kind !== 'standard') return refused(problem('nodeNeedsPrimaryAddress'));
  const { host, port, path, zmqPort } = url.value;
  return success({
    kind: 'pools',
    pools: [
      {
        ...{ kind: 'daemon', host, port, address },
        tls: tlsOf(common, url.value.tls),
        ...(url.value.login === undefined ? {} : { rpcLogin: url.value.login }),
        ...(path === undefined ? {} : { path }),
        ...(zmqPort === undefined ? {} : { zmqPort }),
        ...shared(common),
      },
    ],
  });
}

function parsePools(raw: RawOptions, common: Common): Result<WorkSpec> {
  const login = valueOf(raw, 'login');
  if (login !== undefined && common.wallet !== undefined) return refused(problem('walletAndLogin'));
  const sent = login ?? common.wallet?.login;
  if (sent === undefined) return refused(problem('walletMissingForPool'));
  const password = valueOf(raw, 'pass') ?? 'x';
  const rigId = valueOf(raw, 'rig-id');

  const pools: PoolSpec[] = [];
  const texts = raw.get('pool');
  for (const text of texts === true ? [] : (texts ?? [])) {
    const url = parsePoolUrl(text);
    if (!url.ok) return refused(problem('optionInvalid', { name: 'pool', reason: url.error }));
    if (url.value.kind === 'daemon') return refused(problem('poolIsNode', { url: shown(text) }));
    pools.push({
      ...{ kind: 'stratum', host: url.value.host, port: url.value.port, login: sent, password },
      tls: tlsOf(common, url.value.tls),
      ...(rigId === undefined ? {} : { rigId }),
      ...shared(common),
    });
  }
  const [first, ...others] = pools;
  return first === undefined
    ? refused(problem('placeMissing'))
    : success({ kind: 'pools', pools: [first, ...others] });
}

/** The SHA-256 of a certificate as people copy it, with colons or without; undefined when it is none. */
export function fingerprintIn(text: string): string | undefined {
  const digits = text.replaceAll(':', '').toLowerCase();
  return /^[0-9a-f]{64}$/.test(digits) ? digits : undefined;
}

/** Who types a command sees the certificate's fingerprint, and may pin it the next time. */
function tlsOf({ fingerprint, wantsTls }: Common, urlSaysTls: boolean): TlsSpec {
  if (fingerprint !== undefined) return { use: 'pinned', fingerprint };
  return wantsTls || urlSaysTls ? { use: 'firstSeen' } : { use: 'none' };
}

function shared({ socks5, algorithm }: Common) {
  return {
    ...(socks5 === undefined ? {} : { socks5 }),
    ...(algorithm === undefined ? {} : { algorithm }),
  };
}

/**
 * Pools offered by name. Only hosts and ports that the pools themselves publish; TLS ports throughout.
 * No fees or payout limits here: they change, and the pool's own page is the place to read them.
 * Every choice goes through the connection test before it is kept.
 */
export interface KnownPool {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

export const knownPools: readonly KnownPool[] = [
  { id: 'supportxmr', name: 'SupportXMR', host: 'pool.supportxmr.com', port: 443, tls: true },
  { id: 'hashvault', name: 'HashVault', host: 'pool.hashvault.pro', port: 443, tls: true },
  {
    id: 'moneroocean',
    name: 'MoneroOcean',
    host: 'gulf.moneroocean.stream',
    port: 20128,
    tls: true,
  },
];

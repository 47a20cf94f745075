import { knownPools, type KnownPool } from '../../../electron/contract/knownPools.ts';
import { PoolApiServer } from '../../support/poolApi.ts';
import { FriendlyPool } from './friendlyPool.ts';
import { poolAt } from './realApp.ts';

/** SupportXMR on this computer, with its web API. */
export async function poolWithAccount() {
  const pool = await FriendlyPool.listen();
  const api = await PoolApiServer.listen();
  const [first] = knownPools;
  if (first === undefined) throw new Error('No pool is known.');
  const known: KnownPool = { ...first, host: '127.0.0.1', port: pool.port, api: api.api() };
  return {
    ...{ pool, api, knownPools: [known] },
    settings: poolAt(pool.port, { name: 'SupportXMR' }),
    close: async () => {
      await Promise.all([pool.close(), api.close()]);
    },
  };
}

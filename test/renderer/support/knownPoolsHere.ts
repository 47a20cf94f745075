import { knownPools, type KnownPool } from '../../../electron/contract/knownPools.ts';
import { freePort } from '../../support/ports.ts';
import { selfSigned } from '../../support/stratum/certificates.ts';
import { ScriptedPool } from '../../support/stratum/scriptedPool.ts';

export interface KnownPoolsHere {
  readonly list: readonly KnownPool[];
  /** SupportXMR. */
  readonly answers: ScriptedPool;
  readonly close: () => Promise<void>;
}

/** The pools offered by name, on this computer: the first answers, the second has a certificate of its own, the others refuse. */
export async function knownPoolsHere(): Promise<KnownPoolsHere> {
  const { key, cert } = selfSigned('localhost', 'IP:127.0.0.1');
  const answers = await ScriptedPool.listen();
  const selfMade = await ScriptedPool.listen({ tls: { key, cert } });
  const unused = await Promise.all(knownPools.map(() => freePort()));
  const list = knownPools.map((pool, index): KnownPool => ({
    ...{ ...pool, host: '127.0.0.1', tls: index > 0 },
    port: [answers.port, selfMade.port, ...unused][index] ?? 0,
  }));
  return {
    list,
    answers,
    close: async () => {
      await Promise.all([answers.close(), selfMade.close()]);
    },
  };
}

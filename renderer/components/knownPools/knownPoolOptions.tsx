import {
  knownPools,
  type KnownPoolId,
  type PoolLatency,
} from '../../../electron/contract/knownPools.ts';
import type { Text } from '../../../electron/contract/text/index.ts';
import { useText } from '../../text.ts';
import { Badge } from '../Badge.tsx';
import { endpointText } from '../poolChoice.ts';
import type { RadioOption } from '../RadioCards.tsx';
import type { Latencies } from './useLatencies.ts';

/** The pools offered by name, to choose from, each with what was measured of it. */
export function knownPoolOptions(
  { t, language }: Pick<Text, 't' | 'language'>,
  latencies: Latencies,
): RadioOption<KnownPoolId>[] {
  return knownPools.map((pool) => {
    const percent = new Intl.NumberFormat(language).format(pool.feePercent ?? 0);
    const fee = pool.feePercent === null ? [] : [t('pool.fee', { percent })];
    const latency = latencies.of[pool.id];
    return {
      value: pool.id,
      label: pool.name,
      hint: [endpointText(pool), ...fee].join(' · '),
      aside:
        latency === undefined ? (
          <Badge>{t('pool.encrypted')}</Badge>
        ) : (
          <LatencyBadge latency={latency} />
        ),
    };
  });
}

function LatencyBadge({ latency }: { readonly latency: PoolLatency }) {
  const { t } = useText();
  return latency.result === 'reached' ? (
    <Badge tone="good">{t('dashboard.ms', { ms: Math.ceil(latency.roundTripMs) })}</Badge>
  ) : (
    <Badge tone="caution">{t(`pool.latencies.${latency.result}`)}</Badge>
  );
}

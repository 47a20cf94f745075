import { z } from 'zod';
import type { PoolMessage } from '../../../../electron/contract/ipc.ts';
import { ReferenceRandomX } from '../../../support/librandomx.ts';

const job = z.object({ job_id: z.string(), blob: z.string(), seed_hash: z.string() });
const received = z.union([
  z.object({ method: z.literal('job'), params: job }).transform(({ params }) => params),
  z.object({ result: z.object({ job }) }).transform(({ result }) => result.job),
]);
const submitted = z.object({
  method: z.literal('submit'),
  params: z.object({ job_id: z.string(), nonce: z.string(), result: z.string() }),
});

const NONCE_AT = 2 * 39;

/** Hashes every share that was sent again with librandomx0. True for each whose hash is right. */
export function checkShares(messages: readonly PoolMessage[]): boolean[] {
  const said = messages.map(({ text }) => JSON.parse(text) as unknown);
  const jobs = new Map(
    said.flatMap((message) => received.safeParse(message).data ?? []).map((of) => [of.job_id, of]),
  );
  const reference = new ReferenceRandomX();
  try {
    return said.flatMap((message) => {
      const share = submitted.safeParse(message).data?.params;
      const of = share && jobs.get(share.job_id);
      if (share === undefined || of === undefined) return [];
      const blob = of.blob.slice(0, NONCE_AT) + share.nonce + of.blob.slice(NONCE_AT + 8);
      const again = reference.hash(Buffer.from(of.seed_hash, 'hex'), Buffer.from(blob, 'hex'));
      return [Buffer.from(again).toString('hex') === share.result];
    });
  } finally {
    reference.close();
  }
}

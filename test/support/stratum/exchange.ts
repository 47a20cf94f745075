import type { Share } from '../../../electron/core/work/job.ts';

/** The documented exchange, byte for byte, and the share in it. */

export const address =
  '48edfHu7V9Z84YzzMa6fUueoELZ9ZRXq9VetWzYGzKt52XU5xvqgzYnDK9URnRoJMk1j8nLwEVsaSWJ4fhdUyZijBGUicoD';
export const sessionId = '1be0b7b6-b15a-47be-a17d-46b2911cf7d0';

export const firstJob = {
  blob: '070780e6b9d60586ba419a0c224e3c6c3e134cc45c4fa04d8ee2d91c2595463c57eef0a4f0796c000000002fcc4d62fa6c77e76c30017c768be5c61d83ec9d3a085d524ba8053ecc3224660d',
  job_id: 'q7PLUPL25UV0z5Ij14IyMk8htXbj',
  target: 'b88d0600',
  height: 0,
};
export const secondJob = {
  blob: '0707d5efb9d6057e95a35f868231780b3a8649c4e57f3c77eaf437329243eef0b9f4b6987d05b900000000cae7754cb85a0ad8eebf3e0bf55f3ec5e754a1d6b05d46e5c358f907dbcbb72b01',
  job_id: '4BiGm3/RgGQzgkTI/xV0smdA+EGZ',
  target: 'b88d0600',
  height: 0,
};

const job = (of: typeof firstJob, id?: string) =>
  `{"blob":"${of.blob}","job_id":"${of.job_id}",${id ? `"id":"${id}",` : ''}"target":"b88d0600","height":0}`;

export const lines = {
  login: `{"id":1,"jsonrpc":"2.0","method":"login","params":{"login":"${address}","pass":"x","agent":"Ibctminer/1.0.0"}}`,
  loginAnswer: `{"id":1,"jsonrpc":"2.0","error":null,"result":{"id":"${sessionId}","job":${job(firstJob, sessionId)},"status":"OK"}}`,
  loginRefusal:
    '{"id":1,"jsonrpc":"2.0","error":{"code":-1,"message":"Invalid payment address provided"}}',
  jobPush: `{"jsonrpc":"2.0","method":"job","params":${job(secondJob)}}`,
  submit: `{"id":2,"jsonrpc":"2.0","method":"submit","params":{"id":"${sessionId}","job_id":"4BiGm3/RgGQzgkTI/xV0smdA+EGZ","nonce":"d0030040","result":"e1364b8782719d7683e2ccd3d8f724bc59dfa780a9e960e7c0e0046acdb40100"}}`,
  submitAccepted: '{"id":2,"jsonrpc":"2.0","error":null,"result":{"status":"OK"}}',
  submitRejected: '{"id":2,"jsonrpc":"2.0","error":{"code":-1,"message":"Low difficulty share"}}',
  keepalived: `{"id":2,"method":"keepalived","params":{"id":"${sessionId}"}}`,
  keepalivedAnswer: '{"id":2,"jsonrpc":"2.0","error":null,"result":{"status":"KEEPALIVED"}}',
} as const;

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

export const share: Share = {
  jobId: secondJob.job_id,
  algorithm: 'cn/1',
  nonce: bytes('d0030040'),
  result: bytes('e1364b8782719d7683e2ccd3d8f724bc59dfa780a9e960e7c0e0046acdb40100'),
  blob: bytes(`${secondJob.blob.slice(0, 78)}d0030040${secondJob.blob.slice(86)}`),
  difficulty: 10_000n,
};

/** A RandomX job of today's shape, with what a test wants otherwise. */
export function rxJob(changed: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    blob: `1010${secondJob.blob.slice(4)}`,
    job_id: 'rx-1',
    target: 'b88d0600',
    algo: 'rx/0',
    height: 3_000_000,
    seed_hash: 'ab'.repeat(32),
    ...changed,
  };
}

/** The same blob on top of another block. */
export function blobOnBlock(block: number): string {
  return `1010d5efb9d605${block.toString(16).padStart(64, '0')}${secondJob.blob.slice(78)}`;
}

export function loginAnswer(result: Readonly<Record<string, unknown>> = {}): object {
  return {
    id: 1,
    jsonrpc: '2.0',
    error: null,
    result: { id: sessionId, job: rxJob(), status: 'OK', ...result },
  };
}

export function jobPush(params: unknown, changed: Readonly<Record<string, unknown>> = {}): object {
  return { jsonrpc: '2.0', method: 'job', params, ...changed };
}

import { expect, it } from 'vitest';
import { LogRing, redactAddresses } from '../../electron/app/logRing.ts';

const address =
  '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A';

it('takes addresses out, also one with a missing character, a rig name or a difficulty', () => {
  for (const text of [address, address.slice(1), `${address}.rig+1000`, `login=${address}!`]) {
    expect(redactAddresses(`Refused: ${text}`)).not.toContain(address.slice(10, 40));
  }
});

it('leaves hashes and sentences as they are', () => {
  const text = `New job 8f0e${'a1'.repeat(30)} at height 3100000.`;
  expect(redactAddresses(text)).toBe(text);
});

it('redacts before it keeps or tells, and keeps the newest thousand', () => {
  const told: string[] = [];
  const log = new LogRing((entry) => told.push(entry.text));
  for (let line = 0; line <= 1000; line += 1) log.add('info', `${line} ${address}`);
  expect(log.entries).toHaveLength(1000);
  expect(log.entries[0]?.text).toBe('1 [address]');
  expect(told.join()).not.toContain(address);
});

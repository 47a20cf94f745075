import { expect, it } from 'vitest';
import { hasMoved, readAddresses } from '../../../electron/core/system/network.ts';

it.each([
  ['another network', ['192.168.1.5'], ['10.0.0.7'], true],
  ['no network any more', ['192.168.1.5'], [], true],
  ['a network again', [], ['192.168.1.5'], true],
  ['one address less', ['10.0.0.7', '192.168.1.5'], ['192.168.1.5'], true],
  ['one address more, of a container say', ['192.168.1.5'], ['172.17.0.1', '192.168.1.5'], false],
  ['the same network', ['192.168.1.5'], ['192.168.1.5'], false],
  ['still none', [], [], false],
])('%s', (_name, before, now, moved) => {
  expect(hasMoved(before, now)).toBe(moved);
});

it('counts no address of this computer itself, and none of a link only', () => {
  const rest = { netmask: '', mac: '', cidr: null };
  expect(
    readAddresses({
      lo: [{ ...rest, address: '127.0.0.1', family: 'IPv4', internal: true }],
      eth0: [
        { ...rest, address: 'fe80::1', family: 'IPv6', internal: false, scopeid: 2 },
        { ...rest, address: '192.168.1.5', family: 'IPv4', internal: false },
      ],
    }),
  ).toEqual(['192.168.1.5']);
});

import { expect, test } from 'vitest';
import { networkName, routerIn } from './network-name.ts';

const routes = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
wlan0	0001A8C0	00000000	0001	0	0	600	00FFFFFF	0	0	0
wlan0	00000000	0101A8C0	0003	0	0	600	00000000	0	0	0
`;
const neighbours = `IP address       HW type     Flags       HW address            Mask     Device
192.168.1.7      0x1         0x2         aa:aa:aa:aa:aa:aa     *        wlan0
192.168.1.1      0x1         0x2         3c:28:6d:00:11:22     *        wlan0
`;

test('the router is read from the kernel’s tables', () => {
  expect(routerIn(routes, neighbours)).toBe('192.168.1.1 3c:28:6d:00:11:22');
  expect(routerIn(routes, 'IP address\n')).toBe('192.168.1.1 ');
  expect(routerIn('Iface\n', neighbours)).toBe('');
});

test('a network has one name for a desk, and another for the next desk', async () => {
  const name = await networkName('a');
  expect(name === null || /^[0-9a-f]{32}$/u.test(name)).toBe(true);
  expect(await networkName('a')).toBe(name);
  if (name !== null) expect(await networkName('b')).not.toBe(name);
});

import type { LookupAddress } from 'node:dns';
import { describe, expect, test } from 'vitest';
import {
  hostOf,
  isPublic,
  literalOf,
  publicOnly,
  type Resolve,
} from '../../src/pictures/address.ts';

describe('an address', () => {
  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.1',
    '192.167.1.1',
    '223.255.255.254',
    '2606:4700::1111',
    '2a00:1450:4001::1',
  ])('of the public Internet may be fetched from: %s', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  test.each([
    ['unspecified', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['shared by a carrier', '100.64.0.1'],
    ['shared by a carrier', '100.127.255.255'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['link-local, where clouds keep their secrets', '169.254.169.254'],
    ['for protocols', '192.0.0.1'],
    ['for documentation', '192.0.2.1'],
    ['for documentation', '198.51.100.7'],
    ['for documentation', '203.0.113.9'],
    ['for benchmarks', '198.18.0.1'],
    ['6to4 relay', '192.88.99.1'],
    ['multicast', '224.0.0.1'],
    ['multicast', '239.255.255.250'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['IPv4-compatible, of a public one', '::8.8.8.8'],
    ['IPv4-mapped', '::ffff:127.0.0.1'],
    ['IPv4-mapped, in hexadecimal', '::ffff:7f00:1'],
    ['IPv4-mapped, of a public one', '::ffff:8.8.8.8'],
    ['IPv4-translated', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['NAT64, local', '64:ff9b:1::a00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001:0:53aa:64c::1'],
    ['unique local', 'fc00::1'],
    ['unique local', 'fd12:3456::1'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%lo'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['for documentation', '2001:db8::1'],
    ['for documentation', '3fff::1'],
    ['to be thrown away', '100::1'],
    ['not given out', '4000::1'],
    ['not given out', '1::1'],
    ['a name', 'localhost'],
    ['nothing', ''],
    ['a number', '2130706433'],
  ])('that is %s is refused: %s', (_, address) => {
    expect(isPublic(address)).toBe(false);
  });
});

describe('a host', () => {
  test.each([
    ['http://example.com/a', 'example.com:80'],
    ['https://example.com/a', 'example.com:443'],
    ['https://EXAMPLE.com:8443/', 'example.com:8443'],
    ['http://[::1]:80/', '[::1]:80'],
  ])('of %s is %s', (url, host) => {
    expect(hostOf(new URL(url))).toBe(host);
  });

  test.each([
    ['http://127.0.0.2/', '127.0.0.2'],
    ['http://2130706434/', '127.0.0.2'],
    ['http://0x7f.2/', '127.0.0.2'],
    ['http://0177.0.0.02/', '127.0.0.2'],
    ['http://127.0.0.2./', '127.0.0.2'],
    ['http://１２７.0.0.2/', '127.0.0.2'],
    ['http://[0:0::1]/', '::1'],
    ['http://example.com/', undefined],
    ['http://localhost./', undefined],
  ])('written as %s is the address %s', (url, address) => {
    expect(literalOf(new URL(url))).toBe(address);
  });
});

describe('a name', () => {
  function resolving(...addresses: string[]): { resolve: Resolve; asked: string[] } {
    const asked: string[] = [];
    return {
      asked,
      resolve(hostname, _, callback) {
        asked.push(hostname);
        callback(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        );
      },
    };
  }

  function lookUp(resolve: Resolve, all: boolean): Promise<string | LookupAddress[]> {
    return new Promise((done, fail) => {
      publicOnly(resolve)('name.example', { all }, (error, address) => {
        if (error === null) done(address);
        else fail(error);
      });
    });
  }

  test('is resolved once, and the public ones of its addresses are handed over', async () => {
    const { resolve, asked } = resolving('10.0.0.1', '8.8.8.8', '::1', '2606:4700::1111');
    expect(await lookUp(resolve, true)).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ]);
    expect(asked).toEqual(['name.example']);
  });

  test('is one address where one is asked for', async () => {
    expect(await lookUp(resolving('127.0.0.1', '8.8.8.8').resolve, false)).toBe('8.8.8.8');
  });

  test.each([
    ['private addresses only', ['10.0.0.1', '127.0.0.1', '::ffff:8.8.8.8']],
    ['no address', []],
  ])('with %s is refused', async (_, addresses) => {
    await expect(lookUp(resolving(...addresses).resolve, true)).rejects.toThrow(
      /no public address/,
    );
  });

  test('that cannot be resolved fails as DNS says', async () => {
    const gone = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    await expect(lookUp((_, __, callback) => callback(gone, []), true)).rejects.toBe(gone);
  });
});

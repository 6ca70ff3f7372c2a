import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Asks DNS for all addresses of a name; a part of node:dns's `lookup`. */
export type Resolve = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** A name has no address that may be connected to. */
export class RefusedAddressError extends Error {
  override readonly name = 'RefusedAddressError';
}

/** `host:port` as providers name the hosts they trust; the port also where it is the protocol's own. */
export function hostOf(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'http:' ? '80' : '443')}`;
}

/**
 * Whether an IP address is an ordinary one of the public Internet: not private, loopback, link-local,
 * shared (CGNAT), multicast, reserved or for documentation, and no wrapping of an IPv4 address (mapped,
 * compatible, NAT64, 6to4, Teredo), behind which any of those could hide.
 *
 * @param address without brackets; anything but an IP address is not public
 */
export function isPublic(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  // The library calls whatever it has no name for unicast; only 2000::/3 has been given out.
  return parsed instanceof ipaddr.IPv4 || parsed.match(givenOut);
}

const givenOut = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * The IP address that a URL names itself, in the one form that the URL parser brings every notation
 * (decimal, octal, hexadecimal, short) to.
 * @returns `undefined` where the host is a name
 */
export function literalOf(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? undefined : host;
}

/**
 * A lookup for sockets that hands over public addresses only, so that the address that was checked
 * is the one connected to: DNS is not asked again. It fails with {@link RefusedAddressError} where a
 * name has none. Sockets do not call it for a host that is an IP address: see {@link literalOf}.
 */
export function publicOnly(resolve: Resolve = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const allowed = addresses.filter(({ address }) => isPublic(address));
      const [first] = allowed;
      if (first === undefined) {
        callback(new RefusedAddressError('the name has no public address'), []);
      } else if (options.all === true) {
        callback(null, allowed);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };
}

// The network an address belongs to, as far as one person has it to themselves.
import { isIP } from 'node:net'

/** An IPv4 address as it is, of an IPv6 address its first 64 bits: a household has them all. Null for what is no address. */
export function networkOf(address: string | null | undefined): string | null {
  const [bare = ''] = (address ?? '').trim().split('%')
  const kind = isIP(bare)
  if (kind === 0) return null
  if (kind === 4) return bare
  // The URL parser writes every address in one way (RFC 5952).
  const written = new URL(`http://[${bare}]`).hostname.slice(1, -1)
  const [head = '', tail] = written.split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail ? tail.split(':') : []
  const all = [...groups, ...Array.from({ length: 8 - groups.length - rest.length }, () => '0'), ...rest]
  const [high = '', low = ''] = all.slice(6)
  if (all.slice(0, 5).every((group) => group === '0') && all[5] === 'ffff') return ipv4Of(high, low)
  return `${all.slice(0, 4).join(':')}::/64`
}

/** The IPv4 address inside an IPv6 one (RFC 4291, 2.5.5.2). */
function ipv4Of(...groups: readonly string[]): string {
  return groups
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join('.')
}

// SHA-256 of a text, at once and everywhere: the proof of which words a consent was given to.

const WORDS = 64

/** `count` primes, from 2. */
function primes(count: number): number[] {
  const found: number[] = []
  for (let number = 2; found.length < count; number++) {
    if (found.every((prime) => number % prime)) found.push(number)
  }
  return found
}

/** The first 32 bits of a fraction; a double holds 50 of these, and none of them is near enough to a border to round wrongly. */
function fractionBits(number: number): number {
  return ((number % 1) * 2 ** 32) | 0
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

/**
 * The hash of the text's UTF-8 bytes in 64 lower-case hexadecimal digits (FIPS 180-4, 6.2).
 *
 * SubtleCrypto has it as well, but only as a promise, and only in secure contexts: on a plain http page there is none
 * (W3C Web Cryptography). The proof of a consent must not depend on either.
 */
export function sha256(text: string): string {
  const bytes = new TextEncoder().encode(text)
  // The text, a single bit, zeros, and its length in bits in the last eight bytes of a block of 64 (5.1.1).
  const padded = new DataView(new ArrayBuffer(((bytes.length + 72) >> 6) << 6))
  bytes.forEach((byte, index) => {
    padded.setUint8(index, byte)
  })
  padded.setUint8(bytes.length, 0x80)
  padded.setUint32(padded.byteLength - 8, bytes.length / 2 ** 29)
  padded.setUint32(padded.byteLength - 4, bytes.length << 3)

  // Roots of primes, as the standard defines its constants (4.2.2, 5.3.3).
  const rounds = primes(WORDS).map((prime) => fractionBits(Math.cbrt(prime)))
  const state = new Int32Array(primes(8).map((prime) => fractionBits(Math.sqrt(prime))))
  for (let block = 0; block < padded.byteLength; block += 64) compress(state, rounds, padded, block)
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** Takes one block into the state (6.2.2); the names are the standard's. */
function compress(state: Int32Array, rounds: readonly number[], padded: DataView, block: number): void {
  const schedule = new Int32Array(WORDS)
  const word = (index: number) => schedule[index] ?? 0
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  rounds.forEach((constant, round) => {
    if (round < 16) {
      schedule[round] = padded.getInt32(block + round * 4)
    } else {
      const early = word(round - 15)
      const late = word(round - 2)
      schedule[round] =
        word(round - 16) +
        (rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3)) +
        word(round - 7) +
        (rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10))
    }
    const first = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + constant + word(round)
    const second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0]
  })
  for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) state[index] = (state[index] ?? 0) + value
}

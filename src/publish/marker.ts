import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/**
 * The first line of everything the App writes: what it is, and a keyed MAC.
 * Anybody can copy a marker, so it counts only in a body that the App itself
 * wrote; the MAC ties it to one repository, thread and publication.
 */
export interface Marker {
  repositoryId: number
  kind: string
  key: string
  nonce: string
}

const pattern = /^<!-- groundswell:([a-z-]+):([\w.-]+) id=([0-9a-f]+) mac=([0-9a-f]+) -->/

/** The key of all markers. From the webhook secret, so that a lost database still knows its own posts. */
export function markerKey(webhookSecret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', webhookSecret, '', 'groundswell marker', 32))
}

export function renderMarker(marker: Marker, key: Buffer): string {
  const mac = macOf(marker, key).toString('hex')
  return `<!-- groundswell:${marker.kind}:${marker.key} id=${marker.nonce} mac=${mac} -->`
}

/** The nonce when `body` begins with a true marker of this publication, else null. */
export function markedNonce(
  body: string,
  about: Omit<Marker, 'nonce'>,
  key: Buffer,
): string | null {
  const [, kind, name, nonce, mac] = pattern.exec(body) ?? []
  if (kind !== about.kind || name !== about.key || nonce === undefined || mac === undefined) {
    return null
  }
  const expected = macOf({ ...about, nonce }, key)
  const given = Buffer.from(mac, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected) ? nonce : null
}

function macOf({ repositoryId, kind, key: name, nonce }: Marker, key: Buffer): Buffer {
  const text = [repositoryId, kind, name, nonce].join('\n')
  return createHmac('sha256', key).update(text).digest().subarray(0, 16)
}

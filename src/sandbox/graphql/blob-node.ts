import { objectId } from '../git/objects.ts'
import { nodeId } from '../shapes/node-id.ts'

/** GitHub leaves the text of a longer file out, and of one that it takes for binary. */
const mostBytes = 512 * 1024

export function blobNode(text: string): Record<string, unknown> {
  const bytes = Buffer.from(text)
  const isBinary = text.includes('\0')
  const isTruncated = bytes.length > mostBytes
  const oid = objectId('blob', bytes)
  return {
    __typename: 'Blob',
    ...{ id: nodeId('Blob', oid), oid, byteSize: bytes.length, isBinary, isTruncated },
    text: isBinary || isTruncated ? null : text,
  }
}

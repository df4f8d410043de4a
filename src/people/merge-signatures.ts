import { type Evidence, evidenceOf, type Signature } from './evidence.ts'

/** One human behind some signatures, and what joined each further one to the others. */
export interface MergedPerson<Signed extends Signature> {
  signatures: Signed[]
  /** one less than signatures: without any of them there would be one more person */
  evidence: Evidence[]
}

/**
 * Which signatures are one person: those that share an address, a full name or
 * a GitHub noreply login, directly or through others of theirs. Shared machine
 * addresses, placeholders and single common names join nobody. The people come
 * in the order of their first signatures; their number does not depend on it.
 */
export function mergeSignatures<Signed extends Signature>(
  signatures: readonly Signed[],
): MergedPerson<Signed>[] {
  const parents = signatures.map((_, index) => index)
  const rootOf = (index: number): number => {
    let root = index
    for (let parent = parents[root]; parent !== undefined && parent !== root; ) {
      parents[root] = parents[parent] ?? parent
      root = parent
      parent = parents[root]
    }
    return root
  }
  const holders = new Map<string, number>()
  const joints: { at: number; evidence: Evidence }[] = []
  signatures.forEach((signature, index) => {
    for (const evidence of evidenceOf(signature)) {
      const key = `${evidence.by} ${evidence.value}`
      const holder = holders.get(key)
      if (holder === undefined) {
        holders.set(key, index)
        continue
      }
      const [a, b] = [rootOf(holder), rootOf(index)]
      if (a === b) continue
      parents[Math.max(a, b)] = Math.min(a, b)
      joints.push({ at: index, evidence })
    }
  })
  const people = new Map<number, MergedPerson<Signed>>()
  signatures.forEach((signature, index) => {
    const root = rootOf(index)
    const person = people.get(root)
    if (person === undefined) people.set(root, { signatures: [signature], evidence: [] })
    else person.signatures.push(signature)
  })
  for (const { at, evidence } of joints) people.get(rootOf(at))?.evidence.push(evidence)
  return [...people.values()]
}

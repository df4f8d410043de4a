import { evidenceOf, type Signature } from '../events/signature-evidence.ts'
import { type Holding, mergeMembers } from './merge-members.ts'

/** Something that two signatures of one person have in common. */
export interface Evidence {
  by: 'email' | 'name' | 'noreply'
  /** the address, the full name, or the GitHub login or #number; in small letters */
  value: string
}

/** One human behind some signatures, and what joined each further one to the others. */
export interface MergedPerson<Signed extends Signature> {
  signatures: Signed[]
  /** one less than signatures: without any of them there would be one more person */
  evidence: Evidence[]
}

/**
 * Which signatures are one person: those that share an address, a full name or
 * a GitHub noreply login, directly or through others of theirs. Shared machine
 * addresses, placeholders and single common names join nobody, and a name that
 * leads to two accounts joins nobody to either. The people come in the order of
 * their first signatures; their number does not depend on it.
 */
export function mergeSignatures<Signed extends Signature>(
  signatures: readonly Signed[],
): MergedPerson<Signed>[] {
  const byId = new Map(signatures.map((signature, index) => [idOf(index), signature]))
  const holdings = signatures.flatMap((signature, index) =>
    evidenceOf(signature).map(
      (evidence): Holding<string> => ({ member: idOf(index), ...evidence }),
    ),
  )
  const merged = mergeMembers(holdings, [], byId.keys())
  return merged.map(({ members, joints }) => ({
    signatures: members.flatMap((id) => byId.get(id) ?? []),
    evidence: joints.flatMap(toEvidence),
  }))
}

/** Ids whose order is that of the signatures. */
function idOf(index: number): string {
  return String(index).padStart(9, '0')
}

function toEvidence({ by, value }: Pick<Holding<string>, 'by' | 'value'>): Evidence[] {
  if (by === 'account') return [{ by: 'noreply', value: `#${value}` }]
  if (by === 'login') return [{ by: 'noreply', value }]
  return by === 'email' || by === 'name' ? [{ by, value }] : []
}

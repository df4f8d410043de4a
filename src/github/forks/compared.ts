import { z } from 'zod'

/** What forks are compared with: the default branch of the network's root. */
export interface Upstream {
  owner: string
  name: string
  defaultBranch: string
}

/** How a branch stands to upstream's default branch, by GitHub. */
export interface Compared {
  ahead: number
  behind: number
  /** upstream's commit that it was compared with */
  against: string
}

export const compareFields = 'aheadBy behindBy headTarget { oid }'

const Tip = z.object({ name: z.string(), target: z.object({ oid: z.string() }).nullish() })
const UpstreamNode = z.object({
  defaultBranchRef: Tip.nullish(),
  refs: z.object({ nodes: z.array(Tip.nullable()).nullish() }).nullish(),
})

/** Where upstream's branches stood when GitHub compared. */
export interface UpstreamTips {
  /** as it is called now; null where GitHub does not say */
  defaultBranch: string | null
  /** null: the default branch is not the one that forks were to be compared with */
  tip: string | null
  /** of all branches */
  tips: ReadonlySet<string>
}

export function upstreamIn(node: unknown, { defaultBranch }: Upstream): UpstreamTips {
  const { success, data } = UpstreamNode.safeParse(node)
  if (!success) return { defaultBranch: null, tip: null, tips: new Set() }
  const { defaultBranchRef, refs } = data
  const tip = defaultBranchRef?.name === defaultBranch ? defaultBranchRef.target?.oid : null
  const branches = [defaultBranchRef, ...(refs?.nodes ?? [])]
  const tips = branches.flatMap((branch) => (branch?.target == null ? [] : [branch.target.oid]))
  return { defaultBranch: defaultBranchRef?.name ?? null, tip: tip ?? null, tips: new Set(tips) }
}

const Comparison = z.object({
  aheadBy: z.int(),
  behindBy: z.int(),
  headTarget: z.object({ oid: z.string() }),
})

/**
 * A comparison from a fork's branch to upstream, turned round: what GitHub calls
 * ahead there is what the fork is behind.
 *
 * @returns null where it cannot be told: `owner:branch` meant another repository
 * of that owner, which the commit gives away, or upstream's default branch is
 * another one by now
 */
export function toCompared(
  node: unknown,
  { tip }: { tip: string | null },
): Compared | 'nothing in common' | null {
  if (tip === null) return null
  const { success, data } = Comparison.safeParse(node)
  if (!success) return 'nothing in common'
  if (data.headTarget.oid !== tip) return null
  return { ahead: data.behindBy, behind: data.aheadBy, against: tip }
}

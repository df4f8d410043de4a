import type { EvidenceKind } from '../events/fact.ts'

/** Something that a member can have in common with others of the same person. */
export interface Holding<Id extends string> {
  member: Id
  by: EvidenceKind | 'email'
  value: string
}

/** Two members that a person said are not one, whatever else speaks for it. */
export type Refusal<Id extends string> = readonly [Id, Id]

/** What joined a member to others. */
export interface Joint<Id extends string> {
  member: Id
  by: Holding<Id>['by']
  value: string
}

/** One person: members in order, and one joint less than members. */
export interface MergedMembers<Id extends string> {
  members: Id[]
  joints: Joint<Id>[]
}

/**
 * What counts, the surest first. Each step is decided on what the steps before
 * it found: a login or a name must not join what GitHub's numbers part.
 */
const steps: readonly ReadonlySet<Holding<string>['by']>[] = [
  new Set(['person', 'mailmap', 'account', 'email'] as const),
  new Set(['login'] as const),
  new Set(['name'] as const),
]

/**
 * Which members are one person: those that hold a value in common, directly or
 * through others of theirs. Two accounts are one person only if a `.mailmap` or
 * a person says so: logins are recycled, and people share names. So a login or
 * name that leads to two accounts joins nobody to either. Weak evidence joins
 * nobody. The result depends on what is held and refused alone, in no order.
 *
 * @param others members that may hold nothing
 */
export function mergeMembers<Id extends string>(
  holdings: readonly Holding<Id>[],
  refusals: readonly Refusal<Id>[] = [],
  others: Iterable<Id> = [],
): MergedMembers<Id>[] {
  const groups = new Groups([...others, ...holdings.map(({ member }) => member)], refusals)
  for (const { member, by } of holdings) if (by === 'account') groups.markAccount(member)
  for (const step of steps) {
    const values = valuesOf(holdings.filter(({ by }) => step.has(by)))
    const owners = step.has('account') ? null : ownersOf(groups, values)
    for (const value of values) {
      const together = owners === null ? [value.holders] : byOwner(groups, value, owners)
      for (const holders of together) groups.join(holders, value)
    }
  }
  return groups.merged()
}

interface Value<Id extends string> extends Pick<Holding<Id>, 'by' | 'value'> {
  holders: Id[]
}

/** Values that more than one member holds, and their holders, both in order. */
function valuesOf<Id extends string>(holdings: readonly Holding<Id>[]): Value<Id>[] {
  const values = new Map<string, { by: Holding<Id>['by']; value: string; holders: Set<Id> }>()
  for (const { member, by, value } of holdings) {
    const key = `${by} ${value}`
    const known = values.get(key)
    if (known === undefined) values.set(key, { by, value, holders: new Set([member]) })
    else known.holders.add(member)
  }
  return [...values]
    .filter(([, { holders }]) => holders.size > 1)
    .sort(([a], [b]) => inOrder(a, b))
    .map(([, value]) => ({ ...value, holders: [...value.holders].sort(inOrder) }))
}

/** Stands for a group that leads to two accounts: an address that several people sign with. */
const nobody = Symbol('nobody')
type Owner<Id> = Id | typeof nobody

/**
 * Whose each group is: the account that its values lead to, a step at a time
 * from the accounts outwards, so that none is reached by a longer way first.
 * Groups that lead to no account are absent.
 */
function ownersOf<Id extends string>(
  groups: Groups<Id>,
  values: readonly Value<Id>[],
): Map<Id, Owner<Id>> {
  const owners = new Map<Id, Owner<Id>>(groups.withAccounts().map((root) => [root, root]))
  for (;;) {
    const found = new Map<Id, Set<Id>>()
    for (const { holders } of values) {
      const roots = new Set(holders.map((holder) => groups.rootOf(holder)))
      const [owner, another] = accountsAmong(roots, owners)
      if (owner === undefined || another !== undefined) continue
      for (const root of roots) {
        if (!owners.has(root)) found.set(root, (found.get(root) ?? new Set()).add(owner))
      }
    }
    if (found.size === 0) return owners
    for (const [root, [owner = nobody, another]] of found) {
      owners.set(root, another === undefined ? owner : nobody)
    }
  }
}

function accountsAmong<Id extends string>(
  roots: Iterable<Id>,
  owners: ReadonlyMap<Id, Owner<Id>>,
): Id[] {
  const accounts = [...roots].map((root) => owners.get(root))
  return [...new Set(accounts)].filter((owner) => owner !== undefined && owner !== nobody)
}

/** A value's holders by whose they are. Those that lead to no account are together if nobody else holds it. */
function byOwner<Id extends string>(
  groups: Groups<Id>,
  { holders }: Value<Id>,
  owners: ReadonlyMap<Id, Owner<Id>>,
): Id[][] {
  const parts = new Map<Owner<Id> | undefined, Id[]>()
  for (const holder of holders) {
    const owner = owners.get(groups.rootOf(holder))
    parts.set(owner, [...(parts.get(owner) ?? []), holder])
  }
  parts.delete(nobody)
  if (parts.size > 1) parts.delete(undefined)
  return [...parts.values()]
}

/** Members in groups that grow by joining, never across a refusal. */
class Groups<Id extends string> {
  readonly #parents = new Map<Id, Id>()
  readonly #refusals: readonly Refusal<Id>[]
  readonly #joints: Joint<Id>[] = []
  readonly #accounts = new Set<Id>()

  constructor(members: Iterable<Id>, refusals: readonly Refusal<Id>[]) {
    for (const member of members) this.#parents.set(member, member)
    this.#refusals = refusals.filter((pair) => pair.every((one) => this.#parents.has(one)))
  }

  markAccount(member: Id): void {
    this.#accounts.add(member)
  }

  withAccounts(): Id[] {
    return [...new Set([...this.#accounts].map((member) => this.rootOf(member)))]
  }

  /** The smallest member of a group. */
  rootOf(member: Id): Id {
    let root = member
    for (let parent = this.#parentOf(root); parent !== root; parent = this.#parentOf(root)) {
      this.#parents.set(root, this.#parentOf(parent))
      root = parent
    }
    return root
  }

  /** Joins each holder to the first of those before it that nothing parts it from. */
  join(holders: readonly Id[], { by, value }: Pick<Holding<Id>, 'by' | 'value'>): void {
    const heads: Id[] = []
    for (const member of holders) {
      const root = this.rootOf(member)
      const others = heads.map((head) => this.rootOf(head))
      if (others.includes(root)) continue
      const other = others.find((known) => !this.#isRefused(known, root))
      if (other === undefined) {
        heads.push(member)
        continue
      }
      const [smaller, larger] = other < root ? [other, root] : [root, other]
      this.#parents.set(larger, smaller)
      this.#joints.push({ member, by, value })
    }
  }

  merged(): MergedMembers<Id>[] {
    const people = new Map<Id, MergedMembers<Id>>()
    for (const member of [...this.#parents.keys()].sort(inOrder)) {
      const root = this.rootOf(member)
      const person = people.get(root)
      if (person === undefined) people.set(root, { members: [member], joints: [] })
      else person.members.push(member)
    }
    for (const joint of this.#joints) people.get(this.rootOf(joint.member))?.joints.push(joint)
    return [...people.values()]
  }

  #parentOf(member: Id): Id {
    return this.#parents.get(member) ?? member
  }

  #isRefused(root: Id, other: Id): boolean {
    return this.#refusals.some(([one, two]) => {
      const pair = [this.rootOf(one), this.rootOf(two)]
      return pair.includes(root) && pair.includes(other)
    })
  }
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

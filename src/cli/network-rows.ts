import type { ForkDivergence } from '../git/forks/divergence.ts'
import { forkState, isOwnName } from '../metrics/fork-state.ts'
import { forkThemes } from '../metrics/fork-themes.ts'
import { groupBy } from '../metrics/group-by.ts'
import type { ForkComparison } from '../report/json/forks.ts'
import { headStandings } from '../store/fork-heads.ts'
import { type ForkKnowledge, forkKnowledge } from '../store/fork-states.ts'
import { themesOf, workOf } from './fork-rows.ts'
import type { NetworkReader, NetworkReading } from './network-reader.ts'

type Row = ForkComparison[number]
type Head = Awaited<ReturnType<typeof headStandings>>[number]

interface KnownOfForks {
  /** by the fork's id, where git compared */
  divergences: ReadonlyMap<number, ForkDivergence>
  pullRequests: NetworkReading['pullRequests']
  /** why single forks could not be read */
  problems: ReadonlyMap<number, string>
}

/** A row for every fork of the network that was listed; `leftOut` names those that the limit left out. */
export async function networkRows(
  { db, repository, limit, now }: NetworkReader,
  known: KnownOfForks,
): Promise<{ rows: Row[]; leftOut: string[] }> {
  const forks = await forkKnowledge(db, repository.id)
  const heads = groupBy(await headStandings(db, repository.id), ({ fork_id }) => fork_id)
  const nameOf = new Map(forks.map(({ forkId, fullName }) => [forkId, fullName]))
  const themes = forkThemes(
    [...known.divergences].flatMap(([id, { work }]) =>
      work === null ? [] : [{ fork: nameOf.get(id) ?? String(id), ...work }],
    ),
    repository.name,
  )
  const rows = forks.map((fork) => {
    const { forkId, fullName: name } = fork
    const [main, others] = mainOf(heads.get(forkId) ?? [])
    const divergence = known.divergences.get(forkId)
    const told = stateOf(fork, { known, upstream: repository.name, at: now })
    return {
      name,
      ...standingOf(main),
      ...told,
      relation: divergence?.heads.find(({ branch }) => branch === main?.branch)?.relation ?? null,
      otherBranches: others
        .filter(hasOwn)
        .map((head) => ({ branch: head.branch, ...standingOf(head) })),
      work: workOf(divergence?.work ?? null, told.state),
      themes: themesOf(name, themes),
      problem: known.problems.get(forkId) ?? problemOf(fork, { main, limit }),
    }
  })
  const leftOut = forks.flatMap((fork) => (isLeftOut(fork) ? [fork.fullName] : []))
  return { rows, leftOut }
}

function isLeftOut({ gone, isLookedInto, problem }: ForkKnowledge): boolean {
  return !gone && !isLookedInto && problem === null
}

/** Null: it is empty, or was not looked into. */
function mainOf(heads: readonly Head[]): [Head | null, Head[]] {
  const [first, ...others] = heads
  if (first === undefined || !first.is_default) return [null, [...heads]]
  return [first, others]
}

function hasOwn({ lane, merge_base, original_commits, ahead }: Head): boolean {
  if (lane === 'git') return merge_base !== null && original_commits !== 0
  return ahead !== null && ahead > 0
}

/** What GitHub compared has something in common; which commit, and what upstream holds of it, it does not tell. */
function standingOf(head: Head | null) {
  const isCompared = head !== null && (head.lane === 'api' || head.merge_base !== null)
  if (!isCompared) return { ahead: null, behind: null, originalCommits: null, mergeBase: null }
  const { ahead, behind, merge_base: mergeBase, original_commits: original } = head
  return { ahead, behind, originalCommits: original ?? (ahead === 0 ? 0 : null), mergeBase }
}

function stateOf(
  { forkId, fullName, ...facts }: ForkKnowledge,
  { known, upstream, at }: { known: KnownOfForks; upstream: string; at: Date },
) {
  const told = forkState(
    {
      ...facts,
      hasOwnName: isOwnName(fullName, upstream),
      upstreamPullRequests: known.pullRequests?.get(forkId) ?? null,
    },
    at,
  )
  return { state: told?.state ?? null, because: told?.because ?? null }
}

function problemOf(
  fork: ForkKnowledge,
  { main, limit }: { main: Head | null; limit: number },
): string | null {
  if (isLeftOut(fork)) return `It was not compared: the ${limit} that were pushed to last were.`
  if (fork.gone) return 'It vanished while the network was read.'
  if (fork.problem !== null) return fork.problem
  return main === null ? 'Its default branch is empty.' : main.problem
}

import type { Deps } from '../src/deps.ts'
import { forkState, isOwnName } from '../src/metrics/fork-state.ts'
import { forkKnowledge, keepForkStates } from '../src/store/fork-states.ts'
import { publishableRepository } from '../src/store/repositories.ts'

/** Works out what each fork is by now, and dates what has changed. What cannot be told stays as it was. */
export async function settleForkStates(
  repositoryId: number,
  { db, now }: Pick<Deps, 'db' | 'now'>,
): Promise<void> {
  const upstream = await publishableRepository(db, repositoryId)
  if (upstream === null) return
  const at = now()
  const known = await forkKnowledge(db, repositoryId)
  const changes = known.flatMap(({ forkId, fullName, state: before, ...facts }) => {
    const hasOwnName = isOwnName(fullName, upstream.name)
    const told = forkState({ ...facts, hasOwnName }, at)
    return told === null || told.state === before ? [] : [{ forkId, ...told }]
  })
  await keepForkStates(db, repositoryId, { at, changes })
}

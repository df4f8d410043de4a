import { expect, it } from 'vitest'
import { recording } from '../../src/events/recording.ts'
import { record } from '../../src/store/record.ts'
import { useDatabase } from '../support/engine.ts'

const using = useDatabase()

it('merges two states of one thread in one recording, whichever comes first', async () => {
  const { db } = using.open
  const thread = (title: string, hour: number, mergeSha: string | null) => ({
    ...({
      repositoryId: 1000,
      number: 7,
      type: 'pull_request',
      title,
      open: true,
      draft: false,
    } as const),
    ...{ createdAt: new Date('2026-11-14T09:00:00Z'), authorId: null, closedAt: null },
    ...{ updatedAt: new Date(Date.UTC(2026, 10, 15, hour)), mergedAt: null, mergeSha },
    headRepositoryId: null,
  })
  const states = [thread('Older', 1, 'abc'), thread('Newer', 2, null)]
  for (const threads of [states, states.toReversed()]) {
    await db.deleteFrom('threads').execute()
    await record(db, recording({ threads }))
    const rows = await db.selectFrom('threads').select(['title', 'merge_sha']).execute()
    expect(rows).toEqual([{ title: 'Newer', merge_sha: 'abc' }])
  }
})

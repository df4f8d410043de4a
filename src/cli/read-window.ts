import { createHmac, randomBytes } from 'node:crypto'
import type { Environment } from '../../config/environment.ts'
import { UserError } from '../errors.ts'
import { commitRecording } from '../events/commit.ts'
import { combined } from '../events/recording.ts'
import { FetchFailed } from '../git/fetch-failure.ts'
import type { GitHubClient } from '../github/client.ts'
import type { PublicRepository } from '../github/public-repository.ts'
import { costByGraphql, windowByGraphql } from '../github/window/by-graphql.ts'
import { windowByRest } from '../github/window/by-rest.ts'
import type { WindowPart } from '../github/window/part.ts'
import type { Window } from '../metrics/window.ts'
import type { Database } from '../store/database.ts'
import { record } from '../store/record.ts'
import { type ClonedCommits, clonedCommits } from './cloned-commits.ts'

/** Tells somebody who waits how far it is; a lasting line is not written over. */
export type Tell = (text: string, lasting?: 'lasting') => void

/** A repository on GitHub, and what its window is read with. */
export interface WindowReader {
  client: GitHubClient
  repository: PublicRepository
  environment: Pick<Environment, 'github' | 'surroundings'>
  window: Window
  /** what changed before is not read */
  since: Date
  now: Date
  db: Database
  tell: Tell
}

export interface Cost {
  points: number
  requests: number
}

/**
 * Reads into the store what changed in a repository: by GraphQL with a token,
 * else by the REST API. Says before what it will cost.
 * @throws what GitHub answered where it refuses
 * @throws UserError where it is known before that GitHub will not answer for so much
 */
export async function readWindow(reader: WindowReader): Promise<Cost> {
  const { environment, repository, db } = reader
  await record(db, repository.recording)
  return environment.github.token === null ? await readByRest(reader) : await readByGraphql(reader)
}

async function readByGraphql(reader: WindowReader): Promise<Cost> {
  const { client, since, now: readAt, tell } = reader
  const planned = await costByGraphql(client, whereOf(reader), { since, readAt })
  const left = planned.left === null ? '' : ` of the ${planned.left} that are left this hour`
  tell(`Reading takes about ${planned.points} points${left}.`, 'lasting')
  const parts = windowByGraphql(client, whereOf(reader), { since, readAt })
  return await recordParts(parts, reader, { points: 1, requests: 2 })
}

async function readByRest(reader: WindowReader): Promise<Cost> {
  const { client, since, now: readAt, tell } = reader
  tell(
    'There is no GITHUB_TOKEN, so GitHub answers 60 requests an hour and tells nothing of reviews and discussions. Any token of yours, without permissions, opens the rest.',
    'lasting',
  )
  const onPlan = (plan: { read: number; toCome: number }) => {
    tell(`Reading takes about ${plan.read + plan.toCome + 1} requests.`, 'lasting')
    refuseTooMuch(plan, reader)
  }
  const parts = windowByRest(client, whereOf(reader), { since, readAt, onPlan })
  return await recordParts(parts, reader, { points: 0, requests: 1 })
}

/** Better before than after fifty requests. */
function refuseTooMuch(
  { read, toCome }: { read: number; toCome: number },
  { repository: { requestsLeft, resetsAt } }: WindowReader,
): void {
  if (requestsLeft === null) return
  const left = Math.max(0, requestsLeft - read)
  if (toCome <= left) return
  const until = resetsAt === null ? '' : ` until ${resetsAt.toISOString().slice(11, 16)} UTC`
  throw new UserError(
    `${toCome} more requests are needed, and without a token GitHub answers ${left} more${until}. Set GITHUB_TOKEN to any token of yours, or ask for a shorter window with --from and --to.`,
  )
}

function whereOf({ repository }: WindowReader) {
  const { id: repositoryId, owner, name } = repository
  return { repositoryId, owner, name }
}

async function recordParts(
  parts: AsyncIterable<WindowPart>,
  { db, tell }: WindowReader,
  before: Cost,
): Promise<Cost> {
  const cost = { ...before }
  for await (const { lane, recording, reachedTo, points, requests } of parts) {
    cost.points += points
    cost.requests += requests
    await db.transaction().execute(async (trx) => await record(trx, recording))
    const reach = reachedTo === null ? '' : ` back to ${reachedTo.toISOString().slice(0, 10)}`
    tell(`Read ${lane.replace('_', ' ')}${reach}`)
  }
  return cost
}

/** Reads commits into the store, and adds them up; the reason, where git cannot fetch them. */
export async function readCommits(reader: WindowReader): Promise<ClonedCommits | { why: string }> {
  const { db, repository, window, since, environment, tell } = reader
  const { token, htmlUrl } = environment.github
  const key = randomBytes(32)
  const hashEmail = (address: string) => createHmac('sha256', key).update(address).digest('hex')
  tell('Fetching commits, without what is in the files')
  try {
    const request = {
      ...{ url: `${htmlUrl}/${repository.fullName}.git`, token, repositoryId: repository.id },
      ...{ surroundings: environment.surroundings, window, since },
    }
    return await clonedCommits(request, async (commits) => {
      const told = commits.map((commit) => commitRecording(repository.id, commit, hashEmail))
      await db.transaction().execute(async (trx) => await record(trx, combined(told)))
    })
  } catch (error) {
    if (error instanceof FetchFailed) return { why: error.message }
    throw error
  }
}

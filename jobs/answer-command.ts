import { z } from 'zod'
import type { RepositoryConfiguration } from '../config/repository.ts'
import type { Deps } from '../src/deps.ts'
import { type Command, commandNames } from '../src/events/command.ts'
import { failureOf } from '../src/github/failure.ts'
import { atLeast, permissionOf } from '../src/github/permission.ts'
import { projectReport } from '../src/metrics/project-report.ts'
import { weekAfter } from '../src/metrics/window.ts'
import type { Reaction } from '../src/publish/publisher.ts'
import {
  type HelpTopic,
  renderHelp,
  renderRefusal,
  renderStatus,
  type Status,
} from '../src/report/answers.ts'
import { renderPersonReport, renderProjectReport } from '../src/report/report-answers.ts'
import { apiCosts } from '../src/store/api-budgets.ts'
import { commitReadingOf } from '../src/store/commit-readings.ts'
import { accountNamed, contributorHistory } from '../src/store/contributor.ts'
import { projectHistory } from '../src/store/history.ts'
import { isPaused, pause, resume } from '../src/store/pauses.ts'
import { hideAccount } from '../src/store/people.ts'
import { latestPublication, summarisedThreadsOf } from '../src/store/publications.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { wantWork } from '../src/store/work.ts'
import { forksAnswer } from './answer-forks.ts'
import { configurationOf, keptConfiguration } from './configuration.ts'
import { historyStanding } from './history-standing.ts'
import { placeOf } from './place.ts'
import { digestDueAt, latestDueWeek } from './schedule-digests.ts'

const Name = z.enum(commandNames)
export const payload = z.object({
  repositoryId: z.int(),
  number: z.int(),
  commentId: z.int(),
  asker: z.object({ id: z.int(), login: z.string() }),
  commands: z.array(
    z.union([
      z.object({ name: Name, argument: z.string().nullable() }),
      z.object({ name: z.literal('unknown'), text: z.string() }),
    ]),
  ),
})

type Request = z.output<typeof payload>

/** Commands that work so far; `help` lists them. */
const topics: readonly HelpTopic[] = [
  'help',
  'status',
  'report',
  'forks',
  'pause',
  'resume',
  'hide-me',
]
const dayMs = 24 * 60 * 60_000
const costDays = 7
const reportDays = 28

/**
 * One comment that answers all commands of a comment, or a reaction where there
 * is nothing to say. A retry edits or keeps the same comment.
 */
export async function answerCommand(request: Request, deps: Deps): Promise<void> {
  const { db, defaults, publisher, log } = deps
  const repository = await publishableRepository(db, request.repositoryId)
  if (repository === null) return
  const configuration = configurationOf(repository, defaults)
  if (!configuration.commands.enabled) return
  const asked = { request, repository, configuration }
  const answers: string[] = []
  for (const command of request.commands) {
    if (command.name === 'hide-me') {
      await hide(asked, deps)
      continue
    }
    if ((command.name === 'pause' || command.name === 'resume') && (await mayChange(asked, deps))) {
      await setPause(command.name, asked, deps)
      continue
    }
    const answer = await answerTo(command, asked, deps)
    if (answer === null) await react('confused', asked, deps)
    else if (!answers.includes(answer)) answers.push(answer)
  }
  if (answers.length === 0) return
  const outcome = await publisher.publish({
    repository,
    kind: 'answer',
    key: String(request.commentId),
    body: answers.join('\n\n---\n\n'),
    target: { type: 'comment', thread: request.number },
    budget: configuration.postsPerDay,
  })
  log.info({ repository: repository.id, number: request.number, ...outcome }, 'Answered')
}

interface Asked {
  request: Request
  repository: TrackedRepository
  configuration: RepositoryConfiguration
}

/** Null: not understood, or not for this person; a reaction says so without a comment that all are told of. */
async function answerTo(command: Command, asked: Asked, deps: Deps): Promise<string | null> {
  switch (command.name) {
    case 'help':
      return renderHelp(topics)
    case 'status':
      return await statusAnswer(asked, deps)
    case 'report':
      return await reportAnswer(command.argument, asked, deps)
    case 'forks': {
      const { repository, configuration } = asked
      return await forksAnswer(repository, placeOf(repository, configuration, deps), deps)
    }
    case 'pause':
    case 'resume':
      return renderRefusal({ reason: 'needs write access', command: command.name })
    case 'unknown':
      return null
    default:
      return renderRefusal({ reason: 'not available', command: command.name })
  }
}

/** Answered with a reaction: who wants quiet should not get a comment for it. */
async function setPause(
  wish: 'pause' | 'resume',
  { request, repository }: Asked,
  deps: Deps,
): Promise<void> {
  const { db, now, log } = deps
  if (wish === 'pause') await pause(db, repository.id, now())
  else await resume(db, repository.id)
  log.info({ repository: repository.id, wish }, 'Posting unasked was switched')
  await react('+1', { request, repository }, deps)
}

/** Answered with a reaction: a comment would name the person who has just asked not to be named. */
async function hide({ request, repository }: Asked, deps: Deps): Promise<void> {
  const { db, now } = deps
  await hideAccount(db, request.asker.id, now())
  for (const payload of await summarisedThreadsOf(db, request.asker.id)) {
    const key = `${payload.repositoryId}/${payload.number}`
    await wantWork(db, { job: 'summarise-pull-request', key, payload }, now())
    await deps.queue.enqueue([{ name: 'summarise-pull-request', key }])
  }
  await react('+1', { request, repository }, deps)
}

/** A comment that is gone by now misses nothing. */
async function react(
  reaction: Reaction,
  { request, repository }: Pick<Asked, 'request' | 'repository'>,
  { publisher, now }: Deps,
): Promise<void> {
  try {
    await publisher.react(repository, request.commentId, reaction)
  } catch (error) {
    if (failureOf(error, now()).kind !== 'gone') throw error
  }
}

async function statusAnswer({ repository, configuration }: Asked, deps: Deps): Promise<string> {
  const { db, environment, now } = deps
  const place = placeOf(repository, configuration, deps)
  // Not further back than deliveries are kept.
  const deliveryDays = Math.min(7, environment.deliveryRetentionDays)
  const { completeness } = await projectHistory(db, {
    repositoryId: repository.id,
    window: { from: now(), to: now() },
    since: new Date(now().getTime() - deliveryDays * dayMs),
    overrides: configuration.people,
  })
  const costs = await apiCosts(db, {
    repositoryId: repository.id,
    since: new Date(now().getTime() - costDays * dayMs),
  })
  const last = await latestPublication(db, repository.id, 'digest')
  const next = weekAfter(latestDueWeek(now(), configuration))
  return renderStatus(
    {
      ...completeness,
      commits: await commitsKnown(repository, deps),
      ...(await historyStanding(repository.id, deps)),
      deliveryDays,
      cost: {
        points: costs.reduce((sum, { points }) => sum + points, 0),
        requests: costs.reduce((sum, { requests }) => sum + requests, 0),
      },
      costDays,
      lastDigest:
        last?.posted_at && last.thread !== null
          ? { week: last.key, postedAt: last.posted_at, url: `${place.url}/issues/${last.thread}` }
          : null,
      nextDigestAt: configuration.digest.enabled ? digestDueAt(next, configuration) : null,
      paused: await isPaused(db, repository.id),
      configuration: stateOf(repository),
    },
    place,
  )
}

async function commitsKnown({ id }: TrackedRepository, { db }: Deps): Promise<Status['commits']> {
  const reading = await commitReadingOf(db, id)
  if (reading === null) return null
  const { reachedTo, knownTip, failure } = reading
  return { reachedTo, isWhole: knownTip !== null, isClosed: failure !== null }
}

function stateOf(repository: TrackedRepository) {
  const { configurationProblem: problem } = repository
  if (problem !== null) return { problem }
  return keptConfiguration(repository).repository === null ? 'none' : 'valid'
}

async function reportAnswer(
  login: string | null,
  asked: Asked,
  deps: Deps,
): Promise<string | null> {
  const { repository, configuration, request } = asked
  const { db, now } = deps
  const place = placeOf(repository, configuration, deps)
  if (login !== null) {
    if (!(await mayAskAbout(login, asked, deps))) return null
    const account = await accountNamed(db, login)
    const found =
      account === null
        ? null
        : await contributorHistory(db, {
            repositoryId: repository.id,
            accountId: account.id,
            before: { number: 0, createdAt: now() },
            overrides: configuration.people,
          })
    const isOneself = account?.id === request.asker.id
    // Somebody who asked not to appear is not shown to others, maintainers included.
    return found?.history.person.hidden && !isOneself
      ? renderPersonReport(login, null, place)
      : renderPersonReport(login, found?.history ?? null, place)
  }
  const window = { from: new Date(now().getTime() - reportDays * dayMs), to: now() }
  const history = await projectHistory(db, {
    repositoryId: repository.id,
    window: { from: new Date(window.from.getTime() - reportDays * dayMs), to: window.to },
    since: window.from,
    overrides: configuration.people,
  })
  return renderProjectReport(projectReport(history, window), place)
}

/** About oneself anyone; about others whoever the configuration lets. */
async function mayAskAbout(login: string, asked: Asked, deps: Deps): Promise<boolean> {
  const { reportOthers } = asked.configuration.commands
  if (login.toLowerCase() === asked.request.asker.login.toLowerCase()) return true
  return reportOthers === 'everyone' || atLeast(await permissionOfAsker(asked, deps), reportOthers)
}

async function mayChange(asked: Asked, deps: Deps): Promise<boolean> {
  return atLeast(await permissionOfAsker(asked, deps), 'write')
}

/** Asked of GitHub when it matters: rights change. */
async function permissionOfAsker({ request, repository }: Asked, { github }: Deps) {
  const octokit = await github.installation({
    installationId: repository.installationId,
    repositoryId: repository.id,
    purpose: 'commands',
  })
  const { ownerLogin: owner, name } = repository
  return await permissionOf(octokit, { owner, name, login: request.asker.login })
}

import { z } from 'zod'
import type { RepositoryConfiguration } from '../config/repository.ts'
import type { Deps } from '../src/deps.ts'
import { type Command, commandNames } from '../src/events/command.ts'
import { failureOf } from '../src/github/failure.ts'
import { atLeast, permissionOf } from '../src/github/permission.ts'
import type { Outcome, Post, Reaction } from '../src/publish/publisher.ts'
import {
  type HelpTopic,
  renderForgotten,
  renderHelp,
  renderRefusal,
} from '../src/report/answers.ts'
import { answerKey, emptyRequest } from '../src/store/answer-requests.ts'
import { threadOf } from '../src/store/contributor.ts'
import { isForgotten } from '../src/store/forgotten.ts'
import { mutedSince } from '../src/store/muted-threads.ts'
import { pause, resume } from '../src/store/pauses.ts'
import { hideAccount } from '../src/store/people.ts'
import { commentedThreadsOf } from '../src/store/publications.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { wantWork } from '../src/store/work.ts'
import { postDigestSoFar } from './answer-digest.ts'
import { forksAnswer } from './answer-forks.ts'
import { personAnswer, projectAnswer } from './answer-report.ts'
import { statusAnswer } from './answer-status.ts'
import { configurationOf } from './configuration.ts'
import { forgetAccount } from './forget-account.ts'
import { mute, unmute } from './mute-thread.ts'
import { placeOf } from './place.ts'
import { rewriteDigestsNaming } from './rewrite-digest.ts'

const Name = z.enum(commandNames)
export const payload = z.object({
  repositoryId: z.int(),
  number: z.int(),
  commentId: z.int(),
  /** requests from before there were answers in discussions have none */
  nodeId: z.string().nullable().default(null),
  asker: z.object({ id: z.int(), login: z.string() }),
  commands: z.array(
    z.union([
      z.object({ name: Name, argument: z.string().nullable() }),
      z.object({ name: z.literal('unknown'), text: z.string() }),
    ]),
  ),
})

type Request = z.output<typeof payload>

/** In the order in which `help` lists them. */
const topics: readonly HelpTopic[] = [
  ...(['help', 'status', 'report', 'report login', 'forks', 'digest', 'pause', 'resume'] as const),
  ...(['mute', 'unmute', 'hide-me', 'forget-me'] as const),
]

interface Asked {
  request: Request
  repository: TrackedRepository
  configuration: RepositoryConfiguration
}

/** What a command gets: words in the comment of answers, a reaction, or nothing more than was done. */
type Reply = { say: string } | { react: Reaction } | null

/**
 * One comment that answers all commands of a comment, or a reaction where there
 * is nothing to say. A retry edits or keeps the same comment.
 */
export async function answerCommand(request: Request, deps: Deps): Promise<void> {
  const { db, defaults } = deps
  const repository = await publishableRepository(db, request.repositoryId)
  if (repository === null) return
  const configuration = configurationOf(repository, defaults)
  if (!configuration.commands.enabled) return
  const asked = { request, repository, configuration }
  const answers: string[] = []
  for (const command of request.commands) {
    const reply = await replyTo(command, asked, deps)
    if (reply === null) continue
    if ('react' in reply) await react(reply.react, asked, deps)
    else if (!answers.includes(reply.say)) answers.push(reply.say)
  }
  if (answers.length > 0) await post(answers, asked, deps)
  // Whoever is forgotten is not kept for the sake of having asked.
  if (await isForgotten(db, request.asker.id)) {
    await emptyRequest(db, request)
  }
}

/** Where nothing can be written, a reaction says at least that it was heard. */
async function post(answers: readonly string[], asked: Asked, deps: Deps): Promise<void> {
  const { request, repository, configuration } = asked
  const { repositoryId, number } = request
  const forgets = request.commands.some(({ name }) => name === 'forget-me')
  if ((await mutedSince(deps.db, { repositoryId, number })) !== null) {
    return await react(forgets ? '+1' : 'confused', asked, deps)
  }
  const outcome = await deps.publisher.publish({
    repository,
    kind: 'answer',
    key: answerKey(request),
    body: answers.join('\n\n---\n\n'),
    target: targetOf(request),
    budget: configuration.postsPerDay,
  })
  if (outcome.state === 'left' && forgets) await react('+1', asked, deps)
  tell(outcome, 'Answered', asked, deps)
}

/** Below the comment that asked, or under the issue or pull request. */
function targetOf({
  number: thread,
  nodeId,
}: Request): Extract<Post['target'], { thread: number }> {
  return nodeId === null ? { type: 'comment', thread } : { type: 'reply', thread, to: nodeId }
}

/** Where the App was not given a permission, whoever runs it has to know. */
function tell(outcome: Outcome, what: string, { request }: Asked, { log }: Deps): void {
  const { repositoryId: repository, number } = request
  const level = outcome.state === 'nowhere' ? 'warn' : 'info'
  log[level]({ repository, number, ...outcome }, what)
}

async function replyTo(command: Command, asked: Asked, deps: Deps): Promise<Reply> {
  const { repository, configuration } = asked
  switch (command.name) {
    case 'help':
      return { say: renderHelp(topics, placeOf(repository, configuration, deps)) }
    case 'status':
      return { say: await statusAnswer(repository, configuration, deps) }
    case 'report':
      return await report(command.argument, asked, deps)
    case 'forks':
      return {
        say: await forksAnswer(repository, placeOf(repository, configuration, deps), deps),
      }
    case 'digest':
      return await digest(asked, deps)
    case 'pause':
    case 'resume':
      return await setPause(command.name, asked, deps)
    case 'mute':
    case 'unmute':
      return await setMute(command.name, asked, deps)
    case 'hide-me':
      return await hide(asked, deps)
    case 'forget-me':
      await forgetAccount(asked.request.asker, deps)
      return { say: renderForgotten(placeOf(repository, configuration, deps)) }
    case 'unknown':
      return { react: 'confused' }
  }
}

/** Not for this person: a reaction says so without a comment that all are told of. */
async function report(login: string | null, asked: Asked, deps: Deps): Promise<Reply> {
  const { repository, configuration, request } = asked
  if (login === null) return { say: await projectAnswer(repository, configuration, deps) }
  if (!(await mayAskAbout(login, asked, deps))) return { react: 'confused' }
  const about = { login, askerId: request.asker.id }
  return { say: await personAnswer(about, repository, configuration, deps) }
}

/** A comment of its own, which is edited when it is asked for again: of an edit nobody is told, so a reaction says it. */
async function digest(asked: Asked, deps: Deps): Promise<Reply> {
  const { request, repository, configuration } = asked
  const { repositoryId, number } = request
  if ((await mutedSince(deps.db, { repositoryId, number })) !== null) return { react: 'confused' }
  const outcome = await postDigestSoFar(repository, targetOf(request), configuration, deps)
  tell(outcome, 'Posted a digest so far', asked, deps)
  if (outcome.state === 'posted') return null
  const isThere = outcome.state === 'updated' || outcome.state === 'unchanged'
  return { react: isThere ? '+1' : 'confused' }
}

/** Answered with a reaction: who wants quiet should not get a comment for it. */
async function setPause(wish: 'pause' | 'resume', asked: Asked, deps: Deps): Promise<Reply> {
  const { db, now, log } = deps
  const { repository } = asked
  if (!(await mayChange(asked, deps))) return refused(wish, asked, deps)
  if (wish === 'pause') await pause(db, repository.id, now())
  else await resume(db, repository.id)
  log.info({ repository: repository.id, wish }, 'Posting unasked was switched')
  return { react: '+1' }
}

/** Answered with a reaction, as a pause is. */
async function setMute(wish: 'mute' | 'unmute', asked: Asked, deps: Deps): Promise<Reply> {
  const { repository, request } = asked
  const { number } = request
  if (!(await isAuthorOfPullRequest(request, deps)) && !(await mayChange(asked, deps))) {
    return refused(wish, asked, deps)
  }
  await (wish === 'mute' ? mute : unmute)(repository, number, deps)
  deps.log.info({ repository: repository.id, number, wish }, 'A thread was switched')
  return { react: '+1' }
}

async function isAuthorOfPullRequest({ repositoryId, number, asker }: Request, { db }: Deps) {
  const thread = await threadOf(db, repositoryId, number)
  return thread?.type === 'pull_request' && thread.author_id === asker.id
}

function refused(
  command: 'pause' | 'resume' | 'mute' | 'unmute',
  { repository, configuration }: Asked,
  deps: Deps,
): Reply {
  const place = placeOf(repository, configuration, deps)
  return { say: renderRefusal({ reason: 'needs write access', command }, place) }
}

/** Answered with a reaction: a comment would name the person who has just asked not to be named. */
async function hide({ request }: Asked, deps: Deps): Promise<Reply> {
  const { db, queue, now } = deps
  // Nothing is kept about who is forgotten, not even this.
  if (await isForgotten(db, request.asker.id)) return { react: '+1' }
  await hideAccount(db, request.asker.id, now())
  for (const payload of await commentedThreadsOf(db, request.asker.id)) {
    const key = `${payload.repositoryId}/${payload.number}`
    await wantWork(db, { job: 'summarise-pull-request', key, payload }, now())
    await queue.enqueue([{ name: 'summarise-pull-request', key }])
  }
  await rewriteDigestsNaming(request.asker.login, deps)
  return { react: '+1' }
}

/** A comment that is gone by now misses nothing, and what was done is not done again for a reaction that GitHub refuses. */
async function react(
  reaction: Reaction,
  { request, repository }: Asked,
  { publisher, now, log }: Deps,
): Promise<void> {
  const { commentId: id, nodeId, number } = request
  try {
    await publisher.react(repository, { id, nodeId }, reaction)
  } catch (error) {
    const failure = failureOf(error, now())
    if (failure.kind === 'gone') return
    if (failure.kind !== 'refused') throw error
    log.warn({ repository: repository.id, number, ...failure }, 'A reaction was not given')
  }
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

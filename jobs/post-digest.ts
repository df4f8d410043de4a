import type { Deps } from '../src/deps.ts'
import type { Outcome, Post } from '../src/publish/publisher.ts'
import { keptDigests } from '../src/store/digests.ts'
import { endSending, failSending } from '../src/store/sendings.ts'
import { configurationOf } from './configuration.ts'
import { placeOf } from './place.ts'
import type { Errand } from './send-digest.ts'

type Target = Exclude<Post['target'], { thread: number }>

/**
 * Posts a digest on GitHub: as a discussion of that category; null: as an issue.
 * Where issues are turned off it becomes a discussion, unless it is one anyway.
 */
export async function postDigest(
  errand: Errand,
  category: string | null,
  deps: Deps,
): Promise<void> {
  const { repository, digest } = errand
  const configuration = configurationOf(repository, deps.defaults)
  const { mode, label, to } = configuration.digest
  if (mode === 'edit' && (await isOvertaken(errand, deps))) {
    return await settle(errand, { state: 'left', why: 'a later digest is there' }, deps)
  }
  const post = (target: Target) => postAs(target, errand, { edits: mode === 'edit' }, deps)
  const { title } = digest
  if (category !== null) {
    return await settle(errand, await post({ type: 'discussion', title, category }), deps)
  }
  const outcome = await post({ type: 'issue', title, label })
  if (outcome.state !== 'nowhere' || to.some((place) => place.startsWith('discussion:'))) {
    return await settle(errand, outcome, deps)
  }
  const instead = await post({ type: 'discussion', title, category: null })
  const why = instead.state === 'nowhere' ? `${outcome.why}, and ${instead.why}` : ''
  await settle(errand, instead.state === 'nowhere' ? { state: 'nowhere', why } : instead, deps)
}

/** What is rewritten each week never goes back to an earlier one. */
async function isOvertaken({ repository, digest }: Errand, { db }: Deps): Promise<boolean> {
  const [latest] = await keptDigests(db, repository.id, 1)
  return latest !== undefined && latest.week > digest.week
}

type Placed = Outcome & { path: string }

async function postAs(
  target: Target,
  { repository, digest }: Errand,
  { edits }: { edits: boolean },
  { publisher }: Deps,
): Promise<Placed> {
  const kind = target.type === 'issue' ? 'digest' : 'digest-discussion'
  const outcome = await publisher.publish({
    ...{ repository, kind, target },
    key: edits ? 'current' : digest.week,
    body: digest.markdown,
    budget: null,
  })
  // Again where it was posted before and closing the one before failed.
  if (target.type === 'issue' && !edits && 'thread' in outcome) {
    await publisher.closeEarlier(repository, kind, digest.week)
  }
  return { ...outcome, path: target.type === 'issue' ? 'issues' : 'discussions' }
}

async function settle(
  { repository, digest, key }: Errand,
  outcome: Outcome & { path?: string },
  deps: Deps,
): Promise<void> {
  const { db, defaults, environment, now, log } = deps
  const fields = { repository: repository.id, week: digest.week, to: key.channel }
  if (outcome.state === 'left' || outcome.state === 'nowhere') {
    const { why: failure } = outcome
    log[outcome.state === 'left' ? 'info' : 'warn'](
      { ...fields, failure },
      'A digest was not posted',
    )
    if (!environment.dryRun) await failSending(db, key, { at: now(), failure, isOpen: true })
    return
  }
  const { url } = placeOf(repository, configurationOf(repository, defaults), deps)
  const { path = 'issues', ...told } = outcome
  await endSending(db, key, { at: now(), url: `${url}/${path}/${outcome.thread}` })
  log.info({ ...fields, ...told }, 'Published a digest')
}

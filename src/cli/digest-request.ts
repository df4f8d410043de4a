import { z } from 'zod'
import { configurationOf, weekRuleOf } from '../../jobs/configuration.ts'
import { destinationOf } from '../../jobs/destination.ts'
import { placeOf } from '../../jobs/place.ts'
import { promiseSendings } from '../../jobs/promise-sendings.ts'
import { composeDigest, type Digest } from '../../jobs/publish-digest.ts'
import { latestDueWeek } from '../../jobs/schedule-digests.ts'
import { parcelOf } from '../../jobs/send-to-channel.ts'
import { runJob } from '../../jobs/worker.ts'
import type { Deps } from '../deps.ts'
import { UserError } from '../errors.ts'
import { weekNamed } from '../metrics/window.ts'
import { Hopeless } from '../queue.ts'
import { faultInLine } from '../report/configuration-fault.ts'
import type { Digests } from '../report/json/digest.ts'
import { isPaused } from '../store/pauses.ts'
import type { TrackedRepository } from '../store/repositories.ts'
import { forgetSending, sendingsOf } from '../store/sendings.ts'

export const DigestRequest = z.object({
  command: z.literal('digest'),
  /** `owner/name`, or `owner` for all of its repositories */
  of: z.string(),
  /** `2026-W47`; null: the latest that is due */
  week: z.string().nullable(),
  /** `slack:community`; null: as configured */
  to: z.string().nullish(),
  publish: z.boolean(),
  /** sends once more what was sent, or may have been */
  again: z.boolean().optional(),
})
export type DigestRequest = z.output<typeof DigestRequest>

type Shown = Digests[number]

/** Shows the digest of one repository, or sends it to its places. @throws UserError */
export async function digestFor(
  repository: TrackedRepository,
  request: DigestRequest,
  deps: Deps,
): Promise<{ text: string; data: Shown }> {
  const configuration = configurationOf(repository, deps.defaults)
  const week =
    request.week === null
      ? latestDueWeek(deps.now(), configuration)
      : weekNamed(request.week, weekRuleOf(configuration))
  if (week === null) {
    throw new UserError(`--week: there is no week "${request.week}". Write it like 2026-W47.`)
  }
  const to = request.to == null ? null : known(request.to, repository, deps)
  const digest = await composeDigest(repository, week, deps)
  const named = { repository: `${repository.ownerLogin}/${repository.name}`, week: week.name }
  if (digest === null) {
    const text = `${named.repository}, ${named.week}: nothing happened that a digest would tell.`
    return { text, data: { ...named, digest: null } }
  }
  const { title, body } = digest
  const data = { ...named, digest: { title, body } }
  if (request.publish) {
    const places = to === null ? configuration.digest.to : [to]
    const sent = await send({ repository, week: week.name, digest, places }, request, deps)
    const told = sent.map(({ place, outcome }) => `${place}: ${outcome}`)
    return {
      text: [...(to === null ? [`# ${title}\n\n${body}`] : []), told.join('\n')].join('\n\n'),
      data: { ...data, sent },
    }
  }
  if (to === null) return { text: `# ${title}\n\n${body}`, data }
  const message = await messageFor(to, { repository, week: week.name, digest }, deps)
  return { text: message, data: { ...data, message } }
}

interface Sent {
  repository: TrackedRepository
  week: string
  digest: Digest
}

/** @throws UserError for a place that this repository cannot use */
function known(to: string, repository: TrackedRepository, { environment }: Deps): string {
  const isSpelled = /^(?:issue$|(?:discussion|slack|discord|mail):.)/.test(to)
  if (!isSpelled) {
    throw new UserError(
      `--to: "${to}" is no place. Write issue, discussion:Category, or a channel like slack:community.`,
    )
  }
  const destination = destinationOf(to, repository, environment.channels)
  if (destination.kind === 'none') {
    throw new UserError(`--to: ${faultInLine(destination.fault, { language: 'en' })}`)
  }
  return to
}

/** Exactly what would be sent. On GitHub a first line follows that marks it as ours. */
async function messageFor(to: string, sent: Sent, deps: Deps): Promise<string> {
  const { repository, week, digest } = sent
  const { title, body, content } = digest
  const destination = destinationOf(to, repository, deps.environment.channels)
  if (destination.kind !== 'channel') return `# ${title}\n\n${body}`
  const place = placeOf(repository, configurationOf(repository, deps.defaults), deps)
  const sendings = await sendingsOf(deps.db, { repositoryId: repository.id, week })
  const url = sendings.find((sending) => sending.url !== null)?.url ?? place.url
  const kept = { week, title, markdown: body, content, countedAt: deps.now() }
  const parcel = await parcelOf({ repository, digest: kept }, destination.channel, url, deps)
  if (parcel.fault !== null) throw new Error(`It may not go to ${to}: ${parcel.fault}`)
  return parcel.shown
}

/** Carries the jobs out here; what cannot be done now is left to the queue. */
async function send(
  { repository, week, digest, places }: Sent & { places: readonly string[] },
  { again = false }: DigestRequest,
  deps: Deps,
): Promise<{ place: string; outcome: string }[]> {
  const { db, queue } = deps
  if (await isPaused(db, repository.id)) {
    return places.map((place) => ({ place, outcome: 'not sent: the repository is paused' }))
  }
  const repositoryId = repository.id
  if (again) {
    for (const channel of places) await forgetSending(db, { repositoryId, week, channel })
  }
  const keys = await promiseSendings(repository, { week, digest, to: places }, deps)
  const waiting: string[] = []
  for (const key of keys) {
    try {
      await runJob({ name: 'send-digest', key }, 1, deps)
    } catch (error) {
      // What is hopeless is parked with its reason, and told below.
      if (error instanceof Hopeless) continue
      waiting.push(key)
    }
  }
  await queue.enqueue(waiting.map((key) => ({ name: 'send-digest', key })))
  const sendings = await sendingsOf(db, { repositoryId, week })
  return places.map((place, index) => {
    const sending = sendings.find(({ channel }) => channel === place)
    if (sending?.sentAt != null) {
      const { url, failure } = sending
      return { place, outcome: failure === null ? (url ?? 'sent') : `left as it is: ${failure}` }
    }
    const reason = sending?.failure ?? 'not known'
    const isWaiting = waiting.includes(keys[index] ?? '')
    return { place, outcome: `${isWaiting ? 'will be tried again' : 'not sent'}: ${reason}` }
  })
}

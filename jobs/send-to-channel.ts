import type { Channel } from '../config/channels.ts'
import type { Deps } from '../src/deps.ts'
import { type Parcel, parcelFor } from '../src/publish/channel.ts'
import { Hopeless, Later } from '../src/queue.ts'
import type { DigestContent } from '../src/report/digest.ts'
import {
  beginSending,
  endSending,
  failSending,
  type Sending,
  sendingsOf,
} from '../src/store/sendings.ts'
import { configurationOf } from './configuration.ts'
import { placeOf } from './place.ts'
import type { Errand } from './send-digest.ts'

/** Longer than one attempt takes; then whoever made it is gone. */
const attemptMs = 2 * 60_000
/** For so long a digest waits for its issue or discussion, to lead there. */
const waitForPageMs = 60 * 60_000

/**
 * Sends a digest to a channel, at most once: an attempt is noted before it is
 * made, and one whose outcome is not known is never made again by itself.
 */
export async function sendToChannel(errand: Errand, channel: Channel, deps: Deps): Promise<void> {
  const { key } = errand
  const { db, environment, now, log } = deps
  const url = await pageOf(errand, deps)
  if (url === 'not yet') throw new Later(waitOf(errand, now()), 'The digest is not on GitHub yet')
  const parcel = await parcelOf(errand, channel, url ?? repositoryOf(errand, deps).url, deps)
  if (parcel.fault !== null) {
    await failSending(db, key, { at: now(), failure: parcel.fault, isOpen: true })
    throw new Hopeless(`The digest may not go to ${channel.id}: ${parcel.fault}`)
  }
  if (environment.dryRun) {
    log.info({ ...key, message: parcel.shown }, 'Dry run: this would be sent')
    return
  }
  const begun = await beginSending(db, key, now())
  if (begun === 'begun') return await attempt(errand, parcel, deps)
  if (begun.sentAt === null) await refuseAgain(errand, begun, deps)
}

/** What goes to a channel, as it would be sent now. */
export async function parcelOf(
  { repository, digest }: Omit<Errand, 'key'>,
  channel: Channel,
  url: string,
  deps: Deps,
): Promise<Parcel> {
  const place = repositoryOf({ repository }, deps)
  const { environment } = deps
  const bases = [place.url, place.docsUrl, environment.publicUrl]
  return await parcelFor(
    channel,
    {
      id: `digest.${repository.id}.${digest.week}.${channel.id.replace(':', '.')}`,
      repository: place.fullName,
      title: digest.title,
      // as: kept by promiseSendings, from what composeDigest gave
      content: digest.content as DigestContent,
      url,
      countedAt: digest.countedAt,
      allowed: { urlBases: bases.filter((base) => base !== null) },
    },
    environment.channels,
  )
}

/** Where the whole digest is on GitHub; null: nowhere. */
async function pageOf(
  { repository, digest }: Errand,
  deps: Deps,
): Promise<string | null | 'not yet'> {
  const { db, defaults, environment, now } = deps
  if (environment.dryRun) return null
  const { to } = configurationOf(repository, defaults).digest
  const onGitHub = to.filter((place) => place === 'issue' || place.startsWith('discussion:'))
  const sendings = await sendingsOf(db, { repositoryId: repository.id, week: digest.week })
  const ended = onGitHub.flatMap((place) => sendings.filter(({ channel }) => channel === place))
  const url = ended.find((sending) => sending.url !== null)?.url
  if (url != null) return url
  const open = onGitHub.length > ended.filter(({ failure }) => failure !== null).length
  return open && now().getTime() - digest.countedAt.getTime() < waitForPageMs ? 'not yet' : null
}

/** Seldom asked about what takes long. */
function waitOf({ digest }: Errand, now: Date): number {
  return Math.max(1_000, (now.getTime() - digest.countedAt.getTime()) / 2)
}

function repositoryOf({ repository }: Pick<Errand, 'repository'>, deps: Deps) {
  return placeOf(repository, configurationOf(repository, deps.defaults), deps)
}

async function attempt({ key }: Errand, parcel: Parcel, { db, now, log }: Deps): Promise<void> {
  const attempted = await parcel.send()
  switch (attempted.state) {
    case 'sent': {
      const { note } = attempted
      await endSending(db, key, { at: now(), url: null })
      if (note !== null) log.warn({ ...key, note }, 'A digest did not reach everybody')
      log.info(key, 'Sent a digest')
      return
    }
    case 'not sent': {
      const { reason, waitMs } = attempted
      await failSending(db, key, { at: now(), failure: reason, isOpen: true })
      if (waitMs !== null) throw new Later(waitMs, reason)
      throw new Error(`${key.channel} could not be reached: ${reason}`)
    }
    case 'refused': {
      const { reason } = attempted
      await failSending(db, key, { at: now(), failure: reason, isOpen: true })
      throw new Hopeless(`${key.channel} refused the digest: ${reason}`)
    }
    case 'unknown': {
      const { reason } = attempted
      await failSending(db, key, { at: now(), failure: reason, isOpen: false })
      throw new Hopeless(unknown(key.channel, reason))
    }
  }
}

/** Somebody is at it, or was when the process ended. */
async function refuseAgain({ key }: Errand, sending: Sending, { db, now }: Deps): Promise<void> {
  const since = now().getTime() - (sending.attemptedAt?.getTime() ?? 0)
  if (sending.failure === null && since < attemptMs) {
    throw new Later(attemptMs - since, 'Another worker is sending this')
  }
  const reason = sending.failure ?? 'the process ended while it was being sent'
  await failSending(db, key, { at: now(), failure: reason, isOpen: false })
  throw new Hopeless(unknown(key.channel, reason))
}

function unknown(channel: string, reason: string): string {
  return `It is not known whether the digest reached ${channel} (${reason}). It is not sent twice by itself; "groundswell digest" with --publish --again sends it once more.`
}

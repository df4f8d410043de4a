import type { Channel, Channels, MailServer } from '../../config/channels.ts'
import type { DigestContent } from '../report/digest.ts'
import { digestMail, type MailPicture, pictureSize } from '../report/digest-mail.ts'
import { discordMessage } from '../report/discord-message.ts'
import { shortDigest } from '../report/short-digest.ts'
import { slackMessage } from '../report/slack-message.ts'
import type { Attempt } from './attempt.ts'
import { refuseDiscord } from './discord-gate.ts'
import type { Allowed } from './gate.ts'
import { refuseHtml } from './html-gate.ts'
import { refuseSlack } from './slack-gate.ts'
import { type AttachedPicture, composeMail, sendMail } from './smtp.ts'
import { postToWebhook } from './webhook.ts'

/** A digest on its way out of GitHub. */
export interface Dispatch {
  /** names this digest for good, without spaces */
  id: string
  /** `owner/name` */
  repository: string
  title: string
  content: DigestContent
  /** where the whole of it can be read */
  url: string
  countedAt: Date
  allowed: Allowed
}

/** What goes to a channel, ready to be sent or to be shown. */
export interface Parcel {
  /** exactly what is sent, as text, but for the insides of pictures; no address of a webhook, no password */
  shown: string
  /** why it may not be sent; null: it may */
  fault: string | null
  /** once; whether again is for the caller to decide */
  send(): Promise<Attempt>
}

/** Writes a digest for a channel. Sends nothing. */
export async function parcelFor(
  channel: Channel,
  dispatch: Dispatch,
  { smtp }: Channels,
): Promise<Parcel> {
  const { title, content, url, allowed } = dispatch
  switch (channel.kind) {
    case 'slack': {
      const message = slackMessage(shortDigest(title, content, url))
      return webhookParcel(channel.webhook, message, refuseSlack(message, allowed))
    }
    case 'discord': {
      const message = discordMessage(shortDigest(title, content, url))
      return webhookParcel(channel.webhook, message, refuseDiscord(message, allowed))
    }
    case 'mail': {
      // The file of channels is refused when it names mail and no server.
      if (smtp === null) throw new Error('A mail channel without a mail server')
      return await mailParcel(channel.to, dispatch, smtp)
    }
  }
}

async function mailParcel(
  to: readonly string[],
  dispatch: Dispatch,
  smtp: MailServer,
): Promise<Parcel> {
  const { id, content, countedAt: date, allowed } = dispatch
  const mail = digestMail(dispatch, content)
  const cids = mail.pictures.map(({ cid }) => cid)
  const pictures = await drawn(mail.pictures)
  const composed = await composeMail({ from: smtp.from, to, mail: { ...mail, pictures }, id, date })
  return {
    shown: composed.shown,
    fault: refuseHtml(mail.html, allowed, cids),
    send: () => sendMail(smtp, composed),
  }
}

/** What draws is loaded with the first mail that needs it: it takes half a second and 40 MB. */
async function drawn(pictures: readonly MailPicture[]): Promise<AttachedPicture[]> {
  if (pictures.length === 0) return []
  const { chartPng } = await import('../charts/chart-png.ts')
  return await Promise.all(
    pictures.map(async ({ cid, filename, chart }) => ({
      ...{ cid, filename },
      png: await chartPng(chart, pictureSize),
    })),
  )
}

function webhookParcel(webhook: string, message: object, fault: string | null): Parcel {
  // Discord says whether the message is there only when it is asked to.
  const address = 'embeds' in message ? waiting(webhook) : webhook
  return {
    shown: JSON.stringify(message, null, 2),
    fault,
    send: () => postToWebhook(address, message),
  }
}

function waiting(webhook: string): string {
  const address = new URL(webhook)
  address.searchParams.set('wait', 'true')
  return address.href
}

import { z } from 'zod'
import { UserError } from '../errors.ts'
import { failureOf } from '../github/failure.ts'
import { TooMuch } from '../github/history/request.ts'

const Refused = z.looseObject({ status: z.int() })
const FromGitHub = z.union([Refused, z.looseObject({ errors: z.array(z.unknown()) })])

interface Asked {
  /** `owner/name`, as the person wrote it */
  fullName: string
  hasToken: boolean
  /** something of it was read before */
  begun: boolean
}

/** What GitHub's refusal means for the person who asked for a report, and what they can do; other errors stay as they are. */
export function refusalOf(error: unknown, asked: Asked, now: Date): unknown {
  if (error instanceof UserError) return error
  const { data: refused } = Refused.safeParse(error)
  const failure = failureOf(error, now)
  if (refused?.status === 401) {
    return new UserError(
      `GitHub does not take this GITHUB_TOKEN (${failure.reason}). Make a new one at https://github.com/settings/tokens, or unset it: what is public can be read without.`,
    )
  }
  switch (failure.kind) {
    case 'gone':
      return new UserError(goneFrom(asked))
    case 'wait':
      return new UserError(limitOf(asked, new Date(now.getTime() + failure.ms)))
    case 'refused':
      return new UserError(
        `GitHub does not let ${asked.hasToken ? 'this GITHUB_TOKEN' : 'anybody without a token'} read ${asked.fullName} (${failure.reason}). It needs read access to code, issues and pull requests.`,
      )
    case 'passing':
      return isOurs(error)
        ? error
        : new UserError(
            `GitHub does not answer (${failure.reason}). Nothing was kept; try again in a while.`,
          )
  }
}

function goneFrom({ fullName, hasToken, begun }: Asked): string {
  if (begun) {
    return `${fullName} vanished while it was read: it was deleted, made private or renamed. Nothing was kept.`
  }
  return hasToken
    ? `There is no repository ${fullName}, or this GITHUB_TOKEN may not see it. Check the name, and what the token is for.`
    : `There is no repository ${fullName} that everybody may see. Check the name; for a private one, set GITHUB_TOKEN.`
}

function limitOf({ hasToken }: Asked, until: Date): string {
  const at = `${until.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return hasToken
    ? `GitHub's limit for this GITHUB_TOKEN is used up until ${at}. Try again then, or with a shorter window.`
    : `GitHub answers 60 requests an hour without a token, and they are used up until ${at}. Set GITHUB_TOKEN to any token of yours, without permissions, and it answers 5,000; or try again then.`
}

/** A fault of this program, as against GitHub's or the network's. */
function isOurs(error: unknown): boolean {
  return !(error instanceof TooMuch) && !FromGitHub.safeParse(error).success
}

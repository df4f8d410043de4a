import { answers } from './answers.ts'
import { channels } from './channels.ts'
import { configuration } from './configuration.ts'
import { digest } from './digest.ts'
import { digestFailure } from './digest-failure.ts'
import { digestForks } from './digest-forks.ts'
import { forks } from './forks.ts'
import { formats } from './formats.ts'
import { headlines } from './headlines.ts'
import { organizationDigest } from './organization-digest.ts'
import { pullRequest } from './pull-request.ts'

/** Every sentence for people, in English. */
export const english = {
  formats,
  digest,
  headlines,
  digestForks,
  organizationDigest,
  pullRequest,
  answers,
  forks,
  channels,
  configuration,
  digestFailure,
}

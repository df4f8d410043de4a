import type { Channels } from '../config/channels.ts'
import {
  type PartialConfiguration,
  type ReadConfiguration,
  readConfiguration,
} from '../config/repository.ts'
import { configurationPath } from '../src/deliveries/want-configuration-check.ts'
import type { FileText } from '../src/github/configuration-file.ts'
import type { Check } from '../src/publish/publisher.ts'
import {
  type Remark,
  type Remarks,
  renderConfigurationCheck,
} from '../src/report/configuration-check.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'
import { destinationOf } from './destination.ts'

/** A configuration file as it was read. */
export interface ConfigurationFile extends Remarks {
  exists: boolean
  /** null: there is no file, or it is not valid */
  configuration: PartialConfiguration | null
  /** the repository that shall tell of all of its owner's, and where that is said; null: nothing is */
  rollUp: { name: string; line: number } | null
}

export const noConfigurationFile: ConfigurationFile = Object.freeze({
  ...{ exists: false, configuration: null, rollUp: null },
  ...{ problems: [], shortcomings: [], notices: [] },
})

const unreadable: Record<'too large' | 'not text', Remark> = {
  'too large': {
    line: 1,
    message: 'The file is larger than 1 MB.',
    remedy: 'Keep only the options that differ.',
  },
  'not text': {
    line: 1,
    message: 'The file is not text.',
    remedy: 'Replace it by a text file with one option a line.',
  },
}

/**
 * What a file says, and whether it can be done in this repository.
 *
 * @param text null: there is none
 * @param from the name of the repository that holds it: this one, or the organisation's `.github`
 */
export function configurationFile(
  text: FileText | null,
  { repository, from }: { repository: TrackedRepository; from: string },
  channels: Channels,
): ConfigurationFile {
  if (text === null) return noConfigurationFile
  const file = { ...noConfigurationFile, exists: true }
  if (typeof text !== 'string') return { ...file, problems: [unreadable[text.unreadable]] }
  const read = readConfiguration(text, configurationPath)
  if ('problems' in read) return { ...file, problems: read.problems }
  const { configuration, notices, at } = read
  const rollUp = rollUpIn(read)
  if (rollUp !== null && from !== '.github') {
    return { ...file, problems: [notHere(rollUp.line, repository)] }
  }
  const shortcomings = (configuration.digest?.to ?? []).flatMap((to, index) => {
    const destination = destinationOf(to, repository, channels)
    return destination.kind === 'none'
      ? [{ line: at(['digest', 'to', index]).line, message: destination.fault, remedy: '' }]
      : []
  })
  return { ...file, configuration, notices, shortcomings, rollUp }
}

function rollUpIn({ configuration, at }: ReadConfiguration): ConfigurationFile['rollUp'] {
  const name = configuration['roll-up']
  return name === undefined || name === 'none' ? null : { name, line: at(['roll-up']).line }
}

function notHere(line: number, { ownerLogin }: TrackedRepository): Remark {
  return {
    line,
    message: 'roll-up is an option of the organisation, and this is the file of one repository.',
    remedy: `Move it to ${configurationPath} of ${ownerLogin}/.github.`,
  }
}

/** The check on the commit that brought a file, or that would bring it. */
export function configurationCheck(
  file: ConfigurationFile,
  { sha, isProposed }: { sha: string; isProposed: boolean },
): Check {
  const { problems, shortcomings, notices } = file
  return {
    ...{ sha, name: 'Groundswell configuration', path: configurationPath },
    ...renderConfigurationCheck({ problems, shortcomings, notices }, { isProposed }),
    problems: [...problems, ...shortcomings, ...notices].map(({ line, message, remedy }) => ({
      line,
      message: `${message} ${remedy}`.trim(),
    })),
  }
}

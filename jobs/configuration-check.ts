import type { Channels } from '../config/channels.ts'
import {
  type PartialConfiguration,
  type ReadConfiguration,
  type RepositoryConfiguration,
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
  /** what it asks to be written in, valid or not; null: it does not, or that cannot be read */
  language: RepositoryConfiguration['language'] | null
  /** the repository that shall tell of all of its owner's, and where that is said; null: nothing is */
  rollUp: { name: string; line: number } | null
}

export const noConfigurationFile: ConfigurationFile = Object.freeze({
  ...{ exists: false, configuration: null, language: null, rollUp: null },
  ...{ problems: [], shortcomings: [], notices: [] },
})

const unreadable: Record<'too large' | 'not text', Remark> = {
  'too large': { line: 1, fault: { code: 'too large', most: '1 MB' } },
  'not text': { line: 1, fault: { code: 'not text' } },
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
  if ('problems' in read) return { ...file, ...read }
  const { configuration, notices, at } = read
  const { language = null } = configuration
  const rollUp = rollUpIn(read)
  if (rollUp !== null && from !== '.github') {
    return { ...file, language, problems: [notHere(rollUp.line, repository)] }
  }
  const shortcomings = (configuration.digest?.to ?? []).flatMap((to, index) => {
    const destination = destinationOf(to, repository, channels)
    return destination.kind === 'none'
      ? [{ line: at(['digest', 'to', index]).line, fault: destination.fault }]
      : []
  })
  return { ...file, language, configuration, notices, shortcomings, rollUp }
}

function rollUpIn({ configuration, at }: ReadConfiguration): ConfigurationFile['rollUp'] {
  const name = configuration['roll-up']
  return name === undefined || name === 'none' ? null : { name, line: at(['roll-up']).line }
}

function notHere(line: number, { ownerLogin }: TrackedRepository): Remark {
  return { line, fault: { code: 'roll-up here', owner: ownerLogin, path: configurationPath } }
}

/** The check on the commit that brought a file, or that would bring it, in the language that it asks for. */
export function configurationCheck(
  file: ConfigurationFile,
  { sha, isProposed }: { sha: string; isProposed: boolean },
  inForce: Pick<RepositoryConfiguration, 'language'>,
): Check {
  const language = file.language ?? inForce.language
  return {
    ...{ sha, name: 'Groundswell configuration', path: configurationPath },
    ...renderConfigurationCheck(file, { isProposed }, { language }),
  }
}

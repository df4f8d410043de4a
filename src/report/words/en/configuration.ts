import type { Given, Hint } from '../../../../config/fault.ts'
import type { Fault, Said } from '../../configuration-fault.ts'
import { type Inline, phrase } from '../../markdown.ts'
import { being } from './configuration-rules.ts'
import { configurationSyntax } from './configuration-syntax.ts'

type FaultOf<Code extends Fault['code']> = Extract<Fault, { code: Code }>
/** What is said of each fault. */
type Faults = { [Code in Fault['code']]: (fault: FaultOf<Code>) => Said }

/** Every sentence of the check on a configuration. */
export const configuration = {
  arrived: {
    invalid: {
      title: 'The configuration is not in force',
      summary: 'Until this is mended, what was valid before stays in force.',
    },
    incomplete: {
      title: 'The digest cannot go everywhere',
      summary: 'The configuration is in force. These places are passed over:',
    },
    oldFashioned: {
      title: 'The configuration is valid, in an old spelling',
      summary: 'It is in force from now on. This is read as it is meant, and better respelt:',
    },
    valid: { title: 'The configuration is valid', summary: 'It is in force from now on.' },
  },
  proposed: {
    invalid: {
      title: 'The configuration would not be in force',
      summary: 'Merged like this it would change nothing: what is valid now would stay in force.',
    },
    incomplete: {
      title: 'The digest could not go everywhere',
      summary: 'It would be in force once it is merged. These places would be passed over:',
    },
    oldFashioned: {
      title: 'The configuration is valid, in an old spelling',
      summary: 'It will be in force once it is merged. This is understood, and better respelt:',
    },
    valid: {
      title: 'The configuration is valid',
      summary: 'It will be in force once it is merged.',
    },
  },
  remark: (line: number, message: Inline, remedy: string) =>
    phrase`Line ${String(line)}: ${message} ${remedy}`,
  unseen: 'This cannot be shown.',
  standing: (file: string | null, line: number, what: string) =>
    `${file === null ? '' : `${file}, `}line ${String(line)}: ${what}`,

  faults: {
    'bad value': ({ option, isEntry, given, hint, rule }) => ({
      message: `${isEntry ? 'An entry of ' : ''}${option ?? 'The file'} cannot be ${shown(given)}.`,
      remedy: `${hint === null ? '' : `${meant(hint)} `}It ${being(rule)}.`,
    }),
    'unknown option': ({ option, guess, known }) => ({
      message: `There is no option "${option}".`,
      remedy: `${guess === null ? '' : `${meant({ guess })} `}Options here: ${known.join(', ')}.`,
    }),
    'merge key': () => ({
      message: 'Merge keys (<<) are not read.',
      remedy: 'Write the options out.',
    }),
    'old name': ({ old, now, isBoth }) =>
      isBoth
        ? {
            message: `"${old}" is an old name of "${now}", which the file gives too: that one counts.`,
            remedy: `Remove "${old}".`,
          }
        : {
            message: `"${old}" is an old name of "${now}". It is still read.`,
            remedy: `Write "${now}".`,
          },
    'old spelling': ({ option, given, proper }) => ({
      message: `${option} is given as ${shown(given)}. It is read as "${proper}".`,
      remedy: `Write "${proper}".`,
    }),
    'too large': ({ most }) => ({
      message: `The file is larger than ${most}.`,
      remedy: 'Keep only the options that differ.',
    }),
    'not text': () => ({
      message: 'The file is not text.',
      remedy: 'Replace it by a text file with one option a line.',
    }),
    'not UTF-8': () => ({
      message: 'The file holds characters that are not UTF-8.',
      remedy: 'Save it in the encoding UTF-8.',
    }),
    'too deep': () => ({
      message: 'The file is nested too deeply.',
      remedy: 'Options need two levels at most.',
    }),
    'too much': () => ({
      message: 'The file holds too much in one place.',
      remedy: 'Lists hold at most 1,000 logins.',
    }),
    aliases: () => ({
      message: 'The file repeats parts of itself by aliases (*) in a way that cannot be followed.',
      remedy: 'Write the values out.',
    }),
    'another YAML': ({ version }) => ({
      message: `The file says that it is YAML ${version}, and YAML 1.2 is read.`,
      remedy: 'Remove the line that begins with %YAML.',
    }),
    syntax: ({ mistake }) => {
      const [message, remedy] = configurationSyntax[mistake]
      return { message, remedy }
    },
    'no such channel': ({ to, offered }) => ({
      message: `There is no channel "${to}" for this repository.`,
      remedy: `Its server offers: ${offered.length === 0 ? 'none' : offered.join(', ')}.`,
    }),
    'not for private': ({ to }) => ({
      message: `This repository is private, and "${to}" does not name it.`,
      remedy: 'Whoever runs the server can add it.',
    }),
    'roll-up here': ({ owner, path }) => ({
      message: 'roll-up is an option of the organisation, and this is the file of one repository.',
      remedy: `Move it to ${path} of ${owner}/.github.`,
    }),
    'no roll-up there': ({ owner, name }) => ({
      message: `The App is not installed in a repository "${name}" of ${owner}, or it is archived: nothing is posted there.`,
      remedy: 'Name one of its repositories that the App may post in, or none.',
    }),
  } satisfies Faults as Faults,
}

function shown(given: Given): string {
  switch (given.is) {
    case 'nothing':
      return 'empty'
    case 'an empty list':
      return 'an empty list'
    case 'a list':
      return 'this list'
    case 'options':
      return 'a group of options'
    case 'text':
      return `"${given.shown}"`
    case 'other':
      return given.shown
  }
}

function meant(hint: Hint): string {
  return hint === 'quotes' ? 'Put it in quotes.' : `Did you mean "${hint.guess}"?`
}

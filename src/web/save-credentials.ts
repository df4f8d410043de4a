import { existsSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { UserError } from '../errors.ts'

/**
 * Adds settings to a `.env` file, which from then on its owner alone can read.
 * What stands in it stays; the file is replaced as a whole or not at all.
 * @throws UserError when one of the settings has another value there already
 */
export async function saveCredentials(
  file: string,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const before = existsSync(file) ? await readFile(file, 'utf8') : ''
  const present = parseEnv(before)
  const taken = Object.keys(settings).filter(
    (name) => present[name] && present[name] !== settings[name],
  )
  if (taken.length > 0) {
    throw new UserError(
      `${file} has ${taken.join(' and ')} already. Remove what is no longer wanted there.`,
    )
  }
  const separator = before === '' || before.endsWith('\n') ? '' : '\n'
  const added = Object.entries(settings).map(
    ([name, value]) => `${name}="${value.trimEnd().replaceAll(/\r?\n/g, '\\n')}"\n`,
  )
  await replace(file, before + separator + added.join(''))
}

async function replace(file: string, text: string): Promise<void> {
  const fresh = `${file}.${process.pid}.new`
  try {
    await writeFile(fresh, text, { mode: 0o600, flag: 'wx' })
    await rename(fresh, file)
  } catch (error) {
    await rm(fresh, { force: true })
    throw error
  }
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Writable } from 'node:stream'

/** Everybody who commits to a generated history. */
export const people = 2_000

/** Runs a program to its end, and returns the beginning of what it said. */
export async function run(program: string, args: string[], feed?: (to: Writable) => Promise<void>) {
  const child = spawn(program, args, { stdio: [feed ? 'pipe' : 'ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    // What git logs is only counted: keeping it would measure this process.
    if (out.length < 10_000) out += text
  })
  const ended = once(child, 'close')
  if (feed && child.stdin) await feed(child.stdin)
  const [code] = await ended
  if (code !== 0) throw new Error(`${program} ${args[0]} ended with ${code}`)
  return out
}

/** A bare repository of so many commits, ten minutes between them. */
export async function generate(folder: string, commits: number): Promise<void> {
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder])
  await run('git', ['-C', folder, 'fast-import', '--quiet'], async (to) => {
    for (let index = 0; index < commits; index += 1) {
      if (!to.write(commitText(index))) await once(to, 'drain')
    }
    to.end('done\n')
  })
}

/** Some people write far more than others; every tenth commit names a co-author. */
function commitText(index: number): string {
  const author = Math.floor(people * (((index * 7919) % people) / people) ** 3)
  const helper = (index * 104_729) % people
  const trailer = index % 10 === 0 ? `\nCo-authored-by: ${signature(helper)}\n` : ''
  const message = `Change ${index}\n\nWhat it is for, in a sentence of the usual length, and why.\n${trailer}`
  const at = 1_600_000_000 + index * 600
  const content = `${index}\n`
  return [
    'commit refs/heads/main',
    `author ${signature(author)} ${at} +0000`,
    `committer ${signature(author)} ${at} +0000`,
    `data ${Buffer.byteLength(message)}\n${message}`,
    `M 100644 inline src/area-${index % 20}/file-${index % 10}.ts`,
    `data ${content.length}\n${content}\n`,
  ].join('\n')
}

function signature(person: number): string {
  return `Person Number${person} <person-${person}@lab-${person % 50}.example.dev>`
}

import { vi } from 'vitest'
import { program } from '../../src/cli/program.ts'
import { runProgram } from '../../src/cli/run-program.ts'

/** Runs a command line in this process; what it said, and its exit code. */
export async function outputOf(...rawArgs: string[]) {
  const said = { out: '', error: '' }
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.out += text
    return true
  })
  try {
    const exitCode = await runProgram(program, rawArgs, {
      out: { write: (text) => (said.out += text) },
      error: { write: (text) => (said.error += text) },
    })
    return { exitCode, ...said }
  } finally {
    spy.mockRestore()
  }
}

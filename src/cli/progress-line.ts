import { stripVTControlCharacters } from 'node:util'
import type { Output } from './run-program.ts'

export interface ProgressLine {
  show(text: string): void
  end(): void
}

/** One line that is rewritten on a terminal, and a line each elsewhere. */
export function progressLine(out: Output): ProgressLine {
  let open = false
  return {
    show: (text) => {
      const plain = stripVTControlCharacters(text)
      out.write(out.isTTY ? `\r\u001b[2K${plain}` : `${plain}\n`)
      open = out.isTTY === true
    },
    end: () => {
      if (open) out.write('\n')
      open = false
    },
  }
}

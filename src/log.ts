import { type Logger, pino } from 'pino'
import pretty from 'pino-pretty'

interface LogOptions {
  level: string
  /** lines for a person at a terminal; otherwise one JSON object a line */
  forPeople: boolean
  to?: NodeJS.WriteStream
}

/**
 * The process's log. Errors are cut down to what helps: Octokit's carry whole
 * requests and responses, and Probot's whole payloads.
 */
export function openLog({ level, forPeople, to = process.stdout }: LogOptions): Logger {
  const options = { level, base: null, serializers }
  if (!forPeople) return pino(options, to)
  const stream = pretty({ destination: to, sync: true, ignore: 'pid,hostname', singleLine: true })
  return pino(options, stream)
}

/** Of what is logged. */
export const serializers = { err: serializeError }

interface SerializedError {
  type: string
  message: string
  stack?: string | undefined
  status?: unknown
  code?: unknown
  causes?: SerializedError[]
}

function serializeError(error: unknown): SerializedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) }
  const { status, code } = error as { status?: unknown; code?: unknown } // as: fields that some errors have
  const causes =
    error instanceof AggregateError ? error.errors : error.cause === undefined ? [] : [error.cause]
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code }),
    ...(causes.length === 0 ? {} : { causes: causes.map(serializeError) }),
  }
}

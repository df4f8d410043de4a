import { Ajv, type AnySchema, type ErrorObject, type ValidateFunction } from 'ajv'
import type { ContractRequest } from '../../src/sandbox/contract.ts'
import { isObject, type Json, toJsonSchema, toJsonSchemas } from './openapi-schema.ts'

interface DescribedOperation {
  segments: string[]
  path: string
  parameters: Parameter[]
  body: Json | null
  bodyRequired: boolean
  responses: Map<string, AnySchema | null>
}

interface Parameter {
  name: string
  in: string
  required: boolean
  schema: AnySchema
}

/** Paths that GitHub serves and redirects to, though its description leaves them out. */
const undescribed = new Map([['/repositories/{repository_id}', '/repos/{owner}/{repo}']])

const inPath = (name: string) => ({
  ...{ name, in: 'path', required: true },
  schema: { type: 'string' },
})
const inQuery = (name: string) => ({ name, in: 'query', schema: { type: 'integer', minimum: 1 } })
const count = { type: 'integer', minimum: 0 }

/** What GitHub serves since 2026-09-04 and this release of its description lacks, as its users read it. */
const published = {
  '/repos/{owner}/{repo}/stargazers/history': {
    get: {
      parameters: [inPath('owner'), inPath('repo'), inQuery('per_page'), inQuery('page')],
      responses: {
        200: {
          content: {
            'application/json': {
              schema: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['week', 'total', 'days'],
                  properties: {
                    week: count,
                    total: count,
                    days: { type: 'array', items: count, minItems: 7, maxItems: 7 },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
}

/** Answers that no account on GitHub could satisfy as described: a user that is an enterprise too. */
const misdescribed = new Map<string, AnySchema>([
  [
    'get /app/installations 200',
    { type: 'array', items: { $ref: 'github#/components/schemas/installation' } },
  ],
])

/** GitHub's OpenAPI description as something that finds faults: each in words, or null. */
export class Description {
  readonly #document: Json
  readonly #operations = new Map<string, DescribedOperation[]>()
  readonly #bodies = new Ajv({ strict: false, allErrors: false, formats, logger: false })
  readonly #texts = new Ajv({ strict: false, coerceTypes: true, formats, logger: false })
  readonly #compiled = new Map<unknown, ValidateFunction>()

  constructor(document: Json) {
    this.#document = document
    const components = toJsonSchemas(at(document, 'components', 'schemas'))
    for (const ajv of [this.#bodies, this.#texts]) {
      ajv.addSchema({ $id: 'github', components: { schemas: components } })
    }
  }

  requestFault(request: ContractRequest): string | null {
    const operation = this.#find(request)
    const where = `${request.method} ${request.path}`
    if (!operation) return `${where}: GitHub describes no such operation`
    const { parameters, body, bodyRequired } = operation
    for (const [name, text] of request.query) {
      const known = parameters.find((one) => one.in === 'query' && one.name === name)
      if (!known) return `${where}: unknown query parameter "${name}"`
      const fault = this.#fault(this.#texts, known.schema, text)
      if (fault) return `${where}: query parameter "${name}" ${fault}`
    }
    const missing = parameters.find(
      (one) => one.in === 'query' && one.required && !request.query.has(one.name),
    )
    if (missing) return `${where}: query parameter "${missing.name}" is missing`
    const pathFault = this.#pathFault(operation, request)
    if (pathFault) return `${where}: ${pathFault}`
    if (request.body === null) return body && bodyRequired ? `${where}: a body is missing` : null
    if (!body) return `${where}: takes no body`
    const bodyFault =
      this.#fault(this.#bodies, body, request.body) ?? strangerIn(body, request.body)
    return bodyFault && `${where}: body ${bodyFault}`
  }

  responseFault(request: ContractRequest, status: number, body: unknown): string | null {
    const operation = this.#find(request)
    const where = `${request.method} ${request.path} answered ${status}`
    if (!operation) return null
    const described = operation.responses.get(String(status))
    if (described === undefined) {
      if (status < 400 && status !== 307) return `${where}, which GitHub does not describe`
      return this.#answerFault(where, { $ref: 'github#/components/schemas/basic-error' }, body)
    }
    if (described === null) {
      return body === null || status >= 300
        ? null
        : `${where} with a body, which has none on GitHub`
    }
    return this.#answerFault(where, described, body)
  }

  webhookFault(event: string, payload: Record<string, unknown>): string | null {
    const action = typeof payload.action === 'string' ? `-${payload.action}` : ''
    const name = `${event}${action}`.replaceAll('_', '-')
    const webhook = at(this.#document, 'x-webhooks', name, 'post')
    if (!isObject(webhook)) return `webhook ${name}: GitHub describes no such webhook`
    const schema = at(webhook, 'requestBody', 'content', 'application/json', 'schema')
    const fault = this.#fault(this.#bodies, this.#once(schema), payload)
    return fault && `webhook ${name}: ${fault}`
  }

  #answerFault(where: string, schema: AnySchema, body: unknown): string | null {
    const fault = this.#fault(this.#bodies, schema, body)
    return fault && `${where}: ${fault}`
  }

  #pathFault({ segments, parameters }: DescribedOperation, { path }: ContractRequest) {
    const actual = path.split('/').slice(1)
    for (const [index, segment] of segments.entries()) {
      const name = /^\{(.+)\}$/.exec(segment)?.[1]
      const schema = parameters.find((one) => one.in === 'path' && one.name === name)?.schema
      const fault = schema && this.#fault(this.#texts, schema, actual[index])
      if (fault) return `path parameter "${name}" ${fault}`
    }
    return null
  }

  /** The described operation of a request; fixed segments win over variable ones. */
  #find({ method, path }: ContractRequest): DescribedOperation | undefined {
    const actual = path.split('/').slice(1)
    const fits = this.#ofMethod(method).filter(({ segments }) => {
      const open = segments.at(-1) === '{path}'
      const sameLength = open ? actual.length >= segments.length : actual.length === segments.length
      return (
        sameLength &&
        segments.every((segment, index) => segment.startsWith('{') || segment === actual[index])
      )
    })
    const fixed = ({ segments }: DescribedOperation) =>
      segments.map((segment) => (segment.startsWith('{') ? '1' : '0')).join('')
    return fits.toSorted((a, b) => fixed(a).localeCompare(fixed(b)))[0]
  }

  #ofMethod(method: string): DescribedOperation[] {
    const known = this.#operations.get(method)
    if (known) return known
    const verb = method.toLowerCase()
    const paths = { ...published, ...objectAt(at(this.#document, 'paths')) }
    const found: DescribedOperation[] = []
    for (const path of [...Object.keys(paths), ...undescribed.keys()]) {
      const operation = at(paths, undescribed.get(path) ?? path, verb)
      if (isObject(operation)) found.push(this.#read(verb, path, operation))
    }
    this.#operations.set(method, found)
    return found
  }

  #read(method: string, path: string, operation: Json): DescribedOperation {
    const parameters = list(operation.parameters).map((one) => this.#parameter(one))
    const requestBody = operation.requestBody
    const body = at(requestBody, 'content', 'application/json', 'schema')
    const responses = new Map<string, AnySchema | null>()
    for (const [status, response] of Object.entries(objectAt(operation.responses))) {
      const schema = at(this.#dereferenced(response), 'content', 'application/json', 'schema')
      const right = misdescribed.get(`${method} ${path} ${status}`)
      responses.set(status, right ?? (isObject(schema) ? this.#once(schema) : null))
    }
    return {
      path,
      segments: path.split('/').slice(1),
      parameters,
      body: isObject(body) ? this.#once(body) : null,
      bodyRequired: isObject(requestBody) && requestBody.required === true,
      responses,
    }
  }

  #parameter(given: unknown): Parameter {
    const parameter = this.#dereferenced(given)
    return {
      name: String(parameter.name),
      in: String(parameter.in),
      required: parameter.required === true,
      schema: toJsonSchema(parameter.schema),
    }
  }

  #dereferenced(given: unknown): Json {
    const value = objectAt(given)
    if (typeof value.$ref !== 'string') return value
    return objectAt(at(this.#document, ...value.$ref.slice(2).split('/')))
  }

  readonly #converted = new Map<unknown, Json>()

  /** A schema is converted once, so that its validator is compiled once. */
  #once(schema: unknown): Json {
    const known = this.#converted.get(schema)
    if (known) return known
    const converted = objectAt(toJsonSchema(schema))
    this.#converted.set(schema, converted)
    return converted
  }

  #fault(ajv: Ajv, schema: AnySchema, value: unknown): string | null {
    let check = this.#compiled.get(schema)
    if (!check) {
      check = ajv.compile(schema)
      this.#compiled.set(schema, check)
    }
    return check(value) ? null : inWords(check.errors ?? [])
  }
}

/** GitHub ignores what it does not know in a body; a key that is meant to do something is a mistake. */
function strangerIn(schema: Json, body: unknown): string | null {
  if (!isObject(schema.properties) || schema.additionalProperties === true) return null
  const known = schema.properties
  const stranger = isObject(body) ? Object.keys(body).find((key) => !(key in known)) : undefined
  return stranger === undefined ? null : `has an unknown field "${stranger}"`
}

function inWords(errors: ErrorObject[]): string {
  const deepest = errors.toSorted((a, b) => b.instancePath.length - a.instancePath.length)[0]
  if (!deepest) return 'is wrong'
  return `${deepest.instancePath} ${deepest.message} ${JSON.stringify(deepest.params)}`.trim()
}

function at(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value)
}

function objectAt(value: unknown): Json {
  return isObject(value) ? value : {}
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

const formats = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  uri: (text: string) => URL.canParse(text),
  email: /@/,
  // GitHub writes paths here too
  'uri-template': true,
  'repo.nwo': true,
  'ssh-key': true,
  'ssh-key fingerprint': true,
  byte: true,
  decimal: true,
  hostname: true,
  int32: true,
  int64: true,
  ip: true,
  timestamp: true,
} as const

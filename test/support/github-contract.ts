import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { schema as published } from '@octokit/graphql-schema'
import { buildSchema, type GraphQLSchema, parse, validate } from 'graphql'
import type { Contract } from '../../src/sandbox/contract.ts'
import { Description } from './openapi-description.ts'

/**
 * GitHub's published descriptions as a judge of everything that passes between
 * the App and the double: the OpenAPI description for REST and for webhooks,
 * the GraphQL schema for documents. Both are read once a process.
 */
export interface GitHubContract extends Contract {
  /** What is wrong with a webhook payload, or null. */
  checkWebhook(event: string, payload: Record<string, unknown>): string | null
}

export function githubContract(): GitHubContract {
  const violations: string[] = []
  const noted = (fault: string | null) => {
    if (fault !== null) violations.push(fault)
    return fault
  }
  return {
    violations,
    checkRequest: (request) => noted(description().requestFault(request)),
    checkResponse: (request, status, body) =>
      noted(description().responseFault(request, status, body)),
    checkDocument: (document) => noted(documentFault(document)),
    checkWebhook: (event, payload) => noted(description().webhookFault(event, payload)),
  }
}

let graphqlSchema: GraphQLSchema | undefined

/** GitHub's whole GraphQL schema. */
export function publishedSchema(): GraphQLSchema {
  graphqlSchema ??= buildSchema(published.idl, { assumeValidSDL: true })
  return graphqlSchema
}

function documentFault(document: string): string | null {
  try {
    const [fault] = validate(publishedSchema(), parse(document))
    return fault ? `GraphQL: ${fault.message}` : null
  } catch (error) {
    return `GraphQL: ${error instanceof Error ? error.message : error}`
  }
}

let loaded: Description | undefined

function description(): Description {
  const file = createRequire(import.meta.url).resolve(
    '@octokit/openapi/generated/api.github.com.json',
  )
  loaded ??= new Description(JSON.parse(readFileSync(file, 'utf8')))
  return loaded
}

/**
 * A judge that the double asks about everything it is sent and everything it
 * answers. Tests pass one that knows GitHub's published descriptions.
 */
export interface Contract {
  /** everything that was not as GitHub describes it, in words */
  readonly violations: string[]
  /** What is wrong with a request, or null. `path` is below the API's root. */
  checkRequest(request: ContractRequest): string | null
  /** What is wrong with the double's own answer, or null. */
  checkResponse(request: ContractRequest, status: number, body: unknown): string | null
  /** What is wrong with a GraphQL document, or null. */
  checkDocument(document: string): string | null
}

export interface ContractRequest {
  method: string
  path: string
  query: URLSearchParams
  /** null where there is none */
  body: unknown
}

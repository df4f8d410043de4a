/** An answer other than success, in the words that GitHub uses. */
export class ApiError extends Error {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers: Record<string, string>

  constructor(status: number, message: string, more: Record<string, unknown> = {}) {
    super(message)
    this.status = status
    this.headers = {}
    this.body = {
      message,
      ...more,
      documentation_url: 'https://docs.github.com/rest',
      status: String(status),
    }
  }
}

export const notFound = () => new ApiError(404, 'Not Found')

export const notAccessible = () => new ApiError(403, 'Resource not accessible by integration')

/** GitHub's 422: which field of which resource, and why. */
export function invalid(resource: string, field: string, message?: string): ApiError {
  const error = message
    ? { resource, code: 'custom', field, message }
    : { resource, code: 'invalid', field }
  return new ApiError(422, 'Validation Failed', { errors: [error] })
}

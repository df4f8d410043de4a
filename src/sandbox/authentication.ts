import { randomBytes, verify } from 'node:crypto'
import { z } from 'zod'
import { ApiError } from './api-error.ts'
import type { Account, Installation, Permissions } from './entities.ts'
import type { World } from './world.ts'

/** Who sent a request. */
export type Caller =
  | { kind: 'anonymous' }
  | { kind: 'app' }
  | { kind: 'user'; account: Account }
  | {
      kind: 'installation'
      installation: Installation
      permissions: Permissions
      /** ids, where the token was narrowed to some */
      repositoryIds: Set<number> | null
    }

/** Whose budget a request counts against. */
export function budgetOf(caller: Caller): string {
  if (caller.kind === 'installation') return `installation ${caller.installation.id}`
  if (caller.kind === 'user') return `user ${caller.account.id}`
  return caller.kind
}

interface InstallationToken {
  installation: Installation
  permissions: Permissions
  repositoryIds: Set<number> | null
  expiresAt: Date
}

const hour = 60 * 60 * 1000

const Header = z.object({ alg: z.literal('RS256') })
const Claims = z.object({
  iss: z.union([z.string(), z.number()]),
  iat: z.number(),
  exp: z.number(),
})

/** Hands out tokens and tells from one who is calling. */
export class Authentication {
  readonly #world: World
  readonly #tokens = new Map<string, InstallationToken>()
  readonly #users = new Map<string, Account>()

  constructor(world: World) {
    this.#world = world
  }

  /** An installation token, good for an hour. */
  grant(
    installation: Installation,
    permissions: Permissions,
    repositoryIds: Set<number> | null,
  ): { token: string; expiresAt: Date } {
    const token = `ghs_${randomBytes(18).toString('hex')}`
    const expiresAt = new Date(this.#world.authenticationNow().getTime() + hour)
    this.#tokens.set(token, { installation, permissions, repositoryIds, expiresAt })
    return { token, expiresAt }
  }

  /** A personal token, for what runs outside the App. */
  grantUser(account: Account): string {
    const token = `ghp_${randomBytes(18).toString('hex')}`
    this.#users.set(token, account)
    return token
  }

  /**
   * Who an `Authorization` header stands for.
   * @throws ApiError 401 for a token that is unknown, expired or badly signed, 403 for a suspended installation
   */
  caller(authorization: string | undefined): Caller {
    if (authorization === undefined) return { kind: 'anonymous' }
    const token = authorization.replace(/^(bearer|token)\s+/i, '')
    if (token.split('.').length === 3) {
      this.#checkJsonWebToken(token)
      return { kind: 'app' }
    }
    const account = this.#users.get(token)
    if (account) return { kind: 'user', account }
    const granted = this.#tokens.get(token)
    if (!granted || granted.expiresAt <= this.#world.authenticationNow()) {
      throw new ApiError(401, 'Bad credentials')
    }
    if (!this.#world.installations.includes(granted.installation)) {
      throw new ApiError(401, 'Bad credentials')
    }
    if (granted.installation.suspendedAt) {
      throw new ApiError(403, 'This installation has been suspended')
    }
    return { kind: 'installation', ...granted }
  }

  #checkJsonWebToken(token: string): void {
    const undecodable = new ApiError(401, 'A JSON web token could not be decoded')
    const [header = '', claims = '', signature = ''] = token.split('.')
    const signed = verify(
      'RSA-SHA256',
      Buffer.from(`${header}.${claims}`),
      this.#world.app.publicKey,
      Buffer.from(signature, 'base64url'),
    )
    if (!signed || !Header.safeParse(decoded(header)).success) throw undecodable
    const { success, data } = Claims.safeParse(decoded(claims))
    if (!success) throw undecodable
    const { id, clientId } = this.#world.app
    if (![String(id), clientId].includes(String(data.iss))) {
      throw new ApiError(404, 'Integration not found')
    }
    this.#checkTimes(data)
  }

  #checkTimes({ iat, exp }: { iat: number; exp: number }): void {
    const now = this.#world.authenticationNow().getTime() / 1000
    if (exp <= now) {
      throw new ApiError(
        401,
        "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
      )
    }
    if (exp > now + 660) {
      throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the future")
    }
    if (iat > now + 60) {
      throw new ApiError(
        401,
        "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
      )
    }
  }
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch {
    return null
  }
}

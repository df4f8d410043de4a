import { z } from 'zod'
import { ApiError, notFound } from '../api-error.ts'
import type { Installation } from '../entities.ts'
import { appShape, installationShape } from '../shapes/app.ts'
import { repositoryShape } from '../shapes/repository.ts'
import { covers, timestamp } from '../world.ts'
import type { Call, Operation } from './operation.ts'
import { countedPage, page } from './page.ts'

const TokenRequest = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
  permissions: z.record(z.string(), z.enum(['read', 'write'])).optional(),
})

export const appOperations: Operation[] = [
  {
    method: 'GET',
    path: '/app',
    caller: 'app',
    handle: ({ world }) => ({
      status: 200,
      body: { ...appShape(world), installations_count: world.installations.length },
    }),
  },
  {
    method: 'GET',
    path: '/app/installations',
    caller: 'app',
    handle: (call) =>
      page(call, call.world.installations, (item) => installationShape(call.world, item)),
  },
  {
    method: 'GET',
    path: '/app/installations/{installation_id}',
    caller: 'app',
    handle: (call) => ({
      status: 200,
      body: installationShape(call.world, installationOf(call)),
    }),
  },
  {
    method: 'POST',
    path: '/app/installations/{installation_id}/access_tokens',
    caller: 'app',
    handle: createToken,
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/installation',
    caller: 'app',
    handle: ({ world, params }) => {
      const repository = world.findRepository(`${params.owner}/${params.repo}`)
      const installation = repository && world.installationOf(repository)
      if (!installation) throw notFound()
      return { status: 200, body: installationShape(world, installation) }
    },
  },
  {
    method: 'GET',
    path: '/installation/repositories',
    caller: 'installation',
    handle: (call) => {
      const { installation, world } = call
      const visible = world.repositories.filter((repository) => covers(installation, repository))
      return countedPage(call, 'repositories', visible, (item) => repositoryShape(world, item))
    },
  },
  {
    method: 'POST',
    path: '/app-manifests/{code}/conversions',
    caller: 'anyone',
    handle: ({ world, services, params }) => {
      if (!services.manifestCodes.delete(params.code ?? '')) throw notFound()
      const { privateKey, webhookSecret, clientId } = world.app
      return {
        status: 201,
        body: {
          ...appShape(world),
          client_id: clientId,
          client_secret: `${clientId}-client-secret`,
          webhook_secret: webhookSecret,
          pem: privateKey ?? '',
        },
      }
    },
  },
]

function installationOf(call: Call): Installation {
  const id = Number(call.param('installation_id'))
  const installation = call.world.installations.find((item) => item.id === id)
  if (!installation) throw notFound()
  return installation
}

function createToken(call: Call) {
  const { world } = call
  const installation = installationOf(call)
  if (installation.suspendedAt) throw new ApiError(403, 'This installation has been suspended')
  const asked = call.parsed(TokenRequest)
  const permissions = asked.permissions ?? installation.permissions
  for (const [name, level] of Object.entries(permissions)) {
    const granted = installation.permissions[name]
    if (granted !== 'write' && granted !== level) {
      throw new ApiError(422, 'The permissions requested are not granted to this installation.')
    }
  }
  const wanted = world.repositories.filter(
    (repository) =>
      asked.repository_ids?.includes(repository.id) ||
      asked.repositories?.includes(repository.name),
  )
  const narrowed = asked.repository_ids !== undefined || asked.repositories !== undefined
  if (wanted.some((repository) => !covers(installation, repository))) {
    throw new ApiError(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    )
  }
  const repositoryIds = narrowed ? new Set(wanted.map(({ id }) => id)) : null
  const { token, expiresAt } = call.services.authentication.grant(
    installation,
    permissions,
    repositoryIds,
  )
  return {
    status: 201,
    body: {
      token,
      expires_at: timestamp(expiresAt),
      permissions,
      repository_selection: narrowed || installation.repositories !== 'all' ? 'selected' : 'all',
      ...(narrowed && { repositories: wanted.map((item) => repositoryShape(world, item)) }),
    },
  }
}

import { z } from 'zod'
import { notFound } from '../api-error.ts'
import type { CheckRun } from '../entities.ts'
import { checkRunShape } from '../shapes/commit.ts'
import type { World } from '../world.ts'
import type { Call, Operation } from './operation.ts'
import { countedPage } from './page.ts'

const Instant = z.iso.datetime().transform((text) => new Date(text))

const Output = z.object({
  title: z.string().optional(),
  summary: z.string(),
  text: z.string().optional(),
  annotations: z.array(z.unknown()).optional(),
})

const Change = z.object({
  name: z.string().optional(),
  status: z.enum(['queued', 'in_progress', 'completed']).optional(),
  conclusion: z
    .enum(['action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'timed_out'])
    .optional(),
  started_at: Instant.optional(),
  completed_at: Instant.optional(),
  external_id: z.string().optional(),
  details_url: z.string().optional(),
  output: Output.optional(),
})

const NewCheckRun = Change.extend({ name: z.string(), head_sha: z.string() })

export const checkRunOperations: Operation[] = [
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/check-runs',
    caller: 'repository',
    needs: { checks: 'write' },
    handle: (call) => {
      const { world, repository } = call
      const { name, head_sha: headSha, ...change } = call.parsed(NewCheckRun)
      const run = changed(world, emptyRun(world, name, headSha), change)
      repository.checkRuns.push(run)
      return { status: 201, body: checkRunShape(world, repository, run) }
    },
  },
  {
    method: 'PATCH',
    path: '/repos/{owner}/{repo}/check-runs/{check_run_id}',
    caller: 'repository',
    needs: { checks: 'write' },
    handle: (call) => {
      const { world, repository } = call
      const run = repository.checkRuns.find(({ id }) => id === Number(call.param('check_run_id')))
      if (!run) throw notFound()
      changed(world, run, call.parsed(Change))
      return { status: 200, body: checkRunShape(world, repository, run) }
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits/{ref}/check-runs',
    caller: 'repository',
    needs: { checks: 'read' },
    handle: listCheckRuns,
  },
]

function emptyRun(world: World, name: string, headSha: string): CheckRun {
  return {
    id: world.nextId(),
    suiteId: world.nextId(),
    name,
    headSha,
    status: 'queued',
    conclusion: null,
    startedAt: world.now(),
    completedAt: null,
    externalId: null,
    detailsUrl: null,
    output: { title: null, summary: null, text: null, annotations: 0 },
  }
}

/** A conclusion completes a run, as on GitHub. */
function changed(world: World, run: CheckRun, change: z.infer<typeof Change>): CheckRun {
  const completes = change.conclusion !== undefined
  run.name = change.name ?? run.name
  run.status = completes ? 'completed' : (change.status ?? run.status)
  run.conclusion = change.conclusion ?? run.conclusion
  run.startedAt = change.started_at ?? run.startedAt
  run.completedAt = change.completed_at ?? (completes ? world.now() : run.completedAt)
  run.externalId = change.external_id ?? run.externalId
  run.detailsUrl = change.details_url ?? run.detailsUrl
  if (change.output) {
    const { title, summary, text, annotations } = change.output
    run.output = {
      title: title ?? run.output.title,
      summary,
      text: text ?? null,
      annotations: run.output.annotations + (annotations?.length ?? 0),
    }
  }
  return run
}

/** Of every name only the latest run, unless `filter=all`. */
function listCheckRuns(call: Call) {
  const { world, repository, query } = call
  const ref = call.param('ref').replace(/^refs\/heads\/|^heads\//, '')
  const sha = repository.branches.get(ref) ?? ref
  const name = query.get('check_name')
  const appId = query.get('app_id')
  const ours = appId === null || Number(appId) === world.app.id
  const found = repository.checkRuns
    .filter((run) => ours && run.headSha === sha && (name === null || run.name === name))
    .reverse()
  const shown =
    query.get('filter') === 'all'
      ? found
      : found.filter((run, index) => found.findIndex((one) => one.name === run.name) === index)
  return countedPage(call, 'check_runs', shown, (run) => checkRunShape(world, repository, run))
}

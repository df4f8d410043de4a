import { notFound } from '../api-error.ts'
import type { Attempt } from '../deliveries.ts'
import type { Call, Operation } from './operation.ts'
import { perPageOf } from './page.ts'

/** The log of what GitHub sent to the App, and sending again. */
export const hookDeliveryOperations: Operation[] = [
  { method: 'GET', path: '/app/hook/deliveries', caller: 'app', handle: listDeliveries },
  {
    method: 'GET',
    path: '/app/hook/deliveries/{delivery_id}',
    caller: 'app',
    handle: (call) => ({ status: 200, body: attemptInFull(call, attemptOf(call)) }),
  },
  {
    method: 'POST',
    path: '/app/hook/deliveries/{delivery_id}/attempts',
    caller: 'app',
    handle: (call) => {
      call.services.deliveries.sendAgain(attemptOf(call))
      return { status: 202, body: {} }
    },
  },
]

/** Newest first; the cursor is the id of the last attempt that was shown. */
function listDeliveries(call: Call) {
  const perPage = perPageOf(call)
  const status = call.query.get('status')
  const cursor = call.query.get('cursor')
  const known = call.services.deliveries.recent().filter(({ statusCode }) => {
    if (status === null) return true
    return (status === 'success') === statusCode < 400
  })
  const from = cursor === null ? 0 : known.findIndex(({ id }) => id < Number(cursor.slice(3)))
  const rest = from === -1 ? [] : known.slice(from)
  const shown = rest.slice(0, perPage)
  const next = new URL(call.url)
  next.searchParams.set('cursor', `v1_${shown.at(-1)?.id}`)
  return {
    status: 200,
    body: shown.map(attemptShape),
    headers: rest.length > perPage ? { link: `<${next}>; rel="next"` } : {},
  }
}

function attemptOf(call: Call): Attempt {
  const id = Number(call.param('delivery_id'))
  const attempt = call.services.deliveries.recent().find((item) => item.id === id)
  if (!attempt) throw notFound()
  return attempt
}

function attemptShape({ id, delivery, ...attempt }: Attempt) {
  const { action } = delivery.payload
  return {
    id,
    guid: delivery.guid,
    delivered_at: attempt.deliveredAt.toISOString(),
    redelivery: attempt.redelivery,
    duration: attempt.duration,
    status: attempt.status,
    status_code: attempt.statusCode,
    event: delivery.event,
    action: typeof action === 'string' ? action : null,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  }
}

function attemptInFull(call: Call, attempt: Attempt) {
  const { delivery, answer } = attempt
  const { deliveries } = call.services
  return {
    ...attemptShape(attempt),
    url: deliveries.webhookUrl ?? '',
    request: {
      headers: deliveries.headers(delivery, JSON.stringify(delivery.payload)),
      payload: delivery.payload,
    },
    response: { headers: answer.headers, payload: answer.body },
  }
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { journey } from '../support/journey.ts'

it('tells whoever starts it that the port is taken', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  const { port } = server.address() as AddressInfo // as: a TCP server has one
  const started = journey({ env: { PORT: String(port) } })
  await expect(started).rejects.toThrow(UserError)
  await expect(started).rejects.toThrow(
    `HOST and PORT (127.0.0.1:${port}): something else listens there.`,
  )
})

it('tells whoever starts it that nothing answers where the database should be', async () => {
  const started = journey({ env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' } })
  await expect(started).rejects.toThrow(UserError)
  await expect(started).rejects.toThrow('DATABASE_URL: nothing answers there.')
})

import { describe, expect, it } from 'vitest'
import {
  installationChange,
  installationRepositoriesChange,
} from '../../src/events/installation.ts'
import { PayloadMismatch } from '../../src/events/payload.ts'
import { fixture } from '../support/fixture.ts'

const account = { id: 9001, login: 'example-lab', type: 'Organization' }

describe('an installation', () => {
  it('reaches the repositories it lists', () => {
    expect(installationChange(fixture('installation.created').payload)).toEqual({
      installationId: 500,
      account,
      kind: 'created',
      at: new Date(1_795_251_660_000),
      repositories: [{ id: 1000, fullName: 'example-lab/engine', private: false }],
    })
  })

  it('does not pretend to know repositories that are not listed', () => {
    expect(installationChange(fixture('installation.suspend').payload)).toMatchObject({
      kind: 'suspended',
      at: new Date('2026-11-22T09:00:00Z'),
      repositories: 'all unknown',
    })
  })

  it.each([
    ['deleted', 'deleted'],
    ['unsuspend', 'unsuspended'],
    ['new_permissions_accepted', 'permissions'],
  ])('calls %s %s', (action, kind) => {
    const { payload } = fixture('installation.created')
    expect(installationChange({ ...payload, action })).toMatchObject({ kind })
  })

  it('says nothing of an action that is new, and refuses what is no installation', () => {
    const { payload } = fixture('installation.created')
    expect(installationChange({ ...payload, action: 'renamed' })).toBeNull()
    expect(() => installationChange({ action: 'created' })).toThrow(PayloadMismatch)
  })

  it('gains and loses repositories', () => {
    expect(
      installationRepositoriesChange(fixture('installation_repositories.removed').payload),
    ).toEqual({
      installationId: 500,
      account,
      at: new Date(1_795_251_660_000),
      added: [],
      removed: [{ id: 1001, fullName: 'example-lab/secret', private: true }],
    })
  })
})

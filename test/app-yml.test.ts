import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { translators } from '../src/events/index.ts'

const root = new URL('../', import.meta.url)
const text = readFileSync(new URL('app.yml', root), 'utf8')
const manifest = z
  .object({
    name: z.string(),
    url: z.url(),
    public: z.boolean(),
    hook_attributes: z.strictObject({
      url: z.string().endsWith('/api/github/webhooks'),
      active: z.literal(true),
    }),
    default_permissions: z.record(z.string(), z.string()),
    default_events: z.array(z.string()),
  })
  .parse(parse(text))

describe('app.yml', () => {
  it('asks for these permissions and no other', () => {
    expect(manifest.default_permissions).toEqual({
      checks: 'write',
      contents: 'read',
      discussions: 'write',
      issues: 'write',
      metadata: 'read',
      pull_requests: 'read',
    })
  })

  it('subscribes to the events that have a translator', () => {
    expect(manifest.default_events).toEqual(Object.keys(translators).toSorted())
  })

  it.each([...Object.keys(manifest.default_permissions), ...manifest.default_events])(
    'names the files that need %s, and they exist',
    (name) => {
      const line =
        text.split('\n').find((each) => new RegExp(`^  (- )?${name}\\b`).test(each)) ?? ''
      const files = line.match(/\b(src|jobs)\/[\w/-]+\.tsx?/g) ?? []
      expect(files).not.toEqual([])
      expect(files.filter((file) => !existsSync(new URL(file, root)))).toEqual([])
    },
  )
})

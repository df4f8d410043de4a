import { expect, it } from 'vitest'
import { affiliationOf } from '../../src/people/affiliation.ts'

const organizations = {
  'Example Lab': ['example-lab.org', 'example-lab.ai'],
  'Other Lab': ['other.example'],
}

it.each([
  [['example-lab.org'], 'Example Lab'],
  [['mail.example-lab.ai', 'gmail.example'], 'Example Lab'],
  [['example-lab.org', 'example-lab.ai'], 'Example Lab'],
  [['notexample-lab.org'], null],
  [['gmail.example'], null],
  [[], null],
  [['example-lab.org', 'other.example'], null],
])('who signs with %j works for %s', (domains, organization) => {
  expect(affiliationOf(domains, organizations)).toBe(organization)
})

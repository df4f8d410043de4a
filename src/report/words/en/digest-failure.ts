import { type Inline, phrase } from '../../markdown.ts'

/** Every sentence of the check that says that a digest failed. */
export const digestFailure = {
  unwritten: (week: string) => `The digest of ${week} could not be written`,
  unsent: (week: string) => `The digest of ${week} did not reach every place`,
  mended: (week: string) => `The digest of ${week} went well`,
  again: 'Digests work again.',
  intro: 'What went wrong, and what to do:',
  line: (where: Inline, why: Inline, remedy: string) => phrase`${where}: ${why}. ${remedy}`,
  nowhere: 'No place was reached',
  somewhere: 'one of its places',
  closed: 'whoever runs Groundswell finds the reason in its log',
  later: 'The digest of the next week comes all the same.',
  remedies: {
    forbidden:
      'An owner can look whether the App has all the permissions that it asks for, in the settings under "GitHub Apps".',
    configuration: 'Name another place under digest.to in the configuration, or make this one.',
    operator:
      'Whoever runs Groundswell sees it with "groundswell doctor", and tries again with "groundswell replay --parked".',
  },

  /** as they are kept */
  reasons: {
    overtaken: 'a later digest is there',
    deleted: 'a person deleted it',
    edited: 'a person edited it',
    spent: 'the budget of posts for today is used up',
    noIssues: 'issues are turned off',
    noDiscussions: 'discussions are turned off',
    noCategory: 'there is no category of discussions for it',
    noSuchCategory: (name: string, others: string) =>
      `there is no category of discussions called "${name}"; there are: ${others}`,
    both: (one: string, other: string) => `${one}, and ${other}`,
    triedTooOften: (reason: string) => `Tried too often: ${reason}`,
  },
}

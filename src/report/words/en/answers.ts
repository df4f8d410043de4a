import type { ReportMetric } from '../../../metrics/project-report.ts'
import type { WeekStart } from '../../../metrics/window.ts'
import { longDuration } from '../../duration.ts'
import { code, type Inline, phrase, strong } from '../../markdown.ts'
import { count, growth, number } from '../../numbers.ts'

/** Every sentence of the answers to commands. */
export const answers = {
  help: {
    intro: 'A comment line that starts with one of these gets an answer here:',
    line: (command: Inline, what: string) => phrase`${command}: ${what}`,
    commands: {
      help: 'this list',
      status: 'what is counted, since when, and when the next digest comes',
      report: 'the last four weeks of the project in a few numbers',
      'report login': 'what one person contributed; everyone may ask about themselves',
      forks: 'the forks with work of their own',
      digest: 'this week so far, in a comment that is edited when somebody asks again',
      pause: 'nothing is posted unasked until resumed; counting goes on',
      resume: 'posts as before',
      mute: 'nothing is written in this thread any more, and the comment on it goes; for people with write access and the author of a pull request',
      unmute: 'this thread is written in as before',
      'hide-me': 'your name appears nowhere any more; you still count',
      'forget-me':
        'what is kept about you is deleted for good, in every repository that this App watches',
    },
  },

  status: {
    since: (date: string) => `Counting since ${date}.`,
    history: (date: string) => `History before that is known back to ${date}.`,
    notYet: 'Nothing has been counted yet.',
    commits: (date: string, isWhole: boolean) =>
      isWhole
        ? `All commits of the default branch are known, back to ${date}.`
        : `Commits of the default branch are known back to ${date} so far.`,
    commitsClosed:
      'GitHub does not show the commits to the App; whoever runs it finds the reason in its log.',
    reading: (spent: { points: number; requests: number }, planned: typeof spent) =>
      `History is being read: ${number(spent.points)} of about ${count(planned.points, 'GraphQL point')} are spent so far, and ${number(spent.requests)} of about ${count(planned.requests, 'request')}.`,
    closedLanes: (lanes: readonly string[]) =>
      `GitHub does not give the App the history of ${lanes.join(' and of ')}.`,
    lanes: {
      pull_requests: 'pull requests',
      issues: 'issues',
      releases: 'releases',
      forks: 'forks',
      discussions: 'discussions',
      review_comments: 'review comments',
      stars: 'stars',
    },
    deliveries: (kept: number, failed: number, days: number) => {
      const received = `${count(kept, 'delivery', 'deliveries')} received in the last ${count(days, 'day', 'days')}`
      return failed === 0
        ? `${received}, all read.`
        : `${received}, of which ${number(failed)} could not be read; whoever runs the App finds them in its log.`
    },
    cost: (points: number, requests: number, days: number) =>
      `What was read and posted here in the last ${count(days, 'day')} took ${count(requests, 'request')} and ${count(points, 'GraphQL point')} of GitHub’s limits.`,
    lastDigest: (week: Inline, at: string) => phrase`Last digest: ${week}, on ${at}.`,
    noDigest: 'No digest has been posted yet.',
    nextDigest: (at: string) => `Next digest: ${at}.`,
    digestProblem: (place: Inline | null, problem: Inline | null) => {
      const what = place === null ? 'could not be written' : phrase`did not reach ${place}`
      if (problem === null) {
        return phrase`The last digest ${what}; whoever runs the App finds the reason in its log.`
      }
      return place === null
        ? phrase`The last digest ${what}: ${problem}`
        : phrase`Digests do not reach ${place}: ${problem}`
    },
    somewhere: 'one of its places',
    digestsOff: 'Digests are switched off.',
    paused: phrase`${strong('Paused')}: nothing is posted unasked until somebody writes ${code('/groundswell resume')}.`,
    rollUp: (latest: Inline | null): Inline =>
      latest === null
        ? 'All repositories of the organisation are told of together here, once a week; so far nothing was posted.'
        : phrase`All repositories of the organisation are told of together here, once a week; last on ${latest}.`,
    posts: (made: number, allowed: number) =>
      allowed === 0
        ? phrase`Nothing is posted here: ${code('posts-per-day')} is 0.`
        : `${number(made)} of ${count(allowed, 'post')} that a day allows were made in the last 24 hours.`,
    quietHours: ({ from, to }: { from: string; to: string }, zone: string) =>
      `Nothing is posted unasked from ${from} to ${to} (${zone}).`,
    muted: (threads: number) =>
      phrase`Nothing is written in ${count(threads, 'thread')} until somebody writes ${code('/groundswell unmute')} there.`,
    configured: phrase`The configuration in ${code('.github/groundswell.yml')} is valid.`,
    defaults: phrase`There is no ${code('.github/groundswell.yml')}, so the defaults apply.`,
    misconfigured: (problem: Inline) =>
      phrase`${strong('The configuration has a problem')}, so its last valid version applies: ${problem}`,
    oldFashioned: (notice: Inline) =>
      phrase`The configuration is valid, and ${strong('in an old spelling')}: ${notice}`,
    noReason: 'the check on its commit says more.',
  },

  digestSoFar: {
    from: {
      monday: 'Monday',
      sunday: 'Sunday',
      saturday: 'Saturday',
    } satisfies Record<WeekStart, string>,
    notOver: (from: string, until: string) =>
      phrase`${strong('This week is not over.')} What follows counts from ${from} until ${until}. Asked for again, this comment is brought up to date.`,
    nothing: (until: string) =>
      phrase`${strong('This week is not over')}, and until ${until} nothing has happened that a digest would tell. Asked for again, this comment is brought up to date.`,
  },

  forgotten: {
    done: 'You are forgotten. Your login, your commit signatures and everything that led from a contribution to you are deleted here, in every repository that this App watches. What you did stays in the counts as it would for a deleted account, by nobody.',
    later:
      'Comments about your pull requests are taken back, and digests on GitHub that named you are written anew. Nothing that GitHub tells from now on brings you back: keyed hashes of your account’s number, login and signatures see to that, and are all that is kept.',
    undone: phrase`This cannot be undone. What you wrote on GitHub itself stays there, and what went out to chats or by mail cannot be called back. For another account of yours, ask from there; ${code('/groundswell hide-me')} is the gentler way, which only takes out the name.`,
    thanks: 'Thank you for what you gave to this project.',
  },

  report: {
    title: (days: string) => `${days}`,
    columns: ['', 'these four weeks', 'the four before'],
    metrics: {
      contributors: 'Contributors',
      outsideContributors: 'Contributors from outside',
      newContributors: 'First pull request merged',
      opened: 'Pull requests opened',
      merged: 'Pull requests merged',
      mergedFromOutside: 'Merged from outside',
      hoursToFirstResponse: 'First answer to outsiders (median)',
      issuesNew: 'Issues opened',
      issuesClosed: 'Issues closed',
      newForks: 'New forks',
      newStars: 'New stars',
    } satisfies Record<ReportMetric, string>,
    nothing: 'Nothing has been counted in the last four weeks.',
    waiting: (threads: number) =>
      `${count(threads, 'thread')} of outsiders ${threads === 1 ? 'waits' : 'wait'} for a first answer.`,
    absenceFactor: (people: number) =>
      people === 1
        ? 'One person made half of all contributions.'
        : `Half of all contributions came from ${number(people)} people.`,
    issueAge: (hours: number) => `Open issues are ${longDuration(hours)} old (median).`,
    network: (total: number, rate: number | null) =>
      `The fork network holds ${number(total)}${rate === null ? '' : ` (${growth(rate)})`}.`,
    stars: (total: number) => `The repository has ${count(total, 'star')}.`,
    since: (date: string) => `History is known since ${date}.`,
    automated: 'Bots and AI agents are left out.',
    docs: 'How each number is made',
  },

  person: {
    nothing: (who: Inline) => phrase`Nothing is known here of contributions by ${who}.`,
    bot: (who: Inline) => phrase`${who} is counted as a bot or an AI agent, not as a person.`,
    work: (
      who: Inline,
      { merged, opened, reported }: { merged: number; opened: number; reported: number },
    ) => {
      const pullRequests =
        merged > 0
          ? phrase`has ${strong(count(merged, 'merged pull request'))} here${opened > merged ? `, of ${number(opened)} opened` : ''}`
          : phrase`opened ${count(opened, 'pull request')} here, none of them merged yet`
      const issues = phrase`reported ${count(reported, 'issue')}`
      if (merged + opened === 0) {
        return phrase`${who} ${reported > 0 ? phrase`${issues} here` : 'contributed here in other ways'}.`
      }
      if (reported === 0) return phrase`${who} ${pullRequests}.`
      return phrase`${who} ${pullRequests}, and ${issues}.`
    },
    latest: (links: Inline) => phrase`The latest: ${links}.`,
    areas: (areas: Inline) => phrase`Most of it lies in ${areas}.`,
    seen: (first: string, last: string) =>
      first === last ? `Seen in ${first}.` : `First seen in ${first}, last in ${last}.`,
  },

  refusal: {
    unknown: (command: Inline) =>
      phrase`There is no command ${command}. ${code('/groundswell help')} lists those that exist.`,
    writers: (command: Inline) =>
      phrase`${command} changes something, so it needs write access to this repository. Somebody who has it can write the same line.`,
    authors: (command: Inline) =>
      phrase`${command} is for people with write access to this repository, and for the author of a pull request on it. Somebody of these can write the same line.`,
    onlyYourself: phrase`Here everyone may ask about themselves, with ${code('/groundswell report')} and their own login. Asking about others takes more rights; the repository’s configuration says which.`,
    failed:
      'Something went wrong on our side, and whoever runs the App can see what. Please try again later.',
  },

  nameless: 'that name',
  emptyCommand: '/groundswell',
}
